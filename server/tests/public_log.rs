//! The public log from outside: 10,000 acts, then every kind of tampering.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "public_log/bureau.rs"]
mod bureau;
#[path = "public_log/key_change.rs"]
mod key_change;
#[path = "public_log/program.rs"]
mod program;
#[path = "public_log/readers.rs"]
mod readers;
#[path = "public_log/removal.rs"]
mod removal;
#[path = "public_log/served.rs"]
mod served;
#[path = "public_log/witness.rs"]
mod witness;

use std::{fs, path::Path};

use app::{
    domain::sample::{Party, SampleDraft, Verdict},
    ports::Publications,
};
use chrono::{DateTime, Utc};
use server::{
    id::Ids,
    store::{BulletinDraft, Db},
    tlog::{Finding, Keyring, PublicLog, Record, SealError, Source, check},
};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_500_000, 0).unwrap()
}

fn bulletin(number: usize, product: &str) -> BulletinDraft {
    let sample = |number: usize| SampleDraft {
        number: Some(format!("DBJ26000000{number:06}")),
        product: product.into(),
        seller: Party { name: Some("云川市南门超市".into()), ..Party::default() },
        verdict: Some(Verdict::Passed),
        ..SampleDraft::default()
    };
    BulletinDraft {
        replaces: None,
        title: format!("第{number}期"),
        issue_no: None,
        published_on: "2026-03-01".parse().unwrap(),
        source: "云川市市场监督管理局".into(),
        intro: None,
        notes: Vec::new(),
        original: None,
        samples: vec![sample(number), sample(number + 1), sample(number + 2)],
        demo: false,
        publish: true,
        reason: None,
    }
}

/// A portal's data folder with its log.
struct Stage {
    dir: tempfile::TempDir,
    db: Db,
    ids: Ids,
    log: PublicLog,
}

impl Stage {
    async fn set() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&dir.path().join("portal.db")).await.unwrap();
        let log = PublicLog::open(dir.path(), "example.cn/log").unwrap();
        Self { dir, db, ids: Ids::seeded(1), log }
    }

    async fn publish(&self, number: usize, product: &str) -> uuid::Uuid {
        self.db.save_bulletin(&bulletin(number, product), &self.ids, now()).await.unwrap().id.unwrap()
    }

    /// Leaves without their publications: what the log does with many.
    async fn many_leaves(&self, count: u32) {
        self.sql(&format!(
            "WITH RECURSIVE n (i) AS (SELECT (SELECT leaves FROM log_counter) UNION ALL SELECT i + 1 FROM n WHERE i < {count} - 1) \
             INSERT INTO log_leaf SELECT i, randomblob(16), 1, 'publish', '{{\"act\":\"publish\",\"number\":' || i || '}}' FROM n"
        ))
        .await;
        self.sql(&format!("UPDATE log_counter SET leaves = {count}")).await;
    }

    /// [`Stage::many_leaves`], sealed.
    async fn grow_to(&self, count: u32) {
        self.many_leaves(count).await;
        assert_eq!(self.log.seal(&self.db).await.unwrap(), u64::from(count));
    }

    /// The bureau itself drops a leaf, goes on as if nothing had been, and signs with its own key.
    async fn drop_leaf(&self, place: u32, then: u32) {
        self.sql(&format!("DELETE FROM log_leaf WHERE place = {place}")).await;
        self.sql(&format!("UPDATE log_leaf SET place = place - 1 WHERE place > {place}")).await;
        self.sql("UPDATE log_counter SET leaves = leaves - 1").await;
        fs::remove_dir_all(self.log.folder().join("tile")).unwrap();
        fs::remove_file(self.log.folder().join("checkpoint")).unwrap();
        self.log.seal(&self.db).await.unwrap();
        if then > 0 {
            self.grow_to(then).await;
        }
    }

    async fn sql(&self, text: &str) {
        let Db::Sqlite { write, .. } = &self.db else { return };
        sqlx::raw_sql(sqlx::AssertSqlSafe(text.to_owned())).execute(write).await.unwrap();
    }

    fn checkpoint(&self) -> Vec<u8> {
        fs::read(self.log.folder().join("checkpoint")).unwrap()
    }

    fn source(&self) -> Source {
        Source::Folder(self.log.folder().to_owned())
    }

    fn keys(&self) -> Keyring {
        keys_of(self.log.folder())
    }

    fn check(&self, since: Option<&[u8]>, record: Option<&Record>) -> Vec<Finding> {
        check_folder(self.log.folder(), since, record)
    }
}

fn keys_of(folder: &Path) -> Keyring {
    Keyring::read(&fs::read_to_string(folder.join("keys")).unwrap()).unwrap()
}

