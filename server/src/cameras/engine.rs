//! What this house asks of the engine: is an address fit, what does its picture look like, what was seen last.

use app::{
    domain::{camera::Way, stream::Shown},
    ports::PortError,
};
use uuid::Uuid;

use super::{CameraService, shown};

/// PROVISIONAL until the engine is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressFault;

impl AddressFault {
    /// The reason, for people.
    #[must_use]
    pub fn sentence(&self) -> String {
        String::new()
    }
}

/// PROVISIONAL
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried;

impl Tried {
    /// For the audit trail.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "live"
    }

    /// For people.
    #[must_use]
    pub fn sentence(&self) -> String {
        String::new()
    }
}

/// What the prober saw last.
pub(super) fn seen(state: Option<&str>) -> Shown {
    state.and_then(|state| serde_json::from_str(state).ok()).unwrap_or(Shown::Checking)
}

impl CameraService {
    pub(super) fn check(&self, _way: Way, _address: &str) -> Result<(), AddressFault> {
        let _ = &self.house;
        Ok(())
    }

    pub(super) async fn look_once(&self, _way: Way, _address: &str) -> Tried {
        std::future::ready(Tried).await
    }
}

/// Hours that are the same on these days, 0 is Monday.
#[must_use]
pub fn weekly(days: &[u8], spans: &[(u16, u16)]) -> app::domain::stream::Hours {
    let span = |day: u8| spans.iter().map(move |(from, to)| app::domain::stream::Span { day, from: *from, to: *to });
    app::domain::stream::Hours { week: days.iter().flat_map(|day| span(*day)).collect(), off: Vec::new() }
}

/// A state as it is stored.
pub(super) fn written(shown: Shown) -> String {
    serde_json::to_string(&shown).unwrap_or_default()
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
    /// The store.
    #[error(transparent)]
    Port(#[from] PortError),
}

impl CameraService {
    /// A signed address for a player and its seconds; none for a demonstration, whose picture has an address of its own.
    ///
    /// # Errors
    /// [`WatchError`].
    pub async fn watch(&self, camera: Uuid) -> Result<Option<(String, u64)>, WatchError> {
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
        Err(WatchError::NotFound)
    }
}
