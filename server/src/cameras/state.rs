//! What the prober remembers of a camera, as it is stored: JSON of [`Memory`].

use app::domain::stream::{Look, Memory, Shown, shown as said};
use chrono::{DateTime, Utc};

use crate::store::StoredCamera;

/// What is remembered; nothing where it can't be read.
pub(super) fn memory(state: Option<&str>) -> Memory {
    state.and_then(|state| serde_json::from_str(state).ok()).unwrap_or_default()
}

/// As it is stored.
pub(super) fn written(memory: &Memory) -> String {
    serde_json::to_string(memory).unwrap_or_default()
}

/// What is said of a camera at a time. Nobody looks at a demonstration, so its state does not get old.
pub(super) fn shown(stored: &StoredCamera, now: DateTime<Utc>) -> Shown {
    let mut known = memory(stored.state.as_deref());
    if stored.demo {
        known.last = known.last.map(|(look, _)| (look, now));
    }
    let place = &stored.place;
    said(&place.hours, place.mended.as_ref().map(|(until, _)| *until), &known, now)
}

/// A memory that makes a camera look like this.
pub(super) fn made_up(shown: Shown, now: DateTime<Utc>) -> Memory {
    let look = match shown {
        Shown::Frozen => Look::Frozen,
        Shown::Dark => Look::Black,
        Shown::Offline { .. } => Look::Offline,
        _ => Look::Live,
    };
    let memory = Memory::default();
    match shown {
        Shown::Offline { since } => memory.after(look, since).after(look, now),
        _ => memory.after(look, now),
    }
}
