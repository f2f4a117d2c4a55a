//! Requests for correction and replies, as pages read them. What changes them stands in `server::objections`.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{PortError, PortResult};
use crate::domain::{
    clock::Due,
    objection::{Contact, Objection, Refusal},
    publication,
    redaction::Mark,
    staff::Viewer,
};

/// What an operator says to a publication, beside the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PublicReply {
    /// The operator
    pub operator: String,
    /// Plain text, paragraphs separated by line breaks
    pub text: String,
    /// Day on which it became public
    pub on: NaiveDate,
}

/// The publication that a case is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Id
    pub id: Uuid,
    /// Kind
    pub kind: publication::Kind,
    /// Title; nothing where it is not public any more
    pub title: String,
    /// Whether it is public
    pub is_public: bool,
}

/// Who said something in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// The operator
    Operator,
    /// The bureau, to the operator
    Desk,
    /// A reviewer, to the officer: the operator does not see it
    Reviewer,
}

/// Something said in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who
    pub by: Speaker,
    /// When
    pub at: DateTime<Utc>,
    /// What
    pub text: String,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionLine {
    /// Id
    pub id: Uuid,
    /// Number that the operator has
    pub number: String,
    /// Kind and state
    pub objection: Objection,
    /// The publication
    pub subject: Subject,
    /// The operator
    pub operator: String,
    /// When it came in
    pub received_at: DateTime<Utc>,
    /// When it was decided
    pub decided_at: Option<DateTime<Utc>>,
    /// Whether a public act on the publication followed the decision
    pub is_corrected: bool,
    /// Until when what comes next must be done; none where nothing is left to do
    pub due: Option<Due>,
    /// Days until then; negative: late
    pub left: Option<i64>,
    /// To be given back with every write
    pub version: i64,
}

/// A case with what was said in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionCase {
    /// What a list shows
    pub line: ObjectionLine,
    /// What the operator asks or replies; none where the law had it deleted
    pub statement: Option<String>,
    /// The reply as it is public
    pub public_text: Option<String>,
    /// Questions, answers, reasons, the oldest first
    pub said: Vec<Said>,
}

/// Personal data found in what people will read: a reply, a round, a case that is made public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundMark {
    /// What and where
    pub mark: Mark,
    /// Key by which it is confirmed
    pub key: String,
    /// Whether an officer did
    pub confirmed: bool,
}

/// A case as the desk sees it.
#[derive(Clone, Debug)]
pub struct ObjectionSheet {
    /// The case
    pub case: ObjectionCase,
    /// Contact data, masked; none for reviewers, and where they were deleted
    pub contact: Option<Contact>,
    /// Whether the publication names an operator of this name
    pub is_named: bool,
    /// Of a reply: what the redaction check found
    pub marks: Vec<FoundMark>,
    /// Name of the officer who proposed it
    pub proposed_by: Option<String>,
}

/// Which cases to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectionScope {
    /// Something is left to do, the first due first
    Open,
    /// Decided or taken back, the newest first
    Closed,
    /// Replies that wait for a second person
    Waiting,
    /// Replies that are public
    Public,
}

/// Why something was not done. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum ObjectionError {
    /// Not found, or the store failed
    #[error(transparent)]
    Port(#[from] PortError),
    /// Not by this person, or not at this stage
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Somebody else wrote in the meantime
    #[error("conflict")]
    Conflict,
    /// Personal data in the reply: this many marks are not confirmed, or can't be
    #[error("{0} marks open")]
    Marks(usize),
    /// A text that is too long, or empty where it must not be
    #[error("text refused")]
    Text(crate::domain::objection::Fault),
}

impl From<Refusal> for ObjectionError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What the desk's part gives.
pub type ObjectionResult<T> = Result<T, ObjectionError>;

/// Reads.
#[async_trait]
pub trait Objections: Send + Sync {
    /// The public publication that somebody wants to say something to. [`PortError::Gone`] for what is gone.
    async fn subject(&self, publication: Uuid) -> PortResult<Subject>;
    /// Cases. Open and closed ones need `HandleCases`, the others `Review`.
    async fn lines(&self, by: &Viewer, scope: ObjectionScope) -> ObjectionResult<Vec<ObjectionLine>>;
    /// One case, for those who handle cases.
    async fn case(&self, by: &Viewer, id: Uuid) -> ObjectionResult<ObjectionSheet>;
    /// A proposed or public reply, for those who review: without contact data and without what was said before.
    async fn reply(&self, by: &Viewer, id: Uuid) -> ObjectionResult<ObjectionSheet>;
}
