//! Cells as bureaus fill them in.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{
    super::{row::CellFault, row::read_cell, *},
    with_type,
};

/// What a text under a column becomes, as stored; `Err` with the fault that stops.
fn stored(line: &str, text: &str) -> Result<Option<String>, CellFault> {
    let register = with_type(line);
    read_cell(&register.columns[1], text).map(|cell| cell.map(|cell| cell.canonical()))
}

fn good(line: &str, texts: &[(&str, &str)]) {
    for (text, expected) in texts {
        assert_eq!(stored(line, text), Ok(Some((*expected).to_owned())), "{line} {text}");
    }
}

fn nothing(line: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(stored(line, text), Ok(None), "{line} {text:?}");
    }
}

fn bad(line: &str, fault: fn(String) -> CellFault, texts: &[&str]) {
    for text in texts {
        assert_eq!(stored(line, text), Err(fault((*text).to_owned())), "{line}");
    }
}

#[test]
fn days() {
    let line = "type = \"day\"";
    good(
        line,
        &[
            ("2026-03-05", "2026-03-05"),
            ("2026/3/5", "2026-03-05"),
            ("2026.3.5", "2026-03-05"),
            ("2026.3.5.", "2026-03-05"),
            ("２０２６年３月５日", "2026-03-05"),
            ("2026年3月5号", "2026-03-05"),
            ("2026 年 3 月 5 日", "2026-03-05"),
            ("20260305", "2026-03-05"),
            ("2026-03-05 00:00:00", "2026-03-05"),
            ("2026-03-05 星期四", "2026-03-05"),
            ("2026年3月5日（星期四）", "2026-03-05"),
            ("46086", "2026-03-05"),
            ("46086.0", "2026-03-05"),
            ("\u{200b}2026-03-05\u{a0}", "2026-03-05"),
            ("'2026-03-05", "2026-03-05"),
        ],
    );
    bad(line, CellFault::OnlyMonth, &["2026年3月", "2026-03", "202603", "2026.3"]);
    bad(
        line,
        CellFault::NotDay,
        &["26-3-5", "2026-13-01", "2026-02-30", "3月5日", "昨天", "12", "2026-03-05至2026-03-09", "1026-03-05"],
    );
    nothing(line, &["", " ", "/", "-", "—", "无", "\u{3000}"]);
}

#[test]
fn last_days() {
    let line = "type = \"day\"\nrole = \"until\"";
    good(
        line,
        &[
            ("2026-04-14", "2026-04-14"),
            ("2021-04-15至2026-04-14", "2026-04-14"),
            ("2021年4月15日至2026年4月14日", "2026-04-14"),
            ("自2021年4月15日起至2026年4月14日", "2026-04-14"),
            ("2021.04.15-2026.04.14", "2026-04-14"),
            ("2021-04-15 - 2026-04-14", "2026-04-14"),
            ("2021/4/15—2026/4/14", "2026-04-14"),
            ("2021/4/15——2026/4/14", "2026-04-14"),
            ("2021/4/15～2026/4/14", "2026-04-14"),
            ("有效期至2026年4月14日", "2026-04-14"),
            ("至2026-04-14", "2026-04-14"),
        ],
    );
    nothing(line, &["长期", "长期有效", "永久", "/"]);
    bad(line, CellFault::NotDay, &["五年", "2021-04-15至", "3年至2026-04-14"]);
}

#[test]
fn weeks_and_months() {
    let line = "type = \"week\"";
    good(
        line,
        &[
            ("2026年第12周", "2026-W12"),
            ("2026第12周", "2026-W12"),
            ("2026-W12", "2026-W12"),
            ("2026w12", "2026-W12"),
            ("2026-03-16", "2026-W12"),
            ("2026-03-22", "2026-W12"),
            ("2026年3月16日至2026年3月22日", "2026-W12"),
            ("2026-01-01", "2026-W01"),
            ("2027-01-01", "2026-W53"),
            ("46097", "2026-W12"),
        ],
    );
    bad(line, CellFault::NotWeek, &["第12周", "2026年第54周", "2026年3月第2周", "2026年3月16日至2026年3月25日", "12"]);
    let line = "type = \"month\"";
    good(
        line,
        &[
            ("2026年3月", "2026-03"),
            ("2026-03", "2026-03"),
            ("2026/3", "2026-03"),
            ("202603", "2026-03"),
            ("2026-03-01", "2026-03"),
            ("46082", "2026-03"),
        ],
    );
    bad(line, CellFault::NotMonth, &["3月", "2026", "2026-13", "2026年3月上旬"]);
}

