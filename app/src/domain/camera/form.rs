//! What an officer types of a camera, read.

use chrono::NaiveDate;

use super::{CameraPlace, LONGEST_ADDRESS, LONGEST_LABEL, LONGEST_TEXT, Position, Way};
use crate::domain::stream::{Hours, Span};

/// Spans of a day that the form takes: three meals.
pub const SPANS: usize = 3;
/// Spans of days off that the form takes.
const MOST_OFF: usize = 40;
const DAY_MINUTES: u16 = 24 * 60;

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing there
    Empty,
    /// None of what there is to choose
    Unknown,
    /// More than this many signs
    TooLong(u32),
    /// No time of day, `06:30`
    Time,
    /// Ends before it begins, or overlaps the one before
    Order,
    /// No day, `2027-01-20`, or no two days in order
    Day,
    /// More lines than this
    TooMany(usize),
}

/// Fields with what is wrong.
pub type Faults = Vec<(&'static str, Fault)>;

/// Names of the fields of the spans.
pub const SPAN_FIELDS: [(&str, &str); SPANS] = [("from1", "to1"), ("from2", "to2"), ("from3", "to3")];

/// A camera as it was typed; the address only where one was.
#[derive(Clone, Debug)]
pub struct CameraForm {
    /// All but the address
    pub place: CameraPlace,
    /// Where the picture comes from
    pub address: Option<String>,
}

impl CameraForm {
    /// Reads a form: `text` gives the first value of a field, `all` all of one that repeats. A new camera needs an address.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn read<'a>(text: impl Fn(&str) -> &'a str, days: &[&str], needs_address: bool) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let position = Position::from_code(text("position"));
        let way = Way::from_code(text("way"));
        note(&mut faults, "position", position.is_none().then_some(Fault::Unknown));
        note(&mut faults, "way", way.is_none().then_some(Fault::Unknown));
        let label = short(&text, "label", LONGEST_LABEL, &mut faults);
        let described = short(&text, "described", LONGEST_TEXT, &mut faults);
        let provider = short(&text, "provider", LONGEST_LABEL * 2, &mut faults);
        if way == Some(Way::Link) && provider.is_none() {
            faults.push(("provider", Fault::Empty));
        }
        let address = text("address").trim();
        let is_long = address.len() > LONGEST_ADDRESS as usize;
        note(&mut faults, "address", is_long.then_some(Fault::TooLong(LONGEST_ADDRESS)));
        note(&mut faults, "address", (needs_address && address.is_empty()).then_some(Fault::Empty));
        let hours = hours(&text, days, &mut faults);
        let mended = mended(&text, &mut faults);
        match (position, way) {
            (Some(position), Some(way)) if faults.is_empty() => Ok(Self {
                place: CameraPlace {
                    position,
                    label,
                    described,
                    way,
                    provider: provider.filter(|_| way == Way::Link),
                    hours,
                    mended,
                    told: text("told") == "on",
                },
                address: (!address.is_empty()).then(|| address.to_owned()),
            }),
            _ => Err(faults),
        }
    }
}

fn note(faults: &mut Faults, field: &'static str, fault: Option<Fault>) {
    faults.extend(fault.map(|fault| (field, fault)));
}

fn short<'a>(text: &impl Fn(&str) -> &'a str, field: &'static str, most: u32, faults: &mut Faults) -> Option<String> {
    let value = text(field).trim();
    note(faults, field, (value.chars().count() > most as usize).then_some(Fault::TooLong(most)));
    (!value.is_empty()).then(|| value.to_owned())
}

/// `06:30` as minutes; `24:00` is the end of the day.
fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let is_number = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && hour * 60 + minute <= DAY_MINUTES).then_some(hour * 60 + minute)
}

fn hours<'a>(text: &impl Fn(&str) -> &'a str, days: &[&str], faults: &mut Faults) -> Hours {
    let mut spans: Vec<(u16, u16)> = Vec::new();
    for (from_field, to_field) in SPAN_FIELDS {
        let (from, to) = (text(from_field).trim(), text(to_field).trim());
        if from.is_empty() && to.is_empty() {
            continue;
        }
        match (minutes(from), minutes(to)) {
            (None, _) => faults.push((from_field, Fault::Time)),
            (_, None) => faults.push((to_field, Fault::Time)),
            (Some(from), Some(to)) if from >= to => faults.push((to_field, Fault::Order)),
            (Some(from), Some(to)) => {
                note(faults, from_field, spans.last().is_some_and(|last| from < last.1).then_some(Fault::Order));
                spans.push((from, to));
            }
        }
    }
    let is_empty = SPAN_FIELDS.iter().all(|(from, to)| text(from).trim().is_empty() && text(to).trim().is_empty());
    note(faults, "from1", is_empty.then_some(Fault::Empty));
    let days: Vec<u8> = days.iter().filter_map(|day| day.parse().ok()).filter(|day| (1..=7).contains(day)).collect();
    note(faults, "day", days.is_empty().then_some(Fault::Empty));
    let week = days.iter().flat_map(|day| spans.iter().map(move |(from, to)| Span { day: day - 1, from: *from, to: *to }));
    Hours { week: week.collect(), off: off(text("off"), faults) }
}

