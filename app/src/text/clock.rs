//! Sentences of the law's clock: what is due when, and 为什么是这一天.

mod refusal;

pub use refusal::{bad_calendar, bad_date, error, unknown_rule, unknown_step, unreadable};

use chrono::{Datelike, NaiveDate, Weekday};

use super::day;
use crate::domain::{
    calendar::statutory,
    clock::{Article, Basis, Change, Cite, Due, ExtensionKind, Law, Line, PauseReason, Step, Unit, What, Why},
};

/// The question that the working answers.
pub const WHY: &str = "为什么是这一天";
/// Said where the rule was chosen by the date given, and that date is not the day of receipt.
pub const RULE_BY_START: &str = "适用哪个办法看收到投诉举报的日期：2026年4月15日以前收到的，请加上 --rule R20 再算。";
/// Said where order 121 is asked about a day before it was in force.
pub const RULE_NOT_YET: &str =
    "起算日早于2026年4月15日，当时《市场监督管理投诉举报处理办法》尚未施行，请核对适用的办法。";

/// What is to be done in a step.
#[must_use]
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Acceptance => "决定是否受理投诉并告知投诉人",
        Step::Mediation => "调解",
        Step::TerminationNotice => "告知双方终止调解",
        Step::ClueCheck => "核查调解中发现的线索",
        Step::ReportCheck => "核查举报并决定是否立案",
        Step::FilingNotice => "告知实名举报人是否立案",
        Step::Jurisdiction => "协商解决处理权限争议",
        Step::CaseDecision => "作出案件处理决定",
        Step::PenaltyPublication => "公示行政处罚信息",
        Step::PenaltyForward => "向外省推送行政处罚信息",
        Step::PenaltyAssist => "协助公示外省推送的行政处罚信息",
        Step::Correction => "更正或者撤回公示信息",
        Step::OperatorReply => "答复经营者",
    }
}

/// The event from which a step is counted.
#[must_use]
pub fn event(step: Step) -> &'static str {
    match step {
        Step::Acceptance => "收到投诉",
        Step::Mediation => "受理投诉",
        Step::TerminationNotice => "作出终止调解决定",
        Step::ClueCheck => "发现线索",
        Step::ReportCheck => "收到举报",
        Step::FilingNotice => "作出是否立案决定",
        Step::Jurisdiction => "发生争议",
        Step::CaseDecision => "立案",
        Step::PenaltyPublication | Step::PenaltyForward => "作出行政处罚决定",
        Step::PenaltyAssist => "收到行政处罚信息",
        Step::Correction => "认定公示信息有误，或者行政处罚决定被变更、撤销、确认违法、无效",
        Step::OperatorReply => "收到经营者的材料",
    }
}

/// `2026年10月8日（星期四）`
#[must_use]
pub fn weekday(date: NaiveDate) -> String {
    let name = match date.weekday() {
        Weekday::Mon => "一",
        Weekday::Tue => "二",
        Weekday::Wed => "三",
        Weekday::Thu => "四",
        Weekday::Fri => "五",
        Weekday::Sat => "六",
        Weekday::Sun => "日",
    };
    format!("{}（星期{name}）", day(date))
}

/// `最迟2026年10月8日（星期四）`, or 预计.
#[must_use]
pub fn headline(due: &Due) -> String {
    let on = weekday(due.on);
    match due.open_pause {
        Some(_) => format!("期限暂停，最早{on}届满"),
        None if due.estimated => format!("预计最迟{on}"),
        None => format!("最迟{on}"),
    }
}

