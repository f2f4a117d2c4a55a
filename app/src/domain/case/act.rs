//! What may be done to a case, by whom, and what it does to state and clocks. Pure: the day is a parameter.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Case, Clock, EndGround, Kind, Outcome, Receiver, RefusalGround, State, table};
use crate::domain::{
    clock::{Extension, ExtensionKind, Pause, PauseReason, Rule, Step, Term},
    staff::{Permission, Viewer},
};

/// Whether a mediation document was made (order 121 art. 24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// 调解书, signed by both and sealed, three copies
    Document,
    /// Performed on the spot: a record is enough
    Performed,
    /// Both agreed on none: a record is enough
    NoneWanted,
}

/// Something done to a case, with what the rules must know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// The citizen adds material, or answers
    Supplement,
    /// The citizen takes a complaint back
    Withdraw,
    /// An officer takes a case that nobody has
    Take,
    /// The lead gives it to an officer
    Assign(Uuid),
    /// 分送 to another bureau or branch (art. 41); nobody has it then
    HandOver,
    /// 补正
    Ask,
    /// 受理
    Accept,
    /// 不予受理
    Refuse(RefusalGround),
    /// Time, place and mediators of a session, told to both (art. 20)
    Invite,
    /// 中止
    Pause(PauseReason),
    /// The reason is gone
    Resume,
    /// 调解成功
    Settle(Settlement),
    /// 终止调解
    End(EndGround),
    /// Both parties (a report: its author) have been told
    Told,
    /// A clue to a breach was found in the mediation (art. 27): a report is opened beside
    FindClue,
    /// 核查 begins
    Check,
    /// 延期, asked for
    AskExtension,
    /// … approved by the lead
    ApproveExtension,
    /// … not approved
    DenyExtension,
    /// 立案
    File,
    /// 不予立案
    DontFile,
    /// The case is decided
    Decide(Outcome),
    /// 移送, with the written notice (food law art. 115)
    Transfer(Receiver),
    /// 告知另行提出: market-supervision work of another place (art. 34: no transfer between bureaus)
    Redirect,
    /// 合并 into another case (art. 35)
    Merge,
    /// Takes in a repeated report with new facts: the clock starts again (art. 35)
    TakeIn,
    /// Something said to the citizen
    Message,
    /// Something for colleagues
    Note,
    /// The lead opens again what was closed by mistake
    Reopen,
}

/// [`Command`] without what comes with it.
#[expect(missing_docs, reason = "see Command")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Supplement,
    Withdraw,
    Take,
    Assign,
    HandOver,
    Ask,
    Accept,
    Refuse,
    Invite,
    Pause,
    Resume,
    Settle,
    End,
    Told,
    FindClue,
    Check,
    AskExtension,
    ApproveExtension,
    DenyExtension,
    File,
    DontFile,
    Decide,
    Transfer,
    Redirect,
    Merge,
    TakeIn,
    Message,
    Note,
    Reopen,
}

/// Who does it.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Whoever filed it, by number and query code
    Citizen,
    /// An officer
    Officer(&'a Viewer),
}

/// Why it is not done; nothing has changed then. Words are in `text::case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not by this person at all
    NotAllowed,
    /// Another officer has the case
    NotYours,
    /// Nobody has the case yet: take it first
    NotTaken,
    /// Not at this stage, or not for this kind
    NotNow,
    /// Whoever asked for an extension can't approve it
    OwnWork,
    /// This ground is not in the rule of the case
    NoGround,
    /// This does not stop a clock (order 121 art. 22)
    NoPause,
    /// Something must be said with it
    NoText,
}

impl Act {
    /// All.
    pub const ALL: [Self; 29] = [
        Self::Supplement,
        Self::Withdraw,
        Self::Take,
        Self::Assign,
        Self::HandOver,
        Self::Ask,
        Self::Accept,
        Self::Refuse,
        Self::Invite,
        Self::Pause,
        Self::Resume,
        Self::Settle,
        Self::End,
        Self::Told,
        Self::FindClue,
        Self::Check,
        Self::AskExtension,
        Self::ApproveExtension,
        Self::DenyExtension,
        Self::File,
        Self::DontFile,
        Self::Decide,
        Self::Transfer,
        Self::Redirect,
        Self::Merge,
        Self::TakeIn,
        Self::Message,
        Self::Note,
        Self::Reopen,
    ];

