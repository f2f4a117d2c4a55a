//! Which column of a spreadsheet is which column of a register.

use super::{Register, wording};
use crate::domain::operator::narrow;

/// How a heading was found to be a column's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// By its name or an alias, without what stands in brackets
    Bare,
    /// By one of its aliases
    Alias,
    /// By its name
    Name,
    /// An officer said so
    Chosen,
}

/// A heading of a spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedHeading {
    /// As printed
    pub heading: String,
    /// The column of the register that it is, by its place
    pub column: Option<usize>,
    /// How that was found
    pub found: Option<Found>,
}

/// The headings of a spreadsheet from the left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// One for each column of the spreadsheet
    pub headings: Vec<MappedHeading>,
}

/// What is wrong with a mapping or worth a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadingProblem {
    /// No heading is the required column
    Missing(usize),
    /// Two headings are one column: its place, places of the headings
    Ambiguous(usize, usize, usize),
    /// A heading of what is never published: its place, what gives it away. The column is not read
    Private(usize, &'static str),
    /// A heading that is no column's: its place. The column is not read
    Unused(usize),
}

impl HeadingProblem {
    /// Whether the spreadsheet can't be read so.
    #[must_use]
    pub const fn stops(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::Ambiguous(..))
    }
}

/// A heading without blanks, marks of required columns and the width of signs.
pub(super) fn plain(heading: &str) -> String {
    heading
        .chars()
        .map(narrow)
        .filter(|sign| {
            !sign.is_whitespace()
                && !matches!(
                    sign,
                    '*' | '★' | '\u{200b}' | '\u{feff}' | ':' | '"' | '“' | '”' | '、' | ',' | '.' | '。'
                )
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// What is left without brackets, unless that is nothing.
fn bare(plain: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for sign in plain.chars() {
        match sign {
            '(' | '[' | '【' | '〔' | '{' => depth += 1,
            ')' | ']' | '】' | '〕' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(sign),
            _ => {}
        }
    }
    if out.is_empty() { plain.to_owned() } else { out }
}

impl Mapping {
    /// Finds the columns of headings. Of two headings for one column the better found is it; of two found alike both are,
    /// which [`Mapping::problems`] tells.
    #[must_use]
    pub fn find(register: &Register, headings: &[String]) -> Self {
        let found: Vec<Option<(usize, Found)>> = headings.iter().map(|heading| find(register, heading)).collect();
        let best =
            |column: usize| found.iter().flatten().filter(|(other, _)| *other == column).map(|(_, found)| *found).max();
        let headings = headings
            .iter()
            .zip(&found)
            .map(|(heading, found)| {
                let kept = found.filter(|(column, how)| best(*column) == Some(*how));
                MappedHeading {
                    heading: heading.clone(),
                    column: kept.map(|(column, _)| column),
                    found: kept.map(|(_, found)| found),
                }
            })
            .collect();
        Self { headings }
    }

    /// Lets a column of the spreadsheet be a column of the register, or none.
    pub fn choose(&mut self, at: usize, column: Option<usize>) {
        if let Some(heading) = self.headings.get_mut(at) {
            heading.column = column;
            heading.found = column.map(|_| Found::Chosen);
        }
    }

    /// Columns of the register that are found.
    #[must_use]
    pub fn columns(&self) -> usize {
        let mut columns: Vec<usize> = self.headings.iter().filter_map(|heading| heading.column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns.len()
    }

    /// What is wrong or worth a look.
    #[must_use]
    pub fn problems(&self, register: &Register) -> Vec<HeadingProblem> {
        let mut problems = Vec::new();
        for (number, column) in register.columns.iter().enumerate() {
            let mut places = self
                .headings
                .iter()
                .enumerate()
                .filter(|(_, heading)| heading.column == Some(number))
                .map(|(at, _)| at);
            match (places.next(), places.next()) {
                (Some(first), Some(second)) => problems.push(HeadingProblem::Ambiguous(number, first, second)),
                (None, _) if column.required => problems.push(HeadingProblem::Missing(number)),
                _ => {}
            }
        }
        for (at, heading) in self.headings.iter().enumerate().filter(|(_, heading)| heading.column.is_none()) {
            let printed = plain(&heading.heading);
            if let Some(word) = wording::private(&printed) {
                problems.push(HeadingProblem::Private(at, word));
            } else if !printed.is_empty() && !matches!(bare(&printed).as_str(), "序号" | "编序" | "no" | "行号") {
                problems.push(HeadingProblem::Unused(at));
            }
        }
        problems
    }
}

fn find(register: &Register, heading: &str) -> Option<(usize, Found)> {
    let full = plain(heading);
    if full.is_empty() || wording::private(&full).is_some() {
        return None;
    }
    let by = |key: &str, aliases: bool| {
        register.columns.iter().position(|column| {
            if aliases { column.aliases.iter().any(|alias| plain(alias) == key) } else { plain(&column.name) == key }
        })
    };
    let short = bare(&full);
    by(&full, false)
        .map(|column| (column, Found::Name))
        .or_else(|| by(&full, true).map(|column| (column, Found::Alias)))
        .or_else(|| by(&short, false).or_else(|| by(&short, true)).map(|column| (column, Found::Bare)))
}
