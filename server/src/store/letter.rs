//! Letters waiting to be sent. What is sealed is sealed and opened by `server::mail`.

use chrono::{DateTime, Utc};
use const_format::concatcp;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{Db, StoreError, Tx, run, with_pool, with_tx};

/// A letter to be kept.
pub(crate) struct NewLetter {
    /// Id
    pub id: Uuid,
    /// What it is: the same letter is kept once
    pub key: String,
    /// Kind
    pub kind: &'static str,
    /// What it concerns
    pub about: Option<Uuid>,
    /// Address, sealed
    pub to: Vec<u8>,
    /// Content, sealed
    pub body: Vec<u8>,
    /// When it is to be sent
    pub due_at: DateTime<Utc>,
    /// Until when it is tried
    pub expires_at: DateTime<Utc>,
}

/// A letter that a worker has claimed.
#[derive(Debug, FromRow)]
pub(crate) struct ClaimedLetter {
    /// Id
    pub id: Uuid,
    /// Address, sealed
    pub to_sealed: Option<Vec<u8>>,
    /// Content, sealed
    pub body_sealed: Option<Vec<u8>>,
    /// Attempts begun, this one among them
    pub attempts: i64,
    /// Until when it is tried
    pub expires_at: DateTime<Utc>,
    /// Kept
    pub created_at: DateTime<Utc>,
}

/// A letter as an administrator sees it: no address, no content.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, serde::Serialize)]
pub struct LetterLine {
    /// Id
    pub id: Uuid,
    /// Kind
    pub kind: String,
    /// What it concerns
    pub about: Option<Uuid>,
    /// `waiting`, `sending`, `sent`, `failed`
    pub state: String,
    /// Attempts begun
    pub attempts: i64,
    /// When it is tried next
    pub due_at: DateTime<Utc>,
    /// Code of the last failure
    pub last_error: Option<String>,
    /// Kept
    pub created_at: DateTime<Utc>,
    /// Sent
    pub sent_at: Option<DateTime<Utc>>,
}

const INSERT: &str = "INSERT INTO letter (id, key, kind, about, to_sealed, body_sealed, state, attempts, due_at, \
     expires_at, created_at) ";
const ONCE: &str = " ON CONFLICT (key) DO NOTHING";
/// Rows of one insert.
const BATCH: usize = 200;
const IS_DUE: &str = "((state = 'waiting' AND due_at <= $1) OR (state = 'sending' AND lease_until <= $1))";
/// Letters about changes are many at once: what concerns somebody's own case goes before them.
const DUE: &str = concatcp!(
    "SELECT id FROM letter WHERE ",
    IS_DUE,
    " ORDER BY CASE kind WHEN 'alert' THEN 1 ELSE 0 END, due_at, id LIMIT 100"
);
/// The condition is judged again on the row as it is when its lock is had: of several workers one changes it.
const CLAIM: &str = concatcp!(
    "UPDATE letter SET state = 'sending', attempts = attempts + 1, lease_until = $3 WHERE id = $2 AND ",
    IS_DUE,
    " RETURNING id, to_sealed, body_sealed, attempts, expires_at, created_at"
);
/// A 250 is a 250, whoever holds the letter by now: one that another worker has taken up is not sent a third time.
const SENT: &str = "UPDATE letter SET state = 'sent', sent_at = $2, lease_until = NULL, last_error = NULL \
     WHERE id = $1 AND state <> 'sent'";
const AGAIN: &str = "UPDATE letter SET state = 'waiting', due_at = $3, lease_until = NULL, last_error = $4 \
     WHERE id = $1 AND attempts = $2 AND state = 'sending'";
const FAILED: &str = "UPDATE letter SET state = 'failed', lease_until = NULL, last_error = $3 \
     WHERE id = $1 AND attempts = $2 AND state = 'sending'";
const RETRY: &str = "UPDATE letter SET state = 'waiting', due_at = $1, expires_at = $2 \
     WHERE state = 'failed' AND to_sealed IS NOT NULL AND ($3 IS NULL OR id = $3)";
