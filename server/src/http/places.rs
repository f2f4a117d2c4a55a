//! Places over HTTP: who is near, the QR code of the notice for a gate, and what the page of the map may load.

use app::{
    domain::{operator::OperatorKind, place::Point},
    ports::{Directory, MOST_METRES, MOST_PLACES, Nearby, PlaceQuery, PortError},
};
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{CachePolicy, Web, api::Problem, policy::SecurityPolicy};
use crate::{config::MapSettings, qr::Qr};

/// Bytes of a question who is near.
const MOST_BYTES: usize = 4096;
/// Places near when nothing is said.
const NEAREST: usize = 20;

/// A question who is near. It comes in a body, so that the position stands in no address, log or cache.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    lat: f64,
    lon: f64,
    metres: Option<u32>,
    #[serde(default)]
    q: String,
    #[serde(default)]
    district: Vec<String>,
    #[serde(default)]
    kind: Vec<OperatorKind>,
    limit: Option<usize>,
}

/// The routes that are never kept.
pub fn near_router(web: &Web) -> Router {
    Router::new()
        .route("/api/v1/places/near", post(near))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(web.clone())
}

/// The routes that are kept until the feed moves.
pub fn router(web: &Web) -> Router {
    Router::new().route("/operators/{id}/qr.svg", get(code)).with_state(web.clone())
}

async fn near(
    State(web): State<Web>,
    body: Result<Json<Question>, axum::extract::rejection::JsonRejection>,
) -> Response {
    // the rejection's own words may quote the position
    let Ok(Json(asked)) = body else { return Problem::from(PortError::Invalid("body")).into_response() };
    let Some(point) = Point::from_degrees(asked.lat, asked.lon) else {
        return Problem::from(PortError::Invalid("lat")).into_response();
    };
    if asked.metres.is_some_and(|metres| metres > MOST_METRES) {
        return Problem::from(PortError::Invalid("metres")).into_response();
    }
    let query = PlaceQuery {
        text: asked.q,
        district: asked.district,
        kind: asked.kind,
        near: Some(Nearby { point, metres: asked.metres }),
        limit: asked.limit.unwrap_or(NEAREST).clamp(1, MOST_PLACES),
        after: None,
    };
    match web.places.places(query).await {
        Ok(found) => Json(found).into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// The way to an operator's page as a picture.
async fn code(State(web): State<Web>, Path(id): Path<Uuid>) -> Response {
    let id = match web.db.operator(id).await {
        Ok(operator) => operator.line.id,
        Err(error) => return Problem::from(error).into_response(),
    };
    let Some(qr) = Qr::new(&format!("{}/operators/{id}", web.site.borrow().base_url)) else {
        return Problem::from(PortError::NotFound).into_response();
    };
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{0}v{0}H0z\"/><path d=\"{1}\"/></svg>",
        qr.side,
        qr.path()
    );
    ([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response()
}

/// What the pages of places may do beyond others.
#[derive(Clone)]
pub struct MapPolicy {
    content: HeaderValue,
}

impl MapPolicy {
    /// From the policy of all pages and the hosts of the tiles.
    pub fn new(public: &SecurityPolicy, settings: &MapSettings) -> Self {
        Self { content: public.with_map(&settings.origins()) }
    }
}

/// The page of places may ask for the position, start the map's worker and load tiles; no other page may. The list of
/// schools says what cameras look like.
pub(super) async fn with_map(State(policy): State<MapPolicy>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (is_places, is_schools) = (path == "/places", path == "/schools");
    let mut response = next.run(request).await;
    if is_places {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy.content);
        headers.insert(
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static("camera=(), microphone=(), geolocation=(self)"),
        );
    }
    if is_schools {
        response.extensions_mut().insert(CachePolicy::Minute);
    }
    response
}
