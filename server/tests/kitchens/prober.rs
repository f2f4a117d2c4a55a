//! Looks again and again: every state within two intervals, each camera at its pace, none twice at once.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use app::domain::stream::Shown;
use chrono::TimeDelta;
use server::kitchens::Prober;
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    films::{Scene, film},
    stage::{Kept, clock, probe},
    upstream::{Reply, Upstream, live},
};

#[tokio::test(flavor = "multi_thread")]
async fn every_state_within_two_intervals() {
    let films: HashMap<&str, _> = [("moving", Scene::Moving), ("frozen", Scene::Frozen), ("black", Scene::Black)]
        .map(|(name, scene)| (name, live(film(scene, false))))
        .into();
    let upstream = Upstream::start(move |path| {
        let name = path.split('/').nth(1).unwrap();
        match name {
            "stalled" => Reply::text("text/plain", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\na\n"),
            "inside" => Reply::redirect("http://169.254.169.254/a.m3u8"),
            name => films.get(name).map_or(Reply::status(404), |film| film(path)),
        }
    });
    let upstream = upstream.await;
    let names = ["moving", "frozen", "black", "stalled", "inside", "gone"];
    let url = |name: &str| upstream.url(&format!("/{name}/live.m3u8"));
    let cameras = (1..).zip(names).map(|(number, name)| (Uuid::from_u128(number), url(name))).collect();
    let kept = Arc::new(Kept { cameras, ..Kept::default() });
    let interval = TimeDelta::seconds(5);
    let clock = clock();
    let prober = Prober::new(probe(&upstream), Arc::<Kept>::clone(&kept), clock.clone(), interval, 16);
    let (stop, stopped) = watch::channel(false);
    let started = Instant::now();
    let running = tokio::spawn(prober.run(stopped));
    let shown = |number: u128| {
        let memory = kept.memory.lock().unwrap();
        memory.get(&Uuid::from_u128(number)).map_or(Shown::Checking, |memory| memory.says(clock.now()))
    };
    let is_known = || {
        let is_off = |number| matches!(shown(number), Shown::Offline { .. });
        [shown(1), shown(2), shown(3)] == [Shown::Live, Shown::Frozen, Shown::Dark] && (4..=6).all(is_off)
    };
    while !is_known() {
        let all: Vec<Shown> = (1..=6).map(shown).collect();
        assert!(started.elapsed() < Duration::from_secs(11), "not known after two intervals: {all:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let _ = stop.send(true);
    running.await.unwrap();
    assert!(kept.looks.lock().unwrap().values().all(|looks| *looks <= 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_at_once_are_bounded_and_never_twice() {
    let upstream = Upstream::start(|_| Reply::Silence).await;
    let cameras = (0..20).map(|number| (Uuid::from_u128(number), upstream.url(&format!("/{number}.m3u8")))).collect();
    let kept = Arc::new(Kept { cameras, ..Kept::default() });
    let prober = Prober::new(probe(&upstream), kept, clock(), TimeDelta::seconds(60), 4);
    let mut looks = tokio::task::JoinSet::new();
    for _ in 0..3 {
        prober.tick(&mut looks).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!((looks.len(), upstream.asked(".m3u8")), (4, 4));
    looks.abort_all();
    while looks.join_next().await.is_some() {}
    prober.tick(&mut looks).await;
    assert_eq!(looks.len(), 4, "looks that were given up leave room");
}
