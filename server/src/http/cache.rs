//! Pages in memory, outermost of all: what was rendered for a state of feed and index is given again, packed and
//! with its `ETag`, until one of both moves.

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use quick_cache::{Weighter, sync::Cache};
use tokio::sync::watch;
use tower::Service;

use super::policy::CachePolicy;
use crate::{config::PAGE_CACHE_BYTES, files::sha256, front::brotli, index::Standing};

/// Pages about as large as expected, for the cache's first allocation.
const EXPECTED_PAGES: usize = 2_000;
/// Larger answers are not kept.
const LARGEST: usize = 4 << 20;
/// Brotli's quality for pages: the best that takes less than a millisecond.
const QUALITY: u32 = 3;

type Key = (u64, u64, String);

/// A rendered answer.
struct Entry {
    headers: HeaderMap,
    etag: HeaderValue,
    plain: Bytes,
    /// Packed when the first client asks for it; `None` when packing does not help
    packed: OnceLock<Option<Bytes>>,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Key, Arc<Entry>> for ByBytes {
    fn weight(&self, key: &Key, entry: &Arc<Entry>) -> u64 {
        // the packed form and the headers together are about a third of the page
        (key.2.len() + entry.plain.len() + entry.plain.len() / 3 + 512) as u64
    }
}

/// Gives kept pages, or asks the service within.
#[derive(Clone)]
pub struct PageCache<S> {
    inner: S,
    pages: Arc<Cache<Key, Arc<Entry>, ByBytes>>,
    standing: watch::Receiver<Standing>,
}

impl<S> PageCache<S> {
    /// A cache in front of a service.
    pub fn new(inner: S, standing: watch::Receiver<Standing>) -> Self {
        let pages = Arc::new(Cache::with_weighter(EXPECTED_PAGES, PAGE_CACHE_BYTES, ByBytes));
        Self { inner, pages, standing }
    }
}

impl Entry {
    fn answer(&self, request: &HeaderMap) -> Response {
        let mut response = Response::new(Body::empty());
        *response.headers_mut() = self.headers.clone();
        if is_known(request, &self.etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        let packed = if accepts_brotli(request) {
            self.packed.get_or_init(|| brotli(&self.plain, QUALITY)).as_ref()
        } else {
            None
        };
        if packed.is_some() {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        *response.body_mut() = Body::from(packed.unwrap_or(&self.plain).clone());
        response
    }
}

/// Whether the client can read Brotli.
pub fn accepts_brotli(headers: &HeaderMap) -> bool {
    accepts(headers, "br")
}

/// Whether the client can read a content coding (RFC 9110 §12.5.3).
pub fn accepts(headers: &HeaderMap, wanted: &str) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            parts.next() == Some(wanted)
                && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    })
}

/// Whether the client has these bytes already (`If-None-Match`, weak comparison: RFC 9110 §13.1.2).
pub fn is_known(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let Ok(etag) = etag.to_str() else { return false };
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let known = headers.get_all(header::IF_NONE_MATCH);
    known
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.trim() == "*" || value.split(',').any(|tag| opaque(tag) == opaque(etag)))
}

/// Turns a fresh answer into an entry, or gives it back when it is not to be kept.
async fn entry_of(response: Response) -> Result<Arc<Entry>, Response> {
    let keeps = response.status() == StatusCode::OK
        && response.extensions().get::<CachePolicy>() == Some(&CachePolicy::Page)
        && !response.headers().contains_key(header::SET_COOKIE);
    if !keeps {
        return Err(response);
    }
    let (parts, body) = response.into_parts();
    let Ok(plain) = to_bytes(body, LARGEST).await else {
        let mut failed = Response::new(Body::empty());
        *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        return Err(failed);
    };
    let mut headers = parts.headers;
    let etag =
        HeaderValue::try_from(format!("W/\"{}\"", &sha256(&plain)[..20])).unwrap_or(HeaderValue::from_static("W/\"\""));
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::ETAG, etag.clone());
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Ok(Arc::new(Entry { headers, etag, plain, packed: OnceLock::new() }))
}

