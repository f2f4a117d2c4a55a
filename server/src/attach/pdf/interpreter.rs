//! All pages of a PDF, and what is drawn outside them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::font::Font;
use super::glyphs::Work;
use super::layers::Layers;
use super::page::Painter;
use super::state::{Matrix, Rect, State};
use super::{Concern, Concerns, Limits, Refusal, annotations, as_dictionary, follow, get, name, numbers, words};

/// What all pages share: fonts already read, and what may still be spent.
pub(super) struct Shared<'a> {
    pub(super) document: &'a Document,
    pub(super) layers: Layers,
    fonts: HashMap<*const Dictionary, Rc<Font>>,
    /// Forms and patterns that a page used.
    pub(super) drawn: HashSet<*const Stream>,
    pub(super) operations: usize,
    bytes: usize,
    pub(super) work: Work,
}

impl<'a> Shared<'a> {
    /// The font of this dictionary; each is read once.
    pub(super) fn font(&mut self, font: &'a Dictionary) -> Rc<Font> {
        let document = self.document;
        let read = || Rc::new(Font::read(document, font));
        Rc::clone(self.fonts.entry(std::ptr::from_ref(font)).or_insert_with(read))
    }

    /// The unpacked content of a stream; `None` where it cannot be unpacked.
    pub(super) fn content(&mut self, stream: &Stream) -> Result<Option<Vec<u8>>, Refusal> {
        match stream.get_plain_content_with_limit(self.bytes) {
            Ok(content) => {
                self.bytes -= content.len().min(self.bytes);
                Ok(Some(content))
            }
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => Err(Refusal::ZipBomb),
            Err(_) => Ok(None),
        }
    }
}

/// The words of all pages in their order, then those outside them.
pub(super) fn read(
    document: &Document,
    pages: &BTreeMap<u32, ObjectId>,
    limits: &Limits,
    concerns: &mut Concerns,
) -> Result<String, Refusal> {
    let mut shared = Shared {
        document,
        layers: Layers::read(document),
        fonts: HashMap::new(),
        drawn: HashSet::new(),
        operations: limits.operations,
        bytes: usize::try_from(limits.unpacked).unwrap_or(usize::MAX),
        work: Work(2_000_000_000),
    };
    let mut text = String::new();
    for (&number, &id) in pages {
        let Some(page) = document.objects.get(&id).and_then(as_dictionary) else {
            concerns.add(Concern::UnreadableText { page: number });
            continue;
        };
        read_page(&mut shared, page, number, &mut text, concerns)?;
        if text.len() > limits.text {
            return Err(Refusal::TooLarge { limit: limits.text });
        }
    }
    text.push_str(&undrawn(&mut shared)?);
    text.push_str(&words::read(document));
    Ok(text)
}

fn read_page<'a>(
    shared: &mut Shared<'a>,
    page: &'a Dictionary,
    number: u32,
    text: &mut String,
    concerns: &mut Concerns,
) -> Result<(), Refusal> {
    let document = shared.document;
    let sheet = sheet(document, page);
    let resources = inherited(document, page, b"Resources").and_then(as_dictionary);
    let (content, is_whole) = page_content(shared, page)?;
    let mut painter = Painter::new(shared, State::new(sheet), number, concerns);
    painter.run(&content, resources, 0)?;
    painter.conclude(sheet.area(), is_whole);
    let (on_page, said) = painter.finish();
    text.push_str(&on_page);
    text.push('\n');
    for line in said.lines().filter(|line| !on_page.contains(line)) {
        text.push_str(line);
        text.push('\n');
    }
    text.push_str(&annotations::read(shared, page, number, concerns)?);
    Ok(())
}

/// What is shown of a page: the crop box within the media box.
fn sheet(document: &Document, page: &Dictionary) -> Rect {
    let rect = |key: &[u8]| {
        let array = inherited(document, page, key)?.as_array().ok()?;
        let numbers: Option<Vec<f32>> = array.iter().map(|item| follow(document, item).as_float().ok()).collect();
        Rect::of_box(&numbers?, &Matrix::ONE).filter(|rect| rect.area() > 0.0)
    };
    let media = rect(b"MediaBox").unwrap_or(Rect { left: 0.0, bottom: 0.0, right: 612.0, top: 792.0 });
    rect(b"CropBox").map_or(media, |crop| crop.within(&media))
}

/// A value that a page may have from the nodes above it.
fn inherited<'a>(document: &'a Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..64 {
        if let Some(found) = get(document, node, key) {
            return Some(found);
        }
        node = as_dictionary(get(document, node, b"Parent")?)?;
    }
    None
}

/// The content of a page, and whether all of it could be unpacked.
fn page_content<'a>(shared: &mut Shared<'a>, page: &'a Dictionary) -> Result<(Vec<u8>, bool), Refusal> {
    let document = shared.document;
    let pieces: Vec<&Object> = match get(document, page, b"Contents") {
        Some(Object::Array(pieces)) => pieces.iter().map(|piece| follow(document, piece)).collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let (mut content, mut is_whole) = (Vec::new(), true);
    for piece in pieces {
        let Object::Stream(stream) = piece else { continue };
        match shared.content(stream)? {
            Some(unpacked) => {
                content.extend_from_slice(&unpacked);
                content.push(b'\n');
            }
            None => is_whole = false,
        }
    }
    Ok((content, is_whole))
}

/// Forms and patterns that no page was seen to draw: their words count, their look does not.
fn undrawn(shared: &mut Shared<'_>) -> Result<String, Refusal> {
    let document = shared.document;
    let mut text = String::new();
    for object in document.objects.values() {
        let Object::Stream(stream) = object else { continue };
        let is_form = name(document, &stream.dict, b"Subtype") == Some(b"Form");
        let is_pattern = stream.dict.has(b"PatternType") && stream.dict.has(b"BBox");
        if (is_form || is_pattern) && !shared.drawn.contains(&std::ptr::from_ref(stream)) {
            text.push_str(&form_text(shared, stream)?);
        }
    }
    Ok(text)
}

/// The words of a form by itself.
pub(super) fn form_text<'a>(shared: &mut Shared<'a>, stream: &'a Stream) -> Result<String, Refusal> {
    shared.drawn.insert(std::ptr::from_ref(stream));
    let document = shared.document;
    let resources = super::dictionary(document, &stream.dict, b"Resources");
    let Some(content) = shared.content(stream)? else { return Ok(String::new()) };
    let sheet = numbers(document, &stream.dict, b"BBox").and_then(|numbers| Rect::of_box(&numbers, &Matrix::ONE));
    let sheet = sheet.unwrap_or(Rect { left: 0.0, bottom: 0.0, right: 612.0, top: 792.0 });
    let mut ignored = Concerns::default();
    let mut painter = Painter::new(shared, State::new(sheet), 0, &mut ignored);
    painter.run(&content, resources, 1)?;
    let (text, said) = painter.finish();
    Ok(format!("{text}\n{said}"))
}
