//! Counting, day by day, with a line for each stretch of days.

use chrono::{Datelike, NaiveDate};

use super::{ClockError, Line, PauseReason, Rollover, Settings, Unannounced, Unit, What, Why, YEARS};
use crate::domain::calendar::{Calendar, DayKind, statutory};

/// Stretches of days that are not counted; where two overlap, the first reason is named.
#[derive(Default)]
pub(super) struct Stops(Vec<(NaiveDate, NaiveDate, PauseReason)>);

impl Stops {
    pub(super) fn add(&mut self, from: NaiveDate, until: NaiveDate, reason: PauseReason) {
        self.0.push((from, until, reason));
    }

    fn reason(&self, date: NaiveDate) -> Option<PauseReason> {
        self.0.iter().find(|(from, until, _)| (*from..=*until).contains(&date)).map(|(_, _, reason)| *reason)
    }
}

/// What counting needs.
pub(super) struct Counter<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) settings: &'a Settings,
    pub(super) unit: Unit,
    pub(super) stops: &'a Stops,
}

/// The result of counting.
pub(super) struct Counted {
    /// Last day.
    pub(super) on: NaiveDate,
    /// Whether a calendar that is still to come can change it.
    pub(super) estimated: bool,
    pub(super) lines: Vec<Line>,
}

impl Counter<'_> {
    /// Counts `days` days after `from`, and rolls the last one.
    pub(super) fn count(&self, from: NaiveDate, days: u32, rollover: Rollover) -> Result<Counted, ClockError> {
        let mut counted = Counted { on: from, estimated: false, lines: Vec::new() };
        let mut total = 0;
        while total < days {
            let date = next(counted.on)?;
            let (what, certain) = self.on_the_way(date);
            if matches!(what, What::Counted | What::MakeUp { .. }) {
                total += 1;
            }
            counted.push(date, what, certain, total);
        }
        if self.unit == Unit::Natural {
            self.roll(&mut counted, rollover)?;
        }
        Ok(counted)
    }

    /// The last working day on or before `date`, but not before `least`.
    pub(super) fn working_day_until(&self, date: NaiveDate, least: NaiveDate) -> NaiveDate {
        let works = |day: &NaiveDate| !self.is_off(*day, Rollover::RestDays);
        std::iter::successors(Some(date), NaiveDate::pred_opt)
            .take_while(|day| *day >= least)
            .find(works)
            .unwrap_or(least)
    }

    /// What a day is on the way, and whether that is final.
    fn on_the_way(&self, date: NaiveDate) -> (What, bool) {
        if let Some(reason) = self.stops.reason(date) {
            return (What::Skipped { why: Why::Paused { reason } }, true);
        }
        if self.unit == Unit::Natural {
            return (What::Counted, true);
        }
        let what = match self.calendar.day(date) {
            DayKind::Working if self.is_assumed_holiday(date) => {
                What::Skipped { why: Why::Holiday { name: String::new() } }
            }
            DayKind::Working => What::Counted,
            DayKind::MakeUp { name } => What::MakeUp { name: name.to_owned() },
            off => What::Skipped { why: why(off) },
        };
        (what, self.calendar.is_certain(date))
    }

    /// Moves the last day on while it is a holiday or paused.
    fn roll(&self, counted: &mut Counted, rollover: Rollover) -> Result<(), ClockError> {
        let total = counted.lines.last().map_or(0, |line| line.total);
        loop {
            let certain = self.is_roll_certain(counted.on, rollover);
            let off = self.is_off(counted.on, rollover);
            let paused = self.stops.reason(counted.on);
            if !off && paused.is_none() {
                counted.estimated |= !certain;
                return Ok(());
            }
            let why = match paused {
                Some(reason) if !off => Why::Paused { reason },
                _ => self.why_off(counted.on),
            };
            let after = next(counted.on)?;
            counted.push(counted.on, What::Rolled { why }, certain, total);
            counted.on = after;
        }
    }

    fn is_off(&self, date: NaiveDate, rollover: Rollover) -> bool {
        // statutory holidays are known without a notice
        let statutory = statutory::is_statutory(date) == Some(true);
        statutory || (rollover == Rollover::RestDays && !self.calendar.day(date).is_work())
    }

    fn is_roll_certain(&self, date: NaiveDate, rollover: Rollover) -> bool {
        match rollover {
            Rollover::RestDays => self.calendar.is_certain(date),
            Rollover::StatutoryOnly => statutory::is_statutory(date).is_some(),
        }
    }

    fn why_off(&self, date: NaiveDate) -> Why {
        match self.calendar.day(date) {
            DayKind::Working | DayKind::MakeUp { .. } => Why::Holiday { name: String::new() },
            DayKind::Weekend if statutory::is_statutory(date) == Some(true) => Why::Holiday { name: String::new() },
            off => why(off),
        }
    }

    fn is_assumed_holiday(&self, date: NaiveDate) -> bool {
        !self.calendar.knows(date.year())
            && self.settings.unannounced == Unannounced::WeekdaysExceptStatutory
            && statutory::is_statutory(date) == Some(true)
    }
}

impl Counted {
    /// Adds a day: to the last line, if it is of the same kind.
    fn push(&mut self, date: NaiveDate, what: What, certain: bool, total: u32) {
        self.on = date;
        self.estimated |= !certain;
        match self.lines.last_mut() {
            Some(line) if line.what == what && line.certain == certain && line.to.succ_opt() == Some(date) => {
                line.to = date;
                line.days += 1;
                line.total = total;
            }
            _ => self.lines.push(Line { from: date, to: date, what, days: 1, total, certain }),
        }
    }
}

fn why(off: DayKind<'_>) -> Why {
    match off {
        DayKind::Holiday { name } => Why::Holiday { name: name.to_owned() },
        DayKind::Rest { name } => Why::Rest { name: name.to_owned() },
        DayKind::Weekend | DayKind::Working | DayKind::MakeUp { .. } => Why::Weekend,
    }
}

fn next(date: NaiveDate) -> Result<NaiveDate, ClockError> {
    date.succ_opt().filter(|day| YEARS.contains(&day.year())).ok_or(ClockError::OutOfRange { date })
}
