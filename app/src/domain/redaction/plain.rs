//! A text as the rules read it: half-width, without invisible signs, each sign knowing where it stood.

use std::ops::Range;

/// The signs that count, with their places in the original.
pub(in crate::domain) struct Plain {
    signs: Vec<char>,
    places: Vec<Range<usize>>,
}

impl Plain {
    /// Folds full-width and mathematical signs, the many hyphens, spaces and stars to one each; drops invisible signs and
    /// the backslash of Markdown (`\*`).
    pub(in crate::domain) fn of(text: &str) -> Self {
        let mut plain = Self { signs: Vec::with_capacity(text.len() / 3), places: Vec::with_capacity(text.len() / 3) };
        let mut rest = text.char_indices().peekable();
        while let Some((at, sign)) = rest.next() {
            let escapes = sign == '\\' && rest.peek().is_some_and(|(_, next)| next.is_ascii_punctuation());
            if let Some(folded) = fold(sign).filter(|_| !escapes) {
                plain.signs.push(folded);
                plain.places.push(at..at + sign.len_utf8());
            }
        }
        plain
    }

    pub(in crate::domain) fn signs(&self) -> &[char] {
        &self.signs
    }

    pub(in crate::domain) fn len(&self) -> usize {
        self.signs.len()
    }

    pub(in crate::domain) fn get(&self, at: usize) -> Option<char> {
        self.signs.get(at).copied()
    }

    /// The sign before a place.
    pub(in crate::domain) fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|at| self.get(at))
    }

    /// The signs of a stretch; cut to what there is.
    pub(in crate::domain) fn slice(&self, from: usize, to: usize) -> &[char] {
        let to = to.min(self.len());
        self.signs.get(from.min(to)..to).unwrap_or_default()
    }

    pub(in crate::domain) fn string(&self, from: usize, to: usize) -> String {
        self.slice(from, to).iter().collect()
    }

    /// The bytes of the original that a stretch of signs came from.
    pub(in crate::domain) fn range(&self, from: usize, to: usize) -> Range<usize> {
        match (self.places.get(from), to.checked_sub(1).and_then(|last| self.places.get(last))) {
            (Some(first), Some(last)) if from < to => first.start..last.end,
            _ => 0..0,
        }
    }

    pub(in crate::domain) fn starts_with(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(offset, sign)| self.get(at + offset) == Some(sign))
    }

    pub(in crate::domain) fn ends_with(&self, end: usize, word: &str) -> bool {
        end.checked_sub(word.chars().count()).is_some_and(|at| self.starts_with(at, word))
    }

    /// The longest of the words that stands at a place: its length in signs.
    pub(in crate::domain) fn word_at(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().filter(|word| self.starts_with(at, word)).map(|word| word.chars().count()).max()
    }

    /// Each place where one of the words stands, the longest at each: start and end.
    pub(in crate::domain) fn each<'a>(&'a self, words: &'a [&'a str]) -> impl Iterator<Item = (usize, usize)> + 'a {
        let firsts: Vec<char> = words.iter().filter_map(|word| word.chars().next()).collect();
        let starts = self.signs.iter().enumerate().filter(move |(_, sign)| firsts.contains(sign));
        starts.filter_map(move |(at, _)| self.word_at(at, words).map(|length| (at, at + length)))
    }

    /// Whether one of the words stands in a stretch.
    pub(in crate::domain) fn each_in(&self, from: usize, to: usize, words: &[&str]) -> bool {
        (from..to).any(|at| self.word_at(at, words).is_some_and(|length| at + length <= to))
    }

    /// How far the last of the words stands before a place (distance of its end), within `reach` signs of the same line.
    pub(in crate::domain) fn label_before(&self, at: usize, reach: usize, words: &[&str]) -> Option<usize> {
        let window = self.slice(at.saturating_sub(reach), at);
        let line = window.iter().rposition(|sign| *sign == '\n').map_or(window, |newline| &window[newline + 1..]);
        let start = at - line.len();
        (start..at)
            .filter_map(|place| self.word_at(place, words).map(|length| place + length))
            .filter(|end| *end <= at)
            .max()
            .map(|end| at - end)
    }
}

fn fold(sign: char) -> Option<char> {
    Some(match sign {
        '＊' | '∗' | '﹡' | '✱' | '⁎' | '※' | '✲' => '*',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '\u{1d7ce}'..='\u{1d7ff}' => char::from_digit((u32::from(sign) - 0x1_d7ce) % 10, 10).unwrap_or(sign),
        '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{2500}' => '-',
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' => {
            return None;
        }
        '\u{fe00}'..='\u{fe0f}' => return None,
        '、' | '。' => sign,
        '･' | '・' | '‧' | '•' | '∙' => '·',
        other => other,
    })
}

/// Signs that stand between the groups of one number.
pub(in crate::domain) fn is_separator(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '-' | '.' | '·' | '_' | '(' | ')')
}

/// A Chinese character.
pub(in crate::domain) fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2fa1f}' | '〇')
}

/// A sign that ends a clause. Commas are folded to half-width.
pub(in crate::domain) fn ends_clause(sign: char) -> bool {
    matches!(sign, '，' | '。' | ',' | ';' | '；' | '!' | '?' | '\n' | '|' | '\t' | '、')
}
