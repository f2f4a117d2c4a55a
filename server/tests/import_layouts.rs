//! Tables as bureaus make them, in every format; files that are none.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::io::Write;

use app::domain::{
    date::DateKind,
    sample::{Group, Verdict},
};
use chrono::NaiveDate;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use server::import::{Options, Reading, Refusal, RowSample, Severity, read};

fn options() -> Options {
    Options {
        today: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        published_on: None,
        title: None,
        mapping: Vec::new(),
    }
}

fn reading(name: &str, bytes: &[u8]) -> Result<Reading, Refusal> {
    read(name, bytes, &options(), &mut |_| ())
}

fn samples(reading: &Reading) -> Vec<&RowSample> {
    reading.sheets.iter().flat_map(|sheet| &sheet.samples).collect()
}

fn reasons(reading: &Reading, severity: Severity) -> Vec<&str> {
    let problems = reading.sheets.iter().flat_map(|sheet| &sheet.problems);
    problems.filter(|problem| problem.severity == severity).map(|problem| problem.reason.as_str()).collect()
}

#[test]
fn biff8_with_a_continuation_row_and_a_hidden_sheet() {
    let reading = reading("结果.xls", include_bytes!("fixtures/biff8.xls")).unwrap();
    assert_eq!(reading.format.to_string(), "xls");
    let found = samples(&reading);
    assert_eq!(found.len(), 1);
    let sample = &found[0].sample;
    assert_eq!((sample.number.as_deref(), sample.verdict), (Some("X1"), Some(Verdict::Failed)));
    assert_eq!(sample.failed_items.iter().map(|item| item.item.as_str()).collect::<Vec<_>>(), ["铅", "镉"]);
    assert_eq!(sample.date.as_ref().unwrap().day, NaiveDate::from_ymd_opt(2026, 3, 1));
    assert_eq!((sample.remark.as_ref(), found[0].rows), (None, (3, 4)));
    assert_eq!(reading.title.as_deref(), Some("云川市食品监督抽检不合格产品信息"));
}

