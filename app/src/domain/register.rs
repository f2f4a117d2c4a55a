//! Registers (登记名册): lists with typed columns that a file describes.
//!
//! A file (`app/data/registers/NAME.toml`, or one of a bureau's own) becomes a [`Register`]; a spreadsheet's rows become
//! [`row::Entry`]s by it. What a register shows is public: columns of identity or mobile numbers are refused.

mod cell;
mod column;
mod entry;
mod fault;
mod file;
mod heading;
mod node;
pub mod row;
mod rules;
mod shipped;
mod shows;
#[cfg(test)]
mod tests;
mod wording;

pub use cell::{Cell, week_day};
pub use column::{CellType, Choice, Column, Role};
pub use entry::{Cells, Change, Named};
pub use fault::{Fault, Problem, Wanted};
pub use file::{LARGEST_FILE, MOST_COLUMNS, MOST_LISTED};
pub use heading::{Found, HeadingProblem, MappedHeading, Mapping};
pub use shipped::{Definitions, SHIPPED};
pub use shows::Shows;

/// A register as its file describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Name of the file without `.toml`: `[a-z0-9-]`, at most 40
    pub code: String,
    /// Name: 学校食堂名录
    pub name: String,
    /// Short name for narrow places: 学校食堂
    pub short: String,
    /// What it is and what it is not
    pub note: String,
    /// By what rule it is published
    pub basis: String,
    /// Sentences that stand beside the entries
    pub caveats: Vec<String>,
    /// What it claims to cover
    pub scope: String,
    /// Who says so
    pub source: Source,
    /// What the operator's page makes of it
    pub shows: Shows,
    /// Places of the columns that make two entries the same one
    pub key: Vec<usize>,
    /// How long entries are shown
    pub lives: Lives,
    /// Columns in order
    pub columns: Vec<Column>,
}

/// Who says what a register says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// One for all entries
    Fixed(String),
    /// A column's place
    Column(usize),
}

/// How long entries are shown. Columns are meant by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lives {
    /// Until an edition leaves them out
    Forever,
    /// So many days after the column's time
    Days {
        /// Column of a time
        from: usize,
        /// 30: the last day is the 30th after it
        days: u32,
    },
    /// So many months after the column's time
    Months {
        /// Column of a time
        from: usize,
        /// 12: the last day is the same day of the next year
        months: u32,
    },
    /// Up to and on the column's day; forever where it is empty
    Until(usize),
}

impl Register {
    /// Reads a register's file; `code` is its name without `.toml`.
    ///
    /// # Errors
    /// All faults, in the order of the file; at most 50.
    pub fn parse(code: &str, toml: &str) -> Result<Self, Vec<Fault>> {
        file::parse(code, toml)
    }

    /// The place of the column stored under a code.
    #[must_use]
    pub fn column(&self, code: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.code == code)
    }

    /// The place of the column of a role.
    #[must_use]
    pub fn with_role(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == Some(role))
    }

    /// Columns by which entries are filtered, with their places.
    pub fn facets(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.columns.iter().enumerate().filter(|(_, column)| column.facet)
    }

    /// Columns of the table of entries, with their places.
    pub fn listed(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.columns.iter().enumerate().filter(|(_, column)| column.list)
    }
}
