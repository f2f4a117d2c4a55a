//! Where in the file the samples of a track lie (ISO/IEC 14496-12, 8.7).

use super::{
    FilmError,
    boxes::{Inner, long, number, one},
};

/// Most samples of a track: a day of film.
const MOST: u32 = 3_000_000;

/// Ranges of the file, neither sorted nor joined.
pub(super) fn ranges(bytes: &[u8], table: &[Inner], size: u64) -> Result<Vec<(u64, u64)>, FilmError> {
    let sizes = sizes(bytes, table)?;
    let chunks = chunks(bytes, table)?;
    let runs = runs(bytes, table)?;
    let mut ranges = Vec::with_capacity(chunks.len());
    let mut sizes = sizes.into_iter();
    let mut run = runs.iter().peekable();
    let mut each = 0;
    for (chunk, start) in (1_u32..).zip(chunks) {
        while let Some((_, samples)) = run.next_if(|(first, _)| *first <= chunk) {
            each = *samples;
        }
        let length = sizes.by_ref().take(each as usize).try_fold(0_u64, |sum, size| sum.checked_add(size.into()));
        let end = length.and_then(|length| start.checked_add(length)).filter(|end| *end <= size);
        ranges.push((start, end.ok_or(FilmError::Damaged)?));
    }
    // a sample that no chunk holds: the tables are cut
    if sizes.next().is_some() { Err(FilmError::Damaged) } else { Ok(ranges) }
}

fn sizes(bytes: &[u8], table: &[Inner]) -> Result<Vec<u32>, FilmError> {
    if let Some(found) = one(table, *b"stsz") {
        let body = &bytes[found.body.clone()];
        let (all, count) = (number(body, 4)?, number(body, 8)?);
        if count > MOST {
            return Err(FilmError::Unfit);
        }
        if all != 0 {
            return Ok(vec![all; count as usize]);
        }
        return (0..count as usize).map(|at| number(body, 12 + 4 * at)).collect();
    }
    let found = one(table, *b"stz2").ok_or(FilmError::Damaged)?;
    let body = &bytes[found.body.clone()];
    let (width, count) = (*body.get(7).ok_or(FilmError::Damaged)?, number(body, 8)?);
    if count > MOST {
        return Err(FilmError::Unfit);
    }
    let byte = |at: usize| body.get(12 + at).copied().map(u32::from).ok_or(FilmError::Damaged);
    let size = |at: usize| match width {
        4 if at.is_multiple_of(2) => Ok(byte(at / 2)? >> 4),
        4 => Ok(byte(at / 2)? & 15),
        8 => byte(at),
        16 => Ok(byte(2 * at)? << 8 | byte(2 * at + 1)?),
        _ => Err(FilmError::Damaged),
    };
    (0..count as usize).map(size).collect()
}

fn chunks(bytes: &[u8], table: &[Inner]) -> Result<Vec<u64>, FilmError> {
    let (found, is_long) = match (one(table, *b"stco"), one(table, *b"co64")) {
        (Some(found), None) => (found, false),
        (None, Some(found)) => (found, true),
        _ => return Err(FilmError::Damaged),
    };
    let body = &bytes[found.body.clone()];
    let count = number(body, 4)?;
    if count > MOST {
        return Err(FilmError::Unfit);
    }
    let place = |at: usize| if is_long { long(body, 8 + 8 * at) } else { number(body, 8 + 4 * at).map(u64::from) };
    (0..count as usize).map(place).collect()
}

/// From which chunk on how many samples are in each.
fn runs(bytes: &[u8], table: &[Inner]) -> Result<Vec<(u32, u32)>, FilmError> {
    let body = &bytes[one(table, *b"stsc").ok_or(FilmError::Damaged)?.body.clone()];
    let count = number(body, 4)?;
    if count > MOST {
        return Err(FilmError::Unfit);
    }
    let runs = (0..count as usize).map(|at| Ok((number(body, 8 + 12 * at)?, number(body, 12 + 12 * at)?)));
    let runs: Vec<(u32, u32)> = runs.collect::<Result<_, FilmError>>()?;
    if runs.is_sorted_by(|a, b| a.0 < b.0) { Ok(runs) } else { Err(FilmError::Damaged) }
}
