//! What the index needs beside the public ports.

use chrono::NaiveDate;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{Db, StoreError, with_pool};

/// An operator as the index keeps it.
#[derive(Clone, Debug, FromRow)]
pub struct IndexedOperator {
    /// Id
    pub id: Uuid,
    /// Name
    pub name: String,
    /// Address
    pub address: Option<String>,
    /// 统一社会信用代码
    pub uscc: Option<String>,
    /// 食品生产 / 经营许可证号
    pub licence: Option<String>,
    /// District
    pub district: Option<String>,
    /// What it is, a code
    pub kind: Option<String>,
    /// Latitude in millionths of a degree
    pub lat_e6: Option<i64>,
    /// Longitude
    pub lon_e6: Option<i64>,
    /// Other names, one a line
    pub aliases: String,
    /// Names of those merged into it
    #[sqlx(skip)]
    pub merged: Vec<String>,
}

#[derive(FromRow)]
struct MergedRow {
    merged_into: Uuid,
    name: String,
    aliases: String,
}

/// An entry of a register as the index keeps it.
#[derive(Clone, Debug, FromRow)]
pub struct IndexedEntry {
    /// Id
    pub id: Uuid,
    /// Code of its register
    pub register: String,
    /// Place in it
    pub ordinal: i64,
    /// What a list calls it
    pub title: String,
    /// What its cells say, between unit separators (U+001F)
    pub words: String,
    /// District
    pub district: Option<String>,
    /// Its day
    pub on_day: Option<NaiveDate>,
    /// Name of its operator
    pub operator: Option<String>,
}

/// What is over goes with an act (`Tx::expire_entries`), which the index follows.
const ENTRIES: &str = "SELECT e.id, e.register, e.ordinal, e.title, e.words, e.district, e.on_day, o.name AS operator \
     FROM register_entry e JOIN publication p ON p.id = e.publication_id LEFT JOIN operator o ON o.id = e.operator_id \
     WHERE e.publication_id = $1 AND p.standing = 'public' AND (e.ordinal, e.id) > ($2, $3) \
     ORDER BY e.ordinal, e.id LIMIT $4";
const OPERATORS: &str = "SELECT id, name, address, uscc, licence, district, kind, lat_e6, lon_e6, aliases FROM operator \
     WHERE public \
     AND id IN (";
const MERGED: &str = "SELECT merged_into, name, aliases FROM operator WHERE merged_into IN (";
const HAS_DEMO: &str = "SELECT EXISTS (SELECT 1 FROM publication WHERE demo)";
const IS_EMPTY: &str = "SELECT NOT EXISTS (SELECT 1 FROM bulletin)";
/// Ids of one `IN (…)`.
const IDS: usize = 500;

fn lines(aliases: &str) -> impl Iterator<Item = String> {
    aliases.lines().map(str::to_owned)
}

impl Db {
    /// Entries of a public register's publication after a place.
    pub async fn indexed_entries(
        &self,
        publication: Uuid,
        after: (i64, Uuid),
        limit: u32,
    ) -> Result<Vec<IndexedEntry>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(ENTRIES)
            .bind(publication)
            .bind(after.0)
            .bind(after.1)
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await)?)
    }

    /// Those of these operators that are public.
    pub async fn public_operators(&self, ids: &[Uuid]) -> Result<Vec<IndexedOperator>, StoreError> {
        let mut operators = Vec::with_capacity(ids.len());
        for batch in ids.chunks(IDS) {
            let rows: Vec<IndexedOperator> = with_pool!(self, |pool| {
                let mut query = QueryBuilder::new(OPERATORS);
                let mut list = query.separated(", ");
                for id in batch {
                    list.push_bind(id);
                }
                query.push(")");
                query.build_query_as().fetch_all(pool).await
            })?;
            let merged: Vec<MergedRow> = with_pool!(self, |pool| {
                let mut query = QueryBuilder::new(MERGED);
                let mut list = query.separated(", ");
                for id in batch {
                    list.push_bind(id);
                }
                query.push(") ORDER BY created_at, id");
                query.build_query_as().fetch_all(pool).await
            })?;
            operators.extend(rows.into_iter().map(|mut row: IndexedOperator| {
                let own = merged.iter().filter(|one| one.merged_into == row.id);
                row.merged = own.flat_map(|one| [one.name.clone()].into_iter().chain(lines(&one.aliases))).collect();
                row
            }));
        }
        Ok(operators)
    }

    /// Whether demonstration content is loaded.
    pub async fn has_demo(&self) -> Result<bool, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(HAS_DEMO).fetch_one(pool).await)?)
    }

    /// Whether nothing was ever imported.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(IS_EMPTY).fetch_one(pool).await)?)
    }
}
