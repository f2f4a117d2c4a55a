//! Time as a parameter: everything that needs "now" is given a [`Clock`].

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// China Standard Time: eight hours ahead of UTC, all year.
pub const CHINA: FixedOffset = match FixedOffset::east_opt(8 * 3600) {
    Some(offset) => offset,
    None => panic!("eight hours are an offset"),
};

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

    /// Now, cut to microseconds: the finest both databases keep.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let now = (self.0)();
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }

    /// Today in China.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now().with_timezone(&CHINA).date_naive()
    }
}

/// The moment at which a day begins in China.
#[must_use]
pub fn start_of_day(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() - chrono::TimeDelta::seconds(i64::from(CHINA.local_minus_utc()))
}
