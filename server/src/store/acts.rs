//! Public acts: a revision and a leaf of the public log, in the transaction of the act.

use app::{domain::act::Act, ports::Revision};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Db, Entity, StoreError, Tx, with_pool, with_tx};
use crate::tlog::{LeafEntry, Record, commitment, unpack};

/// What is to be logged.
pub(crate) struct NewAct<'a> {
    pub act: Act,
    pub entity: Entity,
    pub id: Uuid,
    /// What is public from now on; none for withdrawing and removing
    pub content: Option<Content>,
    /// Why, for people
    pub reason: Option<&'a str>,
}

/// The content of a revision.
#[derive(Clone)]
pub(crate) struct Content {
    /// JSON
    pub text: String,
    /// Samples of a bulletin or entries of a register, packed
    pub lines: Option<Vec<u8>>,
    /// 32 random bytes
    pub salt: [u8; 32],
}

#[derive(FromRow)]
struct RecordRow {
    place: i64,
    entry: String,
    salt: Option<Vec<u8>>,
    content: Option<String>,
    lines: Option<Vec<u8>>,
}

#[derive(FromRow)]
struct RevisionRow {
    number: i32,
    act: String,
    at: DateTime<Utc>,
    reason: Option<String>,
    place: i64,
    shown: bool,
}

const REVISIONS: &str = "SELECT r.number, l.act, r.at, r.reason, l.place, r.content IS NOT NULL AS shown FROM revision r \
     JOIN log_leaf l ON l.entity_id = r.entity_id AND l.revision = r.number WHERE r.entity_id = $1 ORDER BY r.number DESC";
const NEXT_REVISION: &str = "SELECT COALESCE(MAX(number), 0) + 1 FROM revision WHERE entity_id = $1";
const INSERT_REVISION: &str = "INSERT INTO revision (entity_id, number, kind, content, salt, lines, reason, at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const TAKE_PLACE: &str = "UPDATE log_counter SET leaves = leaves + 1 WHERE id = 1 RETURNING leaves";
const INSERT_LEAF: &str = "INSERT INTO log_leaf (place, entity_id, revision, act, entry) VALUES ($1, $2, $3, $4, $5)";
/// Locks the counter as [`TAKE_PLACE`] does.
const NEXT_PLACE: &str = "UPDATE log_counter SET leaves = leaves WHERE id = 1 RETURNING leaves";
const LEAVES: &str = "SELECT leaves FROM log_counter WHERE id = 1";
const ENTRIES: &str = "SELECT place, entry FROM log_leaf WHERE place >= $1 ORDER BY place LIMIT $2";
/// What a withdrawn publication said is not given out, although it is kept. Rounds of votes are not withdrawn.
const RECORD: &str = "SELECT l.place, l.entry, CASE WHEN p.standing = 'public' OR r.kind = 'poll' THEN r.salt END AS salt, \
     CASE WHEN p.standing = 'public' OR r.kind = 'poll' THEN r.content END AS content, \
     CASE WHEN $3 AND p.standing = 'public' THEN r.lines END AS lines \
     FROM log_leaf l JOIN revision r ON r.entity_id = l.entity_id AND r.number = l.revision \
     LEFT JOIN publication p ON p.id = l.entity_id WHERE l.entity_id = $1 AND l.revision = $2";
const FORGET: &str = "UPDATE revision SET content = NULL, salt = NULL, lines = NULL WHERE entity_id = $1 \
     AND ($2 OR number < (SELECT MAX(number) FROM revision WHERE entity_id = $1))";

impl Tx {
    /// The place that the next leaf will have. Nobody else takes it before the end of the transaction.
    pub(super) async fn next_place(&mut self) -> Result<i64, StoreError> {
        Ok(with_tx!(self, |conn| sqlx::query_scalar(NEXT_PLACE).fetch_one(&mut *conn).await)?)
    }

