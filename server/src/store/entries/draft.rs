//! An edition of a register that is to be public. Pure.

use std::{collections::HashMap, sync::Arc};

use app::{
    domain::{
        operator::{OperatorKind, narrow},
        register::{Cell, Cells, Register, Role, Shows},
    },
    text::registers as say,
};
use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{super::hex, EntryOperator};

/// Separates values of facets, and words of cells.
pub const UNIT: char = '\u{1f}';
/// Between the places of two entries of a first edition, so that later ones find room between them.
const GAP: i64 = 1 << 10;

/// An entry as a file says it.
#[derive(Clone, Debug)]
pub struct EntryDraft {
    /// What makes it the same entry in the next edition
    pub key: String,
    /// Its cells
    pub cells: Cells,
}

/// All entries of a register, in order.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The register
    pub register: Arc<Register>,
    /// Its entries; keys differ
    pub entries: Vec<EntryDraft>,
}

/// How many entries an edition adds, changes, leaves and removes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EntryDifference {
    /// New entries
    pub added: usize,
    /// Entries with another cell
    pub changed: usize,
    /// Entries as before
    pub unchanged: usize,
    /// Entries that the edition names no more
    pub removed: usize,
}

impl EntryDifference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.added + self.changed + self.removed == 0
    }
}

/// An entry that an edition adds, changes or removes, for a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryChange {
    /// `added`, `changed` or `removed`
    pub what: &'static str,
    /// What a list calls it
    pub title: String,
    /// Cells that differ: name of the column, before, after
    pub cells: Vec<(String, String, String)>,
}

/// A stored entry, as far as comparing needs it.
pub struct Known {
    pub id: Uuid,
    pub key: String,
    pub content: String,
    pub ordinal: i64,
    pub operator: Option<Uuid>,
}

/// What becomes of one entry of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Add,
    Change { id: Uuid, operator: Option<Uuid> },
    Keep,
}

/// A comparison: fate and place of each entry, and what is gone.
pub struct Comparison {
    pub fates: Vec<Fate>,
    pub places: Vec<i64>,
    pub removed: Vec<Known>,
    pub difference: EntryDifference,
}

/// The line of an entry in the public log: what is stored of it says it whole.
pub fn line(key: &str, cells: &str) -> String {
    let key = serde_json::Value::from(key);
    format!("{{\"key\":{key},\"cells\":{cells}}}")
}

/// 128 bits of SHA-256 over a line, hexadecimal.
pub fn content(line: &str) -> String {
    hex(&Sha256::digest(line.as_bytes())[..16])
}

/// Text without blanks and the width of signs.
fn plain(text: &str) -> String {
    text.chars().map(narrow).filter(|sign| !sign.is_whitespace() && *sign != UNIT).collect()
}

/// Text as the search within a register compares it: [`plain`], small letters.
pub fn word(text: &str) -> String {
    plain(text).to_lowercase()
}

/// Compares an edition's keys and contents, in order, with what is stored.
pub fn compare(known: Vec<Known>, edition: &[(&str, &str)]) -> Comparison {
    let mut by_key: HashMap<String, Known> = known.into_iter().map(|one| (one.key.clone(), one)).collect();
    let mut difference = EntryDifference::default();
    let mut kept = Vec::with_capacity(edition.len());
    let fates = edition.iter().map(|(key, content)| {
        let Some(old) = by_key.remove(*key) else {
            difference.added += 1;
            kept.push(None);
            return Fate::Add;
        };
        kept.push(Some(old.ordinal));
        if old.content == *content {
            difference.unchanged += 1;
            Fate::Keep
        } else {
            difference.changed += 1;
            Fate::Change { id: old.id, operator: old.operator }
        }
    });
    let fates = fates.collect();
    difference.removed = by_key.len();
    Comparison { fates, places: places(&kept), removed: by_key.into_values().collect(), difference }
}

/// Places of entries in order; those known keep theirs, the others find room between them.
fn places(known: &[Option<i64>]) -> Vec<i64> {
    let mut out = Vec::with_capacity(known.len());
    let (mut last, mut at) = (0, 0);
    while at < known.len() {
        if let Some(place) = known[at] {
            last = last.max(place);
            out.push(place);
            at += 1;
            continue;
        }
        let run = known[at..].iter().take_while(|place| place.is_none()).count();
        let steps = i64::try_from(run).unwrap_or(i64::MAX - 1) + 1;
        let next = known[at + run..].iter().flatten().find(|place| **place > last);
        let step = next.map_or(GAP, |next| (next - last) / steps);
        out.extend((1..steps).map(|number| last + step * number));
        last = out.last().copied().unwrap_or(last);
        at += run;
    }
    out
}

impl Edition {
    /// Leaves out what would not be shown any more.
    #[must_use]
    pub fn shown_on(mut self, today: NaiveDate) -> Self {
        let register = Arc::clone(&self.register);
        self.entries.retain(|entry| register.until(&entry.cells).is_none_or(|until| until >= today));
        self
    }

    /// The lines of all entries, in their order.
    pub(super) fn lines(&self) -> Vec<String> {
        self.entries.iter().map(|entry| line(&entry.key, &self.register.to_json(&entry.cells))).collect()
    }

