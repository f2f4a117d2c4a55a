//! Edition by edition: what changes, what stays, who the operators are.

use app::{
    domain::{act::Act, register::Shows},
    ports::{Directory, EntryOrder, EntryQuery, FindQuery, Finder, Notices, PortError, Registers},
};
use server::{
    index::{IndexFinder, Standing},
    registers::Refused,
    store::EntryDifference,
};
use tokio::sync::watch;

use super::stage::{CODE, HEAD, Stage, stages};

fn difference(added: usize, changed: usize, unchanged: usize, removed: usize) -> EntryDifference {
    EntryDifference { added, changed, unchanged, removed }
}

#[tokio::test]
async fn an_edition_changes_only_what_differs() {
    for stage in stages().await {
        let first = stage.publish("1,甲店,大型,3,,,,,,\n2,乙店,小型,20,,,,,,\n3,丙店,中型,,,,,,,\n").await.unwrap();
        assert_eq!(first.difference, difference(3, 0, 0, 0));
        let before = stage.all().await;
        let names = |entries: &[app::ports::RegisterEntry]| -> Vec<String> {
            entries.iter().map(|entry| entry.title.clone()).collect()
        };
        assert_eq!(names(&before), ["甲店", "乙店", "丙店"]);
        // one before all, one changed, one gone, one as it was although another line
        let second = stage.publish("0,零店,大型,,,,,,,\n1, 甲店 ,大型,3,,,,,,\n2,乙店,大型,20,,,,,,\n").await.unwrap();
        assert_eq!((second.id, second.difference), (first.id, difference(1, 1, 1, 1)));
        let after = stage.all().await;
        assert_eq!(names(&after), ["零店", "甲店", "乙店"]);
        assert_eq!((after[1].id, after[2].id), (before[0].id, before[1].id));
        assert_eq!(after[2].value("kind"), Some("big"));
        assert_eq!(after[2].said("kind"), Some("大型"));

        let reader = stage.reader();
        let full = reader.register(CODE).await.unwrap();
        let acts: Vec<Act> = full.revisions.iter().map(|revision| revision.act).collect();
        assert_eq!(acts, [Act::Correct, Act::Publish]);
        let Err(PortError::Gone(gone)) = reader.entry(CODE, before[2].id).await else { panic!("still there") };
        assert_eq!(gone.place, full.revisions[0].place);
        assert!(matches!(reader.entry("small-trades", before[0].id).await, Err(PortError::NotFound)));
        assert!(matches!(reader.entry(CODE, uuid::Uuid::from_u128(9)).await, Err(PortError::NotFound)));
        // its publication's id leads there too
        assert_eq!(reader.register(&first.id.to_string()).await.unwrap().line.code, CODE);
        let earlier = stage.house.db.earlier(first.id, 2).await.unwrap();
        assert_eq!(
            earlier.content.unwrap()["changes"],
            serde_json::json!({"added": 1, "changed": 1, "unchanged": 1, "removed": 1})
        );
        assert_eq!(earlier.lines.len(), 3);
        stage.follow().await;
    }
}

#[tokio::test]
async fn a_file_with_one_wrong_row_changes_nothing() {
    for stage in stages().await {
        stage.publish("1,甲店,大型,3,,,,,,\n").await.unwrap();
        let position = stage.house.db.feed_position().await.unwrap();
        for rows in [
            "1,甲店,巨型,3,,,,,,\n2,乙店,小型,,,,,,,\n",
            "1,,大型,3,,,,,,\n",
            "1,甲店,大型,三,,,,,,\n",
            "1,甲店,大型,,,,,,2026-13-01,\n",
            "1,甲店,,,,,,,,\n1,乙店,,,,,,,,\n",
            "1,甲店,,,,,,,,联系人 13812345678\n",
        ] {
            let refused = stage.publish(rows).await.unwrap_err();
            assert!(matches!(refused, Refused::Errors(1..)), "{rows}: {refused}");
        }
        assert!(matches!(stage.publish_file("nothing", HEAD.as_bytes()).await, Err(Refused::Unknown(_))));
        assert!(matches!(stage.publish_file(CODE, b"").await, Err(Refused::File(_))));
        assert!(matches!(stage.publish_file(CODE, "a,b\n1,2\n".as_bytes()).await, Err(Refused::File(_))));
        assert_eq!(stage.house.db.feed_position().await.unwrap(), position);
        assert_eq!(stage.all().await.len(), 1);
        // an empty edition is one: it removes everything, and the list hides the register
        assert_eq!(stage.publish("").await.unwrap().difference, difference(0, 0, 0, 1));
        assert!(stage.reader().registers().await.unwrap().is_empty());
        assert_eq!(stage.reader().register(CODE).await.unwrap().line.entries, 0);
    }
}

