//! Files of public publications. Whatever is in them can't run in the visitor's browser: pictures are shown under a
//! policy that allows nothing, everything else is downloaded.

use app::ports::Notices;
use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio_util::io::ReaderStream;
use uuid::Uuid;

use super::{Web, cache::is_known, disposition};

/// What browsers show as a picture. SVG is none: it can hold scripts.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/gif"];

/// The route.
pub fn router(web: &Web) -> Router {
    Router::new().route("/attachments/{id}", get(attachment)).with_state(web.clone())
}

async fn attachment(
    State(web): State<Web>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, StatusCode> {
    let id = Uuid::try_parse(&id).map_err(|_| StatusCode::NOT_FOUND)?;
    let stored = web.db.attachment(id).await.map_err(|error| failed(&error))?;
    let Some(stored) = stored.filter(|stored| stored.public) else {
        let is_gone = web.db.is_buried(id).await.map_err(|error| failed(&error))?
            || web.db.gone(id).await.map_err(|error| failed(&error))?.is_some();
        return Err(if is_gone { StatusCode::GONE } else { StatusCode::NOT_FOUND });
    };
    let file = stored.attachment;
    let etag = HeaderValue::try_from(format!("\"{}\"", file.sha256)).map_err(|_| StatusCode::NOT_FOUND)?;
    if is_known(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let (bytes, size) = web.attachments.open(id).await.map_err(|error| {
        tracing::error!(%error, %id, "attachment can't be read");
        StatusCode::NOT_FOUND
    })?;
    let picture = PICTURES.iter().find(|picture| **picture == file.media_type);
    let (kind, how) = match picture {
        Some(picture) => (*picture, disposition::inline(&file.name)),
        None => ("application/octet-stream", disposition::download(&file.name)),
    };
    let answer = [
        (header::ETAG, etag),
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, how),
        (header::CONTENT_LENGTH, HeaderValue::from(size)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    Ok((answer, Body::from_stream(ReaderStream::new(bytes))).into_response())
}

fn failed(error: &dyn std::fmt::Display) -> StatusCode {
    tracing::error!(%error, "attachment can't be looked up");
    StatusCode::INTERNAL_SERVER_ERROR
}
