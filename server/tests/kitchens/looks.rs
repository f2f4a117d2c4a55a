//! What one look finds.

use std::fmt::Write as _;

use app::domain::stream::Look;
use server::kitchens::{Eye, EyeFault, EyeLimits, FetchFault, LookResult, Why, sniff};

use crate::{
    films::{Film, Scene, film},
    stage::{address, probe, probe_with},
    upstream::{Reply, Upstream, live, moving_playlist, piece},
};

pub async fn look(answers: impl Fn(&str) -> Reply + Send + Sync + 'static) -> LookResult {
    let upstream = Upstream::start(answers).await;
    probe(&upstream).look(&address(&upstream.url("/live.m3u8")), None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_scene_is_what_it_is() {
    for (scene, expected) in [
        (Scene::Moving, Look::Live),
        (Scene::Frozen, Look::Frozen),
        (Scene::Clock, Look::Frozen),
        (Scene::Poor, Look::Frozen),
        (Scene::Black, Look::Black),
        (Scene::Covered, Look::Black),
        (Scene::Dim, Look::Live),
    ] {
        let found = look(live(film(scene, false))).await;
        assert_eq!(found.look, expected, "{scene:?}: {found:?}");
        assert!(found.frames >= 2 && found.bytes > 1000, "{scene:?}: {found:?}");
        assert_eq!((found.status, found.sequence.is_some(), found.latency_ms.is_some()), (Some(200), true, true));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn films_in_mp4_and_variants_are_looked_at_too() {
    assert_eq!(look(live(film(Scene::Moving, true))).await.look, Look::Live);
    assert_eq!(look(live(film(Scene::Frozen, true))).await.look, Look::Frozen);
    let inner = live(film(Scene::Moving, false));
    let master =
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=900000\nhigh.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=100000\nlow/low.m3u8\n";
    let upstream = Upstream::start(move |path| match path {
        "/live.m3u8" => Reply::text("text/plain", master),
        other => inner(other),
    });
    let upstream = upstream.await;
    let found = probe(&upstream).look(&address(&upstream.url("/live.m3u8")), None).await;
    assert_eq!((found.look, upstream.asked("high")), (Look::Live, 0), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_is_compared_with_the_one_before() {
    let still = film(Scene::Frozen, false);
    let upstream = Upstream::start(live(still)).await;
    let (probe, address) = (probe(&upstream), address(&upstream.url("/live.m3u8")));
    let first = probe.look(&address, None).await;
    assert_eq!(first.look, Look::Frozen);
    assert_eq!(probe.look(&address, first.last.as_ref()).await.look, Look::Frozen);
    let other = look(live(film(Scene::Covered, false))).await.last;
    assert_eq!(probe.look(&address, other.as_ref()).await.look, Look::Live, "it looked otherwise a minute ago");
}

fn of(film: Film, playlist: impl Fn(u64) -> String + Send + Sync + 'static) -> impl Fn(&str) -> Reply + Send + Sync {
    let started = std::time::Instant::now();
    move |path| match path {
        "/live.m3u8" => Reply::text("application/vnd.apple.mpegurl", playlist(started.elapsed().as_secs())),
        other => piece(&film, other),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_go_on_is_stalled() {
    let (still, moving) = (film(Scene::Moving, false), film(Scene::Moving, false));
    let head = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:7\n#EXTINF:1,\ns1.seg\n#EXTINF:1,\n";
    let found = look(of(still, move |_| format!("{head}s2.seg\n"))).await;
    assert_eq!((found.look, found.why, found.sequence), (Look::Stalled, Some(Why::NotAdvancing), Some(8)));
    // signatures that change are no progress
    let found = look(of(moving.clone(), move |second| format!("{head}s2.seg?sign={second}\n"))).await;
    assert_eq!((found.look, found.why), (Look::Stalled, Some(Why::NotAdvancing)));
    let found = look(of(moving, move |_| format!("{head}s2.seg\n#EXT-X-ENDLIST\n"))).await;
    assert_eq!((found.look, found.why), (Look::Stalled, Some(Why::Ended)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_offline() {
    for status in [404, 403, 500, 502] {
        let found = look(move |_| Reply::status(status)).await;
        assert_eq!((found.look, found.why), (Look::Offline, Some(Why::Fetch(FetchFault::Status(status)))));
        assert_eq!(found.status, Some(status));
    }
    // nobody listens there any more
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = listener.local_addr().unwrap();
    drop(listener);
    let probe = probe_with(&gone.to_string(), Eye::missing());
    let found = probe.look(&address(&format!("http://{gone}/live.m3u8")), None).await;
    assert_eq!((found.look, found.why), (Look::Offline, Some(Why::Fetch(FetchFault::Connect))));
    let found = probe_with("", Eye::missing()).look(&address("http://gw.invalid/live.m3u8"), None).await;
    assert_eq!((found.look, found.why), (Look::Offline, Some(Why::Fetch(FetchFault::NoHost))));
    // a playlist of segments that are not there
    let nothing = Film { init: None, segments: Vec::new() };
    let started = std::time::Instant::now();
    let found = look(move |path| match path {
        "/live.m3u8" => Reply::text("text/plain", moving_playlist(started, "gone", &nothing)),
        _ => Reply::status(404),
    });
    assert_eq!(found.await.why, Some(Why::Fetch(FetchFault::Status(404))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_nobody_saw_is_never_live() {
    let moving = film(Scene::Moving, false);
    let upstream = Upstream::start(live(moving.clone())).await;
    let blind = probe_with(&upstream.address.to_string(), Eye::missing());
    let found = blind.look(&address(&upstream.url("/live.m3u8")), None).await;
    assert_eq!((found.look, found.why), (Look::Unseen, Some(Why::Eye(EyeFault::Missing))));
    // packets without a picture
    let mut hollow = moving.clone();
    for segment in &mut hollow.segments {
        for packet in segment.chunks_mut(188) {
            packet[1..].fill(0xff);
        }
    }
    let found = look(live(hollow)).await;
    assert_eq!((found.look, found.why), (Look::Unseen, Some(Why::Eye(EyeFault::Nothing))));
    let key = "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n";
    let found = look(of(moving, move |second| {
        let number = second + 9;
        format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:{number}\n{key}#EXTINF:1,\ns{number}.seg\n")
    }));
    assert_eq!(found.await.why, Some(Why::Encrypted));
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_of_one_file_are_looked_at() {
    let moving = film(Scene::Moving, false);
    let all: Vec<u8> = moving.segments.concat();
    let mut starts = vec![0];
    moving.segments.iter().for_each(|segment| starts.push(starts.last().unwrap() + segment.len()));
    let started = std::time::Instant::now();
    let found = look(move |path| {
        if path != "/live.m3u8" {
            return Reply::Whole("video/mp2t", all.clone().into());
        }
        let first = usize::try_from(started.elapsed().as_secs()).unwrap() % 3;
        let mut text = format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:{first}\n");
        for place in first..first + 3 {
            write!(
                text,
                "#EXT-X-BYTERANGE:{}@{}\n#EXTINF:1,\nall.ts\n",
                starts[place + 1] - starts[place],
                starts[place]
            )
            .unwrap();
        }
        Reply::text("text/plain", text)
    });
    let found = found.await;
    assert_eq!(found.look, Look::Live, "{found:?}");
}

/// What the encoder adds to a still picture, and what little a dim one moves: the thresholds lie between.
#[tokio::test(flavor = "multi_thread")]
async fn thresholds_lie_between_what_is_measured() {
    let eye = Eye::find(EyeLimits { frames: 100, ..EyeLimits::default() });
    for scene in Scene::ALL {
        let film = film(scene, false);
        let container = sniff(&film.segments[0]).unwrap();
        let frames = eye.frames(container, &film.segments).await.unwrap();
        assert!(frames.len() >= crate::films::SEGMENTS, "{scene:?}: {}", frames.len());
        let moved = frames.iter().skip(1).filter(|frame| frame.moved_since(&frames[0])).count();
        println!("{scene:?}: {} frames, {moved} moved, {:?}", frames.len(), frames[0].difference(&frames[1]));
        let expected = matches!(scene, Scene::Moving | Scene::Dim);
        if scene != Scene::Noise {
            assert_eq!(moved > 0, expected, "{scene:?}");
        }
    }
    let nothing = Eye::missing().frames(server::kitchens::Container::Ts, &[]).await;
    assert_eq!(nothing, Err(EyeFault::Missing));
    assert_eq!(eye.frames(server::kitchens::Container::Ts, &[vec![0x47; 188 * 20]]).await, Err(EyeFault::Nothing));
}
