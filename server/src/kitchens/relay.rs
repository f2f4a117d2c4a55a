//! Passes on playlists and segments of cameras to browsers.
//!
//! A browser never sees an upstream's address, and can't make the portal ask for one: every address in a playlist is sealed
//! into a path of the portal, for one camera at one upstream. However many watch, an upstream is asked once for each playlist
//! (a second) and each segment; what is kept of them has a fixed bound ([`RelayLimits::memory`]), and what a slow browser does
//! not take is taken away from it, not kept for it.

mod fault;
mod lists;
mod shelf;
mod token;
mod watches;

use std::{sync::Arc, time::Duration};

use app::domain::stream::{
    StreamAddress,
    playlist::{Media, Part, Playlist, Use},
};
use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use rand_core::{OsRng, RngCore};
use tokio::time::timeout;
use uuid::Uuid;

pub use fault::RelayFault;
pub use token::RelayKey;

use super::{Ask, Fetcher, media::ENOUGH, sniff};
use lists::{Lists, Made};
use shelf::{Id, Reel, Shelf};
use token::Token;
use watches::Watches;

/// Bytes of a segment at most: ten seconds of 12 Mbit/s.
pub const MOST_SEGMENT_BYTES: usize = 16 << 20;
/// Seconds for which one ticket can be watched; then a player asks for another.
pub const WATCH_SECONDS: u64 = 900;
/// Seconds for which an address that is not used stays good.
pub(crate) const IDLE_SECONDS: i64 = 120;
/// Segments of a playlist that are passed on: a live picture starts near the end.
const MOST_PASSED: usize = 24;
/// Where the addresses lie.
const PREFIX: &str = "/kitchens/live";
/// Addresses of segments are the same for a minute, so that all who watch share one playlist; each is good for two to three.
const EPOCH_SECONDS: i64 = 60;
/// How long a browser waits for the beginning of a segment.
const PATIENCE: Duration = Duration::from_secs(15);

/// How much relaying may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelayLimits {
    /// Who may watch at once, all cameras together
    pub watchers: usize,
    /// … one camera
    pub watchers_of_one: usize,
    /// Bytes of segments that are kept, those under way included. Ten minutes of one camera; 2.5 MB of each of 50
    pub memory: usize,
    /// Segments that are fetched at once
    pub fetches: usize,
}

impl Default for RelayLimits {
    fn default() -> Self {
        Self { watchers: 200, watchers_of_one: 200, memory: 128 << 20, fetches: 32 }
    }
}

/// What a player is given.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Ticket {
    /// Path of the playlist
    pub src: String,
    /// For how long, at most; unused it ends after [`IDLE_SECONDS`]
    pub seconds: u64,
}

/// What goes on, for the log and for measuring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Who watches
    pub watchers: usize,
    /// Bytes of segments that are kept
    pub bytes: usize,
    /// Segments that are kept
    pub segments: usize,
}

/// The relay. Cloning is cheap.
#[derive(Clone)]
pub struct Relay(Arc<Inner>);

struct Inner {
    fetch: Fetcher,
    key: RelayKey,
    watches: Watches,
    lists: Lists,
    shelf: Arc<Shelf>,
}

impl Relay {
    /// With a fetcher and a key.
    #[must_use]
    pub fn new(fetch: Fetcher, key: RelayKey, limits: RelayLimits) -> Self {
        Self(Arc::new(Inner {
            fetch,
            key,
            watches: Watches::new(limits),
            lists: Lists::default(),
            shelf: Arc::new(Shelf::new(limits)),
        }))
    }

    /// A fresh address for a player. It opens nothing but this camera at this upstream.
    ///
    /// # Errors
    /// As many watch as may.
    pub fn ticket(&self, camera: Uuid, upstream: &StreamAddress, now: DateTime<Utc>) -> Result<Ticket, RelayFault> {
        self.0.watches.check(camera, now)?;
        let token = Token::List { watch: OsRng.next_u64(), opened: now.timestamp(), uri: None };
        Ok(Ticket { src: self.path(camera, upstream, &token)?, seconds: WATCH_SECONDS })
    }

