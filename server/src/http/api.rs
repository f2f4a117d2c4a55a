//! The read API below `/api/v1`. Everything it says is on a public page too.

mod notices;
mod openapi;
mod places;
mod problem;
mod publications;
mod registers;
mod search;
mod statistics;

use std::sync::Arc;

use app::ports::{Directory, Figures, Finder, Notices, Places, Publications, Registers, Site};
use axum::{
    Json, Router,
    extract::FromRequestParts,
    http::{header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};

use tokio::sync::watch;

use crate::map::Ground;

pub use openapi::document;
pub use problem::Problem;
pub use search::SearchAnswer;

/// Entries a page when nothing is said, and at most.
const DEFAULT_LIMIT: u32 = 50;
const MOST: u32 = 200;

/// The ports that the API asks.
#[derive(Clone)]
pub struct ApiState {
    /// Bulletins and samples
    pub publications: Arc<dyn Publications>,
    /// Publications of all other kinds
    pub notices: Arc<dyn Notices>,
    /// Registers
    pub registers: Arc<dyn Registers>,
    /// Operators
    pub directory: Arc<dyn Directory>,
    /// Search
    pub finder: Arc<dyn Finder>,
    /// Places
    pub places: Arc<dyn Places>,
    /// What maps are made of
    pub ground: Ground,
    /// Whether there is demonstration content
    pub site: watch::Receiver<Arc<Site>>,
    /// Counts of complaints and reports
    pub figures: Arc<dyn Figures>,
}

/// The routes.
pub fn router(state: ApiState) -> Router {
    Router::new()
        .route("/search", get(search::search))
        .route("/suggest", get(search::suggest))
        .route("/places", get(places::places))
        .route("/places.geojson", get(places::points))
        .route("/districts.geojson", get(places::districts))
        .route("/bulletins", get(publications::bulletins))
        .route("/bulletins/{id}", get(publications::bulletin))
        .route("/bulletins/{id}/samples", get(publications::bulletin_samples))
        .route("/samples", get(publications::samples))
        .route("/samples/{id}", get(publications::sample))
        .route("/operators", get(publications::operators))
        .route("/operators/{id}", get(publications::operator))
        .route("/operators/{id}/samples", get(publications::operator_samples))
        .route("/publications", get(notices::publications))
        .route("/publications/{id}", get(notices::publication))
        .route("/registers", get(registers::registers))
        .route("/registers/{code}", get(registers::register))
        .route("/registers/{code}/entries", get(registers::entries))
        .route("/registers/{code}/entries/{id}", get(registers::entry))
        .route("/recalls/check", get(notices::check))
        .route("/statistics", get(statistics::statistics))
        .route("/statistics.csv", get(statistics::csv))
        .route("/openapi.json", get(|| async { Json(document()) }))
        .fallback(|| async { Problem::no_such_route() })
        .method_not_allowed_fallback(|| async { Problem::read_only() })
        .with_state(state)
}

/// The query's parameters in order.
struct Parameters(Vec<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect()))
    }
}

/// Where in a list to read on, and how much.
struct Paging {
    after: Option<String>,
    limit: u32,
}

impl Parameters {
    /// Takes the parameters of paging; `other` takes the others or tells that it doesn't know them.
    fn paging(self, mut other: impl FnMut(&str, &str) -> bool) -> Result<Paging, Problem> {
        let mut paging = Paging { after: None, limit: DEFAULT_LIMIT };
        for (name, value) in self.0 {
            let read = match name.as_str() {
                "after" => {
                    paging.after = Some(value.clone()).filter(|value| !value.is_empty());
                    true
                }
                "limit" => match value.parse() {
                    Ok(limit @ 1..=MOST) => {
                        paging.limit = limit;
                        true
                    }
                    _ => false,
                },
                name => other(name, &value),
            };
            if !read {
                return Err(Problem::parameter(&name, &value));
            }
        }
        Ok(paging)
    }
}

/// JSON that any site may read.
struct Open<T>(T);

impl<T: serde::Serialize> IntoResponse for Open<T> {
    fn into_response(self) -> Response {
        ([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], Json(self.0)).into_response()
    }
}
