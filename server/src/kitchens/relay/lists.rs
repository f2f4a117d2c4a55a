//! Playlists of the last moment, shared by all who watch: one load a second, also of those that fail.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app::domain::stream::{StreamAddress, playlist::Master};
use tokio::time::Instant;
use uuid::Uuid;

use super::RelayFault;

/// How old a playlist may be. Half of the shortest target duration.
const FRESH: Duration = Duration::from_millis(900);
/// How long a failure is told to others without asking again.
const FAILED: Duration = Duration::from_secs(2);
/// Playlists that are kept: of 24 segments each, at most 72 KB; together at most 37 MB, with usual addresses 3 MB.
const MOST: usize = 512;
/// After which one that nobody asks for is forgotten.
const KEPT: Duration = Duration::from_secs(30);

/// A playlist.
#[derive(Clone)]
pub(super) enum Made {
    /// Of variants, and where it was found
    Master(StreamAddress, Arc<Master>),
    /// Of segments, as browsers get it
    Media(Arc<str>),
}

type Slot = Arc<tokio::sync::Mutex<Option<(Instant, Result<Made, RelayFault>)>>>;

/// Playlists by camera and address.
#[derive(Default)]
pub(super) struct Lists(Mutex<HashMap<(Uuid, String), (Instant, Slot)>>);

impl Lists {
    fn slot(&self, camera: Uuid, address: &StreamAddress) -> Result<Slot, RelayFault> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let key = (camera, address.url().to_string());
        if let Some((used, slot)) = all.get_mut(&key) {
            *used = now;
            return Ok(Arc::clone(slot));
        }
        all.retain(|_, (used, _)| now.duration_since(*used) < KEPT);
        if all.len() >= MOST {
            return Err(RelayFault::Full);
        }
        let slot = Slot::default();
        all.insert(key, (now, Arc::clone(&slot)));
        Ok(slot)
    }

    /// The playlist; whoever comes while it is being loaded waits for it.
    pub async fn get<F>(
        &self,
        camera: Uuid,
        address: &StreamAddress,
        load: impl FnOnce() -> F,
    ) -> Result<Made, RelayFault>
    where
        F: Future<Output = Result<Made, RelayFault>>,
    {
        let slot = self.slot(camera, address)?;
        let mut kept = slot.lock().await;
        if let Some((at, made)) = &*kept
            && at.elapsed() < if made.is_ok() { FRESH } else { FAILED }
        {
            return made.clone();
        }
        let made = load().await;
        *kept = Some((Instant::now(), made.clone()));
        made
    }
}
