//! What the bureau decides, because the law leaves it open or its text could not be read.

use serde::{Deserialize, Serialize};

/// Most days that a limit may be set to.
const MOST_DAYS: u32 = 1000;

/// What moves the end of a limit in natural days (art. 45: 期间届满的最后一日是法定节假日的，以法定节假日后的第一日为期间
/// 届满的日期). The text does not say whether a plain weekend or a 调休 rest day is a 法定节假日: an open point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rollover {
    /// Every day off: the end moves to the next working day. The latest reading, for what citizens are told (最迟).
    #[default]
    RestDays,
    /// Only statutory holidays: the end moves to the first day that is none, a day off or not. The earliest reading;
    /// [`Due::internal_on`](super::Due::internal_on) always follows it.
    StatutoryOnly,
}

/// How working days are counted in a year without a calendar. The result is an estimate either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unannounced {
    /// Monday to Friday.
    Weekdays,
    /// Monday to Friday without the statutory holidays, which are known before any notice.
    #[default]
    WeekdaysExceptStatutory,
}

/// Configuration of the clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// See [`Rollover`].
    pub rollover: Rollover,
    /// See [`Unannounced`].
    pub unannounced: Unannounced,
    /// Working days to check a report. **Unverified**: 行政处罚程序规定 art. 18 was not read.
    pub report_check: u32,
    /// Working days more with the head's approval. **Unverified** likewise.
    pub report_check_extension: u32,
    /// Days to decide a case after filing. **Unverified**: 行政处罚程序规定 art. 64 is known from accounts only.
    pub case_decision: u32,
    /// Days more with approval. **Unverified** likewise.
    pub case_decision_extension: u32,
    /// Working days to answer an operator. No rule: the bureau's own promise.
    pub operator_reply: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rollover: Rollover::default(),
            unannounced: Unannounced::default(),
            report_check: 15,
            report_check_extension: 15,
            case_decision: 90,
            case_decision_extension: 30,
            operator_reply: 15,
        }
    }
}

/// A setting that can't be meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} = {value}: must be 1 to {MOST_DAYS}")]
pub struct SettingsError {
    /// Name of the setting.
    pub name: &'static str,
    /// Its value.
    pub value: u32,
}

impl Settings {
    /// Checks that every limit is 1 to 1000 days.
    ///
    /// # Errors
    /// The first setting that isn't.
    pub fn check(&self) -> Result<(), SettingsError> {
        let limits = [
            ("report_check", self.report_check),
            ("report_check_extension", self.report_check_extension),
            ("case_decision", self.case_decision),
            ("case_decision_extension", self.case_decision_extension),
            ("operator_reply", self.operator_reply),
        ];
        match limits.into_iter().find(|(_, value)| !(1..=MOST_DAYS).contains(value)) {
            Some((name, value)) => Err(SettingsError { name, value }),
            None => Ok(()),
        }
    }
}
