//! How fast an operator's page is among many: `operator_load FOLDER [OPERATORS] [DATABASE_URL]` fills an empty folder with
//! operators, samples, a penalty list and registers, then asks for pages that nobody asked for before, and prints the times.
#![expect(clippy::unwrap_used, reason = "a measurement that fails says where")]

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use app::{
    domain::sample::{Party, SampleDraft, Verdict},
    ports::{Directory, Site},
};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
};
use server::{
    config::DataArgs,
    front::Front,
    house::House,
    http::{self, Web},
    index::Standing,
    registers::{FOLDER, Registrar, Said},
    store::BulletinDraft,
};
use tokio::sync::watch;
use tower::ServiceExt as _;
use uuid::Uuid;

/// Samples of one bulletin.
const BULLETIN: usize = 20_000;
/// Rows of one register.
const REGISTER: usize = 50_000;
/// Registers of the portal that have entries.
const REGISTERS: usize = 40;
/// Pages asked for.
const PAGES: usize = 400;
/// Samples of the shop that has most.
const HEAVY: usize = 5_000;

fn name(at: usize) -> String {
    format!("云川市{}号食品经营部", 100_000 + at)
}

fn address(at: usize) -> String {
    let district = ["青禾区", "柳湾县", "临江区", "东溪县"][at % 4];
    format!("云川市{district}{}路{}号", ["南门", "北门", "东街", "河西"][at / 4 % 4], at / 16 + 1)
}

fn party(at: usize) -> Party {
    Party { name: Some(name(at)), address: Some(address(at)), province: None }
}

fn bulletin(title: String, samples: Vec<SampleDraft>) -> BulletinDraft {
    BulletinDraft {
        replaces: None,
        title,
        issue_no: None,
        published_on: "2026-03-01".parse().unwrap(),
        source: "云川市市场监督管理局".into(),
        intro: None,
        notes: Vec::new(),
        original: None,
        samples,
        demo: true,
        publish: true,
        reason: None,
    }
}

fn sample(at: usize, seller: usize) -> SampleDraft {
    SampleDraft {
        number: Some(format!("S{at}-{seller}")),
        product: "大米".into(),
        producer: party(seller / 7),
        seller: party(seller),
        verdict: Some(if at.is_multiple_of(40) { Verdict::Failed } else { Verdict::Passed }),
        ..SampleDraft::default()
    }
}

/// What the bureau's own registers are made after.
const INSPECTIONS: (&str, &str, &str) = ("inspections", "经营者名称,检查结果,检查日期,经营地址\n", "符合,2026-05-01");
/// Registers that came with the program: code, head of a table, what each of its lines says.
const SHIPPED: [(&str, &str, &str); 4] = [
    ("dynamic-grades", "经营者名称,动态等级,评定日期,经营地址\n", "良好,2026-09-01"),
    ("risk-grades", "经营者名称,风险等级,评定日期,评定年度,经营地址\n", "B,2026-01-10,2026"),
    INSPECTIONS,
    ("food-safety-staff", "经营者名称,姓名,岗位,经营地址\n", "王芳,食品安全员"),
];

/// The code of a register that the bureau added by a file.
fn of_bureau(at: usize) -> String {
    format!("bureau-{at:02}")
}

/// Writes the bureau's own definitions: one that came with the program, under other names.
fn define(data: &Path) {
    let folder = data.join(FOLDER);
    fs::create_dir_all(&folder).unwrap();
    let shipped = include_str!("../../app/data/registers/inspections.toml");
    for at in SHIPPED.len()..REGISTERS {
        let own = shipped.replacen("食品生产经营监督检查结果", &format!("第{at}类检查结果"), 1);
        fs::write(folder.join(of_bureau(at)).with_extension("toml"), own).unwrap();
    }
}

