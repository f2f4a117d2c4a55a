//! The worker: claims letters one by one, sends them, marks them.

use std::{sync::Arc, time::Duration};

use app::domain::mail::next_attempt;
use chrono::TimeDelta;
use tokio::sync::watch;
use uuid::Uuid;

use super::{Cause, Failure, Outbox, Post, Sender, build};
use crate::{
    clock::Clock,
    fail,
    store::{ClaimedLetter, Db, StoreError},
};

/// Days after which address and content of a sent letter are deleted: long enough to answer "I got no mail".
pub const KEEP_DAYS: i64 = 30;
/// How often the worker looks for letters of other processes and for those whose time has come.
const LOOK: Duration = Duration::from_secs(3);
/// What a lease is longer than the longest attempt: the judging of a refusal and the mark have their time too.
const MARGIN: TimeDelta = TimeDelta::seconds(60);
/// Tries of the mark after a letter was taken: a database that is busy for a moment must not make a double.
const MARKS: u32 = 20;
const MARK_WAIT: Duration = Duration::from_millis(250);
/// How long a letter on its way may take after the signal to stop. Then its lease runs out, and it is sent again.
const GRACE: Duration = Duration::from_secs(10);

/// Sends what lies in the outbox.
#[derive(Clone)]
pub struct Worker {
    /// The database
    pub db: Db,
    /// The outbox
    pub outbox: Outbox,
    /// Time
    pub clock: Clock,
    /// Who sends
    pub from: Sender,
    /// By which way
    pub post: Arc<dyn Post>,
}

impl Worker {
    /// Sends all that is due now. Gives the number of letters that were taken.
    ///
    /// # Errors
    /// [`StoreError`]; letters claimed before are marked or wait for the end of their lease.
    pub async fn send_due(&self) -> Result<usize, StoreError> {
        self.send_until(&|| false).await
    }

    async fn send_until(&self, is_over: &(dyn Fn() -> bool + Sync)) -> Result<usize, StoreError> {
        let mut sent = 0;
        loop {
            let due = self.db.letters_due(self.clock.now()).await?;
            let mut claimed = 0;
            for id in due {
                if is_over() {
                    return Ok(sent);
                }
                let Some(letter) = self.claim(id).await? else { continue };
                claimed += 1;
                sent += usize::from(self.attempt(&letter).await?);
            }
            // what others took meanwhile is theirs
            if claimed == 0 {
                return Ok(sent);
            }
        }
    }

    async fn claim(&self, id: Uuid) -> Result<Option<ClaimedLetter>, StoreError> {
        let now = self.clock.now();
        let limit = TimeDelta::from_std(self.post.limit()).unwrap_or(TimeDelta::hours(1));
        self.db.claim_letter(id, now, now + limit + MARGIN).await
    }

    async fn attempt(&self, letter: &ClaimedLetter) -> Result<bool, StoreError> {
        fail::at("letter-claimed");
        match self.send(letter).await {
            Ok(()) => {
                fail::at("letter-taken");
                self.mark(letter).await?;
                fail::at("letter-marked");
                Ok(true)
            }
            Err(failure) => {
                self.put_off(letter, failure).await?;
                Ok(false)
            }
        }
    }

    async fn send(&self, letter: &ClaimedLetter) -> Result<(), Failure> {
        let unreadable = Failure::Never(Cause::Content);
        let (to, sealed) = self.outbox.open(letter).ok_or(unreadable)?;
        let unsubscribe = sealed.unsubscribe.as_deref();
        let message = build(letter.id, letter.created_at, &self.from, &to, &sealed.content, unsubscribe);
        let message = message.ok_or(unreadable)?;
        let sending = tokio::time::timeout(self.post.limit(), self.post.send(&message)).await;
        sending.unwrap_or(Err(Failure::Retry(Cause::Timeout)))
    }

    /// The mark is a durable transaction of its own right after the other side took the letter.
    async fn mark(&self, letter: &ClaimedLetter) -> Result<(), StoreError> {
        let mut tries = 1;
        loop {
            match self.db.letter_sent(letter.id, self.clock.now()).await {
                Err(error) if tries < MARKS => {
                    tracing::warn!(%error, id = %letter.id, "a sent letter can't be marked yet");
                    tokio::time::sleep(MARK_WAIT).await;
                    tries += 1;
                }
                done => return done,
            }
        }
    }

    async fn put_off(&self, letter: &ClaimedLetter, failure: Failure) -> Result<(), StoreError> {
        let (again, cause) = match failure {
            Failure::Retry(cause) => (next_attempt(letter.attempts, self.clock.now(), letter.expires_at), cause),
            Failure::Never(cause) => (None, cause),
        };
        if again.is_none() {
            tracing::error!(id = %letter.id, %cause, attempts = letter.attempts, "letter given up: portal mail list");
        } else {
            tracing::warn!(id = %letter.id, %cause, attempts = letter.attempts, "letter not sent yet");
        }
        self.db.letter_failed(letter, again, &cause.to_string()).await
    }
}

/// Sends what is due at the start, whenever the outbox rings, and every few seconds, until told to stop.
pub async fn deliver(worker: Worker, mut stop: watch::Receiver<bool>) {
    let stopped = stop.clone();
    let work = async {
        loop {
            if let Err(error) = worker.send_until(&|| *stopped.borrow()).await {
                tracing::error!(%error, "letters stand still");
            }
            if *stopped.borrow() {
                return;
            }
            let _ = tokio::time::timeout(LOOK, worker.outbox.bell.notified()).await;
        }
    };
    let cut = async {
        let _ = stop.wait_for(|stop| *stop).await;
        // an idle worker wakes at once; one at work ends its letter
        worker.outbox.ring();
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        () = work => {}
        () = cut => tracing::warn!("a letter on its way was cut off"),
    }
}
