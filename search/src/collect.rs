//! One pass over the matching documents: the best of them, how many there are, and how many of each combination.

use std::{cmp::Reverse, collections::BinaryHeap};

use tantivy::{
    DocAddress, DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::{Column, StrColumn},
};

use crate::{
    Near, Point, Sort,
    combos::{self, Pass, Spot},
    cursor::{rank_of_day, rank_of_score},
    near::rank_of_metres,
};

/// A place in the order: higher rank first, equal ranks by lower key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    pub rank: u32,
    pub key: u64,
    pub score: Score,
    pub at: DocAddress,
}

impl Ranked {
    /// Greater is better.
    pub fn place(&self) -> (u32, Reverse<u64>) {
        (self.rank, Reverse(self.key))
    }
}

impl Eq for Ranked {}
impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place().cmp(&other.place())
    }
}

/// What to keep.
pub struct Collect<'a> {
    pub sort: Sort,
    pub limit: usize,
    /// The last hit of the page before
    pub after: Option<(u32, u64)>,
    /// First and last day
    pub days: Option<(i64, i64)>,
    /// Only what has a place, the nearest first
    pub near: Option<Near>,
    /// Which filters each combination of each segment fails; empty lists when nothing is filtered
    pub passes: &'a [Vec<Pass>],
    /// Number of combinations of each segment
    pub combos: Vec<usize>,
    /// Whether to count by combination
    pub facets: bool,
}

/// What was found in a segment.
pub struct Found {
    pub total: u64,
    pub best: Vec<Ranked>,
    /// By combination, one list a segment
    pub counts: Vec<Vec<u32>>,
}

/// The places of a segment's documents, and around where is looked.
struct Around {
    near: Near,
    lat: Column<i64>,
    lon: Column<i64>,
}

impl Around {
    /// Metres to a document; `None` where it is outside or has no place.
    fn metres(&self, doc: DocId) -> Option<f64> {
        let degree = |column: &Column<i64>| column.first(doc).and_then(|value| i32::try_from(value).ok());
        self.near.metres(Point { lat_e6: degree(&self.lat)?, lon_e6: degree(&self.lon)? })
    }
}

/// Collects one segment.
pub struct SegmentCollect {
    sort: Sort,
    limit: usize,
    after: Option<(u32, Reverse<u64>)>,
    days: Option<(i64, i64)>,
    near: Option<Around>,
    passes: Vec<Pass>,
    segment: SegmentOrdinal,
    ords: StrColumn,
    dates: Column<i64>,
    keys: Column<u64>,
    total: u64,
    counts: Vec<u32>,
    best: BinaryHeap<Reverse<Ranked>>,
}

impl Collector for Collect<'_> {
    type Fruit = Found;
    type Child = SegmentCollect;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentCollect> {
        let combos = self.combos[segment as usize];
        Ok(SegmentCollect {
            sort: self.sort,
            limit: self.limit,
            after: self.after.map(|(rank, key)| (rank, Reverse(key))),
            days: self.days,
            near: match self.near {
                Some(near) => {
                    Some(Around { near, lat: reader.fast_fields().i64("lat")?, lon: reader.fast_fields().i64("lon")? })
                }
                None => None,
            },
            passes: self.passes[segment as usize].clone(),
            segment,
            ords: combos::column(reader).map_err(|error| tantivy::TantivyError::InternalError(error.to_string()))?,
            dates: reader.fast_fields().i64("date")?,
            keys: reader.fast_fields().u64("key")?,
            total: 0,
            counts: if self.facets { vec![0; combos] } else { Vec::new() },
            best: BinaryHeap::with_capacity(self.limit + 1),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance && self.near.is_none()
    }

    fn merge_fruits(&self, fruits: Vec<Found>) -> tantivy::Result<Found> {
        let mut merged = Found { total: 0, best: Vec::new(), counts: Vec::with_capacity(fruits.len()) };
        for fruit in fruits {
            merged.total += fruit.total;
            merged.best.extend(fruit.best);
            merged.counts.extend(fruit.counts);
        }
        merged.best.sort_unstable_by(|a, b| b.cmp(a));
        merged.best.truncate(self.limit);
        Ok(merged)
    }
}

impl SegmentCollect {
    /// Counts a document; whether it passes the filters.
    fn count(&mut self, doc: DocId) -> bool {
        if let Some((first, last)) = self.days {
            let inside = self.dates.first(doc).is_some_and(|day| (first..=last).contains(&day));
            if !inside {
                return false;
            }
        }
        let needs_ord = !self.counts.is_empty() || !self.passes.is_empty();
        if !needs_ord {
            self.total += 1;
            return true;
        }
        self.count_combo(combos::place(self.ords.ords().first(doc).unwrap_or(0)))
    }

    /// Counts a document of a combination; whether it passes the filters.
    fn count_combo(&mut self, ord: usize) -> bool {
        if let Some(count) = self.counts.get_mut(ord) {
            *count += 1;
        }
        let passes = self.passes.get(ord).is_none_or(|pass| *pass == Pass::Yes);
        self.total += u64::from(passes);
        passes
    }

    /// Takes a document that has a place, if it is near.
    pub fn take_spot(&mut self, spot: &Spot, near: Near) {
        let Some(metres) = near.metres(spot.point) else { return };
        if self.count_combo(spot.combo as usize) {
            self.keep(spot.doc, rank_of_metres(metres), 0.0);
        }
    }

    /// Keeps a document if it is among the best.
    fn keep(&mut self, doc: DocId, rank: u32, score: Score) {
        // most documents are worse than the worst that is kept: don't look up their key
        let full = self.best.len() == self.limit;
        if full && self.best.peek().is_some_and(|worst| rank < worst.0.rank) {
            return;
        }
        let key = self.keys.first(doc).unwrap_or(0);
        let found = Ranked { rank, key, score, at: DocAddress::new(self.segment, doc) };
        if self.after.is_some_and(|after| found.place() >= after) {
            return;
        }
        self.best.push(Reverse(found));
        if self.best.len() > self.limit {
            self.best.pop();
        }
    }
}

impl SegmentCollector for SegmentCollect {
    type Fruit = Found;

    fn collect(&mut self, doc: DocId, score: Score) {
        let metres = self.near.as_ref().map(|around| around.metres(doc));
        if metres == Some(None) || !self.count(doc) {
            return;
        }
        let rank = match (metres.flatten(), self.sort) {
            (Some(metres), _) => rank_of_metres(metres),
            (None, Sort::Relevance) => rank_of_score(score),
            (None, Sort::Newest) => rank_of_day(self.dates.first(doc)),
        };
        self.keep(doc, rank, score);
    }

    fn harvest(self) -> Found {
        Found {
            total: self.total,
            best: self.best.into_iter().map(|entry| entry.0).collect(),
            counts: vec![self.counts],
        }
    }
}
