//! What a check found.

use serde::Serialize;

use crate::tlog::{LeafEntry, Signed};

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "finding")]
pub enum Finding {
    /// The checkpoint is not a signed note with a tree head.
    CheckpointUnreadable,
    /// None of the known keys signed it, or a signature is wrong.
    CheckpointNotSigned,
    /// Only keys that no longer sign have signed the present checkpoint.
    SignedByRetiredKey,
    /// The signature in the name of a known witness is not its own.
    NotWitnessed {
        /// The witness
        name: String,
    },
    /// Fewer known witnesses than were asked for signed the checkpoint.
    TooFewWitnesses {
        /// Asked for
        wanted: usize,
        /// Different witnesses found
        found: usize,
    },
    /// A part of the log that the checkpoint promises isn't there.
    Missing {
        /// Its path
        path: String,
    },
    /// A tile or bundle differs from what the leaves make.
    Damaged {
        /// Its path
        path: String,
    },
    /// The leaves don't lead to the root of the checkpoint: one was changed, dropped or added.
    OtherRoot,
    /// The log is shorter than it was.
    Shrunk {
        /// Leaves then
        then: u64,
        /// Leaves now
        now: u64,
    },
    /// The log is not a continuation of what it was.
    Rewritten {
        /// Leaves then
        then: u64,
    },
    /// The earlier checkpoint is of another log, unreadable or not signed.
    EarlierUnusable,
    /// The record's leaf is not at its place in the log.
    RecordNotInLog,
    /// The record's content is not what its leaf commits to.
    RecordOtherContent,
    /// The samples of the record are not those that its content names.
    RecordOtherSamples,
}

/// What was checked, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Name of the log
    pub origin: String,
    /// Leaves
    pub size: u64,
    /// Root of the tree, base64
    pub root: String,
    /// Signatures of the log's known keys
    pub signed_by: Vec<Signed>,
    /// Signatures of known witnesses
    pub witnessed_by: Vec<Signed>,
    /// How many different witnesses they are
    pub witnesses: usize,
    /// Signatures of unknown keys, which prove nothing
    pub unknown: Vec<Signed>,
    /// Leaves of the earlier checkpoint
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grown_from: Option<u64>,
    /// Signatures of the log's keys on the earlier checkpoint
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier_signed_by: Vec<Signed>,
    /// The leaf of the record
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<LeafEntry>,
    /// The record brought its content, and it is what the leaf commits to
    pub content_proved: bool,
    /// Later acts on the same publication
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<LeafEntry>,
    /// What is wrong; empty when everything holds
    pub findings: Vec<Finding>,
}
