//! Finding the header of a table, and what its columns are in their context.

use std::collections::BTreeSet;

use app::domain::sample::Verdict;

use super::{
    Field,
    cells::{one_line, value},
    grid::{Grid, letters},
    heading::{map_heading, plain},
};

/// Rows in which a header is looked for.
const LOOKED_AT: usize = 60;
/// Rows of data by which ambiguous columns are told.
const SEEN: usize = 300;

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Heading as printed on one line; of several rows put together
    pub heading: String,
    /// What it is
    pub field: Option<Field>,
}

/// A header.
#[derive(Clone, Debug)]
pub struct Header {
    /// Places of its first and last row in the grid
    pub rows: (usize, usize),
    /// Its columns
    pub columns: Vec<Column>,
}

impl Header {
    /// The first column of a field.
    pub fn find(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(field))
    }

    /// All columns of a field.
    pub fn all(&self, field: Field) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, column)| column.field == Some(field)).map(|(at, _)| at)
    }

    /// Heading as printed, or the column's letter.
    pub fn name(&self, column: usize) -> String {
        let heading = self.columns.get(column).map(|column| column.heading.clone()).unwrap_or_default();
        if heading.is_empty() { letters(column) } else { heading }
    }
}

/// Finds the header: the rows whose headings mean the most.
pub fn find(grid: &Grid) -> Option<Header> {
    let mut best: Option<(usize, Header)> = None;
    for first in 0..grid.rows.len().min(LOOKED_AT) {
        for height in 1..=3 {
            let last = first + height - 1;
            if last >= grid.rows.len() || (height > 1 && !is_group(grid, first, last)) {
                break;
            }
            let headings = headings(grid, first, last);
            let columns: Vec<Column> =
                headings.into_iter().map(|heading| Column { field: map_heading(&heading), heading }).collect();
            let Some(score) = score(&columns) else { continue };
            if best.as_ref().is_none_or(|(known, _)| score > *known) {
                best = Some((score, Header { rows: (first, last), columns }));
            }
        }
    }
    let (_, mut header) = best?;
    in_context(grid, &mut header);
    Some(header)
}

/// Distinct meanings of a header; `None` for what is none.
fn score(columns: &[Column]) -> Option<usize> {
    let fields: BTreeSet<Field> = columns.iter().filter_map(|column| column.field).collect();
    let tells = [
        Field::Verdict,
        Field::Item,
        Field::Combined,
        Field::Number,
        Field::SellerName,
        Field::ProducerName,
        Field::Date,
        Field::Result,
    ];
    let is_table = fields.contains(&Field::Product) && tells.iter().any(|field| fields.contains(field));
    // a long sentence may hold the words of a heading and is none
    let long = columns.iter().filter(|column| column.heading.chars().count() > 60).count();
    let known = fields.len();
    (is_table && known >= 3 && long * 2 < columns.len()).then_some(known)
}

/// Whether the rows below the first are parts of its groups rather than data: below a heading that stands for itself
/// they are empty or repeat it (vertical merges).
pub(super) fn is_group(grid: &Grid, first: usize, last: usize) -> bool {
    let top = &grid.rows[first];
    let width = grid.rows[first..=last].iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut below_groups = 0;
    for row in &grid.rows[first + 1..=last] {
        for column in 0..width {
            let (Some(text), above) = (row.cell(column).shown(), top.cell(column).shown()) else { continue };
            let same = above.as_ref() == Some(&text);
            let opens_group = above.is_some() && top.cell(column + 1).is_empty() && !row.cell(column + 1).is_empty();
            let inside_group = above.is_none() && (0..column).rev().any(|left| !top.cell(left).is_empty());
            if opens_group || inside_group {
                below_groups += 1;
            } else if !same {
                return false;
            }
        }
    }
    below_groups >= 2
}

/// Headings of rows put together: a group's heading stands before those below it.
pub(super) fn headings(grid: &Grid, first: usize, last: usize) -> Vec<String> {
    let width = grid.rows[first..=last].iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut headings = vec![String::new(); width];
    for (place, row) in grid.rows[first..=last].iter().enumerate() {
        let is_last = first + place == last;
        let mut group = String::new();
        for (column, heading) in headings.iter_mut().enumerate() {
            let own = row.cell(column).shown().map(|text| one_line(&text));
            let below_is_filled =
                !is_last && grid.rows[first + place + 1..=last].iter().any(|row| !row.cell(column).is_empty());
            let text = match own {
                Some(text) => {
                    group.clone_from(&text);
                    text
                }
                None if below_is_filled => group.clone(),
                None => {
                    group.clear();
                    continue;
                }
            };
            if *heading != text {
                heading.push_str(&text);
            }
        }
    }
    headings
}

/// What headings alone don't tell: neighbours and values do.
fn in_context(grid: &Grid, header: &mut Header) {
    let mut party = None;
    for column in &mut header.columns {
        let bare = plain(&column.heading);
        let only_address =
            matches!(bare.as_str(), "地址" | "及地址" | "详细地址" | "所在地" | "企业地址" | "单位地址" | "地址所在地");
        match (column.field, party) {
            (Some(name @ (Field::ProducerName | Field::SellerName)), _) => party = Some(name),
            (Some(Field::ProducerAddress | Field::SellerAddress), Some(party)) if only_address => {
                let of_producer = party == Field::ProducerName;
                column.field = Some(if of_producer { Field::ProducerAddress } else { Field::SellerAddress });
            }
            _ => {}
        }
        if matches!(bare.as_str(), "项目分类" | "项目类别") {
            column.field = Some(Field::Ignored);
        }
    }
    supplier_is_seller(header);
    results_and_verdicts(grid, header);
}

/// In a table of producers and suppliers without sampled units, the supplier is the sampled unit.
fn supplier_is_seller(header: &mut Header) {
    if header.find(Field::SellerName).is_some() || header.all(Field::ProducerName).count() < 2 {
        return;
    }
    let supplier = header.columns.iter_mut().find(|column| {
        column.field == Some(Field::ProducerName)
            && matches!(plain(&column.heading).as_str(), "供应商" | "供货商" | "供货单位" | "销售商")
    });
    if let Some(supplier) = supplier {
        supplier.field = Some(Field::SellerName);
    }
}

/// `检验结果` is a verdict where its cells are verdicts, and a measured value elsewhere.
fn results_and_verdicts(grid: &Grid, header: &mut Header) {
    let columns: Vec<usize> = header.all(Field::Verdict).collect();
    for column in columns {
        let cells = grid.rows[header.rows.1 + 1..].iter().take(SEEN).filter_map(|row| value(row.cell(column)));
        let (mut filled, mut verdicts) = (0, 0);
        for text in cells {
            filled += 1;
            verdicts += usize::from(text.chars().count() <= 12 && Verdict::read(&text).is_some());
        }
        if filled > 0 && verdicts * 2 < filled {
            header.columns[column].field = Some(Field::Result);
        }
    }
}
