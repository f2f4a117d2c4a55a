//! A page's content.

use pdf_writer::{Content, Name, Str, TextStr, types::TextRenderingMode};

use app::text::document as say;

use super::{
    glyphs::Glyphs,
    layout::{HEIGHT, LEFT, Mark, Page, SMALL, TEXT_HEIGHT, TEXT_WIDTH, TOP, WIDTH, Words},
};
use crate::qr::Qr;

/// Name of the font in the resources of a page.
pub(super) const FONT: Name<'static> = Name(b"F");
/// Width of rules.
const RULE: f32 = 0.6;
/// Width of the stroke that makes letters bold, as a part of their size.
const STROKE: f32 = 0.03;
/// The number stands 7 mm below the text.
const NUMBER_BELOW: f32 = 7.0 * 72.0 / 25.4;

/// Draws a page; `number` counts from one.
pub(super) fn page(page: &Page, number: usize, glyphs: &mut Glyphs<'_>) -> Vec<u8> {
    let mut content = Content::new();
    content.set_line_width(RULE);
    for (y, mark) in page.marks() {
        let top = HEIGHT - TOP - y;
        match mark {
            Mark::Words(line) => words(&mut content, line, top, glyphs),
            Mark::Rule(ends) => rule(&mut content, *ends, top),
            Mark::Code(x, side, code) => modules(&mut content, code, *x, *side, top),
        }
    }
    for ends in page.closing_rules() {
        rule(&mut content, ends, HEIGHT - TOP);
    }
    page_number(&mut content, number, glyphs);
    content.finish().into_vec()
}

fn rule(content: &mut Content, [x0, y0, x1, y1]: [f32; 4], top: f32) {
    content.move_to(x0, top - y0).line_to(x1, top - y1).stroke();
}

fn modules(content: &mut Content, code: &Qr, x: f32, side: f32, top: f32) {
    #[expect(clippy::cast_precision_loss, reason = "a code has less than two hundred modules a side")]
    let (unit, at) = (side / code.side as f32, |place: usize| place as f32);
    for (column, row) in &code.dark {
        content.rect(x + at(*column) * unit, top - at(*row + 1) * unit, unit, unit);
    }
    content.fill_nonzero();
}

/// At the outer side: odd pages right, even ones left, a sign from the edge. Not part of what is read.
fn page_number(content: &mut Content, number: usize, glyphs: &mut Glyphs<'_>) {
    let text = say::page_number(number);
    let signs: Vec<(char, f32)> =
        text.chars().map(|sign| (sign, glyphs.of(sign).width / 1000.0 * SMALL.size)).collect();
    let width: f32 = signs.iter().map(|(_, width)| width).sum();
    let x = if number % 2 == 1 { LEFT + TEXT_WIDTH - SMALL.size - width } else { LEFT + SMALL.size };
    debug_assert!(x > 0.0 && x < WIDTH);
    let line = Words { x, y: TEXT_HEIGHT + NUMBER_BELOW + SMALL.size / 2.0, size: SMALL.size, bold: false, signs };
    content.begin_marked_content(Name(b"Artifact"));
    words(content, &line, HEIGHT - TOP, glyphs);
    content.end_marked_content();
}

fn words(content: &mut Content, line: &Words, top: f32, glyphs: &mut Glyphs<'_>) {
    content.begin_text();
    content.set_font(FONT, line.size);
    if line.bold {
        content.set_line_width(line.size * STROKE).set_text_rendering_mode(TextRenderingMode::FillStroke);
    }
    content.set_text_matrix([1.0, 0.0, 0.0, 1.0, line.x, top - line.y]);
    let mut rest = &line.signs[..];
    while let Some((sign, _)) = rest.first() {
        let borrowed = glyphs.of(*sign).is_borrowed;
        let count =
            if borrowed { 1 } else { rest.iter().take_while(|(sign, _)| !glyphs.of(*sign).is_borrowed).count() };
        let (run, after) = rest.split_at(count);
        if borrowed {
            let mut marked = content.begin_marked_content_with_properties(Name(b"Span"));
            marked.properties().actual_text(TextStr(&sign.to_string()));
        }
        show(content, run, line.size, glyphs);
        if borrowed {
            content.end_marked_content();
        }
        rest = after;
    }
    if line.bold {
        content.set_text_rendering_mode(TextRenderingMode::Fill);
    }
    content.end_text();
    if line.bold {
        content.set_line_width(RULE);
    }
}

fn show(content: &mut Content, run: &[(char, f32)], size: f32, glyphs: &mut Glyphs<'_>) {
    let mut shown = content.show_positioned();
    let mut items = shown.items();
    for (sign, wanted) in run {
        let glyph = glyphs.of(*sign);
        items.show(Str(&glyph.id.to_be_bytes()));
        let less = glyph.width - wanted * 1000.0 / size;
        // hundredths of a point can't be seen
        if less.abs() > 0.5 {
            items.adjust(less);
        }
    }
}
