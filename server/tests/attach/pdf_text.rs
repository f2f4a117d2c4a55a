use lopdf::{Object, Stream, dictionary};
use server::attach::{Concern, Place};

use super::fixtures::{document, saved};
use super::inspect;

fn concerns(content: &str) -> Vec<Concern> {
    let checked = inspect("a.pdf", &saved(document(content).0)).unwrap();
    assert!(checked.text.contains("secret"), "{:?}", checked.text);
    checked.concerns
}

const INVISIBLE: [Concern; 1] = [Concern::InvisibleText { page: 1 }];

fn lost() -> [Concern; 1] {
    [Concern::WhiteText { place: Place::Page(1), sample: "secret".to_owned() }]
}

const SECRET: &str = "BT /F1 12 Tf 72 700 Td (secret) Tj ET";

#[test]
fn plain_text_is_no_concern() {
    assert_eq!(concerns(SECRET), []);
    assert_eq!(concerns(&format!("0.3 g {SECRET}")), []);
}

#[test]
fn unpainted_text_is_found() {
    assert_eq!(concerns("BT 3 Tr /F1 12 Tf 72 700 Td (secret) Tj ET"), INVISIBLE);
    assert_eq!(concerns("BT /F1 12 Tf 72 900 Td (secret) Tj ET"), INVISIBLE);
    assert_eq!(concerns(&format!("q 0 0 20 20 re W n {SECRET} Q")), INVISIBLE);
    // after the cut is undone it is seen
    assert_eq!(concerns(&format!("q 0 0 20 20 re W n Q {SECRET}")), []);
}

#[test]
fn text_in_the_colour_of_its_ground_is_found() {
    for white in ["1 g", "1 1 1 rg", "0 0 0 0 k", "/DeviceRGB cs 0.98 1 1 sc", ".97 g"] {
        assert_eq!(concerns(&format!("{white} {SECRET}")), lost(), "{white}");
    }
    assert_eq!(concerns(&format!("0 0.2 0.4 rg 50 690 200 40 re f 1 g {SECRET}")), [], "white on a dark bar");
    assert_eq!(concerns(&format!("0 0.2 0.4 rg 50 50 200 40 re f 1 g {SECRET}")), lost(), "the bar is elsewhere");
    assert_eq!(concerns(&format!("0 g 50 690 200 40 re f {SECRET}")), lost(), "black on black");
    assert_eq!(concerns(&format!("1 g q 0.5 0 0 0.5 0 0 cm {SECRET} Q")), lost());
}

#[test]
fn text_painted_over_is_found() {
    assert_eq!(concerns(&format!("{SECRET} 0 g 60 690 200 30 re f")), INVISIBLE, "blacked out");
    assert_eq!(concerns(&format!("{SECRET} 1 g 60 690 m 260 690 l 260 720 l 60 720 l h f")), INVISIBLE, "whited out");
    assert_eq!(concerns(&format!("{SECRET} 0 g 60 400 200 30 re f")), [], "beside it");
    assert_eq!(concerns(&format!("{SECRET} 0 G 60 690 200 30 re S")), [], "framed");
}

#[test]
fn tiny_text_is_found() {
    let tiny = [Concern::HiddenText { place: Place::Page(1), sample: "secret".to_owned() }];
    assert_eq!(concerns("BT /F1 0.5 Tf 72 700 Td (secret) Tj ET"), tiny);
    assert_eq!(concerns("0.01 0 0 0.01 0 0 cm BT /F1 50 Tf 720 7000 Td (secret) Tj ET"), tiny);
    assert_eq!(concerns("BT /F1 1 Tf 12 0 0 12 72 700 Tm (secret) Tj ET"), []);
}

#[test]
fn letters_set_one_by_one_form_words() {
    let content =
        "BT /F1 10 Tf 72 700 Td (3) Tj 5 0 Td (4) Tj 5 0 Td (0) Tj [(1)-20(1)-900(x)] TJ 0 -14 Td (next) Tj ET";
    let checked = inspect("a.pdf", &saved(document(content).0)).unwrap();
    assert_eq!(checked.text.lines().next(), Some("34011 x"));
    assert_eq!(checked.text.lines().nth(1), Some("next"));
}

