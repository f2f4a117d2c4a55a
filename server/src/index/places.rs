//! The port `Places` on the index: operators are documents of it like all others.

use std::time::Instant;

use app::{
    domain::{operator::OperatorKind, place::Point},
    ports::{FacetCount, MOST_POINTS, Nearby, PlaceHit, PlaceQuery, Places, PlacesFound, PortResult},
};
use async_trait::async_trait;
use search::{Cursor, Filters, Query, Results};
use tokio::task::spawn_blocking;

use super::{
    IndexFinder,
    documents::{OPERATOR, Payload, address},
    finder::{QUERY_CHARS, fragments, joined, port_error},
};

fn to_query(query: PlaceQuery) -> PortResult<Query> {
    let after = query.after.map(|after| after.parse::<Cursor>()).transpose().map_err(port_error)?;
    let near = query.near.map(|near| search::Near {
        point: search::Point { lat_e6: near.point.lat_e6, lon_e6: near.point.lon_e6 },
        metres: near.metres,
    });
    Ok(Query {
        text: query.text.chars().take(QUERY_CHARS).collect(),
        only: Some(OPERATOR.into()),
        near,
        filters: Filters {
            district: query.district,
            place: query.kind.into_iter().map(|kind| kind.code().to_owned()).collect(),
            ..Filters::default()
        },
        limit: query.limit.clamp(1, MOST_POINTS),
        after,
        facets: true,
        ..Query::default()
    })
}

fn to_hit(hit: search::Hit, near: Option<Nearby>) -> Option<PlaceHit> {
    let (_, id, _) = address(&hit.id)?;
    let payload = Payload::read(&hit.payload);
    let place = payload.place.unwrap_or_default();
    let point = place.point.map(|(lat_e6, lon_e6)| Point { lat_e6, lon_e6 });
    Some(PlaceHit {
        id: id.parse().ok()?,
        name: fragments(hit.title),
        address: place.address,
        district: payload.district,
        kind: place.kind.as_deref().and_then(OperatorKind::from_code),
        point,
        metres: near.zip(point).map(|(near, point)| near.point.metres_to(point).round()),
    })
}

fn counts(counts: Vec<(String, u64)>) -> Vec<FacetCount> {
    counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect()
}

fn to_found(results: Results, near: Option<Nearby>, started: Instant) -> PlacesFound {
    PlacesFound {
        total: results.total,
        districts: counts(results.facets.district),
        kinds: counts(results.facets.place),
        hits: results.hits.into_iter().filter_map(|hit| to_hit(hit, near)).collect(),
        next: results.next.map(|cursor| cursor.to_string()),
        did_you_mean: results.did_you_mean,
        relaxed_after: results.relaxed_after.and_then(|at| usize::try_from(at).ok()),
        took_ms: (started.elapsed().as_secs_f64() * 1_000_000.0).round() / 1000.0,
    }
}

#[async_trait]
impl Places for IndexFinder {
    async fn places(&self, query: PlaceQuery) -> PortResult<PlacesFound> {
        let (started, near) = (Instant::now(), query.near);
        let query = to_query(query)?;
        let index = self.index()?;
        let results = joined(spawn_blocking(move || index.search(&query)).await)?;
        Ok(to_found(results, near, started))
    }
}
