//! What the public sees of the bureau's work: counts of complaints and reports by month, district, problem and channel,
//! with small numbers hidden. Pure; the day is a parameter.

mod hide;

use chrono::{Datelike, Months, NaiveDate};

use super::case::{Kind, Problem, Source};

pub use hide::{Cell, FEWEST, hide};

/// Full months before this one that are counted.
pub const MONTHS: u32 = 12;

/// Cases that are alike in all that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column that is counted")]
pub struct Alike {
    /// Complaint or report
    pub kind: Kind,
    /// As the address names it; may be empty
    pub district: String,
    /// What the problem is
    pub problem: Problem,
    /// By which way they came
    pub source: Source,
    /// Day of receipt
    pub received_on: NaiveDate,
    /// Day of the end
    pub closed_on: Option<NaiveDate>,
    /// 受理 (complaint), 立案 (report)
    pub is_accepted: bool,
    /// 不予受理 (complaint), 不予立案 (report)
    pub is_refused: bool,
    /// Whether a step of the handling was done after its date
    pub is_late: bool,
    /// 合并 into an earlier report of the same person: counted there
    pub is_merged: bool,
    /// How many
    pub count: u64,
}

/// What is counted of a group. The order is that of [`Row::cells`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// 收到
    Received,
    /// 受理, 立案
    Accepted,
    /// 不予受理, 不予立案
    Refused,
    /// 办结
    Closed,
    /// 按时办结, of those closed
    OnTime,
}

/// By what cases are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Month of receipt, `2026-10`
    Month,
    /// District; the empty code holds those that are not stated or have too few cases for a row of their own
    District,
    /// [`Problem`]
    Problem,
    /// [`Source`]
    Source,
}

/// A group.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Code of the group; of the row of all: empty
    pub code: String,
    /// Counts as they may be shown
    pub cells: [Cell; 5],
    /// Median days from receipt to the end, where the number closed is shown
    pub median_days: Option<f64>,
}

/// Cases of a kind in groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Of which kind
    pub kind: Kind,
    /// By what
    pub by: By,
    /// Groups
    pub rows: Vec<Row>,
    /// All of them
    pub total: Row,
}

/// Everything that is shown. No number in it is below [`FEWEST`] but zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// First day of the first month
    pub from: NaiveDate,
    /// Last day of the last month
    pub until: NaiveDate,
    /// The day on which it was counted
    pub made_on: NaiveDate,
    /// Repeated reports that were merged and are not counted again
    pub merged: Cell,
    /// By kind, then by group
    pub tables: Vec<Table>,
}

impl Measure {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::Received, Self::Accepted, Self::Refused, Self::Closed, Self::OnTime];

    /// The name in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Closed => "closed",
            Self::OnTime => "on_time",
        }
    }

    /// Of what it is a part.
    #[must_use]
    pub fn whole(self) -> Option<Self> {
        match self {
            Self::Received => None,
            Self::OnTime => Some(Self::Closed),
            _ => Some(Self::Received),
        }
    }
}

impl By {
    /// All.
    pub const ALL: [Self; 4] = [Self::Month, Self::District, Self::Problem, Self::Source];

    /// The name in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::District => "district",
            Self::Problem => "problem",
            Self::Source => "source",
        }
    }

    fn of(self, alike: &Alike) -> String {
        match self {
            Self::Month => alike.received_on.format("%Y-%m").to_string(),
            Self::District => alike.district.clone(),
            Self::Problem => alike.problem.code().to_owned(),
            Self::Source => alike.source.code().to_owned(),
        }
    }
}

impl Row {
    /// A count.
    #[must_use]
    pub fn cell(&self, measure: Measure) -> Cell {
        self.cells[measure as usize]
    }

    /// A part and its whole, where both are shown and there is a whole.
    #[must_use]
    pub fn share(&self, measure: Measure) -> Option<(u64, u64)> {
        let whole = self.cell(measure.whole()?).shown().filter(|whole| *whole > 0)?;
        Some((self.cell(measure).shown()?, whole))
    }
}

impl Statistics {
    /// A table.
    #[must_use]
    pub fn table(&self, kind: Kind, by: By) -> Option<&Table> {
        self.tables.iter().find(|table| table.kind == kind && table.by == by)
    }
}

/// First and last day of the months that are counted on a day.
#[must_use]
pub fn span(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let this_month = today.with_day(1).unwrap_or(today);
    (this_month - Months::new(MONTHS), this_month.pred_opt().unwrap_or(this_month))
}

/// Per mille of a part, rounded half up: 48 of 54 is 889.
#[must_use]
pub fn per_mille(part: u64, whole: u64) -> Option<u64> {
    (whole > 0).then(|| (part * 2000 + whole) / (2 * whole))
}

