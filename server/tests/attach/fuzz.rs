//! Nothing makes the gate panic or hang, and what it lets through it lets through again.

use proptest::prelude::*;
use proptest::sample::Index;

use super::fixtures::{self, Word, altered, document, run};
use super::inspect;

/// Whatever comes out of the gate must pass it again, with the same words and no more to remove.
fn check(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(first) = inspect(name, bytes) {
        let second = inspect(name, &first.bytes);
        prop_assert!(second.is_ok(), "{:?}", second);
        let second = second.unwrap();
        prop_assert_eq!(second.kind, first.kind);
        if !first.kind.is_image() {
            prop_assert_eq!(&second.text, &first.text);
            prop_assert_eq!(&second.concerns, &first.concerns);
        }
    }
    Ok(())
}

#[derive(Debug, Clone)]
enum Change {
    Set(Index, u8),
    Cut(Index, Index),
    Repeat(Index, Index),
    Insert(Index, Vec<u8>),
}

fn change() -> impl Strategy<Value = Change> {
    let words = prop::sample::select(vec![
        "<<",
        ">>",
        "[",
        "(",
        "endobj",
        "stream",
        "/Length 99999999",
        "1 0 R",
        "BT",
        "q",
        "/Kids",
        "<w:p>",
        "]]>",
        "&#0;",
        "<!--",
    ]);
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Change::Cut(from, to)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Change::Repeat(from, to)),
        (any::<Index>(), words).prop_map(|(at, word)| Change::Insert(at, word.as_bytes().to_vec())),
    ]
}

fn apply(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        if bytes.is_empty() {
            break;
        }
        let range = |from: &Index, to: &Index| {
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            from.min(to)..from.max(to).min(from.min(to) + 40)
        };
        match change {
            Change::Set(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Change::Cut(from, to) => drop(bytes.drain(range(from, to))),
            Change::Repeat(from, to) => {
                let range = range(from, to);
                let (end, piece) = (range.end, bytes[range].to_vec());
                bytes.splice(end..end, piece);
            }
            Change::Insert(at, piece) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn random_bytes(start in 0_usize..7, rest in prop::collection::vec(any::<u8>(), 0..600)) {
        let starts: [&[u8]; 7] = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"<html", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];
        let bytes = [starts[start], &rest].concat();
        for name in ["a.pdf", "a.docx", "a.xlsx", "a.png", "a.jpg", "a"] {
            check(name, &bytes)?;
        }
    }

    #[test]
    fn changed_files(which in 0_usize..5, changes in prop::collection::vec(change(), 1..5)) {
        let (name, bytes) = match which {
            0 => ("a.pdf", fixtures::packed(document("BT /F1 12 Tf 72 700 Td [(a)-20(b)] TJ ET 0 g 1 1 9 9 re f").0)),
            1 => ("a.docx", fixtures::docx()),
            2 => ("a.xlsx", fixtures::xlsx()),
            3 => ("a.png", fixtures::png()),
            _ => ("a.jpg", fixtures::jpeg()),
        };
        check(name, &apply(bytes, &changes))?;
    }

    #[test]
    fn changed_pdf_objects(changes in prop::collection::vec(change(), 1..6)) {
        let bytes = fixtures::pdf();
        check("a.pdf", &apply(bytes, &changes))?;
    }

    #[test]
    fn changed_content_streams(changes in prop::collection::vec(change(), 1..8)) {
        let content = b"q 1 0 0 1 5 5 cm /F1 12 Tf BT 72 700 Td (ab\\(c) Tj [(x)-3<41>] TJ ET BI /W 1 ID xx EI Q 0 0 9 9 re f /X Do";
        let changed = apply(content.to_vec(), &changes);
        let (mut document, id, _) = document("");
        let stream = lopdf::Stream::new(lopdf::Dictionary::new(), changed);
        document.objects.insert(id, lopdf::Object::Stream(stream));
        check("a.pdf", &fixtures::saved(document))?;
    }

    #[test]
    fn changed_xml(changes in prop::collection::vec(change(), 1..5)) {
        let alter = |text: String| String::from_utf8_lossy(&apply(text.into_bytes(), &changes)).into_owned();
        let word = Word::new(&run("<w:color w:val=\"FFFFFF\"/>", "文字")).bytes();
        check("a.docx", &altered(&word, "word/document.xml", alter))?;
        check("a.docx", &altered(&word, "[Content_Types].xml", alter))?;
        check("a.xlsx", &altered(&fixtures::xlsx(), "xl/worksheets/sheet1.xml", alter))?;
        check("a.xlsx", &altered(&fixtures::xlsx(), "xl/workbook.xml", alter))?;
    }
}
