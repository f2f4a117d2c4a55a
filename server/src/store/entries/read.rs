//! Registers and entries that are public.

use std::collections::BTreeSet;

use app::domain::{
    act::Act,
    publication::{Kind, content::Content},
};
use app::ports::{Gone, PortError};
use chrono::{DateTime, NaiveDate, Utc};
use const_format::concatcp;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{
    super::publication::from_json,
    Db, IDS, StoreError,
    row::{COLUMNS, EntryRow},
    with_pool,
};

/// Shown on a day: `$2`.
const SHOWN: &str = "p.standing = 'public' AND (e.until_day IS NULL OR e.until_day >= $2)";
const REGISTERS: &str = "SELECT r.code, p.id, p.source, p.published_on, p.updated_at, r.entries, r.points, p.content \
     FROM register r JOIN publication p ON p.id = r.publication_id WHERE p.standing = 'public'";
const LIST: &str = concatcp!(REGISTERS, " AND r.entries > 0");
const ONE: &str = concatcp!(REGISTERS, " AND r.code = $1");
const CODE: &str = "SELECT code FROM register WHERE publication_id = $1";
const ENTRY: &str = concatcp!(
    "SELECT ",
    COLUMNS,
    " FROM register_entry e JOIN publication p ON p.id = e.publication_id WHERE e.id = $1 AND ",
    SHOWN
);
const ALL: &str = concatcp!(
    "SELECT ",
    COLUMNS,
    " FROM register_entry e JOIN publication p ON p.id = e.publication_id WHERE e.register = $1 AND ",
    SHOWN,
    " AND (e.ordinal, e.id) > ($3, $4) ORDER BY e.ordinal, e.id LIMIT $5"
);
const OF_OPERATOR: &str = concatcp!(
    "SELECT ",
    COLUMNS,
    " FROM register_entry e JOIN publication p ON p.id = e.publication_id \
     WHERE e.operator_id IN (SELECT id FROM operator WHERE id = $1 OR merged_into = $1) AND ",
    SHOWN,
    " ORDER BY e.on_day DESC NULLS LAST, e.id DESC"
);
const OF_OPERATORS: &str = concatcp!(
    "SELECT COALESCE(o.merged_into, o.id) AS owner, ",
    COLUMNS,
    " FROM register_entry e JOIN publication p ON p.id = e.publication_id JOIN operator o ON o.id = e.operator_id \
     WHERE p.standing = 'public' AND e.register IN ("
);
/// An entry that went while its register stayed.
const WENT: &str = "SELECT p.kind, l.act, r.at, l.place FROM tombstone t JOIN publication p ON p.id = t.publication_id \
     JOIN log_leaf l ON l.place = t.place JOIN revision r ON r.entity_id = l.entity_id AND r.number = l.revision \
     WHERE t.id = $1";
const OPERATOR: &str = "SELECT o.id, o.name, o.address FROM operator o WHERE o.public AND o.id = \
     (SELECT COALESCE(merged_into, id) FROM operator WHERE id = $1)";

/// A public register as stored.
#[derive(Clone, Debug, FromRow)]
pub struct RegisterRow {
    pub code: String,
    pub id: Uuid,
    pub source: String,
    pub published_on: NaiveDate,
    pub updated_at: DateTime<Utc>,
    pub entries: i64,
    pub points: i64,
    content: Option<String>,
}

/// What is found under a register's code.
pub enum ReadRegister {
    /// It is public
    Public(Box<RegisterRow>),
    /// Its publication is not public (any more)
    Not(Uuid),
    /// No such register has a publication
    Unknown,
}

#[derive(FromRow)]
struct Owned {
    owner: Uuid,
    #[sqlx(flatten)]
    entry: EntryRow,
}

#[derive(FromRow)]
struct WentRow {
    kind: String,
    act: String,
    at: DateTime<Utc>,
    place: i64,
}

impl RegisterRow {
    /// What the edition says beside its entries.
    pub fn body(&self) -> Result<String, StoreError> {
        let content = self.content.as_deref().map(from_json::<Content>).transpose()?;
        Ok(content.map(|content| content.body).unwrap_or_default())
    }
}

