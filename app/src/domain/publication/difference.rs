//! What a revision changed: fields side by side, a text line by line, samples one by one. Pure; words are the pages'.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;
use similar::{Algorithm, ChangeTag, capture_diff_slices};

use crate::domain::sample::SampleDraft;

/// Unchanged lines shown around a change.
const AROUND: usize = 2;

/// A line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// In both
    Same(String),
    /// Only before
    Removed(String),
    /// Only now
    Added(String),
    /// So many unchanged lines are left out
    Skipped(usize),
}

/// The difference of two texts by lines; empty when there is none.
#[must_use]
pub fn lines(before: &str, after: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let operations = capture_diff_slices(Algorithm::Patience, &old, &new);
    let all: Vec<Line> = operations
        .iter()
        .flat_map(|operation| operation.iter_changes(&old, &new))
        .map(|change| {
            let text = change.value().to_owned();
            match change.tag() {
                ChangeTag::Equal => Line::Same(text),
                ChangeTag::Delete => Line::Removed(text),
                ChangeTag::Insert => Line::Added(text),
            }
        })
        .collect();
    if all.iter().all(|line| matches!(line, Line::Same(_))) { Vec::new() } else { shortened(all) }
}

/// Leaves out what is far from every change.
fn shortened(all: Vec<Line>) -> Vec<Line> {
    let changed: Vec<bool> = all.iter().map(|line| !matches!(line, Line::Same(_))).collect();
    let near = |at: usize| {
        let range = at.saturating_sub(AROUND)..(at + AROUND + 1).min(changed.len());
        changed[range].contains(&true)
    };
    let mut out = Vec::new();
    let mut skipped = 0;
    for (at, line) in all.into_iter().enumerate() {
        if near(at) {
            if skipped > 0 {
                out.push(Line::Skipped(std::mem::take(&mut skipped)));
            }
            out.push(line);
        } else {
            skipped += 1;
        }
    }
    if skipped > 0 {
        out.push(Line::Skipped(skipped));
    }
    out
}

/// A sample before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Before
    pub before: SampleDraft,
    /// Now
    pub after: SampleDraft,
}

/// What became of a bulletin's samples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    /// New
    pub added: Vec<SampleDraft>,
    /// Not there any more
    pub removed: Vec<SampleDraft>,
    /// Otherwise than before
    pub changed: Vec<Changed>,
}

