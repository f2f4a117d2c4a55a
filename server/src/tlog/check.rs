//! Checking a log without trusting who keeps it.

use app::proof::unhex;
use serde::Serialize;
use signed_note::{Note, VerifierList};
use tlog_tiles::{Checkpoint, Hash, HashReader, stored_hash_index, stored_hashes, tree_hash};

use super::{HEIGHT, LeafEntry, Record, Source, SourceError, WIDTH, commitment, record::bundled, root_of_lines};

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "finding")]
pub enum Finding {
    /// The checkpoint is not a signed note with a tree head.
    CheckpointUnreadable,
    /// None of the known keys signed it, or a signature is wrong.
    CheckpointNotSigned,
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
    /// Names of those who signed the checkpoint, as far as their keys are known
    pub signed_by: Vec<String>,
    /// Leaves of the earlier checkpoint
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grown_from: Option<u64>,
    /// The leaf of the record
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<LeafEntry>,
    /// What is wrong; empty when everything holds
    pub findings: Vec<Finding>,
}

/// All hashes of a tree, by storage index.
struct Tree(Vec<Hash>);

impl Tree {
    /// The bytes of a tile; empty where the tree doesn't reach so far.
    fn tile(&self, level: u8, number: u64, width: u64) -> Vec<u8> {
        let indexes: Vec<u64> =
            (0..width).map(|place| stored_hash_index(HEIGHT * level, number * WIDTH + place)).collect();
        self.read_hashes(&indexes).unwrap_or_default().iter().flat_map(|hash| hash.0).collect()
    }
}

impl HashReader for Tree {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
        indexes
            .iter()
            .map(|index| usize::try_from(*index).ok().and_then(|index| self.0.get(index)).copied())
            .collect::<Option<_>>()
            .ok_or(tlog_tiles::Error::IndexesNotInTree)
    }
}

/// A verified checkpoint and the names of its signers.
fn open_checkpoint(bytes: &[u8], keys: &VerifierList) -> Result<(Checkpoint, Vec<String>), Finding> {
    let note = Note::from_bytes(bytes).map_err(|_| Finding::CheckpointUnreadable)?;
    let (known, _) = note.verify(keys).map_err(|_| Finding::CheckpointNotSigned)?;
    let checkpoint = Checkpoint::from_bytes(note.text()).map_err(|_| Finding::CheckpointUnreadable)?;
    // a key signs for the log of its own name; others may only add theirs
    if !known.iter().any(|signature| signature.name() == checkpoint.origin()) {
        return Err(Finding::CheckpointNotSigned);
    }
    Ok((checkpoint, known.iter().map(|signature| signature.name().to_owned()).collect()))
}

/// Reads the whole log and checks that its checkpoint is signed, that all entries lead to its root, that every tile
/// is what the entries make, that it continues an earlier checkpoint, and that a record is in it.
///
/// # Errors
/// Only where the log can't be reached; everything else is a finding.
pub fn check(
    source: &Source,
    keys: &VerifierList,
    earlier: Option<&[u8]>,
    record: Option<&Record>,
) -> Result<Report, SourceError> {
    let mut report = Report::default();
    let (checkpoint, signed_by) = match open_checkpoint(&source.get("checkpoint")?, keys) {
        Ok(found) => found,
        Err(finding) => {
            report.findings.push(finding);
            return Ok(report);
        }
    };
    checkpoint.origin().clone_into(&mut report.origin);
    report.size = checkpoint.size();
    report.root = checkpoint.hash().to_string();
    report.signed_by = signed_by;
    let Some(entries) = entries(source, report.size, &mut report.findings)? else { return Ok(report) };
    let tree = tree_of(&entries);
    if tree_hash(report.size, &tree).ok() != Some(*checkpoint.hash()) {
        report.findings.push(Finding::OtherRoot);
    }
    compare_tiles(source, report.size, &tree, &mut report.findings)?;
    compare_parts(source, &entries, &tree, &mut report.findings)?;
    if let Some(bytes) = earlier {
        match open_checkpoint(bytes, keys) {
            Ok((then, _)) if then.origin() == checkpoint.origin() => {
                report.grown_from = Some(then.size());
                if then.size() > report.size {
                    report.findings.push(Finding::Shrunk { then: then.size(), now: report.size });
                } else if tree_hash(then.size(), &tree).ok() != Some(*then.hash()) {
                    report.findings.push(Finding::Rewritten { then: then.size() });
                }
            }
            _ => report.findings.push(Finding::EarlierUnusable),
        }
    }
    if let Some(record) = record {
        check_record(record, &entries, &mut report);
    }
    Ok(report)
}

