//! Following a log: its checkpoint is signed when its tiles prove that it continues the last one.

use std::{cell::RefCell, io, path::PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use signed_note::Signature;
use tlog_tiles::{EMPTY_HASH, Error, Tile, TileHashReader, TileReader, check_tree, prove_tree, tree_hash};

use super::{Seen, Witness, WitnessError};
use crate::tlog::{
    Finding, Keyring, Source, SourceError, check,
    keyring::{NotOpened, Opened},
};

/// A cosignature older than this is given anew, though nothing was added: it says when the log was last looked at.
const RENEW: TimeDelta = TimeDelta::hours(24);
/// How often a checkpoint may be replaced while it is looked at.
const TRIES: usize = 3;

/// A log that only grew.
#[derive(Debug)]
pub struct Followed {
    /// Name of the log
    pub origin: String,
    /// Leaves
    pub size: u64,
    /// Leaves of the checkpoint signed before, if any
    pub before: Option<u64>,
    /// The cosignature; none where the checkpoint carries a fresh one
    pub signature: Option<Signature>,
}

/// Why a checkpoint is not signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not a signed note with a tree head.
    Unreadable,
    /// Not signed by a key that was given to the witness.
    NotSigned,
    /// Fewer leaves than were signed.
    Rewound {
        /// Leaves signed
        then: u64,
        /// Leaves now
        now: u64,
    },
    /// As many leaves as were signed, but others.
    Forked {
        /// Leaves
        size: u64,
    },
    /// The leaves signed are not the first ones of the present tree.
    Rewritten {
        /// Leaves signed
        then: u64,
        /// Leaves now
        now: u64,
    },
    /// The tiles don't make the root that is signed.
    Tiles,
    /// Reading everything found this.
    Audit(Vec<Finding>),
}

