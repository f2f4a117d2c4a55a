//! Saving a bulletin: samples, operators, tallies and the change feed in one transaction.

mod content;
mod insert;
mod operators;

use app::domain::{
    act::Act,
    bulletin::Tally,
    publication::{
        Kind,
        content::{Content, Table},
    },
    sample::{Group, SampleDraft},
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{
    Action, Db, Difference, Entity, StoreError, Tx,
    acts::NewAct,
    diff::{self, Comparison, Fate, Known},
    publication::{BulletinRow, imported},
    with_pool, with_tx,
};
use crate::id::Ids;

/// Passed and failed of these samples.
pub fn tally<'a>(samples: impl Iterator<Item = &'a SampleDraft>) -> Tally {
    let mut tally = Tally::default();
    samples.filter_map(|sample| sample.verdict).for_each(|verdict| tally.count(verdict));
    tally
}

/// The file a bulletin comes from.
#[derive(Clone, Debug)]
pub struct OriginalDraft {
    /// SHA-256, hexadecimal
    pub sha256: String,
    /// File name
    pub name: String,
    /// Bytes
    pub size: u64,
}

/// A bulletin to be stored.
#[derive(Clone, Debug)]
pub struct BulletinDraft {
    /// The bulletin that this is a new form of, whatever its title; else the one of the same key, or a new one
    pub replaces: Option<Uuid>,
    /// Title
    pub title: String,
    /// 期号
    pub issue_no: Option<String>,
    /// Day of publication
    pub published_on: NaiveDate,
    /// 来源
    pub source: String,
    /// Text above the table
    pub intro: Option<String>,
    /// Notes below the table
    pub notes: Vec<String>,
    /// Its file
    pub original: Option<OriginalDraft>,
    /// Its samples, in order; each has a verdict
    pub samples: Vec<SampleDraft>,
    /// Demonstration content
    pub demo: bool,
    /// Make it public (a bulletin that is public stays so)
    pub publish: bool,
    /// Why a public bulletin is corrected
    pub reason: Option<String>,
}

/// What saving did, or would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The bulletin; `None` for one that does not exist yet and was only compared
    pub id: Option<Uuid>,
    /// What changed in its samples
    pub difference: Difference,
    /// Position of the feed after it
    pub position: u64,
    /// Whether it is public
    pub published: bool,
}

/// What is stored under a bulletin's key or file.
#[derive(Clone, Debug, FromRow)]
pub struct Existing {
    /// Id
    pub id: Uuid,
    /// Title
    pub title: String,
    /// 期号
    pub issue_no: Option<String>,
    /// Day of publication
    pub published_on: NaiveDate,
    /// 来源
    pub source: String,
    intro: Option<String>,
    notes: String,
    state: String,
}

const BY_KEY: &str =
    "SELECT id, title, issue_no, published_on, source, intro, notes, state FROM bulletin WHERE import_key = $1";
const BY_FILE: &str = "SELECT b.id, b.title, b.issue_no, b.published_on, b.source, b.intro, b.notes, b.state \
     FROM bulletin b JOIN original o ON o.bulletin_id = b.id WHERE o.sha256 = $1 ORDER BY b.created_at LIMIT 1";
const BY_ID: &str = "SELECT id, title, issue_no, published_on, source, intro, notes, state FROM bulletin WHERE id = $1";
const TITLED: &str = "SELECT id, title, issue_no, published_on, source, intro, notes, state FROM bulletin \
     WHERE title = $1 AND COALESCE(issue_no, '') = $2 AND source = $3 LIMIT 2";
const KNOWN: &str = "SELECT id, ordinal, identity, content FROM sample WHERE bulletin_id = $1";
const INSERT_BULLETIN: &str = "INSERT INTO bulletin (id, import_key, title, issue_no, published_on, year, source, intro, \
     notes, state, demo, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)";
const UPDATE_BULLETIN: &str = "UPDATE bulletin SET intro = $2, notes = $3, state = $4, updated_at = $5, title = $6, \
     issue_no = $7, published_on = $8, year = $9, source = $10, import_key = $11 WHERE id = $1";
/// Samples carry the day and publisher of their bulletin, unless their row says another.
const MOVE_DAY: &str =
    "UPDATE sample SET published_on = $3, year = $4 WHERE bulletin_id = $1 AND published_on = $2 AND $2 <> $3";
