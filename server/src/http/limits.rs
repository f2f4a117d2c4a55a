//! Limits of every request, each with a page that says so.

use std::any::Any;

use app::pages::error_page;
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    config::{REQUEST_TIMEOUT, UPLOAD_TIMEOUT, URI_BYTES},
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
    let most = if is_upload(&request) { UPLOAD_TIMEOUT } else { REQUEST_TIMEOUT };
    if let Ok(response) = tokio::time::timeout(most, next.run(request)).await {
        return response;
    }
    let id = short_id();
    tracing::error!(path, id, "request took too long");
    failure(StatusCode::SERVICE_UNAVAILABLE, &id)
}

/// A form with files about a case, whole in one request where there is no script.
fn is_upload(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let is_form = kind.is_some_and(|kind| kind.starts_with(b"multipart/form-data"));
    let path = request.uri().path();
    is_form && (path.starts_with("/cases/") || path.starts_with("/desk/cases/"))
}

/// The answer after a panic.
pub fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let cause = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    let id = short_id();
    tracing::error!(cause, id, "request panicked");
    failure(StatusCode::INTERNAL_SERVER_ERROR, &id)
}
