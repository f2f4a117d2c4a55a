//! Failures of the API as problem details (RFC 9457).

use app::{
    ports::{InvalidParameter, PortError},
    text,
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{log::short_id, tlog::CosignError};

/// A failure.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// `about:blank`: the status says all
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The status in words
    pub title: &'static str,
    /// HTTP status
    pub status: u16,
    /// What to do, in Chinese
    pub detail: String,
    /// The parameter at fault
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Id of the entry in the server's log
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

impl Problem {
    fn of(status: StatusCode, detail: String) -> Self {
        let title = status.canonical_reason().unwrap_or_default();
        Self { kind: "about:blank", title, status: status.as_u16(), detail, parameter: None, instance: None }
    }

    /// A parameter that is unknown or can't be read.
    pub fn parameter(name: &str, value: &str) -> Self {
        let detail = text::api::bad_parameter(name, value);
        Self { parameter: Some(name.to_owned()), ..Self::of(StatusCode::BAD_REQUEST, detail) }
    }

    /// An address that doesn't exist.
    pub fn no_such_route() -> Self {
        Self::of(StatusCode::NOT_FOUND, text::api::no_such_route())
    }

    /// A cosignature that isn't taken.
    pub fn cosignature(error: &CosignError) -> Self {
        let (status, detail) = match error {
            CosignError::Unknown => (StatusCode::FORBIDDEN, text::log::COSIGNER_UNKNOWN.to_owned()),
            CosignError::Mismatch(name) => (StatusCode::CONFLICT, text::log::cosignature_elsewhere(name)),
            CosignError::TooLong => (StatusCode::PAYLOAD_TOO_LARGE, text::log::NOT_A_COSIGNATURE.to_owned()),
            CosignError::NoCheckpoint => (StatusCode::NOT_FOUND, text::log::NO_CHECKPOINT.to_owned()),
            CosignError::File(_) | CosignError::Key(_) => return PortError::Internal(error.to_string()).into(),
            _ => (StatusCode::BAD_REQUEST, text::log::NOT_A_COSIGNATURE.to_owned()),
        };
        Self::of(status, detail)
    }

    /// Another method than GET.
    pub fn read_only() -> Self {
        Self::of(StatusCode::METHOD_NOT_ALLOWED, text::api::read_only())
    }
}

impl From<InvalidParameter> for Problem {
    fn from(invalid: InvalidParameter) -> Self {
        Self::parameter(&invalid.name, &invalid.value)
    }
}

impl From<PortError> for Problem {
    fn from(error: PortError) -> Self {
        match error {
            PortError::NotFound => Self::of(StatusCode::NOT_FOUND, text::api::not_found()),
            PortError::Gone(gone) => Self::of(StatusCode::GONE, text::gone(gone.kind, gone.act, gone.at)),
            PortError::Invalid(name) => Self::parameter(name, ""),
            PortError::Unavailable(cause) => {
                tracing::warn!(%cause, "unavailable");
                Self::of(StatusCode::SERVICE_UNAVAILABLE, text::api::unavailable())
            }
            PortError::Internal(cause) => {
                let id = short_id();
                tracing::error!(%cause, id, "request failed");
                Self { instance: Some(id), ..Self::of(StatusCode::INTERNAL_SERVER_ERROR, text::api::internal()) }
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}
