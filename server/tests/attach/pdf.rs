use lopdf::{Document, IncrementalDocument, Object, ObjectId, Stream, dictionary};
use server::attach::{Concern, Limits, Refusal};

use super::fixtures::{self, document, packed, pdf, saved};
use super::{holds, inspect};

const CONTENT: &str = "BT /F1 12 Tf 72 700 Td (visible) Tj ET";

fn text(text: &str) -> Object {
    Object::string_literal(text)
}

/// With something added to the catalog.
fn with_catalog(add: impl Fn(&mut Document) -> (&'static str, Object)) -> Document {
    let (mut document, ..) = document(CONTENT);
    let (key, value) = add(&mut document);
    document.catalog_mut().unwrap().set(key, value);
    document
}

/// With an annotation on its page.
fn with_annotation(annotation: lopdf::Dictionary) -> Document {
    let (mut document, _, page) = document(CONTENT);
    let id = document.add_object(annotation);
    document.get_dictionary_mut(page).unwrap().set("Annots", vec![Object::Reference(id)]);
    document
}

fn link(action: lopdf::Dictionary) -> Document {
    let rect = vec![0.into(), 0.into(), 9.into(), 9.into()];
    with_annotation(dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => rect, "A" => action })
}

#[test]
fn scripts_are_refused_in_object_streams_and_under_any_spelling() {
    let script = dictionary! { "S" => "JavaScript", "JS" => text("app.alert(1)") };
    let named = with_catalog(|document| {
        let action = document.add_object(script.clone());
        let tree = dictionary! { "Names" => vec![text("a"), Object::Reference(action)] };
        ("Names", Object::Dictionary(dictionary! { "JavaScript" => tree }))
    });
    let bytes = packed(named);
    assert!(!holds(&bytes, b"JavaScript") && !holds(&bytes, b"alert"), "the script must be packed for this test");
    let refused = Err(Refusal::ActiveContent("JavaScript"));
    assert_eq!(inspect("a.pdf", &bytes), refused);
    // an object that nothing leads to, with the name escaped
    let (mut orphan, ..) = document(CONTENT);
    orphan.add_object(dictionary! { "S" => "JavaScripX", "JX" => text("app.alert(1)") });
    let mut bytes = saved(orphan);
    let at = bytes.windows(10).position(|window| window == b"JavaScripX").unwrap();
    bytes[at..at + 10].copy_from_slice(b"Java#53#63");
    assert!(inspect("a.pdf", &bytes).is_ok(), "JavaSc is no script");
    let (mut escaped, ..) = document(CONTENT);
    escaped.add_object(dictionary! { "XXXXXXXXXXXX" => text("app.alert(1)") });
    let mut bytes = saved(escaped);
    let at = bytes.windows(12).position(|window| window == b"XXXXXXXXXXXX").unwrap();
    bytes[at..at + 12].copy_from_slice(b"J#61vaScript");
    assert_eq!(inspect("a.pdf", &bytes), refused);
    let opening = with_catalog(|_| ("OpenAction", Object::Dictionary(script.clone())));
    assert_eq!(inspect("a.pdf", &saved(opening)), refused);
}

