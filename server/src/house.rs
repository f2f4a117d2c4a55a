//! The composition root: a data folder opened, and what stands on it.

use std::{path::PathBuf, sync::Arc};

use crate::{
    clock::Clock,
    config::DataArgs,
    files::Files,
    id::Ids,
    index::{IndexError, LiveIndex},
    store::{Db, StoreError},
};

/// Everything that a subcommand works on.
#[derive(Clone)]
pub struct House {
    /// The data folder
    pub data: PathBuf,
    /// The database
    pub db: Db,
    /// Original files
    pub files: Files,
    /// The live index
    pub index: Arc<LiveIndex>,
    /// Time
    pub clock: Clock,
    /// Ids
    pub ids: Ids,
}

/// Why a data folder can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder itself.
    #[error("data folder {0}: {1}")]
    Folder(PathBuf, std::io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl House {
    /// Opens a data folder; makes what is missing.
    pub async fn open(args: &DataArgs) -> Result<Self, OpenError> {
        std::fs::create_dir_all(&args.data).map_err(|error| OpenError::Folder(args.data.clone(), error))?;
        let db = match args.database_url.as_deref().filter(|url| !url.is_empty()) {
            Some(url) => Db::open_postgres(url).await?,
            None => Db::open_sqlite(&args.data.join("portal.db")).await?,
        };
        let index = Arc::new(LiveIndex::open(&args.data)?);
        let files = Files::below(&args.data);
        Ok(Self { data: args.data.clone(), db, files, index, clock: Clock::system(), ids: Ids::random() })
    }
}
