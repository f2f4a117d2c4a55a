//! Search and suggestions.

use std::collections::BTreeMap;

use app::ports::{FacetCount, FindQuery, Found, Hit, Suggestion, plain};
use axum::extract::State;
use chrono::NaiveDate;
use serde::Serialize;

use super::{ApiState, Open, Parameters, Problem};

/// Suggestions when nothing is said, and at most.
const SUGGESTIONS: usize = 8;
const MOST_SUGGESTIONS: usize = 20;

/// An answer of the search, of the API and of `portal search --json`.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SearchAnswer {
    /// Hits in all
    pub total: u64,
    /// Time of the search, milliseconds
    pub took_ms: f64,
    /// Counts by facet: `kind`, `verdict`, `category`, `family`, `district`, `year`, `body`
    pub facets: BTreeMap<String, Vec<FacetCount>>,
    /// This page
    pub hits: Vec<SearchHit>,
    /// Give it back as `after` to read on
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// A text that would find more
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<String>,
    /// Hits from this place on match only part of the words
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relaxed_after: Option<usize>,
}

/// One hit.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SearchHit {
    /// `sample`, `operator`, or the kind of a publication: `bulletin`, `penalty` …
    pub kind: String,
    /// Id within its kind
    pub id: String,
    /// Path on this site
    pub url: String,
    /// Title
    pub title: String,
    /// What matched, in its surroundings
    pub snippet: String,
    /// Day of publication
    pub date: Option<NaiveDate>,
    /// Comparable within one answer only
    pub score: f32,
    /// `passed` or `failed`, of samples
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// Name of its register, of entries
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// Its district, of entries
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
}

impl From<Hit> for SearchHit {
    fn from(hit: Hit) -> Self {
        Self {
            title: plain(&hit.title),
            snippet: plain(&hit.snippet),
            kind: hit.kind,
            id: hit.id,
            url: hit.url,
            date: hit.date,
            score: hit.score,
            verdict: hit.verdict,
            register: hit.register,
            district: hit.district,
        }
    }
}

impl From<Found> for SearchAnswer {
    fn from(found: Found) -> Self {
        Self {
            total: found.total,
            took_ms: (found.took_ms * 1000.0).round() / 1000.0,
            facets: found.facets,
            hits: found.hits.into_iter().map(SearchHit::from).collect(),
            next: found.next,
            did_you_mean: found.did_you_mean,
            relaxed_after: found.relaxed_after,
        }
    }
}

/// Suggestions.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Suggestions {
    /// The best first
    pub suggestions: Vec<Suggestion>,
}

/// Search everything that is public: words, "phrases", `-word`. Values of one filter are alternatives, filters add up.
#[utoipa::path(get, path = "/search", params(
    ("q" = Option<String>, Query, description = "Words, \"phrases\", -word; empty lists everything, newest first"),
    ("kind" = Option<Vec<String>>, Query, description = "sample, operator, bulletin, disposal, penalty, recall, warning, tip, notice, article, register; may repeat"),
    ("verdict" = Option<Vec<String>>, Query, description = "passed, failed"),
    ("category" = Option<Vec<String>>, Query, description = "Category of food as printed"),
    ("family" = Option<Vec<String>>, Query, description = "Family of failed items"),
    ("district" = Option<Vec<String>>, Query, description = "District"),
    ("year" = Option<Vec<i32>>, Query, description = "Year of publication"),
    ("body" = Option<Vec<String>>, Query, description = "Publishing body"),
    ("from" = Option<NaiveDate>, Query, description = "First day of publication"),
    ("to" = Option<NaiveDate>, Query, description = "Last day of publication"),
    ("sort" = Option<String>, Query, description = "relevance (default) or newest"),
    ("limit" = Option<u32>, Query, description = "1 to 100, 20 when left out"),
    ("after" = Option<String>, Query, description = "`next` of the page before"),
    ("facets" = Option<bool>, Query, description = "false leaves out the counts"),
), responses((status = 200, body = SearchAnswer), (status = 400, body = Problem), (status = 503, body = Problem)))]
pub async fn search(State(state): State<ApiState>, parameters: Parameters) -> Result<Open<SearchAnswer>, Problem> {
    let query = FindQuery::from_pairs(parameters.0)?;
    Ok(Open(state.finder.find(query).await?.into()))
}

/// Complete what is being typed: firms, products, tested items; pinyin initials too.
#[utoipa::path(get, path = "/suggest", params(
    ("q" = String, Query, description = "What is typed so far"),
    ("limit" = Option<u32>, Query, description = "1 to 20, 8 when left out"),
), responses((status = 200, body = Suggestions), (status = 400, body = Problem)))]
pub async fn suggest(State(state): State<ApiState>, parameters: Parameters) -> Result<Open<Suggestions>, Problem> {
    let (mut prefix, mut limit) = (String::new(), SUGGESTIONS);
    for (name, value) in parameters.0 {
        match (name.as_str(), value.parse()) {
            ("q", _) => prefix = value,
            ("limit", Ok(number)) if (1..=MOST_SUGGESTIONS).contains(&number) => limit = number,
            _ => return Err(Problem::parameter(&name, &value)),
        }
    }
    let suggestions = if prefix.trim().is_empty() { Vec::new() } else { state.finder.suggest(&prefix, limit).await? };
    Ok(Open(Suggestions { suggestions }))
}
