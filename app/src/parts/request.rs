//! What a page knows of its request, and how it says that it can't answer.

use axum::http::{StatusCode, request::Parts};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::{
    pages::{error_page_view, gone_page_view},
    ports::{PortError, Portal},
};

/// The ports.
pub fn portal() -> Portal {
    expect_context::<Portal>()
}

/// Path and parameters of the request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Path
    pub path: String,
    /// Parameters in order
    pub pairs: Vec<(String, String)>,
}

impl Request {
    /// The present one.
    pub fn current() -> Self {
        let Some(parts) = use_context::<Parts>() else { return Self::default() };
        let query = parts.uri.query().unwrap_or_default();
        Self {
            path: parts.uri.path().to_owned(),
            pairs: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        }
    }

    /// The first value of a parameter that is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// The address with one parameter set, or left out; the place in a list is left out too.
    pub fn with(&self, name: &str, value: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let kept = |known: &str, kept: &str| known != name && known != "after" && !kept.is_empty();
        query.extend_pairs(self.pairs.iter().filter(|(known, value)| kept(known, value)));
        if let Some(value) = value {
            query.append_pair(name, value);
        }
        self.address(&query.finish())
    }

    /// The address without one value of a parameter that may repeat.
    pub fn without(&self, name: &str, value: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let kept = |(known, given): &&(String, String)| {
            !(known == name && given == value) && known != "after" && !given.is_empty()
        };
        query.extend_pairs(self.pairs.iter().filter(kept));
        self.address(&query.finish())
    }

    /// Those of the parameters that have these names, as `?…`; empty without any.
    pub fn query_of(&self, names: &[&str]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(
            self.pairs.iter().filter(|(name, value)| names.contains(&name.as_str()) && !value.is_empty()),
        );
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// The address that stands for a list: of what it is asked, only the year.
    pub fn canonical(&self, year: Option<i32>) -> String {
        year.map_or_else(|| self.path.clone(), |year| format!("{}?year={year}", self.path))
    }

    fn address(&self, query: &str) -> String {
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }

    /// A part of the path, from 0.
    pub fn part(&self, place: usize) -> &str {
        self.path.split('/').nth(place + 1).unwrap_or_default()
    }

    /// The last part of the path as an id.
    pub fn id(&self) -> Option<uuid::Uuid> {
        self.path.rsplit('/').next().and_then(|id| uuid::Uuid::try_parse(id).ok())
    }
}

/// Gives the page another status than 200.
pub fn answer_with(status: StatusCode) {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.set_status(status);
    }
}

/// A page in place of one that can't be given, with its status.
pub fn refused(error: &PortError) -> AnyView {
    let status = set_status(error);
    if let PortError::Gone(gone) = error {
        return gone_page_view((**gone).clone()).into_any();
    }
    error_page_view(status).into_any()
}

/// Gives the answer the status of a failure, and the log its cause.
pub(super) fn set_status(error: &PortError) -> u16 {
    let status = match error {
        PortError::NotFound => StatusCode::NOT_FOUND,
        PortError::Gone(_) => StatusCode::GONE,
        PortError::Invalid(_) => StatusCode::BAD_REQUEST,
        PortError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        PortError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    answer_with(status);
    if status.is_server_error() {
        tracing::error!(%error, "page failed");
    }
    status.as_u16()
}
