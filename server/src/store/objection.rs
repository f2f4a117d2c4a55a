//! Requests for correction and replies. What is sealed is sealed and opened by `server::objections`.

use app::{
    domain::{
        objection::{self, Kind, State},
        publication,
    },
    ports::{PublicReply, Subject},
};
use chrono::{DateTime, Utc};
use const_format::concatcp;
use sqlx::FromRow;
use uuid::Uuid;

use super::{Action, Db, Entity, StoreError, Tx, run, with_pool, with_tx};
use crate::clock::CHINA;

/// A case as it is stored.
#[derive(Clone, Debug)]
pub struct Objection {
    /// Id
    pub id: Uuid,
    /// Number
    pub number: String,
    /// Kind and state
    pub objection: objection::Objection,
    /// The publication
    pub subject: Subject,
    /// The operator
    pub operator: String,
    /// Sealed
    pub statement: Option<Vec<u8>>,
    /// The public reply
    pub public_text: Option<String>,
    /// Name, telephone, mail, post address: sealed
    pub contact: [Option<Vec<u8>>; 4],
    /// Hash of the query code
    pub code_hash: String,
    /// Keys of confirmed marks
    pub confirmed: Vec<String>,
    /// Came in
    pub received_at: DateTime<Utc>,
    /// Decided
    pub decided_at: Option<DateTime<Utc>>,
    /// A public act on the publication followed the decision
    pub is_corrected: bool,
    /// Raised by every write
    pub version: i64,
}

/// A new case.
pub(crate) struct NewObjection<'a> {
    /// Id
    pub id: Uuid,
    /// Number
    pub number: &'a str,
    /// The publication
    pub publication: Uuid,
    /// What is wanted
    pub kind: Kind,
    /// The operator
    pub operator: &'a str,
    /// Sealed
    pub statement: &'a [u8],
    /// Sealed
    pub contact: &'a [Vec<u8>; 4],
    /// Hash of the query code
    pub code_hash: &'a str,
    /// Hash of the form's token
    pub form_token: &'a [u8],
}

/// What a step leaves behind.
pub(crate) struct Step<'a> {
    /// State and proposer
    pub next: objection::Objection,
    /// Keys of confirmed marks
    pub confirmed: &'a [String],
    /// Another statement, sealed
    pub statement: Option<&'a [u8]>,
    /// The reply that is public from now on
    pub public_text: Option<&'a str>,
    /// When it was decided
    pub decided_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    number: String,
    publication_id: Uuid,
    kind: String,
    state: String,
    operator: String,
    statement: Option<Vec<u8>>,
    public_text: Option<String>,
    contact_name: Option<Vec<u8>>,
    contact_phone: Option<Vec<u8>>,
    contact_mail: Option<Vec<u8>>,
    contact_address: Option<Vec<u8>>,
    code_hash: String,
    proposed_by: Option<Uuid>,
    confirmed: String,
    received_at: DateTime<Utc>,
    decided_at: Option<DateTime<Utc>>,
    version: i64,
    publication_kind: String,
    title: String,
    standing: String,
    is_corrected: bool,
}

const CORRECTED: &str =
    "EXISTS (SELECT 1 FROM revision r WHERE r.entity_id = o.publication_id AND r.at > o.decided_at)";
const SELECT: &str = concatcp!(
    "SELECT o.id, o.number, o.publication_id, o.kind, o.state, o.operator, o.statement, o.public_text, o.contact_name, \
     o.contact_phone, o.contact_mail, o.contact_address, o.code_hash, o.proposed_by, o.confirmed, o.received_at, \
     o.decided_at, o.version, p.kind AS publication_kind, p.title, p.standing, ",
    CORRECTED,
    " AS is_corrected FROM objection o JOIN publication p ON p.id = o.publication_id WHERE "
);
const BY_ID: &str = concatcp!(SELECT, "o.id = $1");
const BY_NUMBER: &str = concatcp!(SELECT, "o.number = $1");
const BY_TOKEN: &str = concatcp!(SELECT, "o.form_token = $1");
/// Something is left to do.
const IS_OPEN: &str = concatcp!(
    "(o.state IN ('received', 'asked', 'proposed') OR (o.state = 'accepted' AND o.kind = 'correction' \
     AND p.standing = 'public' AND NOT ",
    CORRECTED,
    "))"
);
/// More than one bureau ever has open at once.
const OPEN: &str = concatcp!(SELECT, IS_OPEN, " ORDER BY o.received_at, o.id LIMIT 2000");
const CLOSED: &str = concatcp!(SELECT, "NOT ", IS_OPEN, " ORDER BY o.decided_at DESC, o.id DESC LIMIT 200");
const WAITING: &str = concatcp!(SELECT, "o.state = 'proposed' ORDER BY o.received_at, o.id LIMIT 2000");
const PUBLIC: &str = concatcp!(
    SELECT,
    "o.kind = 'reply' AND o.state = 'accepted' AND o.public_text IS NOT NULL AND p.standing = 'public' \
     ORDER BY o.decided_at DESC, o.id DESC LIMIT 200"
);
const INSERT: &str = "INSERT INTO objection (id, number, publication_id, kind, state, operator, statement, contact_name, \
     contact_phone, contact_mail, contact_address, code_hash, form_token, confirmed, received_at, version, updated_at) \
     VALUES ($1, $2, $3, $4, 'received', $5, $6, $7, $8, $9, $10, $11, $12, '[]', $13, 1, $13) \
     ON CONFLICT (form_token) DO NOTHING";
