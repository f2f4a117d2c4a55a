//! One look at a stream: does its playlist advance, do frames decode, does anything move.

mod pieces;
mod why;

use std::{sync::Arc, time::Duration};

use app::domain::stream::{
    Darkness, Look, Luma, Sight, StreamAddress, StreamKind,
    playlist::{self, Fault, Media, Playlist},
    sight,
};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep},
};

use super::{Ask, Eye, EyeFault, FetchFault, Fetcher, Refusal};

/// Looks that hold pieces of films at once: 24 × 3 pieces of at most 2 MiB are 144 MiB.
const MOST_HOLDING: usize = 24;

/// Why a look found what it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The stream was not reached
    Fetch(FetchFault),
    /// Its playlist is none
    Playlist(Fault),
    /// No playlist is expected there
    NotHls,
    /// A variant of a variant, or no segment
    Empty,
    /// The stream said that it is over
    Ended,
    /// No new segment within the patience
    NotAdvancing,
    /// The segment is no film
    NotFilm,
    /// The segments are encrypted, so nobody can look
    Encrypted,
    /// There is no picture
    Eye(EyeFault),
    /// Black or covered
    Dark(Darkness),
}

/// What a look found.
#[derive(Clone, Debug)]
pub struct LookResult {
    /// The state
    pub look: Look,
    /// Its reason, where it isn't live or frozen
    pub why: Option<Why>,
    /// Status of the last answer
    pub status: Option<u16>,
    /// Milliseconds of the first playlist
    pub latency_ms: Option<u64>,
    /// Number of the last segment
    pub sequence: Option<u64>,
    /// Bytes that were read
    pub bytes: u64,
    /// Frames that were looked at
    pub frames: usize,
    /// The last frame, for the next look; not a picture of people, see [`Luma`]
    pub last: Option<Luma>,
}

/// How long a look may wait.
#[derive(Clone, Copy, Debug)]
pub struct ProbeTimes {
    /// Least time in which the playlist must advance
    pub least: Duration,
    /// … and most; between them it is three target durations (RFC 8216 §6.3.4 lets a playlist stand still for 1.5)
    pub most: Duration,
}

impl Default for ProbeTimes {
    fn default() -> Self {
        Self { least: Duration::from_secs(4), most: Duration::from_secs(30) }
    }
}

/// Looks at streams. Cloning is cheap.
#[derive(Clone)]
pub struct Probe {
    fetch: Fetcher,
    eye: Eye,
    times: ProbeTimes,
    holding: Arc<Semaphore>,
}

/// What is known so far.
struct Looking<'a> {
    probe: &'a Probe,
    home: (String, u16),
    found: LookResult,
}

impl Probe {
    /// With a fetcher and an eye.
    #[must_use]
    pub fn new(fetch: Fetcher, eye: Eye, times: ProbeTimes) -> Self {
        Self { fetch, eye, times, holding: Arc::new(Semaphore::new(MOST_HOLDING)) }
    }

    /// One look. `before` is the last frame of the look before, if it was not long ago: a picture that has not changed since then
    /// is frozen, one that has is not.
    pub async fn look(&self, address: &StreamAddress, before: Option<&Luma>) -> LookResult {
        let found = LookResult {
            look: Look::Unseen,
            why: None,
            status: None,
            latency_ms: None,
            sequence: None,
            bytes: 0,
            frames: 0,
            last: None,
        };
        let mut looking = Looking { probe: self, home: address.host(), found };
        let ended = looking.run(address, before).await;
        let (look, why) = match ended {
            Ok(look) => (look, None),
            Err(why) => (state(why), Some(why)),
        };
        LookResult { look, why, ..looking.found }
    }
}

/// The state that a reason means.
fn state(why: Why) -> Look {
    match why {
        Why::Fetch(FetchFault::Refused(_) | FetchFault::TooLarge) | Why::Playlist(Fault::TooLarge) | Why::NotHls => {
            Look::Refused
        }
        Why::Fetch(_) | Why::Playlist(_) | Why::Empty | Why::NotFilm => Look::Offline,
        Why::Ended | Why::NotAdvancing => Look::Stalled,
        Why::Encrypted | Why::Eye(_) => Look::Unseen,
        Why::Dark(_) => Look::Black,
    }
}

