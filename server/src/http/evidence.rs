//! Resumable upload of evidence: the part of tus 1.0 that a browser needs (creation, termination). The basket's token
//! comes in a header, never in an address. There is no route for reading: cases have theirs, and use [`give`].

mod give;

use std::convert::Infallible;

use app::{
    domain::evidence::{Refusal, State as FileState},
    text::evidence as say,
};
use axum::{
    Json, Router,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::json;
use uuid::Uuid;

pub use give::give;

use super::{Web, desk::from_where, form::is_same_origin};
use crate::{
    auth::Token,
    evidence::{Evidence, EvidenceError, EvidenceFile, Sender},
};

/// Header with the basket's token.
pub const BASKET: HeaderName = HeaderName::from_static("upload-basket");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const STATE: HeaderName = HeaderName::from_static("upload-state");
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");

/// The routes. Their cache policy is `Never`, which the caller sets.
pub fn router(web: &Web) -> Router {
    Router::new()
        .route("/evidence", get(list).post(begin).options(about))
        .route("/evidence/{id}", get(look).patch(append).delete(remove))
        .layer(from_fn_with_state(web.clone(), guard))
        .with_state(web.clone())
}

/// Only pages of this site; every answer says the protocol's version.
async fn guard(State(web): State<Web>, request: Request, next: Next) -> Response {
    let base_url = web.site.borrow().base_url.clone();
    let mut response = if is_same_origin(request.headers(), &base_url) {
        next.run(request).await
    } else {
        said(StatusCode::FORBIDDEN, say::STALE)
    };
    response.headers_mut().insert(RESUMABLE, VERSION);
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    response
}

fn said(status: StatusCode, sentence: impl Into<String>) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], sentence.into()).into_response()
}

fn basket(headers: &HeaderMap) -> Option<Token> {
    Token::read(headers.get(BASKET)?.to_str().ok()?)
}

