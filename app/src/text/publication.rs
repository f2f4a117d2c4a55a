//! Words for kinds of publications and what became of them.

use chrono::{DateTime, NaiveDate, Utc};

use super::{act as name_of_act, day, found, leaf, moment, number, zh};
use crate::domain::{
    act::Act,
    publication::{
        Kind,
        content::Content,
        field::{Field, Holds},
        recall::Answer,
    },
    sample::{Party, SampleDraft},
};

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
        Kind::Register => "登记名册",
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
        (Kind::Register, "published_on") => "数据日期",
        (Kind::Register, "body") => "本次说明",
        (Kind::Register, "table") => "条目表",
        (_, "title") => "标题",
        (_, "source") => "来源",
        (_, "published_on") => "发布日期",
        (_, "body") => "正文",
        (_, "attachments") => "附件",
        (_, "table") => "样品表",
        (_, "register") => "名册",
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
        (_, "party_place") => "当事人住所地和公示分工",
        (_, "forwarded_on") => "收到外省推送的日期",
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
        ("party_place", "here") => "在本省，由我们公示（默认）",
        ("party_place", "elsewhere") => "在外省，推送给对方公示",
        ("party_place", "forwarded") => "外省作出、推送给我们公示",
        ("procedure", "ordinary") => "普通程序",
        ("procedure", "summary") => "简易程序",
        ("level", "first") => "一级召回",
        ("level", "second") => "二级召回",
        ("level", "third") => "三级召回",
        ("level", "voluntary") => "自愿召回（标签瑕疵）",
        (_, code) => code,
    }
}

/// A field's value as people read it: days and choices in words.
#[must_use]
pub fn value(field: &Field, value: &str) -> String {
    match field.holds {
        Holds::Day => value.parse().map_or_else(|_| value.to_owned(), day),
        Holds::Choice(_) => choice(field.name, value).to_owned(),
        Holds::Lots => value.lines().map(lot).collect::<Vec<_>>().join("、"),
        Holds::Samples => value.lines().collect::<Vec<_>>().join("、"),
        _ => value.to_owned(),
    }
}

/// A recalled lot.
#[must_use]
pub fn lot(lot: &str) -> String {
    lot.strip_suffix('*').map_or_else(|| lot.to_owned(), |start| format!("{start} 开头的全部批号"))
}

/// What a level of recall means (食品召回管理办法 art. 13).
#[must_use]
pub fn level_explained(code: &str) -> &'static str {
    match code {
        "first" => {
            "食用后已经或者可能导致严重健康损害甚至死亡。生产者知悉后 24 小时内启动召回，公告发布后 10 个工作日内完成。"
        }
        "second" => {
            "食用后已经或者可能导致一般健康损害。生产者知悉后 48 小时内启动召回，公告发布后 20 个工作日内完成。"
        }
        "third" => "标签、标识存在虚假标注。生产者知悉后 72 小时内启动召回，公告发布后 30 个工作日内完成。",
        _ => "标签、标识有瑕疵，但食用后不会造成健康损害，由生产者自愿召回。",
    }
}

/// An answer to "is mine affected?": in short, and what to do.
#[must_use]
pub fn recall_answer(answer: Answer) -> (&'static str, &'static str) {
    match answer {
        Answer::Affected => (zh().answer_affected, zh().answer_affected_do),
        Answer::NotListed => (zh().answer_not_listed, zh().answer_not_listed_do),
        Answer::NotKnown => (zh().answer_not_known, zh().answer_not_known_do),
    }
}

/// How many recalls were looked through.
#[must_use]
pub fn recalls_found(count: usize) -> String {
    format!("与您填写的内容有关的召回信息共 {} 条", number(count as u64))
}

/// What a page of a publication is about, in one sentence.
#[must_use]
pub fn publication_summary(content: &Content) -> String {
    let of = |name: &str| content.field(name).to_owned();
    match content.kind {
        Kind::Penalty => format!("{}，{}，{}。", of("party"), of("violation"), of("document_number")),
        Kind::Disposal => format!("{}：{}。", of("operator"), choice("outcome", content.field("outcome"))),
        Kind::Recall => {
            format!("{}召回{}（{}）。", of("producer"), of("product"), choice("level", content.field("level")))
        }
        _ => crate::markdown::plain(&content.body, 90),
    }
}

/// How many of a kind.
#[must_use]
pub fn kind_count(count: u64) -> String {
    format!("{} 条", number(count))
}

