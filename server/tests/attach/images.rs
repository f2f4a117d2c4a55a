use std::time::{Duration, Instant};

use server::attach::{Kind, Limits, Refusal, inspect as inspect_within};

use super::{fixtures, holds, inspect};

#[test]
fn web_pages_and_drawings_named_png_are_refused() {
    let pages: [&[u8]; 5] = [
        b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>",
        b"\xef\xbb\xbf \n<HTML>",
        b"<!-- a --><ScRiPt>alert(1)</sCrIpT>",
        b"\xff\xfe<\0h\0t\0m\0l\0>\0",
        b"<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
    ];
    for page in pages {
        assert_eq!(inspect("a.png", page), Err(Refusal::Html));
    }
    let drawings: [&[u8]; 2] = [
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        b"<?xml version=\"1.0\"?>\n<!-- x --><x:svg xmlns:x=\"http://www.w3.org/2000/svg\"/>",
    ];
    for drawing in drawings {
        assert_eq!(inspect("a.png", drawing), Err(Refusal::Svg));
    }
}

#[test]
fn the_name_must_say_what_the_content_is() {
    assert_eq!(inspect("a.PNG", &fixtures::png()).unwrap().kind, Kind::Png);
    assert_eq!(inspect("照片.JPEG", &fixtures::jpeg()).unwrap().kind, Kind::Jpeg);
    let says = |name_says: &str, is| Err(Refusal::ExtensionMismatch { name_says: name_says.to_owned(), is });
    assert_eq!(inspect("a.jpg", &fixtures::png()), says("jpg", Kind::Png));
    assert_eq!(inspect("a.png.exe", &fixtures::png()), says("exe", Kind::Png));
    assert_eq!(inspect("png", &fixtures::png()), says("", Kind::Png));
    assert_eq!(inspect("a.png", &[]), Err(Refusal::Empty));
    assert_eq!(inspect("a.gif", b"GIF89a..."), Err(Refusal::UnknownKind));
    let limits = Limits { bytes: 100, ..Limits::default() };
    assert_eq!(inspect_within("a.png", &[0; 101], &limits), Err(Refusal::TooLarge { limit: 100 }));
}

#[test]
fn a_jpeg_loses_place_and_profile_and_stands_upright() {
    let plain = fixtures::jpeg();
    let exif = [b"Exif\0\0".as_slice(), &fixtures::exif()].concat();
    let segment = |marker: u8, data: &[u8]| {
        [&[0xff, marker][..], &u16::try_from(data.len() + 2).unwrap().to_be_bytes(), data].concat()
    };
    let comment = segment(0xfe, b"made by Zhang San");
    let photo = [&plain[..2], &segment(0xe1, &exif), &comment, &plain[2..]].concat();
    assert!(holds(&photo, &fixtures::GPS));
    let checked = inspect("a.jpg", &photo).unwrap();
    for secret in [&fixtures::GPS[..], b"Exif", b"Zhang San"] {
        assert!(!holds(&checked.bytes, secret));
    }
    // turned a quarter to the right: what was left is on top
    let seen = image::load_from_memory(&checked.bytes).unwrap().into_rgb8();
    assert_eq!(seen.dimensions(), (16, 32));
    let (top, bottom) = (seen.get_pixel(8, 2), seen.get_pixel(8, 29));
    assert!(top[0] > 200 && top[2] < 60 && bottom[2] > 200 && bottom[0] < 60, "{top:?} {bottom:?}");
    assert_eq!((checked.text.as_str(), checked.concerns.len()), ("", 0));
}

#[test]
fn a_png_loses_place_and_texts() {
    let plain = fixtures::png();
    let exif = fixtures::chunk(*b"eXIf", &fixtures::exif());
    let text = fixtures::chunk(*b"tEXt", b"Author\0Zhang San");
    let photo = [&plain[..33], &exif, &text, &plain[33..]].concat();
    let checked = inspect("a.png", &photo).unwrap();
    for secret in [&fixtures::GPS[..], b"Zhang San", b"eXIf", b"tEXt"] {
        assert!(holds(&photo, secret) && !holds(&checked.bytes, secret));
    }
    assert_eq!(image::load_from_memory(&checked.bytes).unwrap().width(), 16);
}

#[test]
fn what_is_appended_to_a_picture_is_gone() {
    let archive = fixtures::zip(&[("evil.html", b"<script>alert(1)</script>")]);
    for (name, picture) in [("a.jpg", fixtures::jpeg()), ("a.png", fixtures::png())] {
        let both = [picture, archive.clone(), b"<html><script>alert(1)</script>".to_vec()].concat();
        let checked = inspect(name, &both).unwrap();
        assert!(!holds(&checked.bytes, b"PK\x03\x04") && !holds(&checked.bytes, b"<script>"));
        assert!(zip::ZipArchive::new(std::io::Cursor::new(&checked.bytes)).is_err());
    }
}

#[test]
fn a_bomb_of_pixels_is_refused_by_its_header() {
    let side = 10_000_u32;
    let header = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let png = [
        b"\x89PNG\r\n\x1a\n".as_slice(),
        &fixtures::chunk(*b"IHDR", &header),
        &fixtures::chunk(*b"IDAT", &[0x78, 0x9c, 0x03, 0, 0, 0, 0, 1]),
        &fixtures::chunk(*b"IEND", &[]),
    ]
    .concat();
    let mut jpeg = fixtures::jpeg();
    let frame = jpeg.windows(2).position(|window| window == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x27, 0x10, 0x27, 0x10]);
    for (name, bomb) in [("a.png", png), ("a.jpg", jpeg)] {
        assert!(bomb.len() < 1500);
        let start = Instant::now();
        let limit = 50_000_000;
        assert_eq!(inspect(name, &bomb), Err(Refusal::TooManyPixels { width: side, height: side, limit }));
        assert!(start.elapsed() < Duration::from_millis(200));
    }
}

#[test]
fn cut_off_pictures_are_damaged() {
    for (name, whole, spare) in [("a.png", fixtures::png(), 12), ("a.jpg", fixtures::jpeg(), 1)] {
        for end in 10..whole.len() - spare {
            assert_eq!(inspect(name, &whole[..end]), Err(Refusal::Damaged), "{name} {end}");
        }
    }
}
