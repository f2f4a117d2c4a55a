//! Registers' spreadsheets as bureaus make them, in every format.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use app::domain::register::{Definitions, Register, Role};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use server::import::{
    Refusal,
    register::{ReadRegister, read_register},
};

fn register(code: &str) -> Register {
    Definitions::shipped().unwrap().get(code).unwrap().clone()
}

fn reading(code: &str, bytes: &[u8]) -> ReadRegister {
    read_register(bytes, &register(code), &[], &mut |_| ()).unwrap()
}

fn told(problems: &[server::import::Problem]) -> Vec<String> {
    let line = |problem: &server::import::Problem| {
        let row = problem.row.map(|row| row.to_string()).unwrap_or_default();
        format!("{}|{row}|{}|{}", problem.sheet, problem.column.clone().unwrap_or_default(), problem.reason)
    };
    problems.iter().map(line).collect()
}

fn titles(register: &Register, read: &ReadRegister) -> Vec<String> {
    read.entries.iter().map(|entry| register.title(&entry.cells)).collect()
}

#[test]
fn a_workbook_with_all_that_offices_put_around_a_table() {
    let mut book = Workbook::new();
    let plain = Format::new();
    let day = Format::new().set_num_format("yyyy/m/d");
    let sheet = book.add_worksheet().set_name("青禾区").unwrap();
    sheet.write(0, 0, "附件2").unwrap();
    sheet.merge_range(1, 0, 1, 7, "青禾区2026年第三季度监督检查结果公示表", &plain).unwrap();
    sheet.write(2, 0, "填报单位：青禾区市场监督管理局").unwrap();
    // headings in two rows: a group of two
    for (column, heading) in
        [(0, "序号"), (1, "被检查\n单位"), (4, "检查日期*"), (5, "检查结果"), (6, "检查类别"), (7, "负责人手机号")]
    {
        sheet.merge_range(3, column, 4, column, heading, &plain).unwrap();
    }
    sheet.merge_range(3, 2, 3, 3, "经营", &plain).unwrap();
    sheet.write(4, 2, "地址").unwrap();
    sheet.write(4, 3, "场所").unwrap();
    let march = ExcelDateTime::parse_from_str("2026-03-05").unwrap();
    sheet.write(5, 0, "一、东门街道").unwrap();
    sheet.merge_range(6, 2, 7, 2, "云川市青禾区东门路1号", &plain).unwrap();
    for (row, (name, kind)) in [(6_u32, ("东门小馆", "日常")), (7, ("东门面馆", "飞检"))] {
        sheet.write(row, 0, row - 5).unwrap();
        sheet.write(row, 1, name).unwrap();
        sheet.write(row, 5, "符合").unwrap();
        sheet.write(row, 6, kind).unwrap();
        sheet.write(row, 7, "13812345678").unwrap();
    }
    sheet.write_with_format(6, 4, &march, &day).unwrap();
    sheet.write(7, 4, 46_086).unwrap();
    // the heading again, as printed on the next page
    for (column, heading) in [(0, "序号"), (1, "被检查单位"), (4, "检查日期"), (5, "检查结果")] {
        sheet.write(8, column, heading).unwrap();
    }
    sheet.write(9, 0, 3).unwrap();
    sheet.write(10, 1, "西门饭店").unwrap();
    sheet.write(10, 4, "2026年3月").unwrap();
    sheet.write(10, 5, "优秀").unwrap();
    sheet.write(11, 0, "合 计").unwrap();
    sheet.write(11, 1, "3家").unwrap();
    sheet.write(12, 0, "注：检查结果自形成之日起二十个工作日内公开。").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let own = register("inspections");
    let read = reading("inspections", &bytes);
    assert_eq!(titles(&own, &read), ["东门小馆", "东门面馆"]);
    assert_eq!(read.entries.iter().map(|entry| entry.row).collect::<Vec<_>>(), [7, 8]);
    for entry in &read.entries {
        assert_eq!(own.said(&entry.cells, Role::Date).as_deref(), Some("2026-03-05"));
        assert_eq!(own.said(&entry.cells, Role::Address).as_deref(), Some("云川市青禾区东门路1号"));
    }
    assert_eq!(read.title.as_deref(), Some("青禾区2026年第三季度监督检查结果公示表"));
    assert_eq!(read.notes, ["注：检查结果自形成之日起二十个工作日内公开。"]);
    assert_eq!(
        told(&read.problems),
        [
            "青禾区|11|E 列“检查日期*”|“2026年3月”只有年月，请补上日，写成 2026-03-05 的样子。",
            "青禾区|11|F 列“检查结果”|没有“优秀”这一项，请改为：符合、基本符合、不符合、未能检查。",
        ]
    );
    assert_eq!(read.refused, 1);
    let warnings = told(&read.warnings);
    assert!(warnings.iter().any(|line| line.contains("“负责人手机号”一列含“手机”")), "{warnings:?}");
    assert!(!format!("{read:?}").contains("13812345678"));
}

