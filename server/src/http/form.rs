//! Forms as they come in: read whole, bounded, checked to come from a page of this site.

mod upload;

use app::forms::{CSRF_FIELD, Filled, VERSION_FIELD};
use axum::{
    body::{Body, to_bytes},
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};

use crate::auth::Token;

pub use upload::{Upload, UploadLimits, UploadedFile, read_upload};

/// Bytes of a form without files: a bulletin's text with a table in it fits many times.
pub const FORM_BYTES: usize = 2 << 20;

/// Why a form was not taken. Each has a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormRefusal {
    /// Larger than allowed
    TooLarge,
    /// Not of the kind that forms send, or broken off
    Unreadable,
    /// It did not come from a page of this site, or its token is another session's
    Foreign,
}

impl FormRefusal {
    /// Its status.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Foreign => StatusCode::FORBIDDEN,
        }
    }
}

/// Values of a form in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// The first value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first value without space around it; empty where the field is missing.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    /// All values of a field that may repeat.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The session's token.
    #[must_use]
    pub fn csrf(&self) -> &str {
        self.get(CSRF_FIELD).unwrap_or_default()
    }

    /// Version of what is edited, where the form has one.
    #[must_use]
    pub fn version(&self) -> Option<i64> {
        self.get(VERSION_FIELD).and_then(|version| version.parse().ok())
    }

    /// As it is shown again.
    #[must_use]
    pub fn filled(&self) -> Filled {
        Filled::of(&self.0)
    }
}

/// In handlers behind the desk's guard: the form that it read and checked.
impl<S: Sync> FromRequestParts<S> for Pairs {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// Reads `application/x-www-form-urlencoded`. Line breaks become `\n`, as they are stored (browsers send `\r\n`).
///
/// # Errors
/// [`FormRefusal`], never `Foreign`.
pub async fn read_pairs(headers: &HeaderMap, body: Body) -> Result<Pairs, FormRefusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_form = kind.split(';').next().is_some_and(|kind| kind.trim() == "application/x-www-form-urlencoded");
    let said = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|said| said > FORM_BYTES) {
        return Err(FormRefusal::TooLarge);
    }
    if !is_form {
        return Err(FormRefusal::Unreadable);
    }
    let bytes = to_bytes(body, FORM_BYTES).await.map_err(|error| {
        let is_length =
            std::error::Error::source(&error).is_some_and(|cause| cause.to_string().contains("length limit"));
        if is_length { FormRefusal::TooLarge } else { FormRefusal::Unreadable }
    })?;
    let plain = |text: std::borrow::Cow<'_, str>| text.replace("\r\n", "\n").replace('\0', "");
    Ok(Pairs(form_urlencoded::parse(&bytes).map(|(name, value)| (name.into_owned(), plain(value))).collect()))
}

/// Whether a request comes from a page of this site, as far as the browser says (Fetch metadata, `Origin`). A client
/// that says neither is no browser that could be made to send somebody's cookie along; the token decides.
#[must_use]
pub fn is_same_origin(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if text("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return false;
    }
    let Some(origin) = text("origin") else { return true };
    // a site with TLS is known by its public address only; one without also by the host that was asked for
    let host = text("host").unwrap_or_default();
    let is_plain_host = !base_url.starts_with("https://") && origin.strip_prefix("http://") == Some(host);
    origin == base_url || is_plain_host
}

/// The token of a cookie.
pub(super) fn read_cookie(headers: &HeaderMap, name: &str) -> Option<Token> {
    let lines = headers.get_all(header::COOKIE);
    let mut pairs = lines.iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    pairs
        .find_map(|pair| pair.trim().split_once('=').filter(|(known, _)| *known == name))
        .and_then(|(_, text)| Token::read(text))
}

/// After success: go and look (303), so that loading the page anew sends nothing twice.
pub fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[tokio::test]
    async fn forms_are_read_in_order_and_bounded() {
        let form = headers(&[("content-type", "application/x-www-form-urlencoded; charset=utf-8")]);
        let body = "b=%E4%B8%AD%0D%0A%00x&a=1&b=+2&csrf=t&version=7";
        let pairs = read_pairs(&form, Body::from(body)).await.unwrap();
        assert_eq!(pairs.all("b").collect::<Vec<_>>(), ["中\nx", " 2"]);
        assert_eq!((pairs.text("a"), pairs.csrf(), pairs.version(), pairs.text("none")), ("1", "t", Some(7), ""));
        assert_eq!(pairs.filled().value("csrf"), None);

        let large = Body::from(vec![b'a'; FORM_BYTES + 1]);
        assert_eq!(read_pairs(&form, large).await, Err(FormRefusal::TooLarge));
        let other = headers(&[("content-type", "application/json")]);
        assert_eq!(read_pairs(&other, Body::from("{}")).await, Err(FormRefusal::Unreadable));
        assert_eq!(read_pairs(&HeaderMap::new(), Body::empty()).await, Err(FormRefusal::Unreadable));
    }

    #[test]
    fn only_this_site_sends_forms() {
        let base = "https://spaq.example.cn";
        for (allowed, pairs) in [
            (true, vec![]),
            (true, vec![("origin", base)]),
            (true, vec![("origin", base), ("sec-fetch-site", "same-origin")]),
            (false, vec![("origin", "http://spaq.example.cn"), ("host", "spaq.example.cn")]),
            (false, vec![("origin", "null")]),
            (false, vec![("origin", "https://spaq.example.cn.evil.example")]),
            (false, vec![("origin", "https://evil.example"), ("host", "spaq.example.cn")]),
            (false, vec![("origin", base), ("sec-fetch-site", "cross-site")]),
            (false, vec![("sec-fetch-site", "same-site")]),
            (false, vec![("sec-fetch-site", "none")]),
        ] {
            assert_eq!(is_same_origin(&headers(&pairs), base), allowed, "{pairs:?}");
        }
        let plain = |origin| headers(&[("origin", origin), ("host", "localhost:8080")]);
        assert!(is_same_origin(&plain("http://127.0.0.1:8080"), "http://127.0.0.1:8080"));
        assert!(is_same_origin(&plain("http://localhost:8080"), "http://127.0.0.1:8080"));
        assert!(!is_same_origin(&plain("http://localhost:8081"), "http://127.0.0.1:8080"));
        assert!(!is_same_origin(&plain("https://localhost:8080"), "http://127.0.0.1:8080"));
    }
}
