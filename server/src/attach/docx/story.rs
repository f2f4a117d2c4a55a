//! One part of a DOCX that holds paragraphs.

use super::super::colour::Rgb;
use super::super::xml::{self, Step, Tag};
use super::super::{Concern, Concerns, Place, Refusal};
use super::field::Fields;
use super::judge;
use super::look::{Look, Styles, fill};

/// The elements that matter; all others are only passed through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Paragraph,
    ParagraphProperties,
    Run,
    RunProperties,
    /// What the properties were before a recorded change.
    Before,
    Text,
    Instruction,
    Table,
    Cell,
    CellProperties,
    Shape,
    ShapeProperties,
    Outline,
    Fallback,
    Gone,
    Other,
}

impl Element {
    fn of(name: &str) -> Self {
        match name {
            "p" => Self::Paragraph,
            "pPr" => Self::ParagraphProperties,
            "r" => Self::Run,
            "rPr" => Self::RunProperties,
            "rPrChange" | "pPrChange" | "tcPrChange" | "tblPrChange" | "sectPrChange" | "trPrChange"
            | "tblGridChange" | "numberingChange" | "tblPrExChange" => Self::Before,
            "t" | "delText" => Self::Text,
            "instrText" | "delInstrText" => Self::Instruction,
            "tbl" => Self::Table,
            "tc" => Self::Cell,
            "tcPr" => Self::CellProperties,
            "wsp" | "sp" | "rect" | "roundrect" | "shape" | "oval" => Self::Shape,
            "spPr" => Self::ShapeProperties,
            "ln" => Self::Outline,
            "Fallback" => Self::Fallback,
            "del" | "moveFrom" => Self::Gone,
            _ => Self::Other,
        }
    }
}

struct Paragraph {
    look: Look,
    text: String,
    /// Deleted text, and paragraphs of text boxes anchored here: they come after the paragraph.
    after: String,
}

struct Run {
    look: Look,
    text: String,
}

struct Story<'a> {
    place: &'a Place,
    styles: &'a Styles,
    concerns: &'a mut Concerns,
    stack: Vec<Element>,
    paragraphs: Vec<Paragraph>,
    runs: Vec<Run>,
    /// The grounds of the cells, tables and shapes around, the innermost last.
    grounds: Vec<Option<Rgb>>,
    fields: Fields,
    text: String,
    fallback: String,
}

/// The words of a part; what is deleted or only in a fallback comes too.
pub(super) fn read(bytes: &[u8], place: &Place, styles: &Styles, concerns: &mut Concerns) -> Result<String, Refusal> {
    let mut story = Story {
        place,
        styles,
        concerns,
        stack: Vec::new(),
        paragraphs: Vec::new(),
        runs: Vec::new(),
        grounds: Vec::new(),
        fields: Fields::default(),
        text: String::new(),
        fallback: String::new(),
    };
    xml::walk(bytes, |step| match step {
        Step::Open(tag) => story.open(tag),
        Step::Text(text) => {
            story.put(text);
            Ok(())
        }
        Step::Close(name) => {
            story.close(name);
            Ok(())
        }
    })?;
    story.fields.finish()?;
    Ok(story.finish())
}

