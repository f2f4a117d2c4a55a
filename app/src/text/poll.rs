//! Words of 你点我检, 你点我查 and surveys, for everybody. The desk's stand in `desk`.

pub mod desk;

use chrono::NaiveDate;

use crate::{
    domain::{
        poll::{Kind, LONGEST_SUGGESTION, Period, Question, Shown, State, Subject, VoiceFault, Way},
        redaction::Datum,
    },
    ports::{PollLine, PollRef},
};

/// Title of the list, and its link.
pub const TITLE: &str = "你点我检";
/// The link in the foot.
pub const LINK: &str = "你点我检·满意度";
/// Above the list.
pub const LEAD: &str =
    "您来点，我们来检：选出想检的食品、项目和场所，得票在前的安排抽检或者检查，结果公开。也在这里参加满意度调查。";
/// Heading.
pub const OPEN: &str = "正在进行";
/// Heading.
pub const COMING: &str = "即将开始";
/// Heading.
pub const ENDED: &str = "已经结束";
/// Nothing is open.
pub const NONE_OPEN: &str = "现在没有正在进行的活动。";
/// No round at all.
pub const NONE: &str = "还没有开展过活动。";
/// Link to the national zone.
pub const NATIONAL: &str = "国家平台“你点我检”专区";
/// Beside it.
pub const NATIONAL_NOTE: &str = "（将离开本网站）";
/// Button of an open vote.
pub const GO_VOTE: &str = "去投票";
/// Button of an open survey.
pub const GO_SURVEY: &str = "去填写";
/// Heading.
pub const CHOICES: &str = "可以选什么";
/// Heading.
pub const QUESTIONS: &str = "问些什么";
/// Heading.
pub const HOW: &str = "怎样计数";
/// Heading.
pub const RESULT: &str = "结果";
/// Heading.
pub const METHOD: &str = "方法";
/// Heading.
pub const LED_TO: &str = "点出来的检查结果";
/// What an operator's page is called.
pub const OPERATOR_PAGE: &str = "经营者页面";
/// Nothing linked yet.
pub const LED_TO_NONE: &str = "抽检、检查还没有公布结果。公布后，这里会列出。";
/// Heading.
pub const LOG: &str = "公开日志";
/// Above the leaves.
pub const LOG_NOTE: &str = "题目和选项在开始之前、结果在结束之时写入公开日志，之后任何人都不能悄悄改动。记录可以下载，用 portal log verify 核对。";
/// Download of a leaf.
pub const RECORD: &str = "下载记录";
/// While a round is open.
pub const HIDDEN_UNTIL_END: &str =
    "结束之前不公布票数，工作人员也看不到：先看到票数，会影响后面的人怎么选。结束后自动公布，任何人不能不公布。";
/// A round that was stopped.
pub const STOPPED: &str = "已终止，不公布结果。原因：";
/// Nobody took part.
pub const NOBODY: &str = "没有人参加。";
/// Column.
pub const OPTION: &str = "选项";
/// Column.
pub const COUNT: &str = "票数";
/// Column.
pub const PEOPLE: &str = "份数";
/// Column.
pub const SHARE: &str = "占比";
/// Mark of what was chosen.
pub const SAMPLED: &str = "列入抽检";
/// Mark of what was chosen.
pub const INSPECTED: &str = "列入检查";
/// A question in words.
pub const WORDS_ONLY: &str = "文字题，只供工作人员改进工作，不公布。";
/// A mean that would give small counts away.
pub const NO_MEAN: &str = "平均分不公布：有的选项份数太少，会被推算出来。";

/// Title of the form of a vote.
pub const VOTE: &str = "投票";
/// Title of the form of a survey.
pub const ANSWER: &str = "填写";
/// Button.
pub const SEND_VOTE: &str = "投出这一票";
/// Button.
pub const SEND_SURVEY: &str = "提交";
/// Field.
pub const SUGGEST: &str = "没有想要的？写一个";
/// Where a survey may be left open.
pub const SKIP: &str = "可以不答";
/// A radio button for those who changed their mind.
pub const NO_ANSWER: &str = "不选";
/// On the home page.
pub const HOME: &str = "你点我检：您来选，我们来检";
/// Before it is sent.
pub const ONCE_VOTE: &str = "提交后不能修改：我们不记录谁投了什么，所以也找不到您那一票。";
/// Heading of the notice.
pub const PRIVACY: &str = "我们不知道您是谁";
/// After a voice.
pub const THANKS: &str = "已经收到，谢谢";
/// Without a cookie.
pub const NO_COOKIE: &str = "没有收到：浏览器没有带回这一页给的标记（Cookie）。如果关闭了 Cookie，请允许本网站使用，再提交一次。您选的还在下面。";
/// Nothing came.
pub const NOT_OPEN: (&str, &str) = ("没有收到", "这次活动还没有开始，或者已经结束。");
/// From elsewhere.
pub const FOREIGN: (&str, &str) =
    ("没有提交", "这次提交不是来自本网站的页面，没有收下。请回到本网站，重新打开页面再提交。");
