//! What the index needs beside the public ports.

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
}

const OPERATORS: &str = "SELECT id, name, address, uscc, licence FROM operator WHERE public AND id IN (";
const HAS_DEMO: &str = "SELECT EXISTS (SELECT 1 FROM publication WHERE demo)";
const IS_EMPTY: &str = "SELECT NOT EXISTS (SELECT 1 FROM bulletin)";
/// Ids of one `IN (…)`.
const IDS: usize = 500;

impl Db {
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
            operators.extend(rows);
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