/// All entries, or `None` where some are missing or malformed.
fn entries(source: &Source, size: u64, findings: &mut Vec<Finding>) -> Result<Option<Vec<Vec<u8>>>, SourceError> {
    let mut all = Vec::new();
    for (number, width) in tiles(size) {
        let bytes = match source.tile("entries", number, width) {
            Ok(bytes) => bytes,
            Err(SourceError::Missing(path)) => {
                findings.push(Finding::Missing { path });
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let bundle = split_bundle(&bytes).filter(|bundle| bundle.len() as u64 >= width);
        let Some(mut bundle) = bundle else {
            findings.push(Finding::Damaged { path: super::source::tile_path("entries", number, width) });
            return Ok(None);
        };
        bundle.truncate(usize::try_from(width).unwrap_or(usize::MAX));
        all.extend(bundle);
    }
    Ok(Some(all))
}

/// Entries of a bundle: each with its length in two bytes before it.
fn split_bundle(mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry.to_vec());
        bytes = rest;
    }
    Some(entries)
}

/// Numbers and widths of the tiles of a level with so many hashes.
fn tiles(hashes: u64) -> impl Iterator<Item = (u64, u64)> {
    (0..hashes.div_ceil(WIDTH)).map(move |number| (number, (hashes - number * WIDTH).min(WIDTH)))
}

fn tree_of(entries: &[Vec<u8>]) -> Tree {
    let mut tree = Tree(Vec::with_capacity(entries.len() * 2));
    for (place, entry) in (0..).zip(entries) {
        // hashes below a place are in the tree by then
        let new = stored_hashes(place, entry, &tree).unwrap_or_default();
        tree.0.extend(new);
    }
    tree
}

/// Every tile of every level against what the entries make.
fn compare_tiles(source: &Source, size: u64, tree: &Tree, findings: &mut Vec<Finding>) -> Result<(), SourceError> {
    let mut level: u8 = 0;
    while size >> (HEIGHT * level) > 0 {
        for (number, width) in tiles(size >> (HEIGHT * level)) {
            let path = super::source::tile_path(&level.to_string(), number, width);
            let found = match source.tile(&level.to_string(), number, width) {
                Ok(found) => found,
                Err(SourceError::Missing(_)) => {
                    findings.push(Finding::Missing { path });
                    continue;
                }
                Err(error) => return Err(error),
            };
            let expected = tree.tile(level, number, width);
            if !found.starts_with(&expected) || expected.is_empty() {
                findings.push(Finding::Damaged { path });
            }
        }
        level += 1;
    }
    Ok(())
}

/// The parts of tiles that earlier checkpoints left beside the present ones.
fn compare_parts(
    source: &Source,
    entries: &[Vec<u8>],
    tree: &Tree,
    findings: &mut Vec<Finding>,
) -> Result<(), SourceError> {
    let size = entries.len() as u64;
    let mut compare = |level: &str, number: u64, expected: &dyn Fn(u64) -> Vec<u8>| {
        for width in source.parts(level, number) {
            let path = super::source::tile_path(level, number, width);
            if source.get(&path)? != expected(width) {
                findings.push(Finding::Damaged { path });
            }
        }
        Ok(())
    };
    let bundles = size / WIDTH;
    compare("entries", bundles, &|width| {
        let first = usize::try_from(bundles * WIDTH).unwrap_or(usize::MAX);
        let bundle = entries.iter().skip(first).take(usize::try_from(width).unwrap_or(usize::MAX));
        bundle.flat_map(|entry| bundled(entry)).collect()
    })?;
    let mut level: u8 = 0;
    while size >> (HEIGHT * level) > 0 {
        let number = (size >> (HEIGHT * level)) / WIDTH;
        compare(&level.to_string(), number, &|width| tree.tile(level, number, width))?;
        level += 1;
    }
    Ok(())
}

fn check_record(record: &Record, entries: &[Vec<u8>], report: &mut Report) {
    let place = usize::try_from(record.index).unwrap_or(usize::MAX);
    let leaf = serde_json::from_str::<LeafEntry>(&record.entry).ok();
    let (Some(leaf), true) = (leaf, entries.get(place).is_some_and(|entry| entry == record.entry.as_bytes())) else {
        report.findings.push(Finding::RecordNotInLog);
        return;
    };
    if let (Some(salt), Some(content)) = (&record.salt, &record.content) {
        let committed = unhex(salt).map(|salt| commitment(&salt, content));
        if committed.is_none() || committed != leaf.commitment {
            report.findings.push(Finding::RecordOtherContent);
        }
        let named = serde_json::from_str::<serde_json::Value>(content).ok();
        let named = named.as_ref().and_then(|content| content["samples"]["root"].as_str());
        let is_same = match (&record.lines, named) {
            (Some(lines), Some(root)) => root_of_lines(lines.iter().map(String::as_str)) == root,
            (None, _) => true,
            (Some(_), None) => false,
        };
        if !is_same {
            report.findings.push(Finding::RecordOtherSamples);
        }
    } else if record.salt.is_some() || record.content.is_some() || record.lines.is_some() {
        report.findings.push(Finding::RecordOtherContent);
    }
    report.record = Some(leaf);
}
