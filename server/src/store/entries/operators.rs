//! The operators that entries are about: found by their code, their licence, their name, or made.

use std::collections::{BTreeSet, HashMap};

use app::domain::{operator::name_key, place::Point};
use chrono::{DateTime, Utc};
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::super::{Action, Entity};
use super::{IDS, StoreError, Tx, with_tx};
use crate::id::Ids;

/// Operators of one insert.
const BATCH: usize = 500;
const FIND: &str = "SELECT id, name_key, uscc, licence, public, \
     (uscc IS NULL OR licence IS NULL OR address IS NULL OR district IS NULL OR lat_e6 IS NULL) AS lacks FROM operator WHERE ";
const INSERT: &str = "INSERT INTO operator (id, name, name_key, address, uscc, licence, kind, district, lat_e6, lon_e6, \
     public, created_at) ";
/// What is known already stays; an entry completes it.
const COMPLETE: &str = " ON CONFLICT (id) DO UPDATE SET address = COALESCE(operator.address, excluded.address), \
     uscc = COALESCE(operator.uscc, excluded.uscc), licence = COALESCE(operator.licence, excluded.licence), \
     kind = COALESCE(operator.kind, excluded.kind), district = COALESCE(operator.district, excluded.district), \
     lon_e6 = CASE WHEN operator.lat_e6 IS NULL THEN excluded.lon_e6 ELSE operator.lon_e6 END, \
     lat_e6 = COALESCE(operator.lat_e6, excluded.lat_e6)";
const SHOW: &str = "UPDATE operator SET public = TRUE WHERE public = FALSE AND id IN \
     (SELECT operator_id FROM register_entry WHERE register = $1) RETURNING id";
/// Operators without anything public left.
const HIDE: &str = "UPDATE operator SET public = FALSE WHERE public = TRUE \
     AND NOT EXISTS (SELECT 1 FROM publication_operator l JOIN publication p ON p.id = l.publication_id \
         WHERE l.operator_id = operator.id AND p.standing = 'public') \
     AND NOT EXISTS (SELECT 1 FROM sample s JOIN bulletin b ON b.id = s.bulletin_id \
         WHERE s.producer_id = operator.id AND b.state = 'published') \
     AND NOT EXISTS (SELECT 1 FROM sample s JOIN bulletin b ON b.id = s.bulletin_id \
         WHERE s.seller_id = operator.id AND b.state = 'published') \
     AND NOT EXISTS (SELECT 1 FROM register_entry e JOIN publication p ON p.id = e.publication_id \
         WHERE e.operator_id = operator.id AND p.standing = 'public') AND id IN (";

/// An operator as an entry names it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntryOperator {
    /// Name; may be empty where there is a code
    pub name: String,
    /// 统一社会信用代码
    pub code: Option<String>,
    /// Licence or registration
    pub licence: Option<String>,
    /// Address
    pub address: Option<String>,
    /// District
    pub district: Option<String>,
    /// Where it is
    pub point: Option<Point>,
    /// What it is, a code
    pub kind: Option<&'static str>,
}

/// Operators of entries, in the order in which they were asked for.
#[derive(Debug, Default)]
pub struct LinkedEntries {
    /// Ids
    pub ids: Vec<Option<Uuid>>,
    /// Public operators of which more is known now
    pub changes: Vec<(Entity, Uuid, Action)>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    name_key: String,
    uscc: Option<String>,
    licence: Option<String>,
    public: bool,
    lacks: bool,
}

struct Known {
    id: Uuid,
    code: Option<String>,
    public: bool,
    lacks: bool,
}

/// Operators as far as they are loaded or made.
#[derive(Default)]
struct Book {
    all: Vec<Known>,
    by_id: HashMap<Uuid, usize>,
    by_code: HashMap<String, usize>,
    by_licence: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

impl Book {
    fn add(&mut self, row: Row) {
        if self.by_id.contains_key(&row.id) {
            return;
        }
        let place = self.all.len();
        self.by_id.insert(row.id, place);
        if let Some(code) = &row.uscc {
            self.by_code.entry(code.clone()).or_insert(place);
        }
        if let Some(licence) = row.licence {
            self.by_licence.entry(licence).or_insert(place);
        }
        self.by_name.entry(row.name_key).or_insert(place);
        self.all.push(Known { id: row.id, code: row.uscc, public: row.public, lacks: row.lacks });
    }

