//! What the public reads of publications, and what became of those that are gone.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    domain::{
        act::Act,
        publication::{Kind, content::Content, field::fields},
    },
    ports::{
        EarlierRevision, Gone, Notice, NoticeFull, NoticeScope, Notices, OperatorLine, Page, PortError, PortResult,
        SampleLink,
    },
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use const_format::concatcp;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::super::{Db, StoreError, cursor::DayCursor, publications::cut, with_pool};
use super::from_json;
use crate::tlog::unpack;

/// A filter that lets everything pass is bound as this id, which nothing has.
const ANY: Uuid = Uuid::nil();
const SHOWN: &str = "p.id, p.content, p.published_on, p.updated_at FROM publication p \
     WHERE p.standing = 'public' AND p.content IS NOT NULL";
const LIST: &str = concatcp!(
    "SELECT ",
    SHOWN,
    " AND ($1 = '' OR p.kind = $1) AND p.year BETWEEN $2 AND $3 \
     AND ($5 = $6 OR EXISTS (SELECT 1 FROM publication_sample s WHERE s.publication_id = p.id AND s.sample_id = $5)) \
     AND (p.published_on, p.id) < ($7, $8) AND $4 = $6 ORDER BY p.published_on DESC, p.id DESC LIMIT $9"
);
/// Those that name an operator or one merged into it: few, found by their links.
const OF_OPERATOR: &str = concatcp!(
    "SELECT ",
    SHOWN,
    " AND p.id IN (SELECT l.publication_id FROM publication_operator l WHERE l.operator_id IN (SELECT g.id FROM operator k \
     JOIN operator g ON g.id = COALESCE(k.merged_into, k.id) OR g.merged_into = COALESCE(k.merged_into, k.id) WHERE k.id = $4)) AND ($1 = '' OR p.kind = $1) AND p.year BETWEEN $2 AND $3 \
     AND ($5 = $6 OR EXISTS (SELECT 1 FROM publication_sample s WHERE s.publication_id = p.id AND s.sample_id = $5)) \
     AND (p.published_on, p.id) < ($7, $8) ORDER BY p.published_on DESC, p.id DESC LIMIT $9"
);
const ONE: &str = concatcp!("SELECT ", SHOWN, " AND p.id = $1");
const YEARS: &str = "SELECT year, COUNT(*) FROM publication WHERE standing = 'public' AND kind = $1 \
     GROUP BY year ORDER BY year DESC";
const COUNTS: &str = "SELECT kind, COUNT(*) FROM publication WHERE standing = 'public' GROUP BY kind";
const OPERATORS: &str = "SELECT k.id, k.name, k.address FROM operator k WHERE k.public AND k.id IN \
     (SELECT COALESCE(o.merged_into, o.id) FROM publication_operator l JOIN operator o ON o.id = l.operator_id \
     WHERE l.publication_id = $1) ORDER BY k.name, k.id";
const SAMPLES: &str = "SELECT s.id, s.number, s.product, s.verdict, b.title AS bulletin FROM sample s \
     JOIN publication_sample l ON l.sample_id = s.id JOIN bulletin b ON b.id = s.bulletin_id \
     WHERE l.publication_id = $1 AND b.state = 'published' ORDER BY s.number, s.id LIMIT 200";
const EARLIER: &str = "SELECT r.content, r.lines FROM revision r JOIN publication p ON p.id = r.entity_id \
     WHERE r.entity_id = $1 AND r.number = $2 AND p.standing = 'public'";
/// A publication itself, one of its samples, or what a tombstone stands for.
const GONE: &str = "SELECT p.kind, l.act, r.at, r.reason, l.place FROM publication p \
     JOIN log_leaf l ON l.entity_id = p.id JOIN revision r ON r.entity_id = p.id AND r.number = l.revision \
     WHERE p.standing IN ('withdrawn', 'removed') AND (p.id = $1 \
         OR p.id = (SELECT t.publication_id FROM tombstone t WHERE t.id = $1) \
         OR p.id = (SELECT s.bulletin_id FROM sample s WHERE s.id = $1) \
         OR p.id = (SELECT e.publication_id FROM register_entry e WHERE e.id = $1) \
         OR p.id = (SELECT a.publication_id FROM attachment a WHERE a.id = $1)) ORDER BY l.place DESC LIMIT 1";

