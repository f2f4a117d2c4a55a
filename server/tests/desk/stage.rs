//! A portal with a clock that tests move, and a browser that keeps its cookie.

#[path = "../shared/postgres.rs"]
mod postgres;

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use app::{domain::staff::Role, ports::Site};
use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request},
    http::{HeaderMap, StatusCode},
};
use chrono::DateTime;
use server::{
    auth::{Auth, NewAccount, Session, Token, Who, totp},
    clock::Clock,
    config::{DataArgs, DeskSettings},
    front::Front,
    house::House,
    http::{self, Web},
    id::Ids,
    index::Standing,
    secret::Secrets,
};
use tokio::sync::watch;
use tower::{Service, ServiceExt};
use uuid::Uuid;

use postgres::databases;

pub const BASE: &str = "https://spaq.example.cn";
pub const PASSWORD: &str = "青禾路上第三家-Mian2026";
const START: i64 = 1_795_500_000;

/// A portal.
pub struct Stage {
    pub web: Web,
    pub auth: Auth,
    seconds: Arc<AtomicI64>,
    _dir: tempfile::TempDir,
}

/// An officer who can sign in.
#[derive(Clone)]
pub struct Officer {
    pub id: Uuid,
    pub name: String,
    pub secret: Option<Vec<u8>>,
    pub codes: Vec<String>,
}

/// One portal on each database.
pub async fn stages() -> Vec<Stage> {
    stages_with(DeskSettings::default()).await
}

pub async fn stages_with(settings: DeskSettings) -> Vec<Stage> {
    let mut all = Vec::new();
    for url in databases().await {
        all.push(stage(url, settings.clone()).await);
    }
    all
}

async fn stage(database_url: Option<String>, settings: DeskSettings) -> Stage {
    let dir = tempfile::tempdir().unwrap();
    let house = House::open(&DataArgs { data: dir.path().to_owned(), database_url }).await.unwrap();
    let seconds = Arc::new(AtomicI64::new(START));
    let clock = {
        let seconds = Arc::clone(&seconds);
        Clock::of(move || DateTime::from_timestamp(seconds.load(Ordering::SeqCst), 0).unwrap())
    };
    // cheap hashes: tests make hundreds
    let settings = DeskSettings { argon2_memory: 8_192, argon2_passes: 1, ..settings };
    let secrets = Secrets::open(dir.path()).unwrap();
    let auth = Auth::new(house.db.clone(), clock.clone(), Ids::random(), secrets, settings).unwrap();
    let (_, standing) = watch::channel(Standing::default());
    let site = Site { base_url: BASE.into(), ..Site::default() };
    let site = watch::channel(Arc::new(site)).1;
    let house = House { clock, auth: auth.clone(), ..house };
    let web = Web::new(&house, site, standing, Front::default()).unwrap();
    Stage { web, auth, seconds, _dir: dir }
}

impl Stage {
    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    pub fn now(&self) -> DateTime<chrono::Utc> {
        DateTime::from_timestamp(self.seconds.load(Ordering::SeqCst), 0).unwrap()
    }

    /// An account with password; with second factor where its roles ask for it.
    pub async fn officer(&self, name: &str, roles: &[Role]) -> Officer {
        let new = NewAccount { name: name.into(), display_name: format!("官员{name}"), roles: roles.to_vec() };
        let (id, link) = self.auth.add_account(&new, &Who::default()).await.unwrap();
        let link = link.path.split_once('=').unwrap().1.to_owned();
        let signed_in = self.auth.set_up(&link, PASSWORD, &Who::default()).await.unwrap();
        let mut officer = Officer { id, name: name.into(), secret: None, codes: Vec::new() };
        if self.auth.needs_second_factor(roles) {
            let session = self.auth.session(&signed_in.token).await.unwrap().unwrap();
            self.enrol(&mut officer, &session).await;
        }
        officer
    }

    pub async fn enrol(&self, officer: &mut Officer, session: &Session) {
        let offer = self.auth.offer_second_factor(officer.id, &officer.name, "test", None).unwrap();
        let text: String = offer.text.split(' ').collect();
        let secret = data_encoding::BASE32_NOPAD.decode(text.as_bytes()).unwrap();
        let code = totp::code(&secret, totp::step(self.now()));
        officer.codes = self.auth.enrol(session, &offer.sealed, &code, &Who::default()).await.unwrap().0;
        officer.secret = Some(secret);
    }

    /// The next code that was not used: time passes.
    pub fn code(&self, officer: &Officer) -> String {
        self.pass(30);
        totp::code(officer.secret.as_deref().unwrap(), totp::step(self.now()))
    }

    /// Signs in by the way around the pages.
    pub async fn token(&self, officer: &Officer) -> Token {
        let first = self.auth.sign_in(&officer.name, PASSWORD, None, &Who::default()).await.unwrap();
        if !first.awaits_code {
            return first.token;
        }
        let code = self.code(officer);
        self.auth.second_factor(&first.token, &code, &Who::default()).await.unwrap().token
    }

    pub fn browser(&self) -> Browser<'_> {
        Browser { stage: self, token: None, headers: Vec::new(), address: "192.0.2.1:4000".parse().unwrap() }
    }

    pub async fn signed_in(&self, officer: &Officer) -> Browser<'_> {
        Browser { token: Some(self.token(officer).await.text()), ..self.browser() }
    }

    /// The whole audit trail as text.
    pub async fn trail(&self) -> Vec<server::store::AuditEntry> {
        let mut entries = self.web.db.audit_entries_of(&app::ports::AuditQuery::default(), 10_000).await.unwrap();
        entries.reverse();
        entries
    }
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers.get("location").map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// A hidden field's value.
    pub fn hidden(&self, name: &str) -> Option<String> {
        let at = self.body.find(&format!("name=\"{name}\""))?;
        let rest = &self.body[at..];
        let rest = &rest[rest.find("value=\"")? + 7..];
        Some(rest[..rest.find('"')?].to_owned())
    }
}

/// Asks, and keeps its cookie.
pub struct Browser<'a> {
    stage: &'a Stage,
    pub token: Option<String>,
    pub headers: Vec<(&'static str, String)>,
    pub address: SocketAddr,
}

impl Browser<'_> {
    async fn ask(&mut self, mut request: axum::http::request::Builder, body: Body) -> Answer {
        if let Some(token) = &self.token {
            request = request.header("cookie", format!("__Host-portal={token}"));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let mut request: Request = request.body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(self.address));
        let mut site = http::site(&self.stage.web);
        let response = site.ready().await.unwrap().call(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8_lossy(&to_bytes(body, 10 << 20).await.unwrap()).into_owned();
        if let Some(cookie) = parts.headers.get("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
            let value = cookie.strip_prefix("__Host-portal=").unwrap().split(';').next().unwrap();
            self.token = Some(value.to_owned());
        }
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.ask(Request::builder().uri(path), Body::empty()).await
    }

    /// Sends a form without looking at its page: with this token.
    pub async fn post_raw(&mut self, path: &str, csrf: Option<&str>, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(csrf.map(|csrf| ("csrf", csrf)));
        form.extend_pairs(fields);
        let request =
            Request::builder().method("POST").uri(path).header("content-type", "application/x-www-form-urlencoded");
        self.ask(request, Body::from(form.finish())).await
    }

    /// The token that this browser's forms carry.
    pub fn csrf(&self) -> Option<String> {
        self.token.as_deref().and_then(Token::read).map(|token| token.csrf())
    }

    /// Sends a form of a page of this site.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf();
        self.post_raw(path, csrf.as_deref(), fields).await
    }
}
