//! Names of kinds, states and commands, and what each of them means.

use super::{Command, Kind, Period, State, Subject};
use crate::domain::staff::Permission;

impl Kind {
    /// All.
    pub const ALL: [Self; 3] = [Self::Sampling, Self::Inspection, Self::Survey];

    /// The name in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Sampling => "sampling",
            Self::Inspection => "inspection",
            Self::Survey => "survey",
        }
    }

    /// Reads [`Kind::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// For how long one voice stands.
    #[must_use]
    pub fn period(self) -> Period {
        match self {
            Self::Sampling | Self::Inspection => Period::Day,
            Self::Survey => Period::Round,
        }
    }

    /// What can be chosen in a vote; a survey's questions are its own.
    #[must_use]
    pub fn subjects(self) -> &'static [Subject] {
        match self {
            Self::Sampling => &[Subject::Foods, Subject::Items, Subject::Places],
            Self::Inspection => &[Subject::Places],
            Self::Survey => &[],
        }
    }
}

impl State {
    /// All that are stored.
    pub const ALL: [Self; 6] = [Self::Draft, Self::Proposed, Self::Approved, Self::Open, Self::Ended, Self::Stopped];

    /// The name in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Open => "open",
            Self::Ended => "ended",
            Self::Stopped => "stopped",
            Self::Discarded => "discarded",
        }
    }

    /// Reads [`State::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether everybody sees it.
    #[must_use]
    pub fn is_public(self) -> bool {
        matches!(self, Self::Approved | Self::Open | Self::Ended | Self::Stopped)
    }
}

impl Command {
    /// All.
    pub const ALL: [Self; 9] = [
        Self::Save,
        Self::Propose,
        Self::TakeBack,
        Self::Discard,
        Self::Confirm,
        Self::Return,
        Self::Stop,
        Self::Open,
        Self::End,
    ];

    /// The name in forms and in the audit trail.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Save => "save",
            Self::Propose => "propose",
            Self::TakeBack => "take_back",
            Self::Discard => "discard",
            Self::Confirm => "confirm",
            Self::Return => "return",
            Self::Stop => "stop",
            Self::Open => "open",
            Self::End => "end",
        }
    }

    /// Reads [`Command::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.code() == code)
    }

    /// The permission it needs; none where time does it.
    #[must_use]
    pub fn needs(self) -> Option<Permission> {
        match self {
            Self::Save | Self::Propose | Self::TakeBack | Self::Discard => Some(Permission::Write),
            Self::Confirm | Self::Return | Self::Stop => Some(Permission::Review),
            Self::Open | Self::End => None,
        }
    }

    /// Whether a reason must be given with it.
    #[must_use]
    pub fn says(self) -> bool {
        matches!(self, Self::Return | Self::Stop)
    }
}
