//! Complaints and reports. What is sealed is sealed and opened by `server::cases`.

mod after;
mod around;
mod draft;
mod figures;
mod public;
mod read;
mod take;
mod time;
mod write;

pub(crate) use after::StoredReward;
pub use after::SurveyCount;
pub(crate) use public::StoredPublicity;

use app::{
    domain::case::{Case, Kind, Problem, Source, State},
    ports::Detail,
};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::StoreError;

/// A case as it is stored.
#[derive(Clone, Debug)]
pub struct StoredCase {
    /// Id
    pub id: Uuid,
    /// Number, without hyphen
    pub number: String,
    /// The rules' view
    pub case: Case,
    /// Ground, outcome, receiver
    pub result: Option<String>,
    /// The other half, or the case of the clue
    pub twin_id: Option<Uuid>,
    /// Merged into
    pub merged_into: Option<Uuid>,
    /// By which way it came
    pub source: Source,
    /// At the national platform
    pub national_no: Option<String>,
    /// At the national platform
    pub national_state: Option<String>,
    /// Handled by
    pub handling_bureau: String,
    /// The operator
    pub operator_id: Option<Uuid>,
    /// Name as described
    pub party: String,
    /// Its key
    pub party_key: String,
    /// Kind of problem
    pub problem: Problem,
    /// District
    pub district: String,
    /// Sealed
    pub content: Option<Vec<u8>>,
    /// Without a name
    pub is_anonymous: bool,
    /// To be told
    pub wants_news: bool,
    /// Hash of the query code
    pub code_hash: Option<String>,
    /// Came in
    pub received_at: DateTime<Utc>,
    /// Day of it
    pub received_on: NaiveDate,
    /// Closed
    pub closed_at: Option<DateTime<Utc>>,
    /// Raised by every write
    pub version: i64,
}

/// A new case.
pub(crate) struct NewCase<'a> {
    /// Id
    pub id: Uuid,
    /// Number
    pub number: &'a str,
    /// The rules' view
    pub case: &'a Case,
    /// The other half, or the case of the clue
    pub twin_id: Option<Uuid>,
    /// By which way it came
    pub source: Source,
    /// The bureau
    pub bureau: &'a str,
    /// The operator
    pub operator_id: Option<Uuid>,
    /// Name as described
    pub party: &'a str,
    /// Its key
    pub party_key: &'a str,
    /// Kind of problem
    pub problem: Problem,
    /// District
    pub district: &'a str,
    /// Sealed
    pub content: &'a [u8],
    /// Without a name
    pub is_anonymous: bool,
    /// To be told
    pub wants_news: bool,
    /// Hash of the query code
    pub code_hash: Option<&'a str>,
    /// Hash of the form's token and the half
    pub form_token: Option<&'a [u8]>,
    /// Came in
    pub received_at: DateTime<Utc>,
    /// Day of it
    pub received_on: NaiveDate,
    /// The first date that runs
    pub next_due: Option<NaiveDate>,
}

/// Somebody in a case, sealed.
#[derive(Clone, Debug)]
pub(crate) struct StoredPerson {
    /// Id
    pub id: Uuid,
    /// `author`, `agent`, `represented`
    pub role: String,
    /// Sealed JSON of a contact
    pub contact: Vec<u8>,
    /// Keyed hashes of telephone, address, name
    pub hashes: [Option<Vec<u8>>; 3],
}

/// Something that happened.
#[derive(Clone, Debug)]
pub(crate) struct StoredEvent {
    /// Id
    pub id: Uuid,
    /// Place in order
    pub seq: i64,
    /// Code of an act, or `receive`
    pub act: String,
    /// `citizen`, `officer`, `clock`
    pub actor: String,
    /// The officer
    pub officer_id: Option<Uuid>,
    /// Beside the text
    pub detail: Detail,
    /// Sealed
    pub said: Option<Vec<u8>>,
    /// When
    pub at: DateTime<Utc>,
}

/// The date of a clock.
pub(crate) struct ClockRow {
    /// Code of the step
    pub step: &'static str,
    /// Due
    pub due_on: NaiveDate,
    /// Strictest reading
    pub internal_on: NaiveDate,
    /// Last working day until then
    pub act_by: NaiveDate,
    /// 预计
    pub estimated: bool,
    /// Calendar
    pub calendar_version: String,
    /// Done
    pub met_on: Option<NaiveDate>,
}

/// What a step leaves behind.
pub(crate) struct CaseStep<'a> {
    /// The rules' view
    pub case: &'a Case,
    /// Ground, outcome, receiver; none keeps what is there
    pub result: Option<&'a str>,
    /// The bureau that handles it from now on
    pub handling_bureau: &'a str,
    /// Since
    pub handed_on: Option<NaiveDate>,
    /// Merged into
    pub merged_into: Option<Uuid>,
    /// Whether the author wants to be told
    pub wants_news: bool,
    /// Closed
    pub closed: Option<(DateTime<Utc>, NaiveDate)>,
    /// Until when personal data are kept
    pub personal_until: Option<NaiveDate>,
    /// The first date that runs
    pub next_due: Option<NaiveDate>,
}

/// Which cases.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CaseQuery<'a> {
    /// Open ones of an officer
    Mine(Uuid),
    /// Open ones without officer
    Free,
    /// All open ones
    Open,
    /// Closed ones
    Closed,
    /// About one party, since a day
    Party(&'a str, NaiveDate),
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    number: String,
    kind: String,
    state: String,
    standing: String,
    result: Option<String>,
    twin_id: Option<Uuid>,
    merged_into: Option<Uuid>,
    source: String,
    national_no: Option<String>,
    national_state: Option<String>,
    handling_bureau: String,
    operator_id: Option<Uuid>,
    party: String,
    party_key: String,
    problem: String,
    district: String,
    content: Option<Vec<u8>>,
    is_anonymous: bool,
    wants_news: bool,
    code_hash: Option<String>,
    received_at: DateTime<Utc>,
    received_on: NaiveDate,
    closed_at: Option<DateTime<Utc>>,
    version: i64,
}

impl TryFrom<Row> for StoredCase {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let case: Case = serde_json::from_str(&row.standing).map_err(|_| StoreError::Value("case_file.standing"))?;
        let is_same = Kind::from_code(&row.kind) == Some(case.kind) && State::from_code(&row.state) == Some(case.state);
        if !is_same {
            return Err(StoreError::Value("case_file.state"));
        }
        Ok(Self {
            case,
            source: Source::from_code(&row.source).ok_or(StoreError::Value("case_file.source"))?,
            problem: Problem::from_code(&row.problem).ok_or(StoreError::Value("case_file.problem"))?,
            id: row.id,
            number: row.number,
            result: row.result,
            twin_id: row.twin_id,
            merged_into: row.merged_into,
            national_no: row.national_no,
            national_state: row.national_state,
            handling_bureau: row.handling_bureau,
            operator_id: row.operator_id,
            party: row.party,
            party_key: row.party_key,
            district: row.district,
            content: row.content,
            is_anonymous: row.is_anonymous,
            wants_news: row.wants_news,
            code_hash: row.code_hash,
            received_at: row.received_at,
            received_on: row.received_on,
            closed_at: row.closed_at,
            version: row.version,
        })
    }
}
