//! What stops, lengthens and restarts a clock, with dates worked out by hand.

use app::{
    domain::{
        calendar::Calendar,
        clock::{ClockError, Due, Extension, ExtensionKind, Pause, PauseReason, Rule, Settings, Step, Term, What},
    },
    text,
};
use chrono::NaiveDate;

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn term(term: &Term) -> Result<Due, ClockError> {
    term.due(&Calendar::embedded().unwrap(), &Settings::default())
}

fn pause(from: &str, until: Option<&str>, reason: PauseReason) -> Pause {
    Pause { from: d(from), until: until.map(d), reason }
}

fn approved(on: &str) -> Extension {
    Extension { kind: ExtensionKind::Approved, approved_on: d(on) }
}

#[test]
fn appraisal_stops_mediation_and_nothing_else_does() {
    let mediation = Term::new(Step::Mediation, Rule::R121, d("2026-06-01"));
    // ten days out: 07-31 becomes 08-10, a Monday
    let with =
        Term { pauses: vec![pause("2026-06-10", Some("2026-06-19"), PauseReason::Appraisal)], ..mediation.clone() };
    assert_eq!(term(&with).unwrap().on, d("2026-08-10"));
    // an overlapping second one counts once; one before the start and one after the end don't count
    let pauses = vec![
        pause("2026-06-15", Some("2026-06-19"), PauseReason::Testing),
        pause("2026-06-10", Some("2026-06-16"), PauseReason::Appraisal),
        pause("2026-05-01", Some("2026-05-30"), PauseReason::Testing),
        pause("2026-08-20", Some("2026-09-30"), PauseReason::Testing),
    ];
    assert_eq!(term(&Term { pauses, ..mediation.clone() }).unwrap().on, d("2026-08-10"));
    // old rule: 45 working days, a pause over a weekend takes out the working days in it
    let old = Term {
        pauses: vec![pause("2026-04-24", Some("2026-04-27"), PauseReason::Testing)],
        ..Term::new(Step::Mediation, Rule::R20, d("2026-04-10"))
    };
    assert_eq!(term(&old).unwrap().on, d("2026-06-18"));

    let recusal = Term { pauses: vec![pause("2026-06-10", None, PauseReason::Recusal)], ..mediation.clone() };
    let error = term(&recusal).unwrap_err();
    assert!(matches!(error, ClockError::NoPause { step: Step::Mediation, reason: PauseReason::Recusal, .. }));
    assert!(text::clock::error(&error).contains("只有鉴定、检测"));
    for step in Step::ALL {
        let rule = if step == Step::FilingNotice { Rule::R20 } else { Rule::R121 };
        let tested = Term {
            pauses: vec![pause("2026-06-10", Some("2026-06-11"), PauseReason::Testing)],
            ..Term::new(step, rule, d("2026-06-01"))
        };
        let allowed = matches!(step, Step::Mediation | Step::CaseDecision);
        assert_eq!(term(&tested).is_ok(), allowed, "{step:?}");
    }
    let backwards = Term { pauses: vec![pause("2026-06-10", Some("2026-06-09"), PauseReason::Testing)], ..mediation };
    assert!(matches!(term(&backwards), Err(ClockError::PauseBackwards { .. })));
}

#[test]
fn a_pause_that_goes_on_says_what_is_left() {
    let mediation = Term::new(Step::Mediation, Rule::R121, d("2026-06-01"));
    let open = Term { pauses: vec![pause("2026-06-11", None, PauseReason::Testing)], ..mediation.clone() };
    let due = term(&open).unwrap();
    assert!(due.estimated);
    let left = due.open_pause.unwrap();
    // 06-02 to 06-10 were counted
    assert_eq!((left.since, left.left), (d("2026-06-11"), 51));
    assert_eq!(due.on, d("2026-08-03"));
    assert!(text::clock::estimate(&due).iter().any(|said| said.contains("还剩 51 日")));
    // after the end it stops nothing
    let late = Term { pauses: vec![pause("2026-08-20", None, PauseReason::Testing)], ..mediation.clone() };
    let due = term(&late).unwrap();
    assert_eq!((due.on, due.open_pause, due.estimated), (d("2026-07-31"), None, false));
    let two = vec![
        pause("2026-06-11", None, PauseReason::Testing),
        pause("2026-06-20", Some("2026-06-21"), PauseReason::Testing),
    ];
    assert!(matches!(term(&Term { pauses: two, ..mediation }), Err(ClockError::PauseStillOpen { .. })));
}

