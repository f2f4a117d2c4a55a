//! The clock against a slow implementation that shares nothing with it: lists of days from `chinesecalendar`
//! (2004–2026), all days of the period laid out and struck off.

use std::{collections::BTreeSet, sync::LazyLock};

use app::domain::{
    calendar::{Calendar, DayKind, statutory},
    clock::{Extension, ExtensionKind, Pause, PauseReason, Rollover, Rule, Settings, Step, Term, What},
};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;
use serde_json::Value;

static HISTORY: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(include_str!("data/history.json")).unwrap());

/// 2004–2023 from the history, 2024–2026 as built in.
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let files = HISTORY["files"].as_array().unwrap();
    files.iter().fold(Calendar::embedded().unwrap(), |calendar, file| calendar.with(&file.to_string()).unwrap())
});

static OFF: LazyLock<BTreeSet<String>> = LazyLock::new(|| truth("off"));
static WORK: LazyLock<BTreeSet<String>> = LazyLock::new(|| truth("work"));
static STATUTORY: LazyLock<BTreeSet<String>> = LazyLock::new(|| truth("statutory"));

fn truth(list: &str) -> BTreeSet<String> {
    let years = HISTORY["truth"].as_object().unwrap().values();
    years.flat_map(|year| year[list].as_array().unwrap()).map(|day| day.as_str().unwrap().to_owned()).collect()
}

fn works(day: NaiveDate) -> bool {
    let text = day.to_string();
    WORK.contains(&text) || (day.weekday().num_days_from_monday() < 5 && !OFF.contains(&text))
}

fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(2004, 1, 1).unwrap()
}

/// Days and unit of the law, once more: (days, working, days of the extension).
fn numbers(step: Step, rule: Rule) -> (usize, bool, usize) {
    match (step, rule) {
        (Step::Acceptance | Step::TerminationNotice | Step::Jurisdiction, _) => (7, true, 0),
        (Step::Mediation, Rule::R121) => (60, false, 0),
        (Step::Mediation, Rule::R20) => (45, true, 0),
        (Step::ClueCheck | Step::ReportCheck, _) => (15, true, 15),
        (Step::FilingNotice, _) => (5, true, 0),
        (Step::CaseDecision, _) => (90, false, 30),
        (Step::PenaltyPublication, _) => (20, true, 0),
        (Step::PenaltyForward | Step::PenaltyAssist, _) => (10, true, 0),
        (Step::Correction, _) => (3, true, 0),
        (Step::OperatorReply, _) => (15, true, 0),
    }
}

fn slow(start: NaiveDate, days: usize, working: bool, pauses: &[(NaiveDate, NaiveDate)], strict: bool) -> NaiveDate {
    let struck: BTreeSet<NaiveDate> =
        pauses.iter().flat_map(|(from, until)| from.iter_days().take_while(move |day| day <= until)).collect();
    let all: Vec<NaiveDate> = start.iter_days().skip(1).take(1500).filter(|day| !struck.contains(day)).collect();
    if working {
        let mut kept = all;
        kept.retain(|day| works(*day));
        return kept[days - 1];
    }
    let statutory = |day: &NaiveDate| STATUTORY.contains(&day.to_string());
    let ends: Vec<NaiveDate> = all[days - 1..].to_vec();
    ends.into_iter().find(|day| !statutory(day) && (strict || works(*day))).unwrap()
}

#[test]
fn every_day_of_23_years_is_what_it_was() {
    let mut days = 0;
    for date in first().iter_days().take_while(|day| day.year() <= 2026) {
        let kind = CALENDAR.day(date);
        assert_eq!(kind.is_work(), works(date), "{date} {kind:?}");
        assert_eq!(statutory::is_statutory(date), Some(STATUTORY.contains(&date.to_string())), "{date}");
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        assert_eq!(matches!(kind, DayKind::MakeUp { .. }), weekend && works(date), "{date}");
        days += 1;
    }
    assert_eq!(days, 8401);
    let worked = |year| first().iter_days().skip_while(move |d| d.year() < year).take_while(move |d| d.year() == year);
    assert_eq!(worked(2026).filter(|day| CALENDAR.day(*day).is_work()).count(), 248);
    assert_eq!(worked(2025).filter(|day| CALENDAR.day(*day).is_work()).count(), 248);
}

