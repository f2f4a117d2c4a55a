//! Files that are two kinds at once.

use super::Refusal;
use super::kind::{find, head, markup};

/// Refuses a PDF that is also an archive or a web page, or goes on after its end.
pub(super) fn check_pdf(bytes: &[u8]) -> Result<(), Refusal> {
    check_end(bytes)?;
    check_archive(bytes)?;
    let start = head(bytes, 2048).to_ascii_lowercase();
    let marks: [&[u8]; 5] = [b"<html", b"<script", b"<!doctype", b"<svg", b"<?php"];
    // the header's line first, then what a browser or an interpreter would take for its own
    if marks.iter().any(|mark| find(&start, mark).is_some()) {
        return Err(Refusal::Polyglot);
    }
    Ok(())
}

/// Nothing but white space after the last `%%EOF`.
fn check_end(bytes: &[u8]) -> Result<(), Refusal> {
    let mark = b"%%EOF";
    let Some(at) = bytes.windows(mark.len()).rposition(|window| window == mark) else { return Err(Refusal::Damaged) };
    let after = &bytes[at + mark.len()..];
    let blank = |byte: &u8| matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ');
    if after.iter().all(blank) {
        return Ok(());
    }
    let wholly_other = find(after, b"PK\x03\x04").is_some() || find(after, b"PK\x05\x06").is_some();
    if wholly_other || markup(after).is_some() || after.len() > 2 {
        Err(Refusal::Polyglot)
    } else {
        Err(Refusal::Damaged)
    }
}

/// Whether a reader of archives would find one here: it looks for the directory's end from behind.
pub(super) fn check_archive(bytes: &[u8]) -> Result<(), Refusal> {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    if find(tail, b"PK\x05\x06").is_some() {
        return Err(Refusal::Polyglot);
    }
    match zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        Ok(archive) if !archive.is_empty() => Err(Refusal::Polyglot),
        _ => Ok(()),
    }
}