    /// The operator that an entry is about.
    pub(super) fn operator(&self, entry: &EntryDraft) -> Option<EntryOperator> {
        let register = &self.register;
        let named = register.operator(&entry.cells)?;
        Some(EntryOperator {
            name: named.name.unwrap_or_default(),
            code: named.code,
            licence: named.licence,
            address: named.address,
            district: register.district(&entry.cells),
            point: register.point(&entry.cells),
            province: None,
            kind: kind(register, &entry.cells),
        })
    }

    /// What a list calls an entry: where neither it nor its operator has a name, the first that the list shows.
    pub(super) fn title(&self, entry: &EntryDraft) -> String {
        let title = self.register.title(&entry.cells);
        if !title.is_empty() {
            return title;
        }
        let mut said = self
            .register
            .listed()
            .filter_map(|(place, column)| Some(say::value(column, &entry.cells.get(place)?.canonical())));
        said.next().unwrap_or_else(|| entry.key.clone())
    }

    /// Values of an entry's facets.
    pub(super) fn facets(&self, entry: &EntryDraft) -> String {
        let register = &self.register;
        let mut out = String::from(UNIT);
        let mut add = |code: &str, value: &str| {
            let value: String = value.chars().filter(|sign| *sign != UNIT).collect();
            out.extend([code, "=", &value]);
            out.push(UNIT);
        };
        for (place, column) in register.facets().filter(|(_, column)| column.role != Some(Role::District)) {
            if let Some(cell) = entry.cells.get(place) {
                add(&column.code, &cell.canonical());
            }
        }
        if let Some(district) = register.district(&entry.cells) {
            add("district", &district);
        }
        out
    }

    /// What is searched of an entry, for people too: what each cell says.
    pub(super) fn words(&self, entry: &EntryDraft) -> String {
        let said = self.register.columns.iter().enumerate().filter_map(|(place, column)| {
            let cell = entry.cells.get(place)?;
            Some(plain(&say::value(column, &cell.canonical())))
        });
        said.collect::<Vec<_>>().join("\u{1f}")
    }
}

/// What an operator is by the register that names it.
fn kind(register: &Register, cells: &Cells) -> Option<&'static str> {
    use OperatorKind as K;
    let code = match register.cell(cells, Role::Kind) {
        Some(Cell::Choice(code)) => code.as_str(),
        _ => "",
    };
    let kind = match (register.shows, code) {
        (Shows::School, _) | (Shows::BrightKitchen, "school") => K::SchoolCanteen,
        (Shows::BrightKitchen, "care_home") => K::CareCanteen,
        (Shows::BrightKitchen, "canteen" | "restaurant" | "central") => K::Catering,
        (Shows::BrightKitchen, "delivery") => K::MealDelivery,
        (Shows::BrightKitchen, "online") | (Shows::Delisted, _) => K::OnlineCatering,
        (Shows::BrightKitchen, "workshop") => K::Producer,
        (Shows::BrightKitchen, "warehouse") => K::Warehouse,
        (Shows::SmallTrade, "workshop") => K::SmallWorkshop,
        (Shows::SmallTrade, "restaurant") => K::SmallCatering,
        (Shows::SmallTrade, "shop") => K::Seller,
        (Shows::SmallTrade, "stall") => K::Stall,
        // a bureau's own register may say the code itself
        (_, code) => OperatorKind::from_code(code)?,
    };
    Some(kind.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(key: &str, content: &str, ordinal: i64) -> Known {
        let id = Uuid::from_u128(u128::try_from(ordinal).unwrap());
        Known { id, key: key.into(), content: content.into(), ordinal, operator: None }
    }

    #[test]
    fn an_edition_is_compared_by_key() {
        let stored = vec![known("a", "1", 1024), known("b", "1", 2048), known("c", "1", 3072)];
        let edition = [("x", "1"), ("a", "1"), ("y", "1"), ("z", "1"), ("b", "2")];
        let found = compare(stored, &edition);
        assert_eq!(found.difference, EntryDifference { added: 3, changed: 1, unchanged: 1, removed: 1 });
        assert_eq!(found.fates[4], Fate::Change { id: Uuid::from_u128(2048), operator: None });
        assert_eq!(found.removed[0].key, "c");
        assert_eq!(found.places, [512, 1024, 1365, 1706, 2048]);
    }

    #[test]
    fn places_ascend_where_there_is_room() {
        assert_eq!(places(&[None, None, None]), [1024, 2048, 3072]);
        assert_eq!(places(&[Some(5), None, Some(6), None]), [5, 5, 6, 1030]);
        assert_eq!(places(&[Some(9), Some(3), None]), [9, 3, 1033]);
        assert_eq!(places(&[]), [] as [i64; 0]);
    }

    #[test]
    fn lines_are_json_whatever_the_key_is() {
        let line = line("a\"\u{1f}\n", "{\"x\":\"一\"}");
        let read: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((read["key"].as_str(), read["cells"]["x"].as_str()), (Some("a\"\u{1f}\n"), Some("一")));
        assert_eq!(word(" ＡＢc 市 \u{1f}1"), "abc市1");
    }
}
