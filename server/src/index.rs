//! The index beside the database: it follows the change feed and nothing else.

mod check;
mod documents;
mod finder;
mod follow;
mod live;
mod places;
mod rebuild;
mod sink;

pub use check::{Comparison, compare};
pub(crate) use documents::{district_of_notice, district_of_sample, document_id};
pub use finder::IndexFinder;
pub(crate) use finder::find_within;
pub use follow::{Follower, Standing};
pub use live::LiveIndex;
pub use rebuild::rebuild;

use crate::store::StoreError;

/// Why the index can't follow.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The index failed.
    #[error("index: {0}")]
    Search(#[from] search::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A port failed.
    #[error("port: {0}")]
    Port(#[from] app::ports::PortError),
    /// The index folder can't be used.
    #[error("index folder: {0}")]
    Folder(#[from] std::io::Error),
    /// A task was stopped.
    #[error("task: {0}")]
    Task(#[from] tokio::task::JoinError),
    /// Another process rebuilds already.
    #[error("another process rebuilds the index")]
    Busy,
}
