//! Publication of closed complaints (order 121 art. 38): which may be shown, who proposes, who confirms. Reports are
//! never published one by one (art. 37).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    case::{Case, EndGround, Kind, State as CaseState},
    staff::{Permission, Viewer},
};

/// Months for which a closed complaint is shown. **Unverified**: one year by a secondary note on 《市场监督管理投诉信息公示暂行
/// 规则》; its text was not read.
pub const SHOWN_MONTHS: u32 = 12;
/// Signs of what is said of the problem, the result, the department.
pub const LONGEST: usize = 200;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The officer proposes, a reviewer has not looked yet
    Proposed,
    /// Given back to the officer
    Returned,
    /// On the operator's page
    Public,
    /// Taken down by a reviewer, or because the case was opened again
    TakenDown,
    /// Its time is over
    Expired,
}

/// What is done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// By the case's officer
    Propose,
    /// By a reviewer who is not the proposer
    Confirm,
    /// By a reviewer, with a reason
    Return,
    /// By a reviewer, with a reason
    TakeDown,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No permission, or another officer's case
    NotAllowed,
    /// Not from this state
    NotNow,
    /// This case is never published
    Never,
    /// Two persons are needed
    OwnWork,
    /// A reason belongs to it
    NoText,
}

/// One case's publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// State
    pub state: State,
    /// Who proposed it
    pub proposed_by: Uuid,
}

/// Whether a complaint may be shown at all: settled, or ended for a reason that says something of the dispute. Never a
/// report, never one that was refused, withdrawn, or found to be false (art. 42).
#[must_use]
pub fn may_be_shown(case: &Case, result: Option<&str>) -> bool {
    let ground = result.and_then(EndGround::from_code);
    match (case.kind, case.state) {
        (Kind::Complaint, CaseState::Settled) => true,
        (Kind::Complaint, CaseState::Ended) => {
            ground.is_some_and(|ground| !matches!(ground, EndGround::Withdrawn | EndGround::FoundLater))
        }
        _ => false,
    }
}

impl State {
    /// All.
    pub const ALL: [Self; 5] = [Self::Proposed, Self::Returned, Self::Public, Self::TakenDown, Self::Expired];

    /// The name in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Returned => "returned",
            Self::Public => "public",
            Self::TakenDown => "taken_down",
            Self::Expired => "expired",
        }
    }

    /// Reads [`State::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl Command {
    /// All.
    pub const ALL: [Self; 4] = [Self::Propose, Self::Confirm, Self::Return, Self::TakeDown];

    /// The name in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Propose => "propose",
            Self::Confirm => "confirm",
            Self::Return => "return",
            Self::TakeDown => "take_down",
        }
    }

    /// Reads [`Command::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.code() == code)
    }
}

/// A proposal by the case's officer, or the lead, over what is there.
///
/// # Errors
/// [`Refusal`].
pub fn propose(before: Option<Item>, case: &Case, result: Option<&str>, by: &Viewer) -> Result<Item, Refusal> {
    let is_own = case.officer == Some(by.id) && by.may(Permission::HandleCases);
    if !is_own && !by.may(Permission::LeadCases) {
        return Err(Refusal::NotAllowed);
    }
    if !may_be_shown(case, result) {
        return Err(Refusal::Never);
    }
    match before.map(|item| item.state) {
        None | Some(State::Returned | State::TakenDown) => Ok(Item { state: State::Proposed, proposed_by: by.id }),
        Some(State::Proposed | State::Public | State::Expired) => Err(Refusal::NotNow),
    }
}

impl Item {
    /// What a reviewer does.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn review(self, command: Command, by: &Viewer, reason: &str) -> Result<Self, Refusal> {
        if !by.may(Permission::Review) {
            return Err(Refusal::NotAllowed);
        }
        let state = match (self.state, command) {
            (State::Proposed, Command::Confirm) if self.proposed_by == by.id => return Err(Refusal::OwnWork),
            (State::Proposed, Command::Confirm) => State::Public,
            (State::Proposed, Command::Return) => State::Returned,
            (State::Public, Command::TakeDown) => State::TakenDown,
            _ => return Err(Refusal::NotNow),
        };
        if command != Command::Confirm && reason.trim().is_empty() {
            return Err(Refusal::NoText);
        }
        Ok(Self { state, ..self })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::staff::Role;

    fn viewer(number: u128, roles: &[Role]) -> Viewer {
        Viewer { id: Uuid::from_u128(number), name: String::new(), roles: roles.to_vec(), csrf: String::new() }
    }

    fn case(kind: Kind, state: CaseState) -> Case {
        let on = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        Case { state, officer: Some(Uuid::from_u128(1)), ..Case::received(kind, on) }
    }

    #[test]
    fn only_complaints_that_ended_with_something_to_say() {
        for kind in Kind::ALL {
            for state in CaseState::ALL {
                let expected = kind == Kind::Complaint && matches!(state, CaseState::Settled | CaseState::Ended);
                assert_eq!(may_be_shown(&case(kind, state), Some("no_agreement")), expected, "{kind:?} {state:?}");
            }
        }
        let shown =
            EndGround::ALL.map(|ground| may_be_shown(&case(Kind::Complaint, CaseState::Ended), Some(ground.code())));
        assert_eq!(shown, [false, true, true, true, true, false, true, true]);
        assert!(!may_be_shown(&case(Kind::Complaint, CaseState::Ended), None));
    }

    #[test]
    fn every_state_by_every_command_and_role() {
        let settled = case(Kind::Complaint, CaseState::Settled);
        for role in Role::ALL {
            let own = viewer(1, &[role]);
            let may = matches!(role, Role::CaseOfficer | Role::Lead);
            assert_eq!(propose(None, &settled, None, &own).is_ok(), may, "{role:?}");
            assert_eq!(propose(None, &settled, None, &viewer(2, &[role])).is_ok(), role == Role::Lead, "{role:?}");
        }
        let officer = viewer(1, &[Role::CaseOfficer]);
        for state in State::ALL {
            let item = Item { state, proposed_by: officer.id };
            let again = matches!(state, State::Returned | State::TakenDown);
            assert_eq!(propose(Some(item), &settled, None, &officer).is_ok(), again, "{state:?}");
            for command in Command::ALL {
                for role in Role::ALL {
                    let expected = match (state, command) {
                        _ if role != Role::Reviewer => Err(Refusal::NotAllowed),
                        (State::Proposed, Command::Confirm) => Ok(State::Public),
                        (State::Proposed, Command::Return) => Ok(State::Returned),
                        (State::Public, Command::TakeDown) => Ok(State::TakenDown),
                        _ => Err(Refusal::NotNow),
                    };
                    let given = item.review(command, &viewer(9, &[role]), "理由").map(|item| item.state);
                    assert_eq!(given, expected, "{state:?} {command:?} {role:?}");
                }
            }
        }
        let waiting = Item { state: State::Proposed, proposed_by: Uuid::from_u128(1) };
        let both = viewer(1, &[Role::CaseOfficer, Role::Reviewer]);
        assert_eq!(waiting.review(Command::Confirm, &both, ""), Err(Refusal::OwnWork));
        assert_eq!(waiting.review(Command::Return, &viewer(9, &[Role::Reviewer]), " "), Err(Refusal::NoText));
    }
}
