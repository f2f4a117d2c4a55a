//! One search: strict first, then with fewer words, always in one pass each.

use std::{collections::HashSet, sync::Arc};

use tantivy::{
    DocAddress, TantivyDocument, Term,
    collector::{Collector, SegmentCollector},
    query::{AllQuery, BooleanQuery, Query as TantivyQuery, TermSetQuery},
    schema::Value,
};

use crate::{
    Cursor, Error, Filters, Hit, Index, Near, Query, Results, Sort, Within,
    collect::{Collect, Found, Ranked},
    combos::Pass,
    cursor::rank_of_day,
    index::Snapshot,
    query::{Parsed, Plan, TIERS, of_kind, parse},
    snippet::{Marks, Stored},
};

/// With fewer hits, those that match only part of the words are appended.
const FEW: u64 = 10;
/// With at most this many strict hits a better text is looked for.
const VERY_FEW: u64 = 2;
/// Hits in which a better text is looked for.
const LOOKED_AT: usize = 5;

/// One search under way.
struct Run<'a> {
    index: &'a Index,
    query: &'a Query,
    snapshot: Snapshot,
    /// Number of the one kind that is asked for
    only: Option<u32>,
    passes: Vec<Vec<Pass>>,
    days: Option<(i64, i64)>,
}

fn days_of(filters: &Filters) -> Option<(i64, i64)> {
    let day = |day: Option<i32>, other: i32| i64::from(day.unwrap_or(other));
    (filters.from.is_some() || filters.to.is_some()).then(|| (day(filters.from, i32::MIN), day(filters.to, i32::MAX)))
}

impl Index {
    /// Searches. Never fails for what is typed.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that does not belong to this search; failures of the index.
    pub fn search(&self, query: &Query) -> Result<Results, Error> {
        let snapshot = self.snapshot()?;
        let wanted = self.values.wanted(&query.filters);
        let only = query.only.as_deref().map(|kind| self.values.kind(kind));
        let passes = snapshot.combos.iter().map(|combos| combos.passes(&wanted, only)).collect();
        let run = Run { index: self, query, snapshot, only, passes, days: days_of(&query.filters) };
        if query.text.trim().is_empty() {
            return run.everything();
        }
        let parsed = parse(&query.text);
        if parsed.is_empty() { Ok(Results::default()) } else { run.words(&parsed) }
    }

    /// Searches within a few documents, the newest first. Every word must match, of a question too: whoever follows a search
    /// is not to be told of what only resembles it. Facets and cursors are left out.
    ///
    /// # Errors
    /// Failures of the index.
    pub fn search_within(&self, query: &Query, those: &Within) -> Result<Results, Error> {
        let snapshot = self.snapshot()?;
        let wanted = self.values.wanted(&query.filters);
        let passes = snapshot.combos.iter().map(|combos| combos.passes(&wanted, None)).collect();
        let query = &Query { facets: false, after: None, snippets: false, only: None, near: None, ..query.clone() };
        Run { index: self, query, snapshot, only: None, passes, days: days_of(&query.filters) }.within(those)
    }
}

