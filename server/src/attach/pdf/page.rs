//! Carries out the operations of a page, as far as they say where text stands and whether it can be seen.

mod operators;
mod path;
mod scan;
mod show;

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, Stream};

use super::super::colour::Rgb;
use super::glyphs::{Canvas, Layout};
use super::interpreter::Shared;
use super::lexer::Lexer;
use super::state::{Matrix, Rect, State};
use super::{Concern, Concerns, Place, Refusal, dictionary, get, name, numbers, sample};
use path::Path;
use scan::{Scan, Unpainted};

/// Forms within forms.
const DEEPEST: usize = 16;
/// Unknown codes told apart on a page.
const MOST_RIDDLES: usize = 64;
/// States saved within states.
const MOST_SAVED: usize = 512;

/// What is counted to tell whether a page can be read.
#[derive(Debug, Default)]
struct Counts {
    letters: usize,
    unknown: usize,
    /// The codes that stand for nothing known, up to [`MOST_RIDDLES`].
    riddles: BTreeSet<u32>,
    shapes: usize,
    pictures: f32,
    invisible: usize,
}

pub(super) struct Painter<'a, 'b> {
    shared: &'b mut Shared<'a>,
    concerns: &'b mut Concerns,
    number: u32,
    state: State,
    saved: Vec<State>,
    text_matrix: Matrix,
    line_matrix: Matrix,
    path: Path,
    layout: Layout,
    canvas: Canvas,
    scan: Scan,
    counts: Counts,
    /// For each marked section around: whether its layer is off.
    marks: Vec<bool>,
    /// Texts given in place of what is drawn.
    said: String,
    /// What the marked section says instead of its one letter.
    instead: Option<String>,
    /// Text found hidden, as far as it has been gathered.
    flagged: Option<(Flag, String)>,
}

/// How a string is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flag {
    Lost,
    Tiny,
}

impl<'a, 'b> Painter<'a, 'b> {
    pub(super) fn new(shared: &'b mut Shared<'a>, state: State, number: u32, concerns: &'b mut Concerns) -> Self {
        Self {
            shared,
            concerns,
            number,
            state,
            saved: Vec::new(),
            text_matrix: Matrix::ONE,
            line_matrix: Matrix::ONE,
            path: Path::default(),
            layout: Layout::default(),
            canvas: Canvas::default(),
            scan: Scan::default(),
            counts: Counts::default(),
            marks: Vec::new(),
            said: String::new(),
            instead: None,
            flagged: None,
        }
    }

