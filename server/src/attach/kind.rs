//! What a file is, by its content.

use super::{Kind, Refusal};

/// What the first bytes say.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sniffed {
    Image(Kind),
    Pdf,
    /// A ZIP, which may be an office file.
    Zip,
}

pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
pub(super) const JPEG: &[u8] = b"\xff\xd8\xff";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Decides by the first bytes; says what is wrong with those that are not taken.
pub(super) fn sniff(bytes: &[u8]) -> Result<Sniffed, Refusal> {
    if bytes.starts_with(PNG) {
        return Ok(Sniffed::Image(Kind::Png));
    }
    if bytes.starts_with(JPEG) {
        return Ok(Sniffed::Image(Kind::Jpeg));
    }
    if bytes.starts_with(b"%PDF-") {
        return Ok(Sniffed::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Sniffed::Zip);
    }
    if bytes.starts_with(OLE) {
        return Err(ole(bytes));
    }
    // readers of PDF look for the header in the first kilobyte: something else stands before it
    if find(head(bytes, 1024), b"%PDF-").is_some() {
        return Err(Refusal::Polyglot);
    }
    Err(markup(bytes).unwrap_or(Refusal::UnknownKind))
}

/// WebP is taken for evidence only.
pub(super) fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

/// An OLE file is an encrypted office file, or one of before 2007 (perhaps with macros: refused in any case).
fn ole(bytes: &[u8]) -> Refusal {
    let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if find(bytes, &wide).is_some() { Refusal::Encrypted } else { Refusal::Legacy }
}

/// Whether the beginning is a web page or a drawing.
pub(super) fn markup(bytes: &[u8]) -> Option<Refusal> {
    let head = head(bytes, 8192);
    let text = match head {
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        _ => String::from_utf8_lossy(head).into_owned(),
    };
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace() || c.is_control());
    let text = text.to_lowercase();
    if !text.starts_with('<') {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["<!doctype html", "<html", "<head", "<body", "<iframe"]) {
        Some(Refusal::Html)
    } else if has(&["<svg", ":svg ", "http://www.w3.org/2000/svg"]) {
        Some(Refusal::Svg)
    } else if has(&["<script", "<table", "<div", "<p>", "<a ", "<img", "<meta", "<style", "<form", "<title", "<!--"]) {
        Some(Refusal::Html)
    } else {
        None
    }
}

/// Refuses a name whose extension says something else.
pub(super) fn agree(name: &str, kind: Kind) -> Result<(), Refusal> {
    let says = extension(name);
    let agrees = match kind {
        Kind::Jpeg => says == "jpg" || says == "jpeg",
        other => says == other.extension(),
    };
    if agrees { Ok(()) } else { Err(Refusal::ExtensionMismatch { name_says: says, is: kind }) }
}

/// The extension of a file's name, in lower case, without the dot; "" where there is none.
pub(super) fn extension(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name).trim_end();
    base.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

/// At most the first `most` bytes.
pub(super) fn head(bytes: &[u8], most: usize) -> &[u8] {
    bytes.get(..most).unwrap_or(bytes)
}

/// Where `wanted` first stands.
pub(super) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let (&first, _) = wanted.split_first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|&byte| byte == first) {
        if bytes[from + at..].starts_with(wanted) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}
