//! Asks the whole site, as a browser would.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, Method, StatusCode},
};
use server::http::{self, Web};
use tower::{Service as _, ServiceExt as _};

/// Bytes of an answer at most.
const MOST: usize = 64 << 20;

pub fn request(method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.into()).unwrap()
}

pub async fn ask(web: &Web, request: Request) -> (StatusCode, HeaderMap, String) {
    let response = http::site(web).ready().await.unwrap().call(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, MOST).await.unwrap();
    (parts.status, parts.headers, String::from_utf8_lossy(&body).into_owned())
}