/// A day or two of them a line.
fn off(text: &str, faults: &mut Faults) -> Vec<(NaiveDate, NaiveDate)> {
    let mut spans = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let days: Option<Vec<NaiveDate>> = line
            .split(|sign: char| sign.is_whitespace() || matches!(sign, '至' | '到' | '~' | '～' | '—'))
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().ok())
            .collect();
        match days.as_deref() {
            Some([day]) => spans.push((*day, *day)),
            Some([from, to]) if from <= to => spans.push((*from, *to)),
            _ => {
                faults.push(("off", Fault::Day));
                break;
            }
        }
    }
    note(faults, "off", (spans.len() > MOST_OFF).then_some(Fault::TooMany(MOST_OFF)));
    spans
}

fn mended<'a>(text: &impl Fn(&str) -> &'a str, faults: &mut Faults) -> Option<(NaiveDate, Option<String>)> {
    let note_text = short(text, "mended_note", LONGEST_LABEL * 2, faults);
    let until = text("mended_until").trim();
    if until.is_empty() {
        note(faults, "mended_until", note_text.is_some().then_some(Fault::Empty));
        return None;
    }
    let day = until.parse().ok();
    note(faults, "mended_until", day.is_none().then_some(Fault::Day));
    day.map(|day| (day, note_text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &[(&str, &str)] = &[
        ("position", "cooking"),
        ("way", "hls"),
        ("address", " https://gw.example.cn/a.m3u8 "),
        ("from1", "06:30"),
        ("to1", "08:00"),
        ("from2", "10:00"),
        ("to2", "24:00"),
        ("off", "2027-01-20 至 2027-02-20\n\n2027-05-01"),
        ("told", "on"),
    ];

    fn read(changes: &[(&'static str, &'static str)], days: &[&str]) -> Result<CameraForm, Faults> {
        let text =
            |name: &str| changes.iter().chain(GOOD).find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
        CameraForm::read(text, days, true)
    }

    #[test]
    fn a_good_form() {
        let form = read(&[], &["1", "5"]).unwrap();
        assert_eq!(form.address.as_deref(), Some("https://gw.example.cn/a.m3u8"));
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(
            form.place.hours.off,
            [(day("2027-01-20"), day("2027-02-20")), (day("2027-05-01"), day("2027-05-01"))]
        );
        let spans: Vec<_> = form.place.hours.week.iter().map(|span| (span.day, span.from, span.to)).collect();
        assert_eq!(spans, [(0, 390, 480), (0, 600, 1440), (4, 390, 480), (4, 600, 1440)]);
        assert!(form.place.told && form.place.provider.is_none());
    }

    #[test]
    fn every_fault_stands_at_its_field() {
        let fault = |changes: &[(&'static str, &'static str)], days: &[&str]| read(changes, days).unwrap_err();
        for (field, value, expected) in [
            ("position", "toilet", Fault::Unknown),
            ("way", "rtsp", Fault::Unknown),
            ("address", " ", Fault::Empty),
            ("from1", "6.30", Fault::Time),
            ("from1", "-1:30", Fault::Time),
            ("to1", "24:01", Fault::Time),
            ("to1", "06:30", Fault::Order),
            ("from2", "07:59", Fault::Order),
            ("off", "2027-02-30", Fault::Day),
            ("off", "2027-02-03 2027-02-01", Fault::Day),
            ("mended_until", "tomorrow", Fault::Day),
        ] {
            assert_eq!(fault(&[(field, value)], &["1"]), [(field, expected)], "{field} {value}");
        }
        assert_eq!(fault(&[("way", "link")], &["1"]), [("provider", Fault::Empty)]);
        assert_eq!(fault(&[], &["0", "8", "x"]), [("day", Fault::Empty)]);
        assert_eq!(fault(&[("from1", ""), ("to1", ""), ("from2", ""), ("to2", "")], &["1"]), [("from1", Fault::Empty)]);
        assert_eq!(fault(&[("mended_note", "换镜头")], &["1"]), [("mended_until", Fault::Empty)]);
    }
}
