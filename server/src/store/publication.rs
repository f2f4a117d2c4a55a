//! Publications of every kind: what is public, and the work that leads to the next public act.

mod attachments;
mod listing;
mod perform;
mod public;

use app::domain::publication::{
    Kind, Standing,
    content::Content,
    life::{Life, Stage, Work},
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use const_format::concatcp;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Db, StoreError, Tx, with_pool, with_tx};

pub use attachments::StoredAttachment;
pub(super) use perform::imported;
pub use perform::{Performed, Performing};
pub(super) use public::shown;

/// A publication with all that the desk knows of it.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Id
    pub id: Uuid,
    /// Kind
    pub kind: Kind,
    /// Standing and open work
    pub life: Life,
    /// Title of what is public, or of the work where nothing ever was
    pub title: String,
    /// 来源
    pub source: String,
    /// Day of publication
    pub published_on: Option<NaiveDate>,
    /// What is public or was last public; never of a bulletin or of what was removed
    pub content: Option<Content>,
    /// When it is removed by rule
    pub remove_on: Option<NaiveDate>,
    /// Raised by every write
    pub version: i64,
    /// Last write
    pub updated_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    standing: String,
    title: String,
    source: String,
    published_on: Option<NaiveDate>,
    content: Option<String>,
    remove_on: Option<NaiveDate>,
    work: Option<String>,
    version: i64,
    updated_at: DateTime<Utc>,
}

const COLUMNS: &str = "id, kind, standing, title, source, published_on, content, remove_on, work, version, updated_at";
const ONE: &str = concatcp!("SELECT ", COLUMNS, " FROM publication WHERE id = $1");
const INSERT: &str = "INSERT INTO publication (id, kind, standing, title, source, demo, work, stage, version, created_at, \
     updated_at) VALUES ($1, $2, 'never', $3, $4, FALSE, $5, 'draft', 1, $6, $6)";
/// Work on what never was public carries its title to lists.
const SAVE_WORK: &str = "UPDATE publication SET work = $3, stage = $4, due_at = $5, version = version + 1, updated_at = $6, \
     title = CASE WHEN standing = 'never' AND $7 <> '' THEN $7 ELSE title END, \
     source = CASE WHEN standing = 'never' AND $8 <> '' THEN $8 ELSE source END WHERE id = $1 AND version = $2";
const MARK_DEMO: &str = "UPDATE publication SET demo = TRUE WHERE id = $1";
const DELETE: &str = "DELETE FROM publication WHERE id = $1 AND version = $2 AND standing = 'never'";
const SCHEDULED: &str = "SELECT id FROM publication WHERE stage = 'scheduled' AND due_at <= $1 ORDER BY due_at, id";
const EXPIRED: &str =
    "SELECT id FROM publication WHERE remove_on <= $1 AND standing IN ('public', 'withdrawn') ORDER BY remove_on, id";
const SYNC: &str = "INSERT INTO publication (id, kind, standing, title, source, published_on, year, demo, work, stage, \
     version, created_at, updated_at) VALUES ($1, 'bulletin', $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10) \
     ON CONFLICT (id) DO UPDATE SET standing = CASE WHEN publication.standing = 'withdrawn' \
     AND excluded.standing = 'never' THEN 'withdrawn' ELSE excluded.standing END, title = excluded.title, source = excluded.source, \
     published_on = excluded.published_on, year = excluded.year, work = excluded.work, stage = excluded.stage, \
     due_at = NULL, version = publication.version + 1, updated_at = excluded.updated_at";

impl TryFrom<Row> for Publication {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let standing = Standing::from_code(&row.standing).ok_or(StoreError::Value("publication.standing"))?;
        Ok(Self {
            id: row.id,
            kind: Kind::from_code(&row.kind).ok_or(StoreError::Value("publication.kind"))?,
            life: Life { standing, work: row.work.as_deref().map(from_json::<Work>).transpose()? },
            title: row.title,
            source: row.source,
            published_on: row.published_on,
            content: row.content.as_deref().map(from_json).transpose()?,
            remove_on: row.remove_on,
            version: row.version,
            updated_at: row.updated_at,
        })
    }
}

pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Value("publication: json"))
}

pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Value("publication: json"))
}

/// When a scheduled act is due.
fn due_at(work: &Work) -> Option<DateTime<Utc>> {
    match work.stage {
        Stage::Scheduled(at) => Some(at),
        _ => None,
    }
}

/// What a bulletin's own tables say of it, for the row that every publication has.
pub(super) struct BulletinRow<'a> {
    pub id: Uuid,
    pub title: &'a str,
    pub source: &'a str,
    pub published_on: NaiveDate,
    pub demo: bool,
    /// Open work of one that is not public yet
    pub work: Option<Work>,
}

impl Db {
    /// One publication.
    pub async fn publication(&self, id: Uuid) -> Result<Option<Publication>, StoreError> {
        let row: Option<Row> = with_pool!(self, |pool| sqlx::query_as(ONE).bind(id).fetch_optional(pool).await)?;
        row.map(Publication::try_from).transpose()
    }

    /// Scheduled acts whose time has come.
    pub async fn publications_due(&self, now: DateTime<Utc>) -> Result<Vec<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(SCHEDULED).bind(now).fetch_all(pool).await)?)
    }

    /// Records whose time is over.
    pub async fn publications_expired(&self, today: NaiveDate) -> Result<Vec<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(EXPIRED).bind(today).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// One publication, as this transaction sees it.
    pub async fn publication(&mut self, id: Uuid) -> Result<Option<Publication>, StoreError> {
        let row: Option<Row> = with_tx!(self, |conn| sqlx::query_as(ONE).bind(id).fetch_optional(&mut *conn).await)?;
        row.map(Publication::try_from).transpose()
    }

    /// Begins a publication with its first draft.
    pub async fn insert_publication(
        &mut self,
        id: Uuid,
        kind: Kind,
        work: &Work,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (title, source) =
            work.content.as_ref().map(|content| (content.title.as_str(), content.source.as_str())).unwrap_or_default();
        with_tx!(self, |conn| sqlx::query(INSERT)
            .bind(id)
            .bind(kind.code())
            .bind(title)
            .bind(source)
            .bind(to_json(work)?)
            .bind(now)
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Marks a publication as demonstration content: every page says so then.
    pub async fn mark_demo(&mut self, id: Uuid) -> Result<(), StoreError> {
        with_tx!(self, |conn| sqlx::query(MARK_DEMO).bind(id).execute(&mut *conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Keeps open work, or its end. Tells whether the version still was the one that the writer had read.
    pub async fn save_work(
        &mut self,
        id: Uuid,
        version: i64,
        work: Option<&Work>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let content = work.and_then(|work| work.content.as_ref());
        let done = with_tx!(self, |conn| sqlx::query(SAVE_WORK)
            .bind(id)
            .bind(version)
            .bind(work.map(to_json).transpose()?)
            .bind(work.map(|work| work.stage.code()))
            .bind(work.and_then(due_at))
            .bind(now)
            .bind(content.map_or("", |content| content.title.as_str()))
            .bind(content.map_or("", |content| content.source.as_str()))
            .execute(&mut *conn)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done == 1)
    }

    /// Deletes what never was public.
    pub async fn delete_publication(&mut self, id: Uuid, version: i64) -> Result<bool, StoreError> {
        let done = with_tx!(self, |conn| sqlx::query(DELETE)
            .bind(id)
            .bind(version)
            .execute(&mut *conn)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done == 1)
    }

    /// Brings a bulletin's row to what its own tables say.
    pub(super) async fn sync_bulletin(
        &mut self,
        bulletin: BulletinRow<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let standing = if bulletin.work.is_some() { Standing::Never } else { Standing::Public };
        with_tx!(self, |conn| sqlx::query(SYNC)
            .bind(bulletin.id)
            .bind(standing.code())
            .bind(bulletin.title)
            .bind(bulletin.source)
            .bind(bulletin.published_on)
            .bind(bulletin.published_on.year())
            .bind(bulletin.demo)
            .bind(bulletin.work.as_ref().map(to_json).transpose()?)
            .bind(bulletin.work.as_ref().map(|work| work.stage.code()))
            .bind(now)
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
        Ok(())
    }
}