#[test]
fn extensions() {
    // 15 + 15 working days after 04-30: 05-25 without, 06-15 with
    let check = Term::new(Step::ReportCheck, Rule::R121, d("2026-04-30"));
    let with = |extensions: Vec<Extension>| term(&Term { extensions, ..check.clone() });
    assert_eq!(with(vec![approved("2026-05-20")]).unwrap().on, d("2026-06-15"));
    assert_eq!(with(vec![approved("2026-05-25")]).unwrap().days, 30);
    let late = with(vec![approved("2026-05-26")]);
    assert_eq!(late, Err(ClockError::ExtensionLate { approved_on: d("2026-05-26"), due: d("2026-05-25") }));
    let early = with(vec![approved("2026-04-29")]);
    assert!(matches!(early, Err(ClockError::ExtensionEarly { .. })));
    let twice = with(vec![approved("2026-05-20"), approved("2026-05-21")]);
    assert!(matches!(twice, Err(ClockError::ExtensionOrder { .. })));
    let collective = Extension { kind: ExtensionKind::Collective { days: 60 }, approved_on: d("2026-05-20") };
    assert!(matches!(with(vec![collective]), Err(ClockError::NoExtension { .. })));
    let acceptance =
        Term { extensions: vec![approved("2026-05-01")], ..Term::new(Step::Acceptance, Rule::R121, d("2026-04-30")) };
    assert!(matches!(term(&acceptance), Err(ClockError::NoExtension { .. })));

    // 90 days, 30 more, 60 more by collective decision
    let case = Term::new(Step::CaseDecision, Rule::R121, d("2026-03-02"));
    assert_eq!(term(&case).unwrap().on, d("2026-06-01"));
    let once = Term { extensions: vec![approved("2026-05-20")], ..case.clone() };
    assert_eq!(term(&once).unwrap().on, d("2026-06-30"));
    let decided = Extension { approved_on: d("2026-06-30"), ..collective };
    let twice = Term { extensions: vec![decided, approved("2026-05-20")], ..case.clone() };
    let due = term(&twice).unwrap();
    assert_eq!((due.on, due.days), (d("2026-08-31"), 180));
    let alone = Term { extensions: vec![Extension { approved_on: d("2026-05-20"), ..collective }], ..case };
    assert!(matches!(term(&alone), Err(ClockError::ExtensionOrder { .. })));
}

#[test]
fn a_merged_report_starts_the_clock_again() {
    let report = Term::new(Step::ReportCheck, Rule::R121, d("2026-04-20"));
    let merged = report.clone().restart(d("2026-04-30"));
    let due = term(&merged).unwrap();
    assert_eq!((due.start, due.counted_from(), due.on), (d("2026-04-20"), d("2026-04-30"), d("2026-05-25")));
    assert_eq!(due.working[1].what, What::Restarted);
    // an extension of before has lapsed, one of after counts
    let extensions = vec![approved("2026-04-28"), approved("2026-05-20")];
    let due = term(&Term { extensions, ..merged.clone() }).unwrap();
    assert_eq!((due.on, due.lapsed.len(), due.extended.len()), (d("2026-06-15"), 1, 1));
    assert!(due.is_current(&Calendar::embedded().unwrap()));

    assert!(matches!(term(&report.clone().restart(d("2026-04-19"))), Err(ClockError::RestartEarly { .. })));
    let old = Term { rule: Rule::R20, ..merged };
    assert!(matches!(term(&old), Err(ClockError::NoRestart { .. })));
    let complaint = Term::new(Step::Acceptance, Rule::R121, d("2026-04-20")).restart(d("2026-04-30"));
    assert!(matches!(term(&complaint), Err(ClockError::NoRestart { .. })));
}