    /// Carries out a content stream.
    pub(super) fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        depth: usize,
    ) -> Result<(), Refusal> {
        let mut lexer = Lexer::new(content);
        let mut operands = Vec::new();
        let (saved, marks) = (self.saved.len(), self.marks.len());
        while let Some(operator) = lexer.next(&mut operands) {
            self.shared.operations = self.shared.operations.checked_sub(1).ok_or(Refusal::ZipBomb)?;
            self.operate(operator, &operands, resources, depth)?;
        }
        // what a form leaves open does not reach beyond it
        if depth > 0 && self.saved.len() > saved {
            self.saved.truncate(saved + 1);
            self.restore();
        }
        self.marks.truncate(marks);
        Ok(())
    }

    fn save(&mut self) {
        if self.saved.len() < MOST_SAVED {
            self.saved.push(self.state.clone());
        }
    }

    fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }

    fn is_layer_off(&self) -> bool {
        self.marks.contains(&true)
    }

    /// Draws a form or a picture.
    fn draw(&mut self, key: &[u8], resources: Option<&'a Dictionary>, depth: usize) -> Result<(), Refusal> {
        let document = self.shared.document;
        let objects = resources.and_then(|resources| dictionary(document, resources, b"XObject"));
        let Some(Object::Stream(stream)) = objects.and_then(|objects| get(document, objects, key)) else {
            return Ok(());
        };
        let layer = stream.dict.get(b"OC").ok();
        let is_off = layer.is_some_and(|layer| self.shared.layers.hides(document, layer));
        self.marks.push(is_off);
        if name(document, &stream.dict, b"Subtype") == Some(b"Form") {
            self.form(stream, resources, depth)?;
        } else if !self.is_layer_off() {
            self.picture(&stream.dict);
        }
        self.marks.pop();
        Ok(())
    }

    fn form(&mut self, stream: &'a Stream, outer: Option<&'a Dictionary>, depth: usize) -> Result<(), Refusal> {
        if depth >= DEEPEST {
            return Err(Refusal::Damaged);
        }
        let document = self.shared.document;
        self.shared.drawn.insert(std::ptr::from_ref(stream));
        let Some(content) = self.shared.content(stream)? else {
            self.canvas.is_incomplete = true;
            return Ok(());
        };
        let before = (self.state.clone(), self.text_matrix, self.line_matrix);
        if let Some(matrix) = numbers(document, &stream.dict, b"Matrix").and_then(|numbers| Matrix::of(&numbers)) {
            self.state.matrix = matrix.then(&self.state.matrix);
        }
        let edge = numbers(document, &stream.dict, b"BBox");
        if let Some(edge) = edge.and_then(|numbers| Rect::of_box(&numbers, &self.state.matrix)) {
            self.state.clip = self.state.clip.within(&edge);
        }
        let resources = dictionary(document, &stream.dict, b"Resources").or(outer);
        self.run(&content, resources, depth + 1)?;
        (self.state, self.text_matrix, self.line_matrix) = before;
        Ok(())
    }

    /// A picture fills the unit square; one with a mask lets through what lies beneath.
    fn picture(&mut self, picture: &Dictionary) {
        let Some(rect) = Rect::of_box(&[0.0, 0.0, 1.0, 1.0], &self.state.matrix) else { return };
        let rect = rect.within(&self.state.clip);
        let is_stencil =
            get(self.shared.document, picture, b"ImageMask").is_some_and(|mask| matches!(mask, Object::Boolean(true)));
        let is_solid = !picture.has(b"SMask") && !picture.has(b"Mask") && !is_stencil;
        self.counts.pictures += rect.area();
        if is_solid || is_stencil {
            self.scan.picture(rect);
        }
        let hides = is_solid && self.state.covers();
        self.canvas.paint(rect, None, hides, &mut self.shared.work);
    }

    /// Fills a rectangle in the colour of the state.
    fn fill(&mut self, rect: Rect) {
        if self.is_layer_off() || self.state.alpha < 0.05 {
            return;
        }
        let covers = self.state.covers();
        let colour: Option<Rgb> = self.state.fill.colour.filter(|_| covers);
        self.canvas.paint(rect.within(&self.state.clip), colour, covers, &mut self.shared.work);
    }

    /// What the whole page shows: whether its text can be read, and whether some of it is hidden.
    pub(super) fn conclude(&mut self, area: f32, is_whole: bool) {
        self.flush();
        let page = self.number;
        let Counts { letters, unknown, shapes, pictures, invisible, ref riddles } = self.counts;
        // one or two such codes are the dots that lead to a number, or a bullet
        let is_riddle = riddles.len() > 5 || riddles.len() > 2 && unknown * 10 > letters;
        let is_scan = letters < 50 && pictures > 0.5 * area;
        let is_drawn = letters == 0 && (shapes > 200 || pictures > 0.01 * area);
        if is_riddle || is_scan || is_drawn || !is_whole || self.canvas.is_incomplete {
            self.concerns.add(Concern::UnreadableText { page });
        }
        let unpainted = self.scan.judge(area);
        if invisible > 0 || unpainted == Unpainted::Hidden || self.canvas.covered() > 1 {
            self.concerns.add(Concern::InvisibleText { page });
        } else if unpainted == Unpainted::Recognised {
            self.concerns.add(Concern::RecognisedText { page });
        }
    }

    /// Tells what was gathered of hidden text.
    fn flush(&mut self) {
        let Some((flag, text)) = self.flagged.take() else { return };
        let (place, sample) = (Place::Page(self.number), sample(&text));
        self.concerns.add(match flag {
            Flag::Lost => Concern::WhiteText { place, sample },
            Flag::Tiny => Concern::HiddenText { place, sample },
        });
    }

    /// The text of the page, and texts given in place of what is drawn.
    pub(super) fn finish(self) -> (String, String) {
        (self.layout.text, self.said)
    }
}
