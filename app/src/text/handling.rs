//! Words of the desk where complaints and reports are handled.

pub mod detail;
mod helpers;
mod paper;
mod public;

pub use helpers::{accept_hint, act_hint, end_help, refusal_help, said_hint, said_label};
pub use paper::*;
pub use public::*;

use chrono::NaiveDate;

use crate::{
    domain::{
        case::{Act, Fault, LONGEST_SAID, Settlement},
        clock::PauseReason,
        evidence,
    },
    ports::{Actor, Dated, Factors, SamePerson, Urgency},
};

/// Name of the part.
pub const CASES: &str = "投诉举报";
/// Tabs.
pub const MINE: &str = "我办理的";
/// Nobody's.
pub const FREE: &str = "待领取";
/// All open ones.
pub const OPEN: &str = "全部在办";
/// Closed ones.
pub const CLOSED: &str = "已办结";
/// Nothing in a list.
pub const NONE: &str = "没有符合条件的投诉举报。";
/// Filters.
pub const FILTER: &str = "筛选";
/// Search field.
pub const QUERY: &str = "编号或被投诉、被举报单位";
/// Any value.
pub const ANY: &str = "全部";
/// Filter labels.
pub const KIND: &str = "类型";
/// See [`KIND`].
pub const PROBLEM: &str = "问题";
/// See [`KIND`].
pub const STATE: &str = "状态";
/// See [`KIND`].
pub const SOURCE: &str = "来源";
/// Button of the filters.
pub const APPLY: &str = "查看结果";
/// Takes filters away.
pub const CLEAR: &str = "清除筛选";
/// A date that is not final.
pub const ESTIMATED: &str = "预计";
/// No officer yet.
pub const NOBODY: &str = "无人办理";
/// Officer.
pub const OFFICER: &str = "承办人";
/// Next step.
pub const NEXT: &str = "下一步";
/// Nothing is left to do.
pub const NOTHING_DUE: &str = "没有待办期限";
/// Came in.
pub const RECEIVED: &str = "收到时间";
/// Closed.
pub const CLOSED_AT: &str = "办结时间";
/// Handled by.
pub const BUREAU: &str = "办理机构";
/// Result.
pub const RESULT: &str = "结果";
/// The other half.
pub const TWIN: &str = "同一次提交的另一件";
/// The complaint in which a clue was found, or the report opened on it.
pub const TWIN_CLUE: &str = "相关的另一件";
/// Number at the national platform.
pub const NATIONAL: &str = "全国12315平台";
/// See [`NATIONAL`].
pub const NATIONAL_NO: &str = "平台编号";
/// See [`NATIONAL`].
pub const NATIONAL_STATE: &str = "平台状态";
/// See [`NATIONAL`].
pub const NATIONAL_NOTE: &str = "投诉举报应当统一在全国12315平台处理。登记平台编号后，两边不会重复统计。";
/// Button.
pub const NATIONAL_SAVE: &str = "登记";
/// Heading of what was written.
pub const WRITTEN: &str = "来件内容";
/// What was written is hidden or deleted.
pub const HIDDEN: &str = "来件内容由另一位同事办理，这里不显示。";
/// What was written is deleted.
pub const FORGOTTEN: &str = "保存期限已过，来件内容和个人信息已删除。";
/// Parts of what was written.
pub const PARTY: &str = "被投诉、被举报单位";
/// See [`PARTY`].
pub const PARTY_ADDRESS: &str = "地址";
/// See [`PARTY`].
pub const PLATFORM: &str = "平台";
/// See [`PARTY`].
pub const SHOP: &str = "店铺";
/// See [`PARTY`].
pub const PRODUCT: &str = "商品或者服务";
/// See [`PARTY`].
pub const LOT: &str = "批号或生产日期";
/// See [`PARTY`].
pub const BOUGHT_ON: &str = "购买或发生日期";
/// See [`PARTY`].
pub const AMOUNT: &str = "金额";
/// See [`PARTY`].
pub const ORDER: &str = "订单号";
/// See [`PARTY`].
pub const STORY: &str = "经过";
/// See [`PARTY`].
pub const REQUEST: &str = "请求";
/// Who asks.
pub const PERSONS: &str = "投诉举报人";
/// Nobody gave a name.
pub const ANONYMOUS: &str = "匿名举报，没有个人信息。";
/// The author does not want to be told.
pub const NO_NEWS: &str = "举报人不要求告知处理情况。";
/// Said beside masked data.
pub const REVEAL_NOTE: &str = "姓名、电话、地址已遮盖。查看会留下记录，对方也看得到。";
/// Said where the officer can't unmask.
pub const REVEAL_OWN: &str = "只有本件承办人可以查看完整信息。";
/// Button.
pub const REVEAL: &str = "查看";
/// Labels of personal data.
pub const NAME: &str = "姓名";
/// See [`NAME`].
pub const PHONE: &str = "电话";
/// See [`NAME`].
pub const ADDRESS: &str = "通讯地址";
/// See [`NAME`].
pub const MAIL: &str = "电子邮箱";
/// Evidence.
pub const FILES: &str = "证据材料";
/// No evidence.
pub const NO_FILES: &str = "没有上传材料。";
/// A file that is not ready.
pub const NOT_READY: &str = "还在上传";
/// Clocks.
pub const CLOCKS: &str = "期限";
/// A clock that is met.
pub const MET_ON: &str = "已于";
/// See [`MET_ON`].
pub const MET: &str = "完成";
/// Heading of events.
pub const EVENTS: &str = "办理经过";
/// Receipt.
pub const CAME_IN: &str = "收到来件";
/// Who looked.
pub const LOOKS: &str = "查看记录";
/// See [`LOOKS`].
pub const LOOKED: &str = "打开了本件";
/// See [`LOOKS`].
pub const UNMASKED: &str = "查看了完整个人信息";
/// What may be done.
pub const ACTS: &str = "办理";
/// Nothing may be done.
pub const NO_ACTS: &str = "您现在不能办理本件。";
/// What stands around.
pub const AROUND: &str = "参考信息";
/// Cases about the party.
pub const SAME_PARTY: &str = "一年内对同一单位的其他投诉举报";
/// Cases of the person.
pub const SAME_PERSON: &str = "同一联系方式的其他投诉举报";
/// No such case.
pub const NO_OTHERS: &str = "没有。";
/// Publications.
pub const PUBLISHED: &str = "该单位已公开的信息";
/// The operator is not known by its registered name.
pub const NOT_KNOWN: &str = "来件没有对应到已登记的单位。";
/// Art. 17.
pub const FACTORS: &str = "第十七条的考虑因素（一年内）";
/// Art. 17: they decide nothing.
pub const FACTORS_NOTE: &str =
    "这些数字本身不能决定任何事：是否为生活消费需要，要由承办人结合全案判断，不能据此自动不予受理。";