#[test]
fn numbers() {
    let line = "type = \"decimal\"\nunit = \"分\"";
    good(
        line,
        &[
            ("92.50", "92.5"),
            ("92.5分", "92.5"),
            ("９２．５ 分", "92.5"),
            ("1,234.5", "1234.5"),
            ("-0", "0"),
            ("+7", "7"),
            ("007.10", "7.1"),
            ("−3", "-3"),
        ],
    );
    bad(
        line,
        CellFault::NotNumber,
        &["12,34", "1.2.3", "约90", "90分以上", "九十", "1e5", ".5", "5.", "1234567890123456", "0.1234567"],
    );
    let line = "type = \"integer\"\nunit = \"人\"";
    good(line, &[("1,234人", "1234"), ("1234.0", "1234"), ("0", "0")]);
    bad(line, CellFault::NotInteger, &["12.5", "一百", "20多人"]);
}

#[test]
fn flags() {
    let line = "type = \"yes_no\"";
    for text in ["是", "有", "√", "✓", "Y", "yes", "TRUE", "1", "已公示", "已接入", "同意"] {
        assert_eq!(stored(line, text), Ok(Some("yes".into())), "{text}");
    }
    for text in ["否", "无", "×", "N", "no", "FALSE", "0", "未公示", "不同意", "没有"] {
        assert_eq!(stored(line, text), Ok(Some("no".into())), "{text}");
    }
    nothing(line, &["", "/", "—"]);
    bad(line, CellFault::NotFlag, &["部分", "待定", "已按要求在大门口公示栏公示"]);
}

#[test]
fn codes_warn_and_never_reject() {
    let warned = |line: &str, text: &str| {
        let register = with_type(line);
        let headings = super::headings(&["名称", "此列"]);
        let reading = row::read(&register, &Mapping::find(&register, &headings), [(2, vec!["甲".into(), text.into()])]);
        let faults = reading.problems.into_iter().map(|problem| problem.fault).collect::<Vec<_>>();
        (reading.entries[0].cells.get(1).map(Cell::canonical), faults)
    };
    let uscc = "type = \"uscc\"";
    let kept = |text: &str, fault: Option<CellFault>| (Some(text.to_owned()), fault.into_iter().collect::<Vec<_>>());
    assert_eq!(warned(uscc, " 91350100m000100y43 "), kept("91350100M000100Y43", None));
    assert_eq!(warned(uscc, "9135 0100 M000 100Y 43"), kept("91350100M000100Y43", None));
    assert_eq!(warned(uscc, "=\"91350100M000100Y43\""), kept("91350100M000100Y43", None));
    assert_eq!(warned(uscc, "91350100M000100Y44"), kept("91350100M000100Y44", Some(CellFault::CheckDigit)));
    assert_eq!(warned(uscc, "91350100M000100Y4I"), kept("91350100M000100Y4I", Some(CellFault::Form)));
    assert_eq!(warned(uscc, "无"), (None, vec![]));
    // identity numbers that old licences bear as their code
    for text in ["320412198001011237", "320412********1235", "11010519491231002X"] {
        let (cell, faults) = warned(uscc, text);
        assert_eq!((cell, faults), (None, vec![CellFault::IdentityLeftOut]), "{text}");
    }
    assert_eq!(stored(uscc, "9.13205E+17"), Err(CellFault::Scientific));
    let licence = "type = \"licence\"";
    assert_eq!(warned(licence, "jy10000000000011"), kept("JY10000000000011", None));
    assert_eq!(warned(licence, "JY10000000000012"), kept("JY10000000000012", Some(CellFault::CheckDigit)));
    assert_eq!(warned(licence, "YB13204120000011"), kept("YB13204120000011", None));
    assert_eq!(
        warned(licence, "苏餐证字2011第320412-000123号"),
        kept("苏餐证字2011第320412-000123号", Some(CellFault::Form))
    );
}

