//! Pages that are not kept until the feed of publications moves, but for a minute: neither cases nor what cameras look like
//! move the feed.

use axum::{extract::Request, middleware::Next, response::Response};

use super::CachePolicy;

/// Marks answers to `/statistics` and `/kitchens`.
pub(super) async fn for_a_minute(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_counted = path == "/statistics" || path == "/kitchens" || path.starts_with("/kitchens/");
    let mut response = next.run(request).await;
    if is_counted {
        response.extensions_mut().insert(CachePolicy::Minute);
    }
    response
}
