//! The change feed: every change to public content, in one total order.

use app::domain::publication::Kind;
use chrono::{DateTime, Utc};
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{Db, StoreError, Tx, with_pool, with_tx};

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entity {
    /// A publication; a bulletin with its samples
    Publication(Kind),
    /// An operator
    Operator,
    /// A round of a vote or survey: not searched, but pages show it
    Poll,
}

impl Entity {
    /// A sampling bulletin.
    pub const BULLETIN: Self = Self::Publication(Kind::Bulletin);

    /// The name in the database and in the log.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Publication(kind) => kind.code(),
            Self::Operator => "operator",
            Self::Poll => "poll",
        }
    }

    fn from_code(code: &str) -> Result<Self, StoreError> {
        let publication = Kind::from_code(code).map(Self::Publication);
        let other = [Self::Operator, Self::Poll].into_iter().find(|entity| entity.code() == code);
        publication.or(other).ok_or(StoreError::Value("change.kind"))
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is public, new or changed
    Put,
    /// It is public no more
    Removed,
}

impl Action {
    fn code(self) -> &'static str {
        match self {
            Self::Put => "put",
            Self::Removed => "removed",
        }
    }
}

/// One entry of the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Place in the feed, from 1
    pub position: u64,
    /// What changed
    pub entity: Entity,
    /// Its id
    pub id: Uuid,
    /// What became of it
    pub action: Action,
    /// When
    pub at: DateTime<Utc>,
}

#[derive(FromRow)]
struct Row {
    position: i64,
    kind: String,
    entity_id: Uuid,
    action: String,
    at: DateTime<Utc>,
}

const TAKE_POSITIONS: &str = "UPDATE change_counter SET position = position + $1 WHERE id = 1 RETURNING position";
const INSERT: &str = "INSERT INTO change (position, kind, entity_id, action, at) ";
const POSITION: &str = "SELECT position FROM change_counter WHERE id = 1";
const SINCE: &str =
    "SELECT position, kind, entity_id, action, at FROM change WHERE position > $1 ORDER BY position LIMIT $2";
/// Rows of one multi-row insert.
const BATCH: usize = 1_000;

impl Tx {
    /// Appends changes, in order.
    pub(crate) async fn append_changes(
        &mut self,
        changes: &[(Entity, Uuid, Action)],
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        let count = i64::try_from(changes.len()).map_err(|_| StoreError::Value("changes"))?;
        let last: i64 =
            with_tx!(self, |conn| sqlx::query_scalar(TAKE_POSITIONS).bind(count).fetch_one(&mut *conn).await)?;
        let mut position = last - count;
        for batch in changes.chunks(BATCH) {
            let first = position;
            with_tx!(self, |conn| {
                let mut next = first;
                let mut insert = QueryBuilder::new(INSERT);
                insert.push_values(batch, |mut row, (entity, id, action)| {
                    next += 1;
                    row.push_bind(next).push_bind(entity.code()).push_bind(id).push_bind(action.code()).push_bind(at);
                });
                insert.build().execute(&mut *conn).await.map(|_| ())
            })?;
            position += i64::try_from(batch.len()).unwrap_or(0);
        }
        Ok(())
    }
}

impl Db {
    /// The position of the newest change, 0 before the first.
    pub async fn feed_position(&self) -> Result<u64, StoreError> {
        let position: i64 = with_pool!(self, |pool| sqlx::query_scalar(POSITION).fetch_one(pool).await)?;
        u64::try_from(position).map_err(|_| StoreError::Value("change_counter.position"))
    }

    /// Up to `limit` changes after a position, in order.
    pub async fn changes_since(&self, position: u64, limit: u32) -> Result<Vec<Change>, StoreError> {
        let after = i64::try_from(position).unwrap_or(i64::MAX);
        let rows: Vec<Row> =
            with_pool!(self, |pool| sqlx::query_as(SINCE).bind(after).bind(i64::from(limit)).fetch_all(pool).await)?;
        rows.into_iter()
            .map(|row| {
                Ok(Change {
                    position: u64::try_from(row.position).map_err(|_| StoreError::Value("change.position"))?,
                    entity: Entity::from_code(&row.kind)?,
                    id: row.entity_id,
                    action: if row.action == "put" { Action::Put } else { Action::Removed },
                    at: row.at,
                })
            })
            .collect()
    }
}
