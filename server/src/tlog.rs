//! The public log (公开日志): each public act is a leaf of an append-only Merkle tree (RFC 6962) in the layout of C2SP
//! `tlog-tiles`, with checkpoints signed as C2SP `signed-note`s.
//!
//! A leaf is written in the transaction of its act ([`crate::store`]); [`PublicLog::seal`] follows: it writes tiles and
//! then, as the last step, the checkpoint. What is below `log/` can be made again from the leaves at any time; a
//! checkpoint that the leaves don't lead to is never overwritten.

mod check;
mod keys;
mod proof;
mod record;
mod seal;
mod source;

pub use check::{Finding, Report, check};
pub use keys::{KeyError, Keys, public_keys};
pub use proof::{Proof, prove};
pub use record::{LeafEntry, Record, commitment, pack, root_of_lines, unpack};
pub use seal::{PublicLog, SealError};
pub use source::{Source, SourceError};

/// Height of tiles: 256 hashes (C2SP tlog-tiles).
pub const HEIGHT: u8 = 8;
/// Hashes of a full tile.
pub const WIDTH: u64 = 1 << HEIGHT;
