//! What this house asks of the engine: is an address fit, what does its picture look like, what was seen last.

use app::domain::{camera::Way, stream::Shown};

use super::CameraService;

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
