//! Why the clock gives no answer.

use super::{cite, day, pause};
use crate::domain::clock::{ClockError, Rule, Step};

/// Why there is no due date.
#[must_use]
pub fn error(error: &ClockError) -> String {
    match error {
        ClockError::NoSuchStep { rule: Rule::R121, .. } => {
            "2026年4月15日施行的《市场监督管理投诉举报处理办法》没有规定这一期限。".into()
        }
        ClockError::NoSuchStep { .. } => "适用的办法没有规定这一期限。".into(),
        ClockError::NoPause { step: Step::Mediation, reason, .. } => {
            format!("“{}”不能暂停调解期限：按照规定，只有鉴定、检测所需时间不计算在调解期限内。", pause(*reason))
        }
        ClockError::NoPause { step, reason, basis } => {
            format!("“{}”的期限不因{}暂停（{}）。", super::step(*step), pause(*reason), cite(basis.cite))
        }
        ClockError::PauseBackwards { from, until } => {
            format!("暂停的结束日期{}早于开始日期{}。", day(*until), day(*from))
        }
        ClockError::PauseStillOpen { since, next } => {
            format!("{}开始的暂停还没有填写结束日期，不能再从{}开始另一次暂停。", day(*since), day(*next))
        }
        ClockError::NoExtension { step, basis, .. } => {
            format!("“{}”的期限不能这样延长（{}）。", super::step(*step), cite(basis.cite))
        }
        ClockError::ExtensionOrder { approved_on, .. } => {
            format!("{}的延长多了一次，或者顺序不对：先由负责人批准延长一次，案件再由集体讨论决定。", day(*approved_on))
        }
        ClockError::ExtensionLate { approved_on, due } => {
            format!("{}批准时，期限已于{}届满，不能再延长。", day(*approved_on), day(*due))
        }
        ClockError::ExtensionEarly { approved_on, start } => {
            format!("延长的批准日期{}早于期限起算的{}。", day(*approved_on), day(*start))
        }
        ClockError::NoRestart { .. } => "只有按现行办法合并处理的重复举报才重新计算期限。".into(),
        ClockError::RestartEarly { merged, start } => {
            format!("重复举报的日期{}早于第一次举报的{}。", day(*merged), day(*start))
        }
        ClockError::OutOfRange { date } => format!("日期{}超出范围，应在2000年到2100年之间。", day(*date)),
    }
}

/// An unknown step on the command line.
#[must_use]
pub fn unknown_step(text: &str) -> String {
    let known: Vec<&str> = Step::ALL.into_iter().map(Step::code).collect();
    format!("不认识步骤“{}”，可用的有：{}。", short(text), known.join("、"))
}

/// An unreadable date on the command line.
#[must_use]
pub fn bad_date(text: &str) -> String {
    format!("日期“{}”有误，请写成 2026-09-21 的样子。", short(text))
}

/// An unknown rule on the command line.
#[must_use]
pub fn unknown_rule(text: &str) -> String {
    format!("不认识办法“{}”，可用的有 R20（2026年4月15日以前收到的）和 R121。", short(text))
}

/// A calendar file that can't be opened or taken.
#[must_use]
pub fn bad_calendar(path: &str, reason: &str) -> String {
    format!("日历文件 {path} 不能使用：{reason}")
}

/// A file that can't be read.
#[must_use]
pub fn unreadable(cause: &dyn std::fmt::Display) -> String {
    format!("打不开（{cause}），请检查路径和权限。")
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
