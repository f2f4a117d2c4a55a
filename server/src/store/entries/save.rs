//! An edition becomes what is public: only what differs is written.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::{
    super::{Action, Entity, acts::Content, publication::to_json},
    Db, Edition, EntryDifference, IDS, StoreError, Tx,
    draft::{self, Comparison, EntryChange, Fate, Known},
    row::read_cells,
    run, with_pool, with_tx,
};
use crate::{
    id::Ids,
    tlog::{pack, root_of_lines},
};
use app::{domain::publication, text::registers as say};

/// Rows of one statement: 16 columns each, below SQLite's 32,766 parameters.
const BATCH: usize = 1_000;
const KNOWN: &str = "SELECT id, entry_key, content, ordinal, operator_id FROM register_entry WHERE register = $1";
const BURY: &str = "INSERT INTO tombstone (id, publication_id, place) SELECT e.id, e.publication_id, CAST($1 AS BIGINT) \
     FROM register_entry e WHERE e.id IN (";
const DELETE: &str = "DELETE FROM register_entry WHERE id IN (";
const INSERT: &str = "INSERT INTO register_entry (id, publication_id, register, entry_key, ordinal, title, operator_id, \
     district, lat_e6, lon_e6, cells, content, facets, words, on_day, until_day) ";
const REPLACE: &str = " ON CONFLICT (id) DO UPDATE SET title = excluded.title, operator_id = excluded.operator_id, \
     district = excluded.district, lat_e6 = excluded.lat_e6, lon_e6 = excluded.lon_e6, cells = excluded.cells, \
     content = excluded.content, facets = excluded.facets, words = excluded.words, on_day = excluded.on_day, \
     until_day = excluded.until_day";
const COUNT: &str = "UPDATE register SET entries = (SELECT COUNT(*) FROM register_entry e WHERE e.register = register.code), \
     points = (SELECT COUNT(*) FROM register_entry e WHERE e.register = register.code AND e.lat_e6 IS NOT NULL) \
     WHERE publication_id = $1";
const CELLS: &str = "SELECT entry_key, title, cells FROM register_entry WHERE register = $1 ORDER BY ordinal, id";

#[derive(FromRow)]
struct KnownRow {
    id: Uuid,
    entry_key: String,
    content: String,
    ordinal: i64,
    operator_id: Option<Uuid>,
}

impl From<KnownRow> for Known {
    fn from(row: KnownRow) -> Self {
        let (key, operator) = (row.entry_key, row.operator_id);
        Self { id: row.id, key, content: row.content, ordinal: row.ordinal, operator }
    }
}

/// What a register's leaf commits to.
#[derive(Serialize)]
struct Logged<'a> {
    #[serde(flatten)]
    content: &'a publication::content::Content,
    entries: Entries,
    changes: EntryDifference,
}

#[derive(Serialize)]
struct Entries {
    count: usize,
    /// Root of the Merkle tree over the entries' lines in ascending order of their bytes
    root: String,
}

/// An edition compared with what is stored, before anything is written.
pub(in crate::store) struct Compared {
    comparison: Comparison,
    contents: Vec<String>,
    logged: Content,
}

impl Compared {
    /// What the public log keeps.
    pub fn logged(&self) -> Content {
        self.logged.clone()
    }
}

/// Compares an edition with stored rows; the digests of its lines too.
fn compare(rows: Vec<KnownRow>, edition: &Edition) -> (Comparison, Vec<String>) {
    let contents: Vec<String> = edition.lines().iter().map(|line| draft::content(line)).collect();
    let keys = edition.entries.iter().map(|entry| entry.key.as_str());
    let pairs: Vec<(&str, &str)> = keys.zip(contents.iter().map(String::as_str)).collect();
    let comparison = draft::compare(rows.into_iter().map(Known::from).collect(), &pairs);
    (comparison, contents)
}

