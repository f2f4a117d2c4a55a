//! A house, a clock that the test moves, and letters.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use app::{domain::mail::Address, text::letter};
use chrono::{DateTime, TimeDelta, Utc};
use server::{
    clock::Clock,
    config::DataArgs,
    house::House,
    mail::{Letter, Post, Sender, Worker},
};
use uuid::Uuid;

pub struct Stage {
    pub house: House,
    pub database_url: Option<String>,
    now: Arc<Mutex<DateTime<Utc>>>,
    pub dir: tempfile::TempDir,
}

pub const ADDRESS: &str = "lihua@example.cn";
pub const SUBJECT: &str = "您的投诉已受理";
pub const BODY: &str = "李华您好：\n.\n.这一行以点开头\n我局已受理您的投诉。";

pub fn moment() -> DateTime<Utc> {
    "2026-11-25T02:00:00Z".parse().unwrap()
}

pub async fn stages() -> Vec<Stage> {
    let mut all = vec![Stage::set(None).await];
    match std::env::var("PORTAL_TEST_DATABASE_URL") {
        Ok(url) => all.push(Stage::set(Some(fresh_schema(&url).await)).await),
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

pub fn letter(key: &str) -> Letter {
    Letter {
        key: key.to_owned(),
        kind: "case_accepted",
        to: Address::parse(ADDRESS).unwrap(),
        about: None,
        due_at: None,
        content: letter::Letter {
            subject: SUBJECT.into(),
            paragraphs: vec![BODY.into()],
            facts: vec![("编号".into(), key.to_owned())],
            link: Some(("查询办理情况".into(), "https://spaq.example.cn/status".into())),
            bureau: "云川市市场监督管理局".into(),
        },
        unsubscribe: None,
    }
}

pub async fn leave(house: &House, letter: &Letter, now: DateTime<Utc>) -> bool {
    let mut tx = house.db.begin().await.unwrap();
    let kept = house.mail.enqueue(&mut tx, letter, now).await.unwrap();
    tx.commit().await.unwrap();
    kept
}

impl Stage {
    async fn set(database_url: Option<String>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let now = Arc::new(Mutex::new(moment()));
        let shown = Arc::clone(&now);
        let house =
            House { clock: Clock::of(move || *shown.lock().unwrap()), ..open(dir.path(), database_url.clone()).await };
        Self { house, database_url, now, dir }
    }

    pub fn later(&self, by: TimeDelta) {
        *self.now.lock().unwrap() += by;
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    pub async fn leave(&self, key: &str) -> bool {
        leave(&self.house, &letter(key), self.now()).await
    }

    pub fn worker(&self, post: Arc<dyn Post>) -> Worker {
        worker(&self.house, post)
    }

    /// State, attempts, due, failure of the one letter that was not sent.
    pub async fn unsent(&self) -> (String, i64, TimeDelta, Option<String>) {
        let lines = self.house.db.letters_unsent(10).await.unwrap();
        assert_eq!(lines.len(), 1);
        let line = lines[0].clone();
        (line.state, line.attempts, line.due_at - self.now(), line.last_error)
    }

    pub async fn counts(&self) -> Vec<(String, i64)> {
        self.house.db.letter_counts().await.unwrap()
    }
}

pub fn worker(house: &House, post: Arc<dyn Post>) -> Worker {
    let from = Sender::parse("云川市市场监督管理局, 投诉举报中心 <noreply@spaq.example.cn>").unwrap();
    Worker { db: house.db.clone(), outbox: house.mail.clone(), clock: house.clock.clone(), from, post }
}