#[test]
fn december_days_of_the_next_notice_are_found() {
    // 2018-12-29 (Saturday) was worked and 12-31 (Monday) was off by the notice for 2019
    let (worked, off) =
        (NaiveDate::from_ymd_opt(2018, 12, 29).unwrap(), NaiveDate::from_ymd_opt(2018, 12, 31).unwrap());
    let file = |year: i32| {
        let files = HISTORY["files"].as_array().unwrap();
        files.iter().find(|file| file["year"] == year).unwrap().to_string()
    };
    let only_2018 = Calendar::default().with(&file(2018)).unwrap();
    assert!(!only_2018.day(worked).is_work() && only_2018.day(off).is_work());
    assert!(!only_2018.is_certain(worked) && !only_2018.is_certain(off));
    let both = only_2018.with(&file(2019)).unwrap();
    assert_eq!(both.day(worked), DayKind::MakeUp { name: "元旦" });
    assert_eq!(both.day(off), DayKind::Rest { name: "元旦" });
    assert!(both.is_certain(worked) && both.is_certain(off));
    assert!(!both.knows(2020));
}

#[derive(Debug, Clone)]
struct Question {
    step: Step,
    rule: Rule,
    start: NaiveDate,
    pauses: Vec<(NaiveDate, NaiveDate)>,
    extended: bool,
    restarts: Vec<u64>,
}

impl Question {
    fn term(&self) -> Term {
        let from = self.from();
        let extension = Extension { kind: ExtensionKind::Approved, approved_on: from };
        let pauses = self.pauses.iter();
        Term {
            merged: self.restarts.iter().map(|days| self.start + Days::new(*days)).collect(),
            pauses: pauses
                .map(|(from, until)| Pause { from: *from, until: Some(*until), reason: PauseReason::Testing })
                .collect(),
            extensions: if self.extended { vec![extension] } else { Vec::new() },
            ..Term::new(self.step, self.rule, self.start)
        }
    }

    fn from(&self) -> NaiveDate {
        self.start + Days::new(self.restarts.iter().copied().max().unwrap_or(0))
    }
}

