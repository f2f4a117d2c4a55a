//! What time does by itself with cases: reminders before a date, escalations after it, the end of personal data.

use std::time::Duration;

use app::{
    domain::clock::Due,
    ports::{CaseResult, PortError},
    text::case::letter::Notice,
};
use chrono::TimeDelta;
use tokio::sync::watch;
use uuid::Uuid;

use super::{CaseService, internal, of_store};

/// How often dates are looked at.
const LOOK: Duration = Duration::from_secs(30);

impl CaseService {
    /// Does all that is due now: gives how many reminders and escalations were left in the outbox, each once for a date.
    ///
    /// # Errors
    /// The store; what was done before stays done.
    pub async fn do_due(&self) -> CaseResult<usize> {
        let today = self.today();
        let mut done = 0;
        // a date that was missed needs no reminder any more
        for clock in self.house.db.clocks_late(today).await.map_err(of_store)? {
            done += usize::from(self.tell(clock, Notice::Late).await?);
        }
        let ahead = TimeDelta::days(i64::from(self.house.reminders.remind_days));
        for clock in self.house.db.clocks_near(today + ahead).await.map_err(of_store)? {
            done += usize::from(self.tell(clock, Notice::Near).await?);
        }
        if done > 0 {
            self.ring();
        }
        self.house.db.forget_cases(today).await.map_err(of_store)?;
        Ok(done)
    }

    /// One transaction: the mark and the letters. Whoever else comes finds the mark.
    async fn tell(&self, clock: (Uuid, i64), notice: Notice) -> CaseResult<bool> {
        let now = self.house.clock.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let stored = tx.case(clock.0).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let place = usize::try_from(clock.1).map_err(internal)?;
        let due: Option<Due> = self.dues(&stored.case)?.into_iter().nth(place);
        // while a pause goes on, the date is not known
        let Some(due) = due.filter(|due| due.open_pause.is_none()) else { return Ok(false) };
        let is_first = match notice {
            Notice::Late => tx.note_escalated(clock, now).await,
            _ => tx.note_reminded(clock, now).await,
        };
        if !is_first.map_err(of_store)? {
            return Ok(false);
        }
        self.leave_notice(&mut tx, &stored, (notice, &due)).await?;
        tx.commit().await.map_err(of_store)?;
        Ok(true)
    }
}

/// Counts dates again with the calendar of today, then looks at them from time to time, until told to stop.
pub async fn keep_cases(cases: CaseService, mut stop: watch::Receiver<bool>) {
    if let Err(error) = cases.recount().await {
        tracing::error!(%error, "dates of cases can't be counted again");
    }
    loop {
        if let Err(error) = cases.do_due().await {
            tracing::error!(%error, "reminders stand still");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
