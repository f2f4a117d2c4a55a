//! What one form holds, made ready outside of any transaction, and how many such forms are written together.

use app::{
    domain::{
        audit::Deed,
        case::{Case, Contact, Filing, Source},
        clock::Due,
        operator::name_key,
    },
    ports::{Detail, PortError},
};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{
    CaseReceipt, CaseService, clock_rows, day,
    file::{NUMBER_SIGNS, half_token},
    internal,
};
use crate::{
    auth::{Token, code_signs},
    mail::SealedLetter,
    secret::Place,
    store::{Audit, ClockRow, NewCase, StoredEvent, StoredPerson, Tx},
};

/// What one form holds, ready to be written.
pub(super) struct Job {
    service: CaseService,
    token: Token,
    source: Source,
    code_hash: String,
    halves: Vec<Half>,
    letters: Vec<SealedLetter>,
    at: DateTime<Utc>,
    pub receipt: CaseReceipt,
}

/// One case of a form.
pub(super) struct Half {
    filing: Filing,
    pub id: Uuid,
    pub number: String,
    pub case: Case,
    pub dues: Vec<Due>,
    form_token: Vec<u8>,
    party_key: String,
    content: Vec<u8>,
    text_hash: [u8; 32],
    event: StoredEvent,
    clocks: Vec<ClockRow>,
    next_due: Option<NaiveDate>,
    persons: Vec<StoredPerson>,
}

impl Half {
    fn party(&self) -> &str {
        let party = &self.filing.content.party;
        if party.name.is_empty() { &party.shop } else { &party.name }
    }
}

impl CaseService {
    /// Makes a form ready: ids, numbers, dates, seals, the letter.
    pub(super) fn job(
        &self,
        token: &Token,
        filings: &[Filing],
        source: Source,
        code_hash: String,
    ) -> Result<Job, PortError> {
        let at = self.house.clock.now();
        let halves = filings.iter().map(|filing| self.half(token, filing, at)).collect::<Result<Vec<_>, _>>()?;
        let receipt = self.new_receipt(token, &halves, at);
        let letters = self.receipt_letters(&receipt, filings, at)?;
        Ok(Job { service: self.clone(), token: token.clone(), source, code_hash, halves, letters, at, receipt })
    }

    fn half(&self, token: &Token, filing: &Filing, now: DateTime<Utc>) -> Result<Half, PortError> {
        let id = self.house.ids.next(now);
        let received_on = day(now);
        let mut case = Case::received(filing.kind, received_on);
        case.is_named = filing.author.is_some();
        let dues = self.dues(&case).map_err(internal)?;
        let (clocks, next_due) = clock_rows(&case, &dues);
        let random = code_signs(&self.house.ids.salt(), NUMBER_SIGNS);
        let mut half = Half {
            filing: filing.clone(),
            id,
            number: format!("{}{random}", received_on.format("%Y%m%d")),
            case,
            dues,
            form_token: half_token(token, filing.kind),
            party_key: String::new(),
            content: self.seal_json("case_file", "content", id, &filing.content)?,
            text_hash: self.text_hash(filing),
            event: self.received(now),
            clocks,
            next_due,
            persons: self.sealed_persons(filing, now)?,
        };
        half.party_key = name_key(half.party()).unwrap_or_default();
        Ok(half)
    }

    fn received(&self, now: DateTime<Utc>) -> StoredEvent {
        StoredEvent {
            id: self.house.ids.next(now),
            seq: 1,
            act: "receive".into(),
            actor: if self.who.id.is_some() { "officer" } else { "citizen" }.into(),
            officer_id: self.who.id,
            detail: Detail::default(),
            said: None,
            at: now,
        }
    }

    fn sealed_persons(&self, filing: &Filing, now: DateTime<Utc>) -> Result<Vec<StoredPerson>, PortError> {
        let author = filing.author.iter().map(|contact| ("author", contact.clone()));
        let agent = filing.agent.iter().map(|contact| ("agent", contact.clone()));
        let joint = Some(&filing.joint).filter(|joint| !joint.is_empty());
        let joint = joint.map(|names| ("represented", Contact { name: names.clone(), ..Contact::default() }));
        let all = author.chain(agent).chain(joint);
        all.map(|(role, contact)| self.person(self.house.ids.next(now), role, &contact)).collect()
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

    /// What two filings with the same words have in common, and nobody reads from the database alone.
    pub(super) fn text_hash(&self, filing: &Filing) -> [u8; 32] {
        let content = &filing.content;
        let words = content.story.chars().chain(content.request.chars()).filter(|sign| sign.is_alphanumeric());
        let plain: String = words.collect();
        let place = Place { table: "case_text", column: filing.kind.code(), id: Uuid::nil() };
        self.auth().secrets.keyed_hash(place, plain.as_bytes())
    }
}

impl Job {
    fn rows(&self) -> impl Iterator<Item = NewCase<'_>> {
        // the other half of a submission that held both
        let twin = |id: Uuid| self.halves.iter().map(|half| half.id).find(|other| *other != id);
        self.halves.iter().map(move |half| NewCase {
            id: half.id,
            number: &half.number,
            case: &half.case,
            twin_id: twin(half.id),
            source: self.source,
            bureau: &self.service.bureau,
            operator_id: half.filing.content.party.operator,
            party: half.party(),
            party_key: &half.party_key,
            problem: half.filing.problem,
            district: &half.filing.district,
            content: &half.content,
            is_anonymous: half.filing.author.is_none(),
            wants_news: half.filing.wants_news,
            code_hash: Some(&self.code_hash),
            form_token: Some(&half.form_token),
            received_at: self.at,
            received_on: day(self.at),
            next_due: half.next_due,
        })
    }

