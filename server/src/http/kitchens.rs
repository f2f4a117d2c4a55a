//! Live pictures over HTTP: short-lived addresses for the player, and what its page may load.

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::Web;

/// The routes. Their cache policy is `Never`, which the caller sets.
pub fn router(_web: &Web) -> Router {
    Router::new()
}

/// Pages of one place may play media; no other page may.
pub(super) async fn with_media(State(media): State<HeaderValue>, request: Request, next: Next) -> Response {
    let is_place = request.uri().path().strip_prefix("/kitchens/").is_some_and(|rest| !rest.is_empty());
    let mut response = next.run(request).await;
    if is_place {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, media);
    }
    response
}
