//! What a citizen sees of their case, and what comes after its end. Only number and query code open it: there is no port
//! for it, the server gives it to the page.

use chrono::{DateTime, NaiveDate, Utc};

use super::{CaseFile, CaseSheet, PortError};
use crate::domain::{
    reward::{Eligibility, Refusal, Reward},
    survey::Survey,
};

/// Time left until a date that is told to the citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Working days; 0: today
    Working(usize),
    /// Days; 0: today
    Natural(i64),
    /// Days since it was over
    Late(i64),
    /// The clock stands
    Paused,
}

/// Who opened a case: officers by number, in the order in which they first did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Which officer, from 1
    pub officer: usize,
    /// Whether names and telephones were unmasked
    pub is_unmasking: bool,
    /// When
    pub at: DateTime<Utc>,
}

/// A claim with what was said last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RewardSheet {
    /// The claim
    pub reward: Reward,
    /// Reason, how it is paid; for the citizen only once it is decided
    pub said: Option<String>,
    /// When it was claimed
    pub claimed_at: DateTime<Utc>,
    /// When it was decided
    pub decided_at: Option<DateTime<Utc>>,
    /// To be given back with every write
    pub version: i64,
}

/// A case as its author sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The case, masked, without officers' names
    pub sheet: CaseSheet,
    /// Their own files
    pub files: Vec<CaseFile>,
    /// Who opened it, the newest first
    pub looks: Vec<Opening>,
    /// Until the next date
    pub left: Option<Left>,
    /// Whether there is an address for letters
    pub has_mail: bool,
    /// What was answered after the end
    pub survey: Survey,
    /// Whether it is time to ask whether it was solved
    pub is_survey_due: bool,
    /// Whether a reward can be claimed
    pub eligibility: Eligibility,
    /// The claim
    pub reward: Option<RewardSheet>,
    /// Today
    pub today: NaiveDate,
}

/// What comes after the end, for the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Afterwards {
    /// What the citizen answered; nothing for officers who don't read the case
    pub survey: Survey,
    /// The claim
    pub reward: Option<RewardSheet>,
}

/// Why a claim was not answered. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum RewardError {
    /// Not found, or the store failed
    #[error(transparent)]
    Port(#[from] PortError),
    /// Not by this person, not at this stage
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Somebody else wrote in the meantime
    #[error("conflict")]
    Conflict,
    /// The case itself refuses what is said
    #[error("not said")]
    Case(#[from] super::CaseError),
}

impl From<Refusal> for RewardError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