    /// The name in the database, in forms and in the audit trail.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Supplement => "supplement",
            Self::Withdraw => "withdraw",
            Self::Take => "take",
            Self::Assign => "assign",
            Self::HandOver => "hand_over",
            Self::Ask => "ask",
            Self::Accept => "accept",
            Self::Refuse => "refuse",
            Self::Invite => "invite",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Settle => "settle",
            Self::End => "end",
            Self::Told => "told",
            Self::FindClue => "find_clue",
            Self::Check => "check",
            Self::AskExtension => "ask_extension",
            Self::ApproveExtension => "approve_extension",
            Self::DenyExtension => "deny_extension",
            Self::File => "file",
            Self::DontFile => "dont_file",
            Self::Decide => "decide",
            Self::Transfer => "transfer",
            Self::Redirect => "redirect",
            Self::Merge => "merge",
            Self::TakeIn => "take_in",
            Self::Message => "message",
            Self::Note => "note",
            Self::Reopen => "reopen",
        }
    }

    /// Reads [`Act::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// The permission it needs; none where it is the citizen's.
    #[must_use]
    pub fn needs(self) -> Option<Permission> {
        match self {
            Self::Supplement | Self::Withdraw => None,
            Self::Assign | Self::ApproveExtension | Self::DenyExtension | Self::Reopen => Some(Permission::LeadCases),
            _ => Some(Permission::HandleCases),
        }
    }

    /// Whether a reason, a question or a text belongs to it.
    #[must_use]
    pub fn says(self) -> bool {
        matches!(
            self,
            Self::Supplement
                | Self::HandOver
                | Self::Ask
                | Self::Refuse
                | Self::Invite
                | Self::Pause
                | Self::Settle
                | Self::End
                | Self::FindClue
                | Self::AskExtension
                | Self::DenyExtension
                | Self::DontFile
                | Self::Decide
                | Self::Transfer
                | Self::Redirect
                | Self::Message
                | Self::Note
                | Self::Reopen
        )
    }

    /// Whether the citizen sees that it happened, and what was said with it.
    #[must_use]
    pub fn is_told(self) -> bool {
        !matches!(
            self,
            Self::Take | Self::Assign | Self::FindClue | Self::AskExtension | Self::DenyExtension | Self::Note
        )
    }
}

impl Command {
    /// Which act it is.
    #[must_use]
    pub fn act(self) -> Act {
        match self {
            Self::Supplement => Act::Supplement,
            Self::Withdraw => Act::Withdraw,
            Self::Take => Act::Take,
            Self::Assign(_) => Act::Assign,
            Self::HandOver => Act::HandOver,
            Self::Ask => Act::Ask,
            Self::Accept => Act::Accept,
            Self::Refuse(_) => Act::Refuse,
            Self::Invite => Act::Invite,
            Self::Pause(_) => Act::Pause,
            Self::Resume => Act::Resume,
            Self::Settle(_) => Act::Settle,
            Self::End(_) => Act::End,
            Self::Told => Act::Told,
            Self::FindClue => Act::FindClue,
            Self::Check => Act::Check,
            Self::AskExtension => Act::AskExtension,
            Self::ApproveExtension => Act::ApproveExtension,
            Self::DenyExtension => Act::DenyExtension,
            Self::File => Act::File,
            Self::DontFile => Act::DontFile,
            Self::Decide(_) => Act::Decide,
            Self::Transfer(_) => Act::Transfer,
            Self::Redirect => Act::Redirect,
            Self::Merge => Act::Merge,
            Self::TakeIn => Act::TakeIn,
            Self::Message => Act::Message,
            Self::Note => Act::Note,
            Self::Reopen => Act::Reopen,
        }
    }
}

