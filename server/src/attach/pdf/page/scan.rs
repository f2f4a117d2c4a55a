//! Words that a program recognised in a scanned page: not painted, each over the picture in which it can be seen.

use super::super::state::Rect;

/// Pictures and words kept of a page.
const MOST_PICTURES: usize = 256;
const MOST_WORDS: usize = 200_000;
/// How much of the page its pictures fill.
const WHOLE: f32 = 0.8;

/// What is not painted of a page, and its pictures.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pictures: Vec<Rect>,
    words: Vec<(f32, f32)>,
    is_incomplete: bool,
}

/// What text that is not painted is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unpainted {
    /// There is none
    None,
    /// The words of a scanned page
    Recognised,
    /// Hidden
    Hidden,
}

impl Scan {
    /// A picture that is seen.
    pub(super) fn picture(&mut self, rect: Rect) {
        if self.pictures.len() < MOST_PICTURES {
            self.pictures.push(rect);
        }
    }

    /// The middle of a letter of text mode 3.
    pub(super) fn word(&mut self, centre: (f32, f32)) {
        if self.words.len() < MOST_WORDS {
            self.words.push(centre);
        } else {
            self.is_incomplete = true;
        }
    }

    /// Whether all that is not painted lies on pictures that fill the page.
    pub(super) fn judge(&self, page: f32) -> Unpainted {
        if self.words.is_empty() {
            return Unpainted::None;
        }
        let filled: f32 = self.pictures.iter().map(Rect::area).sum();
        let is_seen = |word: &(f32, f32)| self.pictures.iter().any(|picture| picture.holds(*word, 2.0));
        if !self.is_incomplete && filled >= WHOLE * page && self.words.iter().all(is_seen) {
            Unpainted::Recognised
        } else {
            Unpainted::Hidden
        }
    }
}
