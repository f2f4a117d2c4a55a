//! What hostile gateways and playlists try, against probe and relay.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use app::domain::stream::{AddressRefusal, Allowed, Look, Network, playlist::Fault};
use async_trait::async_trait;
use server::kitchens::{
    Ask, Eye, FetchFault, Fetcher, Guard, MOST_SEGMENT_BYTES, Names, Refusal, RelayFault, Stage, Why,
};

use crate::{
    films::{Scene, film},
    http::Watcher,
    looks::look,
    stage::{address, probe, probe_with, times},
    upstream::{Reply, Upstream, live, moving_playlist, piece},
};

const INSIDE: FetchFault = FetchFault::Refused(Refusal::Network(Network::Loopback));
const CLOUD: FetchFault = FetchFault::Refused(Refusal::Network(Network::LinkLocal));

#[tokio::test]
async fn addresses_inside_are_never_asked() {
    let other = Upstream::start(|_| Reply::status(200)).await;
    let port = other.address.port();
    for (text, expected) in [
        (format!("http://127.0.0.1:{port}/a.m3u8"), INSIDE),
        (format!("http://localhost:{port}/a.m3u8"), INSIDE),
        (format!("http://2130706433:{port}/a.m3u8"), INSIDE),
        (format!("http://[::1]:{port}/a.m3u8"), INSIDE),
        (format!("http://[::ffff:127.0.0.1]:{port}/a.m3u8"), FetchFault::Refused(Refusal::Network(Network::Embedded))),
        (format!("http://0.0.0.0:{port}/a.m3u8"), FetchFault::Refused(Refusal::Network(Network::Unspecified))),
        ("http://169.254.169.254/latest/a.m3u8".into(), CLOUD),
        ("https://10.0.0.1/a.m3u8".into(), FetchFault::Refused(Refusal::Network(Network::Private))),
    ] {
        // another host and another port are named, not this one
        let probe = probe_with("127.0.0.2,127.0.0.1:1,gw.example.cn", Eye::missing());
        let found = probe.look(&address(&text), None).await;
        assert_eq!((found.look, found.why), (Look::Refused, Some(Why::Fetch(expected))), "{text}");
    }
    assert_eq!(other.asked(""), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_leads_nowhere_inside() {
    let other = Upstream::start(|_| Reply::text("text/plain", "#EXTM3U\n")).await;
    let inside = other.url("/secret.m3u8");
    for (to, expected) in [
        (inside.as_str(), INSIDE),
        ("http://169.254.169.254/latest/meta-data/a.m3u8", CLOUD),
        ("//169.254.169.254/a.m3u8", CLOUD),
        ("file:///etc/passwd", FetchFault::Refused(Refusal::Address(AddressRefusal::Scheme))),
        ("http://u:p@gw.example.cn/a.m3u8", FetchFault::Refused(Refusal::Address(AddressRefusal::Credentials))),
        ("gopher://127.0.0.1:6379/_x", FetchFault::Refused(Refusal::Address(AddressRefusal::Scheme))),
        ("/live.m3u8", FetchFault::Refused(Refusal::Redirects)),
    ] {
        let to = to.to_owned();
        let told = to.clone();
        let upstream = Upstream::start(move |_| Reply::redirect(&to)).await;
        let found = probe(&upstream).look(&address(&upstream.url("/live.m3u8")), None).await;
        assert_eq!((found.look, found.why), (Look::Refused, Some(Why::Fetch(expected))), "{told}");
        let watcher = Watcher::of(&upstream);
        let Err(RelayFault::Refused(refusal)) = watcher.playlist().await else { panic!("{told}: not refused") };
        assert_eq!(FetchFault::Refused(refusal), expected, "{told}");
    }
    assert_eq!(other.asked(""), 0);
    // but a redirect to a film at the same place is followed
    let inner = live(film(Scene::Moving, false));
    let found = look(move |path| if path == "/live.m3u8" { Reply::redirect("/a/b.m3u8") } else { inner(path) }).await;
    assert_eq!(found.look, Look::Live, "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_playlist_names_nothing_inside() {
    let other = Upstream::start(|_| Reply::text("text/plain", "topsecret")).await;
    let inside = other.url("/secret");
    for (uri, expected) in
        [(inside.as_str(), Some(INSIDE)), ("http://169.254.169.254/latest", Some(CLOUD)), ("file:///etc/passwd", None)]
    {
        let (started, line) = (Instant::now(), uri.to_owned());
        let upstream = Upstream::start(move |_| {
            let number = started.elapsed().as_secs();
            let head = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:";
            Reply::text("text/plain", format!("{head}{number}\n#EXTINF:1,\n{line}\n"))
        });
        let upstream = upstream.await;
        let found = probe(&upstream).look(&address(&upstream.url("/live.m3u8")), None).await;
        assert_eq!(found.look, Look::Refused, "{uri}: {found:?}");
        let watcher = Watcher::of(&upstream);
        let playlist = watcher.playlist().await.unwrap();
        assert!(
            !playlist.contains("secret") && !playlist.contains("169.254") && !playlist.contains("passwd"),
            "{playlist}"
        );
        match expected {
            None => assert!(playlist.contains("#EXT-X-GAP"), "{playlist}"),
            Some(FetchFault::Refused(expected)) => {
                let refused = watcher.get(&Watcher::segments(&playlist)[0]).await;
                assert_eq!(refused.map(|_| ()), Err(RelayFault::Refused(expected)), "{uri}");
            }
            Some(_) => unreachable!(),
        }
    }
    assert_eq!(other.asked(""), 0);
}

/// Resolves to something else each time.
struct Turning(AtomicUsize, Vec<Vec<SocketAddr>>);

#[async_trait]
impl Names for Turning {
    async fn resolve(&self, _: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
        let turn = self.0.fetch_add(1, Ordering::SeqCst);
        Ok(self.1[turn.min(self.1.len() - 1)].clone())
    }
}

#[tokio::test]
async fn a_name_is_resolved_once_and_all_of_it_is_checked() {
    let at = |text: &str| text.parse::<SocketAddr>().unwrap();
    let guard = |turns: Vec<Vec<SocketAddr>>, allowed: &str| {
        let names = Arc::new(Turning(AtomicUsize::new(0), turns));
        (Arc::clone(&names), Guard::new(names, Allowed::parse(allowed).unwrap()))
    };
    let stream = address("http://gw.example.cn:8080/a.m3u8");
    // outside first, inside a moment later: what was checked is what is connected to
    let (names, first) = guard(vec![vec![at("8.8.8.8:8080")], vec![at("127.0.0.1:8080")]], "");
    assert_eq!(first.addresses(&stream, &stream.host()).await, Ok(vec![at("8.8.8.8:8080")]));
    assert_eq!(names.0.load(Ordering::SeqCst), 1);
    assert_eq!(first.addresses(&stream, &stream.host()).await, Err(INSIDE));
    // one inside among those outside
    let (_, mixed) = guard(vec![vec![at("8.8.8.8:8080"), at("[fe80::1]:8080")]], "");
    assert_eq!(mixed.addresses(&stream, &stream.host()).await, Err(CLOUD));
    let (_, nowhere) = guard(vec![vec![]], "");
    assert_eq!(nowhere.addresses(&stream, &stream.host()).await, Err(FetchFault::NoHost));
    // a opened host opens its own streams only
    let (_, opened) = guard(vec![vec![at("10.0.0.5:8080")]], "gw.example.cn:8080");
    assert_eq!(opened.addresses(&stream, &stream.host()).await, Ok(vec![at("10.0.0.5:8080")]));
    let elsewhere = ("other.example.cn".to_owned(), 443);
    assert_eq!(
        opened.addresses(&stream, &elsewhere).await,
        Err(FetchFault::Refused(Refusal::Network(Network::Private))),
        "a stream from elsewhere can't reach it"
    );
    // the connection goes to the resolved address, with one resolution a request
    let upstream = Upstream::start(|_| Reply::text("text/plain", "hello")).await;
    let (names, own) = guard(vec![vec![upstream.address], vec![]], "gw.example.cn");
    let fetch = Fetcher::new(own, times()).unwrap();
    let answer = fetch.get(Ask { address: &stream, home: &stream.host(), range: None, most: 100 }).await.unwrap();
    assert_eq!(answer.body.whole().await.unwrap(), b"hello");
    assert_eq!(names.0.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn sizes_without_end_are_cut() {
    let endless = || {
        let head = "HTTP/1.1 200 OK\r\n\r\n#EXTM3U\n#EXT-X-TARGETDURATION:1\n".to_owned();
        Reply::Flood { head, again: b"#EXTINF:1,\na.ts\n".repeat(64), most: 1 << 30 }
    };
    let upstream = Upstream::start(move |_| endless()).await;
    let found = probe(&upstream).look(&address(&upstream.url("/live.m3u8")), None).await;
    assert_eq!((found.look, found.why), (Look::Refused, Some(Why::Fetch(FetchFault::TooLarge))));
    assert_eq!(Watcher::of(&upstream).playlist().await, Err(RelayFault::TooLarge));
    tokio::time::sleep(Duration::from_millis(100)).await;
    let sent = upstream.sent.load(Ordering::Relaxed);
    assert!(sent < 32 << 20, "{sent} bytes were taken");
    // within the bytes, too many segments
    let many = format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n{}", "#EXTINF:1,\na\n".repeat(5000));
    let found = look(move |_| Reply::text("text/plain", many.clone())).await;
    assert_eq!(found.why, Some(Why::Playlist(Fault::TooLarge)));
}

/// A live playlist whose segments are all this.
fn segments(reply: impl Fn() -> Reply + Send + Sync + 'static) -> impl Fn(&str) -> Reply + Send + Sync + 'static {
    let (started, nothing) = (Instant::now(), film(Scene::Black, false));
    move |path| match path {
        "/live.m3u8" => Reply::text("text/plain", moving_playlist(started, "s", &nothing)),
        _ => reply(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_segment_of_200_mb_is_refused_or_cut() {
    const HUGE: u64 = 200 << 20;
    let packets = || [&[0x47][..], &[0xff; 187]].concat().repeat(100);
    // told beforehand: nothing of it is read
    let told = Upstream::start(segments(move || Reply::Flood {
        head: format!("HTTP/1.1 200 OK\r\nContent-Length: {HUGE}\r\n\r\n"),
        again: packets(),
        most: HUGE,
    }));
    let told = told.await;
    let found = probe(&told).look(&address(&told.url("/live.m3u8")), None).await;
    assert_eq!((found.look, found.why), (Look::Refused, Some(Why::Fetch(FetchFault::TooLarge))));
    let watcher = Watcher::of(&told);
    let playlist = watcher.playlist().await.unwrap();
    assert_eq!(watcher.get(&Watcher::segments(&playlist)[0]).await, Err(RelayFault::TooLarge));
    // not told: cut at the limit
    let untold = Upstream::start(segments(move || Reply::Flood {
        head: "HTTP/1.1 200 OK\r\n\r\n".into(),
        again: packets(),
        most: HUGE,
    }));
    let untold = untold.await;
    let watcher = Watcher::of(&untold);
    let playlist = watcher.playlist().await.unwrap();
    match watcher.stream(&Watcher::segments(&playlist)[0]).await {
        Ok((bytes, is_whole)) => assert!(!is_whole && bytes <= MOST_SEGMENT_BYTES, "{bytes}"),
        Err(fault) => assert_eq!(fault, RelayFault::TooLarge),
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    let sent = untold.sent.load(Ordering::Relaxed);
    assert!(sent < MOST_SEGMENT_BYTES + (16 << 20), "{sent} bytes were taken");
    let counts = watcher.relay.counts(watcher.now());
    assert!(counts.bytes <= MOST_SEGMENT_BYTES, "{counts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_slow_is_not_waited_for() {
    let started = Instant::now();
    let slow = FetchFault::Slow(Stage::FirstByte);
    let drip = || Reply::Drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".to_vec(), Duration::from_millis(300));
    let upstream = Upstream::start(move |_| drip()).await;
    let found = probe(&upstream).look(&address(&upstream.url("/live.m3u8")), None).await;
    assert_eq!((found.look, found.why), (Look::Offline, Some(Why::Fetch(slow))));
    assert_eq!(Watcher::of(&upstream).playlist().await, Err(RelayFault::Slow));
    assert_eq!(look(|_| Reply::Silence).await.why, Some(Why::Fetch(slow)));
    // a byte now and then, for ever
    let body = [&b"HTTP/1.1 200 OK\r\n\r\n"[..], &[b'#'; 400]].concat();
    let found = look(move |_| Reply::Drip(body.clone(), Duration::from_millis(20))).await;
    assert_eq!(found.why, Some(Why::Fetch(FetchFault::Slow(Stage::Whole))));
    assert!(started.elapsed() < Duration::from_secs(9), "{:?}", started.elapsed());
    // a segment that never ends
    let upstream = Upstream::start(segments(|| Reply::Silence)).await;
    let watcher = Watcher::of(&upstream);
    let playlist = watcher.playlist().await.unwrap();
    assert_eq!(watcher.get(&Watcher::segments(&playlist)[0]).await, Err(RelayFault::Slow));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cut_or_no_film_is_not_shown() {
    let moving = film(Scene::Moving, false);
    let short = moving.clone();
    let cut = move || {
        let segment = &short.segments[0];
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", segment.len());
        Reply::Raw([head.as_bytes(), &segment[..segment.len() / 2]].concat())
    };
    let upstream = Upstream::start(segments(cut)).await;
    let found = probe(&upstream).look(&address(&upstream.url("/live.m3u8")), None).await;
    assert_eq!((found.look, found.why), (Look::Offline, Some(Why::Fetch(FetchFault::Cut))));
    let watcher = Watcher::of(&upstream);
    let playlist = watcher.playlist().await.unwrap();
    let cut = watcher.stream(&Watcher::segments(&playlist)[0]).await;
    assert!(!cut.is_ok_and(|(_, is_whole)| is_whole), "a browser sees that it was cut");

    for (content_type, bytes) in [
        ("video/mp2t", &b"<!doctype html><title>login</title>"[..]),
        ("video/mp2t", b"{\"password\":\"topsecret\"}".as_slice()),
        ("application/vnd.apple.mpegurl", b"#EXTM3U\n".as_slice()),
        ("video/mp4", b"".as_slice()),
    ] {
        let upstream = Upstream::start(segments(move || Reply::Whole(content_type, bytes.into()))).await;
        let found = probe(&upstream).look(&address(&upstream.url("/live.m3u8")), None).await;
        assert_eq!((found.look, found.why), (Look::Offline, Some(Why::NotFilm)));
        let watcher = Watcher::of(&upstream);
        let playlist = watcher.playlist().await.unwrap();
        assert_eq!(watcher.get(&Watcher::segments(&playlist)[0]).await, Err(RelayFault::NotFilm));
    }
    // a wrong content type on a right film changes nothing
    let started = Instant::now();
    let found = look(move |path| match piece(&moving, path) {
        Reply::Whole(_, bytes) => Reply::Whole("text/html", bytes),
        _ => Reply::text("text/html", moving_playlist(started, "s", &moving)),
    });
    assert_eq!(found.await.look, Look::Live);
}

#[tokio::test]
async fn what_is_not_http_is_not_understood() {
    let raw = |text: &str| {
        let bytes = text.as_bytes().to_vec();
        look(move |_| Reply::Raw(bytes.clone()))
    };
    for (text, expected) in [
        ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f", FetchFault::Encoded),
        ("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx", FetchFault::Encoded),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", FetchFault::Protocol),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", FetchFault::Protocol),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", FetchFault::Protocol),
        ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx", FetchFault::Protocol),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nx", FetchFault::TooLarge),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", FetchFault::Cut),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", FetchFault::Protocol),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", FetchFault::Cut),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", FetchFault::Protocol),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nab", FetchFault::Cut),
        ("HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-0/9\r\nContent-Length: 1\r\n\r\nx", FetchFault::Protocol),
        ("HTTP/1.1 302 Found\r\n\r\n", FetchFault::Protocol),
        ("HTTP/1.1 101 Switching\r\n\r\n", FetchFault::Protocol),
        ("HTTP/2 200\r\n\r\n", FetchFault::Protocol),
        ("ICY 200 OK\r\n\r\n", FetchFault::Protocol),
        ("SSH-2.0-OpenSSH\r\n", FetchFault::Protocol),
        ("", FetchFault::Cut),
    ] {
        assert_eq!(raw(text).await.why, Some(Why::Fetch(expected)), "{text:?}");
    }
    let found = raw(&format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(20_000))).await;
    assert_eq!(found.why, Some(Why::Fetch(FetchFault::Protocol)));
    // interim answers and chunks are
    let text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\n#EXT\r\n3\r\nM3U\r\n0\r\n\r\n";
    assert_eq!(raw(text).await.why, Some(Why::Playlist(Fault::Kind)));
}
