//! Words of 异议与回应: the operator's pages, the desk's pages, the reply beside the record.

use crate::domain::objection::{Fault, Kind, Refusal, State};

/// On every page of a publication.
pub const LINK: &str = "我是当事单位：请求更正或者回应";
/// The operator's form.
pub const TITLE: &str = "请求更正或者公开回应";
/// Above it.
pub const LEAD: &str = "供公开信息中写到的单位使用。认为信息有误，可以请求更正；也可以写一段说明，经核对后显示在这条信息旁边。消费者投诉举报请通过 12315。";
/// Before the title of the publication.
pub const ABOUT: &str = "相关信息：";
/// In place of the title of what is not public any more.
pub const NOT_PUBLIC: &str = "该信息已不再公开";
/// Field.
pub const KIND: &str = "您要做什么";
/// Field.
pub const OPERATOR: &str = "单位名称";
/// How.
pub const OPERATOR_HINT: &str = "与信息中写的一致。公开回应时会一并显示。";
/// Field.
pub const STATEMENT: &str = "内容";
/// How.
pub const STATEMENT_HINT: &str = "请求更正的，写明哪里有误、正确的是什么、有什么证据，最多 4000 字。公开回应的，这段文字会原样公开，最多 2000 字，不要写个人的电话、住址、证件号码。";
/// Above the contact data.
pub const CONTACT: &str = "联系方式（不公开）";
/// Field.
pub const NAME: &str = "联系人姓名";
/// Field.
pub const PHONE: &str = "电话";
/// Field.
pub const MAIL: &str = "电子邮箱";
/// Field.
pub const ADDRESS: &str = "通讯地址";
/// Button.
pub const SEND: &str = "提交";
/// Heading of the notice (PIPL art. 17).
pub const PRIVACY: &str = "个人信息怎样使用";
/// The notice, a paragraph a line; the first after the bureau's name.
pub const PRIVACY_TEXT: [&str; 4] = [
    "为办理您的请求处理联系人姓名、电话、电子邮箱和通讯地址，依据是履行法定职责（个人信息保护法第十三条第一款第三项），不需要另行同意。",
    "姓名和电话用于核实身份和联系，必须填写；邮箱和地址可以不填。都加密保存，不公开，不提供给其他单位，工作人员每次查看都有记录。",
    "办结满一年后删除联系方式。办理记录按档案规定保存，只用于存档。",
    "您可以凭编号和查询码查看、补充或者撤回；查阅、更正、删除个人信息的其他请求，请按页面底部的方式联系我们。",
];
/// Where the bureau is not named.
pub const BUREAU: &str = "本网站的主办单位";

/// Heading of the receipt.
pub const RECEIVED: &str = "已收到";
/// Label.
pub const NUMBER: &str = "编号";
/// Label.
pub const CODE: &str = "查询码";
/// Below the code.
pub const CODE_ONCE: &str = "查询码只显示这一次，我们也无法找回。请打印、截图或者抄下来。";
/// When the form was sent again too late.
pub const CODE_GONE: &str = "这份材料此前已经提交，查询码当时已显示，不再显示。";
/// Heading.
pub const NEXT: &str = "接下来";
/// What happens next.
pub const NEXT_STEPS: [&str; 3] = [
    "工作人员会按您留的电话核实身份，需要补充的，会在查询页面提出。",
    "请求更正：认定有误的，三个工作日内更正或者撤回；不采纳的，告知理由。",
    "公开回应：由两名工作人员先后核对，只看是否含有个人信息和违法内容，通过后显示在信息旁边。",
];
/// Way on.
pub const TO_STATUS: &str = "查询办理情况";
/// Heading of the working of a date.
pub const WHY: &str = "为什么是这一天";

/// The page for looking a case up.
pub const STATUS: &str = "查询更正请求或者回应";
/// Above it.
pub const STATUS_LEAD: &str = "请输入回执上的编号和查询码，大小写和连字符不影响。";
/// Button.
pub const LOOK: &str = "查询";
/// Wrong number or code: one sentence for both.
pub const WRONG: &str = "编号或者查询码不对，请核对后再输。";
/// Too many tries.
pub const WAIT_STATUS: &str = "这个网络地址输错的次数太多，请半小时后再试。";
/// Too many cases.
pub const WAIT_FILE: &str =
    "这个网络地址半小时内提交的次数太多，没有收下。填写的内容还在下面，请稍后再提交，或者直接联系我们。";
