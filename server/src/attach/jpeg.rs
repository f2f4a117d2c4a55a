//! The segments of a JPEG: its size, its end, and what it says about itself.

/// A segment: its marker, where it begins (at its 0xFF) and where it ends.
struct Segment {
    marker: u8,
    start: usize,
    end: usize,
}

const START_OF_SCAN: u8 = 0xda;
const END_OF_IMAGE: u8 = 0xd9;

/// The next segment at or after `at`; for a scan, its header only.
fn segment(bytes: &[u8], at: usize) -> Option<Segment> {
    if *bytes.get(at)? != 0xff {
        return None;
    }
    let start = at + bytes[at..].iter().take_while(|&&byte| byte == 0xff).count() - 1;
    let marker = *bytes.get(start + 1)?;
    if matches!(marker, 0x01 | 0xd0..=0xd9) {
        return Some(Segment { marker, start, end: start + 2 });
    }
    let length = usize::from(u16::from_be_bytes([*bytes.get(start + 2)?, *bytes.get(start + 3)?]));
    let end = start + 2 + length;
    (length >= 2 && end <= bytes.len()).then_some(Segment { marker, start, end })
}

/// Where the coded data beginning at `at` ends: at the next marker that is neither stuffing nor a restart.
fn scan_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == 0xff)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

/// Goes through all segments up to the end of the image; `None` where the file breaks off before.
fn each(bytes: &[u8], mut visit: impl FnMut(&Segment, usize)) -> Option<()> {
    let mut at = 0;
    loop {
        let found = segment(bytes, at)?;
        at = if found.marker == START_OF_SCAN { scan_end(bytes, found.end)? } else { found.end };
        visit(&found, at);
        if found.marker == END_OF_IMAGE {
            return Some(());
        }
    }
}

/// Width and height from the frame header.
pub(super) fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 0;
    loop {
        let found = segment(bytes, at)?;
        if matches!(found.marker, 0xc0..=0xcf) && !matches!(found.marker, 0xc4 | 0xc8 | 0xcc) {
            let two = |at: usize| Some(u32::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
            return Some((two(found.start + 7)?, two(found.start + 5)?));
        }
        if matches!(found.marker, START_OF_SCAN | END_OF_IMAGE) {
            return None;
        }
        at = found.end;
    }
}

/// Whether there is a scan and then the end of the image.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let mut scans = 0;
    let end = each(bytes, |segment, _| scans += usize::from(segment.marker == START_OF_SCAN));
    end.is_some() && scans > 0
}

/// The same coded picture without comments and application segments (EXIF, XMP, GPS, maker's notes), and without what
/// follows its end. Kept are those that change how it looks: JFIF, colour profile, Adobe's colour transform.
/// For pictures in a PDF, which must not be coded anew (CMYK, decode arrays).
pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = Vec::with_capacity(bytes.len());
    each(bytes, |segment, end| {
        let body = &bytes[segment.start + 2..segment.end];
        let body = body.get(2..).unwrap_or_default();
        let keep = match segment.marker {
            0xe0 => body.starts_with(b"JFIF\0"),
            0xe2 => body.starts_with(b"ICC_PROFILE\0"),
            0xee => body.starts_with(b"Adobe"),
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        if keep {
            kept.extend_from_slice(&bytes[segment.start..end]);
        }
    })?;
    Some(kept)
}
