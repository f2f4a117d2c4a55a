//! Headers of boxes.

use std::{io::Read, ops::Range};

use super::FilmError;

/// A box on the outermost level.
pub(super) struct Header {
    pub(super) kind: [u8; 4],
    pub(super) start: u64,
    /// Bytes of the header
    pub(super) length: u64,
    pub(super) end: u64,
}

impl Header {
    pub(super) fn read(from: &mut impl Read, start: u64, size: u64) -> Result<Self, FilmError> {
        let mut head = [0; 8];
        from.read_exact(&mut head).map_err(|_| FilmError::Damaged)?;
        let [a, b, c, d, kind @ ..] = head;
        let (length, bytes) = match u32::from_be_bytes([a, b, c, d]) {
            // to the end of the file
            0 => (8, size - start),
            1 => {
                let mut long = [0; 8];
                from.read_exact(&mut long).map_err(|_| FilmError::Damaged)?;
                (16, u64::from_be_bytes(long))
            }
            bytes => (8, u64::from(bytes)),
        };
        let end = start.checked_add(bytes).filter(|end| bytes >= length && *end <= size).ok_or(FilmError::Damaged)?;
        Ok(Self { kind, start, length, end })
    }

    pub(super) fn body(&self) -> u64 {
        self.end - self.start - self.length
    }
}

/// A box inside another.
#[derive(Clone, Debug)]
pub(super) struct Inner {
    pub(super) kind: [u8; 4],
    /// With its header
    pub(super) whole: Range<usize>,
    pub(super) body: Range<usize>,
}

/// The boxes of a range. What stands behind the last one (`QuickTime` writes a zero there) must be zero.
pub(super) fn children(bytes: &[u8], within: Range<usize>) -> Result<Vec<Inner>, FilmError> {
    let mut found = Vec::new();
    let mut at = within.start;
    while at + 8 <= within.end {
        let size = number(bytes, at)? as usize;
        let kind = *bytes[at + 4..].first_chunk::<4>().ok_or(FilmError::Damaged)?;
        if size < 8 || at + size > within.end {
            break;
        }
        found.push(Inner { kind, whole: at..at + size, body: at + 8..at + size });
        at += size;
    }
    let rest = bytes.get(at..within.end).ok_or(FilmError::Damaged)?;
    if rest.len() < 16 && rest.iter().all(|byte| *byte == 0) { Ok(found) } else { Err(FilmError::Damaged) }
}

/// The one box of a kind.
pub(super) fn one(boxes: &[Inner], kind: [u8; 4]) -> Option<&Inner> {
    boxes.iter().find(|inner| inner.kind == kind)
}

/// Makes a box free and empty.
pub(super) fn free(bytes: &mut [u8], inner: &Inner) {
    bytes[inner.whole.start + 4..inner.whole.start + 8].copy_from_slice(b"free");
    bytes[inner.body.clone()].fill(0);
}

/// A number of four bytes.
pub(super) fn number(bytes: &[u8], at: usize) -> Result<u32, FilmError> {
    bytes
        .get(at..)
        .and_then(|rest| rest.first_chunk::<4>())
        .map(|four| u32::from_be_bytes(*four))
        .ok_or(FilmError::Damaged)
}

/// A number of eight bytes.
pub(super) fn long(bytes: &[u8], at: usize) -> Result<u64, FilmError> {
    bytes
        .get(at..)
        .and_then(|rest| rest.first_chunk::<8>())
        .map(|eight| u64::from_be_bytes(*eight))
        .ok_or(FilmError::Damaged)
}
