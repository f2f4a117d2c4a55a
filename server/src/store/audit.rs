//! The audit trail: append-only, each entry chained to the one before by `SHA-256(hash before ‖ entry)`, written in the
//! transaction of the act.

mod keep;
mod read;

use app::domain::audit::{Deed, Outcome};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::QueryBuilder;
use uuid::Uuid;

pub use keep::{AuditFault, AuditHead, AuditReport};

use super::{StoreError, Tx, with_tx};
use crate::auth::Who;

/// What is to be written. `detail` holds no personal data and no secrets.
#[derive(Clone, Debug)]
pub struct Audit {
    /// Who, and from where
    pub who: Who,
    /// What
    pub deed: Deed,
    /// On which object: its kind and id
    pub object: Option<(&'static str, String)>,
    /// With which result
    pub outcome: Outcome,
    /// What else: codes, numbers, ids
    pub detail: Value,
}

impl Audit {
    /// The object.
    #[must_use]
    pub fn on(self, kind: &'static str, id: impl ToString) -> Self {
        Self { object: Some((kind, id.to_string())), ..self }
    }

    /// What else is to be known: codes, numbers, ids; no personal data.
    #[must_use]
    pub fn with(self, detail: Value) -> Self {
        Self { detail, ..self }
    }

    fn entry(&self, place: i64, at: DateTime<Utc>) -> AuditEntry {
        AuditEntry {
            place,
            at,
            staff_id: self.who.id,
            staff: self.who.name.clone(),
            address: self.who.address.map(|address| address.to_string()),
            deed: self.deed.code().to_owned(),
            kind: self.object.as_ref().map(|(kind, _)| (*kind).to_owned()),
            object: self.object.as_ref().map(|(_, id)| id.clone()),
            outcome: self.outcome.code().to_owned(),
            detail: self.detail.clone(),
        }
    }
}

/// An entry as it is hashed: canonical JSON, since fields have one order and maps are sorted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Number, from 1, without gaps
    pub place: i64,
    /// When
    pub at: DateTime<Utc>,
    /// Who: the account
    pub staff_id: Option<Uuid>,
    /// Its name then
    pub staff: Option<String>,
    /// From where
    pub address: Option<String>,
    /// What: [`Deed::code`]
    pub deed: String,
    /// Kind of the object
    pub kind: Option<String>,
    /// The object
    pub object: Option<String>,
    /// Result: [`Outcome::code`]
    pub outcome: String,
    /// What else
    pub detail: Value,
}

const TAKE_PLACES: &str = "UPDATE audit_counter SET place = place + $1 WHERE id = 1 RETURNING place, hash";
const INSERT: &str = "INSERT INTO audit (place, at, staff_id, deed, kind, object, outcome, entry, hash) ";
/// Rows of one insert.
const BATCH: usize = 500;
const SET_HASH: &str = "UPDATE audit_counter SET hash = $1 WHERE id = 1";

/// The hash of an entry after another.
fn chained(before: &[u8], entry: &str) -> Vec<u8> {
    Sha256::new().chain_update(before).chain_update(entry.as_bytes()).finalize().to_vec()
}

impl Tx {
    /// Writes one entry. It belongs last into a transaction: from here on others who write entries wait.
    pub async fn audit(&mut self, new: &Audit, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.audit_all(std::slice::from_ref(new), at).await
    }

    /// Writes entries, one after the other.
    pub async fn audit_all(&mut self, new: &[Audit], at: DateTime<Utc>) -> Result<(), StoreError> {
        let count = i64::try_from(new.len()).map_err(|_| StoreError::Value("audit.place"))?;
        if count == 0 {
            return Ok(());
        }
        let (last, mut hash): (i64, Vec<u8>) =
            with_tx!(self, |conn| sqlx::query_as(TAKE_PLACES).bind(count).fetch_one(&mut *conn).await)?;
        let mut rows = Vec::with_capacity(new.len());
        for (place, new) in (last - count + 1..).zip(new) {
            let entry = new.entry(place, at);
            let text = serde_json::to_string(&entry).map_err(|_| StoreError::Value("audit.entry"))?;
            hash = chained(&hash, &text);
            rows.push((entry, text, hash.clone()));
        }
        for batch in rows.chunks(BATCH) {
            with_tx!(self, |conn| {
                let mut query = QueryBuilder::new(INSERT);
                query.push_values(batch, |mut row, (entry, text, hash)| {
                    row.push_bind(entry.place).push_bind(at).push_bind(entry.staff_id).push_bind(&entry.deed);
                    row.push_bind(&entry.kind).push_bind(&entry.object).push_bind(&entry.outcome);
                    row.push_bind(text).push_bind(hash);
                });
                query.build().execute(&mut *conn).await.map(|_| ())
            })?;
        }
        with_tx!(self, |conn| sqlx::query(SET_HASH).bind(&hash).execute(&mut *conn).await.map(|_| ()))?;
        Ok(())
    }
}

impl super::Db {
    /// Writes one entry in a transaction of its own.
    pub async fn audit(&self, new: &Audit, at: DateTime<Utc>) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        tx.audit(new, at).await?;
        tx.commit().await
    }
}