#[test]
fn chinese_fonts_with_and_without_a_map() {
    let with = |encoding: &str, map: Option<&str>, string: &str| {
        let (mut document, content, page) = document("");
        let stream = Stream::new(dictionary! {}, format!("BT /F1 12 Tf 72 700 Td <{string}> Tj ET").into_bytes());
        document.objects.insert(content, Object::Stream(stream));
        let descendant = dictionary! { "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light" };
        let mut font = dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "Encoding" => encoding,
            "DescendantFonts" => vec![Object::Dictionary(descendant)],
        };
        if let Some(map) = map {
            font.set("ToUnicode", document.add_object(Stream::new(dictionary! {}, map.as_bytes().to_vec())));
        }
        document
            .get_dictionary_mut(page)
            .unwrap()
            .set("Resources", dictionary! { "Font" => dictionary! { "F1" => font } });
        let checked = inspect("a.pdf", &saved(document)).unwrap();
        (checked.text.trim().to_owned(), checked.concerns)
    };
    let map = "1 begincodespacerange <0000><FFFF> endcodespacerange 1 beginbfrange <0001><0004><62BD> endbfrange 1 beginbfchar <0009><2F70> endbfchar";
    assert_eq!(with("Identity-H", Some(map), "000100020009"), ("抽抾示".to_owned(), vec![]));
    assert_eq!(with("GBK-EUC-H", None, "b3e9bcec31"), ("抽检1".to_owned(), vec![]));
    assert_eq!(with("UniGB-UCS2-H", None, "62bd68c0"), ("抽检".to_owned(), vec![]));
    let unreadable = vec![Concern::UnreadableText { page: 1 }];
    assert_eq!(with("Identity-H", None, "0001000200030004"), (String::new(), unreadable));
}

#[test]
fn a_scanned_page_needs_a_person() {
    let scan = |mask: bool| {
        let (mut document, _, page) = document("q 595 0 0 842 0 0 cm /I Do Q");
        let mut picture = dictionary! { "Subtype" => "Image", "Width" => 1, "Height" => 1, "BitsPerComponent" => 8, "ColorSpace" => "DeviceGray" };
        if mask {
            picture.set("ImageMask", true);
        }
        let picture = document.add_object(Stream::new(picture, vec![0]));
        document
            .get_dictionary_mut(page)
            .unwrap()
            .set("Resources", dictionary! { "XObject" => dictionary! { "I" => picture } });
        inspect("a.pdf", &saved(document)).unwrap()
    };
    for checked in [scan(false), scan(true)] {
        assert_eq!((checked.text.trim(), checked.concerns), ("", vec![Concern::UnreadableText { page: 1 }]));
    }
    assert_eq!(inspect("a.pdf", &saved(document("").0)).unwrap().concerns, [], "an empty page hides nothing");
}

/// A page with a picture: what stands before it, its matrix, what stands after it.
fn scanned(before: &str, matrix: &str, after: &str, mask: &str) -> Vec<Concern> {
    let (mut document, _, page) = document(&format!("{before} q {matrix} cm /I Do Q {after}"));
    let mut picture = dictionary! { "Subtype" => "Image", "Width" => 1, "Height" => 1, "BitsPerComponent" => 8, "ColorSpace" => "DeviceGray" };
    if !mask.is_empty() {
        picture.set(mask, document.add_object(Stream::new(dictionary! {}, vec![0])));
    }
    let picture = document.add_object(Stream::new(picture, vec![0]));
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" };
    let resources = dictionary! { "XObject" => dictionary! { "I" => picture }, "Font" => dictionary! { "F1" => font } };
    document.get_dictionary_mut(page).unwrap().set("Resources", resources);
    let checked = inspect("a.pdf", &saved(document)).unwrap();
    assert!(checked.text.contains("secret"), "what was recognised is checked as any text");
    checked.concerns
}

