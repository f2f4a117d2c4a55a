//! Signing keys come and go; what they signed stays checkable.

use std::fs;

use server::tlog::{Finding, Keyring, PublicLog, Source, check};

use crate::Stage;

#[tokio::test]
async fn keys_change_and_old_checkpoints_stay_checkable() {
    let stage = Stage::set().await;
    stage.many_leaves(3).await;
    stage.log.seal(&stage.db).await.unwrap();
    let folder = stage.log.folder().to_owned();
    let kept = fs::read(folder.join("checkpoint")).unwrap();
    let old_keys = fs::read_to_string(folder.join("keys")).unwrap();
    let old_private = fs::read_to_string(stage.dir.path().join("log.key")).unwrap();
    stage.log.add_key(&stage.db).await.unwrap();
    // who knows only the old key, or only the new one, can check
    let both = fs::read_to_string(folder.join("keys")).unwrap();
    for keys in [&old_keys, &both.replace(&old_keys, ""), &both] {
        let report = check(&Source::Folder(folder.clone()), &Keyring::read(keys).unwrap(), None, None).unwrap();
        assert_eq!(report.findings, []);
    }
    let id = old_keys.split('+').nth(1).unwrap().to_owned();
    stage.log.retire_key(&stage.db, &id).await.unwrap();
    stage.many_leaves(4).await;
    stage.log.seal(&stage.db).await.unwrap();
    let report = check(&stage.source(), &Keyring::read(&old_keys).unwrap(), None, None).unwrap();
    assert_eq!(report.findings, [Finding::CheckpointNotSigned]);
    // who takes the keys that the log names learns which key signed then, and that it signs no more
    let report = check(&stage.source(), &stage.keys(), Some(&kept), None).unwrap();
    assert_eq!(report.findings, []);
    assert_eq!(report.signed_by.len(), 1);
    assert!(!report.signed_by[0].retired && report.signed_by[0].id != id);
    assert_eq!(report.earlier_signed_by.len(), 1);
    assert!(report.earlier_signed_by[0].retired && report.earlier_signed_by[0].id == id);

    // a key that was ended, found in a drawer, signs nothing any more
    let forged = signed_by_the_old_key(&stage, &old_private, 4);
    fs::write(folder.join("checkpoint"), forged).unwrap();
    assert_eq!(stage.check(None, None), [Finding::SignedByRetiredKey]);
}

fn signed_by_the_old_key(stage: &Stage, private: &str, size: u64) -> Vec<u8> {
    let body: Vec<u8> = stage.checkpoint().split_inclusive(|byte| *byte == b'\n').take(3).flatten().copied().collect();
    assert!(body.starts_with(format!("example.cn/log\n{size}\n").as_bytes()));
    let mut note = signed_note::Note::new(&body, &[]).unwrap();
    note.add_sigs(&[&signed_note::StandardSigner::new(private.trim()).unwrap()]).unwrap();
    note.to_bytes()
}

#[tokio::test]
async fn keys_changed_by_another_program_are_used_by_the_running_one() {
    let stage = Stage::set().await;
    stage.grow_to(3).await;
    let other = PublicLog::open(stage.dir.path(), "").unwrap();
    let old = fs::read_to_string(stage.log.folder().join("keys")).unwrap().split('+').nth(1).unwrap().to_owned();
    other.add_key(&stage.db).await.unwrap();
    other.retire_key(&stage.db, &old).await.unwrap();
    stage.grow_to(4).await;
    let report = check(&stage.source(), &stage.keys(), None, None).unwrap();
    assert_eq!(report.findings, []);
    assert!(report.signed_by.iter().all(|signed| signed.id != old));
}
