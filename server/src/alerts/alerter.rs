//! The one who tells: follows the change feed, and leaves letters in the transaction that moves its position.

use std::{sync::Arc, time::Duration};

use app::{
    domain::alert::{Hours, Pace, UNCONFIRMED_HOURS, due},
    ports::Site,
};
use chrono::TimeDelta;
use tokio::sync::watch;
use uuid::Uuid;

use super::{
    AlertError,
    compose::Composer,
    news::{Batch, gather},
};
use crate::{
    clock::CHINA,
    fail,
    house::House,
    mail::Letter,
    store::{Round, Tx},
};

/// How often the feed is asked for news.
const LOOK: Duration = Duration::from_secs(1);
/// Waiting after a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(10);
/// How often what is over is deleted.
const TIDY: TimeDelta = TimeDelta::minutes(1);
/// Changes of one round at once. Digests take all of their time.
const CHANGES: u32 = 2_000;
/// Letters of one transaction: other writers wait no longer than these take.
const LETTERS: usize = 1_000;
/// Letters of one statement: what memory holds at once.
const BATCH: usize = 250;
/// Hours for which a sent letter is kept beside its mark.
const SENT_HOURS: i64 = 48;
/// Days after which nobody has to be told any more that something is gone: longer than a week's digest takes.
const GONE_DAYS: i64 = 10;

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// There is nothing to tell now
    Idle,
    /// The index is behind: searches can't be asked yet
    Behind,
    /// Another alerter was faster
    Lost,
    /// Left so many letters
    Left(u64),
}

/// Tells of changes. Several may run beside each other.
pub struct Alerter {
    house: House,
    site: watch::Receiver<Arc<Site>>,
    hours: Hours,
    /// What was gathered for the round that is on its way
    gathered: Option<(Round, Arc<Batch>)>,
}

impl Alerter {
    /// An alerter of a house.
    #[must_use]
    pub fn new(house: House, site: watch::Receiver<Arc<Site>>) -> Self {
        let hours = house.alerts.hours();
        Self { house, site, hours, gathered: None }
    }

    /// One transaction at most.
    ///
    /// # Errors
    /// [`AlertError`]; what was not committed is done again by the next step.
    pub async fn step(&mut self, pace: Pace) -> Result<Progress, AlertError> {
        let read = self.house.db.alert_round(pace).await?;
        let Some(round) = self.opened(&read).await? else { return Ok(Progress::Idle) };
        let upto = round.upto.unwrap_or(round.position);
        if self.house.index.get().position().map_err(index_error)? < upto {
            return Ok(Progress::Behind);
        }
        let batch = self.batch(&round, upto).await?;
        fail::at("alert-gathered");
        let site = Arc::clone(&self.site.borrow());
        let mut tx = self.house.db.begin().await?;
        if !tx.hold_round(&read).await? {
            self.gathered = None;
            return Ok(Progress::Lost);
        }
        fail::at("alert-held");
        let (left, next) = self.write(&mut tx, &batch, &round, upto, &site).await?;
        tx.move_round(&next).await?;
        fail::at("alert-written");
        tx.commit().await?;
        fail::at("alert-committed");
        if next.upto.is_none() {
            self.gathered = None;
        }
        if left > 0 {
            self.house.mail.ring();
        }
        Ok(Progress::Left(left))
    }

    /// The round to go on with; a new one where none is on its way and there is something to tell.
    async fn opened(&self, read: &Round) -> Result<Option<Round>, AlertError> {
        if read.upto.is_some() {
            return Ok(Some(read.clone()));
        }
        let open = |upto, day| Round { upto: Some(upto), after: (String::new(), Uuid::nil()), day, ..read.clone() };
        if read.pace == Pace::Now {
            let changes = self.house.db.changes_since(read.position, CHANGES).await?;
            let Some(last) = changes.last().map(|last| last.position) else { return Ok(None) };
            // an import of a million samples that nobody follows is no work
            let is_heard = self.house.db.is_heard(Pace::Now).await?;
            return Ok(Some(open(if is_heard { last } else { self.house.db.feed_position().await? }, None)));
        }
        let local = self.house.clock.now().with_timezone(&CHINA).naive_local();
        let Some(day) = due(read.pace, read.day, local, self.hours) else { return Ok(None) };
        Ok(Some(open(self.house.db.feed_position().await?, Some(day))))
    }

