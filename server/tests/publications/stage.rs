//! A portal with one bulletin, on which publications are performed.

#[path = "../shared/postgres.rs"]
mod postgres;

use crate::ask::{ask, request};
use std::sync::Arc;

use app::{
    domain::{
        act::Act,
        finding::FailedItem,
        publication::{
            Kind, Standing,
            content::{Attachment, Content},
            life::{Life, Work},
        },
        sample::{Party, SampleDraft, Verdict},
    },
    ports::{Publications, SampleScope, Site},
};
use axum::http::{HeaderMap, Method, StatusCode};
use server::{
    clock::Clock,
    config::DataArgs,
    files::sha256,
    front::Front,
    house::House,
    http::Web,
    index::{Follower, Standing as IndexStanding, compare},
    store::{BulletinDraft, Db, Performing, StoredAttachment},
};
use tokio::sync::watch;
use uuid::Uuid;

use postgres::databases;

/// The stage.
pub struct Stage {
    pub house: House,
    pub bulletin: Uuid,
    /// The failed sample, and the shop that sold it
    pub sample: Uuid,
    pub operator: Uuid,
    pub passed: Uuid,
    follower: Follower,
    tell: watch::Sender<IndexStanding>,
    web: Web,
    _dir: tempfile::TempDir,
}

const SHOP: &str = "柳湾县同乐超市";

/// One stage on `SQLite`, one on `PostgreSQL` where there is one.
pub async fn stages() -> Vec<Stage> {
    let mut all = Vec::new();
    for url in databases().await {
        all.push(Stage::set(url).await);
    }
    all
}

fn sample(number: &str, product: &str, verdict: Verdict) -> SampleDraft {
    let failed = FailedItem { item: "镉".into(), result: Some("0.3mg/kg".into()), limit: Some("≤0.2mg/kg".into()) };
    SampleDraft {
        number: Some(number.into()),
        product: product.into(),
        seller: Party { name: Some(SHOP.into()), ..Party::default() },
        verdict: Some(verdict),
        failed_items: if verdict == Verdict::Failed { vec![failed] } else { Vec::new() },
        ..SampleDraft::default()
    }
}

fn bulletin(samples: Vec<SampleDraft>) -> BulletinDraft {
    BulletinDraft {
        replaces: None,
        title: "第一期".into(),
        issue_no: None,
        published_on: "2026-03-01".parse().unwrap(),
        source: "云川市市场监督管理局".into(),
        intro: None,
        notes: Vec::new(),
        original: None,
        samples,
        demo: false,
        publish: true,
        reason: None,
    }
}

/// Content that can be published, with something hostile in it.
pub fn content(kind: Kind) -> Content {
    let mut content = Content::new(kind);
    let title = format!("标记{}<b>", kind.code());
    content.fill([
        ("title", title.as_str()),
        ("source", "云川市市场监督管理局"),
        ("published_on", "2026-04-01"),
        ("body", "一\n二\n三<script>alert(1)</script>"),
        ("operator", SHOP),
        ("party", SHOP),
        ("producer", SHOP),
        ("samples", "S1"),
        ("control", "已下架<i>"),
        ("outcome", "punished"),
        ("completed_on", "2026-04-20"),
        ("document_number", "云市监处罚〔2026〕1号"),
        ("party_kind", "company"),
        ("procedure", "ordinary"),
        ("violation", "经营不合格食品"),
        ("facts", "事实"),
        ("basis", "依据"),
        ("penalty", "罚款5000元"),
        ("authority", "云川市市场监督管理局"),
        ("decided_on", "2026-03-20"),
        ("removal_class", "order-45/ordinary"),
        ("product", "高钙奶粉"),
        ("representative", "（演示）"),
        ("phone", "0990-5550101"),
        ("lots", "20260105\nB-7"),
        ("made_from", "2026-01-01"),
        ("made_to", "2026-01-31"),
        ("reason", "原因"),
        ("level", "second"),
        ("starts_on", "2026-04-01"),
        ("region", "云川市"),
        ("returns", "退货"),
    ]);
    content
}

impl Stage {
    async fn set(database_url: Option<String>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let house = House::open(&DataArgs { data: dir.path().to_owned(), database_url }).await.unwrap();
        let samples = vec![sample("S1", "镉大米", Verdict::Failed), sample("S2", "合格面粉", Verdict::Passed)];
        let now = Clock::system().now();
        let saved = house.db.save_bulletin(&bulletin(samples), &house.ids, now).await.unwrap().id.unwrap();
        let read = house.db.samples(saved, SampleScope::default(), None, 10).await.unwrap().items;
        let mut follower = Follower::new(house.db.clone(), Arc::clone(&house.index));
        let (tell, standing) = watch::channel(follower.catch_up().await.unwrap());
        let site = Site { base_url: "https://spaq.example.cn".into(), ..Site::default() };
        let web = Web::new(&house, watch::channel(Arc::new(site)).1, standing, Front::default()).unwrap();
        let (sample, passed, operator) = (read[0].id, read[1].id, read[0].seller_id.unwrap());
        Self { house, bulletin: saved, sample, operator, passed, follower, tell, web, _dir: dir }
    }

