//! Chinese full-text search on tantivy: analysis and ranking are made here, everything else is tantivy's.
//! Knows neither HTTP nor SQL.

mod analyse;
mod collect;
mod combos;
mod cursor;
mod document;
mod index;
mod near;
mod normalise;
mod query;
mod results;
mod run;
mod schema;
mod snippet;
mod sounds;
mod suggest;
mod synonyms;
mod writer;

pub use cursor::Cursor;
pub use document::Document;
pub use index::Index;
pub use near::{Near, Point};
pub use normalise::normalise;
pub use query::{Filters, Query, Sort, Within};
pub use results::{Facets, Fragment, Hit, Results};
pub use suggest::{SuggestKind, Suggestion};
pub use synonyms::{Synonym, synonyms};
pub use writer::Writer;

/// Why the index gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Files are damaged or missing: build a new index.
    #[error("corrupt: {0}")]
    Corrupt(String),
    /// Made by another version of this crate: build a new index.
    #[error("made by another version: {0}")]
    Schema(String),
    /// Another process writes.
    #[error("another process writes")]
    Locked,
    /// A cursor that this crate never gave out.
    #[error("unknown cursor")]
    Cursor,
    /// Reading or writing failed.
    #[error("io: {0}")]
    Io(#[from] std::io::Error),
    /// Anything else of tantivy.
    #[error("tantivy: {0}")]
    Tantivy(tantivy::TantivyError),
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        use tantivy::{TantivyError as T, directory::error::OpenReadError};
        match error {
            T::LockFailure(..) => Self::Locked,
            T::DataCorruption(_)
            | T::OpenReadError(OpenReadError::FileDoesNotExist(_) | OpenReadError::IncompatibleIndex(_))
            | T::IncompatibleIndex(_)
            | T::DeserializeError(_)
            | T::FieldNotFound(_)
            | T::SchemaError(_) => Self::Corrupt(error.to_string()),
            other => Self::Tantivy(other),
        }
    }
}
