//! The declared hours of a camera: spans of a week in China's time, and days off.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc, Weekday};
use serde::{Deserialize, Serialize};

/// Spans of a day at most.
pub const MOST_SPANS: usize = 6;
/// Spans of days off at most.
pub const MOST_OFF: usize = 40;

const DAY_MINUTES: u16 = 24 * 60;
/// China Standard Time, all year.
const AHEAD: TimeDelta = TimeDelta::hours(8);
/// Days that may stand together with a dash.
const DAYS: [(char, u8); 8] = [('一', 0), ('二', 1), ('三', 2), ('四', 3), ('五', 4), ('六', 5), ('日', 6), ('天', 6)];

/// When a camera is to show something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Spans of a week, by day and time
    pub week: Vec<Span>,
    /// Days off, first and last
    pub off: Vec<(NaiveDate, NaiveDate)>,
}

/// Part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// 0 is Monday
    pub day: u8,
    /// Minute of the day at which it begins
    pub from: u16,
    /// Minute of the day at which it is over; 1440 is midnight
    pub to: u16,
}

/// Why hours can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursFault {
    /// Nothing there
    #[error("empty")]
    Empty,
    /// No day of the week
    #[error("not a day of the week")]
    Day,
    /// No time of day
    #[error("not a time of day")]
    Time,
    /// Two spans of a day overlap
    #[error("spans overlap")]
    Overlap,
    /// More than [`MOST_SPANS`] a day or [`MOST_OFF`] days off
    #[error("too many")]
    TooMany,
    /// Days off that end before they begin
    #[error("days off in the wrong order")]
    Off,
}

impl Hours {
    /// The same spans on some days, as a form gives them: minutes of the day; a span that ends before it begins goes past
    /// midnight.
    ///
    /// # Errors
    /// [`HoursFault`].
    pub fn weekly(days: &[u8], spans: &[(u16, u16)]) -> Result<Self, HoursFault> {
        let mut week = Vec::new();
        for day in days {
            for span in spans {
                put(&mut week, *day, *span)?;
            }
        }
        Self { week, off: Vec::new() }.checked()
    }

