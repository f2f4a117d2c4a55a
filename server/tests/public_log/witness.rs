//! A witness beside a log: what it signs, and what it refuses.

use std::{fs, path::PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use server::tlog::{FollowError, Followed, Keyring, Refusal, Source, SourceError, Witness, follow};
use signed_note::Signature;

use crate::{Stage, files_below, keys_of, now};

/// A witness in a folder of its own.
pub struct Beside {
    pub dir: tempfile::TempDir,
    pub witness: Witness,
}

impl Beside {
    pub fn named(name: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let witness = Witness::open(dir.path(), name).unwrap();
        Self { dir, witness }
    }

    /// The same witness after a restart.
    pub fn again(&self) -> Witness {
        Witness::open(self.dir.path(), "").unwrap()
    }

    pub fn look(&self, stage: &Stage) -> Result<Followed, FollowError> {
        follow(&self.witness, &stage.source(), &stage.keys(), (false, true), now())
    }

    fn audit(&self, stage: &Stage) -> Result<Followed, FollowError> {
        follow(&self.witness, &stage.source(), &stage.keys(), (true, true), now())
    }

    pub fn sign(&self, stage: &Stage) -> Signature {
        self.look(stage).unwrap().signature.unwrap()
    }

    fn evidence(&self) -> Vec<PathBuf> {
        let folder = self.dir.path().join("evidence");
        if folder.exists() { files_below(&folder) } else { Vec::new() }
    }
}

pub fn refusal(outcome: Result<Followed, FollowError>) -> Refusal {
    match outcome {
        Err(FollowError::Refused(refusal, _)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn body_of(stage: &Stage) -> Vec<u8> {
    signed_note::Note::from_bytes(&stage.checkpoint()).unwrap().text().to_vec()
}

#[tokio::test]
async fn what_only_grew_is_signed_however_long_the_witness_was_away() {
    let (stage, beside) = (Stage::set().await, Beside::named("paper.example.cn/w"));
    stage.log.seal(&stage.db).await.unwrap();
    assert_eq!(beside.look(&stage).unwrap().before, None, "an empty log");
    for (before, size) in [(0, 1), (1, 255), (255, 256), (256, 257), (257, 700), (700, 10_000)] {
        stage.grow_to(size).await;
        let followed = follow(&beside.again(), &stage.source(), &stage.keys(), (false, true), now()).unwrap();
        assert_eq!((followed.before, followed.size), (Some(before), u64::from(size)));
        let signature = followed.signature.unwrap();
        let time = beside.witness.public().time_of(&signature, &body_of(&stage));
        assert_eq!(time, u64::try_from(now().timestamp()).ok());
    }
    assert_eq!(beside.audit(&stage).unwrap().before, Some(10_000));
    assert_eq!(beside.evidence(), Vec::<PathBuf>::new());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(beside.dir.path().join("witness.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_rewritten_a_rewound_and_a_forked_log_are_refused_with_evidence() {
    let (stage, beside) = (Stage::set().await, Beside::named("w"));
    stage.grow_to(700).await;
    beside.sign(&stage);
    let kept = stage.checkpoint();
    stage.drop_leaf(300, 0).await;
    assert_eq!(refusal(beside.look(&stage)), Refusal::Rewound { then: 700, now: 699 });
    stage.grow_to(700).await;
    assert_eq!(refusal(beside.look(&stage)), Refusal::Forked { size: 700 });
    stage.grow_to(720).await;
    let Err(FollowError::Refused(refused, Some(folder))) = beside.look(&stage) else { panic!() };
    assert_eq!(refused, Refusal::Rewritten { then: 700, now: 720 });
    assert_eq!(fs::read(folder.join("kept")).unwrap(), kept);
    assert_eq!(fs::read(folder.join("found")).unwrap(), stage.checkpoint());
    assert_eq!(beside.evidence().len(), 6, "two checkpoints of each of three");
    refusal(beside.look(&stage));
    assert_eq!(beside.evidence().len(), 6, "the same twice is kept once");
    assert_eq!(beside.again().seen("example.cn/log").unwrap().unwrap().size, 700);
    // one who sees the log for the first time can't know
    assert_eq!(Beside::named("v").audit(&stage).unwrap().size, 720);
}

#[tokio::test]
async fn of_ten_thousand_acts_a_witness_that_reads_everything_misses_nothing() {
    let (stage, beside) = (Stage::set().await, Beside::named("w"));
    stage.grow_to(4_000).await;
    beside.sign(&stage);
    stage.grow_to(10_000).await;
    let memory = fs::read(files_below(&beside.dir.path().join("seen")).first().unwrap()).unwrap();
    let (mut by_tiles, files) = (0, files_below(&stage.log.folder().join("tile")));
    for (number, file) in files.iter().enumerate() {
        let bytes = fs::read(file).unwrap();
        let mut other = bytes.clone();
        let place = (number * 104_729 + 13) % bytes.len();
        other[place] ^= 1 << (number % 8);
        fs::write(file, &other).unwrap();
        refusal(beside.audit(&stage));
        // without reading everything it refuses what it needs for its proof, and signs nothing but the true root
        match beside.look(&stage) {
            Err(FollowError::Refused(Refusal::Tiles | Refusal::Audit(_), _)) => by_tiles += 1,
            Ok(followed) => {
                let time = beside.witness.public().time_of(&followed.signature.unwrap(), &body_of(&stage));
                assert!(time.is_some());
                let path = files_below(&beside.dir.path().join("seen"));
                fs::write(&path[0], &memory).unwrap();
            }
            other => panic!("{}: {other:?}", file.display()),
        }
        fs::write(file, &bytes).unwrap();
    }
    assert!(by_tiles >= 3, "{by_tiles}");
    // tiles that are gone
    let top = files.iter().find(|file| file.ends_with("tile/1/000.p/39")).unwrap();
    let bytes = fs::read(top).unwrap();
    fs::remove_file(top).unwrap();
    assert_eq!(refusal(beside.look(&stage)), Refusal::Tiles);
    fs::write(top, bytes).unwrap();
    // checkpoints that are not the log's
    let path = stage.log.folder().join("checkpoint");
    let good = String::from_utf8(stage.checkpoint()).unwrap();
    for (from, to) in [("10000", "10001"), ("example.cn/log\n10000", "other.cn/log\n10000")] {
        fs::write(&path, good.replacen(from, to, 1)).unwrap();
        assert_eq!(refusal(beside.look(&stage)), Refusal::NotSigned);
    }
    for other in [&b"nothing"[..], b"", &vec![b'a'; 1 << 20], &good.as_bytes()[..good.len() - 1]] {
        fs::write(&path, other).unwrap();
        assert_eq!(refusal(beside.look(&stage)), Refusal::Unreadable);
    }
    fs::write(&path, good).unwrap();
    assert_eq!(beside.audit(&stage).unwrap().before, Some(4_000));
    // the bureau itself drops a leaf of ten thousand, and signs with the true key
    stage.drop_leaf(9_000, 10_000).await;
    assert_eq!(refusal(beside.look(&stage)), Refusal::Forked { size: 10_000 });
    stage.grow_to(10_300).await;
    assert_eq!(refusal(beside.look(&stage)), Refusal::Rewritten { then: 10_000, now: 10_300 });
}

#[tokio::test]
async fn a_tree_of_impossible_size_is_refused_and_crashes_nothing() {
    let (stage, beside) = (Stage::set().await, Beside::named("w"));
    stage.grow_to(3).await;
    let private = fs::read_to_string(stage.dir.path().join("log.key")).unwrap();
    let signer = signed_note::StandardSigner::new(private.trim()).unwrap();
    for size in [u64::MAX, u64::MAX >> 1, 1 << 60, (1 << 48) + 1, 1 << 47, 1 << 20] {
        let body = format!("example.cn/log\n{size}\n{}\n", "A".repeat(43) + "=");
        let mut note = signed_note::Note::new(body.as_bytes(), &[]).unwrap();
        note.add_sigs(&[&signer]).unwrap();
        fs::write(stage.log.folder().join("checkpoint"), note.to_bytes()).unwrap();
        let expected = if size > 1 << 48 { Refusal::Unreadable } else { Refusal::Tiles };
        assert_eq!(refusal(beside.look(&stage)), expected, "{size}");
    }
}

#[tokio::test]
async fn a_witness_goes_on_when_keys_change() {
    let (stage, beside) = (Stage::set().await, Beside::named("w"));
    stage.grow_to(3).await;
    let given_once = stage.keys();
    let look = |keys: &Keyring| follow(&beside.witness, &stage.source(), keys, (true, true), now());
    look(&given_once).unwrap();
    let old = fs::read_to_string(stage.log.folder().join("keys")).unwrap();
    stage.log.add_key(&stage.db).await.unwrap();
    stage.grow_to(4).await;
    assert_eq!(look(&given_once).unwrap().before, Some(3), "both sign");
    stage.log.retire_key(&stage.db, old.split('+').nth(1).unwrap()).await.unwrap();
    stage.grow_to(5).await;
    assert_eq!(refusal(look(&given_once)), Refusal::NotSigned);
    assert_eq!(look(&keys_of(stage.log.folder())).unwrap().before, Some(4), "with the new key added");
}

#[tokio::test]
async fn a_fresh_signature_is_not_given_again_and_an_old_one_is_renewed() {
    let (stage, beside) = (Stage::set().await, Beside::named("w"));
    stage.grow_to(3).await;
    let look = |at: DateTime<Utc>| {
        follow(&beside.witness, &stage.source(), &stage.keys(), (false, false), at).unwrap().signature
    };
    let first = look(now()).unwrap();
    assert!(look(now()).is_some(), "the checkpoint doesn't carry it yet");
    let carried = [stage.checkpoint(), first.to_bytes()].concat();
    fs::write(stage.log.folder().join("checkpoint"), carried).unwrap();
    assert!(look(now() + TimeDelta::hours(23)).is_none());
    assert!(look(now() + TimeDelta::hours(25)).is_some());
    stage.grow_to(4).await;
    assert!(look(now()).is_some());
}

#[tokio::test]
async fn a_witness_without_its_memory_or_key_signs_nothing() {
    let (stage, beside) = (Stage::set().await, Beside::named("w"));
    stage.grow_to(3).await;
    beside.sign(&stage);
    let memory = files_below(&beside.dir.path().join("seen")).remove(0);
    for damage in ["", "nothing", "other.cn/log\n3\nAAAA\n\n— a AAAAAAAA\n"] {
        fs::write(&memory, damage).unwrap();
        assert!(matches!(beside.look(&stage), Err(FollowError::Witness(_))), "{damage}");
    }
    fs::write(beside.dir.path().join("witness.key"), "nothing").unwrap();
    assert!(Witness::open(beside.dir.path(), "w").is_err());
    assert!(Witness::open(&beside.dir.path().join("new"), "a b").is_err());
    let nowhere = Source::Folder("/nowhere".into());
    let lost = follow(&Beside::named("w").witness, &nowhere, &stage.keys(), (false, true), now());
    assert!(matches!(lost, Err(FollowError::Unreachable(SourceError::Missing(_)))));
}

/// Two looks at once at two trees of one size: at most one of them is signed.
#[tokio::test]
async fn two_programs_with_one_key_never_sign_two_trees_of_one_size() {
    let (stage, beside) = (Stage::set().await, Beside::named("w"));
    stage.grow_to(10).await;
    beside.sign(&stage);
    let honest = tempfile::tempdir().unwrap();
    let copy = |to: &std::path::Path| {
        for file in files_below(stage.log.folder()) {
            let target = to.join(file.strip_prefix(stage.log.folder()).unwrap());
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(file, target).unwrap();
        }
    };
    // two ways to go on from the same ten leaves, both signed by the bureau
    stage.grow_to(12).await;
    copy(honest.path());
    stage.sql("UPDATE log_leaf SET entry = entry || ' ' WHERE place >= 10").await;
    fs::remove_dir_all(stage.log.folder().join("tile")).unwrap();
    fs::remove_file(stage.log.folder().join("checkpoint")).unwrap();
    stage.log.seal(&stage.db).await.unwrap();
    let keys = stage.keys();
    let looks: Vec<bool> = std::thread::scope(|scope| {
        let look = |folder: PathBuf| {
            let (witness, keys) = (beside.again(), &keys);
            scope.spawn(move || follow(&witness, &Source::Folder(folder), keys, (false, true), now()).is_ok())
        };
        let all: Vec<_> = (0..8)
            .map(|number| look(if number % 2 == 0 { honest.path().into() } else { stage.log.folder().into() }))
            .collect();
        all.into_iter().map(|look| look.join().unwrap()).collect()
    });
    let (even, odd) = (looks.iter().step_by(2), looks.iter().skip(1).step_by(2));
    let signed = (even.filter(|signed| **signed).count(), odd.filter(|signed| **signed).count());
    assert!(signed == (4, 0) || signed == (0, 4), "{signed:?}");
}
