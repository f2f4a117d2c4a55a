//! A paper on A4 pages, as official letters are set (GB/T 9704-2012), in points from the upper left corner.

mod paginate;
mod table;

use std::collections::HashMap;

use app::text::document as say;
use ttf_parser::Face;

use super::{
    breaks,
    document::{Block, Document},
};
use crate::qr::Qr;

pub(super) use paginate::{Page, paginate};

const fn mm(length: f32) -> f32 {
    length * 72.0 / 25.4
}

/// Width of the paper, 210 mm.
pub(super) const WIDTH: f32 = mm(210.0);
/// Height, 297 mm.
pub(super) const HEIGHT: f32 = mm(297.0);
/// Edge above the text, 37 mm.
pub(super) const TOP: f32 = mm(37.0);
/// Edge at the left, 28 mm.
pub(super) const LEFT: f32 = mm(28.0);
/// Width of the text, 156 mm.
pub(super) const TEXT_WIDTH: f32 = mm(156.0);
/// Height of the text, 225 mm.
pub(super) const TEXT_HEIGHT: f32 = mm(225.0);
/// 三号
const BODY: Style = Style { size: 16.0, leading: 28.0, bold: false };
/// 二号
const TITLE: Style = Style { size: 22.0, leading: 36.0, bold: true };
/// 四号, of tables and page numbers
pub(super) const SMALL: Style = Style { size: 14.0, leading: 22.0, bold: false };
/// Side of a QR code: 35 mm
const CODE_SIDE: f32 = mm(35.0);
/// A line is only drawn out to the edge where no gap gets wider than this part of a sign.
const MOST_STRETCH: f32 = 0.12;

#[derive(Clone, Copy)]
pub(super) struct Style {
    pub size: f32,
    pub leading: f32,
    pub bold: bool,
}

/// A line of signs.
pub(super) struct Words {
    /// Left end
    pub x: f32,
    /// Baseline below the upper edge of its item
    pub y: f32,
    pub size: f32,
    pub bold: bool,
    /// Each with the way to the next
    pub signs: Vec<(char, f32)>,
}

/// Something drawn.
pub(super) enum Mark {
    Words(Words),
    /// From, to; below the upper edge of the item
    Rule([f32; 4]),
    /// Left, side, code
    Code(f32, f32, Qr),
}

/// What is not parted by the end of a page.
#[derive(Default)]
pub(super) struct Item {
    pub height: f32,
    /// Stands on the page of the next
    pub keep: bool,
    /// Inside a table: a page that begins or ends here closes its frame
    pub framed: bool,
    pub marks: Vec<Mark>,
}

/// Knows how wide signs are.
pub(super) struct Setter<'a> {
    face: &'a Face<'a>,
    em: f32,
    widths: HashMap<char, f32>,
    items: Vec<Item>,
}

impl<'a> Setter<'a> {
    pub fn new(face: &'a Face<'a>) -> Self {
        Self { face, em: f32::from(face.units_per_em()), widths: HashMap::new(), items: Vec::new() }
    }

