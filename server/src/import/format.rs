//! Which kind of file, told by its content.

use std::io::{Cursor, Read};

use super::{Format, Refusal, grid::Grid, html, text_table, workbook};

/// All parts of a workbook unpacked, bytes. A full 100,000-row table has some 150 MB.
const UNPACKED: u64 = 800 << 20;
/// From this size on, content that packs better than [`RATIO`] is no table.
const SUSPICIOUS: u64 = 60 << 20;
const RATIO: u64 = 150;
/// The parts of a workbook.
const PARTS: usize = 10_000;

/// The sheets of a file.
pub fn grids(bytes: &[u8]) -> Result<(Format, Vec<Grid>), Refusal> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(b"PK") {
        check_archive(bytes)?;
        return Ok((Format::Xlsx, workbook::xlsx(bytes)?));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        if contains_wide(bytes, "EncryptedPackage") {
            return Err(Refusal::Protected);
        }
        return Ok((Format::Xls, workbook::xls(bytes)?));
    }
    if is_other_binary(bytes) {
        return Err(Refusal::Unknown);
    }
    let (text, encoding) = text_table::decode(bytes).ok_or(Refusal::Unknown)?;
    if html::is_html(&text) {
        return Ok((Format::Html, html::grids(&text)));
    }
    Ok((Format::Csv(encoding), vec![text_table::grid(&text)]))
}

/// Names of streams in a compound file are UTF-16.
fn contains_wide(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wide.len()).any(|window| window == wide)
}

/// Pictures, PDFs, archives of other kinds.
fn is_other_binary(bytes: &[u8]) -> bool {
    let known: [&[u8]; 8] =
        [b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf"];
    known.iter().any(|start| bytes.starts_with(start))
}

/// Unpacks every part into nothing and counts: what the archive declares may be a lie.
fn check_archive(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?;
    if archive.len() > PARTS {
        return Err(Refusal::Bomb);
    }
    let declared: u64 =
        (0..archive.len()).filter_map(|part| archive.by_index_raw(part).ok().map(|part| part.size())).sum();
    if declared > UNPACKED {
        return Err(Refusal::Bomb);
    }
    let is_encrypted = (0..archive.len()).any(|part| archive.by_index_raw(part).is_ok_and(|part| part.encrypted()));
    if is_encrypted {
        return Err(Refusal::Protected);
    }
    let mut unpacked = 0;
    let mut buffer = vec![0; 64 << 10];
    for part in 0..archive.len() {
        let mut part = archive.by_index(part).map_err(|_| Refusal::Broken)?;
        loop {
            let read = part.read(&mut buffer).map_err(|_| Refusal::Broken)?;
            if read == 0 {
                break;
            }
            unpacked += read as u64;
            let packs_too_well = unpacked > SUSPICIOUS && unpacked / (bytes.len() as u64).max(1) > RATIO;
            if unpacked > UNPACKED || packs_too_well {
                return Err(Refusal::Bomb);
            }
        }
    }
    Ok(())
}