    /// Reads `周一至周五 10:30–12:30、16:30-18:00；周六 10:00–12:00`, `每天 00:00–24:00`.
    ///
    /// # Errors
    /// [`HoursFault`].
    pub fn parse(text: &str) -> Result<Self, HoursFault> {
        let mut week = Vec::new();
        let parts = text.split(['；', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        for part in parts {
            let at = part.find(|sign: char| sign.is_ascii_digit()).ok_or(HoursFault::Time)?;
            let days = days(&part[..at])?;
            for span in part[at..].split(['、', '，', ',', ' ', '及', '和']).filter(|span| !span.is_empty()) {
                let span = span_of(span).ok_or(HoursFault::Time)?;
                for day in &days {
                    put(&mut week, *day, span)?;
                }
            }
        }
        Self { week, off: Vec::new() }.checked()
    }

    /// With days off, such as school holidays.
    ///
    /// # Errors
    /// [`HoursFault`].
    pub fn without(mut self, off: &[(NaiveDate, NaiveDate)]) -> Result<Self, HoursFault> {
        self.off = off.to_vec();
        self.checked()
    }

    fn checked(mut self) -> Result<Self, HoursFault> {
        if self.week.is_empty() {
            return Err(HoursFault::Empty);
        }
        self.week.sort_unstable();
        self.week.dedup();
        if self.week.windows(2).any(|two| two[0].day == two[1].day && two[1].from < two[0].to) {
            return Err(HoursFault::Overlap);
        }
        let is_crowded = |day: u8| self.week.iter().filter(|span| span.day == day).count() > MOST_SPANS;
        if self.off.len() > MOST_OFF || (0..7).any(is_crowded) {
            return Err(HoursFault::TooMany);
        }
        if self.off.iter().any(|(from, to)| from > to) {
            return Err(HoursFault::Off);
        }
        Ok(self)
    }

    fn is_off(&self, day: NaiveDate) -> bool {
        self.off.iter().any(|(from, to)| (*from..=*to).contains(&day))
    }

    /// Whether the camera is to show something.
    #[must_use]
    pub fn is_on(&self, at: DateTime<Utc>) -> bool {
        let local = (at + AHEAD).naive_utc();
        let minute = local.hour() * 60 + local.minute();
        let day = weekday(local.weekday());
        let is_in = |span: &Span| span.day == day && (u32::from(span.from)..u32::from(span.to)).contains(&minute);
        !self.is_off(local.date()) && self.week.iter().any(is_in)
    }

    /// Spans of one day as moments, in order.
    fn of_day(&self, day: NaiveDate) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + '_ {
        let start = day.and_time(chrono::NaiveTime::MIN).and_utc() - AHEAD;
        let at = move |minute: u16| start + TimeDelta::minutes(i64::from(minute));
        let is_off = self.is_off(day);
        let spans = self.week.iter().filter(move |span| !is_off && span.day == weekday(day.weekday()));
        spans.map(move |span| (at(span.from), at(span.to)))
    }

    /// Seconds of hours between two moments, at most of the last 92 days.
    #[must_use]
    pub fn seconds_on(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> u32 {
        let from = from.max(to - TimeDelta::days(92));
        let days = (from + AHEAD).date_naive().iter_days().take_while(|day| *day <= (to + AHEAD).date_naive());
        let part = |(start, end): (DateTime<Utc>, DateTime<Utc>)| (end.min(to) - start.max(from)).num_seconds().max(0);
        let seconds: i64 = days.flat_map(|day| self.of_day(day).map(part).collect::<Vec<_>>()).sum();
        u32::try_from(seconds).unwrap_or(u32::MAX)
    }

    /// When it is on next, or now; `None` if not within a year.
    #[must_use]
    pub fn next_on(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let days = (at + AHEAD).date_naive().iter_days().take(367);
        days.flat_map(|day| self.of_day(day).collect::<Vec<_>>())
            .find(|(_, end)| *end > at)
            .map(|(start, _)| start.max(at))
    }
}

fn weekday(day: Weekday) -> u8 {
    u8::try_from(day.num_days_from_monday()).unwrap_or(0)
}

/// Adds a span; past midnight it is two.
fn put(week: &mut Vec<Span>, day: u8, (from, to): (u16, u16)) -> Result<(), HoursFault> {
    if day > 6 {
        return Err(HoursFault::Day);
    }
    if from >= DAY_MINUTES || to > DAY_MINUTES || from == to {
        return Err(HoursFault::Time);
    }
    if from < to {
        week.push(Span { day, from, to });
        return Ok(());
    }
    week.push(Span { day, from, to: DAY_MINUTES });
    if to > 0 {
        week.push(Span { day: (day + 1) % 7, from: 0, to });
    }
    Ok(())
}

/// `周一至周五`, `星期一、三、五`, `每天`, nothing for every day.
fn days(text: &str) -> Result<Vec<u8>, HoursFault> {
    let text: String =
        text.replace("星期", "周").chars().filter(|sign| !sign.is_whitespace() && *sign != '：').collect();
    match text.as_str() {
        "" | "每天" | "每日" | "天天" | "全周" => return Ok((0..7).collect()),
        "工作日" => return Ok((0..5).collect()),
        "周末" => return Ok(vec![5, 6]),
        _ => {}
    }
    let day = |sign: char| DAYS.iter().find(|(name, _)| *name == sign).map(|(_, day)| *day).ok_or(HoursFault::Day);
    let mut found = Vec::new();
    let mut reaches = false;
    for sign in text.chars() {
        match sign {
            '周' | '、' | '，' | ',' | '和' => {}
            '至' | '到' | '-' | '–' | '—' | '~' | '～' if !found.is_empty() && !reaches => reaches = true,
            sign => {
                let last = day(sign)?;
                if reaches {
                    let first: u8 = *found.last().ok_or(HoursFault::Day)?;
                    found.extend((1..7).map(|step| (first + step) % 7).take(usize::from((last + 7 - first) % 7)));
                } else {
                    found.push(last);
                }
                reaches = false;
            }
        }
    }
    if found.is_empty() || reaches { Err(HoursFault::Day) } else { Ok(found) }
}

/// `10:30–12:30`
fn span_of(text: &str) -> Option<(u16, u16)> {
    let at = text.find(['-', '–', '—', '~', '～', '至', '到'])?;
    let (from, to) = text.split_at(at);
    Some((minutes(from)?, minutes(to.trim_start_matches(['-', '–', '—', '~', '～', '至', '到']))?))
}

/// `06:30` or `6：30` as minutes; `24:00` is the end of the day.
fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !is_number(hour) || !is_number(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && hour * 60 + minute <= DAY_MINUTES).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse::<DateTime<chrono::FixedOffset>>().unwrap().into()
    }