const MOVE_SOURCE: &str = "UPDATE sample SET publisher = $3 WHERE bulletin_id = $1 AND publisher = $2 AND $2 <> $3";
const INSERT_ORIGINAL: &str = "INSERT INTO original (bulletin_id, sha256, name, size, added_at) VALUES ($1, $2, $3, $4, $5) \
     ON CONFLICT (bulletin_id, sha256) DO NOTHING";
const DROP_TALLIES: &str = "DELETE FROM bulletin_tally WHERE bulletin_id = $1";
const COMPUTE_TALLIES: &str = "INSERT INTO bulletin_tally (bulletin_id, grp, passed, failed) \
     SELECT bulletin_id, grp, SUM(CASE verdict WHEN 'passed' THEN 1 ELSE 0 END), \
     SUM(CASE verdict WHEN 'failed' THEN 1 ELSE 0 END) FROM sample WHERE bulletin_id = $1 GROUP BY bulletin_id, grp";
/// Places of samples that move are first set aside: (bulletin, verdict, place) is unique.
const SET_ASIDE: &str = "UPDATE sample SET ordinal = -ordinal WHERE bulletin_id = $1";
const MOVE: &str = "UPDATE sample SET ordinal = $2 WHERE id = $1";
const DELETE_SAMPLES: &str = "DELETE FROM sample WHERE id IN (";
/// Ids of one `IN (…)`.
const IDS: usize = 500;

#[derive(FromRow)]
struct KnownRow {
    id: Uuid,
    ordinal: i32,
    identity: String,
    content: String,
}

impl From<KnownRow> for Known {
    fn from(row: KnownRow) -> Self {
        Self { id: row.id, ordinal: row.ordinal, identity: row.identity, content: row.content }
    }
}

impl Existing {
    /// Whether everything but the samples is as in a draft.
    fn says(&self, draft: &BulletinDraft, notes: &str) -> bool {
        self.intro == draft.intro
            && self.notes == notes
            && self.title == draft.title
            && self.issue_no == draft.issue_no
            && self.published_on == draft.published_on
            && self.source == draft.source
    }
}

impl BulletinDraft {
    /// Two drafts with one key are the same bulletin.
    fn key(&self) -> String {
        let issue = self.issue_no.as_deref().unwrap_or_default();
        [self.title.trim(), issue.trim(), self.source.trim(), &self.published_on.to_string()].join("\u{1f}")
    }

    /// The row that every publication has. One that is not public yet is a draft of the desk.
    fn row(&self, id: Uuid, published: bool) -> BulletinRow<'_> {
        let work = (!published).then(|| imported(self.content()));
        let (title, source, published_on) = (self.title.as_str(), self.source.as_str(), self.published_on);
        BulletinRow { id, title, source, published_on, demo: self.demo, work }
    }

    /// The draft as the desk shows it.
    fn content(&self) -> Content {
        let mut content = Content::new(Kind::Bulletin);
        content.title.clone_from(&self.title);
        content.source.clone_from(&self.source);
        content.published_on = Some(self.published_on);
        content.body = self.intro.clone().unwrap_or_default();
        content.fields.extend(self.issue_no.iter().map(|issue| ("issue_no".to_owned(), issue.clone())));
        content.table = self.original.as_ref().map(|file| Table {
            sha256: file.sha256.clone(),
            name: file.name.clone(),
            size: file.size,
            mapping: Vec::new(),
            samples: self.samples.len() as u64,
            food: tally(self.samples.iter().filter(|sample| sample.group == Group::Food)),
            all: tally(self.samples.iter()),
            errors: 0,
        });
        content
    }

    /// Identity and content of each sample, in order.
    fn fingerprints(&self) -> Vec<(String, String)> {
        diff::identities(&self.samples).into_iter().zip(self.samples.iter().map(diff::content)).collect()
    }
}