/// Why it is an estimate; nothing if it is final.
#[must_use]
pub fn estimate(due: &Due) -> Vec<String> {
    let mut said = Vec::new();
    if due.working.iter().any(|line| !line.certain) {
        said.push("期间涉及的放假安排尚未公布，这个日期是预计的，公布后会重新计算并告知。".to_owned());
    }
    let holidays: Vec<String> = guessed_holidays(due).map(day).collect();
    if !holidays.is_empty() {
        said.push(format!("估算时周一至周五都按工作日计，其中{}是法定节假日，实际期限可能更晚。", holidays.join("、")));
    }
    if let Some(pause) = due.open_pause {
        let since = day(pause.since);
        said.push(format!("自{since}起期限暂停，暂停结束后还剩 {} {}。", pause.left, unit(due.unit)));
    }
    said
}

/// Statutory holidays that were counted as working days because their year has no calendar yet.
fn guessed_holidays(due: &Due) -> impl Iterator<Item = NaiveDate> {
    let guessed = due.working.iter().filter(|line| due.unit == Unit::Working && line.counts() && !line.certain);
    let days = guessed.flat_map(|line| line.from.iter_days().take_while(|day| *day <= line.to));
    days.filter(|day| statutory::is_statutory(*day) == Some(true))
}

/// 《…》（文号，施行日期）第N条.
#[must_use]
pub fn cite(cite: Cite) -> String {
    let known =
        [law_number(cite.law).map(str::to_owned), cite.law.version().map(|since| format!("{}起施行", day(since)))];
    let known: Vec<String> = known.into_iter().flatten().collect();
    let known = if known.is_empty() { String::new() } else { format!("（{}）", known.join("，")) };
    let article = cite.article.map(article).unwrap_or_default();
    format!("{}{known}{article}", law(cite.law))
}

/// The name of a rule.
#[must_use]
pub fn law(law: Law) -> &'static str {
    match law {
        Law::R20 => "《市场监督管理投诉举报处理暂行办法》",
        Law::R121 => "《市场监督管理投诉举报处理办法》",
        Law::Procedure => "《市场监督管理行政处罚程序规定》",
        Law::Order45 => "《市场监督管理行政处罚信息公示规定》",
        Law::Own => "本单位承诺的期限",
    }
}

/// Its number, where it is known.
#[must_use]
pub fn law_number(law: Law) -> Option<&'static str> {
    match law {
        Law::R20 => Some("国家市场监督管理总局令第20号"),
        Law::R121 => Some("国家市场监督管理总局令第121号"),
        Law::Order45 => Some("国家市场监督管理总局令第45号"),
        Law::Procedure | Law::Own => None,
    }
}

/// `第二十三条第一款第五项`
#[must_use]
pub fn article(article: Article) -> String {
    let part = |number: Option<u8>, word| number.map(|n| format!("第{}{word}", numeral(n))).unwrap_or_default();
    format!("第{}条{}{}", numeral(article.number), part(article.paragraph, "款"), part(article.item, "项"))
}

/// The basis in one sentence, with what is not verified.
#[must_use]
pub fn basis(basis: &Basis) -> String {
    let through = basis.through.map(|through| format!("{}，", cite(through))).unwrap_or_default();
    let doubt = if basis.cite.verified { "" } else { "（未与原文核对）" };
    format!("依据：{through}{}{doubt}", cite(basis.cite))
}

/// The limit in one sentence.
#[must_use]
pub fn limit(due: &Due) -> String {
    let extended = if due.extended.is_empty() { "" } else { "（含延长）" };
    format!("期限：自{}之日起 {} {}内{extended}", event(due.step), due.days, unit(due.unit))
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Working => "个工作日",
        Unit::Natural => "日（自然日）",
    }
}

/// 为什么是这一天: the working, one sentence a line.
#[must_use]
pub fn explain(due: &Due) -> Vec<String> {
    let mut said: Vec<String> = due.working.iter().map(|one| line(one, due)).collect();
    said.extend(due.extended.iter().map(|extension| {
        let by = match extension.kind {
            ExtensionKind::Approved => "经负责人批准".to_owned(),
            ExtensionKind::Collective { days } => format!("经负责人集体讨论决定延长 {days} 日"),
        };
        format!("{}{by}，期限已延长。", day(extension.approved_on))
    }));
    said.extend(
        due.lapsed
            .iter()
            .map(|extension| format!("{}批准的延长，因重新计算期限不再适用。", day(extension.approved_on))),
    );
    said
}

