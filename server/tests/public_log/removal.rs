//! What is left of a publication after its removal.

use server::tlog::{Finding, Record, check};

use crate::Stage;

#[tokio::test]
async fn what_was_removed_is_still_proved_to_have_been() {
    let stage = Stage::set().await;
    let id = stage.publish(1, "大米").await;
    stage.grow_to(300).await;
    let downloaded = stage.db.log_record(id, 1, true).await.unwrap().unwrap();
    // what a removal leaves: the revision without salt, content and samples, and an act of its own
    stage.sql("UPDATE revision SET salt = NULL, content = NULL, lines = NULL").await;
    let removal = downloaded.entry.replace("\"publish\"", "\"remove\"").replace("\"revision\":1", "\"revision\":2");
    stage.sql(&format!("INSERT INTO log_leaf VALUES (300, randomblob(16), 2, 'remove', '{removal}')")).await;
    stage.sql("UPDATE log_counter SET leaves = 301").await;
    stage.log.seal(&stage.db).await.unwrap();

    let left = stage.db.log_record(id, 1, true).await.unwrap().unwrap();
    assert_eq!((&left.salt, &left.content, &left.lines), (&None, &None, &None));
    assert_eq!((left.index, &left.entry), (downloaded.index, &downloaded.entry));
    let json = serde_json::to_string(&left).unwrap();
    assert!(!json.contains("大米") && !json.contains("salt"), "{json}");
    for (record, content) in [(&left, false), (&downloaded, true)] {
        let report = check(&stage.source(), &stage.keys(), None, Some(record)).unwrap();
        assert_eq!((report.findings, report.content_proved), (vec![], content));
        assert_eq!(report.record.unwrap().revision, 1);
        assert_eq!(report.later.len(), 1);
        assert_eq!((report.later[0].act.as_str(), report.later[0].revision), ("remove", 2));
    }
    // a downloaded record that was changed afterwards is not saved by the removal
    let content = downloaded.content.as_ref().map(|content| content.replace("第1期", "第9期"));
    let report = check(&stage.source(), &stage.keys(), None, Some(&Record { content, ..downloaded })).unwrap();
    assert_eq!((report.findings, report.content_proved), (vec![Finding::RecordOtherContent], false));
}
