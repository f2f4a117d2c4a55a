//! Every shipped register from a generated sheet to the public and back.

use app::ports::{EntryQuery, Notices, Registers};
use server::{demo, tlog::root_of_lines};

use super::stage::stages;

#[tokio::test]
async fn every_shipped_register_goes_round() {
    for stage in stages().await {
        let today = stage.house.clock.today();
        let definitions = stage.house.registers.all().iter().map(|register| &**register);
        let editions = demo::editions(7, today, definitions);
        // all but the test's own
        assert_eq!(editions.len(), stage.house.registers.all().len() - 1);
        let reader = stage.reader();
        for edition in &editions {
            let code = edition.register.as_str();
            let rows = csv::ReaderBuilder::new().from_reader(edition.bytes.as_slice()).records().count();
            let done = stage.publish_file(code, &edition.bytes).await.unwrap_or_else(|error| panic!("{code}: {error}"));
            assert_eq!((done.difference.added, done.difference.removed), (rows, 0), "{code}");
            let again = stage.publish_file(code, &edition.bytes).await.unwrap();
            assert_eq!((again.difference.unchanged, again.position), (rows, done.position), "{code}: twice is once");

            let full = reader.register(code).await.unwrap();
            assert_eq!((full.line.entries, full.revisions.len()), (rows as u64, 1), "{code}");
            let entries = reader.all_entries(code, None, 10_000).await.unwrap().items;
            assert_eq!(entries.len(), rows, "{code}");
            assert!(entries.iter().all(|entry| !entry.title.is_empty() && !entry.cells.is_empty()), "{code}");
            let with_point = entries.iter().filter(|entry| entry.point.is_some()).count();
            assert_eq!(full.line.points, with_point as u64, "{code}");

            // facets count what is there
            let found = reader.entries(code, &EntryQuery::default(), None, 10).await.unwrap();
            assert_eq!(found.total, rows as u64, "{code}");
            for facet in &found.facets {
                for value in &facet.values {
                    let query =
                        EntryQuery { facets: vec![(facet.code.clone(), value.value.clone())], ..EntryQuery::default() };
                    let narrowed = reader.entries(code, &query, None, 200).await.unwrap();
                    assert_eq!(narrowed.total, value.count, "{code} {} {}", facet.code, value.value);
                    assert_eq!(narrowed.page.items.len() as u64, value.count.min(200), "{code}");
                }
            }
            // pages follow each other without loss, in every order
            let mut orders = vec![app::ports::EntryOrder::Given];
            let sorted = full.definition.columns.iter().filter(|column| column.sortable);
            orders.extend(sorted.map(|column| app::ports::EntryOrder::Down(column.code.clone())));
            for order in orders {
                let query = EntryQuery { order, ..EntryQuery::default() };
                let (mut seen, mut after) = (std::collections::BTreeSet::new(), None);
                loop {
                    let page = reader.entries(code, &query, after.as_deref(), 7).await.unwrap().page;
                    seen.extend(page.items.iter().map(|entry| entry.id));
                    after = page.next;
                    if after.is_none() {
                        break;
                    }
                }
                assert_eq!(seen.len(), rows, "{code} {query:?}");
            }
            // what the public log keeps is what is shown
            let record = stage.house.db.log_record(full.line.id, 1, true).await.unwrap().unwrap();
            let content: serde_json::Value = serde_json::from_str(record.content.as_ref().unwrap()).unwrap();
            let lines = record.lines.unwrap();
            let root = root_of_lines(lines.iter().map(String::as_str));
            assert_eq!(content["entries"]["root"].as_str(), Some(root.as_str()), "{code}");
            assert!(lines.is_sorted() && content["table"].is_null(), "{code}");
            for (entry, value) in entries.iter().flat_map(|entry| entry.cells.iter().map(move |cell| (entry, cell))) {
                let said = format!("\"{}\":{}", value.column, serde_json::Value::from(value.value.as_str()));
                assert!(lines.iter().any(|line| line.contains(&said)), "{code} {} {said}", entry.title);
            }
        }
        assert_eq!(reader.registers().await.unwrap().len(), editions.len());
        assert_eq!(stage.house.db.notice_counts().await.unwrap(), [(app::domain::publication::Kind::Register, 23)]);
        stage.follow().await;
    }
}
