//! The law's clock: when a step is due, and why on that day.
//!
//! How days are counted (投诉举报处理办法 art. 45): the day of the event is not counted; a limit in 工作日 counts the
//! working days of the [calendar](super::calendar), make-up Saturdays included; a limit in 日 counts every day, and
//! when the last one is a holiday, the first day after it is the last.

mod count;
mod due;
mod law;
mod limit;
mod settings;
mod step;
mod term;

pub use due::{Due, Line, OpenPause, What, Why};
pub use law::{Article, Basis, Cite, Law, Rule};
pub use limit::{Limit, Unit, limit};
pub use settings::{Rollover, Settings, SettingsError, Unannounced};
pub use step::Step;
pub use term::{Extension, ExtensionKind, Pause, PauseReason, Term};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;

/// Years that a date may lie in.
pub const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// Why there is no due date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// This step has no limit under this rule.
    #[error("{step:?} has no limit under {rule:?}")]
    NoSuchStep {
        /// The step.
        step: Step,
        /// The rule.
        rule: Rule,
    },
    /// The step's time can't be paused for this reason (mediation: only 鉴定 and 检测, art. 22).
    #[error("the time of {step:?} is not paused for {reason:?}")]
    NoPause {
        /// The step.
        step: Step,
        /// The reason given.
        reason: PauseReason,
        /// What names the reasons that count, or the limit where none does.
        basis: Basis,
    },
    /// A pause that ends before it begins.
    #[error("the pause from {from} ends on {until}")]
    PauseBackwards {
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
    },
    /// A pause after one that has not ended.
    #[error("the pause since {since} has not ended, but another begins on {next}")]
    PauseStillOpen {
        /// First day of the pause without end.
        since: NaiveDate,
        /// First day of the later one.
        next: NaiveDate,
    },
    /// The step can't be extended like this.
    #[error("{step:?} can't be extended by {kind:?}")]
    NoExtension {
        /// The step.
        step: Step,
        /// The extension asked for.
        kind: ExtensionKind,
        /// The limit's basis.
        basis: Basis,
    },
    /// Extended twice, or by the collective decision before the first extension.
    #[error("{kind:?} of {approved_on} is one too many or out of order")]
    ExtensionOrder {
        /// The extension.
        kind: ExtensionKind,
        /// Day of approval.
        approved_on: NaiveDate,
    },
    /// Approved after the time had run out: what is over can't be extended.
    #[error("approved on {approved_on}, but the time ended on {due}")]
    ExtensionLate {
        /// Day of approval.
        approved_on: NaiveDate,
        /// Last day of the time before the extension.
        due: NaiveDate,
    },
    /// Approved before the event that starts the clock.
    #[error("approved on {approved_on}, before the start on {start}")]
    ExtensionEarly {
        /// Day of approval.
        approved_on: NaiveDate,
        /// Start of the clock.
        start: NaiveDate,
    },
    /// A repeated report does not restart this clock (only 投诉举报处理办法 art. 35, for reports).
    #[error("{step:?} does not start again under {rule:?}")]
    NoRestart {
        /// The step.
        step: Step,
        /// The rule.
        rule: Rule,
    },
    /// A "repeated" report older than the first.
    #[error("the repeated report of {merged} is older than the first of {start}")]
    RestartEarly {
        /// Day of the repeated report.
        merged: NaiveDate,
        /// Day of the first report.
        start: NaiveDate,
    },
    /// A year outside [`YEARS`], or the count ends there.
    #[error("{date} is out of range")]
    OutOfRange {
        /// The day.
        date: NaiveDate,
    },
}

/// When `step` is due that started on `start`: [`Term::due`] without repeated reports.
///
/// # Errors
/// See [`ClockError`].
pub fn due(
    step: Step,
    start: NaiveDate,
    rule: Rule,
    pauses: &[Pause],
    extensions: &[Extension],
    calendar: &Calendar,
    settings: &Settings,
) -> Result<Due, ClockError> {
    let term = Term { pauses: pauses.to_vec(), extensions: extensions.to_vec(), ..Term::new(step, rule, start) };
    term.due(calendar, settings)
}

/// A due date under two calendars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Before.
    pub old: Due,
    /// Now.
    pub new: Due,
}

impl Change {
    /// Days that the due date moved; positive is later.
    #[must_use]
    pub fn moved(&self) -> i64 {
        (self.new.on - self.old.on).num_days()
    }

    /// Whether the people concerned are to be told: the date moved, or what was 预计 is final now (or the reverse).
    #[must_use]
    pub fn is_news(&self) -> bool {
        self.old.on != self.new.on || self.old.estimated != self.new.estimated
    }
}

/// The due date under the calendar of before and of now. An open clock needs this when [`Due::is_current`] is false.
///
/// # Errors
/// See [`ClockError`]; an extension approved in time under the old calendar can be late under the new one.
pub fn recompute(term: &Term, old: &Calendar, new: &Calendar, settings: &Settings) -> Result<Change, ClockError> {
    Ok(Change { old: term.due(old, settings)?, new: term.due(new, settings)? })
}
