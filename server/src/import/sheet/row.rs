//! One row: the sample's columns and the items it names.

use app::{
    domain::{
        finding::FailedItem,
        sample::{Group, Party, SampleDraft, Verdict},
    },
    text::import as say,
};

use super::{super::cells, Told};
use crate::import::{
    Field,
    combined::{Layout, with_unit},
    grid::{Cell, Row, letters},
    header::Header,
};

/// A row as read.
#[derive(Default)]
pub struct RowRead {
    /// The sample; its items and verdict are set when all its rows are known
    pub sample: SampleDraft,
    /// Verdict as the row's own column says it
    pub verdict: Option<Verdict>,
    /// Items with result and limit, failed or not
    pub items: Vec<FailedItem>,
    /// Values under headings that are tested items
    pub measured: Vec<(String, String)>,
    /// What is odd: column and reason
    pub odd: Vec<(Option<usize>, String)>,
}

/// Reads the columns of a row.
pub struct RowReader<'a> {
    pub header: &'a Header,
    pub layout: Option<Layout>,
    pub told: Told,
}

impl RowReader<'_> {
    /// The first filled column of a field; another one that differs is told.
    fn first(&self, row: &Row, field: Field, read: &mut RowRead) -> Option<String> {
        let mut kept: Option<String> = None;
        for column in self.header.all(field) {
            let cell = row.cell(column);
            if *cell == Cell::Error {
                read.odd.push((Some(column), say::ERROR_CELL.into()));
            }
            let Some(text) = cells::value(cell) else { continue };
            match &kept {
                None => kept = Some(text),
                Some(known) if *known != text => read.odd.push((Some(column), say::differing_columns(known, &text))),
                Some(_) => {}
            }
        }
        kept
    }

    /// Reads a row.
    pub fn read(&self, row: &Row) -> RowRead {
        let mut read = RowRead::default();
        let mut text = |field| self.first(row, field, &mut read);
        let producer = Party {
            name: text(Field::ProducerName),
            address: text(Field::ProducerAddress),
            province: text(Field::ProducerProvince),
        };
        let seller = Party {
            name: text(Field::SellerName),
            address: text(Field::SellerAddress),
            province: text(Field::SellerProvince),
        };
        let mut sample = SampleDraft {
            number: text(Field::Number),
            product: text(Field::Product).unwrap_or_default(),
            brand: text(Field::Brand),
            spec: text(Field::Spec),
            category: text(Field::Category),
            producer,
            seller,
            platform: text(Field::Platform),
            shop: text(Field::Shop),
            lot: text(Field::Lot),
            shelf_life: text(Field::ShelfLife),
            laboratory: text(Field::Laboratory),
            task: text(Field::Task),
            stage: text(Field::Stage),
            notice_number: text(Field::NoticeNumber),
            publisher: text(Field::Publisher),
            remark: text(Field::Remark),
            ..SampleDraft::default()
        };
        let verdict = text(Field::Verdict);
        read.verdict = verdict.as_deref().and_then(Verdict::read);
        sample.date = self.header.all(Field::Date).find_map(|column| {
            cells::sample_date(row.cell(column), cells::date_kind(&self.header.columns[column].heading))
        });
        let day = |field| self.header.all(field).find_map(|column| cells::day(row.cell(column)));
        sample.sampled_on = day(Field::SampledOn);
        sample.published_on = day(Field::PublishedOn);
        let told =
            [sample.product.as_str(), sample.category.as_deref().unwrap_or(""), sample.task.as_deref().unwrap_or("")];
        sample.group = match self.told.group {
            Group::Food => Group::told_by(told),
            told => told,
        };
        read.sample = sample;
        self.items(row, &mut read);
        read
    }

    fn items(&self, row: &Row, read: &mut RowRead) {
        if let Some(layout) = &self.layout {
            for column in self.header.all(Field::Combined) {
                if let Some(cell) = row.cell(column).shown() {
                    read.items.extend(layout.read(&cell));
                }
            }
        }
        let columns = |field| self.header.all(field).collect::<Vec<usize>>();
        let (items, results, limits) = (columns(Field::Item), columns(Field::Result), columns(Field::Limit));
        let unit = self.header.find(Field::Unit).and_then(|column| cells::value(row.cell(column)));
        let value = |column: Option<&usize>| column.and_then(|column| cells::value(row.cell(*column)));
        for (place, column) in items.iter().enumerate() {
            let Some(item) = cells::value(row.cell(*column)) else { continue };
            let result = value(results.get(place)).map(|result| with_unit(result, unit.as_deref()));
            read.items.extend(several(item, result, value(limits.get(place))));
        }
        for column in self.header.all(Field::ItemColumn) {
            if let Some(text) = cells::value(row.cell(column)) {
                read.measured.push((self.header.columns[column].heading.clone(), text));
            }
        }
    }

    /// Whether a column's items are failed ones by their heading, rather than all that was tested.
    pub fn items_are_failed(&self) -> bool {
        self.header.find(Field::Combined).is_some()
            || self.header.all(Field::Item).any(|column| {
                let heading = &self.header.columns[column].heading;
                ["不合格", "不符合", "问题", "超标"].iter().any(|word| heading.contains(word))
            })
    }

    /// A column as people speak of it.
    pub fn column(&self, column: usize) -> String {
        let heading = self.header.columns.get(column).map(|column| column.heading.as_str()).unwrap_or_default();
        say::column(&letters(column), heading)
    }
}

/// `标签、棕榈酸` are two items where results and limits are absent or as many; otherwise one, as printed.
fn several(item: String, result: Option<String>, limit: Option<String>) -> Vec<FailedItem> {
    let parts = |text: &str| {
        text.split(['、', ';', '；'])
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
    };
    let names = parts(&item);
    let balanced = item.matches(['(', '（']).count() == 0;
    let spread = |value: &Option<String>| match value {
        None => Some(vec![None; names.len()]),
        Some(text) => {
            let values = parts(text);
            (values.len() == names.len()).then(|| values.into_iter().map(Some).collect())
        }
    };
    match (names.len() > 1 && balanced, spread(&result), spread(&limit)) {
        (true, Some(results), Some(limits)) => names
            .into_iter()
            .zip(results)
            .zip(limits)
            .map(|((item, result), limit)| FailedItem { item, result, limit })
            .collect(),
        _ => vec![FailedItem { item, result, limit }],
    }
}
