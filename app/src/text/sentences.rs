//! Sentences with parts in them, and names of values.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use crate::domain::{
    act::Act,
    bulletin::GroupTally,
    date::DateKind,
    finding::Family,
    publication::Kind,
    sample::{Group, Verdict},
};

/// `1234567` as `1,234,567`.
#[must_use]
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `2026年11月24日`
#[must_use]
pub fn day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// `2026年11月24日 15:04`, China Standard Time.
#[must_use]
pub fn moment(at: DateTime<Utc>) -> String {
    let local = at + TimeDelta::hours(8);
    format!("{} {}", day(local.date_naive()), local.format("%H:%M"))
}

/// What was done in which revision.
#[must_use]
pub fn revision(number: u32, act: Act) -> String {
    format!("第{number}版 · {}", self::act(act))
}

/// A public act.
#[must_use]
pub fn act(act: Act) -> &'static str {
    match act {
        Act::Publish => "公布",
        Act::Correct => "更正",
        Act::Withdraw => "撤回",
        Act::Remove => "期满移除",
    }
}

/// Place in the public log.
#[must_use]
pub fn leaf(place: u64) -> String {
    format!("公开日志第 {} 项", number(place + 1))
}

/// Why something was done.
#[must_use]
pub fn reason(reason: &str) -> String {
    format!("原因：{reason}")
}

/// Passed, failed.
#[must_use]
pub fn verdict(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Passed) => "合格",
        Some(Verdict::Failed) => "不合格",
        None => "未判定",
    }
}

/// A group of samples.
#[must_use]
pub fn group(group: Group) -> &'static str {
    match group {
        Group::Food => "食品监督抽检",
        Group::Tableware => "餐饮具",
        Group::RapidTest => "快检（筛查）",
        Group::Evaluation => "评价性抽检",
    }
}

/// A rate with both its numbers. Rapid tests are screening and have no rate.
#[must_use]
pub fn rate(entry: GroupTally) -> String {
    let tally = entry.tally;
    let (total, passed, failed) = (number(tally.total()), number(tally.passed), number(tally.failed));
    match (entry.group, tally.pass_rate_bp()) {
        (Group::RapidTest, _) => format!("筛查 {total} 批次，{failed} 批次阳性"),
        (_, Some(rate)) => {
            format!("合格率 {}.{:02}%（{total} 批次中 {passed} 批次合格，{failed} 批次不合格）", rate / 100, rate % 100)
        }
        (_, None) => "没有样品".into(),
    }
}

/// What the date of a sample says.
#[must_use]
pub fn date_kind(kind: DateKind) -> &'static str {
    match kind {
        DateKind::Production => "生产日期",
        DateKind::Processing => "加工日期",
        DateKind::Purchase => "购进日期",
        DateKind::Quarantine => "检疫日期",
        DateKind::Disinfection => "消毒日期",
        DateKind::Packing => "包装日期",
    }
}

/// A family of items.
#[must_use]
pub fn family(family: Family) -> &'static str {
    match family {
        Family::Residue => "农兽药残留",
        Family::BannedDrug => "禁用药物",
        Family::Microbe => "微生物污染",
        Family::Pathogen => "致病菌",
        Family::Additive => "食品添加剂",
        Family::Metal => "重金属等元素",
        Family::Toxin => "生物毒素",
        Family::Contaminant => "其他污染物",
        Family::Quality => "质量指标",
        Family::Label => "标签",
        Family::Illegal => "非法添加",
        Family::Other => "其他",
    }
}

/// What was found and what is allowed.
#[must_use]
pub fn found(result: Option<&str>, limit: Option<&str>) -> String {
    match (result, limit) {
        (Some(result), Some(limit)) => format!("{result}（标准值 {limit}）"),
        (Some(result), None) => result.to_owned(),
        (None, Some(limit)) => format!("（标准值 {limit}）"),
        (None, None) => String::new(),
    }
}

/// Police record number with its name.
#[must_use]
pub fn police(record: &str) -> String {
    format!("公安备案号：{record}")
}

/// The kind of a hit.
#[must_use]
pub fn kind(kind: &str) -> &'static str {
    match kind {
        "sample" => "样品",
        "operator" => "单位",
        other => Kind::from_code(other).map_or("其他", super::publication_kind),
    }
}

/// A value of a filter as people know it.
#[must_use]
pub fn facet_value(facet: &str, value: &str) -> String {
    match facet {
        "kind" => kind(value).to_owned(),
        "verdict" => verdict(Verdict::from_code(value)).to_owned(),
        "family" => Family::from_code(value).map_or_else(|| value.to_owned(), |known| family(known).to_owned()),
        "year" => format!("{value}年"),
        _ => value.to_owned(),
    }
}

/// How many hits, and for what.
#[must_use]
pub fn hits(total: u64, text: &str) -> String {
    let total = number(total);
    if text.is_empty() {
        format!("共 {total} 条，新的在前")
    } else {
        format!("“{text}”共找到 {total} 条")
    }
}

/// Title of the search page.
#[must_use]
pub fn search_title(text: &str) -> String {
    if text.is_empty() { "检索".into() } else { format!("检索：{text}") }
}

/// What stands on the site.
#[must_use]
pub fn overview(bulletins: u64, operators: u64, first: Option<NaiveDate>) -> String {
    let since = first.map(|first| format!("{}以来", day(first))).unwrap_or_default();
    format!("{since}公告 {} 份，涉及生产经营单位 {} 家", number(bulletins), number(operators))
}

/// Bulletins of a year.
#[must_use]
pub fn year_count(year: i32, count: u64) -> String {
    format!("{year}年（{}）", number(count))
}

/// A file with size and hash.
#[must_use]
pub fn file(size: u64, sha256: &str) -> String {
    let size = if size < 1024 * 1024 {
        format!("{} KB", size.div_ceil(1024))
    } else {
        format!("{} MB", size.div_ceil(1024 * 1024))
    };
    format!("{size}，SHA-256：{}…", sha256.get(..16).unwrap_or(sha256))
}

/// Caption of a table of samples.
#[must_use]
pub fn samples_of(title: &str) -> String {
    format!("{title}：抽检结果")
}

/// Description of a sample for search engines.
#[must_use]
pub fn sample_summary(product: &str, seller: Option<&str>, outcome: Option<Verdict>, bulletin: &str) -> String {
    let seller = seller.map(|seller| format!("，被抽样单位：{seller}")).unwrap_or_default();
    format!("{product}抽检结果：{}{seller}。{bulletin}", verdict(outcome))
}

/// Where an example search leads.
pub const EXAMPLES: [&str; 4] = ["食堂", "大米", "甜蜜素", "猪肝"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::bulletin::Tally;

    #[test]
    fn numbers_are_grouped() {
        for (given, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(given), text);
        }
    }

    #[test]
    fn a_rate_has_both_numbers_and_screening_has_none() {
        let tally = Tally { passed: 48, failed: 6 };
        assert_eq!(
            rate(GroupTally { group: Group::Food, tally }),
            "合格率 88.89%（54 批次中 48 批次合格，6 批次不合格）"
        );
        assert!(!rate(GroupTally { group: Group::RapidTest, tally }).contains("合格率"));
    }
}