async fn operator(stage: &Stage, name: &str) -> Option<app::ports::OperatorLine> {
    let all = stage.house.db.operators(None, 100).await.unwrap().items;
    all.into_iter().find(|operator| operator.name == name)
}

#[tokio::test]
async fn entries_make_operators_and_hide_them_again() {
    const CODE_A: &str = "91000000MA0000001R";
    const CODE_B: &str = "92000000MA0000002R";
    for stage in stages().await {
        let rows = format!(
            "1,同名商行,大型,,{CODE_A},云川市青禾区南门路1号,119.95,31.75,,\n\
             2,同名商行,小型,,{CODE_B},云川市望江区渡口街2号,,,,\n3,云川市同名商行,小型,,{CODE_A},,,,,\n4, 云川市丁丁 粮油有限公司,中型,,,,,,,\n5,云川市丁丁粮油有限公司,中型,,,,,,,\n"
        );
        stage.publish(&rows).await.unwrap();
        let all = stage.all().await;
        let of = |place: usize| all[place].operator.unwrap();
        assert_ne!(of(0), of(1), "another code is another operator");
        assert_eq!(of(0), of(2), "one code is one operator, whatever the name is");
        assert_eq!(of(3), of(4), "one name is one operator");
        let operators = stage.house.db.operators(None, 100).await.unwrap().items;
        assert_eq!(operators.len(), 3);
        let found = stage.house.db.operator(of(0)).await.unwrap();
        assert_eq!(
            (found.uscc.as_deref(), found.line.address.as_deref()),
            (Some(CODE_A), Some("云川市青禾区南门路1号"))
        );
        let entries = stage.reader().entries_of(of(0)).await.unwrap();
        assert_eq!((entries.len(), entries[0].shows, entries[0].register_name.as_str()), (2, Shows::Plain, "测试名册"));
        let newest = stage.reader().newest_of(&[of(0), of(1)], Shows::Plain).await.unwrap();
        assert_eq!(newest.len(), 2);
        assert!(stage.reader().newest_of(&[of(0)], Shows::YearlyGrade).await.unwrap().is_empty());
        // the second entry says more of an operator than the first did
        let more = format!("{rows}6,云川市丁丁粮油有限公司,中型,,,云川市石榴区石桥路3号,119.9,31.7,,\n");
        stage.publish(&more).await.unwrap();
        assert_eq!(
            operator(&stage, "云川市丁丁 粮油有限公司").await.unwrap().address.as_deref(),
            Some("云川市石榴区石桥路3号")
        );
        stage.follow().await;
        stage.publish("4,云川市丁丁粮油有限公司,中型,,,,,,,\n").await.unwrap();
        assert_eq!(stage.house.db.operators(None, 100).await.unwrap().items.len(), 1);
        assert!(stage.house.db.operator(of(0)).await.is_err(), "nothing public is left of it");
        stage.follow().await;
    }
}

