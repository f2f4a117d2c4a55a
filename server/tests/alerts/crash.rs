//! The process dies between any two steps of telling: afterwards everybody was told once.

use std::{collections::BTreeSet, path::Path, process::Command as Process};

use app::domain::alert::Pace;
use server::{alerts::Alerter, index::Follower};

use super::{
    many::crowd,
    postgres::databases,
    stage::{Mailbox, SHOP, open, penalty, publish, site},
};

const MANY: usize = 1_100;
/// Where it dies, and how many letters stand then.
const STEPS: [(&str, i64); 5] =
    [("alert-gathered", 0), ("alert-held", 0), ("alert-written", 0), ("alert-committed", 1_000), ("", 1_100)];

/// Runs in a process of its own (see below): tells, and dies where it is told to.
#[tokio::test]
async fn teller() {
    let Ok(data) = std::env::var("PORTAL_CRASH_DATA") else { return };
    let house = open(Path::new(&data), std::env::var("PORTAL_CRASH_URL").ok()).await;
    let mut alerter = Alerter::new(house, site());
    while alerter.step(Pace::Now).await.unwrap() != server::alerts::Progress::Idle {}
}

#[tokio::test]
async fn a_death_between_any_two_steps_loses_and_doubles_nothing() {
    for (step, letters) in STEPS {
        for url in databases().await {
            dies_at(step, letters, url).await;
        }
    }
}

async fn dies_at(step: &str, letters: i64, url: Option<String>) {
    let dir = tempfile::tempdir().unwrap();
    let house = open(dir.path(), url.clone()).await;
    crowd(&house, "kind:penalty", MANY).await;
    publish(&house, &penalty(SHOP, 1)).await;
    Follower::new(house.db.clone(), house.index.clone()).catch_up().await.unwrap();
    house.db.close().await;
    drop(house);

    let mut process = Process::new(std::env::current_exe().unwrap());
    process.args(["crash::teller", "--exact", "--nocapture"]);
    process.env("PORTAL_CRASH_DATA", dir.path()).env("PORTAL_CRASH_AT", step);
    if let Some(url) = &url {
        process.env("PORTAL_CRASH_URL", url);
    }
    let ended = tokio::task::spawn_blocking(move || process.output().unwrap()).await.unwrap();
    assert_eq!(ended.status.success(), step.is_empty(), "{step}: {}", String::from_utf8_lossy(&ended.stderr));

    let house = open(dir.path(), url).await;
    let waiting = house.db.letter_counts().await.unwrap().first().map_or(0, |(_, count)| *count);
    assert_eq!(waiting, letters, "{step}");
    Alerter::new(house.clone(), site()).catch_up().await.unwrap();
    let mailbox = Mailbox::default();
    super::stage::worker(&house, &mailbox).send_due().await.unwrap();
    let sent = mailbox.0.lock().unwrap();
    let readers: BTreeSet<&str> = sent.iter().map(|sent| sent.to.as_str()).collect();
    assert_eq!((sent.len(), readers.len()), (MANY, MANY), "{step}");
}
