//! The audit trail: append-only, each entry chained to the one before by `SHA-256(hash before ‖ entry)`, written in the
//! transaction of the act.

mod keep;
mod read;

use app::domain::audit::{Deed, Outcome};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
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

const TAKE_PLACE: &str = "UPDATE audit_counter SET place = place + 1 WHERE id = 1 RETURNING place, hash";
const INSERT: &str = "INSERT INTO audit (place, at, staff_id, deed, kind, object, outcome, entry, hash) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const SET_HASH: &str = "UPDATE audit_counter SET hash = $1 WHERE id = 1";

/// The hash of an entry after another.
fn chained(before: &[u8], entry: &str) -> Vec<u8> {
    Sha256::new().chain_update(before).chain_update(entry.as_bytes()).finalize().to_vec()
}

impl Tx {
    /// Writes one entry. It belongs last into a transaction: from here on others who write entries wait.
    pub async fn audit(&mut self, new: &Audit, at: DateTime<Utc>) -> Result<(), StoreError> {
        let (place, before): (i64, Vec<u8>) =
            with_tx!(self, |conn| sqlx::query_as(TAKE_PLACE).fetch_one(&mut *conn).await)?;
        let entry = AuditEntry {
            place,
            at,
            staff_id: new.who.id,
            staff: new.who.name.clone(),
            address: new.who.address.map(|address| address.to_string()),
            deed: new.deed.code().to_owned(),
            kind: new.object.as_ref().map(|(kind, _)| (*kind).to_owned()),
            object: new.object.as_ref().map(|(_, id)| id.clone()),
            outcome: new.outcome.code().to_owned(),
            detail: new.detail.clone(),
        };
        let text = serde_json::to_string(&entry).map_err(|_| StoreError::Value("audit.entry"))?;
        let hash = chained(&before, &text);
        with_tx!(self, |conn| sqlx::query(INSERT)
            .bind(place)
            .bind(at)
            .bind(entry.staff_id)
            .bind(&entry.deed)
            .bind(&entry.kind)
            .bind(&entry.object)
            .bind(&entry.outcome)
            .bind(&text)
            .bind(&hash)
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
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
