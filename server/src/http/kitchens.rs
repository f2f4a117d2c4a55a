//! Live pictures over HTTP: short-lived addresses for the player, and what its page may load.

use app::text::camera as say;
use axum::{
    Json, Router,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use uuid::Uuid;

use super::{CachePolicy, Web};
use crate::{cameras::WatchError, demo::picture, kitchens::Ticket};

/// Seconds after which the player asks for the demonstration's address again; it never changes.
const DEMO_SECONDS: u64 = 3600;

/// The routes. Their cache policy is `Never`, which the caller sets.
pub fn router(web: &Web) -> Router {
    Router::new()
        .route("/kitchens/live/{camera}", get(ticket))
        .route("/kitchens/live/{camera}/{token}", get(relay))
        .route("/kitchens/demo/{name}", get(demo))
        .with_state(web.clone())
}

/// A fresh signed address. What is refused is told in a sentence.
async fn ticket(State(web): State<Web>, Path(camera): Path<Uuid>) -> Response {
    let demo = || Ticket { src: "/kitchens/demo/live.m3u8".into(), seconds: DEMO_SECONDS };
    match web.cameras.ticket(camera).await {
        Ok(ticket) => Json(ticket.unwrap_or_else(demo)).into_response(),
        Err(error) => refusal(error),
    }
}

/// A playlist or a piece of film.
async fn relay(State(web): State<Web>, Path((camera, token)): Path<(Uuid, String)>) -> Response {
    web.cameras.relay(camera, &token).await.unwrap_or_else(refusal)
}

fn refusal(error: WatchError) -> Response {
    match error {
        WatchError::NotFound => sentence(StatusCode::NOT_FOUND, say::NO_PICTURE),
        WatchError::OutOfHours => sentence(StatusCode::FORBIDDEN, say::NOT_NOW),
        WatchError::Relay(fault) => fault.into_response(),
        WatchError::Port(error) => {
            let id = crate::log::short_id();
            tracing::error!(%error, id, "a camera can't be watched");
            sentence(StatusCode::INTERNAL_SERVER_ERROR, say::FAILED)
        }
    }
}

fn sentence(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// The demonstration's drawing; only where there is demonstration content.
async fn demo(State(web): State<Web>, Path(name): Path<String>) -> Response {
    if !web.site.borrow().demo {
        return sentence(StatusCode::NOT_FOUND, say::NO_PICTURE);
    }
    if name == "live.m3u8" {
        let text = picture::playlist(web.auth.clock.now());
        return ([(header::CONTENT_TYPE, "application/vnd.apple.mpegurl")], text).into_response();
    }
    let Some(bytes) = picture::segment(&name) else { return sentence(StatusCode::NOT_FOUND, say::NO_PICTURE) };
    let mut response = ([(header::CONTENT_TYPE, "video/mp2t")], bytes).into_response();
    response.extensions_mut().insert(CachePolicy::Minute);
    response
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
