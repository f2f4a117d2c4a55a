//! What this house asks of the engine (`server::kitchens`): is an address fit, what does its picture look like now, and where
//! may a player find it.

use app::{
    domain::{
        camera::Way,
        stream::{AddressRefusal, Look, Shown, StreamAddress, StreamKind},
    },
    ports::PortError,
    text::{camera::desk as say, kitchen},
};
use uuid::Uuid;

use super::{CameraService, shown};
use crate::kitchens::{
    Ask, Eye, EyeFault, EyeLimits, FetchFault, Fetcher, Guard, Probe, ProbeTimes, Refusal, Relay, RelayFault, RelayKey,
    RelayLimits, Ticket, Times, Why,
};
use crate::{config::KitchenSettings, secret::Secrets};

/// Bytes read of a page that a link leads to: only whether it answers is of interest.
const LINK_BYTES: u64 = 8 << 20;

/// The engine, ready to ask. Cloning is cheap.
#[derive(Clone)]
pub struct Engine {
    /// Which addresses may be asked
    pub guard: Guard,
    /// Looks
    pub probe: Probe,
    /// Passes on
    pub relay: Relay,
    fetch: Fetcher,
}

impl Engine {
    /// With the machine's resolver, its ffmpeg and `PORTAL_STREAM_ALLOW`.
    ///
    /// # Errors
    /// What of the setting is no host, or that TLS can't be used.
    pub fn open(secrets: &Secrets, settings: &KitchenSettings) -> Result<Self, String> {
        let guard = Guard::from_env()?;
        let fetch = Fetcher::new(guard.clone(), Times::default()).map_err(|error| error.to_string())?;
        let eye = Eye::find(EyeLimits::default());
        let watchers = usize::try_from(settings.watchers).unwrap_or(usize::MAX);
        let limits = RelayLimits { watchers, watchers_of_one: watchers, ..RelayLimits::default() };
        let relay = Relay::new(fetch.clone(), RelayKey::of(secrets), limits);
        Ok(Self { relay, probe: Probe::new(fetch.clone(), eye, ProbeTimes::default()), guard, fetch })
    }
}

/// Why an address is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// By itself, or by where it leads
    Refused(Refusal),
    /// It is to be played here and is no playlist
    NotPlaylist,
}

impl AddressFault {
    /// The reason, for people.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            Self::Refused(refusal) => refused(refusal),
            Self::NotPlaylist => say::NOT_PLAYLIST.to_owned(),
        }
    }
}

fn refused(refusal: Refusal) -> String {
    match refusal {
        Refusal::Address(refusal) => kitchen::address(refusal),
        Refusal::Network(network) => format!("{}{}", kitchen::network(network), kitchen::ALLOW),
        Refusal::Redirects => say::REDIRECTS.to_owned(),
    }
}

/// What one look found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// At a stream
    Stream(Look, Option<Why>),
    /// At a page elsewhere: its status
    Page(Result<u16, FetchFault>),
}

impl Tried {
    /// For the audit trail.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Stream(look, _) => look.code(),
            Self::Page(Ok(_)) => "page",
            Self::Page(Err(_)) => "no_page",
        }
    }

    /// For people.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Stream(Look::Live, _) => say::TRIED_LIVE.to_owned(),
            Self::Stream(look, why) => say::tried(kitchen::look(*look), &why.map(reason).unwrap_or_default()),
            Self::Page(Ok(status)) => say::tried_page(*status),
            Self::Page(Err(fault)) => say::tried(say::NO_PAGE, &fetched(*fault)),
        }
    }
}

fn reason(why: Why) -> String {
    match why {
        Why::Fetch(fault) => fetched(fault),
        Why::Playlist(_) | Why::Empty => say::BAD_PLAYLIST.to_owned(),
        Why::NotHls => say::NOT_PLAYLIST.to_owned(),
        Why::Ended => say::ENDED.to_owned(),
        Why::NotAdvancing => say::NOT_ADVANCING.to_owned(),
        Why::NotFilm => say::NOT_FILM.to_owned(),
        Why::Encrypted => say::ENCRYPTED.to_owned(),
        Why::Eye(EyeFault::Missing) => say::NO_EYE.to_owned(),
        Why::Eye(_) => say::NO_FRAME.to_owned(),
        Why::Dark(darkness) => kitchen::darkness(darkness).to_owned(),
    }
}

