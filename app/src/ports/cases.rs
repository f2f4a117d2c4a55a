//! Complaints and reports, as pages read them. What changes them stands in `server::cases`.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{PortError, PortResult};
use crate::domain::{
    case::{Act, Case, Clock, Contact, Content, Fault, Problem, Refusal, Source},
    clock::{ClockError, Due},
    staff::Viewer,
};

/// What an act was about, beside its text: codes and names of authorities, nothing personal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// Code of a ground, an outcome, a settlement, a receiver, the reason of a pause
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Bureau, branch or department
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bureau: String,
    /// Of a session: on the spot, by telephone, by video …
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mode: String,
    /// Number of the other case, of a document
    #[serde(skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Day and time of a session
    #[serde(skip_serializing_if = "String::is_empty")]
    pub time: String,
}

/// Who did something in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Whoever filed it
    Citizen,
    /// An officer
    Officer,
    /// Time itself
    Clock,
}

/// Something that happened in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseEvent {
    /// Place in order, from 1: the receipt
    pub seq: i64,
    /// What; none: it was received, or, by the clock, a calendar moved a date
    pub act: Option<Act>,
    /// Who
    pub by: Actor,
    /// Name of the officer; never shown to the citizen
    pub officer: Option<String>,
    /// What it was about
    pub detail: Detail,
    /// What was said with it
    pub said: Option<String>,
    /// When
    pub at: DateTime<Utc>,
}

/// A clock with its date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The clock
    pub clock: Clock,
    /// When it is due, and why
    pub due: Due,
    /// Days until then; negative: late. None where the step is done.
    pub left: Option<i64>,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseLine {
    /// Id
    pub id: Uuid,
    /// Number, as it is shown
    pub number: String,
    /// Kind, state, officer, clocks
    pub case: Case,
    /// Ground, outcome, receiver
    pub result: Option<String>,
    /// By which way it came
    pub source: Source,
    /// Whom it is about
    pub party: String,
    /// The operator, where it is known
    pub operator: Option<Uuid>,
    /// Kind of problem
    pub problem: Problem,
    /// District code; may be empty
    pub district: String,
    /// Whether nobody gave a name
    pub is_anonymous: bool,
    /// Whether the author wants to be told
    pub wants_news: bool,
    /// Came in
    pub received_at: DateTime<Utc>,
    /// Closed
    pub closed_at: Option<DateTime<Utc>>,
    /// The bureau that handles it
    pub bureau: String,
    /// The other half of the same submission, or the case in which the clue was found
    pub twin: Option<Uuid>,
    /// Number at the national platform
    pub national_no: Option<String>,
    /// State at the national platform
    pub national_state: Option<String>,
    /// Name of the officer
    pub officer: Option<String>,
    /// Clocks with dates, the oldest first
    pub clocks: Vec<Dated>,
    /// To be given back with every write
    pub version: i64,
}

impl CaseLine {
    /// The clock that runs out first.
    #[must_use]
    pub fn next_due(&self) -> Option<&Dated> {
        self.clocks.iter().filter(|dated| dated.left.is_some()).min_by_key(|dated| dated.due.internal_on)
    }
}

/// Somebody in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Code: `author`, `agent`, `represented`
    pub role: String,
    /// Masked, or in plain after 查看
    pub contact: Contact,
}

/// Who opened a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Name of the officer
    pub officer: String,
    /// Whether names and telephones were unmasked
    pub is_unmasking: bool,
    /// When
    pub at: DateTime<Utc>,
}

/// A case as the desk, or its author, sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseSheet {
    /// What a list shows
    pub line: CaseLine,
    /// What was written; none where the law had it deleted, or the officer has no business with it
    pub content: Option<Content>,
    /// Who asks
    pub persons: Vec<Person>,
    /// What happened, the oldest first
    pub events: Vec<CaseEvent>,
    /// Who opened it, the newest first
    pub looks: Vec<Look>,
    /// What this person may do now
    pub acts: Vec<Act>,
    /// Number of the twin
    pub twin_number: Option<String>,
}

/// Which cases to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseScope {
    /// Open ones of this officer, the first due first
    Mine,
    /// Open ones that nobody has
    Free,
    /// All open ones
    Open,
    /// Closed ones, the newest first
    Closed,
}

/// Why something was not done. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// Not found, or the store failed
    #[error(transparent)]
    Port(#[from] PortError),
    /// Not by this person, not at this stage
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The clock refuses it: an extension after the end, a day that can't be
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// Somebody else wrote in the meantime
    #[error("conflict")]
    Conflict,
    /// A text that is too long, or missing
    #[error("text refused")]
    Text(Fault),
}

impl From<Refusal> for CaseError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What the desk's part gives.
pub type CaseResult<T> = Result<T, CaseError>;

/// A loaded year of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedYear {
    /// The year
    pub year: i32,
    /// Days off and days worked
    pub days: usize,
    /// Addresses of the notices
    pub papers: Vec<String>,
    /// Digest of the days
    pub version: String,
}

/// Reads.
#[async_trait]
pub trait Cases: Send + Sync {
    /// Cases of a scope. Needs `HandleCases`.
    async fn cases(&self, by: &Viewer, scope: CaseScope) -> CaseResult<Vec<CaseLine>>;
    /// One case; written down as a look. What was written is shown to its officer, to the lead, and to everybody who
    /// handles cases while nobody has it.
    async fn case(&self, by: &Viewer, id: Uuid) -> CaseResult<CaseSheet>;
    /// Other cases about the same party, the newest first, in one year.
    async fn cases_of_party(&self, by: &Viewer, id: Uuid) -> CaseResult<Vec<CaseLine>>;
    /// Years of the calendar by which clocks count, in order
    fn years(&self) -> Vec<LoadedYear>;
    /// Where this officer is reminded of dates
    async fn reminders_to(&self, by: &Viewer) -> PortResult<Option<String>>;
    /// Today, as clocks see it
    async fn today(&self) -> PortResult<NaiveDate>;
}
