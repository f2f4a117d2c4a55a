//! Statistics for the public: counted when somebody asks, at most once a minute, whoever and however many ask.

use std::sync::Arc;

use app::{
    domain::statistics::{Statistics, span, statistics},
    ports::{Figures, PortResult},
};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Mutex;

use crate::{clock::Clock, store::Db};

/// For how long counts are given again.
const KEPT: TimeDelta = TimeDelta::minutes(1);

type Kept = Option<(DateTime<Utc>, Arc<Statistics>)>;

/// Counts cases. Clones share what was counted.
#[derive(Clone)]
pub struct CaseFigures {
    db: Db,
    clock: Clock,
    kept: Arc<Mutex<Kept>>,
}

impl CaseFigures {
    /// Over a database.
    #[must_use]
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, kept: Arc::default() }
    }
}

#[async_trait]
impl Figures for CaseFigures {
    async fn statistics(&self) -> PortResult<Arc<Statistics>> {
        let (now, today) = (self.clock.now(), self.clock.today());
        // held while counting: whoever comes meanwhile waits for the same counts
        let mut kept = self.kept.lock().await;
        if let Some((at, counted)) = &*kept
            && (TimeDelta::zero()..KEPT).contains(&(now - *at))
            && counted.made_on == today
        {
            return Ok(Arc::clone(counted));
        }
        let (from, until) = span(today);
        let alike = self.db.cases_alike(from, until, today).await?;
        let counted = Arc::new(statistics(&alike, today));
        *kept = Some((now, Arc::clone(&counted)));
        Ok(counted)
    }
}
