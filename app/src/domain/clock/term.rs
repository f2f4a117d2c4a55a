//! What is known of one clock: its start, what stopped it, what lengthened it, what started it again.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    ClockError, Due, Limit, OpenPause, Rule, Settings, Step, What, YEARS,
    count::{Counter, Stops},
    due::Parts,
    limit,
};
use crate::domain::calendar::Calendar;

/// Why a clock stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// 鉴定
    Appraisal,
    /// 检测、检验、检疫
    Testing,
    /// 听证
    Hearing,
    /// 公告
    Announcement,
    /// 案件中止
    Suspension,
    /// 权利人辨认或者鉴别
    RightsHolder,
    /// 责令退款
    Refund,
    /// 回避: mediation rests (中止调解, art. 21), but no text stops the clock
    Recusal,
}

impl PauseReason {
    /// What the period of a case leaves out. **Unverified**: 行政处罚程序规定 art. 64 is known from accounts only.
    pub const OF_CASES: &'static [Self] = &[
        Self::Appraisal,
        Self::Testing,
        Self::Hearing,
        Self::Announcement,
        Self::Suspension,
        Self::RightsHolder,
        Self::Refund,
    ];
}

/// Days that are not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pause {
    /// First day not counted: the day of the commission.
    pub from: NaiveDate,
    /// Last day not counted: the day of the result. `None` while it goes on.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: PauseReason,
}

/// How a limit is lengthened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtensionKind {
    /// The head of the bureau approved; the rule says by how much.
    Approved,
    /// A collective decision after that, which says by how much (cases only).
    Collective {
        /// Days.
        days: u32,
    },
}

/// One lengthening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Extension {
    /// How.
    pub kind: ExtensionKind,
    /// Day of the approval or decision: not after the limit has ended.
    pub approved_on: NaiveDate,
}

/// One clock, as it is stored with a case; the due date follows from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The step.
    pub step: Step,
    /// The version of the complaint rule.
    pub rule: Rule,
    /// Day of the event.
    pub start: NaiveDate,
    /// Days of repeated reports that were merged (art. 35): the last one starts the clock again, and extensions
    /// approved before it lapse.
    #[serde(default)]
    pub merged: Vec<NaiveDate>,
    /// What stopped the clock.
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// What lengthened it.
    #[serde(default)]
    pub extensions: Vec<Extension>,
}

impl Term {
    /// A clock that runs undisturbed.
    #[must_use]
    pub fn new(step: Step, rule: Rule, start: NaiveDate) -> Self {
        Self { step, rule, start, merged: Vec::new(), pauses: Vec::new(), extensions: Vec::new() }
    }

    /// This clock, started again by a repeated report.
    #[must_use]
    pub fn restart(mut self, received: NaiveDate) -> Self {
        self.merged.push(received);
        self
    }

    /// The day from which is counted: the start or the last merged report.
    ///
    /// # Errors
    /// The step does not start again, or a merged report is older than the first.
    pub fn counted_from(&self) -> Result<NaiveDate, ClockError> {
        let Some(&earliest) = self.merged.iter().min() else { return Ok(self.start) };
        if self.step != Step::ReportCheck || self.rule != Rule::R121 {
            return Err(ClockError::NoRestart { step: self.step, rule: self.rule });
        }
        if earliest < self.start {
            return Err(ClockError::RestartEarly { merged: earliest, start: self.start });
        }
        Ok(self.merged.iter().copied().fold(self.start, NaiveDate::max))
    }

    /// When the step is due, and why.
    ///
    /// # Errors
    /// See [`ClockError`].
    pub fn due(&self, calendar: &Calendar, settings: &Settings) -> Result<Due, ClockError> {
        let limit = limit(self.step, self.rule, settings)?;
        let from = self.counted_from()?;
        if let Some(date) = [self.start, from].into_iter().find(|date| !YEARS.contains(&date.year())) {
            return Err(ClockError::OutOfRange { date });
        }
        let (stops, open) = self.stops(&limit)?;
        let counter = Counter { calendar, settings, unit: limit.unit, stops: &stops };
        let (lapsed, mut extended): (Vec<_>, Vec<_>) = self.extensions.iter().copied().partition(|extension| {
            // on the very day of the last report: which came first is not known, so it counts
            !self.merged.is_empty() && extension.approved_on < from
        });
        extended.sort_by_key(|extension| (extension.approved_on, extension.kind != ExtensionKind::Approved));
        let mut days = limit.days;
        for (place, extension) in extended.iter().enumerate() {
            let before = counter.count(from, days, settings.rollover)?.on;
            days += self.lengthen(&limit, place, *extension, from, before)?;
        }
        let reached = counter.count(from, days, settings.rollover)?;
        let open_pause = open.filter(|since| reached.on >= *since).map(|since| {
            let before = reached.lines.iter().filter(|line| line.to < since && line.counts()).map(|line| line.total);
            OpenPause { since, left: days - before.max().unwrap_or(0) }
        });
        let parts = Parts { term: self, limit: &limit, from, days, extended, lapsed, open_pause };
        Due::new(parts, reached, &counter)
    }

    /// The days of one extension, if it may be.
    fn lengthen(
        &self,
        limit: &Limit,
        place: usize,
        extension: Extension,
        from: NaiveDate,
        due: NaiveDate,
    ) -> Result<u32, ClockError> {
        let Extension { kind, approved_on } = extension;
        let days = match kind {
            ExtensionKind::Approved => limit.extension,
            ExtensionKind::Collective { days } => (limit.collective && (1..=1000).contains(&days)).then_some(days),
        };
        let days = days.ok_or(ClockError::NoExtension { step: self.step, kind, basis: limit.basis })?;
        let in_order = match kind {
            ExtensionKind::Approved => place == 0,
            ExtensionKind::Collective { .. } => place == 1,
        };
        if !in_order {
            return Err(ClockError::ExtensionOrder { kind, approved_on });
        }
        if approved_on < from {
            return Err(ClockError::ExtensionEarly { approved_on, start: from });
        }
        if approved_on > due {
            return Err(ClockError::ExtensionLate { approved_on, due });
        }
        Ok(days)
    }

    /// The pauses, checked and in order, and since when the open one lasts. While it lasts, only its first day is left
    /// out, so that the date is the earliest possible.
    fn stops(&self, limit: &Limit) -> Result<(Stops, Option<NaiveDate>), ClockError> {
        let mut pauses = self.pauses.clone();
        pauses.sort_by_key(|pause| (pause.from, pause.until.is_none()));
        let mut open = None;
        let mut stops = Stops::default();
        for Pause { from, until, reason } in pauses {
            if !limit.pauses.contains(&reason) {
                return Err(ClockError::NoPause { step: self.step, reason, basis: limit.basis });
            }
            if let Some(since) = open {
                return Err(ClockError::PauseStillOpen { since, next: from });
            }
            if let Some(until) = until.filter(|until| *until < from) {
                return Err(ClockError::PauseBackwards { from, until });
            }
            if let Some(date) = [from, until.unwrap_or(from)].into_iter().find(|date| !YEARS.contains(&date.year())) {
                return Err(ClockError::OutOfRange { date });
            }
            if until.is_none() {
                open = Some(from);
            }
            stops.add(from, until.unwrap_or(from), reason);
        }
        Ok((stops, open))
    }
}

/// Whether a line is of the event itself.
pub(super) fn is_event(what: &What) -> bool {
    matches!(what, What::Start | What::Restarted)
}
