//! 你点我检, 你点我查 and 满意度测评: a round with questions, open for some days. One state machine:
//! draft → proposed → (another officer) approved → open → ended; the last two are done by time alone. Nobody decides
//! whether a result becomes public: it does when the round is over.

mod codes;
mod content;
mod tally;
mod voice;

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::staff::{Permission, Viewer};

pub use content::{
    Content, Fault, LONGEST_ASK, LONGEST_OPTION, LONGEST_TEXT, LONGEST_TITLE, MOST_OPTIONS, MOST_PICKS, MOST_QUESTIONS,
    MOST_TOP, Question, Subject, Way,
};
pub use tally::{Answered, Answers, Counts, Outcome, Shown, chosen, mean_tenths};
pub use voice::{LONGEST_SAID, LONGEST_SUGGESTION, Voice, VoiceFault};

/// Marks of a scale: 1 to 5.
pub const BEST: usize = 5;
/// Days that a vote lasts at most, and a survey.
pub const LONGEST_ROUND: TimeDelta = TimeDelta::days(62);

/// What a round is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 你点我检: what is sampled
    Sampling,
    /// 你点我查: where it is inspected
    Inspection,
    /// 满意度测评, 知晓率
    Survey,
}

/// For how long one voice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// One a day
    Day,
    /// One in the whole round
    Round,
}

/// Where a round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// 起草
    Draft,
    /// 待审核
    Proposed,
    /// 即将开始: approved, its first day is to come
    Approved,
    /// 进行中
    Open,
    /// 已结束: counted, the result is public
    Ended,
    /// 已终止, with a public reason and without a result
    Stopped,
    /// A draft that was thrown away; it is not stored
    Discarded,
}

/// What is done with a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Writes its content
    Save,
    /// Puts it before another officer
    Propose,
    /// Takes it back
    TakeBack,
    /// Throws a draft away
    Discard,
    /// Another officer approves it
    Confirm,
    /// Another officer gives it back, with a reason
    Return,
    /// An approved or open round is ended without a result, with a public reason
    Stop,
    /// Its first day has come
    Open,
    /// Its last day is over
    End,
}

/// Who does it.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// An officer
    Officer(&'a Viewer),
    /// The clock
    Time,
}

/// Why a command is refused. Words are in `text::poll`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not by this person
    NotAllowed,
    /// Not at this stage
    NotNow,
    /// Whoever wrote it can't approve it
    OwnWork,
    /// A reason must be given
    NoText,
    /// Its first day is over, or not here yet
    Day,
}

/// A round as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// What it is for
    pub kind: Kind,
    /// Where it stands
    pub state: State,
    /// First day
    pub first: NaiveDate,
    /// Last day
    pub last: NaiveDate,
    /// All who wrote or proposed it
    pub editors: BTreeSet<Uuid>,
}

impl Poll {
    /// A new draft by an officer.
    #[must_use]
    pub fn new(content: &Content, by: Uuid) -> Self {
        let Content { kind, first, last, .. } = *content;
        Self { kind, state: State::Draft, first, last, editors: BTreeSet::from([by]) }
    }

    /// The next state, or why not. Pure: the day is a parameter.
    ///
    /// # Errors
    /// [`Refusal`]; nothing has changed then.
    pub fn apply(&self, command: Command, by: By<'_>, said: &str, today: NaiveDate) -> Result<Self, Refusal> {
        let officer = match (by, command.needs()) {
            (By::Time, None) => None,
            (By::Officer(viewer), Some(permission)) if viewer.may(permission) => Some(viewer.id),
            _ => return Err(Refusal::NotAllowed),
        };
        let state = self.next(command).ok_or(Refusal::NotNow)?;
        if command == Command::Confirm && officer.is_some_and(|id| self.editors.contains(&id)) {
            return Err(Refusal::OwnWork);
        }
        if command.says() && said.trim().is_empty() {
            return Err(Refusal::NoText);
        }
        let is_time = match command {
            Command::Propose | Command::Confirm => today <= self.first,
            Command::Open => self.first <= today,
            Command::End => self.last < today,
            _ => true,
        };
        if !is_time {
            return Err(Refusal::Day);
        }
        let mut next = Self { state, ..self.clone() };
        if matches!(command, Command::Save | Command::Propose) {
            next.editors.extend(officer);
        }
        Ok(next)
    }

    /// The whole table of states: what is not in it is not possible.
    fn next(&self, command: Command) -> Option<State> {
        use State::{Approved, Discarded, Draft, Ended, Open, Proposed, Stopped};
        Some(match (self.state, command) {
            (Draft, Command::Save) | (Proposed, Command::TakeBack | Command::Return) => Draft,
            (Draft, Command::Propose) => Proposed,
            (Draft, Command::Discard) => Discarded,
            (Proposed, Command::Confirm) => Approved,
            (Approved, Command::Open) => Open,
            (Open, Command::End) => Ended,
            (Approved | Open, Command::Stop) => Stopped,
            _ => return None,
        })
    }

    /// Whether voices are taken on a day.
    #[must_use]
    pub fn is_open(&self, today: NaiveDate) -> bool {
        self.state == State::Open && (self.first..=self.last).contains(&today)
    }

    /// Whether an officer may confirm a link that another proposed.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn confirm_link(&self, by: &Viewer, proposed_by: Uuid) -> Result<(), Refusal> {
        if !by.may(Permission::Review) {
            return Err(Refusal::NotAllowed);
        }
        if self.state != State::Ended {
            return Err(Refusal::NotNow);
        }
        if by.id == proposed_by { Err(Refusal::OwnWork) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
