//! Letters about complaints and reports. Addresses carry no number and no code; what somebody wrote stands in no letter.

use crate::{
    domain::{
        case::{Act, EndGround, Kind, RefusalGround, State},
        clock::{Due, Rule, Step},
    },
    text::{self, clock, letter::Letter},
};

const STATUS: &str = "凭编号和查询码查看全部经过";
const DESK: &str = "在工作台打开";

/// What a letter is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Number, as it is shown
    pub number: &'a str,
    /// Kind
    pub kind: Kind,
    /// Where it stands
    pub state: State,
    /// Rule
    pub rule: Rule,
    /// The next date
    pub due: Option<&'a Due>,
    /// Who writes
    pub bureau: &'a str,
    /// Where the portal stands
    pub base_url: &'a str,
}

/// `2027年1月7日（预计）`
fn date(due: &Due) -> String {
    let estimated = if due.estimated { "（预计）" } else { "" };
    format!("{}{estimated}", text::day(due.on))
}

impl About<'_> {
    fn facts(&self) -> Vec<(String, String)> {
        let state = super::state(self.kind, self.state).to_owned();
        let mut facts = vec![("编号".to_owned(), self.number.to_owned()), ("目前状态".to_owned(), state)];
        facts.extend(self.due.map(|due| (format!("{}，最迟", clock::step(due.step)), date(due))));
        facts
    }

    fn letter(&self, subject: String, paragraphs: Vec<String>) -> Letter {
        Letter {
            subject,
            paragraphs,
            facts: self.facts(),
            link: Some((STATUS.to_owned(), format!("{}/cases/status", self.base_url))),
            bureau: self.bureau.to_owned(),
        }
    }
}

/// What was taken, with numbers, code and dates.
#[must_use]
pub fn receipt(halves: &[(Kind, String, Due)], code: &str, bureau: &str, base_url: &str) -> Letter {
    let kinds: Vec<_> = halves.iter().map(|(kind, ..)| super::kind(*kind)).collect();
    let mut facts = Vec::new();
    for (kind, number, due) in halves {
        facts.push((format!("{}编号", super::kind(*kind)), number.clone()));
        facts
            .push((format!("{}，最迟", clock::step(due.step)), format!("{}，{}", date(due), clock::basis(&due.basis))));
    }
    facts.push(("查询码".to_owned(), code.to_owned()));
    Letter {
        subject: format!("已收到您的{}（{}）", kinds.join("和"), halves.first().map_or("", |(_, number, _)| number)),
        paragraphs: vec![
            "您提交的内容已经收到。请保存好编号和查询码：凭它们可以查看进度、补充材料、回答询问。".to_owned(),
            "查询码等于您的钥匙，请不要转发这封邮件。".to_owned(),
        ],
        facts,
        link: Some((STATUS.to_owned(), format!("{base_url}/cases/status"))),
        bureau: bureau.to_owned(),
    }
}

/// What an officer did, to whoever filed the case. None where there is nothing to tell. `code` is the code of a ground.
#[must_use]
pub fn told(act: Act, code: &str, about: &About<'_>) -> Option<Letter> {
    let news = match act {
        Act::Ask => "需要您补充材料或者说明",
        Act::Message => "承办人员给您留言",
        Act::Invite => "通知您参加调解",
        Act::HandOver => "已分送办理机构",
        Act::ApproveExtension => "办理期限已依规定延长",
        Act::Accept
        | Act::Refuse
        | Act::Pause
        | Act::Resume
        | Act::Settle
        | Act::End
        | Act::Check
        | Act::File
        | Act::DontFile
        | Act::Decide
        | Act::Transfer
        | Act::Redirect
        | Act::Merge
        | Act::Reopen => super::state(about.kind, about.state),
        _ => return None,
    };
    let mut paragraphs = vec![super::meaning(about.kind, about.state).to_owned()];
    let ground = match act {
        Act::Refuse => RefusalGround::from_code(code).map(|ground| {
            format!("理由：{}（{}）。", super::refusal_ground(ground), super::refusal_article(about.rule))
        }),
        Act::End => EndGround::from_code(code).map(|ground| {
            format!("理由：{}（{}）。", super::end_ground(ground, about.rule), super::end_article(about.rule))
        }),
        _ => None,
    };
    paragraphs.extend(ground);
    if matches!(act, Act::Ask | Act::Message | Act::Invite) {
        paragraphs = vec![format!("{news}。内容请凭编号和查询码查看。")];
    }
    Some(about.letter(format!("{}{}：{news}", super::kind(about.kind), about.number), paragraphs))
}