impl Case {
    /// The case after a command on a day, or why not. `said` is what is said with it.
    ///
    /// # Errors
    /// [`Refusal`]; nothing has changed then.
    pub fn apply(&self, command: Command, by: By<'_>, said: &str, on: NaiveDate) -> Result<Self, Refusal> {
        let act = command.act();
        self.check_person(act, by)?;
        let state = table::next(self.kind, self.state, act).ok_or(Refusal::NotNow)?;
        self.check_data(command, by)?;
        if act.says() && said.trim().is_empty() {
            return Err(Refusal::NoText);
        }
        let mut next = self.clone();
        next.run_clocks(command, on)?;
        next.state = match (act, self.resumes) {
            (Act::Supplement, Some(before)) if self.state == State::Asked => before,
            _ => state,
        };
        next.resumes = match act {
            Act::Ask => Some(self.state).filter(|state| *state == State::Checking),
            _ => self.resumes.filter(|_| next.state == State::Asked),
        };
        match (command, by) {
            (Command::Take, By::Officer(viewer)) => next.officer = Some(viewer.id),
            (Command::Assign(officer), _) => next.officer = Some(officer),
            (Command::HandOver, _) => next.officer = None,
            (Command::AskExtension, By::Officer(viewer)) => next.extension_asked_by = Some(viewer.id),
            (Command::ApproveExtension | Command::DenyExtension, _) => next.extension_asked_by = None,
            _ => {}
        }
        if !next.state.is_open() {
            next.extension_asked_by = None;
        }
        Ok(next)
    }

    /// Acts that this person could do now, before anything is typed: what the page offers.
    #[must_use]
    pub fn acts(&self, by: By<'_>) -> Vec<Act> {
        let possible = |act: &Act| {
            table::next(self.kind, self.state, *act).is_some()
                && self.check_person(*act, by).is_ok()
                && self.check_now(*act, by).is_ok()
        };
        Act::ALL.into_iter().filter(possible).collect()
    }

    fn check_person(&self, act: Act, by: By<'_>) -> Result<(), Refusal> {
        match (by, act.needs()) {
            (By::Citizen, None) => Ok(()),
            // while it is open, what the citizen says is material
            (By::Citizen, Some(_)) if act == Act::Message && !self.state.is_open() => Ok(()),
            (By::Officer(viewer), Some(permission)) if viewer.may(permission) => self.check_owner(act, viewer),
            _ => Err(Refusal::NotAllowed),
        }
    }

    /// The case's own officer acts on it; the lead may everywhere.
    fn check_owner(&self, act: Act, viewer: &Viewer) -> Result<(), Refusal> {
        match (self.officer, act) {
            (None, Act::Take) => Ok(()),
            (Some(_), Act::Take) => Err(Refusal::NotNow),
            (Some(officer), _) if officer == viewer.id => Ok(()),
            _ if viewer.may(Permission::LeadCases) => Ok(()),
            // whoever opens the letters sends them on (art. 41), and notes what they saw
            (None, Act::HandOver | Act::Note) => Ok(()),
            (None, _) => Err(Refusal::NotTaken),
            (Some(_), _) => Err(Refusal::NotYours),
        }
    }

    fn check_data(&self, command: Command, by: By<'_>) -> Result<(), Refusal> {
        let is_in_rule = match command {
            Command::Refuse(ground) => ground.item(self.rule).is_some(),
            Command::End(ground) => ground.item(self.rule).is_some(),
            _ => true,
        };
        if !is_in_rule {
            return Err(Refusal::NoGround);
        }
        if let Command::Pause(reason) = command {
            let stops = match self.kind {
                Kind::Complaint => {
                    matches!(reason, PauseReason::Appraisal | PauseReason::Testing | PauseReason::Recusal)
                }
                Kind::Report => PauseReason::OF_CASES.contains(&reason),
            };
            if !stops {
                return Err(Refusal::NoPause);
            }
        }
        self.check_now(command.act(), by)
    }

    fn check_now(&self, act: Act, by: By<'_>) -> Result<(), Refusal> {
        let has_pause = self.running().any(|clock| clock.term.pauses.iter().any(|pause| pause.until.is_none()));
        let is_running = |step| self.running().any(|clock| clock.term.step == step);
        let fits = match act {
            Act::Pause if self.kind == Kind::Report => !has_pause,
            Act::Resume if self.kind == Kind::Report => has_pause,
            Act::Told => is_running(Step::TerminationNotice) || is_running(Step::FilingNotice),
            // a second report restarts only what order 121 says
            Act::TakeIn => self.rule == Rule::R121 && is_running(Step::ReportCheck),
            Act::AskExtension => self.extension_asked_by.is_none() && self.extendable().is_some(),
            Act::ApproveExtension | Act::DenyExtension => self.extension_asked_by.is_some(),
            _ => true,
        };
        if !fits {
            return Err(Refusal::NotNow);
        }
        match by {
            By::Officer(viewer) if act == Act::ApproveExtension && self.extension_asked_by == Some(viewer.id) => {
                Err(Refusal::OwnWork)
            }
            _ => Ok(()),
        }
    }

