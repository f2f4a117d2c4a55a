//! The operators that imported records mean: found by code, licence, name and address, or made. What is doubtful gets a page
//! of its own and a question for an officer (`operator_doubt`).

mod book;
mod write;

use std::collections::BTreeSet;

use app::domain::{
    operator::{Choice, Doubt, Identity, choose, name_key},
    place::Point,
};
use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use self::book::{Book, Row};
use super::{Action, Entity, StoreError, Tx, with_tx};
use crate::id::Ids;

/// Records of one round: names of one `IN (…)`, rows of one insert.
const BATCH: usize = 500;
const FIND: &str = "SELECT id, name, same_name, uscc, licence, address, district, kind, lat_e6, merged_into, public, aliases \
     FROM operator WHERE ";
/// Questions for one new operator: of a hundred shops with one name nobody is asked a hundred times.
const MOST_DOUBTS: usize = 3;

/// An operator as a record names it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamedOperator {
    /// Name; may be empty where there is a code
    pub name: String,
    /// 统一社会信用代码
    pub code: Option<String>,
    /// Licence or registration
    pub licence: Option<String>,
    /// Address
    pub address: Option<String>,
    /// Province
    pub province: Option<String>,
    /// District; else as the address says
    pub district: Option<String>,
    /// Where it is
    pub point: Option<Point>,
    /// What it is, a code of `OperatorKind`
    pub kind: Option<&'static str>,
}

/// Operators of records, in the order in which they were asked for.
#[derive(Debug, Default)]
pub struct MatchedOperators {
    /// Ids; of merged operators their own, so that a merge can be undone
    pub ids: Vec<Option<Uuid>>,
    /// Public operators of which more is known now
    pub changes: Vec<(Entity, Uuid, Action)>,
    /// New questions
    pub doubts: usize,
}

/// What a round leaves to be written.
#[derive(Default)]
struct Round<'n> {
    /// New ones and those that a record completes: id, name key, key of the name alone
    rows: Vec<(Uuid, String, String, &'n NamedOperator)>,
    aliases: Vec<(Uuid, String)>,
    doubts: Vec<(Uuid, Uuid, Doubt)>,
}

impl Tx {
    /// Finds or makes the operators that records mean; what records say completes what is known of them. Nothing becomes
    /// public by it.
    pub(in crate::store) async fn match_operators(
        &mut self,
        named: &[Option<NamedOperator>],
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<MatchedOperators, StoreError> {
        let mut matched = MatchedOperators { ids: Vec::with_capacity(named.len()), ..MatchedOperators::default() };
        let mut touched = BTreeSet::new();
        for batch in named.chunks(BATCH) {
            let mut book = self.book_of(batch).await?;
            let mut round = Round::default();
            for one in batch {
                let found = one.as_ref().and_then(|one| take(&mut book, &mut round, one, ids, now, &mut touched));
                matched.ids.push(found);
            }
            matched.doubts += round.doubts.len();
            self.put_operators(&round.rows, now).await?;
            self.put_aliases(&round.aliases).await?;
            self.put_doubts(&round.doubts, now).await?;
        }
        matched.changes = touched.into_iter().map(|id| (Entity::Operator, id, Action::Put)).collect();
        Ok(matched)
    }

    /// All operators that have a code, licence or name of these records.
    async fn book_of(&mut self, batch: &[Option<NamedOperator>]) -> Result<Book, StoreError> {
        let mut book = Book::default();
        let named = || batch.iter().flatten();
        let codes: BTreeSet<&str> = named().filter_map(|one| one.code.as_deref()).collect();
        let licences: BTreeSet<&str> = named().filter_map(|one| one.licence.as_deref()).collect();
        let keys: BTreeSet<String> = named().filter_map(|one| name_key(&one.name)).collect();
        self.load("uscc", codes.into_iter(), &mut book).await?;
        self.load("licence", licences.into_iter(), &mut book).await?;
        self.load("same_name", keys.iter().map(String::as_str), &mut book).await?;
        Ok(book)
    }

    async fn load<'v>(
        &mut self,
        column: &'static str,
        values: impl Iterator<Item = &'v str>,
        book: &mut Book,
    ) -> Result<(), StoreError> {
        let mut values = values.peekable();
        if values.peek().is_none() {
            return Ok(());
        }
        let rows: Vec<Row> = with_tx!(self, |conn| {
            let mut query = QueryBuilder::new(FIND);
            query.push(column).push(" IN (");
            let mut list = query.separated(", ");
            for value in values {
                list.push_bind(value);
            }
            query.push(") ORDER BY created_at, id");
            query.build_query_as().fetch_all(&mut *conn).await
        })?;
        for row in rows {
            book.add(row);
        }
        Ok(())
    }
}

/// The operator of one record. `touched` takes the pages of which more is known now.
fn take<'n>(
    book: &mut Book,
    round: &mut Round<'n>,
    one: &'n NamedOperator,
    ids: &Ids,
    now: DateTime<Utc>,
    touched: &mut BTreeSet<Uuid>,
) -> Option<Uuid> {
    let Some(key) = name_key(&one.name) else {
        return one.code.as_deref().and_then(|code| book.only_with_code(code));
    };
    let identity = book::identity(&key, one);
    if let Some(place) = book.exact(&identity) {
        return Some(known(book, round, place, &key, one, touched));
    }
    let places = book.candidates(&identity);
    let candidates: Vec<&Identity> = places.iter().map(|place| book.identity(*place)).collect();
    let doubts = match choose(&identity, &candidates) {
        Choice::One(at) => return Some(known(book, round, places[at], &key, one, touched)),
        Choice::New => Vec::new(),
        Choice::Doubtful(doubts) => {
            let doubts: Vec<(usize, Doubt)> = doubts.into_iter().map(|(at, doubt)| (places[at], doubt)).collect();
            if let Some(place) = book.as_before(&doubts, &identity) {
                return Some(book.id(place));
            }
            doubts
        }
    };
    let id = ids.next(now);
    round.doubts.extend(doubts.iter().take(MOST_DOUBTS).map(|(place, doubt)| (id, book.id(*place), *doubt)));
    let name_key = if book.has_name(&key) { format!("{key} {}", id.simple()) } else { key.clone() };
    book.add(Row::new(id, key.clone(), one));
    round.rows.push((id, name_key, key, one));
    Some(id)
}

/// A known operator, completed by what the record says.
fn known<'n>(
    book: &mut Book,
    round: &mut Round<'n>,
    place: usize,
    key: &str,
    one: &'n NamedOperator,
    touched: &mut BTreeSet<Uuid>,
) -> Uuid {
    let id = book.id(place);
    if book.complete(place, one) {
        round.rows.push((id, id.to_string(), key.to_owned(), one));
        touched.extend(book.public_page(place));
    }
    if let Some(alias) = book.new_alias(place, key, one) {
        round.aliases.push((id, alias));
        touched.extend(book.public_page(place));
    }
    id
}
