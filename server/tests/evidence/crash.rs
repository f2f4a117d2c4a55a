//! The process dies between any two steps of an upload: it goes on afterwards, and nothing is ready that is not whole.

use std::{path::Path, process::Command};

use app::domain::evidence::State;
use server::{
    auth::Token,
    evidence::{Evidence, EvidenceError, Sender},
};
use uuid::Uuid;

use crate::{
    fixtures,
    stage::{open, pieces},
};

const STEPS: [&str; 5] = ["evidence-acknowledged", "evidence-written", "evidence-kept", "evidence-ready", ""];

fn token() -> Token {
    Token::read(&"A".repeat(43)).unwrap()
}

async fn house(data: &Path) -> Evidence {
    Evidence::new(open(data, None).await).unwrap()
}

/// Runs in a process of its own: sends the rest, and dies where it is told to.
#[tokio::test]
async fn sender() {
    let Ok(data) = std::env::var("PORTAL_EVIDENCE_DATA") else { return };
    let data = Path::new(&data);
    let id: Uuid = std::fs::read_to_string(data.join("id")).unwrap().parse().unwrap();
    let picture = fixtures::png();
    house(data).await.append(&token(), id, 40, pieces(&picture[40..])).await.unwrap();
}

#[tokio::test]
async fn a_death_at_any_step_leaves_an_upload_that_goes_on() {
    let picture = fixtures::png();
    for step in STEPS {
        let dir = tempfile::tempdir().unwrap();
        let first = house(dir.path()).await;
        let size = picture.len() as u64;
        let id = first.begin(&token(), Sender::citizen(None), "a.png", size).await.unwrap();
        first.append(&token(), id, 0, pieces(&picture[..40])).await.unwrap();
        drop(first);
        std::fs::write(dir.path().join("id"), id.to_string()).unwrap();
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::sender", "--test-threads=1"])
            .env("PORTAL_EVIDENCE_DATA", dir.path())
            .env("PORTAL_CRASH_AT", step)
            .output()
            .unwrap()
            .status;
        assert_eq!(status.success(), step.is_empty(), "{step}");
        let again = house(dir.path()).await;
        again.sweep().await.unwrap();
        let file = again.look(&token(), id).await.unwrap();
        let is_ready = matches!(step, "evidence-ready" | "");
        assert_eq!(file.state, if is_ready { State::Ready } else { State::Receiving }, "{step}");
        assert_eq!(file.received, size, "{step}: acknowledged bytes are there");
        if !is_ready {
            assert!(matches!(again.open(id).await, Err(EvidenceError::NotFound)), "{step}");
            let ended = again.append(&token(), id, size, pieces(b"")).await.unwrap();
            assert_eq!(ended.state, State::Ready, "{step}");
        }
        let read = again.open(id).await.unwrap().whole().await.unwrap();
        assert_eq!(image::load_from_memory(&read).unwrap().width(), 32, "{step}");
        let left: Vec<_> =
            std::fs::read_dir(dir.path().join("evidence")).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(left, [id.simple().to_string().as_str()], "{step}");
    }
}

#[tokio::test]
async fn bytes_that_were_not_acknowledged_are_cut_away() {
    let dir = tempfile::tempdir().unwrap();
    let (house, picture) = (house(dir.path()).await, fixtures::png());
    let id = house.begin(&token(), Sender::citizen(None), "a.png", picture.len() as u64).await.unwrap();
    house.append(&token(), id, 0, pieces(&picture[..40])).await.unwrap();
    // half a piece, as a death between writing and acknowledging leaves it
    let part = dir.path().join("evidence").join(format!("{}.part", id.simple()));
    let mut bytes = std::fs::read(&part).unwrap();
    bytes.extend_from_slice(&[7; 33]);
    std::fs::write(&part, bytes).unwrap();
    let file = house.append(&token(), id, 40, pieces(&picture[40..])).await.unwrap();
    assert_eq!(file.state, State::Ready);
}
