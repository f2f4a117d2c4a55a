//! Alerts (订阅): who follows what, and the letters that tell them.
//!
//! A letter's code opens one subscription: it is made from its id and `data/secret.key`, so the database holds none. Nobody
//! learns who follows what: whatever the form is sent, the answer is one.

mod alerter;
mod code;
mod compose;
mod news;
mod touched;

use std::{net::IpAddr, sync::Arc};

use app::{
    domain::{
        alert::{KNOWN_HOURS, MOST, PENDING, Pace, State, Step, Topic, may_ask},
        mail::Address,
    },
    ports::{Directory, FindQuery, Finder, PortError, Site},
    text::alert::letter as words,
};
use chrono::TimeDelta;
use uuid::Uuid;

pub use alerter::{Alerter, Progress};

use crate::{
    auth::Limits,
    house::House,
    mail::{EnqueueError, Letter},
    secret::{Place, SecretError},
    store::{NewSubscription, StoreError, Subscription, Tx},
};
use code::{Code, Use};

/// Kind of the letters about a subscription itself.
const ASK: &str = "alert_ask";
/// Requests from one network within [`SPAN`].
pub const ASKS: u32 = 10;
/// Wrong codes from one network within [`SPAN`].
pub const WRONG: u32 = 30;
const SPAN: TimeDelta = TimeDelta::minutes(30);

