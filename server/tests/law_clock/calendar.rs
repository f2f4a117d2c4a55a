//! Calendar files as an administrator may load them: whole, broken, absurd.

use app::{
    domain::calendar::{Calendar, CalendarError, DayKind, DayProblem, LARGEST_FILE, Warning, YearFile, statutory},
    text,
};
use chrono::NaiveDate;
use proptest::prelude::*;

const WHOLE: &str = include_str!("../../../app/data/holidays/2026.json");

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A small file that passes: the fixed holidays and `more`, one entry a line, the first on line 3.
fn file(year: i32, more: &[&str]) -> String {
    let fixed = ["01-01", "05-01", "10-01", "10-02", "10-03"]
        .map(|day| format!(r#"{{"name":"节","date":"{year}-{day}","isOffDay":true}}"#));
    let all: Vec<&str> = fixed.iter().map(String::as_str).chain(more.iter().copied()).collect();
    format!("{{\"year\":{year},\"papers\":[\"p\"],\n\"days\":[\n{}]}}", all.join(",\n"))
}

fn refused(json: &str) -> CalendarError {
    let error = Calendar::embedded().unwrap().with(json).unwrap_err();
    let said = text::calendar::error(&error);
    assert!(said.ends_with('。') && !said.contains('\n'), "{said}");
    error
}

#[test]
fn built_in_years() {
    let calendar = Calendar::embedded().unwrap();
    assert_eq!(calendar.years().map(YearFile::year).collect::<Vec<_>>(), [2024, 2025, 2026]);
    assert!(calendar.knows(2026) && !calendar.knows(2027));
    assert_eq!(calendar.warnings(), []);
    assert!(calendar.years().all(|file| file.papers().iter().all(|paper| paper.starts_with("https://www.gov.cn/"))));
    let kinds = [
        ("2026-10-01", DayKind::Holiday { name: "国庆节" }),
        ("2026-10-04", DayKind::Rest { name: "国庆节" }),
        ("2026-02-15", DayKind::Rest { name: "春节" }),
        ("2026-02-16", DayKind::Holiday { name: "春节" }),
        ("2026-02-19", DayKind::Holiday { name: "春节" }),
        ("2026-02-20", DayKind::Rest { name: "春节" }),
        ("2026-05-02", DayKind::Holiday { name: "劳动节" }),
        ("2024-05-02", DayKind::Rest { name: "劳动节" }),
        ("2026-10-10", DayKind::MakeUp { name: "国庆节" }),
        ("2026-10-11", DayKind::Weekend),
        ("2026-10-12", DayKind::Working),
        ("2027-01-01", DayKind::Working),
        ("2027-01-02", DayKind::Weekend),
    ];
    for (date, kind) in kinds {
        assert_eq!(calendar.day(d(date)), kind, "{date}");
    }
}

#[test]
fn statutory_days_of_2026() {
    let days = statutory::of_year(2026).unwrap();
    let expected = [
        "2026-01-01",
        "2026-02-16",
        "2026-02-17",
        "2026-02-18",
        "2026-02-19",
        "2026-04-05",
        "2026-05-01",
        "2026-05-02",
        "2026-06-19",
        "2026-09-25",
        "2026-10-01",
        "2026-10-02",
        "2026-10-03",
    ];
    assert_eq!(days, expected.map(d));
    // 2031: 中秋 is 1 October
    assert_eq!(statutory::of_year(2031).unwrap().len(), 12);
    assert_eq!(statutory::of_year(2051), None);
    assert_eq!(statutory::is_statutory(d("2003-10-01")), None);
}

#[test]
fn a_year_replaced_changes_the_version_and_a_year_reformatted_does_not() {
    let calendar = Calendar::embedded().unwrap();
    let (from, to) = (d("2026-03-01"), d("2026-06-01"));
    let before = calendar.version(from, to);
    let compact = serde_json::to_string(&serde_json::from_str::<serde_json::Value>(WHOLE).unwrap()).unwrap();
    let same = calendar.with(&format!("\u{feff}{compact}\r\n")).unwrap();
    assert_eq!(same.version(from, to), before);
    let changed = calendar.with(&WHOLE.replace("2026-05-09", "2026-05-10")).unwrap();
    assert_ne!(changed.version(from, to), before);
    assert!(changed.day(d("2026-05-10")).is_work() && !changed.day(d("2026-05-09")).is_work());
    // the old value is untouched
    assert!(calendar.day(d("2026-05-09")).is_work());
    // other years don't matter, December needs the next one
    assert_eq!(changed.version(d("2025-03-01"), d("2025-06-01")), calendar.version(d("2025-03-01"), d("2025-06-01")));
    assert!(calendar.version(from, d("2026-12-01")).ends_with("2027:-"));
}

#[test]
fn the_empty_file_of_an_unannounced_year_is_refused() {
    let error = refused(r#"{"year":2027,"papers":[],"days":[]}"#);
    assert_eq!(error, CalendarError::NotAnnounced { year: 2027 });
    assert_eq!(text::calendar::error(&error), "文件里没有一天：2027 年放假安排尚未公布。");
}

#[test]
fn broken_files_are_refused_with_the_line() {
    let day = |json: &str| match refused(json) {
        CalendarError::Day { line, entry, problem } => (line, entry, problem),
        other => panic!("{other:?}"),
    };
    let with = |entry: &str| file(2027, &[entry]);
    let date = d("2027-01-01");
    // the sixth entry, on line 8
    let cases = [
        (r#"{"name":"节","date":"2027-02-30","isOffDay":true}"#, DayProblem::Date("2027-02-30".into())),
        (r#"{"name":"节","date":"2027-2-3","isOffDay":true}"#, DayProblem::Date("2027-2-3".into())),
        (r#"{"name":"节","date":"+202-10-01","isOffDay":true}"#, DayProblem::Date("+202-10-01".into())),
        (r#"{"name":"节","date":"2028-01-02","isOffDay":true}"#, DayProblem::OtherYear(d("2028-01-02"))),
        (r#"{"name":"节","date":"2026-11-30","isOffDay":true}"#, DayProblem::OtherYear(d("2026-11-30"))),
        (r#"{"name":"节","date":"2027-01-01","isOffDay":true}"#, DayProblem::Duplicate(date)),
        (r#"{"name":"","date":"2027-01-02","isOffDay":true}"#, DayProblem::Name),
        ("{\"name\":\"a\\u0007\",\"date\":\"2027-01-02\",\"isOffDay\":true}", DayProblem::Name),
    ];
    for (entry, problem) in cases {
        assert_eq!(day(&with(entry)), (8, 6, problem), "{entry}");
    }
    for entry in [
        r#"{"name":"节","date":"2027-01-02"}"#,
        r#"{"name":"节","date":"2027-01-02","isOffDay":"true"}"#,
        r#"{"name":"节","date":20270102,"isOffDay":true}"#,
        "null",
        "[]",
    ] {
        assert!(matches!(day(&with(entry)), (8, 6, DayProblem::Fields(_))), "{entry}");
    }
    let worked = file(2027, &[]).replacen("true", "false", 1);
    assert_eq!(day(&worked), (3, 1, DayProblem::HolidayWorked(date)));
}

#[test]
fn absurd_files_are_refused() {
    for json in
        ["", "[]", "{}", "null", r#"{"year":2027}"#, r#"{"year":"2027","days":[]}"#, "<html></html>", "{\"year\":2027,"]
    {
        assert!(matches!(refused(json), CalendarError::Json { .. }), "{json}");
    }
    assert!(matches!(refused("{\"year\":2027,\n\"days\":[}"), CalendarError::Json { line: 2, column: 9, .. }));
    assert_eq!(refused(&file(1066, &[])), CalendarError::Year { year: 1066 });
    let missing = file(2027, &[]).replace("2027-10-02", "2027-10-04");
    assert_eq!(refused(&missing), CalendarError::Missing { date: d("2027-10-02") });
    assert!(matches!(refused(&" ".repeat(LARGEST_FILE + 1)), CalendarError::TooLarge { .. }));
    let many: Vec<String> = (1..=28)
        .flat_map(|day| {
            [2, 3, 4].map(|month| format!(r#"{{"name":"节","date":"2027-{month:02}-{day:02}","isOffDay":true}}"#))
        })
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(refused(&file(2027, &many)), CalendarError::TooMany { off: 89, worked: 0 });
}

#[test]
fn odd_files_are_taken_with_a_warning() {
    let monday = r#"{"name":"节","date":"2027-02-08","isOffDay":false}"#;
    let calendar = Calendar::embedded().unwrap().with(&file(2027, &[monday])).unwrap();
    assert_eq!(calendar.day(d("2027-02-08")), DayKind::Working);
    let warnings = calendar.warnings();
    assert!(warnings.contains(&Warning::WorkedWeekday { date: d("2027-02-08") }));
    // 2027-02-05 is 除夕
    assert!(warnings.contains(&Warning::HolidayNotOff { date: d("2027-02-05") }));
    assert!(warnings.contains(&Warning::Unbalanced { year: 2027, off: 2, expected: 13 }));
    assert!(warnings.iter().all(|warning| text::calendar::warning(warning).ends_with('。')));
    // a row lost from a real file
    let line = WHOLE.lines().collect::<String>().replace(' ', "");
    let lost = line.replacen(r#"{"name":"国庆节","date":"2026-10-10","isOffDay":false}"#, "", 1).replace(",]", "]");
    let file = YearFile::parse(&lost).unwrap();
    assert_eq!(file.warnings(), [Warning::Unbalanced { year: 2026, off: 19, expected: 18 }]);
    // a later file about the December before
    let december = r#"{"name":"元旦","date":"2026-12-31","isOffDay":true}"#;
    let own = WHOLE.replacen("\"days\": [", r#""days":[{"name":"元旦","date":"2026-12-31","isOffDay":false},"#, 1);
    let both = Calendar::default().with(&own).unwrap().with(&self::file(2027, &[december])).unwrap();
    assert!(both.warnings().contains(&Warning::Contradiction { date: d("2026-12-31"), year: 2027 }));
    assert!(!both.day(d("2026-12-31")).is_work());
}

proptest! {
    /// Whatever is done to the bytes of a real file, it is read or refused with a sentence; and what is read keeps
    /// the fixed holidays free.
    #[test]
    fn a_damaged_file_is_read_or_refused(place in 0_usize..4000, length in 0_usize..60, junk in "\\PC{0,8}") {
        let chars: Vec<char> = WHOLE.chars().collect();
        let place = place % chars.len();
        let after = (place + length).min(chars.len());
        let damaged: String = chars[..place].iter().copied().chain(junk.chars()).chain(chars[after..].iter().copied()).collect();
        match Calendar::default().with(&damaged) {
            Ok(calendar) => {
                let year = calendar.years().next().unwrap().year();
                for date in statutory::always(year) {
                    prop_assert!(!calendar.day(date).is_work());
                }
            }
            Err(error) => prop_assert!(text::calendar::error(&error).ends_with('。')),
        }
    }
}