#[test]
fn grouped_headings_merges_hidden_columns_and_empty_rows() {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet().set_name("表一").unwrap();
    sheet.merge_range(0, 0, 0, 10, "2026年第3期抽检结果公示", &plain).unwrap();
    sheet.write(1, 0, "（声明：以下信息仅指本次抽检标称的生产企业相关产品的生产日期/批号和所检项目）").unwrap();
    for (column, heading) in
        [(0, "序号"), (5, "样品\n名称"), (6, "生产（加工/购进）\n日期/批号"), (9, "判定"), (10, "联系电话")]
    {
        sheet.merge_range(2, column, 3, column, heading, &plain).unwrap();
    }
    sheet.merge_range(2, 1, 2, 2, "标称生产企业", &plain).unwrap();
    sheet.merge_range(2, 3, 2, 4, "被抽样单位", &plain).unwrap();
    sheet.merge_range(2, 7, 2, 8, "不合格项目", &plain).unwrap();
    for (column, heading) in [(1, "名称"), (2, "地址"), (3, "名称"), (4, "地址"), (7, "项目"), (8, "检验结果")]
    {
        sheet.write(3, column, heading).unwrap();
    }
    let row = |sheet: &mut rust_xlsxwriter::Worksheet, row: u32, texts: [&str; 11]| {
        for (column, text) in (0..).zip(texts) {
            sheet.write(row, column, text).unwrap();
        }
    };
    row(
        sheet,
        4,
        [
            "1",
            "禾香食品厂",
            "南门路1号",
            "永安超市",
            "北街2号",
            "豆腐干",
            "2026-01-05(购进日期)",
            "苯甲酸",
            "0.5g/kg",
            "不合格",
            "123",
        ],
    );
    row(sheet, 5, ["", "", "", "", "", "", "", "山梨酸", "0.9g/kg", "", ""]);
    row(sheet, 6, ["2", "/", "—", "永安超市", "北街2号", "韭菜", "46027", "/", "-", "合格", "123"]);
    row(sheet, 7, ["合计", "2", "", "", "", "", "", "", "", "", ""]);
    sheet.write(9, 0, "注：以上结果由本局公布").unwrap();
    for styled in 10..3_000 {
        sheet.write_blank(styled, 0, &Format::new().set_bold()).unwrap();
    }
    book.add_worksheet().set_name("说明").unwrap().write(0, 0, "本表用于公示").unwrap();
    let reading = reading("公示.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(reasons(&reading, Severity::Error), [""; 0]);
    assert_eq!((reading.sheets.len(), reading.sheets[0].header_row), (1, 4), "{:?}", reading.sheets[0].mapping);
    let found = samples(&reading);
    assert_eq!(found.len(), 2, "{found:#?}");
    let first = &found[0].sample;
    assert_eq!(first.producer.name.as_deref(), Some("禾香食品厂"));
    assert_eq!(
        (first.producer.address.as_deref(), first.seller.address.as_deref()),
        (Some("南门路1号"), Some("北街2号"))
    );
    assert_eq!(first.failed_items.len(), 2);
    assert_eq!(first.date.as_ref().unwrap().kind, DateKind::Purchase);
    let second = &found[1].sample;
    assert_eq!((second.verdict, second.producer.name.as_ref()), (Some(Verdict::Passed), None));
    assert!(second.failed_items.is_empty());
    assert!(reading.declaration.as_ref().unwrap().contains("以下信息仅指"));
    assert_eq!(reading.notes, ["注：以上结果由本局公布"]);
}

#[test]
fn numbers_dates_and_hidden_columns_of_a_workbook() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("合格").unwrap();
    for (column, heading) in
        (0..).zip(["抽样编号", "食品名称", "规格型号", "生产日期", "被抽样单位名称", "标称生产企业名称"])
    {
        sheet.write(0, column, heading).unwrap();
    }
    let day = Format::new().set_num_format("yyyy/m/d");
    sheet.write(1, 0, 10_000_000_000.0).unwrap();
    sheet.write(1, 1, "餐饮具（碗）").unwrap();
    sheet.write(1, 2, 2.5).unwrap();
    sheet.write_with_format(1, 3, 44_301.0, &day).unwrap();
    sheet.write(1, 4, "某食堂").unwrap();
    sheet.write(1, 5, "内部厂").unwrap();
    sheet.set_column_hidden(5).unwrap();
    let reading = reading("合格.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let sample = &samples(&reading)[0].sample;
    assert_eq!((sample.number.as_deref(), sample.spec.as_deref()), (Some("10000000000"), Some("2.5")));
    assert_eq!(sample.date.as_ref().unwrap().text, "2021-04-15");
    assert_eq!((sample.group, sample.verdict), (Group::Tableware, Some(Verdict::Passed)));
    assert_eq!(sample.producer.name, None);
    assert!(reasons(&reading, Severity::Warning).iter().any(|reason| reason.contains("隐藏列")));
}

const CSV: &str = "抽样编号,食品名称,被抽样单位名称,不合格项目,检验结果,标准值\nA1,大米,永安超市,镉,0.3mg/kg,≤0.2mg/kg\nA2,面粉,永安超市,/,/,/\n";

#[test]
fn text_in_every_encoding_reads_the_same() {
    let plain = reading("结果.csv", CSV.as_bytes()).unwrap();
    let expected: Vec<_> = samples(&plain).into_iter().map(|row| row.sample.clone()).collect();
    assert_eq!(
        expected.iter().map(|sample| sample.verdict).collect::<Vec<_>>(),
        [Some(Verdict::Failed), Some(Verdict::Passed)]
    );
    let tabs = CSV.replace(',', "\t");
    let rows: Vec<String> = CSV.lines().map(|line| line.replace(',', "</td><td>")).collect();
    let table = format!("<tr><td>{}</td></tr>", rows.join("</td></tr><tr><td>"));
    let html = format!("<html><head><meta charset=gbk></head><table>{table}</table></html>");
    let bytes: [Vec<u8>; 5] = [
        format!("\u{feff}{CSV}").into_bytes(),
        encoding_rs::GBK.encode(CSV).0.into_owned(),
        tabs.into_bytes(),
        html.clone().into_bytes(),
        encoding_rs::GBK.encode(&html).0.into_owned(),
    ];
    for bytes in bytes {
        let found = reading("结果.xls", &bytes).unwrap();
        let found: Vec<_> = samples(&found).into_iter().map(|row| row.sample.clone()).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn files_that_are_none_are_refused_by_name() {
    let zip_of = |name: &str, size: usize| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        let zeros = vec![0_u8; 1 << 20];
        for _ in 0..size {
            archive.write_all(&zeros).unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    let compound = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 512], &wide, &[0; 512]].concat()
    };
    for (bytes, refusal) in [
        (Vec::new(), Refusal::Empty),
        (b"  \n ".to_vec(), Refusal::Empty),
        (b"%PDF-1.7 ...".to_vec(), Refusal::Unknown),
        (b"PK\x03\x04 cut off".to_vec(), Refusal::Broken),
        (zip_of("xl/worksheets/sheet1.xml", 900), Refusal::Bomb),
        (zip_of("readme.txt", 1), Refusal::Broken),
        (compound("EncryptedPackage"), Refusal::Protected),
        (compound("Other"), Refusal::Broken),
        ("姓名,电话\n张三,1\n".into(), Refusal::NoTable),
        (vec![b' '; 50 << 20], Refusal::TooLarge),
    ] {
        assert_eq!(reading("文件", &bytes).unwrap_err(), refusal, "{}", bytes.len());
    }
}

#[test]
fn mistakes_are_told_by_place() {
    let text = "抽样编号,食品名称,被抽样单位名称,判定,不合格项目\nA1,,永安超市,合格,/\nA2,大米,永安超市,不合格,/\nA3,大米,永安超市,合格,铅\n";
    let reading = reading("结果.csv", text.as_bytes()).unwrap();
    let problems = &reading.sheets[0].problems;
    let at = |row: u32| problems.iter().find(|problem| problem.row == Some(row)).unwrap();
    assert_eq!((at(2).severity, at(2).column.as_deref()), (Severity::Error, Some("B 列“食品名称”")));
    assert_eq!((at(3).severity, at(4).severity), (Severity::Warning, Severity::Warning));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), start in 0..4_usize) {
        let starts: [&[u8]; 4] = [b"", b"PK\x03\x04", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], b"<html><table>"];
        let bytes = [starts[start], &bytes].concat();
        let _ = reading("任意", &bytes);
    }

    #[test]
    fn any_grid_is_read_or_refused(cells in proptest::collection::vec(
        proptest::collection::vec("(|/|食品名称|被抽样单位|判定|合格|不合格|不合格项目║检验结果║标准值|铅║1║2|注：x|合计|2026-01-01|抽样编号|\\PC{0,6})", 0..8), 0..12)
    ) {
        let mut table = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &cells {
            table.write_record(row).unwrap();
        }
        let _ = reading("任意.csv", &table.into_inner().unwrap());
    }
}