    fn said(text: &str) -> Vec<(u8, u16, u16)> {
        Hours::parse(text).unwrap().week.iter().map(|span| (span.day, span.from, span.to)).collect()
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        assert_eq!(said("周一、三 10:30–12:30"), [(0, 630, 750), (2, 630, 750)]);
        assert_eq!(said("周六至周一 6:05-7：00"), [(0, 365, 420), (5, 365, 420), (6, 365, 420)]);
        assert_eq!(
            said("星期二 8:00–9:00、10:00–11:00；周日 23:00–24:00"),
            [(1, 480, 540), (1, 600, 660), (6, 1380, 1440)]
        );
        assert_eq!(said("每天 00:00–24:00").len(), 7);
        assert_eq!(said("工作日 08:00至18:00").len(), 5);
        assert_eq!(said("周日 22:00–02:00"), [(0, 0, 120), (6, 1320, 1440)], "past midnight");
        for (text, fault) in [
            ("", HoursFault::Empty),
            ("周八 10:00–11:00", HoursFault::Day),
            ("周一至 10:00–11:00", HoursFault::Day),
            ("周一", HoursFault::Time),
            ("周一 10:00", HoursFault::Time),
            ("周一 24:00–25:00", HoursFault::Time),
            ("周一 10:60–11:00", HoursFault::Time),
            ("周一 10:00–10:00", HoursFault::Time),
            ("周一 10:00–12:00、11:00–13:00", HoursFault::Overlap),
            ("周日 22:00–02:00；周一 01:00–03:00", HoursFault::Overlap),
            ("周一 1:00-2:00 3:00-4:00 5:00-6:00 7:00-8:00 9:00-10:00 11:00-12:00 13:00-14:00", HoursFault::TooMany),
        ] {
            assert_eq!(Hours::parse(text), Err(fault), "{text}");
        }
        assert_eq!(Hours::weekly(&[7], &[(1, 2)]), Err(HoursFault::Day));
        assert_eq!(Hours::weekly(&[0], &[(0, 1441)]), Err(HoursFault::Time));
    }

    #[test]
    fn time_is_chinas() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let hours = Hours::parse("周一至周五 10:30–12:30").unwrap();
        let hours = hours.without(&[(day("2026-11-26"), day("2026-11-27"))]).unwrap();
        // 25 November 2026 is a Wednesday
        assert!(hours.is_on(at("2026-11-25T10:30:00+08:00")) && hours.is_on(at("2026-11-25T12:29:59+08:00")));
        assert!(!hours.is_on(at("2026-11-25T10:29:59+08:00")) && !hours.is_on(at("2026-11-25T12:30:00+08:00")));
        assert!(!hours.is_on(at("2026-11-26T11:00:00+08:00")), "a day off");
        assert_eq!(hours.next_on(at("2026-11-25T11:00:00+08:00")), Some(at("2026-11-25T11:00:00+08:00")));
        assert_eq!(hours.next_on(at("2026-11-25T12:30:00+08:00")), Some(at("2026-11-30T10:30:00+08:00")));
        assert_eq!(hours.seconds_on(at("2026-11-25T11:30:00+08:00"), at("2026-11-30T11:00:00+08:00")), 3600 + 1800);
        assert_eq!(hours.seconds_on(at("2026-11-30T11:00:00+08:00"), at("2026-11-25T11:00:00+08:00")), 0);
        assert_eq!(hours.clone().without(&[(day("2026-11-27"), day("2026-11-26"))]), Err(HoursFault::Off));
    }

    proptest! {
        #[test]
        fn seconds_are_counted_as_a_clock_would(days in proptest::collection::vec(0_u8..7, 1..4), from in 0_u16..1439, long in 1_u16..700, start in 0_i64..20_000, minutes in 0_i64..3000) {
            let to = (from + long).min(1440);
            let hours = Hours::weekly(&days, &[(from, to)]).unwrap();
            let start = at("2026-11-20T00:00:00+08:00") + TimeDelta::minutes(start);
            let counted = (0..minutes).filter(|minute| hours.is_on(start + TimeDelta::minutes(*minute))).count();
            let seconds = hours.seconds_on(start, start + TimeDelta::minutes(minutes));
            prop_assert_eq!(usize::try_from(seconds).unwrap(), counted * 60);
        }

        #[test]
        fn nothing_makes_it_panic(text in "[周星期一二三四五六日天每至、；:：0-9 –-]{0,40}") {
            if let Ok(hours) = Hours::parse(&text) {
                prop_assert!(hours.week.iter().all(|span| span.day < 7 && span.from < span.to && span.to <= 1440));
            }
        }
    }
}
