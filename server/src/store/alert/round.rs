//! Rounds of letters: who is told, and how far it is.

use app::domain::alert::Pace;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{
    super::{Db, StoreError, Tx, run, with_pool, with_tx},
    Day,
};

/// How far the letters of a pace are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Round {
    /// The pace
    pub pace: Pace,
    /// Everything up to this position of the feed is told
    pub position: u64,
    /// Where the round that is on its way ends
    pub upto: Option<u64>,
    /// Topic and subscription of its last letter
    pub after: (String, Uuid),
    /// Day of the last digest
    pub day: Day,
}

#[derive(FromRow)]
struct RoundRow {
    position: i64,
    upto: Option<i64>,
    after_topic: String,
    after_id: Uuid,
    day: Day,
}

/// Somebody who is told.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Listener {
    /// The subscription
    pub id: Uuid,
    pace: String,
    /// Sealed
    pub address_sealed: Vec<u8>,
    since: i64,
    owed: Option<String>,
    owed_since: i64,
}

impl Listener {
    /// Whether what changed between two positions is told in a round of this pace.
    pub fn hears(&self, pace: Pace, first: u64, last: u64) -> bool {
        let position = |position: i64| u64::try_from(position).unwrap_or(0);
        let is_own = self.pace == pace.code() && last > position(self.since);
        let is_owed = self.owed.as_deref() == Some(pace.code())
            && last > position(self.owed_since)
            && first <= position(self.since);
        is_own || is_owed
    }
}

const ROUND: &str = "SELECT position, upto, after_topic, after_id, day FROM alert_round WHERE pace = $1";
const IS_AT: &str =
    "pace = $1 AND position = $2 AND upto IS NOT DISTINCT FROM $3 AND after_topic = $4 AND after_id = $5";
const HOLD: &str = const_format::concatcp!("UPDATE alert_round SET pace = pace WHERE ", IS_AT);
const MOVE: &str =
    "UPDATE alert_round SET position = $2, upto = $3, after_topic = $4, after_id = $5, day = $6 WHERE pace = $1";
const PAID: &str = "UPDATE subscription SET owed = NULL WHERE owed = $1";
const LISTENS: &str = "s.confirmed_at IS NOT NULL AND (s.pace = $1 OR s.owed = $1)";
const LISTENERS: &str = const_format::concatcp!(
    "SELECT s.id, s.pace, s.address_sealed, s.since, s.owed, s.owed_since FROM subscription s WHERE ",
    LISTENS,
    " AND s.topic = $2 AND s.id > $3 ORDER BY s.id LIMIT $4"
);
const NEXT_SEARCH: &str = const_format::concatcp!(
    "SELECT s.topic FROM subscription s WHERE ",
    LISTENS,
    " AND s.topic > $2 AND s.topic < 'search;' ORDER BY s.topic LIMIT 1"
);
const IS_HEARD: &str = const_format::concatcp!("SELECT EXISTS (SELECT 1 FROM subscription s WHERE ", LISTENS, ")");
/// Topics of one look.
const TOPICS: usize = 500;
const TELL: &str = "INSERT INTO alert_told (publication_id, topic) ";
const ONCE: &str = " ON CONFLICT (publication_id, topic) DO NOTHING";

fn signed(position: u64) -> Result<i64, StoreError> {
    i64::try_from(position).map_err(|_| StoreError::Value("alert_round.position"))
}

impl Db {
    /// How far a pace is.
    pub(crate) async fn alert_round(&self, pace: Pace) -> Result<Round, StoreError> {
        let row: RoundRow = with_pool!(self, |pool| sqlx::query_as(ROUND).bind(pace.code()).fetch_one(pool).await)?;
        let position = |position: i64| u64::try_from(position).map_err(|_| StoreError::Value("alert_round.position"));
        Ok(Round {
            pace,
            position: position(row.position)?,
            upto: row.upto.map(position).transpose()?,
            after: (row.after_topic, row.after_id),
            day: row.day,
        })
    }

    /// Those of these topics that somebody follows at this pace. One row of each is looked at, however many follow it.
    pub(crate) async fn followed(&self, pace: Pace, topics: &[String]) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for batch in topics.chunks(TOPICS) {
            let rows: Vec<String> = with_pool!(self, |pool| {
                let mut query = QueryBuilder::new("WITH t(topic) AS (");
                query.push_values(batch, |mut row, topic| {
                    row.push_bind(topic);
                });
                query.push(
                    ") SELECT t.topic FROM t WHERE EXISTS (SELECT 1 FROM subscription s WHERE s.topic = t.topic ",
                );
                query.push("AND s.confirmed_at IS NOT NULL AND (s.pace = ").push_bind(pace.code());
                query.push(" OR s.owed = ").push_bind(pace.code()).push("))");
                query.build_query_scalar().fetch_all(pool).await
            })?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// Whether anybody follows anything at this pace.
    pub(crate) async fn is_heard(&self, pace: Pace) -> Result<bool, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(IS_HEARD).bind(pace.code()).fetch_one(pool).await)?)
    }

    /// The first search after a topic that somebody follows at this pace.
    pub(crate) async fn next_search(&self, pace: Pace, after: &str) -> Result<Option<String>, StoreError> {
        let found = with_pool!(self, |pool| sqlx::query_scalar(NEXT_SEARCH)
            .bind(pace.code())
            .bind(after)
            .fetch_optional(pool)
            .await)?;
        Ok(found)
    }
}

impl Tx {
    /// Holds the round as it was read until the end of the transaction; no where another alerter has moved it since.
    pub(crate) async fn hold_round(&mut self, round: &Round) -> Result<bool, StoreError> {
        let (position, upto) = (signed(round.position)?, round.upto.map(signed).transpose()?);
        Ok(run!(self, HOLD, round.pace.code(), position, upto, &round.after.0, round.after.1)? == 1)
    }

    /// Moves it on. At the end of a round nothing is owed by its pace any more.
    pub(crate) async fn move_round(&mut self, round: &Round) -> Result<(), StoreError> {
        let (position, upto) = (signed(round.position)?, round.upto.map(signed).transpose()?);
        run!(self, MOVE, round.pace.code(), position, upto, &round.after.0, round.after.1, round.day)?;
        if round.upto.is_none() {
            run!(self, PAID, round.pace.code())?;
        }
        Ok(())
    }

    /// Who follows a topic, from a subscription on, in the order of ids.
    pub(crate) async fn listeners(
        &mut self,
        pace: Pace,
        topic: &str,
        after: Uuid,
        most: usize,
    ) -> Result<Vec<Listener>, StoreError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        Ok(with_tx!(self, |conn| sqlx::query_as(LISTENERS)
            .bind(pace.code())
            .bind(topic)
            .bind(after)
            .bind(most)
            .fetch_all(&mut *conn)
            .await)?)
    }

    /// Remembers which publications were told to whoever follows which topic.
    pub(crate) async fn tell(&mut self, told: &[(Uuid, &str)]) -> Result<(), StoreError> {
        for batch in told.chunks(TOPICS) {
            with_tx!(self, |conn| {
                let mut insert = QueryBuilder::new(TELL);
                insert.push_values(batch, |mut row, (publication, topic)| {
                    row.push_bind(*publication).push_bind(*topic);
                });
                insert.push(ONCE);
                insert.build().execute(&mut *conn).await.map(|_| ())
            })?;
        }
        Ok(())
    }
}