    /// The operator of an entry: another code is another operator, whatever the name is.
    fn find(&self, named: &EntryOperator, key: Option<&String>) -> Option<usize> {
        let code = named.code.as_ref();
        if let Some(place) = code.and_then(|code| self.by_code.get(code)) {
            return Some(*place);
        }
        let same = |place: &&usize| {
            let known = self.all[**place].code.as_ref();
            code.is_none() || known.is_none() || known == code
        };
        let by_licence = named.licence.as_ref().and_then(|licence| self.by_licence.get(licence)).filter(same);
        by_licence.or_else(|| key.and_then(|key| self.by_name.get(key)).filter(same)).copied()
    }
}

impl Tx {
    /// Finds or makes the operators that entries are about; what entries say completes what is known of them.
    pub(in crate::store) async fn link_entry_operators(
        &mut self,
        named: &[Option<EntryOperator>],
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<LinkedEntries, StoreError> {
        let keys: Vec<Option<String>> =
            named.iter().map(|one| one.as_ref().and_then(|one| name_key(&one.name))).collect();
        let mut book = Book::default();
        let codes = named.iter().flatten().filter_map(|one| one.code.as_deref());
        self.load("uscc", codes, &mut book).await?;
        let licences = named.iter().flatten().filter_map(|one| one.licence.as_deref());
        self.load("licence", licences, &mut book).await?;
        self.load("name_key", keys.iter().flatten().map(String::as_str), &mut book).await?;
        let mut linked = LinkedEntries { ids: Vec::with_capacity(named.len()), changes: Vec::new() };
        let mut rows: Vec<(Uuid, String, &EntryOperator)> = Vec::new();
        for (one, key) in named.iter().zip(&keys) {
            let (Some(one), Some(key)) = (one, key) else {
                let by_code = one.as_ref().and_then(|one| book.find(one, None));
                linked.ids.push(by_code.map(|place| book.all[place].id));
                continue;
            };
            let place = match book.find(one, Some(key)) {
                Some(place) => {
                    let known = &mut book.all[place];
                    if std::mem::take(&mut known.lacks) {
                        // its own key stays; this one is nobody's
                        rows.push((known.id, known.id.to_string(), one));
                        if known.public {
                            linked.changes.push((Entity::Operator, known.id, Action::Put));
                        }
                    }
                    place
                }
                None => {
                    let id = ids.next(now);
                    // names are keys: of two operators with one name the second is told apart by its code
                    let taken = book.by_name.contains_key(key);
                    let name_key = match &one.code {
                        Some(code) if taken => format!("{key} {code}"),
                        _ => key.clone(),
                    };
                    let (uscc, licence) = (one.code.clone(), one.licence.clone());
                    book.add(Row { id, name_key: name_key.clone(), uscc, licence, public: false, lacks: false });
                    rows.push((id, name_key, one));
                    book.all.len() - 1
                }
            };
            linked.ids.push(Some(book.all[place].id));
        }
        self.put_operators(&rows, now).await?;
        Ok(linked)
    }

    async fn load<'v>(
        &mut self,
        column: &'static str,
        values: impl Iterator<Item = &'v str>,
        book: &mut Book,
    ) -> Result<(), StoreError> {
        let values: Vec<&str> = values.collect::<BTreeSet<_>>().into_iter().collect();
        for batch in values.chunks(IDS) {
            let rows: Vec<Row> = with_tx!(self, |conn| {
                let mut query = QueryBuilder::new(FIND);
                query.push(column).push(" IN (");
                let mut list = query.separated(", ");
                for value in batch {
                    list.push_bind(*value);
                }
                query.push(") ORDER BY created_at, id");
                query.build_query_as().fetch_all(&mut *conn).await
            })?;
            rows.into_iter().for_each(|row| book.add(row));
        }
        Ok(())
    }

    async fn put_operators(
        &mut self,
        rows: &[(Uuid, String, &EntryOperator)],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for batch in rows.chunks(BATCH) {
            with_tx!(self, |conn| {
                let mut insert = QueryBuilder::new(INSERT);
                insert.push_values(batch, |mut row, (id, key, one)| {
                    row.push_bind(*id)
                        .push_bind(one.name.split_whitespace().collect::<Vec<_>>().join(" "))
                        .push_bind(key)
                        .push_bind(&one.address)
                        .push_bind(&one.code)
                        .push_bind(&one.licence)
                        .push_bind(one.kind)
                        .push_bind(&one.district)
                        .push_bind(one.point.map(|point| i64::from(point.lat_e6)))
                        .push_bind(one.point.map(|point| i64::from(point.lon_e6)))
                        .push_bind(false)
                        .push_bind(now);
                });
                insert.push(COMPLETE);
                insert.build().execute(&mut *conn).await.map(|_| ())
            })?;
        }
        Ok(())
    }

    /// Makes the operators of a register's entries public. Gives the changes.
    pub(super) async fn show_entry_operators(
        &mut self,
        register: &str,
    ) -> Result<Vec<(Entity, Uuid, Action)>, StoreError> {
        let shown: Vec<Uuid> =
            with_tx!(self, |conn| sqlx::query_scalar(SHOW).bind(register).fetch_all(&mut *conn).await)?;
        Ok(shown.into_iter().map(|id| (Entity::Operator, id, Action::Put)).collect())
    }

    /// Hides those of these operators of which nothing public is left. Gives the changes.
    pub(in crate::store) async fn hide_entry_operators(
        &mut self,
        named: &BTreeSet<Uuid>,
    ) -> Result<Vec<(Entity, Uuid, Action)>, StoreError> {
        let named: Vec<Uuid> = named.iter().copied().collect();
        let mut changes = Vec::new();
        for batch in named.chunks(IDS) {
            let hidden: Vec<Uuid> = with_tx!(self, |conn| {
                let mut query = QueryBuilder::new(HIDE);
                let mut list = query.separated(", ");
                for id in batch {
                    list.push_bind(*id);
                }
                query.push(") RETURNING id");
                query.build_query_scalar().fetch_all(&mut *conn).await
            })?;
            changes.extend(hidden.into_iter().map(|id| (Entity::Operator, id, Action::Removed)));
        }
        Ok(changes)
    }
}
