//! Letters: kept in the transaction of the act that they tell of (an outbox), sent by a worker afterwards.
//!
//! No crash loses a letter, and no letter is kept twice (its key). It is sent once except in one window that SMTP can't
//! close: between the server's 250 and the commit of our mark, or when the connection breaks before the answer to the
//! data comes. Such a letter is sent again with the same bytes, `Message-ID` and `Date`, so that receivers can drop the
//! double. A folder of files has no such window: the second file replaces the first.

mod deliver;
mod folder;
mod message;
mod post;
mod smtp;

use std::sync::Arc;

use app::{domain::mail::Address, text::letter};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use uuid::Uuid;

pub use deliver::{KEEP_DAYS, Worker, deliver};
pub use folder::FolderPost;
pub use message::{Message, Sender, build};
pub use post::{Cause, Failure, Post};
pub use smtp::{SmtpError, SmtpPost};

use crate::{
    id::Ids,
    secret::{Place, SecretError, Secrets},
    store::{ClaimedLetter, NewLetter, StoreError, Tx},
};

const TABLE: &str = "letter";

/// A letter to be sent.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What it is, such as `case/ID/accepted`: the same letter is sent once. No personal data
    pub key: String,
    /// Kind, a code
    pub kind: &'static str,
    /// To whom
    pub to: Address,
    /// What it concerns
    pub about: Option<Uuid>,
    /// Not before this time; at once without
    pub due_at: Option<DateTime<Utc>>,
    /// What it says
    pub content: letter::Letter,
    /// Where one click ends such letters (RFC 8058), an https URL
    pub unsubscribe: Option<String>,
}

/// What of a letter is sealed beside its address.
#[derive(Serialize, Deserialize)]
struct Sealed {
    content: letter::Letter,
    unsubscribe: Option<String>,
}

/// A letter of which nobody can read address and content.
pub struct SealedLetter(NewLetter);

/// Why a letter can't be kept.
#[derive(Debug, thiserror::Error)]
pub enum EnqueueError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The content can't be written as JSON.
    #[error("letter: {0}")]
    Content(#[from] serde_json::Error),
}

/// Where letters are left. Cloning shares the bell that wakes the worker.
#[derive(Clone)]
pub struct Outbox {
    secrets: Secrets,
    ids: Ids,
    bell: Arc<Notify>,
}

impl Outbox {
    /// An outbox of a house.
    #[must_use]
    pub fn new(secrets: Secrets, ids: Ids) -> Self {
        Self { secrets, ids, bell: Arc::default() }
    }

    /// Leaves a letter in a transaction; no when its key was used before. [`Self::ring`] after the commit sends it at
    /// once, else the worker finds it within seconds.
    ///
    /// # Errors
    /// [`EnqueueError`]; the transaction must then not be committed.
    pub async fn enqueue(&self, tx: &mut Tx, letter: &Letter, now: DateTime<Utc>) -> Result<bool, EnqueueError> {
        Ok(self.enqueue_all(tx, [&self.seal(letter, now)?].into_iter(), now).await? == 1)
    }

    /// Leaves letters that were sealed before, so that a transaction isn't kept waiting. Gives how many are new.
    ///
    /// # Errors
    /// The store; the transaction must then not be committed.
    pub async fn enqueue_all(
        &self,
        tx: &mut Tx,
        letters: impl Iterator<Item = &SealedLetter>,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        tx.enqueue_letters(letters.map(|letter| &letter.0), now).await
    }

    /// Makes a letter ready to be left.
    ///
    /// # Errors
    /// The key, the content.
    pub fn seal(&self, letter: &Letter, now: DateTime<Utc>) -> Result<SealedLetter, EnqueueError> {
        let id = self.ids.next(now);
        let sealed = Sealed { content: letter.content.clone(), unsubscribe: letter.unsubscribe.clone() };
        let to = self.secrets.seal(place(id, "to"), letter.to.as_str().as_bytes())?;
        let body = self.secrets.seal(place(id, "body"), &serde_json::to_vec(&sealed)?)?;
        let due_at = letter.due_at.unwrap_or(now);
        Ok(SealedLetter(NewLetter {
            id,
            key: letter.key.clone(),
            kind: letter.kind,
            about: letter.about,
            to,
            body,
            due_at,
            expires_at: app::domain::mail::expiry(due_at),
        }))
    }

    /// Leaves many letters at once, in few statements; memory holds all of them. Gives how many of their keys are new.
    ///
    /// # Errors
    /// [`EnqueueError`]; the transaction must then not be committed.
    pub async fn enqueue_many(&self, tx: &mut Tx, letters: &[Letter], now: DateTime<Utc>) -> Result<u64, EnqueueError> {
        let sealed = letters.iter().map(|letter| self.seal(letter, now)).collect::<Result<Vec<_>, _>>()?;
        Ok(self.enqueue_all(tx, sealed.iter(), now).await?)
    }

    /// Tells the worker of this process that there is something to send.
    pub fn ring(&self) {
        self.bell.notify_one();
    }

    /// Opens what was kept.
    fn open(&self, claimed: &ClaimedLetter) -> Option<(Address, Sealed)> {
        let part = |column, sealed: &Option<Vec<u8>>| {
            let opened = self.secrets.open_sealed(place(claimed.id, column), sealed.as_ref()?);
            opened.ok()
        };
        let to = String::from_utf8(part("to", &claimed.to_sealed)?).ok()?;
        let sealed = serde_json::from_slice(&part("body", &claimed.body_sealed)?).ok()?;
        Some((Address::parse(&to).ok()?, sealed))
    }
}

fn place(id: Uuid, column: &str) -> Place<'_> {
    Place { table: TABLE, column, id }
}
