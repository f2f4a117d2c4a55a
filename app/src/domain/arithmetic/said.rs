//! The statements of a text: `抽检54批次`, `合格48批次`, `6批次样品不合格`, `合格率为88.9%`.

mod counts;
mod words;

use super::numbers::{Rate, rate};
use super::running::Running;
use words::{FAIL_RATES, GENERAL, PASS_RATES, PERIODS};

/// What a statement counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Total,
    Passed,
    Failed,
    PassRate,
    FailRate,
}

/// What a statement speaks of, as far as its own clause tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// A food category, a problem, another period
    Part,
    /// Nothing narrows it
    General,
    /// 共, 总计, 合计, 本次 … stand before it
    Whole,
    /// `关于6批次食品不合格情况的通告`
    Title,
}

/// A number with what it is said of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) kind: Kind,
    /// The count; 0 for a rate
    pub(super) count: u64,
    pub(super) rate: Option<Rate>,
    pub(super) scope: Scope,
    /// The sentence says that results are still to come
    pub(super) unfinished: bool,
    pub(super) sentence: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Scope {
    const fn of(general: bool, whole: bool) -> Self {
        match (general, whole) {
            (false, _) => Self::Part,
            (true, false) => Self::General,
            (true, true) => Self::Whole,
        }
    }
}

impl Said {
    /// Said of everything, as far as its own clause tells.
    pub(super) fn is_general(&self) -> bool {
        self.scope != Scope::Part
    }

    /// Says itself that it is of everything.
    pub(super) fn is_explicit(&self) -> bool {
        self.scope == Scope::Whole
    }
}

/// All statements of a text, in its order.
pub(super) fn all(running: &Running) -> Vec<Said> {
    let mut found = Vec::new();
    for (number, (from, to)) in running.sentences().into_iter().enumerate() {
        let sentence = Sentence { running, number, from, to };
        let mut here = counts::of(&sentence);
        here.extend(sentence.rates(&here));
        here.sort_by_key(|said| said.from);
        found.extend(here);
    }
    found
}

/// No sentence that is read is longer (in signs): keeps a text without stops from taking forever.
const SENTENCE: usize = 400;

struct Sentence<'a> {
    running: &'a Running,
    number: usize,
    from: usize,
    to: usize,
}

impl Sentence<'_> {
    fn starts(&self, at: usize, word: &str) -> bool {
        at + word.chars().count() <= self.to
            && word.chars().enumerate().all(|(offset, sign)| self.running.signs.get(at + offset) == Some(&sign))
    }

    fn sign(&self, at: usize) -> Option<char> {
        self.running.signs.get(at).copied().filter(|_| at < self.to)
    }

    /// Whether a stretch (its last 400 signs) has one of the words.
    fn has(&self, from: usize, to: usize, words: &[&str]) -> bool {
        let from = from.max(to.saturating_sub(SENTENCE));
        let text = self.running.text(from, to);
        words.iter().any(|word| text.contains(word))
    }

    /// The beginning of the clause a place stands in.
    fn clause_start(&self, at: usize, also_lists: bool) -> usize {
        let ends = |sign: char| matches!(sign, ',' | ':' | '…' | '(' | ')' | '-') || (also_lists && sign == '、');
        let start = self.from.max(at.saturating_sub(SENTENCE));
        (start..at).rev().find(|place| self.sign(*place).is_some_and(ends)).map_or(start, |place| place + 1)
    }

    fn said(&self, kind: Kind, from: usize, to: usize) -> Said {
        Said {
            kind,
            count: 0,
            rate: None,
            scope: Scope::Part,
            unfinished: self.has(
                self.from,
                self.to.min(to + SENTENCE / 2),
                &["尚未", "未出结果", "待检", "正在检验", "未完成", "检验中", "已出结果", "已检出结果"],
            ),
            sentence: self.number,
            from,
            to,
        }
    }

    fn rates(&self, counts: &[Said]) -> Vec<Said> {
        let mut found = Vec::new();
        let mut at = self.from;
        while at < self.to {
            let of = |kind: Kind, words: &[&str]| {
                words
                    .iter()
                    .filter(|word| self.starts(at, word))
                    .map(|word| word.chars().count())
                    .max()
                    .map(|length| (kind, length))
            };
            let Some((kind, length)) = of(Kind::FailRate, FAIL_RATES).or_else(|| of(Kind::PassRate, PASS_RATES)) else {
                at += 1;
                continue;
            };
            let end = at + length;
            let value = (end..(end + 7).min(self.to))
                .find(|place| !self.sign(*place).is_some_and(|sign| "为是达到了约:仅均至有高".contains(sign)))
                .and_then(|place| rate(&self.running.signs, place))
                .filter(|(_, end)| *end <= self.to);
            if let Some((value, to)) = value.filter(|(_, to)| self.sign(*to) != Some('、')) {
                let before = counts.partition_point(|said| said.from < at);
                let counted =
                    counts.iter().take(before).rev().map(|said| said.to).find(|end| *end <= at).unwrap_or(self.from);
                let start = self.clause_start(at, true).max(counted);
                let narrowed = self.is_narrowed(start, at);
                let other_period = self.has(start, at, PERIODS) || self.has(self.from, at, &["同期", "去年", "上年"]);
                let mut said = self.said(kind, at, to);
                said.rate = Some(value);
                let whole = self.has(start, at, &["总体", "本次", "本期", "此次"]);
                said.scope = Scope::of(!narrowed && !other_period, whole);
                found.push(said);
            }
            at = end;
        }
        found
    }

    /// Whether a stretch says more than the words that narrow nothing.
    fn is_narrowed(&self, from: usize, to: usize) -> bool {
        let mut at = from;
        while at < to {
            let length = GENERAL.iter().filter(|word| self.starts(at, word)).map(|word| word.chars().count()).max();
            match length {
                Some(length) => at += length,
                None => return true,
            }
        }
        false
    }

    /// Past any of the words, again and again.
    fn past(&self, from: usize, words: &[&str]) -> usize {
        let mut at = from;
        while let Some(length) =
            words.iter().filter(|word| self.starts(at, word)).map(|word| word.chars().count()).max()
        {
            at += length;
        }
        at
    }
}
