//! Words for citizens who follow their complaint or report.

mod after;

pub use after::*;

use chrono::NaiveDate;

use crate::{
    domain::{
        case::{Act, Kind, State},
        clock::{Law, Rule},
    },
    ports::{Actor, CaseEvent, Left},
};

/// Title.
pub const TITLE: &str = "查投诉举报进度";
/// Above the form.
pub const LEAD: &str = "填写回执上的编号和查询码。查询码可以带空格，不分大小写。";
/// Field.
pub const NUMBER: &str = "编号";
/// How it looks.
pub const NUMBER_HINT: &str = "例如 20261125-K7Q2M01X。";
/// Field.
pub const CODE: &str = "查询码";
/// How it looks.
pub const CODE_HINT: &str = "五个一组，共五组。“0”是零，“1”是一，没有字母 O、I、L、U。";
/// Button.
pub const LOOK: &str = "查进度";
/// No code.
pub const LOST: &str =
    "查询码丢了：我们也无法找回。请带身份证明到受理窗口，或者拨打 12315，由工作人员核对身份后告诉您进展。";
/// Another way.
pub const ALSO: &str = "在全国12315平台提交的，请到该平台（www.12315.cn）查询。";
/// Wrong number or wrong code: one sentence.
pub const WRONG: &str = "编号或者查询码不对，请对照回执再输一次。";
/// Too many.
pub const WAIT: &str = "这个网络输错的次数太多，请 30 分钟后再试。着急的话，可以拨打 12315。";
/// Too many acts.
pub const WAIT_ACTS: &str = "这个网络提交得太频繁，请 30 分钟后再试。您填写的内容还在，可以先复制下来。";
/// The database is busy.
pub const BUSY: &str = "现在办理的人太多，请一分钟后再试。";
/// Not from this site.
pub const FOREIGN: (&str, &str) =
    ("请从本站重新打开", "这次提交不是从本站页面发出的，没有处理。请重新打开查进度的页面。");
/// Somebody was faster.
pub const CONFLICT: &str = "这件刚刚有了新进展，下面是最新情况。您填写的内容还在，请看过以后再提交。";
/// Done.
pub const DONE: &str = "已经办好。";
/// Said after an act.
#[must_use]
pub fn done(code: &str) -> &'static str {
    match code {
        "supplement" => "已收到您补充的材料，工作人员看得到。",
        "message" => "留言已送到。",
        "withdraw" => "投诉已撤回，办理结束。",
        "news" => "已改好。",
        "survey" | "rate" => "谢谢，已经记下，随时可以改。",
        "reward" => "申领已收到，结果会显示在这里。",
        _ => DONE,
    }
}

/// Heading of the standing.
pub const NEXT: &str = "接下来：";
/// Nothing is left to do.
pub const NOTHING_NEXT: &str = "已经办结，没有待办的期限。";
/// Heading.
pub const QUESTION: &str = "工作人员请您补充";
/// Link to the form.
pub const ANSWER_NOW: &str = "去补充";
/// Heading of the remedies.
pub const REMEDIES: &str = "您还可以走的五条途径";
/// Where they come from.
pub const REMEDIES_BASIS: &str = "《中华人民共和国消费者权益保护法》第三十九条";
/// Heading.
pub const RESULT: &str = "结果：";
/// Heading.
pub const EVENTS: &str = "办理经过";
/// Heading.
pub const CLOCKS: &str = "全部期限";
/// Heading.
pub const WRITTEN: &str = "您提交的内容";
/// Deleted by the rule of retention.
pub const FORGOTTEN: &str = "保存期限已过，内容和个人信息已删除。";
/// Heading.
pub const FILES: &str = "您上传的材料";
/// None.
pub const NO_FILES: &str = "还没有上传材料。";
/// Button.
pub const DOWNLOAD: &str = "下载";
/// Heading of the twin.
pub const TWIN: &str = "同一次提交的另一件";
/// Button to the twin.
#[must_use]
pub fn to_twin(number: &str) -> String {
    format!("查看 {number}")
}

