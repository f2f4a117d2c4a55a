//! Words of complaints and reports that citizens, officers and documents share.

pub mod letter;

use crate::domain::{
    case::{Act, EndGround, Fault, Kind, Outcome, Problem, Receiver, Refusal, RefusalGround, Remedy, Source, State},
    clock::{ClockError, Rule},
    objection::Fault as FieldFault,
};

/// A calendar was announced, and a date moved with it.
pub const RECOUNTED: &str = "期限重新计算";

/// 投诉, 举报
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Complaint => "投诉",
        Kind::Report => "举报",
    }
}

/// Where it stands.
#[must_use]
pub fn state(kind: Kind, state: State) -> &'static str {
    match (kind, state) {
        (Kind::Complaint, State::Received) => "待受理",
        (Kind::Report, State::Received) => "待核查",
        (_, State::Asked) => "待补正",
        (_, State::Accepted) => "已受理，调解中",
        (_, State::Suspended) => "调解中止",
        (_, State::Checking) => "核查中",
        (_, State::Filed) => "已立案",
        (_, State::Refused) => "不予受理",
        (_, State::Withdrawn) => "已撤回",
        (_, State::Settled) => "调解成功",
        (_, State::Ended) => "终止调解",
        (_, State::NotFiled) => "不予立案",
        (_, State::Decided) => "已作出处理决定",
        (_, State::Transferred) => "已移送",
        (_, State::Redirected) => "已告知另行提出",
        (_, State::Merged) => "已合并处理",
    }
}

/// What the state means for the citizen, and what comes next.
#[must_use]
pub fn meaning(kind: Kind, state: State) -> &'static str {
    match (kind, state) {
        (Kind::Complaint, State::Received) => "材料已收到。市场监管部门正在判断是否受理，会把决定告诉您。",
        (Kind::Report, State::Received) => "线索已收到，等待核查。",
        (_, State::Asked) => "还缺材料或说明。请看下面的问题，补充后继续办理；办理期限不因此停止。",
        (_, State::Accepted) => "已受理，正在组织双方调解。调解须双方自愿。",
        (_, State::Suspended) => "调解暂停。鉴定、检测所需时间不计入调解期限；处理回避申请的时间照常计算。",
        (_, State::Checking) => "正在核查线索是否属实。",
        (_, State::Filed) => "线索已立案，正在调查。",
        (_, State::Refused) => "投诉不予受理。理由和您还可以走的途径写在下面。",
        (_, State::Withdrawn) => "您已撤回投诉，办理结束。",
        (_, State::Settled) => "双方达成一致，调解结束。",
        (_, State::Ended) => "调解已终止。理由和您还可以走的途径写在下面。",
        (_, State::NotFiled) => "核查后不予立案，理由写在下面。",
        (_, State::Decided) => "案件已作出处理决定，结果写在下面。",
        (_, State::Transferred) => "事项不归市场监管部门管，已移交有权处理的部门，并书面告知。",
        (_, State::Redirected) => "应由其他地方的市场监管部门处理。举报不在部门之间移送，请直接向该部门提出。",
        (_, State::Merged) => "已并入您此前对同一对象的举报，期限从最后一次举报起重新计算。",
    }
}

/// Which way it came.
#[must_use]
pub fn source(source: Source) -> &'static str {
    match source {
        Source::Portal => "本网站",
        Source::Counter => "来访",
        Source::Phone => "来电",
        Source::Letter => "来函",
        Source::Platform12315 => "全国12315平台",
        Source::Hotline12345 => "12345热线",
        Source::Mediation => "调解中发现",
        Source::Other => "其他",
    }
}

/// Kind of problem.
#[must_use]
pub fn problem(problem: Problem) -> &'static str {
    match problem {
        Problem::Illness => "吃后不适、疑似食物中毒",
        Problem::ForeignBody => "食品里有异物",
        Problem::Spoiled => "变质、霉变",
        Problem::Expired => "超过保质期",
        Problem::Hygiene => "环境卫生、虫鼠",
        Problem::Unlicensed => "无证经营",
        Problem::Additive => "添加剂、非法添加",
        Problem::Label => "标签、虚假标注",
        Problem::Counterfeit => "假冒伪劣",
        Problem::Supplement => "保健食品虚假宣传",
        Problem::Delivery => "网络订餐",
        Problem::School => "学校食堂",
        Problem::Meat => "病死或未检疫肉类",
        Problem::Measure => "短斤缺两、价格",
        Problem::Prepaid => "预付卡",
        Problem::Waste => "食品浪费",
        Problem::Other => "其他食品问题",
    }
}

