//! Rows become samples: continuation rows, rows of one sampling number, adjacent rows of one sample.

use std::collections::HashMap;

use app::{
    domain::{
        finding::FailedItem,
        sample::{SampleDraft, Verdict},
    },
    text::import as say,
};
use chrono::{Datelike, NaiveDate};

use super::{
    super::{Field, Problem, RowSample, Severity, cells, combined::Layout, grid::Row, header::Header},
    Told, problem,
    row::{RowRead, RowReader},
};

/// Publications before this year are mistakes.
const FIRST_YEAR: i32 = 2_000;
/// Words with which a line begins that adds up.
const SUMS: [&str; 5] = ["合计", "小计", "总计", "共计", "累计"];
/// Words with which a line below a table begins.
const NOTES: [&str; 9] = ["注", "备注", "说明", "声明", "制表", "审核", "填表", "附", "※"];
/// Notes that are kept.
const MOST_NOTES: usize = 20;

/// Samples in the making.
pub struct Assembly<'a> {
    sheet: &'a str,
    reader: RowReader<'a>,
    today: NaiveDate,
    samples: Vec<Draft>,
    by_number: HashMap<String, usize>,
    /// The sample to which a continuation row belongs
    last: Option<usize>,
    problems: Vec<Problem>,
    notes: Vec<String>,
}

/// A sample with all that its rows said.
struct Draft {
    sample: SampleDraft,
    verdict: Option<Verdict>,
    items: Vec<FailedItem>,
    measured: Vec<(String, String)>,
    rows: (u32, u32),
}