impl Samples {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// Compares the samples of two revisions. Samples are the same by their number, or else by product and sampled unit;
/// several with the same key are compared in their order.
#[must_use]
pub fn samples(before: Vec<SampleDraft>, after: Vec<SampleDraft>) -> Samples {
    let mut old: HashMap<(String, usize), SampleDraft> = HashMap::new();
    let mut order = Vec::new();
    for (key, sample) in keyed(before) {
        order.push(key.clone());
        old.insert(key, sample);
    }
    let mut out = Samples::default();
    for (key, sample) in keyed(after) {
        match old.remove(&key) {
            None => out.added.push(sample),
            Some(before) if before != sample => out.changed.push(Changed { before, after: sample }),
            Some(_) => {}
        }
    }
    out.removed = order.iter().filter_map(|key| old.remove(key)).collect();
    out
}

/// An entry of a register before and after, by column: nothing before where it is new, nothing after where it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it said
    pub before: Option<BTreeMap<String, String>>,
    /// What it says
    pub after: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
struct EntryLine {
    key: String,
    cells: BTreeMap<String, String>,
}

/// Compares the entries of two revisions by their keys; lines are those of the public log.
#[must_use]
pub fn entries(before: &[String], after: &[String]) -> Vec<Entry> {
    let read = |lines: &[String]| -> BTreeMap<String, BTreeMap<String, String>> {
        let lines = lines.iter().filter_map(|line| serde_json::from_str::<EntryLine>(line).ok());
        lines.map(|line| (line.key, line.cells)).collect()
    };
    // lines that both have say nothing of the difference
    let (old, new): (HashSet<&String>, HashSet<&String>) = (before.iter().collect(), after.iter().collect());
    let only = |lines: &[String], others: &HashSet<&String>| -> Vec<String> {
        lines.iter().filter(|line| !others.contains(line)).cloned().collect()
    };
    let (mut old, new) = (read(&only(before, &new)), read(&only(after, &old)));
    let mut out: Vec<Entry> =
        new.into_iter().map(|(key, cells)| Entry { before: old.remove(&key), after: Some(cells) }).collect();
    out.extend(old.into_values().map(|cells| Entry { before: Some(cells), after: None }));
    out
}

fn keyed(samples: Vec<SampleDraft>) -> impl Iterator<Item = ((String, usize), SampleDraft)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    samples.into_iter().map(move |sample| {
        let name = sample
            .number
            .clone()
            .unwrap_or_else(|| format!("{}\n{}", sample.product, sample.seller.name.as_deref().unwrap_or_default()));
        let times = seen.entry(name.clone()).and_modify(|times| *times += 1).or_insert(0);
        ((name, *times), sample)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_what_went_and_what_came() {
        let before = "一\n二\n三\n四\n五\n六\n七\n八";
        let after = "一\n二\n三\n四\n五\n六\n七\n捌\n九";
        let same = |text: &str| Line::Same(text.into());
        assert_eq!(
            lines(before, after),
            [
                Line::Skipped(5),
                same("六"),
                same("七"),
                Line::Removed("八".into()),
                Line::Added("捌".into()),
                Line::Added("九".into())
            ]
        );
        assert_eq!(lines("一\n二", "一\r\n二"), []);
        assert_eq!(lines("", "一"), [Line::Added("一".into())]);
    }

    #[test]
    fn samples_are_known_again_by_number_or_by_what_they_are() {
        let sample = |number: Option<&str>, product: &str, remark: &str| SampleDraft {
            number: number.map(str::to_owned),
            product: product.into(),
            remark: Some(remark.to_owned()).filter(|remark| !remark.is_empty()),
            ..SampleDraft::default()
        };
        let before = vec![
            sample(Some("S1"), "大米", ""),
            sample(Some("S2"), "面粉", ""),
            sample(None, "青菜", ""),
            sample(None, "青菜", "二"),
        ];
        let after = vec![
            sample(None, "青菜", ""),
            sample(Some("S1"), "大米", "复检结论维持"),
            sample(None, "青菜", "二"),
            sample(Some("S3"), "食盐", ""),
        ];
        let found = samples(before.clone(), after);
        assert_eq!((found.added.len(), found.removed.len(), found.changed.len()), (1, 1, 1));
        assert_eq!(found.added[0].product, "食盐");
        assert_eq!(found.removed[0].product, "面粉");
        assert_eq!(found.changed[0].after.remark.as_deref(), Some("复检结论维持"));
        assert!(samples(before.clone(), before).is_empty());
    }

    #[test]
    fn entries_are_known_again_by_their_key() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let before = lines(&[
            "{\"key\":\"1\",\"cells\":{\"a\":\"x\"}}",
            "{\"key\":\"2\",\"cells\":{\"a\":\"x\"}}",
            "{\"key\":\"3\",\"cells\":{}}",
        ]);
        let after = lines(&[
            "{\"key\":\"1\",\"cells\":{\"a\":\"x\"}}",
            "{\"key\":\"2\",\"cells\":{\"a\":\"y\"}}",
            "{\"key\":\"4\",\"cells\":{}}",
        ]);
        let found = entries(&before, &after);
        let shape: Vec<_> = found.iter().map(|one| (one.before.is_some(), one.after.is_some())).collect();
        assert_eq!(shape, [(true, true), (false, true), (true, false)]);
        assert_eq!(found[0].after.as_ref().unwrap()["a"], "y");
        assert_eq!(entries(&before, &before), []);
    }

    proptest::proptest! {
        #[test]
        fn both_texts_can_be_read_off_the_lines(before in "([a-c]\n){0,9}", after in "([a-c]\n){0,9}") {
            let all = lines(&before, &after);
            let skipped: usize = all.iter().map(|line| if let Line::Skipped(many) = line { *many } else { 0 }).sum();
            let old = all.iter().filter(|line| matches!(line, Line::Same(_) | Line::Removed(_))).count();
            let new = all.iter().filter(|line| matches!(line, Line::Same(_) | Line::Added(_))).count();
            if before == after {
                proptest::prop_assert!(all.is_empty());
            } else {
                proptest::prop_assert_eq!((old + skipped, new + skipped), (before.lines().count(), after.lines().count()));
            }
        }
    }
}
