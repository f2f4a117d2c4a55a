//! A case is filed: by a citizen's form, or written down by an officer at the counter or on the telephone.

use std::{net::IpAddr, sync::Arc};

use app::{
    domain::{
        audit::Deed,
        case::{Case, Contact, Filing, Kind, Source},
        clock::Due,
        objection::code_form,
        operator::name_key,
    },
    ports::{CaseError, CaseSheet, PortError},
};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{CaseService, clock_rows, day, internal, of_auth};
use crate::{
    auth::{Token, code_signs, grouped},
    secret::Place,
    store::{NewCase, StoredCase, StoredEvent, StoredPerson, Tx},
};

/// Random signs of a number: 40 bits, so that a day's numbers can't be tried out.
const NUMBER_SIGNS: usize = 8;
/// Signs of a query code: 125 bits.
const CODE_SIGNS: usize = 25;
/// A form that is sent again within this time gets its receipt again; afterwards it learns only that it was sent.
const AGAIN: TimeDelta = TimeDelta::hours(1);

/// What the citizen is told once.
#[derive(Clone, Debug)]
pub struct CaseReceipt {
    /// One case, or two where the form held both
    pub halves: Vec<ReceiptHalf>,
    /// Query code of both; none when the form was sent again too late
    pub code: Option<String>,
    /// When it was taken
    pub at: DateTime<Utc>,
}

/// One case of a receipt.
#[derive(Clone, Debug)]
pub struct ReceiptHalf {
    /// Id; not for the citizen
    pub id: Uuid,
    /// Number, as it is shown
    pub number: String,
    /// What it is
    pub kind: Kind,
    /// Until when the first step is due, and why
    pub due: Due,
}

