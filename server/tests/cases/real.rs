//! Real messages of citizens and labelled cases, filed and found; what is personal lies nowhere in plain. The material
//! stays outside of the repository; where it is absent this says so.

use std::path::{Path, PathBuf};

use app::{
    domain::{
        case::{LONGEST_STORY, Problem, Source, read},
        staff::Role,
    },
    ports::{CaseScope, Handling},
};
use server::{auth::Token, cases::CaseDesk};

use crate::stage::{Stage, officer, stages};

/// Begins every name, telephone, address and text here: looked for in each file.
const MARKS: [&str; 4] = ["慕容真名", "1390013", "暗记巷", "murong.zhen"];

fn texts() -> Option<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/complaints");
    let lines = std::fs::read_to_string(folder.join("citizen_messages.jsonl")).ok()?;
    let json = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let word = |value: &serde_json::Value, name: &str| value[name].as_str().unwrap_or_default().trim().to_owned();
    let mut all: Vec<String> =
        lines.lines().map(json).map(|one| format!("{}\n{}", word(&one, "title"), word(&one, "text"))).collect();
    let triage = std::fs::read_to_string(folder.join("triage_cases.json")).ok()?;
    all.extend(json(&triage).as_array().unwrap().iter().map(|one| word(one, "problem_text")));
    Some(all)
}

/// A phrase by which an officer finds it: twelve signs from its middle, without blanks.
fn phrase(text: &str) -> String {
    let signs: Vec<char> = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    signs.iter().skip(signs.len() / 2).take(12).collect()
}

fn files(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
}

fn holds(bytes: &[u8], needle: &str) -> bool {
    let first = needle.as_bytes()[0];
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == first) {
        rest = &rest[at..];
        if rest.starts_with(needle.as_bytes()) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

async fn file_all(stage: &Stage, texts: &[String]) {
    for (number, text) in texts.iter().enumerate() {
        let (name, phone) = (format!("慕容真名{number}"), format!("1390013{number:04}"));
        let (address, mail) = (format!("暗记巷{number}号"), format!("murong.zhen{number}@example.cn"));
        let story: String = text.chars().take(LONGEST_STORY).collect();
        let form = [
            ("want", ["complaint", "report", "both"][number % 3]),
            ("problem", Problem::ALL[number % Problem::ALL.len()].code()),
            ("party", "文中所写的商家"),
            ("party_address", "见正文"),
            ("story", story.as_str()),
            ("request", "请依法处理"),
            ("name", name.as_str()),
            ("phone", phone.as_str()),
            ("address", address.as_str()),
            ("mail", mail.as_str()),
        ];
        let field = |name: &str| form.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
        let filings = read(field, stage.house.clock.today()).unwrap();
        stage.cases.file(&Token::random(&stage.house.ids), &filings, Source::Portal, None).await.unwrap();
    }
}

#[tokio::test]
async fn real_messages_are_filed_and_found_and_lie_nowhere_in_plain() {
    let Some(texts) = texts() else {
        eprintln!("left out: shared/data/complaints is not here");
        return;
    };
    assert_eq!(texts.len(), 571);
    for stage in stages().await {
        file_all(&stage, &texts).await;
        let desk = CaseDesk { cases: stage.cases.clone(), evidence: stage.web.evidence.clone() };
        let own = officer(5, &[Role::CaseOfficer]);
        let mut lost = Vec::new();
        for text in texts.iter().step_by(if stage.url.is_some() { 20 } else { 5 }) {
            let lines = desk.inbox(&own, CaseScope::Free, &phrase(text)).await.unwrap();
            if lines.is_empty() {
                lost.push(phrase(text));
            }
        }
        assert_eq!(lost, [] as [String; 0]);
        assert!(desk.inbox(&own, CaseScope::Free, "没有人写过这句话").await.unwrap().is_empty());
        // what the public can open
        for path in ["/", "/search?q=%E6%85%95%E5%AE%B9", "/sitemap.xml", "/feeds/all.atom", "/api/v1/changes"] {
            let page = stage.get(path).await.body;
            assert!(MARKS.iter().all(|mark| !page.contains(mark)), "{path}");
        }
        let mut all = Vec::new();
        files(stage.dir.path(), &mut all);
        assert!(all.len() > 3);
        let phrases: Vec<String> = texts.iter().step_by(60).map(|text| phrase(text)).collect();
        for (path, bytes) in &all {
            for mark in MARKS.iter().copied().chain(phrases.iter().map(String::as_str)) {
                assert!(!holds(bytes, mark), "{mark} in {}", path.display());
            }
        }
    }
}