impl<'a> Assembly<'a> {
    pub fn new(sheet: &'a str, header: &'a Header, layout: Option<Layout>, told: Told, today: NaiveDate) -> Self {
        Self {
            sheet,
            reader: RowReader { header, layout, told },
            today,
            samples: Vec::new(),
            by_number: HashMap::new(),
            last: None,
            problems: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn warn(&mut self, row: u32, column: Option<usize>, reason: String) {
        let column = column.map(|column| self.reader.column(column));
        self.problems.push(problem(self.sheet, Some(row), column, reason));
    }

    fn fail(&mut self, row: u32, column: Option<usize>, reason: &str) {
        let column = column.map(|column| self.reader.column(column));
        let severity = Severity::Error;
        self.problems.push(Problem {
            sheet: self.sheet.to_owned(),
            row: Some(row),
            column,
            reason: reason.to_owned(),
            severity,
        });
    }

    /// Takes the next row.
    pub fn take(&mut self, row: &Row) {
        let texts: Vec<String> = row.cells.iter().filter_map(cells::value).collect();
        let Some(first) = texts.first() else { return };
        if SUMS.iter().any(|word| first.starts_with(word)) {
            self.last = None;
            return;
        }
        let read = self.reader.read(row);
        for (column, reason) in read.odd.clone() {
            self.warn(row.number, column, reason);
        }
        if read.sample.product.is_empty() {
            self.without_product(row, read, &texts);
            return;
        }
        self.check_day(row.number, &read);
        if let Some(number) = read.sample.number.clone() {
            if let Some(at) = self.by_number.get(&number).copied() {
                self.same_number(at, &number, row.number, read);
                return;
            }
            self.by_number.insert(number, self.samples.len());
        } else if let Some(at) = self.last.filter(|at| self.is_same_sample(*at, &read)) {
            // the same item again was found in another sample of the same lot
            let known = &self.samples[at].items;
            let other_items = read.items.iter().all(|item| known.iter().all(|known| known.item != item.item));
            if other_items && !read.items.is_empty() {
                self.add_items(at, row.number, read);
                return;
            }
            if *known == read.items {
                self.warn(row.number, None, say::TWICE.into());
            }
        }
        self.last = Some(self.samples.len());
        self.samples.push(Draft {
            sample: read.sample,
            verdict: read.verdict,
            items: read.items,
            measured: read.measured,
            rows: (row.number, row.number),
        });
    }

    /// A row without product: more items of the sample above, a note, or a mistake.
    fn without_product(&mut self, row: &Row, read: RowRead, texts: &[String]) {
        let sample = &read.sample;
        let names_other = sample.seller.name.is_some() || sample.producer.name.is_some();
        let has_items = !read.items.is_empty();
        let says_note = NOTES.iter().any(|word| texts[0].starts_with(word)) || texts[0].contains("声明");
        if let Some(at) = self.last.filter(|_| has_items && !names_other && !says_note) {
            let same_number = sample.number.is_none() || sample.number == self.samples[at].sample.number;
            if same_number {
                self.add_items(at, row.number, read);
                return;
            }
        }
        let is_line = texts.len() <= 2 && !has_items || says_note && texts.len() <= 2;
        if is_line {
            if self.notes.len() < MOST_NOTES && (says_note || texts[0].chars().count() > 8) {
                self.notes.push(texts.join(" "));
            }
            return;
        }
        let column = self.reader.header.find(Field::Product);
        self.fail(row.number, column, say::NO_PRODUCT);
    }

    /// Adjacent rows whose sample columns are all equal.
    fn is_same_sample(&self, at: usize, read: &RowRead) -> bool {
        let known = &self.samples[at];
        known.verdict == read.verdict && known.sample == read.sample
    }

    fn same_number(&mut self, at: usize, number: &str, row: u32, read: RowRead) {
        let known = &self.samples[at].sample;
        let pairs = [
            (Field::Product, Some(&known.product) != Some(&read.sample.product)),
            (Field::ProducerName, differ(known.producer.name.as_ref(), read.sample.producer.name.as_ref())),
            (Field::SellerName, differ(known.seller.name.as_ref(), read.sample.seller.name.as_ref())),
        ];
        let odd: Vec<usize> = pairs
            .into_iter()
            .filter(|(_, differs)| *differs)
            .filter_map(|(field, _)| self.reader.header.find(field))
            .collect();
        for column in odd {
            let heading = self.reader.header.name(column);
            self.warn(row, Some(column), say::differing_rows(number, &heading));
        }
        if self.samples[at].items == read.items && self.samples[at].sample == read.sample {
            self.warn(row, None, say::TWICE_NUMBER.into());
        } else {
            self.add_items(at, row, read);
        }
        self.last = Some(at);
    }

    fn add_items(&mut self, at: usize, row: u32, read: RowRead) {
        let draft = &mut self.samples[at];
        for item in read.items {
            if !draft.items.contains(&item) {
                draft.items.push(item);
            }
        }
        draft.measured.extend(read.measured);
        // one failed item makes the sample fail
        if read.verdict == Some(Verdict::Failed) {
            draft.verdict = Some(Verdict::Failed);
        }
        draft.rows.1 = draft.rows.1.max(row);
    }

    fn check_day(&mut self, row: u32, read: &RowRead) {
        if let Some(day) = read.sample.published_on.filter(|day| *day > self.today || day.year() < FIRST_YEAR) {
            let column = self.reader.header.find(Field::PublishedOn);
            self.warn(row, column, say::odd_day(&day.to_string()));
        }
    }

    /// The samples, what is wrong with them, and the notes below the table.
    pub fn finish(mut self) -> (Vec<RowSample>, Vec<Problem>, Vec<String>) {
        let drafts = std::mem::take(&mut self.samples);
        let mut samples = Vec::with_capacity(drafts.len());
        for draft in drafts {
            samples.extend(self.decide(draft));
        }
        (samples, self.problems, self.notes)
    }

    /// Passed or failed, and with which items.
    fn decide(&mut self, mut draft: Draft) -> Option<RowSample> {
        let named_failed = self.reader.items_are_failed();
        let row = draft.rows.0;
        let finds = named_failed || self.reader.header.find(Field::Item).is_some();
        let by_items = (named_failed && !draft.items.is_empty()).then_some(Verdict::Failed);
        let by_absence = (named_failed && draft.items.is_empty()).then_some(Verdict::Passed);
        let verdict = draft.verdict.or(by_items).or(self.reader.told.verdict).or(by_absence);
        let Some(verdict) = verdict else {
            self.fail(row, self.reader.header.find(Field::Verdict), say::NO_VERDICT);
            return None;
        };
        match verdict {
            Verdict::Passed => {
                if named_failed && !draft.items.is_empty() {
                    self.warn(row, self.finding_column(), say::PASSED_WITH_ITEMS.into());
                    draft.sample.failed_items = draft.items;
                }
            }
            Verdict::Failed => {
                draft.sample.failed_items = draft.items;
                if draft.sample.failed_items.is_empty() {
                    match draft.measured.as_slice() {
                        [(item, result)] => {
                            let found = FailedItem { item: item.clone(), result: Some(result.clone()), limit: None };
                            draft.sample.failed_items.push(found);
                        }
                        [] if finds => self.warn(row, self.finding_column(), say::FAILED_WITHOUT_ITEMS.into()),
                        [] => {}
                        several => self.warn(row, None, say::several_values(several.len())),
                    }
                }
            }
        }
        draft.sample.verdict = Some(verdict);
        Some(RowSample { sample: draft.sample, rows: draft.rows })
    }

    fn finding_column(&self) -> Option<usize> {
        self.reader.header.find(Field::Combined).or_else(|| self.reader.header.find(Field::Item))
    }
}

fn differ(known: Option<&String>, other: Option<&String>) -> bool {
    other.is_some() && known != other
}
