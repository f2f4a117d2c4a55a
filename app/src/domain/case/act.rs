//! The state machine: who may do what to a case, and what it does to state and clocks. Pure: the day is a parameter.

use chrono::NaiveDate;

use super::{Act, By, Case, Clock, Command, Kind, Refusal, State, table};
use crate::domain::{
    clock::{Extension, ExtensionKind, Pause, PauseReason, Rule, Step, Term},
    staff::{Permission, Viewer},
};

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
