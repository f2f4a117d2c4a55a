//! Pages that are not kept until the feed of publications moves, but for a minute: neither cases nor what cameras look like
//! move the feed.

use axum::{extract::Request, middleware::Next, response::Response};

use super::CachePolicy;

/// Marks answers to `/statistics` and `/kitchens`, and pages of operators that ask for it.
pub(super) async fn for_a_minute(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_counted = path == "/statistics" || path == "/kitchens" || path.starts_with("/kitchens/");
    let is_operator = path.starts_with("/operators/");
    let mut response = next.run(request).await;
    // the page of an operator with cameras says what they look like
    let shows_cameras = is_operator && response.headers().contains_key(axum::http::header::CACHE_CONTROL);
    if is_counted || shows_cameras {
        response.extensions_mut().insert(CachePolicy::Minute);
    }
    response
}
