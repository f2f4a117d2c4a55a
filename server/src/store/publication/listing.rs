//! What the desk lists.

use app::{
    domain::publication::{Kind, Standing, life::STAGES},
    ports::{DeskFilter, DeskLine},
};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::super::{Db, StoreError, with_pool};
use super::from_json;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    standing: String,
    title: String,
    work: Option<String>,
    published_on: Option<NaiveDate>,
    remove_on: Option<NaiveDate>,
    updated_at: DateTime<Utc>,
}

const LIST: &str = "SELECT id, kind, standing, title, work, published_on, remove_on, updated_at FROM publication \
     WHERE ($1 = '' OR stage = $1) AND ($2 = '' OR kind = $2) AND ($3 = '' OR title LIKE $3 ESCAPE '\\') \
     ORDER BY updated_at DESC, id DESC LIMIT $4 OFFSET $5";
const COUNTS: &str = "SELECT stage, COUNT(*) FROM publication WHERE stage IS NOT NULL GROUP BY stage";

impl Db {
    /// Publications as the desk lists them, the last written first.
    pub async fn desk_lines(&self, filter: &DeskFilter, skip: u32, limit: u32) -> Result<Vec<DeskLine>, StoreError> {
        let text = filter.text.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let like = if text.is_empty() { String::new() } else { format!("%{text}%") };
        let rows: Vec<Row> = with_pool!(self, |pool| sqlx::query_as(LIST)
            .bind(filter.stage.as_deref().unwrap_or_default())
            .bind(filter.kind.map_or("", Kind::code))
            .bind(&like)
            .bind(i64::from(limit))
            .bind(i64::from(skip))
            .fetch_all(pool)
            .await)?;
        rows.into_iter()
            .map(|row| {
                Ok(DeskLine {
                    id: row.id,
                    kind: Kind::from_code(&row.kind).ok_or(StoreError::Value("publication.kind"))?,
                    standing: Standing::from_code(&row.standing).ok_or(StoreError::Value("publication.standing"))?,
                    title: row.title,
                    work: row.work.as_deref().map(from_json).transpose()?,
                    published_on: row.published_on,
                    remove_on: row.remove_on,
                    publish_by: None,
                    updated_at: row.updated_at,
                })
            })
            .collect()
    }

    /// How many publications stand at each stage, in the order of [`STAGES`].
    pub async fn desk_counts(&self) -> Result<[u64; 4], StoreError> {
        let rows: Vec<(String, i64)> = with_pool!(self, |pool| sqlx::query_as(COUNTS).fetch_all(pool).await)?;
        Ok(STAGES.map(|stage| {
            rows.iter().find(|(known, _)| known == stage).map_or(0, |(_, count)| u64::try_from(*count).unwrap_or(0))
        }))
    }
}
