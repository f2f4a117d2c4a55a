//! `portal probe`.

use std::process::Output;

use crate::{
    films::{Scene, film},
    upstream::{Reply, Upstream, live},
};

async fn portal(allowed: String, args: Vec<String>) -> Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_portal"));
    command.arg("probe").args(args).env("PORTAL_STREAM_ALLOW", allowed);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_terminal_says_the_state() {
    let (moving, frozen, black) =
        (live(film(Scene::Moving, false)), live(film(Scene::Frozen, false)), live(film(Scene::Black, false)));
    let upstream = Upstream::start(move |path| match path.split('/').nth(1).unwrap() {
        "moving" => moving(path),
        "frozen" => frozen(path),
        "black" => black(path),
        "stalled" => Reply::text("text/plain", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\na\n"),
        "inside" => Reply::redirect("http://127.0.0.1:1/a.m3u8"),
        _ => Reply::status(404),
    });
    let upstream = upstream.await;
    let allowed = upstream.address.to_string();
    for (name, state, code) in [
        ("moving", "live", 0),
        ("frozen", "frozen", 3),
        ("black", "black", 4),
        ("stalled", "stalled", 5),
        ("gone", "offline", 6),
        ("inside", "refused", 2),
    ] {
        let url = upstream.url(&format!("/{name}/live.m3u8"));
        let said = portal(allowed.clone(), vec![url.clone()]).await;
        assert_eq!((text(&said.stdout), said.status.code()), (format!("{state}\n"), Some(code)), "{name}");
        assert!(!text(&said.stderr).contains("127.0.0.1"), "{}", text(&said.stderr));
        if matches!(name, "moving" | "gone") {
            let said = portal(allowed.clone(), vec![url, "--json".into(), "--seconds".into(), "3".into()]).await;
            let json: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
            assert_eq!((json["state"].as_str(), said.status.code()), (Some(state), Some(code)), "{json}");
            assert_eq!(json["status"].as_u64(), Some(if name == "gone" { 404 } else { 200 }), "{json}");
        }
    }
    // nothing is named: this machine is not asked
    let said = portal(String::new(), vec![upstream.url("/moving/live.m3u8")]).await;
    assert_eq!((text(&said.stdout), said.status.code()), ("refused\n".into(), Some(2)));
    assert!(text(&said.stderr).contains("PORTAL_STREAM_ALLOW"), "{}", text(&said.stderr));
    let said = portal(String::new(), vec!["rtsp://admin:12345@192.168.1.64/h264".into()]).await;
    assert_eq!((text(&said.stdout), said.status.code()), ("refused\n".into(), Some(2)));
    assert!(text(&said.stderr).contains("HLS") && !text(&said.stderr).contains("12345"), "{}", text(&said.stderr));
    let said = portal("*.example.cn".into(), vec!["http://gw.example.cn/a.m3u8".into()]).await;
    assert_eq!(said.status.code(), Some(2));
}
