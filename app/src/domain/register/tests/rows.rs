//! Rows and what they say together.

use proptest::prelude::*;

use super::{
    super::{
        Cell, Change, Definitions, Mapping, Register, Role,
        row::{CellFault, MOST_PROBLEMS, Problem, Reading, read},
    },
    headings, small, with_type,
};
use crate::text::register::problem_line;

fn rows(register: &Register, words: &[&str], rows: &[&[&str]]) -> Reading {
    let mapping = Mapping::find(register, &headings(words));
    let texts = rows.iter().zip(2..).map(|(row, number)| (number, row.iter().map(|text| (*text).to_owned()).collect()));
    read(register, &mapping, texts)
}

fn told(register: &Register, reading: &Reading) -> Vec<String> {
    reading.problems.iter().map(|problem| problem_line(register, problem)).collect()
}

#[test]
fn sentences_say_where_and_what_to_do() {
    let register = small();
    let reading = rows(
        &register,
        &["单位名称", "日期", "类型"],
        &[
            &["甲", "2026-03-05", "甲"],
            &["", "2026年3月", "丙"],
            &["", "", ""],
            &["乙", "46086", "/"],
            &["丙", "2026-03-05"],
            &["甲 ", "2026-03-05", "一"],
            &["甲", "2026-03-06", "甲"],
            &["丁", "#N/A", "甲"],
        ],
    );
    assert_eq!(reading.entries.iter().map(|entry| entry.row).collect::<Vec<_>>(), [2, 5, 6]);
    assert_eq!((reading.refused, reading.untold), (3, 0));
    assert_eq!(
        told(&register, &reading),
        [
            "第 3 行“单位名称”：必填，请补上，或者删去这一行。",
            "第 3 行“日期”：“2026年3月”只有年月，请补上日，写成 2026-03-05 的样子。",
            "第 3 行“类型”：没有“丙”这一项，请改为：甲、乙。",
            "第 7 行：与第 2 行完全相同，只算一条。",
            "第 8 行：与第 2 行是同一条（单位名称相同），但内容不同，请只留一条。",
            "第 9 行“日期”：单元格是公式错误，按空白处理。",
            "第 9 行“日期”：必填，请补上，或者删去这一行。",
        ]
    );
}

#[test]
fn keys_are_the_same_in_other_printings() {
    let register = small();
    let reading = rows(
        &register,
        &["单位名称", "日期"],
        &[&["云川市青禾食品（集团）有限公司", "2026-03-05"], &["云川市青禾食品(集团) 有限公司", "2026-03-06"]],
    );
    assert_eq!(reading.problems, [Problem { row: 3, column: None, fault: CellFault::Twice(2) }]);
}

#[test]
fn names_are_whole_only_with_consent() {
    let all = Definitions::shipped().unwrap();
    let register = all.get("banquet-cooks").unwrap();
    let words = ["登记编号", "姓名", "是否同意公开", "乡镇", "健康证有效期"];
    let reading = rows(
        register,
        &words,
        &[
            &["C01", "张大厨", "是", "青禾镇", "2027-03-05"],
            &["C02", "欧阳小厨", "否", "青禾镇", "2027-03-05"],
            &["C03", "王师傅", "", "青禾镇", "2027-03-05"],
            &["320412198001011237", "李师傅", "是", "青禾镇", "2027-03-05"],
        ],
    );
    let names: Vec<String> = reading.entries.iter().map(|entry| register.title(&entry.cells)).collect();
    assert_eq!(names, ["张大厨", "欧阳*"]);
    assert!(!register.to_json(&reading.entries[1].cells).contains("小厨"));
    assert_eq!(
        reading.problems.iter().map(|problem| &problem.fault).collect::<Vec<_>>(),
        [&CellFault::Missing, &CellFault::Identity]
    );
}