/// Start card.
pub const START: &str = "投诉举报待办";
/// Conflict.
pub const CONFLICT: &str = "这件刚刚有了新进展，下面是最新状态。您填写的内容还在，请核对后再提交。";
/// Documents.
pub const DOCUMENTS: &str = "文书";
/// Field of an officer.
pub const ASSIGN_TO: &str = "分派给";
/// See [`ASSIGN_TO`].
pub const CHOOSE: &str = "请选择";
/// Field of a bureau.
pub const TO_BUREAU: &str = "分送给";
/// Choice of another bureau.
pub const OTHER_BUREAU: &str = "其他机构";
/// Name of the other bureau.
pub const OTHER_BUREAU_NAME: &str = "机构名称";
/// Ground of a refusal or end.
pub const GROUND: &str = "理由";
/// Mode of a session.
pub const MODE: &str = "方式";
/// Time of a session.
pub const TIME: &str = "时间";
/// Place of a session.
pub const PLACE: &str = "地点";
/// How a place is written.
pub const PLACE_HINT: &str = "现场调解写地址；电话、视频写怎样接入。";
/// Mediators.
pub const MEDIATORS: &str = "调解人员";
/// See [`MEDIATORS`].
pub const MEDIATORS_HINT: &str = "双方可以申请回避。";
/// Document of a settlement.
pub const SETTLEMENT: &str = "调解书";
/// Reason of a pause.
pub const PAUSE_REASON: &str = "原因";
/// Outcome.
pub const OUTCOME: &str = "决定";
/// Department.
pub const RECEIVER: &str = "移送给";
/// Name of the department.
pub const RECEIVER_NAME: &str = "部门全称";
/// Bureau that is competent.
pub const COMPETENT: &str = "有权处理的市场监管部门";
/// Number of the other report.
pub const INTO: &str = "并入哪一件";
/// See [`INTO`].
pub const INTO_HINT: &str = "同一人对同一对象此前的举报编号，例如 20261125-K7Q2M01X。";
/// The remedies.
pub const REMEDIES: &str = "告知书会写上投诉人还可以走的五条途径：";
/// No such officer.
pub const NO_OFFICER: &str = "请选一位能办理投诉举报的同事。";
/// No such number.
pub const NO_NUMBER: &str = "没有这个编号的举报，请核对。";
/// A number can't be taken into another case.
pub const NOT_INTO: &str = "这件不能并进去：要是由您办理、还在核查的举报。";
/// Nothing chosen.
pub const NOT_CHOSEN: &str = "请选择一项。";
/// Nothing written.
pub const EMPTY: &str = "请填写这一项。";
/// Not a time.
pub const NOT_A_TIME: &str = "请填写日期和时间，例如 2026-12-01 09:30。";
/// Before now.
pub const PAST: &str = "这个时间已经过去，请核对。";
/// Too long for one line.
pub const LONG_LINE: &str = "最多 100 个字，请缩短。";
/// An act that is not known.
pub const UNKNOWN_ACT: &str = "没有这种操作，请刷新页面。";
/// A file that can't be given.
pub const FILE_GONE: (&str, &str) = ("文件打不开", "这份材料不在本件里，或者还没有传完。");
/// A case that another officer handles.
pub const NOT_YOURS: (&str, &str) = ("不能查看", "这件由另一位同事办理。需要查看请联系办案负责人。");

