//! Fills a data folder with invented complaints and reports that came in on several days, for trying out the desk:
//! `cargo run --example file_cases -- DATA COUNT OFFICER`. The last day is today; the officer takes all but every fourth.

use app::{
    domain::{
        case::{Command, Problem, Source, read},
        staff::{Role, Viewer},
    },
    ports::Site,
};
use chrono::TimeDelta;
use server::{
    auth::Token,
    cases::{CaseService, With},
    clock::Clock,
    config::DataArgs,
    desk::Law,
    house::House,
};

const PARTIES: [&str; 6] = [
    "云川市青石巷包子铺",
    "云川市白鹭饭店",
    "云川市海棠食品有限公司",
    "南门路农贸市场东门第三家水产摊",
    "云川市第二实验小学食堂（托管：云川市味佳餐饮管理服务有限责任公司）",
    "云川市青禾区晨光便利店",
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut given = std::env::args().skip(1);
    let data = given.next().ok_or("data folder")?;
    let count: usize = given.next().ok_or("count")?.parse()?;
    let officer = given.next().ok_or("officer")?;
    let house = House::open(&DataArgs { data: data.into(), database_url: None }).await?;
    let today = house.clock.now();
    let account = {
        use app::ports::Accounts;
        let accounts = house.auth.accounts().await?;
        accounts.into_iter().find(|one| one.name == officer).ok_or("no such officer")?
    };
    let viewer = Viewer { id: account.id, name: officer, roles: vec![Role::CaseOfficer], csrf: String::new() };
    for place in 0..count {
        let back = i64::try_from(place % 14)?;
        let house = House { clock: Clock::fixed(today - TimeDelta::days(back)), ..house.clone() };
        let site = Site { bureau: "云川市市场监督管理局".into(), ..Site::default() };
        let law = Law::read(&house.data)?;
        let cases = CaseService::new(house.clone(), &law, &site);
        let is_report = place % 3 == 2;
        let form = [
            ("want", if is_report { "report" } else { "complaint" }),
            ("problem", Problem::ALL[place % Problem::ALL.len()].code()),
            ("party", PARTIES[place % PARTIES.len()]),
            ("party_address", "青石巷 12 号"),
            ("product", "豆沙包"),
            ("story", "买的豆沙包里有一段铁丝，长约两厘米。\n当场找店员，店员不认。"),
            ("request", "退款 6 元，赔偿检查费 180 元"),
            ("anonymous", if is_report { "yes" } else { "" }),
            ("name", "欧阳海棠"),
            ("phone", "13812348000"),
            ("address", "云川市青禾区南门路77号"),
        ];
        let field = |name: &str| form.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
        let filings = read(field, house.clock.today()).map_err(|faults| format!("{faults:?}"))?;
        let source = Source::ALL[place % 6];
        let receipt = cases.file(&Token::random(&house.ids), &filings, source, None).await?;
        for half in receipt.halves {
            if place % 4 != 3 {
                cases.act(&viewer, half.id, 1, Command::Take, With::default()).await?;
            }
            println!("{} {}", half.id, half.number);
        }
    }
    Ok(())
}
