//! What changed between two positions of the feed, and what it names.

use app::domain::{
    act::Act,
    publication::{Kind, content::Content},
};
use chrono::{DateTime, Utc};
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::super::{Db, StoreError, publication::shown, with_pool};
use crate::tlog::unpack;

/// A publication that changed.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    /// Id
    pub id: Uuid,
    /// Kind
    pub kind: Kind,
    /// Position of the first change
    pub first: u64,
    /// Position of the last one
    pub last: u64,
    /// When the first one was
    pub first_at: DateTime<Utc>,
    /// When the last one was
    pub last_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct ChangedEntity {
    kind: String,
    entity_id: Uuid,
    first: i64,
    last: i64,
    first_at: DateTime<Utc>,
    last_at: DateTime<Utc>,
}

/// A revision.
#[derive(Clone, Debug)]
pub(crate) struct Past {
    /// What was done
    pub act: Act,
    /// When
    pub at: DateTime<Utc>,
    /// JSON; none where nothing is public, or where it was deleted
    pub content: Option<String>,
    /// Rows of a table, packed
    pub lines: Option<Vec<u8>>,
}

#[derive(FromRow)]
struct PastRow {
    act: String,
    at: DateTime<Utc>,
    content: Option<String>,
    lines: Option<Vec<u8>>,
}

/// A row of a publication's table: a sample, an entry of a register.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct ChangedRow {
    /// Id
    pub id: Uuid,
    /// Place, from 1
    pub ordinal: i64,
    /// Of an entry of a register: the digest of its line in the public log
    pub content: Option<String>,
    /// An operator that it names
    pub one: Option<Uuid>,
    /// Another one
    pub other: Option<Uuid>,
    /// District, where the row has one of its own
    pub district: Option<String>,
}

const CHANGED: &str = "SELECT kind, entity_id, MIN(position) AS first, MAX(position) AS last, MIN(at) AS first_at, \
     MAX(at) AS last_at FROM change WHERE position > $1 AND position <= $2 AND kind <> 'operator' \
     GROUP BY kind, entity_id ORDER BY MAX(position)";
const LAST_REVISION: &str = "SELECT l.act, r.at, r.content, r.lines FROM revision r \
     JOIN log_leaf l ON l.entity_id = r.entity_id AND l.revision = r.number \
     WHERE r.entity_id = $1 AND (r.at < $2 OR ($3 AND r.at = $2)) ORDER BY r.number DESC LIMIT 1";
const ROWS: &str = "SELECT id, CAST(ordinal AS BIGINT) AS ordinal, producer_id AS one, seller_id AS other, CAST(NULL AS TEXT) AS district, CAST(NULL AS TEXT) AS content \
     FROM sample WHERE bulletin_id = $1 \
     UNION ALL SELECT id, CAST(ordinal AS BIGINT), operator_id, NULL, district, content FROM register_entry WHERE publication_id = $1";
const LINKED: &str = "SELECT operator_id FROM publication_operator WHERE publication_id = $1";
const TOLD: &str = "SELECT topic FROM alert_told WHERE publication_id = $1";
/// Values of one `IN (…)`.
const VALUES: usize = 500;

impl Db {
    /// Publications that changed after one position and not after another, each once, in the order of their last change.
    pub(crate) async fn changed_between(&self, after: u64, upto: u64) -> Result<Vec<Changed>, StoreError> {
        let bound = |position: u64| i64::try_from(position).unwrap_or(i64::MAX);
        let rows: Vec<ChangedEntity> = with_pool!(self, |pool| sqlx::query_as(CHANGED)
            .bind(bound(after))
            .bind(bound(upto))
            .fetch_all(pool)
            .await)?;
        let position = |position: i64| u64::try_from(position).map_err(|_| StoreError::Value("change.position"));
        rows.into_iter()
            .map(|row| {
                Ok(Changed {
                    id: row.entity_id,
                    kind: Kind::from_code(&row.kind).ok_or(StoreError::Value("change.kind"))?,
                    first: position(row.first)?,
                    last: position(row.last)?,
                    first_at: row.first_at,
                    last_at: row.last_at,
                })
            })
            .collect()
    }