/// Why a case was not taken, or is not shown.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The store failed
    #[error(transparent)]
    Port(#[from] PortError),
    /// Number or code is wrong
    #[error("wrong number or code")]
    Wrong,
    /// Too many from this address
    #[error("too many from one address")]
    Wait,
    /// What was to be done with the case was not
    #[error(transparent)]
    Step(#[from] CaseError),
}

impl CaseService {
    /// Takes what one form holds: one case, or two linked ones. The form's token makes them once, however often it is
    /// sent. `called_by` says which officer wrote it down. Durable when this returns.
    ///
    /// # Errors
    /// [`FileError::Port`].
    pub async fn file(
        &self,
        token: &Token,
        filings: &[Filing],
        source: Source,
        address: Option<IpAddr>,
    ) -> Result<CaseReceipt, FileError> {
        if let Some(receipt) = self.filed_before(token, filings).await? {
            return Ok(receipt);
        }
        let code_hash = self.auth().hash_code(&self.code(token)).await.map_err(of_auth)?;
        let prepared = filings.iter().map(|filing| self.prepare(filing)).collect::<Result<Vec<_>, _>>()?;
        let receipt = self.new_receipt(token, &prepared);
        let job = Job {
            service: self.clone(),
            token: token.clone(),
            filings: filings.to_vec(),
            source,
            prepared,
            code_hash,
            receipt,
        };
        let job = Arc::new(job);
        if !self.group.commit(&self.house.db, &job).await? {
            return self.filed_before(token, filings).await?.ok_or(PortError::NotFound.into());
        }
        self.ring();
        self.filed.failed(address, self.house.clock.now());
        Ok(job.receipt.clone())
    }

    /// The receipt of the form of a token; none where it was not taken. The code only within the hour.
    ///
    /// # Errors
    /// The store.
    pub async fn receipt(&self, token: &Token) -> Result<Option<CaseReceipt>, PortError> {
        self.receipt_of(token, &Kind::ALL).await
    }

    async fn filed_before(&self, token: &Token, filings: &[Filing]) -> Result<Option<CaseReceipt>, PortError> {
        let kinds: Vec<Kind> = filings.iter().map(|filing| filing.kind).collect();
        self.receipt_of(token, &kinds).await
    }

    /// The receipt of a form that was taken.
    async fn receipt_of(&self, token: &Token, kinds: &[Kind]) -> Result<Option<CaseReceipt>, PortError> {
        let mut halves = Vec::new();
        let mut at = None;
        for kind in kinds {
            let Some(stored) = self.house.db.case_by_token(&half_token(token, *kind)).await? else { continue };
            at = Some(stored.received_at);
            let due = self.dues(&stored.case).map_err(internal)?.into_iter().next().ok_or(PortError::NotFound)?;
            halves.push(ReceiptHalf {
                id: stored.id,
                number: shown_number(&stored.number),
                kind: stored.case.kind,
                due,
            });
        }
        let Some(at) = at else { return Ok(None) };
        let is_fresh = self.house.clock.now() - at < AGAIN;
        Ok(Some(CaseReceipt { halves, code: is_fresh.then(|| grouped(&self.code(token))), at }))
    }

    /// The receipt of what is being taken.
    fn new_receipt(&self, token: &Token, prepared: &[Prepared]) -> CaseReceipt {
        let half = |new: &Prepared| {
            Some(ReceiptHalf {
                id: new.id,
                number: shown_number(&new.number),
                kind: new.case.kind,
                due: new.dues.first()?.clone(),
            })
        };
        let code = grouped(&self.code(token));
        CaseReceipt { halves: prepared.iter().filter_map(half).collect(), code: Some(code), at: self.house.clock.now() }
    }

    fn prepare(&self, filing: &Filing) -> Result<Prepared, PortError> {
        let now = self.house.clock.now();
        let id = self.house.ids.next(now);
        let received_on = day(now);
        let mut case = Case::received(filing.kind, received_on);
        case.is_named = filing.author.is_some();
        let dues = self.dues(&case).map_err(internal)?;
        let mut persons = Vec::new();
        let author = filing.author.iter().map(|contact| ("author", contact.clone()));
        let agent = filing.agent.iter().map(|contact| ("agent", contact.clone()));
        let joint = Some(&filing.joint).filter(|joint| !joint.is_empty());
        let joint = joint.map(|names| ("represented", Contact { name: names.clone(), ..Contact::default() }));
        for (role, contact) in author.chain(agent).chain(joint) {
            persons.push(self.person(self.house.ids.next(now), role, &contact)?);
        }
        let random = code_signs(&self.house.ids.salt(), NUMBER_SIGNS);
        Ok(Prepared {
            id,
            number: format!("{}{random}", received_on.format("%Y%m%d")),
            content: self.seal_json("case_file", "content", id, &filing.content)?,
            event: self.house.ids.next(now),
            case,
            dues,
            persons,
        })
    }

    fn person(&self, id: Uuid, role: &str, contact: &Contact) -> Result<StoredPerson, PortError> {
        let hash = |column, text: &str| {
            let plain: String = text.chars().filter(|sign| sign.is_alphanumeric()).collect();
            let place = Place { table: "case_person", column, id: Uuid::nil() };
            (!plain.is_empty()).then(|| self.auth().secrets.keyed_hash(place, plain.as_bytes()).to_vec())
        };
        Ok(StoredPerson {
            id,
            role: role.to_owned(),
            contact: self.seal_json("case_person", "contact", id, contact)?,
            hashes: [hash("phone", &contact.phone), hash("address", &contact.address), hash("name", &contact.name)],
        })
    }

    async fn insert(&self, tx: &mut Tx, job: &Job, place: usize) -> Result<bool, PortError> {
        let now = self.house.clock.now();
        let (Some(filing), Some(prepared)) = (job.filings.get(place), job.prepared.get(place)) else {
            return Ok(false);
        };
        let party = &filing.content.party;
        let name = if party.name.is_empty() { &party.shop } else { &party.name };
        let (rows, next_due) = clock_rows(&prepared.case, &prepared.dues);
        let new = NewCase {
            id: prepared.id,
            number: &prepared.number,
            case: &prepared.case,
            twin_id: None,
            source: job.source,
            bureau: &self.bureau,
            operator_id: party.operator,
            party: name,
            party_key: &name_key(name).unwrap_or_default(),
            problem: filing.problem,
            district: &filing.district,
            content: &prepared.content,
            is_anonymous: filing.author.is_none(),
            wants_news: filing.wants_news,
            code_hash: Some(&job.code_hash),
            form_token: Some(&half_token(&job.token, filing.kind)),
            received_at: now,
            received_on: day(now),
            next_due,
        };
        if !tx.insert_case(&new).await? {
            return Ok(false);
        }
        for person in &prepared.persons {
            tx.insert_case_person(prepared.id, person).await?;
        }
        let event = StoredEvent {
            id: prepared.event,
            seq: 1,
            act: "receive".into(),
            actor: if self.who.id.is_some() { "officer" } else { "citizen" }.into(),
            officer_id: self.who.id,
            detail: app::ports::Detail::default(),
            said: None,
            at: now,
        };
        tx.add_case_event(prepared.id, &event).await?;
        tx.put_case_clocks(prepared.id, &rows).await?;
        tx.put_case_text(prepared.id, &self.text_hash(filing), now).await?;
        Ok(true)
    }

    /// What two filings with the same words have in common, and nobody reads from the database alone.
    fn text_hash(&self, filing: &Filing) -> [u8; 32] {
        let content = &filing.content;
        let words = content.story.chars().chain(content.request.chars()).filter(|sign| sign.is_alphanumeric());
        let plain: String = words.collect();
        let place = Place { table: "case_text", column: filing.kind.code(), id: Uuid::nil() };
        self.auth().secrets.keyed_hash(place, plain.as_bytes())
    }

    /// The query code of the cases that a form makes: not stored, made again from the form's token and the key outside
    /// of the database.
    fn code(&self, token: &Token) -> String {
        let place = Place { table: super::TABLE, column: "code", id: Uuid::nil() };
        code_signs(&self.auth().secrets.keyed_hash(place, token.text().as_bytes()), CODE_SIGNS)
    }

    /// The case of a number and its code. A wrong number takes the same time as a wrong code and says the same.
    pub(super) async fn open(
        &self,
        number: &str,
        code: &str,
        address: Option<IpAddr>,
    ) -> Result<StoredCase, FileError> {
        let now = self.house.clock.now();
        if self.wrong.is_blocked(address, now) {
            return Err(FileError::Wait);
        }
        let stored = self.house.db.case_by_number(&code_form(number)).await.map_err(PortError::from)?;
        let hash = stored.as_ref().and_then(|stored| stored.code_hash.as_deref());
        let is_right = self.auth().verify_code(&code_form(code), hash).await.map_err(of_auth)?;
        if let Some(stored) = stored.filter(|_| is_right) {
            return Ok(stored);
        }
        self.wrong.failed(address, now);
        Err(FileError::Wrong)
    }

    /// What a citizen sees of their case.
    ///
    /// # Errors
    /// [`FileError`], never `Step`.
    pub async fn status(&self, number: &str, code: &str, address: Option<IpAddr>) -> Result<CaseSheet, FileError> {
        let stored = self.open(number, code, address).await?;
        Ok(self.citizens_sheet(&stored).await?)
    }
}

/// What one form holds, ready to be written.
pub(super) struct Job {
    service: CaseService,
    token: Token,
    filings: Vec<Filing>,
    source: Source,
    prepared: Vec<Prepared>,
    code_hash: String,
    receipt: CaseReceipt,
}

impl Job {
    /// Writes everything of the form: cases, files, the sent draft, letters, the audit trail. No where it was taken
    /// before: then nothing was written.
    pub(super) async fn write(&self, tx: &mut Tx) -> Result<bool, PortError> {
        let (service, now) = (&self.service, self.service.house.clock.now());
        for place in 0..self.filings.len() {
            if !service.insert(tx, self, place).await? {
                // the first half is new and the second is not: a form that was changed between two sendings
                return if place == 0 {
                    Ok(false)
                } else {
                    Err(PortError::Unavailable("half a form was taken".into()))
                };
            }
        }
        let ids: Vec<Uuid> = self.prepared.iter().map(|new| new.id).collect();
        if let [first, second] = ids[..] {
            tx.set_twin(first, second).await?;
            tx.set_twin(second, first).await?;
        }
        if let Some(first) = ids.first() {
            // files lie with the first of two halves; both show them
            tx.take_evidence(&service.basket(&self.token).hash(), *first).await?;
        }
        for id in ids {
            tx.audit(&service.did(Deed::CaseReceive, id), now).await?;
        }
        service.mark_sent(tx, &self.token).await?;
        service.leave_receipt(tx, &self.receipt, &mails(&self.filings)).await?;
        Ok(true)
    }
}

struct Prepared {
    id: Uuid,
    number: String,
    content: Vec<u8>,
    event: Uuid,
    case: Case,
    dues: Vec<Due>,
    persons: Vec<StoredPerson>,
}

/// Addresses to which the receipt goes: of the author, and of whoever acts for them.
fn mails(filings: &[Filing]) -> Vec<(&'static str, String)> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    for filing in filings {
        let author = filing.author.iter().map(|contact| ("author", &contact.mail));
        for (role, mail) in author.chain(filing.agent.iter().map(|contact| ("agent", &contact.mail))) {
            if !mail.is_empty() && !found.iter().any(|(_, known)| known == mail) {
                found.push((role, mail.clone()));
            }
        }
    }
    found
}

/// A form that holds both halves makes each of them once.
fn half_token(token: &Token, kind: Kind) -> Vec<u8> {
    Sha256::new().chain_update(token.hash()).chain_update(kind.code()).finalize().to_vec()
}

/// `20261125-K7Q2M01X`
pub(super) fn shown_number(number: &str) -> String {
    match number.split_at_checked(8) {
        Some((day, rest)) if !rest.is_empty() => format!("{day}-{rest}"),
        _ => number.to_owned(),
    }
}