/// How near: word for the mark.
#[must_use]
pub fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Late => "已超期",
        Urgency::Today => "今天到期",
        Urgency::Soon => "即将到期",
        Urgency::Later => "期限内",
        Urgency::Paused => "期限暂停",
    }
}

/// How near: a shape, for those who don't see the colour.
#[must_use]
pub fn shape(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Late => "◆",
        Urgency::Today => "▲",
        Urgency::Soon => "●",
        Urgency::Later => "○",
        Urgency::Paused => "‖",
    }
}

/// How near: class of the style sheet.
#[must_use]
pub fn urgency_class(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Late => "urgency late",
        Urgency::Today => "urgency today",
        Urgency::Soon => "urgency soon",
        Urgency::Later => "urgency later",
        Urgency::Paused => "urgency paused",
    }
}

/// `已超期 2 天`, `今天到期`, `还剩 3 天`. Strictly late, while the day told to people is not over yet: as it is.
#[must_use]
pub fn remaining(urgency: Urgency, dated: &Dated) -> String {
    match (urgency, dated.left.unwrap_or(0)) {
        (Urgency::Paused, _) => "期限暂停".to_owned(),
        (Urgency::Late, left) if left < 0 => format!("已超期 {} 天", -left),
        (Urgency::Late, _) => "从严计算已超期".to_owned(),
        (_, 0) => "今天到期".to_owned(),
        (Urgency::Today, left) => format!("今天办，还剩 {left} 天"),
        (_, left) => format!("还剩 {left} 天"),
    }
}

/// `12月4日`, with the year where it is not this one.
#[must_use]
pub fn short_day(day: NaiveDate, today: NaiveDate) -> String {
    use chrono::Datelike;
    if day.year() == today.year() { format!("{}月{}日", day.month(), day.day()) } else { super::day(day) }
}

/// `其余 12 件`
#[must_use]
pub fn others(count: usize) -> String {
    format!("其余 {count} 件")
}

/// `共 12 件`
#[must_use]
pub fn count(count: usize) -> String {
    format!("共 {count} 件")
}

