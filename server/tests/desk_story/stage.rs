//! A desk on a database of its own, with a clock that stands still. Each test uses a part of it.
#![expect(dead_code, reason = "shared by several tests, each of which needs a part")]

#[path = "../shared/postgres.rs"]
pub mod postgres;

use std::path::Path;

use app::{
    domain::{
        publication::life::Command,
        staff::{Role, Viewer},
    },
    ports::{Desk, Typed},
};
use chrono::{DateTime, NaiveDate, Utc};
use server::{
    clock::Clock,
    config::DataArgs,
    desk::{DeskService, Law},
    house::House,
    store::Db,
};
use uuid::Uuid;

use postgres::databases;

/// A penalty that can be published as it is. Everything in it is invented.
pub const PENALTY: &[(&str, &str)] = &[
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

pub fn officer(number: u128, roles: &[Role]) -> Viewer {
    Viewer { id: Uuid::from_u128(number), name: format!("officer{number}"), roles: roles.to_vec(), csrf: String::new() }
}

pub fn typed(fields: &[(&str, &str)]) -> Typed {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Typed { fields: fields.collect(), ..Typed::default() }
}

/// 2026-11-25, ten o'clock in China.
pub fn moment() -> DateTime<Utc> {
    "2026-11-25T02:00:00Z".parse().unwrap()
}

pub struct Story {
    pub db: Db,
    pub desk: DeskService,
    house: House,
    dir: tempfile::TempDir,
}

impl Story {
    async fn on(database_url: Option<String>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let house = open(dir.path(), database_url).await;
        let desk = DeskService::new(house.clone(), Law::read(dir.path()).unwrap(), Vec::new());
        Self { db: house.db.clone(), desk, house, dir }
    }

    pub fn house(&self) -> &House {
        &self.house
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.house.clock.now()
    }

    pub fn today(&self) -> NaiveDate {
        self.house.clock.today()
    }

    /// The same desk at noon of another day.
    pub fn at(&self, day: NaiveDate) -> DeskService {
        let noon = day.and_hms_opt(4, 0, 0).unwrap().and_utc();
        let house = House { clock: Clock::fixed(noon), ..self.house.clone() };
        DeskService::new(house, Law::read(self.dir.path()).unwrap(), Vec::new())
    }

    /// Submits, approves and performs.
    pub async fn approve(&self, id: Uuid, version: i64, writer: &Viewer, reviewer: &Viewer) {
        self.desk.command(writer, id, version, Command::Submit).await.unwrap();
        self.desk.command(reviewer, id, version + 1, Command::Approve).await.unwrap();
        self.desk.command(reviewer, id, version + 2, Command::Perform).await.unwrap();
    }

    pub fn files_are_empty(&self) -> bool {
        files_below(&self.dir.path().join("files")) == 0
    }

    pub fn attachments_are_empty(&self) -> bool {
        files_below(&self.dir.path().join("attachments")) == 0
    }

    /// Bytes without a row, as a crash leaves them.
    pub fn leave_attachment(&self) {
        self.house.attachments.keep(Uuid::from_u128(77), b"left").unwrap();
    }
}

fn files_below(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let entries = entries.map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files_below(&path) } else { 1 }).sum()
}

pub async fn open(data: &Path, database_url: Option<String>) -> House {
    let args = DataArgs { data: data.to_owned(), database_url };
    let house = House::open(&args).await.unwrap();
    House { clock: Clock::fixed(moment()), ..house }
}

/// One on each database. PostgreSQL takes part when `PORTAL_TEST_DATABASE_URL` names one (`make test` does).
pub async fn stories() -> Vec<Story> {
    let mut all = Vec::new();
    for url in databases().await {
        all.push(Story::on(url).await);
    }
    all
}