/// The database is busy.
pub const BUSY: &str = "现在提交的人太多，没有收下。您选的还在下面，请一分钟后再提交。";

/// A kind.
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Sampling => "你点我检",
        Kind::Inspection => "你点我查",
        Kind::Survey => "满意度调查",
    }
}

/// `你点我检 第3期`
#[must_use]
pub fn issue(kind: Kind, issue: Option<u32>) -> String {
    match issue {
        Some(number) => format!("{} 第{number}期", self::kind(kind)),
        None => self::kind(kind).to_owned(),
    }
}

/// Beside a bulletin: `由“你点我检”第3期产生`
#[must_use]
pub fn caused(cause: &PollRef) -> String {
    format!("由“{}”第{}期产生", kind(cause.kind), cause.issue)
}

/// Where a round stands.
#[must_use]
pub fn state(state: State) -> &'static str {
    match state {
        State::Draft => "起草中",
        State::Proposed => "待审核",
        State::Approved => "即将开始",
        State::Open => "进行中",
        State::Ended => "已结束",
        State::Stopped => "已终止",
        State::Discarded => "已删除",
    }
}

/// `2026年11月20日至12月19日`, whole
#[must_use]
pub fn days(line: &PollLine) -> String {
    span(line.first, line.last)
}

fn span(first: NaiveDate, last: NaiveDate) -> String {
    format!("{}至{}", super::day(first), super::day(last))
}

/// What is chosen.
#[must_use]
pub fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Foods => "食品",
        Subject::Items => "检验项目",
        Subject::Places => "场所",
    }
}

/// A question as it is asked.
#[must_use]
pub fn question(kind: Kind, question: &Question) -> String {
    match (kind, question.subject) {
        (_, None) => question.ask.clone(),
        (Kind::Inspection, Some(_)) => "您想让我们查哪里？".to_owned(),
        (_, Some(Subject::Foods)) => "您想检哪些食品？".to_owned(),
        (_, Some(Subject::Items)) => "您想检哪些项目？".to_owned(),
        (_, Some(Subject::Places)) => "您想检哪些场所的食品？".to_owned(),
    }
}

/// How to answer it.
#[must_use]
pub fn how_to_answer(way: &Way) -> String {
    match way {
        Way::Scale => format!("{SKIP}。1 是最差，5 是最好。"),
        Way::One(_) => format!("{SKIP}。选一个。"),
        Way::Several { most: 1, .. } => "选一个，也可以不选。".to_owned(),
        Way::Several { most, .. } => format!("最多选 {most} 个，也可以不选。"),
        Way::Text => format!("{SKIP}。不要写姓名、电话、住址。只供工作人员看，不公开。"),
    }
}

/// An answer in words: a mark, or what was offered.
#[must_use]
pub fn answer(way: &Way, place: usize) -> String {
    match way {
        Way::Scale => match place {
            0 => "1 很不满意".to_owned(),
            1 => "2 不满意".to_owned(),
            2 => "3 一般".to_owned(),
            3 => "4 满意".to_owned(),
            _ => "5 很满意".to_owned(),
        },
        other => other.options().get(place).cloned().unwrap_or_default(),
    }
}

/// How to suggest something.
#[must_use]
pub fn suggest_hint() -> String {
    format!(
        "最多 {LONGEST_SUGGESTION} 字，不要写个人信息。工作人员会看，可能列入下一期；不会直接显示在网站上，也不计票。"
    )
}

/// How voices are counted, a sentence a line.
#[must_use]
pub fn rules(kind: Kind, top: u32, per_network: u32) -> Vec<String> {
    let once = match kind.period() {
        Period::Day => "每个浏览器每天一份，用不着登录，不收集姓名、电话、设备号。",
        Period::Round => "每个浏览器在整个调查期间一份，用不着登录，不收集姓名、电话、设备号。",
    };
    let mut rules = vec![once.to_owned(), HIDDEN_UNTIL_END.to_owned()];
    if kind == Kind::Survey {
        rules.push("少于 5 份的选项不显示具体份数；能推算出来的，也不显示。".to_owned());
    } else {
        let what = if kind == Kind::Inspection { "检查" } else { "抽检" };
        rules.push(format!("每题得票最多的前 {top} 个列入{what}；与第 {top} 名票数相同的一并列入；没有得票的不列入。"));
    }
    rules.push(format!("为防止刷票，每个网络地址每天最多收 {per_network} 份；学校、单位等共用网络的，一般够用。"));
    rules
}

