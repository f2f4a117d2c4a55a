//! Real notices and bulletins, entered as an officer would: published and found. The material stays outside the
//! repository; where it is absent this says so.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "desk_story/stage.rs"]
mod stage;

use std::{path::Path, sync::Arc};

use app::{
    domain::{publication::Kind, staff::Role},
    ports::{Desk, FindQuery, Finder, Notices, Typed},
};
use server::index::{Follower, IndexFinder, Standing};
use tokio::sync::watch;

use stage::{Story, officer, typed};

/// What an officer would take it for, title, publisher, text.
struct Real {
    kind: Kind,
    title: String,
    source: String,
    text: String,
}

fn kind_of(kind: &str) -> Kind {
    match kind {
        "consumer_tip" => Kind::Tip,
        "consumer_warning" => Kind::Warning,
        "bright_kitchen_explainer" => Kind::Article,
        _ => Kind::Notice,
    }
}

fn read() -> Option<Vec<Real>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/notices");
    let lines = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
    let json = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let text = |value: &serde_json::Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let mut all: Vec<Real> = lines("notices.jsonl")?
        .lines()
        .map(json)
        .map(|one| Real {
            kind: kind_of(one["type"].as_str().unwrap()),
            title: text(&one, "title"),
            source: text(&one, "org"),
            text: text(&one, "text"),
        })
        .collect();
    all.extend(lines("bulletins.jsonl")?.lines().map(json).map(|one| Real {
        kind: Kind::Notice,
        title: text(&one, "title"),
        source: text(&one, "source"),
        text: text(&one, "content"),
    }));
    Some(all)
}

/// A phrase of a text by which it must be found: the longest run of Han characters, cut to eight.
fn phrase(text: &str) -> String {
    let runs = text.split(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c));
    runs.max_by_key(|run| run.chars().count()).unwrap_or_default().chars().take(8).collect()
}

#[tokio::test]
async fn each_is_entered_published_and_found() {
    let Some(all) = read() else {
        eprintln!("../shared/data/notices is absent: real notices left out");
        return;
    };
    assert_eq!(all.len(), 29);
    let story: Story = stage::stories().await.remove(0);
    let (writer, reviewer) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
    let mut published = Vec::new();
    for real in &all {
        let fields = [("title", real.title.as_str()), ("source", &real.source), ("body", &real.text)];
        let mut entered = typed(&fields);
        let id = story.desk.begin(&writer, real.kind, &entered).await.unwrap();
        let sheet = story.desk.sheet(&writer, id).await.unwrap();
        let checks = &sheet.checks;
        assert!(checks.gaps.is_empty() && checks.disagreements.is_empty(), "{}: {checks:?}", real.title);
        assert!(checks.marks.iter().all(|one| !one.mark.datum.blocks()), "{}: {:?}", real.title, checks.marks);
        let confirmed = checks.marks.iter().map(|one| one.key.clone()).collect();
        entered = Typed { confirmed, ..entered };
        let version = story.desk.save(&writer, id, sheet.version, &entered).await.unwrap();
        story.approve(id, version, &writer, &reviewer).await;
        published.push((id, real));
    }
    let house = story.house();
    Follower::new(house.db.clone(), Arc::clone(&house.index)).catch_up().await.unwrap();
    let finder = IndexFinder::new(Arc::clone(&house.index), watch::channel(Standing::default()).1);
    for (id, real) in published {
        assert_eq!(story.db.notice(id).await.unwrap().notice.content.body, real.text.trim_end());
        for text in [real.title.clone(), phrase(&real.text)] {
            let found = finder.find(FindQuery { text: text.clone(), limit: 20, ..FindQuery::default() }).await.unwrap();
            assert!(found.hits.iter().any(|hit| hit.id == id.to_string()), "{} by {text}", real.title);
        }
    }
}
