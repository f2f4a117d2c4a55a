//! Completions while typing: values under their normal form, their core, their pinyin and its initials.

use std::collections::{HashMap, HashSet};

use tantivy::{DocSet, TERMINATED, schema::IndexRecordOption};

use crate::{
    Document, Error, Index,
    normalise::{normalise, words_into},
    sounds::{initials, spelled},
};

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SuggestKind {
    /// A firm or shop
    Name,
    /// A product
    Product,
    /// A tested item
    Item,
}

/// A completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What to search for
    pub text: String,
    /// What it is
    pub kind: SuggestKind,
    /// Documents with it
    pub count: u64,
}

const PART: char = '\u{1f}';
/// Longer values are not suggested.
const LONGEST: usize = 60;
/// Keys of one segment that are looked at.
const LOOKED_AT: usize = 1_000;
/// Readings of initials under which a value stands.
const READINGS: usize = 2;
/// The place at the front of a name: its last character is looked for in the first characters.
const PLACE: [char; 4] = ['省', '市', '区', '县'];
const PLACE_WITHIN: usize = 10;

impl SuggestKind {
    fn code(self) -> char {
        match self {
            Self::Name => 'n',
            Self::Product => 'p',
            Self::Item => 'i',
        }
    }

    fn of(code: &str) -> Option<Self> {
        [Self::Name, Self::Product, Self::Item].into_iter().find(|kind| code.chars().eq([kind.code()]))
    }
}

/// The values of a document that may be suggested. A name is suggested as long as its operator is there; the samples
/// that name it are counted.
pub fn values(document: &Document) -> impl Iterator<Item = (SuggestKind, &str)> {
    let title = match document.kind.as_str() {
        "sample" => Some((SuggestKind::Product, document.title.as_str())),
        "operator" => Some((SuggestKind::Name, document.title.as_str())),
        _ => None,
    };
    let items = document.items.iter().map(|item| (SuggestKind::Item, item.as_str()));
    title.into_iter().chain(items)
}

/// The term by which documents that name a firm are counted.
pub fn name_term(name: &str) -> String {
    normalise(name).chars().filter(|c| *c != ' ').collect()
}

/// The terms under which a value is found by its beginning.
pub fn keys(kind: SuggestKind, value: &str) -> Vec<String> {
    let shown = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if shown.chars().count() > LONGEST || shown.contains(PART) {
        return Vec::new();
    }
    let mut chars = Vec::new();
    words_into(&shown, true, &mut chars);
    chars.retain(|c| *c != ' ');
    if chars.len() < 2 {
        return Vec::new();
    }
    let mut begins: HashSet<String> = HashSet::new();
    let core = if kind == SuggestKind::Name { core_start(&chars) } else { 0 };
    for start in [0, core] {
        let part = &chars[start..];
        begins.insert(part.iter().collect());
        begins.insert(spelled(part));
        begins.extend(initials(part).into_iter().take(READINGS));
    }
    begins.into_iter().map(|begin| format!("{begin}{PART}{}{PART}{shown}", kind.code())).collect()
}

/// Where a name's core begins: after its place (`云川市青禾区` …), if something is left.
fn core_start(chars: &[char]) -> usize {
    let within = &chars[..chars.len().saturating_sub(2).min(PLACE_WITHIN)];
    let place = within.iter().rposition(|c| PLACE.contains(c)).map_or(0, |at| at + 1);
    if place >= 2 { place } else { 0 }
}

impl Index {
    /// Completes what is being typed: most frequent first.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
        let prefix: String = normalise(prefix).chars().filter(|c| *c != ' ').collect();
        if prefix.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let searcher = self.searcher();
        let mut found: HashMap<(SuggestKind, String), (u64, HashSet<String>)> = HashMap::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.suggest)?;
            let after = format!("{prefix}\u{10ffff}");
            let mut terms = inverted.terms().range().ge(&prefix).lt(&after).into_stream()?;
            let mut seen: HashSet<(SuggestKind, String)> = HashSet::new();
            for _ in 0..LOOKED_AT {
                let Some((term, info)) = terms.next() else { break };
                let Ok(term) = std::str::from_utf8(term) else { continue };
                let mut parts = term.split(PART).skip(1);
                let (Some(kind), Some(shown)) = (parts.next().and_then(SuggestKind::of), parts.next()) else {
                    continue;
                };
                let entry = found.entry((kind, shown.to_owned())).or_default();
                // a value may stand under several keys with this beginning: it counts once a segment
                if seen.insert((kind, shown.to_owned())) {
                    entry.0 += u64::from(info.doc_freq);
                }
                entry.1.insert(term.to_owned());
            }
        }
        let mut ranked: Vec<_> = found.into_iter().collect();
        ranked.sort_unstable_by(|a, b| (b.1.0, &a.0.1).cmp(&(a.1.0, &b.0.1)));
        let mut suggestions = Vec::with_capacity(limit);
        for ((kind, text), (count, terms)) in ranked {
            if suggestions.len() == limit {
                break;
            }
            // deleted documents keep their terms until a merge: what was withdrawn must not be suggested
            if terms.iter().map(|term| self.is_alive(term)).collect::<Result<Vec<_>, _>>()?.contains(&true) {
                let count = if kind == SuggestKind::Name { self.naming(&text)?.max(count) } else { count };
                suggestions.push(Suggestion { text, kind, count });
            }
        }
        Ok(suggestions)
    }

    /// Documents that name a firm.
    fn naming(&self, name: &str) -> Result<u64, Error> {
        let term = tantivy::Term::from_field_text(self.fields.named, &name_term(name));
        Ok(self.searcher().doc_freq(&term)?)
    }

    fn is_alive(&self, term: &str) -> Result<bool, Error> {
        let searcher = self.searcher();
        let term = tantivy::Term::from_field_text(self.fields.suggest, term);
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.suggest)?;
            let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            if !segment.has_deletes() {
                return Ok(true);
            }
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !segment.is_deleted(doc) {
                    return Ok(true);
                }
                doc = postings.advance();
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_under_core_and_initials() {
        let keys = keys(SuggestKind::Name, "云川市青禾区海天食品店");
        for begin in ["云川市青禾区海天食品店", "海天食品店", "htspd", "haitianshipindian"] {
            let key = format!("{begin}{PART}n{PART}云川市青禾区海天食品店");
            assert!(keys.contains(&key), "{begin}: {keys:?}");
        }
    }
}