fn check_folder(folder: &Path, since: Option<&[u8]>, record: Option<&Record>) -> Vec<Finding> {
    let keys = keys_of(folder);
    check(&Source::Folder(folder.to_owned()), &keys, since, record).unwrap().findings
}

fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files_below(&path)) } else { all.push(path) }
    }
    all.sort();
    all
}

#[tokio::test]
async fn an_act_is_a_leaf_and_its_record_is_proved() {
    let stage = Stage::set().await;
    assert_eq!(stage.log.seal(&stage.db).await.unwrap(), 0);
    assert_eq!(stage.check(None, None), []);
    let first = stage.publish(1, "大米").await;
    stage.publish(1, "大米").await;
    assert_eq!(stage.log.seal(&stage.db).await.unwrap(), 1, "the same again is no act");
    let kept = fs::read(stage.log.folder().join("checkpoint")).unwrap();
    stage.publish(1, "小米").await;
    stage.publish(2, "大米").await;
    assert_eq!(stage.log.seal(&stage.db).await.unwrap(), 3);

    let record = stage.db.log_record(first, 1, true).await.unwrap().unwrap();
    assert!(record.entry.contains("\"publish\"") && record.content.as_ref().unwrap().contains("第1期"));
    let corrected = stage.db.log_record(first, 2, true).await.unwrap().unwrap();
    assert!(corrected.entry.contains("\"correct\"") && corrected.lines.as_ref().unwrap()[0].contains("小米"));
    for record in [&record, &corrected] {
        assert_eq!(stage.check(Some(&kept), Some(record)), []);
    }
    let with = |change: fn(&mut Record)| {
        let mut other = record.clone();
        change(&mut other);
        stage.check(None, Some(&other))
    };
    assert_eq!(with(|record| record.index = 1), [Finding::RecordNotInLog]);
    assert_eq!(with(|record| record.entry.push(' ')), [Finding::RecordNotInLog]);
    assert_eq!(with(|record| record.content.as_mut().unwrap().push(' ')), [Finding::RecordOtherContent]);
    assert_eq!(with(|record| record.salt = Some("00".into())), [Finding::RecordOtherContent]);
    assert_eq!(with(|record| record.lines.as_mut().unwrap()[2].push(' ')), [Finding::RecordOtherSamples]);
    assert_eq!(with(|record| drop(record.lines.as_mut().unwrap().pop())), [Finding::RecordOtherSamples]);
    // nothing of the samples stands in the leaf itself
    assert!(!record.entry.contains("大米") && !record.entry.contains("第1期"));
    assert_eq!(stage.db.bulletins(None, None, 10).await.unwrap().items.len(), 2);
}

#[tokio::test]
async fn of_ten_thousand_acts_none_is_changed_unseen() {
    let stage = Stage::set().await;
    let real = stage.publish(1, "大米").await;
    for size in [2, 255, 256, 257, 4_000] {
        stage.many_leaves(size).await;
        assert_eq!(stage.log.seal(&stage.db).await.unwrap(), u64::from(size));
        assert_eq!(stage.check(None, None), [], "{size}");
    }
    let kept = fs::read(stage.log.folder().join("checkpoint")).unwrap();
    stage.many_leaves(10_000).await;
    stage.log.seal(&stage.db).await.unwrap();
    let record = stage.db.log_record(real, 1, true).await.unwrap().unwrap();
    assert_eq!(stage.check(Some(&kept), Some(&record)), []);

    // a flipped byte in any file
    let files = files_below(&stage.log.folder().join("tile"));
    assert!(files.len() > 80, "{}", files.len());
    for (number, file) in files.iter().enumerate() {
        let bytes = fs::read(file).unwrap();
        for place in [0, number * 7919 % bytes.len(), bytes.len() - 1] {
            let mut other = bytes.clone();
            other[place] ^= 1 << (number % 8);
            fs::write(file, &other).unwrap();
            assert_ne!(stage.check(None, None), [], "{} byte {place}", file.display());
        }
        fs::write(file, &bytes).unwrap();
    }
    // bytes too few or too many, and a leaf that is dropped from its bundle
    for file in files.iter().step_by(5) {
        let bytes = fs::read(file).unwrap();
        for other in [
            &[&bytes[..], &[0; 32]].concat()[..],
            &[&bytes[..], &[0]].concat(),
            &[&bytes[..], &bytes[..]].concat(),
            &bytes[..bytes.len() - 32],
            &[],
        ] {
            fs::write(file, other).unwrap();
            assert_ne!(stage.check(None, None), [], "{} {} bytes", file.display(), other.len());
        }
        fs::write(file, &bytes).unwrap();
    }
    let bundle = files.iter().find(|file| file.ends_with("tile/entries/017")).unwrap();
    let bytes = fs::read(bundle).unwrap();
    let first = 2 + usize::from(u16::from_be_bytes([bytes[0], bytes[1]]));
    fs::write(bundle, &bytes[first..]).unwrap();
    assert_eq!(stage.check(None, None), [Finding::Damaged { path: "tile/entries/017".into() }]);
    fs::write(bundle, &bytes).unwrap();
    // a missing file
    let file = files.iter().find(|file| file.ends_with("tile/0/017")).unwrap();
    let bytes = fs::read(file).unwrap();
    fs::remove_file(file).unwrap();
    assert_eq!(stage.check(None, None), [Finding::Missing { path: "tile/0/017".into() }]);
    fs::write(file, bytes).unwrap();
    // a checkpoint that is changed without the key
    let path = stage.log.folder().join("checkpoint");
    let good = fs::read_to_string(&path).unwrap();
    for (from, to) in [("10000", "9999"), ("example.cn/log\n10000", "other.cn/log\n10000")] {
        fs::write(&path, good.replacen(from, to, 1)).unwrap();
        assert_eq!(stage.check(None, None), [Finding::CheckpointNotSigned]);
    }
    fs::write(&path, "nothing").unwrap();
    assert_eq!(stage.check(None, None), [Finding::CheckpointUnreadable]);
    fs::write(&path, good).unwrap();
    assert_eq!(stage.check(Some(&kept), None), []);
    // a leaf dropped by the bureau itself, and everything signed anew with the true key
    stage.drop_leaf(2_500, 10_100).await;
    assert_eq!(stage.check(None, None), [], "by itself it looks whole");
    assert_eq!(stage.check(Some(&kept), None), [Finding::Rewritten { then: 4_000 }]);
}

