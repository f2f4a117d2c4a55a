//! What a cell says, in one canonical text for each value.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::{CellType, Column};

/// A cell that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words, codes, telephones, addresses of pages
    Text(String),
    /// A day
    Day(NaiveDate),
    /// The week of a Monday
    Week(NaiveDate),
    /// The month of a first day
    Month(NaiveDate),
    /// A whole number
    Integer(i64),
    /// A number as digits without needless noughts: `-0.5`, `119.95`
    Decimal(String),
    /// Code of a value
    Choice(String),
    /// 是 or 否
    Flag(bool),
}

/// The Monday of an ISO week.
#[must_use]
pub fn week_day(year: i32, week: u32) -> Option<NaiveDate> {
    NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)
}

impl Cell {
    /// The text under which it is stored: `2026-11-24`, `2026-W12`, `2026-03`, `yes`.
    #[must_use]
    pub fn canonical(&self) -> String {
        match self {
            Self::Text(text) | Self::Decimal(text) | Self::Choice(text) => text.clone(),
            Self::Day(day) => day.to_string(),
            Self::Week(monday) => monday.format("%G-W%V").to_string(),
            Self::Month(first) => first.format("%Y-%m").to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        }
    }

    /// Reads [`Cell::canonical`] of a column; what doesn't fit the column (any more) is its text.
    #[must_use]
    pub fn from_canonical(column: &Column, text: &str) -> Self {
        let number = |part: &str| part.parse::<u32>().ok();
        let read = match column.cell_type {
            CellType::Day => text.parse().ok().map(Self::Day),
            CellType::Week => text
                .split_once("-W")
                .and_then(|(year, week)| week_day(year.parse().ok()?, number(week)?))
                .map(Self::Week),
            CellType::Month => text
                .split_once('-')
                .and_then(|(year, month)| NaiveDate::from_ymd_opt(year.parse().ok()?, number(month)?, 1))
                .map(Self::Month),
            CellType::Integer => text.parse().ok().map(Self::Integer),
            CellType::Decimal | CellType::Latitude | CellType::Longitude => {
                text.parse::<f64>().is_ok_and(f64::is_finite).then(|| Self::Decimal(text.to_owned()))
            }
            CellType::Choice => column.choice(text).map(|choice| Self::Choice(choice.code.clone())),
            CellType::YesNo => match text {
                "yes" => Some(Self::Flag(true)),
                "no" => Some(Self::Flag(false)),
                _ => None,
            },
            CellType::Text
            | CellType::Long
            | CellType::Uscc
            | CellType::Licence
            | CellType::OfficePhone
            | CellType::Url => None,
        };
        read.unwrap_or_else(|| Self::Text(text.to_owned()))
    }

    /// First and last day of what it says.
    #[must_use]
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::Day(day) => Some((*day, *day)),
            Self::Week(monday) => Some((*monday, monday.checked_add_days(Days::new(6))?)),
            Self::Month(first) => {
                let next = first.with_day(1)?.checked_add_months(Months::new(1))?;
                Some((*first, next.pred_opt()?))
            }
            _ => None,
        }
    }
}