#[test]
fn several_sheets_are_one_register() {
    let mut book = Workbook::new();
    for (name, shop, row) in [("一区", "甲店", 1), ("二区", "乙店", 1), ("三区", "甲店", 2)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write_row(0, 0, ["单位名称", "动态等级", "评定日期", "地址"]).unwrap();
        sheet.write_row(row, 0, [shop, "大笑", "2026-03-05", "南门路1号"]).unwrap();
    }
    let cover = book.add_worksheet().set_name("说明").unwrap();
    cover.write(0, 0, "本表由各区填报。").unwrap();
    let hidden = book.add_worksheet().set_name("底稿").unwrap();
    hidden.set_hidden(true);
    hidden.write_row(0, 0, ["单位名称", "动态等级", "评定日期"]).unwrap();
    hidden.write_row(1, 0, ["内部", "大笑", "2026-03-05"]).unwrap();
    let own = register("dynamic-grades");
    let read = reading("dynamic-grades", &book.save_to_buffer().unwrap());
    assert_eq!(titles(&own, &read), ["甲店", "乙店"]);
    assert_eq!(
        told(&read.problems),
        ["三区|3||与工作表“一区”第 2 行是同一条（经营者名称、经营地址相同），请只留一条。"]
    );
    assert!(told(&read.warnings).iter().any(|line| line.starts_with("底稿|")), "{:?}", read.warnings);
}

#[test]
fn hidden_rows_and_columns_stay_inside() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["单位名称", "动态等级", "评定日期", "备注"]).unwrap();
    sheet.write_row(1, 0, ["甲店", "大笑", "2026-03-05", "内部意见"]).unwrap();
    sheet.write_row(2, 0, ["乙店", "平脸", "2026-03-05", ""]).unwrap();
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(3).unwrap();
    let own = register("dynamic-grades");
    let read = reading("dynamic-grades", &book.save_to_buffer().unwrap());
    assert_eq!(titles(&own, &read), ["甲店"]);
    assert!(!own.to_json(&read.entries[0].cells).contains("内部意见"));
    assert_eq!((read.problems.len(), read.warnings.len()), (0, 2));
}

#[test]
fn other_formats() {
    let text = "量化分级动态等级公示\n单位名称,动态量化等级,检查日期,统一社会信用代码\n\"甲,店\",微笑,2026.3.5,'91000000MA0000001R\n乙店,？,2026.3.5,\n";
    let own = register("dynamic-grades");
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    let html = "<html><table><tr><td colspan=3>公示</td></tr><tr><th>单位名称</th><th>动态等级</th><th>评定日期</th></tr>\
        <tr><td>甲,店</td><td rowspan=2>良好</td><td>2026年3月5日</td></tr><tr><td>乙店</td><td>2026年13月5日</td></tr></table></html>";
    for (bytes, format, column) in
        [(text.as_bytes().to_vec(), "csv (utf-8)", "B"), (gbk, "csv (gbk)", "B"), (html.into(), "html", "C")]
    {
        let read = reading("dynamic-grades", &bytes);
        assert_eq!(read.format.to_string(), format);
        assert_eq!(titles(&own, &read), ["甲,店"], "{format}");
        assert_eq!(own.said(&read.entries[0].cells, Role::Grade).as_deref(), Some("良好"));
        let problems = told(&read.problems);
        assert!(problems.len() == 1 && problems[0].contains(&format!("|4|{column} 列")), "{problems:?}");
    }
}

