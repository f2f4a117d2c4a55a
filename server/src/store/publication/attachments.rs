//! Files of publications: what is known of them. Their bytes are `crate::files`' business.

use app::domain::publication::content::Attachment;
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::super::{Db, StoreError, Tx, run, with_pool, with_tx};
use super::{from_json, to_json};

/// An attachment with what the check before publication needs.
#[derive(Clone, Debug)]
pub struct StoredAttachment {
    /// What content lists of it
    pub attachment: Attachment,
    /// Whose it is
    pub publication: Uuid,
    /// Its text layers
    pub text: String,
    /// What keeps it from being published, as sentences; whether an officer may confirm it
    pub concerns: Vec<(String, bool)>,
    /// Whether the public may have it
    pub public: bool,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    publication_id: Uuid,
    name: String,
    media_type: String,
    size: i64,
    sha256: String,
    text: String,
    concerns: String,
    public: bool,
}

const INSERT: &str = "INSERT INTO attachment (id, publication_id, name, media_type, size, sha256, text, concerns, public, \
     added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE, $9)";
const OF: &str = "SELECT id, publication_id, name, media_type, size, sha256, text, concerns, public FROM attachment \
     WHERE publication_id = $1 ORDER BY added_at, id";
const ONE: &str = "SELECT id, publication_id, name, media_type, size, sha256, text, concerns, public FROM attachment \
     WHERE id = $1";
/// A file that was public and is in the content no more: 410.
const BURY: &str = "INSERT INTO tombstone (id, publication_id) SELECT id, publication_id FROM attachment \
     WHERE publication_id = $1 AND public ON CONFLICT (id) DO NOTHING";
const UNEARTH: &str = "DELETE FROM tombstone WHERE id = $2 AND publication_id = $1";
const IS_BURIED: &str = "SELECT EXISTS (SELECT 1 FROM tombstone WHERE id = $1)";
const HIDE: &str = "UPDATE attachment SET public = FALSE WHERE publication_id = $1";
const SHOW: &str = "UPDATE attachment SET public = TRUE WHERE publication_id = $1 AND id = $2";
const DELETE: &str = "DELETE FROM attachment WHERE publication_id = $1 RETURNING id";
const ALL: &str = "SELECT id FROM attachment";

impl TryFrom<Row> for StoredAttachment {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let size = u64::try_from(row.size).map_err(|_| StoreError::Value("attachment.size"))?;
        let (name, media_type, sha256) = (row.name, row.media_type, row.sha256);
        Ok(Self {
            attachment: Attachment { id: row.id, name, media_type, size, sha256 },
            publication: row.publication_id,
            text: row.text,
            concerns: from_json(&row.concerns)?,
            public: row.public,
        })
    }
}

impl Db {
    /// The files of a publication, those of drafts too.
    pub async fn attachments(&self, publication: Uuid) -> Result<Vec<StoredAttachment>, StoreError> {
        let rows: Vec<Row> = with_pool!(self, |pool| sqlx::query_as(OF).bind(publication).fetch_all(pool).await)?;
        rows.into_iter().map(StoredAttachment::try_from).collect()
    }

    /// One file.
    pub async fn attachment(&self, id: Uuid) -> Result<Option<StoredAttachment>, StoreError> {
        let row: Option<Row> = with_pool!(self, |pool| sqlx::query_as(ONE).bind(id).fetch_optional(pool).await)?;
        row.map(StoredAttachment::try_from).transpose()
    }

    /// Whether this was the id of a file or sample that the public could have.
    pub async fn is_buried(&self, id: Uuid) -> Result<bool, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(IS_BURIED).bind(id).fetch_one(pool).await)?)
    }

    /// Ids of all files that are still known; bytes of any other are left over from a crash or a removal.
    pub async fn attachment_ids(&self) -> Result<Vec<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(ALL).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// Adds a file to a publication; it is not public before its content is.
    pub async fn insert_attachment(&mut self, new: &StoredAttachment, now: DateTime<Utc>) -> Result<(), StoreError> {
        let size = i64::try_from(new.attachment.size).map_err(|_| StoreError::Value("attachment.size"))?;
        with_tx!(self, |conn| sqlx::query(INSERT)
            .bind(new.attachment.id)
            .bind(new.publication)
            .bind(&new.attachment.name)
            .bind(&new.attachment.media_type)
            .bind(size)
            .bind(&new.attachment.sha256)
            .bind(&new.text)
            .bind(to_json(&new.concerns)?)
            .bind(now)
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Makes these files of a publication public and no others.
    pub(super) async fn show_attachments(&mut self, publication: Uuid, shown: &[Attachment]) -> Result<(), StoreError> {
        run!(self, BURY, publication)?;
        run!(self, HIDE, publication)?;
        for attachment in shown {
            run!(self, UNEARTH, publication, attachment.id)?;
            run!(self, SHOW, publication, attachment.id)?;
        }
        Ok(())
    }

    /// Forgets the files of a publication. Gives their ids: their bytes go after the commit.
    pub(super) async fn delete_attachments(&mut self, publication: Uuid) -> Result<Vec<Uuid>, StoreError> {
        Ok(with_tx!(self, |conn| sqlx::query_scalar(DELETE).bind(publication).fetch_all(&mut *conn).await)?)
    }
}
