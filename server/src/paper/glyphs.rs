//! Which glyphs of the font a paper uses, and which sign each stands for.

use std::collections::{BTreeSet, HashMap};

use subsetter::GlyphRemapper;
use ttf_parser::Face;

/// Code of a sign in the paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    /// In the subset
    pub id: u16,
    /// Width, thousandths of an em
    pub width: f32,
    /// Its sign can't be read from the glyph: it has none of its own
    pub is_borrowed: bool,
}

/// Glyphs in use.
pub(super) struct Glyphs<'a> {
    face: &'a Face<'a>,
    pub remapper: GlyphRemapper,
    known: HashMap<char, Glyph>,
    /// Signs by glyph; of the first, the one for what the font lacks, none
    pub signs: Vec<(u16, char)>,
    /// Widths by glyph of the subset
    pub widths: Vec<f32>,
    /// Signs that the font has no shape for
    pub lacking: BTreeSet<char>,
}

impl<'a> Glyphs<'a> {
    pub fn new(face: &'a Face<'a>) -> Self {
        let (remapper, known) = (GlyphRemapper::new(), HashMap::new());
        let mut new = Self { face, remapper, known, signs: Vec::new(), widths: Vec::new(), lacking: BTreeSet::new() };
        let width = new.natural(0);
        new.widths.push(width);
        new
    }

    fn natural(&self, glyph: u16) -> f32 {
        let advance = self.face.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or_default();
        f32::from(advance) * 1000.0 / f32::from(self.face.units_per_em())
    }

    /// The glyph of a sign. Two signs that share a shape (⼀ and 一) are kept apart by `is_borrowed`.
    pub fn of(&mut self, sign: char) -> Glyph {
        if let Some(glyph) = self.known.get(&sign) {
            return *glyph;
        }
        let own = self.face.glyph_index(sign).map_or(0, |glyph| glyph.0);
        let width = self.natural(own);
        let (seen, id) = (self.remapper.get(own).is_some(), self.remapper.remap(own));
        let is_borrowed = own == 0 || seen;
        if own == 0 {
            self.lacking.insert(sign);
        } else if !seen {
            self.signs.push((id, sign));
            self.widths.push(width);
        }
        let glyph = Glyph { id, width, is_borrowed };
        self.known.insert(sign, glyph);
        glyph
    }
}