/// The middle of days, each with how often it occurs; of two middle ones their mean.
#[must_use]
pub fn median(days: &[(i64, u64)]) -> Option<f64> {
    let mut days = days.to_vec();
    days.sort_unstable();
    let all: u64 = days.iter().map(|(_, count)| count).sum();
    let at = |place: u64| {
        let mut seen = 0;
        days.iter().find_map(|(day, count)| {
            seen += count;
            (seen > place).then_some(*day)
        })
    };
    let (low, high) = (at(all.checked_sub(1)? / 2)?, at(all / 2)?);
    i32::try_from(low + high).ok().map(|sum| f64::from(sum) / 2.0)
}

/// Counts of one group.
#[derive(Clone, Debug, Default)]
struct Counts {
    numbers: [u64; 5],
    days: Vec<(i64, u64)>,
}

impl Counts {
    fn add(&mut self, alike: &Alike) {
        let is_closed = alike.closed_on.is_some();
        let holds = [true, alike.is_accepted, alike.is_refused, is_closed, is_closed && !alike.is_late];
        for (number, _) in self.numbers.iter_mut().zip(holds).filter(|(_, holds)| *holds) {
            *number += alike.count;
        }
        if let Some(closed) = alike.closed_on {
            self.days.push(((closed - alike.received_on).num_days(), alike.count));
        }
    }
}

/// Counts cases received in the months before a day.
#[must_use]
pub fn statistics(all: &[Alike], today: NaiveDate) -> Statistics {
    let (from, until) = span(today);
    let is_counted = |alike: &&Alike| (from..=until).contains(&alike.received_on);
    let merged = all.iter().filter(is_counted).filter(|alike| alike.is_merged).map(|alike| alike.count).sum();
    let mut tables = Vec::new();
    for kind in Kind::ALL {
        let of_kind: Vec<&Alike> =
            all.iter().filter(is_counted).filter(|alike| alike.kind == kind && !alike.is_merged).collect();
        tables.extend(By::ALL.map(|by| table(kind, by, &of_kind, from)));
    }
    Statistics { from, until, made_on: today, merged: Cell::of(merged), tables }
}

fn table(kind: Kind, by: By, cases: &[&Alike], from: NaiveDate) -> Table {
    let mut groups: Vec<(String, Counts)> = fixed(by, from).into_iter().map(|code| (code, Counts::default())).collect();
    let small = small_districts(by, cases);
    let mut total = Counts::default();
    for alike in cases {
        let mut code = by.of(alike);
        if small.contains(&code) {
            code.clear();
        }
        total.add(alike);
        if let Some((_, counts)) = groups.iter_mut().find(|(known, _)| *known == code) {
            counts.add(alike);
        } else {
            let mut counts = Counts::default();
            counts.add(alike);
            groups.push((code, counts));
        }
    }
    if by != By::Month {
        groups.retain(|(_, counts)| counts.numbers[0] > 0);
    }
    if by == By::District {
        // the largest first, the rest last
        groups.sort_by_key(|(code, counts)| (code.is_empty(), std::cmp::Reverse(counts.numbers[0]), code.clone()));
    }
    let columns = Measure::ALL.map(|measure| {
        let column: Vec<u64> = groups.iter().map(|(_, counts)| counts.numbers[measure as usize]).collect();
        hide(&column)
    });
    let rows = groups.iter().enumerate().map(|(place, (code, counts))| {
        let cells = Measure::ALL.map(|measure| columns[measure as usize][place]);
        row(code.clone(), cells, counts)
    });
    Table { kind, by, rows: rows.collect(), total: row(String::new(), total.numbers.map(Cell::of), &total) }
}

fn row(code: String, cells: [Cell; 5], counts: &Counts) -> Row {
    let is_shown = cells[Measure::Closed as usize].shown().is_some_and(|closed| closed >= FEWEST);
    Row { code, cells, median_days: is_shown.then(|| median(&counts.days)).flatten() }
}

/// Groups that have a place in order, and a month even where nothing came.
fn fixed(by: By, from: NaiveDate) -> Vec<String> {
    match by {
        By::Month => (0..MONTHS).map(|more| (from + Months::new(more)).format("%Y-%m").to_string()).collect(),
        By::District => Vec::new(),
        By::Problem => Problem::ALL.iter().map(|problem| problem.code().to_owned()).collect(),
        By::Source => Source::ALL.iter().map(|source| source.code().to_owned()).collect(),
    }
}

/// Districts with too few cases for a row: their names come from addresses that anybody typed.
fn small_districts(by: By, cases: &[&Alike]) -> Vec<String> {
    if by != By::District {
        return Vec::new();
    }
    let mut counts = std::collections::BTreeMap::<&str, u64>::new();
    for alike in cases {
        *counts.entry(&alike.district).or_default() += alike.count;
    }
    counts.into_iter().filter(|(_, count)| *count < FEWEST).map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests;
