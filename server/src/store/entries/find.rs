//! Entries of a register by words and facets, in an order.

use app::{
    domain::register::{CellType, Register},
    ports::EntryOrder,
};
use chrono::NaiveDate;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{
    Db, StoreError,
    draft::{UNIT, word},
    row::{COLUMNS, EntryRow},
    with_pool,
};

/// Words of a search at most.
const WORDS: usize = 8;
const FROM: &str = " FROM register_entry e JOIN publication p ON p.id = e.publication_id WHERE e.register = $1 \
     AND p.standing = 'public' AND (e.until_day IS NULL OR e.until_day >= $2)";

/// Which entries.
pub struct EntryFilter<'a> {
    pub code: &'a str,
    pub today: NaiveDate,
    pub text: &'a str,
    /// Facets: code and value
    pub facets: &'a [(String, String)],
    pub with_point: bool,
}

/// A pattern of `LIKE … ESCAPE '\'` for what holds a text.
fn holding(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{text}%")
}

impl EntryFilter<'_> {
    /// The patterns of the words and, unless they are left out, of the facets.
    fn patterns(&self, with_facets: bool) -> Vec<(&'static str, String)> {
        let words = self.text.split_whitespace().map(word).filter(|word| !word.is_empty()).take(WORDS);
        let words = words.map(|word| ("LOWER(e.words)", holding(&word)));
        let facets = self.facets.iter().filter(|_| with_facets);
        let facets = facets.map(|(code, value)| ("e.facets", holding(&format!("{UNIT}{code}={value}{UNIT}"))));
        words.chain(facets).collect()
    }

    /// Conditions on patterns that are bound from a number on.
    fn conditions(&self, patterns: &[(&'static str, String)], first: usize) -> String {
        let point = if self.with_point { " AND e.lat_e6 IS NOT NULL" } else { "" };
        let likes = patterns.iter().zip(first..);
        let likes = likes.map(|((column, _), number)| format!(" AND {column} LIKE ${number} ESCAPE '\\'"));
        likes.chain([point.to_owned()]).collect()
    }
}

/// The values of one entry's facets: code and value.
pub fn facet_values(facets: &str) -> impl Iterator<Item = (&str, &str)> {
    facets.split(UNIT).filter_map(|pair| pair.split_once('='))
}

impl Db {
    /// Entries counted by all their facets at once, without regard to the facets of the filter.
    pub(crate) async fn entry_combinations(&self, filter: &EntryFilter<'_>) -> Result<Vec<(String, i64)>, StoreError> {
        let patterns = filter.patterns(false);
        let sql = format!("SELECT e.facets, COUNT(*){FROM}{} GROUP BY e.facets", filter.conditions(&patterns, 3));
        Ok(with_pool!(self, |pool| {
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(filter.code).bind(filter.today);
            for (_, pattern) in &patterns {
                query = query.bind(pattern);
            }
            query.fetch_all(pool).await
        })?)
    }

    /// Entries after a place, as they stand in the register.
    pub(crate) async fn find_entries(
        &self,
        filter: &EntryFilter<'_>,
        after: (i64, Uuid),
        limit: i64,
    ) -> Result<Vec<EntryRow>, StoreError> {
        let patterns = filter.patterns(true);
        let conditions = filter.conditions(&patterns, 6);
        let sql = format!(
            "SELECT {COLUMNS}{FROM}{conditions} AND (e.ordinal, e.id) > ($3, $4) ORDER BY e.ordinal, e.id LIMIT $5"
        );
        Ok(with_pool!(self, |pool| {
            let query = sqlx::query_as(AssertSqlSafe(sql)).bind(filter.code).bind(filter.today);
            let mut query = query.bind(after.0).bind(after.1).bind(limit);
            for (_, pattern) in &patterns {
                query = query.bind(pattern);
            }
            query.fetch_all(pool).await
        })?)
    }

    /// Entries in the order of a column, some of them left out first. Entries that say nothing there are last.
    pub(crate) async fn sorted_entries(
        &self,
        filter: &EntryFilter<'_>,
        register: &Register,
        order: &EntryOrder,
        skip: i64,
        limit: i64,
    ) -> Result<Vec<EntryRow>, StoreError> {
        let patterns = filter.patterns(true);
        let conditions = filter.conditions(&patterns, 5);
        let order = self.order_by(register, order);
        let sql = format!("SELECT {COLUMNS}{FROM}{conditions} ORDER BY {order}e.ordinal, e.id LIMIT $3 OFFSET $4");
        Ok(with_pool!(self, |pool| {
            let query = sqlx::query_as(AssertSqlSafe(sql)).bind(filter.code).bind(filter.today);
            let mut query = query.bind(limit).bind(skip);
            for (_, pattern) in &patterns {
                query = query.bind(pattern);
            }
            query.fetch_all(pool).await
        })?)
    }

    /// Codes of columns and choices are small letters, digits and `_` (`Register::parse`), so they can stand in SQL.
    fn order_by(&self, register: &Register, order: &EntryOrder) -> String {
        let (code, way) = match order {
            EntryOrder::Given => return String::new(),
            EntryOrder::Up(code) => (code, "ASC"),
            EntryOrder::Down(code) => (code, "DESC"),
        };
        let Some(column) = register.columns.iter().find(|column| column.code == *code) else { return String::new() };
        let (said, is_number) = match self {
            Self::Sqlite { .. } => (format!("e.cells ->> '{code}'"), None),
            Self::Postgres(_) => {
                let said = format!("(CAST(e.cells AS json) ->> '{code}')");
                let number = format!("{said} ~ '^-?[0-9]{{1,15}}(\\.[0-9]+)?$'");
                (said, Some(number))
            }
        };
        let key = match column.cell_type {
            CellType::Choice => {
                let ranks =
                    column.values.iter().zip(0..).map(|(choice, rank)| format!(" WHEN '{}' THEN {rank}", choice.code));
                format!("(CASE {said}{} END)", ranks.collect::<String>())
            }
            cell_type if cell_type.is_number() => match is_number {
                Some(condition) => format!("(CASE WHEN {condition} THEN CAST({said} AS NUMERIC) END)"),
                None => format!("CAST({said} AS NUMERIC)"),
            },
            _ => format!("({said})"),
        };
        format!("{key} {way} NULLS LAST, ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_read_back() {
        let all: Vec<_> = facet_values("\u{1f}grade=a\u{1f}district=青禾区=x\u{1f}").collect();
        assert_eq!(all, [("grade", "a"), ("district", "青禾区=x")]);
        assert_eq!(holding("50%_\\"), "%50\\%\\_\\\\%");
    }
}
