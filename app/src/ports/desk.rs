//! Writing publications: what officers of the desk can do with them. Every method is given who does it; what the roles
//! don't allow is refused here, whatever a page showed.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{PortError, PortResult, Revision};
use crate::domain::{
    arithmetic::Disagreement,
    clock::Due,
    publication::{
        Kind, Standing,
        content::{Attachment, Content, FieldFault},
        life::{Command, Life, Refusal, Work},
    },
    redaction::Mark,
    staff::Viewer,
};

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct DeskFilter {
    /// Code of a stage; none: everything
    pub stage: Option<String>,
    /// Kind
    pub kind: Option<Kind>,
    /// Part of the title
    pub text: String,
}

/// A publication in a list of the desk.
#[derive(Clone, Debug)]
pub struct DeskLine {
    /// Id
    pub id: Uuid,
    /// Kind
    pub kind: Kind,
    /// Standing
    pub standing: Standing,
    /// Title
    pub title: String,
    /// Open work
    pub work: Option<Work>,
    /// Day of publication
    pub published_on: Option<NaiveDate>,
    /// When it is removed by rule
    pub remove_on: Option<NaiveDate>,
    /// Until when a penalty must be published (order 45: 20 working days), and whether that is an estimate
    pub publish_by: Option<Due>,
    /// Last write
    pub updated_at: DateTime<Utc>,
}

/// Where a mark stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A field of the form by its name; `title`, `body` and `reason` too
    Field(&'static str),
    /// The text layer of an attachment, by its file name
    Attachment(String),
}

/// Personal data found where it may not stand, or must be looked at.
#[derive(Clone, Debug)]
pub struct PlacedMark {
    /// Where
    pub place: Place,
    /// What
    pub mark: Mark,
    /// By which a confirmation is remembered
    pub key: String,
    /// An officer said that it may stay
    pub confirmed: bool,
}

/// Something about an attachment.
#[derive(Clone, Debug)]
pub struct PlacedConcern {
    /// Its file name
    pub file: String,
    /// What, as a sentence
    pub sentence: String,
    /// By which a confirmation is remembered; none: it can't be confirmed
    pub key: Option<String>,
    /// An officer looked at it and said that it may stay
    pub confirmed: bool,
}

/// The check before publication.
#[derive(Clone, Debug, Default)]
pub struct Checks {
    /// Fields that are missing or wrong
    pub gaps: Vec<FieldFault>,
    /// Personal data
    pub marks: Vec<PlacedMark>,
    /// Numbers in the text that disagree with the table or with each other
    pub disagreements: Vec<Disagreement>,
    /// What keeps attachments from being published
    pub concerns: Vec<PlacedConcern>,
    /// Worth a look, blocks nothing: sentences
    pub advice: Vec<String>,
}

impl Checks {
    /// Whether something keeps it from being submitted or published.
    #[must_use]
    pub fn blocks(&self) -> bool {
        let is_open = |placed: &PlacedMark| placed.mark.datum.blocks() || !placed.confirmed;
        !self.gaps.is_empty()
            || !self.disagreements.is_empty()
            || self.concerns.iter().any(|concern| !concern.confirmed)
            || self.marks.iter().any(is_open)
    }
}

/// A column of a bulletin's table as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Heading as printed, or the column's letter
    pub heading: String,
    /// Code of the field that it was taken for; empty: none
    pub field: String,
}

/// A sheet of a bulletin's table as read.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Name
    pub name: String,
    /// Row of the header, from 1
    pub header_row: u32,
    /// Columns
    pub columns: Vec<Column>,
    /// Samples read
    pub samples: usize,
    /// Of them failed
    pub failed: usize,
}

/// A problem of the table.
#[derive(Clone, Debug)]
pub struct TableProblem {
    /// Sheet
    pub sheet: String,
    /// Row, from 1
    pub row: Option<u32>,
    /// Column as people say it
    pub column: Option<String>,
    /// What is wrong
    pub reason: String,
    /// Keeps the table out
    pub is_error: bool,
}

