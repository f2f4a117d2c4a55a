//! Shops, producers, small trades and markets.

use chrono::Datelike;

use super::{CITY, Row, Stage, catering::phone, number_of, pick, point_of, with};

const STREETS: [&str; 8] = ["南门路", "学府路", "渡口街", "石桥路", "荷塘路", "柳岸街", "集市街", "松风路"];
const CORES: [&str; 10] = ["巷口", "桥头", "老灶", "小满", "春水", "半亩", "晨炊", "竹篱", "拾味", "远山"];

/// The rows of a register, where it is about these.
pub fn rows(code: &str, stage: &Stage) -> Option<Vec<Row>> {
    Some(match code {
        "risk-grades" => risk(stage),
        "small-trades" => (0..48).map(|number| small(number, stage)).collect(),
        "delisted-online-shops" => (0..9).map(|number| delisted(number, stage)).collect(),
        "quick-tests" => (0..120).map(|number| quick(number, stage)).collect(),
        "quick-test-points" => (0..16).map(point).collect(),
        "promise-certificates" => (0..18).map(|number| promise(number, stage)).collect(),
        "demonstrations" => demonstrations(stage),
        "violation-points" => stage.shops.iter().step_by(19).map(|one| points(one, stage)).collect(),
        "staff-exams" => stage.restaurants.iter().step_by(3).map(|one| exam(one, stage)).collect(),
        _ => return None,
    })
}

