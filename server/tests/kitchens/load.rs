//! A small part of `examples/kitchen_load.rs`: memory stays where it is said to be.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use server::kitchens::Prober;
use tokio::{sync::watch, time::Instant};
use uuid::Uuid;

use crate::{
    films::{Scene, film},
    stage::{Kept, clock, probe},
    upstream::{Upstream, live},
};

/// Bytes of this process in memory.
pub fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_streams_are_looked_at_within_a_bound() {
    const STREAMS: usize = 40;
    let upstream = Upstream::start(live(film(Scene::Moving, false))).await;
    let url = |number: usize| upstream.url(&format!("/{number}/live.m3u8"));
    let cameras = (0..STREAMS).map(|number| (Uuid::from_u128(number as u128), url(number))).collect();
    let kept = Arc::new(Kept { cameras, ..Kept::default() });
    let prober = Prober::new(probe(&upstream), Arc::<Kept>::clone(&kept), clock(), TimeDelta::seconds(60), 32);
    let before = resident();
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(prober.run(stopped));
    let until = Instant::now() + Duration::from_secs(40);
    let mut most = 0;
    while kept.looks.lock().unwrap().len() < STREAMS {
        assert!(Instant::now() < until, "{} of {STREAMS} looks", kept.looks.lock().unwrap().len());
        most = most.max(resident());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let _ = stop.send(true);
    running.await.unwrap();
    let live = kept
        .memory
        .lock()
        .unwrap()
        .values()
        .filter(|memory| memory.good == Some(app::domain::stream::Look::Live))
        .count();
    assert_eq!(live, STREAMS);
    let more = most.saturating_sub(before);
    assert!(more < 64 << 20, "{} MB more", more >> 20);
}
