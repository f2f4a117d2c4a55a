//! From an upload to what is kept: cleaned by kind, sealed, on the disk.

use std::{
    fs::File,
    io::{self, Read, Write},
};

use app::domain::evidence::{Class, Kind, Limits, Refusal};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    disk::Folder,
    part::{Part, PartReader},
    sealed::Sealer,
    video::{self, FilmError},
};
use crate::{attach, store::hex};

/// What is kept.
pub(super) struct Kept {
    pub(super) kind: Kind,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// A file that is not taken, or a disk that fails.
pub(super) enum CleanError {
    Refused(Refusal),
    Io(io::Error),
}

impl From<Refusal> for CleanError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for CleanError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<FilmError> for CleanError {
    fn from(error: FilmError) -> Self {
        match error {
            FilmError::Damaged => Self::Refused(Refusal::Damaged),
            FilmError::Picture => Self::Refused(Refusal::Heic),
            FilmError::Unfit => Self::Refused(Refusal::Film),
            FilmError::Io(error) => Self::Io(error),
        }
    }
}

/// Counts and hashes what passes.
struct Measured<W> {
    to: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Write for Measured<W> {
    fn write(&mut self, plain: &[u8]) -> io::Result<usize> {
        let taken = self.to.write(plain)?;
        self.hash.update(&plain[..taken]);
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Cleans an upload into `<id>`, which is durable when this returns.
pub(super) fn keep(
    part: &Part,
    folder: &Folder,
    (id, key): (Uuid, [u8; 32]),
    limits: &Limits,
    pixels: u64,
) -> Result<Kept, CleanError> {
    let mut head = Vec::new();
    part.read()?.take(12).read_to_end(&mut head)?;
    let is_film = head.get(4..8) == Some(b"ftyp");
    let size = part.offset();
    let file = File::create(folder.new_file(id))?;
    let mut to = Measured { to: Sealer::new(io::BufWriter::new(file), key)?, hash: Sha256::new(), bytes: 0 };
    let kind = if is_film {
        let movie = video::Film::read(&mut part.read()?, size)?;
        if size > limits.video {
            return Err(Refusal::TooLarge(Class::Video).into());
        }
        movie.write(&mut part.read()?, &mut to)?;
        if movie.is_quicktime() { Kind::Mov } else { Kind::Mp4 }
    } else {
        let (kind, bytes) = document(part.read()?, size, limits, pixels)?;
        to.write_all(&bytes)?;
        kind
    };
    let Measured { to, hash, bytes } = to;
    let file = to.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    crate::fail::at("evidence-written");
    folder.place(id)?;
    Ok(Kept { kind, bytes, sha256: hex(&hash.finalize()) })
}

fn document(mut from: PartReader<'_>, size: u64, limits: &Limits, pixels: u64) -> Result<(Kind, Vec<u8>), CleanError> {
    let most = limits.image.max(limits.pdf);
    let mut bytes = Vec::new();
    (&mut from).take(most + 1).read_to_end(&mut bytes)?;
    let class = if bytes.starts_with(b"%PDF-") { Class::Pdf } else { Class::Image };
    if size > limits.of(class) {
        let known = attach::is_picture(&bytes) || class == Class::Pdf;
        return Err(if known { Refusal::TooLarge(class) } else { Refusal::UnknownKind }.into());
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let checking = attach::Limits { bytes: most, pixels, ..attach::Limits::default() };
    let (kind, bytes) = attach::private(&bytes, &checking).map_err(refusal)?;
    let kind = match kind {
        attach::Kind::Jpeg => Kind::Jpeg,
        attach::Kind::Png => Kind::Png,
        attach::Kind::Pdf => Kind::Pdf,
        _ => return Err(Refusal::Office.into()),
    };
    Ok((kind, bytes))
}

fn refusal(refusal: attach::Refusal) -> Refusal {
    use attach::Refusal as R;
    match refusal {
        R::Empty => Refusal::Empty,
        R::TooLarge { .. } | R::TooManyPixels { .. } | R::ZipBomb => Refusal::Bomb,
        R::UnknownKind | R::ExtensionMismatch { .. } => Refusal::UnknownKind,
        R::Html | R::Svg => Refusal::Markup,
        R::Legacy | R::Macros => Refusal::Office,
        R::Encrypted => Refusal::Encrypted,
        R::Polyglot | R::ActiveContent(_) | R::ExternalReference | R::UnsupportedMedia { .. } => Refusal::Unsafe,
        R::Damaged => Refusal::Damaged,
    }
}
