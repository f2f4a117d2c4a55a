//! The vectors of domain section 1.12, and dates worked out by hand.

use app::{
    domain::{
        calendar::Calendar,
        clock::{
            ClockError, Due, Pause, PauseReason, Rollover, Rule, Settings, Step, Term, Unannounced, What, Why, due,
            recompute,
        },
    },
    text,
};
use chrono::NaiveDate;

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn of(step: Step, start: &str) -> Due {
    let start = d(start);
    due(step, start, Rule::of(start), &[], &[], &Calendar::embedded().unwrap(), &Settings::default()).unwrap()
}

fn term(term: &Term) -> Result<Due, ClockError> {
    term.due(&Calendar::embedded().unwrap(), &Settings::default())
}

fn pause(from: &str, until: Option<&str>, reason: PauseReason) -> Pause {
    Pause { from: d(from), until: until.map(d), reason }
}

/// A year that was not announced when this was written, with holidays invented around the statutory days: 元旦 1–3
/// January with 9 January worked.
fn invented_2027() -> String {
    let off = ["01-01", "01-02", "01-03", "05-01", "05-02", "10-01", "10-02", "10-03", "10-04", "10-05"];
    let off = off.map(|day| format!(r#"{{"name":"假","date":"2027-{day}","isOffDay":true}}"#));
    let worked = r#"{"name":"元旦","date":"2027-01-09","isOffDay":false}"#;
    format!(r#"{{"year":2027,"papers":["invented"],"days":[{},{worked}]}}"#, off.join(","))
}

#[test]
fn vectors_of_the_domain() {
    let vectors = [
        (Step::Acceptance, "2026-09-21", "2026-10-08"),
        (Step::Acceptance, "2026-10-09", "2026-10-19"),
        (Step::ClueCheck, "2026-04-30", "2026-05-25"),
        (Step::ReportCheck, "2026-04-30", "2026-05-25"),
        (Step::Acceptance, "2026-02-11", "2026-02-27"),
        (Step::PenaltyPublication, "2026-01-30", "2026-03-05"),
        (Step::Mediation, "2026-06-01", "2026-07-31"),
        (Step::Mediation, "2026-08-03", "2026-10-08"),
        (Step::Mediation, "2026-08-05", "2026-10-08"),
        (Step::Mediation, "2026-04-10", "2026-06-16"),
    ];
    for (step, start, on) in vectors {
        let due = of(step, start);
        assert_eq!(due.on, d(on), "{step:?} {start}");
        assert!(!due.estimated, "{step:?} {start}");
    }
    // five working days are a limit of the old rule only
    let notice = term(&Term::new(Step::FilingNotice, Rule::R20, d("2026-09-23"))).unwrap();
    assert_eq!(notice.on, d("2026-10-08"));
    let refused = term(&Term::new(Step::FilingNotice, Rule::R121, d("2026-09-23")));
    assert_eq!(refused, Err(ClockError::NoSuchStep { step: Step::FilingNotice, rule: Rule::R121 }));
}

#[test]
fn the_strict_reading_gives_the_internal_date() {
    let calendar = Calendar::embedded().unwrap();
    let strict = Settings { rollover: Rollover::StatutoryOnly, ..Settings::default() };
    let mediation = |start: &str, settings: &Settings| {
        due(Step::Mediation, d(start), Rule::R121, &[], &[], &calendar, settings).unwrap()
    };
    assert_eq!(mediation("2026-08-05", &strict).on, d("2026-10-04"));
    // 10-02 and 10-03 are statutory, 10-04 is a Sunday of the holiday
    assert_eq!(mediation("2026-08-03", &strict).on, d("2026-10-04"));
    let told = mediation("2026-08-05", &Settings::default());
    assert_eq!((told.on, told.internal_on, told.act_by), (d("2026-10-08"), d("2026-10-04"), d("2026-09-30")));
    let said = text::clock::internal(&told).unwrap();
    assert!(said.contains("2026年10月4日") && said.contains("2026年9月30日"), "{said}");
    assert!(!text::clock::explain(&told).contains(&said), "citizens are told one date");
    // a plain Saturday: 2026-07-25 + 0 … accepted 2026-05-26, the sixtieth day is Saturday 07-25
    let saturday = mediation("2026-05-26", &Settings::default());
    assert_eq!((saturday.on, saturday.internal_on), (d("2026-07-27"), d("2026-07-25")));
    assert_eq!(saturday.act_by, d("2026-07-24"));
    // a weekend day that is worked is no rest day: 2026-10-10
    assert_eq!(mediation("2026-08-11", &Settings::default()).on, d("2026-10-10"));
}

#[test]
fn the_rule_changes_on_the_fifteenth_of_april() {
    assert_eq!(Rule::of(d("2026-04-14")), Rule::R20);
    assert_eq!(Rule::of(d("2026-04-15")), Rule::R121);
    assert_eq!(of(Step::Mediation, "2026-04-14").days, 45);
    assert_eq!(of(Step::Mediation, "2026-04-15").days, 60);
}

#[test]
fn a_complaint_of_28_december_is_estimated_and_then_recomputed() {
    let term = Term::new(Step::Acceptance, Rule::R121, d("2026-12-28"));
    let old = Calendar::embedded().unwrap();
    let settings = Settings { unannounced: Unannounced::Weekdays, ..Settings::default() };
    let before = term.due(&old, &settings).unwrap();
    // 29, 30, 31, 1, 4, 5, 6 by Monday to Friday
    assert_eq!(before.on, d("2027-01-06"));
    assert!(before.estimated);
    assert!(before.calendar_version.ends_with("2027:-"), "{}", before.calendar_version);
    assert!(text::clock::headline(&before).starts_with("预计"));
    assert!(text::clock::estimate(&before)[1].contains("其中2027年1月1日是法定节假日"));
    let careful = term.due(&old, &Settings::default()).unwrap();
    assert_eq!((careful.on, careful.estimated), (d("2027-01-07"), true));

    let new = old.with(&invented_2027()).unwrap();
    assert!(before.is_current(&old) && !before.is_current(&new));
    let change = recompute(&term, &old, &new, &settings).unwrap();
    assert_eq!(change.old, before);
    // 29, 30, 31, 4, 5, 6, 7
    assert_eq!((change.new.on, change.new.estimated, change.moved()), (d("2027-01-07"), false, 1));
    assert!(change.is_news());
    let said = text::clock::change(&change);
    assert!(said.contains("2027年1月6日") && said.contains("2027年1月7日"), "{said}");
    // the make-up Saturday 2027-01-09 counts
    let next = Term::new(Step::Acceptance, Rule::R121, d("2026-12-30")).due(&new, &settings).unwrap();
    assert_eq!(next.on, d("2027-01-09"));
}

#[test]
fn what_an_open_calendar_can_change_is_an_estimate() {
    // last day 2026-12-28: nothing can change it
    assert!(!of(Step::Acceptance, "2026-12-17").estimated);
    // 29–31 December may be arranged by the notice for 2027
    assert!(of(Step::Acceptance, "2026-12-18").estimated);
    // sixty days end in February 2027: the way there doesn't matter, the last day does
    let into_2027 = of(Step::Mediation, "2026-12-01");
    assert_eq!(into_2027.on, d("2027-02-01"));
    assert!(into_2027.estimated);
    // the sixtieth day is New Year's Day, statutory before any notice, a Friday: rolled over the weekend
    let new_year = of(Step::Mediation, "2026-11-02");
    assert_eq!((new_year.on, new_year.internal_on), (d("2027-01-04"), d("2027-01-02")));
    assert!(new_year.estimated);
    // before 2024 too
    assert!(of(Step::PenaltyPublication, "2023-05-04").estimated);
    // December 2025 is settled by the file of 2026
    assert!(!of(Step::Acceptance, "2025-12-22").estimated);
}

#[test]
fn every_day_of_the_working_is_named_once() {
    let due = of(Step::Acceptance, "2026-09-21");
    let lines: Vec<_> = due.working.iter().map(|line| (line.from, line.to, line.total)).collect();
    assert_eq!(
        lines,
        [
            (d("2026-09-21"), d("2026-09-21"), 0),
            (d("2026-09-22"), d("2026-09-24"), 3),
            (d("2026-09-25"), d("2026-09-25"), 3),
            (d("2026-09-26"), d("2026-09-27"), 3),
            (d("2026-09-28"), d("2026-09-30"), 6),
            (d("2026-10-01"), d("2026-10-03"), 6),
            (d("2026-10-04"), d("2026-10-07"), 6),
            (d("2026-10-08"), d("2026-10-08"), 7),
            (d("2026-10-08"), d("2026-10-08"), 7),
        ]
    );
    let said = text::clock::explain(&due);
    assert_eq!(said[0], "2026年9月21日（星期一）：收到投诉当日，不计入");
    assert_eq!(said[1], "2026年9月22日至9月24日：工作日，计 3 天，累计 3 天");
    assert_eq!(said[2], "2026年9月25日（星期五）：中秋节（法定节假日），不计");
    assert_eq!(said[6], "2026年10月4日至10月7日：国庆节放假（周末或者调休），不计");
    assert_eq!(said[8], "2026年10月8日（星期四）：期限届满，最迟在这一天");
    let basis = text::clock::basis(&due.basis);
    assert_eq!(
        basis,
        "依据：《市场监督管理投诉举报处理办法》（国家市场监督管理总局令第121号，2026年4月15日起施行）第十五条"
    );
}

#[test]
fn make_up_days_and_rolled_days_are_said() {
    let said = text::clock::explain(&of(Step::Acceptance, "2026-10-09")).join("\n");
    assert!(said.contains("2026年10月10日（星期六）：国庆节调休上班，计 1 天，累计 1 天"), "{said}");
    let rolled = of(Step::Mediation, "2026-08-03");
    let names = |what: &What| matches!(what, What::Rolled { why: Why::Holiday { name } } if name == "国庆节");
    assert!(rolled.working.iter().any(|line| names(&line.what) && line.from == d("2026-10-02")));
    let said = text::clock::explain(&rolled).join("\n");
    assert!(said.contains("2026年10月2日至10月3日：期限届满时为国庆节（法定节假日），顺延"), "{said}");
}

#[test]
fn other_limits() {
    assert_eq!(of(Step::TerminationNotice, "2026-09-21").on, d("2026-10-08"));
    assert_eq!(of(Step::Correction, "2026-09-30").on, d("2026-10-10"));
    assert_eq!(of(Step::PenaltyForward, "2026-09-21").on, d("2026-10-12"));
    assert_eq!(of(Step::Jurisdiction, "2026-09-21").on, d("2026-10-08"));
    let promise = Settings { operator_reply: 3, ..Settings::default() };
    let calendar = Calendar::embedded().unwrap();
    let reply = due(Step::OperatorReply, d("2026-09-30"), Rule::R121, &[], &[], &calendar, &promise).unwrap();
    assert_eq!(reply.on, d("2026-10-10"));
    assert_eq!(text::clock::basis(&reply.basis), "依据：本单位承诺的期限");
}

#[test]
fn dates_and_settings_out_of_range_are_refused() {
    for date in ["1999-12-31", "2101-01-01", "2100-12-31"] {
        let far = term(&Term::new(Step::Acceptance, Rule::R121, d(date)));
        assert!(matches!(far, Err(ClockError::OutOfRange { .. })), "{date}: {far:?}");
    }
    let endless = Term {
        pauses: vec![pause("2026-06-10", Some("2100-12-31"), PauseReason::Testing)],
        ..Term::new(Step::Mediation, Rule::R121, d("2026-06-01"))
    };
    assert!(matches!(term(&endless), Err(ClockError::OutOfRange { .. })));
    assert!(Settings::default().check().is_ok());
    let zero = Settings { case_decision: 0, ..Settings::default() };
    assert_eq!(zero.check().unwrap_err().name, "case_decision");
    assert!(serde_json::from_str::<Settings>(r#"{"rollover":"statutory_only"}"#).is_ok());
    assert!(serde_json::from_str::<Settings>(r#"{"roll_over":"statutory_only"}"#).is_err());
}

#[test]
fn what_is_stored_reads_back() {
    let stored = Term {
        pauses: vec![pause("2026-06-11", None, PauseReason::Testing)],
        ..Term::new(Step::Mediation, Rule::R121, d("2026-06-01"))
    };
    let json = serde_json::to_string(&stored).unwrap();
    assert_eq!(serde_json::from_str::<Term>(&json).unwrap(), stored);
    let due = term(&stored).unwrap();
    let json = serde_json::to_string(&due).unwrap();
    assert_eq!(serde_json::from_str::<Due>(&json).unwrap(), due);
    for step in Step::ALL {
        assert_eq!(Step::from_code(step.code()), Some(step));
        assert_eq!(serde_json::to_string(&step).unwrap(), format!("\"{}\"", step.code()));
    }
}