/// Title and text: the form came from elsewhere.
pub const FOREIGN: (&str, &str) =
    ("没有提交", "这次提交不是来自本网站的页面，没有收下。请回到本网站，重新打开页面再提交。");
/// The form's token is missing or broken.
pub const STALE: &str = "页面不完整，没有收下。填写的内容还在下面，请再提交一次。";
/// Busy.
pub const BUSY: &str = "现在提交的人太多，没有收下。填写的内容还在下面，请一分钟后再提交。";
/// Heading of what was said.
pub const SAID: &str = "往来";
/// Heading.
pub const YOUR_TEXT: &str = "您提交的内容";
/// Heading.
pub const PUBLIC_TEXT: &str = "已公开的回应";
/// Heading.
pub const SUPPLEMENT: &str = "补充材料";
/// Field.
pub const ANSWER: &str = "补充说明";
/// How.
pub const ANSWER_HINT: &str = "写给工作人员，不公开。";
/// Field.
pub const NEW_STATEMENT: &str = "回应的文字";
/// How.
pub const NEW_STATEMENT_HINT: &str = "需要修改的，直接改在这里。";
/// Button.
pub const SEND_SUPPLEMENT: &str = "提交补充";
/// Heading.
pub const WITHDRAW: &str = "撤回";
/// What it does.
pub const WITHDRAW_HINT: &str = "撤回后不再办理；已经公开的回应不再显示。以后可以重新提交。";
/// Button.
pub const WITHDRAW_NOW: &str = "确认撤回";
/// After a step.
pub const DONE: &str = "已办理，下面是最新情况。";
/// Somebody wrote in between.
pub const CONFLICT: &str = "刚才这件事有了新进展，没有提交。请看过下面的最新情况再操作，填写的内容还在。";
/// Label.
pub const RECEIVED_ON: &str = "收到：";
/// Label.
pub const DECIDED_ON: &str = "办结：";
/// Ways of the foot of the page.
pub const OTHER: &str = "提交新的请求，请从相应信息的页面进入。";

/// Heading beside the record.
pub const REPLIES: &str = "当事单位的说明";
/// Below each reply.
pub const NOT_OURS: &str = "以上为当事单位的说明，不代表发布单位的意见";

/// The desk's part for those who handle cases.
pub const DESK: &str = "异议与回应";
/// The desk's part for those who review.
pub const REVIEW: &str = "待确认的回应";
/// Tab.
pub const OPEN: &str = "待办";
/// Tab.
pub const CLOSED: &str = "已办结";
/// Tab.
pub const WAITING: &str = "待确认";
/// Tab.
pub const PUBLISHED: &str = "已公开";
/// Nothing there.
pub const NONE: &str = "没有。";
/// Button.
pub const REVEAL: &str = "查看";
/// What it does.
pub const REVEAL_NOTE: &str = "查看完整联系方式会记入审计记录。";
/// Deleted.
pub const CONTACT_GONE: &str = "联系方式已按期限删除。";
/// The name is another one.
pub const NOT_NAMED: &str = "信息中没有与此完全相同的单位名称，请核实身份。";
/// The name is there.
pub const IS_NAMED: &str = "信息中有同名单位。";
/// Heading of the redaction check.
pub const CHECK: &str = "公开前检查";
/// Nothing found.
pub const CHECK_CLEAR: &str = "没有发现个人信息。";
/// Beside a mark that can't be confirmed.
pub const BLOCKS: &str = "不能公开，请要求当事单位修改。";
/// Beside a mark that can be.
pub const CONFIRM_MARK: &str = "已核对，可以公开";
/// Heading.
pub const STEPS: &str = "办理";
/// Field.
pub const QUESTION: &str = "要补充什么";
/// How.
pub const QUESTION_HINT: &str = "当事单位在查询页面看到。期限不因此停止计算。";
/// Field.
pub const REASON: &str = "理由";
/// How.
pub const REASON_HINT: &str = "当事单位在查询页面看到。";
/// How.
pub const RETURN_HINT: &str = "只给办案人员看。";
/// After an accepted correction.
pub const BEGIN_CORRECTION: &str = "去更正这条信息";
/// Beside it.
pub const CORRECTION_NOTE: &str = "已认定有误，请编辑人员发起更正，经审核后公布。更正公布后，这件事自动办结。";
/// Corrected.
pub const CORRECTED: &str = "信息已更正";
/// Label.
pub const PROPOSED_BY: &str = "建议公开：";
/// Above a reply.
pub const REPLY_TEXT: &str = "将原样公开的文字";
/// Text deleted.
pub const TEXT_GONE: &str = "文字已随信息移除删除。";

