//! Requests for correction and replies by operators: each method loads, asks the pure state machine, and saves state,
//! what was said (sealed), change feed and audit entry in one transaction.

mod file;
mod read;

use std::sync::Arc;

use app::{
    domain::{
        audit::{Deed, Outcome},
        clock::{Due, Rule, Settings, Step as ClockStep, due},
        objection::{By, Command, Contact, Fault, Kind, LONGEST_MESSAGE, Refusal, State, statement_fault},
        redaction::Known,
        staff::{Permission, Viewer},
    },
    ports::{FoundMark, ObjectionError, ObjectionResult, PortError, Subject},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

pub use file::{FileError, Receipt};

use crate::{
    auth::{Auth, AuthError, Limits, Who},
    clock::CHINA,
    desk::{Days, Law, found_marks},
    house::House,
    secret::Place,
    store::{Audit, Objection, Step, StoreError},
};

/// New cases from one network address in [`SPAN`]: an operator has few, and behind one address may stand a market.
const MOST_FILED: u32 = 10;
/// Wrong numbers or codes from one address in [`SPAN`]. The code has 125 bits: this only keeps the server's time.
const MOST_WRONG: u32 = 10;
const SPAN: TimeDelta = TimeDelta::minutes(30);
const TABLE: &str = "objection";
const CONTACT: [&str; 4] = ["contact_name", "contact_phone", "contact_mail", "contact_address"];

/// The house of objections. Cloning is cheap.
#[derive(Clone)]
pub struct ObjectionService {
    house: House,
    /// Which officer calls, for the audit trail; nobody where an operator does: an address would be personal data
    who: Who,
    calendar: Days,
    settings: Arc<Settings>,
    /// Telephones that the bureau itself publishes
    phones: Arc<[String]>,
    filed: Arc<Limits>,
    wrong: Arc<Limits>,
}

/// What comes with a command.
#[derive(Clone, Debug, Default)]
pub struct With {
    /// Question, reason, answer
    pub said: String,
    /// Another text of the reply or request
    pub statement: Option<String>,
    /// Keys of marks that the officer confirmed
    pub confirmed: Vec<String>,
}

impl ObjectionService {
    /// Over a house, with the law's data.
    #[must_use]
    pub fn new(house: House, law: &Law, phones: Vec<String>) -> Self {
        Self {
            house,
            who: Who::default(),
            calendar: law.calendar.clone(),
            settings: Arc::new(law.settings.clone()),
            phones: phones.into(),
            filed: Arc::new(Limits::new(MOST_FILED, SPAN)),
            wrong: Arc::new(Limits::new(MOST_WRONG, SPAN)),
        }
    }

    /// As one officer uses it.
    #[must_use]
    pub fn called_by(&self, who: &Who) -> Self {
        Self { who: who.clone(), ..self.clone() }
    }

    fn auth(&self) -> &Auth {
        &self.house.auth
    }

    fn did(&self, deed: Deed, id: Uuid) -> Audit {
        self.who.did(deed, Outcome::Ok).on(TABLE, id)
    }

    fn seal(&self, column: &str, id: Uuid, plain: &str) -> Result<Vec<u8>, PortError> {
        let place = Place { table: TABLE, column, id };
        self.auth().secrets.seal(place, plain.as_bytes()).map_err(|error| PortError::Internal(error.to_string()))
    }

    fn unseal(&self, column: &str, id: Uuid, sealed: &[u8]) -> Result<String, PortError> {
        let opened = self.auth().secrets.open_sealed(Place { table: TABLE, column, id }, sealed);
        let opened = opened.map_err(|error| PortError::Internal(error.to_string()))?;
        String::from_utf8(opened).map_err(|_| PortError::Internal("objection: not text".into()))
    }

    fn contact(&self, stored: &Objection) -> Result<Option<Contact>, PortError> {
        let mut plain = [const { String::new() }; 4];
        for ((plain, sealed), column) in plain.iter_mut().zip(&stored.contact).zip(CONTACT) {
            let Some(sealed) = sealed else { return Ok(None) };
            *plain = self.unseal(column, stored.id, sealed)?;
        }
        let [name, phone, mail, address] = plain;
        Ok(Some(Contact { name, phone, mail, address }))
    }

    fn statement(&self, stored: &Objection) -> Result<Option<String>, PortError> {
        stored.statement.as_ref().map(|sealed| self.unseal("statement", stored.id, sealed)).transpose()
    }

    /// Until when what comes next must be done: the answer (the bureau's own promise), or the correction of what was
    /// found wrong (order 45 art. 11: 3 working days).
    fn due(&self, stored: &Objection) -> Option<Due> {
        let (step, start) = match (stored.objection.kind, stored.objection.state) {
            (_, State::Received | State::Asked | State::Proposed) => (ClockStep::OperatorReply, stored.received_at),
            (Kind::Correction, State::Accepted) if !stored.is_corrected && stored.subject.is_public => {
                (ClockStep::Correction, stored.decided_at?)
            }
            _ => return None,
        };
        let start = day(start);
        due(step, start, Rule::of(start), &[], &[], &self.calendar.get(), &self.settings).ok()
    }

    /// What the redaction check finds in a reply.
    async fn marks(&self, stored: &Objection, text: &str) -> Result<Vec<FoundMark>, PortError> {
        let content = self.house.db.publication(stored.subject.id).await?.and_then(|found| found.content);
        let mut names = content.as_ref().map(app::domain::publication::content::Content::named).unwrap_or_default();
        names.push(&stored.operator);
        let phones: Vec<&str> = self.phones.iter().map(String::as_str).collect();
        Ok(found_marks(&[text], &Known { names: &names, phones: &phones }, &stored.confirmed))
    }

    /// A step by an officer on the version that they saw.
    pub async fn act(
        &self,
        by: &Viewer,
        id: Uuid,
        version: i64,
        command: Command,
        with: With,
    ) -> ObjectionResult<State> {
        self.step(By::Officer(by), id, version, command, with).await
    }

    async fn step(&self, by: By<'_>, id: Uuid, version: i64, command: Command, with: With) -> ObjectionResult<State> {
        let now = self.house.clock.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let mut before = tx.objection(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let next = before.objection.apply(command, by, &with.said)?;
        if before.version != version {
            return Err(ObjectionError::Conflict);
        }
        self.check_text(&before, command, &with)?;
        if command == Command::Propose {
            before.confirmed = with.confirmed;
        }
        let statement = match &with.statement {
            Some(text) if command == Command::Supplement => Some(self.seal("statement", id, text.trim())?),
            _ => None,
        };
        // what the operator says anew must be looked at anew
        let confirmed = if statement.is_some() { Vec::new() } else { before.confirmed.clone() };
        let public_text = match command {
            Command::Propose | Command::Confirm => {
                // nothing becomes public of what the publication took along when it was removed
                let is_public = before.subject.is_public;
                let text = self.statement(&before)?.filter(|_| is_public).ok_or(Refusal::NotNow)?;
                let marks = self.marks(&before, &text).await?;
                let open = marks.iter().filter(|mark| !mark.confirmed).count();
                if open > 0 {
                    return Err(ObjectionError::Marks(open));
                }
                (command == Command::Confirm).then_some(text)
            }
            _ => None,
        };
        let step = Step {
            next,
            confirmed: &confirmed,
            statement: statement.as_deref(),
            public_text: public_text.as_deref(),
            decided_at: (!next.state.is_open()).then_some(now),
        };
        if !tx.save_objection(&before, &step, now).await.map_err(of_store)? {
            return Err(ObjectionError::Conflict);
        }
        if !with.said.trim().is_empty() {
            let message = self.house.ids.next(now);
            let sealed = self.seal("message", message, with.said.trim())?;
            tx.say(message, id, author(command), &sealed, now).await.map_err(of_store)?;
        }
        let was_public = before.public_text.is_some();
        if (was_public || public_text.is_some()) && before.subject.is_public {
            tx.touch_publication(&before.subject, now).await.map_err(of_store)?;
        }
        tx.audit(&self.did(deed(command), id), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        Ok(next.state)
    }

    fn check_text(&self, before: &Objection, command: Command, with: &With) -> ObjectionResult<()> {
        if with.said.chars().count() > LONGEST_MESSAGE {
            return Err(ObjectionError::Text(Fault::TooLong(LONGEST_MESSAGE)));
        }
        if command != Command::Supplement {
            return Ok(());
        }
        let fault = with.statement.as_ref().and_then(|text| statement_fault(before.objection.kind, text.trim()));
        if let Some(fault) = fault {
            return Err(ObjectionError::Text(fault));
        }
        let old = self.statement(before)?.unwrap_or_default();
        let is_same = with.statement.as_ref().is_none_or(|text| text.trim() == old);
        if is_same && with.said.trim().is_empty() { Err(ObjectionError::Text(Fault::Empty)) } else { Ok(()) }
    }

    /// Contact data in plain, for those who handle cases; each time it is written down.
    pub async fn reveal(&self, by: &Viewer, id: Uuid) -> ObjectionResult<Contact> {
        need(by, Permission::HandleCases)?;
        let stored = self.house.db.objection(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let contact = self.contact(&stored)?.ok_or(PortError::NotFound)?;
        self.house.db.audit(&self.did(Deed::ObjectionReveal, id), self.house.clock.now()).await.map_err(of_store)?;
        Ok(contact)
    }
}

fn author(command: Command) -> &'static str {
    match command.needs() {
        None => "operator",
        // why it was given back is between officers; why it was taken down is for the operator
        Some(Permission::Review) if command == Command::Return => "reviewer",
        Some(_) => "desk",
    }
}

fn deed(command: Command) -> Deed {
    match command {
        Command::Supplement => Deed::ObjectionSupplement,
        Command::Withdraw => Deed::ObjectionWithdraw,
        Command::Ask => Deed::ObjectionAsk,
        Command::Propose => Deed::ObjectionPropose,
        Command::Accept => Deed::ObjectionAccept,
        Command::Refuse => Deed::ObjectionRefuse,
        Command::Confirm => Deed::ObjectionConfirm,
        Command::Return => Deed::ObjectionReturn,
        Command::TakeDown => Deed::ObjectionTakeDown,
    }
}

fn need(by: &Viewer, permission: Permission) -> ObjectionResult<()> {
    if by.may(permission) { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&CHINA).date_naive()
}

fn of_store(error: StoreError) -> ObjectionError {
    PortError::from(error).into()
}

fn of_auth(error: AuthError) -> PortError {
    match error {
        AuthError::Store(error) => error.into(),
        AuthError::Busy => PortError::Unavailable(error.to_string()),
        other => PortError::Internal(other.to_string()),
    }
}

/// The publication of a case, where it can be found.
async fn subject_of(house: &House, publication: Uuid) -> Result<Subject, PortError> {
    let subject = house.db.objection_subject(publication).await?;
    match subject.filter(|subject| subject.is_public) {
        Some(subject) => Ok(subject),
        None => match app::ports::Notices::gone(&house.db, publication).await? {
            Some(gone) => Err(PortError::Gone(Box::new(gone))),
            None => Err(PortError::NotFound),
        },
    }
}