#[derive(FromRow)]
struct NoticeRow {
    id: Uuid,
    content: String,
    published_on: NaiveDate,
    updated_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct OperatorRow {
    id: Uuid,
    name: String,
    address: Option<String>,
}

#[derive(FromRow)]
struct SampleLinkRow {
    id: Uuid,
    number: Option<String>,
    product: String,
    verdict: String,
    bulletin: String,
}

#[derive(FromRow)]
struct GoneRow {
    kind: String,
    act: String,
    at: DateTime<Utc>,
    reason: Option<String>,
    place: i64,
}

/// Content without the fields that the public doesn't see.
pub(in crate::store) fn shown(mut content: Content) -> Content {
    let known = fields(content.kind);
    content.fields = content
        .fields
        .into_iter()
        .filter(|(name, _)| known.iter().any(|field| field.name == name && field.shown))
        .collect::<BTreeMap<_, _>>();
    content
}

impl TryFrom<NoticeRow> for Notice {
    type Error = StoreError;

    fn try_from(row: NoticeRow) -> Result<Self, StoreError> {
        let content = shown(from_json(&row.content)?);
        Ok(Self { id: row.id, content, published_on: row.published_on, updated_at: row.updated_at })
    }
}

const KNOWN_NUMBERS: &str = "SELECT DISTINCT s.number FROM sample s JOIN bulletin b ON b.id = s.bulletin_id \
     WHERE b.state = 'published' AND s.number IN (";
/// Numbers of one `IN (…)`.
const NUMBERS: usize = 500;

impl Db {
    /// Those of these 抽样编号 that no published sample has.
    pub async fn unknown_samples<'a>(&self, numbers: impl Iterator<Item = &'a str>) -> Result<Vec<String>, StoreError> {
        let numbers: Vec<&str> = numbers.collect();
        let mut unknown = Vec::new();
        for batch in numbers.chunks(NUMBERS) {
            let known: Vec<String> = with_pool!(self, |pool| {
                let mut query = QueryBuilder::new(KNOWN_NUMBERS);
                let mut list = query.separated(", ");
                for number in batch {
                    list.push_bind(*number);
                }
                query.push(")");
                query.build_query_scalar().fetch_all(pool).await
            })?;
            let known: BTreeSet<String> = known.into_iter().collect();
            unknown.extend(batch.iter().filter(|number| !known.contains(**number)).map(|number| (*number).to_owned()));
        }
        Ok(unknown)
    }

    /// Why nothing is found under an id: it is gone, or never was.
    pub(in crate::store) async fn missing(&self, id: Uuid) -> PortError {
        match self.gone(id).await {
            Ok(Some(gone)) => PortError::Gone(Box::new(gone)),
            Ok(None) => PortError::NotFound,
            Err(error) => error,
        }
    }
}

#[async_trait]
impl Notices for Db {
    async fn notices(&self, scope: NoticeScope, after: Option<&str>, limit: u32) -> PortResult<Page<Notice>> {
        let after = DayCursor::read(after)?;
        let (first, last) = scope.year.map_or((0, 9999), |year| (year, year));
        let query = if scope.operator.is_some() { OF_OPERATOR } else { LIST };
        let mut rows: Vec<NoticeRow> = with_pool!(self, |pool| sqlx::query_as(query)
            .bind(scope.kind.map_or("", Kind::code))
            .bind(first)
            .bind(last)
            .bind(scope.operator.unwrap_or(ANY))
            .bind(scope.sample.unwrap_or(ANY))
            .bind(ANY)
            .bind(after.day)
            .bind(after.id)
            .bind(i64::from(limit) + 1)
            .fetch_all(pool)
            .await)
        .map_err(StoreError::from)?;
        let more = cut(&mut rows, limit);
        let next = rows.last().filter(|_| more).map(|row| DayCursor { day: row.published_on, id: row.id }.write());
        let items: Result<Vec<Notice>, StoreError> = rows.into_iter().map(Notice::try_from).collect();
        Ok(Page { items: items?, next })
    }

