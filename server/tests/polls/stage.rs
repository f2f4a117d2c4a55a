//! A portal whose clock is moved by hand, officers, and browsers at addresses.

#[path = "../shared/postgres.rs"]
mod postgres;

use crate::ask::{ask, request};
use std::{
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::{Arc, Mutex},
};

use app::{
    domain::{
        poll::{Command, Content, Kind, State},
        staff::{Role, Viewer},
    },
    ports::{Polls, Site},
};
use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, Method, StatusCode},
};
use chrono::{DateTime, Utc};
use server::{
    auth::{NewAccount, Who},
    clock::Clock,
    config::DataArgs,
    front::Front,
    house::House,
    http::Web,
    index::{Follower, Standing},
    polls::{PollService, With},
    store::Db,
};
use tokio::sync::watch;
use uuid::Uuid;

use postgres::databases;

pub const FOODS: &str = "火锅底料\n鲜切水果\n熟肉制品";

pub struct Stage {
    pub house: House,
    pub polls: PollService,
    now: Arc<Mutex<DateTime<Utc>>>,
    follower: Follower,
    tell: watch::Sender<Standing>,
    web: Web,
    pub dir: tempfile::TempDir,
    pub url: Option<String>,
}

/// An answer: status, headers, body.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let at = self.body.find(&format!("name=\"{name}\" value=\"")).unwrap();
        self.body[at..].split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    /// `name=value` of the cookie that it sets.
    pub fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap().to_owned()
    }
}

/// A browser at an address: keeps its cookie.
pub struct Browser<'a> {
    stage: &'a Stage,
    address: &'static str,
    pub cookie: String,
}

pub fn officer(number: u128, roles: &[Role]) -> Viewer {
    Viewer { id: Uuid::from_u128(number), name: format!("officer{number}"), roles: roles.to_vec(), csrf: String::new() }
}

pub fn editor() -> Viewer {
    officer(1, &[Role::Editor])
}

pub fn reviewer() -> Viewer {
    officer(2, &[Role::Reviewer])
}

pub fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// A round of a kind from 25 November on, two picks, the first two are sampled.
pub fn content(kind: Kind, last: &str) -> Content {
    let fields = [
        ("title", "冬至点什么"),
        ("text", "选出来的列入抽检。"),
        ("first", "2026-11-25"),
        ("last", last),
        ("foods", FOODS),
        ("places", "农贸市场\n学校周边"),
        ("most", "2"),
        ("top", "2"),
        ("ask-0", "总体满意吗"),
        ("way-0", "scale"),
        ("ask-1", "从哪里知道"),
        ("way-1", "one"),
        ("options-1", "电视\n网站"),
        ("ask-2", "还有什么要说"),
        ("way-2", "text"),
    ];
    let get = |name: &str| fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
    Content::read(kind, get, "2026-11-25".parse().unwrap()).unwrap()
}

pub async fn stages() -> Vec<Stage> {
    stages_with("").await
}

/// With more in `portal.toml`.
pub async fn stages_with(more: &str) -> Vec<Stage> {
    let mut all = Vec::new();
    for url in databases().await {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("portal.toml"), format!("[desk]\nrequire_totp_roles = []\n{more}")).unwrap();
        all.push(Stage::set(dir, url, "2026-11-25T02:00:00Z").await);
    }
    all
}

impl Stage {
    pub async fn set(dir: tempfile::TempDir, url: Option<String>, at: &str) -> Self {
        let house = House::open(&DataArgs { data: dir.path().to_owned(), database_url: url.clone() }).await.unwrap();
        let now = Arc::new(Mutex::new(at.parse().unwrap()));
        let given = Arc::clone(&now);
        let clock = Clock::of(move || *given.lock().unwrap());
        let auth = server::auth::Auth::new(
            house.db.clone(),
            clock.clone(),
            house.ids.clone(),
            house.auth.secrets.clone(),
            (*house.auth.settings).clone(),
        );
        let house = House { clock, auth: auth.unwrap(), ..house };
        let mut follower = Follower::new(house.db.clone(), Arc::clone(&house.index));
        let (tell, standing) = watch::channel(follower.catch_up().await.unwrap());
        let site = Site { base_url: "https://spaq.example.cn".into(), ..Site::default() };
        let web = Web::new(&house, watch::channel(Arc::new(site)).1, standing, Front::default()).unwrap();
        Self { polls: web.polls.clone(), house, now, follower, tell, web, dir, url }
    }

    /// Moves the clock, and lets time do what is due.
    pub async fn at(&mut self, moment: &str) {
        *self.now.lock().unwrap() = moment.parse().unwrap();
        self.polls.do_due().await.unwrap();
        self.follow().await;
    }

