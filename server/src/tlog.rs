//! The public log (公开日志): each public act is a leaf of an append-only Merkle tree (RFC 6962) in the layout of C2SP
//! `tlog-tiles`, with checkpoints signed as C2SP `signed-note`s.
//!
//! A leaf is written in the transaction of its act ([`crate::store`]); [`PublicLog::seal`] follows: it writes tiles and
//! then, as the last step, the checkpoint. What is below `log/` can be made again from the leaves at any time; a
//! checkpoint that the leaves don't lead to is never overwritten.
//!
//! A [`Witness`] runs beside it, elsewhere: it signs checkpoints that continue what it signed before (C2SP
//! tlog-cosignature, tlog-witness). [`Cosignatures`] puts that into the checkpoint.

mod check;
mod cosign;
mod cosignatures;
mod disk;
mod keyring;
mod keys;
mod proof;
mod record;
mod seal;
mod source;
mod witness;

pub use check::{Finding, Report, check};
pub use cosign::{WitnessKey, WitnessSigner};
pub use cosignatures::{COSIGNATURE_BYTES, CosignError, Cosignatures, MOST_WITNESSES};
pub use keyring::{Keyring, NotOpened, Opened, Signed, witness_keys};
pub use keys::{KeyError, Keys};
pub use proof::{Proof, prove};
pub use record::{LeafEntry, Record, commitment, pack, root_of_lines, unpack};
pub use seal::{PublicLog, SealError};
pub use source::{Source, SourceError};
pub use witness::{
    Answer, FollowError, Followed, REQUEST_BYTES, Refusal, Seen, Witness, WitnessError, add_checkpoint, follow,
};

/// Height of tiles: 256 hashes (C2SP tlog-tiles).
pub const HEIGHT: u8 = 8;
/// Hashes of a full tile.
pub const WIDTH: u64 = 1 << HEIGHT;