    /// Answers a path below a camera: a playlist or a piece of film.
    ///
    /// # Errors
    /// [`RelayFault`].
    pub async fn serve(
        &self,
        camera: Uuid,
        upstream: &StreamAddress,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<Response, RelayFault> {
        match self.0.key.open(camera, upstream, token)? {
            Token::List { watch, opened, uri } => {
                self.0.watches.touch(camera, watch, opened, now)?;
                self.playlist(camera, upstream, (watch, opened), uri.as_deref(), now).await
            }
            Token::Piece { expires, .. } if expires < now.timestamp() => Err(RelayFault::Expired),
            Token::Piece { purpose, part, .. } => self.piece(camera, upstream, purpose, part).await,
        }
    }

    /// What goes on.
    #[must_use]
    pub fn counts(&self, now: DateTime<Utc>) -> Counts {
        let (bytes, segments) = self.0.shelf.counts();
        Counts { watchers: self.0.watches.count(now), bytes, segments }
    }

    fn path(&self, camera: Uuid, upstream: &StreamAddress, token: &Token) -> Result<String, RelayFault> {
        Ok(format!("{PREFIX}/{camera}/{}", self.0.key.seal(camera, upstream, token)?))
    }

    async fn playlist(
        &self,
        camera: Uuid,
        upstream: &StreamAddress,
        (watch, opened): (u64, i64),
        uri: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Response, RelayFault> {
        let address = match uri {
            Some(uri) => StreamAddress::parse(uri).map_err(|_| RelayFault::NotFound)?,
            None => upstream.clone(),
        };
        let made = self.0.lists.get(camera, &address, || self.load(camera, upstream, &address, now)).await?;
        let text = match made {
            Made::Media(text) => text.as_bytes().to_vec(),
            // a variant belongs to who watches; a list of variants in a list of variants is none
            Made::Master(..) if uri.is_some() => return Err(RelayFault::NotFilm),
            Made::Master(base, master) => {
                let written = master.write(|uri| {
                    let address = StreamAddress::join(base.url(), uri).ok()?;
                    let token = Token::List { watch, opened, uri: Some(address.url().to_string()) };
                    self.path(camera, upstream, &token).ok()
                });
                written.into_bytes()
            }
        };
        Ok(answer("application/vnd.apple.mpegurl", None, Body::from(text)))
    }

    /// Loads a playlist and writes it anew.
    async fn load(
        &self,
        camera: Uuid,
        upstream: &StreamAddress,
        address: &StreamAddress,
        now: DateTime<Utc>,
    ) -> Result<Made, RelayFault> {
        let most = app::domain::stream::playlist::MOST_BYTES as u64;
        let home = upstream.host();
        let found = self.0.fetch.get(Ask { address, home: &home, range: None, most }).await?;
        let (base, bytes) = (found.address, found.body.whole().await?);
        match app::domain::stream::playlist::parse(&bytes)? {
            Playlist::Master(master) => Ok(Made::Master(base, Arc::new(master))),
            Playlist::Media(mut media) => {
                if !media.segments.is_empty() && media.segments.iter().all(|one| !is_playable(&media, one.key)) {
                    return Err(RelayFault::Encrypted);
                }
                media.keep_last(MOST_PASSED);
                Ok(Made::Media(self.write(camera, upstream, &base, &media, now).into()))
            }
        }
    }

    fn write(
        &self,
        camera: Uuid,
        upstream: &StreamAddress,
        base: &StreamAddress,
        media: &Media,
        now: DateTime<Utc>,
    ) -> String {
        let epoch = now.timestamp() - now.timestamp().rem_euclid(EPOCH_SECONDS);
        let expires = epoch + EPOCH_SECONDS + IDLE_SECONDS;
        media.write(|purpose, part| {
            let address = StreamAddress::join(base.url(), &part.uri).ok()?;
            let part = Part { uri: address.url().to_string(), range: part.range };
            self.path(camera, upstream, &Token::Piece { expires, purpose, part }).ok()
        })
    }

    async fn piece(
        &self,
        camera: Uuid,
        upstream: &StreamAddress,
        purpose: Use,
        part: Part,
    ) -> Result<Response, RelayFault> {
        let reel = self.reel(camera, upstream, part)?;
        let least = if purpose == Use::Key { usize::MAX } else { ENOUGH };
        let beginning = timeout(PATIENCE, reel.beginning(least)).await.map_err(|_| RelayFault::Slow)??;
        let content_type = match purpose {
            Use::Key if beginning.len() == 16 => "application/octet-stream",
            Use::Key => return Err(RelayFault::NotFilm),
            // nobody can see what it is, so it is nothing that a browser shows
            Use::Segment { sealed: true } => "application/octet-stream",
            Use::Segment { sealed: false } | Use::Map => sniff(&beginning).ok_or(RelayFault::NotFilm)?.content_type(),
        };
        Ok(answer(content_type, reel.length(), Body::from_stream(shelf::pieces(reel))))
    }

    /// The segment, fetched now unless somebody watches it already.
    fn reel(&self, camera: Uuid, upstream: &StreamAddress, part: Part) -> Result<Arc<Reel>, RelayFault> {
        let address = StreamAddress::parse(&part.uri).map_err(|_| RelayFault::NotFound)?;
        let id = Id { camera, part };
        let (reel, is_new) = self.0.shelf.open(&id)?;
        if is_new {
            let (own, filled, home) = (self.clone(), Arc::clone(&reel), upstream.host());
            tokio::spawn(async move {
                let range = id.part.range;
                let ask = Ask { address: &address, home: &home, range, most: MOST_SEGMENT_BYTES as u64 };
                own.0.shelf.fill(&id, &filled, own.0.fetch.get(ask)).await;
            });
        }
        Ok(reel)
    }
}

fn is_playable(media: &Media, key: Option<usize>) -> bool {
    super::media::is_playable(key.and_then(|key| media.keys.get(key)))
}

/// Never kept by browsers or proxies, and never taken for something else.
fn answer(content_type: &'static str, length: Option<u64>, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    if let Some(length) = length {
        headers.insert(header::CONTENT_LENGTH, length.into());
    }
    response
}

/// Seconds as a span of time.
fn seconds(count: i64) -> TimeDelta {
    TimeDelta::seconds(count)
}