impl<S> Service<Request> for PageCache<S>
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // each call takes a fresh clone of the inner service, which is ready when called
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        if !is_read {
            return Box::pin(call(self.inner.clone(), request));
        }
        let standing = *self.standing.borrow();
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        let key: Key = (standing.feed, standing.index, target.to_owned());
        if let Some(entry) = self.pages.get(&key) {
            return Box::pin(std::future::ready(Ok(entry.answer(request.headers()))));
        }
        let (inner, pages) = (self.inner.clone(), Arc::clone(&self.pages));
        Box::pin(async move {
            let mut request = request;
            // the server drops the body of a HEAD answer itself; what is kept must be whole
            *request.method_mut() = Method::GET;
            let headers = request.headers().clone();
            let response = call(inner, request).await?;
            Ok(match entry_of(response).await {
                Ok(entry) => {
                    pages.insert(key, Arc::clone(&entry));
                    entry.answer(&headers)
                }
                Err(response) => response,
            })
        })
    }
}

async fn call<S>(mut inner: S, request: Request) -> Result<Response, Infallible>
where
    S: Service<Request, Response = Response, Error = Infallible>,
{
    std::future::poll_fn(|context| inner.poll_ready(context)).await?;
    inner.call(request).await
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tower::{ServiceExt, service_fn};

    use super::*;

    fn get(path: &str, headers: &[(header::HeaderName, &str)]) -> Request {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        request.body(Body::empty()).unwrap()
    }

    #[tokio::test]
    async fn a_page_is_rendered_once_until_the_feed_moves() {
        static RENDERED: AtomicU32 = AtomicU32::new(0);
        let inner = service_fn(|request: Request| async move {
            let count = RENDERED.fetch_add(1, Ordering::SeqCst);
            let mut response = Response::new(Body::from(format!("{} {count} {}", request.uri(), "字".repeat(400))));
            let policy = if request.uri().path() == "/never" { CachePolicy::Never } else { CachePolicy::Page };
            response.extensions_mut().insert(policy);
            Ok::<_, Infallible>(response)
        });
        let (tell, standing) = watch::channel(Standing::default());
        let cache = PageCache::new(inner, standing);
        let ask = |request| cache.clone().oneshot(request);

        let first = ask(get("/a?b=1", &[])).await.unwrap();
        let etag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
        assert!(!first.headers().contains_key(header::CONTENT_ENCODING));
        let packed = ask(get("/a?b=1", &[(header::ACCEPT_ENCODING, "gzip, br;q=0.9")])).await.unwrap();
        assert_eq!(packed.headers()[header::CONTENT_ENCODING], "br");
        let known = ask(get("/a?b=1", &[(header::IF_NONE_MATCH, &etag)])).await.unwrap();
        assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(RENDERED.load(Ordering::SeqCst), 1);

        ask(get("/a?b=2", &[])).await.unwrap();
        tell.send_replace(Standing { feed: 1, index: 0 });
        ask(get("/a?b=1", &[])).await.unwrap();
        tell.send_replace(Standing { feed: 1, index: 1 });
        ask(get("/a?b=1", &[])).await.unwrap();
        assert_eq!(RENDERED.load(Ordering::SeqCst), 4);
        ask(get("/never", &[])).await.unwrap();
        ask(get("/never", &[])).await.unwrap();
        assert_eq!(RENDERED.load(Ordering::SeqCst), 6);
    }

    #[test]
    fn encodings_and_tags_are_read() {
        let headers = |name, value: &str| HeaderMap::from_iter([(name, HeaderValue::try_from(value).unwrap())]);
        assert!(accepts_brotli(&headers(header::ACCEPT_ENCODING, "gzip, deflate, br, zstd")));
        assert!(!accepts_brotli(&headers(header::ACCEPT_ENCODING, "gzip, br;q=0")));
        assert!(!accepts_brotli(&HeaderMap::new()));
        let tag = HeaderValue::from_static("W/\"abc\"");
        assert!(is_known(&headers(header::IF_NONE_MATCH, "\"x\", \"abc\""), &tag));
        assert!(is_known(&headers(header::IF_NONE_MATCH, "*"), &tag));
        assert!(!is_known(&headers(header::IF_NONE_MATCH, "\"x\""), &tag));
    }
}
