//! Statements that count samples.

use super::words::{NOUNS, PERIODS, UNITS, VERBS, WHOLE};
use super::{Kind, Said, Scope, Sentence};
use crate::domain::arithmetic::numbers::whole;

/// The counts of a sentence, in its order.
pub(super) fn of(sentence: &Sentence) -> Vec<Said> {
    sentence.counts()
}

/// A counting number with its unit, and where what is said before it begins.
struct Number {
    value: u64,
    from: usize,
    unit: usize,
    counts_samples: bool,
    left: usize,
}

impl Sentence<'_> {
    fn counts(&self) -> Vec<Said> {
        let mut found: Vec<Said> = Vec::new();
        let mut at = self.from;
        let mut after_last = self.from;
        while at < self.to {
            let Some((value, end)) = whole(&self.running.signs, at).filter(|(_, end)| *end <= self.to) else {
                at += if self.sign(at).is_some_and(|sign| sign.is_ascii_digit()) { self.digits(at) } else { 1 };
                continue;
            };
            if let Some((unit, counts_samples)) = self.unit(at, end) {
                let number = Number { value, from: at, unit, counts_samples, left: after_last };
                found.extend(self.count(&number));
                after_last = unit;
                at = unit;
            } else {
                at = end;
            }
        }
        found
    }

    fn digits(&self, at: usize) -> usize {
        (at..self.to).take_while(|place| self.sign(*place).is_some_and(|sign| sign.is_ascii_digit())).count().max(1)
    }

    /// The end of the unit behind a number that counts exactly: not 近千批次, not 第5批, not 1.5批.
    fn unit(&self, from: usize, end: usize) -> Option<(usize, bool)> {
        let before = from.checked_sub(1).and_then(|at| self.sign(at));
        let inexact =
            before.is_some_and(|sign| "近约第逾超过每各前后.〔#".contains(sign) || sign.is_ascii_alphanumeric());
        let chinese = !self.sign(from).is_some_and(|sign| sign.is_ascii_digit());
        let (word, counts) =
            UNITS.iter().filter(|(word, _)| self.starts(end, word)).max_by_key(|(word, _)| word.chars().count())?;
        let fits = !inexact && (!chinese || word.ends_with("批次"));
        let unit = end + word.chars().count();
        let goes_on = *word == "批" && self.starts(unit, "号");
        (fits && !goes_on).then_some((unit, *counts))
    }

    fn count(&self, number: &Number) -> Option<Said> {
        self.verdict_behind(number).or_else(|| self.verdict_before(number)).or_else(|| self.total(number))
    }

    /// `6批次样品不合格`. A verdict that another number follows at once belongs to that one (`54批次合格48批次`).
    fn verdict_behind(&self, number: &Number) -> Option<Said> {
        let at = self.past(
            number.unit,
            &[
                "样品",
                "食品",
                "产品",
                "的",
                "均",
                "全部",
                "为",
                "经",
                "检验",
                "抽检",
                "抽样",
                "项目",
                "内在质量",
                "质量",
                "结果",
                "判定",
                "食用农产品",
                "监督",
            ],
        );
        let (kind, length) = self.verdict(at)?;
        let end = at + length;
        let next = self.past(end, &["样品", "食品", "产品", "的", "为", "有", "共", "计", ":", "数"]);
        if self.sign(next).is_some_and(|sign| sign.is_ascii_digit()) && self.sign(end) != Some('、') {
            return None;
        }
        let start = self.clause_start(number.from, true).max(number.left);
        let list = self.clause_start(number.from, false).max(number.left);
        let title = self.running.text(start, number.from).ends_with("关于");
        let mut said = self.said(kind, number.from, end);
        said.count = number.value;
        let general =
            !self.is_narrowed(start, number.from) || self.starts(list, "检出其中") || self.starts(list, "其中检出");
        said.scope = if title { Scope::Title } else { Scope::of(general, false) };
        Some(said)
    }

    /// `合格48批次`, `不合格样品6批次`.
    fn verdict_before(&self, number: &Number) -> Option<Said> {
        let start = self.clause_start(number.from, true).max(number.left);
        let (at, kind, length) = (start..number.from).rev().find_map(|at| {
            let negative = at
                .checked_sub(1)
                .is_some_and(|before| matches!(self.sign(before), Some('不' | '未')) && before >= start);
            self.verdict(at).filter(|_| !negative).map(|(kind, length)| (at, kind, length))
        })?;
        let between = self.is_narrowed_to(at + length, number.from);
        let mut said = self.said(kind, at, number.unit);
        said.count = number.value;
        said.scope = Scope::of(!between && !self.is_narrowed(start, at), false);
        Some(said)
    }

    fn is_narrowed_to(&self, from: usize, to: usize) -> bool {
        self.past(
            from,
            &["样品", "食品", "产品", "的", "为", "有", "共", "计", "数", "量", "批次", "仅", "项目", "分别", "是"],
        ) < to
    }

    /// 不合格 before 合格: the one contains the other. 合格率, 合格证 are no verdicts.
    fn verdict(&self, at: usize) -> Option<(Kind, usize)> {
        let (kind, length) = if self.starts(at, "不合格") || self.starts(at, "未合格") {
            (Kind::Failed, 3)
        } else if self.starts(at, "合格") {
            (Kind::Passed, 2)
        } else {
            return None;
        };
        (!self.sign(at + length).is_some_and(|sign| "率证(".contains(sign))).then_some((kind, length))
    }

    fn total(&self, number: &Number) -> Option<Said> {
        let sampled = number.counts_samples || NOUNS.iter().any(|noun| self.starts(number.unit, noun));
        let start = self.clause_start(number.from, true).max(number.left);
        // what is found in so many lots is no total: 3批次检出铅, 发现问题5批次
        let other = self.has(start, number.from, &["合格", "问题", "检出", "处置", "召回", "下架", "整改", "立案"])
            || ["问题", "检出", "处置", "次品"]
                .iter()
                .any(|word| self.starts(number.unit, word) && !self.starts(number.unit, "检出结果"));
        let results = self.has(start, number.from, &["检出结果"]);
        if !sampled || (other && !results) {
            return None;
        }
        let mut said = self.said(Kind::Total, number.from, number.unit);
        said.count = number.value;
        let part = self.has(self.from, number.from, &["其中"]) || self.has(self.from, number.from, PERIODS);
        let own = self.clause_start(number.from, false);
        let general =
            !part && (self.has(self.from, number.from, VERBS) || !self.is_narrowed(own.max(number.left), number.from));
        said.scope = Scope::of(general, self.has(self.from, number.from, WHOLE));
        Some(said)
    }
}