/// For officers: the earlier date that reminders go by, where there is one.
#[must_use]
pub fn internal(due: &Due) -> Option<String> {
    (due.internal_on != due.on).then(|| {
        format!(
            "内部提醒按更早的{}计算（只有法定节假日才顺延的读法），请在{}前办结。",
            weekday(due.internal_on),
            weekday(due.act_by)
        )
    })
}

/// One line of the working.
#[must_use]
pub fn line(line: &Line, due: &Due) -> String {
    let guess = if line.certain || line.what == What::End { "" } else { "（放假安排尚未公布，按估算）" };
    format!("{}：{}{guess}", span(line.from, line.to), what(line, due))
}

fn what(line: &Line, due: &Due) -> String {
    let Line { days, total, .. } = line;
    match &line.what {
        What::Start => format!("{}当日，不计入", event(due.step)),
        What::Restarted => "最后一次举报当日，不计入，自次日起重新计算".into(),
        What::Counted if due.unit == Unit::Working => format!("工作日，计 {days} 天，累计 {total} 天"),
        What::Counted => format!("计 {days} 天，累计 {total} 天"),
        What::MakeUp { name } => format!("{name}调休上班，计 {days} 天，累计 {total} 天"),
        What::Skipped { why: Why::Paused { reason } } => format!("{}期间，不计入期限", pause(*reason)),
        What::Skipped { why } => format!("{}，不计", self::why(why)),
        What::Rolled { why } => format!("期限届满时为{}，顺延", self::why(why)),
        What::End if due.estimated => "预计期限届满".into(),
        What::End => "期限届满，最迟在这一天".into(),
    }
}

fn why(why: &Why) -> String {
    match why {
        Why::Weekend => "周末".into(),
        Why::Holiday { name } if name.is_empty() => "法定节假日".into(),
        Why::Holiday { name } => format!("{name}（法定节假日）"),
        Why::Rest { name } => format!("{name}放假（周末或者调休）"),
        Why::Paused { reason } => format!("{}期间", pause(*reason)),
    }
}

/// The name of a pause.
#[must_use]
pub fn pause(reason: PauseReason) -> &'static str {
    match reason {
        PauseReason::Appraisal => "鉴定",
        PauseReason::Testing => "检测",
        PauseReason::Hearing => "听证",
        PauseReason::Announcement => "公告",
        PauseReason::Suspension => "案件中止",
        PauseReason::RightsHolder => "权利人辨认或者鉴别",
        PauseReason::Refund => "责令退款",
        PauseReason::Recusal => "决定是否回避",
    }
}

fn span(from: NaiveDate, to: NaiveDate) -> String {
    if from == to {
        return weekday(from);
    }
    if from.year() == to.year() {
        return format!("{}至{}月{}日", day(from), to.month(), to.day());
    }
    format!("{}至{}", day(from), day(to))
}

/// What changed when a calendar was loaded.
#[must_use]
pub fn change(change: &Change) -> String {
    let (old, new) = (&change.old, &change.new);
    let name = step(new.step);
    if old.on == new.on {
        return if new.estimated {
            format!("“{name}”的期限没有变化：{}。", headline(new))
        } else {
            format!("“{name}”的期限已确定：{}。", headline(new))
        };
    }
    format!("“{name}”的期限由{}改为{}，因为放假安排有更新。", weekday(old.on), headline(new))
}

/// 1 to 99 in Chinese, as articles are numbered.
fn numeral(number: u8) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u8| DIGITS.get(usize::from(n)).copied().unwrap_or_default();
    match number {
        0..10 => digit(number).to_owned(),
        10..20 => format!("十{}", digit(number - 10)),
        20..100 => format!("{}十{}", digit(number / 10), digit(number % 10)),
        100.. => number.to_string(),
    }
}