#[test]
fn telephones_of_offices() {
    let line = "type = \"office_phone\"";
    good(
        line,
        &[
            ("0519-86668888", "0519-86668888"),
            ("（0519）8666 8888", "0519-86668888"),
            ("0519 86668888", "0519-86668888"),
            ("051986668888", "0519-86668888"),
            ("+86 519 86668888", "0519-86668888"),
            ("010-66668888", "010-66668888"),
            ("86668888", "86668888"),
            ("8666-8888", "86668888"),
            ("0519—86668888转801", "0519-86668888转801"),
            ("0519-86668888-801", "0519-86668888转801"),
            ("400-800-1234", "400-800-1234"),
            ("4008001234", "400-800-1234"),
            ("12315", "12315"),
            ("电话：0519-86668888", "0519-86668888"),
            ("0519-86668888、86668889", "0519-86668888、86668889"),
            ("0519-86668888/0519-86668889", "0519-86668888、0519-86668889"),
        ],
    );
    for text in [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 13812345678",
        "013812345678",
        "138****5678",
        "0519-86668888、13812345678",
        "王某 13812345678",
    ] {
        assert_eq!(stored(line, text), Err(CellFault::Mobile), "{text}");
    }
    bad(line, CellFault::NotPhone, &["见门口", "123", "0519", "0000-12345678"]);
    nothing(line, &["无", "/"]);
}

#[test]
fn addresses_of_pages() {
    let line = "type = \"url\"";
    good(
        line,
        &[
            ("https://example.gov.cn", "https://example.gov.cn"),
            ("HTTPS://Example.gov.cn/a?b=1#c", "https://Example.gov.cn/a?b=1#c"),
            ("https://example.cn:8443/", "https://example.cn:8443/"),
        ],
    );
    for text in ["http://example.cn", "www.example.cn"] {
        assert_eq!(stored(line, text), Err(CellFault::NotHttps), "{text}");
    }
    bad(
        line,
        CellFault::NotUrl,
        &[
            "javascript:alert(1)",
            "https://",
            "https://localhost/",
            "https://user:pw@example.cn/",
            "https://127.0.0.1/",
            "https://例子.中国",
            "https://a..cn",
            "https://example.cn/<b>",
            "见官网",
            "rtsp://a.cn",
        ],
    );
}

#[test]
fn places_on_earth() {
    let (lon, lat) = ("type = \"longitude\"", "type = \"latitude\"");
    let both = |line: &str, own: &str, text: &str| {
        let toml = format!("{line}\nrole = \"{own}\"");
        let other = if own == "latitude" { "longitude" } else { "latitude" };
        let register = with_type(&format!(
            "{toml}\n\n[[column]]\ncode = \"other\"\nname = \"另列\"\ntype = \"{other}\"\nrole = \"{other}\""
        ));
        read_cell(&register.columns[1], text).map(|cell| cell.map(|cell| cell.canonical()))
    };
    assert_eq!(both(lon, "longitude", "119.95"), Ok(Some("119.95".into())));
    assert_eq!(both(lon, "longitude", "东经119.950000°"), Ok(Some("119.95".into())));
    assert_eq!(both(lat, "latitude", "31.7512345678°N"), Ok(Some("31.751235".into())));
    assert_eq!(both(lat, "latitude", "119.95"), Err(CellFault::Swapped));
    assert_eq!(both(lon, "longitude", "31.75"), Err(CellFault::Swapped));
    assert_eq!(both(lon, "longitude", "0"), Err(CellFault::NotDegrees("0".into())));
    assert_eq!(both(lat, "latitude", "31°45′"), Err(CellFault::NotDegrees("31°45′".into())));
}

