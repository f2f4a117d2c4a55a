//! What lies on a page: letters in their places, and what is painted beneath and over them.

use super::super::colour::Rgb;
use super::state::Rect;

/// Where a letter ended, in which direction it ran, and its size.
type End = ((f32, f32), (f32, f32), f32);

/// Text as it is read, made from letters in places.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) text: String,
    /// Where the last letter ended, in which direction, and its size.
    end: Option<End>,
}

impl Layout {
    /// Adds a letter that stands at `at`, runs in `direction` and leads to `to`.
    pub(super) fn add(&mut self, text: &str, at: (f32, f32), to: (f32, f32), direction: (f32, f32), size: f32) {
        if let Some((end, before, last_size)) = self.end {
            let gap = (at.0 - end.0, at.1 - end.1);
            let along = gap.0 * before.0 + gap.1 * before.1;
            let across = (gap.0 * before.1 - gap.1 * before.0).abs();
            let turned = (direction.0 * before.0 + direction.1 * before.1) < 0.9;
            let size = size.max(last_size).max(0.1);
            if turned || across > 0.6 * size || along < -size {
                self.push('\n');
            } else if along > 0.25 * size {
                self.push(' ');
            }
        }
        self.text.push_str(text);
        self.end = Some((to, direction, size));
    }

    fn push(&mut self, blank: char) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(blank);
        }
    }
}

/// How many comparisons of places are still allowed in a document.
pub(super) struct Work(pub(super) u64);

/// What was painted, in the order of painting.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    letters: Vec<((f32, f32), bool)>,
    grounds: Vec<(Rect, Option<Rgb>)>,
    /// Some comparison was not made.
    pub(super) is_incomplete: bool,
}

impl Canvas {
    /// Letters and grounds kept of a page.
    const MOST: usize = 200_000;

    pub(super) fn letter(&mut self, centre: (f32, f32)) {
        if self.letters.len() < Self::MOST { self.letters.push((centre, false)) } else { self.is_incomplete = true }
    }

    /// Paints over a rectangle; `colour` is `None` where it cannot be told, as of pictures.
    pub(super) fn paint(&mut self, rect: Rect, colour: Option<Rgb>, hides: bool, work: &mut Work) {
        if rect.right - rect.left < 1.0 || rect.top - rect.bottom < 1.0 {
            return;
        }
        if hides && self.allow(self.letters.len(), work) {
            for (centre, is_covered) in &mut self.letters {
                *is_covered |= rect.holds(*centre, 0.0);
            }
        }
        if self.grounds.len() < Self::MOST { self.grounds.push((rect, colour)) } else { self.is_incomplete = true }
    }

    /// What lies beneath a point: paper, a colour, or something whose colour cannot be told.
    pub(super) fn beneath(&mut self, point: (f32, f32), work: &mut Work) -> Option<Rgb> {
        if !self.allow(self.grounds.len(), work) {
            return None;
        }
        let found = self.grounds.iter().rev().find(|(rect, _)| rect.holds(point, 0.5));
        found.map_or(Some(Rgb::WHITE), |(_, colour)| *colour)
    }

    /// How many letters were painted over.
    pub(super) fn covered(&self) -> usize {
        self.letters.iter().filter(|(_, is_covered)| *is_covered).count()
    }

    fn allow(&mut self, comparisons: usize, work: &mut Work) -> bool {
        let comparisons = comparisons as u64;
        if work.0 < comparisons {
            self.is_incomplete = true;
            return false;
        }
        work.0 -= comparisons;
        true
    }
}
