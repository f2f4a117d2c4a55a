//! What the desk needs to handle complaints and reports, beside [`super::Cases`].

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Afterwards, CaseLine, CaseResult, CaseScope, FoundMark, PortResult};
use crate::domain::{
    case_public::{Refusal, State},
    evidence,
    staff::Viewer,
};

/// How near the next date is, by the strictest reading of the law (order 121 art. 45).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// Over
    Late,
    /// Today is the last working day
    Today,
    /// At most three working days
    Soon,
    /// Later
    Later,
    /// The clock stands
    Paused,
}

/// A case in the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxLine {
    /// The case
    pub line: CaseLine,
    /// None where nothing is left to do
    pub urgency: Option<Urgency>,
}

/// Counts for the desk's first page: own cases, and those that nobody has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// Own open ones
    pub mine: usize,
    /// … that are late
    pub late: usize,
    /// … due today
    pub today: usize,
    /// … due in three working days
    pub soon: usize,
    /// Nobody's
    pub free: usize,
}

/// Another case in which the same person seems to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SamePerson {
    /// The case
    pub line: CaseLine,
    /// By the same telephone
    pub by_phone: bool,
    /// By the same address
    pub by_address: bool,
    /// By the same name
    pub by_name: bool,
}

/// What order 121 art. 17 lets an officer weigh, as counts of complaints in one year. They decide nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Factors {
    /// Complaints with the same telephone, this one included
    pub by_person: usize,
    /// … about the same party
    pub same_party: usize,
    /// … with the same kind of problem
    pub same_problem: usize,
    /// Different names with this telephone
    pub names_on_phone: usize,
    /// Different names with this address
    pub names_on_address: usize,
}

/// An evidence file of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// Id
    pub id: Uuid,
    /// Name
    pub name: String,
    /// What it is; none while it is not ready
    pub kind: Option<evidence::Kind>,
    /// Bytes
    pub bytes: u64,
    /// Who gave it
    pub side: evidence::Side,
    /// When
    pub at: DateTime<Utc>,
}

/// What stands around a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Other cases about the same party in one year
    pub same_party: Vec<CaseLine>,
    /// Other cases of the same person, as far as this officer has business with them
    pub same_person: Vec<SamePerson>,
    /// Of a complaint whose author is known
    pub factors: Option<Factors>,
    /// Evidence; nothing for officers who don't read the case
    pub files: Vec<CaseFile>,
    /// Its publication
    pub publicity: Option<Publicity>,
    /// Whether it may be proposed for publication now
    pub may_propose: bool,
}

/// What is shown of a closed complaint: nothing of whoever complained, no number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicComplaint {
    /// The problem, in neutral words
    pub problem: String,
    /// The result
    pub result: String,
    /// The department
    pub department: String,
    /// Day on which it was closed
    pub ended_on: NaiveDate,
    /// Shown until
    pub until: Option<NaiveDate>,
}

/// A closed complaint on its way to the public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publicity {
    /// The case
    pub case: Uuid,
    /// The operator
    pub operator: Uuid,
    /// Its name
    pub operator_name: String,
    /// What is shown
    pub shown: PublicComplaint,
    /// State
    pub state: State,
    /// Name of whoever proposed it
    pub proposed_by: String,
    /// Why it was given back or taken down
    pub reason: Option<String>,
    /// To be given back with every write
    pub version: i64,
}

/// A field of a proposal that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicityFault {
    /// Nothing there
    Empty(&'static str),
    /// Longer than `case_public::LONGEST`
    TooLong(&'static str),
    /// No operator of this name has a public page
    NoOperator,
}

/// Why a publication was not proposed, confirmed, taken down. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum PublicityError {
    /// Not found, or the store failed
    #[error(transparent)]
    Port(#[from] super::PortError),
    /// Not by this person, not at this stage, never
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Somebody else wrote in the meantime
    #[error("conflict")]
    Conflict,
    /// Fields
    #[error("fields")]
    Fields(Vec<PublicityFault>),
    /// Personal data that blocks, or is not confirmed
    #[error("marks")]
    Marks(Vec<FoundMark>),
}

impl From<Refusal> for PublicityError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Reads for those who handle cases, for reviewers of publications, and for the operator's page.
#[async_trait]
pub trait Handling: Send + Sync {
    /// Cases of a scope with their urgency, the most urgent first.
    ///
    /// `words`: those whose number, party or text has them; the texts only of cases that this officer may read.
    async fn inbox(&self, by: &Viewer, scope: CaseScope, words: &str) -> CaseResult<Vec<InboxLine>>;
    /// Counts for the desk's first page.
    async fn start(&self, by: &Viewer) -> CaseResult<Start>;
    /// What stands around a case.
    async fn around(&self, by: &Viewer, id: Uuid) -> CaseResult<Around>;
    /// What the citizen said after the end, and the claim of a reward.
    async fn afterwards(&self, by: &Viewer, id: Uuid) -> CaseResult<Afterwards>;
    /// Proposals that wait, or what is public. Needs `Review`.
    async fn publicities(&self, by: &Viewer, state: State) -> Result<Vec<Publicity>, PublicityError>;
    /// Closed complaints that the public sees of an operator, the newest first.
    async fn complaints_of(&self, operator: Uuid) -> PortResult<Vec<PublicComplaint>>;
}
