//! Time as a parameter: everything that needs "now" is given a [`Clock`].

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// Seconds by which China Standard Time is ahead of UTC.
const CHINA_OFFSET: i32 = 8 * 3600;

/// Gives the current time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
        Self(Arc::new(Utc::now))
    }

    /// A clock that stands still, for tests and repeatable content.
    #[must_use]
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Arc::new(move || at))
    }

    /// A clock that somebody else moves.
    #[must_use]
    pub fn of(give: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(give))
    }

    /// Now, cut to microseconds: the finest both databases keep.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let now = (self.0)();
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }

    /// Today in China.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        FixedOffset::east_opt(CHINA_OFFSET)
            .map_or_else(|| self.now().date_naive(), |china| self.now().with_timezone(&china).date_naive())
    }
}

/// The moment at which a day begins in China.
#[must_use]
pub fn start_of_day(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() - chrono::TimeDelta::seconds(i64::from(CHINA_OFFSET))
}
