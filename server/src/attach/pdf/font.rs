//! Fonts: which character a code stands for, and how wide it is.

use std::collections::HashMap;

use encoding_rs::Encoding;
use lopdf::{Dictionary, Document, Object};

use super::cmap::{CMap, Space};
use super::{as_dictionary, dictionary, follow, get, name, numbers};

/// Most bytes a character map may unpack to.
const MOST_MAP: usize = 8 << 20;

/// One code of a text.
pub(super) struct Code {
    pub(super) value: u32,
    /// What it stands for; `None` where that cannot be told.
    pub(super) text: Option<String>,
    /// In thousandths of the font's size; of vertical fonts, downwards.
    pub(super) width: f32,
    /// Whether word spacing applies.
    pub(super) is_space: bool,
}

#[derive(Debug)]
pub(super) struct Font {
    coding: Coding,
    characters: HashMap<u32, String>,
    widths: HashMap<u32, f32>,
    default_width: f32,
    pub(super) is_vertical: bool,
}

/// How bytes form codes, and what codes mean where the font's own map is silent.
#[derive(Debug)]
enum Coding {
    One(Vec<Option<String>>),
    Two,
    Spaces(Vec<Space>),
    /// UTF-16, written out.
    Utf16,
    /// An encoding of before Unicode, such as GBK.
    Legacy(&'static Encoding),
}

impl Font {
    pub(super) fn read(document: &Document, font: &Dictionary) -> Self {
        let map = stream(document, font, b"ToUnicode").map(|bytes| CMap::read(&bytes)).unwrap_or_default();
        if name(document, font, b"Subtype") == Some(b"Type0") {
            Self::composite(document, font, map)
        } else {
            Self::simple(document, font, map)
        }
    }

    fn composite(document: &Document, font: &Dictionary, map: CMap) -> Self {
        let encoding = name(document, font, b"Encoding").unwrap_or_default();
        let coding = match stream(document, font, b"Encoding") {
            Some(bytes) => {
                let spaces = CMap::read(&bytes).spaces;
                if spaces.is_empty() { Coding::Two } else { Coding::Spaces(spaces) }
            }
            None => named_coding(encoding),
        };
        let descendants = get(document, font, b"DescendantFonts").and_then(|list| list.as_array().ok());
        let descendant = descendants.and_then(|list| as_dictionary(follow(document, list.first()?)));
        let default = descendant.and_then(|font| get(document, font, b"DW")).and_then(|width| width.as_float().ok());
        let widths = descendant.map(|font| cid_widths(document, font)).unwrap_or_default();
        let is_vertical = encoding.ends_with(b"-V");
        let default_width = if is_vertical { -1000.0 } else { default.unwrap_or(1000.0) };
        let widths = if is_vertical { HashMap::new() } else { widths };
        Self { coding, characters: map.characters, widths, default_width, is_vertical }
    }

    fn simple(document: &Document, font: &Dictionary, map: CMap) -> Self {
        let table = if map.characters.is_empty() { table(document, font) } else { Vec::new() };
        let first = get(document, font, b"FirstChar").and_then(|first| first.as_i64().ok()).unwrap_or_default();
        let first = u32::try_from(first).unwrap_or_default();
        let scale = numbers(document, font, b"FontMatrix").and_then(|matrix| matrix.first().map(|a| a * 1000.0));
        let scale = scale.filter(|scale| scale.is_finite() && *scale != 0.0).unwrap_or(1.0);
        let widths = get(document, font, b"Widths").and_then(|widths| widths.as_array().ok());
        let widths = widths.into_iter().flatten().zip(first..).take(256);
        let widths = widths.filter_map(|(width, code)| Some((code, follow(document, width).as_float().ok()? * scale)));
        Self {
            coding: Coding::One(table),
            characters: map.characters,
            widths: widths.collect(),
            default_width: 500.0,
            is_vertical: false,
        }
    }

    /// The codes of a string, one after the other.
    pub(super) fn codes(&self, mut bytes: &[u8], mut visit: impl FnMut(Code)) {
        while !bytes.is_empty() {
            let length = self.length(bytes).clamp(1, bytes.len());
            let (code, rest) = bytes.split_at(length);
            bytes = rest;
            let value = code.iter().take(4).fold(0, |sum, byte| sum << 8 | u32::from(*byte));
            let text = self.characters.get(&value).cloned().or_else(|| self.meaning(code, value));
            let narrow = if length == 1 && matches!(self.coding, Coding::Legacy(_)) { 0.5 } else { 1.0 };
            let width = self.widths.get(&value).copied().unwrap_or(self.default_width * narrow);
            visit(Code {
                value,
                text: text.filter(|text| is_readable(text)),
                width,
                is_space: length == 1 && value == 32,
            });
        }
    }

