//! What time does: a round opens on its first day, and after the last one it is counted and its result is public.

use std::time::Duration;

use app::{
    domain::{
        act::Act,
        poll::{By, Command, Outcome},
    },
    ports::{PollError, PollResult, PortError},
};
use chrono::TimeDelta;
use serde_json::json;
use tokio::sync::watch;
use uuid::Uuid;

use super::{PollService, of_store};
use crate::store::{PollStep, StoreError};

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(5);
/// Days after the end of a round for which suggestions and answers in words are kept.
const TEXT_DAYS: i64 = 365;

impl PollService {
    /// Does all that is due now, and deletes what the day has made useless. Gives how many rounds moved.
    ///
    /// # Errors
    /// The store.
    pub async fn do_due(&self) -> Result<usize, StoreError> {
        let (now, today) = (self.house.clock.now(), self.house.clock.today());
        let mut done = 0;
        for id in self.house.db.polls_due(today).await? {
            match self.pass(id).await {
                Ok(()) => done += 1,
                // an officer stopped it just now
                Err(PollError::Conflict | PollError::Refused(_)) => {}
                Err(error) => tracing::error!(%error, %id, "round not opened or ended"),
            }
        }
        self.house.db.forget_poll_days(today).await?;
        self.house.db.forget_poll_texts(now - TimeDelta::days(TEXT_DAYS)).await?;
        Ok(done)
    }

    /// Opens a round, or ends it.
    async fn pass(&self, id: Uuid) -> PollResult<()> {
        let (now, today) = (self.house.clock.now(), self.house.clock.today());
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let before = tx.poll(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let open = before.poll.apply(Command::Open, By::Time, "", today);
        let command = if open.is_ok() { Command::Open } else { Command::End };
        let next = open.or_else(|_| before.poll.apply(Command::End, By::Time, "", today))?;
        let step = PollStep {
            next: &next,
            issue: before.issue,
            content: &before.content,
            confirmed: &before.confirmed,
            returned: None,
            stopped: None,
        };
        // first the state: who gives a voice at the same moment waits for it, and is too late
        if !tx.save_poll(&before, &step, now).await.map_err(of_store)? {
            return Err(PollError::Conflict);
        }
        if command == Command::End {
            let counts = tx.poll_counts(id, &before.content).await.map_err(of_store)?;
            let outcome = Outcome::of(&before.content, &counts);
            tx.set_poll_outcome(id, &outcome).await.map_err(of_store)?;
            tx.forget_round(id).await.map_err(of_store)?;
            let text = json!({ "issue": before.issue, "poll": before.content, "result": outcome });
            self.log(&mut tx, id, Act::Publish, Some(text.to_string()), None, now).await?;
        } else {
            tx.touch_poll(id, now).await.map_err(of_store)?;
        }
        tx.audit(&self.did(command, id), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)
    }
}

/// Does what is due at the start and from then on, until told to stop.
pub async fn keep_polls(polls: PollService, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = polls.do_due().await {
            tracing::error!(%error, "the clock of votes stands");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
