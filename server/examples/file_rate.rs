//! How many complaints a second are taken, each acknowledged after a durable commit, beside bare commits of one row in
//! the same database on the same disk: `cargo run --release --example file_rate -- DATA [SECONDS]`.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use app::{
    domain::case::{Filing, Source, read},
    ports::Site,
};
use server::{auth::Token, cases::CaseService, config::DataArgs, desk::Law, house::House, store::Db};

/// Complaints on their way at once.
const CLIENTS: usize = 32;

fn form() -> Vec<Filing> {
    let form = [
        ("want", "complaint"),
        ("problem", "foreign_body"),
        ("party", "云川市青石巷包子铺"),
        ("party_address", "青石巷 12 号"),
        ("product", "豆沙包"),
        ("story", "买的豆沙包里有一段铁丝，长约两厘米。当场找店员，店员不认。"),
        ("request", "退款 6 元，赔偿检查费 180 元"),
        ("name", "欧阳海棠"),
        ("phone", "13812348000"),
        ("mail", "ouyang@example.cn"),
        ("address", "云川市青禾区南门路77号"),
    ];
    let field = |name: &str| form.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
    read(field, server::clock::Clock::system().today()).unwrap_or_default()
}

/// One row a commit, one writer, the portal's own connection.
async fn bare_commits(db: &Db, time: Duration) -> Result<f64, sqlx::Error> {
    const MAKE: &str = "CREATE TABLE IF NOT EXISTS bare (number BIGINT NOT NULL)";
    const INSERT: &str = "INSERT INTO bare (number) VALUES (1)";
    const DROP: &str = "DROP TABLE bare";
    let (start, mut commits) = (Instant::now(), 0_u32);
    match db {
        Db::Sqlite { write, .. } => {
            sqlx::query(MAKE).execute(write).await?;
            while start.elapsed() < time {
                sqlx::query(INSERT).execute(write).await?;
                commits += 1;
            }
            let seconds = start.elapsed().as_secs_f64();
            sqlx::query(DROP).execute(write).await?;
            Ok(f64::from(commits) / seconds)
        }
        Db::Postgres(pool) => {
            sqlx::query(MAKE).execute(pool).await?;
            while start.elapsed() < time {
                sqlx::query(INSERT).execute(pool).await?;
                commits += 1;
            }
            let seconds = start.elapsed().as_secs_f64();
            sqlx::query(DROP).execute(pool).await?;
            Ok(f64::from(commits) / seconds)
        }
    }
}

#[tokio::main(worker_threads = 4)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut given = std::env::args().skip(1);
    let data = given.next().ok_or("data folder")?;
    let seconds: u64 = given.next().map_or(Ok(5), |text| text.parse())?;
    let database_url = std::env::var("PORTAL_DATABASE_URL").ok().filter(|url| !url.is_empty());
    let house = House::open(&DataArgs { data: data.into(), database_url }).await?;
    let law = Law::read(&house.data)?;
    let site = Site { bureau: "云川市市场监督管理局".into(), ..Site::default() };
    let cases = CaseService::new(house.clone(), &law, &site);
    for round in 1..=3 {
        let bare = bare_commits(&house.db, Duration::from_secs(seconds)).await?;
        let taken = Arc::new(AtomicU32::new(0));
        let start = Instant::now();
        let clients = (0..CLIENTS).map(|_| {
            let (cases, house, taken) = (cases.clone(), house.clone(), Arc::clone(&taken));
            tokio::spawn(async move {
                let forms = form();
                while start.elapsed() < Duration::from_secs(seconds) {
                    let form_token = Token::random(&house.ids);
                    if cases.file(&form_token, &forms, Source::Portal, None).await.is_ok() {
                        taken.fetch_add(1, Ordering::Relaxed);
                    }
                }
            })
        });
        for client in clients.collect::<Vec<_>>() {
            client.await?;
        }
        let rate = f64::from(taken.load(Ordering::Relaxed)) / start.elapsed().as_secs_f64();
        let (ratio, most) = (rate / bare, cases.taken_together());
        println!(
            "round {round}: bare commits {bare:.0}/s, complaints {rate:.0}/s, ratio {ratio:.2}, {most} at most together"
        );
    }
    Ok(())
}
