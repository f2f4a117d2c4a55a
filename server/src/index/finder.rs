//! The port `Finder` on the index.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use app::ports::{
    FacetCount, FindQuery, FindSort, Finder, Found, Fragment, Hit, MOST_HITS, PortError, PortResult, Suggestion,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use search::{Cursor, Filters, Index, Query, Results, Sort, SuggestKind, Within};
use tokio::{sync::watch, task::spawn_blocking};
use uuid::Uuid;

use super::{
    LiveIndex,
    documents::{self, Payload},
    follow::Standing,
};

/// Characters of a query that are looked at.
pub(super) const QUERY_CHARS: usize = 400;

/// Finds in the live index.
pub struct IndexFinder {
    live: Arc<LiveIndex>,
    standing: watch::Receiver<Standing>,
}

impl IndexFinder {
    /// A finder that answers "unavailable" while the index is being built from nothing.
    pub fn new(live: Arc<LiveIndex>, standing: watch::Receiver<Standing>) -> Self {
        Self { live, standing }
    }

    pub(super) fn index(&self) -> PortResult<Arc<Index>> {
        if self.standing.borrow().is_filling() {
            return Err(PortError::Unavailable("the index is being built".into()));
        }
        Ok(self.live.get())
    }
}

pub(super) fn port_error(error: search::Error) -> PortError {
    match error {
        search::Error::Cursor => PortError::Invalid("after"),
        other => PortError::Internal(other.to_string()),
    }
}

fn to_query(query: FindQuery) -> PortResult<Query> {
    let after = query.after.map(|after| after.parse::<Cursor>()).transpose().map_err(port_error)?;
    let filters = query.filters;
    Ok(Query {
        text: query.text.chars().take(QUERY_CHARS).collect(),
        filters: Filters {
            kind: filters.kind,
            verdict: filters.verdict,
            category: filters.category,
            family: filters.family,
            district: filters.district,
            year: filters.year,
            body: filters.body,
            place: Vec::new(),
            from: filters.from.map(documents::days),
            to: filters.to.map(documents::days),
        },
        sort: match query.sort {
            FindSort::Relevance => Sort::Relevance,
            FindSort::Newest => Sort::Newest,
        },
        limit: query.limit.clamp(1, MOST_HITS),
        after,
        facets: query.facets,
        snippets: true,
        only: None,
        near: None,
    })
}

pub(super) fn fragments(fragments: Vec<search::Fragment>) -> Vec<Fragment> {
    fragments.into_iter().map(|fragment| Fragment { text: fragment.text, hit: fragment.hit }).collect()
}

fn to_hit(hit: search::Hit) -> Option<Hit> {
    let (_, id, url) = documents::address(&hit.id)?;
    let Payload { verdict, register, district, path, .. } = Payload::read(&hit.payload);
    Some(Hit {
        id,
        url: path.unwrap_or(url),
        kind: hit.kind,
        title: fragments(hit.title),
        snippet: fragments(hit.snippet),
        date: hit.date.and_then(NaiveDate::from_epoch_days),
        score: hit.score,
        verdict,
        register,
        district,
    })
}

fn to_found(results: Results, started: Instant) -> Found {
    let facets = results.facets;
    let named = [
        ("kind", facets.kind),
        ("verdict", facets.verdict),
        ("category", facets.category),
        ("family", facets.family),
        ("district", facets.district),
        ("year", facets.year),
        ("body", facets.body),
    ];
    let facets: BTreeMap<String, Vec<FacetCount>> = named
        .into_iter()
        .map(|(name, counts)| {
            let counts = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
            (name.to_owned(), counts)
        })
        .collect();
    Found {
        total: results.total,
        facets,
        hits: results.hits.into_iter().filter_map(to_hit).collect(),
        next: results.next.map(|cursor| cursor.to_string()),
        did_you_mean: results.did_you_mean,
        relaxed_after: results.relaxed_after.and_then(|at| usize::try_from(at).ok()),
        took_ms: started.elapsed().as_secs_f64() * 1000.0,
    }
}

/// Kinds and ids of those of a few documents that a search finds, and how many there are.
pub(crate) async fn find_within(
    index: Arc<Index>,
    query: FindQuery,
    only: Within,
) -> PortResult<(u64, Vec<(String, Uuid)>)> {
    let query = to_query(query)?;
    let results = joined(spawn_blocking(move || index.search_within(&query, &only)).await)?;
    let of = |hit: search::Hit| {
        let (kind, id, _) = documents::address(&hit.id)?;
        Some((kind.to_owned(), Uuid::try_parse(&id).ok()?))
    };
    Ok((results.total, results.hits.into_iter().filter_map(of).collect()))
}

pub(super) fn joined<T>(answer: Result<Result<T, search::Error>, tokio::task::JoinError>) -> PortResult<T> {
    answer.map_err(|error| PortError::Internal(error.to_string()))?.map_err(port_error)
}

#[async_trait]
impl Finder for IndexFinder {
    async fn find(&self, query: FindQuery) -> PortResult<Found> {
        let started = Instant::now();
        let query = to_query(query)?;
        let index = self.index()?;
        let results = joined(spawn_blocking(move || index.search(&query)).await)?;
        Ok(to_found(results, started))
    }

    async fn suggest(&self, prefix: &str, limit: usize) -> PortResult<Vec<Suggestion>> {
        let index = self.index()?;
        let prefix: String = prefix.chars().take(QUERY_CHARS).collect();
        let found = joined(spawn_blocking(move || index.suggest(&prefix, limit)).await)?;
        Ok(found
            .into_iter()
            .map(|suggestion| Suggestion {
                text: suggestion.text,
                kind: match suggestion.kind {
                    SuggestKind::Name => "name",
                    SuggestKind::Product => "product",
                    SuggestKind::Item => "item",
                }
                .into(),
                count: suggestion.count,
            })
            .collect())
    }
}