/// What an officer does, as a button says it.
#[must_use]
pub fn act(act: Act) -> &'static str {
    match act {
        Act::Supplement => "补充材料",
        Act::Withdraw => "撤回投诉",
        Act::Take => "由我办理",
        Act::Assign => "分派",
        Act::HandOver => "分送其他机构",
        Act::Ask => "要求补正",
        Act::Accept => "受理",
        Act::Refuse => "不予受理",
        Act::Invite => "通知调解",
        Act::Pause => "中止",
        Act::Resume => "恢复",
        Act::Settle => "调解成功",
        Act::End => "终止调解",
        Act::Told => "已告知",
        Act::FindClue => "发现违法线索",
        Act::Check => "开始核查",
        Act::AskExtension => "申请延期",
        Act::ApproveExtension => "批准延期",
        Act::DenyExtension => "不批准延期",
        Act::File => "立案",
        Act::DontFile => "不予立案",
        Act::Decide => "作出处理决定",
        Act::Transfer => "移送其他部门",
        Act::Redirect => "告知另行提出",
        Act::Merge => "并入另一举报",
        Act::TakeIn => "合并重复举报",
        Act::Message => "给对方留言",
        Act::Note => "内部备注",
        Act::Reopen => "重新办理",
    }
}

/// 不予受理 grounds, as the rule words them.
#[must_use]
pub fn refusal_ground(ground: RefusalGround) -> &'static str {
    match ground {
        RefusalGround::NotCompetent => "投诉事项不属于市场监督管理部门职责，或者本行政机关不具有处理权限",
        RefusalGround::HandledBefore => {
            "法院、仲裁机构、市场监督管理部门或者其他行政机关、消费者协会已经受理或者处理过同一消费者权益争议"
        }
        RefusalGround::NotConsumer => {
            "不是为生活消费需要购买、使用商品或者接受服务，或者不能证明与被投诉人之间存在消费者权益争议"
        }
        RefusalGround::TooLate => "除法律另有规定外，投诉人知道或者应当知道自己的权益受到被投诉人侵害之日起超过三年",
        RefusalGround::Material => "未提供规定的材料，或者提供虚假材料",
        RefusalGround::Impersonation => "冒用他人名义或者拒不配合市场监督管理部门核验真实身份信息",
        RefusalGround::Other => "法律、法规、规章规定不予受理的其他情形",
    }
}

/// 终止调解 grounds, as the rule words them.
#[must_use]
pub fn end_ground(ground: EndGround, rule: Rule) -> &'static str {
    match ground {
        EndGround::Withdrawn => "投诉人撤回投诉或者双方自行和解",
        EndGround::NoPart => "投诉人、被投诉人无正当理由不参加调解，或者明确拒绝调解",
        EndGround::NoAgreement => "经组织调解，投诉人或者被投诉人明确表示无法达成调解协议",
        EndGround::TestingCost => "投诉人与被投诉人对鉴定、检测费用承担无法协商一致",
        EndGround::TimeOver if rule == Rule::R20 => "自投诉受理之日起四十五个工作日内投诉人和被投诉人未能达成调解协议",
        EndGround::TimeOver => "自投诉受理之日起六十日内投诉人和被投诉人未能达成调解协议",
        EndGround::FoundLater => "受理投诉后，发现存在不予受理或者骗取赔偿、敲诈勒索的情形",
        EndGround::PartyGone => "投诉人、被投诉人死亡或者主体资格灭失",
        EndGround::Other => "法律、法规、规章规定的应当终止调解的其他情形",
    }
}

/// `第十六条第（三）项`: where a ground stands.
#[must_use]
pub fn item(article: &str, item: u8) -> String {
    const DIGITS: [&str; 11] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    format!("{article}第（{}）项", DIGITS.get(usize::from(item)).copied().unwrap_or_default())
}

/// Name and article of the rule on refusals.
#[must_use]
pub fn refusal_article(rule: Rule) -> &'static str {
    match rule {
        Rule::R121 => "《市场监督管理投诉举报处理办法》第十六条",
        Rule::R20 => "《市场监督管理投诉举报处理暂行办法》第十五条",
    }
}

/// Name and article of the rule on the end of mediation.
#[must_use]
pub fn end_article(rule: Rule) -> &'static str {
    match rule {
        Rule::R121 => "《市场监督管理投诉举报处理办法》第二十三条第一款",
        Rule::R20 => "《市场监督管理投诉举报处理暂行办法》第二十一条第一款",
    }
}

