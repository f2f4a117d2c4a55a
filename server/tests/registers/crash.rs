//! The process dies between any two steps of publishing an edition, or of removing what is over: afterwards all of it is
//! there, or nothing.

use std::{path::Path, process::Command};

use app::ports::Registers;
use server::{
    desk::{DeskService, Law},
    registers::{RegisterService, Said},
};

use super::stage::{CODE, HEAD, Stage, databases, define, open, registrar};

const FIRST: &str = "1,甲店,大型,,,,,,2026-11-25,\n2,乙店,小型,,,,,,,\n";
const SECOND: &str = "2,乙店,大型,,,,,,,\n3,丙店,中型,,,,,,,\n";

/// Runs in a process of its own: publishes the second edition, or removes what is over, and dies where it is told to.
#[tokio::test]
async fn register_publisher() {
    let Ok(data) = std::env::var("PORTAL_CRASH_DATA") else { return };
    let house = open(Path::new(&data), std::env::var("PORTAL_CRASH_URL").ok()).await;
    if std::env::var("PORTAL_CRASH_WORK").is_ok_and(|work| work == "expire") {
        let clock = server::clock::Clock::fixed("2026-11-26T04:00:00Z".parse().unwrap());
        let house = server::house::House { clock, ..house };
        DeskService::new(house, Law::read(Path::new(&data)).unwrap(), Vec::new()).do_due().await.unwrap();
        return;
    }
    let registrar = registrar(&house);
    let bytes = format!("{HEAD}{SECOND}");
    let read = registrar.read(CODE, "名册.csv", bytes.as_bytes(), &mut |_| ()).unwrap();
    registrar.publish(&read, bytes.as_bytes(), &Said::default()).await.unwrap();
}

#[tokio::test]
async fn a_death_leaves_one_whole_edition() {
    for (work, step, stands) in [
        ("publish", "before-transaction", false),
        ("publish", "within-transaction", false),
        ("publish", "before-commit", false),
        ("publish", "after-commit", true),
        ("publish", "", true),
        ("expire", "before-transaction", false),
        ("expire", "within-transaction", false),
        ("expire", "before-commit", false),
        ("expire", "", true),
    ] {
        for url in databases().await {
            dies(work, step, stands, url).await;
        }
    }
}

async fn dies(work: &str, step: &str, stands: bool, url: Option<String>) {
    let dir = tempfile::tempdir().unwrap();
    define(dir.path());
    let stage = Stage { house: open(dir.path(), url.clone()).await, url: url.clone(), dir };
    stage.publish(FIRST).await.unwrap();
    let mut process = Command::new(std::env::current_exe().unwrap());
    process.args(["--exact", "crash::register_publisher", "--test-threads=1"]);
    process.env("PORTAL_CRASH_DATA", stage.dir.path()).env("PORTAL_CRASH_AT", step).env("PORTAL_CRASH_WORK", work);
    if let Some(url) = &url {
        process.env("PORTAL_CRASH_URL", url);
    }
    assert_eq!(process.status().unwrap().success(), step.is_empty(), "{work} {step}: did not die where it should");
    let house = open(stage.dir.path(), url).await;
    let reader = RegisterService::new(house.db.clone(), house.registers.clone(), house.clock.clone());
    let full = reader.register(CODE).await.unwrap();
    let entries = reader.all_entries(CODE, None, 9).await.unwrap().items;
    let titles: Vec<&str> = entries.iter().map(|entry| entry.title.as_str()).collect();
    let expected: &[&str] = match (work, stands) {
        (_, false) => &["甲店", "乙店"],
        ("publish", true) => &["乙店", "丙店"],
        _ => &["乙店"],
    };
    assert_eq!(titles, expected, "{work} {step}");
    assert_eq!(full.line.entries, expected.len() as u64, "{work} {step}");
    assert_eq!(full.revisions.len(), if stands { 2 } else { 1 }, "{work} {step}");
    assert_eq!(house.db.log_leaves().await.unwrap(), if stands { 2 } else { 1 }, "{work} {step}");
    stage.follow().await;
}
