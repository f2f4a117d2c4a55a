//! Taking out of a PDF what acts by itself. The guard looks at the result as at any other file.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{as_dictionary, link, words};

/// Keys that go wherever they stand.
const KEYS: [&[u8]; 11] = [
    b"JavaScript",
    b"JS",
    b"AA",
    b"OpenAction",
    b"EmbeddedFiles",
    b"Collection",
    b"AF",
    b"RichMediaContent",
    b"RichMediaSettings",
    b"XFA",
    b"OPI",
];
/// Actions of which none is left.
const ACTIONS: [&[u8]; 14] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"RichMediaExecute",
    b"GoTo3DView",
    b"GoToR",
    b"GoToE",
    b"GoToDp",
    b"Thread",
    b"ResetForm",
];
/// Annotations of which none is left.
const NOTES: [&[u8]; 6] = [b"FileAttachment", b"RichMedia", b"Screen", b"Movie", b"Sound", b"3D"];
const FILES: [&[u8]; 3] = [b"Filespec", b"F", b"EmbeddedFile"];

/// Names that stand as objects of their own.
type Names = BTreeMap<ObjectId, Vec<u8>>;

/// Empties everything dangerous: references to it lead to nothing.
pub(super) fn disarm(document: &mut Document) {
    let with_name = |(id, object): (&ObjectId, &Object)| Some((*id, object.as_name().ok()?.to_vec()));
    let names: Names = document.objects.iter().filter_map(with_name).collect();
    for object in document.objects.values_mut() {
        strip(object, &names);
    }
    let mut trailer = Object::Dictionary(std::mem::take(&mut document.trailer));
    strip(&mut trailer, &names);
    if let Object::Dictionary(stripped) = trailer {
        document.trailer = stripped;
    }
}

fn is_armed(dictionary: &Dictionary, names: &Names) -> bool {
    let is = |key: &[u8], bad: &[&[u8]]| {
        let name = match dictionary.get(key) {
            Ok(Object::Reference(id)) => names.get(id).map(Vec::as_slice),
            Ok(other) => other.as_name().ok(),
            Err(_) => None,
        };
        name.is_some_and(|name| bad.contains(&name))
    };
    let target = dictionary.get(b"URI").ok().and_then(|target| target.as_str().ok());
    let is_unsafe_link = target.is_some_and(|target| !link::is_safe(&words::decode(target)));
    is(b"S", &ACTIONS) || is(b"Subtype", &NOTES) || is(b"Type", &FILES) || is_unsafe_link
}

fn strip(object: &mut Object, names: &Names) {
    if as_dictionary(object).is_some_and(|dictionary| is_armed(dictionary, names)) {
        *object = Object::Null;
    }
    let dictionary = match object {
        Object::Array(items) => return items.iter_mut().for_each(|item| strip(item, names)),
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &mut stream.dict,
        _ => return,
    };
    for key in KEYS {
        dictionary.remove(key);
    }
    dictionary.iter_mut().for_each(|(_, value)| strip(value, names));
}