/// The five routes of 消费者权益保护法 art. 39.
#[must_use]
pub fn remedy(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::Negotiation => "与经营者协商和解",
        Remedy::Association => "请求消费者协会或者依法成立的其他调解组织调解",
        Remedy::OtherDepartment => "向有关行政部门投诉",
        Remedy::Arbitration => "根据与经营者达成的仲裁协议提请仲裁机构仲裁",
        Remedy::Court => "向人民法院提起诉讼",
    }
}

/// How a report was decided.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Penalty => "给予行政处罚",
        Outcome::NoPenalty => "不予行政处罚",
        Outcome::Rectification => "责令改正",
        Outcome::NotProved => "违法事实不能成立",
    }
}

/// Who gets a matter.
#[must_use]
pub fn receiver(receiver: Receiver) -> &'static str {
    match receiver {
        Receiver::Police => "公安机关",
        Receiver::Agriculture => "农业农村部门",
        Receiver::Health => "卫生健康部门",
        Receiver::Tobacco => "烟草专卖部门",
        Receiver::Other => "其他部门",
    }
}

/// Why an act is refused: what to do.
#[must_use]
pub fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotAllowed => "您的账号没有这项权限。",
        Refusal::NotYours => "这件由另一位同事办理。需要接手请联系办案负责人分派。",
        Refusal::NotTaken => "这件还没有承办人，请先点“由我办理”。",
        Refusal::NotNow => "当前阶段不能这样做，请刷新页面看最新状态。",
        Refusal::OwnWork => "延期不能由申请人自己批准，请另一位负责人批准。",
        Refusal::NoGround => "这项理由不在本件适用的规定里，请另选一项。",
        Refusal::NoPause => "这个原因不能中止办理。调解只因鉴定、检测或者回避中止。",
        Refusal::NoText => "请写明内容，对方要看得懂。",
    }
}

/// Why the clock refuses: what to do.
#[must_use]
pub fn clock_refusal(error: &ClockError) -> String {
    match error {
        ClockError::ExtensionLate { due, .. } => format!("期限已在 {due} 届满，届满后不能再延期。"),
        other => super::clock::error(other),
    }
}

/// What is wrong with a field: what to do.
#[must_use]
pub fn fault(field: &str, fault: Fault) -> String {
    match (field, fault) {
        ("want", _) => "请选择是投诉、举报，还是两者都要。".into(),
        ("problem", _) => "请选一种最接近的问题。".into(),
        ("party", _) if is_empty(fault) => "请写店名或企业名称；网店请写平台和店铺名。".into(),
        ("party_address", _) if is_empty(fault) => "请写大概位置，例如“南门路农贸市场东门第三家”。".into(),
        ("story", _) if is_empty(fault) => "请写发生了什么，以及有什么能证明。".into(),
        ("request", _) if is_empty(fault) => "请写您希望对方怎么做，例如“退款 30 元”。".into(),
        ("name" | "agent_name", _) if is_empty(fault) => "请填写真实姓名。".into(),
        ("phone" | "agent_phone", Fault::Field(FieldFault::Empty)) => "请填写能联系到的电话号码。".into(),
        ("address" | "agent_address", _) if is_empty(fault) => "请填写通讯地址，规定要求投诉必须提供。".into(),
        (_, Fault::NotADay) => "请按“2026-11-20”的样子填写日期，不确定可以留空。".into(),
        (_, Fault::Future) => "日期还没有到，请核对。".into(),
        (_, Fault::SamePerson) => "受托人和投诉人是同一个人，请核对；本人投诉不用填受托人。".into(),
        (_, Fault::Field(FieldFault::NotChosen)) => "请选择一项。".into(),
        (_, Fault::Field(FieldFault::Empty)) => "请填写这一项。".into(),
        (_, Fault::Field(FieldFault::TooLong(most))) => format!("最多 {most} 个字，请缩短；其余可以放进附件。"),
        (_, Fault::Field(FieldFault::NotAPhone)) => "电话号码不完整，请核对。".into(),
        (_, Fault::Field(FieldFault::NotAMail)) => "电子邮箱不完整，请核对；没有可以留空。".into(),
    }
}

fn is_empty(fault: Fault) -> bool {
    fault == Fault::Field(FieldFault::Empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_worded_as_laws_word_them() {
        let ground = RefusalGround::NotConsumer.item(Rule::R121).unwrap();
        assert_eq!(item("第十六条", ground), "第十六条第（三）项");
        let all: Vec<_> =
            State::ALL.into_iter().filter(|one| one.fits(Kind::Report)).map(|one| state(Kind::Report, one)).collect();
        assert!(all.iter().all(|words| !words.contains("受理") && !words.contains("撤回")), "{all:?}");
    }
}