#[test]
fn what_readers_make_of_an_entry() {
    let all = Definitions::shipped().unwrap();
    let register = all.get("inspections").unwrap();
    let words =
        ["被检查单位", "检查时间", "检查结果", "地址", "经度", "纬度", "统一社会信用代码（注册号）", "检查类别"];
    let reading = rows(
        register,
        &words,
        &[
            &[
                "青禾小馆",
                "2026/3/5",
                "不符合",
                "云川市青禾区南门路1号",
                "119.95",
                "31.75",
                "91000000MA0000001R",
                "飞检",
            ],
            &["东门小馆", "2026/3/5", "合格", "", "119.95", "", "", ""],
        ],
    );
    let entry = &reading.entries[0].cells;
    assert_eq!(register.title(entry), "青禾小馆");
    let named = register.operator(entry).unwrap();
    assert_eq!((named.code.as_deref(), named.licence.as_deref()), (Some("91000000MA0000001R"), None));
    assert_eq!(register.district(entry).as_deref(), Some("青禾区"));
    assert_eq!(register.point(entry).map(|point| (point.lat_e6, point.lon_e6)), Some((31_750_000, 119_950_000)));
    assert_eq!(register.said(entry, Role::Result).as_deref(), Some("不符合"));
    assert_eq!(register.said(entry, Role::Kind).as_deref(), Some("飞行检查"));
    assert_eq!(register.on(entry).map(|day| day.to_string()).as_deref(), Some("2026-03-05"));
    assert_eq!(register.source(entry).as_deref(), Some("市场监督管理部门"));
    let other = &reading.entries[1].cells;
    assert_eq!((register.point(other), register.said(other, Role::Result).as_deref()), (None, Some("符合")));
    assert_eq!(
        reading.problems,
        [Problem { row: 3, column: register.with_role(Role::Latitude), fault: CellFault::HalfPoint }]
    );
}

#[test]
fn cells_are_stored_in_order_and_compared() {
    let register = small();
    let reading = rows(
        &register,
        &["类型", "日期", "单位名称"],
        &[&["甲", "2026-03-05", "\"甲\"\\店"], &["", "2026-03-06", "乙"]],
    );
    let (one, other) = (&reading.entries[0].cells, &reading.entries[1].cells);
    assert_eq!(register.to_json(one), r#"{"name":"\"甲\"\\店","date":"2026-03-05","kind":"a"}"#);
    assert_eq!(register.to_json(other), r#"{"name":"乙","date":"2026-03-06"}"#);
    let changes = register.changed(one, other);
    assert_eq!(changes.iter().map(|change| change.column).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(changes[2], Change { column: 2, before: Some("a".into()), after: None });
    assert_eq!(register.changed(one, one), []);
}

#[test]
fn older_forms_of_a_register_are_read() {
    let register = small();
    let cells = register.from_json(r#"{"name":"甲","gone":"x","kind":"c","date":"later"}"#).unwrap();
    assert_eq!(
        cells.0,
        [Some(Cell::Text("甲".into())), Some(Cell::Text("later".into())), Some(Cell::Text("c".into()))]
    );
    assert_eq!((register.on(&cells), register.until(&cells)), (None, None));
    assert!(register.from_json("[]").is_err() && register.from_json("").is_err());
}

#[test]
fn many_problems_are_counted() {
    let register = small();
    let mapping = Mapping::find(&register, &headings(&["单位名称", "日期"]));
    let reading = read(&register, &mapping, (2..5_002).map(|number| (number, vec![format!("甲{number}"), "?".into()])));
    assert_eq!(
        (reading.problems.len(), reading.untold, reading.refused),
        (MOST_PROBLEMS, 5_000 - MOST_PROBLEMS, 5_000)
    );
    assert_eq!(reading.entries, []);
}

#[test]
fn short_and_long_rows() {
    let register = with_type("type = \"text\"");
    let reading = rows(&register, &["名称", "此列"], &[&["甲"], &["乙", "丙", "丁", "戊"]]);
    assert_eq!(reading.entries.len(), 2);
    assert_eq!(reading.entries[1].cells.get(1), Some(&Cell::Text("丙".into())));
}

proptest! {
    /// Rows of anything: every row is an entry, refused or left out, and entries survive storing.
    #[test]
    fn any_rows(table in prop::collection::vec(prop::collection::vec("[ -~年月日甲乙/（）０-９\\n]{0,12}", 0..5), 0..12)) {
        let register = small();
        let mapping = Mapping::find(&register, &headings(&["单位名称", "日期", "类型"]));
        let filled = table.iter().filter(|row| row.iter().any(|text| !text.trim().is_empty())).count();
        let reading = read(&register, &mapping, table.into_iter().zip(2..).map(|(row, number)| (number, row)));
        let repeated = reading.problems.iter().filter(|problem| matches!(problem.fault, CellFault::Repeated(_))).count();
        prop_assert_eq!(reading.entries.len() + reading.refused + repeated, filled);
        for entry in &reading.entries {
            prop_assert_eq!(&register.from_json(&register.to_json(&entry.cells)).unwrap(), &entry.cells);
            prop_assert_eq!(&register.key_of(&entry.cells), &entry.key);
        }
        for problem in &reading.problems {
            prop_assert!(problem_line(&register, problem).ends_with('。'));
        }
    }
}
