//! `portal clock` as a process.

use std::process::{Command, Output};

use serde_json::Value;

fn portal(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_portal")).arg("clock").args(args).output().unwrap()
}

fn json(args: &[&str]) -> Value {
    let output = portal(&[args, &["--json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn refused(args: &[&str]) -> String {
    let output = portal(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.trim_end().ends_with('。'), "{said}");
    said
}

#[test]
fn json_has_the_agreed_members() {
    let answer = json(&["acceptance", "2026-09-21"]);
    assert_eq!(answer["step"], "acceptance");
    assert_eq!(answer["start"], "2026-09-21");
    assert_eq!(answer["rule"], "R121");
    assert_eq!(answer["due"], "2026-10-08");
    assert_eq!(answer["estimated"], false);
    assert_eq!(answer["internal"], "2026-10-08");
    assert_eq!(answer["basis"]["rule"], "R121");
    assert_eq!(answer["basis"]["article"], "第十五条");
    assert_eq!(answer["basis"]["version"], "2026-04-15");
    assert_eq!(answer["basis"]["verified"], true);
    let working = answer["working"].as_array().unwrap();
    assert_eq!(working[2]["kind"], "skipped");
    assert_eq!(working[2]["why"]["reason"], "holiday");
    assert_eq!(working[2]["why"]["name"], "中秋节");
    assert!(working.iter().all(|line| line["text"].as_str().unwrap().contains('：')));

    assert_eq!(json(&["mediation", "2026-04-10"])["rule"], "R20");
    assert_eq!(json(&["mediation", "2026-04-10"])["due"], "2026-06-16");
    assert_eq!(json(&["mediation", "2026-05-06", "--rule", "r20"])["basis"]["rule"], "R20");
    let penalty = json(&["penalty-publication", "2026-01-30"]);
    assert_eq!((&penalty["due"], &penalty["rule"]), (&"2026-03-05".into(), &"order-45".into()));
    let report = json(&["report-check", "2026-04-30"]);
    assert_eq!(report["basis"]["verified"], false);
    assert_eq!(report["basis"]["through"]["article"], "第三十五条");
    for step in ["acceptance", "mediation", "termination-notice", "clue-check", "report-check", "penalty-publication"] {
        assert_eq!(json(&[step, "2026-06-01"])["step"], step);
    }
}

#[test]
fn words_say_date_basis_and_working() {
    let output = portal(&["mediation", "2026-08-03"]);
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    let head = "调解：最迟2026年10月8日（星期四）\n期限：自受理投诉之日起 60 日（自然日）内\n依据：《市场监督管理投诉举报处理办法》";
    assert!(said.starts_with(head), "{said}");
    assert!(said.contains("第二十三条第五项"), "{said}");
    assert!(said.contains("国庆节（法定节假日），顺延"), "{said}");
    assert!(said.contains("2026年10月4日"), "{said}");
}

#[test]
fn a_calendar_given_makes_an_estimate_final() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("calendars");
    std::fs::create_dir_all(&folder).unwrap();
    let (empty, whole, broken) = (folder.join("empty.json"), folder.join("2027.json"), folder.join("broken.json"));
    let days = ["01-01", "01-02", "01-03", "05-01", "10-01", "10-02", "10-03"]
        .map(|day| format!(r#"{{"name":"假","date":"2027-{day}","isOffDay":true}}"#));
    std::fs::write(&whole, format!(r#"{{"year":2027,"papers":["p"],"days":[{}]}}"#, days.join(","))).unwrap();
    std::fs::write(&empty, r#"{"year":2027,"papers":[],"days":[]}"#).unwrap();
    std::fs::write(&broken, b"\xff\xfe").unwrap();
    let path = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let (empty, whole, broken) = (path(&empty), path(&whole), path(&broken));

    let estimate = json(&["acceptance", "2026-12-28"]);
    assert_eq!((&estimate["due"], &estimate["estimated"]), (&"2027-01-07".into(), &true.into()));
    let still = json(&["acceptance", "2026-12-28", "--calendar", &empty]);
    assert_eq!(still["estimated"], true);
    let settled = json(&["acceptance", "2026-12-28", "--calendar", &empty, &whole]);
    assert_eq!((&settled["due"], &settled["estimated"]), (&"2027-01-07".into(), &false.into()));
    let output = portal(&["acceptance", "2026-12-28"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("预计最迟2027年1月7日"));

    assert!(refused(&["acceptance", "2026-12-28", "--calendar", &broken]).contains("broken.json"));
    assert!(refused(&["acceptance", "2026-12-28", "--calendar", "/nowhere/2027.json"]).contains("打不开"));
}

#[test]
fn what_can_not_be_understood_is_said_in_one_sentence() {
    assert!(refused(&["accept", "2026-09-21"]).contains("acceptance"));
    for date in ["2026-02-30", "2026-9-1", "20260921", "昨天", "", "+2026-09-1", "2026-09-21T00:00"] {
        assert!(refused(&["acceptance", date]).contains("日期"), "{date}");
    }
    assert!(refused(&["acceptance", "2026-09-21", "--rule", "R122"]).contains("R20"));
    assert!(refused(&["filing-notice", "2026-09-21"]).contains("没有规定"));
    assert!(refused(&["acceptance", "1926-09-21"]).contains("超出范围"));
    assert_eq!(portal(&["acceptance"]).status.code(), Some(2));
}
