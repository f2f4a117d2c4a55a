//! Words for kinds of publications and what became of them.

use chrono::{DateTime, Utc};

use super::{act as name_of_act, leaf, moment};
use crate::domain::{act::Act, publication::Kind};

/// A kind of publications.
#[must_use]
pub fn publication_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Bulletin => "抽检公告",
        Kind::Disposal => "核查处置",
        Kind::Penalty => "行政处罚",
        Kind::Recall => "食品召回",
        Kind::Warning => "消费警示",
        Kind::Tip => "消费提示",
        Kind::Notice => "通知公告",
        Kind::Article => "食品科普",
    }
}

/// Heading of the page of a publication that is gone.
#[must_use]
pub fn gone_title(act: Act) -> &'static str {
    if act == Act::Withdraw { "这条信息已撤回" } else { "这条信息已移除" }
}

/// What became of it.
#[must_use]
pub fn gone(kind: Kind, act: Act, at: DateTime<Utc>) -> String {
    let kind = publication_kind(kind);
    match act {
        Act::Withdraw => format!("原在此处的{kind}信息已于{}由发布单位撤回，不再作为依据。", moment(at)),
        _ => format!("原在此处的{kind}信息公示期已满或者依法不再公示，已于{}移除。", moment(at)),
    }
}

/// Where the log keeps that.
#[must_use]
pub fn gone_log(act: Act, place: u64) -> String {
    format!("{}记录了这次{}，内容不再公开。", leaf(place), name_of_act(act))
}