/// What is kept of whoever takes part, honestly.
#[must_use]
pub fn privacy(kind: Kind) -> [&'static str; 3] {
    let until = match kind.period() {
        Period::Day => "当天的密钥过了当天就删除，此后谁也不能把它和您、和别的日子联系起来。",
        Period::Round => "密钥在调查结束时删除，此后谁也不能把它和您联系起来。",
    };
    [
        "浏览器会得到一个随机标记（Cookie），只在这次活动里用。我们只存它用密钥算出的摘要，网络地址也只存摘要；选了什么只加进总数，不和摘要放在一起。",
        until,
        "所以我们也不能完全防止有人换浏览器、清除 Cookie 多投。重复提交要多花计算时间，同一网络有上限，但做不到一人一票。结果请当作参与者的意愿来看。",
    ]
}

/// After a voice: when the next one may be given.
#[must_use]
pub fn given(kind: Kind) -> &'static str {
    match kind.period() {
        Period::Day => "这个浏览器今天已经投过一份，明天可以再投。票数在活动结束后公布。",
        Period::Round => "这个浏览器已经填过这次调查。结果在调查结束后公布。",
    }
}

/// The network had all its voices.
#[must_use]
pub fn full(most: u32) -> String {
    format!(
        "没有收下：从您所在的网络地址，今天已经收到 {most} 份，到了上限。请换一个网络（例如手机流量），或者明天再来。您选的还在下面。"
    )
}

/// … without script.
#[must_use]
pub fn unproved(most: u32) -> String {
    format!(
        "没有收下：从您所在的网络地址，今天已经收到 {most} 份没有运行页面脚本的提交，到了上限。请允许本网站运行脚本再提交，或者换一个网络，或者明天再来。您选的还在下面。"
    )
}

/// What is wrong with an answer.
#[must_use]
pub fn voice_fault(fault: VoiceFault) -> String {
    match fault {
        VoiceFault::Empty => "还没有选：至少选一个，或者写一个。".to_owned(),
        VoiceFault::TooMany(most) => format!("最多选 {most} 个。"),
        VoiceFault::Unknown => "选项和这一页不符，请重新选。".to_owned(),
        VoiceFault::TooLong(most) => format!("最多 {most} 字。"),
    }
}

/// A count as it is shown.
#[must_use]
pub fn count(shown: Shown) -> String {
    match shown {
        Shown::Count(number) => number.to_string(),
        Shown::Few => "少于 5".to_owned(),
        Shown::Withheld => "未公开".to_owned(),
    }
}

/// … at a bar.
#[must_use]
pub fn count_short(shown: Shown) -> String {
    match shown {
        Shown::Count(number) => number.to_string(),
        Shown::Few => "<5".to_owned(),
        Shown::Withheld => "…".to_owned(),
    }
}

/// `38.2%`; nothing where one of both is hidden.
#[must_use]
pub fn share(part: Shown, whole: Shown) -> String {
    match part.count().zip(whole.count()) {
        Some((part, whole)) => super::statistics::percent(part, whole),
        None => String::new(),
    }
}

/// `4.2 分（118 份）`
#[must_use]
pub fn mean(tenths: u64, answered: Shown) -> String {
    format!("平均 {}.{} 分（5 分为满分，{} 份）", tenths / 10, tenths % 10, count(answered))
}

/// `118 份回答了这一题`
#[must_use]
pub fn answered(kind: Kind, answered: Shown) -> String {
    match kind {
        Kind::Survey => format!("回答了这一题的：{} 份。", count(answered)),
        _ => format!("选了这一题的：{} 份，一份可以选几个。", count(answered)),
    }
}

/// The method of a result, a sentence a line (domain 6, row 9: published method and n).
#[must_use]
pub fn method(line: &PollLine, voices: Shown, top: u32) -> Vec<String> {
    let once = match line.kind.period() {
        Period::Day => "每个浏览器每天一份，因此是份数，不是人数",
        Period::Round => "每个浏览器一份，因此是份数，不一定是人数",
    };
    let mut lines = vec![
        format!("时间：{}。方式：在本网站填写，自愿参加。", days(line)),
        format!("共收到 n＝{} 份（{once}）。", count(voices)),
        "参加的人是自己选择参加的，不是随机抽取的样本，不能代表全体居民；网上也不能完全防止重复提交。".to_owned(),
    ];
    lines.push(if line.kind == Kind::Survey {
        "占比和平均分以回答了该题的份数为分母。1 至 4 份显示“少于 5”；为避免由合计、平均分推算出来，有时另一个数也不公开，显示“未公开”。".to_owned()
    } else {
        format!("每题得票最多的前 {top} 个列入，与最后一名票数相同的一并列入。占比以选了该题的份数为分母。")
    });
    lines
}

/// The sentence that a chart is to those who don't see it.
#[must_use]
pub fn chart(names: &[String], counts: &[Shown]) -> String {
    let parts: Vec<String> =
        names.iter().zip(counts).map(|(name, number)| format!("{name} {}", count(*number))).collect();
    format!("{}。", parts.join("，"))
}

/// In place of a personal datum.
#[must_use]
pub fn masked(datum: Datum) -> String {
    format!("〔{}〕", super::redaction::datum(datum))
}
