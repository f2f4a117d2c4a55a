//! What an officer is told beside the forms.

use crate::domain::{
    case::{Act, EndGround, Kind, RefusalGround},
    clock::Rule,
};

/// What a ground of refusal means in practice.
#[must_use]
pub fn refusal_help(ground: RefusalGround) -> &'static str {
    match ground {
        RefusalGround::NotCompetent => "例如物业费、打架伤人，或者经营者不在本辖区。请写明应当找哪个部门。",
        RefusalGround::HandledBefore => "同一件事已由法院、仲裁、其他机关或者消协处理过。民间调解组织处理过的不算。",
        RefusalGround::NotConsumer => {
            "不是买来自己用，或者没有证据证明发生过消费。参考第十七条的因素，但不能只凭投诉次数多。"
        }
        RefusalGround::TooLate => "从知道权益受侵害起超过三年。",
        RefusalGround::Material => {
            "缺少姓名、电话、通讯地址、对方名称地址、请求和依据，或者材料是假的。一般先要求补正。"
        }
        RefusalGround::Impersonation => "冒用他人名义，或者拒绝核验身份。",
        RefusalGround::Other => "请写明是哪部法律、法规、规章的哪一条。",
    }
}

/// What a ground of an end means in practice.
#[must_use]
pub fn end_help(ground: EndGround) -> &'static str {
    match ground {
        EndGround::Withdrawn => "投诉人撤回，或者双方已经自己谈好。",
        EndGround::NoPart => "一方不来，又没有正当理由，或者明确说不调解。",
        EndGround::NoAgreement => "组织过调解，一方明确说谈不成。",
        EndGround::TestingCost => "谁出鉴定、检测费，双方谈不拢。",
        EndGround::TimeOver => "期限到了仍没有协议。",
        EndGround::FoundLater => "受理后才发现不该受理，或者有骗取赔偿、敲诈勒索的情形；后者应当移送公安机关。",
        EndGround::PartyGone => "一方死亡，或者单位已注销。",
        EndGround::Other => "请写明依据哪一条。",
    }
}

/// What an act does, said above its form.
#[must_use]
pub fn act_hint(act: Act, kind: Kind, rule: Rule) -> &'static str {
    match act {
        Act::Take => "承办人才能看到完整信息和办理。",
        Act::Assign => "由负责人分派给一位同事。",
        Act::HandOver => match kind {
            Kind::Complaint => "分送给辖区的分局或者区县局；期限照常计算。",
            Kind::Report => "只在本局内部分送；举报不在不同机关之间移送。",
        },
        Act::Ask => "问题会显示给对方。补正期间期限照常计算。",
        Act::Accept => match rule {
            Rule::R121 => "受理后六十日（自然日）内调解。",
            Rule::R20 => "受理后四十五个工作日内调解。",
        },
        Act::Refuse => "只有下面这些理由。对方会看到理由和五条其他途径。",
        Act::Invite => "时间、地点、调解人员要事先告知双方。",
        Act::Pause => match kind {
            Kind::Complaint => "只有鉴定、检测的时间不计入调解期限。",
            Kind::Report => "下列时间不计入办案期限。",
        },
        Act::Resume => "原因消失后继续办理，期限接着计算。",
        Act::Settle => "双方达成一致。",
        Act::End => "只有下面这些理由。七个工作日内要告知双方。",
        Act::Told => "记下已经告知的日期，告知期限到此结束。",
        Act::FindClue => "另开一件核查，有自己的期限。投诉人不是它的举报人。",
        Act::Check => "开始核查线索。",
        Act::AskExtension => "期限内申请，由另一位负责人批准，只能延一次。",
        Act::ApproveExtension => "批准后期限延长。申请人不能批准自己的申请。",
        Act::DenyExtension => "期限不变。",
        Act::File => "立案后有自己的办案期限。",
        Act::DontFile => "写明理由。食品举报应当告知处理结果。",
        Act::Decide => "写明决定内容，举报人会看到。",
        Act::Transfer => "不归市场监管部门管的，移交有权处理的部门，并书面告知举报人（食品安全法第一百一十五条）。",
        Act::Redirect => "归其他地方市场监管部门管的，告知举报人直接向那里提出，不移送。",
        Act::Merge => "重复举报带来新事实的，并入此前一件，期限从最后一次重新计算。",
        Act::Message => "对方查询时看得到。",
        Act::Note => "只有同事看得到，对方看不到。",
        Act::Reopen => "办结有误时由负责人重新打开；已公示的投诉信息同时撤下。",
        Act::Supplement | Act::Withdraw | Act::TakeIn => "",
    }
}

/// Label of the text of an act.
#[must_use]
pub fn said_label(act: Act) -> &'static str {
    match act {
        Act::Ask => "要补充什么",
        Act::Invite => "通知内容",
        Act::Settle => "达成的协议",
        Act::FindClue => "线索",
        Act::Decide => "决定内容",
        Act::Message => "留言",
        Act::Note => "备注",
        Act::Accept | Act::Told | Act::Check | Act::File | Act::Resume | Act::ApproveExtension | Act::Merge => "说明",
        _ => "写明理由",
    }
}

/// How the text of an act is written.
#[must_use]
pub fn said_hint(act: Act) -> &'static str {
    match act {
        Act::Ask => "一条一行，写清补什么、为什么要。",
        Act::Refuse | Act::End | Act::DontFile => "写给对方看：事实是什么，为什么适用这一项。",
        Act::Settle => "谁、在什么时候、做什么，例如“商家 11 月 30 日前退款 30 元”。",
        Act::FindClue => "只写线索本身，不写投诉人的个人信息。",
        Act::Told => "怎样告知的，例如“11 月 26 日电话告知双方”。",
        Act::Note => "不写身份证号、银行账号。",
        _ => "",
    }
}

/// Said above the form of acceptance.
#[must_use]
pub fn accept_hint() -> &'static str {
    "可以写给对方的话，不写也行。"
}
