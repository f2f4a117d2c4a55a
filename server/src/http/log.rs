//! `/log/`: the public log as static tiles, and what can be checked against it.

use std::io::{self, Write};

use app::ports::PortError;
use axum::{
    Json, Router,
    body::{Body, Bytes, to_bytes},
    extract::{DefaultBodyLimit, Path, State, rejection::BytesRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::map_response,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use flate2::{Compression, write::GzEncoder};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::{CachePolicy, Web, api::Problem, cache::accepts};
use crate::tlog::{COSIGNATURE_BYTES, CosignError, Cosignatures, Record, prove};

/// The routes.
pub fn router(web: &Web) -> Router {
    Router::new()
        .route("/checkpoint", get(checkpoint))
        .route("/keys", get(keys))
        .route("/witnesses", get(witnesses))
        .route("/cosignature", post(cosignature).layer(DefaultBodyLimit::max(COSIGNATURE_BYTES)))
        .route("/tile/{*path}", get(tile))
        .route("/proofs/{id}/{revision}", get(proof))
        .route("/records/{id}/{revision}", get(record))
        .layer(map_response(for_everybody))
        .with_state(web.clone())
}

/// Anybody's page may read the log (Fetch standard: CORS).
async fn for_everybody(mut response: Response) -> Response {
    const ALLOW: HeaderName = header::ACCESS_CONTROL_ALLOW_ORIGIN;
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("*"));
    response
}

async fn checkpoint(State(web): State<Web>) -> Result<Response, StatusCode> {
    file(&web, "checkpoint", "text/plain; charset=utf-8").await
}

async fn keys(State(web): State<Web>) -> Result<Response, StatusCode> {
    file(&web, "keys", "text/plain; charset=utf-8").await
}

async fn witnesses(State(web): State<Web>) -> Result<Response, StatusCode> {
    file(&web, "witnesses", "text/plain; charset=utf-8").await
}

/// Lines of signatures of accepted witnesses over the present checkpoint (C2SP tlog-cosignature).
async fn cosignature(State(web): State<Web>, body: Result<Bytes, BytesRejection>) -> Result<StatusCode, Problem> {
    let body = body.map_err(|_| Problem::cosignature(&CosignError::TooLong))?;
    let cosignatures = Cosignatures::on(&web.log);
    let added = spawn_blocking(move || cosignatures.add(&body)).await;
    let added = added.map_err(|error| PortError::Internal(error.to_string()))?;
    let names = added.map_err(|error| Problem::cosignature(&error))?;
    if !names.is_empty() {
        tracing::info!(?names, "checkpoint cosigned");
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `<level>/<number>[.p/<width>]`. A tile never changes once it is written.
async fn tile(State(web): State<Web>, Path(path): Path<String>, headers: HeaderMap) -> Result<Response, StatusCode> {
    let is_tile_path = path
        .split('/')
        .all(|part| !part.is_empty() && (part == "entries" || part.trim_end_matches(".p").bytes().all(is_tile_sign)));
    if !is_tile_path {
        return Err(StatusCode::NOT_FOUND);
    }
    let mut response = file(&web, &format!("tile/{path}"), "application/octet-stream").await?;
    response.extensions_mut().insert(CachePolicy::Immutable);
    // hashes can't be packed, entries should be (C2SP tlog-tiles)
    Ok(if path.starts_with("entries/") { gzipped(&headers, response).await } else { response })
}

fn is_tile_sign(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'x'
}

async fn file(web: &Web, path: &str, kind: &'static str) -> Result<Response, StatusCode> {
    match tokio::fs::read(web.log.join(path)).await {
        Ok(bytes) => Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], Body::from(bytes)).into_response()),
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::IsADirectory) => {
            Err(StatusCode::NOT_FOUND)
        }
        Err(error) => {
            tracing::error!(%error, path, "public log can't be read");
            Err(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// A revision with the way from its leaf to the signed root, for the check in a browser.
async fn proof(State(web): State<Web>, path: Path<(String, String)>, headers: HeaderMap) -> Result<Response, Problem> {
    let record = read_record(&web, path, false).await?;
    let folder = web.log.clone();
    let proved = spawn_blocking(move || prove(&folder, record)).await;
    let proved = proved.map_err(|error| PortError::Internal(error.to_string()))?;
    // a moment after its act a leaf is not sealed yet
    let proof = proved.map_err(|error| PortError::Unavailable(error.to_string()))?;
    Ok(gzipped(&headers, Json(proof).into_response()).await)
}

/// Packs an answer for clients that can read it: the content of a notice is long, and a visitor's check should be short.
async fn gzipped(request: &HeaderMap, response: Response) -> Response {
    if !accepts(request, "gzip") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let packed = to_bytes(body, usize::MAX).await.map_err(io::Error::other).map(|plain| {
        spawn_blocking(move || {
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            packed.write_all(&plain)?;
            packed.finish()
        })
    });
    let packed = match packed {
        Ok(packed) => packed.await.unwrap_or_else(|error| Err(io::Error::other(error))),
        Err(error) => Err(error),
    };
    match packed {
        Ok(packed) => {
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(packed))
        }
        Err(error) => {
            tracing::error!(%error, "answer can't be packed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A revision with what its leaf commits to, for `portal log verify --record`.
async fn record(State(web): State<Web>, path: Path<(String, String)>) -> Result<Response, Problem> {
    let record = read_record(&web, path, true).await?;
    let name = format!("attachment; filename=\"record-{}.json\"", record.index);
    Ok(([(header::CONTENT_DISPOSITION, name)], Json(record)).into_response())
}

async fn read_record(
    web: &Web,
    Path((id, revision)): Path<(String, String)>,
    with_lines: bool,
) -> Result<Record, PortError> {
    let (Ok(id), Ok(revision)) = (Uuid::try_parse(&id), revision.parse()) else {
        return Err(PortError::NotFound);
    };
    web.db.log_record(id, revision, with_lines).await?.ok_or(PortError::NotFound)
}
