//! A browser that watches through the relay.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{
    body::{Body, to_bytes},
    extract::{Path, State},
    http::{HeaderMap, Request},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, Utc};
use futures::StreamExt;
use server::kitchens::{Relay, RelayFault, RelayKey, RelayLimits, Ticket};
use tower::ServiceExt;
use uuid::Uuid;

use crate::{
    stage::{address, fetcher},
    upstream::Upstream,
};

pub const CAMERA: Uuid = Uuid::from_u128(7);

/// Watches one camera of a gateway.
#[derive(Clone)]
pub struct Watcher {
    pub relay: Relay,
    pub upstream: String,
    pub ticket: Ticket,
    seconds: Arc<AtomicI64>,
}

impl Watcher {
    pub fn of(upstream: &Upstream) -> Self {
        Self::with(upstream, RelayLimits::default())
    }

    pub fn with(upstream: &Upstream, limits: RelayLimits) -> Self {
        let relay = Relay::new(fetcher(&upstream.address.to_string()), RelayKey::new(&[9; 32]), limits);
        let seconds = Arc::new(AtomicI64::new(1_795_000_000));
        let url = upstream.url("/live.m3u8");
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let ticket = relay.ticket(CAMERA, &address(&url), now).unwrap();
        Self { relay, upstream: url, ticket, seconds }
    }

    /// One more who watches.
    pub fn another(&self) -> Result<Self, RelayFault> {
        let ticket = self.relay.ticket(CAMERA, &address(&self.upstream), self.now())?;
        Ok(Self { ticket, ..self.clone() })
    }

    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.seconds.load(Ordering::SeqCst), 0).unwrap()
    }

    pub fn pass(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    async fn ask(&self, path: &str) -> Result<Response, RelayFault> {
        let token = path.rsplit('/').next().unwrap();
        assert_eq!(path, format!("/kitchens/live/{CAMERA}/{token}"));
        self.relay.serve(CAMERA, &address(&self.upstream), token, self.now()).await
    }

    /// The playlist of the ticket.
    pub async fn playlist(&self) -> Result<String, RelayFault> {
        let (_, bytes) = self.get(&self.ticket.src).await?;
        Ok(String::from_utf8(bytes).unwrap())
    }

    /// Headers and all bytes.
    pub async fn get(&self, path: &str) -> Result<(HeaderMap, Vec<u8>), RelayFault> {
        let response = self.ask(path).await?;
        let headers = response.headers().clone();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
        Ok((headers, bytes.to_vec()))
    }

    /// How many bytes came, and whether the end was reached.
    pub async fn stream(&self, path: &str) -> Result<(usize, bool), RelayFault> {
        let mut body = self.ask(path).await?.into_body().into_data_stream();
        let mut bytes = 0;
        while let Some(piece) = body.next().await {
            match piece {
                Ok(piece) => bytes += piece.len(),
                Err(_) => return Ok((bytes, false)),
            }
        }
        Ok((bytes, true))
    }

    /// A body that nobody reads yet.
    pub async fn body(&self, path: &str) -> Body {
        self.ask(path).await.unwrap().into_body()
    }

    /// Paths in a playlist.
    pub fn segments(playlist: &str) -> Vec<String> {
        playlist.lines().filter(|line| line.starts_with('/')).map(str::to_owned).collect()
    }

    /// As a router of the portal wires it.
    pub async fn over_http(&self, path: &str) -> Response {
        async fn live(State(own): State<Watcher>, Path((camera, token)): Path<(Uuid, String)>) -> Response {
            let now = own.now();
            let served = own.relay.serve(camera, &address(&own.upstream), &token, now).await;
            served.unwrap_or_else(IntoResponse::into_response)
        }
        let router = axum::Router::new().route("/kitchens/live/{camera}/{token}", get(live)).with_state(self.clone());
        router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap()
    }
}
