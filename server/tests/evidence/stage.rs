//! A portal with an empty house of evidence, on both databases.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use app::ports::Site;
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, Method, StatusCode},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use futures::{Stream, stream};
use server::{
    auth::Token,
    clock::Clock,
    config::DataArgs,
    evidence::{Evidence, EvidenceFile, EvidenceResult, Sender},
    front::Front,
    house::House,
    http::{self, Web},
    index::{Follower, Standing},
};
use tokio::sync::watch;
use tower::{Service, ServiceExt};
use uuid::Uuid;

pub struct Stage {
    pub house: House,
    pub evidence: Evidence,
    pub web: Web,
    pub dir: tempfile::TempDir,
    later: Arc<AtomicI64>,
    _tell: watch::Sender<Standing>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

pub async fn stages(settings: &str) -> Vec<Stage> {
    let mut all = vec![Stage::set(None, settings).await];
    match std::env::var("PORTAL_TEST_DATABASE_URL") {
        Ok(url) => all.push(Stage::set(Some(fresh_schema(&url).await), settings).await),
        Err(_) => eprintln!("PORTAL_TEST_DATABASE_URL is not set: PostgreSQL left out (make test sets it)"),
    }
    all
}

async fn fresh_schema(url: &str) -> String {
    let schema = format!("t{}", Uuid::new_v4().simple());
    let pool = sqlx::PgPool::connect(url).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).execute(&pool).await.unwrap();
    pool.close().await;
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}options=-csearch_path%3D{schema}")
}

pub async fn open(data: &Path, database_url: Option<String>) -> House {
    House::open(&DataArgs { data: data.to_owned(), database_url }).await.unwrap()
}

pub fn pieces(bytes: &[u8]) -> impl Stream<Item = Result<Bytes, ()>> + Unpin {
    let all: Vec<_> = bytes.chunks(1000).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    stream::iter(all)
}

impl Stage {
    async fn set(database_url: Option<String>, settings: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("portal.toml"), format!("[evidence]\n{settings}")).unwrap();
        let later = Arc::new(AtomicI64::new(0));
        let start: DateTime<Utc> = "2026-11-25T02:00:00Z".parse().unwrap();
        let moved = Arc::clone(&later);
        let clock = Clock::of(move || start + TimeDelta::seconds(moved.load(Ordering::Relaxed)));
        let house = House { clock, ..open(dir.path(), database_url).await };
        let mut follower = Follower::new(house.db.clone(), Arc::clone(&house.index));
        let (tell, standing) = watch::channel(follower.catch_up().await.unwrap());
        let site = Site { base_url: "https://spaq.example.cn".into(), ..Site::default() };
        let web = Web::new(&house, watch::channel(Arc::new(site)).1, standing, Front::default()).unwrap();
        Self { evidence: web.evidence.clone(), house, web, dir, later, _tell: tell }
    }

    pub fn wait(&self, seconds: i64) {
        self.later.fetch_add(seconds, Ordering::Relaxed);
    }

    pub fn token(&self) -> Token {
        Token::random(&self.house.ids)
    }

    pub async fn whole(&self, basket: &Token, name: &str, bytes: &[u8]) -> EvidenceResult<EvidenceFile> {
        self.evidence.receive_whole(basket, Sender::citizen(None), name, pieces(bytes)).await
    }

    pub async fn read(&self, id: Uuid) -> Vec<u8> {
        self.evidence.open(id).await.unwrap().whole().await.unwrap()
    }

    pub async fn bind(&self, basket: &Token, case: Uuid) -> server::store::Taken {
        let mut tx = self.house.db.begin().await.unwrap();
        let taken = tx.take_evidence(&basket.hash(), case).await.unwrap();
        tx.commit().await.unwrap();
        taken
    }

    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_vec())).unwrap();
        let response = http::site(&self.web).ready().await.unwrap().call(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 10 << 20).await.unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn begin(&self, basket: &str, name: &str, length: usize) -> Answer {
        let (name, length) = (format!("filename {}", BASE64_STANDARD.encode(name)), length.to_string());
        let headers = [("upload-basket", basket), ("upload-length", &length), ("upload-metadata", &name)];
        self.send("POST", "/evidence", &headers, b"").await
    }

    pub async fn patch(&self, basket: &str, place: &str, offset: usize, bytes: &[u8]) -> Answer {
        let offset = offset.to_string();
        let kind = ("content-type", "application/offset+octet-stream");
        self.send("PATCH", place, &[("upload-basket", basket), ("upload-offset", &offset), kind], bytes).await
    }

    /// Files on the disk.
    pub fn files(&self) -> Vec<String> {
        let folder = std::fs::read_dir(self.dir.path().join("evidence")).unwrap();
        let mut names: Vec<_> = folder.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Files below a folder that hold these bytes.
pub fn files_with(folder: &Path, plain: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, plain));
        } else if holds(&std::fs::read(&path).unwrap(), plain) {
            found.push(path.display().to_string());
        }
    }
    found
}
