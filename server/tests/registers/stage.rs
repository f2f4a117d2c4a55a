//! A house with a clock that stands still, on each database.

#[path = "../shared/postgres.rs"]
pub mod postgres;

use crate::ask::{ask, request};
use std::{path::Path, sync::Arc};

use app::{
    domain::staff::{Role, Viewer},
    ports::{EntryQuery, FoundEntries, RegisterEntry, Registers, Site, Typed},
};
use axum::http::{HeaderMap, Method, StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use server::{
    clock::Clock,
    config::DataArgs,
    desk::{DeskService, Law},
    front::Front,
    house::House,
    http::Web,
    index::{Follower, Standing, compare},
    registers::{Published, Refused, RegisterService, Registrar, Said},
};
use tokio::sync::watch;
use uuid::Uuid;

pub use postgres::databases;

/// A definition of a bureau of its own: codes first, so that rows are short.
pub const OWN: &str = r#"
schema = 1
name = "测试名册"
short = "测试"
note = "测试用的名册。"
basis = "《中华人民共和国食品安全法》"
caveats = ["仅供测试。"]
scope = "测试"
source = "云川市市场监督管理局"
shows = "plain"
key = ["number"]
lives = { until = "until" }

[[column]]
code = "number"
name = "编号"
type = "text"
role = "number"
required = true
list = true

[[column]]
code = "operator"
name = "单位"
type = "text"
role = "operator_name"
required = true
list = true

[[column]]
code = "grade"
name = "类别"
type = "choice"
role = "kind"
facet = true
list = true
sortable = true
values = [
    { code = "big", label = "大型", aliases = [] },
    { code = "middle", label = "中型", aliases = [] },
    { code = "small", label = "小型", aliases = [] },
]

[[column]]
code = "score"
name = "数量"
type = "decimal"
role = "count"
unit = "个"
list = true
sortable = true

[[column]]
code = "uscc"
name = "统一社会信用代码"
type = "uscc"
role = "operator_code"

[[column]]
code = "address"
name = "地址"
type = "text"
role = "address"

[[column]]
code = "longitude"
name = "经度"
type = "longitude"
role = "longitude"

[[column]]
code = "latitude"
name = "纬度"
type = "latitude"
role = "latitude"

[[column]]
code = "until"
name = "有效期至"
type = "day"
role = "until"

[[column]]
code = "remark"
name = "备注"
type = "long"
role = "remark"
"#;
/// Code of [`OWN`].
pub const CODE: &str = "test-list";
/// Headings of [`OWN`].
pub const HEAD: &str = "编号,单位,类别,数量,统一社会信用代码,地址,经度,纬度,有效期至,备注\n";

/// 2026-11-25, ten o'clock in China.
pub fn moment() -> DateTime<Utc> {
    "2026-11-25T02:00:00Z".parse().unwrap()
}

pub fn officer(number: u128, roles: &[Role]) -> Viewer {
    Viewer { id: Uuid::from_u128(number), name: format!("officer{number}"), roles: roles.to_vec(), csrf: String::new() }
}

pub fn typed(fields: &[(&str, &str)]) -> Typed {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Typed { fields: fields.collect(), ..Typed::default() }
}

/// A portal with [`OWN`] beside the shipped registers.
pub struct Stage {
    pub house: House,
    pub url: Option<String>,
    pub dir: tempfile::TempDir,
}

pub async fn open(data: &Path, database_url: Option<String>) -> House {
    let house = House::open(&DataArgs { data: data.to_owned(), database_url }).await.unwrap();
    House { clock: Clock::fixed(moment()), ..house }
}

pub fn define(data: &Path) {
    std::fs::create_dir_all(data.join("registers")).unwrap();
    std::fs::write(data.join(format!("registers/{CODE}.toml")), OWN).unwrap();
}

pub async fn stages() -> Vec<Stage> {
    let mut all = Vec::new();
    for url in databases().await {
        let dir = tempfile::tempdir().unwrap();
        define(dir.path());
        let house = open(dir.path(), url.clone()).await;
        all.push(Stage { house, url, dir });
    }
    all
}

pub fn registrar(house: &House) -> Registrar {
    Registrar::of(house, "云川市市场监督管理局".into())
}

impl Stage {
    pub fn desk(&self) -> DeskService {
        DeskService::new(self.house.clone(), Law::read(self.dir.path()).unwrap(), Vec::new())
    }

    /// The same house at noon of another day.
    pub fn on(&self, day: &str) -> Self {
        let day: NaiveDate = day.parse().unwrap();
        let noon = day.and_hms_opt(4, 0, 0).unwrap().and_utc();
        let house = House { clock: Clock::fixed(noon), ..self.house.clone() };
        let dir = tempfile::tempdir().unwrap();
        Self { house, url: self.url.clone(), dir }
    }

    pub fn reader(&self) -> RegisterService {
        RegisterService::new(self.house.db.clone(), self.house.registers.clone(), self.house.clock.clone())
    }

    /// Publishes rows of [`OWN`].
    pub async fn publish(&self, rows: &str) -> Result<Published, Refused> {
        self.publish_file(CODE, format!("{HEAD}{rows}").as_bytes()).await
    }

    pub async fn publish_file(&self, code: &str, bytes: &[u8]) -> Result<Published, Refused> {
        let registrar = registrar(&self.house);
        let read = registrar.read(code, "名册.csv", bytes, &mut |_| ())?;
        registrar.publish(&read, bytes, &Said::default()).await
    }

    pub async fn entries(&self, query: &EntryQuery) -> FoundEntries {
        self.reader().entries(CODE, query, None, 200).await.unwrap()
    }

    pub async fn all(&self) -> Vec<RegisterEntry> {
        self.reader().all_entries(CODE, None, 500).await.unwrap().items
    }

    /// Brings the index to the feed; it then says what the database says.
    pub async fn follow(&self) -> Standing {
        let mut follower = Follower::new(self.house.db.clone(), Arc::clone(&self.house.index));
        let standing = follower.catch_up().await.unwrap();
        let comparison = compare(&self.house.db, &self.house.index.get()).await.unwrap();
        assert!(comparison.agrees(), "{comparison:?}");
        standing
    }

    pub async fn site(&self) -> SiteOf {
        let standing = watch::channel(self.follow().await).1;
        let site = Site { base_url: "https://spaq.example.cn".into(), ..Site::default() };
        SiteOf(Web::new(&self.house, watch::channel(Arc::new(site)).1, standing, Front::default()).unwrap())
    }
}

pub struct SiteOf(Web);

impl SiteOf {
    pub async fn get(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        ask(&self.0, request(Method::GET, path, &[], String::new())).await
    }

    pub async fn json(&self, path: &str) -> serde_json::Value {
        let (status, _, body) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        serde_json::from_str(&body).unwrap()
    }
}
