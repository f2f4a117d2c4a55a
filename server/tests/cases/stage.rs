//! A portal with its house of cases, officers who are signed in, and forms sent as browsers send them.

#[path = "../shared/postgres.rs"]
mod postgres;

use crate::ask::{ask, request};
use std::{path::Path, sync::Arc};

use app::{
    domain::{
        case::{Command, Filing, Source, read},
        staff::{Role, Viewer},
    },
    ports::Site,
};
use axum::http::{Method, StatusCode};
use chrono::{DateTime, Utc};
use server::{
    auth::{NewAccount, Token, Who},
    cases::{CaseReceipt, CaseService, With},
    clock::Clock,
    config::DataArgs,
    front::Front,
    house::House,
    http::Web,
    index::Follower,
};
use tokio::sync::watch;
use uuid::Uuid;

use postgres::databases;

pub struct Stage {
    pub house: House,
    pub cases: CaseService,
    pub web: Box<Web>,
    pub dir: tempfile::TempDir,
    /// Whether it stands on PostgreSQL
    pub url: Option<String>,
}

/// A complaint that can be taken.
pub const FORM: &[(&str, &str)] = &[
    ("want", "complaint"),
    ("problem", "foreign_body"),
    ("party", "云川市青石巷包子铺"),
    ("party_address", "青石巷 12 号"),
    ("product", "豆沙包"),
    ("day", "2026-11-20"),
    ("story", "买的豆沙包里有一段铁丝，把牙崩了。</textarea><script>alert(1)</script>"),
    ("request", "退款 6 元，赔偿牙科检查费 180 元"),
    ("name", "欧阳海棠"),
    ("phone", "13812348000"),
    ("mail", "ouyang.haitang@example.cn"),
    ("address", "云川市青禾区南门路77号"),
];
/// What of it nobody may find in plain.
pub const PERSONAL: [&str; 5] = ["欧阳海棠", "13812348000", "ouyang.haitang", "南门路77号", "把牙崩了"];

pub fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FORM.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    changes.iter().chain(kept).copied().collect()
}

pub fn filings(changes: &[(&str, &str)]) -> Vec<Filing> {
    let all = with(changes);
    let field = |name: &str| all.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
    read(field, moment().date_naive()).unwrap()
}

pub fn said(text: &str) -> With {
    With { said: text.into(), ..With::default() }
}

/// An answer: status, headers as text, body.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: StatusCode,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let at = self.body.find(&format!("name=\"{name}\" value=\"")).unwrap();
        let rest = &self.body[at..];
        rest.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }
}

pub fn officer(number: u128, roles: &[Role]) -> Viewer {
    Viewer { id: Uuid::from_u128(number), name: format!("officer{number}"), roles: roles.to_vec(), csrf: String::new() }
}

/// 2026-11-25, ten o'clock in China.
pub fn moment() -> DateTime<Utc> {
    "2026-11-25T02:00:00Z".parse().unwrap()
}

pub async fn stages() -> Vec<Stage> {
    let mut all = Vec::new();
    for url in databases().await {
        all.push(Stage::set(url).await);
    }
    all
}

impl Stage {
    pub async fn set(database_url: Option<String>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        // an officer who signs in needs no second factor here
        std::fs::write(dir.path().join("portal.toml"), "[desk]\nrequire_totp_roles = []\n").unwrap();
        Self::over(dir, database_url, moment()).await
    }

    /// The portal on its data folder at a time: a restart, or another day.
    pub async fn over(dir: tempfile::TempDir, database_url: Option<String>, now: DateTime<Utc>) -> Self {
        let args = DataArgs { data: dir.path().to_owned(), database_url: database_url.clone() };
        let house = House::open(&args).await.unwrap();
        let house = House { clock: Clock::fixed(now), ..house };
        let mut follower = Follower::new(house.db.clone(), Arc::clone(&house.index));
        let (_, standing) = watch::channel(follower.catch_up().await.unwrap());
        let site = Site {
            base_url: "https://spaq.example.cn".into(),
            bureau: "云川市市场监督管理局".into(),
            ..Site::default()
        };
        let web = Box::new(Web::new(&house, watch::channel(Arc::new(site)).1, standing, Front::default()).unwrap());
        let cases = web.cases.clone();
        Self { house, cases, web, dir, url: database_url }
    }

    /// The same portal on another day.
    pub async fn on(self, day: &str) -> Self {
        let Self { dir, url, .. } = self;
        Self::over(dir, url, format!("{day}T02:00:00Z").parse().unwrap()).await
    }

    pub async fn file(&self, changes: &[(&str, &str)]) -> CaseReceipt {
        let token = Token::random(&self.house.ids);
        self.cases.file(&token, &filings(changes), Source::Portal, None).await.unwrap()
    }

    /// Files one case and does what an officer says; gives its id.
    pub async fn filed_then(&self, changes: &[(&str, &str)], by: &Viewer, commands: &[Command]) -> Uuid {
        let receipt = self.file(changes).await;
        let id = receipt.halves[0].id;
        for (version, command) in (1..).zip(commands) {
            self.cases.act(by, id, version, *command, said("说明")).await.unwrap();
        }
        id
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
        self.send_bytes(method, path, headers, body.into_bytes()).await
    }

    pub async fn send_bytes(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = request(method, path, headers, body);
        // whose connection it is, where that plays a part
        if let Some((_, peer)) = headers.iter().find(|(name, _)| *name == "x-test-peer") {
            let peer = std::net::SocketAddr::new(peer.parse().unwrap(), 1);
            request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
        }
        let (status, headers, body) = ask(&self.web, request).await;
        Answer { status, head: format!("{headers:?}"), body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], String::new()).await
    }

    /// A form as a browser sends it.
    pub async fn post_from(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let headers: Vec<_> = kind.iter().chain(headers).copied().collect();
        self.send(Method::POST, path, &headers, body).await
    }

    /// Signs an officer in: the cookie and the token of forms.
    pub async fn sign_in(&self, name: &str, roles: &[Role]) -> Signed {
        let new = NewAccount { name: name.into(), display_name: name.to_uppercase(), roles: roles.to_vec() };
        let (_, link) = self.house.auth.add_account(&new, &Who::default()).await.unwrap();
        let signed = self
            .house
            .auth
            .set_up(link.path.rsplit('=').next().unwrap(), "correct horse battery", &Who::default())
            .await
            .unwrap();
        Signed { cookie: format!("__Host-portal={}", signed.token.text()), csrf: signed.token.csrf() }
    }

    pub async fn desk_get(&self, signed: &Signed, path: &str) -> Answer {
        self.send(Method::GET, path, &[("cookie", &signed.cookie)], String::new()).await
    }

    pub async fn desk_post(&self, signed: &Signed, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: Vec<_> = [("csrf", signed.csrf.as_str())].iter().chain(fields).copied().collect();
        self.post_from(path, &fields, &[("cookie", &signed.cookie), ("sec-fetch-site", "same-origin")]).await
    }
}

pub struct Signed {
    pub cookie: String,
    pub csrf: String,
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
