//! Drafts of citizens, and hashes of what was sent.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use crate::store::{Db, StoreError, Tx, run, with_pool, with_tx};

const READ: &str = "SELECT id, sealed, version FROM case_draft WHERE token_hash = $1 AND expires_at > $2";
const INSERT: &str = "INSERT INTO case_draft (token_hash, id, sealed, version, expires_at) VALUES ($1, $2, $3, 1, $4) \
     ON CONFLICT (token_hash) DO NOTHING";
const UPDATE: &str = "UPDATE case_draft SET sealed = $3, version = version + 1, expires_at = $4 \
     WHERE token_hash = $1 AND version = $2";
const DROP: &str = "DELETE FROM case_draft WHERE token_hash = $1";
const FORGET: &str = "DELETE FROM case_draft WHERE expires_at <= $1";
const ANY_OVER: &str = "SELECT COUNT(*) FROM case_draft WHERE expires_at <= $1";
const SAME_TEXT: &str = "SELECT COUNT(*) FROM case_text a JOIN case_text b ON b.hash = a.hash AND b.case_id <> a.case_id \
     WHERE a.case_id = $1 AND b.at >= $2 AND b.at <= $3";
const TEXTS_SINCE: &str = "SELECT COUNT(*) FROM case_text WHERE hash = $1 AND at >= $2";
const TEXT_AT: &str = "SELECT at FROM case_text WHERE case_id = $1";

/// A draft as it is stored.
#[derive(FromRow)]
pub(crate) struct DraftRow {
    /// Id, to which the seal is bound
    pub id: Uuid,
    /// Sealed JSON
    pub sealed: Vec<u8>,
    /// Raised by every write
    pub version: i64,
}

impl Db {
    /// The draft of a token, where its time is not over.
    pub(crate) async fn case_draft(
        &self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<DraftRow>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(READ).bind(token_hash).bind(now).fetch_optional(pool).await)?)
    }

    /// Takes away drafts whose time is over; writes nothing where there are none. Gives their number.
    pub(crate) async fn forget_case_drafts(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let over: (i64,) = with_pool!(self, |pool| sqlx::query_as(ANY_OVER).bind(now).fetch_one(pool).await)?;
        if over.0 == 0 {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        let forgotten = tx.forget_case_drafts(now).await?;
        tx.commit().await?;
        Ok(forgotten)
    }

    /// How many cases came with a text since a time.
    pub(crate) async fn texts_since(&self, hash: &[u8], since: DateTime<Utc>) -> Result<u32, StoreError> {
        let count: (i64,) =
            with_pool!(self, |pool| sqlx::query_as(TEXTS_SINCE).bind(hash).bind(since).fetch_one(pool).await)?;
        Ok(u32::try_from(count.0).unwrap_or(u32::MAX))
    }

    /// How many other cases came within a span around this one with the same text.
    pub(crate) async fn same_texts(&self, case: Uuid, span: chrono::TimeDelta) -> Result<i64, StoreError> {
        let at: Option<(DateTime<Utc>,)> =
            with_pool!(self, |pool| sqlx::query_as(TEXT_AT).bind(case).fetch_optional(pool).await)?;
        let Some((at,)) = at else { return Ok(0) };
        let count: (i64,) = with_pool!(self, |pool| sqlx::query_as(SAME_TEXT)
            .bind(case)
            .bind(at - span)
            .bind(at + span)
            .fetch_one(pool)
            .await)?;
        Ok(count.0)
    }
}

impl Tx {
    /// The draft of a token, where its time is not over, as this transaction sees it.
    pub(crate) async fn case_draft(
        &mut self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<DraftRow>, StoreError> {
        Ok(with_tx!(self, |conn| sqlx::query_as(READ).bind(token_hash).bind(now).fetch_optional(&mut *conn).await)?)
    }

    /// Keeps a new draft. Tells whether there was none.
    pub(crate) async fn insert_case_draft(
        &mut self,
        token_hash: &[u8],
        id: Uuid,
        sealed: &[u8],
        expires_at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, INSERT, token_hash, id, sealed, expires_at)? == 1)
    }

    /// Keeps a draft. Tells whether the version still was the one that was seen.
    pub(crate) async fn update_case_draft(
        &mut self,
        token_hash: &[u8],
        version: i64,
        sealed: &[u8],
        expires_at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, UPDATE, token_hash, version, sealed, expires_at)? == 1)
    }

    /// Takes a draft away.
    pub(crate) async fn drop_case_draft(&mut self, token_hash: &[u8]) -> Result<(), StoreError> {
        run!(self, DROP, token_hash).map(|_| ())
    }

    async fn forget_case_drafts(&mut self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        run!(self, FORGET, now)
    }
}
