//! What a PDF may not hold, wherever it stands.

use lopdf::{Dictionary, Document, Object};

use super::{Refusal, as_dictionary, follow, get, link};

/// Searches every object, reached or not, and the trailer.
pub(super) fn check(document: &Document) -> Result<(), Refusal> {
    let trailer = document.trailer.iter().map(|(_, value)| value);
    let mut waiting: Vec<&Object> = document.objects.values().chain(trailer).collect();
    while let Some(object) = waiting.pop() {
        match object {
            Object::Array(items) => waiting.extend(items),
            Object::Dictionary(dictionary) => {
                check_dictionary(document, dictionary)?;
                waiting.extend(dictionary.iter().map(|(_, value)| value));
            }
            Object::Stream(stream) => {
                check_stream(&stream.dict)?;
                check_dictionary(document, &stream.dict)?;
                waiting.extend(stream.dict.iter().map(|(_, value)| value));
            }
            _ => {}
        }
    }
    check_catalog(document)
}

fn check_dictionary(document: &Document, dictionary: &Dictionary) -> Result<(), Refusal> {
    for (key, value) in dictionary {
        check_entry(document, key, follow(document, value))?;
    }
    let kind = |key: &[u8]| get(document, dictionary, key).and_then(|value| value.as_name().ok()).unwrap_or_default();
    match kind(b"S") {
        b"JavaScript" => return Err(Refusal::ActiveContent("JavaScript")),
        b"Launch" => return Err(Refusal::ActiveContent("Launch")),
        b"SubmitForm" | b"ImportData" => return Err(Refusal::ActiveContent("SubmitForm")),
        b"Rendition" | b"Movie" | b"Sound" | b"RichMediaExecute" | b"GoTo3DView" => {
            return Err(Refusal::ActiveContent("RichMedia"));
        }
        b"GoToR" | b"GoToE" | b"GoToDp" => return Err(Refusal::ExternalReference),
        b"Thread" if dictionary.has(b"F") => return Err(Refusal::ExternalReference),
        _ => {}
    }
    match kind(b"Type") {
        b"EmbeddedFile" => return Err(Refusal::ActiveContent("EmbeddedFile")),
        b"Filespec" | b"F" => return Err(Refusal::ExternalReference),
        _ => {}
    }
    match kind(b"Subtype") {
        b"FileAttachment" => Err(Refusal::ActiveContent("EmbeddedFile")),
        b"RichMedia" | b"Screen" | b"Movie" | b"Sound" | b"3D" => Err(Refusal::ActiveContent("RichMedia")),
        _ => Ok(()),
    }
}

/// Resources may bear any name, so that for names a writer may well choose the value must fit too.
fn check_entry(document: &Document, key: &[u8], value: &Object) -> Result<(), Refusal> {
    let inner = as_dictionary(value);
    let has = |key: &[u8]| inner.is_some_and(|inner| inner.has(key));
    if value.is_null() {
        return Ok(());
    }
    match key {
        b"JavaScript" => Err(Refusal::ActiveContent("JavaScript")),
        b"JS" if matches!(value, Object::String(..) | Object::Stream(_)) => Err(Refusal::ActiveContent("JavaScript")),
        b"EmbeddedFiles" | b"Collection" => Err(Refusal::ActiveContent("EmbeddedFile")),
        b"EF" if [&b"F"[..], b"UF", b"DOS", b"Mac", b"Unix"].into_iter().any(has) => {
            Err(Refusal::ActiveContent("EmbeddedFile"))
        }
        b"RichMediaContent" | b"RichMediaSettings" => Err(Refusal::ActiveContent("RichMedia")),
        b"XFA" if !matches!(value, Object::Dictionary(_)) => Err(Refusal::ActiveContent("XFA")),
        b"AA" if starts_something(document, inner) => Err(Refusal::ActiveContent("AA")),
        b"OPI" | b"FFilter" => Err(Refusal::ExternalReference),
        b"Ref" if has(b"F") => Err(Refusal::ExternalReference),
        b"URI" => check_link(value),
        _ => Ok(()),
    }
}

/// Whether additional actions hold an action.
fn starts_something(document: &Document, actions: Option<&Dictionary>) -> bool {
    let values = actions.into_iter().flat_map(|actions| actions.iter().map(|(_, value)| follow(document, value)));
    values.filter_map(as_dictionary).any(|action| action.has(b"S"))
}

fn check_link(value: &Object) -> Result<(), Refusal> {
    let Ok(target) = value.as_str() else { return Ok(()) };
    let target = super::words::decode(target);
    if link::is_safe(&target) { Ok(()) } else { Err(Refusal::ActiveContent("URI")) }
}

/// The data of a stream must be in the file.
fn check_stream(dictionary: &Dictionary) -> Result<(), Refusal> {
    let is_elsewhere = dictionary.get(b"F").is_ok_and(|file| !file.is_null());
    if is_elsewhere { Err(Refusal::ExternalReference) } else { Ok(()) }
}

/// On opening, a document may turn to a page and nothing else.
fn check_catalog(document: &Document) -> Result<(), Refusal> {
    let catalog = document.catalog().map_err(|_| Refusal::Damaged)?;
    match get(document, catalog, b"OpenAction") {
        None | Some(Object::Array(_) | Object::Name(_) | Object::String(..)) => Ok(()),
        Some(action) => {
            let kind = as_dictionary(action).and_then(|action| get(document, action, b"S"));
            let is_jump = kind.and_then(|kind| kind.as_name().ok()) == Some(b"GoTo");
            let goes_on = as_dictionary(action).is_some_and(|action| action.has(b"Next"));
            if is_jump && !goes_on { Ok(()) } else { Err(Refusal::ActiveContent("OpenAction")) }
        }
    }
}
