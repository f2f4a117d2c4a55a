//! Reading cases.

use chrono::{DateTime, Utc};
use const_format::concatcp;
use uuid::Uuid;

use super::{CaseQuery, Row, StoredCase, StoredEvent, StoredPerson};
use crate::store::{Db, StoreError, Tx, with_pool, with_tx};

const SELECT: &str = "SELECT id, number, kind, state, standing, result, twin_id, merged_into, source, national_no, \
     national_state, handling_bureau, operator_id, party, party_key, problem, district, \
     content, is_anonymous, wants_news, code_hash, received_at, received_on, closed_at, version FROM case_file WHERE ";
const BY_ID: &str = concatcp!(SELECT, "id = $1");
const BY_NUMBER: &str = concatcp!(SELECT, "number = $1");
const BY_TOKEN: &str = concatcp!(SELECT, "form_token = $1");
/// More than one bureau ever has open at once.
const MOST: &str = " LIMIT 2000";
const MINE: &str =
    concatcp!(SELECT, "next_due IS NOT NULL AND officer_id = $1 ORDER BY next_due, received_at, id", MOST);
const FREE: &str =
    concatcp!(SELECT, "next_due IS NOT NULL AND officer_id IS NULL ORDER BY next_due, received_at, id", MOST);
const OPEN: &str = concatcp!(SELECT, "next_due IS NOT NULL ORDER BY next_due, received_at, id", MOST);
const CLOSED: &str = concatcp!(SELECT, "next_due IS NULL ORDER BY closed_at DESC, id DESC LIMIT 500");
const PARTY: &str =
    concatcp!(SELECT, "party_key = $1 AND received_on >= $2 ORDER BY received_on DESC, id DESC LIMIT 200");
const PERSONS: &str =
    "SELECT id, role, contact, phone_hash, address_hash, name_hash FROM case_person WHERE case_id = $1 ORDER BY id";
const EVENTS: &str = "SELECT id, seq, act, actor, officer_id, detail, said, at FROM case_event WHERE case_id = $1 \
     ORDER BY seq";
const LOOKS: &str = "SELECT officer_id, is_unmasking, at FROM case_look WHERE case_id = $1 ORDER BY at DESC, id DESC \
     LIMIT 1000";

/// Id, role, sealed contact, keyed hashes.
type PersonRow = (Uuid, String, Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>);
/// Id, place, act, actor, officer, detail, sealed text, time.
type EventRow = (Uuid, i64, String, String, Option<Uuid>, String, Option<Vec<u8>>, DateTime<Utc>);

/// One row by a key.
macro_rules! one {
    ($db:expr, $sql:expr, $key:expr) => {{
        let row: Option<Row> = with_pool!($db, |pool| sqlx::query_as($sql).bind($key).fetch_optional(pool).await)?;
        row.map(StoredCase::try_from).transpose()
    }};
}

impl Db {
    /// One case.
    pub(crate) async fn case(&self, id: Uuid) -> Result<Option<StoredCase>, StoreError> {
        one!(self, BY_ID, id)
    }

    /// One case by its number.
    pub(crate) async fn case_by_number(&self, number: &str) -> Result<Option<StoredCase>, StoreError> {
        one!(self, BY_NUMBER, number)
    }

    /// One case by the token of the form that made it.
    pub(crate) async fn case_by_token(&self, hash: &[u8]) -> Result<Option<StoredCase>, StoreError> {
        one!(self, BY_TOKEN, hash)
    }

    /// Cases of a query.
    pub(crate) async fn cases(&self, query: CaseQuery<'_>) -> Result<Vec<StoredCase>, StoreError> {
        let rows: Vec<Row> = match query {
            CaseQuery::Mine(officer) => {
                with_pool!(self, |pool| sqlx::query_as(MINE).bind(officer).fetch_all(pool).await)?
            }
            CaseQuery::Free => with_pool!(self, |pool| sqlx::query_as(FREE).fetch_all(pool).await)?,
            CaseQuery::Open => with_pool!(self, |pool| sqlx::query_as(OPEN).fetch_all(pool).await)?,
            CaseQuery::Closed => with_pool!(self, |pool| sqlx::query_as(CLOSED).fetch_all(pool).await)?,
            CaseQuery::Party(key, since) => {
                with_pool!(self, |pool| sqlx::query_as(PARTY).bind(key).bind(since).fetch_all(pool).await)?
            }
        };
        rows.into_iter().map(StoredCase::try_from).collect()
    }

    /// Who is in a case, sealed.
    pub(crate) async fn case_persons(&self, id: Uuid) -> Result<Vec<StoredPerson>, StoreError> {
        let rows: Vec<PersonRow> = with_pool!(self, |pool| sqlx::query_as(PERSONS).bind(id).fetch_all(pool).await)?;
        let person = |(id, role, contact, phone, address, name)| StoredPerson {
            id,
            role,
            contact,
            hashes: [phone, address, name],
        };
        Ok(rows.into_iter().map(person).collect())
    }

    /// What happened in a case, the oldest first.
    pub(crate) async fn case_events(&self, id: Uuid) -> Result<Vec<StoredEvent>, StoreError> {
        let rows: Vec<EventRow> = with_pool!(self, |pool| sqlx::query_as(EVENTS).bind(id).fetch_all(pool).await)?;
        let event = |(id, seq, act, actor, officer_id, detail, said, at): EventRow| {
            let detail = serde_json::from_str(&detail).map_err(|_| StoreError::Value("case_event.detail"))?;
            Ok(StoredEvent { id, seq, act, actor, officer_id, detail, said, at })
        };
        rows.into_iter().map(event).collect()
    }

    /// Who opened a case, the newest first: officer, whether unmasked, time.
    pub(crate) async fn case_looks(&self, id: Uuid) -> Result<Vec<(Uuid, bool, DateTime<Utc>)>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(LOOKS).bind(id).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// One case, as this transaction sees it.
    pub(crate) async fn case(&mut self, id: Uuid) -> Result<Option<StoredCase>, StoreError> {
        let row: Option<Row> = with_tx!(self, |conn| sqlx::query_as(BY_ID).bind(id).fetch_optional(&mut *conn).await)?;
        row.map(StoredCase::try_from).transpose()
    }
}