/// Content and packed lines for the public log.
pub(super) fn logged(
    content: &publication::content::Content,
    mut lines: Vec<String>,
    changes: EntryDifference,
    ids: &Ids,
) -> Result<Content, StoreError> {
    lines.sort_unstable();
    let entries = Entries { count: lines.len(), root: root_of_lines(lines.iter().map(String::as_str)) };
    // the officers' file is not public: it may hold columns that the register hasn't
    let content = publication::content::Content { table: None, ..content.clone() };
    let packed = pack(lines.iter().map(String::as_str)).map_err(|_| StoreError::Value("revision.lines"))?;
    let text = to_json(&Logged { content: &content, entries, changes })?;
    Ok(Content { text, lines: Some(packed), salt: ids.salt() })
}

impl Db {
    /// What saving an edition would change.
    pub async fn preview_entries(&self, edition: &Edition) -> Result<EntryDifference, StoreError> {
        let rows: Vec<KnownRow> =
            with_pool!(self, |pool| sqlx::query_as(KNOWN).bind(&edition.register.code).fetch_all(pool).await)?;
        Ok(compare(rows, edition).0.difference)
    }

    /// … entry by entry, `most` at most.
    pub async fn preview_changes(&self, edition: &Edition, most: usize) -> Result<Vec<EntryChange>, StoreError> {
        let register = &edition.register;
        let rows: Vec<(String, String, String)> =
            with_pool!(self, |pool| sqlx::query_as(CELLS).bind(&register.code).fetch_all(pool).await)?;
        let mut stored: std::collections::HashMap<String, (String, String)> =
            rows.iter().map(|(key, title, cells)| (key.clone(), (title.clone(), cells.clone()))).collect();
        let mut out = Vec::new();
        for entry in &edition.entries {
            let title = edition.title(entry);
            let Some((_, cells)) = stored.remove(&entry.key) else {
                out.push(EntryChange { what: "added", title, cells: Vec::new() });
                continue;
            };
            let after = register.to_json(&entry.cells);
            if cells != after {
                let (before, after) = (read_cells(&cells)?, read_cells(&after)?);
                out.push(EntryChange { what: "changed", title, cells: say::differences(register, &before, &after) });
            }
        }
        let gone = rows.iter().filter(|(key, ..)| stored.contains_key(key));
        out.extend(gone.map(|(_, title, _)| EntryChange { what: "removed", title: title.clone(), cells: Vec::new() }));
        // what is removed or changed is looked at first
        out.sort_by_key(|change| ["removed", "changed", "added"].iter().position(|what| *what == change.what));
        out.truncate(most);
        Ok(out)
    }
}

impl Tx {
    /// Compares an edition with what is stored, and makes what the public log keeps of it.
    pub(in crate::store) async fn compare_entries(
        &mut self,
        content: &publication::content::Content,
        edition: &Edition,
        ids: &Ids,
    ) -> Result<Compared, StoreError> {
        let rows: Vec<KnownRow> =
            with_tx!(self, |conn| sqlx::query_as(KNOWN).bind(&edition.register.code).fetch_all(&mut *conn).await)?;
        let (comparison, contents) = compare(rows, edition);
        let logged = logged(content, edition.lines(), comparison.difference, ids)?;
        Ok(Compared { comparison, contents, logged })
    }

    /// What saving an edition would change.
    pub async fn difference_of_entries(&mut self, edition: &Edition) -> Result<EntryDifference, StoreError> {
        let rows: Vec<KnownRow> =
            with_tx!(self, |conn| sqlx::query_as(KNOWN).bind(&edition.register.code).fetch_all(&mut *conn).await)?;
        Ok(compare(rows, edition).0.difference)
    }

