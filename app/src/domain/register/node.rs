//! A file's tables, walked with the place of each fault.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::fault::{Fault, Problem, Wanted};

/// Faults that are told of a file.
const MOST_FAULTS: usize = 50;

/// Something with its place in the file, in bytes.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub value: T,
    pub at: usize,
}

/// The faults of a file as they are found.
pub(super) struct Faults<'t> {
    text: &'t str,
    list: Vec<(usize, Problem)>,
}

impl<'t> Faults<'t> {
    pub fn of(text: &'t str) -> Self {
        Self { text, list: Vec::new() }
    }

    pub fn add(&mut self, at: usize, problem: Problem) {
        if !self.list.contains(&(at, problem.clone())) {
            self.list.push((at, problem));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// In the order of the file.
    pub fn into_list(mut self) -> Vec<Fault> {
        self.list.sort_by_key(|(at, _)| *at);
        self.list.truncate(MOST_FAULTS);
        let text = self.text;
        self.list.into_iter().map(|(at, problem)| fault(text, at, problem)).collect()
    }
}

fn fault(text: &str, at: usize, problem: Problem) -> Fault {
    let before = text.as_bytes().get(..at.min(text.len())).unwrap_or_default();
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let line = text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    Fault { line, column, problem }
}

/// A table and where it begins.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    entries: &'a DeTable<'a>,
    pub at: usize,
}

impl<'a> Table<'a> {
    /// Opens a table that may only have these keys.
    pub fn open(entries: &'a DeTable<'a>, at: usize, keys: &[&'static str], faults: &mut Faults<'_>) -> Self {
        for (key, _) in entries {
            let name = key.get_ref().as_ref();
            if !keys.contains(&name) {
                let near = nearest(name, keys.iter().copied());
                faults.add(key.span().start, Problem::UnknownKey(name.to_owned(), near));
            }
        }
        Self { entries, at }
    }

    pub fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.entries.iter().find(|(name, _)| name.get_ref().as_ref() == key).map(|(_, value)| value)
    }

    /// The value of a key that must be there.
    pub fn needed(&self, key: &'static str, faults: &mut Faults<'_>) -> Option<&'a Spanned<DeValue<'a>>> {
        let found = self.get(key);
        if found.is_none() {
            faults.add(self.at, Problem::Missing(key));
        }
        found
    }

    /// Words of one value, trimmed: `None` when absent, wrong, empty or longer than `most` signs.
    pub fn text(&self, key: &str, most: usize, faults: &mut Faults<'_>) -> Option<At<String>> {
        text(self.get(key)?, key, most, faults)
    }

    pub fn needed_text(&self, key: &'static str, most: usize, faults: &mut Faults<'_>) -> Option<At<String>> {
        text(self.needed(key, faults)?, key, most, faults)
    }

    /// A flag; false when absent or wrong.
    pub fn flag(&self, key: &str, faults: &mut Faults<'_>) -> bool {
        let Some(value) = self.get(key) else { return false };
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            faults.add(value.span().start, Problem::WrongType(key.to_owned(), Wanted::Flag));
        }
        flag.unwrap_or_default()
    }

    /// A number within limits.
    pub fn number(&self, key: &str, limits: Range<u32>, faults: &mut Faults<'_>) -> Option<At<u32>> {
        let value = self.get(key)?;
        let at = value.span().start;
        let Some(number) = value.get_ref().as_integer() else {
            faults.add(at, Problem::WrongType(key.to_owned(), Wanted::Number));
            return None;
        };
        let found = u32::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| limits.contains(number));
        if found.is_none() {
            let last = i64::from(limits.end) - 1;
            faults.add(at, Problem::OutOfRange(key.to_owned(), i64::from(limits.start), last));
        }
        found.map(|value| At { value, at })
    }

    /// A list of words; empty when absent.
    pub fn texts(&self, key: &str, members: usize, most: usize, faults: &mut Faults<'_>) -> Vec<At<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let at = value.span().start;
        let Some(list) = value.get_ref().as_array() else {
            faults.add(at, Problem::WrongType(key.to_owned(), Wanted::Texts));
            return Vec::new();
        };
        if list.len() > members {
            faults.add(at, Problem::TooLong(key.to_owned(), members));
        }
        list.iter().take(members).filter_map(|member| text(member, key, most, faults)).collect()
    }

    /// The tables of an array of tables; none when absent.
    pub fn tables(&self, key: &str, members: usize, keys: &[&'static str], faults: &mut Faults<'_>) -> Vec<Table<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let at = value.span().start;
        let Some(list) = value.get_ref().as_array() else {
            faults.add(at, Problem::WrongType(key.to_owned(), Wanted::Tables));
            return Vec::new();
        };
        if list.len() > members {
            faults.add(at, Problem::TooLong(key.to_owned(), members));
        }
        let mut tables = Vec::new();
        for member in list.iter().take(members) {
            let at = member.span().start;
            match member.get_ref().as_table() {
                Some(table) => tables.push(Table::open(table, at, keys, faults)),
                None => faults.add(at, Problem::WrongType(key.to_owned(), Wanted::Tables)),
            }
        }
        tables
    }

    /// One of some words.
    pub fn word<T>(
        &self,
        key: &'static str,
        read: impl Fn(&str) -> Option<T>,
        all: &[&'static str],
        faults: &mut Faults<'_>,
    ) -> Option<At<T>> {
        let At { value: said, at } = self.text(key, 60, faults)?;
        let found = read(&said);
        if found.is_none() {
            let near = nearest(&said, all.iter().copied()).map(ToOwned::to_owned);
            let all = all.iter().map(|word| (*word).to_owned()).collect();
            faults.add(at, Problem::UnknownWord(key.to_owned(), said, near, all));
        }
        found.map(|value| At { value, at })
    }
}

fn text(value: &Spanned<DeValue<'_>>, key: &str, most: usize, faults: &mut Faults<'_>) -> Option<At<String>> {
    let at = value.span().start;
    let Some(text) = value.get_ref().as_str().map(str::trim) else {
        faults.add(at, Problem::WrongType(key.to_owned(), Wanted::Text));
        return None;
    };
    if text.is_empty() {
        faults.add(at, Problem::Empty(key.to_owned()));
        return None;
    }
    if text.chars().count() > most {
        faults.add(at, Problem::TooLong(key.to_owned(), most));
        return None;
    }
    Some(At { value: text.to_owned(), at })
}

/// The nearest of some words, if it is near enough to be meant.
pub(super) fn nearest<'w>(said: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let near = |word: &str| word.chars().count().max(said.chars().count()) / 3 + 1;
    words
        .map(|word| (distance(said, word), word))
        .filter(|(far, word)| *far <= near(word))
        .min_by_key(|(far, _)| *far)
        .map(|(_, word)| word)
}

/// Signs to change, add or leave out (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, sign) in one.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], at + 1);
        for (place, known) in other.iter().enumerate() {
            let changed = corner + usize::from(sign != *known);
            corner = row[place + 1];
            row[place + 1] = changed.min(corner + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}
