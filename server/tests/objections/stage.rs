//! A portal with one public penalty, officers who are signed in, and forms sent as browsers send them.

#[path = "../shared/postgres.rs"]
mod postgres;

use crate::ask::{ask, request};
use std::{path::Path, sync::Arc};

use app::{
    domain::{
        publication::{Kind, life::Command},
        staff::{Role, Viewer},
    },
    ports::{Desk, Site, Typed},
};
use axum::http::{Method, StatusCode};
use chrono::{DateTime, Utc};
use server::{
    auth::{NewAccount, Who},
    clock::Clock,
    config::DataArgs,
    desk::{DeskService, Law},
    front::Front,
    house::House,
    http::Web,
    index::{Follower, Standing},
    objections::ObjectionService,
};
use tokio::sync::watch;
use uuid::Uuid;

use postgres::databases;

const PENALTY: &[(&str, &str)] = &[
    ("title", "云川市海棠食品有限公司经营超过保质期食品案"),
    ("source", "云川市市场监督管理局"),
    ("document_number", "云市监处罚[2026]12号"),
    ("party", "云川市海棠食品有限公司"),
    ("party_kind", "company"),
    ("party_code", "91000000MA0000001R"),
    ("procedure", "ordinary"),
    ("violation", "经营超过保质期的食品"),
    ("facts", "当事人经营超过保质期的饼干 12 袋。"),
    ("basis", "《中华人民共和国食品安全法》第一百二十四条"),
    ("penalty", "罚款二万元"),
    ("authority", "云川市市场监督管理局"),
    ("decided_on", "2026-10-20"),
    ("removal_class", "order-45/ordinary"),
];

pub struct Stage {
    pub house: House,
    pub desk: DeskService,
    pub objections: ObjectionService,
    pub penalty: Uuid,
    follower: Follower,
    tell: watch::Sender<Standing>,
    web: Web,
    pub dir: tempfile::TempDir,
}

/// An answer: status, headers as text, body.
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

    /// What stands in the receipt: number and query code.
    pub fn secrets(&self) -> (String, String) {
        let mut codes = self.body.split("<code class=\"secret\">").skip(1).map(|rest| rest.split('<').next().unwrap());
        (codes.next().unwrap().to_owned(), codes.next().unwrap().to_owned())
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
        let house = House::open(&DataArgs { data: dir.path().to_owned(), database_url }).await.unwrap();
        let house = House { clock: Clock::fixed(moment()), ..house };
        let desk = DeskService::new(house.clone(), Law::read(dir.path()).unwrap(), Vec::new());
        let typed: Vec<_> = PENALTY.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let typed = Typed { fields: typed, ..Typed::default() };
        let (writer, reviewer) = (officer(1, &[Role::Editor]), officer(2, &[Role::Reviewer]));
        let penalty = desk.begin(&writer, Kind::Penalty, &typed).await.unwrap();
        desk.command(&writer, penalty, 1, Command::Submit).await.unwrap();
        desk.command(&reviewer, penalty, 2, Command::Approve).await.unwrap();
        desk.command(&reviewer, penalty, 3, Command::Perform).await.unwrap();
        let mut follower = Follower::new(house.db.clone(), Arc::clone(&house.index));
        let (tell, standing) = watch::channel(follower.catch_up().await.unwrap());
        let site = Site { base_url: "https://spaq.example.cn".into(), ..Site::default() };
        let web = Web::new(&house, watch::channel(Arc::new(site)).1, standing, Front::default()).unwrap();
        let objections = web.objections.clone();
        Self { house, desk, objections, penalty, follower, tell, web, dir }
    }

    pub async fn follow(&mut self) {
        self.tell.send_replace(self.follower.catch_up().await.unwrap());
    }

    pub fn feed(&self) -> u64 {
        self.tell.borrow().feed
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
        let request = request(method, path, headers, body);
        let (status, headers, body) = ask(&self.web, request).await;
        Answer { status, head: format!("{headers:?}"), body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], String::new()).await
    }

    /// A form sent by a browser from a page of this site.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_from(path, fields, &[("sec-fetch-site", "same-origin")]).await
    }

    pub async fn post_from(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let headers: Vec<_> = kind.iter().chain(headers).copied().collect();
        self.send(Method::POST, path, &headers, body).await
    }

    pub fn form(&self) -> String {
        format!("/objections/new?publication={}", self.penalty)
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
