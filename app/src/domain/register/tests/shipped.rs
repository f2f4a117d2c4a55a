//! The files that come with the program.

use std::collections::BTreeSet;

use super::super::{
    Cell, CellType, Column, Definitions, Mapping, Role, SHIPPED, Shows,
    row::{self, read},
};
use crate::text::register as words;

fn shipped() -> Definitions {
    Definitions::shipped().unwrap_or_else(|(code, faults)| {
        panic!("{:#?}", faults.iter().map(|fault| words::file_fault(&code, fault)).collect::<Vec<_>>())
    })
}

#[test]
fn each_loads() {
    let all = shipped();
    assert_eq!(all.all().len(), SHIPPED.len());
    let names: BTreeSet<&str> = all.all().iter().map(|register| register.name.as_str()).collect();
    assert_eq!(names.len(), SHIPPED.len());
    for shows in Shows::ALL {
        assert!(all.all().iter().any(|register| register.shows == shows), "no register shows {shows:?}");
    }
}

#[test]
fn each_file_in_the_folder_is_shipped() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/registers");
    let files: BTreeSet<String> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    let listed: BTreeSet<String> = SHIPPED.iter().map(|(code, _)| format!("{code}.toml")).collect();
    assert_eq!(files, listed);
}

#[test]
fn no_two_scales_share_labels() {
    let all = shipped();
    let labels = |code: &str, role| {
        let register = all.get(code).unwrap();
        let column = &register.columns[register.with_role(role).unwrap()];
        column.values.iter().map(|value| value.label.clone()).collect::<BTreeSet<String>>()
    };
    let scales = [
        labels("dynamic-grades", Role::Grade),
        labels("yearly-grades", Role::Grade),
        labels("risk-grades", Role::Grade),
        labels("officials", Role::Tier),
    ];
    for (at, one) in scales.iter().enumerate() {
        for other in &scales[at + 1..] {
            let shared: Vec<&String> = one.intersection(other).filter(|label| *label != "暂不评定").collect();
            assert!(shared.is_empty(), "{shared:?}");
        }
    }
}

/// A text that a column takes.
fn sample(column: &Column) -> String {
    match column.cell_type {
        CellType::Text => format!("{}之一", column.name),
        CellType::Long => "第一行\n第二行".into(),
        CellType::Day => "2026年3月5日".into(),
        CellType::Week => "2026年第12周".into(),
        CellType::Month => "2026年3月".into(),
        CellType::Integer => "1,234".into(),
        CellType::Decimal => "92.50".into(),
        CellType::Choice => column.values[0].label.clone(),
        CellType::YesNo => "是".into(),
        CellType::Uscc => "91000000MA0000001R".into(),
        CellType::Licence => "JY10000000000011".into(),
        CellType::OfficePhone => "(0519) 8666 8888".into(),
        CellType::Url => "https://example.gov.cn/a?b=1".into(),
        CellType::Longitude => "119.95".into(),
        CellType::Latitude => "31.75".into(),
    }
}

#[test]
fn each_alias_reads_back() {
    for register in shipped().all() {
        let values: Vec<String> = register.columns.iter().map(sample).collect();
        let expected = {
            let names: Vec<String> = register.columns.iter().map(|column| column.name.clone()).collect();
            let reading = read(register, &Mapping::find(register, &names), [(2, values.clone())]);
            assert_eq!((reading.problems, reading.entries.len()), (vec![], 1), "{}", register.code);
            reading.entries[0].cells.clone()
        };
        assert!(expected.0.iter().all(Option::is_some), "{}", register.code);
        let most = register.columns.iter().map(|column| column.aliases.len()).max().unwrap();
        for turn in 0..most {
            let headings: Vec<String> = register
                .columns
                .iter()
                .map(|column| column.aliases.get(turn % column.aliases.len().max(1)).unwrap_or(&column.name).clone())
                .collect();
            let mapping = Mapping::find(register, &headings);
            assert_eq!(mapping.problems(register), [], "{} {headings:?}", register.code);
            let reading = read(register, &mapping, [(2, values.clone())]);
            assert_eq!(reading.entries.first().map(|entry| &entry.cells), Some(&expected), "{}", register.code);
        }
        assert_eq!(register.from_json(&register.to_json(&expected)).unwrap(), expected);
        assert!(!register.title(&expected).is_empty());
    }
}

#[test]
fn each_wording_of_each_choice_is_read() {
    for register in shipped().all() {
        for column in register.columns.iter().filter(|column| column.cell_type == CellType::Choice) {
            for value in &column.values {
                for said in [&value.label, &value.code].into_iter().chain(&value.aliases) {
                    let cell = row::read_cell(column, &format!(" {said}\n"));
                    assert_eq!(cell, Ok(Some(Cell::Choice(value.code.clone()))), "{} {said}", register.code);
                }
            }
        }
    }
}

#[test]
fn a_bureau_replaces_and_adds() {
    let own = super::SMALL;
    let all = shipped().with([("school-canteens", own), ("own-list", own)]).unwrap();
    assert_eq!(all.all().len(), SHIPPED.len() + 1);
    assert_eq!(all.get("school-canteens").unwrap().columns.len(), 3);
    assert_eq!(all.get("own-list").unwrap().code, "own-list");
    let (code, faults) = shipped().with([("bad", "schema = 3")]).unwrap_err();
    assert_eq!((code.as_str(), faults[0].line), ("bad", 1));
}

#[test]
fn lives_of_shipped_registers() {
    let all = shipped();
    let until = |code: &str| {
        let register = all.get(code).unwrap();
        let values = register.columns.iter().map(sample).collect();
        let names: Vec<String> = register.columns.iter().map(|column| column.name.clone()).collect();
        let reading = read(register, &Mapping::find(register, &names), [(2, values)]);
        register.until(&reading.entries[0].cells).map(|day| day.to_string())
    };
    assert_eq!(until("school-canteens"), None);
    assert_eq!(until("inspections").as_deref(), Some("2029-03-05"));
    assert_eq!(until("quick-tests").as_deref(), Some("2026-04-04"));
    // the week of 16–22 March, and 91 days
    assert_eq!(until("self-checks").as_deref(), Some("2026-06-21"));
    assert_eq!(until("small-trades").as_deref(), Some("2026-03-05"));
}
