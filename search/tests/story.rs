//! Firms, products, filters and pages, found the ways people look for them.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::collections::HashSet;

use search::{Cursor, Document, Error, Filters, Index, Query, Results, Sort, SuggestKind, Within};

fn sample(number: u32, product: &str, producer: &str, seller: &str, items: &[&str]) -> Document {
    let failed = !items.is_empty();
    Document {
        id: format!("sample:{number:06}"),
        group: format!("b{}", number / 10),
        kind: "sample".into(),
        title: product.into(),
        names: vec![producer.into(), seller.into()],
        items: items.iter().map(|item| (*item).into()).collect(),
        terms: vec!["500克/袋".into(), format!("DBJ2699{number:08}")],
        verdict: Some(if failed { "failed" } else { "passed" }.into()),
        category: Some(if number.is_multiple_of(2) { "调味品" } else { "粮食加工品" }.into()),
        families: if failed { vec!["additive".into(), "metal".into()] } else { Vec::new() },
        district: Some("青禾区".into()),
        body: Some("云川市市场监督管理局".into()),
        date: Some(20_000 + i32::try_from(number).unwrap()),
        payload: "{}".into(),
        ..Document::default()
    }
}

fn names() -> Vec<Document> {
    vec![
        sample(1, "酱油", "佛山市海天（高明）调味食品有限公司", "云川市永辉超市", &[]),
        sample(2, "土豆粉", "云川市青禾食品有限公司", "云川市幸福菜市场张三摊位", &["甜蜜素"]),
        sample(3, "馬鈴薯澱粉", "重庆长寿食品厂", "云川市学府路小学食堂", &["脱氧雪腐镰刀菌烯醇"]),
        sample(4, "大米", "云川市米业集团有限公司", "云川市永辉超市", &["镉"]),
        sample(5, "小麦粉", "云川市麦香面粉有限责任公司", "云川市大润发超市", &["二氧化硫残留量"]),
    ]
}

fn operator(name: &str) -> Document {
    Document {
        id: format!("operator:{name}"),
        kind: "operator".into(),
        title: name.into(),
        names: vec![name.into()],
        ..Document::default()
    }
}

fn index(documents: &[Document]) -> (Index, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open(dir.path()).unwrap();
    let mut writer = index.writer(20_000_000).unwrap();
    for document in documents {
        writer.add(document).unwrap();
    }
    writer.commit(7).unwrap();
    (index, dir)
}

fn find(index: &Index, text: &str) -> Results {
    index.search(&Query { text: text.into(), limit: 10, facets: true, snippets: true, ..Query::default() }).unwrap()
}

fn ids(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.id.as_str()).collect()
}

#[test]
fn names_are_found_as_people_type_them() {
    let (index, _dir) = index(&names());
    for (text, number) in [
        ("海天", 1),
        ("佛山市海天(高明)调味食品有限公司", 1),
        ("海 天 调 味", 1),
        ("佛山 海天", 1),
        ("海天調味", 1),
        ("海添调味", 1),
        ("佛山市嗨天调味食品有限公司", 1),
        ("htgm", 1),
        ("haitian", 1),
        ("cqcssp", 3),
        ("zqzssp", 3),
        ("ＤＢＪ２６９９００００００02", 2),
        ("环己基氨基磺酸钠", 2),
        ("呕吐毒素", 3),
        ("马铃薯", 2),
        ("马铃薯淀粉", 3),
        ("“二氧化硫残留量”", 5),
    ] {
        let results = find(&index, text);
        let expected = format!("sample:{number:06}");
        assert!(ids(&results).contains(&expected.as_str()), "{text}: {:?}", ids(&results));
    }
}

#[test]
fn minus_and_phrases_narrow() {
    let (index, _dir) = index(&names());
    assert_eq!(find(&index, "云川市 超市").total, 3);
    let results = find(&index, "云川市 超市 -永辉");
    assert_eq!((results.total, results.relaxed_after, ids(&results)[0]), (1, Some(1), "sample:000005"));
    assert!(!ids(&results).contains(&"sample:000001"), "-永辉 holds for relaxed hits too");
    assert_eq!(find(&index, "“永辉超市”").total, 2);
    assert_eq!(find(&index, "“辉永”").total, 0);
    assert_eq!(find(&index, "-永辉").total, 3);
    assert_eq!(find(&index, "！！？").total, 0);
}

#[test]
fn relaxed_hits_stand_after_the_strict_ones() {
    let (index, _dir) = index(&names());
    let results = find(&index, "青禾食品");
    assert_eq!((results.total, ids(&results)[0]), (1, "sample:000002"));
    let results = find(&index, "海天味业");
    assert_eq!(results.relaxed_after, Some(0));
    let results = find(&index, "麦响面粉");
    assert_eq!(results.did_you_mean.as_deref(), Some("麦香面粉"));
}

#[test]
fn marks_and_snippets_show_what_matched() {
    let (index, _dir) = index(&names());
    let results = find(&index, "海天");
    let marked: String = results.hits[0].snippet.iter().filter(|f| f.hit).map(|f| f.text.as_str()).collect();
    assert_eq!(marked, "海天");
}

