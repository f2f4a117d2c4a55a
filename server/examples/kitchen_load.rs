//! What many cameras and many who watch cost: `cargo run --release -p server --example kitchen_load -- [STREAMS] [WATCHERS] [SECONDS]`.
//! The gateway with its films runs in the same process; its memory is what is there before the start.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a tool for measuring: a panic is the report")]

#[path = "../tests/kitchens/films.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod films;
#[path = "../tests/kitchens/http.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod http;
#[path = "../tests/kitchens/stage.rs"]
mod stage;
#[path = "../tests/kitchens/upstream.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod upstream;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use server::kitchens::{MOST_LOOKS, Prober, RelayLimits};
use tokio::sync::watch;
use uuid::Uuid;

use films::{Scene, film};
use http::Watcher;
use stage::{Kept, clock};
use upstream::{Upstream, live};

/// Megabytes of this process in memory.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    (statm.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096) >> 20
}

/// Seconds of processor time of this process and of those that it started and that ended.
fn processor() -> (u64, u64) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<u64> = stat.rsplit(')').next().unwrap().split(' ').filter_map(|field| field.parse().ok()).collect();
    // utime, stime, cutime, cstime without the letter of the state and a negative group
    let at = fields.len() - 39;
    ((fields[at] + fields[at + 1]) / 100, (fields[at + 2] + fields[at + 3]) / 100)
}

fn argument(place: usize, otherwise: usize) -> usize {
    std::env::args().nth(place).map_or(otherwise, |text| text.parse().expect("a number"))
}

#[tokio::main]
async fn main() {
    let (streams, watchers, seconds) = (argument(1, 500), argument(2, 200), argument(3, 60) as u64);
    let upstream = Upstream::start(live(film(Scene::Moving, false))).await;
    probing(&upstream, streams, seconds).await;
    watching(&upstream, watchers, seconds.min(20)).await;
}

async fn probing(upstream: &Upstream, streams: usize, seconds: u64) {
    let url = |number: usize| upstream.url(&format!("/{number}/live.m3u8"));
    let cameras = (0..streams).map(|number| (Uuid::from_u128(number as u128), url(number))).collect();
    let kept = Arc::new(Kept { cameras, ..Kept::default() });
    let interval = TimeDelta::seconds(60);
    let prober = Prober::new(stage::probe(upstream), Arc::<Kept>::clone(&kept), clock(), interval, MOST_LOOKS);
    let (before, spent, started) = (resident(), processor(), Instant::now());
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(prober.run(stopped));
    let (mut most, mut all) = (0, None);
    while started.elapsed() < Duration::from_secs(seconds) || all.is_none() {
        most = most.max(resident());
        if all.is_none() && kept.looks.lock().unwrap().len() == streams {
            all = Some(started.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let _ = stop.send(true);
    let _ = running.await;
    let now = processor();
    let looks: usize = kept.looks.lock().unwrap().values().sum();
    let memory = kept.memory.lock().unwrap();
    let live = memory.values().filter(|memory| memory.good == Some(app::domain::stream::Look::Live)).count();
    println!(
        "probing {streams} streams for {:.0} s: {looks} looks, {live} live, all looked at after {all:.1?}",
        started.elapsed().as_secs_f64()
    );
    println!(
        "  memory {before} MB before, {most} MB at most; processor {} s own, {} s ffmpeg",
        now.0 - spent.0,
        now.1 - spent.1
    );
}

async fn watching(upstream: &Upstream, watchers: usize, seconds: u64) {
    let first = Watcher::with(upstream, RelayLimits { watchers, watchers_of_one: watchers, ..RelayLimits::default() });
    let (before, spent, started) = (resident(), processor(), Instant::now());
    let (asked, bytes) = (upstream.asked(".seg"), Arc::new(AtomicUsize::new(0)));
    let tasks: Vec<_> = (0..watchers)
        .map(|_| {
            let (own, bytes) = (first.another().unwrap(), Arc::clone(&bytes));
            tokio::spawn(async move {
                while started.elapsed() < Duration::from_secs(seconds) {
                    let playlist = own.playlist().await.unwrap();
                    let last = Watcher::segments(&playlist).pop().unwrap();
                    bytes.fetch_add(own.get(&last).await.unwrap().1.len(), Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            })
        })
        .collect();
    let mut most = 0;
    while started.elapsed() < Duration::from_secs(seconds) {
        most = most.max(resident());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for task in tasks {
        task.await.unwrap();
    }
    let now = processor();
    println!("{watchers} watch one camera for {seconds} s: {} MB to them", bytes.load(Ordering::Relaxed) >> 20);
    println!(
        "  {} segments fetched, memory {before} MB before, {most} MB at most, kept {:?}",
        upstream.asked(".seg") - asked,
        first.relay.counts(first.now())
    );
    println!("  processor {} s", now.0 - spent.0);
}