    /// The clock that an extension would lengthen: once.
    fn extendable(&self) -> Option<usize> {
        self.clocks.iter().position(|clock| {
            let Term { step, ref extensions, .. } = clock.term;
            clock.met_on.is_none()
                && extensions.is_empty()
                && matches!(step, Step::ReportCheck | Step::ClueCheck | Step::CaseDecision)
        })
    }

    fn run_clocks(&mut self, command: Command, on: NaiveDate) -> Result<(), Refusal> {
        match command {
            Command::Accept => {
                self.meet(&[Step::Acceptance], on);
                self.start(Step::Mediation, on);
            }
            Command::Refuse(_) | Command::Settle(_) | Command::Decide(_) => self.meet_all(on),
            Command::Transfer(_) | Command::Redirect | Command::Merge => self.meet_all(on),
            Command::Withdraw | Command::End(_) => {
                self.meet_all(on);
                if matches!(self.state, State::Accepted | State::Suspended) {
                    self.start(Step::TerminationNotice, on);
                }
            }
            Command::Told => self.meet(&[Step::TerminationNotice, Step::FilingNotice], on),
            Command::File | Command::DontFile => {
                self.meet(&[Step::ReportCheck, Step::ClueCheck], on);
                if self.rule == Rule::R20 && self.is_named {
                    self.start(Step::FilingNotice, on);
                }
                if command == Command::File {
                    self.start(Step::CaseDecision, on);
                }
            }
            Command::Pause(PauseReason::Recusal) => {}
            Command::Pause(reason) => {
                for clock in
                    self.clocks.iter_mut().filter(|clock| clock.met_on.is_none()).filter(|clock| clock.pauses())
                {
                    clock.term.pauses.push(Pause { from: on, until: None, reason });
                }
            }
            Command::Resume => self.end_pauses(on),
            Command::ApproveExtension => {
                let place = self.extendable().ok_or(Refusal::NotNow)?;
                let extension = Extension { kind: ExtensionKind::Approved, approved_on: on };
                self.clocks[place].term.extensions.push(extension);
            }
            Command::TakeIn => {
                for clock in self.clocks.iter_mut().filter(|clock| clock.met_on.is_none()) {
                    if clock.term.step == Step::ReportCheck {
                        clock.term.merged.push(on);
                        self.extension_asked_by = None;
                    }
                }
            }
            Command::Reopen => self.reopen(on),
            _ => {}
        }
        Ok(())
    }

    /// The clock of the step that was closed by mistake runs on from its own start.
    fn reopen(&mut self, on: NaiveDate) {
        self.meet_all(on);
        let steps: &[Step] = match self.state {
            State::Refused => &[Step::Acceptance],
            State::NotFiled => &[Step::ReportCheck, Step::ClueCheck],
            _ => &[Step::Mediation],
        };
        if let Some(clock) = self.clocks.iter_mut().rev().find(|clock| steps.contains(&clock.term.step)) {
            clock.met_on = None;
        }
    }

    pub(super) fn start(&mut self, step: Step, on: NaiveDate) {
        self.clocks.push(Clock { term: Term::new(step, self.rule, on), met_on: None });
    }

    fn meet(&mut self, steps: &[Step], on: NaiveDate) {
        self.end_pauses_of(steps, on);
        for clock in self.clocks.iter_mut().filter(|clock| clock.met_on.is_none()) {
            if steps.contains(&clock.term.step) {
                clock.met_on = Some(on);
            }
        }
    }

    fn meet_all(&mut self, on: NaiveDate) {
        let steps: Vec<Step> = self.running().map(|clock| clock.term.step).collect();
        self.meet(&steps, on);
    }

    fn end_pauses(&mut self, on: NaiveDate) {
        let steps: Vec<Step> = self.running().map(|clock| clock.term.step).collect();
        self.end_pauses_of(&steps, on);
    }

    fn end_pauses_of(&mut self, steps: &[Step], on: NaiveDate) {
        for clock in self.clocks.iter_mut().filter(|clock| clock.met_on.is_none() && steps.contains(&clock.term.step)) {
            for pause in clock.term.pauses.iter_mut().filter(|pause| pause.until.is_none()) {
                pause.until = Some(on);
            }
        }
    }
}

impl Clock {
    /// Whether anything stops it.
    fn pauses(&self) -> bool {
        matches!(self.term.step, Step::Mediation | Step::CaseDecision)
    }
}
