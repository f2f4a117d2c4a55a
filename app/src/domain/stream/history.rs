//! How much of its hours a camera was live, by day: 90 days, then forgotten.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Hours, Look};

/// Days that are kept and shown.
pub const KEPT_DAYS: u64 = 90;
/// Seconds for which one look speaks at most: time in which nobody looked is not counted.
const LONGEST_PART: u32 = 600;

/// One day of one camera. A few bytes, whatever the number of looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Seconds of hours that looks speak for
    pub expected: u32,
    /// … with a live picture
    pub live: u32,
    /// Looks, in the order of [`Look::ALL`]
    pub looks: [u16; 7],
}

impl Day {
    /// Thousandths of the time with a live picture; `None` where nobody looked.
    #[must_use]
    pub fn permille(&self) -> Option<u32> {
        (self.expected > 0)
            .then(|| u32::try_from(u64::from(self.live) * 1000 / u64::from(self.expected)).unwrap_or(1000))
    }
}

/// The last days of a camera.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    days: BTreeMap<NaiveDate, Day>,
}

impl History {
    /// Adds a look, which speaks for the hours since the look before, and forgets what is older than [`KEPT_DAYS`].
    pub fn add(&mut self, hours: &Hours, before: Option<DateTime<Utc>>, look: Look, at: DateTime<Utc>) {
        let from = before.unwrap_or(at).max(at - TimeDelta::seconds(i64::from(LONGEST_PART)));
        let seconds = hours.seconds_on(from, at).min(LONGEST_PART);
        let today = (at + TimeDelta::hours(8)).date_naive();
        let day = self.days.entry(today).or_default();
        day.expected += seconds;
        day.live += if look == Look::Live { seconds } else { 0 };
        if let Some(place) = Look::ALL.iter().position(|known| *known == look) {
            day.looks[place] = day.looks[place].saturating_add(1);
        }
        let first = first_day(today);
        self.days.retain(|day, _| *day >= first);
    }

    /// The last [`KEPT_DAYS`] days, the oldest first; `None` where nobody looked.
    #[must_use]
    pub fn strip(&self, today: NaiveDate) -> Vec<(NaiveDate, Option<Day>)> {
        let days = first_day(today).iter_days().take_while(|day| *day <= today);
        days.map(|day| (day, self.days.get(&day).copied().filter(|day| day.expected > 0))).collect()
    }
}

fn first_day(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(KEPT_DAYS - 1)).unwrap_or(today)
}

/// The average of several cameras.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Average {
    /// Cameras with any time looked at
    pub cameras: usize,
    /// Thousandths of the looked-at time with a live picture, all cameras together
    pub permille: Option<u32>,
}

/// The average of a district over the shown days. Cameras that nobody looked at count neither way.
pub fn average<'a>(histories: impl Iterator<Item = &'a History>, today: NaiveDate) -> Average {
    let first = first_day(today);
    let (mut cameras, mut expected, mut live) = (0, 0_u64, 0_u64);
    for history in histories {
        let days = history.days.range(first..=today).map(|(_, day)| day);
        let (all, good) =
            days.fold((0, 0), |(all, good), day| (all + u64::from(day.expected), good + u64::from(day.live)));
        cameras += usize::from(all > 0);
        expected += all;
        live += good;
    }
    Average { cameras, permille: (expected > 0).then(|| u32::try_from(live * 1000 / expected).unwrap_or(1000)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_speaks_for_the_time_since_the_one_before() {
        let hours = Hours::parse("周三 10:30–12:30").unwrap();
        let at = |seconds: i64| "2026-11-25T02:30:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(seconds);
        let today: NaiveDate = "2026-11-25".parse().unwrap();
        let mut history = History::default();
        history.add(&hours, Some(at(-30)), Look::Live, at(30));
        history.add(&hours, Some(at(30)), Look::Frozen, at(90));
        history.add(&hours, Some(at(90)), Look::Live, at(3600));
        history.add(&hours, None, Look::Offline, at(3600));
        let strip = history.strip(today);
        assert_eq!((strip.len(), strip[88].1), (90, None));
        let day = Day { expected: 30 + 60 + 600, live: 30 + 600, looks: [2, 1, 0, 0, 1, 0, 0] };
        assert_eq!(strip[89], (today, Some(day)));
        assert_eq!(day.permille(), Some(913));
        let other = History::default();
        assert_eq!(average([&history, &other].into_iter(), today), Average { cameras: 1, permille: Some(913) });
        assert_eq!(average([&other].into_iter(), today), Average::default());
    }

    #[test]
    fn the_ninety_first_day_is_forgotten() {
        let hours = Hours::parse("每天 00:00–24:00").unwrap();
        let mut history = History::default();
        let start = "2026-01-01T04:00:00Z".parse::<DateTime<Utc>>().unwrap();
        for day in 0..400 {
            let at = start + TimeDelta::days(day);
            history.add(&hours, Some(at - TimeDelta::seconds(60)), Look::Live, at);
            assert_eq!(history.days.len(), usize::try_from(day + 1).unwrap().min(90));
        }
    }
}
