//! The process dies between any two steps of publishing: after the next start the whole publication is there (page, index,
//! leaf, feed), or nothing of it.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "desk_story/stage.rs"]
mod stage;

use std::{path::Path, process::Command as Process, sync::Arc};

use app::{
    domain::{
        publication::{Kind, life::Command},
        staff::Role,
    },
    ports::{Desk, FindQuery, Finder, Notices, PortError},
};
use server::{
    desk::{DeskService, Law},
    index::{Follower, IndexFinder, Standing, compare},
    tlog::{Keyring, Source, check},
};
use tokio::sync::watch;
use uuid::Uuid;

use stage::{PENALTY, officer, postgres::databases, typed};

/// Every point between two durable writes of publishing, and whether the publication stands after a death there.
const STEPS: [(&str, bool); 10] = [
    ("before-transaction", false),
    ("within-transaction", false),
    ("before-commit", false),
    ("after-commit", true),
    ("before-index", true),
    ("after-index", true),
    ("before-entries", true),
    ("before-tiles", true),
    ("before-checkpoint", true),
    ("", true),
];

/// Runs in a process of its own (see below): publishes, indexes, seals, and dies where it is told to.
#[tokio::test]
async fn publisher() {
    let Ok(data) = std::env::var("PORTAL_CRASH_DATA") else { return };
    let house = stage::open(Path::new(&data), std::env::var("PORTAL_CRASH_URL").ok()).await;
    let desk = DeskService::new(house.clone(), Law::read(&house.data).unwrap(), Vec::new());
    let id: Uuid = std::fs::read_to_string(house.data.join("id")).unwrap().parse().unwrap();
    desk.command(&officer(2, &[Role::Reviewer]), id, 3, Command::Perform).await.unwrap();
    Follower::new(house.db.clone(), Arc::clone(&house.index)).catch_up().await.unwrap();
    house.seal().await.unwrap();
}

/// An approved penalty in a folder of its own, with an earlier one public, indexed and sealed.
async fn approved(data: &Path, url: Option<String>) -> Uuid {
    let house = stage::open(data, url).await;
    let desk = DeskService::new(house.clone(), Law::read(data).unwrap(), Vec::new());
    let (writer, reviewer) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
    let mut last = Uuid::nil();
    for number in 0..2 {
        last = desk.begin(&writer, Kind::Penalty, &typed(PENALTY)).await.unwrap();
        desk.command(&writer, last, 1, Command::Submit).await.unwrap();
        desk.command(&reviewer, last, 2, Command::Approve).await.unwrap();
        if number == 0 {
            desk.command(&reviewer, last, 3, Command::Perform).await.unwrap();
        }
    }
    Follower::new(house.db.clone(), Arc::clone(&house.index)).catch_up().await.unwrap();
    house.seal().await.unwrap();
    std::fs::write(data.join("id"), last.to_string()).unwrap();
    house.db.close().await;
    last
}

#[tokio::test]
async fn a_death_between_any_two_steps_leaves_all_or_nothing() {
    for (step, stands) in STEPS {
        for url in databases().await {
            dies_at(step, stands, url).await;
        }
    }
}

async fn dies_at(step: &str, stands: bool, url: Option<String>) {
    let dir = tempfile::tempdir().unwrap();
    let id = approved(dir.path(), url.clone()).await;
    let mut publisher = Process::new(std::env::current_exe().unwrap());
    publisher.args(["--exact", "publisher", "--test-threads=1"]);
    publisher.env("PORTAL_CRASH_DATA", dir.path()).env("PORTAL_CRASH_AT", step);
    if let Some(url) = &url {
        publisher.env("PORTAL_CRASH_URL", url);
    }
    let status = publisher.status().unwrap();
    assert_eq!(status.success(), step.is_empty(), "{step}: the publisher did not die where it should");

    // the next start: feed, index and log are brought together
    let house = stage::open(dir.path(), url).await;
    let mut follower = Follower::new(house.db.clone(), Arc::clone(&house.index));
    let standing = follower.catch_up().await.unwrap();
    house.seal().await.unwrap();
    let page = house.db.notice(id).await;
    assert_eq!(page.is_ok(), stands, "{step}: page");
    if !stands {
        assert!(matches!(page, Err(PortError::NotFound)), "{step}");
    }
    let expected = if stands { 2 } else { 1 };
    let finder = IndexFinder::new(Arc::clone(&house.index), watch::channel(Standing::default()).1);
    let query = FindQuery { limit: 20, ..FindQuery::default() };
    let filters = app::ports::FindFilters { kind: vec!["penalty".into()], ..Default::default() };
    let found = finder.find(FindQuery { filters, ..query }).await.unwrap();
    assert_eq!(found.total, expected, "{step}: index");
    assert_eq!(house.db.log_leaves().await.unwrap(), expected, "{step}: leaves");
    let changes = house.db.changes_since(0, 100).await.unwrap();
    let fed = changes.iter().any(|change| change.id == id);
    assert_eq!((fed, standing.feed), (stands, standing.index), "{step}: feed");
    assert!(compare(&house.db, &house.index.get()).await.unwrap().agrees(), "{step}: index and database differ");
    let source = Source::Folder(house.log.folder().to_owned());
    let keys = Keyring::read(&std::fs::read_to_string(house.log.folder().join("keys")).unwrap()).unwrap();
    let report = check(&source, &keys, None, None).unwrap();
    assert_eq!((report.size, report.findings), (expected, vec![]), "{step}: log");
    // and what did not come to be can still be published
    if !stands {
        let desk = DeskService::new(house.clone(), Law::read(dir.path()).unwrap(), Vec::new());
        desk.command(&officer(2, &[Role::Reviewer]), id, 3, Command::Perform).await.unwrap();
        assert!(house.db.notice(id).await.is_ok(), "{step}");
    }
}
