//! What a response may be kept for, and what a page may load: two types, one middleware each.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use sha2::{Digest, Sha256};

/// What a response may be kept for. Handlers' routers say it; the cache and the header follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Public content: kept in the server's memory until the feed moves; browsers ask each time (`ETag`)
    Page,
    /// Named by a hash of its content: kept forever
    Immutable,
    /// Counted now and then: browsers may show it for a minute
    Minute,
    /// Public, asked for each time, and not worth memory: files, the unhashed front of development
    Revalidate,
    /// Never kept
    Never,
}

impl CachePolicy {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Page | Self::Revalidate => "public, no-cache",
            Self::Minute => "public, max-age=60",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Never => "no-store",
        })
    }
}

/// Marks every answer of a router with a policy, unless a handler chose one. Failures are never kept.
pub async fn cache_policy(State(policy): State<CachePolicy>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let chosen = response.extensions().get::<CachePolicy>().copied().unwrap_or(policy);
    let policy =
        if response.status().is_success() || response.status().as_u16() == 304 { chosen } else { CachePolicy::Never };
    response.extensions_mut().insert(policy);
    response.headers_mut().insert(header::CACHE_CONTROL, policy.header());
    response
}

/// Headers of every public answer: Content-Security-Policy Level 3 and the usual ones.
#[derive(Clone)]
pub struct SecurityPolicy(Arc<[(HeaderName, HeaderValue)]>);

impl SecurityPolicy {
    /// Everything from this site only; the one inline script, which starts the islands, by its hash.
    #[must_use]
    pub fn public(bootstrap_script: &str) -> Self {
        let hash = base64(&Sha256::digest(bootstrap_script.as_bytes()));
        let content = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}'; style-src 'self'; \
             img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'"
        );
        let content = HeaderValue::try_from(content).unwrap_or(HeaderValue::from_static("default-src 'none'"));
        let fixed = [
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "same-origin"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
        ];
        let fixed = fixed.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value)));
        Self([(header::CONTENT_SECURITY_POLICY, content)].into_iter().chain(fixed).collect())
    }
}

impl SecurityPolicy {
    /// The same for a page with a player: it may play what this site sends, and what its script puts together.
    #[must_use]
    pub fn with_media(&self) -> HeaderValue {
        let content = self.0.iter().find(|(name, _)| name == header::CONTENT_SECURITY_POLICY);
        let content = content.and_then(|(_, value)| value.to_str().ok()).unwrap_or("default-src 'none'");
        HeaderValue::try_from(format!("{content}; media-src 'self' blob:"))
            .unwrap_or(HeaderValue::from_static("default-src 'none'"))
    }
}

impl SecurityPolicy {
    /// The same for the page of a map: its worker, the pictures that it makes, and the hosts of its tiles.
    #[must_use]
    pub fn with_map(&self, tiles: &[String]) -> HeaderValue {
        let content = self.0.iter().find(|(name, _)| name == header::CONTENT_SECURITY_POLICY);
        let content = content.and_then(|(_, value)| value.to_str().ok()).unwrap_or("default-src 'none'");
        let hosts: String = tiles.iter().map(|host| format!(" {host}")).collect::<Vec<_>>().concat();
        let content = content
            .replace("img-src 'self' data:", &format!("img-src 'self' data: blob:{hosts}"))
            .replace("connect-src 'self'", &format!("connect-src 'self'{hosts}"));
        HeaderValue::try_from(format!("{content}; worker-src 'self'"))
            .unwrap_or(HeaderValue::from_static("default-src 'none'"))
    }
}

/// Adds the headers to an answer.
pub async fn security_policy(State(policy): State<SecurityPolicy>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in policy.0.iter() {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
}

/// Standard base64 (RFC 4648 §4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .chunks(3)
        .flat_map(|chunk| {
            let bits = chunk.iter().chain([0, 0].iter()).take(3).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
            (0..4).map(move |place| {
                if place > chunk.len() { '=' } else { char::from(DIGITS[(bits >> (18 - 6 * place)) as usize & 63]) }
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_rfc_4648() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
