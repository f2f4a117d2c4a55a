//! The rules and where in them a limit stands.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => panic!("no such day"),
    }
}

/// The version of the complaint rule. By the date of receipt; that is practice, order 121 has no transition article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rule {
    /// 投诉举报处理暂行办法 (总局令第20号), for what was received before 2026-04-15.
    R20,
    /// 投诉举报处理办法 (总局令第121号), for what was received on or after 2026-04-15.
    R121,
}

impl Rule {
    /// First day of order 121, on which order 20 was repealed.
    pub const CHANGE: NaiveDate = day(2026, 4, 15);

    /// The rule for what was received on `received`.
    #[must_use]
    pub fn of(received: NaiveDate) -> Self {
        if received < Self::CHANGE { Self::R20 } else { Self::R121 }
    }

    /// `R20`, `R121`
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::R20 => "R20",
            Self::R121 => "R121",
        }
    }

    /// Reads [`Rule::code`], in any case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::R20, Self::R121].into_iter().find(|rule| rule.code().eq_ignore_ascii_case(code))
    }

    pub(super) fn law(self) -> Law {
        match self {
            Self::R20 => Law::R20,
            Self::R121 => Law::R121,
        }
    }
}

/// A rule that sets limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Law {
    /// 市场监督管理投诉举报处理暂行办法, 总局令第20号, repealed
    R20,
    /// 市场监督管理投诉举报处理办法, 总局令第121号
    R121,
    /// 市场监督管理行政处罚程序规定
    #[serde(rename = "procedure")]
    Procedure,
    /// 市场监督管理行政处罚信息公示规定, 总局令第45号
    #[serde(rename = "order-45")]
    Order45,
    /// The bureau's own promise
    #[serde(rename = "own")]
    Own,
}

impl Law {
    /// The name in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::R20 => "R20",
            Self::R121 => "R121",
            Self::Procedure => "procedure",
            Self::Order45 => "order-45",
            Self::Own => "own",
        }
    }

    /// The version: the day it came into force. Order 20's and the procedure rule's days are from memory.
    #[must_use]
    pub fn version(self) -> Option<NaiveDate> {
        match self {
            Self::R20 => Some(day(2020, 1, 1)),
            Self::R121 => Some(Rule::CHANGE),
            Self::Procedure => Some(day(2021, 7, 15)),
            Self::Order45 => Some(day(2021, 9, 1)),
            Self::Own => None,
        }
    }
}

/// 第N条第M款第K项.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Article {
    /// 条
    pub number: u8,
    /// 款, where it is named
    pub paragraph: Option<u8>,
    /// 项, where it is named
    pub item: Option<u8>,
}

/// A place in a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cite {
    /// The rule.
    pub law: Law,
    /// The article; none for the bureau's own promise.
    pub article: Option<Article>,
    /// Whether limit and article were read in the text of the rule. Where not, people are to be told.
    pub verified: bool,
}

/// What a limit rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Basis {
    /// The place that sets the limit.
    pub cite: Cite,
    /// The place that points there, where the complaint rule itself has no number (art. 35).
    pub through: Option<Cite>,
}
