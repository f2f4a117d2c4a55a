//! What `portal import sampling --json` prints.

use app::domain::sample::{SampleDraft, Verdict};
use serde::Serialize;
use uuid::Uuid;

use super::Prepared;
use crate::{import, store::Saved};

/// One import command.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// One entry a file
    pub files: Vec<FileReport>,
}

/// What became of one file.
#[derive(Debug, Default, Serialize)]
pub struct FileReport {
    /// Path as given
    pub file: String,
    /// `xlsx`, `xls`, `html`, `csv (…)`; `None` when it could not be read
    pub format: Option<String>,
    /// Sheets with a table
    pub sheets: Vec<SheetReport>,
    /// The bulletin it became, `None` when nothing was stored
    pub bulletin_id: Option<Uuid>,
    /// Title of the bulletin
    pub title: Option<String>,
    /// Whether the bulletin is public
    pub published: bool,
    /// Samples read
    pub samples: usize,
    /// Those that failed
    pub failed_samples: usize,
    /// Their failed items
    pub failed_items: usize,
    /// Samples that are new
    pub created: usize,
    /// Samples with other content
    pub changed: usize,
    /// Samples as before
    pub unchanged: usize,
    /// Samples that the file names no more
    pub removed: usize,
    /// What is wrong or worth a look
    pub problems: Vec<ProblemReport>,
    /// Each sample as read (`--rows`)
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<Vec<RowReport>>,
}

/// A sheet with a table.
#[derive(Debug, Serialize)]
pub struct SheetReport {
    /// Name
    pub name: String,
    /// Row of the (last line of the) header, from 1
    pub header_row: u32,
    /// What each column was taken for
    pub mapping: Vec<ColumnReport>,
}

/// A column.
#[derive(Debug, Serialize)]
pub struct ColumnReport {
    /// Heading as printed
    pub heading: String,
    /// Field, `None` when not known
    pub field: Option<&'static str>,
}

/// A problem.
#[derive(Debug, Serialize)]
pub struct ProblemReport {
    /// Sheet; empty for the whole file
    pub sheet: String,
    /// Row, from 1
    pub row: Option<u32>,
    /// Column: letter and heading
    pub column: Option<String>,
    /// What is wrong, in Chinese
    pub reason: String,
    /// `error` keeps the file out unless `--partial`, `warning` does not
    pub severity: &'static str,
}

/// A sample as read.
#[derive(Debug, Serialize)]
pub struct RowReport {
    /// Sheet
    pub sheet: String,
    /// First and last row, from 1
    pub rows: (u32, u32),
    /// The sample
    #[serde(flatten)]
    pub sample: SampleDraft,
}

impl FileReport {
    /// What was read, and what it would change or did.
    pub fn of(file: String, prepared: &Prepared, saved: &Saved, with_rows: bool) -> Self {
        let reading = &prepared.reading;
        let samples = &prepared.draft.samples;
        let failed = samples.iter().filter(|sample| sample.verdict == Some(Verdict::Failed));
        Self {
            file,
            format: Some(reading.format.to_string()),
            sheets: reading.sheets.iter().map(sheet).collect(),
            bulletin_id: saved.id,
            title: Some(prepared.draft.title.clone()),
            published: saved.published,
            samples: samples.len(),
            failed_samples: failed.count(),
            failed_items: samples.iter().map(|sample| sample.failed_items.len()).sum(),
            created: saved.difference.created,
            changed: saved.difference.changed,
            unchanged: saved.difference.unchanged,
            removed: saved.difference.removed,
            problems: reading.sheets.iter().flat_map(|sheet| &sheet.problems).map(problem).collect(),
            rows: with_rows.then(|| rows(reading)),
        }
    }

    /// A file that was not imported.
    pub fn refused(file: String, reason: String) -> Self {
        let problem = ProblemReport { sheet: String::new(), row: None, column: None, reason, severity: "error" };
        Self { file, problems: vec![problem], ..Self::default() }
    }

    /// Takes back what was not done: the file stays out.
    #[must_use]
    pub fn not_stored(mut self) -> Self {
        (self.created, self.changed, self.removed, self.bulletin_id, self.published) = (0, 0, 0, None, false);
        self
    }
}

fn sheet(sheet: &import::SheetReading) -> SheetReport {
    let column = |(heading, field): &(String, Option<import::Field>)| ColumnReport {
        heading: heading.clone(),
        field: field.map(import::Field::code),
    };
    SheetReport {
        name: sheet.name.clone(),
        header_row: sheet.header_row,
        mapping: sheet.mapping.iter().map(column).collect(),
    }
}

fn problem(problem: &import::Problem) -> ProblemReport {
    ProblemReport {
        sheet: problem.sheet.clone(),
        row: problem.row,
        column: problem.column.clone(),
        reason: problem.reason.clone(),
        severity: match problem.severity {
            import::Severity::Error => "error",
            import::Severity::Warning => "warning",
        },
    }
}

fn rows(reading: &import::Reading) -> Vec<RowReport> {
    let of_sheet = |sheet: &import::SheetReading| {
        let name = sheet.name.clone();
        sheet
            .samples
            .iter()
            .map(move |row| RowReport { sheet: name.clone(), rows: row.rows, sample: row.sample.clone() })
            .collect::<Vec<_>>()
    };
    reading.sheets.iter().flat_map(of_sheet).collect()
}