fn question() -> impl Strategy<Value = Question> {
    // up to the middle of 2025, so that every period ends before 2027
    let start = (0_u64..7_850).prop_map(|days| first() + Days::new(days));
    let pauses = prop::collection::vec((0_u64..120, 0_u64..40), 0..4);
    let restarts = prop::collection::vec(0_u64..60, 0..3);
    (0_usize..Step::ALL.len(), any::<bool>(), start, pauses, any::<bool>(), restarts).prop_map(
        |(step, old, start, pauses, extended, restarts)| {
            let step = Step::ALL[step];
            let rule = if old || step == Step::FilingNotice { Rule::R20 } else { Rule::R121 };
            let at = |(after, length)| {
                let from = start - Days::new(20) + Days::new(after);
                (from, from + Days::new(length))
            };
            let pausable = matches!(step, Step::Mediation | Step::CaseDecision);
            let mergeable = step == Step::ReportCheck && rule == Rule::R121;
            Question {
                step,
                rule,
                start,
                pauses: if pausable { pauses.into_iter().map(at).collect() } else { Vec::new() },
                extended: extended && numbers(step, rule).2 > 0,
                restarts: if mergeable { restarts } else { Vec::new() },
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_clock_agrees_with_the_slow_one(question in question()) {
        let (days, working, more) = numbers(question.step, question.rule);
        let days = if question.extended { days + more } else { days };
        let strict = Settings { rollover: Rollover::StatutoryOnly, ..Settings::default() };
        let due = question.term().due(&CALENDAR, &Settings::default()).unwrap();
        let least = question.term().due(&CALENDAR, &strict).unwrap();
        let expected = |strict| slow(question.from(), days, working, &question.pauses, strict);
        prop_assert_eq!(due.on, expected(false));
        prop_assert_eq!(due.internal_on, expected(true));
        prop_assert_eq!(least.on, expected(true));
        prop_assert!(due.internal_on <= due.on && due.act_by <= due.internal_on);
        prop_assert!(works(due.act_by) || due.act_by == question.from());
        prop_assert!(!due.estimated);
    }

    #[test]
    fn the_working_names_every_day_and_adds_up(question in question()) {
        let due = question.term().due(&CALENDAR, &Settings::default()).unwrap();
        let counted: u32 = due.working.iter().filter(|line| line.counts()).map(|line| line.days).sum();
        prop_assert_eq!(counted, due.days);
        // what was counted or skipped joins day to day, from the day after the start
        let mut next = question.from() + Days::new(1);
        for line in due.working.iter().filter(|line| line.counts() || matches!(line.what, What::Skipped { .. })) {
            prop_assert_eq!(line.from, next);
            prop_assert_eq!(i64::from(line.days), (line.to - line.from).num_days() + 1);
            next = line.to + Days::new(1);
        }
        // then what was rolled over, up to the last day
        let mut last = next - Days::new(1);
        for line in due.working.iter().filter(|line| matches!(line.what, What::Rolled { .. })) {
            prop_assert_eq!(line.from, last);
            last = line.to + Days::new(1);
        }
        prop_assert_eq!(last, due.on);
        prop_assert_eq!(&due.working.last().unwrap().what, &What::End);
        prop_assert!(app::text::clock::explain(&due).len() >= due.working.len());
    }

    #[test]
    fn a_later_start_is_never_due_earlier(question in question(), later in 1_u64..40, more in 1_u64..30) {
        // with the extension approved on the later start, both may have it
        let postponed = Question { start: question.start + Days::new(later), ..question.clone() };
        let early = Term { extensions: Vec::new(), ..question.term() };
        let late = Term { extensions: Vec::new(), ..postponed.term() };
        let settings = Settings::default();
        let (early_due, late_due) = (early.due(&CALENDAR, &settings).unwrap(), late.due(&CALENDAR, &settings).unwrap());
        prop_assert!(early_due.on <= late_due.on);
        prop_assert!(early_due.internal_on <= late_due.internal_on);
        // nor is a longer pause, or an extension
        if let Some(pause) = early.pauses.first().copied() {
            let until = pause.until.map(|until| until + Days::new(more));
            let mut longer = early.clone();
            longer.pauses[0] = Pause { until, ..pause };
            prop_assert!(early_due.on <= longer.due(&CALENDAR, &settings).unwrap().on);
        }
        if question.extended {
            prop_assert!(early_due.on < question.term().due(&CALENDAR, &settings).unwrap().on);
        }
    }

    #[test]
    fn any_question_is_answered_or_refused(
        step in 0_usize..Step::ALL.len(), old in any::<bool>(), start in -200_i64..50_000,
        pauses in prop::collection::vec((-100_i64..60_000, prop::option::of(-100_i64..60_000), 0_usize..8), 0..4),
        extensions in prop::collection::vec((-50_i64..400, any::<bool>(), 0_u32..2000), 0..4),
        merged in prop::collection::vec(-20_i64..400, 0..3),
    ) {
        let reasons = [PauseReason::Appraisal, PauseReason::Testing, PauseReason::Hearing, PauseReason::Announcement,
            PauseReason::Suspension, PauseReason::RightsHolder, PauseReason::Refund, PauseReason::Recusal];
        let day = |days: i64| first() + chrono::TimeDelta::days(days);
        let term = Term {
            merged: merged.iter().map(|days| day(start + days)).collect(),
            pauses: pauses.iter().map(|(from, until, reason)| Pause {
                from: day(*from), until: until.map(day), reason: reasons[*reason],
            }).collect(),
            extensions: extensions.iter().map(|(on, plain, days)| Extension {
                kind: if *plain { ExtensionKind::Approved } else { ExtensionKind::Collective { days: *days } },
                approved_on: day(start + on),
            }).collect(),
            ..Term::new(Step::ALL[step], if old { Rule::R20 } else { Rule::R121 }, day(start))
        };
        match term.due(&CALENDAR, &Settings::default()) {
            Ok(due) => {
                prop_assert!(due.on > term.start && due.internal_on <= due.on);
                prop_assert_eq!(&serde_json::from_str::<app::domain::clock::Due>(&serde_json::to_string(&due).unwrap()).unwrap(), &due);
                prop_assert!(!app::text::clock::headline(&due).is_empty());
            }
            Err(error) => prop_assert!(app::text::clock::error(&error).ends_with('。')),
        }
    }
}
