//! Merging, undoing, and every reader of operators in between.

use app::{
    domain::staff::Role,
    ports::{Directory, NoticeScope, Notices, OperatorError, OperatorRole, PortError, Publications},
};
use axum::http::StatusCode;
use server::index::compare;
use uuid::Uuid;

use crate::{
    scene::{party, sample},
    stage::{Stage, officer, stages},
};

const HERE: &str = "云川市青禾区南门路1号";

/// Two names of one shop: a bulletin each.
async fn two(stage: &mut Stage) -> (Uuid, Uuid) {
    stage
        .bulletin(
            "一",
            "2026-03-01",
            vec![sample("S1", "面条", party("云川市长河面业有限公司", ""), party("百味小吃店", HERE))],
        )
        .await;
    stage
        .bulletin(
            "二",
            "2026-04-01",
            vec![sample("S2", "米粉", party("百味小吃总店", HERE), party("百味小吃总店", HERE))],
        )
        .await;
    (stage.named("百味小吃店").await[0], stage.named("百味小吃总店").await[0])
}

async fn hits(stage: &Stage, words: &str) -> Vec<String> {
    let query: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
    let body = stage.get(&format!("/api/v1/search?q={query}&kind=operator")).await.body;
    let found: serde_json::Value = serde_json::from_str(&body).unwrap();
    found["hits"].as_array().unwrap_or(&Vec::new()).iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
}

async fn moved(stage: &Stage, path: &str) -> (StatusCode, bool, String) {
    let answer = stage.get(path).await;
    (answer.status, answer.head.contains("immutable"), answer.head)
}

#[tokio::test]
async fn every_reader_follows_a_merge_and_its_undo() {
    for mut stage in stages().await {
        let (one, two) = two(&mut stage).await;
        let apart = stage.listed().await.len();
        let feed = stage.feed();
        assert_eq!(stage.merge(two, one).await, one);
        assert!(stage.feed() > feed);

        // directory, page, API
        let db = stage.house.db.clone();
        assert_eq!(stage.listed().await.len(), apart - 1);
        for id in [one, two] {
            assert_eq!(db.operator(id).await.unwrap().line.id, one);
        }
        assert_eq!(db.operator(one).await.unwrap().aliases, ["百味小吃总店"]);
        for (path, to) in [
            (format!("/operators/{two}"), format!("/operators/{one}")),
            (format!("/api/v1/operators/{two}"), format!("/api/v1/operators/{one}")),
        ] {
            let (status, forever, head) = moved(&stage, &path).await;
            assert_eq!((status, forever), (StatusCode::PERMANENT_REDIRECT, false), "{head}");
            assert!(head.contains(&format!("\"location\": \"{to}\"")) && head.contains("no-store"), "{head}");
        }
        let page = stage.get(&format!("/operators/{one}")).await.body;
        assert!(page.contains("又名<!>：<!>百味小吃总店") && page.contains("面条") && page.contains("米粉"), "{page}");
        assert!(!stage.get("/sitemap.xml").await.body.contains(&two.to_string()));

        // samples in both roles, tallies
        let samples = |id, role| {
            let db = db.clone();
            async move { db.operator_samples(id, role, None, 10).await.unwrap().items.len() }
        };
        assert_eq!(samples(one, OperatorRole::Seller).await, 2);
        assert_eq!(samples(two, OperatorRole::Seller).await, 2);
        assert_eq!(samples(one, OperatorRole::Producer).await, 1);
        assert_eq!(db.operator(one).await.unwrap().as_seller[0].tally.passed, 2);
        // one sample at a time: the cursor goes through both
        let first = db.operator_samples(one, OperatorRole::Seller, None, 1).await.unwrap();
        let second = db.operator_samples(one, OperatorRole::Seller, first.next.as_deref(), 1).await.unwrap();
        assert_eq!(
            (first.items[0].printed.product.as_str(), second.items[0].printed.product.as_str()),
            ("米粉", "面条")
        );
        assert_eq!(second.next, None);

        // search: one document, found by either name
        assert_eq!(hits(&stage, "百味小吃总店").await, [one.to_string()]);
        assert_eq!(hits(&stage, "百味小吃店").await, [one.to_string()]);
        let differences = compare(&stage.house.db, &stage.house.index.get()).await.unwrap();
        assert!(differences.agrees(), "{differences:?}");

        // overview
        assert_eq!(usize::try_from(db.overview().await.unwrap().operators).unwrap(), apart - 1);

        stage.undo(two).await;
        assert_eq!(stage.listed().await.len(), apart);
        for id in [one, two] {
            assert_eq!(db.operator(id).await.unwrap().line.id, id);
            assert_eq!(stage.get(&format!("/operators/{id}")).await.status, StatusCode::OK);
            assert_eq!(samples(id, OperatorRole::Seller).await, 1);
            assert!(db.operator(id).await.unwrap().aliases.is_empty());
        }
        assert_eq!(hits(&stage, "百味小吃总店").await.first(), Some(&two.to_string()));
        assert!(compare(&stage.house.db, &stage.house.index.get()).await.unwrap().agrees());
    }
}