    /// The last revision before a time, or not after it.
    pub(crate) async fn last_revision(
        &self,
        id: Uuid,
        at: DateTime<Utc>,
        inclusive: bool,
    ) -> Result<Option<Past>, StoreError> {
        let row: Option<PastRow> = with_pool!(self, |pool| sqlx::query_as(LAST_REVISION)
            .bind(id)
            .bind(at)
            .bind(inclusive)
            .fetch_optional(pool)
            .await)?;
        row.map(|row| {
            let act = Act::from_code(&row.act).ok_or(StoreError::Value("log_leaf.act"))?;
            Ok(Past { act, at: row.at, content: row.content, lines: row.lines })
        })
        .transpose()
    }

    /// The rows of a publication's table as they are now.
    pub(crate) async fn changed_rows(&self, publication: Uuid) -> Result<Vec<ChangedRow>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(ROWS).bind(publication).fetch_all(pool).await)?)
    }

    /// Operators that a publication names as it is now.
    pub(crate) async fn linked_operators(&self, publication: Uuid) -> Result<Vec<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(LINKED).bind(publication).fetch_all(pool).await)?)
    }

    /// Topics to which a publication was told.
    pub(crate) async fn told_topics(&self, publication: Uuid) -> Result<Vec<String>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(TOLD).bind(publication).fetch_all(pool).await)?)
    }

    /// Operators by the keys of their names.
    pub(crate) async fn operators_by_keys(&self, keys: &[String]) -> Result<Vec<Uuid>, StoreError> {
        let mut found = Vec::new();
        for batch in keys.chunks(VALUES) {
            let ids: Vec<Uuid> = with_pool!(self, |pool| {
                let mut query = QueryBuilder::new("SELECT id FROM operator WHERE name_key IN (");
                let mut list = query.separated(", ");
                for key in batch {
                    list.push_bind(key);
                }
                query.push(")");
                query.build_query_scalar().fetch_all(pool).await
            })?;
            found.extend(ids);
        }
        Ok(found)
    }

    /// Operators into which some of these were merged.
    pub(crate) async fn merged_into(&self, operators: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
        self.ids_of("SELECT merged_into FROM operator WHERE merged_into IS NOT NULL AND id IN (", operators).await
    }

    /// Publications of rows: of samples, and of entries of registers.
    pub(crate) async fn publications_of(&self, rows: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
        let mut found = self.ids_of("SELECT DISTINCT bulletin_id FROM sample WHERE id IN (", rows).await?;
        found.extend(self.ids_of("SELECT DISTINCT publication_id FROM register_entry WHERE id IN (", rows).await?);
        Ok(found)
    }

    /// Ids that a query, up to its `IN (`, gives for these.
    async fn ids_of(&self, query: &'static str, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
        let mut found = Vec::new();
        for batch in ids.chunks(VALUES) {
            let ids: Vec<Uuid> = with_pool!(self, |pool| {
                let mut query = QueryBuilder::new(query);
                let mut list = query.separated(", ");
                for id in batch {
                    list.push_bind(id);
                }
                query.push(")");
                query.build_query_scalar().fetch_all(pool).await
            })?;
            found.extend(ids);
        }
        Ok(found)
    }
}

impl Past {
    /// Whether the publication was public after it.
    pub fn is_public(&self) -> bool {
        matches!(self.act, Act::Publish | Act::Correct)
    }

    /// What readers see of it, in one text; tables by the root of their rows.
    pub fn shown(&self) -> Option<String> {
        match self.notice() {
            Some(content) => serde_json::to_string(&content).ok(),
            None => self.content.clone(),
        }
    }

    /// Content of a kind that is no table, as the public sees it.
    pub fn notice(&self) -> Option<Content> {
        serde_json::from_str(self.content.as_deref()?).ok().map(shown)
    }

    /// Rows of a table, one JSON text each.
    pub fn rows(&self) -> Result<Vec<String>, StoreError> {
        let rows = self.lines.as_deref().map(unpack).transpose().map_err(|_| StoreError::Value("revision.lines"))?;
        Ok(rows.unwrap_or_default())
    }
}