/// Why a log was not followed.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// The witness refuses to sign. Both checkpoints are kept in the folder.
    #[error("refused: {0:?}")]
    Refused(Refusal, Option<PathBuf>),
    /// The log can't be read now.
    #[error(transparent)]
    Unreachable(#[from] SourceError),
    /// The checkpoint was replaced again and again.
    #[error("the checkpoint never stood still")]
    Restless,
    /// The witness itself.
    #[error(transparent)]
    Witness(#[from] WitnessError),
    /// Evidence can't be kept.
    #[error("evidence can't be kept: {0}")]
    Evidence(#[from] io::Error),
}

/// Looks at a log and signs its checkpoint when it continues the one signed before. With `audit` every entry and every
/// tile is read, otherwise the few tiles that prove it. With `always` a fresh cosignature is given in any case.
pub fn follow(
    witness: &Witness,
    source: &Source,
    keys: &Keyring,
    (audit, always): (bool, bool),
    now: DateTime<Utc>,
) -> Result<Followed, FollowError> {
    for _ in 0..TRIES {
        let bytes = source.checkpoint()?;
        let refuse = |refusal, before: Option<&Seen>| -> Result<Followed, FollowError> {
            Err(FollowError::Refused(refusal, witness.keep_evidence(before, &bytes)?))
        };
        let opened = match keys.open_present(&bytes) {
            Ok(opened) => opened,
            Err(error) => {
                let refusal = if error == NotOpened::Unreadable { Refusal::Unreadable } else { Refusal::NotSigned };
                let claimed = String::from_utf8_lossy(&bytes).lines().next().unwrap_or_default().to_owned();
                return refuse(refusal, witness.seen(&claimed)?.as_ref());
            }
        };
        let before = witness.seen(opened.checkpoint.origin())?;
        match compare(&opened, before.as_ref(), source, keys) {
            Ok(()) => {}
            Err(Compared::Unreachable(error)) => return Err(error.into()),
            Err(Compared::Refused(refusal)) => return refuse(refusal, before.as_ref()),
        }
        if audit {
            let report = check(source, keys, before.as_ref().map(|before| before.bytes.as_slice()), None)?;
            let is_same =
                report.size == opened.checkpoint.size() && report.root == opened.checkpoint.hash().to_string();
            if report.findings.is_empty() && !is_same {
                continue;
            }
            if !report.findings.is_empty() {
                return refuse(Refusal::Audit(report.findings), before.as_ref());
            }
        }
        let followed = |signature| Followed {
            origin: opened.checkpoint.origin().to_owned(),
            size: opened.checkpoint.size(),
            before: before.as_ref().map(|before| before.size),
            signature,
        };
        if !always && before.as_ref().is_some_and(|before| before.size == opened.checkpoint.size()) {
            let own = opened.unknown.iter().filter_map(|signature| witness.public().time_of(signature, &opened.body));
            let oldest = u64::try_from((now - RENEW).timestamp()).unwrap_or_default();
            if own.max().is_some_and(|time| time >= oldest) {
                return Ok(followed(None));
            }
        }
        if let Some(signature) = witness.sign(&opened, &bytes, before.as_ref(), now)? {
            return Ok(followed(Some(signature)));
        }
    }
    Err(FollowError::Restless)
}

enum Compared {
    Refused(Refusal),
    Unreachable(SourceError),
}

/// Whether a checkpoint continues the one seen before, as its tiles prove.
fn compare(opened: &Opened, before: Option<&Seen>, source: &Source, keys: &Keyring) -> Result<(), Compared> {
    let refuse = |refusal| Err(Compared::Refused(refusal));
    let (size, root) = (opened.checkpoint.size(), *opened.checkpoint.hash());
    if let Some(before) = before {
        if size < before.size {
            return refuse(Refusal::Rewound { then: before.size, now: size });
        }
        if size == before.size && root != before.root {
            return refuse(Refusal::Forked { size });
        }
    }
    if size == 0 {
        return if root == EMPTY_HASH { Ok(()) } else { refuse(Refusal::Tiles) };
    }
    let tiles = Watched { source, failure: RefCell::new(None) };
    let reader = TileHashReader::new(size, root, &tiles);
    match before.filter(|before| before.size > 0) {
        // the tiles must be there, or nobody could check what is signed
        None => _ = tiles.judge(tree_hash(size, &reader))?,
        Some(before) => {
            let proof = tiles.judge(prove_tree(size, before.size, &reader))?;
            if check_tree(&proof, size, root, before.size, before.root).is_err() {
                return Err(blame(before, size, source, keys));
            }
        }
    }
    Ok(())
}

/// A proof fails where history was rewritten, and where a tile is damaged that the reader of tiles did not compare with
/// the root (`TileHashReader` of `tlog_tiles` 0.2 leaves some out). Before anybody is accused everything is read.
fn blame(before: &Seen, size: u64, source: &Source, keys: &Keyring) -> Compared {
    let rewritten = Finding::Rewritten { then: before.size };
    Compared::Refused(match check(source, keys, Some(&before.bytes), None) {
        Err(error @ SourceError::Failed(..)) => return Compared::Unreachable(error),
        Ok(report) if report.findings == [rewritten] => Refusal::Rewritten { then: before.size, now: size },
        Ok(report) if !report.findings.is_empty() => Refusal::Audit(report.findings),
        _ => Refusal::Tiles,
    })
}

/// A source that remembers why it failed.
struct Watched<'a> {
    source: &'a Source,
    failure: RefCell<Option<SourceError>>,
}

impl Watched<'_> {
    /// Tiles that can't be read for now, and tiles that are wrong or missing.
    fn judge<T>(&self, outcome: Result<T, Error>) -> Result<T, Compared> {
        outcome.map_err(|_| match self.failure.take() {
            Some(error @ SourceError::Failed(..)) => Compared::Unreachable(error),
            _ => Compared::Refused(Refusal::Tiles),
        })
    }
}

impl TileReader for Watched<'_> {
    fn height(&self) -> u8 {
        self.source.height()
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Error> {
        self.source.read_hashes_of(tiles).map_err(|error| {
            let text = error.to_string();
            self.failure.replace(Some(error));
            Error::InvalidInput(text)
        })
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}