impl Db {
    /// The bulletin that a file was imported into, if it was.
    pub async fn bulletin_of_file(&self, sha256: &str) -> Result<Option<Existing>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(BY_FILE).bind(sha256).fetch_optional(pool).await)?)
    }

    /// The bulletins of a title, issue and publisher, two at most.
    pub async fn bulletins_titled(
        &self,
        title: &str,
        issue_no: Option<&str>,
        source: &str,
    ) -> Result<Vec<Existing>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(TITLED)
            .bind(title)
            .bind(issue_no.unwrap_or_default())
            .bind(source)
            .fetch_all(pool)
            .await)?)
    }

    /// What saving would change.
    pub async fn preview(&self, draft: &BulletinDraft) -> Result<Saved, StoreError> {
        let existing: Option<Existing> =
            with_pool!(self, |pool| sqlx::query_as(BY_KEY).bind(draft.key()).fetch_optional(pool).await)?;
        let known: Vec<KnownRow> = match &existing {
            Some(found) => with_pool!(self, |pool| sqlx::query_as(KNOWN).bind(found.id).fetch_all(pool).await)?,
            None => Vec::new(),
        };
        let known = known.into_iter().map(Known::from).collect();
        Ok(Saved {
            id: existing.as_ref().map(|found| found.id),
            difference: diff::compare(known, &draft.fingerprints()).difference,
            position: self.feed_position().await?,
            published: existing.is_some_and(|found| found.state == "published"),
        })
    }

    /// Saves a bulletin whole or not at all. Saving the same again changes nothing, not even the feed.
    pub async fn save_bulletin(
        &self,
        draft: &BulletinDraft,
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<Saved, StoreError> {
        let mut tx = self.begin().await?;
        let saved = tx.save_bulletin(draft, ids, now).await?;
        tx.commit().await?;
        Ok(Saved { position: self.feed_position().await?, ..saved })
    }
}

