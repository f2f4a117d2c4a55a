//! All facets of a document as one value: a segment has few distinct ones, so counting hits by them costs one
//! addition a hit, and filters are a lookup.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use tantivy::{SegmentReader, columnar::StrColumn};

use crate::{Document, Error, Facets, Filters, Point};

const FIELD: char = '\u{1f}';
const VALUE: char = '\u{1e}';

/// The facets, in the order of a combination's fields.
pub const FACETS: usize = 8;
pub const YEAR: usize = 5;
const KIND: usize = 0;
const FAMILY: usize = 3;

/// No value.
const NONE: u32 = 0;

/// Year of a day since 1970-01-01 (days from civil, Howard Hinnant).
pub fn year_of(days: i32) -> i32 {
    let z = i64::from(days) + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let starts_in_march = (5 * day_of_year + 2) / 153 >= 10;
    i32::try_from(year_of_era + era * 400 + i64::from(starts_in_march)).unwrap_or(0)
}

/// The combination of a document: kind, verdict, category, families, district, year, body, place.
pub fn combination(document: &Document) -> String {
    let clean = |text: &str| text.replace([FIELD, VALUE], " ");
    let optional = |value: &Option<String>| value.as_deref().map(clean).unwrap_or_default();
    let families: Vec<String> = document.families.iter().map(|family| clean(family)).collect();
    [
        clean(&document.kind),
        optional(&document.verdict),
        optional(&document.category),
        families.join(&VALUE.to_string()),
        optional(&document.district),
        document.date.map(|date| year_of(date).to_string()).unwrap_or_default(),
        optional(&document.body),
        optional(&document.place),
    ]
    .join(&FIELD.to_string())
}

/// Numbers for values, the same in all segments. Number 0 is "no value".
pub struct Values(RwLock<[Names; FACETS]>);

#[derive(Default)]
struct Names {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, value: &str) -> u32 {
        if value.is_empty() {
            return NONE;
        }
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        self.names.push(value.to_owned());
        let number = u32::try_from(self.names.len()).unwrap_or(NONE);
        self.numbers.insert(value.to_owned(), number);
        number
    }
}

impl Default for Values {
    fn default() -> Self {
        Self(RwLock::new(std::array::from_fn(|_| Names::default())))
    }
}

/// One combination as numbers.
#[derive(Clone, Debug)]
struct Combo {
    values: [u32; FACETS],
    /// All families, when there are several
    families: Vec<u32>,
}

/// A segment's combinations by their ordinal in the column, and what is derived from them once.
pub struct SegmentCombos {
    combos: Vec<Combo>,
    /// Counts of all live documents, with the number of deleted ones they were taken at
    all: Mutex<Option<(u32, Arc<Vec<u32>>)>>,
    /// Documents, newest first
    newest: std::sync::OnceLock<Vec<u32>>,
    /// Those of one kind, newest first, by the kind's number; made when they are first asked for
    newest_of: Mutex<HashMap<u32, Arc<[u32]>>>,
    /// Documents that have a place: scanned, an optional column costs ten times as much
    spots: std::sync::OnceLock<Vec<Spot>>,
}

/// A document that has a place.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    pub doc: u32,
    pub combo: u32,
    pub point: Point,
}

/// Which filters a combination fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// None
    Yes,
    /// Only this facet's
    But(u8),
    /// Several
    No,
}

/// The numbers that a filter allows, for each facet that is filtered.
type Wanted = [Option<Vec<u32>>; FACETS];