    async fn batch(&mut self, round: &Round, upto: u64) -> Result<Arc<Batch>, AlertError> {
        if let Some((known, batch)) = &self.gathered
            && (known.pace, known.position, known.upto) == (round.pace, round.position, round.upto)
        {
            return Ok(Arc::clone(batch));
        }
        let index = self.house.index.get();
        index.reload().map_err(index_error)?;
        let is_heard = self.house.db.is_heard(round.pace).await?;
        let batch = if is_heard {
            gather(&self.house.db, index, round.pace, round.position, upto).await?
        } else {
            Batch::default()
        };
        let batch = Arc::new(batch);
        self.gathered = Some((round.clone(), Arc::clone(&batch)));
        Ok(batch)
    }

    /// Leaves the next letters of a round. Gives how many, and where the round is then.
    async fn write(
        &self,
        tx: &mut Tx,
        batch: &Batch,
        round: &Round,
        upto: u64,
        site: &Site,
    ) -> Result<(u64, Round), AlertError> {
        let (mut left, mut heard) = (0, 0);
        let mut after = round.after.clone();
        for topic in batch.hits.keys().filter(|topic| **topic >= round.after.0) {
            if *topic != after.0 {
                after = (topic.clone(), Uuid::nil());
            }
            let composer = Composer::new(batch, topic, (round.pace, upto), site, &self.house.auth.secrets);
            let Some(mut composer) = composer else { continue };
            loop {
                let most = BATCH.min(LETTERS - heard);
                let listeners = tx.listeners(round.pace, topic, after.1, most).await?;
                let letters: Vec<Letter> = listeners.iter().filter_map(|one| composer.letter(one)).collect();
                left += self.house.mail.enqueue_many(tx, &letters, self.house.clock.now()).await?;
                heard += listeners.len();
                after.1 = listeners.last().map_or(after.1, |last| last.id);
                if listeners.len() < most {
                    break;
                }
                if heard >= LETTERS {
                    return Ok((left, Round { after, ..round.clone() }));
                }
            }
        }
        let told: Vec<(Uuid, &str)> = batch
            .hits
            .iter()
            .flat_map(|(topic, places)| places.iter().map(|place| (batch.items[*place].id, topic.as_str())))
            .collect();
        tx.tell(&told).await?;
        let start = (String::new(), Uuid::nil());
        Ok((left, Round { position: upto, upto: None, after: start, ..round.clone() }))
    }

    /// Goes on until there is nothing to tell. Gives the number of letters that were left.
    ///
    /// # Errors
    /// [`AlertError`].
    pub async fn catch_up(&mut self) -> Result<u64, AlertError> {
        let mut left = 0;
        for pace in Pace::ALL {
            loop {
                match self.step(pace).await? {
                    Progress::Left(letters) => left += letters,
                    Progress::Lost => {}
                    Progress::Idle | Progress::Behind => break,
                }
            }
        }
        Ok(left)
    }

    /// Deletes subscriptions that nobody confirmed, and what is of no further use. Gives how many subscriptions ended.
    ///
    /// # Errors
    /// The database.
    pub async fn tidy(&self) -> Result<u64, AlertError> {
        let now = self.house.clock.now();
        let unconfirmed = now - TimeDelta::hours(UNCONFIRMED_HOURS);
        let (sent, gone) = (now - TimeDelta::hours(SENT_HOURS), now - TimeDelta::days(GONE_DAYS));
        Ok(self.house.db.tidy_subscriptions(unconfirmed, sent, gone).await?)
    }

    /// Tells until told to stop.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut tidied = None;
        loop {
            let now = self.house.clock.now();
            let is_due = tidied.is_none_or(|last| now - last >= TIDY);
            let work = async {
                if is_due {
                    self.tidy().await?;
                }
                self.catch_up().await
            };
            let pause = tokio::select! {
                done = work => match done {
                    Ok(_) => {
                        tidied = if is_due { Some(now) } else { tidied };
                        LOOK
                    }
                    Err(error) => {
                        tracing::error!(%error, "alerts stand still");
                        AFTER_FAILURE
                    }
                },
                // a transaction that is cut off leaves nothing behind
                _ = stop.wait_for(|stop| *stop) => return,
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }
}

fn index_error(error: search::Error) -> AlertError {
    app::ports::PortError::Internal(error.to_string()).into()
}