#[test]
fn what_acts_by_itself_is_refused() {
    let named = |kind: &str| dictionary! { "S" => kind };
    for (action, name) in [
        (named("Launch"), "Launch"),
        (named("SubmitForm"), "SubmitForm"),
        (named("ImportData"), "SubmitForm"),
        (named("Rendition"), "RichMedia"),
        (dictionary! { "S" => "URI", "URI" => text("javascript:alert(1)") }, "URI"),
        (dictionary! { "S" => "URI", "URI" => text("file:///c:/windows") }, "URI"),
    ] {
        assert_eq!(inspect("a.pdf", &packed(link(action))), Err(Refusal::ActiveContent(name)));
    }
    assert_eq!(inspect("a.pdf", &saved(link(named("GoToR")))), Err(Refusal::ExternalReference));
    let good = link(dictionary! { "S" => "URI", "URI" => text("https://example.cn/") });
    let checked = inspect("a.pdf", &saved(good)).unwrap();
    assert!(checked.concerns.is_empty() && checked.text.contains("https://example.cn/"));
    let uri = || Object::Dictionary(dictionary! { "S" => "URI", "URI" => text("https://example.cn/") });
    let opening = with_catalog(|_| ("OpenAction", uri()));
    assert_eq!(inspect("a.pdf", &saved(opening)), Err(Refusal::ActiveContent("OpenAction")));
    let additional = with_catalog(|_| ("AA", Object::Dictionary(dictionary! { "WC" => uri() })));
    assert_eq!(inspect("a.pdf", &saved(additional)), Err(Refusal::ActiveContent("AA")));
    let jump = with_catalog(|_| ("OpenAction", Object::Dictionary(dictionary! { "S" => "GoTo", "D" => text("a") })));
    assert!(inspect("a.pdf", &saved(jump)).is_ok());
    let form = with_catalog(|_| ("AcroForm", Object::Dictionary(dictionary! { "XFA" => text("<xdp/>") })));
    assert_eq!(inspect("a.pdf", &saved(form)), Err(Refusal::ActiveContent("XFA")));
}

#[test]
fn embedded_files_and_files_elsewhere_are_refused() {
    let attached = with_catalog(|document| {
        let file = Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"MZ".to_vec());
        let file = document.add_object(file);
        let entry = dictionary! { "Type" => "Filespec", "F" => text("a.exe"), "EF" => dictionary! { "F" => file } };
        let tree = dictionary! { "Names" => vec![text("a.exe"), Object::Dictionary(entry)] };
        ("Names", Object::Dictionary(dictionary! { "EmbeddedFiles" => tree }))
    });
    assert_eq!(inspect("a.pdf", &packed(attached)), Err(Refusal::ActiveContent("EmbeddedFile")));
    let pinned = with_annotation(dictionary! { "Subtype" => "FileAttachment" });
    assert_eq!(inspect("a.pdf", &saved(pinned)), Err(Refusal::ActiveContent("EmbeddedFile")));
    let (mut outside, ..) = document(CONTENT);
    outside.add_object(Stream::new(dictionary! { "F" => text("//server/a") }, Vec::new()));
    assert_eq!(inspect("a.pdf", &saved(outside)), Err(Refusal::ExternalReference));
}

#[test]
fn two_files_in_one_are_refused() {
    let archive = fixtures::zip(&[("a.txt", b"x")]);
    let whole = pdf();
    let polyglot = Err(Refusal::Polyglot);
    assert_eq!(inspect("a.pdf", &[whole.clone(), archive.clone()].concat()), polyglot);
    assert_eq!(inspect("a.pdf", &[whole.clone(), archive.clone(), b"\n%%EOF".to_vec()].concat()), polyglot);
    assert_eq!(inspect("a.pdf", &[b"<html><script>1</script>\n".to_vec(), whole.clone()].concat()), polyglot);
    assert_eq!(inspect("a.pdf", &[b"\n".to_vec(), whole.clone()].concat()), polyglot);
    assert_eq!(inspect("a.pdf", &[whole.clone(), b"<html>".to_vec()].concat()), polyglot);
    let inside = [b"%PDF-1.7\n%<script>alert(1)</script>\n".to_vec(), whole[9..].to_vec()].concat();
    assert_eq!(inspect("a.pdf", &inside), polyglot);
    // an archive hidden in a stream, its directory within reach of readers that look from behind
    let (mut document, ..) = document(CONTENT);
    document.add_object(Stream::new(dictionary! {}, archive));
    assert_eq!(inspect("a.pdf", &saved(document)), polyglot);
    assert!(inspect("a.pdf", &[whole, b"\r\n \0".to_vec()].concat()).is_ok());
}