/// Heading.
pub const CAN_DO: &str = "您可以做的";
/// Heading.
pub const SUPPLEMENT: &str = "补充材料、说明或者留言";
/// Heading where there is a question.
pub const ANSWER: &str = "补充材料";
/// Field.
pub const SUPPLEMENT_TEXT: &str = "想说明的内容";
/// How.
pub const SUPPLEMENT_HINT: &str = "新的情况、对问题的回答都写在这里。不用写身份证号、银行账号。";
/// Button.
pub const SEND: &str = "提交";
/// Said where only files came.
pub const ONLY_FILES: &str = "见上传的材料。";
/// Neither text nor files.
pub const NOTHING_SAID: &str = "请写一点内容，或者选择要上传的文件。";
/// Heading.
pub const MESSAGE: &str = "给办理单位留言";
/// Hint.
pub const MESSAGE_HINT: &str = "办结以后也可以留言，例如对方没有按约定退款。";
/// Heading.
pub const WITHDRAW: &str = "撤回投诉";
/// What it means.
#[must_use]
pub fn withdraw_means(state: State) -> &'static str {
    match state {
        State::Received | State::Asked => "撤回后不再办理，不能恢复。需要时可以重新投诉。",
        _ => "撤回后调解终止，不能恢复。",
    }
}

/// Button to the page that asks.
pub const WITHDRAW_ASK: &str = "我要撤回";
/// Title of that page.
pub const WITHDRAW_TITLE: &str = "确定撤回投诉吗";
/// What stays.
pub const WITHDRAW_STAYS: [&str; 3] = [
    "同时提交了举报的，举报照常办理，不受影响。",
    "市场监管部门在投诉里发现违法线索的，仍会依法核查。",
    "撤回后还可以协商、仲裁或者起诉。",
];
/// Field.
pub const WITHDRAW_WHY: &str = "撤回的原因";
/// Button.
pub const WITHDRAW_YES: &str = "确定撤回";
/// Button.
pub const WITHDRAW_NO: &str = "不撤回，返回";
/// A report can't be withdrawn.
pub const NO_WITHDRAW: &str =
    "举报不能撤回：线索已经交给市场监管部门，依法必须核查。不想再收到消息，可以在下面改为不再通知。";
/// Too late for withdrawing.
pub const WITHDRAW_LATE: &str = "这件已经办结，不用撤回。";

/// Heading.
pub const NEWS: &str = "进展通知";
/// No address.
pub const NO_MAIL: &str = "您没有留电子邮箱，有进展时不会发信。请用编号和查询码自己来查。";
/// On.
pub const NEWS_ON: &str = "有进展时发邮件告诉您。";
/// Of a complaint.
pub const NEWS_ALWAYS: &str = "有进展时发邮件告诉您。投诉的处理情况依规定必须告知，不能关闭。";
/// Off.
pub const NEWS_OFF: &str = "不发邮件。法律规定必须告知的，仍会告知。";
/// Button.
pub const NEWS_STOP: &str = "不再通知我";
/// Button.
pub const NEWS_START: &str = "有进展时通知我";

/// Heading.
pub const LOOKS: &str = "谁看过这件";
/// Nobody.
pub const NO_LOOKS: &str = "还没有工作人员打开。";
/// Where the names are.
pub const LOOKS_NOTE: &str = "每次打开、每次查看完整姓名电话都有记录，不能删改。这里用编号代替姓名。";
/// An officer without name.
#[must_use]
pub fn officer(number: usize) -> String {
    format!("工作人员 {number}")
}

/// What was done.
#[must_use]
pub fn look(is_unmasking: bool) -> &'static str {
    if is_unmasking { "查看了完整的姓名、电话、地址" } else { "打开了本件" }
}

