//! The built front's files.

use app::assets::Assets;
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::{
    CachePolicy,
    cache::{accepts_brotli, is_known},
};
use crate::front::Front;

/// The addresses that pages name.
pub fn assets(front: &Front) -> Assets {
    let url = |name, extension| front.package_url(name, extension);
    Assets {
        css: url("portal", "css"),
        forms_css: url("forms", "css"),
        desk_css: url("desk", "css"),
        js: url("portal", "js"),
        wasm: url("portal", "wasm"),
        places: url("places", "js"),
        map: [url("maplibre", "js"), url("maplibre-worker", "js"), url("maplibre", "css")],
        kitchen: url("kitchen", "js"),
        hls: url("hls", "js"),
    }
}

/// The routes: the package, and files that browsers ask for at fixed places.
pub fn router(front: &Front) -> Router {
    Router::new()
        .route("/pkg/{*path}", get(serve))
        .route("/favicon.ico", get(serve))
        .route("/favicon.svg", get(serve))
        .route("/assets/{*path}", get(serve))
        .with_state(front.clone())
}

async fn serve(State(front): State<Front>, request: Request) -> Response {
    let Some(file) = front.get(request.uri().path().trim_start_matches('/')) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = HeaderValue::try_from(&file.etag).unwrap_or(HeaderValue::from_static("\"\""));
    let known = is_known(request.headers(), &etag);
    let packed = file.brotli.as_ref().filter(|_| accepts_brotli(request.headers()));
    let mut response =
        Response::new(if known { Body::empty() } else { Body::from(packed.unwrap_or(&file.plain).clone()) });
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    if file.immutable {
        response.extensions_mut().insert(CachePolicy::Immutable);
    }
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media_type));
    if packed.is_some() && !known {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}