impl Run<'_> {
    /// Everything, newest first: read in that order until the page is full.
    fn everything(&self) -> Result<Results, Error> {
        if let (None, Some(near)) = (self.days, self.query.near) {
            let found = self.around(near)?;
            return self.results(&found, 0, &Marks::of(&Parsed::default()));
        }
        if self.days.is_some() {
            let all = only(&self.index.fields, self.query).unwrap_or_else(|| Box::new(tantivy::query::AllQuery));
            let found = self.collect(&*all, Sort::Newest, self.query.limit, self.query.after)?;
            return self.results(&found, 0, &Marks::of(&Parsed::default()));
        }
        let mut found = Found { total: 0, best: Vec::new(), counts: Vec::new() };
        for (number, segment) in self.snapshot.searcher.segment_readers().iter().enumerate() {
            let (combos, passes) = (&self.snapshot.combos[number], &self.passes[number]);
            let counts = combos.all_counts(segment)?;
            let passing = counts.iter().enumerate().filter(|(ord, _)| passes.get(*ord).is_none_or(|p| *p == Pass::Yes));
            let here: u64 = passing.map(|(_, count)| u64::from(*count)).sum();
            found.total += here;
            if self.query.facets {
                found.counts.push(counts.to_vec());
            }
            if here > 0 {
                self.newest_of(number, &mut found.best)?;
            }
        }
        found.best.sort_unstable_by(|a, b| b.cmp(a));
        found.best.truncate(self.query.limit);
        self.results(&found, 0, &Marks::of(&Parsed::default()))
    }

    fn within(&self, those: &Within) -> Result<Results, Error> {
        let parsed = Parsed { question: false, ..parse(&self.query.text) };
        let words: Box<dyn TantivyQuery> = if self.query.text.trim().is_empty() {
            Box::new(AllQuery)
        } else if parsed.is_empty() {
            return Ok(Results::default());
        } else {
            let plan =
                Plan { parsed: &parsed, only: None, fields: &self.index.fields, searcher: &self.snapshot.searcher };
            match plan.query(0)? {
                Some(words) => words,
                None => return Ok(Results::default()),
            }
        };
        let fields = &self.index.fields;
        let ids = those.ids.iter().map(|id| Term::from_field_text(fields.id, id));
        let groups = those.groups.iter().map(|group| Term::from_field_text(fields.group, group));
        let terms = Box::new(TermSetQuery::new(ids.chain(groups)));
        let query = BooleanQuery::intersection(vec![words, terms]);
        let found = self.collect(&query, Sort::Newest, self.query.limit, None)?;
        self.results(&found, 0, &Marks::of(&parsed))
    }

    /// Everything that has a place, the nearest first.
    fn around(&self, near: Near) -> Result<Found, Error> {
        let collect = self.collector(Sort::Newest, self.query.limit, self.query.after);
        let mut fruits = Vec::new();
        for (number, segment) in self.snapshot.searcher.segment_readers().iter().enumerate() {
            let mut collector = collect.for_segment(u32::try_from(number).unwrap_or(0), segment)?;
            let spots = self.snapshot.combos[number].spots(segment)?;
            for spot in spots.iter().filter(|spot| !segment.is_deleted(spot.doc)) {
                collector.take_spot(spot, near);
            }
            fruits.push(collector.harvest());
        }
        Ok(collect.merge_fruits(fruits)?)
    }

    fn newest_of(&self, number: usize, best: &mut Vec<Ranked>) -> Result<(), Error> {
        let segment = &self.snapshot.searcher.segment_readers()[number];
        let fast = segment.fast_fields();
        let (dates, keys) = (fast.i64("date")?, fast.u64("key")?);
        let ords = crate::combos::column(segment)?;
        let all = self.snapshot.combos[number].newest(&dates, &keys, segment.max_doc());
        let of_kind = self.only.map(|kind| self.snapshot.combos[number].of_kind(kind, all, &ords));
        let order = of_kind.as_deref().unwrap_or(all);
        let place = |doc: u32| (rank_of_day(dates.first(doc)), std::cmp::Reverse(keys.first(doc).unwrap_or(0)));
        let from = self
            .query
            .after
            .map_or(0, |after| order.partition_point(|doc| place(*doc) >= (after.rank, std::cmp::Reverse(after.key))));
        let passes = &self.passes[number];
        let fits = |doc: &&u32| {
            let ord = crate::combos::place(ords.ords().first(**doc).unwrap_or(0));
            !segment.is_deleted(**doc) && passes.get(ord).is_none_or(|pass| *pass == Pass::Yes)
        };
        for doc in order[from..].iter().filter(fits).take(self.query.limit) {
            let (rank, key) = place(*doc);
            let at = DocAddress::new(u32::try_from(number).unwrap_or(0), *doc);
            best.push(Ranked { rank, key: key.0, score: 0.0, at });
        }
        Ok(())
    }

    fn words(&self, parsed: &Parsed) -> Result<Results, Error> {
        let only = self.query.only.as_deref();
        let plan = Plan { parsed, only, fields: &self.index.fields, searcher: &self.snapshot.searcher };
        let marks = Marks::of(parsed);
        let first = self.query.after.map_or(0, |after| after.tier);
        let mut tier = first;
        let mut found = self.tier(&plan, tier)?;
        // the first page falls through to the first tier that finds anything; later pages stay in theirs
        while found.total == 0 && self.query.after.is_none() && tier + 1 < TIERS {
            tier += 1;
            found = self.tier(&plan, tier)?;
        }
        let (total, is_first_page) = (found.total, self.query.after.is_none());
        let mut results = self.results(&found, tier, &marks)?;
        if tier > 0 {
            results.relaxed_after = Some(0);
        }
        let strict = if tier == 0 { total } else { 0 };
        // whoever wrote a whole name of a place, and nothing else, found it
        let is_whole = self.query.only.is_some() && is_title(&self.query.text, &results);
        if is_first_page && tier == 0 && total < FEW && !parsed.question && !is_whole {
            self.supplement(&plan, &marks, &mut results)?;
        }
        if is_first_page && strict <= VERY_FEW && !parsed.question {
            results.did_you_mean = better_text(parsed, &results.hits[..results.hits.len().min(LOOKED_AT)]);
        }
        Ok(results)
    }

    fn tier(&self, plan: &Plan<'_>, tier: u8) -> Result<Found, Error> {
        match plan.query(tier)? {
            Some(query) => self.collect(&*query, self.query.sort, self.query.limit, self.query.after),
            None => Ok(Found { total: 0, best: Vec::new(), counts: Vec::new() }),
        }
    }

    fn collect(
        &self,
        query: &dyn TantivyQuery,
        sort: Sort,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<Found, Error> {
        Ok(self.snapshot.searcher.search(query, &self.collector(sort, limit, after))?)
    }

    fn collector(&self, sort: Sort, limit: usize, after: Option<Cursor>) -> Collect<'_> {
        Collect {
            sort,
            limit,
            after: after.map(|after| (after.rank, after.key)),
            days: self.days,
            near: self.query.near,
            passes: &self.passes,
            combos: self.snapshot.combos.iter().map(|combos| combos.len()).collect(),
            facets: self.query.facets,
        }
    }

    /// Appends hits that match part of the words, each once, after the strict ones.
    fn supplement(&self, plan: &Plan<'_>, marks: &Marks, results: &mut Results) -> Result<(), Error> {
        let strict = results.hits.len();
        let mut known: HashSet<String> = results.hits.iter().map(|hit| hit.id.clone()).collect();
        for tier in 1..TIERS {
            let missing = self.query.limit.min(10).saturating_sub(results.hits.len());
            if missing == 0 {
                break;
            }
            let Some(query) = plan.query(tier)? else { continue };
            let found = self.collect(&*query, Sort::Relevance, missing + known.len(), None)?;
            for ranked in found.best {
                let hit = self.hit(&ranked, marks)?;
                if results.hits.len() < self.query.limit && known.insert(hit.id.clone()) {
                    results.hits.push(hit);
                }
            }
        }
        if results.hits.len() > strict {
            results.relaxed_after = Some(strict as u64);
        }
        Ok(())
    }

    fn results(&self, found: &Found, tier: u8, marks: &Marks) -> Result<Results, Error> {
        let facets = if self.query.facets {
            let lists = self.snapshot.combos.iter().zip(&self.passes).zip(&found.counts);
            self.index
                .values
                .facets(lists.map(|((combos, passes), counts)| (Arc::as_ref(combos), &passes[..], &counts[..])))
        } else {
            crate::Facets::default()
        };
        let full = found.best.len() == self.query.limit;
        let next = found.best.last().filter(|_| full).map(|last| Cursor { tier, rank: last.rank, key: last.key });
        let hits = found.best.iter().map(|ranked| self.hit(ranked, marks)).collect::<Result<Vec<_>, _>>()?;
        let only_page = self.query.after.is_none() && found.total <= hits.len() as u64;
        Ok(Results { total: found.total, facets, hits, next: next.filter(|_| !only_page), ..Results::default() })
    }

    fn hit(&self, ranked: &Ranked, marks: &Marks) -> Result<Hit, Error> {
        let doc: TantivyDocument = self.snapshot.searcher.doc(ranked.at)?;
        let text = doc.get_first(self.index.fields.stored).and_then(|value| value.as_str()).unwrap_or_default();
        let stored: Stored = serde_json::from_str(text).map_err(|error| Error::Corrupt(error.to_string()))?;
        Ok(Hit {
            title: marks.whole(&stored.t),
            snippet: if self.query.snippets { marks.snippet(&stored) } else { Vec::new() },
            id: stored.i,
            kind: stored.k,
            date: stored.d,
            score: ranked.score,
            payload: stored.p,
        })
    }
}