const SAVE: &str = "UPDATE objection SET state = $3, proposed_by = $4, confirmed = $5, \
     statement = COALESCE($6, statement), public_text = $7, decided_at = $8, version = version + 1, updated_at = $9 \
     WHERE id = $1 AND version = $2";
const SAY: &str = "INSERT INTO objection_message (id, objection_id, author, text, at) VALUES ($1, $2, $3, $4, $5)";
const SAID: &str = "SELECT id, author, text, at FROM objection_message WHERE objection_id = $1 ORDER BY at, id";
const REPLIES: &str = "SELECT operator, public_text, decided_at FROM objection WHERE publication_id = $1 \
     AND kind = 'reply' AND state = 'accepted' AND public_text IS NOT NULL ORDER BY decided_at, id";
const FORGET_REPLIES: &str =
    "UPDATE objection SET public_text = NULL, statement = NULL WHERE publication_id = $1 AND kind = 'reply'";
const FORGET_OLD: &str = "UPDATE objection SET contact_name = NULL, contact_phone = NULL, contact_mail = NULL, \
     contact_address = NULL WHERE decided_at < $1 AND contact_name IS NOT NULL";
const NAMES: &str = "SELECT EXISTS (SELECT 1 FROM operator k JOIN operator n ON n.id = COALESCE(k.merged_into, k.id) \
     OR n.merged_into = COALESCE(k.merged_into, k.id) WHERE k.same_name = $2 AND (EXISTS (SELECT 1 \
     FROM publication_operator l WHERE l.publication_id = $1 AND l.operator_id = n.id) OR EXISTS (SELECT 1 FROM sample s \
     WHERE s.bulletin_id = $1 AND (s.producer_id = n.id OR s.seller_id = n.id))))";
const SUBJECT: &str = "SELECT kind, title, standing FROM publication WHERE id = $1";

fn subject(id: Uuid, kind: &str, title: String, standing: &str) -> Result<Subject, StoreError> {
    let is_public = standing == publication::Standing::Public.code();
    Ok(Subject {
        id,
        kind: publication::Kind::from_code(kind).ok_or(StoreError::Value("publication.kind"))?,
        title: if is_public { title } else { String::new() },
        is_public,
    })
}

impl TryFrom<Row> for Objection {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            subject: subject(row.publication_id, &row.publication_kind, row.title, &row.standing)?,
            objection: objection::Objection {
                kind: Kind::from_code(&row.kind).ok_or(StoreError::Value("objection.kind"))?,
                state: State::from_code(&row.state).ok_or(StoreError::Value("objection.state"))?,
                proposed_by: row.proposed_by,
            },
            id: row.id,
            number: row.number,
            operator: row.operator,
            statement: row.statement,
            public_text: row.public_text,
            contact: [row.contact_name, row.contact_phone, row.contact_mail, row.contact_address],
            code_hash: row.code_hash,
            confirmed: serde_json::from_str(&row.confirmed).map_err(|_| StoreError::Value("objection.confirmed"))?,
            received_at: row.received_at,
            decided_at: row.decided_at,
            is_corrected: row.is_corrected,
            version: row.version,
        })
    }
}

/// One row by a key.
macro_rules! one {
    ($db:expr, $sql:expr, $key:expr) => {{
        let row: Option<Row> = with_pool!($db, |pool| sqlx::query_as($sql).bind($key).fetch_optional(pool).await)?;
        row.map(Objection::try_from).transpose()
    }};
}

impl Db {
    /// One case.
    pub async fn objection(&self, id: Uuid) -> Result<Option<Objection>, StoreError> {
        one!(self, BY_ID, id)
    }

    /// One case by its number.
    pub(crate) async fn objection_by_number(&self, number: &str) -> Result<Option<Objection>, StoreError> {
        one!(self, BY_NUMBER, number)
    }

