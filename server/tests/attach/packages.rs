use server::attach::{Kind, Limits, Refusal};

use super::fixtures::{self, Word, altered, part, run, unzip, zip};
use super::{holds, inspect};

#[test]
fn documents_with_macros_are_refused_however_they_are_named() {
    let mut word = Word::new(&run("", "x"));
    word.put("word/vbaProject.bin", "macro");
    assert_eq!(inspect("a.docx", &word.bytes()), Err(Refusal::Macros));
    word.parts.pop();
    word.put("word/innocent.bin", "macro");
    word.relate("vbaProject", "innocent.bin", false);
    assert_eq!(inspect("a.docx", &word.bytes()), Err(Refusal::Macros));
    // an XLSM renamed
    let xlsm = altered(&fixtures::xlsx(), "[Content_Types].xml", |types| {
        let plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
        types.replace(plain, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    });
    assert_eq!(inspect("a.xlsx", &xlsm), Err(Refusal::Macros));
    let mut sheet = unzip(&fixtures::xlsx());
    sheet.push(("xl/macrosheets/sheet1.xml".to_owned(), b"<x/>".to_vec()));
    let parts: Vec<(&str, &[u8])> = sheet.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    assert_eq!(inspect("a.xlsx", &zip(&parts)), Err(Refusal::Macros));
}

#[test]
fn objects_controls_and_chunks_are_refused() {
    for (kind, target, refusal) in [
        ("oleObject", "embeddings/a.bin", Refusal::ActiveContent("OLE")),
        ("package", "media/a.xlsx", Refusal::ActiveContent("OLE")),
        ("control", "a.xml", Refusal::ActiveContent("ActiveX")),
        ("aFChunk", "a.html", Refusal::ActiveContent("altChunk")),
    ] {
        let mut word = Word::new(&run("", "x"));
        word.relate(kind, target, false);
        assert_eq!(inspect("a.docx", &word.bytes()), Err(refusal));
    }
    let mut word = Word::new(&run("", "x"));
    word.put("word/embeddings/oleObject1.bin", "x");
    assert_eq!(inspect("a.docx", &word.bytes()), Err(Refusal::ActiveContent("OLE")));
}

#[test]
fn only_links_may_lead_outside() {
    for (kind, target, is_good) in [
        ("hyperlink", "https://example.cn/", true),
        ("hyperlink", "mailto:zhang@example.cn", true),
        ("hyperlink", "javascript:alert(1)", false),
        ("hyperlink", r"\\server\share\a.docx", false),
        ("hyperlink", "file:///C:/secret.docx", false),
        ("image", "https://example.cn/track.png", false),
        ("attachedTemplate", "https://example.cn/evil.dotm", false),
        ("frame", "https://example.cn/", false),
    ] {
        let mut word = Word::new(&run("", "x"));
        word.relate(kind, target, true);
        match inspect("a.docx", &word.bytes()) {
            Ok(checked) => assert!(is_good && checked.text.contains(target), "{target}"),
            Err(refusal) => assert!(!is_good && refusal == Refusal::ExternalReference, "{target} {refusal:?}"),
        }
    }
}

#[test]
fn encrypted_and_old_office_files_are_told_apart() {
    let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    ole.extend([0; 600]);
    assert_eq!(inspect("a.doc", &ole), Err(Refusal::Legacy));
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(inspect("a.docx", &ole), Err(Refusal::Encrypted));
    // an archive whose entries are locked
    let mut locked = fixtures::docx();
    for (mark, flags) in [(&b"PK\x01\x02"[..], 8), (b"PK\x03\x04", 6)] {
        let all: Vec<usize> = (0..locked.len() - 4).filter(|&at| locked[at..].starts_with(mark)).collect();
        for at in all {
            locked[at + flags] |= 1;
        }
    }
    assert_eq!(inspect("a.docx", &locked), Err(Refusal::Encrypted));
}

#[test]
fn a_zip_bomb_is_refused_while_unpacking() {
    let mut word = Word::new(&run("", "x"));
    word.put("word/media/a.xml", "");
    word.parts.last_mut().unwrap().1 = vec![b' '; 40 << 20];
    let bomb = word.bytes();
    assert!(bomb.len() < 100_000);
    assert_eq!(inspect("a.docx", &bomb), Err(Refusal::ZipBomb));
    let limits = Limits { unpacked: 4000, ..Limits::default() };
    let mut word = Word::new(&run("", "x"));
    word.put("a.xml", &"<a/>".repeat(2000));
    assert_eq!(server::attach::inspect("a.docx", &word.bytes(), &limits), Err(Refusal::ZipBomb));
    let limits = Limits { parts: 3, ..Limits::default() };
    assert_eq!(server::attach::inspect("a.docx", &fixtures::docx(), &limits), Err(Refusal::ZipBomb));
}

#[test]
fn names_that_lead_elsewhere_and_doubles_are_refused() {
    for name in ["../../etc/passwd", "/etc/passwd", "word/../../x", r"word\..\x", "C:/x", "word//x", "a\nb"] {
        let mut word = Word::new(&run("", "x"));
        word.put(name, "<a/>");
        assert_eq!(inspect("a.docx", &word.bytes()), Err(Refusal::Damaged), "{name:?}");
    }
    let mut word = Word::new(&run("", "x"));
    word.put("WORD/Document.xml", "<a/>");
    assert_eq!(inspect("a.docx", &word.bytes()), Err(Refusal::Damaged));
    // the same name twice: one part for the checker, another for the reader
    let mut word = Word::new(&run("", "x"));
    word.put("word/documenX.xml", "<a/>");
    let mut twice = word.bytes();
    let name = b"word/documenX.xml";
    let all: Vec<usize> = (0..twice.len() - name.len()).filter(|&at| twice[at..].starts_with(name)).collect();
    assert_eq!(all.len(), 2);
    for at in all {
        twice[at + 12] = b't';
    }
    assert_eq!(inspect("a.docx", &twice), Err(Refusal::Damaged));
}

#[test]
fn a_zip_behind_something_else_or_of_something_else_is_refused() {
    assert_eq!(inspect("a.docx", &zip(&[("a.txt", b"x")])), Err(Refusal::UnknownKind));
    let before = [b"<html><script>alert(1)</script>".to_vec(), fixtures::docx()].concat();
    assert_eq!(inspect("a.docx", &before), Err(Refusal::Html));
    let mismatch = Refusal::ExtensionMismatch { name_says: "docx".to_owned(), is: Kind::Xlsx };
    assert_eq!(inspect("a.docx", &fixtures::xlsx()), Err(mismatch));
    let both = [fixtures::zip(&[("a.txt", b"x")]), fixtures::docx()].concat();
    assert_eq!(inspect("a.docx", &both), Err(Refusal::Polyglot));
}

#[test]
fn entities_of_ones_own_are_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    let word = altered(&fixtures::docx(), "word/document.xml", |text| format!("{bomb}{text}"));
    assert_eq!(inspect("a.docx", &word), Err(Refusal::ActiveContent("DTD")));
}

