//! The index on disk and its readers.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use tantivy::{IndexReader, ReloadPolicy, Searcher, directory::MmapDirectory, index::SegmentId};

use crate::{
    Error, Writer,
    analyse::tokenizers,
    combos::{SegmentCombos, Values},
    schema::{self, Fields},
};

/// Says by which version of this crate an index was made.
const MADE_BY: &str = "made-by.json";
/// Blocks of stored documents kept unpacked.
const STORE_BLOCKS: usize = 200;

#[derive(Serialize, Deserialize)]
struct MadeBy {
    version: u32,
}

/// An index. Cloning shares it.
#[derive(Clone)]
pub struct Index {
    pub(crate) inner: tantivy::Index,
    pub(crate) fields: Fields,
    reader: IndexReader,
    pub(crate) values: Arc<Values>,
    combos: Arc<Mutex<HashMap<SegmentId, Arc<SegmentCombos>>>>,
}

/// One state of the index: what one search sees.
pub(crate) struct Snapshot {
    pub searcher: Searcher,
    /// One entry a segment
    pub combos: Vec<Arc<SegmentCombos>>,
}

impl Index {
    /// Opens the index in a folder, or makes an empty one.
    ///
    /// # Errors
    /// [`Error::Corrupt`] and [`Error::Schema`]: build it anew.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder)?;
        let made_by = folder.join(MADE_BY);
        let (schema, fields) = schema::schema();
        let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
        let exists = tantivy::Index::exists(&directory).map_err(|error| Error::Corrupt(error.to_string()))?;
        let inner = if exists {
            let text = std::fs::read(&made_by).unwrap_or_default();
            let version =
                serde_json::from_slice::<MadeBy>(&text).map_err(|error| Error::Schema(error.to_string()))?.version;
            if version != schema::VERSION {
                return Err(Error::Schema(version.to_string()));
            }
            let index = tantivy::Index::open(directory)?;
            if index.schema() != schema {
                return Err(Error::Schema("other fields".into()));
            }
            index
        } else {
            let version = serde_json::to_vec(&MadeBy { version: schema::VERSION }).unwrap_or_default();
            std::fs::write(&made_by, version)?;
            tantivy::Index::create(directory, schema, tantivy::IndexSettings::default())?
        };
        Self::with(inner, fields)
    }

    fn with(mut inner: tantivy::Index, fields: Fields) -> Result<Self, Error> {
        inner.set_tokenizers(tokenizers());
        let reader = inner
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(STORE_BLOCKS)
            .try_into()?;
        let index =
            Self { inner, fields, reader, values: Arc::default(), combos: Arc::new(Mutex::new(HashMap::new())) };
        index.warm()?;
        Ok(index)
    }

    /// The right to write, with so many bytes of memory.
    ///
    /// # Errors
    /// [`Error::Locked`] while another writer lives, in this process or another.
    pub fn writer(&self, heap_bytes: usize) -> Result<Writer, Error> {
        Writer::new(self.clone(), heap_bytes)
    }

    /// The position that the last visible commit carries, 0 when there is none.
    pub fn position(&self) -> Result<u64, Error> {
        let payload = self.inner.load_metas()?.payload;
        Ok(payload.and_then(|payload| payload.parse().ok()).unwrap_or(0))
    }

    /// Sees commits, of other processes too.
    pub fn reload(&self) -> Result<(), Error> {
        let known: Vec<SegmentId> =
            self.searcher().segment_readers().iter().map(tantivy::SegmentReader::segment_id).collect();
        let deleted: u32 = self.searcher().segment_readers().iter().map(tantivy::SegmentReader::num_deleted_docs).sum();
        let metas = self.inner.searchable_segment_metas()?;
        let same = metas.len() == known.len()
            && metas.iter().all(|meta| known.contains(&meta.id()))
            && metas.iter().map(tantivy::SegmentMeta::num_deleted_docs).sum::<u32>() == deleted;
        if same {
            return Ok(());
        }
        self.reader.reload()?;
        self.warm()
    }

    /// Fills what is kept for each segment, so that no search has to.
    pub fn warm(&self) -> Result<(), Error> {
        let snapshot = self.snapshot()?;
        for (segment, combos) in snapshot.searcher.segment_readers().iter().zip(&snapshot.combos) {
            combos.all_counts(segment)?;
            combos.spots(segment)?;
            let fast = segment.fast_fields();
            combos.newest(&fast.i64("date")?, &fast.u64("key")?, segment.max_doc());
        }
        Ok(())
    }

    /// Documents that can be found.
    pub fn len(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// Whether nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Id and fingerprint of every document.
    pub fn entries(&self) -> Result<Vec<(String, u64)>, Error> {
        let searcher = self.searcher();
        let mut entries = Vec::new();
        for segment in searcher.segment_readers() {
            let fingerprints = segment.fast_fields().u64("fingerprint")?;
            let ids = segment.inverted_index(self.fields.id)?;
            let mut terms = ids.terms().stream()?;
            while let Some((id, info)) = terms.next() {
                let mut postings = ids.read_postings_from_terminfo(info, tantivy::schema::IndexRecordOption::Basic)?;
                let mut doc = tantivy::DocSet::doc(&postings);
                while doc != tantivy::TERMINATED {
                    if !segment.is_deleted(doc) {
                        let id = String::from_utf8_lossy(id).into_owned();
                        entries.push((id, fingerprints.first(doc).unwrap_or(0)));
                    }
                    doc = tantivy::DocSet::advance(&mut postings);
                }
            }
        }
        Ok(entries)
    }

    /// Reads every file and compares checksums: seconds for a large index.
    ///
    /// # Errors
    /// [`Error::Corrupt`] with the names of damaged files.
    pub fn validate(&self) -> Result<(), Error> {
        let damaged = self.inner.validate_checksum()?;
        if damaged.is_empty() { Ok(()) } else { Err(Error::Corrupt(format!("{damaged:?}"))) }
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// The present state with the combinations of its segments.
    pub(crate) fn snapshot(&self) -> Result<Snapshot, Error> {
        let searcher = self.searcher();
        let mut known = self.combos.lock().unwrap_or_else(PoisonError::into_inner);
        let mut combos = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let id = segment.segment_id();
            if let Some(found) = known.get(&id) {
                combos.push(Arc::clone(found));
                continue;
            }
            let loaded = Arc::new(SegmentCombos::load(segment, &self.values)?);
            known.insert(id, Arc::clone(&loaded));
            combos.push(loaded);
        }
        if known.len() > 2 * combos.len() + 8 {
            let live: Vec<SegmentId> =
                searcher.segment_readers().iter().map(tantivy::SegmentReader::segment_id).collect();
            known.retain(|id, _| live.contains(id));
        }
        Ok(Snapshot { searcher, combos })
    }
}