    fn did(&self) -> impl Iterator<Item = Audit> {
        self.halves.iter().map(|half| self.service.did(Deed::CaseReceive, half.id))
    }
}

/// Writes everything of forms: cases, files, the sent drafts, letters, the audit trail. Tells of each whether it is new;
/// nothing is written of the others.
pub(super) async fn write(tx: &mut Tx, jobs: &[&Job]) -> Result<Vec<bool>, PortError> {
    let rows: Vec<NewCase<'_>> = jobs.iter().flat_map(|job| job.rows()).collect();
    let kept = tx.insert_cases(&rows).await?;
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        let new = job.halves.iter().filter(|half| kept.contains(&half.id)).count();
        // one half is new and the other is not: a form that was changed between two sendings
        if new != 0 && new != job.halves.len() {
            return Err(PortError::Unavailable("half a form was taken".into()));
        }
        answers.push(new != 0);
    }
    let new: Vec<&Job> = jobs.iter().zip(&answers).filter(|(_, is_new)| **is_new).map(|(job, _)| *job).collect();
    write_details(tx, &new).await?;
    take_files(tx, &new).await?;
    end_drafts(tx, &new).await?;
    let letters = new.iter().flat_map(|job| &job.letters);
    if let Some(first) = new.first() {
        let service = &first.service;
        service.house.mail.enqueue_all(tx, letters, first.at).await?;
        // last: others who write entries wait from here on
        let audit: Vec<Audit> = new.iter().flat_map(|job| job.did()).collect();
        tx.audit_all(&audit, first.at).await?;
    }
    Ok(answers)
}

async fn write_details(tx: &mut Tx, jobs: &[&Job]) -> Result<(), PortError> {
    let halves: Vec<&Half> = jobs.iter().flat_map(|job| &job.halves).collect();
    let Some(at) = jobs.first().map(|job| job.at) else { return Ok(()) };
    let persons: Vec<_> = halves.iter().flat_map(|half| half.persons.iter().map(|person| (half.id, person))).collect();
    let events: Vec<_> = halves.iter().map(|half| (half.id, &half.event)).collect();
    let clocks: Vec<_> = halves
        .iter()
        .flat_map(|half| (0_i64..).zip(&half.clocks).map(|(place, clock)| (half.id, place, clock)))
        .collect();
    let texts: Vec<_> = halves.iter().map(|half| (half.id, half.text_hash)).collect();
    tx.insert_case_persons(&persons).await?;
    tx.insert_case_events(&events).await?;
    tx.insert_case_clocks(&clocks).await?;
    tx.put_case_texts(&texts, at).await?;
    Ok(())
}

/// Files lie with the first of two halves; both show them.
async fn take_files(tx: &mut Tx, jobs: &[&Job]) -> Result<(), PortError> {
    let baskets: Vec<Vec<u8>> = jobs.iter().map(|job| job.service.basket(&job.token).hash().to_vec()).collect();
    let there = tx.baskets_among(&baskets).await?;
    for (job, basket) in jobs.iter().zip(&baskets).filter(|(_, basket)| there.contains(*basket)) {
        if let Some(first) = job.halves.first() {
            tx.take_evidence(basket, first.id).await?;
        }
    }
    Ok(())
}

/// Only that it was sent stays of a draft.
async fn end_drafts(tx: &mut Tx, jobs: &[&Job]) -> Result<(), PortError> {
    let tokens: Vec<Vec<u8>> = jobs.iter().map(|job| job.token.hash().to_vec()).collect();
    let there = tx.drafts_among(&tokens).await?;
    for (job, _) in jobs.iter().zip(&tokens).filter(|(_, token)| there.contains(*token)) {
        job.service.mark_sent(tx, &job.token).await?;
    }
    Ok(())
}
