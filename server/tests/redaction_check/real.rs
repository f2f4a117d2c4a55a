//! Over the real texts beside the repository (they may not enter it): hardly a false mark, each wrong table found.

use app::domain::arithmetic::{Counted, disagreements};
use app::domain::redaction::{Datum, Known, find};

fn texts(file: &str) -> Option<Vec<String>> {
    let path = format!("{}/{file}", std::env::var("SHARED_DATA").unwrap_or_else(|_| "/work/shared/data".to_owned()));
    let Ok(content) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {path} is absent");
        return None;
    };
    let field = |value: &serde_json::Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let text = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        format!(
            "{}\n{}{}\n{}",
            field(&value, "title"),
            field(&value, "text"),
            field(&value, "content"),
            field(&value, "reply")
        )
    };
    Some(content.lines().map(text).collect())
}

#[test]
fn real_notices_have_no_marks() {
    for file in ["notices/notices.jsonl", "notices/bulletins.jsonl"] {
        for text in texts(file).unwrap_or_default() {
            assert_eq!(find(&text, &Known::default()), [], "{text}");
        }
    }
}

#[test]
fn nothing_in_9118_real_rows_blocks() {
    let Ok(rows) = std::fs::read_to_string("/work/shared/data/sampling/results.csv") else {
        eprintln!("skipped: results.csv is absent");
        return;
    };
    let marks = find(&rows.replace(',', " | "), &Known::default());
    assert!(marks.iter().all(|mark| !mark.datum.blocks()), "{marks:?}");
    assert!(marks.len() <= 2, "{marks:?}");
}

#[test]
fn messages_of_citizens_hold_only_masked_identity_numbers() {
    let Some(messages) = texts("complaints/citizen_messages.jsonl") else { return };
    let marks: Vec<_> = messages.iter().flat_map(|text| find(text, &Known::default())).collect();
    let blocking: Vec<_> = marks.iter().filter(|mark| mark.datum.blocks()).collect();
    assert!(
        blocking.iter().all(|mark| mark.datum == Datum::IdentityNumber && mark.text.contains("****")),
        "{blocking:?}"
    );
    assert_eq!(blocking.len(), 3);
}

/// What the real bulletins say of their tables: file, line, total, failed.
const TABLES: [(&str, usize, u64, u64); 13] = [
    ("notices/notices.jsonl", 2, 1256, 10),
    ("notices/notices.jsonl", 3, 1341, 17),
    ("notices/notices.jsonl", 4, 1168, 29),
    ("notices/notices.jsonl", 6, 106, 4),
    ("notices/notices.jsonl", 8, 243, 8),
    ("notices/notices.jsonl", 9, 1991, 37),
    ("notices/notices.jsonl", 10, 207, 7),
    ("notices/notices.jsonl", 11, 298, 17),
    ("notices/notices.jsonl", 12, 2_921_763, 70_174),
    ("notices/bulletins.jsonl", 0, 531, 24),
    ("notices/bulletins.jsonl", 1, 500, 7),
    ("notices/bulletins.jsonl", 2, 738_972, 16_489),
    ("notices/bulletins.jsonl", 3, 506, 10),
];

#[test]
fn real_bulletins_agree_with_their_tables_and_with_no_other() {
    for (file, line, total, failed) in TABLES {
        let Some(texts) = texts(file) else { return };
        let text = &texts[line];
        let right = Counted { total, passed: total - failed, failed };
        assert_eq!(disagreements(text, Some(&right)), [], "{file} {line}");
        let more = Counted { total: total + 1, passed: total - failed, failed: failed + 1 };
        let found = disagreements(text, Some(&more));
        assert!(found.len() >= 2, "{file} {line}: {found:?}\n{text}");
        let longer = Counted { total: total + 1, passed: total + 1 - failed, failed };
        assert!(!disagreements(text, Some(&longer)).is_empty(), "{file} {line}");
    }
}

#[test]
fn no_real_text_contradicts_itself() {
    for file in ["notices/notices.jsonl", "notices/bulletins.jsonl", "complaints/citizen_messages.jsonl"] {
        for text in texts(file).unwrap_or_default() {
            assert_eq!(disagreements(&text, None), [], "{text}");
        }
    }
}

#[test]
fn a_list_of_two_totals_is_added_up() {
    let Some(texts) = texts("notices/notices.jsonl") else { return };
    assert_eq!(disagreements(&texts[7], Some(&Counted { total: 22, passed: 17, failed: 5 })), []);
    assert!(!disagreements(&texts[7], Some(&Counted { total: 22, passed: 16, failed: 6 })).is_empty());
}
