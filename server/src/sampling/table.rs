//! A table that an officer uploads: read for the draft of a bulletin, and again when it is published.

use app::{
    domain::{
        date::parse_day,
        publication::content::{Content, Table},
        sample::{Group, SampleDraft},
    },
    ports::{Column, Sheet, TableProblem, TableView},
};
use chrono::NaiveDate;
use uuid::Uuid;

use super::draft::{issue_in, most_common_day};
use crate::{
    files::sha256,
    import::{self, Field, Reading, Refusal, Severity},
    store::{BulletinDraft, OriginalDraft, tally},
};

/// Samples of a table shown to the officer.
const SHOWN: usize = 20;
/// Problems shown.
const PROBLEMS: usize = 200;

/// A table as read.
pub struct ReadTable {
    reading: Reading,
    /// What the draft keeps of it
    pub table: Table,
}

/// Reads a file with the officer's mapping; `progress` is told the number of rows read so far.
///
/// # Errors
/// [`Refusal`] when nothing of the file can be used.
pub fn read_table(
    name: &str,
    bytes: &[u8],
    content: &Content,
    mapping: &[(String, String, String)],
    today: NaiveDate,
    progress: &mut dyn FnMut(u64),
) -> Result<ReadTable, Refusal> {
    let meant =
        |(sheet, heading, code): &(String, String, String)| (sheet.clone(), heading.clone(), Field::from_code(code));
    let options = import::Options {
        today,
        published_on: content.published_on,
        title: Some(content.title.clone()).filter(|title| !title.is_empty()),
        mapping: mapping.iter().map(meant).collect(),
    };
    let reading = import::read(name, bytes, &options, progress)?;
    let samples = || reading.sheets.iter().flat_map(|sheet| sheet.samples.iter().map(|row| &row.sample));
    let errors = reading.sheets.iter().flat_map(|sheet| &sheet.problems).filter(|one| one.severity == Severity::Error);
    let table = Table {
        sha256: sha256(bytes),
        name: name.to_owned(),
        size: bytes.len() as u64,
        mapping: mapping.to_vec(),
        samples: samples().count() as u64,
        food: tally(samples().filter(|sample| sample.group == Group::Food)),
        all: tally(samples()),
        errors: errors.count() as u64,
    };
    Ok(ReadTable { reading, table })
}

impl ReadTable {
    /// Fills what the officer has not written yet from what the file says.
    pub fn fill(&self, content: &mut Content) {
        let samples: Vec<SampleDraft> = self.samples();
        let stem = self.table.name.rsplit_once('.').map_or(self.table.name.as_str(), |(stem, _)| stem);
        if content.title.is_empty() {
            content.title = self.reading.title.clone().unwrap_or_else(|| stem.trim().to_owned());
        }
        if content.body.is_empty() {
            content.body = self.reading.declaration.clone().unwrap_or_default();
        }
        content.published_on = content.published_on.or_else(|| most_common_day(&samples)).or_else(|| parse_day(stem));
        if content.field("issue_no").is_empty()
            && let Some(issue) = issue_in(&content.title)
        {
            content.fields.insert("issue_no".into(), issue);
        }
    }

    fn samples(&self) -> Vec<SampleDraft> {
        self.reading.sheets.iter().flat_map(|sheet| sheet.samples.iter().map(|row| row.sample.clone())).collect()
    }

    /// The bulletin that is to be published.
    #[must_use]
    pub fn bulletin(self, id: Uuid, content: &Content, published_on: NaiveDate, reason: &str) -> BulletinDraft {
        let samples = self.reading.sheets.into_iter().flat_map(|sheet| sheet.samples.into_iter().map(|row| row.sample));
        let table = self.table;
        BulletinDraft {
            replaces: Some(id),
            title: content.title.clone(),
            issue_no: Some(content.field("issue_no").to_owned()).filter(|issue| !issue.is_empty()),
            published_on,
            source: content.source.clone(),
            intro: Some(content.body.clone()).filter(|body| !body.is_empty()),
            notes: self.reading.notes,
            original: Some(OriginalDraft { sha256: table.sha256, name: table.name, size: table.size }),
            samples: samples.collect(),
            demo: false,
            publish: true,
            reason: Some(reason.to_owned()).filter(|reason| !reason.is_empty()),
        }
    }

    /// For the officer to look at.
    #[must_use]
    pub fn view(&self) -> TableView {
        let choice =
            |field: Field| (field.code().to_owned(), app::text::editing::column_field(field.code()).to_owned());
        let mut view = TableView { fields: Field::CHOICES.map(choice).to_vec(), ..TableView::default() };
        for sheet in &self.reading.sheets {
            let column = |(heading, field): &(String, Option<Field>)| Column {
                heading: heading.clone(),
                field: field.map(Field::code).unwrap_or_default().to_owned(),
            };
            let samples = sheet.samples.iter().map(|row| &row.sample);
            view.sheets.push(Sheet {
                name: sheet.name.clone(),
                header_row: sheet.header_row,
                columns: sheet.mapping.iter().map(column).collect(),
                samples: sheet.samples.len(),
                failed: usize::try_from(tally(samples).failed).unwrap_or(usize::MAX),
            });
            view.problems.extend(sheet.problems.iter().map(|problem| TableProblem {
                sheet: problem.sheet.clone(),
                row: problem.row,
                column: problem.column.clone(),
                reason: problem.reason.clone(),
                is_error: problem.severity == Severity::Error,
            }));
            let rest = SHOWN.saturating_sub(view.first.len());
            view.first.extend(sheet.samples.iter().take(rest).map(|row| {
                let sample = &row.sample;
                let name = |name: &Option<String>| name.clone().unwrap_or_default();
                let items: Vec<&str> = sample.failed_items.iter().map(|item| item.item.as_str()).collect();
                let verdict = sample.verdict.map_or("", app::domain::sample::Verdict::code);
                let names = (name(&sample.producer.name), name(&sample.seller.name));
                (row.rows.0, sample.product.clone(), names.0, names.1, verdict, items.join("、"))
            }));
        }
        view.problems.sort_by_key(|problem| !problem.is_error);
        view.problems.truncate(PROBLEMS);
        view
    }
}