async fn fill(house: &House, operators: usize) {
    let now = house.clock.now();
    for first in (0..operators).step_by(BULLETIN) {
        let samples = (first..operators.min(first + BULLETIN)).map(|at| sample(at, at)).collect();
        let begun = Instant::now();
        house.db.save_bulletin(&bulletin(format!("第{first}期"), samples), &house.ids, now).await.unwrap();
        println!("{} operators: {:.1} s", first + BULLETIN, begun.elapsed().as_secs_f64());
    }
    let heavy = (0..HEAVY).map(|at| sample(operators + at, 17)).collect();
    house.db.save_bulletin(&bulletin("一家".into(), heavy), &house.ids, now).await.unwrap();
    let registrar = Registrar::of(house, "云川市市场监督管理局".into());
    let rows = REGISTER.min(operators);
    let codes = (SHIPPED.len()..REGISTERS).map(of_bureau).collect::<Vec<_>>();
    let own = codes.iter().map(|code| (code.as_str(), INSPECTIONS.1, INSPECTIONS.2));
    for (register, head, row) in SHIPPED.into_iter().chain(own) {
        let mut csv = head.to_owned();
        for at in 0..rows {
            writeln!(csv, "{},{row},{}", name(at), address(at)).unwrap();
        }
        let begun = Instant::now();
        let read = registrar.read(register, "a.csv", csv.as_bytes(), &mut |_| ()).unwrap();
        registrar.publish(&read, csv.as_bytes(), &Said::default()).await.unwrap();
        println!("{register}: {rows} rows in {:.1} s", begun.elapsed().as_secs_f64());
    }
}

fn at(times: &[f64], part: usize) -> f64 {
    times[(times.len() - 1) * part / 100]
}

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let data: PathBuf = args.next().unwrap().into();
    let operators: usize = args.next().map_or(200_000, |count| count.parse().unwrap());
    define(&data);
    let house = House::open(&DataArgs { data, database_url: args.next() }).await.unwrap();
    if house.db.is_empty().await.unwrap() {
        fill(&house, operators).await;
    }
    let listed: Vec<Uuid> = {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = house.db.operators(after.as_deref(), 1_000).await.unwrap();
            all.extend(page.items.into_iter().map(|line| line.id));
            after = page.next;
            if after.is_none() {
                break all;
            }
        }
    };
    println!("{} operators with a page", listed.len());
    let feed = house.db.feed_position().await.unwrap();
    let standing = watch::channel(Standing { feed, index: feed }).1;
    let site = watch::channel(Arc::new(Site::default())).1;
    let web = Web::new(&house, site, standing, Front::default()).unwrap();
    let service = http::site(&web);
    let ask = async |path: String| {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let begun = Instant::now();
        let answer = service.clone().oneshot(request).await.unwrap();
        assert!(answer.status().is_success());
        let body = to_bytes(answer.into_body(), 10 << 20).await.unwrap();
        (begun.elapsed().as_secs_f64() * 1_000.0, body.len())
    };
    // nothing is kept of these: each address is asked for once
    let mut times = Vec::new();
    for round in 0..PAGES + 20 {
        let id = listed[round * 7_919 % listed.len()];
        let (took, _) = ask(format!("/operators/{id}?after=20990101_{:032x}", 1)).await;
        if round >= 20 {
            times.push(took);
        }
    }
    times.sort_by(f64::total_cmp);
    println!("page: p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms", at(&times, 50), at(&times, 95), at(&times, 99));
    let mut times = Vec::new();
    let heavy = heavy_of(&house, &listed).await;
    for round in 0..100 {
        let (elapsed, length) = ask(format!("/operators/{heavy}?after=20990101_{:032x}", round + 2)).await;
        assert!(length > 10_000);
        times.push(elapsed);
    }
    times.sort_by(f64::total_cmp);
    println!("with {HEAVY} samples: p50 {:.2} ms, p95 {:.2} ms", at(&times, 50), at(&times, 95));
}

/// The shop that has most samples.
async fn heavy_of(house: &House, listed: &[Uuid]) -> Uuid {
    for id in listed {
        let found = house.db.operator(*id).await.unwrap();
        if found.as_seller.iter().any(|one| one.tally.total() >= HEAVY as u64) {
            return *id;
        }
    }
    listed[0]
}
