//! Before a parser sees a PDF: how much it would have to hold in memory.

use std::io::Read;

use super::super::kind::find;
use super::Refusal;

/// Most bytes of objects, packed ones unpacked, and most that one packed stream of objects may unpack to.
/// Every few of these bytes can become an object of a hundred.
pub(super) const MOST: usize = 16 << 20;

/// Refuses a file whose objects, apart from the data of pictures, fonts and pages, are too many.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let (mut at, mut objects) = (0, 0_usize);
    while let Some(start) = find(&bytes[at..], b"stream").map(|found| at + found) {
        let data = start + b"stream".len();
        let header = &bytes[at..start];
        objects += header.len();
        let end = find(&bytes[data..], b"endstream").map_or(bytes.len(), |found| data + found);
        if holds_objects(header) {
            objects += unpacked(&bytes[data..end], header)?;
        }
        if objects > MOST {
            return Err(Refusal::ZipBomb);
        }
        at = (end + b"endstream".len()).min(bytes.len());
    }
    if objects + (bytes.len() - at) > MOST { Err(Refusal::ZipBomb) } else { Ok(()) }
}

/// Whether the dictionary just before the data says that it holds objects, in whatever spelling of its name.
fn holds_objects(header: &[u8]) -> bool {
    let near = &header[header.len().saturating_sub(2048)..];
    let plain = unescaped(near);
    find(&plain, b"ObjStm").is_some() || find(&plain, b"XRef").is_some()
}

/// `#4f` as the byte it stands for.
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let value = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| byte == b'#');
        plain.push(value.unwrap_or(byte));
        rest = if value.is_some() { &after[2..] } else { after };
    }
    plain
}

/// How many bytes come out, counted without keeping them. Objects are packed with Flate or not at all.
fn unpacked(data: &[u8], header: &[u8]) -> Result<usize, Refusal> {
    let near = unescaped(&header[header.len().saturating_sub(2048)..]);
    let near = &near[near.windows(4).rposition(|window| window == b" obj").unwrap_or(0)..];
    for other in [&b"LZWDecode"[..], b"RunLengthDecode", b"ASCIIHexDecode", b"ASCII85Decode", b"BrotliDecode"] {
        if find(near, other).is_some() {
            return Err(Refusal::Damaged);
        }
    }
    let start = data.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let limit = u64::try_from(MOST).unwrap_or(u64::MAX) + 1;
    let mut decoder = flate2::read::ZlibDecoder::new(&data[start..]).take(limit);
    // damaged data unpacks to what comes before the damage
    let mut block = [0_u8; 8192];
    let mut count = 0;
    while let Ok(read @ 1..) = decoder.read(&mut block) {
        count += read;
    }
    Ok(count.max(data.len()))
}