#[test]
fn suggestions_come_from_what_is_there() {
    let mut documents = names();
    documents.extend([operator("云川市永辉超市"), operator("佛山市海天（高明）调味食品有限公司")]);
    let (index, _dir) = index(&documents);
    let first = |prefix: &str| index.suggest(prefix, 5).unwrap().into_iter().map(|s| (s.text, s.kind, s.count)).next();
    let hai_tian = Some(("佛山市海天（高明）调味食品有限公司".into(), SuggestKind::Name, 1));
    assert_eq!((first("海天"), first("佛山市海")), (hai_tian.clone(), hai_tian));
    assert_eq!(first("永辉"), Some(("云川市永辉超市".into(), SuggestKind::Name, 2)));
    assert_eq!(first("dami"), Some(("大米".into(), SuggestKind::Product, 1)));
    assert_eq!(first("tms"), Some(("甜蜜素".into(), SuggestKind::Item, 1)));
    assert_eq!(first("没有"), None);
    let mut writer = index.writer(20_000_000).unwrap();
    writer.delete("sample:000002");
    writer.commit(8).unwrap();
    assert_eq!(first("tms"), None);
}

#[test]
fn groups_go_and_positions_stay() {
    let documents: Vec<Document> = (0..40).map(|n| sample(n, "大米", "云川米业", "永辉", &[])).collect();
    let (index, dir) = index(&documents);
    assert_eq!(index.position().unwrap(), 7);
    assert!(index.writer(20_000_000).is_ok());
    let mut writer = index.writer(20_000_000).unwrap();
    assert!(matches!(index.writer(20_000_000), Err(Error::Locked)));
    writer.delete_group("b2");
    writer.commit(9).unwrap();
    drop(writer);
    let again = Index::open(dir.path()).unwrap();
    assert_eq!((again.position().unwrap(), again.len()), (9, 30));
    let entries = again.entries().unwrap();
    assert_eq!(entries.len(), 30);
    let known: HashSet<(String, u64)> = documents.iter().map(|d| (d.id.clone(), d.fingerprint())).collect();
    assert!(entries.iter().all(|entry| known.contains(entry)));
}

#[test]
fn a_damaged_index_is_told() {
    let (index, dir) = index(&names());
    index.validate().unwrap();
    drop(index);
    std::fs::write(dir.path().join("meta.json"), "{").unwrap();
    assert!(matches!(Index::open(dir.path()), Err(Error::Corrupt(_) | Error::Tantivy(_))));
    let (index, dir) = self::index(&names());
    drop(index);
    std::fs::write(dir.path().join("made-by.json"), r#"{"version":0}"#).unwrap();
    assert!(matches!(Index::open(dir.path()), Err(Error::Schema(_))));
}

/// A small generator of documents and queries; tests give the seed.
fn numbers(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    }
}

fn random_documents(seed: u64, count: u32) -> Vec<Document> {
    let mut next = numbers(seed);
    (0..count)
        .map(|number| {
            let product = ["大米", "酱油", "大米粉", "香油"][usize::try_from(next(4)).unwrap()];
            let mut document = sample(number, product, "云川米业", "永辉", if next(3) == 0 { &["铅"] } else { &[] });
            document.district.clone_from(
                &[None, Some("青禾区".to_owned()), Some("南山县".to_owned())][usize::try_from(next(3)).unwrap()],
            );
            document.date = Some(19_000 + i32::try_from(next(900)).unwrap());
            document
        })
        .collect()
}

fn holds(document: &Document, filters: &Filters) -> bool {
    let one = |list: &Vec<String>, value: &Option<String>| {
        list.is_empty() || value.as_ref().is_some_and(|v| list.contains(v))
    };
    one(&filters.verdict, &document.verdict)
        && one(&filters.district, &document.district)
        && one(&filters.category, &document.category)
        && (filters.family.is_empty() || document.families.iter().any(|family| filters.family.contains(family)))
        && filters.from.is_none_or(|from| document.date.unwrap() >= from)
        && filters.to.is_none_or(|to| document.date.unwrap() <= to)
}

