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

/// A field of a kind, as forms, pages and differences name it. Unknown names come back as they are.
#[must_use]
pub fn label(kind: Kind, name: &str) -> &str {
    match (kind, name) {
        (_, "title") => "标题",
        (_, "source") => "来源",
        (_, "published_on") => "发布日期",
        (_, "body") => "正文",
        (_, "attachments") => "附件",
        (_, "table") => "样品表",
        (_, "issue_no") => "期号",
        (Kind::Penalty, "document_number") => "行政处罚决定书文号",
        (_, "document_number") => "文号",
        (_, "index_number") => "索引号",
        (_, "products") => "涉及食品",
        (Kind::Disposal, "samples") => "核查处置的样品",
        (_, "samples") => "关联抽检样品",
        (_, "operator") => "被处置单位",
        (_, "control") => "产品控制情况",
        (_, "cause") => "原因排查",
        (_, "rectification") => "整改情况",
        (_, "outcome") => "处置结果",
        (_, "penalty_number") => "处罚决定书文号",
        (_, "completed_on") => "完成日期",
        (_, "party") => "当事人",
        (_, "party_kind") => "当事人类型",
        (_, "party_code") => "统一社会信用代码",
        (_, "party_address") => "当事人住所（住址）",
        (_, "procedure") => "处罚程序",
        (_, "violation") => "违法行为类型",
        (_, "facts") => "违法事实",
        (_, "basis") => "处罚依据",
        (_, "penalty") => "行政处罚内容",
        (_, "authority") => "作出行政处罚决定机关",
        (_, "decided_on") => "作出行政处罚决定日期",
        (_, "removal_class") => "公示期限类别",
        (_, "restriction_until") => "限制期届满日",
        (_, "product") => "食品名称",
        (_, "producer") => "生产者名称",
        (_, "producer_code") => "生产者统一社会信用代码",
        (_, "producer_address") => "生产者住所",
        (_, "representative") => "法定代表人或者负责人",
        (_, "phone") => "联系电话",
        (_, "email") => "电子邮箱",
        (_, "brand") => "商标",
        (_, "spec") => "规格",
        (_, "lots") => "召回批号",
        (_, "made_from") => "生产日期（起）",
        (_, "made_to") => "生产日期（止）",
        (_, "reason") => "召回原因",
        (_, "level") => "召回等级",
        (_, "starts_on") => "召回开始日期",
        (_, "ends_on") => "召回截止日期",
        (_, "region") => "召回区域范围",
        (_, "returns") => "退货和赔偿办法",
        (_, "official_link") => "官方召回公告",
        (_, name) => name,
    }
}

/// A choice of a field. Unknown codes come back as they are.
#[must_use]
pub fn choice<'a>(name: &str, code: &'a str) -> &'a str {
    match (name, code) {
        ("outcome", "in_progress") => "正在核查处置",
        ("outcome", "punished") => "已给予行政处罚",
        ("outcome", "not_punished") => "依法不予行政处罚",
        ("outcome", "transferred") => "已移送有权处理的机关",
        ("outcome", "other") => "已按其他方式处置完毕",
        ("party_kind", "company") => "企业或者其他组织",
        ("party_kind", "individual_business") => "个体工商户",
        ("party_kind", "person") => "自然人",
        ("procedure", "ordinary") => "普通程序",
        ("procedure", "summary") => "简易程序",
        ("level", "first") => "一级召回",
        ("level", "second") => "二级召回",
        ("level", "third") => "三级召回",
        ("level", "voluntary") => "自愿召回（标签瑕疵）",
        (_, code) => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::publication::field::{Holds, fields};

    #[test]
    fn every_field_and_every_choice_has_words() {
        for kind in Kind::ALL {
            for field in fields(kind) {
                assert_ne!(label(kind, field.name), field.name, "{kind:?}");
                if let Holds::Choice(codes) = field.holds {
                    assert!(codes.iter().all(|code| choice(field.name, code) != *code), "{}", field.name);
                }
            }
        }
    }
}
