//! The answer: a date, and the working that leads to it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Basis, ClockError, Extension, Limit, PauseReason, Rollover, Rule, Step, Term, Unit,
    count::{Counted, Counter},
    term::is_event,
};
use crate::domain::calendar::Calendar;

/// Why a day does not count, or is not the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Why {
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// A statutory holiday.
    Holiday {
        /// Its name; empty where only the law, but no notice tells of it yet.
        name: String,
    },
    /// A rest day by the notice.
    Rest {
        /// The holiday it belongs to.
        name: String,
    },
    /// The clock stood still.
    Paused {
        /// Why.
        #[serde(rename = "for")]
        reason: PauseReason,
    },
}

/// What a stretch of days is in the working.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// The day of the event, not counted.
    Start,
    /// The day of the last repeated report: the clock starts again, the day is not counted.
    Restarted,
    /// Counted.
    Counted,
    /// Weekend days worked, counted.
    MakeUp {
        /// The holiday they make up for.
        name: String,
    },
    /// Not counted.
    Skipped {
        /// Why.
        why: Why,
    },
    /// The end of the limit fell here and moved on. The first such day was counted as well.
    Rolled {
        /// Why.
        why: Why,
    },
    /// The last day.
    End,
}

/// A stretch of days of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// What they are.
    #[serde(flatten)]
    pub what: What,
    /// How many they are.
    pub days: u32,
    /// Days counted so far, at the end of the stretch.
    pub total: u32,
    /// Whether no calendar that is still to come can change it.
    pub certain: bool,
}

impl Line {
    /// Whether its days were counted.
    #[must_use]
    pub fn counts(&self) -> bool {
        matches!(self.what, What::Counted | What::MakeUp { .. })
    }
}

/// A pause that goes on: the date is the earliest possible, as if the pause ended on its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPause {
    /// First day of the pause.
    pub since: NaiveDate,
    /// Days of the limit that are left when it ends.
    pub left: u32,
}

/// When a step is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The step.
    pub step: Step,
    /// The version of the complaint rule.
    pub rule: Rule,
    /// Day of the event.
    pub start: NaiveDate,
    /// The last day, for what people are told (最迟).
    pub on: NaiveDate,
    /// Whether it is only 预计: a calendar is still to come, or a pause goes on.
    pub estimated: bool,
    /// The last day in the strictest reading of art. 45, for alarms. Never after `on`.
    pub internal_on: NaiveDate,
    /// The last day on or before `internal_on` on which the bureau works.
    pub act_by: NaiveDate,
    /// Days of the limit with its extensions.
    pub days: u32,
    /// Which days.
    pub unit: Unit,
    /// Extensions that count.
    pub extended: Vec<Extension>,
    /// Extensions that lapsed because the clock started again.
    pub lapsed: Vec<Extension>,
    /// A pause that goes on.
    pub open_pause: Option<OpenPause>,
    /// Every day from the event to the last, in stretches.
    pub working: Vec<Line>,
    /// Rule, article, version.
    pub basis: Basis,
    /// Versions of the calendars of the years touched.
    pub calendar_version: String,
}

/// What a due date is made of.
pub(super) struct Parts<'a> {
    pub(super) term: &'a Term,
    pub(super) limit: &'a Limit,
    pub(super) from: NaiveDate,
    pub(super) days: u32,
    pub(super) extended: Vec<Extension>,
    pub(super) lapsed: Vec<Extension>,
    pub(super) open_pause: Option<OpenPause>,
}

impl Due {
    pub(super) fn new(parts: Parts<'_>, reached: Counted, counter: &Counter<'_>) -> Result<Self, ClockError> {
        let Parts { term, limit, from, days, extended, lapsed, open_pause } = parts;
        let internal_on = counter.count(from, days, Rollover::StatutoryOnly)?.on;
        let event = |date, what| Line { from: date, to: date, what, days: 1, total: 0, certain: true };
        let mut working = vec![event(term.start, What::Start)];
        if from != term.start {
            working.push(event(from, What::Restarted));
        }
        working.extend(reached.lines);
        let end = event(reached.on, What::End);
        working.push(Line { total: days, certain: !reached.estimated, ..end });
        Ok(Self {
            step: term.step,
            rule: term.rule,
            start: term.start,
            on: reached.on,
            estimated: reached.estimated || open_pause.is_some(),
            internal_on,
            act_by: counter.working_day_until(internal_on, from),
            days,
            unit: limit.unit,
            extended,
            lapsed,
            open_pause,
            working,
            basis: limit.basis,
            calendar_version: counter.calendar.version(from, reached.on),
        })
    }

    /// The day from which is counted.
    #[must_use]
    pub fn counted_from(&self) -> NaiveDate {
        let mut events = self.working.iter().filter(|line| is_event(&line.what));
        events.next_back().map_or(self.start, |line| line.from)
    }

    /// Whether `calendar` says the same about every day that was used; if not, [`recompute`](super::recompute).
    #[must_use]
    pub fn is_current(&self, calendar: &Calendar) -> bool {
        self.calendar_version == calendar.version(self.counted_from(), self.on)
    }
}
