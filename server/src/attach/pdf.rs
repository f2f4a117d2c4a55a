//! PDF: read by one parser, searched for what acts by itself, written anew from what can be reached.

mod annotations;
mod clean;
mod cmap;
mod disarm;
mod font;
mod glyphs;
mod guard;
mod interpreter;
mod layers;
mod lexer;
mod page;
mod prescan;
mod state;
mod words;

use lopdf::{Dictionary, Document, LoadOptions, Object};

use super::{Checked, Concern, Concerns, Kind, Limits, Place, Refusal, jpeg, link, polyglot, sample};

/// Stack for the parser, which recurses; only what is used of it takes memory.
const STACK: usize = 64 << 20;

/// Looks at a PDF and writes it anew.
pub(super) fn inspect(bytes: &[u8], limits: &Limits) -> Result<Checked, Refusal> {
    apart(bytes, limits, false)
}

/// The same, with what acts by itself taken out first.
pub(super) fn disarmed(bytes: &[u8], limits: &Limits) -> Result<Checked, Refusal> {
    apart(bytes, limits, true)
}

fn apart(bytes: &[u8], limits: &Limits, disarms: bool) -> Result<Checked, Refusal> {
    polyglot::check_pdf(bytes)?;
    // on a stack of its own; a parser that panics on a crafted file costs this file only
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || work(bytes, limits, disarms));
        let worker = worker.map_err(|_| Refusal::Damaged)?;
        worker.join().unwrap_or(Err(Refusal::Damaged))
    })
}

fn work(bytes: &[u8], limits: &Limits, disarms: bool) -> Result<Checked, Refusal> {
    prescan::check(bytes)?;
    let mut document = load(bytes)?;
    if document.is_encrypted() || document.was_encrypted() || document.trailer.has(b"Encrypt") {
        return Err(Refusal::Encrypted);
    }
    if disarms {
        disarm::disarm(&mut document);
    }
    guard::check(&document)?;
    let is_signed = clean::reduce(&mut document)?;
    let pages = document.get_pages();
    if pages.is_empty() {
        return Err(Refusal::Damaged);
    }
    if pages.len() > limits.pages {
        return Err(Refusal::ZipBomb);
    }
    let mut concerns = Concerns::default();
    if is_signed {
        concerns.add(Concern::Signature);
    }
    let text = interpreter::read(&document, &pages, limits, &mut concerns)?;
    let bytes = clean::write(&mut document)?;
    polyglot::check_pdf(&bytes)?;
    if bytes.len() > limits.bytes.saturating_mul(2) || load(&bytes)?.get_pages().len() != pages.len() {
        return Err(Refusal::Damaged);
    }
    Ok(Checked { kind: Kind::Pdf, bytes, text, concerns: concerns.0 })
}

fn load(bytes: &[u8]) -> Result<Document, Refusal> {
    let options = LoadOptions { max_decompressed_size: Some(prescan::MOST), ..LoadOptions::default() };
    Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Refusal::ZipBomb,
        lopdf::Error::InvalidPassword | lopdf::Error::UnsupportedSecurityHandler(_) | lopdf::Error::Decryption(_) => {
            Refusal::Encrypted
        }
        _ => Refusal::Damaged,
    })
}

/// What an object stands for, when it is a reference.
fn follow<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(&Object::Null, |(_, object)| object)
}

/// The value of a key, references followed.
fn get<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let found = follow(document, dictionary.get(key).ok()?);
    (!found.is_null()).then_some(found)
}

/// The dictionary under a key; of a stream, its dictionary.
fn dictionary<'a>(document: &'a Document, of: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    as_dictionary(get(document, of, key)?)
}

fn as_dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// The name under a key.
fn name<'a>(document: &'a Document, of: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    get(document, of, key)?.as_name().ok()
}

/// The numbers under a key.
fn numbers(document: &Document, of: &Dictionary, key: &[u8]) -> Option<Vec<f32>> {
    let array = get(document, of, key)?.as_array().ok()?;
    array.iter().map(|item| follow(document, item).as_float().ok()).collect()
}