    async fn notice_years(&self, kind: Kind) -> PortResult<Vec<(i32, u64)>> {
        let rows: Vec<(i32, i64)> =
            with_pool!(self, |pool| sqlx::query_as(YEARS).bind(kind.code()).fetch_all(pool).await)
                .map_err(StoreError::from)?;
        Ok(rows.into_iter().map(|(year, count)| (year, u64::try_from(count).unwrap_or(0))).collect())
    }

    async fn notice_counts(&self) -> PortResult<Vec<(Kind, u64)>> {
        let rows: Vec<(String, i64)> =
            with_pool!(self, |pool| sqlx::query_as(COUNTS).fetch_all(pool).await).map_err(StoreError::from)?;
        let count = |kind: Kind| rows.iter().find(|(code, _)| code == kind.code()).map(|(_, count)| *count);
        Ok(Kind::ALL.into_iter().filter_map(|kind| Some((kind, u64::try_from(count(kind)?).unwrap_or(0)))).collect())
    }

    async fn notice(&self, id: Uuid) -> PortResult<NoticeFull> {
        let row: Option<NoticeRow> = with_pool!(self, |pool| sqlx::query_as(ONE).bind(id).fetch_optional(pool).await)
            .map_err(StoreError::from)?;
        let Some(row) = row else { return Err(self.missing(id).await) };
        let operators: Vec<OperatorRow> =
            with_pool!(self, |pool| sqlx::query_as(OPERATORS).bind(id).fetch_all(pool).await)
                .map_err(StoreError::from)?;
        let samples: Vec<SampleLinkRow> =
            with_pool!(self, |pool| sqlx::query_as(SAMPLES).bind(id).fetch_all(pool).await)
                .map_err(StoreError::from)?;
        let named = |row: OperatorRow| OperatorLine { id: row.id, name: row.name, address: row.address };
        let link = |row: SampleLinkRow| SampleLink {
            id: row.id,
            number: row.number,
            product: row.product,
            verdict: row.verdict,
            bulletin: row.bulletin,
        };
        Ok(NoticeFull {
            notice: Notice::try_from(row)?,
            operators: operators.into_iter().map(named).collect(),
            samples: samples.into_iter().map(link).collect(),
            revisions: self.revisions(id).await?,
            replies: self.public_replies(id).await?,
        })
    }

    async fn earlier(&self, id: Uuid, number: u32) -> PortResult<EarlierRevision> {
        let revisions = self.revisions(id).await?;
        let Some(revision) = revisions.into_iter().find(|revision| revision.number == number) else {
            return Err(self.missing(id).await);
        };
        let number = i32::try_from(number).map_err(|_| PortError::NotFound)?;
        let row: Option<(Option<String>, Option<Vec<u8>>)> =
            with_pool!(self, |pool| sqlx::query_as(EARLIER).bind(id).bind(number).fetch_optional(pool).await)
                .map_err(StoreError::from)?;
        let Some((content, lines)) = row else { return Err(self.missing(id).await) };
        let lines = lines.as_deref().map(unpack).transpose().map_err(|_| StoreError::Value("revision.lines"))?;
        let content = content.as_deref().map(from_json::<serde_json::Value>).transpose()?;
        Ok(EarlierRevision { revision, content, lines: lines.unwrap_or_default() })
    }

    async fn gone(&self, id: Uuid) -> PortResult<Option<Gone>> {
        let row: Option<GoneRow> = with_pool!(self, |pool| sqlx::query_as(GONE).bind(id).fetch_optional(pool).await)
            .map_err(StoreError::from)?;
        let Some(row) = row else { return Ok(None) };
        let act = Act::from_code(&row.act).ok_or(StoreError::Value("log_leaf.act"))?;
        Ok(Some(Gone {
            kind: Kind::from_code(&row.kind).ok_or(StoreError::Value("publication.kind"))?,
            act,
            at: row.at,
            reason: row.reason.filter(|_| act == Act::Withdraw),
            place: u64::try_from(row.place).map_err(|_| StoreError::Value("log_leaf.place"))?,
        }))
    }
}
