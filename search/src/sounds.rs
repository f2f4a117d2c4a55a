//! Pinyin: toneless syllables against homophones, initials for those who type them.

use std::{collections::HashSet, sync::LazyLock};

use pinyin::{ToPinyin, ToPinyinMulti};

/// Names with several readings are kept in at most this many ways.
const READINGS: usize = 8;
/// Longer names are cut for initials.
const LONGEST: usize = 40;

/// The characters that have a place in the tables.
const FIRST: char = '\u{4e00}';
const LAST: char = '\u{9fff}';

/// Syllable and first letters of each character from [`FIRST`] to [`LAST`]: looked up for every character of a million
/// names, so they are looked up once in the dictionary.
static TABLE: LazyLock<Vec<Sound>> = LazyLock::new(|| (FIRST..=LAST).map(Sound::of).collect());

/// How a character sounds.
struct Sound {
    syllable: Option<&'static str>,
    letters: Vec<char>,
}

impl Sound {
    fn of(c: char) -> Self {
        Self { syllable: c.to_pinyin().map(pinyin::Pinyin::plain), letters: read_letters(c) }
    }
}

fn sound(c: char) -> Option<&'static Sound> {
    (FIRST..=LAST).contains(&c).then(|| TABLE.get(c as usize - FIRST as usize)).flatten()
}

/// The toneless syllable of a character; other characters have none.
pub fn syllable(c: char) -> Option<&'static str> {
    sound(c).and_then(|sound| sound.syllable)
}

/// The whole name in toneless pinyin, letters and digits as they are: `海天abc` → `haitianabc`. From normal characters.
pub fn spelled(chars: &[char]) -> String {
    let mut out = String::new();
    for c in chars.iter().filter(|c| **c != ' ') {
        match syllable(*c) {
            Some(syllable) => out.push_str(syllable),
            None => out.push(*c),
        }
    }
    out
}

/// The initials of a name, one string a reading: `重庆` → `zq`, `cq`. From normal characters.
pub fn initials(chars: &[char]) -> Vec<String> {
    let mut readings = vec![String::new()];
    for c in chars.iter().filter(|c| **c != ' ').take(LONGEST) {
        let letters = letters_of(c);
        let room = READINGS / readings.len();
        let letters = &letters[..letters.len().min(room.max(1))];
        if let [only] = letters {
            for reading in &mut readings {
                reading.push(*only);
            }
            continue;
        }
        let mut next = Vec::with_capacity(readings.len() * letters.len());
        for reading in &readings {
            for letter in letters {
                next.push(format!("{reading}{letter}"));
            }
        }
        readings = next;
    }
    readings.retain(|reading| reading.chars().count() >= 2);
    readings
}

/// Ways in which letters are read as pinyin are kept up to this number.
const SPLITS: usize = 3;
/// Letters of the longest syllable (`zhuang`).
const LONGEST_SYLLABLE: usize = 6;

/// Every toneless syllable of the common characters.
static SYLLABLES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| ('\u{4e00}'..='\u{9fff}').filter_map(syllable).collect());

/// The ways to read letters as two or more syllables, longest syllables first: `haitian` → `hai tian`.
pub fn syllables(letters: &str) -> Vec<Vec<&str>> {
    let mut ways = Vec::new();
    split(letters, &mut Vec::new(), &mut ways);
    ways.retain(|way| way.len() >= 2);
    ways
}

fn split<'a>(rest: &'a str, before: &mut Vec<&'a str>, ways: &mut Vec<Vec<&'a str>>) {
    if ways.len() == SPLITS {
        return;
    }
    if rest.is_empty() {
        ways.push(before.clone());
        return;
    }
    for length in (1..=rest.len().min(LONGEST_SYLLABLE)).rev() {
        let Some(first) = rest.get(..length).filter(|first| SYLLABLES.contains(first)) else { continue };
        before.push(first);
        split(&rest[length..], before, ways);
        before.pop();
    }
}

/// The 2- and 3-grams of the initials, of every reading.
pub fn initial_grams(chars: &[char], mut put: impl FnMut(&[char])) {
    let letters: Vec<&[char]> = chars.iter().filter(|c| **c != ' ').take(LONGEST).map(letters_of).collect();
    for at in 0..letters.len().saturating_sub(1) {
        for first in letters[at] {
            for second in letters[at + 1] {
                put(&[*first, *second]);
                for third in letters.get(at + 2).copied().unwrap_or_default() {
                    put(&[*first, *second, *third]);
                }
            }
        }
    }
}

/// First letters of a character's readings; of other characters themselves.
fn letters_of(c: &char) -> &[char] {
    sound(*c).map_or(std::slice::from_ref(c), |sound| &sound.letters)
}

/// First letters of a character's readings in the dictionary, the common one first.
fn read_letters(c: char) -> Vec<char> {
    let mut letters = Vec::with_capacity(1);
    let mut push = |text: &str| {
        if let Some(letter) = text.chars().next()
            && !letters.contains(&letter)
        {
            letters.push(letter);
        }
    };
    if let Some(first) = c.to_pinyin() {
        push(first.first_letter());
    }
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        push(reading.first_letter());
    }
    if letters.is_empty() {
        letters.push(c);
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn names_are_spelled() {
        assert_eq!(spelled(&chars("海天味业 abc1")), "haitianweiyeabc1");
        assert_eq!(syllable('a'), None);
    }

    #[test]
    fn letters_are_read_as_syllables() {
        assert_eq!(syllables("haitianweiye")[0], ["hai", "tian", "wei", "ye"]);
        assert!(syllables("htwy").is_empty());
        assert!(syllables("xian").iter().any(|way| *way == ["xi", "an"]));
    }

    #[test]
    fn initials_have_every_reading_up_to_a_limit() {
        let readings = initials(&chars("重庆"));
        assert!(readings.contains(&"zq".to_owned()) && readings.contains(&"cq".to_owned()), "{readings:?}");
        assert!(initials(&chars(&"重".repeat(30))).len() <= READINGS);
        assert!(initials(&chars("海")).is_empty());
    }
}
