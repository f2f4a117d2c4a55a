//! A paper as it is to be read: a template with its places filled.

use std::collections::BTreeMap;

use app::{
    domain::document::{Field, Kind},
    text::document as say,
};

use super::template::{Line, Piece, Shape, Template};

/// What is filled in. Text of any content: it is never read as a template.
pub type Values = BTreeMap<Field, String>;

/// A paper, for paper or screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it is
    pub kind: Kind,
    /// The bureau, its heading
    pub authority: String,
    /// Its title
    pub title: String,
    /// What it says
    pub blocks: Vec<Block>,
}

/// A part of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Centred
    Centred(String),
    /// At the right: the number of the paper
    Right(String),
    /// From the margin: who is addressed
    Flush(String),
    /// Bold
    Subhead(String),
    /// Indented by two signs
    Paragraph(String),
    /// A row of a table
    Row(Vec<String>),
    /// Who says it, when, and the seal
    Closing {
        /// The bureau
        authority: String,
        /// The day
        date: String,
    },
    /// A line to sign for each
    Signatures(Vec<String>),
    /// A QR code of this text
    Code(String),
    /// An empty line
    Gap,
}

/// A place for which nothing was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", say::missing(*.0, *.1))]
pub struct Missing(pub Kind, pub Field);

impl Template {
    /// Fills the places. The ways of 消费者权益保护法 art. 39 need not be given.
    ///
    /// # Errors
    /// The first place for which nothing, or an empty text, was given.
    pub fn fill(&self, values: &Values) -> Result<Document, Missing> {
        let filler = Filler { kind: self.kind, values };
        let mut document = Document {
            kind: self.kind,
            authority: one_line(&filler.value(Field::Authority)?),
            title: String::new(),
            blocks: Vec::new(),
        };
        for line in &self.lines {
            if line.optional && line.places().any(|place| filler.value(place).is_err()) {
                continue;
            }
            let cells = line.cells.iter().map(|cell| filler.cell(cell)).collect::<Result<Vec<_>, _>>()?;
            match line.shape {
                Shape::Title => document.title = one_line(&cells.concat()),
                _ => filler.push(line, cells, &mut document.blocks)?,
            }
        }
        Ok(document)
    }
}

struct Filler<'a> {
    kind: Kind,
    values: &'a Values,
}

impl Filler<'_> {
    fn value(&self, field: Field) -> Result<String, Missing> {
        let value = self.values.get(&field).map(|value| clean(value)).filter(|value| !value.is_empty());
        match value {
            None if field == Field::Remedies => Ok(say::REMEDIES.to_owned()),
            value => value.ok_or(Missing(self.kind, field)),
        }
    }

    fn cell(&self, pieces: &[Piece]) -> Result<String, Missing> {
        let texts = pieces.iter().map(|piece| match piece {
            Piece::Words(words) => Ok(words.clone()),
            Piece::Place(field) => self.value(*field),
        });
        texts.collect()
    }

    fn push(&self, line: &Line, cells: Vec<String>, blocks: &mut Vec<Block>) -> Result<(), Missing> {
        let each = |make: fn(String) -> Block, blocks: &mut Vec<Block>| {
            let text = cells.concat();
            blocks.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).map(make));
        };
        match line.shape {
            Shape::Title => {}
            Shape::Centred => each(Block::Centred, blocks),
            Shape::Right => each(Block::Right, blocks),
            Shape::Flush => each(Block::Flush, blocks),
            Shape::Subhead => each(Block::Subhead, blocks),
            Shape::Paragraph => each(Block::Paragraph, blocks),
            Shape::Row => blocks.push(Block::Row(cells)),
            Shape::Signatures => blocks.push(Block::Signatures(cells)),
            Shape::Code => blocks.push(Block::Code(one_line(&cells.concat()))),
            Shape::Gap => blocks.push(Block::Gap),
            Shape::Closing => blocks.push(Block::Closing {
                authority: one_line(&self.value(Field::Authority)?),
                date: one_line(&self.value(Field::Date)?),
            }),
        }
        Ok(())
    }
}

/// What can be printed: line feeds stay, other control signs are blanks, signs without a shape are left out.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let signs = text.chars().filter(|sign| !is_invisible(*sign));
    let signs = signs.map(|sign| if sign != '\n' && (sign.is_control() || is_blank(sign)) { ' ' } else { sign });
    let text: String = signs.collect();
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Blanks of other widths, and separators of lines that are none here. The ideographic space stays.
fn is_blank(sign: char) -> bool {
    matches!(sign, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}')
}

/// Signs that direct or join others: among them those that turn the order of reading around.
fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
