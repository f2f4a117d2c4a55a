//! Words for the same thing: tested items and products. The list is data with a source for each line.

use std::{collections::HashMap, sync::LazyLock};

use crate::normalise::normalise;

const DATA: &str = include_str!("../data/synonyms.tsv");

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// A word
    pub word: &'static str,
    /// Another word for the same thing
    pub other: &'static str,
    /// Who says so
    pub source: &'static str,
}

/// The lines of the list; lines that are not three fields are left out (a test keeps them out of the file).
pub fn synonyms() -> impl Iterator<Item = Synonym> {
    DATA.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut fields = line.split('\t');
        Some(Synonym { word: fields.next()?, other: fields.next()?, source: fields.next()? })
    })
}

/// Normal form of each word to the normal forms of its others.
static TABLE: LazyLock<HashMap<Vec<char>, Vec<String>>> = LazyLock::new(|| {
    let mut groups: Vec<Vec<String>> = Vec::new();
    for pair in synonyms() {
        let words = [normalise(pair.word), normalise(pair.other)];
        let place = groups.iter().position(|group| group.iter().any(|known| words.contains(known)));
        let place = place.unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        for word in words {
            if !groups[place].contains(&word) {
                groups[place].push(word);
            }
        }
    }
    let mut table = HashMap::new();
    for group in groups {
        for word in &group {
            let others = group.iter().filter(|other| *other != word).cloned().collect();
            table.insert(word.chars().collect(), others);
        }
    }
    table
});

static LONGEST: LazyLock<usize> = LazyLock::new(|| TABLE.keys().map(Vec::len).max().unwrap_or(0));

/// The longest word of the list that begins at a place of a run: its length and its others.
pub fn at(run: &[char]) -> Option<(usize, &'static [String])> {
    (2..=run.len().min(*LONGEST)).rev().find_map(|length| TABLE.get(&run[..length]).map(|others| (length, &others[..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_whole_and_sourced() {
        let lines = DATA.lines().filter(|line| !line.starts_with('#'));
        let mut count = 0;
        for line in lines {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 3, "{line}");
            assert!(fields.iter().all(|field| !field.trim().is_empty()), "{line}");
            assert_ne!(normalise(fields[0]), normalise(fields[1]), "{line}");
            count += 1;
        }
        assert!(count >= 60, "{count}");
    }

    #[test]
    fn the_longest_word_wins() {
        let run: Vec<char> = "甜蜜素超标".chars().collect();
        let (length, others) = at(&run).unwrap();
        assert_eq!((length, others.contains(&"环己基氨基磺酸钠".to_owned())), (3, true));
        assert_eq!(at(&['超', '标']), None);
    }
}