impl SegmentCombos {
    /// Reads the combinations of a segment.
    pub fn load(segment: &SegmentReader, values: &Values) -> Result<Self, Error> {
        let column = column(segment)?;
        let mut guard = values.0.write().unwrap_or_else(PoisonError::into_inner);
        let mut combos = Vec::with_capacity(column.num_terms());
        let mut text = String::new();
        for ord in 0..column.num_terms() as u64 {
            text.clear();
            column.ord_to_str(ord, &mut text)?;
            let mut combo = Combo { values: [NONE; FACETS], families: Vec::new() };
            for (facet, field) in text.split(FIELD).take(FACETS).enumerate() {
                if facet == FAMILY {
                    combo.families = field.split(VALUE).map(|family| guard[FAMILY].number(family)).collect();
                    combo.values[FAMILY] = combo.families.first().copied().unwrap_or(NONE);
                } else {
                    combo.values[facet] = guard[facet].number(field);
                }
            }
            combos.push(combo);
        }
        Ok(Self {
            combos,
            all: Mutex::new(None),
            newest: std::sync::OnceLock::new(),
            newest_of: Mutex::default(),
            spots: std::sync::OnceLock::new(),
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.combos.len()
    }

    /// For each combination, which filters it fails; those of another kind than `only` fail all. Empty when nothing is
    /// filtered.
    pub fn passes(&self, wanted: &Wanted, only: Option<u32>) -> Vec<Pass> {
        if only.is_none() && wanted.iter().all(Option::is_none) {
            return Vec::new();
        }
        let is_other = |combo: &Combo| only.is_some_and(|only| combo.values[KIND] != only);
        self.combos.iter().map(|combo| if is_other(combo) { Pass::No } else { combo.pass(wanted) }).collect()
    }

    /// Documents that have a place, with deleted ones.
    pub fn spots(&self, segment: &SegmentReader) -> Result<&[Spot], Error> {
        if let Some(spots) = self.spots.get() {
            return Ok(spots);
        }
        let (ords, fast) = (column(segment)?, segment.fast_fields());
        let (lat, lon) = (fast.i64("lat")?, fast.i64("lon")?);
        let degree = |value: Option<i64>| value.and_then(|value| i32::try_from(value).ok());
        let spot = |doc: u32| {
            let (lat_e6, lon_e6) = (degree(lat.first(doc))?, degree(lon.first(doc))?);
            let combo = u32::try_from(ords.ords().first(doc).unwrap_or(0)).unwrap_or(0);
            Some(Spot { doc, combo, point: Point { lat_e6, lon_e6 } })
        };
        let spots = (0..segment.max_doc()).filter_map(spot).collect();
        Ok(self.spots.get_or_init(|| spots))
    }

    /// Documents of one kind in an order of all documents.
    pub fn of_kind(&self, kind: u32, order: &[u32], ords: &StrColumn) -> Arc<[u32]> {
        let mut kept = self.newest_of.lock().unwrap_or_else(PoisonError::into_inner);
        let is_kind = |doc: &&u32| {
            let combo = self.combos.get(place(ords.ords().first(**doc).unwrap_or(0)));
            combo.is_some_and(|combo| combo.values[KIND] == kind)
        };
        Arc::clone(kept.entry(kind).or_insert_with(|| order.iter().filter(is_kind).copied().collect()))
    }

    /// Live documents by combination.
    pub fn all_counts(&self, segment: &SegmentReader) -> Result<Arc<Vec<u32>>, Error> {
        let deleted = segment.num_deleted_docs();
        let mut kept = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, counts)) = kept.as_ref()
            && *at == deleted
        {
            return Ok(Arc::clone(counts));
        }
        let ords = column(segment)?;
        let mut counts = vec![0; self.combos.len()];
        for doc in segment.doc_ids_alive() {
            if let Some(ord) = ords.ords().first(doc) {
                counts[place(ord)] += 1;
            }
        }
        let counts = Arc::new(counts);
        *kept = Some((deleted, Arc::clone(&counts)));
        Ok(counts)
    }

    /// Documents, newest first, equal days by key; with deleted ones.
    pub fn newest(
        &self,
        dates: &tantivy::columnar::Column<i64>,
        keys: &tantivy::columnar::Column<u64>,
        max: u32,
    ) -> &[u32] {
        self.newest.get_or_init(|| {
            let mut order: Vec<(u32, u64, u32)> = (0..max)
                .map(|doc| (crate::cursor::rank_of_day(dates.first(doc)), keys.first(doc).unwrap_or(0), doc))
                .collect();
            order.sort_unstable_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
            order.into_iter().map(|(_, _, doc)| doc).collect()
        })
    }
}

