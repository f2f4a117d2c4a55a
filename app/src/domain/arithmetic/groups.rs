//! Statements that belong together: a total and what is said of it.

use super::said::{Kind, Said, Scope};

/// A total (or several, in a list) with the counts and rates of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) totals: Vec<Said>,
    pub(super) passed: Option<Said>,
    pub(super) failed: Option<Said>,
    pub(super) rates: Vec<Said>,
    last_sentence: usize,
}

/// The statements of a text by groups, and the title's own.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    pub(super) groups: Vec<Group>,
    pub(super) title: Option<Said>,
}

/// How many sentences later a count may still speak of a total.
const REACH: usize = 3;

/// Puts the statements into groups. A total begins one; counts and rates join the one before them if they are said of all
/// of it and it has no such number yet.
pub(super) fn of(statements: Vec<Said>) -> Groups {
    let mut found = Groups::default();
    for said in statements {
        if said.scope == Scope::Title {
            found.title.get_or_insert(said);
        } else if said.kind == Kind::Total {
            found.add_total(said);
        } else if said.is_general() {
            found.add(said);
        }
    }
    found
}

impl Groups {
    /// A second total with nothing said between belongs to a list (`食用农产品16批次、餐饮食品6批次`).
    fn add_total(&mut self, said: Said) {
        match self.groups.last_mut() {
            Some(group) if group.is_bare() && group.last_sentence == said.sentence => group.totals.push(said),
            _ => self.groups.push(Group { last_sentence: said.sentence, totals: vec![said], ..Group::default() }),
        }
    }

    fn add(&mut self, said: Said) {
        match self.groups.last_mut() {
            Some(group) if group.takes(&said) => group.put(said),
            _ => {
                let mut group = Group { last_sentence: said.sentence, ..Group::default() };
                group.put(said);
                self.groups.push(group);
            }
        }
    }

    /// The group that speaks of the whole table: the first that says so (共, 本次 …), else the first that may; a part can't
    /// be greater than it.
    pub(super) fn whole(&self) -> Option<&Group> {
        let may = |group: &&Group| group.total().is_some_and(super::said::Said::is_general);
        let says = |group: &&Group| group.totals.iter().any(super::said::Said::is_explicit);
        let greatest = self.groups.iter().filter_map(Group::total).map(|total| total.count).max()?;
        let first = self.groups.iter().filter(may).find(says);
        first.or_else(|| {
            self.groups.iter().find(may).filter(|group| group.total().is_some_and(|total| total.count == greatest))
        })
    }
}

impl Group {
    /// The first total, which in a list may be the sum of the others.
    pub(super) fn total(&self) -> Option<&Said> {
        self.totals.first()
    }

    fn is_bare(&self) -> bool {
        self.passed.is_none() && self.failed.is_none() && self.rates.is_empty()
    }

    fn takes(&self, said: &Said) -> bool {
        let near = said.sentence
            <= self.last_sentence + if self.total().is_none_or(super::said::Said::is_general) { REACH } else { 0 };
        let free = match said.kind {
            Kind::Passed => self.passed.is_none(),
            Kind::Failed => self.failed.is_none(),
            kind => self.rates.iter().all(|rate| rate.kind != kind),
        };
        near && free
    }

    fn put(&mut self, said: Said) {
        self.last_sentence = said.sentence;
        match said.kind {
            Kind::Passed => self.passed = Some(said),
            Kind::Failed => self.failed = Some(said),
            _ => self.rates.push(said),
        }
    }

    /// Every number that may be the whole: each total, the sum of a list with and without its first.
    pub(super) fn wholes(&self) -> Vec<u64> {
        let mut wholes: Vec<u64> = self.totals.iter().map(|total| total.count).collect();
        if wholes.len() > 1 {
            let sum = wholes.iter().fold(0u64, |sum, count| sum.saturating_add(*count));
            wholes.extend([sum, sum.saturating_sub(wholes[0])]);
        }
        wholes
    }

    /// Whether results are said to be outstanding.
    pub(super) fn is_unfinished(&self) -> bool {
        let all = self.totals.iter().chain(&self.passed).chain(&self.failed);
        all.into_iter().any(|said| said.unfinished)
    }
}