impl Story<'_> {
    fn inside(&self, element: Element) -> bool {
        self.stack.contains(&element)
    }

    fn parent(&self) -> Element {
        self.stack.last().copied().unwrap_or(Element::Other)
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), Refusal> {
        let element = Element::of(tag.name());
        match element {
            Element::Paragraph => {
                let look = self.styles.paragraph(None);
                self.paragraphs.push(Paragraph { look, text: String::new(), after: String::new() });
            }
            Element::Run => {
                let look = self.paragraphs.last().map(|paragraph| paragraph.look).unwrap_or_default();
                self.runs.push(Run { look, text: String::new() });
            }
            Element::Table | Element::Cell => self.grounds.push(None),
            Element::Shape => {
                let colour = tag.get("fillcolor").filter(|_| tag.get("filled").as_deref() != Some("f"));
                self.grounds.push(colour.as_deref().and_then(Rgb::parse));
            }
            Element::Before | Element::Gone => self.tracked(),
            _ => self.property(tag)?,
        }
        self.stack.push(element);
        Ok(())
    }

    fn tracked(&mut self) {
        self.concerns.add(Concern::TrackedChange { place: self.place.clone() });
    }

    /// Elements without text of their own.
    fn property(&mut self, tag: &Tag<'_>) -> Result<(), Refusal> {
        match tag.name() {
            "ins" | "moveTo" | "cellIns" | "cellDel" | "cellMerge" => self.tracked(),
            "comment" => self.concerns.add(Concern::Comment { place: self.place.clone() }),
            "tab" | "ptab" if self.parent() == Element::Run => self.put_char('\t'),
            "br" | "cr" if self.parent() == Element::Run => self.put_char('\n'),
            "noBreakHyphen" => self.put_char('-'),
            "fldChar" => self.fields.mark(&tag.get("fldCharType").unwrap_or_default())?,
            "fldSimple" => self.fields.check(&tag.get("instr").unwrap_or_default(), false)?,
            "docPr" | "cNvPr" | "tblCaption" | "tblDescription" | "alias" | "textpath" => self.describe(tag),
            "altChunk" => return Err(Refusal::ActiveContent("altChunk")),
            "control" | "object" | "OLEObject" => return Err(Refusal::ActiveContent("OLE")),
            _ if !self.inside(Element::Before) => self.format(tag),
            _ => {}
        }
        Ok(())
    }

    /// Alternative texts of pictures and tables.
    fn describe(&mut self, tag: &Tag<'_>) {
        let words = ["descr", "title", "val", "string"].into_iter().filter_map(|name| tag.get(name));
        for text in words.filter(|text| !text.trim().is_empty()) {
            self.fields.said.push_str(&text);
            self.fields.said.push('\n');
        }
    }

    fn format(&mut self, tag: &Tag<'_>) {
        let in_run = self.inside(Element::RunProperties);
        // the properties of a paragraph's mark look the same but say nothing about its text
        let run = self.stack.iter().rposition(|element| *element == Element::Run);
        let of_run = run.is_some_and(|at| self.stack.get(at + 1) == Some(&Element::RunProperties));
        match (tag.name(), self.parent()) {
            ("pStyle", Element::ParagraphProperties) => {
                if let (Some(paragraph), Some(id)) = (self.paragraphs.last_mut(), tag.get("val")) {
                    paragraph.look = self.styles.paragraph(Some(&id));
                }
            }
            ("shd", Element::ParagraphProperties) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.look.apply(tag);
                }
            }
            ("shd", Element::CellProperties) => self.ground(fill(tag)),
            ("tblStyle", _) => {
                let is_dark = tag.get("val").is_some_and(|id| self.styles.is_dark_table(&id));
                self.ground(is_dark.then_some(Rgb(0x80, 0x80, 0x80)));
            }
            ("rStyle", Element::RunProperties) => {
                if let (Some(run), Some(id)) = (self.runs.last_mut(), tag.get("val")) {
                    run.look = self.styles.look(&id).over(run.look);
                }
            }
            ("srgbClr", _) if !in_run && self.inside(Element::ShapeProperties) && !self.inside(Element::Outline) => {
                self.ground(tag.get("val").as_deref().and_then(Rgb::parse));
            }
            _ if of_run && !self.inside(Element::Outline) => {
                if let Some(run) = self.runs.last_mut() {
                    run.look.apply(tag);
                }
            }
            _ => {}
        }
    }

    /// Sets the ground of the innermost cell, table or shape.
    fn ground(&mut self, ground: Option<Rgb>) {
        if let (Some(innermost), Some(ground)) = (self.grounds.last_mut(), ground) {
            *innermost = Some(ground);
        }
    }

    fn put(&mut self, text: &str) {
        match self.parent() {
            Element::Instruction => self.fields.push(text),
            Element::Text => match self.runs.last_mut() {
                Some(run) => run.text.push_str(text),
                None => self.text.push_str(text),
            },
            _ => {}
        }
    }

    fn put_char(&mut self, character: char) {
        if let Some(run) = self.runs.last_mut() {
            run.text.push(character);
        }
    }

    fn close(&mut self, name: &str) {
        let element = self.stack.pop().unwrap_or(Element::Other);
        match element {
            Element::Run => self.close_run(),
            Element::Paragraph => self.close_paragraph(),
            Element::Table | Element::Cell | Element::Shape => drop(self.grounds.pop()),
            _ if name == "tr" => self.text.push('\n'),
            _ => {}
        }
    }

    fn close_run(&mut self) {
        let Some(run) = self.runs.pop() else { return };
        let beneath = self.grounds.iter().rev().find_map(|ground| *ground);
        judge(run.look.is_hidden(), run.look.is_lost(beneath), self.place, &run.text, self.concerns);
        let is_gone = self.inside(Element::Gone);
        match self.paragraphs.last_mut() {
            Some(paragraph) if is_gone => paragraph.after.push_str(&run.text),
            Some(paragraph) => paragraph.text.push_str(&run.text),
            None => self.text.push_str(&run.text),
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let mut whole = paragraph.text;
        whole.push('\n');
        if !paragraph.after.is_empty() {
            whole.push_str(&paragraph.after);
            whole.push('\n');
        }
        if self.inside(Element::Fallback) {
            self.fallback.push_str(&whole);
        } else if let Some(outer) = self.paragraphs.last_mut() {
            outer.after.push_str(&whole);
        } else {
            self.text.push_str(&whole);
        }
    }

    /// The fallback of a text box repeats it; only what is said nowhere else is added.
    fn finish(mut self) -> String {
        let more: Vec<&str> = self.fallback.lines().filter(|line| !self.text.contains(*line)).collect();
        let more = more.join("\n");
        self.text.push_str(&more);
        if !more.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&self.fields.said);
        self.text
    }
}
