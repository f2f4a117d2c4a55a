//! Spreadsheets into samples: bytes in, samples and problems out. No database, no clock.

mod cells;
mod combined;
mod field;
mod format;
mod grid;
mod header;
mod heading;
mod html;
pub mod register;
mod sheet;
mod text_table;
mod workbook;

use std::fmt;

use app::{domain::sample::SampleDraft, text::import as say};
use chrono::NaiveDate;

pub use field::Field;
pub(crate) use grid::letters;
pub use heading::map_heading;

/// Files of this size or more are refused, bytes.
pub const LARGEST_FILE: u64 = 50 << 20;

/// What is known before a file is read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Today, for days that can't be
    pub today: NaiveDate,
    /// Day of publication as the officer says it
    pub published_on: Option<NaiveDate>,
    /// Title as the officer says it
    pub title: Option<String>,
    /// Columns that an officer maps otherwise: sheet, heading as shown, meaning
    pub mapping: Vec<(String, String, Option<Field>)>,
}

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML
    Xlsx,
    /// BIFF8
    Xls,
    /// An HTML table, whatever its name says
    Html,
    /// Text with the name of its encoding
    Csv(&'static str),
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Xlsx => f.write_str("xlsx"),
            Self::Xls => f.write_str("xls"),
            Self::Html => f.write_str("html"),
            Self::Csv(encoding) => write!(f, "csv ({encoding})"),
        }
    }
}

/// A file as read.
#[derive(Debug)]
pub struct Reading {
    /// What kind of file
    pub format: Format,
    /// Sheets with a table of samples
    pub sheets: Vec<SheetReading>,
    /// Title line above the first table
    pub title: Option<String>,
    /// Declaration above the tables
    pub declaration: Option<String>,
    /// Footnotes
    pub notes: Vec<String>,
}

/// A sheet with a table.
#[derive(Debug, Default)]
pub struct SheetReading {
    /// Name
    pub name: String,
    /// Last row of the header, from 1
    pub header_row: u32,
    /// Heading as printed (its letter when empty) and what it was taken for
    pub mapping: Vec<(String, Option<Field>)>,
    /// Samples in order
    pub samples: Vec<RowSample>,
    /// What is wrong or worth a look
    pub problems: Vec<Problem>,
}

/// A sample with where it stands.
#[derive(Clone, Debug)]
pub struct RowSample {
    /// The sample
    pub sample: SampleDraft,
    /// First and last row, from 1
    pub rows: (u32, u32),
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// A row can't be read: the file stays out unless part of it is enough
    Error,
    /// Worth a look
    Warning,
}

/// A problem with where it is.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Sheet
    pub sheet: String,
    /// Row, from 1
    pub row: Option<u32>,
    /// Column as people say it
    pub column: Option<String>,
    /// What is wrong, in Chinese
    pub reason: String,
    /// How bad
    pub severity: Severity,
}

/// Why a whole file is not read. Each is one sentence that says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 50 MB or more
    #[error("{}", say::TOO_LARGE)]
    TooLarge,
    /// No bytes, or only blanks
    #[error("{}", say::EMPTY)]
    Empty,
    /// Needs a password
    #[error("{}", say::PROTECTED)]
    Protected,
    /// Unpacks to far more than it is
    #[error("{}", say::BOMB)]
    Bomb,
    /// Damaged
    #[error("{}", say::BROKEN)]
    Broken,
    /// No spreadsheet
    #[error("{}", say::UNKNOWN)]
    Unknown,
    /// No table of samples in it
    #[error("{}", say::NO_TABLE)]
    NoTable,
    /// No table of the register in it
    #[error("{}", say::NO_REGISTER_TABLE)]
    NoRegisterTable,
}

/// Reads a file; `progress` is told the number of rows read so far.
///
/// # Errors
/// [`Refusal`] when nothing of the file can be used.
pub fn read(
    file_name: &str,
    bytes: &[u8],
    options: &Options,
    progress: &mut dyn FnMut(u64),
) -> Result<Reading, Refusal> {
    if bytes.len() as u64 >= LARGEST_FILE {
        return Err(Refusal::TooLarge);
    }
    let (format, grids) = format::grids(bytes)?;
    let mut reading = Reading { format, sheets: Vec::new(), title: None, declaration: None, notes: Vec::new() };
    let mut done = 0;
    for grid in grids {
        let context = sheet::Context {
            file_name,
            title: options.title.as_deref(),
            today: options.today,
            mapping: &options.mapping,
        };
        let Some(read) = sheet::read(grid, &context, done, progress) else { continue };
        done = read.rows_done;
        reading.title = reading.title.or(read.title);
        reading.declaration = reading.declaration.or(read.declaration);
        reading.notes.extend(read.notes.into_iter().filter(|note| !reading.notes.contains(note)).collect::<Vec<_>>());
        reading.sheets.push(read.sheet);
    }
    if reading.sheets.iter().all(|sheet| sheet.mapping.is_empty()) {
        return Err(Refusal::NoTable);
    }
    Ok(reading)
}
