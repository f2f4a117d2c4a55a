//! Counts and rates typed into a text that disagree with its table, or with each other (domain 3.2: a county's bulletin
//! printed 98.9 % for 48 of 54). A text with such a sentence isn't published.
//!
//! Decided with care: a number is held against the table only where the sentence speaks of all of it; what is said of a
//! part, a food category, an earlier year or "近千批次" is left alone.

mod compare;
mod groups;
mod numbers;
mod running;
mod said;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use running::Running;

/// Counts of a bulletin's samples, in 批次.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// All samples
    pub total: u64,
    /// 合格
    pub passed: u64,
    /// 不合格
    pub failed: u64,
}

/// What is said wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// 抽检批次
    Total,
    /// 合格批次
    Passed,
    /// 不合格批次
    Failed,
    /// 合格率 = 合格 ÷ 已出结果
    PassRate,
    /// 不合格率, 问题发现率 = 不合格 ÷ 已出结果
    FailRate,
    /// The text's own numbers don't fit each other
    SelfContradiction,
}

/// A statement that can't be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// Where: bytes of the given text, on borders of signs
    pub range: Range<usize>,
    /// As written: `合格率为98.9%`
    pub said: String,
    /// What it should be, with its sum: `48÷54=88.9%`
    pub computed: String,
    /// Which number, or that the text contradicts itself
    pub what: What,
}

/// Finds the statements that disagree with the table or, with or without one, with the text's own numbers; in the text's
/// order, at most one each place. A rate may be rounded half up or cut off at its printed decimals, nothing else.
#[must_use]
pub fn disagreements(text: &str, table: Option<&Counted>) -> Vec<Disagreement> {
    let running = Running::of(text);
    let groups = groups::of(said::all(&running));
    let mut found = table.map(|table| compare::with_table(&groups, table)).unwrap_or_default();
    found.extend(compare::with_itself(&groups));
    found.sort_by_key(|finding| (finding.said.from, finding.what == What::SelfContradiction));
    found.dedup_by_key(|finding| finding.said.from);
    found
        .into_iter()
        .map(|finding| {
            let range = running.range(finding.said.from, finding.said.to);
            let said = text.get(range.clone()).unwrap_or_default().to_owned();
            Disagreement { range, said, computed: finding.computed, what: finding.what }
        })
        .collect()
}