/// Whether the first hit is called just as was typed.
fn is_title(text: &str, results: &Results) -> bool {
    let title = |hit: &Hit| hit.title.iter().map(|fragment| fragment.text.as_str()).collect::<String>();
    results.hits.first().is_some_and(|hit| crate::normalise(&title(hit)) == crate::normalise(text))
}

/// The query of all documents of the one kind that is asked for.
fn only(fields: &crate::schema::Fields, query: &Query) -> Option<Box<dyn TantivyQuery>> {
    query.only.as_deref().map(|kind| of_kind(fields, kind))
}

/// A text of the same length in the hits that differs in few characters from what was typed.
fn better_text(parsed: &Parsed, hits: &[Hit]) -> Option<String> {
    let typed: Vec<char> = parsed.literal().chars().filter(|c| *c != ' ').collect();
    if typed.len() < 2 {
        return None;
    }
    let most = (typed.len() / 4).max(1);
    let texts = hits.iter().flat_map(|hit| [&hit.title, &hit.snippet]);
    let mut best: Option<(usize, String)> = None;
    for fragments in texts {
        let text: String = fragments.iter().map(|fragment| fragment.text.as_str()).collect();
        let mut chars = Vec::new();
        crate::normalise::words_into(&text, true, &mut chars);
        for window in chars.windows(typed.len()).filter(|window| !window.contains(&' ')) {
            let differing = window.iter().zip(&typed).filter(|(a, b)| a != b).count();
            if differing == 0 {
                return None;
            }
            if differing <= most && best.as_ref().is_none_or(|(known, _)| differing < *known) {
                best = Some((differing, window.iter().collect()));
            }
        }
    }
    best.map(|(_, text)| text)
}