    /// One case by the token of the form that made it.
    pub(crate) async fn objection_by_token(&self, hash: &[u8]) -> Result<Option<Objection>, StoreError> {
        one!(self, BY_TOKEN, hash)
    }

    /// Cases of a scope.
    pub(crate) async fn objections(&self, scope: app::ports::ObjectionScope) -> Result<Vec<Objection>, StoreError> {
        use app::ports::ObjectionScope as S;
        let sql = match scope {
            S::Open => OPEN,
            S::Closed => CLOSED,
            S::Waiting => WAITING,
            S::Public => PUBLIC,
        };
        let rows: Vec<Row> = with_pool!(self, |pool| sqlx::query_as(sql).fetch_all(pool).await)?;
        rows.into_iter().map(Objection::try_from).collect()
    }

    /// What was said in a case: id, author, sealed text, time.
    pub(crate) async fn objection_said(
        &self,
        id: Uuid,
    ) -> Result<Vec<(Uuid, String, Vec<u8>, DateTime<Utc>)>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(SAID).bind(id).fetch_all(pool).await)?)
    }

    /// Replies to a publication that are public.
    pub(crate) async fn public_replies(&self, publication: Uuid) -> Result<Vec<PublicReply>, StoreError> {
        let rows: Vec<(String, String, DateTime<Utc>)> =
            with_pool!(self, |pool| sqlx::query_as(REPLIES).bind(publication).fetch_all(pool).await)?;
        let reply = |(operator, text, at): (String, String, DateTime<Utc>)| PublicReply {
            operator,
            text,
            on: at.with_timezone(&CHINA).date_naive(),
        };
        Ok(rows.into_iter().map(reply).collect())
    }

    /// A publication as the subject of a case.
    pub(crate) async fn objection_subject(&self, publication: Uuid) -> Result<Option<Subject>, StoreError> {
        let row: Option<(String, String, String)> =
            with_pool!(self, |pool| sqlx::query_as(SUBJECT).bind(publication).fetch_optional(pool).await)?;
        row.map(|(kind, title, standing)| subject(publication, &kind, title, &standing)).transpose()
    }

    /// Whether a publication, or a sample of it, names an operator by this key.
    pub(crate) async fn names_operator(&self, publication: Uuid, key: &str) -> Result<bool, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(NAMES).bind(publication).bind(key).fetch_one(pool).await)?)
    }

    /// Deletes the contact data of cases decided before a time.
    pub async fn forget_contacts(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let forgotten = run!(&mut tx, FORGET_OLD, before)?;
        tx.commit().await?;
        Ok(forgotten)
    }
}

impl Tx {
    /// Keeps a new case. Tells whether its form was not sent before.
    pub(crate) async fn insert_objection(
        &mut self,
        new: &NewObjection<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let [name, phone, mail, address] = new.contact;
        let done = run!(
            self,
            INSERT,
            new.id,
            new.number,
            new.publication,
            new.kind.code(),
            new.operator,
            new.statement,
            name,
            phone,
            mail,
            address,
            new.code_hash,
            new.form_token,
            now
        )?;
        Ok(done == 1)
    }

    /// One case, as this transaction sees it.
    pub(crate) async fn objection(&mut self, id: Uuid) -> Result<Option<Objection>, StoreError> {
        let row: Option<Row> = with_tx!(self, |conn| sqlx::query_as(BY_ID).bind(id).fetch_optional(&mut *conn).await)?;
        row.map(Objection::try_from).transpose()
    }

    /// Keeps a step. Tells whether the version still was the one that was seen.
    pub(crate) async fn save_objection(
        &mut self,
        before: &Objection,
        step: &Step<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let confirmed = serde_json::to_string(step.confirmed).map_err(|_| StoreError::Value("objection.confirmed"))?;
        let done = run!(
            self,
            SAVE,
            before.id,
            before.version,
            step.next.state.code(),
            step.next.proposed_by,
            confirmed,
            step.statement,
            step.public_text,
            step.decided_at,
            now
        )?;
        Ok(done == 1)
    }

    /// Keeps something said, sealed.
    pub(crate) async fn say(
        &mut self,
        id: Uuid,
        objection: Uuid,
        author: &str,
        sealed: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, SAY, id, objection, author, sealed, now)?;
        Ok(())
    }

    /// Tells whoever follows that a publication looks different.
    pub(crate) async fn touch_publication(&mut self, subject: &Subject, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.append_changes(&[(Entity::Publication(subject.kind), subject.id, Action::Put)], now).await
    }

    /// Deletes the replies to a removed publication.
    pub(in crate::store) async fn forget_replies(&mut self, publication: Uuid) -> Result<(), StoreError> {
        run!(self, FORGET_REPLIES, publication)?;
        Ok(())
    }
}
