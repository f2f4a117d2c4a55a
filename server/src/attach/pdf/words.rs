//! Words of a PDF that stand outside the pages' content: form values, notes, bookmarks, alternative texts, links.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object};

use super::follow;

/// Keys whose strings are shown, spoken or followed.
const SHOWN: [&[u8]; 16] = [
    b"Contents",
    b"RC",
    b"Subj",
    b"V",
    b"DV",
    b"RV",
    b"TU",
    b"T",
    b"Alt",
    b"ActualText",
    b"E",
    b"Title",
    b"CA",
    b"Opt",
    b"URI",
    b"Name",
];

/// All such words, each once, one a line.
pub(super) fn read(document: &Document) -> String {
    let mut found = BTreeSet::new();
    let mut all = String::new();
    for object in document.objects.values() {
        let mut waiting = vec![object];
        while let Some(object) = waiting.pop() {
            let dictionary: &Dictionary = match object {
                Object::Array(items) => {
                    waiting.extend(items);
                    continue;
                }
                Object::Dictionary(dictionary) => dictionary,
                Object::Stream(stream) => &stream.dict,
                _ => continue,
            };
            for (key, value) in dictionary {
                waiting.push(value);
                if SHOWN.contains(&key.as_slice()) {
                    for text in strings(document, key, follow(document, value)) {
                        if !text.trim().is_empty() && found.insert(text.clone()) {
                            all.push_str(&text);
                            all.push('\n');
                        }
                    }
                }
            }
        }
    }
    all
}

/// A string, the strings of a list (and of pairs in it), or the text of a stream.
fn strings(document: &Document, key: &[u8], value: &Object) -> Vec<String> {
    match value {
        Object::String(bytes, _) => vec![decode(bytes)],
        Object::Array(items) => items
            .iter()
            .flat_map(|item| match follow(document, item) {
                Object::String(bytes, _) => vec![decode(bytes)],
                Object::Array(pair) => pair.iter().filter_map(|item| item.as_str().ok()).map(decode).collect(),
                _ => Vec::new(),
            })
            .collect(),
        Object::Stream(stream) if matches!(key, b"RC" | b"RV" | b"V" | b"DV") => {
            stream.get_plain_content_with_limit(1 << 20).map(|bytes| vec![decode(&bytes)]).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// A text string: UTF-16 or UTF-8 with a mark, otherwise one byte a character.
pub(super) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // writers that do not keep to the rule write UTF-8 or GBK here
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
        },
    }
}
