//! Entries of registers (登记名册): saved edition by edition, read by readers.

mod draft;
mod expire;
mod find;
mod operators;
mod read;
mod row;
mod save;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Db, StoreError, Tx, run, with_pool, with_tx};

pub(crate) use draft::content as line_digest;
pub use draft::{Edition, EntryChange, EntryDifference, EntryDraft};
pub(crate) use find::{EntryFilter, facet_values};
pub(super) use operators::EntryOperator;
pub(crate) use read::{ReadRegister, RegisterRow};
pub(crate) use row::EntryRow;

/// Ids or keys of one `IN (…)`.
const IDS: usize = 500;
/// Which publication a register is, and how that stands.
const OF_CODE: &str = "SELECT r.publication_id, p.standing FROM register r JOIN publication p ON p.id = r.publication_id \
     WHERE r.code = $1";
/// A register whose publication was removed may have another one.
const CLAIM: &str = "INSERT INTO register (code, publication_id, entries, points) VALUES ($1, $2, 0, 0) \
     ON CONFLICT (code) DO UPDATE SET publication_id = excluded.publication_id, entries = 0, points = 0 \
     WHERE (SELECT p.standing FROM publication p WHERE p.id = register.publication_id) = 'removed'";
const EXPIRING: &str =
    "SELECT DISTINCT publication_id FROM register_entry WHERE until_day < $1 ORDER BY publication_id";

impl Db {
    /// The publication of a register, where it has one, and the code of its standing.
    pub async fn publication_of_register(&self, code: &str) -> Result<Option<(Uuid, String)>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(OF_CODE).bind(code).fetch_optional(pool).await)?)
    }

    /// Publications of registers with entries whose time is over.
    pub async fn registers_expiring(&self, today: NaiveDate) -> Result<Vec<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(EXPIRING).bind(today).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// The publication of a register, where it has one, and the code of its standing.
    pub async fn publication_of_code(&mut self, code: &str) -> Result<Option<(Uuid, String)>, StoreError> {
        Ok(with_tx!(self, |conn| sqlx::query_as(OF_CODE).bind(code).fetch_optional(&mut *conn).await)?)
    }

    /// Makes a publication that of a register. Tells whether it is: a register has one publication.
    pub async fn claim_register(&mut self, code: &str, publication: Uuid) -> Result<bool, StoreError> {
        Ok(run!(self, CLAIM, code, publication)? == 1)
    }
}
