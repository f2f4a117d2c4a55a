//! Alerts: the form, the pages behind the letters' codes, links to follow something.

pub mod letter;

use super::{facet_value, publication_kind};
use crate::domain::{
    alert::{Pace, Topic},
    publication::Kind,
};

/// Title of the form.
pub const TITLE: &str = "邮件订阅";
/// What the form does.
pub const LEAD: &str = "有新的公开信息，或者已公开的信息有更正、撤回，会发邮件告诉您。";
/// Before the name of what is followed.
pub const WHAT: &str = "订阅内容";
/// The address.
pub const MAIL: &str = "邮箱";
/// Beside it.
pub const MAIL_HINT: &str = "例如 name@example.cn。会先发一封确认邮件，确认之后才开始订阅。";
/// How soon.
pub const PACE: &str = "多久告诉您";
/// The button.
pub const SEND: &str = "发送确认邮件";
/// Heading of what becomes of the address.
pub const PRIVACY: &str = "邮箱怎样使用";
/// What becomes of the address (PIPL art. 17), and the limits.
pub const PRIVACY_TEXT: [&str; 3] = [
    "只用于发送您订阅的邮件，加密保存，不公开，不作他用；不记录您的网络地址和姓名。",
    "48 小时内没有确认的，自动删除；退订后立即删除。每封邮件都可以一键退订。",
    "同一邮箱没有确认的，最多发 3 封确认邮件；最多订阅 50 项。超过的不再发送。同一网络 30 分钟内最多提交 10 次。",
];

/// After the form, whatever was sent.
pub const SENT: &str = "请查收邮件";
/// …
pub const SENT_TEXT: [&str; 2] = [
    "如果这个邮箱可以订阅，确认邮件几分钟内送达。打开邮件中的链接，按一下“确认订阅”，订阅才会开始。",
    "没有收到时，请看一下垃圾邮件，并检查邮箱是否写对。已经订阅过同一内容的，会收到管理订阅的邮件，每天最多一封。",
];

/// Title of the page behind the confirmation letter.
pub const CONFIRM: &str = "确认订阅";
/// What it asks for.
pub const CONFIRM_LEAD: &str = "按下面的按钮，订阅就开始了。";
/// Title of the page on which a subscription is changed.
pub const MANAGE: &str = "管理订阅";
/// What it asks for.
pub const MANAGE_LEAD: &str = "凭邮件中的订阅码，可以更改频率，也可以退订。";
/// The code.
pub const CODE: &str = "订阅码";
/// Where it stands.
pub const CODE_HINT: &str = "从邮件的链接进入会自动填好；没有填好时，请从邮件中复制。";
/// The button.
pub const OPEN: &str = "打开";
/// Sets the pace.
pub const SET_PACE: &str = "更改频率";
/// Ends it.
pub const END: &str = "退订";
/// Title of what ended.
pub const ENDED: &str = "已退订";
/// …
pub const ENDED_TEXT: &str = "您的邮箱和这项订阅已经删除，不会再收到这类邮件。";
/// Title after confirming.
pub const CONFIRMED: &str = "订阅已经开始";
/// Title after a change.
pub const CHANGED: &str = "已更改";
/// A state.
pub const STATE: &str = "状态";
/// Confirmed.
pub const IS_CONFIRMED: &str = "已确认";
/// Not confirmed.
pub const IS_UNCONFIRMED: &str = "待确认";
/// To the page of what is followed.
pub const TO_PAGE: &str = "查看公开信息";
/// What one click asks before it ends anything.
pub const END_ASK: &str = "按下面的按钮就退订这项内容，不需要登录。";
/// The form's topic is none, or there is nothing of it.
pub const NO_TOPIC: (&str, &str) = ("没有这项内容", "要订阅的内容不存在，或者已不再公开。请从要关注的页面重新进入。");
/// The code opens nothing.
pub const WRONG: &str = "订阅码不对，或者这项订阅已经结束。请从最近一封邮件的链接进入。";
/// Too many requests.
pub const WAIT: &str = "这个网络提交得太多了，请 30 分钟后再试。";
/// The database is busy.
pub const BUSY: &str = "系统繁忙，请稍后再试。";
/// Another site sent the form.
pub const FOREIGN: (&str, &str) = ("没有提交", "这个表单不是从本网站的页面提交的。请从页面重新填写。");
/// The pace is none.
pub const NO_PACE: &str = "请选择多久告诉您。";
/// Name of the links by which a page is followed.
pub const FOLLOW: &str = "订阅";
/// By mail.
pub const BY_MAIL: &str = "邮件";

/// A pace.
#[must_use]
pub fn pace(pace: Pace) -> &'static str {
    match pace {
        Pace::Now => "随时",
        Pace::Daily => "每天汇总",
        Pace::Weekly => "每周汇总",
    }
}

/// What it means.
#[must_use]
pub fn pace_hint(pace: Pace) -> &'static str {
    match pace {
        Pace::Now => "一有变化，一分钟内发出",
        Pace::Daily => "有变化的日子发一封",
        Pace::Weekly => "有变化的星期发一封",
    }
}

/// What is followed. `operator` is the name of the operator, empty where it is not public (any more).
#[must_use]
pub fn topic(topic: &Topic, operator: &str) -> String {
    match topic {
        Topic::All => "全部公开信息".to_owned(),
        Topic::Kind(kind) => publication_kind(*kind).to_owned(),
        Topic::Operator(_) if operator.is_empty() => "已不再公开的单位".to_owned(),
        Topic::Operator(_) => operator.to_owned(),
        Topic::Category(name) => format!("食品大类：{name}"),
        Topic::District(name) => format!("区县：{name}"),
        Topic::Search(pairs) => {
            let shown: Vec<_> = pairs.iter().map(|(name, value)| shown(name, value)).collect();
            format!("检索：{}", shown.join(" · "))
        }
    }
}

fn shown(name: &str, value: &str) -> String {
    match name {
        "q" => format!("“{value}”"),
        "from" => format!("{value} 起"),
        "to" => format!("到 {value}"),
        _ => facet_value(name, value),
    }
}

/// What is followed, in a letter that somebody else may have asked for: nothing that was typed stands in it.
#[must_use]
pub fn topic_without_words(topic: &Topic, name: &str) -> String {
    match topic {
        Topic::Search(_) => "一项检索（打开链接后可以看到）".to_owned(),
        _ => name.to_owned(),
    }
}

/// Title of a feed.
#[must_use]
pub fn feed_title(topic: &Topic, name: &str, site: &str) -> String {
    let name = match topic {
        Topic::All => return super::feed_title(None, site),
        Topic::Kind(kind) => return super::feed_title(Some(*kind), site),
        _ => name,
    };
    let site = if site.is_empty() { super::zh().site_name } else { site };
    format!("{name}_{site}")
}

/// Title of an entry for a sample.
#[must_use]
pub fn sample_entry(product: &str, verdict: &str) -> String {
    format!("{product}：{verdict}")
}

/// Kind of an entry for a sample.
#[must_use]
pub fn sample_kind() -> &'static str {
    super::kind("sample")
}

/// Kind of an entry for a publication.
#[must_use]
pub fn entry_kind(kind: Kind) -> &'static str {
    publication_kind(kind)
}
