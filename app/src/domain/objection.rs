//! 异议与回应: an operator named in a publication asks for a correction, or lays its reply beside it. One state machine:
//! received → (asked for more) → accepted | refused; a reply is proposed by one officer and confirmed by another before
//! it is public. A correction that is accepted is then made the ordinary way of two persons, as a publication's.

pub mod field;
mod filing;

use uuid::Uuid;

use super::staff::{Permission, Viewer};

pub use filing::{
    Contact, Fault, Filing, LONGEST_CORRECTION, LONGEST_MESSAGE, LONGEST_REPLY, code_form, statement_fault,
};

/// What the operator wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 请求更正
    Correction,
    /// 公开回应
    Reply,
}

/// Where the case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// 待办理
    Received,
    /// 待补充: the officer asked something
    Asked,
    /// 待确认: a reply, proposed for publication
    Proposed,
    /// 已采纳: the reply is public, or the publication is to be corrected
    Accepted,
    /// 未采纳
    Refused,
    /// 已撤回 by the operator
    Withdrawn,
}

/// What somebody wants to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// The operator says more; of a reply, the text may be another one now
    Supplement,
    /// The operator takes it back; a public reply is public no more
    Withdraw,
    /// The officer asks for more
    Ask,
    /// The officer proposes that a reply become public
    Propose,
    /// The officer accepts that the publication is wrong
    Accept,
    /// The officer refuses
    Refuse,
    /// Another officer makes the reply public
    Confirm,
    /// Another officer gives it back to be handled anew
    Return,
    /// A reply that should not be public is taken down
    TakeDown,
}

/// Who does it.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// The operator, by number and query code
    Operator,
    /// An officer
    Officer(&'a Viewer),
}

/// Why a command is refused. Words are in `text::objection`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not by this person
    NotAllowed,
    /// Not at this stage, or not for this kind
    NotNow,
    /// Whoever proposed it can't confirm it
    OwnWork,
    /// The officer must say something: a question, a reason
    NoText,
}