    fn length(&self, bytes: &[u8]) -> usize {
        let first = bytes[0];
        let second = bytes.get(1).copied().unwrap_or_default();
        match &self.coding {
            Coding::One(_) => 1,
            Coding::Utf16 if (0xd8..0xdc).contains(&first) => 4,
            Coding::Legacy(_) if first < 0x81 => 1,
            Coding::Legacy(encoding) if *encoding == encoding_rs::SHIFT_JIS && (0xa0..0xe0).contains(&first) => 1,
            Coding::Legacy(encoding) if *encoding == encoding_rs::GB18030 && second.is_ascii_digit() => 4,
            Coding::Two | Coding::Utf16 | Coding::Legacy(_) => 2,
            Coding::Spaces(spaces) => {
                let fits = |space: &&Space| {
                    let value =
                        bytes.get(..space.length).map(|code| code.iter().fold(0, |sum, b| sum << 8 | u32::from(*b)));
                    value.is_some_and(|value| (space.first..=space.last).contains(&value))
                };
                spaces.iter().find(fits).or(spaces.first()).map_or(1, |space| space.length)
            }
        }
    }

    fn meaning(&self, code: &[u8], value: u32) -> Option<String> {
        match &self.coding {
            Coding::One(table) => table.get(usize::try_from(value).ok()?)?.clone(),
            Coding::Utf16 => encoding_rs::UTF_16BE
                .decode_without_bom_handling_and_without_replacement(code)
                .map(std::borrow::Cow::into_owned),
            Coding::Legacy(encoding) => {
                encoding.decode_without_bom_handling_and_without_replacement(code).map(std::borrow::Cow::into_owned)
            }
            Coding::Two | Coding::Spaces(_) => None,
        }
    }
}

/// Not a control character, a private one or a replacement.
fn is_readable(text: &str) -> bool {
    let is_bad = |c: char| c.is_control() && !c.is_whitespace() || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}');
    !text.chars().any(is_bad)
}

fn stream(document: &Document, font: &Dictionary, key: &[u8]) -> Option<Vec<u8>> {
    get(document, font, key)?.as_stream().ok()?.get_plain_content_with_limit(MOST_MAP).ok()
}

/// The predefined character maps.
fn named_coding(name: &[u8]) -> Coding {
    let name = String::from_utf8_lossy(name);
    let has = |part: &str| name.contains(part);
    if name.starts_with("Uni") && (has("UCS2") || has("UTF16")) {
        Coding::Utf16
    } else if name.starts_with("GB") {
        Coding::Legacy(encoding_rs::GB18030)
    } else if has("B5") || has("HKscs") || has("CNS-EUC") {
        Coding::Legacy(encoding_rs::BIG5)
    } else if has("RKSJ") {
        Coding::Legacy(encoding_rs::SHIFT_JIS)
    } else if name.starts_with("KSC") {
        Coding::Legacy(encoding_rs::EUC_KR)
    } else if name == "EUC-H" || name == "EUC-V" {
        Coding::Legacy(encoding_rs::EUC_JP)
    } else {
        Coding::Two
    }
}

/// The widths of a CID font: `first [w w w]` or `first last w`.
fn cid_widths(document: &Document, font: &Dictionary) -> HashMap<u32, f32> {
    let mut widths = HashMap::new();
    let Some(list) = get(document, font, b"W").and_then(|list| list.as_array().ok()) else { return widths };
    let mut items = list.iter().map(|item| follow(document, item));
    while let (Some(first), Some(next)) = (items.next(), items.next()) {
        let Ok(first) = first.as_i64().map(|first| u32::try_from(first).unwrap_or_default()) else { break };
        if let Ok(each) = next.as_array() {
            let each = each.iter().take(65_536).map(|width| follow(document, width).as_float().unwrap_or(1000.0));
            widths.extend((first..).zip(each));
        } else {
            let end = next.as_i64().ok().and_then(|end| u32::try_from(end).ok()).unwrap_or(first);
            let Some(width) = items.next().and_then(|width| width.as_float().ok()) else { break };
            widths.extend((first..=end.min(first.saturating_add(65_535))).map(|code| (code, width)));
        }
        if widths.len() > 200_000 {
            break;
        }
    }
    widths
}

