//! The way from one leaf to the signed root, as a browser checks it.

use std::{fs, path::Path};

use serde::Serialize;
use signed_note::Note;
use tlog_tiles::{Checkpoint, TileHashReader, prove_record};

use super::{Record, SealError, Source, disk::read_or_empty};
use crate::store::hex;

/// A record with its inclusion proof (RFC 9162 §2.1.3), the checkpoint it leads to and the public keys.
#[derive(Clone, Debug, Serialize)]
pub struct Proof {
    /// The record, without samples
    #[serde(flatten)]
    pub record: Record,
    /// Hashes beside the way from the leaf to the root, hexadecimal
    pub path: Vec<String>,
    /// The signed checkpoint
    pub checkpoint: String,
    /// Public keys, one a line
    pub keys: String,
    /// Public keys of the witnesses that the log accepts, one a line
    #[serde(skip_serializing_if = "String::is_empty")]
    pub witnesses: String,
}

/// Proves that a record is in the log of a folder.
///
/// # Errors
/// Where its leaf is not sealed yet, or the log's files can't be read.
pub fn prove(folder: &Path, record: Record) -> Result<Proof, SealError> {
    let checkpoint = fs::read_to_string(folder.join("checkpoint"))?;
    let keys = fs::read_to_string(folder.join("keys"))?;
    let witnesses = read_or_empty(&folder.join("witnesses"))?;
    let note = Note::from_bytes(checkpoint.as_bytes()).map_err(|_| SealError::Checkpoint)?;
    let head = Checkpoint::from_bytes(note.text()).map_err(|_| SealError::Checkpoint)?;
    if record.index >= head.size() {
        return Err(SealError::NotYet);
    }
    let source = Source::Folder(folder.to_owned());
    let path = prove_record(head.size(), record.index, &TileHashReader::new(head.size(), *head.hash(), &source))?;
    Ok(Proof { record, path: path.iter().map(|hash| hex(&hash.0)).collect(), checkpoint, keys, witnesses })
}
