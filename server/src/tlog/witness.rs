//! A witness: remembers of each log the last checkpoint that it signed, and signs only what continues it.
//!
//! Its folder holds `witness.key` (0600), `seen/<hash of the log's name>` with the last checkpoint of each log, and
//! `evidence/` with both checkpoints of every log that it refused.

mod add;
mod follow;

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use rand_core::OsRng;
use signed_note::{Signature, generate_key};
use tlog_tiles::{Checkpoint, Hash};

pub use add::{Answer, REQUEST_BYTES, add_checkpoint};
pub use follow::{FollowError, Followed, Refusal, follow};

use super::{
    WitnessKey, WitnessSigner,
    cosignatures::take_apart,
    disk::{write_private, write_whole},
    keyring::Opened,
    keys::private_half,
};
use crate::files::sha256;

/// Folders of evidence at most: who runs a log must not be able to fill the witness's disk.
const MOST_EVIDENCE: usize = 100;

/// A witness and its folder.
pub struct Witness {
    folder: PathBuf,
    signer: WitnessSigner,
}

/// The last checkpoint signed of a log.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Leaves
    pub size: u64,
    /// Root
    pub root: Hash,
    bytes: Vec<u8>,
}

/// Why a witness can't work.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// Its folder.
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    /// Its key file holds no key.
    #[error("{0}: not a signed-note key")]
    Key(PathBuf),
    /// A name that a signed note can't carry.
    #[error("{0:?} can't be the name of a witness: no spaces, no plus sign")]
    Name(String),
    /// What it remembers is damaged: without it nothing must be signed.
    #[error("{0}: not a checkpoint of this log")]
    Memory(PathBuf),
    /// Signing.
    #[error(transparent)]
    Sign(#[from] signed_note::NoteError),
}

impl Witness {
    /// Opens a witness's folder; a new one gets a key of this name.
    pub fn open(folder: &Path, name: &str) -> Result<Self, WitnessError> {
        let file = folder.join("witness.key");
        let failed = |error| WitnessError::File(file.clone(), error);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if !signed_note::is_key_name_valid(name) {
                    return Err(WitnessError::Name(name.to_owned()));
                }
                fs::create_dir_all(folder).map_err(failed)?;
                let text = generate_key(&mut OsRng, name).0 + "\n";
                write_private(&file, text.as_bytes()).map_err(failed)?;
                text
            }
            Err(error) => return Err(failed(error)),
        };
        let (name, key) = private_half(text.trim()).ok_or(WitnessError::Key(file))?;
        Ok(Self { folder: folder.to_owned(), signer: WitnessSigner::new(name, key) })
    }

    /// Its public key.
    #[must_use]
    pub fn public(&self) -> WitnessKey {
        self.signer.public()
    }

    /// The last checkpoint that it signed of a log.
    pub fn seen(&self, origin: &str) -> Result<Option<Seen>, WitnessError> {
        let path = self.memory(origin);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(WitnessError::File(path, error)),
        };
        let head = take_apart(&bytes).and_then(|(body, _)| Checkpoint::from_bytes(&body).ok());
        let head = head.filter(|head| head.origin() == origin).ok_or(WitnessError::Memory(path))?;
        Ok(Some(Seen { size: head.size(), root: *head.hash(), bytes }))
    }

    /// Remembers a checkpoint that was found to continue `before`, and only then signs it. `None` where something else
    /// was signed meanwhile: then everything must be looked at again.
    pub(super) fn sign(
        &self,
        opened: &Opened,
        bytes: &[u8],
        before: Option<&Seen>,
        now: DateTime<Utc>,
    ) -> Result<Option<Signature>, WitnessError> {
        let path = self.memory(opened.checkpoint.origin());
        let failed = |error| WitnessError::File(path.clone(), error);
        let _lock = self.lock()?;
        if self.seen(opened.checkpoint.origin())?.as_ref() != before {
            return Ok(None);
        }
        if before.is_none_or(|before| before.bytes != bytes) {
            write_whole(&path, bytes).map_err(failed)?;
        }
        let time = u64::try_from(now.timestamp()).unwrap_or_default();
        Ok(Some(self.signer.cosign(&opened.body, time)?))
    }

    /// Keeps a checkpoint that was refused beside the one it contradicts; gives their folder. The same twice is once.
    fn keep_evidence(&self, before: Option<&Seen>, found: &[u8]) -> io::Result<Option<PathBuf>> {
        let all = self.folder.join("evidence");
        let folder = all.join(&sha256(&[before.map_or(&[][..], |before| &before.bytes), found].concat())[..16]);
        if folder.join("found").exists() {
            return Ok(Some(folder));
        }
        fs::create_dir_all(&all)?;
        if fs::read_dir(&all)?.count() >= MOST_EVIDENCE {
            return Ok(None);
        }
        fs::create_dir_all(&folder)?;
        if let Some(before) = before {
            write_whole(&folder.join("kept"), &before.bytes)?;
        }
        write_whole(&folder.join("found"), found)?;
        Ok(Some(folder))
    }

    fn memory(&self, origin: &str) -> PathBuf {
        self.folder.join("seen").join(sha256(origin.as_bytes()))
    }

    fn lock(&self) -> Result<File, WitnessError> {
        let path = self.folder.join("lock");
        let locked = || {
            fs::create_dir_all(self.folder.join("seen"))?;
            let file = File::create(&path)?;
            file.lock()?;
            Ok(file)
        };
        locked().map_err(|error| WitnessError::File(path.clone(), error))
    }
}
