//! Files that want something.

use app::domain::evidence::{Kind, Refusal, State};
use lopdf::{Object, dictionary};
use server::evidence::EvidenceError;

use crate::{
    fixtures,
    stage::{holds, stages},
};

fn bomb_png() -> Vec<u8> {
    let plain = fixtures::png();
    let mut header = plain[16..29].to_vec();
    header[..8].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
    [&plain[..8], &fixtures::chunk(*b"IHDR", &header), &plain[33..]].concat()
}

fn bomb_pdf() -> Vec<u8> {
    let content = format!("BT ET {}", " ".repeat(400 << 20));
    let (mut document, ..) = fixtures::document(&content);
    document.compress();
    fixtures::saved(document)
}

#[tokio::test]
async fn hostile_files_are_refused_and_leave_nothing() {
    let stage = stages("").await.remove(0);
    let html = b"<!doctype html><script>alert(1)</script>".to_vec();
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec();
    let polyglot = [fixtures::pdf(), fixtures::zip(&[("a.html", &html)])].concat();
    let macros = fixtures::zip(&[("word/vbaProject.bin", b"x"), ("[Content_Types].xml", b"x")]);
    for (name, bytes, refusal) in [
        ("a.jpg", html, Refusal::Markup),
        ("a.jpg", svg, Refusal::Markup),
        ("a.pdf", polyglot, Refusal::Unsafe),
        ("a.pdf", macros, Refusal::Office),
        ("a.docx", fixtures::docx(), Refusal::Office),
        ("a.jpg", b"MZ\x90\0 program".to_vec(), Refusal::UnknownKind),
        ("a.png", bomb_png(), Refusal::Bomb),
        ("a.pdf", bomb_pdf(), Refusal::Bomb),
        ("a.jpg", fixtures::jpeg()[..200].to_vec(), Refusal::Damaged),
        ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0".to_vec(), Refusal::Damaged),
        ("a.heic", b"\0\0\0\x14ftypheic\0\0\0\0mif1".to_vec(), Refusal::Heic),
    ] {
        let file = stage.whole(&stage.token(), name, &bytes).await.unwrap();
        assert_eq!(file.state, State::Refused(refusal), "{name}");
        assert!(matches!(stage.evidence.open(file.id).await, Err(EvidenceError::NotFound)));
    }
    assert!(stage.files().is_empty(), "{:?}", stage.files());
}

#[tokio::test]
async fn pictures_lose_place_and_appendix_and_get_their_own_extension() {
    let stage = stages("").await.remove(0);
    let exif = [b"Exif\0\0".as_slice(), &fixtures::exif()].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let plain = fixtures::jpeg();
    let photo = [&plain[..2], &[0xff, 0xe1], &length[..], &exif, &plain[2..], b"<script>alert(1)</script>"].concat();
    let file = stage.whole(&stage.token(), "IMG.HEIC", &photo).await.unwrap();
    assert_eq!((file.kind, file.name.as_str()), (Some(Kind::Jpeg), "IMG.jpg"));
    let read = stage.read(file.id).await;
    assert!(holds(&photo, &fixtures::GPS) && !holds(&read, &fixtures::GPS) && !holds(&read, b"script"));
    assert_eq!(image::load_from_memory(&read).unwrap().width(), 16, "it stands upright");

    let mut webp = std::io::Cursor::new(Vec::new());
    fixtures::picture(40, 30).write_to(&mut webp, image::ImageFormat::WebP).unwrap();
    let file = stage.whole(&stage.token(), "a.webp", &webp.into_inner()).await.unwrap();
    assert_eq!((file.kind, file.name.as_str()), (Some(Kind::Jpeg), "a.jpg"));
    assert_eq!(image::load_from_memory(&stage.read(file.id).await).unwrap().width(), 40);
}

#[tokio::test]
async fn a_pdf_is_disarmed_and_its_notes_do_not_matter() {
    let stage = stages("").await.remove(0);
    let (mut document, _, page) = fixtures::document("BT /F1 12 Tf 72 700 Td (Receipt) Tj ET");
    let script =
        document.add_object(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") });
    let name = document.add_object(Object::Name(b"Launch".to_vec()));
    let launch = document.add_object(dictionary! { "S" => name, "F" => Object::string_literal("cmd.exe") });
    let rect: Vec<Object> = vec![0.into(), 0.into(), 9.into(), 9.into()];
    let note = dictionary! { "Type" => "Annot", "Subtype" => "Text", "Rect" => rect.clone(), "Contents" => Object::string_literal("a note") };
    let file = dictionary! { "Type" => "Annot", "Subtype" => "FileAttachment", "Rect" => rect.clone(), "FS" => script };
    let link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => rect, "A" => launch };
    let spec = document.add_object(dictionary! { "Type" => "Filespec", "F" => Object::string_literal("evil.exe") });
    let root = document.trailer.get(b"Root").unwrap().as_reference().unwrap();
    let catalog = document.get_dictionary_mut(root).unwrap();
    catalog.set("OpenAction", Object::Reference(script));
    let tree = dictionary! { "Names" => vec![Object::string_literal("evil.exe"), Object::Reference(spec)] };
    catalog.set("Names", dictionary! { "EmbeddedFiles" => tree });
    let sheet = document.get_dictionary_mut(page).unwrap();
    sheet.set("Annots", vec![note.into(), file.into(), Object::Dictionary(link)]);
    sheet.set("AA", dictionary! { "O" => Object::Reference(script) });
    let file = stage.whole(&stage.token(), "发票.pdf", &fixtures::saved(document)).await.unwrap();
    assert_eq!((file.state, file.kind), (State::Ready, Some(Kind::Pdf)));
    let read = lopdf::Document::load_mem(&stage.read(file.id).await).unwrap();
    let all = format!("{:?}", read.objects);
    for active in
        ["JavaScript", "alert", "Launch", "cmd.exe", "EmbeddedFiles", "evil.exe", "OpenAction", "FileAttachment"]
    {
        assert!(!all.contains(active), "{active}");
    }
    assert_eq!(read.get_pages().len(), 1);
    assert!(read.extract_text(&[1]).unwrap().contains("Receipt"));
}
