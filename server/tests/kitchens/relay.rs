//! What who watches gets, and what that costs.

use std::time::{Duration, Instant};

use axum::http::{StatusCode, header};
use server::kitchens::{RelayFault, RelayLimits};
use uuid::Uuid;

use crate::{
    films::{Film, Scene, film},
    http::Watcher,
    stage::address,
    upstream::{Reply, Upstream, live, moving_playlist, piece},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_film_comes_as_it_was_sent() {
    for is_mp4 in [false, true] {
        let made = film(Scene::Moving, is_mp4);
        let upstream = Upstream::start(live(made.clone())).await;
        let watcher = Watcher::of(&upstream);
        let playlist = watcher.playlist().await.unwrap();
        assert!(!playlist.contains("seg") && !playlist.contains("127.0.0.1"), "{playlist}");
        let paths = Watcher::segments(&playlist);
        assert_eq!(paths.len(), 3, "{playlist}");
        let first: usize =
            playlist.lines().find_map(|line| line.strip_prefix("#EXT-X-MEDIA-SEQUENCE:")).unwrap().parse().unwrap();
        for (number, path) in paths.iter().enumerate() {
            let (headers, bytes) = watcher.get(path).await.unwrap();
            assert_eq!(bytes, made.segments[(first + number) % 6], "{number}");
            assert_eq!(headers[header::CONTENT_TYPE], if is_mp4 { "video/mp4" } else { "video/mp2t" });
            assert_eq!(headers[header::CONTENT_LENGTH], bytes.len().to_string().as_str());
            assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        }
        let map = playlist.lines().find_map(|line| line.strip_prefix("#EXT-X-MAP:URI=\"")?.strip_suffix('"'));
        assert_eq!(map.is_some(), is_mp4);
        if let Some(map) = map {
            assert_eq!(Some(watcher.get(map).await.unwrap().1), made.init);
        }
        let again = watcher.playlist().await.unwrap();
        assert!(paths[1..].iter().all(|path| again.contains(path)) || again == playlist, "a segment keeps its address");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_good_for_one_camera_and_a_short_time() {
    let upstream = Upstream::start(live(film(Scene::Moving, false))).await;
    let watcher = Watcher::of(&upstream);
    let playlist = watcher.playlist().await.unwrap();
    let segment = Watcher::segments(&playlist).remove(0);
    let served = async |camera: u128, at: &str, path: &str| {
        let token = path.rsplit('/').next().unwrap();
        let served = watcher.relay.serve(Uuid::from_u128(camera), &address(at), token, watcher.now()).await;
        served.map(|answer| answer.status())
    };
    let own = upstream.url("/live.m3u8");
    assert_eq!(served(7, &own, &segment).await, Ok(StatusCode::OK));
    for path in [&segment, &watcher.ticket.src] {
        assert_eq!(served(8, &own, path).await, Err(RelayFault::NotFound), "another camera");
        assert_eq!(served(7, &upstream.url("/other.m3u8"), path).await, Err(RelayFault::NotFound), "another upstream");
        assert_eq!(served(7, &own, &path[..path.len() - 1]).await, Err(RelayFault::NotFound));
    }
    for forged in ["", "x", "AAAA", &"A".repeat(5000), "../../etc/passwd", "http:%2f%2f127.0.0.1"] {
        assert_eq!(served(7, &own, forged).await, Err(RelayFault::NotFound), "{forged:.20}");
    }
    watcher.pass(100);
    assert!(watcher.playlist().await.is_ok(), "used");
    watcher.pass(100);
    assert_eq!(served(7, &own, &segment).await, Err(RelayFault::Expired));
    assert!(watcher.playlist().await.is_ok(), "used in time");
    watcher.pass(121);
    assert_eq!(watcher.playlist().await, Err(RelayFault::Expired));
    let answer = watcher.over_http(&watcher.ticket.src).await;
    assert_eq!(
        (answer.status(), answer.headers()[header::CACHE_CONTROL].as_bytes()),
        (StatusCode::FORBIDDEN, b"no-store".as_slice())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_who_watch_cost_one_fetch() {
    let upstream = Upstream::start(live(film(Scene::Moving, false))).await;
    let first = Watcher::of(&upstream);
    let watching = (0..200).map(|_| {
        let own = first.another().unwrap();
        tokio::spawn(async move {
            let playlist = own.playlist().await?;
            let mut bytes = 0;
            for path in Watcher::segments(&playlist) {
                bytes += own.get(&path).await?.1.len();
            }
            Ok::<_, RelayFault>((playlist, bytes))
        })
    });
    let watching: Vec<_> = watching.collect();
    let mut seen = Vec::new();
    for watch in watching {
        seen.push(watch.await.unwrap().unwrap());
    }
    assert!(seen.iter().all(|(_, bytes)| *bytes > 3000), "{:?}", seen[0].1);
    assert_eq!(first.relay.counts(first.now()).watchers, 200);
    assert!(upstream.asked("live.m3u8") <= 4, "{}", upstream.asked("live.m3u8"));
    assert_eq!(upstream.most_asked(".seg"), 1, "each segment once");
    // one too many
    assert_eq!(first.another().map(|_| ()), Err(RelayFault::Full));
    let answer = first.over_http(&first.ticket.src).await;
    assert_eq!(
        (answer.status(), answer.headers()[header::RETRY_AFTER].as_bytes()),
        (StatusCode::SERVICE_UNAVAILABLE, b"15".as_slice())
    );
    first.pass(31);
    assert!(first.another().is_ok(), "those who went away make room");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_upstream_is_not_asked_by_everybody() {
    let upstream = Upstream::start(|_| Reply::status(404)).await;
    let watcher = Watcher::of(&upstream);
    for _ in 0..50 {
        assert_eq!(watcher.playlist().await, Err(RelayFault::Missing));
    }
    assert!(upstream.asked("") <= 2, "{}", upstream.asked(""));
    assert_eq!(watcher.over_http(&watcher.ticket.src).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_read_costs_nothing_more() {
    // segments of 1 MB, room for 3
    let segment = [&[0x47][..], &[0xff; 187]].concat().repeat(5600);
    let large = Film { init: None, segments: vec![segment.clone(); 6] };
    let started = Instant::now();
    let upstream = Upstream::start(move |path| match path {
        "/live.m3u8" => {
            let number = started.elapsed().as_millis() / 100;
            let lines: String =
                (number..number + 8).map(|number| format!("#EXTINF:1,\ns{number}.seg\n")).collect::<Vec<_>>().concat();
            Reply::text(
                "text/plain",
                format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:{number}\n{lines}"),
            )
        }
        other => piece(&large, other),
    });
    let upstream = upstream.await;
    let memory = 3 * segment.len() + 1000;
    let watcher = Watcher::with(&upstream, RelayLimits { memory, ..RelayLimits::default() });
    let playlist = watcher.playlist().await.unwrap();
    let mut unread = Vec::new();
    for path in Watcher::segments(&playlist) {
        unread.push(watcher.body(&path).await);
        tokio::time::sleep(Duration::from_millis(60)).await;
        let counts = watcher.relay.counts(watcher.now());
        assert!(counts.bytes <= memory, "{counts:?}");
    }
    // the last ones are there, the first ones were taken away
    let ends = |body| async { axum::body::to_bytes(body, usize::MAX).await.map(|bytes| bytes.len()).ok() };
    assert_eq!(ends(unread.pop().unwrap()).await, Some(segment.len()));
    assert_eq!(ends(unread.remove(0)).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn variants_and_keys_are_sealed_too() {
    let made = film(Scene::Moving, false);
    let started = Instant::now();
    let upstream = Upstream::start(move |path| match path.split('?').next().unwrap() {
        "/live.m3u8" => Reply::text(
            "text/plain",
            "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"a\",URI=\"audio.m3u8\"\n#EXT-X-STREAM-INF:BANDWIDTH=9,AUDIO=\"a\"\nv/low.m3u8?x=1\n\
             #EXT-X-STREAM-INF:BANDWIDTH=10\nloop.m3u8\n",
        ),
        "/v/low.m3u8" => {
            let text = moving_playlist(started, "s", &made);
            Reply::text(
                "text/plain",
                text.replacen("#EXTINF", "#EXT-X-KEY:METHOD=AES-128,URI=\"/k1\",IV=0x1\n#EXTINF", 1),
            )
        }
        "/loop.m3u8" => Reply::text("text/plain", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=10\nloop.m3u8\n"),
        "/k1" => Reply::Whole("text/plain", b"0123456789abcdef".as_slice().into()),
        other => piece(&made, other),
    });
    let upstream = upstream.await;
    let watcher = Watcher::of(&upstream);
    let master = watcher.playlist().await.unwrap();
    assert!(!master.contains("AUDIO") && !master.contains("low"), "{master}");
    let variants = Watcher::segments(&master);
    assert_eq!(watcher.get(&variants[1]).await.map(|_| ()), Err(RelayFault::NotFilm));
    let media = String::from_utf8(watcher.get(&variants[0]).await.unwrap().1).unwrap();
    let key = media
        .lines()
        .find_map(|line| line.strip_prefix("#EXT-X-KEY:METHOD=AES-128,URI=\"")?.split('"').next())
        .unwrap();
    assert_eq!(watcher.get(key).await.unwrap().1, b"0123456789abcdef");
    let (headers, _) = watcher.get(&Watcher::segments(&media)[0]).await.unwrap();
    assert_eq!(headers[header::CONTENT_TYPE], "application/octet-stream");
    watcher.pass(60);
    assert!(watcher.get(&variants[0]).await.is_ok(), "a variant lives while it is used");
    watcher.pass(121);
    assert_eq!(watcher.get(&variants[0]).await.map(|_| ()), Err(RelayFault::Expired));
}
