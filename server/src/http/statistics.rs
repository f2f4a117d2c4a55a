//! The page of statistics is not kept until the feed of publications moves, but for a minute: cases don't move the feed.

use axum::{extract::Request, middleware::Next, response::Response};

use super::CachePolicy;

/// Marks answers to `/statistics`.
pub(super) async fn for_a_minute(request: Request, next: Next) -> Response {
    let is_statistics = request.uri().path() == "/statistics";
    let mut response = next.run(request).await;
    if is_statistics {
        response.extensions_mut().insert(CachePolicy::Minute);
    }
    response
}
