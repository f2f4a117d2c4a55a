//! What of the descriptions of a film stays: boxes by name, everything else is emptied.

use std::ops::Range;

use super::{
    FilmError,
    boxes::{Inner, children, free, number, one},
    samples,
};

const IN_MOVIE: [&[u8; 4]; 5] = [b"mvhd", b"trak", b"mvex", b"iods", b"free"];
const IN_TRACK: [&[u8; 4]; 5] = [b"tkhd", b"mdia", b"edts", b"tapt", b"free"];
const IN_MEDIA: [&[u8; 4]; 4] = [b"mdhd", b"hdlr", b"minf", b"elng"];
const IN_INFORMATION: [&[u8; 4]; 5] = [b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl"];
const IN_TABLE: [&[u8; 4]; 20] = [
    b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"stsh", b"stdp",
    b"sdtp", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"padb", b"stps",
];
const IN_FRAGMENT: [&[u8; 4]; 2] = [b"mfhd", b"traf"];
const IN_TRACK_FRAGMENT: [&[u8; 4]; 8] = [b"tfhd", b"tfdt", b"trun", b"sdtp", b"sbgp", b"sgpd", b"saiz", b"saio"];

/// What a film's description told.
pub(super) struct Told {
    /// Where picture and sound lie, sorted
    pub(super) ranges: Vec<(u64, u64)>,
    /// Whether there were other tracks
    pub(super) dropped_tracks: bool,
}

/// Empties boxes of other kinds; gives those that stay.
fn sift(bytes: &mut [u8], within: Range<usize>, known: &[&[u8; 4]]) -> Result<Vec<Inner>, FilmError> {
    let all = children(bytes, within)?;
    let (kept, dropped): (Vec<_>, Vec<_>) = all.into_iter().partition(|inner| known.contains(&&inner.kind));
    for inner in &dropped {
        free(bytes, inner);
    }
    for inner in kept.iter().filter(|inner| inner.kind == *b"free") {
        bytes[inner.body.clone()].fill(0);
    }
    Ok(kept)
}

/// Cleans the body of `moov`.
pub(super) fn film(bytes: &mut [u8], size: u64) -> Result<Told, FilmError> {
    let within = 0..bytes.len();
    let kept = sift(bytes, within, &IN_MOVIE)?;
    forget_times(bytes, one(&kept, *b"mvhd").ok_or(FilmError::Damaged)?)?;
    let mut told = Told { ranges: Vec::new(), dropped_tracks: false };
    let mut has_picture = false;
    for one in kept.iter().filter(|inner| inner.kind == *b"trak") {
        if let found @ (b"vide" | b"soun") = handler(bytes, one)? {
            has_picture |= found == b"vide";
            told.ranges.extend(track(bytes, one, size)?);
        } else {
            told.dropped_tracks = true;
            free(bytes, one);
        }
    }
    if !has_picture {
        return Err(FilmError::Unfit);
    }
    told.ranges.retain(|(start, end)| start < end);
    told.ranges.sort_unstable();
    // joined where they touch or overlap: tables may point to the same bytes twice
    told.ranges.dedup_by(|next, last| {
        let joins = next.0 <= last.1;
        if joins {
            last.1 = last.1.max(next.1);
        }
        joins
    });
    Ok(told)
}

/// What a track is.
fn handler(bytes: &[u8], track: &Inner) -> Result<&'static [u8; 4], FilmError> {
    let boxes = children(bytes, track.body.clone())?;
    let media = children(bytes, one(&boxes, *b"mdia").ok_or(FilmError::Damaged)?.body.clone())?;
    let body = &bytes[one(&media, *b"hdlr").ok_or(FilmError::Damaged)?.body.clone()];
    Ok(match body.get(8..12) {
        Some(b"vide") => b"vide",
        Some(b"soun") => b"soun",
        Some(_) => b"meta",
        None => return Err(FilmError::Damaged),
    })
}

/// Cleans a track of picture or sound; gives where its samples lie.
fn track(bytes: &mut [u8], track: &Inner, size: u64) -> Result<Vec<(u64, u64)>, FilmError> {
    let kept = sift(bytes, track.body.clone(), &IN_TRACK)?;
    forget_times(bytes, one(&kept, *b"tkhd").ok_or(FilmError::Damaged)?)?;
    let media = sift(bytes, one(&kept, *b"mdia").ok_or(FilmError::Damaged)?.body.clone(), &IN_MEDIA)?;
    forget_times(bytes, one(&media, *b"mdhd").ok_or(FilmError::Damaged)?)?;
    forget_name(bytes, one(&media, *b"hdlr").ok_or(FilmError::Damaged)?);
    let about = sift(bytes, one(&media, *b"minf").ok_or(FilmError::Damaged)?.body.clone(), &IN_INFORMATION)?;
    if let Some(inner) = one(&about, *b"hdlr") {
        forget_name(bytes, inner);
    }
    is_self_contained(bytes, one(&about, *b"dinf").ok_or(FilmError::Damaged)?)?;
    let table = sift(bytes, one(&about, *b"stbl").ok_or(FilmError::Damaged)?.body.clone(), &IN_TABLE)?;
    forget_encoder(bytes, one(&table, *b"stsd").ok_or(FilmError::Damaged)?)?;
    samples::ranges(bytes, &table, size)
}

/// Creation and modification times of `mvhd`, `tkhd`, `mdhd`.
fn forget_times(bytes: &mut [u8], inner: &Inner) -> Result<(), FilmError> {
    let body = &mut bytes[inner.body.clone()];
    let width = if body.first() == Some(&1) { 16 } else { 8 };
    body.get_mut(4..4 + width).ok_or(FilmError::Damaged)?.fill(0);
    Ok(())
}

/// The name of a handler: often a program's.
fn forget_name(bytes: &mut [u8], inner: &Inner) {
    if let Some(name) = bytes[inner.body.clone()].get_mut(24..) {
        name.fill(0);
    }
}

/// The data must be in this file (`dref` entries with flag 1).
fn is_self_contained(bytes: &[u8], information: &Inner) -> Result<(), FilmError> {
    let boxes = children(bytes, information.body.clone())?;
    let inner = one(&boxes, *b"dref").ok_or(FilmError::Damaged)?;
    let entries = children(bytes, inner.body.start + 8..inner.body.end)?;
    let own = |entry: &Inner| number(bytes, entry.body.start).is_ok_and(|flags| flags & 1 == 1);
    if entries.iter().all(own) { Ok(()) } else { Err(FilmError::Unfit) }
}

/// The name of the encoder in the entries for pictures: vendor and compressor.
fn forget_encoder(bytes: &mut [u8], inner: &Inner) -> Result<(), FilmError> {
    for entry in children(bytes, inner.body.start + 8..inner.body.end)? {
        let body = &mut bytes[entry.body.clone()];
        // of sound, the entry is shorter and names no encoder
        if matches!(
            &entry.kind,
            b"avc1" | b"avc3" | b"hvc1" | b"hev1" | b"mp4v" | b"av01" | b"vp09" | b"jpeg" | b"s263"
        ) {
            body.get_mut(42..74).ok_or(FilmError::Damaged)?.fill(0);
        }
    }
    Ok(())
}

/// Cleans the body of `moof`.
pub(super) fn fragment(bytes: &mut [u8]) -> Result<(), FilmError> {
    let within = 0..bytes.len();
    let kept = sift(bytes, within, &IN_FRAGMENT)?;
    for one in kept.iter().filter(|inner| inner.kind == *b"traf") {
        sift(bytes, one.body.clone(), &IN_TRACK_FRAGMENT)?;
    }
    Ok(())
}