#[test]
fn metadata_printers_and_orphans_are_gone_and_pictures_are_cleaned() {
    let mut word = Word::new(&run("", "正文"));
    let plain = fixtures::png();
    let photo = [&plain[..33], &fixtures::chunk(*b"eXIf", &fixtures::exif()), &plain[33..]].concat();
    word.parts.push(("word/media/image1.png".to_owned(), photo));
    word.relate("image", "media/image1.png", false);
    word.put("word/orphan.xml", "<a>旧稿</a>");
    let checked = inspect("a.docx", &word.bytes()).unwrap();
    let names: Vec<String> = unzip(&checked.bytes).into_iter().map(|(name, _)| name).collect();
    let left = [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/media/image1.png",
    ];
    assert_eq!(names, left);
    assert!(!part(&checked.bytes, "docProps/core.xml").contains("张三"));
    let picture = unzip(&checked.bytes).pop().unwrap().1;
    assert!(!holds(&picture, &fixtures::GPS) && image::load_from_memory(&picture).is_ok());
    assert!(!checked.text.contains("旧稿") && checked.text.contains("正文"));
    // the same again changes nothing more
    let again = inspect("a.docx", &checked.bytes).unwrap();
    assert!(again.bytes == checked.bytes);
}

#[test]
fn drawings_and_pages_inside_documents_are_refused() {
    for (content, refusal) in [
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", Refusal::Svg),
        ("<html></html>", Refusal::Html),
        ("MZ\u{0}", Refusal::UnsupportedMedia { name: "word/media/image1.png".to_owned() }),
    ] {
        let mut word = Word::new(&run("", "x"));
        word.put("word/media/image1.png", content);
        word.relate("image", "media/image1.png", false);
        assert_eq!(inspect("a.docx", &word.bytes()), Err(refusal));
    }
}

#[test]
fn cut_off_office_files_are_refused() {
    for (name, whole) in [("a.docx", fixtures::docx()), ("a.xlsx", fixtures::xlsx())] {
        for end in (4..whole.len()).step_by(7) {
            assert_eq!(inspect(name, &whole[..end]), Err(Refusal::Damaged), "{name} {end}");
        }
    }
}
