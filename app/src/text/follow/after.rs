//! After the end: survey, mark, reward.

use crate::domain::{
    reward::{Eligibility, Level, Refusal, Reward, Rule, State},
    survey::{BEST, Solved},
};

/// Code of messages about a reward.
pub const REWARD: &str = "reward";

/// Heading.
pub const SURVEY: &str = "问题真的解决了吗";
/// Before it is asked.
pub const SURVEY_LATER: &str = "办结四周后，会在这里问您问题是否真的解决了。";
/// Field.
pub const SOLVED: &str = "到今天为止";
/// Field.
pub const SURVEY_SAID: &str = "想补充的话";
/// Who reads it.
pub const SURVEY_HINT: &str = "承办人看得到；统计时只用数字，不用文字。";
/// Button.
pub const SURVEY_SEND: &str = "提交回答";
/// Heading.
pub const RATING: &str = "给这次办理打分";
/// Field.
pub const RATING_FIELD: &str = "您对办理过程满意吗";
/// Who sees it.
pub const RATING_HINT: &str = "打分不影响办理结果，随时可以改。";
/// Button.
pub const RATING_SEND: &str = "打分";
/// Nothing chosen.
pub const NOT_CHOSEN: &str = "请选择一项。";
/// Too long.
pub const SAID_LONG: &str = "最多 1000 个字，请缩短。";

/// Whether it was solved.
#[must_use]
pub fn solved(solved: Solved) -> &'static str {
    match solved {
        Solved::Yes => "解决了",
        Solved::Partly => "解决了一部分",
        Solved::No => "没有解决",
    }
}

/// A mark in words.
#[must_use]
pub fn mark(mark: u8) -> String {
    let words = ["", "很不满意", "不满意", "一般", "满意", "很满意"];
    format!("{mark} 分，{}", words.get(usize::from(mark)).copied().unwrap_or_default())
}

/// All marks, the best first.
pub fn marks() -> impl Iterator<Item = u8> {
    (1..=BEST).rev()
}

/// Heading at the desk.
pub const DESK_SURVEY: &str = "办结后的回访";
/// Nothing was answered.
pub const DESK_NO_SURVEY: &str = "对方还没有回答。";
/// Label.
pub const DESK_SOLVED: &str = "是否解决";
/// Label.
pub const DESK_RATING: &str = "办理评分";

/// Heading.
pub const REWARD_TITLE: &str = "举报奖励";
/// Heading of the rules.
pub const REWARD_RULES: &str = "谁能申领，奖多少";
/// Before the decision.
pub const REWARD_LATER: &str = "查证属实、作出处理决定以后，可以在这里申领奖励。匿名举报也可以，凭编号和查询码就行。";
/// No reward.
pub const REWARD_NONE: &str = "这件没有作出行政处罚，也没有因涉嫌犯罪移送公安机关，按规定没有举报奖励。";
/// Who may not.
pub const REWARD_NOT: [&str; 5] = [
    "只奖励自然人；单位不能申领。",
    "市场监管部门的工作人员、依法负有监督职责的人举报，不奖励。",
    "被侵权的一方、其代理人、利害关系人不奖励；违法人自己举报也不奖励，内部人员举报除外。",
    "受其他经营者委托、拿报酬来举报的，不奖励。",
    "举报前市场监管部门已经掌握的线索，不奖励。",
];
/// Which breaches.
pub const REWARD_OPEN: &str = "只奖励重大违法行为：涉嫌犯罪，或者责令停产停业、责令关闭、吊销（撤销）许可证件、较大数额罚没款等。是否符合，由办理单位审核。";
/// Before the button.
pub const REWARD_CLAIM_LEAD: &str = "本件已有处理结果，您可以申领。审核结果会显示在这里。";
/// Checkbox.
pub const REWARD_PERSON: &str = "我是自然人，上面不奖励的情形我都没有";
/// Field.
pub const REWARD_SAID: &str = "想说明的情况";
/// How.
pub const REWARD_SAID_HINT: &str =
    "例如是单位内部人员、方便联系的时间。匿名的不用写姓名；不要写银行账号，领取方式另行告知。";
/// Not checked.
pub const REWARD_UNCHECKED: &str = "请先看上面的条件；都符合再勾选。";
/// Button.
pub const REWARD_CLAIM: &str = "申领奖励";
/// Waiting.
pub const REWARD_WAITS: &str = "申领已收到，正在审核。";

/// `一级`
#[must_use]
pub fn level(level: Level) -> &'static str {
    match level {
        Level::First => "一级",
        Level::Second => "二级",
        Level::Third => "三级",
    }
}

/// What a level asks for.
#[must_use]
pub fn level_needs(level: Level) -> &'static str {
    match level {
        Level::First => "详细的违法事实和直接证据，与查办结果完全相符，并且特别重大或者涉嫌犯罪",
        Level::Second => "违法事实和直接证据，与查办结果完全相符",
        Level::Third => "基本的违法事实和证据，与查办结果基本相符",
    }
}

