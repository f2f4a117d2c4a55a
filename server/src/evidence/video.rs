//! Films (ISO base media file format, ISO/IEC 14496-12, and QuickTime): a first reading finds what may stay, a second
//! copies it. Boxes that are not known to be needed for playing become `free` boxes of the same length full of zeros, so
//! that nothing moves; of the media data stays what the tables of picture and sound point to, so that the samples of
//! other tracks (places that phones record) are gone; times and names of programs become zero.

mod boxes;
mod samples;
mod scrub;

use std::io::{self, Read, Write};

use boxes::Header;

/// Most bytes of the boxes that describe a film; an hour's tables take about one MB.
const MOST_TABLES: u64 = 16 << 20;
/// Most boxes on the outermost level: a fragmented film has two for each second or so.
const MOST_BOXES: usize = 100_000;
const BLOCK: usize = 64 << 10;
/// Brands of pictures in the same container.
const PICTURES: [&[u8; 4]; 10] =
    [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"];

/// Why a film is not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum FilmError {
    /// Cut off, or not a film
    #[error("damaged")]
    Damaged,
    /// HEIC or AVIF
    #[error("picture")]
    Picture,
    /// Nothing to show, data in other files, or tracks that can't be cleaned
    #[error("unfit")]
    Unfit,
    /// Reading or writing failed
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What is done with a box on the outermost level.
enum Part {
    /// Written as it was changed
    Changed(Vec<u8>),
    /// Media data: these ranges of the file stay
    Media,
    /// As it is
    Copied,
    /// Emptied
    Free,
}

/// A film that was read once.
pub(super) struct Film {
    parts: Vec<(Header, Part)>,
    kept: Vec<(u64, u64)>,
    is_quicktime: bool,
}

impl Film {
    /// Reads the structure of `size` bytes.
    pub(super) fn read(from: &mut impl Read, size: u64) -> Result<Self, FilmError> {
        let (mut at, mut tables) = (0, 0_u64);
        let (mut parts, mut kept, mut brand) = (Vec::new(), None, None);
        let mut is_fragmented = false;
        while at < size {
            let header = Header::read(from, at, size)?;
            if brand.is_none() != (header.kind == *b"ftyp") || parts.len() == MOST_BOXES {
                return Err(FilmError::Damaged);
            }
            let mut load = || {
                tables += header.body();
                if tables > MOST_TABLES {
                    return Err(FilmError::Unfit);
                }
                let mut body = vec![0; usize::try_from(header.body()).map_err(|_| FilmError::Damaged)?];
                from.read_exact(&mut body).map_err(|_| FilmError::Damaged)?;
                Ok(body)
            };
            let part = match &header.kind {
                b"ftyp" => {
                    let body = load()?;
                    brand = Some(*body.first_chunk::<4>().ok_or(FilmError::Damaged)?);
                    Part::Changed(body)
                }
                b"moov" => {
                    let mut body = load()?;
                    let film = scrub::film(&mut body, size)?;
                    if kept.is_some() {
                        return Err(FilmError::Damaged);
                    }
                    kept = Some(film);
                    Part::Changed(body)
                }
                b"moof" => {
                    is_fragmented = true;
                    let mut body = load()?;
                    scrub::fragment(&mut body)?;
                    Part::Changed(body)
                }
                b"mdat" => {
                    skip(from, header.body())?;
                    Part::Media
                }
                b"sidx" | b"ssix" | b"mfra" | b"styp" => {
                    skip(from, header.body())?;
                    Part::Copied
                }
                _ => {
                    skip(from, header.body())?;
                    Part::Free
                }
            };
            at = header.end;
            parts.push((header, part));
        }
        let brand = brand.ok_or(FilmError::Damaged)?;
        if PICTURES.contains(&&brand) {
            return Err(FilmError::Picture);
        }
        let film = kept.ok_or(FilmError::Damaged)?;
        let media: Vec<(u64, u64)> = parts
            .iter()
            .filter(|(_, part)| matches!(part, Part::Media))
            .map(|(h, _)| (h.start + h.length, h.end))
            .collect();
        let kept = if is_fragmented {
            // the samples of fragments are not followed: all of them must be picture and sound
            if film.dropped_tracks {
                return Err(FilmError::Unfit);
            }
            media
        } else {
            if !film.ranges.iter().all(|range| media.iter().any(|one| one.0 <= range.0 && range.1 <= one.1)) {
                return Err(FilmError::Damaged);
            }
            if film.ranges.is_empty() {
                return Err(FilmError::Unfit);
            }
            film.ranges
        };
        Ok(Self { parts, kept, is_quicktime: brand == *b"qt  " })
    }

    /// Whether `QuickTime` wrote it.
    pub(super) fn is_quicktime(&self) -> bool {
        self.is_quicktime
    }

    /// Writes the cleaned film from a second reading: as long as the first.
    pub(super) fn write(&self, from: &mut impl Read, to: &mut impl Write) -> Result<(), FilmError> {
        let mut block = vec![0; BLOCK];
        for (header, part) in &self.parts {
            let mut head = vec![0; usize::try_from(header.length).map_err(|_| FilmError::Damaged)?];
            from.read_exact(&mut head)?;
            if matches!(part, Part::Free) {
                head[4..8].copy_from_slice(b"free");
            }
            to.write_all(&head)?;
            let mut at = header.start + header.length;
            if let Part::Changed(body) = part {
                skip(from, header.body())?;
                to.write_all(body)?;
                continue;
            }
            while at < header.end {
                let step = usize::try_from(header.end - at).map_or(BLOCK, |left| left.min(BLOCK));
                let block = &mut block[..step];
                from.read_exact(block)?;
                match part {
                    Part::Media => blank(block, at, &self.kept),
                    Part::Free => block.fill(0),
                    Part::Copied | Part::Changed(_) => {}
                }
                to.write_all(block)?;
                at += step as u64;
            }
        }
        Ok(())
    }
}

/// Blanks what of a block at a place in the file lies in none of the sorted ranges.
fn blank(block: &mut [u8], at: u64, kept: &[(u64, u64)]) {
    let end = at + block.len() as u64;
    let within = |place: u64| usize::try_from(place.clamp(at, end) - at).unwrap_or(block.len());
    let first = kept.partition_point(|range| range.1 <= at);
    let mut gaps = Vec::new();
    let mut from = 0;
    for range in kept[first..].iter().take_while(|range| range.0 < end) {
        gaps.push((from, within(range.0)));
        from = within(range.1);
    }
    gaps.push((from, block.len()));
    for (from, to) in gaps {
        block[from..to].fill(0);
    }
}

fn skip(from: &mut impl Read, bytes: u64) -> Result<(), FilmError> {
    let skipped = io::copy(&mut from.take(bytes), &mut io::sink())?;
    if skipped == bytes { Ok(()) } else { Err(FilmError::Damaged) }
}

#[cfg(test)]
mod tests {
    use super::blank;

    #[test]
    fn only_ranges_stay() {
        let mut block = [1; 10];
        blank(&mut block, 100, &[(0, 5), (90, 101), (103, 104), (104, 106), (108, 200), (300, 400)]);
        assert_eq!(block, [1, 0, 0, 1, 1, 1, 0, 0, 1, 1]);
        blank(&mut block, 500, &[(0, 5)]);
        assert_eq!(block, [0; 10]);
    }
}
