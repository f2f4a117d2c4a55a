//! Places found by name, kind, district and distance; against a slow way to do the same.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use proptest::{collection::vec, prelude::*};
use search::{Document, Filters, Index, Near, Point, Query, Results};

const DISTRICTS: [&str; 3] = ["青禾区", "望江区", "柳湾县"];
const KINDS: [&str; 3] = ["school_canteen", "catering", "seller"];

fn place(number: usize, name: &str, alias: Option<&str>, point: Option<Point>) -> Document {
    Document {
        id: format!("operator:{number:04}"),
        kind: "operator".into(),
        title: name.into(),
        names: [Some(name), alias].into_iter().flatten().map(str::to_owned).collect(),
        terms: vec![format!("云川市{}学府路{number}号", DISTRICTS[number % 3])],
        district: Some(DISTRICTS[number % 3].into()),
        place: Some(KINDS[number / 3 % 3].into()),
        point,
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
    writer.commit(1).unwrap();
    (index, dir)
}

fn only_places() -> Query {
    Query { only: Some("operator".into()), limit: 10, facets: true, ..Query::default() }
}

fn ids(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.id.as_str()).collect()
}

fn named() -> Vec<Document> {
    let mut documents = vec![
        place(0, "云川市青禾区第一小学食堂", Some("青禾一小食堂"), None),
        place(1, "望江区知味面馆", None, None),
        place(2, "柳湾县重庆火锅店", None, None),
        place(3, "云川市禾香源超市有限公司", Some("老味道杂货铺"), None),
    ];
    documents.push(Document {
        kind: "sample".into(),
        id: "sample:1".into(),
        ..place(0, "青禾区第一小学食堂的米饭", None, None)
    });
    documents
}

#[test]
fn names_aliases_sounds_and_slips() {
    let (index, _dir) = index(&named());
    for (text, found) in [
        ("第一小学", "operator:0000"),
        ("青禾一小", "operator:0000"),
        ("qinghe", "operator:0000"),
        ("qhyx", "operator:0000"),
        ("第一小學食堂", "operator:0000"),
        ("zwmg", "operator:0001"),
        ("zhiwei", "operator:0001"),
        ("知为面馆", "operator:0001"),
        ("cqhg", "operator:0002"),
        ("老味道", "operator:0003"),
        ("ＬＷＤ", "operator:0003"),
        ("望江区学府路1号", "operator:0001"),
    ] {
        let results = index.search(&Query { text: text.into(), ..only_places() }).unwrap();
        assert_eq!(ids(&results).first(), Some(&found), "{text}");
        assert!(results.hits.iter().all(|hit| hit.kind == "operator"), "{text}");
    }
}

#[test]
fn one_kind_is_listed_and_counted_alone() {
    let (index, _dir) = index(&named());
    let all = index.search(&only_places()).unwrap();
    assert_eq!((all.total, all.hits.len()), (4, 4));
    assert_eq!(all.facets.kind, [("operator".to_owned(), 4)]);
    assert_eq!(all.facets.place, [("school_canteen".to_owned(), 3), ("catering".to_owned(), 1)]);
    let filters = Filters { district: vec!["青禾区".into()], ..Filters::default() };
    let some = index.search(&Query { filters, ..only_places() }).unwrap();
    assert_eq!(ids(&some).len(), 2);
    let of = |results: &Results, name: &str| results.facets.district.iter().find(|one| one.0 == name).unwrap().1;
    assert_eq!((of(&some, "青禾区"), of(&some, "望江区")), (2, 1));
    let none = index.search(&Query { only: Some("nothing".into()), ..only_places() }).unwrap();
    assert_eq!((none.total, none.hits.len()), (0, 0));
}

#[test]
fn what_has_no_place_is_never_near() {
    let (index, _dir) = index(&named());
    let near = Some(Near { point: Point { lat_e6: 31_750_000, lon_e6: 119_950_000 }, metres: None });
    for text in ["", "青禾", "zwmg"] {
        let found = index.search(&Query { text: text.into(), near, ..only_places() }).unwrap();
        assert_eq!((found.total, found.hits.len()), (0, 0), "{text:?}");
    }
}

/// All hits page by page.
fn pages(index: &Index, query: &Query) -> (u64, Vec<String>) {
    let (mut query, mut all, mut total) = (query.clone(), Vec::new(), None);
    loop {
        let found = index.search(&query).unwrap();
        total.get_or_insert(found.total);
        all.extend(found.hits.into_iter().map(|hit| hit.id));
        match found.next {
            Some(next) => query.after = Some(next),
            None => return (total.unwrap(), all),
        }
    }
}

fn points() -> impl Strategy<Value = Vec<Option<(i32, i32)>>> {
    // a grid so coarse that distances are often equal, and one that is fine
    let coarse = (0..6_i32, 0..6_i32).prop_map(|(lat, lon)| (31_700_000 + lat * 10_000, 119_900_000 + lon * 10_000));
    let fine = (31_600_000..31_900_000_i32, 119_700_000..120_100_000_i32);
    vec(proptest::option::weighted(0.9, prop_oneof![coarse, fine]), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn near_is_what_a_slow_look_at_all_finds(
        points in points(),
        at in (31_600_000..31_900_000_i32, 119_700_000..120_100_000_i32),
        metres in proptest::option::of(0..40_000_u32),
        district in proptest::option::of(0..3_usize),
        kind in proptest::option::of(0..3_usize),
        limit in 1..9_usize,
        worded in any::<bool>(),
    ) {
        let documents: Vec<Document> = points
            .iter()
            .enumerate()
            .map(|(number, point)| {
                let point = point.map(|(lat_e6, lon_e6)| Point { lat_e6, lon_e6 });
                place(number, if number % 2 == 0 { "知味小厨面馆" } else { "学府路集市超市" }, None, point)
            })
            .collect();
        let (index, _dir) = index(&documents);
        let middle = Point { lat_e6: at.0, lon_e6: at.1 };
        let query = Query {
            text: if worded { "小厨面馆".into() } else { String::new() },
            near: Some(Near { point: middle, metres }),
            filters: Filters {
                district: district.map(|one| DISTRICTS[one].to_owned()).into_iter().collect(),
                place: kind.map(|one| KINDS[one].to_owned()).into_iter().collect(),
                ..Filters::default()
            },
            limit,
            ..only_places()
        };
        let (total, found) = pages(&index, &query);
        let wanted: std::collections::HashMap<&str, f64> = documents
            .iter()
            .filter(|one| !worded || one.title == "知味小厨面馆")
            .filter(|one| district.is_none_or(|place| one.district.as_deref() == Some(DISTRICTS[place])))
            .filter(|one| kind.is_none_or(|place| one.place.as_deref() == Some(KINDS[place])))
            .filter_map(|one| Some((one.id.as_str(), one.point?.metres_to(middle))))
            .filter(|(_, distance)| metres.is_none_or(|most| *distance <= f64::from(most)))
            .collect();
        prop_assert_eq!(total, wanted.len() as u64);
        let known: std::collections::HashSet<&str> = found.iter().map(String::as_str).collect();
        prop_assert_eq!(known, wanted.keys().copied().collect::<std::collections::HashSet<&str>>());
        prop_assert_eq!(found.len(), wanted.len());
        for pair in found.windows(2) {
            // an order to a decimetre
            prop_assert!(wanted[pair[0].as_str()] <= wanted[pair[1].as_str()] + 0.11);
        }
    }
}