#[tokio::test]
async fn notices_complaints_and_objections_follow() {
    for mut stage in stages().await {
        let firm = stage.named("海棠食品有限公司").await[0];
        stage
            .bulletin("一", "2026-03-01", vec![sample("S1", "面条", party("/", ""), party("海棠食品总店", HERE))])
            .await;
        let shop = stage.named("海棠食品总店").await[0];
        stage.merge(firm, shop).await;
        let db = &stage.house.db;
        // the penalty that names the merged firm is on the shop's page, and leads there
        for id in [firm, shop] {
            let scope = NoticeScope { operator: Some(id), ..NoticeScope::default() };
            let found = db.notices(scope, None, 10).await.unwrap().items.len();
            assert_eq!(found, 1, "read by either id");
        }
        let full = db.notice(stage.penalty).await.unwrap();
        assert_eq!(full.operators.iter().map(|line| line.id).collect::<Vec<_>>(), [shop]);
        let page = stage.get(&format!("/operators/{shop}?show=penalty")).await.body;
        assert!(page.contains("超过保质期") && !page.contains("面条</a>"), "{page}");
        assert_eq!(stage.get(&format!("/operators/{shop}?show=nothing")).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(stage.get(&format!("/operators/{shop}?after=nonsense")).await.status, StatusCode::BAD_REQUEST);

        stage.undo(firm).await;
        assert_eq!(db_public(&stage, firm).await, Ok(firm));
        assert_eq!(db_public(&stage, shop).await, Ok(shop));
    }
}

async fn db_public(stage: &Stage, id: Uuid) -> Result<Uuid, String> {
    match stage.house.db.operator(id).await {
        Ok(found) => Ok(found.line.id),
        Err(PortError::NotFound) => Err("hidden".into()),
        Err(error) => Err(error.to_string()),
    }
}

#[tokio::test]
async fn content_that_comes_and_goes_while_merged() {
    for mut stage in stages().await {
        let (one, two) = two(&mut stage).await;
        stage.merge(two, one).await;
        // a correction takes the kept one's only sample away: the page stays for the merged one's
        let mut draft =
            crate::scene::bulletin("一", "2026-03-01", vec![sample("S1", "面条", party("/", ""), party("别家", HERE))]);
        draft.reason = Some("更正".into());
        stage.house.db.save_bulletin(&draft, &stage.house.ids, stage.house.clock.now()).await.unwrap();
        stage.follow().await;
        assert_eq!(db_public(&stage, one).await, Ok(one));
        // and goes with that one's
        let mut draft =
            crate::scene::bulletin("二", "2026-04-01", vec![sample("S2", "米粉", party("/", ""), party("别家", HERE))]);
        draft.reason = Some("更正".into());
        stage.house.db.save_bulletin(&draft, &stage.house.ids, stage.house.clock.now()).await.unwrap();
        stage.follow().await;
        assert_eq!(db_public(&stage, one).await, Err("hidden".into()));
        assert_eq!(stage.get(&format!("/operators/{two}")).await.status, StatusCode::NOT_FOUND);
        // the merged one's name comes again: the kept page is back
        stage
            .bulletin("三", "2026-05-01", vec![sample("S3", "米线", party("/", ""), party("百味小吃总店", HERE))])
            .await;
        assert_eq!(db_public(&stage, two).await, Ok(one));
        stage.undo(two).await;
        assert_eq!((db_public(&stage, one).await, db_public(&stage, two).await), (Err("hidden".into()), Ok(two)));
        assert!(compare(&stage.house.db, &stage.house.index.get()).await.unwrap().agrees());
    }
}

#[tokio::test]
async fn chains_are_flat_and_come_apart_as_they_were_made() {
    for mut stage in stages().await {
        let names = ["甲记小吃", "乙记小吃", "丙记小吃", "丁记小吃"];
        let rows = names.iter().enumerate().map(|(at, name)| {
            sample(&format!("S{at}"), name, party("/", ""), party(name, &format!("云川市青禾区南门路{}号", at + 1)))
        });
        stage.bulletin("一", "2026-03-01", rows.collect()).await;
        let mut ids = Vec::new();
        for name in names {
            ids.push(stage.named(name).await[0]);
        }
        let [a, b, c, d] = ids[..] else { panic!() };
        assert_eq!(stage.merge(a, b).await, b);
        // into a merged one: to its root
        assert_eq!(stage.merge(c, a).await, b);
        assert_eq!(stage.merge(b, d).await, d);
        for id in [a, b, c] {
            assert_eq!(stage.sheet(id).await.line.merged_into, Some(d));
            assert_eq!(db_public(&stage, id).await, Ok(d));
        }
        let editor = officer(1, &[Role::Editor]);
        // round and round
        for id in [a, b, c, d] {
            let version = stage.sheet(d).await.version;
            let refused = stage.operators().merge(&editor, d, version, id).await;
            assert!(matches!(refused, Err(OperatorError::Itself)), "{refused:?}");
        }
        // b takes along what had been merged into it
        stage.undo(b).await;
        assert_eq!(stage.sheet(b).await.line.merged_into, None);
        for id in [a, c] {
            assert_eq!(stage.sheet(id).await.line.merged_into, Some(b));
        }
        assert_eq!(db_public(&stage, a).await, Ok(b));
        // c had been merged into a's page, which was b: on its own now
        stage.undo(a).await;
        assert_eq!((db_public(&stage, a).await, db_public(&stage, c).await), (Ok(a), Ok(b)));
        stage.undo(c).await;
        for id in [a, b, c, d] {
            assert_eq!(db_public(&stage, id).await, Ok(id));
        }
        let version = stage.sheet(c).await.version;
        assert!(matches!(stage.operators().undo(&editor, c, version).await, Err(OperatorError::Conflict)));
    }
}

#[tokio::test]
async fn merges_at_the_same_moment_never_make_a_circle() {
    for mut stage in stages().await {
        let names: Vec<String> = (0..6).map(|at| format!("第{at}号小吃店")).collect();
        let rows = names.iter().enumerate().map(|(at, name)| {
            sample(&format!("S{at}"), "面", party("/", ""), party(name, &format!("云川市青禾区南门路{}号", at + 1)))
        });
        stage.bulletin("一", "2026-03-01", rows.collect()).await;
        let mut ids = Vec::new();
        for name in &names {
            ids.push(stage.named(name).await[0]);
        }
        let mut running = Vec::new();
        for round in 0..30 {
            let (one, other) = (ids[round % 6], ids[(round * 5 + 1) % 6]);
            let (service, version) = (stage.operators(), stage.sheet(one).await.version);
            running.push(tokio::spawn(async move {
                service.merge(&officer(1, &[Role::Editor]), one, version, other).await
            }));
        }
        for one in running {
            let done = one.await.unwrap();
            assert!(!matches!(done, Err(OperatorError::Port(_))), "{done:?}");
        }
        stage.follow().await;
        let mut roots = 0;
        for id in &ids {
            match stage.sheet(*id).await.line.merged_into {
                None => roots += 1,
                Some(root) => assert_eq!(stage.sheet(root).await.line.merged_into, None, "no chain"),
            }
        }
        assert!(roots >= 1);
        assert!(compare(&stage.house.db, &stage.house.index.get()).await.unwrap().agrees());
    }
}
