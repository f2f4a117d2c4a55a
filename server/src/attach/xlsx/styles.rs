//! How cells look.

use std::collections::HashSet;

use super::super::Refusal;
use super::super::colour::Rgb;
use super::super::xml::{self, Step, Tag};
use super::palette::Palette;

/// The look of a cell, as far as it can hide what is in it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) colour: Option<Rgb>,
    pub(super) ground: Option<Rgb>,
    /// A number format that shows nothing, or letters of a point and less.
    pub(super) is_hidden: bool,
}

#[derive(Debug, Default, Clone, Copy)]
struct Font {
    colour: Option<Rgb>,
    is_tiny: bool,
}

#[derive(Debug, Default)]
pub(super) struct Styles {
    fonts: Vec<Font>,
    fills: Vec<Option<Rgb>>,
    blank_formats: HashSet<String>,
    cells: Vec<Look>,
}

/// The lists of a style part; those for conditional formats (`dxfs`) are not for cells as such.
#[derive(Clone, Copy, PartialEq)]
enum List {
    Fonts,
    Fills,
    Cells,
    Other,
}

impl Styles {
    pub(super) fn read(bytes: &[u8], palette: &Palette) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        let mut list = List::Other;
        xml::walk(bytes, |step| {
            match step {
                Step::Open(tag) => match tag.name() {
                    "fonts" => list = List::Fonts,
                    "fills" => list = List::Fills,
                    "cellXfs" => list = List::Cells,
                    "numFmt" => styles.number_format(tag),
                    _ => styles.entry(list, tag, palette),
                },
                Step::Close("fonts" | "fills" | "cellXfs") => list = List::Other,
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    fn number_format(&mut self, tag: &Tag<'_>) {
        let code = tag.get("formatCode").unwrap_or_default();
        if code.contains(';') && code.chars().all(|c| matches!(c, ';' | ' ' | '"')) {
            self.blank_formats.extend(tag.get("numFmtId"));
        }
    }

    fn entry(&mut self, list: List, tag: &Tag<'_>, palette: &Palette) {
        let number = |name: &str| tag.get(name).and_then(|value| value.trim().parse::<usize>().ok());
        match (list, tag.name()) {
            (List::Fonts, "font") => self.fonts.push(Font::default()),
            (List::Fonts, "color") => {
                if let Some(font) = self.fonts.last_mut() {
                    font.colour = palette.colour(tag);
                }
            }
            (List::Fonts, "sz") => {
                let size = tag.get("val").and_then(|value| value.trim().parse::<f32>().ok());
                if let Some(font) = self.fonts.last_mut() {
                    font.is_tiny = size.is_some_and(|size| size <= 1.0);
                }
            }
            (List::Fills, "fill") => self.fills.push(None),
            (List::Fills, "fgColor" | "color") => {
                if let Some(fill) = self.fills.last_mut() {
                    *fill = palette.colour(tag);
                }
            }
            (List::Fills, "patternFill") => {
                // a solid fill without a colour is black
                if let Some(fill) = self.fills.last_mut() {
                    *fill = (tag.get("patternType").as_deref() == Some("solid")).then_some(Rgb::BLACK);
                }
            }
            (List::Cells, "xf") => {
                let font = number("fontId").and_then(|at| self.fonts.get(at)).copied().unwrap_or_default();
                let ground = number("fillId").and_then(|at| self.fills.get(at)).copied().flatten();
                let is_blank = tag.get("numFmtId").is_some_and(|id| self.blank_formats.contains(&id));
                self.cells.push(Look { colour: font.colour, ground, is_hidden: is_blank || font.is_tiny });
            }
            _ => {}
        }
    }

    /// The look of cells with this style.
    pub(super) fn look(&self, style: usize) -> Look {
        self.cells.get(style).copied().unwrap_or_default()
    }
}
