//! Rounds of 你点我检, 你点我查 and surveys, as pages read them. What changes them stands in `server::polls`.

use async_trait::async_trait;
use chrono::NaiveDate;
use uuid::Uuid;

use super::{FoundMark, PortError, PortResult, Revision};
use crate::domain::{
    poll::{Content, Kind, Outcome, Refusal, State},
    publication,
    staff::Viewer,
};

/// A round in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollLine {
    /// Id
    pub id: Uuid,
    /// What it is for
    pub kind: Kind,
    /// 期: given when it is approved
    pub issue: Option<u32>,
    /// Where it stands
    pub state: State,
    /// Title
    pub title: String,
    /// First day
    pub first: NaiveDate,
    /// Last day
    pub last: NaiveDate,
}

/// What a result led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// A publication
    Publication(publication::Kind),
    /// An operator
    Operator,
}

/// A link from a result, confirmed by two officers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollLink {
    /// To what
    pub kind: LinkKind,
    /// Its id
    pub target: Uuid,
    /// Its title, or its name
    pub title: String,
}

/// A round as everybody sees it.
#[derive(Clone, Debug)]
pub struct PublicPoll {
    /// What a list shows
    pub line: PollLine,
    /// What it asks
    pub content: Content,
    /// Its result; of an ended one only
    pub outcome: Option<Outcome>,
    /// Why it was stopped
    pub stopped: Option<String>,
    /// What it led to
    pub links: Vec<PollLink>,
    /// Its leaves in the public log: what was asked, and the result; the newest first
    pub revisions: Vec<Revision>,
    /// Voices that one network may give on a day
    pub per_network: u32,
}

/// The round that caused a publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollRef {
    /// Id
    pub id: Uuid,
    /// What it is for
    pub kind: Kind,
    /// 期
    pub issue: u32,
}

/// Public rounds by where they stand.
#[derive(Clone, Debug, Default)]
pub struct PollLists {
    /// Open, the first to end first
    pub open: Vec<PollLine>,
    /// To come
    pub coming: Vec<PollLine>,
    /// Ended or stopped, the newest first
    pub ended: Vec<PollLine>,
}

/// A link as the desk sees it.
#[derive(Clone, Debug)]
pub struct DeskLink {
    /// Its own id
    pub id: Uuid,
    /// What it leads to; none when that is not public any more
    pub link: Option<PollLink>,
    /// Who proposed it
    pub proposed_by: String,
    /// Whether another officer confirmed it
    pub confirmed: bool,
}

/// Something written to a question; personal data are masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollText {
    /// Place of the question
    pub question: usize,
    /// Masked text
    pub text: String,
}

/// A round as the desk sees it. Counts are not in it: before the end nobody sees them.
#[derive(Clone, Debug)]
pub struct PollSheet {
    /// What a list shows
    pub line: PollLine,
    /// What it asks
    pub content: Content,
    /// Voices until now
    pub voices: u64,
    /// Who wrote it
    pub editors: Vec<String>,
    /// Whether the officer who looks is one of them
    pub is_own: bool,
    /// Why it was given back
    pub returned: Option<String>,
    /// Why it was stopped
    pub stopped: Option<String>,
    /// What the redaction check found
    pub marks: Vec<FoundMark>,
    /// Suggestions and answers in words
    pub texts: Vec<PollText>,
    /// Links
    pub links: Vec<DeskLink>,
    /// To be given back with every write
    pub version: i64,
}

/// Why something was not done. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum PollError {
    /// Not found, or the store failed
    #[error(transparent)]
    Port(#[from] PortError),
    /// Not by this person, or not at this stage
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Somebody else wrote in the meantime
    #[error("conflict")]
    Conflict,
    /// Personal data in it: this many marks are not confirmed, or can't be
    #[error("{0} marks open")]
    Marks(usize),
    /// A link to something that is not public, or is linked already
    #[error("not to be linked")]
    Link,
}

impl From<Refusal> for PollError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What the desk's part gives.
pub type PollResult<T> = Result<T, PollError>;

/// Reads.
#[async_trait]
pub trait Polls: Send + Sync {
    /// Public rounds.
    async fn lists(&self) -> PortResult<PollLists>;
    /// A public round.
    async fn poll(&self, id: Uuid) -> PortResult<PublicPoll>;
    /// Rounds that caused a publication.
    async fn causes(&self, publication: Uuid) -> PortResult<Vec<PollRef>>;
    /// Whether there is any public round at all.
    async fn is_used(&self) -> PortResult<bool>;
    /// All rounds, for the desk; the newest first.
    async fn lines(&self, by: &Viewer) -> PollResult<Vec<PollLine>>;
    /// One round, for the desk.
    async fn sheet(&self, by: &Viewer, id: Uuid) -> PollResult<PollSheet>;
}
