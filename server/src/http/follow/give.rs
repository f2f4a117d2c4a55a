//! What is downloaded: own files, the whole case as one signed file, the public keys.

use app::{
    ports::{CaseError, PortError},
    text::{follow as say, handling},
};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::{Follow, failed};
use crate::http::{disposition, evidence::give};

/// One of the author's own files.
pub(super) async fn file(State(follow): State<Follow>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let sent = match follow.sent(&parts, body).await {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let id = Uuid::try_parse(sent.pairs.text("file")).unwrap_or_default();
    match follow.web.case_desk().own_file(&sent.case, id).await {
        Ok(file) => give(file, &parts.headers),
        Err(CaseError::Port(PortError::NotFound)) => {
            follow.say(&parts, StatusCode::NOT_FOUND, handling::FILE_GONE).await
        }
        Err(error) => failed(&error),
    }
}

/// The whole case, signed.
pub(super) async fn take(State(follow): State<Follow>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let sent = match follow.sent(&parts, body).await {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let file = match follow.web.case_desk().case_file(&sent.case).await {
        Ok(file) => file,
        Err(error) => return failed(&error),
    };
    match follow.web.case_signer.sign(&file) {
        Ok(text) => {
            let head = [
                (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
                (header::CONTENT_DISPOSITION, disposition::download(&say::file_name(&file.number))),
                (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            ];
            (head, text).into_response()
        }
        Err(error) => failed(&error),
    }
}

/// With which case files are checked.
pub(super) async fn keys(State(follow): State<Follow>) -> Response {
    match follow.web.case_signer.public_keys() {
        Ok(keys) => {
            ([(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], keys).into_response()
        }
        Err(error) => failed(&error),
    }
}
