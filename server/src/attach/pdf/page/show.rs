//! Text: where each letter stands, and whether it is seen.

use std::rc::Rc;

use lopdf::Dictionary;
use unicode_normalization::UnicodeNormalization as _;

use super::super::font::{Code, Font};
use super::super::lexer::Operand;
use super::super::state::Matrix;
use super::super::{as_dictionary, dictionary, get};
use super::{Flag, MOST_RIDDLES, Painter};

/// Letters lower than this, in points, are not read by people.
const SEEN: f32 = 1.0;

impl<'a> Painter<'a, '_> {
    pub(super) fn font(&mut self, operands: &[Operand], resources: Option<&'a Dictionary>) {
        let document = self.shared.document;
        let [Operand::Name(key), Operand::Number(size)] = operands else { return };
        let fonts = resources.and_then(|resources| dictionary(document, resources, b"Font"));
        let font = fonts.and_then(|fonts| get(document, fonts, key)).and_then(as_dictionary);
        self.state.font = font.map(|font| self.shared.font(font));
        self.state.size = *size;
    }

    pub(super) fn text_operator(&mut self, operator: &[u8], operands: &[Operand], numbers: &[f32]) {
        let state = &mut self.state;
        match (operator, numbers) {
            (b"BT", _) => self.start_line(Matrix::ONE),
            (b"Tc", &[gap]) => state.character_gap = gap,
            (b"Tw", &[gap]) => state.word_gap = gap,
            (b"Tz", &[percent]) => state.stretch = percent / 100.0,
            (b"TL", &[leading]) => state.leading = leading,
            (b"Ts", &[rise]) => state.rise = rise,
            #[expect(clippy::cast_possible_truncation, reason = "a mode is a small whole number; others are none")]
            (b"Tr", &[mode]) => state.mode = mode as i32,
            (b"Td", &[x, y]) => self.next_line(x, y),
            (b"TD", &[x, y]) => {
                self.state.leading = -y;
                self.next_line(x, y);
            }
            (b"Tm", _) => {
                if let Some(matrix) = Matrix::of(numbers) {
                    self.start_line(matrix);
                }
            }
            (b"T*", _) => self.next_line(0.0, -self.state.leading),
            (b"Tj", _) => self.show_all(operands),
            (b"'", _) => {
                self.next_line(0.0, -self.state.leading);
                self.show_all(operands);
            }
            (b"\"", _) => {
                if let &[words, characters] = numbers {
                    (self.state.word_gap, self.state.character_gap) = (words, characters);
                }
                self.next_line(0.0, -self.state.leading);
                self.show_all(operands);
            }
            (b"TJ", _) => {
                if let Some(Operand::Array(items)) = operands.last() {
                    self.show_all(items);
                }
            }
            _ => {}
        }
    }

    fn start_line(&mut self, matrix: Matrix) {
        (self.text_matrix, self.line_matrix) = (matrix, matrix);
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.start_line(Matrix::shift(x, y).then(&self.line_matrix));
    }

    /// Strings, with numbers between them that move the place.
    fn show_all(&mut self, items: &[Operand]) {
        let Some(font) = self.state.font.clone() else {
            // text without a font cannot be read
            let lengths = items.iter().filter_map(Operand::text).map(<[u8]>::len);
            let length = u32::try_from(lengths.sum::<usize>()).unwrap_or(u32::MAX).min(64);
            self.counts.letters += items.len();
            (0..length).for_each(|value| self.riddle(value));
            return;
        };
        for item in items {
            match item {
                Operand::Text(bytes) => self.show(&font, bytes),
                Operand::Number(back) => self.advance(&font, -back / 1000.0 * self.state.size),
                _ => {}
            }
        }
    }

    fn advance(&mut self, font: &Rc<Font>, by: f32) {
        let shift = if font.is_vertical { Matrix::shift(0.0, by) } else { Matrix::shift(by * self.state.stretch, 0.0) };
        self.text_matrix = shift.then(&self.text_matrix);
    }

    fn show(&mut self, font: &Rc<Font>, bytes: &[u8]) {
        let mut shown = String::new();
        let mut verdict = Verdict::default();
        font.codes(bytes, |code| self.letter(font, &code, &mut shown, &mut verdict));
        if shown.trim().is_empty() {
            return;
        }
        self.counts.invisible += usize::from(verdict.invisible > 0);
        let flag = match verdict {
            Verdict { tiny: true, .. } => Some(Flag::Tiny),
            Verdict { lost: 1.., .. } => Some(Flag::Lost),
            _ => None,
        };
        self.gather(flag, &shown);
    }

    /// Writers show letter by letter: what is hidden in the same way is told together.
    fn gather(&mut self, flag: Option<Flag>, shown: &str) {
        if self.flagged.as_ref().map(|(before, _)| *before) != flag {
            self.flush();
        }
        if let Some(flag) = flag {
            let (_, text) = self.flagged.get_or_insert_with(|| (flag, String::new()));
            if text.len() < 400 {
                text.push_str(shown);
            }
        }
    }

    fn letter(&mut self, font: &Rc<Font>, code: &Code, shown: &mut String, verdict: &mut Verdict) {
        let (size, rise) = (self.state.size, self.state.rise);
        let place = self.text_matrix.then(&self.state.matrix);
        let word_gap = if code.is_space { self.state.word_gap } else { 0.0 };
        let along = code.width / 1000.0 * size + self.state.character_gap + word_gap;
        let (start, end, centre) = if font.is_vertical {
            ((0.0, 0.0), (0.0, along), (0.0, along / 2.0))
        } else {
            let width = along * self.state.stretch;
            ((0.0, rise), (width, rise), (width / 2.0, rise + size * 0.3))
        };
        let (start, end, centre) = (place.apply(start), place.apply(end), place.apply(centre));
        let [a, b, c, d, ..] = place.0;
        let height = size.abs() * c.hypot(d);
        let direction = if font.is_vertical { (c, d) } else { (a, b) };
        let sign = if font.is_vertical { along.signum() } else { 1.0 };
        let length = direction.0.hypot(direction.1).max(f32::MIN_POSITIVE) * sign;
        let direction = (direction.0 / length, direction.1 / length);
        self.counts.letters += 1;
        match &code.text {
            None => self.riddle(code.value),
            Some(text) => {
                let text = &radical(text, self.instead.as_deref());
                self.layout.add(text, start, end, direction, height);
                shown.push_str(text);
                if !text.trim().is_empty() {
                    self.judge(centre, height, verdict);
                }
            }
        }
        self.advance(font, along);
    }

    /// A letter that cannot be told.
    fn riddle(&mut self, code: u32) {
        self.counts.unknown += 1;
        if self.counts.riddles.len() < MOST_RIDDLES {
            self.counts.riddles.insert(code);
        }
    }

    fn judge(&mut self, centre: (f32, f32), height: f32, verdict: &mut Verdict) {
        let state = &self.state;
        let is_off = self.marks.contains(&true) || state.alpha < 0.05;
        let is_outside = !state.clip.holds(centre, 2.0);
        if !is_off && !is_outside && state.mode == 3 {
            self.scan.word(centre);
            return;
        }
        if is_off || is_outside || state.mode >= 7 {
            verdict.invisible += 1;
            return;
        }
        if height < SEEN {
            verdict.tiny = true;
            return;
        }
        let colours = match state.mode {
            1 | 5 => [state.stroke.colour; 2],
            2 | 6 => [state.fill.colour, state.stroke.colour],
            _ => [state.fill.colour; 2],
        };
        if let Some(beneath) = self.canvas.beneath(centre, &mut self.shared.work) {
            let lost = colours.iter().all(|colour| colour.is_some_and(|colour| colour.is_lost_on(beneath)));
            verdict.lost += usize::from(lost);
        }
        self.canvas.letter(centre);
    }
}

/// Some writers map a letter to the radical that looks like it: the letter itself is in the section's mark, or in
/// Unicode's table of compatible characters.
fn radical(text: &str, instead: Option<&str>) -> String {
    let is_alike = |c: char| matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{fb00}'..='\u{fb06}' | '\u{f900}'..='\u{faff}');
    if !text.chars().any(is_alike) {
        return text.to_owned();
    }
    let letter: String = text.nfkc().collect();
    match instead.filter(|_| letter.chars().any(is_alike)) {
        Some(instead) => instead.to_owned(),
        None => letter,
    }
}

/// What is wrong with a string.
#[derive(Default)]
struct Verdict {
    invisible: usize,
    lost: usize,
    tiny: bool,
}
