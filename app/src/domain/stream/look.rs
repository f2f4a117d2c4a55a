//! What one look at a stream found, what is remembered of looks, and what pages say.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Hours, Shown};

/// Seconds after which a look says nothing any more: a prober that stands still must not keep a camera live.
pub const STALE_SECONDS: i64 = 600;
/// Looks in a row without a stream that make it offline. One may be a gateway that restarts.
const FAILURES: u8 = 2;

/// What one look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// The playlist advances, frames decode and something moves
    Live,
    /// Nothing moves but, at most, a clock
    Frozen,
    /// Black, or covered
    Black,
    /// The playlist does not advance
    Stalled,
    /// Not reached, or no stream
    Offline,
    /// An address, a redirect or a size that the portal does not accept
    Refused,
    /// The stream advances, but its picture could not be examined: never called live
    Unseen,
}

impl Look {
    /// All.
    pub const ALL: [Self; 7] =
        [Self::Live, Self::Frozen, Self::Black, Self::Stalled, Self::Offline, Self::Refused, Self::Unseen];

    /// The name in databases and on the terminal.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Frozen => "frozen",
            Self::Black => "black",
            Self::Stalled => "stalled",
            Self::Offline => "offline",
            Self::Refused => "refused",
            Self::Unseen => "unseen",
        }
    }

    /// Reads the code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|look| look.code() == code)
    }

    /// Whether there was no stream.
    #[must_use]
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Stalled | Self::Offline | Self::Refused)
    }
}

/// What is remembered of a camera's looks: bounded, without a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// The last look and when it was
    pub last: Option<(Look, DateTime<Utc>)>,
    /// The last look with a stream
    pub good: Option<Look>,
    /// Looks without a stream in a row, at most 255
    pub failures: u8,
    /// The first of them
    pub since: Option<DateTime<Utc>>,
}

impl Memory {
    /// With one look more. An older look than the last one changes nothing.
    #[must_use]
    pub fn after(self, look: Look, at: DateTime<Utc>) -> Self {
        if self.last.is_some_and(|(_, last)| at < last) {
            return self;
        }
        let last = Some((look, at));
        if look.is_failure() {
            let since = self.since.filter(|_| self.failures > 0).or(Some(at));
            return Self { last, failures: self.failures.saturating_add(1), since, ..self };
        }
        Self { last, good: Some(look), failures: 0, since: None }
    }

    /// What the looks alone say at a time.
    #[must_use]
    pub fn says(&self, now: DateTime<Utc>) -> Shown {
        let Some((_, at)) = self.last else { return Shown::Checking };
        if now - at > TimeDelta::seconds(STALE_SECONDS) {
            return Shown::Checking;
        }
        if let Some(since) = self.since.filter(|_| self.failures >= FAILURES) {
            return Shown::Offline { since };
        }
        match self.good {
            Some(Look::Live) => Shown::Live,
            Some(Look::Frozen) => Shown::Frozen,
            Some(Look::Black) => Shown::Dark,
            _ => Shown::Checking,
        }
    }
}

/// What a page says of a camera: repair first, then hours, then the looks. `mended` is the last day of a repair in China's
/// time. There is no state for a place without a stream, because that is no fault (领域规则: publishing is encouraged, not
/// required).
#[must_use]
pub fn shown(hours: &Hours, mended: Option<NaiveDate>, memory: &Memory, now: DateTime<Utc>) -> Shown {
    let today = (now + TimeDelta::hours(8)).date_naive();
    if mended.is_some_and(|until| today <= until) {
        return Shown::Maintenance;
    }
    if hours.is_on(now) { memory.says(now) } else { Shown::OutOfHours }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        // Wednesday, eleven o'clock in China
        "2026-11-25T03:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(seconds)
    }

    /// Looks a minute apart, and what is said after each.
    fn said(looks: &[Look]) -> Vec<Shown> {
        let mut memory = Memory::default();
        let mut all = Vec::new();
        for (number, look) in (0..).zip(looks) {
            memory = memory.after(*look, at(number * 60));
            all.push(memory.says(at(number * 60 + 1)));
        }
        all
    }

    #[test]
    fn one_failed_look_is_not_offline() {
        use Look::{Black, Frozen, Live, Offline, Refused, Stalled, Unseen};
        let off = |seconds| Shown::Offline { since: at(seconds) };
        let checking = Shown::Checking;
        assert_eq!(
            said(&[Live, Offline, Stalled, Refused, Live]),
            [Shown::Live, Shown::Live, off(60), off(60), Shown::Live]
        );
        assert_eq!(said(&[Offline, Live, Offline, Live]), [checking, Shown::Live, Shown::Live, Shown::Live]);
        assert_eq!(said(&[Offline, Offline]), [checking, off(0)]);
        assert_eq!(said(&[Frozen, Black, Unseen, Live]), [Shown::Frozen, Shown::Dark, checking, Shown::Live]);
        assert_eq!(said(&[Unseen, Stalled, Stalled]), [checking, checking, off(60)]);
    }

    #[test]
    fn old_looks_say_nothing() {
        let memory = Memory::default().after(Look::Live, at(0));
        assert_eq!(memory.says(at(600)), Shown::Live);
        assert_eq!(memory.says(at(601)), Shown::Checking);
        assert_eq!(memory.after(Look::Offline, at(-1)), memory, "a look that comes late");
    }

    #[test]
    fn repair_then_hours_then_looks() {
        let hours = Hours::parse("周三 10:30–12:30").unwrap();
        let live = Memory::default().after(Look::Live, at(0));
        let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
        assert_eq!(shown(&hours, None, &live, at(1)), Shown::Live);
        assert_eq!(shown(&hours, day("2026-11-25"), &live, at(1)), Shown::Maintenance);
        assert_eq!(shown(&hours, day("2026-11-24"), &live, at(1)), Shown::Live);
        assert_eq!(shown(&hours, None, &live, at(-3600)), Shown::OutOfHours);
        assert_eq!(shown(&hours, None, &Memory::default(), at(1)), Shown::Checking);
        assert!(Look::ALL.iter().all(|look| Look::from_code(look.code()) == Some(*look)));
    }

    proptest! {
        #[test]
        fn live_is_never_said_without_a_picture(looks in proptest::collection::vec(0_usize..7, 0..12)) {
            let looks: Vec<Look> = looks.into_iter().map(|look| Look::ALL[look]).collect();
            for (count, shown) in (1..).zip(said(&looks)) {
                let seen = looks[..count].iter().rev().find(|look| !look.is_failure());
                prop_assert_eq!(shown == Shown::Live, seen == Some(&Look::Live) && !matches!(shown, Shown::Offline { .. }));
                let failing = looks[..count].iter().rev().take_while(|look| look.is_failure()).count();
                let is_off = matches!(shown, Shown::Offline { .. });
                prop_assert_eq!(is_off, failing >= 2);
            }
        }
    }
}
