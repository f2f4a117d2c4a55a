//! Inclusion proofs as a browser checks them (RFC 9162 §2.1, C2SP tlog-checkpoint and signed-note). Pure; compiled for
//! the server too, where it is tested.

use sha2::{Digest, Sha256};

/// A SHA-256.
pub type Hash = [u8; 32];

/// A line of a log's file of keys: those below it no longer sign, and serve for older checkpoints only.
pub const RETIRED: &str = "# retired";

/// SHA-256 over salt and content: what a leaf commits to.
#[must_use]
pub fn commitment(salt: &[u8], content: &[u8]) -> Hash {
    Sha256::new().chain_update(salt).chain_update(content).finalize().into()
}

/// Hash of a leaf.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root that a leaf and its path lead to (RFC 9162 §2.1.3.2); `None` for a path of a wrong length.
#[must_use]
pub fn root_of(index: u64, size: u64, leaf: Hash, path: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut place, mut last, mut hash) = (index, size - 1, leaf);
    for sibling in path {
        if last == 0 {
            return None;
        }
        if place & 1 == 1 || place == last {
            hash = node_hash(sibling, &hash);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

/// A checkpoint taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint<'a> {
    /// Name of the log
    pub origin: &'a str,
    /// Leaves
    pub size: u64,
    /// Root, base64
    pub root: &'a str,
    /// What was signed
    pub text: &'a str,
    /// Lines of signatures
    pub signatures: &'a str,
}

impl<'a> Checkpoint<'a> {
    /// Reads a signed checkpoint; its signatures are not checked.
    #[must_use]
    pub fn read(note: &'a str) -> Option<Self> {
        let split = note.find("\n\n")?;
        let (text, signatures) = (&note[..=split], &note[split + 2..]);
        let mut lines = text.lines();
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        Some(Self { origin, size: size.parse().ok()?, root, text, signatures })
    }

    /// Names and coded signatures: base64 of the key's id (4 bytes) and the signature (64 bytes).
    pub fn signed_by(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.signatures.lines().filter_map(|line| line.strip_prefix("— ")?.split_once(' '))
    }
}

/// What a witness signs of a checkpoint (C2SP tlog-cosignature, Ed25519): the time in seconds, then its text.
#[must_use]
pub fn cosigned(time: u64, text: &[u8]) -> Vec<u8> {
    [format!("cosignature/v1\ntime {time}\n").as_bytes(), text].concat()
}

/// Id of a key (C2SP signed-note): of its name, its type and itself.
#[must_use]
pub fn key_id(name: &str, key: &[u8]) -> [u8; 4] {
    let hash: Hash = Sha256::new().chain_update(name).chain_update("\n").chain_update(key).finalize().into();
    [hash[0], hash[1], hash[2], hash[3]]
}

/// The Ed25519 signature in a line of a signed note, and the message that it must fit; `None` where the line is not of
/// this key. `key` begins with its type: 1 signs the text, 4 is a witness's.
#[must_use]
pub fn signed_message<'a>(name: &str, key: &[u8], coded: &'a [u8], text: &str) -> Option<(&'a [u8], Vec<u8>)> {
    let rest = coded.strip_prefix(&key_id(name, key))?;
    match key.first()? {
        1 => Some((rest, text.as_bytes().to_vec())),
        4 => {
            let (time, signature) = rest.split_first_chunk::<8>()?;
            Some((signature, cosigned(u64::from_be_bytes(*time), text.as_bytes())))
        }
        _ => None,
    }
}

/// Reads hexadecimal digits.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn root(leaves: &[Hash]) -> Hash {
        if let [leaf] = leaves {
            return *leaf;
        }
        let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
        node_hash(&root(left), &root(right))
    }

    /// RFC 6962 §2.1.1, as written there.
    fn path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
        if leaves.len() == 1 {
            return Vec::new();
        }
        let split = leaves.len().next_power_of_two() / 2;
        let (left, right) = leaves.split_at(split);
        let (mut below, other) =
            if index < split { (path(index, left), root(right)) } else { (path(index - split, right), root(left)) };
        below.push(other);
        below
    }

    proptest! {
        #[test]
        fn a_path_leads_to_its_root_and_to_no_other(size in 1usize..200, pick in 0usize..200, flip in 0usize..200) {
            let leaves: Vec<Hash> = (0..size).map(|number| leaf_hash(&number.to_be_bytes())).collect();
            let (index, whole) = (pick % size, root(&leaves));
            let mut proof = path(index, &leaves);
            let (at, of) = (index as u64, size as u64);
            prop_assert_eq!(root_of(at, of, leaves[index], &proof), Some(whole));
            prop_assert_ne!(root_of(at, of, leaf_hash(b"other"), &proof), Some(whole));
            prop_assert_ne!(root_of(at + 1, of, leaves[index], &proof), Some(whole));
            if !proof.is_empty() {
                let place = flip % proof.len();
                proof[place][flip % 32] ^= 1;
                prop_assert_ne!(root_of(at, of, leaves[index], &proof), Some(whole));
                proof.pop();
                prop_assert_eq!(root_of(at, of, leaves[index], &proof).filter(|found| *found == whole), None);
            }
        }
    }

    #[test]
    fn what_a_line_signs_is_told_by_the_type_of_its_key() {
        let (log, witness, later) =
            ([&[1], &[7; 32][..]].concat(), [&[4], &[7; 32][..]].concat(), [&[6], &[7; 32][..]].concat());
        let line = |key: &[u8], rest: &[u8]| [&key_id("w", key)[..], rest].concat();
        let (plain, timed) = (line(&log, b"sig"), line(&witness, b"\0\0\0\0\0\0\x01\x02sig"));
        assert_eq!(signed_message("w", &log, &plain, "text\n"), Some((&b"sig"[..], b"text\n".to_vec())));
        let message = b"cosignature/v1\ntime 258\ntext\n".to_vec();
        assert_eq!(signed_message("w", &witness, &timed, "text\n"), Some((&b"sig"[..], message)));
        for (name, key, coded) in
            [("v", &log, &plain), ("w", &witness, &plain), ("w", &log, &timed), ("w", &later, &plain)]
        {
            assert_eq!(signed_message(name, key, coded, "text\n"), None);
        }
        assert_eq!(signed_message("w", &witness, &line(&witness, b"short"), ""), None);
        assert_eq!(signed_message("w", &[], b"", ""), None);
    }

    #[test]
    fn checkpoints_are_read() {
        let note = "example.cn/log\n3\nAAAA\n\n— example.cn/log c2ln\n— witness d2l0\n";
        let read = Checkpoint::read(note).unwrap();
        assert_eq!(
            (read.origin, read.size, read.root, read.text),
            ("example.cn/log", 3, "AAAA", "example.cn/log\n3\nAAAA\n")
        );
        assert_eq!(read.signed_by().collect::<Vec<_>>(), [("example.cn/log", "c2ln"), ("witness", "d2l0")]);
        assert_eq!(Checkpoint::read("nothing"), None);
        assert_eq!((unhex("00ff"), unhex("0"), unhex("zz")), (Some(vec![0, 255]), None, None));
    }
}