fn fetched(fault: FetchFault) -> String {
    match fault {
        FetchFault::Refused(refusal) => refused(refusal),
        FetchFault::NoHost => say::NO_HOST.to_owned(),
        FetchFault::Connect | FetchFault::Tls => say::NO_CONNECTION.to_owned(),
        FetchFault::Slow(_) => say::SLOW.to_owned(),
        FetchFault::Status(status) => say::status(status),
        FetchFault::TooLarge => say::TOO_LARGE.to_owned(),
        FetchFault::Cut | FetchFault::Encoded | FetchFault::Protocol => say::BROKEN.to_owned(),
    }
}

/// Why a camera can't be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// Not public, not played here, or not there.
    #[error("no such picture")]
    NotFound,
    /// Not in its hours.
    #[error("out of hours")]
    OutOfHours,
    /// The relay.
    #[error(transparent)]
    Relay(#[from] RelayFault),
    /// The store.
    #[error(transparent)]
    Port(#[from] PortError),
}

/// An address as the engine takes it, for the way in which it is seen.
pub(super) fn read(way: Way, address: &str) -> Result<StreamAddress, AddressFault> {
    let refused = |refusal: AddressRefusal| AddressFault::Refused(refusal.into());
    let address = StreamAddress::parse(address).map_err(refused)?;
    if way == Way::Hls && address.kind() == StreamKind::Link { Err(AddressFault::NotPlaylist) } else { Ok(address) }
}

impl CameraService {
    /// Whether a new address may be asked at all. A host that can't be found now may be there tomorrow.
    pub(super) async fn check(&self, way: Way, address: &str) -> Result<(), AddressFault> {
        let address = read(way, address)?;
        // the browser opens a link, the portal does not
        if way == Way::Link {
            return Ok(());
        }
        match self.engine.guard.addresses(&address, &address.host()).await {
            Err(FetchFault::Refused(refusal)) => Err(AddressFault::Refused(refusal)),
            _ => Ok(()),
        }
    }

    pub(super) async fn look_once(&self, way: Way, address: &str) -> Tried {
        let address = match read(way, address) {
            Ok(address) => address,
            Err(AddressFault::NotPlaylist) => return Tried::Stream(Look::Refused, Some(Why::NotHls)),
            Err(AddressFault::Refused(refusal)) => {
                return Tried::Stream(Look::Refused, Some(Why::Fetch(FetchFault::Refused(refusal))));
            }
        };
        if way == Way::Hls {
            let found = self.engine.probe.look(&address, None).await;
            return Tried::Stream(found.look, found.why);
        }
        let home = address.host();
        let ask = Ask { address: &address, home: &home, range: None, most: LINK_BYTES };
        Tried::Page(self.engine.fetch.get(ask).await.map(|answer| answer.status))
    }

    /// A fresh address for a player; none for a demonstration.
    ///
    /// # Errors
    /// [`WatchError`].
    pub async fn ticket(&self, camera: Uuid) -> Result<Option<Ticket>, WatchError> {
        let Some(address) = self.watched(camera).await? else { return Ok(None) };
        Ok(Some(self.engine.relay.ticket(camera, &address, self.now())?))
    }

    /// A playlist or a piece of film behind such an address. Asked anew each time whether it may be seen: a camera that was
    /// taken from the public stops at once.
    ///
    /// # Errors
    /// [`WatchError`].
    pub async fn relay(&self, camera: Uuid, token: &str) -> Result<axum::response::Response, WatchError> {
        let address = self.watched(camera).await?.ok_or(WatchError::NotFound)?;
        Ok(self.engine.relay.serve(camera, &address, token, self.now()).await?)
    }

    /// The address of a public camera that plays now, for the relay; none for a demonstration, whose picture is the portal's own.
    ///
    /// # Errors
    /// [`WatchError`].
    async fn watched(&self, camera: Uuid) -> Result<Option<StreamAddress>, WatchError> {
        let stored = self.house.db.camera(camera).await.map_err(PortError::from)?.ok_or(WatchError::NotFound)?;
        if !stored.standing.public || stored.place.way != Way::Hls {
            return Err(WatchError::NotFound);
        }
        if matches!(shown(&stored, self.now()), Shown::OutOfHours | Shown::Maintenance) {
            return Err(WatchError::OutOfHours);
        }
        if stored.demo {
            return Ok(None);
        }
        let address = self.address(stored.id, &stored.address_sealed)?;
        read(Way::Hls, &address).map(Some).map_err(|_| WatchError::NotFound)
    }
}