/// Why something about alerts can't be done.
#[derive(Debug, thiserror::Error)]
pub enum AlertError {
    /// Too many requests from this network.
    #[error("too many requests")]
    Wait,
    /// The code opens nothing (any more).
    #[error("unknown code")]
    Unknown,
    /// There is nothing of this topic.
    #[error("unknown topic")]
    Topic,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A port.
    #[error(transparent)]
    Port(#[from] PortError),
    /// The key.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The outbox.
    #[error(transparent)]
    Letter(#[from] EnqueueError),
    /// A part of the work broke off.
    #[error("task: {0}")]
    Task(#[from] tokio::task::JoinError),
}

/// What an officer of nobody sees: a subscription by its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What is followed
    pub topic: Topic,
    /// How it is called
    pub name: String,
    /// How soon
    pub pace: Pace,
    /// Where it stands
    pub state: State,
}

/// Subscribing, and what the letters' codes open.
#[derive(Clone)]
pub struct AlertService {
    house: House,
    finder: Arc<dyn Finder>,
    asks: Arc<Limits>,
    wrong: Arc<Limits>,
}

impl AlertService {
    /// The service of a house.
    #[must_use]
    pub fn new(house: House, finder: Arc<dyn Finder>) -> Self {
        let limits = |most| Arc::new(Limits::new(most, SPAN));
        Self { house, finder, asks: limits(ASKS), wrong: limits(WRONG) }
    }

    /// How a topic is called; only what there is has a name.
    ///
    /// # Errors
    /// [`AlertError::Topic`] where nothing public belongs to it: no letter ever carries a text that somebody made up.
    pub async fn name(&self, topic: &Topic) -> Result<String, AlertError> {
        match topic {
            Topic::Operator(id) => match self.house.db.operator(*id).await {
                Ok(operator) => Ok(operator.line.name),
                Err(PortError::NotFound | PortError::Gone(_)) => Err(AlertError::Topic),
                Err(error) => Err(error.into()),
            },
            Topic::Category(_) | Topic::District(_) => {
                let query = FindQuery { limit: 1, facets: false, ..query_of(topic)? };
                let found = self.finder.find(query).await?;
                if found.total > 0 { Ok(app::text::alert::topic(topic, "")) } else { Err(AlertError::Topic) }
            }
            Topic::Search(_) => query_of(topic).map(|_| app::text::alert::topic(topic, "")),
            Topic::All | Topic::Kind(_) => Ok(app::text::alert::topic(topic, "")),
        }
    }

    /// Asks the owner of an address whether they want to follow a topic. Nobody learns by the answer whether they do.
    ///
    /// # Errors
    /// [`AlertError::Wait`] by network only; [`AlertError::Topic`].
    pub async fn ask(
        &self,
        topic: &Topic,
        pace: Pace,
        address: &Address,
        from: Option<IpAddr>,
        site: &Site,
    ) -> Result<(), AlertError> {
        let now = self.house.clock.now();
        if self.asks.is_blocked(from, now) {
            return Err(AlertError::Wait);
        }
        self.asks.failed(from, now);
        let name = self.name(topic).await?;
        let written = topic.to_string();
        let hash = self.hash(address);
        let mut tx = self.house.db.begin().await?;
        let known = tx.subscription_of(&hash, &written).await?;
        let (total, pending) = tx.subscription_counts(&hash).await?;
        match known {
            Some(known) if known.confirmed_at.is_some() && now - known.asked_at >= TimeDelta::hours(KNOWN_HOURS) => {
                let stored = self.stored(&known)?;
                tx.told_known(known.id, now).await?;
                let content = words::known(&self.link(known.id, Use::Manage, site), topic, &name, site);
                self.leave(&mut tx, (known.id, format!("known/{}", now.timestamp())), &stored, content, site).await?;
            }
            Some(known) if known.confirmed_at.is_none() && pending < PENDING => {
                let stored = self.stored(&known)?;
                tx.asked_again(known.id, pace, now).await?;
                let content = words::confirm(&self.link(known.id, Use::Confirm, site), topic, &name, pace, site);
                self.leave(&mut tx, (known.id, format!("ask/{}", known.asked + 1)), &stored, content, site).await?;
            }
            None if may_ask(total, pending) => {
                let id = self.house.ids.secret();
                let sealed = self.house.auth.secrets.seal(address_place(id), address.as_str().as_bytes())?;
                let new = NewSubscription { id, topic: &written, pace, address: &sealed, hash: &hash };
                if tx.insert_subscription(&new, now).await? {
                    let content = words::confirm(&self.link(id, Use::Confirm, site), topic, &name, pace, site);
                    self.leave(&mut tx, (id, "ask/1".to_owned()), address, content, site).await?;
                }
            }
            _ => {}
        }
        tx.commit().await?;
        self.house.mail.ring();
        Ok(())
    }

    /// What a code opens.
    ///
    /// # Errors
    /// [`AlertError::Unknown`], [`AlertError::Wait`].
    pub async fn open(&self, code: &str, from: Option<IpAddr>) -> Result<Opened, AlertError> {
        let id = self.read(code, Use::Manage, from)?;
        let found = self.house.db.subscription(id).await?;
        self.opened(found.ok_or(AlertError::Unknown)?).await
    }

    /// The button behind the confirmation letter.
    ///
    /// # Errors
    /// [`AlertError::Unknown`], [`AlertError::Wait`].
    pub async fn confirm(&self, code: &str, from: Option<IpAddr>) -> Result<Opened, AlertError> {
        self.step(code, from, Step::Confirm, None).await
    }

    /// Another pace.
    ///
    /// # Errors
    /// [`AlertError::Unknown`], [`AlertError::Wait`].
    pub async fn set_pace(&self, code: &str, from: Option<IpAddr>, pace: Pace) -> Result<Opened, AlertError> {
        self.step(code, from, Step::SetPace, Some(pace)).await
    }

    /// Ends the subscription of a letter's code: its row and its letters are deleted.
    ///
    /// # Errors
    /// [`AlertError::Unknown`], [`AlertError::Wait`].
    pub async fn end(&self, code: &str, from: Option<IpAddr>) -> Result<Opened, AlertError> {
        self.step(code, from, Step::End, None).await
    }

    /// One-click unsubscribe (RFC 8058). A second click finds what it wanted; the code alone proves that it is right.
    ///
    /// # Errors
    /// [`AlertError::Unknown`] for a code that this portal never gave out.
    pub async fn end_by_click(&self, code: &str) -> Result<(), AlertError> {
        let id = Code::read(code, Use::End, &self.house.auth.secrets).ok_or(AlertError::Unknown)?;
        let mut tx = self.house.db.begin().await?;
        tx.end_subscription(id).await?;
        Ok(tx.commit().await?)
    }

    /// Whether a code of an unsubscribe link is one.
    #[must_use]
    pub fn is_end_code(&self, code: &str) -> bool {
        Code::read(code, Use::End, &self.house.auth.secrets).is_some()
    }

    async fn step(
        &self,
        code: &str,
        from: Option<IpAddr>,
        step: Step,
        pace: Option<Pace>,
    ) -> Result<Opened, AlertError> {
        let id = self.read(code, Use::Manage, from)?;
        let mut tx = self.house.db.begin().await?;
        let Some(found) = tx.subscription(id).await? else { return Err(AlertError::Unknown) };
        let next = state(&found).after(step).ok_or(AlertError::Unknown)?;
        match step {
            Step::Confirm => tx.confirm_subscription(id, self.house.clock.now()).await?,
            Step::SetPace => tx.set_pace(id, pace.unwrap_or_default()).await?,
            Step::End | Step::Expire => tx.end_subscription(id).await?,
        }
        tx.commit().await?;
        let opened = self.opened(found).await?;
        Ok(Opened { state: next, pace: pace.unwrap_or(opened.pace), ..opened })
    }

    async fn opened(&self, found: Subscription) -> Result<Opened, AlertError> {
        let topic = Topic::parse(&found.topic).map_err(|_| StoreError::Value("subscription.topic"))?;
        let name = match self.name(&topic).await {
            Ok(name) => name,
            // what was followed has gone, or can't be asked for now: it can be ended all the same
            Err(AlertError::Topic | AlertError::Port(_)) => app::text::alert::topic(&topic, ""),
            Err(error) => return Err(error),
        };
        Ok(Opened { name, pace: found.pace(), state: state(&found), topic })
    }

    fn read(&self, code: &str, purpose: Use, from: Option<IpAddr>) -> Result<Uuid, AlertError> {
        let now = self.house.clock.now();
        if self.wrong.is_blocked(from, now) {
            return Err(AlertError::Wait);
        }
        let id = Code::read(code, purpose, &self.house.auth.secrets);
        id.ok_or_else(|| {
            self.wrong.failed(from, now);
            AlertError::Unknown
        })
    }

    /// Where letters of a subscription go: as it was first written.
    fn stored(&self, known: &Subscription) -> Result<Address, AlertError> {
        let opened = self.house.auth.secrets.open_sealed(address_place(known.id), &known.address_sealed)?;
        let address = String::from_utf8(opened).ok().and_then(|text| Address::parse(&text).ok());
        Ok(address.ok_or(StoreError::Value("subscription.address"))?)
    }

    fn hash(&self, address: &Address) -> [u8; 32] {
        let place = Place { table: "subscription", column: "address", id: Uuid::nil() };
        self.house.auth.secrets.keyed_hash(place, address.as_str().to_ascii_lowercase().as_bytes())
    }

    fn link(&self, id: Uuid, purpose: Use, site: &Site) -> words::Way {
        code::way(id, purpose, &self.house.auth.secrets, &site.base_url)
    }

    async fn leave(
        &self,
        tx: &mut Tx,
        (id, key): (Uuid, String),
        to: &Address,
        content: app::text::letter::Letter,
        site: &Site,
    ) -> Result<(), AlertError> {
        let letter = Letter {
            key: format!("alert/{id}/{key}"),
            kind: ASK,
            to: to.clone(),
            about: Some(id),
            due_at: None,
            content,
            unsubscribe: Some(code::unsubscribe(id, &self.house.auth.secrets, &site.base_url)),
        };
        self.house.mail.enqueue(tx, &letter, self.house.clock.now()).await?;
        Ok(())
    }
}

/// Where an address is sealed.
fn address_place(id: Uuid) -> Place<'static> {
    Place { table: "subscription", column: "address", id }
}

fn state(found: &Subscription) -> State {
    if found.confirmed_at.is_some() { State::Confirmed } else { State::Unconfirmed }
}

/// The search of a topic.
fn query_of(topic: &Topic) -> Result<FindQuery, AlertError> {
    FindQuery::from_pairs(topic.pairs()).map_err(|_| AlertError::Topic)
}

// what the form prints of the limits
const _: () = assert!(MOST == 50 && PENDING == 3 && ASKS == 10);
