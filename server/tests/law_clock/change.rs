//! What a new calendar may change, and what not.

use std::collections::BTreeMap;

use app::domain::{
    calendar::{Calendar, statutory},
    clock::{Rollover, Rule, Settings, Step, Term, Unannounced, recompute},
};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A file for 2027 with the fixed holidays and invented days from 2026-12-29 on: the days off are weekdays, the days
/// worked are weekend days.
fn invented(offsets: &[u64]) -> String {
    let first = day(2026, 12, 29);
    let mut days: BTreeMap<NaiveDate, bool> = statutory::always(2027).into_iter().map(|date| (date, true)).collect();
    for offset in offsets {
        let date = first + Days::new(*offset);
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        days.entry(date).or_insert(!weekend);
    }
    let entry = |(date, off): (&NaiveDate, &bool)| format!(r#"{{"name":"节","date":"{date}","isOffDay":{off}}}"#);
    let days: Vec<String> = days.iter().map(entry).collect();
    format!(r#"{{"year":2027,"papers":["p"],"days":[{}]}}"#, days.join(","))
}

fn settings() -> impl Strategy<Value = Settings> {
    (any::<bool>(), any::<bool>()).prop_map(|(strict, careful)| Settings {
        rollover: if strict { Rollover::StatutoryOnly } else { Rollover::RestDays },
        unannounced: if careful { Unannounced::WeekdaysExceptStatutory } else { Unannounced::Weekdays },
        ..Settings::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    /// A date that was not marked 预计 stands, whatever the next year's notice says; and a term whose calendars are
    /// unchanged has the same answer.
    #[test]
    fn what_is_final_stays(
        step in 0_usize..Step::ALL.len(), before in 0_u64..240, settings in settings(),
        offsets in prop::collection::vec(0_u64..120, 0..20),
    ) {
        let step = Step::ALL[step];
        let rule = if step == Step::FilingNotice { Rule::R20 } else { Rule::R121 };
        let term = Term::new(step, rule, day(2027, 2, 28) - Days::new(before));
        let old = Calendar::embedded().unwrap();
        let new = old.with(&invented(&offsets)).unwrap();
        let change = recompute(&term, &old, &new, &settings).unwrap();
        if !change.old.estimated {
            prop_assert_eq!(change.old.on, change.new.on);
            prop_assert_eq!(change.old.internal_on, change.new.internal_on);
            prop_assert!(!change.is_news());
        }
        if change.old.is_current(&new) {
            prop_assert_eq!(&change.old, &change.new);
        }
        prop_assert!(change.new.is_current(&new));
        prop_assert_eq!(change.moved(), (change.new.on - change.old.on).num_days());
        // 2027 is loaded and ends long before its own December
        prop_assert!(!change.new.estimated);
    }
}