/// Who did something.
#[must_use]
pub fn actor(actor: Actor) -> &'static str {
    match actor {
        Actor::Citizen => "投诉举报人",
        Actor::Officer => "承办人员",
        Actor::Clock => "系统",
    }
}

/// Role of somebody in a case.
#[must_use]
pub fn role(code: &str) -> &'static str {
    match code {
        "agent" => "受托人",
        "represented" => "共同投诉人",
        _ => "本人",
    }
}

/// Who gave a file.
#[must_use]
pub fn side(side: evidence::Side) -> &'static str {
    match side {
        evidence::Side::Citizen => "对方上传",
        evidence::Side::Desk => "承办人上传",
    }
}

/// Kinds of files.
#[must_use]
pub fn file_kind(kind: evidence::Kind) -> &'static str {
    match kind {
        evidence::Kind::Jpeg | evidence::Kind::Png => "图片",
        evidence::Kind::Pdf => "PDF",
        evidence::Kind::Mp4 | evidence::Kind::Mov => "视频",
    }
}

/// `1.2 MB`
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// Modes of a session (order 121 art. 20): code and name.
pub const MODES: [(&str, &str); 4] =
    [("on_site", "现场"), ("phone", "电话"), ("video", "视频"), ("internet", "互联网")];

/// Name of a mode.
#[must_use]
pub fn mode(code: &str) -> &'static str {
    MODES.iter().find(|(known, _)| *known == code).map_or("", |(_, name)| name)
}

/// Whether a mediation document is made.
#[must_use]
pub fn settlement(settlement: Settlement) -> &'static str {
    match settlement {
        Settlement::Document => "制作调解书，双方签字或者盖章",
        Settlement::Performed => "已当场履行，只作调解记录",
        Settlement::NoneWanted => "双方同意不制作调解书，只作调解记录",
    }
}

/// Why a clock stands.
#[must_use]
pub fn pause(reason: PauseReason) -> &'static str {
    match reason {
        PauseReason::Appraisal => "鉴定（时间不计入期限）",
        PauseReason::Testing => "检测（时间不计入期限）",
        PauseReason::Hearing => "听证（时间不计入期限）",
        PauseReason::Announcement => "公告（时间不计入期限）",
        PauseReason::Suspension => "案件中止（时间不计入期限）",
        PauseReason::RightsHolder => "权利人辨认或者鉴别（时间不计入期限）",
        PauseReason::Refund => "责令退款（时间不计入期限）",
        PauseReason::Recusal => "当事人申请调解人员回避（期限照常计算）",
    }
}

/// Where the same person stands elsewhere: by what.
#[must_use]
pub fn shared(same: &SamePerson) -> String {
    let by = [(same.by_phone, "电话"), (same.by_address, "地址"), (same.by_name, "姓名")];
    let by: Vec<_> = by.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect();
    format!("{}相同", by.join("、"))
}

/// The factors of art. 17, as lines.
#[must_use]
pub fn factors(factors: &Factors) -> Vec<(&'static str, String)> {
    let cases = |count: usize| format!("{count} 件");
    let names = |count: usize| format!("{count} 个姓名");
    vec![
        ("同一电话的投诉（含本件）", cases(factors.by_person)),
        ("其中对同一单位", cases(factors.same_party)),
        ("其中同一类问题", cases(factors.same_problem)),
        ("使用这个电话的", names(factors.names_on_phone)),
        ("使用这个通讯地址的", names(factors.names_on_address)),
    ]
}

/// What is wrong with what was said.
#[must_use]
pub fn said_fault(fault: Fault) -> String {
    match fault {
        Fault::Field(crate::domain::objection::Fault::TooLong(most)) => format!("最多 {most} 个字，请缩短。"),
        _ => format!("请填写，最多 {LONGEST_SAID} 个字。"),
    }
}

/// A short line of an event: what was chosen.
#[must_use]
pub fn event(act: Option<Act>, by: Actor) -> &'static str {
    match (act, by) {
        (Some(act), _) => super::case::act(act),
        (None, Actor::Clock) => super::case::RECOUNTED,
        (None, _) => CAME_IN,
    }
}
