//! Files going out, for those who may see a case.

use std::{fs::File, io, ops::Range};

use app::domain::evidence::{Kind, State};
use axum::body::Bytes;
use futures::{Stream, stream};
use uuid::Uuid;

use super::{
    Evidence, EvidenceError, EvidenceResult, blocking,
    sealed::{CHUNK, Opener},
};

/// A file opened for reading.
pub struct Opened {
    /// Name
    pub name: String,
    /// What it is
    pub kind: Kind,
    /// Its case; who may see it is the caller's question
    pub case: Option<Uuid>,
    /// Bytes in all
    pub bytes: u64,
    /// SHA-256, hexadecimal
    pub sha256: String,
    opener: Opener,
}

impl Opened {
    /// The bytes of a range in pieces of at most 64 KiB. An error where what lies on the disk was changed.
    pub fn stream(self, range: Range<u64>) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
        let end = range.end.min(self.bytes);
        stream::try_unfold((self.opener, range.start), move |(mut opener, at)| async move {
            if at >= end {
                return Ok(None);
            }
            let number = at / CHUNK as u64;
            let (opener, chunk) = blocking(move || opener.chunk(number).map(|chunk| (opener, chunk))).await?;
            let start = number * CHUNK as u64;
            let within = |place: u64| usize::try_from(place - start).map_or(chunk.len(), |at| at.min(chunk.len()));
            let next = (start + CHUNK as u64).min(end);
            let piece = Bytes::copy_from_slice(&chunk[within(at)..within(next)]);
            Ok(Some((piece, (opener, next))))
        })
    }

    /// All bytes, for archives: a case's file, a document.
    ///
    /// # Errors
    /// The disk, or what lies on it was changed.
    pub async fn whole(self) -> io::Result<Vec<u8>> {
        let mut opener = self.opener;
        let chunks = self.bytes.div_ceil(CHUNK as u64);
        blocking(move || {
            let mut all = Vec::new();
            for number in 0..chunks {
                all.extend(opener.chunk(number)?);
            }
            Ok(all)
        })
        .await
    }
}

impl Evidence {
    /// Opens a ready file. **Who may see it is the caller's question**: compare [`Opened::case`] with the case that the
    /// caller may see.
    pub async fn open(&self, id: Uuid) -> EvidenceResult<Opened> {
        let row = self.house.db.evidence(id).await?.filter(|row| row.state == State::Ready);
        let row = row.ok_or(EvidenceError::NotFound)?;
        let name = self.name(&row)?;
        let (Some(kind), Some(sha256)) = (row.kind, row.sha256) else { return Err(EvidenceError::NotFound) };
        let (path, key) = (self.folder.path(id), self.file_key(id));
        let opener = blocking(move || Opener::new(File::open(path)?, key)).await?;
        if opener.size() != row.bytes {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "evidence file has another length").into());
        }
        Ok(Opened { name, kind, case: row.case, bytes: row.bytes, sha256, opener })
    }
}