    /// Writes a revision and its leaf; gives the leaf's place.
    pub(crate) async fn log_act(&mut self, new: &NewAct<'_>, at: DateTime<Utc>) -> Result<i64, StoreError> {
        let number: i32 =
            with_tx!(self, |conn| sqlx::query_scalar(NEXT_REVISION).bind(new.id).fetch_one(&mut *conn).await)?;
        let content = new.content.as_ref();
        with_tx!(self, |conn| sqlx::query(INSERT_REVISION)
            .bind(new.id)
            .bind(number)
            .bind(new.entity.code())
            .bind(content.map(|content| content.text.as_str()))
            .bind(content.map(|content| content.salt.as_slice()))
            .bind(content.and_then(|content| content.lines.as_deref()))
            .bind(new.reason)
            .bind(at)
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
        let entry = LeafEntry {
            act: new.act.code().to_owned(),
            kind: new.entity.code().to_owned(),
            id: new.id,
            revision: number,
            at,
            commitment: content.map(|content| commitment(&content.salt, &content.text)),
        };
        let entry = serde_json::to_string(&entry).map_err(|_| StoreError::Value("log_leaf.entry"))?;
        let leaves: i64 = with_tx!(self, |conn| sqlx::query_scalar(TAKE_PLACE).fetch_one(&mut *conn).await)?;
        with_tx!(self, |conn| sqlx::query(INSERT_LEAF)
            .bind(leaves - 1)
            .bind(new.id)
            .bind(number)
            .bind(new.act.code())
            .bind(&entry)
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
        Ok(leaves - 1)
    }
}

impl Tx {
    /// Deletes content and salt of all revisions of a publication, or of all but the newest. Their leaves stay.
    pub(super) async fn forget_revisions(&mut self, id: Uuid, all: bool) -> Result<(), StoreError> {
        with_tx!(self, |conn| sqlx::query(FORGET).bind(id).bind(all).execute(&mut *conn).await.map(|_| ()))?;
        Ok(())
    }
}

impl Db {
    /// Number of leaves of the public log.
    pub async fn log_leaves(&self) -> Result<u64, StoreError> {
        let leaves: i64 = with_pool!(self, |pool| sqlx::query_scalar(LEAVES).fetch_one(pool).await)?;
        u64::try_from(leaves).map_err(|_| StoreError::Value("log_counter.leaves"))
    }

    /// Entries from a place on, in order and without gaps.
    ///
    /// # Errors
    /// [`StoreError::Value`] where one is missing.
    pub async fn log_entries(&self, from: u64, limit: u32) -> Result<Vec<String>, StoreError> {
        let first = i64::try_from(from).map_err(|_| StoreError::Value("log_leaf.place"))?;
        let rows: Vec<(i64, String)> =
            with_pool!(self, |pool| sqlx::query_as(ENTRIES).bind(first).bind(i64::from(limit)).fetch_all(pool).await)?;
        let is_whole = rows.iter().zip(first..).all(|((place, _), expected)| *place == expected);
        if !is_whole {
            return Err(StoreError::Value("log_leaf: a leaf is missing"));
        }
        Ok(rows.into_iter().map(|(_, entry)| entry).collect())
    }

    /// The public acts on a publication, the newest first.
    pub(crate) async fn revisions(&self, id: Uuid) -> Result<Vec<Revision>, StoreError> {
        let rows: Vec<RevisionRow> = with_pool!(self, |pool| sqlx::query_as(REVISIONS).bind(id).fetch_all(pool).await)?;
        rows.into_iter()
            .map(|row| {
                Ok(Revision {
                    number: u32::try_from(row.number).map_err(|_| StoreError::Value("revision.number"))?,
                    act: Act::from_code(&row.act).ok_or(StoreError::Value("log_leaf.act"))?,
                    at: row.at,
                    reason: row.reason,
                    place: u64::try_from(row.place).map_err(|_| StoreError::Value("log_leaf.place"))?,
                    shown: row.shown,
                })
            })
            .collect()
    }

    /// What anybody can check of a revision; without lines where the samples are not asked for.
    pub async fn log_record(&self, id: Uuid, revision: i32, with_lines: bool) -> Result<Option<Record>, StoreError> {
        let row: Option<RecordRow> = with_pool!(self, |pool| sqlx::query_as(RECORD)
            .bind(id)
            .bind(revision)
            .bind(with_lines)
            .fetch_optional(pool)
            .await)?;
        row.map(|row| {
            let lines = row.lines.as_deref().map(unpack).transpose();
            Ok(Record {
                index: u64::try_from(row.place).map_err(|_| StoreError::Value("log_leaf.place"))?,
                entry: row.entry,
                salt: row.salt.as_deref().map(super::hex),
                content: row.content,
                lines: lines.map_err(|_| StoreError::Value("revision.lines"))?,
            })
        })
        .transpose()
    }
}
