//! Why nothing is passed on, as players are told.

use app::{domain::stream::playlist, text::kitchen as say};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::kitchens::{FetchFault, Refusal};

/// Seconds after which to try again where as many watch as may.
const RETRY_SECONDS: &str = "15";

/// Why nothing is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RelayFault {
    /// No address of this portal, or one of another camera
    #[error("no such address")]
    NotFound,
    /// The address is over
    #[error("expired")]
    Expired,
    /// As many watch as may
    #[error("full")]
    Full,
    /// The upstream leads where the portal does not ask
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The upstream has no such thing
    #[error("missing upstream")]
    Missing,
    /// The upstream does not answer properly
    #[error("upstream: {0}")]
    Upstream(FetchFault),
    /// … or not in time
    #[error("slow upstream")]
    Slow,
    /// Larger than a segment or a playlist may be
    #[error("too large")]
    TooLarge,
    /// Not a playlist
    #[error("playlist: {0}")]
    Playlist(playlist::Fault),
    /// Not a film
    #[error("not a film")]
    NotFilm,
    /// Encrypted in a way that browsers can't be given a key for
    #[error("encrypted")]
    Encrypted,
}

impl From<FetchFault> for RelayFault {
    fn from(fault: FetchFault) -> Self {
        match fault {
            FetchFault::Refused(refusal) => Self::Refused(refusal),
            FetchFault::TooLarge => Self::TooLarge,
            FetchFault::Slow(_) => Self::Slow,
            FetchFault::Status(404 | 410) => Self::Missing,
            other => Self::Upstream(other),
        }
    }
}

impl From<playlist::Fault> for RelayFault {
    fn from(fault: playlist::Fault) -> Self {
        if fault == playlist::Fault::TooLarge { Self::TooLarge } else { Self::Playlist(fault) }
    }
}

impl RelayFault {
    /// Status of the answer.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotFound | Self::Missing => StatusCode::NOT_FOUND,
            Self::Expired => StatusCode::FORBIDDEN,
            Self::Full => StatusCode::SERVICE_UNAVAILABLE,
            Self::Slow => StatusCode::GATEWAY_TIMEOUT,
            _ => StatusCode::BAD_GATEWAY,
        }
    }

    /// What a reader is told.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NotFound => say::NO_ADDRESS,
            Self::Expired => say::EXPIRED,
            Self::Full => say::FULL,
            Self::Refused(_) | Self::TooLarge | Self::NotFilm | Self::Playlist(_) => say::NOT_PASSED_ON,
            Self::Missing => say::MISSING,
            Self::Upstream(_) => say::UNREACHED,
            Self::Slow => say::SLOW,
            Self::Encrypted => say::ENCRYPTED,
        }
    }
}

impl IntoResponse for RelayFault {
    fn into_response(self) -> Response {
        let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
        let mut response = (self.status(), headers, self.sentence()).into_response();
        if self == Self::Full {
            response.headers_mut().insert(header::RETRY_AFTER, axum::http::HeaderValue::from_static(RETRY_SECONDS));
        }
        response
    }
}
