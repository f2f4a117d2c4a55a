//! Registers that are about places, persons and offices rather than shops.

use chrono::Datelike;

use super::{
    CITY, Row, Stage,
    catering::{person, phone},
    number_of, pick, point_of,
};

const TOWNS: [&str; 8] = ["禾田街道", "江心街道", "石榴园镇", "松岭镇", "白鹭洲街道", "柳湾镇", "鹤溪镇", "茶坪镇"];

/// The rows of a register, where it is about these.
pub fn rows(code: &str, stage: &Stage) -> Option<Vec<Row>> {
    Some(match code {
        "no-stall-zones" => (0..16).map(|number| zone(number, stage)).collect(),
        "banquet-cooks" => (0..24).map(|number| cook(number, stage)).collect(),
        "kitchen-waste-collectors" => (0..4).map(|number| collector(number, stage)).collect(),
        "town-lists" => (0..8).map(|number| town(number, stage)).collect(),
        "small-trade-training" => (0..8).map(|number| training(number, stage)).collect(),
        "tracing-entrances" => entrances(stage),
        _ => return None,
    })
}

fn district(number: u64) -> String {
    pick(CITY.districts, number).to_owned()
}

fn point(number: u64) -> [(&'static str, String); 2] {
    let (lat, lon) = point_of(number_of(&format!("spot {number}")), &district(number)).degrees();
    [("latitude", format!("{lat:.6}")), ("longitude", format!("{lon:.6}"))]
}

fn zone(number: u64, stage: &Stage) -> Row {
    let town = pick(&TOWNS, number);
    let (kind, name, zone, hours) = match number % 3 {
        0 => ("forbidden", format!("{town}中心小学周边"), "学校大门两侧各 100 米以内的道路和人行道", "全天"),
        1 => ("limited", format!("{town}夜市"), "河滨路东段南侧人行道划线区域", "18:00—22:30"),
        _ => ("allowed", format!("{town}农贸市场外围"), "市场南门广场划线区域", "5:30—10:00"),
    };
    let mut row = vec![
        ("name", format!("{name}{}", number / 8 + 1)),
        ("kind", kind.to_owned()),
        ("zone", zone.to_owned()),
        ("hours", hours.to_owned()),
        ("radius", if kind == "forbidden" { "100" } else { "" }.to_owned()),
        ("basis", "云川市食品摊贩经营区域划定公告（演示）".to_owned()),
        ("date", stage.days_ago(150 + number).to_string()),
        ("announced_by", format!("{}人民政府", district(number))),
        ("district", district(number)),
        ("town", town.to_owned()),
    ];
    row.extend(point(number));
    row
}

fn cook(number: u64, stage: &Stage) -> Row {
    let mixed = number_of(&format!("cook {number}"));
    let until = stage.today.checked_add_days(chrono::Days::new(20 + mixed % 300)).unwrap_or(stage.today);
    vec![
        ("number", format!("CS{:04}", number + 1)),
        ("cook", person(mixed)),
        ("agreed", if mixed.is_multiple_of(3) { "no" } else { "yes" }.to_owned()),
        ("town", pick(&TOWNS, number).to_owned()),
        ("village", format!("{}村", pick(&["上河", "荷塘", "竹溪", "石坎"], mixed >> 4))),
        ("tables", (8 + mixed % 30).to_string()),
        ("trained", stage.days_ago(30 + mixed % 200).to_string()),
        ("until", until.to_string()),
        ("phone", phone(mixed)),
        ("district", district(number)),
    ]
}

fn collector(number: u64, stage: &Stage) -> Row {
    let (name, kind) = [
        ("云川市清源环境服务有限公司", "food"),
        ("云川市绿循油脂回收有限公司", "oil"),
        ("鹤溪县洁城收运有限公司", "both"),
        ("茶坪县净野环保有限公司", "both"),
    ][usize::try_from(number).unwrap_or(0) % 4];
    let until = stage.today.checked_add_months(chrono::Months::new(18)).unwrap_or(stage.today);
    let mut row = vec![
        ("operator", name.to_owned()),
        ("licence", format!("云城管收运〔2025〕{}号", number + 1)),
        ("kind", kind.to_owned()),
        ("zone", if number < 2 { "五区范围" } else { "县域范围" }.to_owned()),
        ("capacity", ["120", "8.5", "35", "28"][usize::try_from(number).unwrap_or(0) % 4].to_owned()),
        ("until", until.to_string()),
        ("phone", phone(500 + number)),
        ("office", "云川市城市管理局".to_owned()),
        ("district", district([0, 2, 6, 7][usize::try_from(number).unwrap_or(0) % 4])),
    ];
    row.extend(point(number));
    row
}

fn town(number: u64, stage: &Stage) -> Row {
    let list = match number {
        0 | 4 => "red",
        6 => "black",
        _ => "none",
    };
    let date = stage.days_ago(40);
    vec![
        ("town", pick(&TOWNS, number).to_owned()),
        ("period", format!("{}年第{}季度", date.year(), date.month0() / 3 + 1)),
        ("list", list.to_owned()),
        ("rank", (number + 1).to_string()),
        ("score", format!("{}", 97 - number * 2)),
        ("reason", if list == "black" { "包保督导完成率低于规定" } else { "" }.to_owned()),
        ("basis", "云川市乡镇（街道）食品安全工作考核办法（演示）".to_owned()),
        ("date", date.to_string()),
        ("district", district(number)),
    ]
}

fn training(number: u64, stage: &Stage) -> Row {
    let town = pick(&TOWNS, number);
    vec![
        ("name", format!("{town}三小主体食品安全培训")),
        ("date", stage.days_ago(20 + number * 25).to_string()),
        ("audience", pick(&["workshop", "restaurant", "stall", "all"], number).to_owned()),
        ("place", format!("{town}便民服务中心")),
        ("content", "进货查验、餐具消毒、过期食品处置".to_owned()),
        ("people", (30 + number * 7).to_string()),
        ("hours", "4".to_owned()),
        ("office", format!("{}市场监督管理局", district(number))),
        ("phone", phone(600 + number)),
        ("district", district(number)),
        ("town", town.to_owned()),
    ]
}

fn entrances(stage: &Stage) -> Vec<Row> {
    let one = |(name, products, kind, link, how): (&str, &str, &str, &str, &str)| {
        vec![
            ("name", name.to_owned()),
            ("products", products.to_owned()),
            ("kind", kind.to_owned()),
            ("link", link.to_owned()),
            ("how", how.to_owned()),
            ("run_by", "云川市市场监督管理局（演示）".to_owned()),
            ("checked", stage.days_ago(9).to_string()),
            ("state", "running".to_owned()),
        ]
    };
    [
        (
            "云川市食用农产品追溯平台（演示）",
            "蔬菜、水果、水产品",
            "city",
            "https://trace.yunchuan.example/",
            "输入合格证上的追溯码",
        ),
        (
            "云江省食品生产追溯系统（演示）",
            "预包装食品",
            "province",
            "https://trace.yunjiang.example/",
            "扫描包装上的二维码",
        ),
    ]
    .map(one)
    .into()
}
