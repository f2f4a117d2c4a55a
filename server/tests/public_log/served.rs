//! The log and its witnesses over HTTP.

use std::sync::Arc;

use app::ports::Site;
use server::{
    clock::Clock,
    config::DataArgs,
    front::Front,
    house::House,
    http::{
        self, Web,
        witness::{Serving, router},
    },
    index::Standing,
    tlog::Witness,
};
use tlog_tiles::{TileHashReader, prove_tree};
use tokio::{net::TcpListener, sync::watch};

use crate::{Stage, bureau::cosignatures, now, witness::Beside};

/// Serves a stage's log as the portal does; gives its address.
pub async fn serve(stage: &Stage) -> String {
    let house = House::open(&DataArgs { data: stage.dir.path().to_owned(), database_url: None }).await.unwrap();
    let standing = watch::channel(Standing { feed: 0, index: 0 }).1;
    let web = Web::new(&house, watch::channel(Arc::new(Site::default())).1, standing, Front::default()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, tower::make::Shared::new(http::site(&web))).into_future());
    address
}

/// Status, media type and body of a POST.
async fn post(address: String, body: Vec<u8>) -> (u16, String, String) {
    let send = move || {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer = agent.post(address).send(&body).unwrap();
        let media_type = answer.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
        (answer.status().as_u16(), media_type.unwrap_or_default(), answer.body_mut().read_to_string().unwrap())
    };
    tokio::task::spawn_blocking(send).await.unwrap()
}

#[tokio::test]
async fn cosignatures_come_by_post_and_refusals_say_why() {
    let (stage, beside, stranger) = (Stage::set().await, Beside::named("w"), Beside::named("stranger"));
    let address = format!("{}/log/cosignature", serve(&stage).await);
    cosignatures(&stage).accept(&beside.witness.public().vkey()).unwrap();
    stage.grow_to(3).await;
    let (own, foreign) = (beside.sign(&stage).to_bytes(), stranger.sign(&stage).to_bytes());
    assert_eq!(post(address.clone(), own.clone()).await.0, 204);
    assert!(stage.checkpoint().ends_with(&own));
    stage.grow_to(4).await;
    let refused = [
        (own.clone(), 409, "重新读取后联署"),
        (foreign, 403, "已登记的见证人"),
        (Vec::new(), 400, "不是联署签名"),
        (b"nothing".to_vec(), 400, "不是联署签名"),
        (own.repeat(80), 413, "8 KB"),
        (vec![b'\n'; (8 << 10) + 1], 413, "8 KB"),
    ];
    for (body, expected, words) in refused {
        let (status, media_type, text) = post(address.clone(), body).await;
        assert_eq!((status, media_type.as_str()), (expected, "application/problem+json"), "{text}");
        assert!(text.contains(words), "{text}");
    }
    assert!(!stage.checkpoint().ends_with(&own));
}

/// A request of a log that follows C2SP tlog-witness.
fn request(stage: &Stage, old: u64) -> Vec<u8> {
    let note = stage.checkpoint();
    let body = signed_note::Note::from_bytes(&note).unwrap();
    let head = tlog_tiles::Checkpoint::from_bytes(body.text()).unwrap();
    let source = stage.source();
    let reader = TileHashReader::new(head.size(), *head.hash(), &source);
    let proof = if old == 0 { Vec::new() } else { prove_tree(head.size(), old, &reader).unwrap() };
    let lines = proof.iter().fold(String::new(), |lines, hash| lines + &hash.to_string() + "\n");
    [format!("old {old}\n{lines}\n").as_bytes(), &note].concat()
}

#[tokio::test]
async fn a_log_may_bring_its_checkpoint_itself() {
    let (stage, other, beside) = (Stage::set().await, Stage::set().await, Beside::named("w"));
    let serving = Serving { witness: beside.again(), keys: stage.keys(), clock: Clock::fixed(now()) };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/add-checkpoint", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, router(serving)).into_future());
    let add = |body: Vec<u8>| post(address.clone(), body);

    stage.grow_to(300).await;
    let first = request(&stage, 0);
    let (status, media_type, line) = add(first.clone()).await;
    assert_eq!((status, media_type.as_str()), (200, "text/plain; charset=utf-8"));
    let signature = signed_note::Signature::from_bytes(line.trim_end().as_bytes()).unwrap();
    let body = signed_note::Note::from_bytes(&stage.checkpoint()).unwrap().text().to_vec();
    let expected = u64::try_from(now().timestamp()).ok();
    assert_eq!(beside.witness.public().time_of(&signature, &body), expected);
    // the log's cosignature list takes it as it is
    cosignatures(&stage).accept(&beside.witness.public().vkey()).unwrap();
    assert_eq!(cosignatures(&stage).add(line.as_bytes()).unwrap(), ["w"]);

    let size = |size: &str| (409, "text/x.tlog.size".to_owned(), size.to_owned());
    assert_eq!(add(first).await, size("300\n"), "an old size that is not the last one");
    stage.grow_to(700).await;
    let grown = request(&stage, 300);
    let text = String::from_utf8(grown.clone()).unwrap();
    let proof_line = text.lines().nth(1).unwrap();
    let without = text.replacen(&format!("{proof_line}\n"), "", 1);
    let changed = text.replacen(proof_line, &format!("{}=", "A".repeat(43)), 1);
    for wrong in [without, changed, text.replacen(proof_line, &format!("{proof_line}\n{proof_line}"), 1)] {
        assert_eq!(add(wrong.into_bytes()).await.0, 422);
    }
    assert_eq!(add(text.replacen("old 300", "old 701", 1).into_bytes()).await.0, 400);
    assert_eq!(add(text.replacen("\n700\n", "\n701\n", 1).into_bytes()).await.0, 403);
    assert_eq!(add(text.replace("example.cn/log", "other.cn/log").into_bytes()).await.0, 404);
    for malformed in [&b""[..], b"old 300", b"old 300\n\n", b"old 300\n\nnothing\n", &[0xff; 9]] {
        assert_eq!(add(malformed.to_vec()).await.0, 400);
    }
    assert_eq!(add(vec![b'a'; (64 << 10) + 1]).await.0, 413);
    assert_eq!(add(grown).await.0, 200);
    assert_eq!(add(request(&stage, 700)).await.0, 200, "the same tree again");
    // another history of the same size, signed by the true key
    stage.drop_leaf(5, 700).await;
    assert_eq!(add(request(&stage, 700)).await.0, 409);
    // a log of the same name with another key
    other.grow_to(800).await;
    assert_eq!(add(request(&other, 700)).await.0, 403);
    assert_eq!(Witness::open(beside.dir.path(), "").unwrap().seen("example.cn/log").unwrap().unwrap().size, 700);
    assert!(beside.dir.path().join("evidence").read_dir().unwrap().count() == 2);
}
