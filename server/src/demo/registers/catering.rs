//! Canteens and restaurants: who cooks, who looks, what was found.

use chrono::Datelike;

use super::{Row, Stage, number_of, pick, with};
use crate::demo::DemoOperator;

const SURNAMES: [&str; 16] =
    ["林", "郑", "韩", "薛", "陶", "姜", "顾", "戚", "蓝", "祁", "温", "庄", "柏", "覃", "辛", "童"];
const NAMES: [&str; 16] = [
    "若禾", "知远", "清和", "以宁", "明川", "望舒", "思齐", "嘉树", "晚晴", "书白", "青野", "景行", "南乔", "云深",
    "初夏", "佩兰",
];

/// A person of a story.
pub fn person(number: u64) -> String {
    format!("{}{}", pick(&SURNAMES, number), pick(&NAMES, number >> 8))
}

/// Telephones of offices: a number of the bureau's exchange that is nobody's.
pub fn phone(number: u64) -> String {
    format!("0990-2000{:03}", number % 1_000)
}

fn office(operator: &DemoOperator) -> String {
    let district = app::domain::district::district_of(&operator.address).unwrap_or_default();
    format!("{district}市场监督管理局")
}

/// The rows of a register, where it is about these.
pub fn rows(code: &str, stage: &Stage) -> Option<Vec<Row>> {
    let kitchens = || stage.kitchens();
    Some(match code {
        "school-canteens" => stage.canteens.iter().map(canteen).collect(),
        "bright-kitchens" => kitchens().filter(|one| is_bright(one)).map(|one| bright(one, stage)).collect(),
        "dynamic-grades" => kitchens().map(|one| dynamic(one, stage)).collect(),
        "yearly-grades" => {
            kitchens().filter(|one| !number_of(&one.name).is_multiple_of(7)).map(|one| yearly(one, stage)).collect()
        }
        "inspections" => kitchens().flat_map(|one| inspections(one, stage)).collect(),
        "self-checks" => stage.canteens.iter().flat_map(|one| self_checks(one, stage)).collect(),
        "officials" => kitchens().chain(&stage.makers).map(|one| official(one, stage)).collect(),
        "food-safety-staff" => stage.canteens.iter().flat_map(|one| staff(one, stage)).collect(),
        _ => return None,
    })
}

fn is_school(operator: &DemoOperator) -> bool {
    operator.name.ends_with("食堂")
}

fn is_bright(operator: &DemoOperator) -> bool {
    is_school(operator) && !number_of(&operator.name).is_multiple_of(6) || number_of(&operator.name).is_multiple_of(4)
}

fn canteen(operator: &DemoOperator) -> Row {
    let number = number_of(&operator.name);
    let stage = if operator.name.contains("幼儿园") { "kindergarten" } else { "primary" };
    let mode = pick(&["own", "own", "own", "contracted", "delivered"], number >> 4);
    let bright = if is_bright(operator) { "yes" } else { "no" };
    with(
        operator,
        [
            ("stage", stage.to_owned()),
            ("mode", mode.to_owned()),
            ("diners", (120 + number % 1_500).to_string()),
            ("bright", bright.to_owned()),
            ("office", office(operator)),
            ("phone", phone(number)),
        ],
    )
}

fn bright(operator: &DemoOperator, stage: &Stage) -> Row {
    let number = number_of(&operator.name);
    let kind = if is_school(operator) { "school" } else { "restaurant" };
    with(
        operator,
        [
            ("kind", kind.to_owned()),
            ("form", pick(&["internet", "internet", "video", "combined"], number >> 3).to_owned()),
            ("positions", "切配、烹饪、餐用具清洗消毒".to_owned()),
            ("cameras", (3 + number % 4).to_string()),
            ("since", stage.days_ago(200 + number % 900).to_string()),
            ("state", pick(&["on", "on", "on", "on", "on", "repair"], number >> 5).to_owned()),
        ],
    )
}

fn dynamic(operator: &DemoOperator, stage: &Stage) -> Row {
    let number = number_of(&operator.name);
    let grade = pick(&["excellent", "excellent", "good", "good", "good", "fair"], number >> 7);
    let date = stage.days_ago(10 + number % 300).to_string();
    with(operator, [("grade", grade.to_owned()), ("date", date), ("office", office(operator))])
}