const FORGET: &str = "UPDATE letter SET to_sealed = NULL, body_sealed = NULL WHERE to_sealed IS NOT NULL \
     AND ((state = 'sent' AND sent_at < $1) OR (state = 'failed' AND expires_at < $1))";
const COUNTS: &str = "SELECT state, COUNT(*) FROM letter GROUP BY state ORDER BY state";
const UNSENT: &str = "SELECT id, kind, about, state, attempts, due_at, last_error, created_at, sent_at FROM letter \
     WHERE state <> 'sent' ORDER BY created_at DESC, id DESC LIMIT $1";
const OF: &str = "SELECT id, kind, about, state, attempts, due_at, last_error, created_at, sent_at FROM letter \
     WHERE about = $1 ORDER BY created_at, id";

impl Tx {
    /// Keeps letters in the transaction of the act that they tell of. Gives how many were not kept before.
    pub(crate) async fn enqueue_letters(
        &mut self,
        new: impl Iterator<Item = &NewLetter>,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let (new, mut kept) = (new.collect::<Vec<_>>(), 0);
        for batch in new.chunks(BATCH) {
            kept += with_tx!(self, |conn| {
                let mut query = QueryBuilder::new(INSERT);
                query.push_values(batch, |mut row, letter| {
                    row.push_bind(letter.id).push_bind(&letter.key).push_bind(letter.kind).push_bind(letter.about);
                    row.push_bind(&letter.to).push_bind(&letter.body).push_bind("waiting").push_bind(0_i64);
                    row.push_bind(letter.due_at).push_bind(letter.expires_at).push_bind(now);
                });
                query.push(ONCE);
                query.build().execute(&mut *conn).await.map(|done| done.rows_affected())
            })?;
        }
        Ok(kept)
    }
}

impl Db {
    /// Letters that are due, the first to be sent first.
    pub(crate) async fn letters_due(&self, now: DateTime<Utc>) -> Result<Vec<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(DUE).bind(now).fetch_all(pool).await)?)
    }

    /// Takes a letter for one attempt; nothing when another worker has it.
    pub(crate) async fn claim_letter(
        &self,
        id: Uuid,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
    ) -> Result<Option<ClaimedLetter>, StoreError> {
        let mut tx = self.begin().await?;
        let claimed = with_tx!(&mut tx, |conn| sqlx::query_as(CLAIM)
            .bind(now)
            .bind(id)
            .bind(lease_until)
            .fetch_optional(&mut *conn)
            .await)?;
        tx.commit().await?;
        Ok(claimed)
    }

    /// A letter was taken by the other side.
    pub(crate) async fn letter_sent(&self, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        run!(&mut tx, SENT, id, now)?;
        tx.commit().await
    }

    /// An attempt failed: again at a time, or never. Nothing happens when the attempt is not the last one any more.
    pub(crate) async fn letter_failed(
        &self,
        letter: &ClaimedLetter,
        again: Option<DateTime<Utc>>,
        code: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        match again {
            Some(due) => run!(&mut tx, AGAIN, letter.id, letter.attempts, due, code)?,
            None => run!(&mut tx, FAILED, letter.id, letter.attempts, code)?,
        };
        tx.commit().await
    }

    /// Has failed letters (or one of them) tried again. Gives their number.
    pub async fn retry_letters(&self, id: Option<Uuid>, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let retried = run!(&mut tx, RETRY, now, app::domain::mail::expiry(now), id)?;
        tx.commit().await?;
        Ok(retried)
    }

    /// Deletes address and content of letters sent, or given up, before a time.
    pub async fn forget_letters(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let forgotten = run!(&mut tx, FORGET, before)?;
        tx.commit().await?;
        Ok(forgotten)
    }

    /// How many letters are in each state.
    pub async fn letter_counts(&self) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(COUNTS).fetch_all(pool).await)?)
    }

    /// Letters that were not sent, the newest first.
    pub async fn letters_unsent(&self, most: i64) -> Result<Vec<LetterLine>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(UNSENT).bind(most).fetch_all(pool).await)?)
    }

    /// Letters that concern something, the oldest first.
    pub async fn letters_of(&self, about: Uuid) -> Result<Vec<LetterLine>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(OF).bind(about).fetch_all(pool).await)?)
    }
}
