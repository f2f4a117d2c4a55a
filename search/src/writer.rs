//! Writing: delete, add, commit with the position that the index then stands for.

use std::{collections::HashMap, sync::Arc};

use tantivy::{IndexWriter, TantivyDocument, Term};

use crate::{Document, Error, Index, combos::combination, suggest};

/// Below this, tantivy refuses.
const LEAST_HEAP: usize = 15_000_000;
/// Memory from which two threads write.
const HEAP_FOR_TWO: usize = 60_000_000;
/// Values whose suggestions are kept at hand; names repeat.
const KEPT_SUGGESTIONS: usize = 20_000;

/// The one writer of an index.
pub struct Writer {
    index: Index,
    inner: IndexWriter,
    suggestions: HashMap<(suggest::SuggestKind, String), Arc<[String]>>,
}

impl Writer {
    pub(crate) fn new(index: Index, heap_bytes: usize) -> Result<Self, Error> {
        let threads = if heap_bytes >= HEAP_FOR_TWO { 2 } else { 1 };
        let inner = index.inner.writer_with_num_threads(threads, heap_bytes.max(LEAST_HEAP * threads))?;
        Ok(Self { index, inner, suggestions: HashMap::new() })
    }

    /// Deletes the document of an id, as added before.
    pub fn delete(&mut self, id: &str) {
        self.inner.delete_term(Term::from_field_text(self.index.fields.id, id));
    }

    /// Deletes all documents of a group, as added before.
    pub fn delete_group(&mut self, group: &str) {
        self.inner.delete_term(Term::from_field_text(self.index.fields.group, group));
    }

    /// Adds a document.
    pub fn add(&mut self, document: &Document) -> Result<(), Error> {
        let fields = self.index.fields;
        let mut doc = TantivyDocument::new();
        doc.add_text(fields.id, &document.id);
        if !document.group.is_empty() {
            doc.add_text(fields.group, &document.group);
        }
        doc.add_u64(fields.fingerprint, document.fingerprint());
        doc.add_u64(fields.key, document.key());
        if let Some(date) = document.date {
            doc.add_i64(fields.date, i64::from(date));
        }
        doc.add_text(fields.kind, &document.kind);
        if let Some(point) = document.point {
            doc.add_i64(fields.lat, i64::from(point.lat_e6));
            doc.add_i64(fields.lon, i64::from(point.lon_e6));
        }
        doc.add_text(fields.combo, combination(document));
        doc.add_text(fields.stored, crate::snippet::Stored::of(document).write());
        let short = [&document.names, &document.items, &document.terms].into_iter().flatten();
        for value in std::iter::once(&document.title).chain(short).chain([&document.text]) {
            doc.add_text(fields.grams, value);
        }
        doc.add_text(fields.title_grams, &document.title);
        doc.add_text(fields.chars, &document.title);
        if document.text.is_empty() {
            let spoken = std::iter::once(&document.title).chain(&document.names);
            for name in spoken.clone().chain(&document.items) {
                doc.add_text(fields.sounds, name);
            }
            for name in spoken {
                doc.add_text(fields.initials, name);
                doc.add_text(fields.initial_grams, name);
            }
        } else {
            doc.add_text(fields.chars, &document.text);
            doc.add_text(fields.words, &document.title);
            doc.add_text(fields.words, &document.text);
        }
        if document.kind != "operator" {
            for name in &document.names {
                doc.add_text(fields.named, suggest::name_term(name));
            }
        }
        for (kind, value) in suggest::values(document) {
            for key in self.keys(kind, value).iter() {
                doc.add_text(fields.suggest, key);
            }
        }
        self.inner.add_document(doc)?;
        Ok(())
    }

    fn keys(&mut self, kind: suggest::SuggestKind, value: &str) -> Arc<[String]> {
        let entry = (kind, value.to_owned());
        if let Some(keys) = self.suggestions.get(&entry) {
            return Arc::clone(keys);
        }
        if self.suggestions.len() >= KEPT_SUGGESTIONS {
            self.suggestions.clear();
        }
        let keys: Arc<[String]> = suggest::keys(kind, value).into();
        self.suggestions.insert(entry, Arc::clone(&keys));
        keys
    }

    /// Makes everything so far visible and durable, as the state of a position. Each commit carries one: a commit
    /// without payload would clear it.
    pub fn commit(&mut self, position: u64) -> Result<(), Error> {
        let mut commit = self.inner.prepare_commit()?;
        commit.set_payload(&position.to_string());
        commit.commit()?;
        self.index.reload()
    }

    /// Waits for merges and ends.
    pub fn finish(self) -> Result<(), Error> {
        self.inner.wait_merging_threads()?;
        self.index.reload()
    }
}
