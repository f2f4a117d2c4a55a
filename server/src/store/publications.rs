//! Bulletins and samples that are public.

use std::collections::HashMap;

use app::domain::{
    bulletin::Tally,
    publication::{
        Kind,
        content::{Content, Table},
    },
    sample::Group,
};
use app::ports::{
    Bulletin, BulletinLine, OriginalFile, Overview, Page, PortError, PortResult, Publications, Sample, SampleScope,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use const_format::concatcp;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{
    Db, StoreError,
    cursor::{DayCursor, PlaceCursor},
    rows::{BULLETIN_COLUMNS, BulletinRow, SAMPLE_COLUMNS, SampleRow, TallyRow, tallies},
    with_pool,
};

/// Every year, for a list that is not limited to one.
const ANY_YEAR: (i32, i32) = (0, 9999);

const LIST: &str = concatcp!(
    "SELECT ",
    BULLETIN_COLUMNS,
    " FROM bulletin WHERE state = 'published' AND year BETWEEN $1 AND $2 \
     AND (published_on, id) < ($3, $4) ORDER BY published_on DESC, id DESC LIMIT $5"
);
const TALLIES_OF: &str = "SELECT bulletin_id, grp, passed, failed FROM bulletin_tally WHERE bulletin_id IN (";
const YEARS: &str = "SELECT year, COUNT(*) FROM bulletin WHERE state = 'published' GROUP BY year ORDER BY year DESC";
const ONE: &str = concatcp!(
    "SELECT ",
    BULLETIN_COLUMNS,
    ", intro, notes, updated_at FROM bulletin WHERE state = 'published' AND id = $1"
);
const ORIGINALS: &str = "SELECT sha256, name, size FROM original WHERE bulletin_id = $1 ORDER BY added_at, sha256";
const SAMPLES: &str = concatcp!(
    "SELECT ",
    SAMPLE_COLUMNS,
    " FROM sample s JOIN bulletin b ON b.id = s.bulletin_id \
     WHERE b.state = 'published' AND s.bulletin_id = $1 AND s.verdict = $2 AND s.ordinal > $3 \
     ORDER BY s.ordinal LIMIT $4"
);
const SAMPLE: &str = concatcp!(
    "SELECT ",
    SAMPLE_COLUMNS,
    " FROM sample s JOIN bulletin b ON b.id = s.bulletin_id WHERE b.state = 'published' AND s.id = $1"
);
const ALL_SAMPLES: &str = concatcp!(
    "SELECT ",
    SAMPLE_COLUMNS,
    " FROM sample s JOIN bulletin b ON b.id = s.bulletin_id \
     WHERE b.state = 'published' AND (s.published_on, s.id) < ($1, $2) \
     AND (s.verdict = $3 OR s.verdict = $4) ORDER BY s.published_on DESC, s.id DESC LIMIT $5"
);
const SITE_TALLIES: &str = "SELECT t.grp, CAST(SUM(t.passed) AS BIGINT) AS passed, CAST(SUM(t.failed) AS BIGINT) AS failed \
     FROM bulletin_tally t JOIN bulletin b ON b.id = t.bulletin_id WHERE b.state = 'published' GROUP BY t.grp";
const SITE: &str = "SELECT COUNT(*) AS bulletins, MIN(published_on) AS first_on, MAX(updated_at) AS updated_at, \
     (SELECT COUNT(*) FROM operator WHERE public) AS operators FROM bulletin WHERE state = 'published'";

const TEXT: &str = "SELECT title, source, published_on, intro, issue_no FROM bulletin WHERE id = $1";
const TALLY: &str = "SELECT grp, passed, failed FROM bulletin_tally WHERE bulletin_id = $1";

#[derive(FromRow)]
struct TextRow {
    title: String,
    source: String,
    published_on: NaiveDate,
    intro: Option<String>,
    issue_no: Option<String>,
}

#[derive(FromRow)]
struct SiteRow {
    bulletins: i64,
    first_on: Option<NaiveDate>,
    updated_at: Option<DateTime<Utc>>,
    operators: i64,
}

#[derive(FromRow)]
struct BulletinTallyRow {
    bulletin_id: Uuid,
    #[sqlx(flatten)]
    tally: TallyRow,
}

#[derive(FromRow)]
struct BulletinFullRow {
    #[sqlx(flatten)]
    line: BulletinRow,
    intro: Option<String>,
    notes: String,
    updated_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct OriginalRow {
    sha256: String,
    name: String,
    size: i64,
}

impl Db {
    async fn lines_of(&self, rows: Vec<BulletinRow>) -> Result<Vec<BulletinLine>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let found: Vec<BulletinTallyRow> = with_pool!(self, |pool| {
            let mut query = QueryBuilder::new(TALLIES_OF);
            let mut list = query.separated(", ");
            for row in &rows {
                list.push_bind(row.id);
            }
            query.push(")");
            query.build_query_as().fetch_all(pool).await
        })?;
        let mut by_bulletin: HashMap<Uuid, Vec<TallyRow>> = HashMap::new();
        for row in found {
            by_bulletin.entry(row.bulletin_id).or_default().push(row.tally);
        }
        rows.into_iter()
            .map(|row| {
                let own = tallies(by_bulletin.remove(&row.id).unwrap_or_default())?;
                Ok(row.into_line(own))
            })
            .collect()
    }

    /// A bulletin as the desk's form shows it, whether it is public or withdrawn; its table as last imported.
    pub(crate) async fn bulletin_as_content(&self, id: Uuid) -> Result<Option<Content>, StoreError> {
        let row: Option<TextRow> = with_pool!(self, |pool| sqlx::query_as(TEXT).bind(id).fetch_optional(pool).await)?;
        let Some(row) = row else { return Ok(None) };
        let file: Option<OriginalRow> =
            with_pool!(self, |pool| sqlx::query_as(ORIGINALS).bind(id).fetch_all(pool).await)
                .map(|mut files: Vec<OriginalRow>| files.pop())?;
        let rows: Vec<TallyRow> = with_pool!(self, |pool| sqlx::query_as(TALLY).bind(id).fetch_all(pool).await)?;
        let tallies = tallies(rows)?;
        let food = tallies.iter().find(|one| one.group == Group::Food).map(|one| one.tally).unwrap_or_default();
        let all = tallies.iter().fold(Tally::default(), |sum, one| Tally {
            passed: sum.passed + one.tally.passed,
            failed: sum.failed + one.tally.failed,
        });
        let mut content = Content::new(Kind::Bulletin);
        (content.title, content.source, content.published_on) = (row.title, row.source, Some(row.published_on));
        content.body = row.intro.unwrap_or_default();
        content.fields.extend(row.issue_no.map(|issue| ("issue_no".to_owned(), issue)));
        let attachments = self.attachments(id).await?;
        content.attachments = attachments.into_iter().filter(|one| one.public).map(|one| one.attachment).collect();
        content.table = file.map(|file| Table {
            sha256: file.sha256,
            name: file.name,
            size: u64::try_from(file.size).unwrap_or(0),
            mapping: Vec::new(),
            samples: all.total(),
            food,
            all,
            errors: 0,
        });
        Ok(Some(content))
    }

    /// Samples of one verdict after a place.
    async fn samples_after(
        &self,
        bulletin: Uuid,
        after: PlaceCursor,
        limit: i64,
    ) -> Result<Vec<SampleRow>, StoreError> {
        let verdict = if after.failed { "failed" } else { "passed" };
        Ok(with_pool!(self, |pool| sqlx::query_as(SAMPLES)
            .bind(bulletin)
            .bind(verdict)
            .bind(after.ordinal)
            .bind(limit)
            .fetch_all(pool)
            .await)?)
    }
}

/// Cuts a list that was read one entry too long; whether there is more.
pub(super) fn cut<T>(rows: &mut Vec<T>, limit: u32) -> bool {
    let limit = limit as usize;
    let more = rows.len() > limit;
    rows.truncate(limit);
    more
}

#[async_trait]
impl Publications for Db {
    async fn overview(&self) -> PortResult<Overview> {
        let site: SiteRow =
            with_pool!(self, |pool| sqlx::query_as(SITE).fetch_one(pool).await).map_err(StoreError::from)?;
        let rows: Vec<TallyRow> =
            with_pool!(self, |pool| sqlx::query_as(SITE_TALLIES).fetch_all(pool).await).map_err(StoreError::from)?;
        Ok(Overview {
            bulletins: u64::try_from(site.bulletins).unwrap_or(0),
            operators: u64::try_from(site.operators).unwrap_or(0),
            tallies: tallies(rows)?,
            first_on: site.first_on,
            updated_at: site.updated_at,
        })
    }

    async fn bulletins(&self, year: Option<i32>, after: Option<&str>, limit: u32) -> PortResult<Page<BulletinLine>> {
        let after = DayCursor::read(after)?;
        let (first, last) = year.map_or(ANY_YEAR, |year| (year, year));
        let mut rows: Vec<BulletinRow> = with_pool!(self, |pool| sqlx::query_as(LIST)
            .bind(first)
            .bind(last)
            .bind(after.day)
            .bind(after.id)
            .bind(i64::from(limit) + 1)
            .fetch_all(pool)
            .await)
        .map_err(StoreError::from)?;
        let more = cut(&mut rows, limit);
        let next = rows.last().filter(|_| more).map(|row| DayCursor { day: row.published_on, id: row.id }.write());
        Ok(Page { items: self.lines_of(rows).await?, next })
    }

    async fn bulletin_years(&self) -> PortResult<Vec<(i32, u64)>> {
        let rows: Vec<(i32, i64)> =
            with_pool!(self, |pool| sqlx::query_as(YEARS).fetch_all(pool).await).map_err(StoreError::from)?;
        Ok(rows.into_iter().map(|(year, count)| (year, u64::try_from(count).unwrap_or(0))).collect())
    }

    async fn bulletin(&self, id: Uuid) -> PortResult<Bulletin> {
        let row: Option<BulletinFullRow> =
            with_pool!(self, |pool| sqlx::query_as(ONE).bind(id).fetch_optional(pool).await)
                .map_err(StoreError::from)?;
        let Some(row) = row else { return Err(self.missing(id).await) };
        let files: Vec<OriginalRow> = with_pool!(self, |pool| sqlx::query_as(ORIGINALS).bind(id).fetch_all(pool).await)
            .map_err(StoreError::from)?;
        let line = self.lines_of(vec![row.line]).await?.pop().ok_or(PortError::NotFound)?;
        Ok(Bulletin {
            line,
            intro: row.intro,
            notes: row.notes.lines().map(str::to_owned).collect(),
            originals: files
                .into_iter()
                .map(|file| OriginalFile {
                    url: format!("/files/{}/{id}", file.sha256),
                    name: file.name,
                    size: u64::try_from(file.size).unwrap_or(0),
                    sha256: file.sha256,
                })
                .collect(),
            updated_at: row.updated_at,
            revisions: self.revisions(id).await?,
            replies: self.public_replies(id).await?,
        })
    }

    async fn samples(
        &self,
        bulletin: Uuid,
        scope: SampleScope,
        after: Option<&str>,
        limit: u32,
    ) -> PortResult<Page<Sample>> {
        use app::domain::sample::Verdict;
        let mut after = PlaceCursor::read(after)?;
        if scope.verdict == Some(Verdict::Passed) && after.failed {
            after = PlaceCursor { failed: false, ordinal: 0 };
        }
        let wanted = i64::from(limit) + 1;
        let mut rows = self.samples_after(bulletin, after, wanted).await?;
        // the failed ones are followed by the passed ones, unless only failed ones are asked for
        if after.failed && scope.verdict.is_none() && rows.len() <= limit as usize {
            let missing = wanted - i64::try_from(rows.len()).unwrap_or(0);
            rows.extend(self.samples_after(bulletin, PlaceCursor { failed: false, ordinal: 0 }, missing).await?);
        }
        let more = cut(&mut rows, limit);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|row| PlaceCursor { failed: row.verdict == Verdict::Failed.code(), ordinal: row.ordinal }.write());
        Ok(Page { items: self.samples_of(rows).await?, next })
    }

    async fn sample(&self, id: Uuid) -> PortResult<Sample> {
        let row: Option<SampleRow> =
            with_pool!(self, |pool| sqlx::query_as(SAMPLE).bind(id).fetch_optional(pool).await)
                .map_err(StoreError::from)?;
        let Some(row) = row else { return Err(self.missing(id).await) };
        Ok(self.samples_of(vec![row]).await?.pop().ok_or(PortError::NotFound)?)
    }

    async fn all_samples(&self, scope: SampleScope, after: Option<&str>, limit: u32) -> PortResult<Page<Sample>> {
        let after = DayCursor::read(after)?;
        let (one, other) = scope.verdict.map_or(("passed", "failed"), |verdict| (verdict.code(), verdict.code()));
        let mut rows: Vec<SampleRow> = with_pool!(self, |pool| sqlx::query_as(ALL_SAMPLES)
            .bind(after.day)
            .bind(after.id)
            .bind(one)
            .bind(other)
            .bind(i64::from(limit) + 1)
            .fetch_all(pool)
            .await)
        .map_err(StoreError::from)?;
        let more = cut(&mut rows, limit);
        let next = rows.last().filter(|_| more).map(|row| DayCursor { day: row.published_on, id: row.id }.write());
        Ok(Page { items: self.samples_of(rows).await?, next })
    }
}
