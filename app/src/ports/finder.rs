//! Search over all that is public.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::PortResult;

/// Order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindSort {
    /// Best match first
    #[default]
    Relevance,
    /// Newest first
    Newest,
}

/// Which hits to keep: values of one filter are alternatives, filters add up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindFilters {
    /// `sample`, `bulletin`, `operator`
    pub kind: Vec<String>,
    /// `passed`, `failed`
    pub verdict: Vec<String>,
    /// 食品大类 as printed
    pub category: Vec<String>,
    /// Codes of [`crate::domain::finding::Family`]
    pub family: Vec<String>,
    /// District
    pub district: Vec<String>,
    /// Year of publication
    pub year: Vec<i32>,
    /// 发布单位
    pub body: Vec<String>,
    /// First day of publication
    pub from: Option<NaiveDate>,
    /// Last day of publication
    pub to: Option<NaiveDate>,
}

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct FindQuery {
    /// Words, "phrases", `-word`; empty lists everything, newest first
    pub text: String,
    /// Filters
    pub filters: FindFilters,
    /// Order
    pub sort: FindSort,
    /// Hits a page, at most 100
    pub limit: usize,
    /// Cursor of the page before
    pub after: Option<String>,
    /// Count facets
    pub facets: bool,
}

/// A piece of text; `hit` marks what matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Fragment {
    /// Text, not escaped
    pub text: String,
    /// Whether it matched
    pub hit: bool,
}

/// The text of fragments without marks.
#[must_use]
pub fn plain(fragments: &[Fragment]) -> String {
    fragments.iter().map(|fragment| fragment.text.as_str()).collect()
}

/// One hit.
#[derive(Clone, Debug)]
pub struct Hit {
    /// `sample`, `bulletin`, `operator`
    pub kind: String,
    /// Id within its kind
    pub id: String,
    /// Path on this site
    pub url: String,
    /// Title with marks
    pub title: Vec<Fragment>,
    /// What matched, in its surroundings
    pub snippet: Vec<Fragment>,
    /// Day of publication
    pub date: Option<NaiveDate>,
    /// Score; comparable within one answer only
    pub score: f32,
    /// Verdict code of a sample
    pub verdict: Option<String>,
}

/// How many hits have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FacetCount {
    /// Value, to be given back as filter
    pub value: String,
    /// Hits with it, all other filters applied
    pub count: u64,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Hits in all
    pub total: u64,
    /// Time of the search, milliseconds
    pub took_ms: f64,
    /// Counts by facet name (`kind`, `verdict`, `category`, `family`, `district`, `year`, `body`)
    pub facets: BTreeMap<String, Vec<FacetCount>>,
    /// This page
    pub hits: Vec<Hit>,
    /// Cursor of the next page
    pub next: Option<String>,
    /// A text that would find more
    pub did_you_mean: Option<String>,
    /// Hits of this page from this place on matched only part of the words
    pub relaxed_after: Option<usize>,
}

/// A completion while typing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Suggestion {
    /// What to search for
    pub text: String,
    /// `name`, `product`, `item`
    pub kind: String,
    /// Records with it
    pub count: u64,
}

/// Finds.
#[async_trait]
pub trait Finder: Send + Sync {
    /// Searches.
    async fn find(&self, query: FindQuery) -> PortResult<Found>;
    /// Completes what is being typed.
    async fn suggest(&self, prefix: &str, limit: usize) -> PortResult<Vec<Suggestion>>;
}
