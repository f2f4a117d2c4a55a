//! A text as one reads it aloud: no spaces, no line ends inside sentences; cut into sentences.

use std::ops::Range;

use crate::domain::redaction::plain::{Plain, is_han};

/// Signs without spaces, each knowing its place, and the sentences' borders.
pub(super) struct Running {
    plain: Plain,
    pub(super) signs: Vec<char>,
    at: Vec<usize>,
}

/// A line at least this long that ends without a stop goes on in the next one (text layers of documents).
const FULL_LINE: usize = 25;

impl Running {
    pub(super) fn of(text: &str) -> Self {
        let plain = Plain::of(text);
        let (mut signs, mut at): (Vec<char>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut line = 0;
        for (place, sign) in plain.signs().iter().copied().enumerate() {
            let next =
                plain.slice(place + 1, place + 40).iter().copied().find(|next| !next.is_whitespace() || *next == '\n');
            let last = signs.last().copied();
            let between_digits =
                last.is_some_and(|last| last.is_ascii_digit()) && next.is_some_and(|next| next.is_ascii_digit());
            let joined = match sign {
                '\n' => line >= FULL_LINE && last.is_some_and(goes_on) && next.is_some_and(goes_on) && !between_digits,
                _ => sign.is_whitespace() && !between_digits,
            };
            line = if sign == '\n' { 0 } else { line + 1 };
            // Markdown's emphasis stands inside sentences: 合格率**98.9%**
            if !joined && sign != '*' {
                signs.push(sign);
                at.push(place);
            }
        }
        Self { plain, signs, at }
    }

    /// The bytes of the original text of a stretch.
    pub(super) fn range(&self, from: usize, to: usize) -> Range<usize> {
        match (self.at.get(from), to.checked_sub(1).and_then(|last| self.at.get(last))) {
            (Some(first), Some(last)) => self.plain.range(*first, last + 1),
            _ => 0..0,
        }
    }

    /// Sentences: up to a full stop, a semicolon or a line's end.
    pub(super) fn sentences(&self) -> Vec<(usize, usize)> {
        let mut sentences = Vec::new();
        let mut from = 0;
        for (at, sign) in self.signs.iter().enumerate() {
            if ends_sentence(*sign) {
                sentences.push((from, at));
                from = at + 1;
            }
        }
        sentences.push((from, self.signs.len()));
        sentences.retain(|(from, to)| from < to);
        sentences
    }

    pub(super) fn text(&self, from: usize, to: usize) -> String {
        self.signs.get(from..to).unwrap_or_default().iter().collect()
    }
}

fn goes_on(sign: char) -> bool {
    is_han(sign) || sign.is_ascii_alphanumeric() || matches!(sign, ',' | '、' | '%' | '(' | '.')
}

fn ends_sentence(sign: char) -> bool {
    matches!(sign, '。' | ';' | '!' | '?' | '\n' | '|')
}
