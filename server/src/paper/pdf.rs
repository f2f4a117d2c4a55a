//! PDF 1.7 with the part of the font that is used, and text that can be searched and copied.

use std::io::Write;

use chrono::{DateTime, Datelike, Timelike, Utc};
use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{
    Date, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr,
    types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap},
};
use sha2::{Digest, Sha256};
use ttf_parser::{Face, RawFace, Tag};

use super::{
    document::Document,
    draw,
    font::{Font, FontError},
    glyphs::Glyphs,
    layout::{HEIGHT, Setter, WIDTH, paginate},
};

const SYSTEM: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
/// Name of the embedded part of the font: six letters and a plus sign, as a subset is named.
const BASE_FONT: Name<'static> = Name(b"PORTAL+CJK-Subset");

/// A finished PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The file
    pub bytes: Vec<u8>,
    /// Pages
    pub pages: usize,
    /// Signs that the font has no shape for: printed as an empty box, still to be copied as what they are
    pub lacking: Vec<char>,
}

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const TYPE0: Ref = Ref::new(4);
const CID: Ref = Ref::new(5);
const DESCRIPTOR: Ref = Ref::new(6);
const FONT_FILE: Ref = Ref::new(7);
const TO_UNICODE: Ref = Ref::new(8);
const FIRST_PAGE: i32 = 9;

/// Sets and writes a paper. The same paper and time give the same bytes.
pub(super) fn make(document: &Document, font: &Font, at: DateTime<Utc>) -> Result<Made, FontError> {
    let face = font.face().ok_or(FontError::None)?;
    let pages = paginate(Setter::new(&face).set(document));
    let mut glyphs = Glyphs::new(&face);
    let contents: Vec<Vec<u8>> =
        pages.iter().zip(1..).map(|(page, number)| packed(&draw::page(page, number, &mut glyphs))).collect();
    let subset = font.subset(&glyphs.remapper).ok_or(FontError::None)?;
    let mut pdf = Pdf::new();
    head(&mut pdf, document, at);
    write_pages(&mut pdf, &contents);
    write_font(&mut pdf, &face, &glyphs, &subset);
    let id = Sha256::digest(contents.concat())[..16].to_vec();
    pdf.set_file_id((id.clone(), id));
    let lacking = glyphs.lacking.iter().copied().collect();
    Ok(Made { bytes: pdf.finish(), pages: contents.len(), lacking })
}

fn head(pdf: &mut Pdf, document: &Document, at: DateTime<Utc>) {
    let mut catalog = pdf.catalog(CATALOG);
    catalog.pages(PAGES).lang(TextStr("zh-CN"));
    catalog.viewer_preferences().display_doc_title(true);
    catalog.finish();
    let mut info = pdf.document_info(INFO);
    info.title(TextStr(&document.title)).author(TextStr(&document.authority)).producer(TextStr("portal"));
    info.creation_date(date(at));
}

fn date(at: DateTime<Utc>) -> Date {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    Date::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
}

fn write_pages(pdf: &mut Pdf, contents: &[Vec<u8>]) {
    let places = || (FIRST_PAGE..).step_by(2).map(|at| (Ref::new(at), Ref::new(at + 1)));
    let count = i32::try_from(contents.len()).unwrap_or(i32::MAX);
    pdf.pages(PAGES).kids(places().take(contents.len()).map(|(page, _)| page)).count(count);
    for (content, (id, stream)) in contents.iter().zip(places()) {
        let mut page = pdf.page(id);
        page.parent(PAGES).media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).contents(stream);
        page.resources().fonts().pair(draw::FONT, TYPE0);
        page.finish();
        pdf.stream(stream, content).filter(Filter::FlateDecode);
    }
}

fn write_font(pdf: &mut Pdf, face: &Face<'_>, glyphs: &Glyphs<'_>, subset: &[u8]) {
    // of CFF outlines, a PDF holds the one table; of TrueType, the file
    let cff = RawFace::parse(subset, 0).ok().and_then(|raw| raw.table(Tag::from_bytes(b"CFF ")));
    pdf.type0_font(TYPE0)
        .base_font(BASE_FONT)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(CID)
        .to_unicode(TO_UNICODE);
    let mut cid = pdf.cid_font(CID);
    cid.base_font(BASE_FONT).system_info(SYSTEM).font_descriptor(DESCRIPTOR).default_width(1000.0);
    match cff {
        Some(_) => cid.subtype(CidFontType::Type0),
        None => cid.subtype(CidFontType::Type2).cid_to_gid_map_predefined(Name(b"Identity")),
    };
    cid.widths().consecutive(0, glyphs.widths.iter().copied());
    cid.finish();
    let per_mille = |length: i16| f32::from(length) * 1000.0 / f32::from(face.units_per_em());
    let bounds = face.global_bounding_box();
    let bounds = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(per_mille);
    let mut descriptor = pdf.font_descriptor(DESCRIPTOR);
    descriptor
        .name(BASE_FONT)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(bounds[0], bounds[1], bounds[2], bounds[3]))
        .italic_angle(0.0)
        .ascent(per_mille(face.ascender()))
        .descent(per_mille(face.descender()))
        .cap_height(per_mille(face.capital_height().unwrap_or(face.ascender())))
        .stem_v(80.0);
    match cff {
        Some(_) => descriptor.font_file3(FONT_FILE),
        None => descriptor.font_file2(FONT_FILE),
    };
    descriptor.finish();
    let file = packed(cff.unwrap_or(subset));
    let mut stream = pdf.stream(FONT_FILE, &file);
    stream.filter(Filter::FlateDecode);
    match cff {
        Some(_) => stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C")),
        None => stream.pair(Name(b"Length1"), i32::try_from(subset.len()).unwrap_or(i32::MAX)),
    };
    stream.finish();
    let mut map = UnicodeCmap::new(Name(b"Portal"), SYSTEM);
    for (glyph, sign) in &glyphs.signs {
        map.pair(*glyph, *sign);
    }
    let map = packed(&map.finish());
    pdf.stream(TO_UNICODE, &map).filter(Filter::FlateDecode);
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // a Vec takes whatever is written
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
