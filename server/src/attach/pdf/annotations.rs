//! Notes, marks, stamps and form fields laid over a page.

use lopdf::{Dictionary, Object};

use super::interpreter::{Shared, form_text};
use super::{Concern, Concerns, Refusal, as_dictionary, follow, get, name};

/// The words that annotations show; whatever is neither a link nor a visible form field is a concern.
pub(super) fn read<'a>(
    shared: &mut Shared<'a>,
    page: &'a Dictionary,
    number: u32,
    concerns: &mut Concerns,
) -> Result<String, Refusal> {
    let document = shared.document;
    let mut text = String::new();
    let Some(list) = get(document, page, b"Annots").and_then(|list| list.as_array().ok()) else { return Ok(text) };
    for annotation in list.iter().filter_map(|item| as_dictionary(follow(document, item))) {
        let flags = get(document, annotation, b"F").and_then(|flags| flags.as_i64().ok()).unwrap_or_default();
        let is_hidden = flags & 0b10_0010 != 0;
        match name(document, annotation, b"Subtype").unwrap_or_default() {
            b"Link" | b"PrinterMark" => {}
            b"Widget" if !is_hidden => {}
            _ => concerns.add(Concern::Annotation { page: number }),
        }
        let Some(appearance) = super::dictionary(document, annotation, b"AP") else { continue };
        for (_, state) in appearance {
            let states: Vec<&'a Object> = match follow(document, state) {
                Object::Dictionary(states) => states.iter().map(|(_, state)| follow(document, state)).collect(),
                one => vec![one],
            };
            for stream in states.into_iter().filter_map(|state| state.as_stream().ok()) {
                if !shared.drawn.contains(&std::ptr::from_ref(stream)) {
                    text.push_str(&form_text(shared, stream)?);
                }
            }
        }
    }
    Ok(text)
}
