//! `portal witness serve`: C2SP tlog-witness for logs that bring their checkpoints themselves.

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};

use crate::{
    clock::Clock,
    tlog::{Answer, Keyring, REQUEST_BYTES, Witness, add_checkpoint},
};

/// A witness, the logs it knows, and time.
pub struct Serving {
    /// The witness
    pub witness: Witness,
    /// Keys of the logs
    pub keys: Keyring,
    /// Time
    pub clock: Clock,
}

/// The one route. A witness that can't write answers 500 and signs nothing.
pub fn router(serving: Serving) -> Router {
    let limit = DefaultBodyLimit::max(REQUEST_BYTES);
    Router::new().route("/add-checkpoint", post(add).layer(limit)).with_state(Arc::new(serving))
}

async fn add(State(serving): State<Arc<Serving>>, body: Bytes) -> Response {
    let answer = tokio::task::spawn_blocking(move || {
        let now = serving.clock.now();
        add_checkpoint(&serving.witness, &serving.keys, &body, now)
    });
    match answer.await {
        Ok(Ok(answer)) => respond(answer),
        Ok(Err(error)) => failed(&error),
        Err(error) => failed(&error),
    }
}

fn failed(error: &dyn std::fmt::Display) -> Response {
    tracing::error!(%error, "nothing was signed");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

fn respond(answer: Answer) -> Response {
    const TEXT: &str = "text/plain; charset=utf-8";
    let size = |size: u64| (StatusCode::CONFLICT, [(header::CONTENT_TYPE, "text/x.tlog.size")], format!("{size}\n"));
    match answer {
        Answer::Cosigned(signature) => ([(header::CONTENT_TYPE, TEXT)], signature.to_bytes()).into_response(),
        Answer::Malformed => StatusCode::BAD_REQUEST.into_response(),
        Answer::NotSigned => StatusCode::FORBIDDEN.into_response(),
        Answer::UnknownLog => StatusCode::NOT_FOUND.into_response(),
        Answer::Conflict(seen) => size(seen).into_response(),
        Answer::Forked => StatusCode::CONFLICT.into_response(),
        Answer::NotProved => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}
