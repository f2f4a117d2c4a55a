//! One story, told on both databases. PostgreSQL takes part when `PORTAL_TEST_DATABASE_URL` names one (`make test` does).
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "shared/postgres.rs"]
mod postgres;

use app::{
    domain::{
        act::Act,
        finding::FailedItem,
        sample::{Group, Party, SampleDraft, Verdict},
    },
    ports::{Directory, OperatorRole, PortError, Publications, SampleScope},
};
use chrono::{DateTime, NaiveDate, Utc};
use server::{
    id::Ids,
    store::{Action, BulletinDraft, Db, Entity, OriginalDraft},
};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_500_000, 0).unwrap()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn party(name: &str) -> Party {
    Party { name: Some(name.into()), ..Party::default() }
}

fn passed(number: &str, product: &str) -> SampleDraft {
    SampleDraft {
        number: Some(number.into()),
        product: product.into(),
        producer: party("云川市青禾食品（集团）有限公司"),
        seller: party("云川市南门 大卖场"),
        verdict: Some(Verdict::Passed),
        ..SampleDraft::default()
    }
}

fn failed(number: &str, product: &str, items: &[&str]) -> SampleDraft {
    let failed_items = items
        .iter()
        .map(|item| FailedItem {
            item: (*item).into(),
            result: Some("0.117g/kg".into()),
            limit: Some("≤0.1 g/kg".into()),
        })
        .collect();
    SampleDraft { verdict: Some(Verdict::Failed), failed_items, ..passed(number, product) }
}

fn bulletin(title: &str, on: NaiveDate, samples: Vec<SampleDraft>) -> BulletinDraft {
    BulletinDraft {
        replaces: None,
        title: title.into(),
        issue_no: None,
        published_on: on,
        source: "云川市市场监督管理局".into(),
        intro: None,
        notes: vec!["注：一".into(), "注：二".into()],
        original: Some(OriginalDraft { sha256: "ab".repeat(32), name: "结果.xlsx".into(), size: 3 }),
        samples,
        demo: false,
        publish: true,
        reason: None,
    }
}

async fn databases() -> Vec<(Db, tempfile::TempDir)> {
    let mut all = Vec::new();
    for url in postgres::databases().await {
        let dir = tempfile::tempdir().unwrap();
        let db = match url {
            Some(url) => Db::open_postgres(&url).await,
            None => Db::open_sqlite(&dir.path().join("portal.db")).await,
        };
        all.push((db.unwrap(), dir));
    }
    all
}

