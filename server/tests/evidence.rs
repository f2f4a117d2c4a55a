//! Evidence files: from the first byte to the case, on both databases; hostile files, breaks, and what lies on the disk.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "evidence/crash.rs"]
mod crash;
#[path = "evidence/films.rs"]
mod films;
#[expect(dead_code, reason = "shared with the tests of the gate")]
#[path = "attach/fixtures.rs"]
mod fixtures;
#[path = "evidence/hostile.rs"]
mod hostile;
#[path = "evidence/stage.rs"]
mod stage;

use app::domain::evidence::{Refusal, Side, State};
use axum::{
    body::{Bytes, to_bytes},
    http::{HeaderMap, StatusCode, header::RANGE},
};
use futures::{StreamExt, stream};
use server::{
    evidence::{EvidenceError, Sender},
    http::evidence::give,
    store::Tally,
};
use uuid::Uuid;

use stage::{files_with, holds, pieces, stages};

/// A picture of some hundred KB, so that it has several chunks.
fn large() -> Vec<u8> {
    let mut state = 1_u32;
    let noise = image::RgbImage::from_fn(400, 300, |_, _| {
        // xorshift: nothing that packs
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let [red, green, blue, _] = state.to_le_bytes();
        image::Rgb([red, green, blue])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    noise.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_file_comes_in_pieces_and_goes_to_its_case() {
    for stage in stages("").await {
        let (basket, picture) = (stage.token(), large());
        let token = basket.text();
        let about = stage.send("OPTIONS", "/evidence", &[], b"").await;
        assert_eq!((about.status, about.header("tus-extension")), (StatusCode::NO_CONTENT, "creation,termination"));
        let begun = stage.begin(&token, "C:\\小票-张三.png", picture.len()).await;
        assert_eq!((begun.status, begun.header("tus-resumable")), (StatusCode::CREATED, "1.0.0"));
        let place = begun.header("location").to_owned();
        let id: Uuid = place.rsplit('/').next().unwrap().parse().unwrap();
        let half = picture.len() / 2;
        let sent = stage.patch(&token, &place, 0, &picture[..half]).await;
        assert_eq!((sent.status, sent.header("upload-offset")), (StatusCode::NO_CONTENT, half.to_string().as_str()));
        // sent twice, too far, too much: nothing changes
        for (offset, bytes, status) in [
            (0, &picture[..half], StatusCode::CONFLICT),
            (half + 1, &picture[half + 1..], StatusCode::CONFLICT),
            (half, &[&picture[half..], b"x"].concat()[..], StatusCode::PAYLOAD_TOO_LARGE),
        ] {
            let answer = stage.patch(&token, &place, offset, bytes).await;
            assert_eq!(answer.status, status, "{offset}");
        }
        let looked = stage.send("HEAD", &place, &[("upload-basket", &token)], b"").await;
        let at: usize = looked.header("upload-offset").parse().unwrap();
        assert_eq!(
            (looked.header("upload-length"), looked.header("cache-control")),
            (picture.len().to_string().as_str(), "no-store")
        );
        assert_eq!((at, looked.header("upload-state")), (half, "receiving"));
        assert!(matches!(stage.evidence.open(id).await, Err(EvidenceError::NotFound)), "unfinished, but readable");
        let ended = stage.patch(&token, &place, at, &picture[at..]).await;
        assert_eq!((ended.status, ended.header("upload-state")), (StatusCode::NO_CONTENT, "ready"));
        // the answer got lost: the end again is the same end
        assert_eq!(stage.patch(&token, &place, picture.len(), b"").await.header("upload-state"), "ready");
        let listed = stage.send("GET", "/evidence", &[("upload-basket", &token)], b"").await;
        assert!(listed.body.contains("小票-张三.png") && listed.body.contains("\"ready\""), "{}", listed.body);

        let case = Uuid::from_u128(7);
        let file = stage.evidence.list(&basket).await.unwrap().remove(0);
        assert_eq!(stage.bind(&basket, case).await.case, Tally { files: 1, bytes: file.bytes });
        assert_eq!(stage.bind(&basket, case).await.bound, 0, "once");
        assert!(stage.evidence.list(&basket).await.unwrap().is_empty());
        assert!(matches!(stage.evidence.remove(&basket, id).await, Err(EvidenceError::NotFound)));
        assert_eq!(stage.evidence.of_case(case).await.unwrap()[0].name, "小票-张三.png");
        let read = stage.read(id).await;
        assert_eq!(server::files::sha256(&read), file.sha256.unwrap());
        let (before, after) = (image::load_from_memory(&picture).unwrap(), image::load_from_memory(&read).unwrap());
        assert_eq!(before, after);

        // given out: in ranges over the seams of chunks, never to be run
        for (range, part) in [("bytes=65530-65545", 65530..65546), ("bytes=-3", read.len() - 3..read.len())] {
            let headers: HeaderMap = [(RANGE, range.parse().unwrap())].into_iter().collect();
            let answer = give(stage.evidence.open(id).await.unwrap(), &headers);
            assert_eq!(answer.status(), StatusCode::PARTIAL_CONTENT);
            assert_eq!(to_bytes(answer.into_body(), 1 << 20).await.unwrap(), read[part]);
        }
        let whole = give(stage.evidence.open(id).await.unwrap(), &HeaderMap::new());
        let said = |name: &str| whole.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(
            (said("content-security-policy").as_str(), said("x-content-type-options").as_str()),
            ("default-src 'none'; sandbox", "nosniff")
        );
        assert!(said("content-disposition").starts_with("attachment;"));
        assert_eq!(to_bytes(whole.into_body(), 1 << 20).await.unwrap(), read);
        let mut tx = stage.house.db.begin().await.unwrap();
        let gone = tx.forget_evidence(case).await.unwrap();
        tx.commit().await.unwrap();
        stage.evidence.delete_files(&gone).await.unwrap();
        assert!(stage.files().is_empty());
    }
}

#[tokio::test]
async fn only_the_basket_s_own_pages_may_write() {
    let stage = stages("").await.remove(0);
    let (token, other) = (stage.token().text(), stage.token().text());
    let place = stage.begin(&token, "a.png", 10).await.header("location").to_owned();
    assert_eq!(stage.patch(&other, &place, 0, b"1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stage.send("HEAD", &place, &[("upload-basket", &other)], b"").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stage.send("DELETE", &place, &[("upload-basket", &other)], b"").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stage.send("GET", "/evidence", &[("upload-basket", &other)], b"").await.body, "[]");
    for broken in ["", "x"] {
        assert_eq!(stage.begin(broken, "a.png", 10).await.status, StatusCode::FORBIDDEN);
    }
    let foreign = [("upload-basket", token.as_str()), ("origin", "https://evil.example")];
    assert_eq!(stage.send("GET", "/evidence", &foreign, b"").await.status, StatusCode::FORBIDDEN);
    assert_eq!(stage.send("GET", &place, &[("upload-basket", &token)], b"").await.body, "", "nothing can be read here");
    let form = [("upload-basket", token.as_str()), ("upload-offset", "0"), ("content-type", "text/plain")];
    assert_eq!(stage.send("PATCH", &place, &form, b"1").await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(stage.send("DELETE", &place, &[("upload-basket", &token)], b"").await.status, StatusCode::NO_CONTENT);
    assert!(stage.files().is_empty());
}

#[tokio::test]
async fn two_writers_do_not_mix_and_a_break_loses_nothing() {
    for stage in stages("").await {
        let (basket, picture) = (stage.token(), large());
        let id = stage.evidence.begin(&basket, Sender::citizen(None), "a.png", picture.len() as u64).await.unwrap();
        // one writer sends some bytes and then nothing, while another tries
        let (more, end) = tokio::sync::oneshot::channel::<()>();
        let (started, is_started) = tokio::sync::oneshot::channel::<()>();
        let first = Bytes::copy_from_slice(&picture[..1000]);
        let slow = stream::once(async move {
            started.send(()).unwrap();
            Ok::<_, ()>(first)
        });
        let slow = slow.chain(stream::once(async move { end.await.map(|()| Bytes::new()).map_err(|_| ()) }));
        let (house, holder) = (stage.evidence.clone(), basket.clone());
        let writing = tokio::spawn(async move { house.append(&holder, id, 0, Box::pin(slow)).await });
        is_started.await.unwrap();
        let answer = stage.evidence.append(&basket, id, 0, pieces(b"x")).await;
        assert!(matches!(answer, Err(EvidenceError::Locked)), "{answer:?}");
        // the sender's connection breaks: what came is kept
        drop(more);
        assert!(matches!(writing.await.unwrap(), Err(EvidenceError::BrokenOff)));
        assert_eq!(stage.evidence.look(&basket, id).await.unwrap().received, 1000);
        let many = futures::future::join_all(
            (0..8).map(|_| stage.evidence.append(&basket, id, 1000, pieces(&picture[1000..]))),
        )
        .await;
        assert!(many.iter().any(Result::is_ok));
        let file = stage.evidence.look(&basket, id).await.unwrap();
        assert_eq!(file.state, State::Ready);
        assert_eq!(image::load_from_memory(&stage.read(id).await).unwrap(), image::load_from_memory(&picture).unwrap());
        assert_eq!(stage.files(), [id.simple().to_string()]);
    }
}

#[tokio::test]
async fn nothing_on_the_disk_can_be_read_or_exchanged() {
    let stage = stages("").await.remove(0);
    let (basket, picture) = (stage.token(), large());
    let mut ids = Vec::new();
    for side in ["第一张照片名", "第二张照片名"] {
        ids.push(stage.whole(&basket, &format!("{side}.png"), &picture).await.unwrap().id);
    }
    let begun = stage.evidence.begin(&basket, Sender::desk(), "第三张照片名.png", picture.len() as u64).await.unwrap();
    stage.evidence.append(&basket, begun, 0, pieces(&picture[..200_000])).await.unwrap();
    assert_eq!(stage.evidence.look(&basket, begun).await.unwrap().side, Side::Desk);
    let kept = stage.read(ids[0]).await;
    for plain in [
        &kept[1000..1064],
        &picture[1000..1064],
        &picture[150_000..150_032],
        "张照片名".as_bytes(),
        b"IHDR",
        &basket_bytes(&basket),
    ] {
        assert_eq!(files_with(stage.dir.path(), plain), Vec::<String>::new());
    }
    let path = |id: Uuid| stage.dir.path().join("evidence").join(id.simple().to_string());
    let (first, second) = (std::fs::read(path(ids[0])).unwrap(), std::fs::read(path(ids[1])).unwrap());
    // exchanged
    std::fs::write(path(ids[0]), &second).unwrap();
    assert!(matches!(stage.evidence.open(ids[0]).await, Err(EvidenceError::File(_))));
    // cut at a seam, and changed in the middle
    std::fs::write(path(ids[0]), &first[..23 + 65_552]).unwrap();
    assert!(stage.evidence.open(ids[0]).await.is_err());
    let mut changed = first.clone();
    changed[100] ^= 1;
    std::fs::write(path(ids[0]), &changed).unwrap();
    assert!(stage.evidence.open(ids[0]).await.unwrap().whole().await.is_err());
    std::fs::write(path(ids[0]), &first).unwrap();
    assert_eq!(stage.read(ids[0]).await, kept);
    // an upload changed between two pieces never becomes ready
    let part = path(begun).with_extension("part");
    let mut changed = std::fs::read(&part).unwrap();
    changed[5000] ^= 1;
    std::fs::write(&part, &changed).unwrap();
    let ended = stage.evidence.append(&basket, begun, 200_000, pieces(&picture[200_000..])).await;
    assert!(matches!(ended, Err(EvidenceError::File(_))), "{ended:?}");
    assert_eq!(stage.evidence.look(&basket, begun).await.unwrap().state, State::Receiving);
}

fn basket_bytes(basket: &server::auth::Token) -> Vec<u8> {
    basket.text().into_bytes()
}

#[tokio::test]
async fn limits_hold_and_are_said() {
    for stage in
        stages("image_mb = 1\npdf_mb = 1\nvideo_mb = 2\ntotal_mb = 4\naddress_mb = 40\naddress_baskets = 5").await
    {
        let (basket, picture) = (stage.token(), fixtures::png());
        let token = basket.text();
        for (name, length, status, part) in [
            ("a.png", (1 << 20) + 1, StatusCode::PAYLOAD_TOO_LARGE, "照片每张不超过 1 MB"),
            ("a.pdf", (1 << 20) + 1, StatusCode::PAYLOAD_TOO_LARGE, "PDF 每份不超过 1 MB"),
            ("a.mov", (2 << 20) + 1, StatusCode::PAYLOAD_TOO_LARGE, "视频每段不超过 2 MB"),
            ("a", (2 << 20) + 1, StatusCode::PAYLOAD_TOO_LARGE, "不能超过 2 MB"),
            ("a.png", 0, StatusCode::UNPROCESSABLE_ENTITY, "空的"),
        ] {
            let answer = stage.begin(&token, name, length).await;
            assert_eq!(answer.status, status, "{name}");
            assert!(answer.body.contains(part), "{}", answer.body);
        }
        // a picture that says it is a film has a picture's limit
        let long = [fixtures::png(), vec![0; 1 << 20]].concat();
        let file = stage.whole(&basket, "a.mp4", &long).await.unwrap();
        assert_eq!(file.state, State::Refused(Refusal::TooLarge(app::domain::evidence::Class::Image)));
        // refused ones do not count
        for _ in 0..12 {
            stage.whole(&basket, "a.png", &picture).await.unwrap();
        }
        let more = stage.whole(&basket, "a.png", &picture).await;
        assert!(matches!(more, Err(EvidenceError::Refused(Refusal::TooMany))));
        let other = stage.token();
        let begin = || stage.evidence.begin(&other, Sender::citizen(None), "a.mp4", 2 << 20);
        assert!(begin().await.is_ok() && begin().await.is_ok());
        assert!(matches!(begin().await, Err(EvidenceError::Refused(Refusal::Total))));
        // many at once: the twelfth is the last
        let third = stage.token();
        let begin = |_| stage.evidence.begin(&third, Sender::citizen(None), "a.png", 10);
        let many = futures::future::join_all((0..20).map(begin)).await;
        assert_eq!(many.iter().filter(|one| one.is_ok()).count(), 12);

        let from = Sender::citizen(Some("192.0.2.7".parse().unwrap()));
        for _ in 0..5 {
            stage.evidence.begin(&stage.token(), from, "a.mp4", 2 << 20).await.unwrap();
        }
        assert!(matches!(stage.evidence.begin(&stage.token(), from, "a.mp4", 9).await, Err(EvidenceError::Wait)));
        assert!(stage.evidence.wait_sentence().contains("40 MB、5 份"));
        stage.wait(3600);
        assert!(stage.evidence.begin(&stage.token(), from, "a.mp4", 9).await.is_ok());
    }
}

#[tokio::test]
async fn what_no_case_takes_is_deleted() {
    for stage in stages("").await {
        let (old, new) = (stage.token(), stage.token());
        let kept = stage.whole(&old, "a.png", &fixtures::png()).await.unwrap().id;
        stage.bind(&old, Uuid::from_u128(1)).await;
        stage.whole(&old, "b.png", &fixtures::png()).await.unwrap();
        stage.evidence.begin(&old, Sender::citizen(None), "c.png", 10).await.unwrap();
        stage.wait(48 * 3600);
        assert_eq!(stage.evidence.expire().await.unwrap(), 0);
        let fresh = stage.whole(&new, "d.png", &fixtures::png()).await.unwrap().id;
        stage.wait(1);
        assert_eq!(stage.evidence.expire().await.unwrap(), 2);
        let mut left = [kept, fresh].map(|id| id.simple().to_string());
        left.sort();
        assert_eq!(stage.files(), left);
        // what a crash leaves
        let folder = stage.dir.path().join("evidence");
        for name in [
            format!("{}.part", kept.simple()),
            format!("{}.new", kept.simple()),
            Uuid::nil().simple().to_string(),
            "x".into(),
        ] {
            std::fs::write(folder.join(name), b"x").unwrap();
        }
        assert_eq!(stage.evidence.sweep().await.unwrap(), 4);
        assert_eq!(stage.files(), left);
        assert!(holds(&stage.read(kept).await, b"IEND"));
    }
}
