//! The papers of a case (文书): filled from templates that the bureau can change, as PDF or as a page to print.

pub mod breaks;
mod document;
mod draw;
mod font;
mod glyphs;
mod html;
mod layout;
mod pdf;
mod template;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use app::{domain::document::Kind, text::document as say};
use chrono::{DateTime, Utc};

pub use document::{Block, Document, Missing, Values};
pub use font::{Font, FontError};
pub use html::{CSS, html};
pub use pdf::Made;
pub use template::{Template, Wrong};

/// Below the data folder: files that replace shipped templates of the same name.
pub const FOLDER: &str = "documents";
/// A description that may lie beside them.
const README: &str = "README.md";

/// Why templates can't be used.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The folder or a file in it can't be read.
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    /// A template is wrong.
    #[error("{}", say::wrong_template(&.0.display().to_string(), .1.line, &.1.why))]
    Template(PathBuf, Wrong),
    /// No paper has this name.
    #[error("{}", say::unknown_template(&.0.display().to_string()))]
    Unknown(PathBuf),
}

/// Templates and font. Cheap to share; a PDF is a matter of milliseconds, best off the threads that serve.
pub struct Papers {
    templates: BTreeMap<Kind, Template>,
    named_font: Option<PathBuf>,
    font: OnceLock<Font>,
}

impl Papers {
    /// Reads the templates: those of the data folder, and for the others those of the program. `font` is
    /// `PORTAL_FONT`; it is read when the first PDF is made.
    pub fn open(data: &Path, font: Option<PathBuf>) -> Result<Self, PaperError> {
        let folder = data.join(FOLDER);
        refuse_unknown(&folder)?;
        let mut templates = BTreeMap::new();
        for kind in Kind::ALL {
            templates.insert(*kind, template(&folder, *kind)?);
        }
        Ok(Self { templates, named_font: font, font: OnceLock::new() })
    }

    /// Fills a paper.
    ///
    /// # Errors
    /// The place for which nothing was given.
    pub fn fill(&self, kind: Kind, values: &Values) -> Result<Document, Missing> {
        // every kind has a template: `open` saw to it
        self.templates.get(&kind).ok_or(Missing(kind, app::domain::document::Field::Authority))?.fill(values)
    }

    /// A paper as PDF, made at this time.
    ///
    /// # Errors
    /// [`FontError`]: the paper can be had from [`html`] still.
    pub fn pdf(&self, document: &Document, at: DateTime<Utc>) -> Result<Made, FontError> {
        pdf::make(document, self.font()?, at)
    }

    /// The font; the first call reads it, a later one tries again where there was none.
    fn font(&self) -> Result<&Font, FontError> {
        if let Some(font) = self.font.get() {
            return Ok(font);
        }
        let font = Font::load(self.named_font.as_deref())?;
        Ok(self.font.get_or_init(|| font))
    }
}

fn template(folder: &Path, kind: Kind) -> Result<Template, PaperError> {
    let file = folder.join(kind.code()).with_extension("md");
    let text = match fs::read(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(PaperError::File(file, error)),
        Ok(bytes) => Some(bytes),
    };
    let read = match text {
        None => Template::read(kind, shipped(kind)),
        Some(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Template::read(kind, &text),
            Err(_) => Err(Wrong { line: 1, why: say::NOT_TEXT.to_owned() }),
        },
    };
    read.map_err(|wrong| PaperError::Template(file, wrong))
}

/// A misspelled name would silently change nothing.
fn refuse_unknown(folder: &Path) -> Result<(), PaperError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(|error| PaperError::File(folder.to_owned(), error))?,
    };
    for entry in entries {
        let path = entry.map_err(|error| PaperError::File(folder.to_owned(), error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let kind = name.strip_suffix(".md").map(Kind::from_code);
        if kind == Some(None) && name != README {
            return Err(PaperError::Unknown(path));
        }
    }
    Ok(())
}

/// The template of the program.
#[must_use]
pub fn shipped(kind: Kind) -> &'static str {
    macro_rules! file {
        ($name:literal) => {
            include_str!(concat!("../../app/data/documents/", $name, ".md"))
        };
    }
    match kind {
        Kind::Acceptance => file!("acceptance"),
        Kind::Refusal => file!("refusal"),
        Kind::Correction => file!("correction"),
        Kind::Termination => file!("termination"),
        Kind::Mediation => file!("mediation"),
        Kind::MediationRecord => file!("mediation-record"),
        Kind::ReportResult => file!("report-result"),
        Kind::Transfer => file!("transfer"),
        Kind::NotFiled => file!("not-filed"),
        Kind::Extension => file!("extension"),
        Kind::Service => file!("service"),
        Kind::Receipt => file!("receipt"),
        Kind::Reward => file!("reward"),
    }
}