    /// Writes what differs; `place` is the act's leaf. Gives the changes of operators.
    pub(in crate::store) async fn save_entries(
        &mut self,
        publication: Uuid,
        edition: &Edition,
        compared: &Compared,
        place: i64,
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<Vec<(Entity, Uuid, Action)>, StoreError> {
        let comparison = &compared.comparison;
        let gone: Vec<Uuid> = comparison.removed.iter().map(|known| known.id).collect();
        self.drop_entries(&gone, place).await?;
        let fresh: Vec<(usize, Uuid)> = comparison
            .fates
            .iter()
            .enumerate()
            .filter_map(|(at, fate)| match fate {
                Fate::Add => Some((at, ids.next(now))),
                Fate::Change { id, .. } => Some((at, *id)),
                Fate::Keep => None,
            })
            .collect();
        let named: Vec<_> = fresh.iter().map(|(at, _)| edition.operator(&edition.entries[*at])).collect();
        let linked = self.link_entry_operators(&named, ids, now).await?;
        for (batch, operators) in fresh.chunks(BATCH).zip(linked.ids.chunks(BATCH)) {
            self.put_entries(publication, edition, compared, batch, operators).await?;
        }
        run!(self, COUNT, publication)?;
        let mut changes = linked.changes;
        changes.extend(self.show_entry_operators(&edition.register.code).await?);
        let before = comparison.fates.iter().filter_map(|fate| match fate {
            Fate::Change { operator, .. } => *operator,
            _ => None,
        });
        let lost: BTreeSet<Uuid> = comparison.removed.iter().filter_map(|known| known.operator).chain(before).collect();
        changes.extend(self.hide_entry_operators(&lost).await?);
        Ok(changes)
    }

    async fn put_entries(
        &mut self,
        publication: Uuid,
        edition: &Edition,
        compared: &Compared,
        batch: &[(usize, Uuid)],
        operators: &[Option<Uuid>],
    ) -> Result<(), StoreError> {
        let register = &edition.register;
        with_tx!(self, |conn| {
            let mut insert = QueryBuilder::new(INSERT);
            insert.push_values(batch.iter().zip(operators), |mut row, ((at, id), operator)| {
                let entry = &edition.entries[*at];
                let cells = &entry.cells;
                let point = register.point(cells);
                row.push_bind(*id)
                    .push_bind(publication)
                    .push_bind(&register.code)
                    .push_bind(&entry.key)
                    .push_bind(compared.comparison.places[*at])
                    .push_bind(edition.title(entry))
                    .push_bind(*operator)
                    .push_bind(register.district(cells))
                    .push_bind(point.map(|point| i64::from(point.lat_e6)))
                    .push_bind(point.map(|point| i64::from(point.lon_e6)))
                    .push_bind(register.to_json(cells))
                    .push_bind(&compared.contents[*at])
                    .push_bind(edition.facets(entry))
                    .push_bind(edition.words(entry))
                    .push_bind(register.on(cells))
                    .push_bind(register.until(cells));
            });
            insert.push(REPLACE);
            insert.build().execute(&mut *conn).await.map(|_| ())
        })?;
        Ok(())
    }

    /// Deletes entries; their addresses answer 410 with the leaf of the act.
    pub(super) async fn drop_entries(&mut self, gone: &[Uuid], place: i64) -> Result<(), StoreError> {
        for batch in gone.chunks(IDS) {
            with_tx!(self, |conn| {
                let mut bury = QueryBuilder::new("");
                bury.push(BURY.replace("$1", &place.to_string()));
                let mut list = bury.separated(", ");
                for id in batch {
                    list.push_bind(*id);
                }
                bury.push(")");
                bury.build().execute(&mut *conn).await.map(|_| ())
            })?;
            with_tx!(self, |conn| {
                let mut delete = QueryBuilder::new(DELETE);
                let mut list = delete.separated(", ");
                for id in batch {
                    list.push_bind(*id);
                }
                delete.push(")");
                delete.build().execute(&mut *conn).await.map(|_| ())
            })?;
        }
        Ok(())
    }

    /// Counts a register's entries anew.
    pub(super) async fn count_entries(&mut self, publication: Uuid) -> Result<(), StoreError> {
        run!(self, COUNT, publication)?;
        Ok(())
    }
}