impl Tx {
    /// Saves a bulletin in this transaction. The position is not known before its end.
    pub(crate) async fn save_bulletin(
        &mut self,
        draft: &BulletinDraft,
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<Saved, StoreError> {
        let fingerprints = draft.fingerprints();
        let existing: Option<Existing> = match draft.replaces {
            Some(id) => with_tx!(self, |conn| sqlx::query_as(BY_ID).bind(id).fetch_optional(&mut *conn).await)?,
            None => with_tx!(self, |conn| sqlx::query_as(BY_KEY).bind(draft.key()).fetch_optional(&mut *conn).await)?,
        };
        let was_public = existing.as_ref().is_some_and(|found| found.state == "published");
        let published = was_public || draft.publish;
        let comparison = match &existing {
            Some(found) => diff::compare(self.known_samples(found.id).await?, &fingerprints),
            None => diff::compare(Vec::new(), &fingerprints),
        };
        let id = existing.as_ref().map(|found| found.id).or(draft.replaces).unwrap_or_else(|| ids.next(now));
        let notes = draft.notes.join("\n");
        let same_text = existing.as_ref().is_some_and(|found| found.says(draft, &notes));
        let saved = Saved { id: Some(id), difference: comparison.difference, position: 0, published };
        if comparison.difference.is_empty() && same_text && was_public == published {
            self.add_original(id, draft, now).await?;
            return Ok(saved);
        }
        let state = if published { "published" } else { "draft" };
        match &existing {
            Some(found) => self.update_bulletin(found, draft, &notes, state, now).await?,
            None => self.insert_bulletin(id, draft, &notes, state, now).await?,
        }
        self.add_original(id, draft, now).await?;
        let mut operators = self.apply(id, draft, &fingerprints, &comparison, ids, now).await?;
        self.recompute_tallies(id).await?;
        operators.extend(self.publish_operators(id, published, &comparison).await?);
        self.sync_bulletin(draft.row(id, published), now).await?;
        if published {
            let act = if was_public { Act::Correct } else { Act::Publish };
            let content = Some(self.bulletin_content(id, draft, ids).await?);
            let reason = draft.reason.as_deref();
            self.log_act(&NewAct { act, entity: Entity::BULLETIN, id, content, reason }, now).await?;
            let mut changes = vec![(Entity::BULLETIN, id, Action::Put)];
            changes.extend(operators);
            self.append_changes(&changes, now).await?;
        }
        Ok(saved)
    }

    async fn update_bulletin(
        &mut self,
        known: &Existing,
        draft: &BulletinDraft,
        notes: &str,
        state: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let id = known.id;
        with_tx!(self, |conn| sqlx::query(UPDATE_BULLETIN)
            .bind(id)
            .bind(&draft.intro)
            .bind(notes)
            .bind(state)
            .bind(now)
            .bind(&draft.title)
            .bind(&draft.issue_no)
            .bind(draft.published_on)
            .bind(draft.published_on.year())
            .bind(&draft.source)
            .bind(draft.key())
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
        with_tx!(self, |conn| sqlx::query(MOVE_DAY)
            .bind(id)
            .bind(known.published_on)
            .bind(draft.published_on)
            .bind(draft.published_on.year())
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
        with_tx!(self, |conn| sqlx::query(MOVE_SOURCE)
            .bind(id)
            .bind(&known.source)
            .bind(&draft.source)
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
        Ok(())
    }
}

impl Tx {
    async fn known_samples(&mut self, bulletin: Uuid) -> Result<Vec<Known>, StoreError> {
        let rows: Vec<KnownRow> =
            with_tx!(self, |conn| sqlx::query_as(KNOWN).bind(bulletin).fetch_all(&mut *conn).await)?;
        Ok(rows.into_iter().map(Known::from).collect())
    }

    async fn insert_bulletin(
        &mut self,
        id: Uuid,
        draft: &BulletinDraft,
        notes: &str,
        state: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        with_tx!(self, |conn| sqlx::query(INSERT_BULLETIN)
            .bind(id)
            .bind(draft.key())
            .bind(&draft.title)
            .bind(&draft.issue_no)
            .bind(draft.published_on)
            .bind(draft.published_on.year())
            .bind(&draft.source)
            .bind(&draft.intro)
            .bind(notes)
            .bind(state)
            .bind(draft.demo)
            .bind(now)
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    async fn add_original(&mut self, id: Uuid, draft: &BulletinDraft, now: DateTime<Utc>) -> Result<(), StoreError> {
        let Some(file) = &draft.original else { return Ok(()) };
        let size = i64::try_from(file.size).map_err(|_| StoreError::Value("original.size"))?;
        with_tx!(self, |conn| sqlx::query(INSERT_ORIGINAL)
            .bind(id)
            .bind(&file.sha256)
            .bind(&file.name)
            .bind(size)
            .bind(now)
            .execute(&mut *conn)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Deletes, moves and inserts samples so that they are those of the file. Gives the changes of operators.
    async fn apply(
        &mut self,
        bulletin: Uuid,
        draft: &BulletinDraft,
        fingerprints: &[(String, String)],
        comparison: &Comparison,
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<Vec<(Entity, Uuid, Action)>, StoreError> {
        let changed = comparison.fates.iter().filter_map(|fate| match fate {
            Fate::Change(id) => Some(*id),
            Fate::Create | Fate::Keep { .. } => None,
        });
        let gone: Vec<Uuid> = comparison.removed.iter().copied().chain(changed).collect();
        self.delete_samples(&gone).await?;
        self.move_samples(bulletin, &comparison.fates).await?;
        let mut places = Vec::new();
        for (index, fate) in comparison.fates.iter().enumerate() {
            let id = match fate {
                Fate::Create => ids.next(now),
                Fate::Change(id) => *id,
                Fate::Keep { .. } => continue,
            };
            places.push(insert::Place { id, index });
        }
        let operators = self.link_operators(draft, &places, ids, now).await?;
        self.insert_samples(bulletin, draft, fingerprints, &places, &operators).await?;
        Ok(operators.changes)
    }

    async fn delete_samples(&mut self, gone: &[Uuid]) -> Result<(), StoreError> {
        for batch in gone.chunks(IDS) {
            with_tx!(self, |conn| {
                let mut query = QueryBuilder::new(DELETE_SAMPLES);
                let mut list = query.separated(", ");
                for id in batch {
                    list.push_bind(id);
                }
                query.push(")");
                query.build().execute(&mut *conn).await.map(|_| ())
            })?;
        }
        Ok(())
    }

    async fn move_samples(&mut self, bulletin: Uuid, fates: &[Fate]) -> Result<(), StoreError> {
        let anything_moves = fates.iter().any(|fate| matches!(fate, Fate::Keep { moved: true, .. }));
        if !anything_moves {
            return Ok(());
        }
        with_tx!(self, |conn| sqlx::query(SET_ASIDE).bind(bulletin).execute(&mut *conn).await.map(|_| ()))?;
        for (place, fate) in (1i32..).zip(fates) {
            if let Fate::Keep { id, .. } = fate {
                with_tx!(self, |conn| sqlx::query(MOVE).bind(id).bind(place).execute(&mut *conn).await.map(|_| ()))?;
            }
        }
        Ok(())
    }

    async fn recompute_tallies(&mut self, bulletin: Uuid) -> Result<(), StoreError> {
        for statement in [DROP_TALLIES, COMPUTE_TALLIES] {
            with_tx!(self, |conn| sqlx::query(statement).bind(bulletin).execute(&mut *conn).await.map(|_| ()))?;
        }
        Ok(())
    }
}