fn number(headers: &HeaderMap, name: HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// `filename` of `Upload-Metadata`.
fn name(headers: &HeaderMap) -> Option<String> {
    let pairs = headers.get(METADATA)?.to_str().ok()?;
    let coded = pairs.split(',').find_map(|pair| pair.trim().strip_prefix("filename "))?;
    String::from_utf8(BASE64_STANDARD.decode(coded.trim()).ok()?).ok()
}

/// A failure as the sender reads it.
fn failed(house: &Evidence, error: EvidenceError) -> Response {
    match error {
        EvidenceError::Refused(refusal) => {
            let status = match refusal {
                Refusal::TooLarge(_) | Refusal::Larger | Refusal::Total | Refusal::TooMany => {
                    StatusCode::PAYLOAD_TOO_LARGE
                }
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            said(status, say::refusal(refusal, &house.limits()))
        }
        EvidenceError::NotFound => said(StatusCode::NOT_FOUND, say::GONE),
        EvidenceError::Offset(at) => {
            ([(OFFSET, HeaderValue::from(at))], said(StatusCode::CONFLICT, say::LOCKED)).into_response()
        }
        EvidenceError::Locked => said(StatusCode::LOCKED, say::LOCKED),
        EvidenceError::Wait => said(StatusCode::TOO_MANY_REQUESTS, house.wait_sentence()),
        EvidenceError::Full => said(StatusCode::SERVICE_UNAVAILABLE, say::FULL),
        EvidenceError::BrokenOff => said(StatusCode::BAD_REQUEST, say::BROKEN),
        error => {
            tracing::error!(%error, "evidence can't be kept");
            said(StatusCode::INTERNAL_SERVER_ERROR, say::BROKEN)
        }
    }
}

fn standing(file: &EvidenceFile) -> [(HeaderName, HeaderValue); 2] {
    [(OFFSET, HeaderValue::from(file.received)), (STATE, HeaderValue::from_static(file.state.code()))]
}

async fn about(State(web): State<Web>) -> Response {
    let most = HeaderValue::from(web.evidence.limits().largest());
    let fixed = [
        (HeaderName::from_static("tus-version"), VERSION),
        (HeaderName::from_static("tus-extension"), HeaderValue::from_static("creation,termination")),
        (HeaderName::from_static("tus-max-size"), most),
    ];
    (StatusCode::NO_CONTENT, fixed).into_response()
}

async fn begin(State(web): State<Web>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let headers = &parts.headers;
    let Some(basket) = basket(headers) else { return said(StatusCode::FORBIDDEN, say::STALE) };
    let (Some(length), Some(name)) = (number(headers, LENGTH), name(headers)) else {
        return said(StatusCode::BAD_REQUEST, say::STALE);
    };
    match web.evidence.begin(&basket, sender(&web, &parts), &name, length).await {
        Ok(id) => {
            let place = HeaderValue::try_from(format!("/evidence/{id}")).unwrap_or(HeaderValue::from_static("/"));
            (StatusCode::CREATED, [(header::LOCATION, place), (OFFSET, HeaderValue::from(0))]).into_response()
        }
        Err(error) => failed(&web.evidence, error),
    }
}

fn sender(web: &Web, parts: &Parts) -> Sender {
    Sender::citizen(from_where(parts, &web.auth.settings.trusted_proxies).address)
}

/// How an upload stands: headers only.
async fn look(State(web): State<Web>, Path(id): Path<Uuid>, headers: HeaderMap) -> Response {
    let Some(basket) = basket(&headers) else { return StatusCode::FORBIDDEN.into_response() };
    match web.evidence.look(&basket, id).await {
        Ok(file) => (StatusCode::OK, standing(&file), [(LENGTH, HeaderValue::from(file.bytes))]).into_response(),
        Err(error) => failed(&web.evidence, error),
    }
}

async fn append(State(web): State<Web>, Path(id): Path<Uuid>, headers: HeaderMap, body: Body) -> Response {
    let Some(basket) = basket(&headers) else { return said(StatusCode::FORBIDDEN, say::STALE) };
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    if kind != Some(b"application/offset+octet-stream") {
        return said(StatusCode::UNSUPPORTED_MEDIA_TYPE, say::STALE);
    }
    let Some(offset) = number(&headers, OFFSET) else { return said(StatusCode::BAD_REQUEST, say::STALE) };
    match web.evidence.append(&basket, id, offset, body.into_data_stream()).await {
        Ok(file) => match file.state {
            FileState::Refused(refusal) => (standing(&file), failed(&web.evidence, refusal.into())).into_response(),
            FileState::Receiving | FileState::Ready => (StatusCode::NO_CONTENT, standing(&file)).into_response(),
        },
        Err(error) => failed(&web.evidence, error),
    }
}

async fn remove(State(web): State<Web>, Path(id): Path<Uuid>, headers: HeaderMap) -> Response {
    let Some(basket) = basket(&headers) else { return said(StatusCode::FORBIDDEN, say::STALE) };
    match web.evidence.remove(&basket, id).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => failed(&web.evidence, error),
    }
}

/// What lies in the basket: names and states, no content.
async fn list(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Infallible> {
    let Some(basket) = basket(&headers) else { return Ok(said(StatusCode::FORBIDDEN, say::STALE)) };
    let limits = web.evidence.limits();
    let line = |file: EvidenceFile| {
        let why = match file.state {
            FileState::Refused(refusal) => say::refusal(refusal, &limits),
            FileState::Receiving | FileState::Ready => String::new(),
        };
        json!({
            "id": file.id, "name": file.name, "bytes": file.bytes, "received": file.received,
            "state": file.state.code(), "why": why,
        })
    };
    Ok(match web.evidence.list(&basket).await {
        Ok(files) => Json(files.into_iter().map(line).collect::<Vec<_>>()).into_response(),
        Err(error) => failed(&web.evidence, error),
    })
}
