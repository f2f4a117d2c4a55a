//! Entries end on their day, by themselves, and leave nothing that can be read.

use app::ports::{Directory, Notices, PortError, Registers};
use server::tlog::root_of_lines;

use super::stage::{CODE, stages};

#[tokio::test]
async fn entries_are_hidden_on_their_day_and_removed_by_rule() {
    for stage in stages().await {
        let published = stage
            .publish("1,甲店,,,,,,,2026-11-25,\n2,乙店,,,,,,,2026-11-30,\n3,丙店,,,,,,,,\n4,从前店,,,,,,,2026-11-24,\n")
            .await
            .unwrap();
        let id = published.id;
        assert_eq!(published.difference.added, 3, "what is over is not published");
        let first = stage.all().await[0].id;
        assert_eq!(stage.desk().do_due().await.unwrap(), 0, "nothing is over today");

        let next_day = stage.on("2026-11-26");
        assert_eq!(next_day.all().await.len(), 2, "hidden before anybody removes it");
        assert!(next_day.reader().entry(CODE, first).await.is_err());
        let operator = stage.all().await[0].operator.unwrap();
        assert!(next_day.reader().entries_of(operator).await.unwrap().is_empty());
        assert_eq!(next_day.desk().do_due().await.unwrap(), 1);
        assert_eq!(next_day.desk().do_due().await.unwrap(), 0, "once");
        let full = next_day.reader().register(CODE).await.unwrap();
        assert_eq!((full.line.entries, full.revisions.len()), (2, 2));
        let reason = full.revisions[0].reason.clone().unwrap();
        assert!(reason.contains("移除已到期的条目 1 条"), "{reason}");
        let Err(PortError::Gone(gone)) = next_day.reader().entry(CODE, first).await else { panic!("not gone") };
        assert_eq!(gone.place, full.revisions[0].place);
        assert!(stage.house.db.operator(operator).await.is_err());
        next_day.follow().await;

        // the earlier edition's entries can't be read from the log; that it was, and how many there were, can
        let before = stage.house.db.log_record(id, 1, true).await.unwrap().unwrap();
        assert!(before.lines.is_none());
        let content: serde_json::Value = serde_json::from_str(&before.content.unwrap()).unwrap();
        assert_eq!(content["entries"]["count"], 3);
        assert!(!content.to_string().contains("甲店"));
        let now = stage.house.db.log_record(id, 2, true).await.unwrap().unwrap();
        let (lines, content) = (now.lines.unwrap(), now.content.unwrap());
        let content: serde_json::Value = serde_json::from_str(&content).unwrap();
        assert_eq!(content["entries"]["root"], root_of_lines(lines.iter().map(String::as_str)));
        assert!(lines.len() == 2 && lines.iter().all(|line| !line.contains("甲店")));
        assert!(stage.house.db.earlier(id, 1).await.unwrap().lines.is_empty());

        let later = stage.on("2027-01-01");
        assert_eq!(later.desk().do_due().await.unwrap(), 1);
        assert_eq!(later.all().await.len(), 1);
        later.follow().await;
    }
}