    /// Moves the clock only.
    pub fn clock(&self, moment: &str) {
        *self.now.lock().unwrap() = moment.parse().unwrap();
    }

    pub async fn follow(&mut self) {
        self.tell.send_replace(self.follower.catch_up().await.unwrap());
    }

    pub async fn act(&self, by: &Viewer, id: Uuid, command: Command) -> State {
        let version = self.polls.sheet(&editor(), id).await.unwrap().version;
        let with = With { said: "原因".into(), ..With::default() };
        self.polls.act(by, id, version, command, with).await.unwrap()
    }

    /// A round that is open.
    pub async fn open(&mut self, kind: Kind, last: &str) -> Uuid {
        let id = self.polls.begin(&editor(), &content(kind, last)).await.unwrap();
        self.act(&editor(), id, Command::Propose).await;
        self.act(&reviewer(), id, Command::Confirm).await;
        self.polls.do_due().await.unwrap();
        self.follow().await;
        id
    }

    pub fn browser(&self, address: &'static str) -> Browser<'_> {
        Browser { stage: self, address, cookie: String::new() }
    }

    pub async fn send(&self, method: Method, path: &str, from: &str, headers: &[(&str, &str)], body: String) -> Answer {
        let mut request = request(method, path, headers, body);
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(from.parse().unwrap(), 1)));
        let (status, headers, body) = ask(&self.web, request).await;
        Answer { status, headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "192.0.2.1", &[], String::new()).await
    }

    /// Signs an officer in: the cookie and the token of forms.
    pub async fn sign_in(&self, name: &str, roles: &[Role]) -> Signed {
        let new = NewAccount { name: name.into(), display_name: name.to_uppercase(), roles: roles.to_vec() };
        let (_, link) = self.house.auth.add_account(&new, &Who::default()).await.unwrap();
        let token = link.path.rsplit('=').next().unwrap();
        let signed = self.house.auth.set_up(token, "correct horse battery", &Who::default()).await.unwrap();
        Signed { cookie: format!("__Host-portal={}", signed.token.text()), csrf: signed.token.csrf() }
    }

    pub async fn desk_get(&self, signed: &Signed, path: &str) -> Answer {
        self.send(Method::GET, path, "192.0.2.1", &[("cookie", &signed.cookie)], String::new()).await
    }

    pub async fn desk_post(&self, signed: &Signed, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: Vec<_> = [("csrf", signed.csrf.as_str())].iter().chain(fields).copied().collect();
        let headers = [("cookie", signed.cookie.as_str()), ("sec-fetch-site", "same-origin"), FORM];
        self.send(Method::POST, path, "192.0.2.1", &headers, encoded(&fields)).await
    }

    /// One number from the database.
    pub async fn number(&self, sql: &'static str) -> i64 {
        match &self.house.db {
            Db::Sqlite { read, .. } => sqlx::query_scalar(sql).fetch_one(read).await.unwrap(),
            Db::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
        }
    }

    /// Tries a statement; gives whether the database took it.
    pub async fn tried(&self, sql: &'static str) -> bool {
        match &self.house.db {
            Db::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.is_ok(),
            Db::Postgres(pool) => sqlx::query(sql).execute(pool).await.is_ok(),
        }
    }
}

pub struct Signed {
    pub cookie: String,
    pub csrf: String,
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

impl Browser<'_> {
    pub async fn get(&mut self, path: &str) -> Answer {
        let cookie = self.cookie.clone();
        let headers: &[(&str, &str)] = &[("cookie", &cookie)];
        let answer = self.stage.send(Method::GET, path, self.address, headers, String::new()).await;
        if !answer.header("set-cookie").is_empty() {
            self.cookie = answer.cookie();
        }
        answer
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, fields, &[("sec-fetch-site", "same-origin")]).await
    }

    pub async fn post_with(&self, path: &str, fields: &[(&str, &str)], more: &[(&str, &str)]) -> Answer {
        let headers = [&[("cookie", self.cookie.as_str()), FORM], more].concat();
        self.stage.send(Method::POST, path, self.address, &headers, encoded(fields)).await
    }

    /// Opens the form and sends these choices.
    pub async fn vote(&mut self, id: Uuid, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/polls/{id}/vote");
        self.get(&path).await;
        self.post(&path, fields).await
    }
}

/// Solves a challenge.
pub fn solved(challenge: &str) -> String {
    let mut search = app::work::Search::new(challenge);
    std::iter::repeat_with(|| search.run(100_000)).flatten().next().unwrap()
}

/// Files below a folder that hold these bytes.
pub fn files_with(folder: &Path, plain: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, plain));
        } else if std::fs::read(&path).unwrap().windows(plain.len()).any(|part| part == plain.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}
