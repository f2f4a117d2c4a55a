//! Entries and tiles: whether the one make the other.

use tlog_tiles::{HASH_SIZE, Hash, HashReader, stored_hash_index, stored_hashes};

use super::Finding;
use crate::tlog::{HEIGHT, Source, SourceError, WIDTH, record::bundled, source::tile_path};

/// All hashes of a tree, by storage index.
pub(super) struct Tree(Vec<Hash>);

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

/// All entries, or `None` where some are missing or malformed.
pub(super) fn entries(
    source: &Source,
    size: u64,
    findings: &mut Vec<Finding>,
) -> Result<Option<Vec<Vec<u8>>>, SourceError> {
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
        let bundle = split_bundle(&bytes).filter(|bundle| is_whole(bundle.len() as u64, width));
        let Some(mut bundle) = bundle else {
            findings.push(Finding::Damaged { path: tile_path("entries", number, width) });
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

/// Whether so much is what was asked for: the part, or the full tile that took its place.
fn is_whole(found: u64, width: u64) -> bool {
    found == width || found == WIDTH
}

/// Numbers and widths of the tiles of a level with so many hashes.
fn tiles(hashes: u64) -> impl Iterator<Item = (u64, u64)> {
    (0..hashes.div_ceil(WIDTH)).map(move |number| (number, (hashes - number * WIDTH).min(WIDTH)))
}

/// The tree that entries make.
pub(super) fn tree_of(entries: &[Vec<u8>]) -> Tree {
    let mut tree = Tree(Vec::with_capacity(entries.len() * 2));
    for (place, entry) in (0..).zip(entries) {
        // hashes below a place are in the tree by then
        let new = stored_hashes(place, entry, &tree).unwrap_or_default();
        tree.0.extend(new);
    }
    tree
}

/// Every tile of every level against what the entries make.
pub(super) fn compare(source: &Source, size: u64, tree: &Tree, findings: &mut Vec<Finding>) -> Result<(), SourceError> {
    let mut level: u8 = 0;
    while size >> (HEIGHT * level) > 0 {
        for (number, width) in tiles(size >> (HEIGHT * level)) {
            let path = tile_path(&level.to_string(), number, width);
            let found = match source.tile(&level.to_string(), number, width) {
                Ok(found) => found,
                Err(SourceError::Missing(_)) => {
                    findings.push(Finding::Missing { path });
                    continue;
                }
                Err(error) => return Err(error),
            };
            let expected = tree.tile(level, number, width);
            let (hashes, rest) = found.as_chunks::<HASH_SIZE>();
            if !is_whole(hashes.len() as u64, width)
                || !rest.is_empty()
                || !found.starts_with(&expected)
                || expected.is_empty()
            {
                findings.push(Finding::Damaged { path });
            }
        }
        level += 1;
    }
    Ok(())
}

/// The parts of tiles that earlier checkpoints left beside the present ones.
pub(super) fn compare_parts(
    source: &Source,
    entries: &[Vec<u8>],
    tree: &Tree,
    findings: &mut Vec<Finding>,
) -> Result<(), SourceError> {
    let size = entries.len() as u64;
    let mut compare = |level: &str, number: u64, expected: &dyn Fn(u64) -> Vec<u8>| {
        for width in source.parts(level, number) {
            let path = tile_path(level, number, width);
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