impl Db {
    /// Public registers with entries.
    pub(crate) async fn public_registers(&self) -> Result<Vec<RegisterRow>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(LIST).fetch_all(pool).await)?)
    }

    /// The register of a code.
    pub(crate) async fn public_register(&self, code: &str) -> Result<ReadRegister, StoreError> {
        let row: Option<RegisterRow> =
            with_pool!(self, |pool| sqlx::query_as(ONE).bind(code).fetch_optional(pool).await)?;
        Ok(match row {
            Some(row) => ReadRegister::Public(Box::new(row)),
            None => match self.publication_of_register(code).await? {
                Some((id, _)) => ReadRegister::Not(id),
                None => ReadRegister::Unknown,
            },
        })
    }

    /// The code of the register of a publication.
    pub(crate) async fn register_of(&self, publication: Uuid) -> Result<Option<String>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(CODE).bind(publication).fetch_optional(pool).await)?)
    }

    /// One entry that is shown on a day.
    pub(crate) async fn entry_row(&self, id: Uuid, today: NaiveDate) -> Result<Option<EntryRow>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(ENTRY).bind(id).bind(today).fetch_optional(pool).await)?)
    }

    /// Entries of a register after a place, as they stand in it.
    pub(crate) async fn entry_rows(
        &self,
        code: &str,
        today: NaiveDate,
        after: (i64, Uuid),
        limit: i64,
    ) -> Result<Vec<EntryRow>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(ALL)
            .bind(code)
            .bind(today)
            .bind(after.0)
            .bind(after.1)
            .bind(limit)
            .fetch_all(pool)
            .await)?)
    }

    /// Entries about an operator and those merged into it, the newest first.
    pub(crate) async fn entry_rows_of(&self, operator: Uuid, today: NaiveDate) -> Result<Vec<EntryRow>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(OF_OPERATOR).bind(operator).bind(today).fetch_all(pool).await)?)
    }

    /// The newest entry of each of these operators in each of these registers, with whose it is.
    pub(crate) async fn newest_entry_rows(
        &self,
        operators: &[Uuid],
        registers: &[String],
        today: NaiveDate,
    ) -> Result<Vec<(Uuid, EntryRow)>, StoreError> {
        let (mut newest, mut seen) = (Vec::new(), BTreeSet::new());
        if registers.is_empty() {
            return Ok(newest);
        }
        for batch in operators.chunks(IDS) {
            let mut rows: Vec<Owned> = with_pool!(self, |pool| {
                let mut query = QueryBuilder::new(OF_OPERATORS);
                let mut list = query.separated(", ");
                for code in registers {
                    list.push_bind(code);
                }
                query.push(") AND (e.until_day IS NULL OR e.until_day >= ").push_bind(today);
                query.push(") AND o.id IN (SELECT id FROM operator WHERE id IN (");
                let mut list = query.separated(", ");
                for id in batch {
                    list.push_bind(*id);
                }
                query.push(") UNION SELECT id FROM operator WHERE merged_into IN (");
                let mut list = query.separated(", ");
                for id in batch {
                    list.push_bind(*id);
                }
                query.push("))");
                query.build_query_as().fetch_all(pool).await
            })?;
            rows.sort_by_key(|row| std::cmp::Reverse((row.entry.on_day, row.entry.id)));
            newest.extend(rows.into_iter().filter(|row| seen.insert(row.owner)).map(|row| (row.owner, row.entry)));
        }
        Ok(newest)
    }

    /// Why an entry is not found: it went with an edition or by its time, its register is gone, or it never was.
    pub(crate) async fn missing_entry(&self, id: Uuid) -> PortError {
        let went: Result<Option<WentRow>, _> =
            with_pool!(self, |pool| sqlx::query_as(WENT).bind(id).fetch_optional(pool).await);
        let row = match went.map_err(StoreError::from) {
            Ok(Some(row)) => row,
            Ok(None) => return self.missing(id).await,
            Err(error) => return error.into(),
        };
        let (Some(kind), Some(_), Ok(place)) =
            (Kind::from_code(&row.kind), Act::from_code(&row.act), u64::try_from(row.place))
        else {
            return StoreError::Value("tombstone").into();
        };
        PortError::Gone(Box::new(Gone { kind, act: Act::Remove, at: row.at, reason: None, place }))
    }

    /// The page of an entry's operator, if it has one.
    pub(crate) async fn operator_line(&self, id: Uuid) -> Result<Option<app::ports::OperatorLine>, StoreError> {
        let row: Option<(Uuid, String, Option<String>)> =
            with_pool!(self, |pool| sqlx::query_as(OPERATOR).bind(id).fetch_optional(pool).await)?;
        Ok(row.map(|(id, name, address)| app::ports::OperatorLine { id, name, address }))
    }
}
