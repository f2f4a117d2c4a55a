//! A portal with two operators, a clock that tests move, officers who sign in, and forms as browsers send them.

#[path = "../shared/postgres.rs"]
mod postgres;

use crate::ask::{ask, request};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use app::{
    domain::{
        camera::CameraForm,
        staff::{Role, Viewer},
    },
    ports::Site,
};
use axum::http::{Method, StatusCode};
use chrono::{DateTime, Utc};
use server::{
    auth::{NewAccount, Who},
    cameras::CameraService,
    clock::Clock,
    config::{DataArgs, DeskSettings},
    front::Front,
    house::House,
    http::Web,
    id::Ids,
    index::Standing,
    secret::Secrets,
    store::OperatorDraft,
};
use tokio::sync::watch;
use uuid::Uuid;

use postgres::databases;

pub const CANTEEN: &str = "云川市青禾区第一小学食堂";
pub const BAKERY: &str = "云川市望江区麦香糕点厂";

pub struct Stage {
    pub house: House,
    pub web: Web,
    pub canteen: Uuid,
    pub bakery: Uuid,
    seconds: Arc<AtomicI64>,
    pub dir: tempfile::TempDir,
}

/// An answer: status, headers as text, body.
pub struct Answer {
    pub status: StatusCode,
    pub head: String,
    pub body: String,
}

pub struct Signed {
    pub cookie: String,
    pub csrf: String,
}

pub fn officer(number: u128, roles: &[Role]) -> Viewer {
    Viewer { id: Uuid::from_u128(number), name: format!("officer{number}"), roles: roles.to_vec(), csrf: String::new() }
}

/// Wednesday 2026-11-25, eleven o'clock in China.
pub fn moment() -> DateTime<Utc> {
    "2026-11-25T03:00:00Z".parse().unwrap()
}

pub const FORM: &[(&str, &str)] = &[
    ("position", "cooking"),
    ("way", "hls"),
    ("address", "https://gw.example.cn/live/geheim-7f3a.m3u8?sign=topsecret"),
    ("from1", "06:30"),
    ("to1", "08:00"),
    ("from2", "10:00"),
    ("to2", "13:00"),
    ("told", "on"),
];
pub const DAYS: [&str; 5] = ["1", "2", "3", "4", "5"];

/// The form with some fields changed.
pub fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FORM.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    changes.iter().chain(kept).copied().collect()
}

/// … as the domain reads it.
pub fn form(changes: &[(&str, &str)]) -> CameraForm {
    let all = with(changes);
    let text = |name: &str| all.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
    CameraForm::read(text, &DAYS, false).unwrap()
}

/// … as a browser sends it.
pub fn fields<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    with(changes).into_iter().chain(DAYS.map(|day| ("day", day))).collect()
}

pub async fn stages() -> Vec<Stage> {
    stages_with("").await
}

pub async fn stages_with(settings: &str) -> Vec<Stage> {
    let mut all = Vec::new();
    for url in databases().await {
        all.push(Stage::set(url, settings).await);
    }
    all
}

