//! What a search gives.

use crate::Cursor;

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Hits that match every word and the filters; when there are none, hits that match part of the words
    pub total: u64,
    /// Counts by value, the same hits as `total` but each facet without its own filter. Empty unless asked for
    pub facets: Facets,
    /// This page
    pub hits: Vec<Hit>,
    /// Where the next page begins
    pub next: Option<Cursor>,
    /// A text that would find more
    pub did_you_mean: Option<String>,
    /// Hits of this page from this place on match only part of the words; they are not in `total` unless it counts them
    pub relaxed_after: Option<u64>,
}

/// Values and how many hits have them, the most frequent first; years newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Kinds
    pub kind: Vec<(String, u64)>,
    /// Verdicts
    pub verdict: Vec<(String, u64)>,
    /// Categories
    pub category: Vec<(String, u64)>,
    /// Families of items; a hit may have several
    pub family: Vec<(String, u64)>,
    /// Districts
    pub district: Vec<(String, u64)>,
    /// Years
    pub year: Vec<(String, u64)>,
    /// Publishing bodies
    pub body: Vec<(String, u64)>,
    /// What operators are
    pub place: Vec<(String, u64)>,
}

/// One hit.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The document's id
    pub id: String,
    /// Its kind
    pub kind: String,
    /// Its title with marks
    pub title: Vec<Fragment>,
    /// What matched, in its surroundings
    pub snippet: Vec<Fragment>,
    /// Days since 1970-01-01
    pub date: Option<i32>,
    /// Comparable within one answer only
    pub score: f32,
    /// As it was added
    pub payload: String,
}

/// A piece of text, not escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// The text
    pub text: String,
    /// Whether it matched
    pub hit: bool,
}
