//! Reading the XML parts of office files: bounded, without entities of their own.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Refusal;

/// Deepest nesting; Word's own limit is far below.
const DEEPEST: usize = 400;

/// One step through a part. Names are without prefix.
pub(super) enum Step<'a> {
    Open(&'a Tag<'a>),
    Text(&'a str),
    Close(&'a str),
}

/// An element's beginning.
pub(super) struct Tag<'a> {
    start: &'a BytesStart<'a>,
    local: &'a str,
}

impl Tag<'_> {
    /// The name without prefix.
    pub(super) fn name(&self) -> &str {
        self.local
    }

    /// The value of the attribute with this name without prefix; the first one counts.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.start.attributes().flatten().find_map(|attribute| {
            let key = attribute.key.as_ref();
            let local = key.rsplit(':').next().unwrap_or(key);
            let is_namespace = key.starts_with("xmlns");
            (local == name && !is_namespace).then(|| unescape(&attribute.value))
        })
    }

    /// Whether a switch such as `<w:vanish/>` is on.
    pub(super) fn is_on(&self) -> bool {
        self.get("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }

    /// Whether an attribute such as `hidden="1"` is on.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
    }
}

fn unescape(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), Cow::into_owned)
}

/// The characters of a part: UTF-8, or UTF-16 with a mark; other encodings are not allowed in office files.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling_and_without_replacement(rest),
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling_and_without_replacement(rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        _ => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    };
    text.ok_or(Refusal::Damaged)
}

/// Steps through a part from start to end; a part that is not well-formed is damaged.
pub(super) fn walk(bytes: &[u8], mut visit: impl FnMut(Step<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let text = decode(bytes)?;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = true;
    let (mut depth, mut seen) = (0_usize, false);
    loop {
        match reader.read_event().map_err(|_| Refusal::Damaged)? {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Refusal::Damaged);
                }
                seen = true;
                open(&start, &mut visit)?;
            }
            Event::Empty(start) => {
                seen = true;
                open(&start, &mut visit)?;
                visit(Step::Close(start.local_name().as_ref()))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Step::Close(end.local_name().as_ref()))?;
            }
            Event::Text(text) => visit(Step::Text(&text.xml10_content()))?,
            Event::CData(text) => visit(Step::Text(&text.xml10_content()))?,
            Event::GeneralRef(name) => visit(Step::Text(&reference(&name)?))?,
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().and_then(Result::ok).map(|name| name.to_lowercase());
                if encoding.is_some_and(|name| !matches!(name.as_str(), "utf-8" | "utf-16" | "utf8" | "us-ascii")) {
                    return Err(Refusal::Damaged);
                }
            }
            Event::DocType(_) => return Err(Refusal::ActiveContent("DTD")),
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if depth == 0 && seen { Ok(()) } else { Err(Refusal::Damaged) }
}

fn open(start: &BytesStart<'_>, visit: &mut impl FnMut(Step<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let name = start.local_name();
    visit(Step::Open(&Tag { start, local: name.as_ref() }))
}

/// `&amp;` and `&#20013;`; there are no others, because a DTD is refused.
fn reference(name: &quick_xml::events::BytesRef<'_>) -> Result<String, Refusal> {
    if let Some(character) = name.resolve_char_ref().map_err(|_| Refusal::Damaged)? {
        return Ok(character.to_string());
    }
    let known = match &*name.xml10_content() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(Refusal::Damaged),
    };
    Ok(known.to_owned())
}

/// Text for an attribute.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}

/// All text of a part, one line an element.
pub(super) fn all_text(bytes: &[u8]) -> Result<String, Refusal> {
    let mut all = String::new();
    walk(bytes, |step| {
        match step {
            Step::Text(text) => all.push_str(text),
            Step::Close(_) if !all.is_empty() && !all.ends_with('\n') => all.push('\n'),
            _ => {}
        }
        Ok(())
    })?;
    Ok(all.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n"))
}
