//! Words of the statistics page.

use chrono::{Datelike, NaiveDate};

use crate::domain::{
    case::{Kind, Problem, Source},
    statistics::{By, Cell, Measure, Row, Statistics, per_mille},
};

/// Title
pub const TITLE: &str = "投诉举报统计";
/// The link on the home page
pub const HOME: &str = "投诉举报办得怎么样？看统计";
/// The row of all
pub const TOTAL: &str = "合计";
/// Column of days
pub const MEDIAN: &str = "办结天数中位数";
/// Nothing came
pub const NOTHING: &str = "这段时间没有收到。";
/// Downloads
pub const DOWNLOADS: &str = "下载同样的数据：";
/// How to read it
pub const HOW: &str = "怎样看这些数";
/// A count of 1 to 4, in a chart
pub const FEW_SHORT: &str = "<5";
/// A withheld count, in a chart
pub const WITHHELD_SHORT: &str = "…";
/// Head of the CSV file
pub const CSV_HEAD: [&str; 9] =
    ["类型", "分组", "名称", "收到", "受理或立案", "不予受理或不予立案", "办结", "按时办结", "办结天数中位数"];

/// What must be known to read the numbers (domain 1.10).
pub const CAVEATS: [&str; 6] = [
    "投诉、举报是当事人一方的陈述，不等于已查实的违法行为；调解结果不是对违法的认定，达成协议也不等于已经退款。",
    "没有投诉不等于没有问题：很多人遇到问题并不投诉。",
    "按收到的月份统计，之后的进展会继续计入；最近几个月收到的，有的还在办理。",
    "“按时办结”指受理、调解、核查、办案各步都没有超过各自的法定期限，以办结件数为分母。依法暂停和延长的时间按规定扣除。",
    "1 至 4 件显示“少于 5”。为避免由合计推算出来，有时同组的另一个数也不公开，显示“未公开”。",
    "同一件从全国12315平台等渠道重复转来的，只计一次。一次提交里既有投诉又有举报的，是两件，分别统计。",
];

/// `2025年11月至2026年10月收到的投诉、举报，截至2026年11月25日的办理情况。`
#[must_use]
pub fn lead(counted: &Statistics) -> String {
    let until = super::day(counted.made_on);
    format!("{}至{}收到的投诉、举报，截至{until}的办理情况。", month(counted.from), month(counted.until))
}

/// How many reports were merged; nothing where none was.
#[must_use]
pub fn merged(cell: Cell) -> Option<String> {
    (cell != Cell::Shown(0)).then(|| format!("另有重复举报 {} 件已依法合并，不重复计数。", self::cell(cell)))
}

fn month(day: NaiveDate) -> String {
    format!("{}年{}月", day.year(), day.month())
}

/// A count, or what stands for it.
#[must_use]
pub fn cell(cell: Cell) -> String {
    match cell {
        Cell::Shown(number) => number.to_string(),
        Cell::Few => "少于 5".into(),
        Cell::Withheld => "未公开".into(),
    }
}

/// `48／54，88.9%`; without its whole, only the count.
#[must_use]
pub fn share(row: &Row, measure: Measure) -> String {
    match row.share(measure) {
        Some((part, whole)) => format!("{part}／{whole}，{}", percent(part, whole)),
        None => cell(row.cell(measure)),
    }
}

/// `88.9%`
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    per_mille(part, whole).map_or_else(String::new, |mille| format!("{}.{}%", mille / 10, mille % 10))
}

/// `12 天`, `12.5 天`, `–`
#[must_use]
pub fn days(median: Option<f64>) -> String {
    median.map_or_else(|| "–".into(), |days| format!("{days} 天"))
}

/// What is counted.
#[must_use]
pub fn measure(kind: Kind, measure: Measure) -> &'static str {
    match (measure, kind) {
        (Measure::Received, _) => "收到",
        (Measure::Accepted, Kind::Complaint) => "受理",
        (Measure::Accepted, Kind::Report) => "立案",
        (Measure::Refused, Kind::Complaint) => "不予受理",
        (Measure::Refused, Kind::Report) => "不予立案",
        (Measure::Closed, _) => "办结",
        (Measure::OnTime, _) => "按时办结",
    }
}

/// By what is grouped.
#[must_use]
pub fn by(by: By) -> &'static str {
    match by {
        By::Month => "按月份",
        By::District => "按区县",
        By::Problem => "按问题",
        By::Source => "按渠道",
    }
}

/// Head of the first column.
#[must_use]
pub fn head(by: By) -> &'static str {
    match by {
        By::Month => "收到的月份",
        By::District => "区县",
        By::Problem => "问题",
        By::Source => "渠道",
    }
}

/// Name of a group.
#[must_use]
pub fn group(by: By, code: &str) -> String {
    let name = match by {
        By::Month => code.split_once('-').map(|(year, month)| format!("{year}年{}月", month.trim_start_matches('0'))),
        By::District if code.is_empty() => Some("其他或未注明".into()),
        By::District => None,
        By::Problem => Problem::from_code(code).map(|problem| super::case::problem(problem).into()),
        By::Source => Source::from_code(code).map(|source| super::case::source(source).into()),
    };
    name.unwrap_or_else(|| code.to_owned())
}

/// `投诉按月份`
#[must_use]
pub fn table(kind: Kind, grouped: By) -> String {
    format!("{}{}", super::case::kind(kind), by(grouped))
}

/// The sentence that a chart is to those who don't see it.
#[must_use]
pub fn chart(names: &[String], cells: &[Cell]) -> String {
    let parts: Vec<String> =
        names.iter().zip(cells).map(|(name, number)| format!("{name} {}", cell(*number))).collect();
    format!("收到的件数：{}。", parts.join("，"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_show_both_their_numbers() {
        let cells = [Cell::Shown(54), Cell::Shown(48), Cell::Few, Cell::Withheld, Cell::Shown(50)];
        let row = Row { code: String::new(), cells, median_days: Some(12.5) };
        let shown = Measure::ALL.map(|measure| share(&row, measure));
        assert_eq!(shown, ["54", "48／54，88.9%", "少于 5", "未公开", "50"]);
        assert_eq!(
            (days(Some(12.0)), days(row.median_days), days(None)),
            ("12 天".into(), "12.5 天".into(), "–".into())
        );
        assert_eq!(group(By::Month, "2026-09"), "2026年9月");
    }
}
