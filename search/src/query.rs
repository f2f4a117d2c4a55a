//! What is asked, and how people's text becomes tantivy queries.

mod build;
mod parse;

use crate::{Cursor, Near};

pub use build::{Plan, TIERS, of_kind};
pub use parse::{Parsed, parse};

/// Order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first
    #[default]
    Relevance,
    /// Newest first
    Newest,
}

/// Which hits to keep: values of one list are alternatives, lists add up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Kinds
    pub kind: Vec<String>,
    /// Verdicts
    pub verdict: Vec<String>,
    /// Categories
    pub category: Vec<String>,
    /// Families of items
    pub family: Vec<String>,
    /// Districts
    pub district: Vec<String>,
    /// Years
    pub year: Vec<i32>,
    /// Publishing bodies
    pub body: Vec<String>,
    /// What operators are
    pub place: Vec<String>,
    /// First day, days since 1970-01-01
    pub from: Option<i32>,
    /// Last day
    pub to: Option<i32>,
}

/// A few documents within which a search looks: what has changed, asked by somebody who follows a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// Their ids
    pub ids: Vec<String>,
    /// All of these groups
    pub groups: Vec<String>,
}

/// A search.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Words, "phrases", `-word`. Empty lists everything, newest first
    pub text: String,
    /// Documents of this kind only; others are not counted either
    pub only: Option<String>,
    /// Documents that have a place only, the nearest first
    pub near: Option<Near>,
    /// Filters
    pub filters: Filters,
    /// Order
    pub sort: Sort,
    /// Hits a page
    pub limit: usize,
    /// Where the page before ended
    pub after: Option<Cursor>,
    /// Count facets
    pub facets: bool,
    /// Make snippets
    pub snippets: bool,
}