    /// All of a paper, in items.
    pub fn set(mut self, document: &Document) -> Vec<Item> {
        self.centred(&document.authority, Style { bold: false, ..TITLE });
        self.centred(&document.title, TITLE);
        self.gap(10.0);
        self.keep_last(3);
        let mut blocks = document.blocks.iter().peekable();
        while let Some(block) = blocks.next() {
            self.block(block);
            if let (Some(Block::Closing { .. }), Block::Paragraph(_) | Block::Flush(_)) = (blocks.peek(), block) {
                self.keep_last(2);
            }
        }
        self.items
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Centred(text) => self.centred(text, BODY),
            Block::Right(text) => {
                self.right(text, 0.0);
                self.gap(BODY.leading / 2.0);
            }
            Block::Flush(text) => self.paragraph(text, 0.0),
            Block::Subhead(text) => {
                self.lines(text, Style { bold: true, ..BODY }, 2.0 * BODY.size, false);
                self.keep_last(1);
            }
            Block::Paragraph(text) => self.paragraph(text, 2.0 * BODY.size),
            Block::Row(cells) => self.row(cells),
            Block::Closing { authority, date } => self.closing(authority, date),
            Block::Signatures(names) => self.signatures(names),
            Block::Code(text) => self.code(text),
            Block::Gap => self.gap(BODY.leading),
        }
    }

    /// Width of a sign. Full-width ones stand in a grid of 28 to a line of the body.
    pub(super) fn width(&mut self, sign: char, size: f32) -> f32 {
        let (face, em) = (self.face, self.em);
        let part = *self.widths.entry(sign).or_insert_with(|| {
            let glyph = face.glyph_index(sign).unwrap_or_default();
            f32::from(face.glyph_hor_advance(glyph).unwrap_or_default()) / em
        });
        let grid = TEXT_WIDTH / 28.0 / BODY.size;
        if part >= 0.95 { size * part * grid } else { size * part }
    }

    pub(super) fn signs(&mut self, text: &str, style: Style) -> Vec<(char, f32)> {
        text.chars().map(|sign| (sign, self.width(sign, style.size))).collect()
    }

    /// Lines of a text that is drawn out to both edges.
    pub(super) fn justified(&mut self, text: &str, style: Style, width: f32, indent: f32) -> Vec<Vec<(char, f32)>> {
        let signs = self.signs(text, style);
        let ranges = breaks::lines(&signs, width, indent);
        let last = ranges.len().saturating_sub(1);
        let lines = ranges.into_iter().enumerate().map(|(at, range)| {
            let mut line = signs[range].to_vec();
            if at != last {
                stretch(&mut line, if at == 0 { width - indent } else { width }, style.size);
            }
            line
        });
        lines.collect()
    }

    fn paragraph(&mut self, text: &str, indent: f32) {
        self.lines(text, BODY, indent, true);
    }

    fn lines(&mut self, text: &str, style: Style, indent: f32, control: bool) {
        let lines = self.justified(text, style, TEXT_WIDTH, indent);
        let count = lines.len();
        for (at, signs) in lines.into_iter().enumerate() {
            let x = LEFT + if at == 0 { indent } else { 0.0 };
            // neither its first nor its last line stands alone
            let keep = control && count > 1 && (at == 0 || at + 2 == count);
            self.items.push(Item { keep, ..line(x, style, signs) });
        }
    }

    fn centred(&mut self, text: &str, style: Style) {
        let signs = self.signs(text, style);
        for range in breaks::lines(&signs, TEXT_WIDTH, 0.0) {
            let signs = signs[range].to_vec();
            let x = LEFT + (TEXT_WIDTH - total(&signs)) / 2.0;
            self.items.push(line(x, style, signs));
        }
    }

    /// At the right edge, or this far from it.
    fn right(&mut self, text: &str, from_edge: f32) {
        let signs = self.signs(text, BODY);
        for range in breaks::lines(&signs, TEXT_WIDTH - from_edge, 0.0) {
            let signs = signs[range].to_vec();
            let x = LEFT + TEXT_WIDTH - from_edge - total(&signs);
            self.items.push(line(x, BODY, signs));
        }
    }

    /// The day four signs from the edge, the bureau above its middle; the seal is set over both.
    fn closing(&mut self, authority: &str, date: &str) {
        let before = self.items.len();
        let from_edge = 4.0 * BODY.size;
        let dated = total(&self.signs(date, BODY));
        let middle = from_edge + dated / 2.0;
        self.gap(BODY.leading);
        for text in [authority, say::SEAL] {
            let width = total(&self.signs(text, BODY));
            let edge = (middle - width / 2.0).max(0.0);
            if text == say::SEAL {
                self.right(date, from_edge);
            }
            self.right(text, if width > TEXT_WIDTH { 0.0 } else { edge });
        }
        let count = self.items.len() - before;
        self.keep_last(count);
        if let Some(last) = self.items.last_mut() {
            last.keep = false;
        }
    }

    fn signatures(&mut self, names: &[String]) {
        for name in names {
            self.gap(BODY.leading / 2.0);
            self.keep_last(1);
            let mut signs = self.signs(&format!("{name}{}", say::SIGN_HERE), BODY);
            let day = self.signs(say::SIGN_DATE, BODY);
            let start = TEXT_WIDTH - total(&day);
            if total(&signs) + 6.0 * BODY.size <= start {
                let mut item = line(LEFT, BODY, std::mem::take(&mut signs));
                item.marks.extend(line(LEFT + start, BODY, day).marks);
                self.items.push(item);
            } else {
                self.lines(&format!("{name}{}", say::SIGN_HERE), BODY, 0.0, true);
                self.keep_last(1);
                self.items.push(line(LEFT + start, BODY, day));
            }
        }
    }

    fn code(&mut self, text: &str) {
        let Some(code) = Qr::new(text) else { return };
        let mark = Mark::Code(LEFT + (TEXT_WIDTH - CODE_SIDE) / 2.0, CODE_SIDE, code);
        self.items.push(Item { height: CODE_SIDE, keep: true, framed: false, marks: vec![mark] });
        self.centred(say::SCAN, SMALL);
    }

    fn gap(&mut self, height: f32) {
        self.items.push(Item { height, ..Item::default() });
    }

    fn keep_last(&mut self, count: usize) {
        for item in self.items.iter_mut().rev().take(count) {
            item.keep = true;
        }
    }
}

pub(super) fn total(signs: &[(char, f32)]) -> f32 {
    signs.iter().map(|(_, width)| width).sum()
}

fn line(x: f32, style: Style, signs: Vec<(char, f32)>) -> Item {
    let y = baseline(style);
    let words = Words { x, y, size: style.size, bold: style.bold, signs };
    Item { height: style.leading, marks: vec![Mark::Words(words)], ..Item::default() }
}

/// The square of a sign reaches 0.88 of its side above the baseline, and stands in the middle of its line.
pub(super) fn baseline(style: Style) -> f32 {
    (style.leading - style.size) / 2.0 + 0.88 * style.size
}

/// Draws a line out to its edge. Blanks at its end don't count.
fn stretch(line: &mut [(char, f32)], width: f32, size: f32) {
    let end = line.iter().rposition(|(sign, _)| *sign != ' ').map_or(0, |at| at + 1);
    let line = &mut line[..end];
    let free = width - total(line);
    let Some((_, inner)) = line.split_last_mut() else { return };
    #[expect(clippy::cast_precision_loss, reason = "a line has some dozens of signs")]
    let each = free / inner.len().max(1) as f32;
    if (0.0..=MOST_STRETCH * size).contains(&each) {
        for (_, width) in inner {
            *width += each;
        }
    }
}