fn yearly(operator: &DemoOperator, stage: &Stage) -> Row {
    let number = number_of(&operator.name);
    let grade = pick(&["a", "a", "b", "b", "b", "c"], number >> 9);
    let date = stage.days_ago(40 + number % 200);
    with(
        operator,
        [
            ("grade", grade.to_owned()),
            ("date", date.to_string()),
            ("year", date.year().to_string()),
            ("office", office(operator)),
        ],
    )
}

fn inspections(operator: &DemoOperator, stage: &Stage) -> Vec<Row> {
    let number = number_of(&operator.name);
    let one = |turn: u64| {
        let mixed = number_of(&format!("{}{turn}", operator.name));
        let result = pick(&["conform", "conform", "conform", "basically", "basically", "nonconform"], mixed);
        let (problems, handling, rectified) = match result {
            "conform" => ("", "", "none"),
            "basically" => ("个别餐具保洁柜未关闭，留样记录填写不全", "当场指出，限期改正", "done"),
            _ => (
                "冷藏柜内生熟食品混放，未按规定做餐具消毒记录",
                "责令限期改正",
                if turn == 0 { "under" } else { "done" },
            ),
        };
        with(
            operator,
            [
                ("date", stage.days_ago(12 + turn * 170 + mixed % 120).to_string()),
                ("kind", pick(&["daily", "daily", "special", "random"], mixed >> 6).to_owned()),
                ("result", result.to_owned()),
                ("problems", problems.to_owned()),
                ("handling", handling.to_owned()),
                ("rectified", rectified.to_owned()),
                ("office", office(operator)),
            ],
        )
    };
    (0..=number % 3).map(one).collect()
}

fn self_checks(operator: &DemoOperator, stage: &Stage) -> Vec<Row> {
    let number = number_of(&operator.name);
    let weeks = if number.is_multiple_of(5) { 0 } else { 8 };
    let one = |week: u64| {
        let monday = stage.days_ago(7 * (week + 1)).week(chrono::Weekday::Mon).first_day().iso_week();
        let missed = number_of(&format!("{week}{}", operator.name)).is_multiple_of(9);
        let said = |said: bool| if said { "yes" } else { "no" }.to_owned();
        with(
            operator,
            [
                ("week", format!("{}年第{}周", monday.year(), monday.week())),
                ("daily", if missed { "3" } else { "5" }.to_owned()),
                ("weekly", said(!missed)),
                ("monthly", said(week.is_multiple_of(4))),
            ],
        )
    };
    (0..weeks).map(one).collect()
}

fn official(operator: &DemoOperator, stage: &Stage) -> Row {
    let number = number_of(&operator.name);
    let (tier, post) = match (is_school(operator), number % 5) {
        (true, 0) => ("b", "副区长"),
        (true, _) => ("c", "街道办事处副主任"),
        (false, 0) => ("a", "副市长"),
        (false, 1) => ("b", "区市场监督管理局局长"),
        (false, 2) => ("c", "镇党委副书记"),
        (false, _) => ("d", "社区居委会主任"),
    };
    let quarter = stage.days_ago(80);
    with(
        operator,
        [
            ("tier", tier.to_owned()),
            ("person", person(number >> 3)),
            ("post", post.to_owned()),
            ("office", app::domain::district::district_of(&operator.address).unwrap_or_default()),
            ("phone", phone(number >> 4)),
            ("supervised", stage.days_ago(5 + number % 75).to_string()),
            ("quarter", format!("{}年第{}季度", quarter.year(), quarter.month0() / 3 + 1)),
            ("regulator", office(operator)),
        ],
    )
}

fn staff(operator: &DemoOperator, stage: &Stage) -> Vec<Row> {
    let number = number_of(&operator.name);
    let one = |(post, turn): (&str, u64)| {
        with(
            operator,
            [
                ("person", person(number >> (turn * 5))),
                ("post", post.to_owned()),
                ("since", stage.days_ago(90 + (number >> turn) % 700).to_string()),
                ("phone", phone(number)),
            ],
        )
    };
    [("director", 1), ("officer", 2)].map(one).into()
}
