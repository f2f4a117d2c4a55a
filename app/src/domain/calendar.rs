//! The working days of the State Council's calendar: one file a year, in the format of holiday-cn.
//!
//! A file holds what a notice says: days off and weekend days worked (调休). Ordinary weekends are absent, and the last
//! days of December may stand in the file of the year after, because that year's notice arranges 元旦. A year without
//! a file falls back to Monday to Friday, and [`Calendar::is_certain`] says so.

mod fault;
mod file;
pub mod statutory;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

pub use fault::{CalendarError, DayProblem, Warning};
pub use file::{LARGEST_FILE, YearFile, iso_day};

/// Years that came with the program.
const EMBEDDED: [&str; 3] = [
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/holidays/2024.json")),
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/holidays/2025.json")),
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/holidays/2026.json")),
];

/// From this day of December on, the next year's notice may still arrange something. The earliest day that a notice of
/// 2004–2026 touched is 29 December (2007, 2018).
const DECEMBER_OPEN_FROM: u32 = 29;

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// An ordinary working day.
    Working,
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// A weekend day that is worked (调休上班).
    MakeUp {
        /// The holiday it makes up for, as the notice calls it.
        name: &'a str,
    },
    /// A statutory holiday (法定节假日) by the Measures on holidays of the whole nation.
    Holiday {
        /// The holiday as the notice calls it.
        name: &'a str,
    },
    /// A day off by the notice that is no statutory holiday: 调休 rest day, or a weekend inside the holiday.
    Rest {
        /// The holiday it belongs to.
        name: &'a str,
    },
}

impl DayKind<'_> {
    /// Whether people work.
    #[must_use]
    pub fn is_work(self) -> bool {
        matches!(self, Self::Working | Self::MakeUp { .. })
    }
}

/// The calendar of several years. Cheap enough to clone; a changed calendar is a new value, so that old and new can be
/// compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i32, YearFile>,
}

impl Calendar {
    /// The years that came with the program, 2024–2026.
    ///
    /// # Errors
    /// Never, as long as the embedded files are whole; a test reads them.
    pub fn embedded() -> Result<Self, CalendarError> {
        EMBEDDED.iter().try_fold(Self::default(), |calendar, json| calendar.with(json))
    }

    /// This calendar and the year file `json` (holiday-cn); a year already there is replaced.
    ///
    /// # Errors
    /// A broken or absurd file, with line and reason. A file without days is refused too: that year is not announced.
    pub fn with(&self, json: &str) -> Result<Self, CalendarError> {
        Ok(self.with_year(YearFile::parse(json)?))
    }

    /// This calendar and a file already read.
    #[must_use]
    pub fn with_year(&self, file: YearFile) -> Self {
        let mut years = self.years.clone();
        years.insert(file.year(), file);
        Self { years }
    }

    /// Whether the calendar of `year` is loaded.
    #[must_use]
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains_key(&year)
    }

    /// The loaded years in order.
    pub fn years(&self) -> impl Iterator<Item = &YearFile> {
        self.years.values()
    }

    /// What `date` is. In a year that is not loaded, Monday to Friday are working days: ask [`Self::is_certain`].
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> DayKind<'_> {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        match self.entry(date) {
            Some(entry) if entry.off && statutory::is_statutory(date) == Some(true) => {
                DayKind::Holiday { name: &entry.name }
            }
            Some(entry) if entry.off => DayKind::Rest { name: &entry.name },
            Some(entry) if weekend => DayKind::MakeUp { name: &entry.name },
            None if weekend => DayKind::Weekend,
            Some(_) | None => DayKind::Working,
        }
    }

    /// Whether no file that is still to come can change what `date` is: its year is loaded, and for the last days of
    /// December the year after as well.
    #[must_use]
    pub fn is_certain(&self, date: NaiveDate) -> bool {
        self.knows(date.year()) && (!open_december(date) || self.knows(date.year() + 1))
    }

    /// The versions of all files that decide the days `from..=to`: `2026:1f0c2d3e4a5b 2027:-`, `-` for a year that is
    /// not loaded. Two calendars with the same text here agree on every one of these days.
    #[must_use]
    pub fn version(&self, from: NaiveDate, to: NaiveDate) -> String {
        let last = if to.month() == 12 { to.year() + 1 } else { to.year() };
        let one = |year| match self.years.get(&year) {
            Some(file) => format!("{year}:{}", file.version()),
            None => format!("{year}:-"),
        };
        (from.year()..=last).map(one).collect::<Vec<_>>().join(" ")
    }

    /// What is odd in the loaded files, and between them.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let own = self.years.values().flat_map(|file| file.warnings().iter().cloned());
        own.chain(self.contradictions()).collect()
    }

    /// Days that two files arrange differently; the later notice counts.
    fn contradictions(&self) -> impl Iterator<Item = Warning> {
        self.years.iter().flat_map(|(year, file)| {
            let before = self.years.get(&(year - 1));
            file.days().filter_map(move |(date, entry)| {
                let other = before?.entry(date)?;
                (other.off != entry.off).then_some(Warning::Contradiction { date, year: *year })
            })
        })
    }

    fn entry(&self, date: NaiveDate) -> Option<&file::Entry> {
        let year = date.year();
        let later = if date.month() == 12 { self.years.get(&(year + 1)) } else { None };
        later.and_then(|file| file.entry(date)).or_else(|| self.years.get(&year)?.entry(date))
    }
}

fn open_december(date: NaiveDate) -> bool {
    date.month() == 12 && date.day() >= DECEMBER_OPEN_FROM
}
