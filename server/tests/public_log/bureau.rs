//! The bureau's side: whose cosignatures are taken, and when they go.

use std::fs;

use server::tlog::{CosignError, Cosignatures, Keyring, PublicLog, Signed, check, witness_keys};
use signed_note::Signature;

use crate::{Finding, Stage, now, witness::Beside};

pub fn cosignatures(stage: &Stage) -> Cosignatures {
    Cosignatures::on(stage.log.folder())
}

fn witnessed(stage: &Stage) -> (Vec<Finding>, Vec<Signed>, usize) {
    let witnesses = witness_keys(&fs::read_to_string(stage.dir.path().join("witnesses")).unwrap()).unwrap();
    let report = check(&stage.source(), &stage.keys().with_witnesses(witnesses), None, None).unwrap();
    (report.findings, report.witnessed_by, report.witnesses)
}

#[tokio::test]
async fn two_witnesses_stand_in_the_checkpoint_until_the_next_one() {
    let stage = Stage::set().await;
    let (first, second) = (Beside::named("paper.example.cn/w"), Beside::named("school.example.cn/w"));
    let cosignatures = cosignatures(&stage);
    for beside in [&first, &second] {
        cosignatures.accept(&beside.witness.public().vkey()).unwrap();
    }
    stage.grow_to(300).await;
    let bare = stage.checkpoint();
    let (one, two) = (first.sign(&stage), second.sign(&stage));
    assert_eq!(cosignatures.add(&one.to_bytes()).unwrap(), ["paper.example.cn/w"]);
    assert_eq!(cosignatures.add(&two.to_bytes()).unwrap(), ["school.example.cn/w"]);
    assert_eq!(stage.checkpoint(), [bare.clone(), one.to_bytes(), two.to_bytes()].concat());
    let (findings, names, count) = witnessed(&stage);
    assert_eq!((findings, count), (vec![], 2));
    assert!(names.iter().all(|signed| signed.at == Some(now())), "{names:?}");
    // who knows nothing of witnesses reads it as before
    assert_eq!(stage.check(Some(&bare), None), []);
    // again and older ones change nothing; the file is not even written
    let before = fs::metadata(stage.log.folder().join("checkpoint")).unwrap().modified().unwrap();
    assert!(cosignatures.add(&[one.to_bytes(), two.to_bytes()].concat()).unwrap().is_empty());
    assert_eq!(fs::metadata(stage.log.folder().join("checkpoint")).unwrap().modified().unwrap(), before);

    // a restart, and a new key of the log, keep them; a new checkpoint does not
    let again = PublicLog::open(stage.dir.path(), "").unwrap();
    again.seal(&stage.db).await.unwrap();
    assert_eq!(witnessed(&stage).2, 2);
    again.add_key(&stage.db).await.unwrap();
    assert_eq!(witnessed(&stage).2, 2);
    assert_eq!(stage.checkpoint().iter().filter(|byte| byte.is_ascii_control()).count(), 8, "body, gap, two and two");
    stage.grow_to(301).await;
    assert_eq!(witnessed(&stage).2, 0);
    assert!(matches!(cosignatures.add(&one.to_bytes()), Err(CosignError::Mismatch(_))));
    cosignatures.add(&first.sign(&stage).to_bytes()).unwrap();
    assert_eq!(witnessed(&stage).2, 1);
}

#[tokio::test]
async fn nothing_but_signatures_of_accepted_witnesses_is_taken() {
    let (stage, beside, stranger) = (Stage::set().await, Beside::named("w"), Beside::named("stranger"));
    let cosignatures = cosignatures(&stage);
    cosignatures.accept(&beside.witness.public().vkey()).unwrap();
    assert!(matches!(cosignatures.add(b"\xe2\x80\x94 w AAAAAAAA\n"), Err(CosignError::Unknown)));
    stage.grow_to(3).await;
    let (own, foreign, before) = (beside.sign(&stage), stranger.sign(&stage), stage.checkpoint());
    let line = String::from_utf8(own.to_bytes()).unwrap();
    let garbage = [
        "",
        "\n",
        "nothing\n",
        &line[..line.len() - 1],
        &line.replace('\n', "\n\n"),
        &format!("{line}rest\n"),
        &format!("\n{line}"),
    ];
    for text in garbage {
        assert!(matches!(cosignatures.add(text.as_bytes()), Err(CosignError::Garbage)), "{text:?}");
    }
    assert!(matches!(cosignatures.add(&[0xff, b'\n']), Err(CosignError::Garbage)));
    assert!(matches!(cosignatures.add(&foreign.to_bytes()), Err(CosignError::Unknown)));
    let mut bytes = own.signature().to_vec();
    bytes[40] ^= 1;
    let wrong = Signature::new("w".into(), own.id(), bytes).unwrap();
    let short = Signature::new("w".into(), own.id(), vec![1]).unwrap();
    let mut later = own.signature().to_vec();
    later[7] ^= 1;
    let later = Signature::new("w".into(), own.id(), later).unwrap();
    for other in [wrong, short, later] {
        assert!(matches!(cosignatures.add(&other.to_bytes()), Err(CosignError::Mismatch(_))));
    }
    // the log's own signature is no witness's
    let own_line = before.split_inclusive(|byte| *byte == b'\n').next_back().unwrap();
    assert!(matches!(cosignatures.add(own_line), Err(CosignError::Unknown)));
    assert_eq!(stage.checkpoint(), before);
    // of a mixture what is known is taken
    assert_eq!(cosignatures.add(&[foreign.to_bytes(), own.to_bytes()].concat()).unwrap(), ["w"]);
    assert_eq!(stage.checkpoint(), [before, own.to_bytes()].concat());
}