/// Heading.
pub const TAKE: &str = "把全案带走";
/// What it is.
pub const TAKE_NOTE: &str = "一个文本文件：经过、往来、决定、每个期限和依据、谁在什么时候看过，附您上传文件的校验值。不附您的姓名、电话、住址，您自己写在经过里的除外。";
/// How to check it.
pub const TAKE_CHECK: &str = "文件带本单位的数字签名，改动一个字就会失效。核验：portal case verify 文件 --key 公钥。";
/// Link.
pub const KEYS: &str = "签名公钥";
/// Button.
pub const TAKE_BUTTON: &str = "下载全案（已签名）";
/// Name of the file.
#[must_use]
pub fn file_name(number: &str) -> String {
    format!("案卷-{number}.txt")
}

/// Leave.
pub const LEAVE: &str = "看完了，退出";
/// On a device of others.
pub const LEAVE_NOTE: &str = "在别人的手机或者公用电脑上，看完请退出并关闭页面。";

/// Who did it.
#[must_use]
pub fn actor(by: Actor) -> &'static str {
    match by {
        Actor::Citizen => YOU,
        Actor::Officer => "工作人员",
        Actor::Clock => "系统",
    }
}

/// The author.
pub const YOU: &str = "您";

/// What was written.
#[must_use]
pub fn written(kind: Kind) -> &'static str {
    match kind {
        Kind::Complaint => "投诉内容",
        Kind::Report => "举报内容",
    }
}

/// What happened, as its author reads it.
#[must_use]
pub fn event(event: &CaseEvent, kind: Kind) -> &'static str {
    match (event.act, event.by) {
        (None, Actor::Officer) => "工作人员登记了您的来件",
        (None, _) if kind == Kind::Complaint => "收到您的投诉",
        (None, _) => "收到您的举报",
        (Some(Act::Message), Actor::Citizen) if event.detail.code == REWARD => "您申领举报奖励",
        (Some(Act::Message), _) if event.detail.code == REWARD => "举报奖励的决定",
        (Some(Act::Supplement), _) => "您补充了材料",
        (Some(Act::Withdraw), _) => "您撤回了投诉",
        (Some(Act::Message), Actor::Citizen) => "您留言",
        (Some(Act::Message), _) => "工作人员留言",
        (Some(Act::HandOver), _) => "交由其他机构办理",
        (Some(Act::Ask), _) => "请您补充材料",
        (Some(Act::Invite), _) => "通知调解",
        (Some(Act::Told), _) => "已告知",
        (Some(Act::ApproveExtension), _) => "办理期限经批准延长",
        (Some(Act::Redirect), _) => "请您向其他市场监管部门提出",
        (Some(Act::Merge), _) => "并入您此前的举报",
        (Some(Act::TakeIn), _) => "合并了重复的举报，期限重新计算",
        (Some(act), _) => super::case::act(act),
    }
}

/// Time left.
#[must_use]
pub fn left(left: Left) -> String {
    match left {
        Left::Working(0) | Left::Natural(0) => "今天到期".to_owned(),
        Left::Working(days) => format!("还有 {days} 个工作日"),
        Left::Natural(days) => format!("还有 {days} 天"),
        Left::Late(days) => format!("已超过期限 {days} 天"),
        Left::Paused => "期限暂停".to_owned(),
    }
}

/// A step that was done.
#[must_use]
pub fn met(on: NaiveDate) -> String {
    format!("已于{}完成", super::day(on))
}

/// Title and number of the rule by which a case is handled.
#[must_use]
pub fn rule(rule: Rule) -> String {
    let law = match rule {
        Rule::R20 => Law::R20,
        Rule::R121 => Law::R121,
    };
    let number = super::clock::law_number(law).map(|number| format!("（{number}）")).unwrap_or_default();
    format!("{}{number}", super::clock::law(law))
}

/// Why an act is refused, as a citizen reads it.
#[must_use]
pub fn refusal(act: Act, kind: Kind) -> &'static str {
    match (act, kind) {
        (Act::Withdraw, Kind::Report) => NO_WITHDRAW,
        (Act::Withdraw, Kind::Complaint) => WITHDRAW_LATE,
        (Act::Supplement, _) => "这件已经办结，不能再补充材料。可以在下面留言。",
        (Act::Message, _) => "办理当中请用“补充材料、说明或者留言”提交。",
        _ => "现在不能这样做，下面是最新情况。",
    }
}
