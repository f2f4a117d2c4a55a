//! A portal whose clock the test moves, letters that are opened as they leave, forms sent as browsers send them.

use crate::ask::{ask, request};
use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use app::{
    domain::{
        act::Act,
        finding::FailedItem,
        publication::{
            Kind, Standing,
            content::Content,
            life::{Life, Work},
        },
        sample::{Party, SampleDraft, Verdict},
    },
    ports::Site,
};
use async_trait::async_trait;
use axum::http::{HeaderMap, Method, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use mail_parser::MessageParser;
use server::{
    alerts::Alerter,
    clock::Clock,
    config::DataArgs,
    front::Front,
    house::House,
    http::Web,
    index::{Follower, Standing as IndexStanding},
    mail::{Failure, Message, Post, Sender, Worker},
    store::{BulletinDraft, Performing},
};
use tokio::sync::watch;
use uuid::Uuid;

use super::postgres::databases;

pub const SHOP: &str = "柳湾县同乐超市";
pub const MILL: &str = "云川市青禾面粉厂";
pub const BUREAU: &str = "云川市市场监督管理局";
pub const MAIL: &str = "lihua@example.cn";

/// A letter as it left.
#[derive(Clone, Debug)]
pub struct Sent {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub raw: String,
}

impl Sent {
    /// The code in it.
    pub fn code(&self) -> String {
        self.text.split("订阅码：").nth(1).unwrap().lines().next().unwrap().to_owned()
    }

    /// A header as it stands there.
    pub fn header(&self, name: &str) -> Option<String> {
        let start = format!("{name}: ");
        self.raw.split("\r\n").find_map(|line| line.strip_prefix(&start)).map(str::to_owned)
    }

    /// Path and query of its unsubscribe link.
    pub fn unsubscribe(&self) -> String {
        let header = self.header("List-Unsubscribe").unwrap();
        let url = header.strip_prefix('<').unwrap().strip_suffix('>').unwrap().to_owned();
        url.strip_prefix("https://spaq.example.cn").unwrap().to_owned()
    }
}

/// Takes letters.
#[derive(Clone, Default)]
pub struct Mailbox(pub Arc<Mutex<Vec<Sent>>>);

#[async_trait]
impl Post for Mailbox {
    async fn send(&self, message: &Message) -> Result<(), Failure> {
        let parsed = MessageParser::default().parse(&message.bytes).unwrap();
        let sent = Sent {
            to: parsed.to().unwrap().first().unwrap().address().unwrap().to_owned(),
            subject: parsed.subject().unwrap().to_owned(),
            text: parsed.body_text(0).unwrap().replace("\r\n", "\n"),
            raw: String::from_utf8(message.bytes.clone()).unwrap(),
        };
        self.0.lock().unwrap().push(sent);
        Ok(())
    }

    fn limit(&self) -> Duration {
        Duration::from_secs(5)
    }
}

pub struct Stage {
    pub house: House,
    pub url: Option<String>,
    pub now: Arc<Mutex<DateTime<Utc>>>,
    pub site: watch::Receiver<Arc<Site>>,
    follower: Follower,
    tell: watch::Sender<IndexStanding>,
    web: Web,
    pub dir: tempfile::TempDir,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// 2026-11-25 (a Wednesday), ten o'clock in China.
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

pub async fn open(data: &Path, database_url: Option<String>) -> House {
    House::open(&DataArgs { data: data.to_owned(), database_url }).await.unwrap()
}

pub fn site() -> watch::Receiver<Arc<Site>> {
    let site = Site { base_url: "https://spaq.example.cn".into(), bureau: BUREAU.into(), ..Site::default() };
    watch::channel(Arc::new(site)).1
}

pub fn sample(number: &str, product: &str, seller: &str, verdict: Verdict) -> SampleDraft {
    let failed = FailedItem { item: "镉".into(), result: Some("0.3mg/kg".into()), limit: Some("≤0.2mg/kg".into()) };
    let address = if seller == SHOP { "云川市柳湾县南门路1号" } else { "云川市青禾区北门路2号" };
    SampleDraft {
        number: Some(number.into()),
        product: product.into(),
        category: Some(if seller == SHOP { "粮食加工品" } else { "糕点" }.into()),
        seller: Party { name: Some(seller.into()), address: Some(address.into()), province: None },
        verdict: Some(verdict),
        failed_items: if verdict == Verdict::Failed { vec![failed] } else { Vec::new() },
        ..SampleDraft::default()
    }
}

pub fn bulletin(samples: Vec<SampleDraft>) -> BulletinDraft {
    BulletinDraft {
        replaces: None,
        title: "食品安全监督抽检信息公告".into(),
        issue_no: Some("2026年第1期".into()),
        published_on: "2026-11-20".parse().unwrap(),
        source: BUREAU.into(),
        intro: None,
        notes: Vec::new(),
        original: None,
        samples,
        demo: false,
        publish: true,
        reason: None,
    }
}

/// A penalty of an operator.
pub fn penalty(party: &str, number: u32) -> Content {
    let mut content = Content::new(Kind::Penalty);
    let title = format!("{party}经营不合格食品案{number}");
    content.fill([
        ("title", title.as_str()),
        ("source", BUREAU),
        ("published_on", "2026-11-24"),
        ("party", party),
        ("party_address", "云川市柳湾县南门路1号"),
        ("party_kind", "company"),
        ("document_number", "云市监处罚〔2026〕1号"),
        ("procedure", "ordinary"),
        ("violation", "经营不合格食品"),
        ("facts", "经营镉超标的大米"),
        ("basis", "依据"),
        ("penalty", "罚款5000元"),
        ("authority", BUREAU),
        ("decided_on", "2026-11-01"),
        ("removal_class", "order-45/ordinary"),
    ]);
    content
}

pub fn tip(title: &str) -> Content {
    let mut content = Content::new(Kind::Tip);
    content.fill([("title", title), ("source", BUREAU), ("published_on", "2026-11-24"), ("body", "注意储存。")]);
    content
}

/// Publishes something new.
pub async fn publish(house: &House, content: &Content) -> Uuid {
    let now = house.clock.now();
    let id = house.ids.next(now);
    let mut tx = house.db.begin().await.unwrap();
    tx.insert_publication(id, content.kind, &Work::ready(content.clone()), now).await.unwrap();
    tx.commit().await.unwrap();
    perform(house, id, Act::Publish, Standing::Public, Some(content)).await;
    id
}

pub async fn perform(house: &House, id: Uuid, act: Act, standing: Standing, content: Option<&Content>) {
    let mut tx = house.db.begin().await.unwrap();
    let publication = tx.publication(id).await.unwrap().unwrap();
    let next = Life { standing, work: None };
    let hides_earlier = standing == Standing::Removed;
    let performing = Performing {
        next,
        act,
        content,
        bulletin: None,
        edition: None,
        reason: "更正",
        hides_earlier,
        remove_on: None,
    };
    tx.perform(&publication, &performing, &house.ids, house.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
}

impl Stage {
    pub async fn set(url: Option<String>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let now = Arc::new(Mutex::new(moment()));
        let shown = Arc::clone(&now);
        let house = House {
            clock: Clock::of(move || {
                // no two acts at one time
                let mut now = shown.lock().unwrap();
                *now += TimeDelta::milliseconds(1);
                *now
            }),
            ..open(dir.path(), url.clone()).await
        };
        let samples = vec![sample("S1", "大米", SHOP, Verdict::Failed), sample("S2", "蛋糕", MILL, Verdict::Passed)];
        house.db.save_bulletin(&bulletin(samples), &house.ids, house.clock.now()).await.unwrap();
        let mut follower = Follower::new(house.db.clone(), Arc::clone(&house.index));
        let (tell, standing) = watch::channel(follower.catch_up().await.unwrap());
        let site = site();
        let web = Web::new(&house, site.clone(), standing, Front::default()).unwrap();
        let stage = Self { house, url, now, site, follower, tell, web, dir };
        // what was there before anybody could follow it
        stage.alerter().catch_up().await.unwrap();
        stage
    }

    pub fn later(&self, by: TimeDelta) {
        *self.now.lock().unwrap() += by;
    }

    pub fn alerter(&self) -> Alerter {
        Alerter::new(self.house.clone(), self.site.clone())
    }

    pub async fn follow(&mut self) {
        self.tell.send_replace(self.follower.catch_up().await.unwrap());
    }

    /// The follower, to run by itself: of several one has the index.
    pub fn take_follower(&mut self) -> Follower {
        let other = Follower::new(self.house.db.clone(), Arc::clone(&self.house.index));
        std::mem::replace(&mut self.follower, other)
    }

    pub async fn publish(&mut self, content: &Content) -> Uuid {
        let id = publish(&self.house, content).await;
        self.follow().await;
        id
    }

    pub async fn act(&mut self, id: Uuid, act: Act, standing: Standing, content: Option<&Content>) {
        perform(&self.house, id, act, standing, content).await;
        self.follow().await;
    }

    pub async fn save(&mut self, samples: Vec<SampleDraft>) -> Uuid {
        let saved = self.house.db.save_bulletin(&bulletin(samples), &self.house.ids, self.house.clock.now()).await;
        self.follow().await;
        saved.unwrap().id.unwrap()
    }

    /// The page of an operator.
    pub async fn operator(&self, name: &str) -> Uuid {
        use app::ports::Directory;
        let all = self.house.db.operators(None, 100).await.unwrap().items;
        all.into_iter().find(|one| one.name == name).unwrap().id
    }

    /// When a publication was changed last, as feeds write it.
    pub async fn document_time(&self, id: Uuid) -> String {
        use app::ports::{Notices, Publications};
        let at = match self.house.db.notice(id).await {
            Ok(full) => full.notice.updated_at,
            Err(_) => self.house.db.bulletin(id).await.unwrap().updated_at,
        };
        at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    pub fn finder(&self) -> Arc<dyn app::ports::Finder> {
        Arc::clone(&self.web.finder)
    }

    /// Lets the alerter go on, and sends what lies in the outbox.
    pub async fn told(&self) -> Vec<Sent> {
        self.alerter().catch_up().await.unwrap();
        self.sent().await
    }

    pub fn worker(&self, mailbox: &Mailbox) -> Worker {
        worker(&self.house, mailbox)
    }

    /// What leaves now.
    pub async fn sent(&self) -> Vec<Sent> {
        let mailbox = Mailbox::default();
        self.worker(&mailbox).send_due().await.unwrap();
        let mut sent = mailbox.0.lock().unwrap().clone();
        sent.sort_by(|a, b| (&a.to, &a.subject).cmp(&(&b.to, &b.subject)));
        sent
    }

    /// Asks for a subscription; gives the letter.
    pub async fn ask(&self, topic: &str, pace: &str, mail: &str) -> Sent {
        let answer = self.post(&form_of(topic), &[("mail", mail), ("pace", pace)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{topic}: {}", answer.body);
        let mut sent = self.sent().await;
        assert_eq!(sent.len(), 1, "{topic} {mail}");
        sent.pop().unwrap()
    }

    /// A confirmed subscription; gives its code.
    pub async fn subscribe(&self, topic: &str, pace: &str, mail: &str) -> String {
        let code = self.ask(topic, pace, mail).await.code();
        let answer = self.post("/alerts/confirm", &[("code", &code)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert!(answer.body.contains("订阅已经开始"), "{}", answer.body);
        code
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Answer {
        let request = request(method, path, headers, body);
        let (status, headers, body) = ask(&self.web, request).await;
        Answer { status, headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], String::new()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_from(path, fields, &[("sec-fetch-site", "same-origin")]).await
    }

    pub async fn post_from(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let headers: Vec<_> = kind.iter().chain(headers).copied().collect();
        self.send(Method::POST, path, &headers, body).await
    }
}

pub fn worker(house: &House, mailbox: &Mailbox) -> Worker {
    Worker {
        db: house.db.clone(),
        outbox: house.mail.clone(),
        clock: house.clock.clone(),
        from: Sender::parse("noreply@spaq.example.cn").unwrap(),
        post: Arc::new(mailbox.clone()),
    }
}

pub fn form_of(topic: &str) -> String {
    format!("/alerts/new?{}", form_urlencoded::Serializer::new(String::new()).append_pair("topic", topic).finish())
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
