//! 投诉 and 举报: two legal things with one house. What a case is, where it stands, and what may happen to it, under
//! the rule of the day on which it came in (order 20 before 2026-04-15, order 121 since). The table of states stands in
//! [`act`]; grounds, remedies and outcomes are closed lists in [`ground`].

mod act;
mod command;
mod filing;
mod ground;
mod problem;
mod table;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::clock::{Rule, Term};

pub use command::{Act, By, Command, Refusal, Settlement};
pub use filing::{
    Contact, Content, Fault, Filing, LONGEST_LINE, LONGEST_REQUEST, LONGEST_SAID, LONGEST_STORY, Party, Purchase,
    Wanted, read,
};
pub use ground::{EndGround, Outcome, REMEDIES, Receiver, RefusalGround, Remedy};
pub use problem::Problem;

/// What it is. One submission that holds both becomes two linked cases (order 121 art. 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 投诉: a consumer's dispute with an operator (order 121 art. 3)
    Complaint,
    /// 举报: a clue to a breach of the law, by anybody, by name or without
    Report,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 待受理 / 待核查
    Received,
    /// 待补正: the officer asked for more; no clock stands still for it
    Asked,
    /// 已受理，调解中 (complaint)
    Accepted,
    /// 调解中止: 鉴定、检测 or a motion for recusal (complaint; art. 21, 22)
    Suspended,
    /// 核查中 (report)
    Checking,
    /// 已立案 (report)
    Filed,
    /// 不予受理 (complaint)
    Refused,
    /// 已撤回 before it was accepted (complaint; a report can't be withdrawn)
    Withdrawn,
    /// 调解成功 (complaint)
    Settled,
    /// 终止调解 (complaint)
    Ended,
    /// 不予立案 (report)
    NotFiled,
    /// 已作出处理决定 (report): see [`Outcome`]
    Decided,
    /// 已移送 the police or another department, with a written notice (report; food law art. 115)
    Transferred,
    /// 已告知另行提出: another market-supervision bureau is competent (report; art. 34)
    Redirected,
    /// 已合并 into another case of the same person about the same party (report; art. 35)
    Merged,
}

/// By which way it came, so that nothing is counted twice (seed 004).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 本网站
    Portal,
    /// 来访 (an officer wrote it down)
    Counter,
    /// 来电 (likewise)
    Phone,
    /// 来函
    Letter,
    /// 全国12315平台
    #[serde(rename = "12315")]
    Platform12315,
    /// 12345热线
    #[serde(rename = "12345")]
    Hotline12345,
    /// 履职中发现: a clue found in a mediation (art. 27)
    Mediation,
    /// 其他
    Other,
}

/// A clock of the case and when its step was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What is known of it; the date follows
    pub term: Term,
    /// Day on which the step was done, or fell away
    pub met_on: Option<NaiveDate>,
}

/// A case as the rules see it: nothing personal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// What it is
    pub kind: Kind,
    /// The rule of the day of receipt
    pub rule: Rule,
    /// Where it stands
    pub state: State,
    /// The officer whose case it is
    pub officer: Option<Uuid>,
    /// Whether a report names its author, who under order 20 was told within 5 working days (art. 31)
    pub is_named: bool,
    /// Who asked for the extension that waits for approval
    pub extension_asked_by: Option<Uuid>,
    /// The state to which a suspension, a question returns
    pub resumes: Option<State>,
    /// Clocks, the oldest first
    pub clocks: Vec<Clock>,
}

impl Case {
    /// A case received on a day, with its first clock.
    #[must_use]
    pub fn received(kind: Kind, on: NaiveDate) -> Self {
        Self::with_rule(kind, Rule::of(on), on)
    }

    fn with_rule(kind: Kind, rule: Rule, on: NaiveDate) -> Self {
        use super::clock::Step;
        let step = if kind == Kind::Complaint { Step::Acceptance } else { Step::ReportCheck };
        let mut case = Self {
            kind,
            rule,
            state: State::Received,
            officer: None,
            is_named: kind == Kind::Complaint,
            extension_asked_by: None,
            resumes: None,
            clocks: Vec::new(),
        };
        case.start(step, on);
        case
    }

    /// A report opened by the bureau on a clue that it found in a mediation (art. 27).
    #[must_use]
    pub fn clue(on: NaiveDate) -> Self {
        let mut case = Self::received(Kind::Report, on);
        case.clocks.clear();
        case.start(super::clock::Step::ClueCheck, on);
        case
    }

    /// Clocks that run.
    pub fn running(&self) -> impl Iterator<Item = &Clock> {
        self.clocks.iter().filter(|clock| clock.met_on.is_none())
    }
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Complaint, Self::Report];

    /// The name in the database, in forms and addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Report => "report",
        }
    }

    /// Reads [`Kind::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl State {
    /// All, open ones first.
    pub const ALL: [Self; 15] = [
        Self::Received,
        Self::Asked,
        Self::Accepted,
        Self::Suspended,
        Self::Checking,
        Self::Filed,
        Self::Refused,
        Self::Withdrawn,
        Self::Settled,
        Self::Ended,
        Self::NotFiled,
        Self::Decided,
        Self::Transferred,
        Self::Redirected,
        Self::Merged,
    ];

    /// The name in the database and in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Suspended => "suspended",
            Self::Checking => "checking",
            Self::Filed => "filed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Settled => "settled",
            Self::Ended => "ended",
            Self::NotFiled => "not_filed",
            Self::Decided => "decided",
            Self::Transferred => "transferred",
            Self::Redirected => "redirected",
            Self::Merged => "merged",
        }
    }

    /// Reads [`State::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the bureau still has something to do.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Asked | Self::Accepted | Self::Suspended | Self::Checking | Self::Filed)
    }

    /// Whether a case of this kind can be there.
    #[must_use]
    pub fn fits(self, kind: Kind) -> bool {
        match self {
            Self::Received | Self::Asked => true,
            Self::Accepted | Self::Suspended | Self::Refused | Self::Withdrawn | Self::Settled | Self::Ended => {
                kind == Kind::Complaint
            }
            _ => kind == Kind::Report,
        }
    }
}

impl Source {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::Portal,
        Self::Counter,
        Self::Phone,
        Self::Letter,
        Self::Platform12315,
        Self::Hotline12345,
        Self::Mediation,
        Self::Other,
    ];

    /// The name in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Counter => "counter",
            Self::Phone => "phone",
            Self::Letter => "letter",
            Self::Platform12315 => "12315",
            Self::Hotline12345 => "12345",
            Self::Mediation => "mediation",
            Self::Other => "other",
        }
    }

    /// Reads [`Source::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.code() == code)
    }
}

#[cfg(test)]
mod tests;