/// The way to all of a kind.
#[must_use]
pub fn all_of(kind: Kind) -> String {
    format!("全部{}", publication_kind(kind))
}

/// A list of a kind, for feeds and search engines.
#[must_use]
pub fn list_of(kind: Kind) -> String {
    format!("{}，按发布日期排列，新的在前。", publication_kind(kind))
}

/// Title of a feed.
#[must_use]
pub fn feed_title(kind: Option<Kind>, site: &str) -> String {
    let site = if site.is_empty() { zh().site_name } else { site };
    format!("{}_{site}", kind.map_or(zh().publications, publication_kind))
}

/// Heading of a revision's page.
#[must_use]
pub fn revision_title(number: u32, act: Act, title: &str) -> String {
    format!("第{number}版（{}）：{title}", name_of_act(act))
}

/// Lines that are left out of a difference.
#[must_use]
pub fn lines_skipped(count: usize) -> String {
    format!("（中间 {count} 行没有变化）")
}

/// Entries that are left out of a list.
#[must_use]
pub fn and_others(count: usize) -> String {
    format!("还有 {} 个没有列出", number(count as u64))
}

/// How many samples a revision of a bulletin had.
#[must_use]
pub fn samples_in_revision(count: usize) -> String {
    format!("这一版有 {} 个样品，逐个内容见核验文件。", number(count as u64))
}

/// What is printed of a sample, name by name, for comparing two revisions; both lists have the same names.
#[must_use]
pub fn sample_facts(sample: &SampleDraft) -> Vec<(&'static str, String)> {
    let own = |value: &Option<String>| value.clone().unwrap_or_default();
    let party = |party: &Party| {
        let parts = [&party.name, &party.address, &party.province];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join("，")
    };
    let items = sample.failed_items.iter().map(|failed| {
        format!("{} {}", failed.item, found(failed.result.as_deref(), failed.limit.as_deref())).trim_end().to_owned()
    });
    vec![
        (zh().product, sample.product.clone()),
        (zh().verdict, super::verdict(sample.verdict).to_owned()),
        (zh().failed_items, items.collect::<Vec<_>>().join("；")),
        (zh().producer, party(&sample.producer)),
        (zh().seller, party(&sample.seller)),
        (zh().platform_name, own(&sample.platform)),
        (zh().shop, own(&sample.shop)),
        (zh().brand, own(&sample.brand)),
        (zh().spec, own(&sample.spec)),
        (zh().date_or_lot, sample.date.as_ref().map(|date| date.text.clone()).unwrap_or_default()),
        (zh().lot, own(&sample.lot)),
        (zh().shelf_life, own(&sample.shelf_life)),
        (zh().category, own(&sample.category)),
        (zh().group, super::group(sample.group).to_owned()),
        (zh().sampled_on, sample.sampled_on.map(day).unwrap_or_default()),
        (zh().number, own(&sample.number)),
        (zh().laboratory, own(&sample.laboratory)),
        (zh().task, own(&sample.task)),
        (zh().publisher, own(&sample.publisher)),
        (zh().remark_name, own(&sample.remark)),
    ]
}

/// A heading with a count.
#[must_use]
pub fn counted(name: &str, count: usize) -> String {
    format!("{name}（{}）", number(count as u64))
}

/// A short way of a passed sample: sampled, tested, published.
#[must_use]
pub fn short_progress(sampled: Option<NaiveDate>, published: NaiveDate) -> String {
    let sampled = sampled.map(|on| format!("{}抽样，", day(on))).unwrap_or_default();
    format!("{sampled}检验合格，{}公布。", day(published))
}

/// An attachment with what it is and how large.
#[must_use]
pub fn attachment(media_type: &str, size: u64) -> String {
    let kind = match media_type {
        "application/pdf" => "PDF",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "Word",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "Excel",
        other if other.starts_with("image/") => "图片",
        _ => "文件",
    };
    let size = if size < 1024 * 1024 {
        format!("{} KB", size.div_ceil(1024))
    } else {
        format!("{} MB", size.div_ceil(1024 * 1024))
    };
    format!("{kind}，{size}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::publication::field::fields;

    #[test]
    fn no_answer_to_a_holder_says_safe() {
        for answer in [Answer::Affected, Answer::NotListed, Answer::NotKnown] {
            let (short, advice) = recall_answer(answer);
            assert!(!short.contains("安全") && !advice.contains("安全") && !advice.contains("放心"), "{answer:?}");
        }
        assert!(!zh().check_none.contains("安全") && !zh().check_none_do.contains("安全"));
    }

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
