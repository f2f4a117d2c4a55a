//! Many who follow one place: one pass, bounded memory, once each.

use std::{
    collections::{BTreeSet, HashSet},
    time::{Duration, Instant},
};

use app::domain::alert::Pace;
use chrono::{DateTime, Utc};
use server::{
    alerts::Progress,
    house::House,
    secret::{Place, Secrets},
    store::Db,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::stage::{SHOP, Stage, penalty, publish, stages};

/// Confirmed subscriptions to one topic.
pub async fn crowd(house: &House, topic: &str, many: usize) {
    let secrets = Secrets::open(&house.data).unwrap();
    let now: DateTime<Utc> = house.clock.now();
    let since = i64::try_from(house.db.feed_position().await.unwrap()).unwrap();
    let rows: Vec<(Uuid, Vec<u8>, Vec<u8>)> = (0..many)
        .map(|number| {
            let id = house.ids.secret();
            let place = Place { table: "subscription", column: "address", id };
            let address = format!("reader{number}@example.cn");
            (id, secrets.seal(place, address.as_bytes()).unwrap(), format!("{topic}{number}").into_bytes())
        })
        .collect();
    for batch in rows.chunks(1_000) {
        macro_rules! insert {
            ($pool:expr) => {{
                let mut query = QueryBuilder::new(
                    "INSERT INTO subscription (id, topic, pace, address_sealed, address_hash, asked, asked_at, \
                     confirmed_at, since, created_at) ",
                );
                query.push_values(batch, |mut row, (id, address, hash)| {
                    row.push_bind(id).push_bind(topic).push_bind("now").push_bind(address).push_bind(hash);
                    row.push_bind(1_i64).push_bind(now).push_bind(now).push_bind(since).push_bind(now);
                });
                query.build().execute($pool).await.map(|_| ())
            }};
        }
        match &house.db {
            Db::Sqlite { write, .. } => insert!(write),
            Db::Postgres(pool) => insert!(pool),
        }
        .unwrap();
    }
}

/// A figure of this process, in bytes (`VmRSS`, `VmHWM`).
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() << 10
}

/// Lets one alerter tell a crowd; how long it took, in how many transactions, and how much memory grew at most.
async fn tell(stage: &mut Stage, many: u64) -> (Duration, u32, u64) {
    let mut alerter = stage.alerter();
    // the highest mark starts anew
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let (before, begin) = (memory("VmRSS"), Instant::now());
    let (mut left, mut steps) = (0, 0);
    loop {
        match alerter.step(Pace::Now).await.unwrap() {
            Progress::Left(letters) => {
                left += letters;
                steps += 1;
            }
            Progress::Idle => break,
            other => panic!("{other:?}"),
        }
    }
    let took = begin.elapsed();
    assert_eq!(left, many);
    (took, steps, memory("VmHWM").saturating_sub(before))
}

#[tokio::test]
async fn ten_thousand_cost_one_pass() {
    const MANY: u64 = 10_000;
    for mut stage in stages().await {
        let shop = format!("operator:{}", stage.operator(SHOP).await);
        crowd(&stage.house, &shop, usize::try_from(MANY).unwrap()).await;
        // and many that have nothing to do with it
        crowd(&stage.house, "kind:recall", 10_000).await;
        stage.publish(&penalty(SHOP, 1)).await;
        let (took, steps, memory) = tell(&mut stage, MANY).await;
        eprintln!("{MANY} letters: {took:?}, {steps} transactions, {} MB more at most", memory >> 20);
        // one transaction for each thousand, and an empty one at the end
        assert!(steps <= 11, "{steps}");
        assert!(took < Duration::from_mins(1), "{took:?}");
        assert!(memory < 128 << 20, "{memory}");
        let counts = stage.house.db.letter_counts().await.unwrap();
        assert_eq!(counts, [("waiting".to_owned(), i64::try_from(MANY).unwrap())]);
        assert_eq!(stage.alerter().catch_up().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn two_alerters_beside_each_other_tell_once() {
    for mut stage in stages().await {
        let shop = format!("operator:{}", stage.operator(SHOP).await);
        crowd(&stage.house, &shop, 1_500).await;
        for number in 0..3 {
            stage.publish(&penalty(SHOP, number)).await;
        }
        let mut alerters = [stage.alerter(), stage.alerter(), stage.alerter()];
        let [one, two, three] = &mut alerters;
        let (one, two, three) = tokio::join!(one.catch_up(), two.catch_up(), three.catch_up());
        assert_eq!(one.unwrap() + two.unwrap() + three.unwrap(), 1_500);
        let sent = stage.sent().await;
        let readers: BTreeSet<&str> = sent.iter().map(|sent| sent.to.as_str()).collect();
        assert_eq!((sent.len(), readers.len()), (1_500, 1_500));
        assert!(sent.iter().all(|sent| sent.subject.contains("有 3 条变化")));
        let codes: HashSet<String> = sent.iter().map(super::stage::Sent::code).collect();
        assert_eq!(codes.len(), 1_500, "each has a code of its own");
    }
}

#[tokio::test]
async fn what_changes_while_letters_are_on_their_way_is_told_too() {
    for mut stage in stages().await {
        let shop = format!("operator:{}", stage.operator(SHOP).await);
        crowd(&stage.house, &shop, 1_200).await;
        stage.publish(&penalty(SHOP, 1)).await;
        let mut alerter = stage.alerter();
        assert_eq!(alerter.step(Pace::Now).await.unwrap(), Progress::Left(1_000));
        publish(&stage.house, &penalty(SHOP, 2)).await;
        stage.follow().await;
        // another one goes on where the first one stood
        assert_eq!(stage.alerter().catch_up().await.unwrap(), 200 + 1_200);
        assert_eq!(alerter.catch_up().await.unwrap(), 0);
        let sent = stage.sent().await;
        let of = |number: u32| {
            let subject = format!("新公布 · 行政处罚：{SHOP}经营不合格食品案{number}");
            sent.iter()
                .filter(|sent| sent.subject == subject)
                .map(|sent| sent.to.clone())
                .collect::<BTreeSet<_>>()
                .len()
        };
        assert_eq!((sent.len(), of(1), of(2)), (2_400, 1_200, 1_200));
    }
}

#[tokio::test]
async fn letters_about_cases_go_before_many_alerts() {
    for mut stage in stages().await {
        let shop = format!("operator:{}", stage.operator(SHOP).await);
        crowd(&stage.house, &shop, 300).await;
        stage.publish(&penalty(SHOP, 1)).await;
        stage.alerter().catch_up().await.unwrap();
        stage.later(chrono::TimeDelta::seconds(1));
        let answer = stage.post("/alerts/new?topic=all", &[("mail", "late@example.cn"), ("pace", "now")]).await;
        assert_eq!(answer.status, 303);
        let mailbox = super::stage::Mailbox::default();
        stage.worker(&mailbox).send_due().await.unwrap();
        let sent = mailbox.0.lock().unwrap().clone();
        assert_eq!((sent.len(), sent[0].to.as_str()), (301, "late@example.cn"));
    }
}