/// A calendar was announced, and a date moved with it.
#[must_use]
pub fn moved(before: &str, due: &Due, about: &About<'_>) -> Letter {
    let said = format!("放假安排公布后，“{}”的最迟日期从{before}改为{}。", clock::step(due.step), date(due));
    about.letter(format!("{}{}：期限重新计算", super::kind(about.kind), about.number), vec![said])
}

/// Whether it was really solved, asked four weeks after the end.
#[must_use]
pub fn survey(kind: Kind, number: &str, bureau: &str, base_url: &str) -> Letter {
    let name = super::kind(kind);
    Letter {
        subject: format!("{name}{number}：问题真的解决了吗？"),
        paragraphs: vec![
            format!("您的{name}四周前已经办结。请凭编号和查询码打开，告诉我们问题是否真的解决，也可以给办理打分。"),
            "回答与否，都不影响您的权利。".to_owned(),
        ],
        facts: vec![("编号".to_owned(), number.to_owned())],
        link: Some((STATUS.to_owned(), format!("{base_url}/cases/status"))),
        bureau: bureau.to_owned(),
    }
}

/// What an officer is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A date comes near
    Near,
    /// A date was missed
    Late,
    /// The citizen added something, or withdrew
    Citizen(Act),
    /// A calendar moved a date
    Moved,
}

/// A letter to an officer: number, step, date, and nothing of the case.
#[must_use]
pub fn officer(notice: Notice, step: Step, about: &About<'_>, path: &str) -> Letter {
    let name = clock::step(step);
    let (subject, said) = match notice {
        Notice::Near => (format!("期限临近：{} {name}", about.number), "请在期限内办理。".to_owned()),
        Notice::Late => {
            (format!("已经逾期：{} {name}", about.number), "这一步已过法定期限。请立即办理，并写明原因。".to_owned())
        }
        Notice::Citizen(act) => {
            let what = if act == Act::Message { "收到留言" } else { super::act(act) };
            (format!("{what}：{}", about.number), "投诉举报人有新的动作，请查看。".to_owned())
        }
        Notice::Moved => (format!("期限重新计算：{} {name}", about.number), "放假安排公布，期限随之变动。".to_owned()),
    };
    Letter { link: Some((DESK.to_owned(), format!("{}{path}", about.base_url))), ..about.letter(subject, vec![said]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{calendar::Calendar, case::Case, clock::Settings};

    #[test]
    fn letters_tell_dates_and_reasons_and_carry_no_number_in_addresses() {
        let case = Case::received(Kind::Complaint, "2026-12-28".parse().unwrap());
        let due = case.clocks[0].term.due(&Calendar::embedded().unwrap(), &Settings::default()).unwrap();
        let about = About {
            number: "20261228-ABCDEFGH",
            kind: Kind::Complaint,
            state: State::Refused,
            rule: Rule::R121,
            due: Some(&due),
            bureau: "云川市市场监督管理局",
            base_url: "https://a.cn",
        };
        let refused = told(Act::Refuse, "too_late", &about).unwrap();
        assert_eq!(refused.subject, "投诉20261228-ABCDEFGH：不予受理");
        assert!(refused.paragraphs[1].contains("超过三年") && refused.paragraphs[1].contains("第十六条"));
        assert!(refused.facts.iter().any(|(_, value)| value == "2027年1月7日（预计）"), "{:?}", refused.facts);
        assert_eq!(refused.link.unwrap().1, "https://a.cn/cases/status");
        for quiet in [Act::Take, Act::Assign, Act::Note, Act::Told, Act::AskExtension, Act::FindClue] {
            assert!(told(quiet, "", &about).is_none(), "{quiet:?}");
        }
    }
}
