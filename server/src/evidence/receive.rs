//! Bytes coming in, and the end of an upload.

use std::{io, sync::Arc, time::Duration};

use app::domain::evidence::{Refusal, State, kept_name};
use axum::body::Bytes;
use futures::{Stream, StreamExt};
use uuid::Uuid;

use super::{
    Evidence, EvidenceError, EvidenceFile, EvidenceResult, Part, Sender, blocking,
    clean::{self, CleanError, Kept},
};
use crate::{
    auth::Token,
    store::{Ended, EvidenceRow},
};

/// Bytes held before they are written.
const BUFFER: usize = 256 << 10;
/// How long one request is listened to: what came until then is kept and acknowledged, and the sender goes on from there.
/// Shorter than the longest time a request may take.
const PATIENCE: Duration = Duration::from_secs(12);

impl Evidence {
    /// Takes bytes for an upload at `offset`; gives how it stands. After the last byte the file is cleaned and ready, or
    /// refused. Without bytes at the end of an upload, the end is done again (after a break).
    pub async fn append<S, E>(&self, basket: &Token, id: Uuid, offset: u64, body: S) -> EvidenceResult<EvidenceFile>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let hash = basket.hash();
        let found = self.house.db.evidence_in(&hash, id).await?.ok_or(EvidenceError::NotFound)?;
        if found.state != State::Receiving {
            return self.over(found, offset);
        }
        let (path, key) = (self.folder.part(id), self.part_key(id));
        let held = blocking(move || Part::hold(&path, key)).await;
        let mut part = match held {
            // ended by another request meanwhile
            Err(error) if error.kind() == io::ErrorKind::NotFound => return self.lost(basket, id, offset).await,
            other => other?.ok_or(EvidenceError::Locked)?,
        };
        // what was read before the file was held may be old
        let row = self.house.db.evidence_in(&hash, id).await?.ok_or(EvidenceError::NotFound)?;
        if row.state != State::Receiving {
            return self.over(row, offset);
        }
        if row.received != offset {
            return Err(EvidenceError::Offset(row.received));
        }
        let (received, sealed) = (row.received, row.sealed);
        part = blocking(move || part.resume(received, sealed).map(|()| part)).await?;
        let (part, came) = self.pour(part, body, row.bytes).await?;
        if part.offset() > received {
            let (state, now) = ((part.offset(), part.sealed()), self.house.clock.now());
            let mut tx = self.house.db.begin().await?;
            if !tx.advance_evidence((&hash, id), received, state, now).await? {
                return Err(EvidenceError::NotFound);
            }
            tx.commit().await?;
        }
        crate::fail::at("evidence-acknowledged");
        if part.offset() < row.bytes {
            came?;
            return self.look(basket, id).await;
        }
        self.end(row, part).await?;
        self.look(basket, id).await
    }

    /// An upload whose file is gone: it ended, or the disk lost it.
    async fn lost(&self, basket: &Token, id: Uuid, offset: u64) -> EvidenceResult<EvidenceFile> {
        let row = self.house.db.evidence_in(&basket.hash(), id).await?.ok_or(EvidenceError::NotFound)?;
        if row.state == State::Receiving { Err(EvidenceError::NotFound) } else { self.over(row, offset) }
    }

    fn over(&self, row: EvidenceRow, offset: u64) -> EvidenceResult<EvidenceFile> {
        if row.received == offset { self.file(row) } else { Err(EvidenceError::Offset(row.received)) }
    }

    /// Writes what comes, at most up to `most`; what came is durable when this returns, also where the rest did not come.
    async fn pour<S, E>(&self, mut part: Part, mut body: S, most: u64) -> EvidenceResult<(Part, EvidenceResult<()>)>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let until = tokio::time::Instant::now() + PATIENCE;
        let mut waiting = Vec::new();
        let mut came = Ok(());
        loop {
            let next = tokio::time::timeout_at(until, body.next()).await;
            let is_last = match next {
                Ok(Some(Ok(bytes))) => {
                    if part.offset() + (waiting.len() + bytes.len()) as u64 > most {
                        came = Err(EvidenceError::Refused(Refusal::Larger));
                        waiting.clear();
                        true
                    } else {
                        waiting.extend_from_slice(&bytes);
                        false
                    }
                }
                Ok(Some(Err(_))) => {
                    came = Err(EvidenceError::BrokenOff);
                    true
                }
                Ok(None) | Err(_) => true,
            };
            if is_last || waiting.len() >= BUFFER {
                let plain = std::mem::take(&mut waiting);
                part = blocking(move || part.append(&plain).map(|()| part)).await?;
            }
            if is_last {
                break;
            }
        }
        part = blocking(move || part.sync().map(|()| part)).await?;
        Ok((part, came))
    }

    /// Takes a whole file at once, as forms without script send it. Its length need not be known.
    pub async fn receive_whole<S, E>(
        &self,
        basket: &Token,
        sender: Sender,
        name: &str,
        mut body: S,
    ) -> EvidenceResult<EvidenceFile>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let hash = basket.hash();
        let id = self.house.ids.secret();
        let most = self.limits().largest();
        let (path, key, folder) = (self.folder.part(id), self.part_key(id), self.folder.clone());
        let mut part = blocking(move || Part::create(&path, key).and_then(|part| folder.sync().map(|()| part))).await?;
        let mut came = Ok(());
        while let Some(next) = body.next().await {
            let Ok(bytes) = next else {
                came = Err(EvidenceError::BrokenOff);
                break;
            };
            if part.offset() + bytes.len() as u64 > most {
                came = Err(EvidenceError::Refused(Refusal::Larger));
                break;
            }
            part = blocking(move || part.append(&bytes).map(|()| part)).await?;
        }
        part = blocking(move || part.sync().map(|()| part)).await?;
        let size = part.offset();
        let added = match came.and_then(|()| Ok(self.check_size(name, size)?)) {
            Ok(()) => match self.admit(&hash, sender, size).await {
                Ok(()) => self.add(&hash, sender, name, (id, size, size, part.sealed())).await,
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        };
        if let Err(error) = added {
            self.delete_files(&[id]).await?;
            return Err(error);
        }
        let row = self.house.db.evidence_in(&hash, id).await?.ok_or(EvidenceError::NotFound)?;
        self.end(row, part).await?;
        self.look(basket, id).await
    }

    /// Cleans a whole upload. Goes on when the sender is gone.
    async fn end(&self, row: EvidenceRow, part: Part) -> EvidenceResult<()> {
        let house = self.clone();
        let ending = tokio::spawn(async move { house.end_alone(row, part).await });
        ending.await.map_err(io::Error::other)?
    }

    async fn end_alone(&self, row: EvidenceRow, part: Part) -> EvidenceResult<()> {
        let id = row.id;
        let turn = Arc::clone(&self.checks).acquire_owned().await.map_err(io::Error::other)?;
        let (folder, limits, key) = (self.folder.clone(), self.limits(), self.file_key(id));
        let pixels = u64::from(self.settings.image_megapixels) * 1_000_000;
        let cleaning = tokio::task::spawn_blocking(move || {
            let cleaned = clean::keep(&part, &folder, (id, key), &limits, pixels);
            drop(turn);
            // nobody else holds the upload until its row says how it ended
            (part, cleaned)
        });
        let (part, cleaned) = cleaning.await.map_err(io::Error::other)?;
        crate::fail::at("evidence-kept");
        let kept = match cleaned {
            Ok(kept) => Ok(kept),
            Err(CleanError::Refused(refusal)) => Err(refusal),
            Err(CleanError::Io(error)) => return Err(error.into()),
        };
        self.save_end(&row, kept).await?;
        crate::fail::at("evidence-ready");
        let folder = self.folder.clone();
        blocking(move || folder.delete_part(id)).await?;
        drop(part);
        Ok(())
    }

    async fn save_end(&self, row: &EvidenceRow, kept: Result<Kept, Refusal>) -> EvidenceResult<()> {
        let mut tx = self.house.db.begin().await?;
        let saved = match &kept {
            Ok(Kept { kind, bytes, sha256 }) => {
                let name = kept_name(&self.name(row)?, Some(*kind));
                let name = self.seal_name(row.id, &name)?;
                tx.end_evidence(row.id, &Ended::Ready { name: &name, kind: *kind, bytes: *bytes, sha256 }).await?
            }
            Err(refusal) => tx.end_evidence(row.id, &Ended::Refused(*refusal)).await?,
        };
        tx.commit().await?;
        // removed meanwhile
        if !saved {
            self.delete_files(&[row.id]).await?;
            return Err(EvidenceError::NotFound);
        }
        Ok(())
    }
}