    /// Publishes a new one of a kind.
    pub async fn publish(&mut self, kind: Kind) -> Uuid {
        let (now, content) = (Clock::system().now(), content(kind));
        let id = self.house.ids.next(now);
        let mut tx = self.house.db.begin().await.unwrap();
        tx.insert_publication(id, kind, &Work::ready(content.clone()), now).await.unwrap();
        tx.commit().await.unwrap();
        self.act(id, Act::Publish, Standing::Public, Some(&content), "", false).await;
        id
    }

    /// Performs an act, and lets the index follow.
    pub async fn act(
        &mut self,
        id: Uuid,
        act: Act,
        standing: Standing,
        content: Option<&Content>,
        reason: &str,
        hides_earlier: bool,
    ) {
        let mut tx = self.house.db.begin().await.unwrap();
        let publication = tx.publication(id).await.unwrap().unwrap();
        let next = Life { standing, work: None };
        let performing =
            Performing { next, act, content, bulletin: None, edition: None, reason, hides_earlier, remove_on: None };
        tx.perform(&publication, &performing, &self.house.ids, Clock::system().now()).await.unwrap();
        tx.commit().await.unwrap();
        self.follow().await;
    }

    /// Adds a file by a correction.
    pub async fn attach(&mut self, publication: Uuid, kind: Kind, name: &str, media_type: &str) -> Uuid {
        let id = self.house.ids.secret();
        self.house.attachments.keep(id, b"inhalt").unwrap();
        let attachment =
            Attachment { id, name: name.into(), media_type: media_type.into(), size: 6, sha256: sha256(b"inhalt") };
        let stored = StoredAttachment {
            attachment: attachment.clone(),
            publication,
            text: String::new(),
            concerns: Vec::new(),
            public: false,
        };
        let mut tx = self.house.db.begin().await.unwrap();
        tx.insert_attachment(&stored, Clock::system().now()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            self.get(&format!("/attachments/{id}")).await.0,
            StatusCode::NOT_FOUND,
            "not public before its content"
        );
        let mut content = content(kind);
        content.attachments.push(attachment);
        self.act(publication, Act::Correct, Standing::Public, Some(&content), "补充附件", false).await;
        id
    }

    /// A public reply of an operator to the bulletin.
    pub async fn reply(&self, operator: &str, text: &str) {
        const INSERT: &str = "INSERT INTO objection (id, number, publication_id, kind, state, operator, public_text, \
             code_hash, form_token, confirmed, received_at, decided_at, version, updated_at) \
             VALUES ($1, $2, $3, 'reply', 'accepted', $4, $5, '', $6, '[]', $7, $7, 1, $7)";
        let (id, now) = (self.house.ids.secret(), Clock::system().now());
        let query = || id.as_bytes().to_vec();
        match &self.house.db {
            Db::Sqlite { write, .. } => sqlx::query(INSERT)
                .bind(id)
                .bind(id.to_string())
                .bind(self.bulletin)
                .bind(operator)
                .bind(text)
                .bind(query())
                .bind(now)
                .execute(write)
                .await
                .map(|_| ()),
            Db::Postgres(pool) => sqlx::query(INSERT)
                .bind(id)
                .bind(id.to_string())
                .bind(self.bulletin)
                .bind(operator)
                .bind(text)
                .bind(query())
                .bind(now)
                .execute(pool)
                .await
                .map(|_| ()),
        }
        .unwrap();
    }

    /// Changes a sample of the bulletin, drops one, adds one.
    pub async fn correct_bulletin(&mut self) {
        let mut first = sample("S1", "镉大米", Verdict::Failed);
        first.remark = Some("复检结论维持".into());
        let draft = bulletin(vec![first, sample("S3", "新样品", Verdict::Passed)]);
        self.house.db.save_bulletin(&draft, &self.house.ids, Clock::system().now()).await.unwrap();
        self.follow().await;
    }

    async fn follow(&mut self) {
        self.tell.send_replace(self.follower.catch_up().await.unwrap());
    }

    /// Whether the index holds what the database says.
    pub async fn index_agrees(&self) -> bool {
        compare(&self.house.db, &self.house.index.get()).await.unwrap().agrees()
    }

    pub async fn get(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        self.ask(path, &[]).await
    }

    pub async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
        ask(&self.web, request(Method::GET, path, headers, String::new())).await
    }

    pub async fn json(&self, path: &str) -> serde_json::Value {
        let (status, _, body) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        serde_json::from_str(&body).unwrap()
    }
}