#[test]
fn facets_equal_a_recount() {
    let documents = random_documents(3, 600);
    let (index, _dir) = index(&documents[..400]);
    let mut writer = index.writer(20_000_000).unwrap();
    for document in &documents[400..] {
        writer.add(document).unwrap();
    }
    for gone in &documents[..50] {
        writer.delete(&gone.id);
    }
    writer.commit(8).unwrap();
    let live = &documents[50..];
    let all: [Filters; 5] = [
        Filters::default(),
        Filters { verdict: vec!["failed".into()], ..Filters::default() },
        Filters {
            verdict: vec!["failed".into()],
            district: vec!["青禾区".into(), "南山县".into()],
            ..Filters::default()
        },
        Filters { family: vec!["metal".into()], category: vec!["调味品".into()], ..Filters::default() },
        Filters { from: Some(19_200), to: Some(19_600), verdict: vec!["passed".into()], ..Filters::default() },
    ];
    for (text, word) in [("", ""), ("大米", "大米"), ("米业", "")] {
        for filters in &all {
            let query =
                Query { text: text.into(), filters: filters.clone(), limit: 10, facets: true, ..Query::default() };
            let results = index.search(&query).unwrap();
            let matching = || live.iter().filter(|d| d.title.contains(word));
            let count = |test: &dyn Fn(&Document) -> bool| matching().filter(|d| test(d)).count() as u64;
            assert_eq!(results.total, count(&|d| holds(d, filters)), "{text} {filters:?}");
            let others = Filters { verdict: Vec::new(), ..filters.clone() };
            for (value, found) in &results.facets.verdict {
                assert_eq!(
                    *found,
                    count(&|d| holds(d, &others) && d.verdict.as_ref() == Some(value)),
                    "{text} {value}"
                );
            }
            let others = Filters { district: Vec::new(), ..filters.clone() };
            for (value, found) in &results.facets.district {
                assert_eq!(
                    *found,
                    count(&|d| holds(d, &others) && d.district.as_ref() == Some(value)),
                    "{text} {value}"
                );
            }
            let others = Filters { family: Vec::new(), ..filters.clone() };
            for (value, found) in &results.facets.family {
                assert_eq!(*found, count(&|d| holds(d, &others) && d.families.contains(value)), "{text} {value}");
            }
        }
    }
}

#[test]
fn pages_give_each_hit_once_in_the_order_of_one_long_page() {
    let documents = random_documents(5, 500);
    let (index, _dir) = index(&documents);
    for (text, sort) in
        [("", Sort::Newest), ("大米", Sort::Relevance), ("大米", Sort::Newest), ("米业 永辉", Sort::Relevance)]
    {
        let query = Query { text: text.into(), sort, limit: 500, ..Query::default() };
        let long = index.search(&query).unwrap();
        let expected: Vec<String> = long.hits.iter().map(|hit| hit.id.clone()).collect();
        assert_eq!(long.total, expected.len() as u64, "{text}");
        let mut pages = Vec::new();
        let mut after: Option<Cursor> = None;
        loop {
            let page = index.search(&Query { limit: 7, after, ..query.clone() }).unwrap();
            pages.extend(page.hits.iter().map(|hit| hit.id.clone()));
            after = page.next.map(|cursor| cursor.to_string().parse().unwrap());
            if after.is_none() {
                break;
            }
        }
        assert_eq!(pages, expected, "{text} {sort:?}");
    }
}

#[test]
fn a_search_within_a_few_documents_asks_for_every_word() {
    let (index, _dir) = index(&names());
    let within = |text: &str, filters: Filters, ids: &[&str], groups: &[&str]| -> Vec<String> {
        let only = Within {
            ids: ids.iter().map(|id| (*id).to_owned()).collect(),
            groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        };
        let query = Query { text: text.into(), filters, limit: 100, ..Query::default() };
        let found = index.search_within(&query, &only).unwrap();
        assert_eq!(found.total, found.hits.len() as u64);
        found.hits.into_iter().map(|hit| hit.id).collect()
    };
    let all = Filters::default;
    // samples 1 to 5 are of the group b0
    assert_eq!(within("大米", all(), &[], &["b0"]), ["sample:000004"]);
    assert_eq!(within("大米", all(), &["sample:000004"], &[]), ["sample:000004"]);
    assert!(within("大米", all(), &["sample:000005"], &[]).is_empty());
    assert!(within("大米", all(), &[], &["b1"]).is_empty());
    assert!(within("大米", all(), &[], &[]).is_empty());
    // neither a part of the words nor a question in lay words is enough, though a search would show both
    assert!(within("大米饭", all(), &[], &["b0"]).is_empty());
    assert!(!index.search(&Query { text: "大米饭".into(), limit: 10, ..Query::default() }).unwrap().hits.is_empty());
    assert!(within("大米吃了会不会中毒怎么办", all(), &[], &["b0"]).is_empty());
    assert_eq!(within("大米 -永辉", all(), &[], &["b0"]), Vec::<String>::new());
    let failed = || Filters { verdict: vec!["failed".into()], ..Filters::default() };
    assert_eq!(within("", failed(), &["sample:000001", "sample:000002"], &[]), ["sample:000002"]);
    // the newest first, and days count
    assert_eq!(within("", all(), &["sample:000001", "sample:000003"], &[]), ["sample:000003", "sample:000001"]);
    let from = Filters { from: Some(20_003), ..Filters::default() };
    assert_eq!(within("", from, &[], &["b0"]), ["sample:000005", "sample:000004", "sample:000003"]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]
    #[test]
    fn any_text_has_an_answer(text in "[\\PC“”\"\\- 海天大米a-z0-9]{0,40}") {
        static INDEX: std::sync::LazyLock<(Index, tempfile::TempDir)> = std::sync::LazyLock::new(|| index(&names()));
        find(&INDEX.0, &text);
        INDEX.0.suggest(&text, 5).unwrap();
    }
}