#[tokio::test]
async fn searching_within_counting_and_sorting() {
    for stage in stages().await {
        stage
            .publish(
                "1,晨炊面馆,大型,3,,云川市青禾区南门路1号,,,,JY2099%_x\n2,远山饭店,小型,20,,云川市望江区渡口街2号,,,,\n\
                 3,晨炊饭店,小型,-5,,云川市青禾区石桥路3号,,,,\n4,竹篱小吃,,,,,119.9,31.7,,\n",
            )
            .await
            .unwrap();
        let titles = |query: EntryQuery| {
            let stage = &stage;
            async move {
                let found = stage.entries(&query).await;
                assert_eq!(found.total, found.page.items.len() as u64);
                found.page.items.into_iter().map(|entry| entry.title).collect::<Vec<_>>()
            }
        };
        let text = |text: &str| EntryQuery { text: text.into(), ..EntryQuery::default() };
        let facet = |code: &str, value: &str| (code.to_owned(), value.to_owned());
        assert_eq!(titles(text("晨炊")).await, ["晨炊面馆", "晨炊饭店"]);
        assert_eq!(titles(text("晨炊 石桥")).await, ["晨炊饭店"]);
        assert_eq!(titles(text("ｊｙ2099%_X")).await, ["晨炊面馆"], "width and case don't matter");
        assert_eq!(titles(text("2099__")).await, [""; 0], "signs of patterns are signs");
        assert_eq!(titles(text("小型")).await.len(), 2, "choices are found by their labels");
        let both = EntryQuery { facets: vec![facet("district", "青禾区"), facet("grade", "small")], ..text("") };
        assert_eq!(titles(both.clone()).await, ["晨炊饭店"]);
        let found = stage.entries(&both).await;
        let values = |code: &str| {
            let facet = found.facets.iter().find(|facet| facet.code == code).unwrap();
            facet.values.iter().map(|value| (value.name.clone(), value.count)).collect::<Vec<_>>()
        };
        assert_eq!(values("grade"), [("大型".to_owned(), 1), ("小型".into(), 1)], "in the district, whatever the kind");
        assert_eq!(values("district"), [("望江区".to_owned(), 1), ("青禾区".into(), 1)]);
        let sorted = |order| EntryQuery { order, ..EntryQuery::default() };
        assert_eq!(
            titles(sorted(EntryOrder::Up("score".into()))).await,
            ["晨炊饭店", "晨炊面馆", "远山饭店", "竹篱小吃"],
            "numbers are numbers, nothing is last"
        );
        assert_eq!(
            titles(sorted(EntryOrder::Down("grade".into()))).await,
            ["远山饭店", "晨炊饭店", "晨炊面馆", "竹篱小吃"],
            "choices are in their own order"
        );
        assert_eq!(titles(EntryQuery { with_point: true, ..EntryQuery::default() }).await, ["竹篱小吃"]);
        let reader = stage.reader();
        let bad = [
            EntryQuery { facets: vec![facet("remark", "x")], ..EntryQuery::default() },
            sorted(EntryOrder::Up("remark".into())),
            sorted(EntryOrder::Up("x' --".into())),
        ];
        for query in bad {
            assert!(matches!(reader.entries(CODE, &query, None, 9).await, Err(PortError::Invalid(_))), "{query:?}");
        }
        for after in ["", "x", "p1", "p1_x", "s-1", "s1"] {
            let given = reader.entries(CODE, &EntryQuery::default(), Some(after), 9).await;
            assert!(matches!(given, Err(PortError::Invalid(_))), "{after}");
        }

        // and in the main index
        let standing = stage.follow().await;
        let finder =
            IndexFinder::new(std::sync::Arc::clone(&stage.house.index), watch::channel(Standing { ..standing }).1);
        let query = FindQuery::from_pairs([("q", "晨炊"), ("kind", "register")]).unwrap();
        let found = finder.find(query).await.unwrap();
        assert_eq!(found.total, 2);
        let hit = &found.hits[0];
        assert_eq!((hit.register.as_deref(), hit.district.as_deref()), (Some("测试名册"), Some("青禾区")));
        assert!(hit.url.starts_with("/registers/test-list/"));
        let query = FindQuery::from_pairs([("q", "测试名册")]).unwrap();
        assert!(finder.find(query).await.unwrap().hits.iter().any(|hit| hit.url.contains("/registers/")));
    }
}