#[test]
fn what_an_update_replaced_is_nowhere_in_the_copy() {
    let secret = "OLD-340111199001011234";
    let (original, content, _) = document(&format!("BT /F1 12 Tf 72 700 Td ({secret}) Tj ET"));
    let first = saved(original);
    let mut update = IncrementalDocument::create_from(first.clone(), Document::load_mem(&first).unwrap());
    let stream = Stream::new(dictionary! {}, b"BT /F1 12 Tf 72 700 Td (NEW) Tj ET".to_vec());
    update.new_document.objects.insert(content, Object::Stream(stream));
    let mut both = Vec::new();
    update.save_to(&mut both).unwrap();
    assert!(both.starts_with(&first) && holds(&both, secret.as_bytes()));
    let checked = inspect("a.pdf", &both).unwrap();
    assert!(!holds(&checked.bytes, b"OLD-") && !checked.text.contains("OLD-"));
    assert!(checked.text.contains("NEW"));
    let copy = Document::load_mem(&checked.bytes).unwrap();
    let all: Vec<u8> = copy
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok()?.get_plain_content().ok())
        .flatten()
        .collect();
    assert!(!holds(&all, b"OLD-"));
    assert_eq!(copy.revision_count(), 1);
}

#[test]
fn author_and_program_orphans_and_signatures_are_gone() {
    let (mut document, _, page) = document(CONTENT);
    let xmp = document
        .add_object(Stream::new(dictionary! { "Type" => "Metadata" }, b"<x:xmpmeta>Zhang</x:xmpmeta>".to_vec()));
    document.catalog_mut().unwrap().set("Metadata", xmp);
    document.get_dictionary_mut(page).unwrap().set("PieceInfo", dictionary! { "a" => text("Illustrator Li") });
    document.add_object(text("orphan Wang"));
    let value = document
        .add_object(dictionary! { "Type" => "Sig", "Name" => text("Signer Zhao"), "ByteRange" => vec![0.into()] });
    let field = document.add_object(dictionary! { "FT" => "Sig", "V" => value });
    let fields = dictionary! { "Fields" => vec![Object::Reference(field)], "SigFlags" => 3 };
    document.catalog_mut().unwrap().set("AcroForm", fields);
    let checked = inspect("a.pdf", &saved(document)).unwrap();
    let mut plain = Document::load_mem(&checked.bytes).unwrap();
    assert!(plain.trailer.get(b"Info").is_err());
    plain.decompress();
    let plain = saved(plain);
    for secret in [&b"Zhang"[..], b"Maker", b"Illustrator", b"Wang", b"Zhao", b"SigFlags"] {
        assert!(!holds(&plain, secret), "{}", String::from_utf8_lossy(secret));
    }
    assert!(!checked.text.contains("Zhao"));
    // the officer is told, and may let it stand
    assert_eq!(checked.concerns, [Concern::Signature]);
    assert!(Concern::Signature.may_be_confirmed());
}

#[test]
fn a_place_to_sign_is_no_signature() {
    let (mut document, ..) = document(CONTENT);
    let field = document.add_object(dictionary! { "FT" => "Sig", "T" => text("sign here") });
    let fields = dictionary! { "Fields" => vec![Object::Reference(field)], "SigFlags" => 1 };
    document.catalog_mut().unwrap().set("AcroForm", fields);
    assert_eq!(inspect("a.pdf", &saved(document)).unwrap().concerns, []);
}

#[test]
fn a_signature_inside_its_field_is_told_too() {
    let (mut document, ..) = document(CONTENT);
    let value =
        dictionary! { "Filter" => "Adobe.PPKLite", "ByteRange" => vec![0.into(), 1.into(), 2.into(), 3.into()] };
    let kid = dictionary! { "FT" => "Sig", "V" => value };
    let fields = dictionary! { "Fields" => vec![Object::Dictionary(kid)] };
    document.catalog_mut().unwrap().set("AcroForm", fields);
    assert_eq!(inspect("a.pdf", &saved(document)).unwrap().concerns, [Concern::Signature]);
}

