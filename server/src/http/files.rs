//! Original files of public bulletins, byte for byte as they were published.

use app::ports::{PortError, Publications};
use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::{Web, cache::is_known, disposition};

/// The route.
pub fn router(web: &Web) -> Router {
    Router::new().route("/files/{sha256}/{bulletin}", get(original)).with_state(web.clone())
}

async fn original(
    State(web): State<Web>,
    Path((sha256, bulletin)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, StatusCode> {
    let bulletin = Uuid::try_parse(&bulletin).map_err(|_| StatusCode::NOT_FOUND)?;
    // the bulletin decides: a file of a bulletin that is not public is not there
    let bulletin = web.db.bulletin(bulletin).await.map_err(|error| match error {
        PortError::NotFound => StatusCode::NOT_FOUND,
        PortError::Gone(_) => StatusCode::GONE,
        other => {
            tracing::error!(error = %other, "file's bulletin can't be read");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    })?;
    let file = bulletin.originals.into_iter().find(|file| file.sha256 == sha256).ok_or(StatusCode::NOT_FOUND)?;
    let etag = HeaderValue::try_from(format!("\"{sha256}\"")).map_err(|_| StatusCode::NOT_FOUND)?;
    if is_known(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let files = web.files.clone();
    let bytes = spawn_blocking(move || files.read(&sha256)).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let bytes = bytes.map_err(|error| {
        tracing::error!(%error, "original file can't be read");
        StatusCode::NOT_FOUND
    })?;
    let answer_headers = [
        (header::ETAG, etag),
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_DISPOSITION, disposition::download(&file.name)),
    ];
    Ok((answer_headers, Body::from(bytes)).into_response())
}