impl Looking<'_> {
    async fn run(&mut self, address: &StreamAddress, before: Option<&Luma>) -> Result<Look, Why> {
        if address.kind() != StreamKind::Hls {
            return Err(Why::NotHls);
        }
        let started = Instant::now();
        let first = self.playlist(address).await?;
        self.found.latency_ms = u64::try_from(started.elapsed().as_millis()).ok();
        let (address, media) = match first {
            (address, Playlist::Media(media)) => (address, media),
            (base, Playlist::Master(master)) => {
                let smallest = master.smallest().ok_or(Why::Empty)?;
                let variant = StreamAddress::join(base.url(), &smallest.uri);
                let variant = variant.map_err(|refusal| Why::Fetch(Refusal::Address(refusal).into()))?;
                match self.playlist(&variant).await? {
                    (address, Playlist::Media(media)) => (address, media),
                    _ => return Err(Why::Empty),
                }
            }
        };
        let media = self.advance(&address, media).await?;
        self.look_at(&address, &media, before).await
    }

    /// Loads a playlist; its address is where it was found in the end.
    async fn playlist(&mut self, address: &StreamAddress) -> Result<(StreamAddress, Playlist), Why> {
        let (found, bytes) = self.get(address, None, playlist::MOST_BYTES, None).await.map_err(Why::Fetch)?;
        Ok((found, playlist::parse(&bytes).map_err(Why::Playlist)?))
    }

    /// Asks for something; `beginning` takes no more than that of it.
    async fn get(
        &mut self,
        address: &StreamAddress,
        range: Option<playlist::Range>,
        most: usize,
        beginning: Option<usize>,
    ) -> Result<(StreamAddress, Vec<u8>), FetchFault> {
        let ask = Ask { address, home: &self.home, range, most: most as u64 };
        let answered = self.probe.fetch.get(ask).await;
        if let Err(FetchFault::Status(status)) = answered {
            self.found.status = Some(status);
        }
        let answer = answered?;
        self.found.status = Some(answer.status);
        let address = answer.address;
        let bytes = match beginning {
            Some(most) => answer.body.beginning(most).await?,
            None => answer.body.whole().await?,
        };
        self.found.bytes += bytes.len() as u64;
        Ok((address, bytes))
    }

    /// Waits until there is a new segment.
    async fn advance(&mut self, address: &StreamAddress, first: Media) -> Result<Media, Why> {
        self.found.sequence = first.last_sequence();
        if first.ended {
            return Err(Why::Ended);
        }
        let times = self.probe.times;
        let target = Duration::from_secs(first.target.into());
        let patience = (3 * target).clamp(times.least, times.most);
        let pause = (target / 2).clamp(Duration::from_millis(500), Duration::from_secs(5)).min(patience / 3);
        let until = Instant::now() + patience;
        loop {
            sleep(pause).await;
            let is_last = Instant::now() >= until;
            match self.playlist(address).await {
                Ok((_, Playlist::Media(media))) if media.has_advanced_since(&first) => {
                    self.found.sequence = media.last_sequence();
                    return Ok(media);
                }
                Ok((_, Playlist::Media(media))) if media.ended => return Err(Why::Ended),
                Ok(_) if is_last => return Err(Why::NotAdvancing),
                // one load that fails may be a gateway that is writing
                Err(why) if is_last || state(why) == Look::Refused => return Err(why),
                Ok(_) | Err(_) => {}
            }
        }
    }

    async fn look_at(&mut self, address: &StreamAddress, media: &Media, before: Option<&Luma>) -> Result<Look, Why> {
        let holding = Arc::clone(&self.probe.holding);
        let _held = holding.acquire().await.map_err(|_| Why::Empty)?;
        let film = self.film(address, media).await?;
        let frames = self.probe.eye.frames(film.container, &film.pieces).await.map_err(Why::Eye)?;
        self.found.frames = frames.len();
        self.found.last = frames.last().cloned();
        match sight(&frames, before).ok_or(Why::Eye(EyeFault::Nothing))? {
            Sight::Moving => Ok(Look::Live),
            Sight::Still => Ok(Look::Frozen),
            Sight::Dark(darkness) => Err(Why::Dark(darkness)),
        }
    }
}
