//! Words of votes and surveys at the desk.

use crate::domain::poll::{Command, Fault, Refusal};

/// The desk's part.
pub const DESK: &str = "你点我检·调查";
/// Lead.
pub const LEAD: &str = "一人起草，另一人审核后才公开。到日子自动开始、自动结束并公布结果，中途谁都看不到票数。";
/// No round.
pub const NONE: &str = "还没有。";
/// Way to a new one.
pub const NEW: &str = "新建：";
/// Field.
pub const POLL_TITLE: &str = "标题";
/// Field.
pub const TEXT: &str = "说明";
/// How.
pub const TEXT_HINT: &str = "写给参加的人看：为什么问，选出来的怎么安排。最多 2000 字。";
/// Field.
pub const FIRST: &str = "第一天";
/// Field.
pub const LAST: &str = "最后一天";
/// How.
pub const LAST_HINT: &str = "这一天结束后自动公布结果。最长 62 天。";
/// Field.
pub const TOP: &str = "每题列入前几名";
/// How.
pub const TOP_HINT: &str = "1 到 10。与最后一名票数相同的一并列入。";
/// Field.
pub const MOST: &str = "每题最多选几个";
/// How.
pub const MOST_HINT: &str = "1 到 5。";
/// How.
pub const OPTIONS_HINT: &str = "一行一个，2 到 30 个，每个最多 24 字。不用就留空。用中性的名称，不要写单个商家的好坏。";
/// Field.
pub const ASK: &str = "问题";
/// Field.
pub const WAY: &str = "怎样回答";
/// Ways, in the order of their codes.
pub const WAYS: [&str; 3] = ["1 到 5 分", "选一个", "写一段话（只供工作人员看）"];
/// Nothing chosen.
pub const WAY_NONE: &str = "请选择";
/// Field.
pub const OPTIONS: &str = "选项";
/// How.
pub const ONE_OPTIONS_HINT: &str = "只在“选一个”时用，一行一个。";
/// Heading of further questions.
pub const MORE: &str = "更多问题";
/// Button.
pub const SAVE: &str = "保存";
/// Heading.
pub const EDIT: &str = "修改";
/// Heading.
pub const PREVIEW: &str = "内容";
/// Heading.
pub const CHECK: &str = "个人信息检查";
/// Nothing found.
pub const CHECK_CLEAR: &str = "没有发现个人信息。";
/// Mark that blocks.
pub const BLOCKS: &str = "不能公开，请修改。";
/// Mark that may be confirmed.
pub const CONFIRM_MARK: &str = "已核对，可以公开";
/// Heading.
pub const STEPS: &str = "下一步";
/// Field.
pub const REASON: &str = "原因";
/// How.
pub const RETURN_HINT: &str = "写给起草的人，不公开。";
/// How.
pub const STOP_HINT: &str = "会公开显示，不要写个人信息。终止后不公布结果，已收到的全部删除，不能恢复。";
/// Label.
pub const RETURNED: &str = "退回原因：";
/// Label.
pub const EDITORS: &str = "起草：";
/// Heading.
pub const TEXTS: &str = "建议和文字回答";
/// Note.
pub const TEXTS_NOTE: &str = "个人信息已经遮住。只供工作人员参考，不公开，结束一年后删除。";
/// None.
pub const NO_TEXTS: &str = "还没有。";
/// Heading.
pub const LINKS: &str = "关联公开信息";
/// Note.
pub const LINKS_NOTE: &str = "把结果产生的抽检公告、检查信息或者经营者页面关联到这里。一人提出，另一人确认后公开。";
/// Field.
pub const ADDRESS: &str = "页面地址";
/// How.
pub const ADDRESS_HINT: &str = "复制本网站公开页面的地址。";
/// Button.
pub const PROPOSE_LINK: &str = "提出关联";
/// Button.
pub const CONFIRM_LINK: &str = "确认关联";
/// Button.
pub const DROP_LINK: &str = "取消关联";
/// State of a link.
pub const LINK_OPEN: &str = "待另一人确认";
/// State of a link.
pub const LINK_PUBLIC: &str = "已公开";
/// What a link led to.
pub const LINK_GONE: &str = "页面已不公开";
/// Not to be linked.
pub const LINK_WRONG: &str = "没有关联：地址不是本网站已公开的页面，或者已经关联过。";
/// Way to the public page.
pub const SEE_PUBLIC: &str = "看公开页面";
/// Somebody wrote in between.
pub const CONFLICT: &str = "刚才有人改过，没有保存。请看过最新的内容再操作，填写的内容还在。";

/// `已收到 31 份`
#[must_use]
pub fn voices(number: u64) -> String {
    format!("已收到 {number} 份。票数在结束时公布，现在谁都看不到。")
}

/// A step.
#[must_use]
pub fn command(command: Command) -> &'static str {
    match command {
        Command::Save => SAVE,
        Command::Propose => "提交审核",
        Command::TakeBack => "撤回修改",
        Command::Discard => "删除草稿",
        Command::Confirm => "审核通过并公开",
        Command::Return => "退回修改",
        Command::Stop => "终止",
        Command::Open => "开始",
        Command::End => "结束",
    }
}

/// Why a step was not done.
#[must_use]
pub fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotAllowed => "您没有权限做这一步。",
        Refusal::NotNow => "现在不能做这一步，请看最新的状态。",
        Refusal::OwnWork => "起草的人不能审核自己的内容，提出关联的人不能自己确认，请另一位同事办理。",
        Refusal::NoText => "请写明原因。",
        Refusal::Day => "第一天已经过了，请退回修改日期。",
    }
}

/// Marks that are open.
#[must_use]
pub fn marks_open(count: usize) -> String {
    format!("有 {count} 处个人信息没有核对，或者不能公开。")
}

/// What is wrong with a field.
#[must_use]
pub fn fault(fault: Fault) -> String {
    match fault {
        Fault::Empty => "请填写。".to_owned(),
        Fault::TooLong(most) => format!("最多 {most} 字。"),
        Fault::Day => "请填写日期。".to_owned(),
        Fault::Past => "日期不能早于今天，最后一天不能早于第一天。".to_owned(),
        Fault::LongRound(days) => format!("最长 {days} 天。"),
        Fault::Number(most) => format!("请填写 1 到 {most}。"),
        Fault::LongOption(most) => format!("每个选项最多 {most} 字。"),
        Fault::FewOptions => "至少两个选项，一行一个。".to_owned(),
        Fault::ManyOptions(most) => format!("最多 {most} 个选项。"),
        Fault::Twice => "有重复的选项。".to_owned(),
        Fault::NoQuestion => "至少要有一题。".to_owned(),
    }
}

/// `第 3 题`
#[must_use]
pub fn number(place: usize) -> String {
    format!("第 {} 题", place + 1)
}