#[test]
fn photographs_in_pages_lose_their_place_and_stay_the_same_picture() {
    let plain = fixtures::jpeg();
    let exif = [b"Exif\0\0".as_slice(), &fixtures::exif()].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let photo = [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat();
    let (mut document, _, page) = document(CONTENT);
    let picture = Stream::new(
        dictionary! { "Subtype" => "Image", "Filter" => "DCTDecode", "Width" => 32, "Height" => 16 },
        photo,
    );
    let picture: ObjectId = document.add_object(picture);
    document.get_dictionary_mut(page).unwrap().set("Thumbnail", picture);
    let bytes = saved(document);
    assert!(holds(&bytes, &fixtures::GPS));
    let checked = inspect("a.pdf", &bytes).unwrap();
    assert!(!holds(&checked.bytes, &fixtures::GPS) && !holds(&checked.bytes, b"Exif"));
    assert!(holds(&checked.bytes, &plain[20..]));
}

#[test]
fn encrypted_pdfs_are_refused() {
    let (mut document, ..) = document(CONTENT);
    document.trailer.set("ID", vec![text("0123456789abcdef"), text("0123456789abcdef")]);
    for password in ["", "secret"] {
        let mut locked = document.clone();
        let version = lopdf::EncryptionVersion::V2 {
            document: &document,
            owner_password: "owner",
            user_password: password,
            key_length: 128,
            permissions: lopdf::Permissions::PRINTABLE,
        };
        locked.encrypt(&lopdf::EncryptionState::try_from(version).unwrap()).unwrap();
        assert_eq!(inspect("a.pdf", &saved(locked)), Err(Refusal::Encrypted), "{password:?}");
    }
}

#[test]
fn bombs_are_refused() {
    // objects in a stream that unpacks a thousandfold
    let numbers = "0 ".repeat(20 << 20);
    let mut stream = Stream::new(dictionary! { "Type" => "ObjStm", "N" => 1, "First" => 4 }, numbers.into_bytes());
    stream.compress().unwrap();
    let (mut document, ..) = document(CONTENT);
    document.add_object(stream);
    let mut bytes = saved(document.clone());
    // the parser's writer leaves such streams out, so that it is written under another name
    if !holds(&bytes, b"ObjStm") {
        let last = *document.objects.keys().next_back().unwrap();
        document.objects.get_mut(&last).unwrap().as_stream_mut().unwrap().dict.set("Type", "ObjStX");
        bytes = saved(document);
        let at = bytes.windows(6).position(|window| window == b"ObjStX").unwrap();
        bytes[at..at + 6].copy_from_slice(b"ObjStm");
    }
    assert!(bytes.len() < 100_000);
    assert_eq!(inspect("a.pdf", &bytes), Err(Refusal::ZipBomb));
    // forms that draw each other: 2^40 operations
    let limits = Limits { operations: 100_000, ..Limits::default() };
    let (mut document, content, page) = fixtures::document("/X Do /X Do");
    let mut inner: Option<ObjectId> = None;
    for _ in 0..15 {
        let mut form = dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()] };
        if let Some(inner) = inner {
            form.set("Resources", dictionary! { "XObject" => dictionary! { "X" => inner } });
        }
        let content: &[u8] = if inner.is_some() { b"/X Do /X Do /X Do" } else { b"q Q" };
        inner = Some(document.add_object(Stream::new(form, content.to_vec())));
    }
    document
        .get_dictionary_mut(page)
        .unwrap()
        .set("Resources", dictionary! { "XObject" => dictionary! { "X" => inner.unwrap() } });
    assert!(document.objects.contains_key(&content));
    assert_eq!(server::attach::inspect("a.pdf", &saved(document), &limits), Err(Refusal::ZipBomb));
}

#[test]
fn cut_off_and_circular_pdfs_do_not_pass_or_hang() {
    let whole = pdf();
    for end in (8..whole.len() - 7).step_by(3) {
        let found = inspect("a.pdf", &whole[..end]);
        assert_eq!(found, Err(Refusal::Damaged), "{end}");
    }
    let (mut document, _, page) = document("/X Do");
    let form = document.new_object_id();
    let own = dictionary! { "XObject" => dictionary! { "X" => form } };
    let dictionary = dictionary! { "Subtype" => "Form", "Resources" => own.clone() };
    document.set_object(form, Stream::new(dictionary, b"/X Do".to_vec()));
    document.get_dictionary_mut(page).unwrap().set("Resources", own);
    document.get_dictionary_mut(page).unwrap().set("Parent", page);
    assert_eq!(inspect("a.pdf", &saved(document)), Err(Refusal::Damaged));
}
