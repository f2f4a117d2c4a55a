//! The whole site without a network: a bulletin is saved, followed and asked for over HTTP.
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::sync::Arc;

use app::{
    domain::{
        finding::FailedItem,
        sample::{Party, SampleDraft, Verdict},
    },
    ports::Site,
};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, StatusCode},
};
use server::{
    clock::Clock,
    config::DataArgs,
    front::Front,
    house::House,
    http::{self, Web},
    index::{Follower, Standing, compare, rebuild},
    store::{BulletinDraft, OriginalDraft},
};
use tokio::sync::watch;
use tower::{Service, ServiceExt};
use uuid::Uuid;

/// A portal with one public and one unpublished bulletin.
struct Stage {
    house: House,
    public: Uuid,
    draft: Uuid,
    sha256: String,
    tell: watch::Sender<Standing>,
    web: Web,
    _dir: tempfile::TempDir,
}

fn bulletin(title: &str, number: &str, sha256: &str, publish: bool) -> BulletinDraft {
    let sample = SampleDraft {
        number: Some(number.into()),
        product: format!("{title}大米"),
        producer: Party { name: Some(format!("{title}米业有限公司")), ..Party::default() },
        seller: Party {
            name: Some(format!("{title}超市")),
            address: Some("云江省云川市青禾区南门路1号".into()),
            province: None,
        },
        verdict: Some(Verdict::Failed),
        failed_items: vec![FailedItem {
            item: "镉".into(),
            result: Some("0.3mg/kg".into()),
            limit: Some("≤0.2mg/kg".into()),
        }],
        ..SampleDraft::default()
    };
    BulletinDraft {
        replaces: None,
        title: format!("{title}公告<b>"),
        issue_no: None,
        published_on: "2026-03-01".parse().unwrap(),
        source: "云川市市场监督管理局".into(),
        intro: None,
        notes: Vec::new(),
        original: Some(OriginalDraft { sha256: sha256.into(), name: "结果.xlsx".into(), size: 3 }),
        samples: vec![sample],
        demo: false,
        publish,
        reason: None,
    }
}

impl Stage {
    async fn set() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let args = DataArgs { data: dir.path().to_owned(), database_url: None };
        let house = House::open(&args).await.unwrap();
        let sha256 = house.files.keep(b"abc").unwrap();
        let now = Clock::system().now();
        let save = |draft: BulletinDraft| {
            let house = house.clone();
            async move { house.db.save_bulletin(&draft, &house.ids, now).await.unwrap().id.unwrap() }
        };
        let public = save(bulletin("公开", "S1", &sha256, true)).await;
        let draft = save(bulletin("内部", "S2", &sha256, false)).await;
        let standing = Follower::new(house.db.clone(), Arc::clone(&house.index)).catch_up().await.unwrap();
        assert_eq!(standing.feed, standing.index);
        let (tell, standing) = watch::channel(standing);
        let site = Site { base_url: "https://spaq.example.cn".into(), ..Site::default() };
        let web = Web::new(&house, watch::channel(Arc::new(site)).1, standing, Front::default()).unwrap();
        Self { house, public, draft, sha256, tell, web, _dir: dir }
    }

    async fn get(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        let mut site = http::site(&self.web);
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let response = site.ready().await.unwrap().call(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 10 << 20).await.unwrap();
        (parts.status, parts.headers, String::from_utf8_lossy(&body).into_owned())
    }
}

