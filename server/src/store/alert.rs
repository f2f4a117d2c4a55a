//! Subscriptions (订阅). Addresses are sealed and opened by `server::alerts`.

mod range;
mod round;

use app::domain::alert::Pace;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Db, StoreError, Tx, run, with_pool, with_tx};

pub(crate) use range::{Changed, ChangedRow, Past};
pub(crate) use round::{Listener, Round};

/// A subscription that somebody asked for.
pub(crate) struct NewSubscription<'a> {
    /// Id: tells nothing, not even its time
    pub id: Uuid,
    /// What is followed
    pub topic: &'a str,
    /// How soon
    pub pace: Pace,
    /// Sealed
    pub address: &'a [u8],
    /// Keyed hash
    pub hash: &'a [u8],
}

/// A subscription.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Subscription {
    /// Id
    pub id: Uuid,
    /// What is followed
    pub topic: String,
    pace: String,
    /// Sealed
    pub address_sealed: Vec<u8>,
    /// Letters that asked for the confirmation
    pub asked: i64,
    /// The last letter about the subscription itself
    pub asked_at: DateTime<Utc>,
    /// Confirmed
    pub confirmed_at: Option<DateTime<Utc>>,
}

impl Subscription {
    /// How soon.
    pub fn pace(&self) -> Pace {
        Pace::from_code(&self.pace).unwrap_or_default()
    }
}

const OF: &str = "SELECT id, topic, pace, address_sealed, asked, asked_at, confirmed_at FROM subscription \
     WHERE address_hash = $1 AND topic = $2";
const BY_ID: &str =
    "SELECT id, topic, pace, address_sealed, asked, asked_at, confirmed_at FROM subscription WHERE id = $1";
/// `PostgreSQL` sums integers as numbers without bound.
const COUNTS: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN confirmed_at IS NULL THEN asked ELSE 0 END), 0) \
     AS BIGINT) FROM subscription WHERE address_hash = $1";
const INSERT: &str = "INSERT INTO subscription (id, topic, pace, address_sealed, address_hash, asked, asked_at, since, \
     created_at) VALUES ($1, $2, $3, $4, $5, 1, $6, 0, $6) ON CONFLICT (address_hash, topic) DO NOTHING";
const ASKED: &str = "UPDATE subscription SET pace = $2, asked = asked + 1, asked_at = $3 WHERE id = $1";
const KNOWN: &str = "UPDATE subscription SET asked_at = $2 WHERE id = $1";
const CONFIRM: &str = "UPDATE subscription SET confirmed_at = $2, \
     since = (SELECT position FROM change_counter WHERE id = 1) WHERE id = $1 AND confirmed_at IS NULL";
/// What the pace before had gathered is still owed. Of several changes in a row the first one's is.
const SET_PACE: &str = "UPDATE subscription SET owed_since = CASE WHEN owed IS NULL THEN since ELSE owed_since END, \
     owed = COALESCE(owed, pace), pace = $2, \
     since = CASE WHEN owed IS NULL THEN (SELECT position FROM change_counter WHERE id = 1) ELSE since END \
     WHERE id = $1 AND pace <> $2 AND confirmed_at IS NOT NULL";
const END: &str = "DELETE FROM subscription WHERE id = $1";
/// One that is on its way can't be called back.
const END_LETTERS: &str = "DELETE FROM letter WHERE about = $1 AND state <> 'sending'";
const EXPIRE_LETTERS: &str = "DELETE FROM letter WHERE state <> 'sending' AND about IN \
     (SELECT id FROM subscription WHERE confirmed_at IS NULL AND created_at < $1)";
const EXPIRE: &str = "DELETE FROM subscription WHERE confirmed_at IS NULL AND created_at < $1";
/// Letters that were sent are of no further use: a round that is over is never gone through again.
const DROP_SENT: &str = "DELETE FROM letter WHERE kind = 'alert' AND state = 'sent' AND sent_at < $1";
const DROP_TOLD: &str = "DELETE FROM alert_told WHERE \
     NOT EXISTS (SELECT 1 FROM subscription s WHERE s.topic = alert_told.topic) \
     OR EXISTS (SELECT 1 FROM publication p WHERE p.id = alert_told.publication_id AND p.standing <> 'public' \
         AND p.updated_at < $1)";