#[test]
fn headings_that_dont_do() {
    let own = register("dynamic-grades");
    let csv = "店招,单位名称,企业名称,等级,评定日期\n甲,甲店,甲公司,大笑,2026-03-05\n";
    let read = reading("dynamic-grades", csv.as_bytes());
    assert_eq!(read.entries, []);
    let problems = told(&read.problems);
    assert!(problems[0].contains("“单位名称”和“企业名称”两列都像是“经营者名称”"), "{problems:?}");
    assert!(problems[1].contains("缺少“动态等级”一列"), "{problems:?}");
    // an officer says which is which
    let grade = own.column("grade");
    let sheet = read.mapping[0].0.clone();
    let choices = [(sheet.clone(), "企业名称".to_owned(), None), (sheet, "等级".to_owned(), grade)];
    let read = read_register(csv.as_bytes(), &own, &choices, &mut |_| ()).unwrap();
    assert_eq!((titles(&own, &read), read.problems.len()), (vec!["甲店".to_owned()], 0));
}

#[test]
fn files_that_are_none() {
    let own = register("dynamic-grades");
    let refusal = |bytes: &[u8]| read_register(bytes, &own, &[], &mut |_| ()).unwrap_err();
    assert_eq!(refusal(b" \n"), Refusal::Empty);
    assert_eq!(refusal(b"%PDF-1.7"), Refusal::Unknown);
    assert_eq!(refusal(b"PK\x03\x04broken"), Refusal::Broken);
    assert_eq!(refusal("食品名称,判定\n大米,合格\n".as_bytes()), Refusal::NoRegisterTable);
}

#[test]
fn every_register_reads_its_own_sheet() {
    for own in Definitions::shipped().unwrap().all() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, at) in own.columns.iter().zip(0..) {
            sheet.write(0, at, &column.name).unwrap();
        }
        let read = read_register(&book.save_to_buffer().unwrap(), own, &[], &mut |_| ()).unwrap();
        assert_eq!(
            (told(&read.problems), told(&read.warnings), read.entries.len()),
            (vec![], vec![], 0),
            "{}",
            own.code
        );
        assert_eq!(read.mapping[0].1.columns(), own.columns.len(), "{}", own.code);
    }
}

/// 50,000 rows of the widest register, read from text: at most 2 s in a release build. A debug build is some 15 times slower.
#[test]
fn fifty_thousand_rows() {
    use std::fmt::Write;
    let own = register("inspections");
    let mut text =
        String::from("单位名称,检查日期,检查类型,检查结果,发现的问题,统一社会信用代码,许可证编号,地址,经度,纬度\n");
    for number in 0..50_000 {
        writeln!(
            text,
            "云川市青禾区第{number}号小馆,2026年3月{}日,日常,基本符合,冷藏柜温度记录不全，第{number}次,91000000MA0000001R,JY10000000000011,云川市青禾区南门路{number}号,119.9{},31.7{}",
            number % 28 + 1,
            number % 10,
            number % 10
        )
        .unwrap();
    }
    let start = std::time::Instant::now();
    let read = read_register(text.as_bytes(), &own, &[], &mut |_| ()).unwrap();
    let took = start.elapsed();
    assert_eq!((read.entries.len(), read.problems.len()), (50_000, 0));
    println!("50,000 rows: {took:?}");
    let most = if cfg!(debug_assertions) { 40 } else { 2 };
    assert!(took.as_secs() < most, "{took:?}");
}
