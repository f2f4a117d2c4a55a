//! 你点我检, 你点我查, surveys: each method loads, asks the pure state machine, and saves state, public log, change feed and
//! audit entry in one transaction. How voices are taken without knowing whose they are stands in [`voice`](self::voice).

mod demo;
mod keep;
mod link;
mod read;
mod voice;
mod work;

use std::sync::Arc;

use app::{
    domain::{
        act::Act,
        audit::{Deed, Outcome as Came},
        poll::{self, By, Command, Content, Refusal, State},
        redaction::{Known, find},
        staff::Viewer,
    },
    ports::{FoundMark, PollError, PollResult, PortError},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

pub use keep::keep_polls;
pub use voice::{Ballot, Browser, VoiceError};

use crate::{
    auth::{Limits, Who},
    desk::found_marks,
    house::House,
    secret::Place,
    store::{ActContent, Audit, Entity, NewAct, NewPoll, Poll, PollStep, StoreError, Tx},
};

const TABLE: &str = "poll";
/// Voices of an address count that long for the hardness of its work.
const SPAN: TimeDelta = TimeDelta::hours(1);

/// The house of votes and surveys. Cloning is cheap.
#[derive(Clone)]
pub struct PollService {
    house: House,
    /// Which officer calls, for the audit trail; nobody where a citizen does
    who: Who,
    /// Telephones that the bureau itself publishes
    phones: Arc<[String]>,
    /// Voices by address, in memory only
    lately: Arc<Limits>,
}

/// What comes with a command.
#[derive(Clone, Debug, Default)]
pub struct With {
    /// Another content
    pub content: Option<Content>,
    /// The reason
    pub said: String,
    /// Keys of marks that the officer confirmed
    pub confirmed: Vec<String>,
}

impl PollService {
    /// Over a house.
    #[must_use]
    pub fn new(house: House, phones: Vec<String>) -> Self {
        let lately = Arc::new(Limits::new(u32::MAX, SPAN));
        Self { house, who: Who::default(), phones: phones.into(), lately }
    }

    /// As one officer uses it.
    #[must_use]
    pub fn called_by(&self, who: &Who) -> Self {
        Self { who: who.clone(), ..self.clone() }
    }

    /// Voices that one network may give in a round on a day.
    #[must_use]
    pub fn per_network(&self) -> u32 {
        self.house.poll_settings.per_network
    }

    fn did(&self, act: Command, id: Uuid) -> Audit {
        self.who.did(Deed::PollAct, Came::Ok).on(TABLE, id).with(json!({ "act": act.code() }))
    }

    fn seal(&self, column: &str, id: Uuid, plain: &[u8]) -> Result<Vec<u8>, PortError> {
        let place = Place { table: TABLE, column, id };
        self.house.auth.secrets.seal(place, plain).map_err(|error| PortError::Internal(error.to_string()))
    }

    fn unseal(&self, column: &str, id: Uuid, sealed: &[u8]) -> Result<Vec<u8>, PortError> {
        let place = Place { table: TABLE, column, id };
        let opened = self.house.auth.secrets.open_sealed(place, sealed);
        opened.map_err(|error| PortError::Internal(error.to_string()))
    }

    /// What the redaction check finds in what people will read.
    fn marks(&self, content: &Content, confirmed: &[String]) -> Vec<FoundMark> {
        let phones: Vec<&str> = self.phones.iter().map(String::as_str).collect();
        found_marks(&[&content.words()], &Known { names: &[], phones: &phones }, confirmed)
    }

    /// A new draft. Gives its id.
    ///
    /// # Errors
    /// [`PollError`].
    pub async fn begin(&self, by: &Viewer, content: &Content) -> PollResult<Uuid> {
        let now = self.house.clock.now();
        if Command::Save.needs().is_some_and(|permission| !by.may(permission)) {
            return Err(Refusal::NotAllowed.into());
        }
        let id = self.house.ids.next(now);
        let editors = [by.id].into();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        tx.insert_poll(&NewPoll { id, content, editors: &editors, demo: false }, now).await.map_err(of_store)?;
        tx.audit(&self.did(Command::Save, id), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        Ok(id)
    }

    /// A step by an officer on the version that they saw.
    ///
    /// # Errors
    /// [`PollError`]; nothing has changed then.
    pub async fn act(&self, by: &Viewer, id: Uuid, version: i64, command: Command, with: With) -> PollResult<State> {
        let now = self.house.clock.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let before = tx.poll(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let next = before.poll.apply(command, By::Officer(by), &with.said, self.house.clock.today())?;
        if before.version != version {
            return Err(PollError::Conflict);
        }
        self.step(&mut tx, &before, &next, command, with, now).await?;
        tx.audit(&self.did(command, id), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        Ok(next.state)
    }

    async fn step(
        &self,
        tx: &mut Tx,
        before: &Poll,
        next: &poll::Poll,
        command: Command,
        with: With,
        now: DateTime<Utc>,
    ) -> PollResult<()> {
        if command == Command::Discard {
            let is_gone = tx.drop_poll(before.id, before.version).await.map_err(of_store)?;
            return if is_gone { Ok(()) } else { Err(PollError::Conflict) };
        }
        let content = with.content.filter(|_| command == Command::Save).unwrap_or_else(|| before.content.clone());
        let confirmed = if command == Command::Propose { with.confirmed } else { before.confirmed.clone() };
        if matches!(command, Command::Propose | Command::Confirm) {
            let open = self.marks(&content, &confirmed).iter().filter(|mark| !mark.confirmed).count();
            if open > 0 {
                return Err(PollError::Marks(open));
            }
        }
        let personal = find(&with.said, &Known::default()).len();
        if command == Command::Stop && personal > 0 {
            return Err(PollError::Marks(personal));
        }
        let issue = match command {
            Command::Confirm => Some(tx.next_poll_issue(content.kind).await.map_err(of_store)?),
            _ => before.issue,
        };
        let said = Some(with.said.trim()).filter(|said| !said.is_empty());
        let returned = match command {
            Command::Return => said,
            Command::Save => before.returned.as_deref(),
            _ => None,
        };
        let stopped = said.filter(|_| command == Command::Stop);
        let step = PollStep { next, issue, content: &content, confirmed: &confirmed, returned, stopped };
        if !tx.save_poll(before, &step, now).await.map_err(of_store)? {
            return Err(PollError::Conflict);
        }
        match command {
            Command::Confirm => {
                let text = json!({ "issue": issue, "poll": content });
                self.log(tx, before.id, Act::Publish, Some(text.to_string()), None, now).await?;
            }
            Command::Stop => {
                tx.forget_round(before.id).await.map_err(of_store)?;
                self.log(tx, before.id, Act::Withdraw, None, stopped, now).await?;
            }
            _ => {}
        }
        Ok(())
    }

    /// A leaf of the public log, and the change that pages follow.
    async fn log(
        &self,
        tx: &mut Tx,
        id: Uuid,
        act: Act,
        text: Option<String>,
        reason: Option<&str>,
        now: DateTime<Utc>,
    ) -> PollResult<()> {
        let content = text.map(|text| ActContent { text, lines: None, salt: self.house.ids.salt() });
        let new = NewAct { act, entity: Entity::Poll, id, content, reason };
        tx.log_act(&new, now).await.map_err(of_store)?;
        tx.touch_poll(id, now).await.map_err(of_store)
    }
}

fn of_store(error: StoreError) -> PollError {
    PortError::from(error).into()
}
