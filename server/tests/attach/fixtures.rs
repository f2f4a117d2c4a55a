//! Files of every kind, small.

use std::io::{Cursor, Read, Write};

use image::{DynamicImage, ImageFormat, RgbImage};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use zip::write::SimpleFileOptions;

/// A picture whose left half is red and whose right half is blue.
pub fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| image::Rgb(if x < width / 2 { [255, 0, 0] } else { [0, 0, 255] }))
}

fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture(width, height)).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn png() -> Vec<u8> {
    encoded(32, 16, ImageFormat::Png)
}

pub fn jpeg() -> Vec<u8> {
    encoded(32, 16, ImageFormat::Jpeg)
}

/// A chunk of a PNG.
pub fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(&kind);
    crc.update(data);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], &kind, data, &crc.sum().to_be_bytes()].concat()
}

/// EXIF that turns the picture a quarter (orientation 6) and gives a place: 31° 51′ 41″ north.
pub fn exif() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]);
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(1_u16.to_le_bytes());
    tiff.extend([2, 0, 5, 0, 3, 0, 0, 0, 56, 0, 0, 0]);
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(GPS);
    tiff
}

/// The coordinates as they stand in [`exif`].
pub const GPS: [u8; 24] = [31, 0, 0, 0, 1, 0, 0, 0, 51, 0, 0, 0, 1, 0, 0, 0, 41, 0, 0, 0, 1, 0, 0, 0];

pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn unzip(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (String::from_utf8(entry.name_raw().to_vec()).unwrap(), content)
        })
        .collect()
}

/// The text of a part; "" where there is none.
pub fn part(bytes: &[u8], name: &str) -> String {
    let found = unzip(bytes).into_iter().find(|(found, _)| found == name);
    found.map(|(_, content)| String::from_utf8(content).unwrap()).unwrap_or_default()
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml""#
);

/// A DOCX in the making.
pub struct Word {
    pub parts: Vec<(String, Vec<u8>)>,
    types: String,
    relations: String,
    count: usize,
}

impl Word {
    /// With this body: paragraphs and tables.
    pub fn new(body: &str) -> Self {
        let mut word = Self { parts: Vec::new(), types: String::new(), relations: String::new(), count: 0 };
        word.put("word/document.xml", &format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"));
        word.typed("word/document.xml", &format!("{WORD}.document.main+xml"));
        let core = "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
            xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>作者张三</dc:creator></cp:coreProperties>";
        word.put("docProps/core.xml", core);
        word.typed("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        word
    }

    pub fn put(&mut self, name: &str, content: &str) {
        self.parts.push((name.to_owned(), content.as_bytes().to_vec()));
    }

    pub fn typed(&mut self, name: &str, content: &str) {
        self.types.extend([format!(r#"<Override PartName="/{name}" ContentType="{content}"/>"#)]);
    }

    /// A relationship from the document; gives its identifier.
    pub fn relate(&mut self, kind: &str, target: &str, is_external: bool) -> String {
        self.count += 1;
        let (id, mode) = (format!("rId{}", self.count), if is_external { r#" TargetMode="External""# } else { "" });
        self.relations
            .extend([format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>"#)]);
        id
    }

    /// A part of words beside the body: `header`, `footer`, `footnotes`, `comments`, `styles` …
    pub fn beside(mut self, kind: &str, root: &str, content: &str) -> Self {
        let name = format!("word/{kind}1.xml");
        self.put(&name, &format!("<w:{root} {NAMESPACES}>{content}</w:{root}>"));
        self.typed(&name, &format!("{WORD}.{kind}+xml"));
        self.relate(kind, &format!("{kind}1.xml"), false);
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let types = format!(
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{}</Types>"#,
            self.types
        );
        let open = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#;
        let root = format!(
            r#"{open}<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#
        );
        let relations = format!("{open}{}</Relationships>", self.relations);
        let mut parts = vec![
            ("[Content_Types].xml", types.as_bytes()),
            ("_rels/.rels", root.as_bytes()),
            ("word/_rels/document.xml.rels", relations.as_bytes()),
        ];
        parts.extend(self.parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())));
        zip(&parts)
    }
}

/// A paragraph of one run with these properties.
pub fn run(properties: &str, text: &str) -> String {
    format!("<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>")
}

pub fn docx() -> Vec<u8> {
    Word::new(&run("", "抽检公告")).beside("header", "hdr", &run("", "页眉")).bytes()
}

pub fn xlsx() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("结果").unwrap();
    sheet.write(0, 0, "样品").unwrap();
    sheet.write(0, 1, 13_812_345_678_u64).unwrap();
    book.save_to_buffer().unwrap()
}

/// Changes one part of an office file.
pub fn altered(bytes: &[u8], name: &str, alter: impl Fn(String) -> String) -> Vec<u8> {
    let mut parts = unzip(bytes);
    let part = parts.iter_mut().find(|(found, _)| found == name).unwrap();
    part.1 = alter(String::from_utf8(part.1.clone()).unwrap()).into_bytes();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    zip(&parts)
}

/// A PDF of one page in Helvetica with this content; gives the ids of its content and its page.
pub fn document(content: &str) -> (Document, ObjectId, ObjectId) {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" };
    let font = document.add_object(font);
    let content = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    let node = dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![Object::Reference(page)] };
    document.set_object(pages, node);
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let info = dictionary! { "Author" => Object::string_literal("Author Zhang"), "Producer" => Object::string_literal("Maker 1.0") };
    let info = document.add_object(info);
    document.trailer.set("Info", info);
    (document, content, page)
}

pub fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// Saved with its objects packed into object streams.
pub fn packed(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes).unwrap();
    bytes
}

pub fn pdf() -> Vec<u8> {
    saved(document("BT /F1 12 Tf 72 700 Td (Sampling bulletin) Tj ET").0)
}
