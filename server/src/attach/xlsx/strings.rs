//! The strings that cells share.

use super::super::Refusal;
use super::super::colour::Rgb;
use super::super::xml::{self, Step};
use super::palette::Palette;

/// A text in pieces that may each have a colour of their own.
#[derive(Debug, Default, Clone)]
pub(super) struct Rich {
    pub(super) pieces: Vec<(Option<Rgb>, String)>,
}

impl Rich {
    pub(super) fn text(&self) -> String {
        self.pieces.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// A new piece begins.
    pub(super) fn begin(&mut self) {
        self.pieces.push((None, String::new()));
    }

    pub(super) fn colour(&mut self, colour: Option<Rgb>) {
        if let Some(piece) = self.pieces.last_mut() {
            piece.0 = colour;
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        if self.pieces.is_empty() {
            self.begin();
        }
        if let Some(piece) = self.pieces.last_mut() {
            piece.1.push_str(text);
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Strings {
    all: Vec<Rich>,
    used: Vec<bool>,
}

impl Strings {
    pub(super) fn read(bytes: &[u8], palette: &Palette) -> Result<Self, Refusal> {
        let mut strings = Self::default();
        let mut in_text = false;
        xml::walk(bytes, |step| {
            match step {
                Step::Open(tag) => match tag.name() {
                    "si" => strings.all.push(Rich::default()),
                    "t" => in_text = true,
                    "r" => strings.all.last_mut().into_iter().for_each(Rich::begin),
                    "color" => strings.all.last_mut().into_iter().for_each(|rich| rich.colour(palette.colour(tag))),
                    _ => {}
                },
                Step::Text(text) if in_text => strings.all.last_mut().into_iter().for_each(|rich| rich.push(text)),
                Step::Close("t") => in_text = false,
                _ => {}
            }
            Ok(())
        })?;
        strings.used = vec![false; strings.all.len()];
        Ok(strings)
    }

    /// The string that a cell names.
    pub(super) fn take(&mut self, index: usize) -> Option<Rich> {
        *self.used.get_mut(index)? = true;
        self.all.get(index).cloned()
    }

    /// Strings that no cell named, without empty ones and those that stand elsewhere too.
    pub(super) fn unused(&self) -> Vec<&str> {
        let shown: std::collections::HashSet<String> =
            self.all.iter().zip(&self.used).filter(|(_, used)| **used).map(|(rich, _)| rich.text()).collect();
        let unused = self.all.iter().zip(&self.used).filter(|(rich, used)| !**used && !shown.contains(&rich.text()));
        let pieces = unused.flat_map(|(rich, _)| rich.pieces.iter().map(|(_, text)| text.as_str()));
        pieces.filter(|text| !text.trim().is_empty()).collect()
    }
}
