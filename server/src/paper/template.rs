//! Templates: a line is a block. `app/data/documents/README.md` is their description.

use app::{
    domain::document::{Field, Kind},
    text::document as say,
};

/// Bytes of a template at most.
const MOST_BYTES: usize = 64 << 10;
/// Cells of a row at most.
const MOST_CELLS: usize = 6;

/// What a line becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Title,
    Centred,
    Right,
    Flush,
    Subhead,
    Paragraph,
    Row,
    Closing,
    Signatures,
    Code,
    Gap,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Words(String),
    Place(Field),
}

/// A line: its cells, of which only a row and signatures have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub shape: Shape,
    /// Left out where one of its places is empty
    pub optional: bool,
    pub cells: Vec<Vec<Piece>>,
}

/// A template that was read and can be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub(super) kind: Kind,
    pub(super) lines: Vec<Line>,
}

/// Why a template can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Line, from one
    pub line: usize,
    /// Why, in Chinese
    pub why: String,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// The first line that is wrong; for what is missing, the last one.
    pub fn read(kind: Kind, text: &str) -> Result<Self, Wrong> {
        if text.len() > MOST_BYTES {
            return Err(Wrong { line: 1, why: say::TOO_LONG.to_owned() });
        }
        let mut lines = Vec::new();
        let text = text.trim_start_matches('\u{feff}');
        for (at, line) in text.lines().enumerate() {
            let wrong = |why: String| Wrong { line: at + 1, why };
            let line = line.trim();
            if line.is_empty() || line.starts_with("//") {
                continue;
            }
            let line = read_line(kind, line).map_err(wrong)?;
            let has_title = lines.iter().any(|line: &Line| line.shape == Shape::Title);
            match (line.shape == Shape::Title, has_title) {
                (true, true) => return Err(wrong(say::TWO_HEADINGS.to_owned())),
                (true, false) if !lines.is_empty() => return Err(wrong(say::HEADING_FIRST.to_owned())),
                _ => lines.push(line),
            }
        }
        let end = |why| Wrong { line: text.lines().count().max(1), why };
        if lines.first().is_none_or(|line| line.shape != Shape::Title) {
            return Err(end(say::NO_HEADING.to_owned()));
        }
        let template = Self { kind, lines };
        match kind.required().iter().find(|field| !template.always_says(**field)) {
            Some(field) => Err(end(say::required_field(*field))),
            None => Ok(template),
        }
    }

    /// Whether a place stands in a line that is never left out for the lack of another place.
    fn always_says(&self, field: Field) -> bool {
        self.lines.iter().filter(|line| !line.optional).any(|line| line.places().any(|place| place == field))
    }
}

impl Line {
    pub(super) fn places(&self) -> impl Iterator<Item = Field> {
        self.cells.iter().flatten().filter_map(|piece| match piece {
            Piece::Place(field) => Some(*field),
            Piece::Words(_) => None,
        })
    }
}

fn read_line(kind: Kind, line: &str) -> Result<Line, String> {
    let (optional, line) = match line.strip_prefix("? ") {
        Some(rest) => (true, rest.trim()),
        None => (false, line),
    };
    let (shape, cells) = shape(line)?;
    let cells = cells.into_iter().map(|cell| pieces(kind, cell)).collect::<Result<_, _>>()?;
    Ok(Line { shape, optional, cells })
}

fn shape(line: &str) -> Result<(Shape, Vec<&str>), String> {
    const MARKS: [(&str, Shape); 5] = [
        ("## ", Shape::Subhead),
        ("# ", Shape::Title),
        ("= ", Shape::Centred),
        ("> ", Shape::Right),
        ("! ", Shape::Flush),
    ];
    if let Some((shape, rest)) = MARKS.into_iter().find_map(|(mark, shape)| Some((shape, line.strip_prefix(mark)?))) {
        return Ok((shape, vec![rest.trim()]));
    }
    if let Some(order) = line.strip_prefix('@') {
        let (name, rest) = order.split_once(' ').unwrap_or((order, ""));
        return match name {
            "落款" => Ok((Shape::Closing, Vec::new())),
            "空行" => Ok((Shape::Gap, Vec::new())),
            "二维码" => Ok((Shape::Code, vec![rest.trim()])),
            "签名" => Ok((Shape::Signatures, rest.split('|').map(str::trim).collect())),
            _ => Err(say::unknown_instruction(name)),
        };
    }
    if line.starts_with('|') {
        let inner = line.get(1..line.len() - 1).filter(|_| line.len() > 1 && line.ends_with('|'));
        let cells: Vec<&str> = inner.ok_or(say::BAD_ROW)?.split('|').map(str::trim).collect();
        return if cells.len() > MOST_CELLS { Err(say::BAD_ROW.to_owned()) } else { Ok((Shape::Row, cells)) };
    }
    Ok((Shape::Paragraph, vec![line]))
}

fn pieces(kind: Kind, mut text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let words = |text: &str, pieces: &mut Vec<Piece>| {
        if text.contains("{{") || text.contains("}}") {
            return Err(say::OPEN_BRACKET.to_owned());
        }
        if !text.is_empty() {
            pieces.push(Piece::Words(text.to_owned()));
        }
        Ok(())
    };
    while let Some((before, rest)) = text.split_once("{{") {
        words(before, &mut pieces)?;
        let (name, after) = rest.split_once("}}").ok_or(say::OPEN_BRACKET)?;
        let field = Field::from_code(name.trim()).filter(|field| kind.allows(*field));
        pieces.push(Piece::Place(field.ok_or_else(|| say::unknown_field(name.trim(), kind))?));
        text = after;
    }
    words(text, &mut pieces)?;
    Ok(pieces)
}
