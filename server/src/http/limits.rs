//! Limits of every request, each with a page that says so.

use std::any::Any;

use app::pages::error_page;
use axum::{
    body::Body,
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    config::{REQUEST_TIMEOUT, URI_BYTES},
    log::short_id,
};

/// A failure as a page, with the id of its log entry.
pub(super) fn failure(status: StatusCode, id: &str) -> Response {
    let page = error_page(status.as_u16(), id);
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], page)
        .into_response()
}

/// Refuses addresses that are too long (414) and gives up on requests that take too long (503).
pub async fn time_and_length(request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if length > URI_BYTES {
        return failure(StatusCode::URI_TOO_LONG, &short_id());
    }
    let path = request.uri().path().to_owned();
    if let Ok(response) = tokio::time::timeout(REQUEST_TIMEOUT, next.run(request)).await {
        return response;
    }
    let id = short_id();
    tracing::error!(path, id, "request took too long");
    failure(StatusCode::SERVICE_UNAVAILABLE, &id)
}

/// The answer after a panic.
pub fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let cause = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    let id = short_id();
    tracing::error!(cause, id, "request panicked");
    failure(StatusCode::INTERNAL_SERVER_ERROR, &id)
}