#[tokio::test]
async fn everything_public_is_there_and_nothing_else() {
    let stage = Stage::set().await;
    let samples = stage.get("/api/v1/samples").await.2;
    let json: serde_json::Value = serde_json::from_str(&samples).unwrap();
    assert_eq!(json["items"].as_array().unwrap().len(), 1);
    let sample = json["items"][0]["id"].as_str().unwrap().to_owned();
    let operator = json["items"][0]["seller_id"].as_str().unwrap().to_owned();
    let (public, draft, hash) = (stage.public, stage.draft, stage.sha256.clone());
    for path in [
        "/".to_owned(),
        "/bulletins".into(),
        "/search".into(),
        "/search?q=%E5%A4%A7%E7%B1%B3".into(),
        "/about".into(),
        "/sitemap.xml".into(),
        "/robots.txt".into(),
        "/healthz".into(),
        "/readyz".into(),
        format!("/bulletins/{public}"),
        format!("/samples/{sample}"),
        format!("/operators/{operator}"),
        format!("/files/{hash}/{public}"),
        "/api/v1/search?q=%E9%95%89".into(),
        "/api/v1/suggest?q=%E5%A4%A7".into(),
        "/api/v1/bulletins".into(),
        format!("/api/v1/bulletins/{public}"),
        format!("/api/v1/bulletins/{public}/samples"),
        format!("/api/v1/samples/{sample}"),
        "/api/v1/operators".into(),
        format!("/api/v1/operators/{operator}"),
        format!("/api/v1/operators/{operator}/samples?role=seller"),
        "/api/v1/openapi.json".into(),
    ] {
        let (status, headers, body) = stage.get(&path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(!body.contains("内部"), "{path} shows what is not public");
        let html = headers["content-type"].to_str().unwrap().starts_with("text/html");
        for (at, _) in body.match_indices("公告<b>").filter(|_| html) {
            let before: String = body[..at].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
            assert!(before.contains("=\"") && !before.contains('>'), "{path} is not escaped after {before}");
        }
        assert!(
            headers.contains_key("content-security-policy") && headers.contains_key("x-content-type-options"),
            "{path}"
        );
    }
    for path in [
        format!("/bulletins/{draft}"),
        format!("/files/{hash}/{draft}"),
        format!("/files/{}/{public}", "a".repeat(64)),
        format!("/api/v1/bulletins/{draft}"),
        format!("/api/v1/bulletins/{draft}/samples"),
        format!("/samples/{draft}"),
        format!("/operators/{draft}"),
        "/nothing".into(),
        "/pkg/none.js".into(),
        "/api/v1/nothing".into(),
    ] {
        let (status, headers, _) = stage.get(&path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
    }
}

#[tokio::test]
async fn bad_input_gets_one_clear_sentence() {
    let stage = Stage::set().await;
    for path in [
        "/api/v1/search?colour=red",
        "/api/v1/search?year=x",
        "/api/v1/search?after=zz",
        "/api/v1/bulletins?limit=0",
        "/api/v1/samples?verdict=good",
        "/api/v1/operators?after=1",
        "/api/v1/suggest?limit=99",
    ] {
        let (status, headers, body) = stage.get(path).await;
        assert_eq!(
            (status, headers["content-type"].as_bytes()),
            (StatusCode::BAD_REQUEST, &b"application/problem+json"[..]),
            "{path}"
        );
        let problem: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert!(problem["detail"].as_str().unwrap().ends_with('。'), "{path}");
    }
    for (path, status) in [("/bulletins?after=zz", 400), ("/search?sort=best", 400), ("/bulletins?year=x", 400)] {
        assert_eq!(stage.get(path).await.0.as_u16(), status, "{path}");
    }
    let long = format!("/search?q={}", "a".repeat(5_000));
    assert_eq!(stage.get(&long).await.0, StatusCode::URI_TOO_LONG);
}

#[tokio::test]
async fn a_correction_shows_on_pages_and_in_the_index() {
    let stage = Stage::set().await;
    let db = &stage.house.db;
    let mut corrected = bulletin("公开", "S1", &stage.sha256, true);
    corrected.samples[0].remark = Some("复检结论维持".into());
    db.save_bulletin(&corrected, &stage.house.ids, Clock::system().now()).await.unwrap();
    let mut follower = Follower::new(db.clone(), Arc::clone(&stage.house.index));
    stage.tell.send_replace(follower.catch_up().await.unwrap());
    assert!(stage.get(&format!("/bulletins/{}", stage.public)).await.2.contains("复检结论维持"));
    assert!(stage.get("/api/v1/search?q=%E5%A4%8D%E6%A3%80").await.2.contains("\"total\":1"));
    assert!(compare(db, &stage.house.index.get()).await.unwrap().agrees());
    drop(follower);

    // a rebuilt index says the same, and the follower goes on in it
    rebuild(db, &stage.house.index, |_| ()).await.unwrap();
    assert!(compare(db, &stage.house.index.get()).await.unwrap().agrees());
    corrected.samples.clear();
    db.save_bulletin(&corrected, &stage.house.ids, Clock::system().now()).await.unwrap();
    let mut follower = Follower::new(db.clone(), Arc::clone(&stage.house.index));
    stage.tell.send_replace(follower.catch_up().await.unwrap());
    let comparison = compare(db, &stage.house.index.get()).await.unwrap();
    assert!(comparison.agrees() && comparison.public == 1, "{comparison:?}");
    assert!(stage.get("/api/v1/search?q=%E5%A4%A7%E7%B1%B3").await.2.contains("\"total\":0"));
}

#[tokio::test]
async fn while_the_index_is_built_the_search_says_so() {
    let stage = Stage::set().await;
    stage.tell.send_replace(Standing { feed: 5, index: 0 });
    assert_eq!(stage.get("/search?q=x").await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(stage.get("/api/v1/search?q=x").await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(stage.get("/readyz").await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(stage.get("/bulletins").await.0, StatusCode::OK);
}