/// An entry that an edition adds, changes or removes: which of them, its title, cells that differ (name of the column,
/// before, after).
pub type EntryChanged = (&'static str, String, Vec<(String, String, String)>);

/// The entries of a register as read for an officer to look at.
#[derive(Clone, Debug, Default)]
pub struct EntriesView {
    /// Columns of the first entries
    pub heads: Vec<String>,
    /// The first entries
    pub first: Vec<Vec<String>>,
    /// Entries whose time is over: they are not published
    pub over: usize,
    /// Added, changed, removed, unchanged
    pub difference: (usize, usize, usize, usize),
    /// The first of what changes
    pub changes: Vec<EntryChanged>,
}

/// A bulletin's table as read for an officer to look at.
#[derive(Clone, Debug, Default)]
pub struct TableView {
    /// Sheets
    pub sheets: Vec<Sheet>,
    /// Problems, the worst first
    pub problems: Vec<TableProblem>,
    /// Fields that a column can be: code and name
    pub fields: Vec<(String, String)>,
    /// The first samples: row, product, producer, seller, verdict code, failed items
    pub first: Vec<(u32, String, String, String, &'static str, String)>,
    /// Of a register: its entries
    pub entries: Option<EntriesView>,
}

/// A publication as an officer sees it.
#[derive(Clone, Debug)]
pub struct DeskSheet {
    /// Id
    pub id: Uuid,
    /// Kind
    pub kind: Kind,
    /// Standing and open work
    pub life: Life,
    /// Title for the page
    pub title: String,
    /// To be given back with every write
    pub version: i64,
    /// What is public, where something is (of a bulletin without its table)
    pub public: Option<Content>,
    /// Files of this publication that were uploaded, those not listed in the content too
    pub attachments: Vec<Attachment>,
    /// The check of the open work
    pub checks: Checks,
    /// When it is removed by rule; of open work: if it were published today
    pub remove_on: Option<NaiveDate>,
    /// First day on which a public penalty may end early by credit repair
    pub earliest_repair: Option<NaiveDate>,
    /// See [`DeskLine::publish_by`]
    pub publish_by: Option<Due>,
    /// Public acts, the newest first
    pub revisions: Vec<Revision>,
    /// Names of the officers that the work names
    pub names: BTreeMap<Uuid, String>,
}

/// What a form says beside the content.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Fields as typed, by name
    pub fields: Vec<(String, String)>,
    /// Attachments that stay, by id; `None`: all
    pub attachments: Option<Vec<Uuid>>,
    /// Keys of marks that an officer confirmed
    pub confirmed: BTreeSet<String>,
    /// See `Work::hides_earlier`
    pub hides_earlier: bool,
}

/// Why something at the desk was not done. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// Not found, or the store failed
    #[error(transparent)]
    Port(#[from] PortError),
    /// Not by this officer, or not at this stage
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Values that can't be read
    #[error("faults")]
    Faults(Vec<FieldFault>),
    /// Somebody else wrote in the meantime: their version of the whole
    #[error("conflict")]
    Conflict(Box<DeskSheet>),
    /// The check before publication speaks against it
    #[error("blocked")]
    Blocked(Box<Checks>),
    /// A file that is not taken, with the sentence that says why
    #[error("file refused")]
    File(String),
}

impl From<Refusal> for DeskError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What the desk gives.
pub type DeskResult<T> = Result<T, DeskError>;

/// How far the reading of a table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// So many rows are read
    Rows(u64),
    /// It could not be read: a sentence
    Failed(String),
}

/// Writes.
#[async_trait]
pub trait Desk: Send + Sync {
    /// Publications, the last written first, and how many stand at each stage.
    async fn lines(&self, by: &Viewer, filter: DeskFilter, page: u32) -> DeskResult<(Vec<DeskLine>, [u64; 4])>;
    /// One publication.
    async fn sheet(&self, by: &Viewer, id: Uuid) -> DeskResult<DeskSheet>;
    /// Begins a publication.
    async fn begin(&self, by: &Viewer, kind: Kind, typed: &Typed) -> DeskResult<Uuid>;
    /// Keeps what was typed; gives the new version.
    async fn save(&self, by: &Viewer, id: Uuid, version: i64, typed: &Typed) -> DeskResult<i64>;
    /// Submits, approves, publishes … see [`Command`]; `Save` is [`Desk::save`].
    async fn command(&self, by: &Viewer, id: Uuid, version: i64, command: Command) -> DeskResult<Life>;
    /// Adds an attachment to the open work.
    async fn attach(&self, by: &Viewer, id: Uuid, version: i64, name: &str, bytes: Vec<u8>) -> DeskResult<Attachment>;
    /// Reads a file as the table of the open work.
    async fn read_table(&self, by: &Viewer, id: Uuid, version: i64, name: &str, bytes: Vec<u8>) -> DeskResult<i64>;
    /// Reads the table again with other meanings of its columns: sheet, heading, code of a field.
    async fn map_table(
        &self,
        by: &Viewer,
        id: Uuid,
        version: i64,
        mapping: Vec<(String, String, String)>,
    ) -> DeskResult<i64>;
    /// The table of the open work as read.
    async fn table(&self, by: &Viewer, id: Uuid) -> DeskResult<TableView>;
    /// How far the reading of a table is, where one is being read or could not be.
    async fn reading(&self, id: Uuid) -> PortResult<Option<Reading>>;
    /// Removal rules to choose from: code and name.
    fn removal_classes(&self) -> Vec<(String, String)>;
}