/// A kind.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Correction => "请求更正",
        Kind::Reply => "公开回应",
    }
}

/// What a kind means.
pub fn kind_hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Correction => "信息写错了。认定有误的，会更正或者撤回，并说明原因。",
        Kind::Reply => "信息没有写错，但有情况要说明，例如整改、召回、赔偿。",
    }
}

/// A state, for both sides.
pub fn state(kind: Kind, state: State, is_corrected: bool) -> &'static str {
    match (kind, state) {
        (_, State::Received) => "办理中",
        (_, State::Asked) => "等待补充",
        (_, State::Proposed) => "待第二名工作人员确认",
        (Kind::Correction, State::Accepted) if is_corrected => "已采纳，信息已更正",
        (Kind::Correction, State::Accepted) => "已采纳，正在更正",
        (Kind::Reply, State::Accepted) => "已公开",
        (_, State::Refused) => "未采纳",
        (_, State::Withdrawn) => "已撤回",
    }
}

/// A command on a button.
pub fn command(command: crate::domain::objection::Command) -> &'static str {
    use crate::domain::objection::Command as C;
    match command {
        C::Supplement => SEND_SUPPLEMENT,
        C::Withdraw => WITHDRAW_NOW,
        C::Ask => "要求补充",
        C::Propose => "建议公开",
        C::Accept => "认定有误，采纳",
        C::Refuse => "不采纳",
        C::Confirm => "确认公开",
        C::Return => "退回",
        C::TakeDown => "撤下",
    }
}

/// Why a command was refused.
pub fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotAllowed => "您不能办理这一步。",
        Refusal::NotNow => "现在不能办理这一步，请看最新情况。",
        Refusal::OwnWork => "建议公开和确认公开不能是同一个人。",
        Refusal::NoText => "请写明。",
    }
}

/// What is wrong with a field.
pub fn fault(field: &str, fault: Fault) -> String {
    match (field, fault) {
        (_, Fault::NotChosen) => "请选择一项。".to_owned(),
        ("operator", Fault::Empty) => "请填写单位名称。".to_owned(),
        ("name", Fault::Empty) => "请填写联系人姓名。".to_owned(),
        ("phone", Fault::Empty) => "请填写电话。".to_owned(),
        (_, Fault::Empty) => "请填写内容。".to_owned(),
        (_, Fault::TooLong(most)) => format!("最多 {most} 字。"),
        (_, Fault::NotAPhone) => "请填写 7 至 20 位的电话号码。".to_owned(),
        (_, Fault::NotAMail) => "邮箱格式不对，例如 name@example.cn。".to_owned(),
    }
}

/// Marks that keep a reply from being public.
pub fn marks_open(count: usize) -> String {
    format!("文字中有 {count} 处个人信息没有核对或者不能公开。")
}

/// Days left.
pub fn left(days: i64) -> String {
    match days {
        0 => "今天到期".to_owned(),
        days if days > 0 => format!("还有 {days} 天"),
        late => format!("已超期 {} 天", -late),
    }
}

/// Who said it, as the operator reads it.
pub fn speaker(by: crate::ports::Speaker) -> &'static str {
    use crate::ports::Speaker as S;
    match by {
        S::Operator => "当事单位",
        S::Desk => "工作人员",
        S::Reviewer => "审核人员（内部）",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_as_people_say_them() {
        assert_eq!([left(3), left(0), left(-2)], ["还有 3 天", "今天到期", "已超期 2 天"]);
    }
}