impl Combo {
    fn pass(&self, wanted: &Wanted) -> Pass {
        let mut pass = Pass::Yes;
        for (facet, allowed) in wanted.iter().enumerate() {
            let Some(allowed) = allowed else { continue };
            let holds = if facet == FAMILY {
                self.families.iter().any(|family| allowed.contains(family))
            } else {
                allowed.contains(&self.values[facet])
            };
            if !holds {
                if pass != Pass::Yes {
                    return Pass::No;
                }
                pass = Pass::But(u8::try_from(facet).unwrap_or(u8::MAX));
            }
        }
        pass
    }
}

/// An ordinal as a place in a list.
pub fn place(ordinal: u64) -> usize {
    usize::try_from(ordinal).unwrap_or(usize::MAX)
}

/// The column of combinations.
pub fn column(segment: &SegmentReader) -> Result<StrColumn, Error> {
    segment.fast_fields().str("combo")?.ok_or_else(|| Error::Corrupt("no combinations in a segment".into()))
}

impl Values {
    /// The number of a kind; one that no document has gets a number that none has.
    pub fn kind(&self, kind: &str) -> u32 {
        let guard = self.0.read().unwrap_or_else(PoisonError::into_inner);
        guard[KIND].numbers.get(kind).copied().unwrap_or(u32::MAX)
    }

    /// What filters allow, as numbers. A value that no document has allows nothing.
    pub fn wanted(&self, filters: &Filters) -> Wanted {
        let guard = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let years: Vec<String> = filters.year.iter().map(ToString::to_string).collect();
        let lists = [
            &filters.kind,
            &filters.verdict,
            &filters.category,
            &filters.family,
            &filters.district,
            &years,
            &filters.body,
            &filters.place,
        ];
        std::array::from_fn(|facet| {
            let list = lists[facet];
            let number = |value: &String| guard[facet].numbers.get(value).copied();
            (!list.is_empty()).then(|| list.iter().filter_map(number).collect())
        })
    }

    /// Counts by value from counts by combination: (segment, its passes, its counts).
    pub fn facets<'a>(&self, segments: impl Iterator<Item = (&'a SegmentCombos, &'a [Pass], &'a [u32])>) -> Facets {
        let guard = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut counts: [Vec<u64>; FACETS] = std::array::from_fn(|facet| vec![0; guard[facet].names.len() + 1]);
        for (segment, passes, found) in segments {
            for (ord, count) in found.iter().enumerate().filter(|(_, count)| **count > 0) {
                let combo = &segment.combos[ord];
                let facets = match passes.get(ord).copied().unwrap_or(Pass::Yes) {
                    Pass::Yes => 0..FACETS,
                    Pass::But(facet) => usize::from(facet)..usize::from(facet) + 1,
                    Pass::No => continue,
                };
                for facet in facets {
                    if facet == FAMILY {
                        for family in &combo.families {
                            counts[FAMILY][*family as usize] += u64::from(*count);
                        }
                    } else {
                        counts[facet][combo.values[facet] as usize] += u64::from(*count);
                    }
                }
            }
        }
        let mut lists = counts.into_iter().enumerate().map(|(facet, counts)| {
            let mut list: Vec<(String, u64)> = counts
                .into_iter()
                .enumerate()
                .skip(1)
                .filter(|(_, count)| *count > 0)
                .map(|(number, count)| (guard[facet].names[number - 1].clone(), count))
                .collect();
            if facet == YEAR {
                list.sort_unstable_by(|a, b| b.0.cmp(&a.0));
            } else {
                list.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            }
            list
        });
        let mut next = || lists.next().unwrap_or_default();
        Facets {
            kind: next(),
            verdict: next(),
            category: next(),
            family: next(),
            district: next(),
            year: next(),
            body: next(),
            place: next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_days() {
        for (days, year) in
            [(0, 1970), (-1, 1969), (20_453, 2025), (20_454, 2026), (59, 1970), (11_016, 2000), (10_956, 1999)]
        {
            assert_eq!(year_of(days), year, "{days}");
        }
    }
}