const ALL: &str = "SELECT COUNT(*), COUNT(confirmed_at) FROM subscription";

/// Kind of the letters that tell of changes.
pub(crate) const ALERT: &str = "alert";

impl Tx {
    /// The subscription of an address to a topic.
    pub(crate) async fn subscription_of(
        &mut self,
        hash: &[u8],
        topic: &str,
    ) -> Result<Option<Subscription>, StoreError> {
        Ok(with_tx!(self, |conn| sqlx::query_as(OF).bind(hash).bind(topic).fetch_optional(&mut *conn).await)?)
    }

    /// A subscription.
    pub(crate) async fn subscription(&mut self, id: Uuid) -> Result<Option<Subscription>, StoreError> {
        Ok(with_tx!(self, |conn| sqlx::query_as(BY_ID).bind(id).fetch_optional(&mut *conn).await)?)
    }

    /// How many subscriptions an address has, and how many letters it got for those that it did not confirm.
    pub(crate) async fn subscription_counts(&mut self, hash: &[u8]) -> Result<(u64, u64), StoreError> {
        let (total, pending): (i64, i64) =
            with_tx!(self, |conn| sqlx::query_as(COUNTS).bind(hash).fetch_one(&mut *conn).await)?;
        Ok((u64::try_from(total).unwrap_or(0), u64::try_from(pending).unwrap_or(0)))
    }

    /// Keeps a new one, not confirmed. No where another request was faster.
    pub(crate) async fn insert_subscription(
        &mut self,
        new: &NewSubscription<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, INSERT, new.id, new.topic, new.pace.code(), new.address, new.hash, now)? == 1)
    }

    /// It was asked for once more.
    pub(crate) async fn asked_again(&mut self, id: Uuid, pace: Pace, now: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, ASKED, id, pace.code(), now).map(|_| ())
    }

    /// Whoever has it was told so.
    pub(crate) async fn told_known(&mut self, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, KNOWN, id, now).map(|_| ())
    }

    /// From now on what happens is told.
    pub(crate) async fn confirm_subscription(&mut self, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, CONFIRM, id, now).map(|_| ())
    }

    /// Another pace.
    pub(crate) async fn set_pace(&mut self, id: Uuid, pace: Pace) -> Result<(), StoreError> {
        run!(self, SET_PACE, id, pace.code()).map(|_| ())
    }

    /// Deletes a subscription and its letters.
    pub(crate) async fn end_subscription(&mut self, id: Uuid) -> Result<(), StoreError> {
        run!(self, END, id)?;
        run!(self, END_LETTERS, id).map(|_| ())
    }
}

impl Db {
    /// A subscription.
    pub(crate) async fn subscription(&self, id: Uuid) -> Result<Option<Subscription>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await)?)
    }

    /// Deletes what nobody confirmed before a time, and what was kept of letters and publications until another. Gives how
    /// many subscriptions ended.
    pub(crate) async fn tidy_subscriptions(
        &self,
        unconfirmed: DateTime<Utc>,
        sent: DateTime<Utc>,
        gone: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        run!(&mut tx, EXPIRE_LETTERS, unconfirmed)?;
        let expired = run!(&mut tx, EXPIRE, unconfirmed)?;
        run!(&mut tx, DROP_SENT, sent)?;
        run!(&mut tx, DROP_TOLD, gone)?;
        tx.commit().await?;
        Ok(expired)
    }

    /// How many subscriptions there are, and how many of them are confirmed.
    pub async fn subscriptions(&self) -> Result<(u64, u64), StoreError> {
        let (all, confirmed): (i64, i64) = with_pool!(self, |pool| sqlx::query_as(ALL).fetch_one(pool).await)?;
        Ok((u64::try_from(all).unwrap_or(0), u64::try_from(confirmed).unwrap_or(0)))
    }
}

/// A day as both databases bind it where it may be absent.
type Day = Option<NaiveDate>;
