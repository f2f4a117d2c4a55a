//! Taking out of a PDF what is only about the file, and what nothing leads to.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream};

use super::{Refusal, as_dictionary, follow, jpeg};

/// Keys of data about the file, its author and the program that made it, anywhere.
const DROPPED: [&[u8]; 4] = [b"Metadata", b"PieceInfo", b"LastModified", b"Thumb"];
/// Keys of the catalog that go: signatures do not survive rewriting, the rest is for other programs.
const DROPPED_OF_CATALOG: [&[u8]; 6] = [b"Perms", b"DSS", b"Legal", b"SpiderInfo", b"Requirements", b"Extensions"];
/// Kinds of annotation that carry their author's name and time.
const MARKUP: [&[u8]; 17] = [
    b"Text",
    b"FreeText",
    b"Line",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
    b"Caret",
    b"Stamp",
    b"Ink",
    b"Popup",
    b"Redact",
    b"Link",
];

/// Removes metadata, signatures and every object that cannot be reached from the catalog. Tells whether it was signed.
pub(super) fn reduce(document: &mut Document) -> Result<bool, Refusal> {
    let root = document.trailer.get(b"Root").and_then(Object::as_reference).map_err(|_| Refusal::Damaged)?;
    document.trailer = Dictionary::from_iter([("Root", Object::Reference(root))]);
    let signatures: BTreeSet<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| as_dictionary(object).is_some_and(is_signature))
        .map(|(id, _)| *id)
        .collect();
    let mut is_signed = false;
    for object in document.objects.values_mut() {
        is_signed |= strip(object, &signatures);
    }
    let catalog = document.get_dictionary_mut(root).map_err(|_| Refusal::Damaged)?;
    for key in DROPPED_OF_CATALOG {
        catalog.remove(key);
    }
    let reached = reached(document, root);
    document.objects.retain(|id, _| reached.contains(id));
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object {
            clean_picture(stream)?;
        }
    }
    Ok(is_signed)
}

/// The bytes of the document: one revision, nothing that is not reached.
pub(super) fn write(document: &mut Document) -> Result<Vec<u8>, Refusal> {
    document.max_id = document.objects.keys().next_back().map_or(0, |id| id.0);
    document.binary_mark = vec![0xbb, 0xad, 0xc0, 0xde];
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, options).map_err(|_| Refusal::Damaged)?;
    Ok(bytes)
}

fn is_signature(dictionary: &Dictionary) -> bool {
    let kind = dictionary.get(b"Type").and_then(Object::as_name).unwrap_or_default();
    dictionary.has(b"ByteRange") || matches!(kind, b"Sig" | b"DocTimeStamp")
}

/// Tells whether a signature was taken out.
fn strip(object: &mut Object, signatures: &BTreeSet<ObjectId>) -> bool {
    let dictionary = match object {
        Object::Array(items) => {
            // each is stripped, whatever the others held
            let mut is_signed = false;
            for item in items.iter_mut() {
                is_signed |= strip(item, signatures);
            }
            return is_signed;
        }
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &mut stream.dict,
        _ => return false,
    };
    for key in DROPPED {
        dictionary.remove(key);
    }
    let is_markup = dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| MARKUP.contains(&kind));
    if is_markup && (dictionary.has(b"Rect") || dictionary.has(b"QuadPoints")) {
        for key in [&b"T"[..], b"M", b"CreationDate", b"NM"] {
            dictionary.remove(key);
        }
    }
    let is_signed = match dictionary.get(b"V") {
        Ok(Object::Reference(id)) => signatures.contains(id),
        Ok(value) => as_dictionary(value).is_some_and(is_signature),
        Err(_) => false,
    };
    if is_signed {
        dictionary.remove(b"V");
    }
    dictionary.remove(b"SigFlags");
    dictionary.iter_mut().fold(is_signed, |is_signed, (_, value)| strip(value, signatures) || is_signed)
}

/// Everything that the catalog leads to.
fn reached(document: &Document, root: ObjectId) -> BTreeSet<ObjectId> {
    let mut reached = BTreeSet::from([root]);
    let mut waiting: Vec<&Object> = document.objects.get(&root).into_iter().collect();
    while let Some(object) = waiting.pop() {
        match object {
            Object::Reference(id) => {
                if reached.insert(*id) {
                    waiting.extend(document.objects.get(id));
                }
            }
            Object::Array(items) => waiting.extend(items),
            other => waiting.extend(as_dictionary(other).into_iter().flat_map(|inner| inner.iter().map(|(_, v)| v))),
        }
    }
    reached
}

/// A photograph in a PDF tells place and time as any other does.
fn clean_picture(stream: &mut Stream) -> Result<(), Refusal> {
    let filters: Vec<Vec<u8>> = match stream.dict.get(b"Filter") {
        Ok(Object::Name(name)) => vec![name.clone()],
        Ok(Object::Array(names)) => names.iter().filter_map(|name| name.as_name().ok().map(<[u8]>::to_vec)).collect(),
        _ => return Ok(()),
    };
    let Some((last, before)) = filters.split_last() else { return Ok(()) };
    let is_jpeg = matches!(last.as_slice(), b"DCTDecode" | b"DCT");
    if !is_jpeg && last != b"JPXDecode" {
        return Ok(());
    }
    if !before.is_empty() {
        let names = before.iter().map(|name| Object::Name(name.clone())).collect();
        let packed = Stream::new(Dictionary::from_iter([("Filter", Object::Array(names))]), stream.content.clone());
        let plain = packed.decompressed_content_with_limit(64 << 20).map_err(|_| Refusal::Damaged)?;
        stream.dict.set("Filter", Object::Name(last.clone()));
        stream.dict.remove(b"DecodeParms");
        stream.set_content(plain);
    }
    let stripped = if is_jpeg { jpeg::strip(&stream.content) } else { strip_jpx(&stream.content) };
    match stripped {
        Some(stripped) => stream.set_content(stripped),
        // a picture that is cut off may stay, unless it speaks about itself
        None if speaks(&stream.content) => return Err(Refusal::Damaged),
        None => {}
    }
    Ok(())
}

fn speaks(content: &[u8]) -> bool {
    let marks: [&[u8]; 4] = [b"Exif\0", b"http://ns.adobe.com", b"Photoshop 3.0", b"<?xpacket"];
    marks.iter().any(|mark| super::super::kind::find(content, mark).is_some())
}

/// JPEG 2000 without the boxes that hold XMP and the like.
fn strip_jpx(content: &[u8]) -> Option<Vec<u8>> {
    let mut kept = Vec::with_capacity(content.len());
    let mut at = 0;
    while at < content.len() {
        let length = u32::from_be_bytes(content.get(at..at + 4)?.try_into().ok()?);
        let kind = content.get(at + 4..at + 8)?;
        let length = match length {
            0 => content.len() - at,
            1 => usize::try_from(u64::from_be_bytes(content.get(at + 8..at + 16)?.try_into().ok()?)).ok()?,
            other => usize::try_from(other).ok()?,
        };
        let end = at.checked_add(length).filter(|_| length >= 8)?;
        let whole = content.get(at..end)?;
        if !matches!(kind, b"uuid" | b"xml " | b"uinf") {
            kept.extend_from_slice(whole);
        }
        at = end;
    }
    Some(kept)
}

/// The catalog, after [`reduce`].
pub(super) fn catalog(document: &Document) -> Option<&Dictionary> {
    as_dictionary(follow(document, document.trailer.get(b"Root").ok()?))
}