#[tokio::test]
async fn a_bulletin_is_saved_corrected_and_read() {
    for (db, _dir) in databases().await {
        let ids = Ids::seeded(1);
        let first = bulletin(
            "第一期",
            day(2026, 3, 1),
            vec![passed("S1", "大米"), failed("S2", "面粉", &["苯甲酸", "铅"]), passed("S3", "食盐")],
        );
        let saved = db.save_bulletin(&first, &ids, now()).await.unwrap();
        assert_eq!((saved.difference.created, saved.published), (3, true));
        let id = saved.id.unwrap();

        // the feed tells of the bulletin and its two operators, in order
        let changes = db.changes_since(0, 10).await.unwrap();
        assert_eq!(changes.iter().map(|c| c.position).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!((changes[0].entity, changes[0].id, changes[0].action), (Entity::BULLETIN, id, Action::Put));

        // the same again changes nothing, not even the feed
        let again = db.save_bulletin(&first, &ids, now()).await.unwrap();
        assert_eq!((again.difference.unchanged, again.difference.is_empty()), (3, true));
        assert_eq!(db.feed_position().await.unwrap(), 3);

        // failed samples come first, with their items in order
        let page = db.samples(id, SampleScope::default(), None, 2).await.unwrap();
        let products: Vec<_> = page.items.iter().map(|s| s.printed.product.as_str()).collect();
        assert_eq!(products, ["面粉", "大米"]);
        let items: Vec<_> = page.items[0].printed.failed_items.iter().map(|i| i.item.as_str()).collect();
        assert_eq!(items, ["苯甲酸", "铅"]);
        let rest = db.samples(id, SampleScope::default(), page.next.as_deref(), 2).await.unwrap();
        assert_eq!((rest.items.len(), rest.items[0].printed.product.as_str(), rest.next), (1, "食盐", None));

        // a correction: one more in front, one changed, one gone
        let mut corrected = first.clone();
        corrected.reason = Some("漏列一个样品".into());
        let mut flour = failed("S2", "面粉", &["苯甲酸"]);
        flour.remark = Some("复检结论维持".into());
        corrected.samples = vec![passed("S0", "白糖"), passed("S1", "大米"), flour];
        let preview = db.preview(&corrected).await.unwrap();
        let difference = db.save_bulletin(&corrected, &ids, now()).await.unwrap().difference;
        assert_eq!(preview.difference, difference);
        assert_eq!((difference.created, difference.changed, difference.unchanged, difference.removed), (1, 1, 1, 1));
        let page = db.samples(id, SampleScope::default(), None, 10).await.unwrap();
        let places: Vec<_> = page.items.iter().map(|s| (s.printed.product.as_str(), s.ordinal)).collect();
        assert_eq!(places, [("面粉", 3), ("白糖", 1), ("大米", 2)]);
        assert_eq!(page.items[0].printed.remark.as_deref(), Some("复检结论维持"));

        // both acts are leaves of the public log; the old revision stays, and so does the reason for the new one
        let found = db.bulletin(id).await.unwrap().revisions;
        let acts: Vec<_> = found.iter().map(|r| (r.number, r.act, r.reason.as_deref(), r.place)).collect();
        assert_eq!(acts, [(2, Act::Correct, Some("漏列一个样品"), 1), (1, Act::Publish, None, 0)]);
        assert_eq!((db.log_leaves().await.unwrap(), db.log_entries(0, 9).await.unwrap().len()), (2, 2));
        let old = db.log_record(id, 1, true).await.unwrap().unwrap();
        assert!(old.lines.unwrap().iter().any(|line| line.contains("食盐")));
        assert_eq!(db.log_record(id, 3, true).await.unwrap(), None);

        // rates are computed
        let shown = db.bulletin(id).await.unwrap();
        let tally = shown.line.tallies[0];
        assert_eq!((tally.group, tally.tally.passed, tally.tally.failed), (Group::Food, 2, 1));
        assert_eq!(shown.notes, ["注：一", "注：二"]);
        assert_eq!(shown.originals.len(), 1);
        db.close().await;
    }
}

#[tokio::test]
async fn drafts_are_not_public_and_groups_are_kept_apart() {
    for (db, _dir) in databases().await {
        let ids = Ids::seeded(2);
        let mut draft = bulletin("草稿", day(2026, 5, 1), vec![passed("D1", "豆腐")]);
        draft.publish = false;
        let id = db.save_bulletin(&draft, &ids, now()).await.unwrap().id.unwrap();
        assert!(matches!(db.bulletin(id).await, Err(PortError::NotFound)));
        assert_eq!(db.feed_position().await.unwrap(), 0);
        assert_eq!(db.operators(None, 10).await.unwrap().items.len(), 0);
        assert_eq!(db.all_samples(SampleScope::default(), None, 10).await.unwrap().items.len(), 0);

        draft.publish = true;
        let mut plates = passed("D2", "复用餐饮具");
        plates.group = Group::Tableware;
        draft.samples.push(plates);
        db.save_bulletin(&draft, &ids, now()).await.unwrap();
        let overview = db.overview().await.unwrap();
        assert_eq!((overview.bulletins, overview.operators), (1, 2));
        let groups: Vec<_> = overview.tallies.iter().map(|t| (t.group, t.tally.passed)).collect();
        assert_eq!(groups, [(Group::Food, 1), (Group::Tableware, 1)]);

        // one firm, printed with and without blanks, is one operator
        let operators = db.operators(None, 10).await.unwrap().items;
        assert_eq!(operators.len(), 2);
        for line in operators {
            let operator = db.operator(line.id).await.unwrap();
            let role = if operator.as_producer.is_empty() { OperatorRole::Seller } else { OperatorRole::Producer };
            let samples = db.operator_samples(line.id, role, None, 1).await.unwrap();
            assert!(samples.next.is_some());
            let rest = db.operator_samples(line.id, role, samples.next.as_deref(), 1).await.unwrap();
            assert_eq!((rest.items.len(), rest.next), (1, None));
        }
        db.close().await;
    }
}

#[tokio::test]
async fn lists_are_read_page_by_page() {
    for (db, _dir) in databases().await {
        let ids = Ids::seeded(3);
        for month in 1..=7u32 {
            let title = format!("第{month}期");
            let samples = vec![passed(&format!("L{month}"), "大米")];
            db.save_bulletin(&bulletin(&title, day(2025 + i32::from(month > 4), month, 1), samples), &ids, now())
                .await
                .unwrap();
        }
        assert_eq!(db.bulletin_years().await.unwrap(), [(2026, 3), (2025, 4)]);
        let mut titles = Vec::new();
        let mut after = None;
        loop {
            let page = db.bulletins(None, after.as_deref(), 3).await.unwrap();
            titles.extend(page.items.into_iter().map(|line| line.title));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(titles, ["第7期", "第6期", "第5期", "第4期", "第3期", "第2期", "第1期"]);
        assert_eq!(db.bulletins(Some(2025), None, 10).await.unwrap().items.len(), 4);
        assert!(matches!(db.bulletins(None, Some("garbage"), 3).await, Err(PortError::Invalid(_))));
        db.close().await;
    }
}

#[tokio::test]
async fn an_unknown_database_is_refused() {
    assert!(Db::open_postgres("mysql://localhost/x").await.is_err());
}
