//! One year's file, read and checked.

use std::{collections::BTreeMap, fmt::Write as _};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::{CalendarError, DayProblem, Warning, statutory};

/// Bytes that a year's file may have; real ones have 4,000.
pub const LARGEST_FILE: usize = 256 * 1024;
/// Years that a file may be for.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;
/// Days off that a real notice gives are 22 to 33.
const MOST_OFF: usize = 60;
/// Weekend days worked in a real notice are 5 to 12.
const MOST_WORKED: usize = 24;
/// Characters of a holiday's name.
const LONGEST_NAME: usize = 40;

/// What a notice says about one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) off: bool,
}

/// The calendar of one year's notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearFile {
    year: i32,
    papers: Vec<String>,
    days: BTreeMap<NaiveDate, Entry>,
    warnings: Vec<Warning>,
    version: String,
}

#[derive(Deserialize)]
struct Raw<'a> {
    year: i32,
    #[serde(default)]
    papers: Vec<String>,
    #[serde(borrow)]
    days: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct RawDay {
    name: String,
    date: String,
    #[serde(rename = "isOffDay")]
    off: bool,
}

impl YearFile {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// See [`CalendarError`].
    pub fn parse(json: &str) -> Result<Self, CalendarError> {
        if json.len() > LARGEST_FILE {
            return Err(CalendarError::TooLarge { bytes: json.len() });
        }
        let json = json.trim_start_matches('\u{feff}');
        let raw: Raw = serde_json::from_str(json).map_err(|error| CalendarError::Json {
            line: error.line(),
            column: error.column(),
            message: error.to_string(),
        })?;
        let year = raw.year;
        if !YEARS.contains(&year) {
            return Err(CalendarError::Year { year });
        }
        if raw.days.is_empty() {
            return Err(CalendarError::NotAnnounced { year });
        }
        let mut days = BTreeMap::new();
        for (place, raw_day) in raw.days.iter().enumerate() {
            let (date, entry) =
                read_day(raw_day.get(), year)
                    .and_then(|(date, entry)| {
                        if days.contains_key(&date) { Err(DayProblem::Duplicate(date)) } else { Ok((date, entry)) }
                    })
                    .map_err(|problem| CalendarError::Day {
                        line: line_of(json, raw_day.get()),
                        entry: place + 1,
                        problem,
                    })?;
            days.insert(date, entry);
        }
        check_whole(year, &days)?;
        let warnings = odd(year, &raw.papers, &days);
        let version = version(year, &days);
        Ok(Self { year, papers: raw.papers, days, warnings, version })
    }

    /// The year whose holidays the notice arranges.
    #[must_use]
    pub fn year(&self) -> i32 {
        self.year
    }

    /// Addresses of the notices.
    #[must_use]
    pub fn papers(&self) -> &[String] {
        &self.papers
    }

    /// Twelve hexadecimal digits of the days' SHA-256: the same days have the same version, however the file is set.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What is odd in the file.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    pub(super) fn entry(&self, date: NaiveDate) -> Option<&Entry> {
        self.days.get(&date)
    }

    /// How many days it names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether it names none; such a file is refused.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    pub(super) fn days(&self) -> impl Iterator<Item = (NaiveDate, &Entry)> {
        self.days.iter().map(|(date, entry)| (*date, entry))
    }
}

fn read_day(json: &str, year: i32) -> Result<(NaiveDate, Entry), DayProblem> {
    let raw: RawDay = serde_json::from_str(json).map_err(|error| DayProblem::Fields(error.to_string()))?;
    let date = iso_day(&raw.date).ok_or(DayProblem::Date(raw.date))?;
    let of_notice = date.year() == year || (date.year() == year - 1 && date.month() == 12);
    if !of_notice {
        return Err(DayProblem::OtherYear(date));
    }
    let name = raw.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(DayProblem::Name);
    }
    if !raw.off && statutory::always(date.year()).contains(&date) {
        return Err(DayProblem::HolidayWorked(date));
    }
    Ok((date, Entry { name: name.to_owned(), off: raw.off }))
}

/// Reads `2026-10-01` and nothing looser; chrono alone takes `+2026-10-1` too.
#[must_use]
pub fn iso_day(text: &str) -> Option<NaiveDate> {
    let exact = text.len() == 10 && text.chars().all(|c| c.is_ascii_digit() || c == '-');
    if exact { text.parse().ok() } else { None }
}

/// The line of `part`, a slice of `whole`, from 1.
fn line_of(whole: &str, part: &str) -> usize {
    let offset = part.as_ptr().addr().saturating_sub(whole.as_ptr().addr());
    whole.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

fn check_whole(year: i32, days: &BTreeMap<NaiveDate, Entry>) -> Result<(), CalendarError> {
    let off = days.values().filter(|entry| entry.off).count();
    let worked = days.len() - off;
    if off > MOST_OFF || worked > MOST_WORKED {
        return Err(CalendarError::TooMany { off, worked });
    }
    match statutory::always(year).into_iter().find(|date| !days.contains_key(date)) {
        Some(date) => Err(CalendarError::Missing { date }),
        None => Ok(()),
    }
}

fn odd(year: i32, papers: &[String], days: &BTreeMap<NaiveDate, Entry>) -> Vec<Warning> {
    let weekend = |date: &NaiveDate| matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let mut warnings = Vec::new();
    if papers.is_empty() {
        warnings.push(Warning::NoPapers { year });
    }
    let worked_weekdays = days.iter().filter(|(date, entry)| !entry.off && !weekend(date));
    warnings.extend(worked_weekdays.map(|(date, _)| Warning::WorkedWeekday { date: *date }));
    let Some(statutory) = statutory::of_year(year) else { return warnings };
    let not_off = statutory.iter().filter(|date| days.get(date).is_none_or(|entry| !entry.off));
    warnings.extend(not_off.map(|date| Warning::HolidayNotOff { date: *date }));
    let off = days.iter().filter(|(date, entry)| entry.off && !weekend(date)).count();
    let worked = days.iter().filter(|(date, entry)| !entry.off && weekend(date)).count();
    let expected = statutory.len() + worked;
    if off != expected {
        warnings.push(Warning::Unbalanced { year, off, expected });
    }
    warnings
}

fn version(year: i32, days: &BTreeMap<NaiveDate, Entry>) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{year}\n"));
    for (date, entry) in days {
        hash.update(format!("{date} {} {}\n", entry.off, entry.name));
    }
    let mut text = String::new();
    for byte in hash.finalize().iter().take(6) {
        // writing to a String can't fail
        let _ = write!(text, "{byte:02x}");
    }
    text
}
