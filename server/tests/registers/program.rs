//! The program itself: `portal import register`, and definitions at its start.

use std::{fs, path::Path, process::Command};

use super::stage::{CODE, HEAD, OWN, define};

fn portal(data: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portal"));
    command.args(args).arg("--data").arg(data).env("PORTAL_LOG", "warn").env_remove("PORTAL_DATABASE_URL");
    let out = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code().unwrap(), text(out.stdout), text(out.stderr))
}

#[test]
fn an_import_is_previewed_refused_whole_and_done() {
    let dir = tempfile::tempdir().unwrap();
    define(dir.path());
    let data = dir.path().join("data");
    fs::create_dir(&data).unwrap();
    define(&data);
    let file = dir.path().join("名册.csv");
    let path = file.to_str().unwrap();
    let import = |more: &[&str]| {
        let args: Vec<&str> = ["import", "register", CODE, path].iter().chain(more).copied().collect();
        portal(&data, &args)
    };
    fs::write(&file, format!("{HEAD}1,甲店,巨型,,,,,,,\n2,乙店,小型,,,,,,,\n")).unwrap();
    let (code, out, err) = import(&[]);
    assert_eq!(code, 2, "{out}{err}");
    assert!(out.contains("第 2 行") && out.contains("类别"), "{out}");
    assert!(err.contains("什么都没有改变"), "{err}");

    fs::write(&file, format!("{HEAD}1,甲店,大型,,,,,,,\n2,乙店,小型,,,,,,,\n")).unwrap();
    let (code, out, _) = import(&["--dry-run"]);
    assert_eq!(code, 0);
    assert!(out.contains("将新增 2 条") && out.contains("新增 甲店"), "{out}");
    let (code, out, _) = import(&["--dry-run", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &report["difference"]["added"], &report["published"]), (0, &2.into(), &false.into()));
    let (code, out, err) = import(&[]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("已公开：新增 2 条"), "{out}");
    let (code, out, _) = import(&[]);
    assert!(code == 0 && out.contains("没有改变"), "{out}");
    fs::write(&file, format!("{HEAD}2,乙店,大型,,,,,,,\n")).unwrap();
    let (code, out, _) = import(&["--dry-run"]);
    assert!(code == 0 && out.contains("移除 甲店") && out.contains("类别：小型 → 大型"), "{out}");
    let (code, _, _) = import(&["--yes", "--reason", "季度更新"]);
    assert_eq!(code, 0);
    let (code, out, _) = portal(&data, &["check"]);
    assert!(code == 0, "{out}");
    let (code, _, err) = portal(&data, &["import", "register", "nothing", path]);
    assert!(code == 2 && err.contains("没有代号为 nothing 的名册") && err.contains("school-canteens"), "{err}");
    let (code, _, err) = portal(&data, &["import", "register", CODE, "/nowhere.csv"]);
    assert!(code == 2 && err.contains("打不开文件"), "{err}");
}

#[test]
fn a_wrong_definition_is_named_at_the_start() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("registers");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("wrong.toml"), OWN.replace("type = \"choice\"", "type = \"colour\"")).unwrap();
    for args in [&["check"][..], &["serve", "--listen", "127.0.0.1:0"]] {
        let (code, _, err) = portal(dir.path(), args);
        assert_eq!(code, 1, "{err}");
        let line = OWN.lines().position(|line| line.contains("type = \"choice\"")).unwrap() + 1;
        assert!(
            err.contains("wrong.toml") && err.contains(&format!("第 {line} 行")) && err.contains("colour"),
            "{err}"
        );
    }
    // a file of a shipped register's name replaces it
    fs::remove_file(folder.join("wrong.toml")).unwrap();
    fs::write(folder.join("small-trades.toml"), OWN).unwrap();
    let file = dir.path().join("名册.csv");
    fs::write(&file, format!("{HEAD}1,甲店,大型,,,,,,,\n")).unwrap();
    let (code, out, err) = portal(dir.path(), &["import", "register", "small-trades", file.to_str().unwrap()]);
    assert!(code == 0 && out.contains("测试名册"), "{out}{err}");
}
