//! What a cell says.

use app::domain::{
    date::{DateKind, SampleDate, parse_day},
    operator::is_named,
};
use chrono::NaiveDate;

use super::grid::Cell;

/// A cell's text on one line; `None` for blanks and signs for "not applicable" (`/ - — 无`).
pub fn value(cell: &Cell) -> Option<String> {
    let text = one_line(&cell.shown()?);
    is_named(&text).then_some(text)
}

/// Line breaks within names are dropped between Chinese characters and blanks elsewhere.
pub fn one_line(text: &str) -> String {
    let is_han = |c: char| !c.is_ascii() && c.is_alphanumeric() || matches!(c, '（' | '）' | '、' | '，' | '；' | '。');
    let mut out = String::with_capacity(text.len());
    let mut breaks = false;
    for c in text.trim().chars() {
        if matches!(c, '\n' | '\r' | '\t') {
            breaks = true;
            continue;
        }
        if breaks && !(out.chars().next_back().is_some_and(is_han) || is_han(c)) && !out.ends_with(' ') {
            out.push(' ');
        }
        breaks = false;
        out.push(if c == '\u{a0}' { ' ' } else { c });
    }
    out
}

/// A day.
pub fn day(cell: &Cell) -> Option<NaiveDate> {
    match cell {
        Cell::Number(number) => {
            app::domain::date::from_excel_serial(*number).or_else(|| parse_day(&cell.shown().unwrap_or_default()))
        }
        cell => parse_day(&cell.shown()?),
    }
}

/// The date of a sample, under a heading that names a kind.
pub fn sample_date(cell: &Cell, kind: DateKind) -> Option<SampleDate> {
    if let Cell::Number(number) = cell
        && let Some(day) = app::domain::date::from_excel_serial(*number)
    {
        return Some(SampleDate { kind, text: day.to_string(), day: Some(day) });
    }
    SampleDate::read(&value(cell)?, kind)
}

/// The kind of date that a heading names; production where it names several or none.
pub fn date_kind(heading: &str) -> DateKind {
    let mut named = DateKind::ALL.into_iter().filter(|kind| heading.contains(kind.chinese_stem()));
    match (named.next(), named.next()) {
        (Some(only), None) => only,
        _ if heading.contains("购买") || heading.contains("进货") => DateKind::Purchase,
        _ => DateKind::Production,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_for_nothing_are_nothing() {
        for text in ["/", "-", "—", "——", "无", " ", "", "*"] {
            assert_eq!(value(&Cell::text(text)), None, "{text}");
        }
        assert_eq!(value(&Cell::text("东瑞餐饮\n有限公司")).unwrap(), "东瑞餐饮有限公司");
        assert_eq!(value(&Cell::text("Danone\nChina")).unwrap(), "Danone China");
    }

    #[test]
    fn dates_of_cells() {
        let text = |date: Option<SampleDate>| date.map(|date| (date.text, date.kind)).unwrap();
        assert_eq!(
            text(sample_date(&Cell::Day(44301.0), DateKind::Production)),
            ("2021-04-15".into(), DateKind::Production)
        );
        assert_eq!(
            text(sample_date(&Cell::Number(44301.0), DateKind::Purchase)),
            ("2021-04-15".into(), DateKind::Purchase)
        );
        assert_eq!(text(sample_date(&Cell::Number(20_210_415.0), DateKind::Production)).0, "20210415");
        assert_eq!(date_kind("购进日期/批号"), DateKind::Purchase);
        assert_eq!(date_kind("生产（加工/购进）日期/批号"), DateKind::Production);
    }
}
