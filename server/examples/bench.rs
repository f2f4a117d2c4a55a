//! Search through HTTP beside SQLite FTS5 over bigrams, on the same queries, in one run.
//! `cargo run --release -p server --example bench -- DATA ADDRESS PORTAL [SECONDS]`: a data folder with samples, the
//! address of a portal that serves it, and the program itself, which publishes while searches run.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sqlx::{Row, SqlitePool, sqlite::SqliteConnectOptions};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const QUERIES: usize = 2_000;

/// One keep-alive connection.
struct Client(BufReader<TcpStream>);

impl Client {
    fn to(address: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    fn get(&mut self, path: &str) -> Result<String, Failure> {
        self.0.get_mut().write_all(format!("GET {path} HTTP/1.1\r\nhost: bench\r\n\r\n").as_bytes())?;
        let mut length = 0;
        let mut line = String::new();
        loop {
            line.clear();
            self.0.read_line(&mut line)?;
            let lower = line.to_ascii_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        Ok(String::from_utf8(body)?)
    }
}

/// A query: its text and whether it is filtered and newest first.
struct Asked {
    text: String,
    filtered: bool,
    /// Differs, so that a repeated text is not answered from the portal's cache of answers
    limit: usize,
}

impl Asked {
    fn path(&self, facets: bool) -> String {
        let text: String = form_urlencoded::byte_serialize(self.text.as_bytes()).collect();
        let more = if self.filtered { "&verdict=failed&sort=newest" } else { "" };
        format!("/api/v1/search?limit={}&facets={facets}&q={text}{more}", self.limit)
    }
}

/// Names as printed, cores of names, items, product and item; a third filtered and newest first.
fn queries(rows: &[(String, String, String, Option<String>)], random: &mut ChaCha8Rng) -> Vec<Asked> {
    (0..QUERIES)
        .map(|number| {
            let (product, producer, seller, item) = &rows[random.random_range(0..rows.len())];
            let core = |name: &str| {
                let chars: Vec<char> = name.chars().collect();
                let from = 3.min(chars.len().saturating_sub(4));
                chars[from..(from + 4).min(chars.len())].iter().collect::<String>()
            };
            let text = match number % 5 {
                0 => seller.clone(),
                1 => core(seller),
                2 => core(producer),
                3 => item.clone().unwrap_or_else(|| product.clone()),
                _ => format!("{product} {}", item.as_deref().unwrap_or("")),
            };
            Asked { text, filtered: number % 3 == 0, limit: 10 + random.random_range(0..6) }
        })
        .collect()
}

struct Figures {
    p50: f64,
    p99: f64,
}

fn figures(mut times: Vec<f64>) -> Figures {
    times.sort_by(f64::total_cmp);
    Figures { p50: times[times.len() / 2], p99: times[times.len() * 99 / 100] }
}

fn latencies(address: &str, asked: &[Asked], facets: bool) -> Result<Figures, Failure> {
    let mut client = Client::to(address)?;
    let mut times = Vec::with_capacity(asked.len());
    for query in asked {
        let started = Instant::now();
        client.get(&query.path(facets))?;
        times.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(figures(times))
}

/// Queries a second of two clients.
fn throughput(address: &str, asked: &[Asked], facets: bool) -> Result<f64, Failure> {
    let started = Instant::now();
    std::thread::scope(|scope| -> Result<(), Failure> {
        let halves: Vec<_> =
            asked.chunks(asked.len() / 2).map(|half| scope.spawn(move || latencies(address, half, facets))).collect();
        for half in halves {
            half.join().map_err(|_| "a client failed")??;
        }
        Ok(())
    })?;
    Ok(rate(asked.len(), started.elapsed()))
}

#[expect(clippy::cast_precision_loss, reason = "a small count")]
fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

/// Runs work while small publications are made again and again.
fn while_publishing<T>(portal: &str, data: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut seed = 1_000;
            while !stop.load(Ordering::Relaxed) {
                seed += 1;
                let publish = Command::new(portal)
                    .args(["demo", "--data", data, "--samples", "100", "--seed", &seed.to_string()])
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .status();
                if publish.is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(300));
            }
        });
        let done = work();
        stop.store(true, Ordering::Relaxed);
        done
    })
}

