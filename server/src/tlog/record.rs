//! A leaf, and the record that it commits to.

use std::io::{self, Read, Write};

use app::proof;
use chrono::{DateTime, Utc};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use tlog_tiles::{EMPTY_HASH, Hash, node_hash, record_hash};
use uuid::Uuid;

use crate::store::hex;

/// A leaf as it stands in the log: one line of JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeafEntry {
    /// publish, correct, withdraw or remove
    pub act: String,
    /// Kind of publication
    pub kind: String,
    /// The publication
    pub id: Uuid,
    /// Its revision, from 1
    pub revision: i32,
    /// When
    pub at: DateTime<Utc>,
    /// [`commitment`] to the content, hexadecimal; acts without content have none
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
}

/// What anybody can download of a publication, and check against the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Place of the leaf, from 0
    pub index: u64,
    /// The leaf as it stands in the log
    pub entry: String,
    /// 32 random bytes, hexadecimal
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// What was published: JSON, byte for byte what the commitment was made of
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The samples of a bulletin, or the entries of a register, one line of JSON each; `content` names their root
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<String>>,
}

/// SHA-256 over salt and content, hexadecimal. With 32 random bytes as salt it says nothing of a content that nobody
/// has any more.
#[must_use]
pub fn commitment(salt: &[u8], content: &str) -> String {
    hex(&proof::commitment(salt, content.as_bytes()))
}

/// An entry as it stands in a bundle (C2SP tlog-tiles): its length in two bytes, then itself. Entries are a few
/// hundred bytes.
pub(super) fn bundled(entry: &[u8]) -> impl Iterator<Item = u8> {
    let length = u16::try_from(entry.len()).unwrap_or(u16::MAX);
    length.to_be_bytes().into_iter().chain(entry.iter().copied())
}

/// Root of the Merkle tree (RFC 6962 §2.1) over lines, hexadecimal.
#[must_use]
pub fn root_of_lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    let leaves: Vec<Hash> = lines.into_iter().map(|line| record_hash(line.as_bytes())).collect();
    hex(&root(&leaves).0)
}

fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => EMPTY_HASH,
        [leaf] => *leaf,
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            node_hash(root(&leaves[..split]), root(&leaves[split..]))
        }
    }
}

/// Lines as they are stored: gzip.
pub fn pack<'a>(lines: impl IntoIterator<Item = &'a str>) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    for line in lines {
        packed.write_all(line.as_bytes())?;
        packed.write_all(b"\n")?;
    }
    packed.finish()
}

/// Reads [`pack`].
pub fn unpack(packed: &[u8]) -> io::Result<Vec<String>> {
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text)?;
    Ok(text.lines().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_those_of_rfc_6962() {
        // test vectors of the certificate-transparency reference implementation
        assert_eq!(root_of_lines([]), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(root_of_lines([""]), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        let three = ["", "\0", "\u{10}"];
        assert_eq!(root_of_lines(three), "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
    }

    #[test]
    fn lines_come_back() {
        let lines = ["{\"a\":\"一\"}", "{}"];
        assert_eq!(unpack(&pack(lines).unwrap()).unwrap(), lines);
    }
}
