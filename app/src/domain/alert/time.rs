//! When a digest is due.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Timelike};

use super::Pace;

/// When digests go out, in the time of China.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Hour of the day, 0 to 23
    pub hour: u32,
    /// Day of the week of weekly ones, 1 (Monday) to 7
    pub weekday: u32,
}

/// The day of the digest that is due at a local time and was not sent yet; `last` is the day of the last one. What was
/// missed (the portal stood still) is due at once, and only once.
#[must_use]
pub fn due(pace: Pace, last: Option<NaiveDate>, local: NaiveDateTime, hours: Hours) -> Option<NaiveDate> {
    let reached = if local.hour() >= hours.hour { local.date() } else { local.date().pred_opt()? };
    let day = match pace {
        Pace::Now => return None,
        Pace::Daily => reached,
        Pace::Weekly => {
            let since = (reached.weekday().number_from_monday() + 7 - hours.weekday) % 7;
            reached.checked_sub_days(Days::new(u64::from(since)))?
        }
    };
    last.is_none_or(|last| last < day).then_some(day)
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, Weekday};
    use proptest::prelude::*;

    use super::*;

    const EIGHT: Hours = Hours { hour: 8, weekday: 1 };

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn digests_are_due_at_their_hour() {
        let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
        // 2026-11-25 is a Wednesday
        for (pace, last, local, found) in [
            (Pace::Daily, day("2026-11-24"), "2026-11-25T07:59:59", None),
            (Pace::Daily, day("2026-11-24"), "2026-11-25T08:00:00", day("2026-11-25")),
            (Pace::Daily, day("2026-11-25"), "2026-11-25T23:59:59", None),
            (Pace::Daily, day("2026-11-20"), "2026-11-25T03:00:00", day("2026-11-24")),
            (Pace::Daily, None, "2026-11-25T08:00:00", day("2026-11-25")),
            (Pace::Weekly, day("2026-11-16"), "2026-11-23T07:59:59", None),
            (Pace::Weekly, day("2026-11-16"), "2026-11-23T08:00:00", day("2026-11-23")),
            (Pace::Weekly, day("2026-11-23"), "2026-11-29T23:00:00", None),
            (Pace::Weekly, day("2026-11-16"), "2026-11-26T00:00:00", day("2026-11-23")),
            (Pace::Now, None, "2026-11-25T08:00:00", None),
        ] {
            assert_eq!(due(pace, last, at(local), EIGHT), found, "{pace:?} {local}");
        }
        let friday = Hours { hour: 0, weekday: 5 };
        assert_eq!(due(Pace::Weekly, None, at("2026-11-25T00:00:00"), friday), day("2026-11-20"));
    }

    proptest! {
        #[test]
        fn each_digest_is_due_once(minutes in 0i64..5_000_000, hour in 0u32..24, weekday in 1u32..8) {
            let hours = Hours { hour, weekday };
            let local = at("2024-01-01T00:00:00") + TimeDelta::minutes(minutes);
            for pace in [Pace::Daily, Pace::Weekly] {
                let day = due(pace, None, local, hours).unwrap();
                // its hour has come, and the next one's not
                let opens = day.and_hms_opt(hour, 0, 0).unwrap();
                let length = TimeDelta::days(if pace == Pace::Daily { 1 } else { 7 });
                prop_assert!(opens <= local && local < opens + length);
                prop_assert_eq!(due(pace, Some(day), local, hours), None);
                prop_assert_eq!(due(pace, Some(day), opens + length, hours), Some((opens + length).date()));
                if pace == Pace::Weekly {
                    prop_assert_eq!(day.weekday(), Weekday::try_from(u8::try_from(weekday - 1).unwrap()).unwrap());
                }
            }
        }
    }
}