#[test]
fn words_without_personal_data() {
    let line = "type = \"text\"";
    good(
        line,
        &[
            ("东瑞餐饮\n有限公司", "东瑞餐饮有限公司"),
            ("Danone\nChina", "Danone China"),
            ("  云川市 青禾区  南门路1号 ", "云川市 青禾区 南门路1号"),
            ("南门路128号4幢5单元1601室", "南门路128号4幢5单元1601室"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("登记证 320412202600001234", "登记证 320412202600001234"),
            ("咨询电话 0519-86668888", "咨询电话 0519-86668888"),
        ],
    );
    for text in ["李某 13812345678", "联系 138-1234-5678", "１３８１２３４５６７８", "138****5678"] {
        assert_eq!(stored(line, text), Err(CellFault::Mobile), "{text}");
    }
    for text in ["身份证320412198001011237", "320412********1235"] {
        assert_eq!(stored(line, text), Err(CellFault::Identity), "{text}");
    }
    assert_eq!(stored(line, &"长".repeat(201)), Err(CellFault::TooLong(200)));
    assert_eq!(stored(line, "1.23457E+15"), Err(CellFault::Scientific));
    good("type = \"long\"", &[("一\r\n\r\n 二 \n三", "一\n二\n三")]);
}

#[test]
fn nothing_personal_in_a_sentence() {
    assert_eq!(stored("type = \"day\"", "13812345678"), Err(CellFault::NotDay("…".into())));
    assert_eq!(stored("type = \"integer\"", "320412198001011237"), Err(CellFault::NotInteger("…".into())));
}

#[test]
fn times_have_first_and_last_days() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!(Cell::Month(day("2024-02-01")).days(), Some((day("2024-02-01"), day("2024-02-29"))));
    assert_eq!(Cell::Week(day("2026-12-28")).days(), Some((day("2026-12-28"), day("2027-01-03"))));
    assert_eq!(Cell::Week(day("2026-12-28")).canonical(), "2026-W53");
    assert_eq!(Cell::Flag(true).days(), None);
}

fn any_type() -> impl Strategy<Value = CellType> {
    (0..CellType::ALL.len()).prop_map(|at| CellType::ALL[at])
}

fn column_of(cell_type: CellType) -> Column {
    let mut column = with_type("type = \"text\"").columns[1].clone();
    column.cell_type = cell_type;
    column.values = vec![Choice { code: "a".into(), label: "甲".into(), aliases: vec!["1".into()] }];
    column
}

proptest! {
    /// Whatever is typed in: read or told, and what is read is stored and read again as the same.
    #[test]
    fn any_text_under_any_type(cell_type in any_type(), text in "[ -~年月日周第至·（）０-９\\n\\u{200b}*甲是否无/—]{0,30}") {
        let column = column_of(cell_type);
        if let Ok(Some(cell)) = read_cell(&column, &text) {
            let stored = cell.canonical();
            prop_assert!(!stored.is_empty());
            prop_assert_eq!(&Cell::from_canonical(&column, &stored), &cell, "{}", text);
            prop_assert!(!crate::text::register::shown(&column, &cell).is_empty());
        }
    }

    /// What is stored is a wording that is read as the same.
    #[test]
    fn stored_texts_are_read_again(days in 0u64..20_000, number in -1_000_000i64..1_000_000) {
        let day = NaiveDate::from_ymd_opt(1995, 1, 2).unwrap() + chrono::Days::new(days);
        prop_assert_eq!(read_cell(&column_of(CellType::Day), &Cell::Day(day).canonical()), Ok(Some(Cell::Day(day))));
        let monday = day - chrono::Days::new(u64::from(chrono::Datelike::weekday(&day).num_days_from_monday()));
        prop_assert_eq!(read_cell(&column_of(CellType::Week), &Cell::Week(monday).canonical()), Ok(Some(Cell::Week(monday))));
        prop_assert_eq!(read_cell(&column_of(CellType::Integer), &number.to_string()), Ok(Some(Cell::Integer(number))));
    }

    /// No mobile number gets through under any heading of words or telephones, however it is grouped.
    #[test]
    fn mobile_numbers_stay_out(rest in "[3-9][0-9]{9}", dash in "[ -]?", before in "(电话|联系人王某|)") {
        let (one, other) = (&rest[..2], &rest[2..]);
        let text = format!("{before}1{one}{dash}{}{dash}{}", &other[..4], &other[4..]);
        for cell_type in [CellType::Text, CellType::Long, CellType::OfficePhone] {
            prop_assert!(read_cell(&column_of(cell_type), &text).is_err(), "{cell_type:?} {text}");
        }
    }
}
