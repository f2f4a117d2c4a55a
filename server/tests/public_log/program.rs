//! The program itself: exit codes, sentences, and what is left after a kill.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::{Stage, bureau::cosignatures, served::serve, witness::Beside};

fn portal(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portal"));
    command.args(args).env("PORTAL_LOG", "warn").env_remove("PORTAL_DATABASE_URL");
    command
}

async fn run(args: Vec<String>) -> (i32, String, String) {
    let out = tokio::task::spawn_blocking(move || {
        portal(&args.iter().map(String::as_str).collect::<Vec<_>>()).output().unwrap()
    });
    let Output { status, stdout, stderr } = out.await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn words(line: &str, paths: &[&Path]) -> Vec<String> {
    let mut paths = paths.iter();
    let fill = |word: &str| if word == "@" { paths.next().unwrap().display().to_string() } else { word.to_owned() };
    line.split(' ').map(fill).collect()
}

#[tokio::test]
async fn a_witness_follows_a_portal_and_verify_counts_it() {
    let (stage, dir) = (Stage::set().await, tempfile::tempdir().unwrap());
    let address = serve(&stage).await;
    stage.grow_to(300).await;
    let keys = dir.path().join("keys");
    fs::copy(stage.log.folder().join("keys"), &keys).unwrap();
    let (memory, file) = (dir.path().join("state"), dir.path().join("witnesses"));
    let (code, vkey, _) = run(words("witness key --state @ --name paper.example.cn/w", &[&memory])).await;
    assert!(code == 0 && vkey.starts_with("paper.example.cn/w+"), "{vkey}");
    fs::write(&file, &vkey).unwrap();
    let once = || words(&format!("witness once --log {address} --keys @ --state @"), &[&keys, &memory]);

    // not accepted yet: it signs for itself, and says that the bureau doesn't take it
    let (code, out, err) = run(once()).await;
    assert_eq!((code, out.starts_with("— paper.example.cn/w ")), (2, true), "{err}");
    assert!(err.contains("首次见证") && err.contains("请先把公钥交给发布单位登记"), "{err}");
    let data = stage.dir.path();
    let add = words(&format!("log add-witness {} --data @", vkey.trim()), &[data]);
    let (code, out, _) = run(add.clone()).await;
    assert_eq!((code, &out), (0, &vkey));
    let (code, _, err) = run(add).await;
    assert!(code == 2 && err.contains("已经登记"), "{err}");
    assert_eq!(run(words("log witnesses --data @", &[data])).await.1, vkey);

    let verify = |options: &str, files: &[&Path]| words(&format!("log verify {address} --keys @{options}"), files);
    let (code, out, _) = run(verify(" --witness @ --quorum 1", &[&keys, &file])).await;
    assert!(code == 1 && out.contains("只有 0 个，要求至少 1 个"), "{out}");
    assert_eq!(run(once()).await.0, 0);
    let (code, out, _) = run(verify(" --witness @ --quorum 1", &[&keys, &file])).await;
    assert!(code == 0 && out.contains("1 个已知的见证人联署了检查点：paper.example.cn/w"), "{out}");
    let (code, out, _) = run(verify(" --witness @ --quorum 2", &[&keys, &file])).await;
    assert!(code == 1 && out.contains("只有 1 个，要求至少 2 个"), "{out}");
    let (code, out, _) = run(verify("", &[&keys])).await;
    assert!(code == 0 && out.contains("见证人的公钥取自日志本身"), "{out}");
    let nobody = dir.path().join("nobody");
    fs::write(&nobody, Beside::named("other").witness.public().vkey()).unwrap();
    let (code, out, _) = run(verify(" --witness @", &[&keys, &nobody])).await;
    assert!(code == 0 && out.contains("另有未知密钥的签名，未计入：paper.example.cn/w"), "{out}");

    let (code, out, _) = run(words(&format!("log remove-witness {} --data @", &vkey[19..27]), &[data])).await;
    assert_eq!((code, out.as_str()), (0, ""));
    stage.drop_leaf(7, 300).await;
    let (code, out, err) = run(once()).await;
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("拒绝联署") && err.contains("日志有两个版本") && err.contains("evidence"), "{err}");
    // the running one ends too when no log is left
    let (code, _, err) = run([once(), words("--every 1", &[])]
        .concat()
        .into_iter()
        .map(|word| if word == "once" { "run".into() } else { word })
        .collect())
    .await;
    assert!(code == 1 && err.contains("拒绝联署"), "{err}");
}

/// Killed after its memory is written and before anybody has its signature: afterwards it signs no other tree of that size.
#[tokio::test]
async fn a_witness_killed_before_its_answer_signs_no_second_tree() {
    let (stage, beside) = (Stage::set().await, Beside::named("w"));
    stage.grow_to(300).await;
    let taker = TcpListener::bind("127.0.0.1:0").unwrap();
    let submit = format!("http://{}/", taker.local_addr().unwrap());
    let (log, keys) = (stage.log.folder().display().to_string(), stage.log.folder().join("keys").display().to_string());
    let memory = beside.dir.path().display().to_string();
    let args = ["witness", "once", "--log", &log, "--keys", &keys, "--state", &memory, "--submit", &submit];
    let mut witness = portal(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // its signature is on the way; nobody answers
    let (connection, _) = taker.accept().unwrap();
    let mut line = String::new();
    BufReader::new(&connection).read_line(&mut line).unwrap();
    assert!(line.starts_with("POST"), "{line}");
    witness.kill().unwrap();
    witness.wait().unwrap();
    drop(connection);

    stage.drop_leaf(7, 300).await;
    let output = portal(&args[..8]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty());
}

/// Killed at any moment of its work, a witness remembers a whole checkpoint or the one before.
#[tokio::test]
async fn a_witness_killed_anywhere_goes_on() {
    let (stage, beside) = (Stage::set().await, Beside::named("w"));
    let (log, keys) = (stage.log.folder().display().to_string(), stage.log.folder().join("keys").display().to_string());
    let memory = beside.dir.path().display().to_string();
    let args = ["witness", "run", "--every", "3600", "--log", &log, "--keys", &keys, "--state", &memory];
    for round in 1..12_u32 {
        stage.grow_to(round * 100).await;
        let mut witness = portal(&args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        if round % 2 == 0 {
            // as soon as a byte of the signature is out
            let mut first = [0];
            witness.stdout.take().unwrap().read_exact(&mut first).unwrap();
        }
        witness.kill().unwrap();
        witness.wait().unwrap();
        let seen = beside.again().seen("example.cn/log").unwrap().map_or(0, |seen| seen.size);
        assert!(seen <= u64::from(round) * 100 && (round % 2 != 0 || seen == u64::from(round) * 100), "{seen}");
    }
    assert_eq!(beside.look(&stage).unwrap().size, 1100);
    assert!(cosignatures(&stage).accepted().unwrap().is_empty());
}
