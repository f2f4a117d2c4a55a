//! Looks at many streams, each at its interval, a bounded number at once.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app::domain::stream::{Luma, STALE_SECONDS, StreamAddress};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::{
    sync::{Semaphore, watch},
    task::JoinSet,
    time::sleep,
};
use uuid::Uuid;

use super::{LookResult, Probe};
use crate::clock::Clock;

/// Seconds between two looks at a camera within its hours.
pub const INTERVAL: TimeDelta = TimeDelta::seconds(60);
/// Looks at once. Most of a look is waiting for the next segment: 500 cameras a minute take about 60.
pub const MOST_LOOKS: usize = 128;
/// How often it is asked which cameras are due.
const TICK: Duration = Duration::from_secs(1);
/// Last frames that are kept: 4096 × 5 KB are 21 MB.
const MOST_KEPT: usize = 4096;

/// A camera that is to be looked at.
#[derive(Clone, Debug)]
pub struct CameraToProbe {
    /// Which
    pub id: Uuid,
    /// Its address
    pub address: StreamAddress,
}

/// Where cameras come from and results go to.
#[async_trait]
pub trait Cameras: Send + Sync {
    /// Cameras within their hours whose time has come, the longest due first, at most `most`.
    async fn due(&self, now: DateTime<Utc>, most: usize) -> Vec<CameraToProbe>;
    /// What a look found, when it ended, and when the next one is due.
    async fn record(&self, camera: Uuid, found: &LookResult, at: DateTime<Utc>, next: DateTime<Utc>);
}

/// Looks again and again.
pub struct Prober {
    probe: Probe,
    cameras: Arc<dyn Cameras>,
    clock: Clock,
    interval: TimeDelta,
    slots: Arc<Semaphore>,
    /// Cameras that are being looked at
    busy: Mutex<HashSet<Uuid>>,
    /// Last frames, with their time
    kept: Mutex<HashMap<Uuid, (DateTime<Utc>, Luma)>>,
}

impl Prober {
    /// Over a house of cameras.
    #[must_use]
    pub fn new(probe: Probe, cameras: Arc<dyn Cameras>, clock: Clock, interval: TimeDelta, most: usize) -> Arc<Self> {
        let slots = Arc::new(Semaphore::new(most));
        Arc::new(Self { probe, cameras, clock, interval, slots, busy: Mutex::default(), kept: Mutex::default() })
    }

    /// Looks until told to stop; looks that are under way are given up.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut looks = JoinSet::new();
        loop {
            self.tick(&mut looks).await;
            tokio::select! {
                () = sleep(TICK) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
            while looks.try_join_next().is_some() {}
        }
    }

    /// Starts as many due looks as there is room for.
    pub async fn tick(self: &Arc<Self>, looks: &mut JoinSet<()>) {
        let room = self.slots.available_permits();
        if room == 0 {
            return;
        }
        let busy = lock(&self.busy).len();
        for camera in self.cameras.due(self.clock.now(), room + busy).await {
            // one camera is never looked at twice at once
            if !lock(&self.busy).insert(camera.id) {
                continue;
            }
            let busy = Busy(Arc::clone(self), camera.id);
            let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else { return };
            looks.spawn(async move {
                busy.0.look(&camera).await;
                drop((busy, slot));
            });
        }
    }

    async fn look(&self, camera: &CameraToProbe) {
        let started = self.clock.now();
        let before = self.kept(camera.id, started);
        let found = self.probe.look(&camera.address, before.as_ref()).await;
        let at = self.clock.now();
        self.keep(camera.id, at, found.last.as_ref());
        // from its beginning, so that slow looks don't make the interval longer
        let next = (started + self.interval + jitter(camera.id, started, self.interval)).max(at);
        self.cameras.record(camera.id, &found, at, next).await;
    }

    fn kept(&self, camera: Uuid, now: DateTime<Utc>) -> Option<Luma> {
        let kept = lock(&self.kept);
        let is_fresh = |at: DateTime<Utc>| now - at <= TimeDelta::seconds(STALE_SECONDS);
        kept.get(&camera).filter(|(at, _)| is_fresh(*at)).map(|(_, luma)| luma.clone())
    }

    fn keep(&self, camera: Uuid, at: DateTime<Utc>, luma: Option<&Luma>) {
        let mut kept = lock(&self.kept);
        let Some(luma) = luma else { return };
        if kept.len() >= MOST_KEPT {
            kept.retain(|_, (before, _)| at - *before <= TimeDelta::seconds(STALE_SECONDS));
        }
        if kept.len() < MOST_KEPT || kept.contains_key(&camera) {
            kept.insert(camera, (at, luma.clone()));
        }
    }
}

/// A look that was given up leaves its camera free.
struct Busy(Arc<Prober>, Uuid);

impl Drop for Busy {
    fn drop(&mut self) {
        lock(&self.0.busy).remove(&self.1);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Up to a tenth earlier, so that cameras which were saved together don't stay together: the first bytes of a hash of camera
/// and time. Never later: a state must be known within two intervals.
fn jitter(camera: Uuid, at: DateTime<Utc>, interval: TimeDelta) -> TimeDelta {
    let hash = crate::files::sha256(format!("{camera}{}", at.timestamp_micros()).as_bytes());
    let part = hash.get(..2).and_then(|digits| i32::from_str_radix(digits, 16).ok()).unwrap_or(0);
    -interval * part / 2560
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_spread_but_are_never_late() {
        let at: DateTime<Utc> = "2026-11-25T03:00:00Z".parse().unwrap();
        let all: HashSet<i64> =
            (0..200).map(|number| jitter(Uuid::from_u128(number), at, INTERVAL).num_milliseconds()).collect();
        assert!(all.iter().all(|jitter| (-6000..=0).contains(jitter)), "{all:?}");
        assert!(all.len() > 10, "{}", all.len());
    }
}
