//! Sentences about how long a notice stays public.

use super::day;
use crate::domain::removal::{Basis, LARGEST_FILE, MOST_MONTHS, Problem, Publish, Removal, RemovalError, RulesError};

/// When a notice is removed.
#[must_use]
pub fn removal(removal: &Removal) -> String {
    let until = match removal.last_day {
        Some(last) => format!("公示至{}", day(last)),
        None => "终身限制，长期公示".into(),
    };
    let seldom = match removal.publish {
        Publish::OnlyIfNeeded => "原则上不予公示；确有必要公示的，",
        Publish::Yes | Publish::Never => "",
    };
    let repair = removal
        .earliest_repair
        .map_or_else(|| "，不适用提前停止公示".to_owned(), |earliest| format!("，{}起可以申请信用修复", day(earliest)));
    format!("{seldom}{until}{repair}。{}", basis(&removal.basis))
}

/// The basis in one sentence.
#[must_use]
pub fn basis(basis: &Basis) -> String {
    let number = if basis.number.is_empty() { String::new() } else { format!("（{}）", basis.number) };
    let doubt = if basis.verified { "" } else { "（期限未与原文核对）" };
    format!("依据：{}{number}{}{doubt}。", basis.name, basis.article)
}

/// Why there is no removal date.
#[must_use]
pub fn error(error: &RemovalError) -> String {
    match error {
        RemovalError::NoRule(id) => format!("没有编号为 {id} 的公示期限规则，请重新选择。"),
        RemovalError::NoClass { rule, class } => format!("规则 {rule} 里没有类别 {class}，请重新选择。"),
        RemovalError::NeverPublished { class, article } => format!("“{class}”不予公示（{article}）。"),
        RemovalError::NoRestriction { class } => {
            format!("“{class}”不按限制期限公示，请改选类别或者规则，或者去掉限制期限。")
        }
        RemovalError::PublishedEarly { published_on, decided_on } => {
            format!("公示日期{}早于处罚决定日期{}。", day(*published_on), day(*decided_on))
        }
        RemovalError::OutOfRange(date) => format!("日期{}超出范围。", day(*date)),
    }
}

/// Why a file of rules is refused.
#[must_use]
pub fn rules_error(error: &RulesError) -> String {
    let line = error.line;
    let what = match &error.problem {
        Problem::TooLarge => format!("文件超过 {LARGEST_FILE} 字节。"),
        Problem::Form(said) => format!("写法有误或者缺少内容（{}）。", said.replace('\n', " ")),
        Problem::Schema(schema) => format!("不认识的格式版本 {schema}，应为 1。"),
        Problem::NoRules => "文件里没有规则（[[rule]]）。".into(),
        Problem::Id(id) => format!("编号“{id}”有误，只能用小写字母、数字和连字符。"),
        Problem::Duplicate(id) => format!("编号“{id}”重复。"),
        Problem::Nameless(id) => format!("“{id}”缺少名称或者来源。"),
        Problem::Backwards(id) => format!("“{id}”的失效日期早于施行日期。"),
        Problem::NoClasses(id) => format!("“{id}”没有类别（[[rule.class]]）。"),
        Problem::Months(id) => format!(
            "“{id}”的公示期有误：公示的类别须写明 1 到 {MOST_MONTHS} 个月（stop_after_months），不予公示的类别不写期限和修复。"
        ),
        Problem::RepairLate(id) => format!("“{id}”可以申请修复的时间不早于停止公示的时间。"),
    };
    format!("第 {line} 行：{what}")
}