/// Where something of a number is: district, address, columns of its point.
fn somewhere(number: u64) -> (String, String, [(&'static str, String); 2]) {
    let district = pick(CITY.districts, number).to_owned();
    let mixed = number_of(&format!("somewhere {number}"));
    let address = format!("{}{district}{}{}号", CITY.name, pick(&STREETS, mixed), 1 + mixed % 300);
    let (lat, lon) = point_of(mixed, &district).degrees();
    (district, address, [("latitude", format!("{lat:.6}")), ("longitude", format!("{lon:.6}"))])
}

fn risk(stage: &Stage) -> Vec<Row> {
    let of = |kind: &'static str| {
        move |operator: &super::DemoOperator| {
            let number = number_of(&operator.name);
            let date = stage.days_ago(60 + number % 200);
            with(
                operator,
                [
                    ("grade", pick(&["a", "b", "b", "b", "c", "c", "d"], number >> 11).to_owned()),
                    ("date", date.to_string()),
                    ("year", date.year().to_string()),
                    ("kind", kind.to_owned()),
                ],
            )
        }
    };
    let makers = stage.makers.iter().map(of("production"));
    makers.chain(stage.shops.iter().map(of("sale"))).chain(stage.kitchens().map(of("catering"))).collect()
}

fn small(number: u64, stage: &Stage) -> Row {
    let (district, address, point) = somewhere(number);
    let mixed = number_of(&format!("small {number}"));
    let (kind, ending, document, products) = pick(
        &[
            ("workshop", "豆腐坊", "食品小作坊登记证", "豆制品"),
            ("restaurant", "小吃店", "小餐饮登记证", "热食类食品制售"),
            ("shop", "食杂店", "小食杂店备案证", "预包装食品、散装食品销售"),
            ("stall", "煎饼摊", "食品摊贩登记卡", "煎饼、馄饨"),
        ],
        number,
    );
    let issued = stage.days_ago(30 + mixed % 900);
    let until = issued.checked_add_months(chrono::Months::new(36)).unwrap_or(issued);
    let name = format!(
        "{district}{}{}{ending}",
        pick(&CORES, mixed),
        pick(&STREETS, mixed >> 6).trim_end_matches(['路', '街'])
    );
    let mut row = vec![
        ("operator", name),
        ("kind", kind.to_owned()),
        ("document", document.to_owned()),
        ("licence", format!("云川{}〔{}〕{:04}号", &district[..3], issued.year(), 100 + number)),
        ("products", products.to_owned()),
        ("address", address),
        ("hours", if kind == "stall" { "6:00—9:30，16:30—20:00" } else { "" }.to_owned()),
        ("issued", issued.to_string()),
        ("until", until.to_string()),
        ("state", pick(&["valid", "valid", "valid", "valid", "paused"], mixed >> 4).to_owned()),
        ("district", district.clone()),
        ("office", format!("{district}市场监督管理局")),
    ];
    row.extend(point);
    row
}

fn delisted(number: u64, stage: &Stage) -> Row {
    let (district, address, _) = somewhere(number + 3);
    let mixed = number_of(&format!("delisted {number}"));
    let date = stage.days_ago(15 + number * 31);
    vec![
        (
            "operator",
            format!("{}{}（外卖）", pick(&CORES, mixed), pick(&["炒饭", "麻辣烫", "轻食", "粥铺"], mixed >> 4)),
        ),
        ("platform", pick(&["云味外卖", "川上到家"], mixed >> 6).to_owned()),
        ("reason", pick(&["address", "expired", "no_licence", "scope", "marking"], mixed >> 8).to_owned()),
        ("date", date.to_string()),
        ("number", format!("{}年第{}期", date.year(), 1 + date.month0())),
        ("state", pick(&["offline", "offline", "restored"], mixed >> 10).to_owned()),
        ("address", address),
        ("district", district),
    ]
}

fn market(number: u64) -> String {
    format!("{}{}菜市场", pick(CITY.districts, number), pick(&STREETS, number))
}

fn quick(number: u64, stage: &Stage) -> Row {
    let mixed = number_of(&format!("quick {number}"));
    let (product, item) = pick(
        &[
            ("韭菜", "有机磷和氨基甲酸酯类农药残留"),
            ("豇豆", "灭蝇胺"),
            ("芹菜", "毒死蜱"),
            ("草鱼", "孔雀石绿"),
            ("鸡蛋", "氟苯尼考"),
            ("猪肉", "克伦特罗"),
        ],
        mixed,
    );
    let suspect = mixed.is_multiple_of(23);
    let place = number % 8;
    let (district, address, point) = somewhere(place);
    let mut row = vec![
        ("date", stage.days_ago(1 + number / 5).to_string()),
        ("spot", market(place)),
        ("stall", format!("{}号摊位", 1 + mixed % 60)),
        ("product", product.to_owned()),
        ("origin", pick(&["本地种植", "云江省柳浦市", "青岚市"], mixed >> 5).to_owned()),
        ("batch", format!("{number:04}")),
        ("item", item.to_owned()),
        ("method", "胶体金免疫层析法".to_owned()),
        ("result", if suspect { "suspect" } else { "clear" }.to_owned()),
        ("handling", if suspect { "laboratory" } else { "none" }.to_owned()),
        ("address", address),
        ("district", district),
    ];
    row.extend(point);
    row
}

fn point(number: u64) -> Row {
    let (district, address, point) = somewhere(number);
    let name = if number < 8 { format!("{}快检室", market(number)) } else { format!("{district}便民快检点") };
    let mut row = vec![
        ("name", name),
        ("kind", if number < 8 { "market" } else { "office" }.to_owned()),
        ("address", address),
        ("hours", "每日 8:00—11:00".to_owned()),
        ("items", "蔬菜农药残留、水产品孔雀石绿、肉类瘦肉精".to_owned()),
        ("free", "yes".to_owned()),
        ("phone", phone(number_of(&district))),
        ("district", district),
    ];
    row.extend(point);
    row
}

fn promise(number: u64, stage: &Stage) -> Row {
    let (district, address, point) = somewhere(number);
    let mixed = number_of(&format!("promise {number}"));
    let (kind, ending) = pick(
        &[("enterprise", "农业有限公司"), ("cooperative", "蔬菜种植专业合作社"), ("family_farm", "家庭农场")],
        mixed,
    );
    let mut row = vec![
        ("operator", format!("{district}{}{ending}", pick(&CORES, mixed >> 4))),
        ("kind", kind.to_owned()),
        ("products", pick(&["叶菜、豆类", "草莓、葡萄", "鸡蛋", "青鱼、鲈鱼"], mixed >> 6).to_owned()),
        ("address", address),
        ("since", stage.days_ago(100 + mixed % 800).to_string()),
        ("issued", (500 + mixed % 40_000).to_string()),
        ("tested", if mixed.is_multiple_of(3) { "yes" } else { "no" }.to_owned()),
        ("phone", phone(mixed)),
        ("district", district),
    ];
    row.extend(point);
    row
}

fn demonstrations(stage: &Stage) -> Vec<Row> {
    let row = |(operator, kind, nature): (&super::DemoOperator, &'static str, &'static str)| {
        let number = number_of(&operator.name);
        let date = stage.days_ago(200 + number % 300);
        let revoked = nature == "award" && number.is_multiple_of(7);
        let until = date.checked_add_months(chrono::Months::new(36)).unwrap_or(date);
        with(
            operator,
            [
                ("kind", kind.to_owned()),
                ("nature", nature.to_owned()),
                ("level", if nature == "award" { "city" } else { "none" }.to_owned()),
                ("year", date.year().to_string()),
                ("date", date.to_string()),
                ("until", until.to_string()),
                (
                    "basis",
                    if nature == "award" {
                        "云川市食品安全示范店评定办法"
                    } else {
                        "单位自我承诺书"
                    }
                    .to_owned(),
                ),
                ("state", if revoked { "revoked" } else { "valid" }.to_owned()),
                ("revoked", if revoked { stage.days_ago(20).to_string() } else { String::new() }),
                ("reason", if revoked { "复查不符合评定条件" } else { "" }.to_owned()),
                ("announced_by", "云川市食品安全委员会办公室".to_owned()),
            ],
        )
    };
    let shops = stage.restaurants.iter().step_by(4).map(|one| (one, "shop", "award"));
    let promised = stage.restaurants.iter().skip(1).step_by(5).map(|one| (one, "restaurant", "promise"));
    let markets = stage.shops.iter().filter(|one| one.name.contains("超市")).step_by(4);
    let markets = markets.map(|one| (one, "supermarket", "promise"));
    shops.chain(promised).chain(markets).map(row).collect()
}

fn points(operator: &super::DemoOperator, stage: &Stage) -> Row {
    let number = number_of(&operator.name);
    let date = stage.days_ago(20 + number % 280);
    let score = pick(&["1", "3", "3", "6"], number >> 6);
    with(
        operator,
        [
            ("date", date.to_string()),
            ("score", score.to_owned()),
            (
                "reason",
                pick(&["未建立进货查验记录", "销售超过保质期的食品", "未公示食品经营许可证"], number >> 8).to_owned(),
            ),
            ("basis", "云川市食品安全违法行为记分办法（演示）".to_owned()),
            ("cycle", format!("{}年", date.year())),
            ("total", score.to_owned()),
        ],
    )
}

fn exam(operator: &super::DemoOperator, stage: &Stage) -> Row {
    let number = number_of(&operator.name);
    let examined = 3 + number % 12;
    let passed = examined - u64::from(number.is_multiple_of(4));
    with(
        operator,
        [
            ("date", stage.days_ago(10 + number % 200).to_string()),
            ("kind", pick(&["spot", "app"], number >> 3).to_owned()),
            ("subject", "食品安全管理人员和从业人员".to_owned()),
            ("examined", examined.to_string()),
            ("passed", passed.to_string()),
        ],
    )
}