/// A case as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Objection {
    /// What is wanted
    pub kind: Kind,
    /// Where it stands
    pub state: State,
    /// Who proposed the reply
    pub proposed_by: Option<Uuid>,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Correction, Self::Reply];

    /// The name in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Reply => "reply",
        }
    }

    /// Reads [`Kind::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl State {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::Received, Self::Asked, Self::Proposed, Self::Accepted, Self::Refused, Self::Withdrawn];

    /// The name in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Asked => "asked",
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`State::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the operator still waits for an answer.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Asked | Self::Proposed)
    }
}

impl Command {
    /// All.
    pub const ALL: [Self; 9] = [
        Self::Supplement,
        Self::Withdraw,
        Self::Ask,
        Self::Propose,
        Self::Accept,
        Self::Refuse,
        Self::Confirm,
        Self::Return,
        Self::TakeDown,
    ];

    /// The name in forms and in the audit trail.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Supplement => "supplement",
            Self::Withdraw => "withdraw",
            Self::Ask => "ask",
            Self::Propose => "propose",
            Self::Accept => "accept",
            Self::Refuse => "refuse",
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

    /// The permission it needs; none where it is the operator's.
    #[must_use]
    pub fn needs(self) -> Option<Permission> {
        match self {
            Self::Supplement | Self::Withdraw => None,
            Self::Ask | Self::Propose | Self::Accept | Self::Refuse => Some(Permission::HandleCases),
            Self::Confirm | Self::Return | Self::TakeDown => Some(Permission::Review),
        }
    }

    /// Whether something must be said with it.
    #[must_use]
    pub fn says(self) -> bool {
        matches!(self, Self::Ask | Self::Refuse | Self::Return | Self::TakeDown)
    }
}

impl Objection {
    /// A new case.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, state: State::Received, proposed_by: None }
    }

    /// The next state, or why not. `said` is what the person says with it. Pure.
    ///
    /// # Errors
    /// [`Refusal`]; nothing has changed then.
    pub fn apply(self, command: Command, by: By<'_>, said: &str) -> Result<Self, Refusal> {
        let allowed = match (by, command.needs()) {
            (By::Operator, None) => true,
            (By::Officer(viewer), Some(permission)) => viewer.may(permission),
            _ => false,
        };
        if !allowed {
            return Err(Refusal::NotAllowed);
        }
        let next = self.next(command).ok_or(Refusal::NotNow)?;
        let officer = match by {
            By::Officer(viewer) => Some(viewer.id),
            By::Operator => None,
        };
        if command == Command::Confirm && officer == self.proposed_by {
            return Err(Refusal::OwnWork);
        }
        if command.says() && said.trim().is_empty() {
            return Err(Refusal::NoText);
        }
        let proposed_by = match next {
            State::Proposed => officer,
            State::Accepted => self.proposed_by,
            _ => None,
        };
        Ok(Self { state: next, proposed_by, ..self })
    }

    /// The whole table of states: what is not in it is not possible.
    fn next(self, command: Command) -> Option<State> {
        use Kind::{Correction, Reply};
        use State::{Accepted, Asked, Proposed, Received, Refused, Withdrawn};
        Some(match (self.kind, self.state, command) {
            (_, Received | Asked, Command::Supplement) | (Reply, Proposed, Command::Return) => Received,
            (_, Received | Asked | Proposed, Command::Withdraw) | (Reply, Accepted, Command::Withdraw) => Withdrawn,
            (_, Received, Command::Ask) => Asked,
            (_, Received | Asked, Command::Refuse) | (Reply, Accepted, Command::TakeDown) => Refused,
            (Correction, Received | Asked, Command::Accept) | (Reply, Proposed, Command::Confirm) => Accepted,
            (Reply, Received | Asked, Command::Propose) => Proposed,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::staff::Role;

    fn officer(number: u128, roles: &[Role]) -> Viewer {
        Viewer { id: Uuid::from_u128(number), name: String::new(), roles: roles.to_vec(), csrf: String::new() }
    }

    fn short(result: Result<Objection, Refusal>) -> &'static str {
        match result {
            Ok(next) => next.state.code(),
            Err(Refusal::NotAllowed) => "-",
            Err(Refusal::NotNow) => ".",
            Err(Refusal::OwnWork) => "own",
            Err(Refusal::NoText) => "text",
        }
    }

    /// Every state × command by somebody who may; columns in the order of [`Command::ALL`].
    #[test]
    fn the_table_of_states_is_this_one() {
        let (handler, reviewer) = (officer(1, &[Role::CaseOfficer]), officer(2, &[Role::Reviewer]));
        let mut table = Vec::new();
        for kind in Kind::ALL {
            for state in State::ALL {
                let case = Objection { kind, state, proposed_by: Some(handler.id) };
                let cells = Command::ALL.map(|command| {
                    let by = match command.needs() {
                        None => By::Operator,
                        Some(Permission::Review) => By::Officer(&reviewer),
                        Some(_) => By::Officer(&handler),
                    };
                    short(case.apply(command, by, "原因"))
                });
                table.push(format!("{} {}: {}", kind.code(), state.code(), cells.join(" ")));
            }
        }
        assert_eq!(
            table,
            [
                "correction received: received withdrawn asked . accepted refused . . .",
                "correction asked: received withdrawn . . accepted refused . . .",
                "correction proposed: . withdrawn . . . . . . .",
                "correction accepted: . . . . . . . . .",
                "correction refused: . . . . . . . . .",
                "correction withdrawn: . . . . . . . . .",
                "reply received: received withdrawn asked proposed . refused . . .",
                "reply asked: received withdrawn . proposed . refused . . .",
                "reply proposed: . withdrawn . . . . accepted received .",
                "reply accepted: . withdrawn . . . . . . refused",
                "reply refused: . . . . . . . . .",
                "reply withdrawn: . . . . . . . . .",
            ]
        );
    }

    /// Every state × command × role: who may not is told so, whatever the state.
    #[test]
    fn nobody_does_what_is_not_theirs() {
        for kind in Kind::ALL {
            for state in State::ALL {
                for command in Command::ALL {
                    let case = Objection { kind, state, proposed_by: None };
                    let mut allowed: Vec<&str> = Vec::new();
                    if case.apply(command, By::Operator, "x") != Err(Refusal::NotAllowed) {
                        allowed.push("operator");
                    }
                    for role in Role::ALL {
                        let viewer = officer(9, &[role]);
                        let done = case.apply(command, By::Officer(&viewer), "x");
                        if done != Err(Refusal::NotAllowed) {
                            allowed.push(role.code());
                        }
                        let same = Objection::next(case, command).is_some() == done.is_ok();
                        assert!(same || done == Err(Refusal::NotAllowed), "{case:?} {command:?} {role:?}");
                    }
                    let who: &[&str] = match command.needs() {
                        None => &["operator"],
                        Some(Permission::HandleCases) => &["case_officer", "lead"],
                        _ => &["reviewer"],
                    };
                    assert_eq!(allowed, who, "{case:?} {command:?}");
                }
            }
        }
    }

    #[test]
    fn a_reply_needs_two_persons_and_a_refusal_a_reason() {
        let both = officer(1, &[Role::CaseOfficer, Role::Reviewer]);
        let other = officer(2, &[Role::Reviewer]);
        let proposed = Objection::new(Kind::Reply).apply(Command::Propose, By::Officer(&both), "").unwrap();
        assert_eq!(proposed.proposed_by, Some(both.id));
        assert_eq!(proposed.apply(Command::Confirm, By::Officer(&both), ""), Err(Refusal::OwnWork));
        let public = proposed.apply(Command::Confirm, By::Officer(&other), "").unwrap();
        assert_eq!((public.state, public.proposed_by), (State::Accepted, Some(both.id)));
        // given back, somebody must propose it anew
        let back = proposed.apply(Command::Return, By::Officer(&other), "含手机号").unwrap();
        assert_eq!(back, Objection::new(Kind::Reply));
        for (case, command, by) in [
            (back, Command::Ask, &both),
            (back, Command::Refuse, &both),
            (proposed, Command::Return, &other),
            (public, Command::TakeDown, &other),
        ] {
            assert_eq!(case.apply(command, By::Officer(by), " \n"), Err(Refusal::NoText));
        }
    }

    #[test]
    fn codes_are_read_back() {
        assert!(Kind::ALL.iter().all(|one| Kind::from_code(one.code()) == Some(*one)));
        assert!(State::ALL.iter().all(|one| State::from_code(one.code()) == Some(*one)));
        assert!(Command::ALL.iter().all(|one| Command::from_code(one.code()) == Some(*one)));
    }
}