fn bigrams(text: &str) -> String {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.windows(2).map(|pair| pair.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// SQLite FTS5 over bigrams on the same rows: build, then the same queries by two readers for some seconds.
async fn fts5(file: &std::path::Path, data: &str, asked: &[Asked], seconds: u64) -> Result<(f64, Figures), Failure> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .pragma("journal_mode", "OFF")
        .pragma("synchronous", "OFF");
    let pool = SqlitePool::connect_with(options).await?;
    sqlx::query("CREATE VIRTUAL TABLE t USING fts5(g, v UNINDEXED, d UNINDEXED, content='')").execute(&pool).await?;
    let source =
        SqlitePool::connect_with(SqliteConnectOptions::new().filename(format!("{data}/portal.db")).read_only(true))
            .await?;
    let mut tx = pool.begin().await?;
    let mut last = Vec::new();
    loop {
        let rows = sqlx::query(
            "SELECT s.id, product || ' ' || COALESCE(producer_name,'') || ' ' || COALESCE(seller_name,'') || ' ' || COALESCE(category,'') \
             || ' ' || COALESCE((SELECT group_concat(item, ' ') FROM failed_item f WHERE f.sample_id = s.id), ''), rowid \
             FROM sample s WHERE s.id > $1 ORDER BY s.id LIMIT 5000",
        )
        .bind(&last)
        .fetch_all(&source)
        .await?;
        let Some(end) = rows.last() else { break };
        last = end.get::<Vec<u8>, _>(0);
        for row in &rows {
            sqlx::query("INSERT INTO t (rowid, g) VALUES ($1, $2)")
                .bind(row.get::<i64, _>(2))
                .bind(bigrams(&row.get::<String, _>(1)))
                .execute(&mut *tx)
                .await?;
        }
    }
    tx.commit().await?;
    let started = Instant::now();
    let mut tasks = Vec::new();
    for half in 0..2 {
        let pool = pool.clone();
        let texts: Vec<String> = asked.iter().skip(half).step_by(2).map(|query| query.text.clone()).collect();
        tasks.push(tokio::spawn(async move {
            let mut times = Vec::new();
            for text in texts.iter().cycle() {
                if started.elapsed().as_secs() >= seconds {
                    break;
                }
                let wanted =
                    bigrams(text).split(' ').map(|gram| format!("\"{gram}\"")).collect::<Vec<_>>().join(" AND ");
                let asked = Instant::now();
                sqlx::query("SELECT rowid, rank FROM t WHERE t MATCH $1 ORDER BY rank LIMIT 10")
                    .bind(wanted)
                    .fetch_all(&pool)
                    .await?;
                times.push(asked.elapsed().as_secs_f64() * 1000.0);
            }
            Ok::<_, sqlx::Error>(times)
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    let per_second = rate(times.len(), started.elapsed());
    Ok((per_second, figures(times)))
}

/// Milliseconds from the commit of a publication until a search finds it.
fn until_searchable(address: &str, portal: &str, data: &str) -> Result<f64, Failure> {
    let dir = tempfile::tempdir()?;
    let name = format!("量测{}号特产", std::process::id());
    let file = dir.path().join("one.csv");
    std::fs::write(
        &file,
        format!("抽样编号,食品名称,被抽样单位名称,判定\nM{},{name},测量店,合格\n", std::process::id()),
    )?;
    let mut client = Client::to(address)?;
    let path = format!(
        "/api/v1/search?facets=false&q={}",
        form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>()
    );
    let mut child = Command::new(portal)
        .args(["import", "sampling", "--publish", "--json", "--data", data])
        .arg(&file)
        .stdout(Stdio::null())
        .spawn()?;
    let feed = |client: &mut Client| -> Result<(u64, u64), Failure> {
        let ready: serde_json::Value = serde_json::from_str(&client.get("/readyz")?)?;
        Ok((ready["feed_position"].as_u64().unwrap_or(0), ready["index_position"].as_u64().unwrap_or(0)))
    };
    let before = feed(&mut client)?.0;
    let db = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let pool = db.block_on(SqlitePool::connect_with(
        SqliteConnectOptions::new().filename(format!("{data}/portal.db")).read_only(true),
    ))?;
    while db.block_on(sqlx::query_scalar::<_, i64>("SELECT position FROM change_counter").fetch_one(&pool))?
        <= i64::try_from(before)?
    {
        std::thread::sleep(Duration::from_millis(1));
    }
    let committed = Instant::now();
    loop {
        let answer: serde_json::Value = serde_json::from_str(&client.get(&path)?)?;
        if answer["hits"][0]["title"] == name.as_str() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let waited = committed.elapsed().as_secs_f64() * 1000.0;
    child.wait()?;
    Ok(waited)
}

/// Writes a table of so many rows as a bureau would.
fn write_sheet(file: &str, rows: u64) -> Result<(), Failure> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let headings = [
        "抽样编号",
        "序号",
        "标称生产企业名称",
        "标称生产企业地址",
        "被抽样单位名称",
        "被抽样单位地址",
        "食品名称",
        "规格型号",
        "商标",
        "生产日期/批号",
        "不合格项目║检验结果║标准值",
        "分类",
        "公告号",
        "公告日期",
        "任务来源/项目名称",
        "检验机构名称",
        "备注",
    ];
    for (column, heading) in (0..).zip(headings) {
        sheet.write(0, column, heading)?;
    }
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).ok_or("no such day")?;
    let samples = server::demo::stream(11, rows, today).flat_map(|bulletin| bulletin.samples);
    for (row, sample) in (1_u32..).zip(samples) {
        let item = sample.failed_items.first().map(|found| {
            [Some(&found.item), found.result.as_ref(), found.limit.as_ref()]
                .into_iter()
                .flatten()
                .cloned()
                .collect::<Vec<_>>()
                .join("║")
        });
        let number = Some(row.to_string());
        let day = sample.date.map(|date| date.text);
        let cells = [
            sample.number,
            number,
            sample.producer.name,
            sample.producer.address,
            sample.seller.name,
            sample.seller.address,
            Some(sample.product),
            sample.spec,
            sample.brand,
            day,
            item,
            sample.category,
            Some("2026年第9期".into()),
            Some("2026-10-15".into()),
            sample.task,
            sample.laboratory,
            sample.remark,
        ];
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell.as_deref().unwrap_or("/"))?;
        }
    }
    Ok(book.save(file)?)
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, file, rows] = &arguments[..]
        && flag == "--sheet"
    {
        return write_sheet(file, rows.parse()?);
    }
    let [_, data, address, portal, rest @ ..] = &arguments[..] else {
        return Err("say the data folder, the portal's address and its program".into());
    };
    let seconds = rest.first().map_or(Ok(20), |text| text.parse())?;
    let runtime = tokio::runtime::Runtime::new()?;
    let rows = runtime.block_on(async {
        let pool = SqlitePool::connect_with(SqliteConnectOptions::new().filename(format!("{data}/portal.db")).read_only(true)).await?;
        sqlx::query_as::<_, (String, String, String, Option<String>)>(
            "SELECT product, COALESCE(producer_name, seller_name), seller_name, \
             (SELECT item FROM failed_item f WHERE f.sample_id = s.id LIMIT 1) FROM sample s WHERE rowid % 211 = 0 LIMIT 5000",
        )
        .fetch_all(&pool)
        .await
    })?;
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut set = || queries(&rows, &mut random);
    latencies(address, &set(), true)?;
    println!("search through HTTP, one client           p50 ms   p99 ms");
    for (name, facets) in [("without facets", false), ("with facets", true)] {
        let found = latencies(address, &set(), facets)?;
        println!("{name:<40} {:>7.2}  {:>7.2}", found.p50, found.p99);
        let asked = set();
        let found = while_publishing(portal, data, || latencies(address, &asked, facets))?;
        println!("{:<40} {:>7.2}  {:>7.2}", format!("{name}, while publishing"), found.p50, found.p99);
    }
    for facets in [false, true] {
        println!("two clients, facets {facets:<21} {:>7.0} queries/s", throughput(address, &set(), facets)?);
    }
    println!("publication searchable after commit      {:>7.0} ms", until_searchable(address, portal, data)?);
    let dir = tempfile::tempdir()?;
    let (per_second, found) = runtime.block_on(fts5(&dir.path().join("fts.db"), data, &set(), seconds))?;
    println!(
        "SQLite FTS5 over bigrams, two readers    {per_second:>7.0} queries/s, p50 {:.2} ms, p99 {:.2} ms",
        found.p50, found.p99
    );
    Ok(())
}
