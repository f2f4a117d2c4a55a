//! 50,000 entries.

use std::{fmt::Write, time::Instant};

use app::ports::{EntryQuery, Registers};

use super::stage::{CODE, stages};

/// A debug build takes some times as long, so it takes fewer.
const MANY: usize = if cfg!(debug_assertions) { 5_000 } else { 50_000 };

fn rows(changed: usize) -> String {
    (0..MANY).fold(String::new(), |mut rows, number| {
        let kind = ["大型", "中型", "小型"][number % 3];
        let score = if number < changed { number + 1 } else { number };
        let district = ["青禾区", "望江区", "石榴区", "松岭区"][number % 4];
        let _ = writeln!(
            rows,
            "{number},云川市第{number}号店,{kind},{score},,云川市{district}南门路{number}号,119.{number:06},31.75,,备注{number}"
        );
        rows
    })
}

#[tokio::test]
async fn many_entries_come_in_seconds() {
    for stage in stages().await {
        let started = Instant::now();
        let done = stage.publish(&rows(0)).await.unwrap();
        let first = started.elapsed();
        assert_eq!(done.difference.added, MANY);
        let started = Instant::now();
        let done = stage.publish(&rows(10)).await.unwrap();
        let second = started.elapsed();
        assert_eq!((done.difference.changed, done.difference.unchanged), (10, MANY - 10));
        let started = Instant::now();
        let query = EntryQuery {
            facets: vec![("district".into(), "青禾区".into())],
            text: "号店".into(),
            ..EntryQuery::default()
        };
        let found = stage.reader().entries(CODE, &query, None, 50).await.unwrap();
        assert_eq!(found.total, MANY as u64 / 4);
        let page = started.elapsed();
        eprintln!("{MANY} entries: first {first:?}, second {second:?}, page {page:?}");
        assert!(
            first.as_secs() < 15 && second.as_secs() < 15 && page.as_millis() < 1_500,
            "{first:?} {second:?} {page:?}"
        );
        stage.follow().await;
    }
}