/// What the 256 codes of a simple font stand for.
fn table(document: &Document, font: &Dictionary) -> Vec<Option<String>> {
    let encoding = get(document, font, b"Encoding");
    let differences = encoding.and_then(as_dictionary);
    let base = match encoding {
        Some(Object::Name(name)) => Some(name.as_slice()),
        _ => differences.and_then(|encoding| name(document, encoding, b"BaseEncoding")),
    };
    let is_embedded = dictionary(document, font, b"FontDescriptor")
        .is_some_and(|descriptor| [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.has(key)));
    // the codes of an embedded font without an encoding are its own affair
    let mut table = match base {
        None if is_embedded => vec![None; 256],
        None => known(Object::from("StandardEncoding")),
        Some(base) => known(Object::Name(base.to_vec())),
    };
    let list = differences.and_then(|encoding| get(document, encoding, b"Differences")).and_then(|l| l.as_array().ok());
    let mut code = 0_usize;
    for item in list.into_iter().flatten().map(|item| follow(document, item)) {
        if let Object::Name(name) = item {
            if let Some(entry) = table.get_mut(code) {
                *entry = glyph(name);
            }
            code += 1;
        } else if let Ok(next) = item.as_i64() {
            code = usize::try_from(next).unwrap_or(256);
        }
    }
    table
}

/// A table of the parser's, by the encoding's name or list of differences.
fn known(encoding: Object) -> Vec<Option<String>> {
    let font = Dictionary::from_iter([("Type", Object::from("Font")), ("Encoding", encoding)]);
    let document = Document::new();
    let Ok(encoding) = font.get_font_encoding(&document) else { return vec![None; 256] };
    let one = |code: u8| encoding.bytes_to_string(&[code]).ok().filter(|text| !text.is_empty());
    (0..=255).map(one).collect()
}

/// The character of a glyph's name: `uni4E2D`, `u20BB7`, or one of Adobe's list.
fn glyph(name: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(name).ok()?;
    let text = text.split('.').next().unwrap_or(text);
    let number = text.strip_prefix("uni").or_else(|| text.strip_prefix('u')).filter(|digits| digits.len() >= 4);
    if let Some(character) = number.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32) {
        return Some(character.to_string());
    }
    let list = Object::Array(vec![Object::Integer(1), Object::Name(text.as_bytes().to_vec())]);
    let differences = Dictionary::from_iter([("Differences", list)]);
    // a name that is not known leaves the standard encoding, which has nothing at 1
    known_one(Object::Dictionary(differences))
}

fn known_one(encoding: Object) -> Option<String> {
    let font = Dictionary::from_iter([("Type", Object::from("Font")), ("Encoding", encoding)]);
    let document = Document::new();
    let encoding = font.get_font_encoding(&document).ok()?;
    encoding.bytes_to_string(&[1]).ok().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Coding, Font, glyph, named_coding};
    use std::collections::HashMap;

    fn text(name: &[u8], bytes: &[u8]) -> Vec<Option<String>> {
        let font = Font {
            coding: named_coding(name),
            characters: HashMap::new(),
            widths: HashMap::new(),
            default_width: 1000.0,
            is_vertical: false,
        };
        let mut all = Vec::new();
        font.codes(bytes, |code| all.push(code.text));
        all
    }

    #[test]
    fn predefined_maps_of_chinese_fonts() {
        let zhong = Some("中".to_owned());
        assert_eq!(text(b"GBK-EUC-H", b"\xd6\xd0A"), [zhong.clone(), Some("A".into())]);
        assert_eq!(text(b"UniGB-UCS2-H", b"\x4e\x2d"), std::slice::from_ref(&zhong));
        assert_eq!(text(b"UniGB-UTF16-H", b"\xd8\x42\xdf\xb7\x4e\x2d"), [Some("𠮷".into()), zhong.clone()]);
        assert_eq!(text(b"ETen-B5-H", b"\xa4\xa4"), [zhong]);
        assert_eq!(text(b"Identity-H", b"\x01\x02\x03"), [None, None]);
        assert!(matches!(named_coding(b"Identity-V"), Coding::Two));
    }

    #[test]
    fn names_of_glyphs() {
        assert_eq!(glyph(b"uni4E2D").as_deref(), Some("中"));
        assert_eq!(glyph(b"Aacute").as_deref(), Some("Á"));
        assert_eq!(glyph(b"A").as_deref(), Some("A"));
        assert_eq!(glyph(b"g123"), None);
    }
}
