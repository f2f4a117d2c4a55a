//! Whether index and database say the same.

use std::{collections::HashMap, hash::BuildHasher};

use search::Index;
use serde::Serialize;

use super::{IndexError, sink::each_document};
use crate::store::Db;

/// What differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Documents that are public
    pub public: u64,
    /// Documents in the index
    pub indexed: u64,
    /// Public, but not in the index
    pub missing: u64,
    /// In the index, but not public
    pub surplus: u64,
    /// In both, with other content
    pub different: u64,
    /// Position of the feed
    pub feed_position: u64,
    /// Position of the index
    pub index_position: u64,
}

impl Comparison {
    /// Whether both agree.
    pub fn agrees(&self) -> bool {
        self.missing + self.surplus + self.different == 0 && self.feed_position == self.index_position
    }
}

/// Compares every document. Ids are kept as 64-bit hashes: a million take some 30 MB.
pub async fn compare(db: &Db, index: &Index) -> Result<Comparison, IndexError> {
    let hasher = std::hash::RandomState::new();
    let mut entries: HashMap<u64, u64> = HashMap::new();
    for (id, fingerprint) in index.entries()? {
        entries.insert(hasher.hash_one(&id), fingerprint);
    }
    let mut found = Comparison {
        indexed: entries.len() as u64,
        feed_position: db.feed_position().await?,
        index_position: index.position()?,
        ..Comparison::default()
    };
    each_document(db, |document| {
        found.public += 1;
        match entries.remove(&hasher.hash_one(&document.id)) {
            None => found.missing += 1,
            Some(fingerprint) if fingerprint != document.fingerprint() => found.different += 1,
            Some(_) => {}
        }
    })
    .await?;
    found.surplus = entries.len() as u64;
    Ok(found)
}
