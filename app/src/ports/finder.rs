//! Search over all that is public.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::PortResult;

/// Hits a page when nothing is said.
const DEFAULT_LIMIT: usize = 20;
/// Hits a page at most.
pub const MOST_HITS: usize = 100;

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
    /// `sample`, `operator`, or the kind of a publication: `bulletin`, `penalty` …
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

/// A parameter of a search that can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidParameter {
    /// Its name
    pub name: String,
    /// What was given
    pub value: String,
}

impl FindQuery {
    /// Reads the parameters of a search, of pages and API alike: `q`, the names of filters (each may repeat),
    /// `sort`, `limit`, `after`, `facets`. Empty values are as if left out.
    ///
    /// # Errors
    /// The first parameter that is unknown or can't be read.
    pub fn from_pairs<N: AsRef<str>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, InvalidParameter> {
        let mut query = Self { limit: DEFAULT_LIMIT, facets: true, ..Self::default() };
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.into());
            if !value.trim().is_empty() && query.set(name, &value).is_none() {
                return Err(InvalidParameter { name: name.to_owned(), value });
            }
        }
        Ok(query)
    }

    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        let text = value.trim().to_owned();
        let filters = &mut self.filters;
        match name {
            "q" => self.text = text,
            "kind" => filters.kind.push(text),
            "verdict" => filters.verdict.push(text),
            "category" => filters.category.push(text),
            "family" => filters.family.push(text),
            "district" => filters.district.push(text),
            "body" => filters.body.push(text),
            "year" => filters.year.push(text.parse().ok()?),
            "from" => filters.from = Some(text.parse().ok()?),
            "to" => filters.to = Some(text.parse().ok()?),
            "sort" => {
                self.sort = match value {
                    "relevance" => FindSort::Relevance,
                    "newest" => FindSort::Newest,
                    _ => return None,
                }
            }
            "limit" => self.limit = text.parse().ok().filter(|limit| (1..=MOST_HITS).contains(limit))?,
            "after" => self.after = Some(text),
            "facets" => self.facets = text.parse().ok()?,
            _ => return None,
        }
        Some(())
    }
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
    /// Of an entry of a register: name of the register
    pub register: Option<String>,
    /// … its district
    pub district: Option<String>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_or_named() {
        let query = FindQuery::from_pairs([("q", " 大米 "), ("year", "2026"), ("year", "2025"), ("kind", "")]).unwrap();
        assert_eq!((query.text.as_str(), query.filters.year, query.filters.kind), ("大米", vec![2026, 2025], vec![]));
        for (name, value) in
            [("year", "x"), ("from", "2026-13-01"), ("limit", "101"), ("sort", "best"), ("colour", "red")]
        {
            let error = FindQuery::from_pairs([(name, value)]).unwrap_err();
            assert_eq!((error.name.as_str(), error.value.as_str()), (name, value));
        }
    }
}
