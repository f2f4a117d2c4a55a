//! Probes with short times, and cameras in memory.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use app::domain::stream::{Allowed, Memory, StreamAddress};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use server::{
    clock::Clock,
    kitchens::{
        CameraToProbe, Cameras, Eye, EyeLimits, Fetcher, Guard, LookResult, Probe, ProbeTimes, SystemNames, Times,
    },
};
use uuid::Uuid;

use crate::upstream::Upstream;

/// Short times: what is slow on a network is slow here after a second.
pub fn times() -> Times {
    Times {
        connect: Duration::from_secs(1),
        first_byte: Duration::from_secs(1),
        idle: Duration::from_secs(1),
        whole: Duration::from_secs(3),
    }
}

pub fn fetcher(allowed: &str) -> Fetcher {
    Fetcher::new(Guard::new(Arc::new(SystemNames), Allowed::parse(allowed).unwrap()), times()).unwrap()
}

pub fn probe_with(allowed: &str, eye: Eye) -> Probe {
    let probing = ProbeTimes { least: Duration::from_millis(2500), most: Duration::from_secs(10) };
    Probe::new(fetcher(allowed), eye, probing)
}

/// A probe that may ask this gateway and nothing else inside.
pub fn probe(upstream: &Upstream) -> Probe {
    probe_with(&upstream.address.to_string(), Eye::find(EyeLimits::default()))
}

pub fn address(text: &str) -> StreamAddress {
    StreamAddress::parse(text).unwrap()
}

/// Cameras in memory.
#[derive(Default)]
pub struct Kept {
    pub cameras: Vec<(Uuid, String)>,
    pub next: Mutex<HashMap<Uuid, DateTime<Utc>>>,
    pub memory: Mutex<HashMap<Uuid, Memory>>,
    pub looks: Mutex<HashMap<Uuid, usize>>,
}

#[async_trait]
impl Cameras for Kept {
    async fn due(&self, now: DateTime<Utc>, most: usize) -> Vec<CameraToProbe> {
        let next = self.next.lock().unwrap();
        let is_due = |id: &Uuid| next.get(id).is_none_or(|next| *next <= now);
        let due = self.cameras.iter().filter(|(id, _)| is_due(id)).take(most);
        due.map(|(id, url)| CameraToProbe { id: *id, address: address(url) }).collect()
    }

    async fn record(&self, camera: Uuid, found: &LookResult, at: DateTime<Utc>, next: DateTime<Utc>) {
        self.next.lock().unwrap().insert(camera, next);
        *self.looks.lock().unwrap().entry(camera).or_default() += 1;
        let mut memory = self.memory.lock().unwrap();
        let after = memory.get(&camera).copied().unwrap_or_default().after(found.look, at);
        memory.insert(camera, after);
    }
}

/// The machine's time, counted from a fixed day.
pub fn clock() -> Clock {
    let (start, began) = (DateTime::from_timestamp(1_795_000_000, 0).unwrap(), Instant::now());
    Clock::of(move || start + TimeDelta::from_std(began.elapsed()).unwrap())
}
