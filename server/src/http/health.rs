//! `/healthz`: the process answers. `/readyz`: database and index answer too, and the index is not far behind.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde::Serialize;

use super::Web;

/// What `/readyz` tells.
#[derive(Serialize)]
struct Ready {
    database: bool,
    index: bool,
    feed_position: u64,
    index_position: u64,
}

/// The routes.
pub fn router(web: &Web) -> Router {
    Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready)).with_state(web.clone())
}

async fn ready(State(web): State<Web>) -> (StatusCode, Json<Ready>) {
    let database = web.db.ping().await;
    if let Err(error) = &database {
        tracing::warn!(%error, "database does not answer");
    }
    let standing = *web.standing.borrow();
    let ready = Ready {
        database: database.is_ok(),
        index: !standing.is_filling(),
        feed_position: standing.feed,
        index_position: standing.index,
    };
    let status = if ready.database && ready.index { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(ready))
}
