//! The real tables of `shared/data`, where they are.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use app::domain::sample::Verdict;
use chrono::{Datelike, NaiveDate};
use server::import::{Options, Reading, RowSample, Severity, read};

fn file(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(name);
    let found = beside.exists().then_some(beside);
    if found.is_none() {
        eprintln!("left out: shared/data/{name} is not here");
    }
    found
}

fn options() -> Options {
    Options {
        today: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        published_on: None,
        title: None,
        mapping: Vec::new(),
    }
}

fn reading(path: &Path) -> Reading {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    read(&name, &std::fs::read(path).unwrap(), &options(), &mut |_| ()).unwrap()
}

fn errors(reading: &Reading) -> usize {
    reading
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.problems)
        .filter(|problem| problem.severity == Severity::Error)
        .count()
}

fn samples(reading: &Reading) -> impl Iterator<Item = &RowSample> {
    reading.sheets.iter().flat_map(|sheet| &sheet.samples)
}

#[test]
fn forty_failed_samples() {
    let Some(path) = file("spreadsheets/F1_不合格_标准表头.xlsx") else { return };
    let reading = reading(&path);
    assert_eq!((samples(&reading).count(), errors(&reading)), (40, 0));
    for row in samples(&reading) {
        assert_eq!(row.sample.verdict, Some(Verdict::Failed));
        assert!(!row.sample.failed_items.is_empty(), "{row:?}");
    }
    let first = &samples(&reading).next().unwrap().sample;
    assert_eq!(first.product, "粉条");
    assert_eq!(first.producer.name.as_deref(), Some("太原市尖草坪区天天昌盛食品加工坊"));
    assert_eq!((first.producer.address.as_ref(), first.brand.as_ref()), (None, None));
    let item = &first.failed_items[0];
    assert_eq!(item.item, "山梨酸及其钾盐（以山梨酸计）");
    assert_eq!((item.result.as_deref(), item.limit.as_deref()), (Some("0.161g/kg"), Some("不得使用")));
    assert_eq!(first.notice_number.as_deref(), Some("2026年第1期"));
}

#[test]
fn six_hundred_passed_samples_below_a_title() {
    let Some(path) = file("spreadsheets/F2_合格_一行标题.xlsx") else { return };
    let reading = reading(&path);
    assert_eq!((samples(&reading).count(), errors(&reading)), (600, 0));
    assert!(samples(&reading).all(|row| row.sample.verdict == Some(Verdict::Passed)));
    assert_eq!(reading.title.as_deref(), Some("食品监督抽检合格产品信息"));
    let first = &samples(&reading).next().unwrap().sample;
    assert_eq!((first.seller.province.as_deref(), first.producer.name.as_ref()), (Some("陕西"), None));
}

#[test]
fn nine_thousand_tested_items() {
    let Some(path) = file("sampling/results.csv") else { return };
    let reading = reading(&path);
    assert_eq!(errors(&reading), 0, "{:?}", reading.sheets[0].problems.iter().find(|p| p.severity == Severity::Error));
    // a recount of the rows by another reader, by verdict, year and body; rows of one sample are told by their rows
    let mut rows: BTreeMap<(bool, i32, String), usize> = BTreeMap::new();
    let mut table = csv::Reader::from_path(&path).unwrap();
    let headings = table.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading.trim_start_matches('\u{feff}') == name).unwrap();
    for record in table.records() {
        let record = record.unwrap();
        let year = record[at("发布日期")].trim()[..4].parse().unwrap();
        let body = record[at("发布单位")].split_whitespace().collect::<Vec<_>>().join(" ");
        *rows.entry((record[at("判定")].trim() == "不合格", year, body)).or_default() += 1;
    }
    let mut read: BTreeMap<(bool, i32, String), usize> = BTreeMap::new();
    for row in samples(&reading) {
        let sample = &row.sample;
        let key = (
            sample.verdict == Some(Verdict::Failed),
            sample.published_on.unwrap().year(),
            sample.publisher.clone().unwrap_or_default(),
        );
        *read.entry(key).or_default() += usize::try_from(row.rows.1 - row.rows.0 + 1).unwrap();
        assert_eq!(sample.date, None, "the repeated day of publication is no production date");
    }
    assert_eq!(rows.values().sum::<usize>(), 9_118);
    for (key, count) in &rows {
        assert_eq!(read.get(key), Some(count), "{key:?}");
    }
    println!("{} samples", samples(&reading).count());
}