impl Stage {
    pub async fn set(database_url: Option<String>, settings: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let text = format!("bureau = \"云川市市场监督管理局\"\n{settings}\n[desk]\nrequire_totp_roles = []\n");
        std::fs::write(dir.path().join("portal.toml"), text).unwrap();
        let house = House::open(&DataArgs { data: dir.path().to_owned(), database_url }).await.unwrap();
        let seconds = Arc::new(AtomicI64::new(moment().timestamp()));
        let clock = {
            let seconds = Arc::clone(&seconds);
            Clock::of(move || DateTime::from_timestamp(seconds.load(Ordering::SeqCst), 0).unwrap())
        };
        let desk = DeskSettings {
            argon2_memory: 8_192,
            argon2_passes: 1,
            require_totp_roles: Vec::new(),
            ..DeskSettings::default()
        };
        let secrets = Secrets::open(dir.path()).unwrap();
        let auth = server::auth::Auth::new(house.db.clone(), clock.clone(), Ids::random(), secrets, desk).unwrap();
        let house = House { clock, auth, ..house };
        let draft = |name: &str, address: &str| OperatorDraft {
            name: name.into(),
            address: Some(address.into()),
            uscc: None,
            licence: None,
        };
        let drafts = [draft(CANTEEN, "云川市青禾区南门路1号"), draft(BAKERY, "云川市望江区渡口街2号")];
        house.db.save_operators(&drafts, &house.ids, house.clock.now()).await.unwrap();
        let id = |name: &'static str| {
            let db = house.db.clone();
            async move { operator(&db, name).await }
        };
        let (canteen, bakery) = (id(CANTEEN).await, id(BAKERY).await);
        let (_, standing) = watch::channel(Standing::default());
        let site = Site {
            base_url: "https://spaq.example.cn".into(),
            bureau: "云川市市场监督管理局".into(),
            ..Site::default()
        };
        let web = Web::new(&house, watch::channel(Arc::new(site)).1, standing, Front::default()).unwrap();
        Self { house, web, canteen, bakery, seconds, dir }
    }

    pub fn cameras(&self) -> CameraService {
        self.web.cameras.clone()
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    /// A public camera of an operator.
    pub async fn shown(&self, operator: Uuid, changes: &[(&str, &str)]) -> Uuid {
        let (writer, reviewer) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
        let id = self.cameras().add(&writer, operator, &form(changes)).await.unwrap();
        self.cameras().show(&reviewer, id, 1).await.unwrap();
        id
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
        let request = request(method, path, headers, body);
        let (status, headers, body) = ask(&self.web, request).await;
        Answer { status, head: format!("{headers:?}"), body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], String::new()).await
    }

    /// Signs an officer in: the cookie and the token of forms.
    pub async fn sign_in(&self, name: &str, roles: &[Role]) -> Signed {
        let new = NewAccount { name: name.into(), display_name: name.to_uppercase(), roles: roles.to_vec() };
        let (_, link) = self.house.auth.add_account(&new, &Who::default()).await.unwrap();
        let link = link.path.rsplit('=').next().unwrap().to_owned();
        let signed = self.house.auth.set_up(&link, "correct horse battery", &Who::default()).await.unwrap();
        Signed { cookie: format!("__Host-portal={}", signed.token.text()), csrf: signed.token.csrf() }
    }

    pub async fn desk_get(&self, signed: &Signed, path: &str) -> Answer {
        self.send(Method::GET, path, &[("cookie", &signed.cookie)], String::new()).await
    }

    pub async fn desk_post(&self, signed: &Signed, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = [("csrf", signed.csrf.as_str())].into_iter().chain(fields.iter().copied());
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("cookie", signed.cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send(Method::POST, path, &headers, body).await
    }
}

async fn operator(db: &server::store::Db, name: &str) -> Uuid {
    const SQL: &str = "SELECT id FROM operator WHERE name = $1";
    match db {
        server::store::Db::Sqlite { read, .. } => sqlx::query_scalar(SQL).bind(name).fetch_one(read).await.unwrap(),
        server::store::Db::Postgres(pool) => sqlx::query_scalar(SQL).bind(name).fetch_one(pool).await.unwrap(),
    }
}

/// Runs a statement beside the program.
pub async fn run(db: &server::store::Db, sql: &'static str, id: Uuid, other: Uuid) {
    match db {
        server::store::Db::Sqlite { write, .. } => {
            sqlx::query(sql).bind(id).bind(other).execute(write).await.unwrap();
        }
        server::store::Db::Postgres(pool) => {
            sqlx::query(sql).bind(id).bind(other).execute(pool).await.unwrap();
        }
    }
}

/// Files below a folder that hold these bytes.
pub fn files_with(folder: &std::path::Path, plain: &str) -> Vec<String> {
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