#[test]
fn recognised_words_of_a_scan_may_be_confirmed_and_other_hidden_text_not() {
    let words = format!("BT 3 Tr /F1 12 Tf 72 700 Td ({}) Tj ET", "secret ".repeat(9));
    let whole = "595 0 0 842 0 0";
    let recognised = [Concern::RecognisedText { page: 1 }];
    assert!(recognised[0].may_be_confirmed() && !INVISIBLE[0].may_be_confirmed() && !lost()[0].may_be_confirmed());
    assert_eq!(scanned("", whole, &words, ""), recognised);
    assert_eq!(scanned(&words, whole, "0 Tr", ""), recognised, "the picture comes after its words");
    assert_eq!(scanned("", "595 0 0 300 0 500", &words, ""), INVISIBLE, "a picture on half a page");
    assert_eq!(scanned("", "595 0 0 680 0 0", &words, ""), INVISIBLE, "words beside the picture");
    assert_eq!(scanned("", whole, &words, "SMask"), INVISIBLE, "a picture that may let everything through");
    let off = words.replace("72 700", "72 900");
    assert_eq!(scanned("", whole, &off, ""), INVISIBLE, "off the page");
    let painted = format!("BT /F1 12 Tf 72 700 Td ({}) Tj ET", "secret ".repeat(9));
    assert_eq!(scanned(&painted, whole, "", ""), INVISIBLE, "painted, and covered by the picture");
    let white = format!("{words} BT 0 Tr 1 g /F1 12 Tf 72 300 Td (hidden) Tj ET");
    let found = scanned(&format!("{white} 0 g"), "595 0 0 842 0 0", &words, "");
    assert!(found.iter().any(|concern| !concern.may_be_confirmed()), "{found:?}");
}

#[test]
fn notes_form_values_and_alternative_texts_are_read() {
    let (mut document, _, page) = document(SECRET);
    let note = document.add_object(dictionary! {
        "Subtype" => "Text", "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        "Contents" => Object::string_literal("note text"), "T" => Object::string_literal("Author Qian"),
    });
    let field = document.add_object(dictionary! {
        "Subtype" => "Widget", "FT" => "Tx", "V" => Object::String(b"\xfe\xff\x62\xbd\x68\xc0".to_vec(), lopdf::StringFormat::Hexadecimal),
    });
    document.get_dictionary_mut(page).unwrap().set("Annots", vec![Object::Reference(note), Object::Reference(field)]);
    let checked = inspect("a.pdf", &saved(document)).unwrap();
    assert_eq!(checked.concerns, [Concern::Annotation { page: 1 }]);
    for text in ["note text", "抽检", "secret"] {
        assert!(checked.text.contains(text), "{text}");
    }
    assert!(!checked.text.contains("Qian"));
    let actual = format!("/Span << /ActualText (spoken) >> BDC {SECRET} EMC");
    assert!(inspect("a.pdf", &saved(super::fixtures::document(&actual).0)).unwrap().text.contains("spoken"));
}

#[test]
fn text_on_a_layer_that_is_off_is_found() {
    let (mut document, _, page) = document(&format!("/OC /L BDC {SECRET} EMC"));
    let layer = document.add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("draft") });
    let resources = document.get_dictionary_mut(page).unwrap().get_mut(b"Resources").unwrap().as_dict_mut().unwrap();
    resources.set("Properties", dictionary! { "L" => layer });
    let bytes = saved(document.clone());
    assert_eq!(inspect("a.pdf", &bytes).unwrap().concerns, []);
    let settings = dictionary! { "OFF" => vec![Object::Reference(layer)] };
    document
        .catalog_mut()
        .unwrap()
        .set("OCProperties", dictionary! { "OCGs" => vec![Object::Reference(layer)], "D" => settings });
    assert_eq!(inspect("a.pdf", &saved(document)).unwrap().concerns, INVISIBLE);
}