#[tokio::test]
async fn witnesses_are_accepted_and_dismissed() {
    let stage = Stage::set().await;
    let cosignatures = cosignatures(&stage);
    let of = |name: &str| Beside::named(name).witness.public();
    let (first, log_key) = (of("w"), fs::read_to_string(stage.log.folder().join("keys")).unwrap());
    cosignatures.accept(&first.vkey()).unwrap();
    assert!(matches!(cosignatures.accept(&first.vkey()), Err(CosignError::Twice(_))));
    assert!(matches!(cosignatures.accept(&of("w").vkey()), Err(CosignError::Twice(_))), "a second key of one name");
    assert!(matches!(cosignatures.accept(&of("example.cn/log").vkey()), Err(CosignError::Own(_))));
    for other in ["", "nothing", log_key.trim()] {
        assert!(matches!(cosignatures.accept(other), Err(CosignError::Key(_))), "{other}");
    }
    // lines for people stay
    let list = stage.dir.path().join("witnesses");
    fs::write(&list, format!("# 云川日报\n{}\n", first.vkey())).unwrap();
    for number in 1..14 {
        cosignatures.accept(&of(&format!("w{number}")).vkey()).unwrap();
    }
    assert!(matches!(cosignatures.accept(&of("late").vkey()), Err(CosignError::TooMany)));
    cosignatures.dismiss(&first.id()).unwrap();
    assert!(matches!(cosignatures.dismiss(&first.id()), Err(CosignError::NoSuchWitness(_))));
    assert_eq!(cosignatures.accepted().unwrap().len(), 13);
    assert!(fs::read_to_string(&list).unwrap().starts_with("# 云川日报\nw1+"));
    assert_eq!(fs::read(&list).unwrap(), fs::read(stage.log.folder().join("witnesses")).unwrap(), "told to readers");
    fs::write(&list, "nothing\n").unwrap();
    assert!(matches!(cosignatures.add(b"\xe2\x80\x94 w AAAAAAAA\n"), Err(CosignError::Key(_))));
}

#[tokio::test]
async fn a_second_name_or_key_is_not_a_second_witness() {
    let (stage, beside) = (Stage::set().await, Beside::named("w"));
    stage.grow_to(3).await;
    let one = beside.sign(&stage);
    // the same private key under another name
    let private = fs::read_to_string(beside.dir.path().join("witness.key")).unwrap();
    let twin = tempfile::tempdir().unwrap();
    let (seed, other_name) = (private.trim().splitn(5, '+').nth(4).unwrap(), "alias");
    let vkey = signed_note_key(other_name, seed);
    fs::write(twin.path().join("witness.key"), vkey).unwrap();
    let twin = Beside { witness: server::tlog::Witness::open(twin.path(), "").unwrap(), dir: twin };
    let two = twin.sign(&stage);
    let note = [stage.checkpoint(), one.to_bytes(), two.to_bytes()].concat();
    let keys = || vec![beside.witness.public(), twin.witness.public()];
    let opened: Keyring = stage.keys().with_witnesses(keys());
    let opened_note = opened.open(&note).unwrap();
    assert_eq!((opened_note.witnesses.len(), opened.distinct(&opened_note.witnesses)), (2, 1));
}

fn signed_note_key(name: &str, seed: &str) -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let bytes = BASE64_STANDARD.decode(seed).unwrap();
    let key = ed25519_dalek::SigningKey::from_bytes(bytes[1..].try_into().unwrap());
    let public = signed_note::new_ed25519_verifier_key(name, &key.verifying_key());
    let id = public.split('+').nth(1).unwrap();
    format!("PRIVATE+KEY+{name}+{id}+{seed}")
}

/// Cosignatures arrive while the log is sealed again and again: sealing is never refused, and in the end the checkpoint
/// is whole.
#[tokio::test(flavor = "multi_thread")]
async fn cosignatures_don_t_disturb_sealing() {
    let (stage, beside) = (Stage::set().await, Beside::named("w"));
    cosignatures(&stage).accept(&beside.witness.public().vkey()).unwrap();
    stage.grow_to(1).await;
    let (sealed, taken) = (std::sync::atomic::AtomicBool::new(false), std::sync::atomic::AtomicU32::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !sealed.load(std::sync::atomic::Ordering::Relaxed) {
                let signature = beside.sign(&stage);
                match cosignatures(&stage).add(&signature.to_bytes()) {
                    Ok(_) => _ = taken.fetch_add(1, std::sync::atomic::Ordering::Relaxed),
                    Err(error) => assert!(matches!(error, CosignError::Mismatch(_)), "{error}"),
                }
            }
        });
        let runtime = tokio::runtime::Handle::current();
        tokio::task::block_in_place(|| {
            runtime.block_on(async {
                for size in 2..60 {
                    stage.grow_to(size).await;
                }
            });
        });
        sealed.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert!(taken.into_inner() > 0);
    assert_eq!(witnessed(&stage).0, []);
    assert_eq!(beside.look(&stage).unwrap().size, 59);
}
