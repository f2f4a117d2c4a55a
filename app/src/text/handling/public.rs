//! Words of closed complaints that the public sees.

use crate::{
    domain::{
        case::{EndGround, Problem},
        case_public::{Command, LONGEST, Refusal, State},
    },
    ports::PublicityFault,
};

/// Heading at the desk.
pub const PUBLICITY: &str = "投诉信息公示";
/// Heading of reviewers.
pub const PUBLICITY_REVIEW: &str = "审核投诉公示";
/// Tab.
pub const WAITING: &str = "待审核";
/// Tab.
pub const SHOWN: &str = "公示中";
/// Nothing.
pub const NO_PUBLICITY: &str = "没有内容。";
/// Said above the proposal.
pub const PROPOSE_NOTE: &str =
    "办结的投诉可以公示一年：只写单位、问题、结果、办理部门，不写投诉人的任何信息。由另一位审核人员确认后才公开。";
/// Fields.
pub const OPERATOR: &str = "单位";
/// See [`OPERATOR`].
pub const OPERATOR_HINT: &str = "要与单位公开页面上的名称一致。";
/// See [`OPERATOR`].
pub const PUBLIC_PROBLEM: &str = "投诉问题";
/// See [`OPERATOR`].
pub const PUBLIC_RESULT: &str = "处理结果";
/// See [`OPERATOR`].
pub const DEPARTMENT: &str = "公示部门";
/// See [`OPERATOR`].
pub const ENDED_ON: &str = "办结日期";
/// See [`OPERATOR`].
pub const UNTIL: &str = "公示至";
/// How neutral words are written.
pub const NEUTRAL: &str = "用中性的话概括，不写姓名、电话、地址、订单号。";
/// Who proposed.
pub const PROPOSED_BY: &str = "提出人：";
/// Why given back.
pub const REASON: &str = "退回或者撤下的理由";
/// See [`REASON`].
pub const REASON_SAID: &str = "理由：";
/// The redaction check found something.
pub const MARKS: &str = "可能有个人信息";
/// Confirms a mark.
pub const CONFIRM_MARK: &str = "已核对，可以公开";
/// A mark that blocks.
pub const BLOCKS: &str = "这类信息不能公开，请删去。";
/// Summary.
pub const MARKS_OPEN: &str = "文字里可能有个人信息，请删去，或者逐条确认。";
/// Heading on the operator's page.
pub const COMPLAINTS: &str = "投诉信息公示";
/// Caveats on the operator's page.
pub const CAVEATS: [&str; 4] = [
    "投诉内容是投诉人一方的陈述。",
    "调解结果不等于认定经营者违法。",
    "达成调解协议不等于款项已经退还。",
    "没有公示不等于没有投诉。",
];

/// State.
#[must_use]
pub fn public_state(state: State) -> &'static str {
    match state {
        State::Proposed => "待审核",
        State::Returned => "已退回",
        State::Public => "公示中",
        State::TakenDown => "已撤下",
        State::Expired => "公示期满",
    }
}

/// Button.
#[must_use]
pub fn public_command(command: Command) -> &'static str {
    match command {
        Command::Propose => "提出公示",
        Command::Confirm => "确认公示",
        Command::Return => "退回",
        Command::TakeDown => "撤下",
    }
}

/// Why not.
#[must_use]
pub fn public_refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotAllowed => "您不能做这一步。",
        Refusal::NotNow => "现在不能这样做，请刷新页面看最新状态。",
        Refusal::Never => "这件不能公示：只公示办结的投诉，不予受理、撤回、虚假的投诉和举报都不公示。",
        Refusal::OwnWork => "自己提出的公示要由另一位审核人员确认。",
        Refusal::NoText => "请写明理由。",
    }
}

/// What is wrong with a field: the field, and what to do.
#[must_use]
pub fn public_fault(fault: &PublicityFault) -> (&'static str, String) {
    match fault {
        PublicityFault::Empty(field) => (field, "请填写这一项。".to_owned()),
        PublicityFault::TooLong(field) => (field, format!("最多 {LONGEST} 个字，请缩短。")),
        PublicityFault::NoOperator => ("operator", "没有这个名称的公开单位，请核对名称。".to_owned()),
    }
}

/// The problem, proposed in neutral words.
#[must_use]
pub fn neutral_problem(problem: Problem) -> String {
    format!("投诉人反映：{}", crate::text::case::problem(problem))
}

/// The result, proposed in neutral words; `None`: settled.
#[must_use]
pub fn neutral_result(end: Option<EndGround>) -> &'static str {
    match end {
        None => "双方达成调解协议",
        Some(EndGround::NoPart) => "一方不参加调解，终止调解",
        Some(EndGround::NoAgreement) => "双方未达成协议，终止调解",
        Some(EndGround::TestingCost) => "双方未就鉴定、检测费用达成一致，终止调解",
        Some(EndGround::TimeOver) => "期限内未达成协议，终止调解",
        Some(EndGround::PartyGone) => "一方主体不复存在，终止调解",
        Some(EndGround::Withdrawn | EndGround::FoundLater | EndGround::Other) => "终止调解",
    }
}