#[tokio::test]
async fn a_rewritten_log_is_seen_by_who_kept_a_checkpoint() {
    let stage = Stage::set().await;
    stage.many_leaves(700).await;
    stage.log.seal(&stage.db).await.unwrap();
    let kept = fs::read(stage.log.folder().join("checkpoint")).unwrap();
    let Db::Sqlite { write, .. } = &stage.db else { return };

    // the bureau itself drops a leaf and signs anew with its own key
    sqlx::query("DELETE FROM log_leaf WHERE place = 300").execute(write).await.unwrap();
    sqlx::query("UPDATE log_leaf SET place = place - 1 WHERE place > 300").execute(write).await.unwrap();
    sqlx::query("UPDATE log_counter SET leaves = 699").execute(write).await.unwrap();
    assert!(matches!(stage.log.seal(&stage.db).await, Err(SealError::Contradiction { size: 700 })));
    fs::remove_dir_all(stage.log.folder().join("tile")).unwrap();
    fs::remove_file(stage.log.folder().join("checkpoint")).unwrap();
    stage.log.seal(&stage.db).await.unwrap();
    assert_eq!(stage.check(None, None), [], "by itself it looks whole");
    assert_eq!(stage.check(Some(&kept), None), [Finding::Shrunk { then: 700, now: 699 }]);
    stage.many_leaves(720).await;
    stage.log.seal(&stage.db).await.unwrap();
    assert_eq!(stage.check(Some(&kept), None), [Finding::Rewritten { then: 700 }]);
    assert_eq!(stage.check(Some(b"nothing"), None), [Finding::EarlierUnusable]);
}

#[tokio::test]
async fn damaged_tiles_are_made_again_but_never_another_history() {
    let stage = Stage::set().await;
    stage.many_leaves(600).await;
    stage.log.seal(&stage.db).await.unwrap();
    let before = fs::read(stage.log.folder().join("checkpoint")).unwrap();
    let tile = stage.log.folder().join("tile/0/002.p/88");
    fs::write(&tile, vec![0; 88 * 32]).unwrap();
    stage.many_leaves(601).await;
    assert_eq!(stage.log.seal(&stage.db).await.unwrap(), 601);
    assert_eq!(stage.check(Some(&before), None), []);

    let Db::Sqlite { write, .. } = &stage.db else { return };
    sqlx::query("UPDATE log_leaf SET entry = entry || ' ' WHERE place = 5").execute(write).await.unwrap();
    fs::write(stage.log.folder().join("tile/0/002.p/89"), vec![0; 89 * 32]).unwrap();
    stage.many_leaves(602).await;
    assert!(matches!(stage.log.seal(&stage.db).await, Err(SealError::Contradiction { size: 601 })));
    assert!(stage.dir.path().join("log.key").exists() && !stage.log.folder().join("log.key").exists());
}