/// Title and number of the rule.
#[must_use]
pub fn reward_rule(rule: &Rule) -> String {
    format!("{}（{}）", rule.title, rule.number)
}

/// `罚没款的 5%，不少于 5000 元`
#[must_use]
pub fn level_gives(rule: &Rule, level: Level) -> String {
    let of = rule.level(level);
    format!("罚没款的 {}%，不少于 {} 元；没有罚没款的，{} 元起", of.percent, of.least, of.least)
}

/// The bound.
#[must_use]
pub fn reward_cap(rule: &Rule) -> String {
    format!("每件最多 {} 万元；{} 万元以上的，会同财政部门决定。", rule.cap / 10_000, rule.joint / 10_000)
}

/// Whether a claim is possible, in words.
#[must_use]
pub fn eligibility(one: Eligibility) -> &'static str {
    match one {
        Eligibility::Yes => REWARD_CLAIM_LEAD,
        Eligibility::NotReport => "",
        Eligibility::NotYet => REWARD_LATER,
        Eligibility::NotProved => REWARD_NONE,
    }
}

/// What stands in the history for a claim.
#[must_use]
pub fn claimed(said: &str) -> String {
    let said = said.trim();
    let first = "申领举报奖励。本人声明：是自然人，没有不予奖励的情形。";
    if said.is_empty() { first.to_owned() } else { format!("{first}\n{said}") }
}

/// What stands in the history for the answer.
#[must_use]
pub fn decided(reward: &Reward, said: &str) -> String {
    format!("{}\n{}", outcome(reward), said.trim())
}

/// `准予奖励（二级），6000 元。`
#[must_use]
pub fn outcome(reward: &Reward) -> String {
    match reward.grant {
        Some(grant) => format!("准予奖励（{}），{} 元。", level(grant.level), grant.amount),
        None => "不予奖励。".to_owned(),
    }
}

/// Where a claim stands.
#[must_use]
pub fn reward_state(state: State) -> &'static str {
    match state {
        State::Claimed => "待承办人提出意见",
        State::Proposed => "待负责人批准",
        State::Granted => "准予奖励",
        State::Denied => "不予奖励",
    }
}

/// Heading at the desk.
pub const DESK_REWARD: &str = "举报奖励申领";
/// What officers do.
pub const DESK_REWARD_NOTE: &str =
    "承办人提出意见，另一位负责人批准后告知举报人。金额按罚没款计算，可以提高，不超过上限。";
/// Buttons.
pub const DESK_GRANT: &str = "拟准予奖励";
/// See [`DESK_GRANT`].
pub const DESK_DENY: &str = "拟不予奖励";
/// See [`DESK_GRANT`].
pub const DESK_APPROVE: &str = "批准";
/// See [`DESK_GRANT`].
pub const DESK_RETURN: &str = "退回承办人";
/// Field.
pub const DESK_LEVEL: &str = "奖励等级";
/// Field.
pub const DESK_FINE: &str = "罚没款（元）";
/// How.
pub const DESK_FINE_HINT: &str = "没有罚没款填 0。";
/// Field.
pub const DESK_AMOUNT: &str = "奖励金额（元）";
/// How.
pub const DESK_AMOUNT_HINT: &str = "不填就按等级和罚没款计算。";
/// Field.
pub const DESK_PAY: &str = "理由和领取方式";
/// Field.
pub const DESK_WHY: &str = "不予奖励的理由";
/// Field.
pub const DESK_BACK: &str = "退回的理由";
/// Not a sum.
pub const NOT_MONEY: &str = "请填写整数，单位是元。";

/// Why not.
#[must_use]
pub fn reward_refusal(refusal: Refusal) -> String {
    match refusal {
        Refusal::NotAllowed => "您的账号没有这项权限。".to_owned(),
        Refusal::NotYours => "这件由另一位同事办理。".to_owned(),
        Refusal::NotNow => "当前阶段不能这样做，请看最新状态。".to_owned(),
        Refusal::OwnWork => "不能批准自己提出的意见，请另一位负责人批准。".to_owned(),
        Refusal::Amount(least, most) => format!("这个等级应当在 {least} 元到 {most} 元之间。"),
        Refusal::NoText => "请写明理由，举报人看得到。".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_said_as_the_rule_has_them() {
        let rule = Rule::on("2026-11-25".parse().unwrap());
        assert_eq!(reward_cap(rule), "每件最多 100 万元；50 万元以上的，会同财政部门决定。");
        assert_eq!(level_gives(rule, Level::First), "罚没款的 5%，不少于 5000 元；没有罚没款的，5000 元起");
        assert_eq!(marks().map(mark).next().unwrap(), "5 分，很满意");
    }
}
