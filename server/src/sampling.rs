//! Importing sampling results: a file becomes a bulletin, whole or not at all.

mod draft;
mod report;
mod table;

use std::path::Path;

use chrono::NaiveDate;

pub use report::{FileReport, Report};
pub use table::{ReadTable, read_table};

use crate::{
    clock::Clock,
    files::Files,
    id::Ids,
    import::{self, Reading, Severity},
    store::{BulletinDraft, Db, Saved, StoreError},
};

/// What the officer says about a file; what is left out is taken from the file.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Title of the bulletin
    pub title: Option<String>,
    /// 期号
    pub issue_no: Option<String>,
    /// Day of publication
    pub published_on: Option<NaiveDate>,
    /// Who published it
    pub source: Option<String>,
    /// Make it public
    pub publish: bool,
    /// Why a public bulletin is corrected
    pub reason: Option<String>,
    /// Import what can be read although some rows can't
    pub partial: bool,
    /// Keep each row's sample beside the draft, for a report of rows (twice the memory)
    pub keep_rows: bool,
}

/// Where imports go.
#[derive(Clone)]
pub struct Importer {
    /// The database
    pub db: Db,
    /// Original files
    pub files: Files,
    /// Time
    pub clock: Clock,
    /// Ids
    pub ids: Ids,
    /// The bureau, which publishes what nothing else is said of
    pub bureau: String,
}

/// A file that was read and compared, not yet saved.
pub struct Prepared {
    /// What the file holds
    pub reading: Reading,
    /// What would be stored
    pub draft: BulletinDraft,
    /// What storing it would change
    pub preview: Saved,
    bytes: Vec<u8>,
}

/// Why a file is not imported. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file can't be opened.
    #[error("{}", app::text::import::unreadable_file(.0, .1))]
    Open(String, std::io::Error),
    /// The file is no table of sampling results, or too large, or protected …
    #[error(transparent)]
    Refused(#[from] import::Refusal),
    /// The file was imported under another title, date or publisher.
    #[error("{}", app::text::import::imported_as_other(.0))]
    ImportedAsOther(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The original can't be kept.
    #[error("original file can't be kept: {0}")]
    Keep(std::io::Error),
}

impl Prepared {
    /// Problems that keep the file out unless `partial` is wished.
    pub fn errors(&self) -> usize {
        let problems = self.reading.sheets.iter().flat_map(|sheet| &sheet.problems);
        problems.filter(|problem| problem.severity == Severity::Error).count()
    }
}

impl Importer {
    /// Reads a file and compares it with what is stored.
    pub async fn prepare(
        &self,
        path: &Path,
        wishes: &Wishes,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Prepared, ImportError> {
        let shown = path.display().to_string();
        let name = path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
        let size = std::fs::metadata(path).map_err(|error| ImportError::Open(shown.clone(), error))?.len();
        if size >= import::LARGEST_FILE {
            return Err(import::Refusal::TooLarge.into());
        }
        let bytes = std::fs::read(path).map_err(|error| ImportError::Open(shown, error))?;
        self.prepare_bytes(&name, bytes, wishes, progress).await
    }

    /// The same for bytes that came another way.
    pub async fn prepare_bytes(
        &self,
        name: &str,
        bytes: Vec<u8>,
        wishes: &Wishes,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Prepared, ImportError> {
        let options = import::Options {
            today: self.clock.today(),
            published_on: wishes.published_on,
            title: wishes.title.clone(),
            mapping: Vec::new(),
        };
        let mut reading = import::read(name, &bytes, &options, progress)?;
        let draft = self.draft(name, &bytes, &mut reading, wishes).await?;
        let preview = self.db.preview(&draft).await?;
        Ok(Prepared { reading, draft, preview, bytes })
    }

    /// Keeps the original and saves the bulletin, in one transaction.
    pub async fn save(&self, prepared: &Prepared) -> Result<Saved, ImportError> {
        self.files.keep(&prepared.bytes).map_err(ImportError::Keep)?;
        Ok(self.db.save_bulletin(&prepared.draft, &self.ids, self.clock.now()).await?)
    }
}
