//! Dates as tables print them, and what the date means.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// What the date of a sample says. A purchase date is not a production date
/// (column heading of agricultural tables: `生产（加工/购进/检疫/消毒）日期/批号`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema, Default)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// 生产日期
    #[default]
    Production,
    /// 加工日期
    Processing,
    /// 购进日期
    Purchase,
    /// 检疫日期
    Quarantine,
    /// 消毒日期
    Disinfection,
    /// 包装日期
    Packing,
}

impl DateKind {
    /// All kinds, in the order in which they are looked for in a text.
    pub const ALL: [Self; 6] =
        [Self::Purchase, Self::Quarantine, Self::Disinfection, Self::Processing, Self::Packing, Self::Production];

    /// The name in the database and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Processing => "processing",
            Self::Purchase => "purchase",
            Self::Quarantine => "quarantine",
            Self::Disinfection => "disinfection",
            Self::Packing => "packing",
        }
    }

    /// Reads [`DateKind::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// The date of a sample: as printed, what it means, and as a date where it is one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SampleDate {
    /// What the date says.
    pub kind: DateKind,
    /// As printed in the table, blanks trimmed.
    pub text: String,
    /// The day, where the text names exactly one.
    pub day: Option<NaiveDate>,
}

/// Reads a day written as `2021-04-15`, `2021/4/15`, `2021.4.15`, `2021年4月15日` or `20210415`,
/// with nothing but blanks or a time of day after it.
///
/// Years outside 1990–2099 are refused: they are lot numbers, not dates.
#[must_use]
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let digits: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<u32>().ok();
    let rest_is_date = text.chars().all(|c| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '/' | '.' | '年' | '月' | '日' | ':' | 'T' | 'Z')
    });
    if !rest_is_date {
        return None;
    }
    let (year, month, day) = match digits.as_slice() {
        [one] if one.len() == 8 => (number(&one[..4])?, number(&one[4..6])?, number(&one[6..])?),
        [year, month, day, time @ ..] if year.len() == 4 && is_midnight_or_time(time) => {
            (number(year)?, number(month)?, number(day)?)
        }
        _ => return None,
    };
    day_of(year, month, day)
}

fn is_midnight_or_time(parts: &[&str]) -> bool {
    matches!(parts.len(), 0 | 2..=4) && parts.iter().take(3).all(|part| part.len() <= 2)
}

fn day_of(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok()?;
    NaiveDate::from_ymd_opt(year, month, day).filter(|day| (1990..=2099).contains(&day.year()))
}

/// The day of an Excel serial number (1900 date system), if it lies in 1990–2099.
#[must_use]
pub fn from_excel_serial(serial: f64) -> Option<NaiveDate> {
    if !(32_874.0..73_051.0).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range was checked just above")]
    let days = serial.trunc() as i64;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(chrono::Duration::days(days))
}

impl SampleDate {
    /// Reads the cell of a date column. `heading` is the kind its heading names (most tables: production).
    /// A kind named in the cell itself wins: `2021-04-15(购进日期)`, `购进日期：2021-04-15`.
    #[must_use]
    pub fn read(text: &str, heading: DateKind) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let named = DateKind::ALL.into_iter().find(|kind| text.contains(kind.chinese_stem()));
        let bare: String = text
            .chars()
            .filter(|c| {
                c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '/' | '.' | '年' | '月' | '日' | ':')
            })
            .collect();
        // the words of the kind contain 日 ("购进日期"): take them away before the day is read
        let bare = match named {
            Some(_) => strip_words(text),
            None if bare.len() == text.len() => bare,
            None => text.to_owned(),
        };
        Some(Self { kind: named.unwrap_or(heading), text: text.to_owned(), day: parse_day(&bare) })
    }
}

impl DateKind {
    /// The two characters by which a text names this kind.
    #[must_use]
    pub fn chinese_stem(self) -> &'static str {
        match self {
            Self::Production => "生产",
            Self::Processing => "加工",
            Self::Purchase => "购进",
            Self::Quarantine => "检疫",
            Self::Disinfection => "消毒",
            Self::Packing => "包装",
        }
    }
}

/// `2021-04-15(购进日期)` → `2021-04-15`
fn strip_words(text: &str) -> String {
    let mut bare = text.replace("日期", "").replace("批号", "");
    for kind in DateKind::ALL {
        bare = bare.replace(kind.chinese_stem(), "");
    }
    bare.chars()
        .filter(|c| !matches!(c, '(' | ')' | '（' | '）' | '：' | '/' | '[' | ']' | '【' | '】') || *c == '/')
        .collect::<String>()
        .trim_matches(|c: char| matches!(c, ':' | '/' | ' '))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[test]
    fn days_as_tables_write_them() {
        for text in ["2021-04-15", "2021/4/15", "2021.4.15", "2021年4月15日", "20210415", " 2021-04-15 00:00:00 "] {
            assert_eq!(parse_day(text), ymd(2021, 4, 15), "{text}");
        }
        for text in ["", "2021", "2021-13-01", "20219999", "A20210415", "10210415", "2021-04-15、2021-04-16", "/"] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }

    #[test]
    fn a_purchase_date_is_no_production_date() {
        for text in ["2021-04-15(购进日期)", "2021-04-15（购进日期）", "购进日期：2021-04-15"] {
            let date = SampleDate::read(text, DateKind::Production).unwrap();
            assert_eq!((date.kind, date.day), (DateKind::Purchase, ymd(2021, 4, 15)), "{text}");
            assert_eq!(date.text, text);
        }
        let date = SampleDate::read("2021-04-15", DateKind::Production).unwrap();
        assert_eq!((date.kind, date.day), (DateKind::Production, ymd(2021, 4, 15)));
    }

    #[test]
    fn lot_numbers_stay_text() {
        let date = SampleDate::read("20210415A3", DateKind::Production).unwrap();
        assert_eq!(date.day, None);
    }

    #[test]
    fn excel_serials() {
        assert_eq!(from_excel_serial(44301.0), ymd(2021, 4, 15));
        assert_eq!(from_excel_serial(44301.75), ymd(2021, 4, 15));
        assert_eq!(from_excel_serial(12.0), None);
    }
}
