//! Holds statements against a table and against each other.

use super::groups::{Group, Groups};
use super::numbers::{Rate, percent};
use super::said::{Kind, Said};
use super::{Counted, What};

/// A statement that doesn't fit.
pub(super) struct Finding {
    pub(super) said: Said,
    pub(super) computed: String,
    pub(super) what: What,
}

impl Finding {
    fn of(said: &Said, computed: String, what: What) -> Self {
        Self { said: said.clone(), computed, what }
    }
}

/// Statements about the whole against the table.
pub(super) fn with_table(groups: &Groups, table: &Counted) -> Vec<Finding> {
    let mut found = Vec::new();
    let whole = groups.whole();
    if let Some(group) = whole {
        found.extend(total(groups, group, table));
    }
    let loose = || groups.groups.iter().take_while(|group| group.totals.is_empty());
    let first = |of: fn(&Group) -> Option<&Said>| whole.and_then(of).or_else(|| loose().find_map(of));
    let passed = first(|group| group.passed.as_ref()).filter(|said| said.count != table.passed);
    found.extend(passed.map(|said| Finding::of(said, table.passed.to_string(), What::Passed)));
    let failed = [first(|group| group.failed.as_ref()), groups.title.as_ref()].into_iter().flatten();
    for said in failed {
        let (right, what) = match said.kind {
            Kind::Passed => (table.passed, What::Passed),
            _ => (table.failed, What::Failed),
        };
        found.extend((said.count != right).then(|| Finding::of(said, right.to_string(), what)));
    }
    let explicit = groups.groups.iter().flat_map(|group| &group.rates).filter(|said| said.is_explicit());
    let own = whole.into_iter().chain(loose()).flat_map(|group| &group.rates);
    found.extend(own.chain(explicit).filter_map(|said| rate(said, table)));
    found
}

fn total(groups: &Groups, group: &Group, table: &Counted) -> Option<Finding> {
    let said = group.total()?;
    let parts = groups.groups.iter().filter_map(Group::total).fold(0u64, |sum, total| sum.saturating_add(total.count));
    let right = [table.total, table.passed.saturating_add(table.failed)];
    let added_up = !said.is_explicit() && right.contains(&parts);
    let fits = added_up || group.wholes().iter().any(|whole| right.contains(whole));
    let sure = group.totals.len() == 1 || said.is_explicit();
    (!fits && sure).then(|| Finding::of(said, table.total.to_string(), What::Total))
}

fn rate(said: &Said, table: &Counted) -> Option<Finding> {
    let printed = said.rate?;
    let results = table.passed.saturating_add(table.failed);
    let (part, what) = match said.kind {
        Kind::PassRate => (table.passed, What::PassRate),
        _ => (table.failed, What::FailRate),
    };
    let fits = printed.is(part, results) || printed.is(part, table.total);
    (!fits && results > 0).then(|| Finding::of(said, sum(part, results, printed), what))
}

fn sum(part: u64, whole: u64, printed: Rate) -> String {
    format!("{part}÷{whole}={}", percent(part, whole, printed.decimals))
}

/// Statements of one group against each other; the title against the text.
pub(super) fn with_itself(groups: &Groups) -> Vec<Finding> {
    let mut found: Vec<Finding> = groups.groups.iter().flat_map(inside).collect();
    if let (Some(title), Some(whole)) = (&groups.title, groups.whole()) {
        let body = match title.kind {
            Kind::Passed => &whole.passed,
            _ => &whole.failed,
        };
        let other = body.as_ref().filter(|body| body.count != title.count);
        found.extend(other.map(|body| Finding::of(title, body.count.to_string(), What::SelfContradiction)));
    }
    found
}

fn inside(group: &Group) -> Vec<Finding> {
    let mut found = Vec::new();
    let wholes = group.wholes();
    let sure = wholes.len() <= 1 || group.total().is_some_and(super::said::Said::is_explicit);
    if !sure {
        return found;
    }
    if let (Some(total), Some(passed), Some(failed)) = (group.total(), &group.passed, &group.failed) {
        let sum = passed.count.saturating_add(failed.count);
        let outstanding = group.is_unfinished() && sum < total.count;
        if !outstanding && !wholes.contains(&sum) {
            let computed = format!("{}+{}={sum}", passed.count, failed.count);
            found.push(Finding::of(total, computed, What::SelfContradiction));
        }
    }
    let contradicting = group.rates.iter().filter_map(|said| own_rate(group, &wholes, said));
    found.extend(contradicting);
    found
}

/// A rate against the counts beside it: some whole and some part must give it.
fn own_rate(group: &Group, wholes: &[u64], said: &Said) -> Option<Finding> {
    let printed = said.rate?;
    let count = |said: &Option<Said>| said.as_ref().map(|said| said.count);
    let (passed, failed) = (count(&group.passed), count(&group.failed));
    let both = passed.zip(failed).map(|(passed, failed)| passed.saturating_add(failed));
    let (own, other) = if said.kind == Kind::PassRate { (passed, failed) } else { (failed, passed) };
    let mut sums = Vec::new();
    for whole in both.into_iter().chain(wholes.iter().copied()).filter(|whole| *whole > 0) {
        sums.extend(own.map(|part| (part, whole)));
        sums.extend(other.and_then(|other| whole.checked_sub(other)).map(|part| (part, whole)));
    }
    let (part, whole) = *sums.first()?;
    let fits = sums.iter().any(|(part, whole)| printed.is(*part, *whole));
    (!fits).then(|| Finding::of(said, sum(part, whole, printed), What::SelfContradiction))
}
