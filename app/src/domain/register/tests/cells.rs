//! Cells as bureaus fill them in.

use chrono::NaiveDate;

use super::{
    super::{
        Cell, Mapping,
        row::{self, CellFault, read_cell},
    },
    with_type,
};

/// What a text under a column becomes, as stored; `Err` with the fault that stops.
pub(super) fn stored(line: &str, text: &str) -> Result<Option<String>, CellFault> {
    let register = with_type(line);
    read_cell(&register.columns[1], text).map(|cell| cell.map(|cell| cell.canonical()))
}

pub(super) fn good(line: &str, texts: &[(&str, &str)]) {
    for (text, expected) in texts {
        assert_eq!(stored(line, text), Ok(Some((*expected).to_owned())), "{line} {text}");
    }
}

pub(super) fn nothing(line: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(stored(line, text), Ok(None), "{line} {text:?}");
    }
}

pub(super) fn bad(line: &str, fault: fn(String) -> CellFault, texts: &[&str]) {
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
fn times_have_first_and_last_days() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!(Cell::Month(day("2024-02-01")).days(), Some((day("2024-02-01"), day("2024-02-29"))));
    assert_eq!(Cell::Week(day("2026-12-28")).days(), Some((day("2026-12-28"), day("2027-01-03"))));
    assert_eq!(Cell::Week(day("2026-12-28")).canonical(), "2026-W53");
    assert_eq!(Cell::Flag(true).days(), None);
}
