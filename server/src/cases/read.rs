//! What pages read.

use std::collections::BTreeMap;

use app::{
    domain::{
        audit::Deed,
        calendar::YearFile,
        case::{Act, By, Contact, Content},
        masking,
        objection::code_form,
        staff::{Permission, Viewer},
    },
    ports::{
        Actor, CaseError, CaseEvent, CaseLine, CaseResult, CaseScope, CaseSheet, Cases, LoadedYear, Look, Person,
        PortError, PortResult,
    },
};
use async_trait::async_trait;
use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

use super::{CaseService, calendar::RECOUNT, file::shown_number, need, of_store};
use crate::store::{CaseQuery, StoreError, StoredCase};

impl CaseService {
    pub(super) fn line(&self, stored: &StoredCase, names: &BTreeMap<Uuid, String>) -> CaseResult<CaseLine> {
        Ok(CaseLine {
            id: stored.id,
            number: shown_number(&stored.number),
            case: stored.case.clone(),
            result: stored.result.clone(),
            source: stored.source,
            party: stored.party.clone(),
            operator: stored.operator_id,
            problem: stored.problem,
            district: stored.district.clone(),
            is_anonymous: stored.is_anonymous,
            wants_news: stored.wants_news,
            received_at: stored.received_at,
            closed_at: stored.closed_at,
            bureau: stored.handling_bureau.clone(),
            twin: stored.twin_id,
            national_no: stored.national_no.clone(),
            national_state: stored.national_state.clone(),
            officer: stored.case.officer.and_then(|id| names.get(&id).cloned()),
            clocks: self.dated(&stored.case)?,
            version: stored.version,
        })
    }

    /// Cases of a scope that have these words in number, party or text. Texts lie sealed: each is opened and looked at,
    /// and nothing of it is kept.
    pub(super) async fn cases_saying(&self, by: &Viewer, scope: CaseScope, words: &str) -> CaseResult<Vec<CaseLine>> {
        need(by, Permission::HandleCases)?;
        let (code, words) = (code_form(words), squeezed(words));
        let stored = self.house.db.cases(query(by, scope)).await.map_err(of_store)?;
        let mut found = Vec::new();
        for one in stored {
            let is_named = (code.len() >= LEAST_CODE && code_form(&one.number).contains(&code))
                || squeezed(&one.party).contains(&words);
            let says = |content: Content| {
                let texts = [content.story, content.request, content.purchase.product, content.party.address];
                texts.iter().any(|text| squeezed(text).contains(&words))
            };
            if is_named || (Self::is_read_by(&one, by) && self.content(&one)?.is_some_and(says)) {
                found.push(one);
            }
        }
        self.lines_of(&found).await
    }

    async fn lines(&self, query: CaseQuery<'_>) -> CaseResult<Vec<CaseLine>> {
        let stored = self.house.db.cases(query).await.map_err(of_store)?;
        self.lines_of(&stored).await
    }

    async fn lines_of(&self, stored: &[StoredCase]) -> CaseResult<Vec<CaseLine>> {
        let mut officers: Vec<Uuid> = stored.iter().filter_map(|stored| stored.case.officer).collect();
        officers.sort_unstable();
        officers.dedup();
        let names = self.house.db.staff_names(&officers).await.map_err(of_store)?;
        stored.iter().map(|stored| self.line(stored, &names)).collect()
    }

    pub(super) async fn stored(&self, id: Uuid) -> CaseResult<StoredCase> {
        Ok(self.house.db.case(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?)
    }

    fn content(&self, stored: &StoredCase) -> PortResult<Option<Content>> {
        stored.content.as_ref().map(|sealed| self.unseal_json("case_file", "content", stored.id, sealed)).transpose()
    }

    async fn persons(&self, id: Uuid, show: impl Fn(Contact) -> Contact) -> PortResult<Vec<Person>> {
        let stored = self.house.db.case_persons(id).await?;
        let person = |one: crate::store::StoredPerson| {
            let contact = show(self.contact(one.id, &one.contact)?);
            Ok(Person { role: one.role, contact })
        };
        stored.into_iter().map(person).collect()
    }

    /// Everything but persons and what this person may do.
    async fn sheet_of(&self, stored: &StoredCase) -> CaseResult<CaseSheet> {
        let db = &self.house.db;
        let events = db.case_events(stored.id).await.map_err(of_store)?;
        let looks = db.case_looks(stored.id).await.map_err(of_store)?;
        let officers: Vec<Uuid> = events
            .iter()
            .filter_map(|event| event.officer_id)
            .chain(looks.iter().map(|(officer, ..)| *officer))
            .chain(stored.case.officer)
            .collect();
        let names = db.staff_names(&officers).await.map_err(of_store)?;
        let twin = match stored.twin_id {
            Some(id) => db.case(id).await.map_err(of_store)?,
            None => None,
        };
        let mut shown = Vec::new();
        for event in events {
            let said = event.said.as_ref().map(|sealed| self.unseal("case_event", "said", event.id, sealed));
            shown.push(CaseEvent {
                seq: event.seq,
                act: match event.act.as_str() {
                    "receive" | RECOUNT => None,
                    code => Some(Act::from_code(code).ok_or_else(|| of_store(StoreError::Value("case_event.act")))?),
                },
                by: match event.actor.as_str() {
                    "citizen" => Actor::Citizen,
                    "officer" => Actor::Officer,
                    _ => Actor::Clock,
                },
                officer: event.officer_id.and_then(|id| names.get(&id).cloned()),
                detail: event.detail,
                said: said.transpose()?,
                at: event.at,
            });
        }
        let look = |(officer, is_unmasking, at)| Look {
            officer: names.get(&officer).cloned().unwrap_or_default(),
            is_unmasking,
            at,
        };
        Ok(CaseSheet {
            line: self.line(stored, &names)?,
            content: self.content(stored)?,
            persons: Vec::new(),
            events: shown,
            looks: looks.into_iter().map(look).collect(),
            acts: Vec::new(),
            twin_number: twin.map(|twin| shown_number(&twin.number)),
        })
    }

    /// What the citizen sees: no officer's name, nothing of what is between officers.
    pub(super) async fn citizens_sheet(&self, stored: &StoredCase) -> CaseResult<CaseSheet> {
        let mut sheet = self.sheet_of(stored).await?;
        sheet.events.retain(|event| event.act.is_none_or(Act::is_told));
        for event in &mut sheet.events {
            event.officer = None;
            // the number of somebody else's report
            if event.act == Some(Act::TakeIn) {
                event.detail.number.clear();
            }
        }
        for look in &mut sheet.looks {
            look.officer.clear();
        }
        sheet.line.officer = None;
        sheet.persons = self.persons(stored.id, masked).await?;
        sheet.acts = stored.case.acts(By::Citizen);
        Ok(sheet)
    }

    /// Whether an officer has business with what was written.
    pub(super) fn is_read_by(stored: &StoredCase, by: &Viewer) -> bool {
        stored.case.officer.is_none_or(|officer| officer == by.id) || by.may(Permission::LeadCases)
    }

    /// Names, telephones, addresses in plain, for the case's own officer; each time it is written down, where the
    /// citizen can read it too.
    ///
    /// # Errors
    /// [`CaseError`].
    pub async fn reveal(&self, by: &Viewer, id: Uuid) -> CaseResult<Vec<Person>> {
        need(by, Permission::HandleCases)?;
        let stored = self.stored(id).await?;
        if stored.case.officer != Some(by.id) {
            let why = if stored.case.officer.is_some() {
                app::domain::case::Refusal::NotYours
            } else {
                app::domain::case::Refusal::NotTaken
            };
            return Err(why.into());
        }
        let persons = self.persons(id, |contact| contact).await?;
        let now = self.house.clock.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        tx.look_at_case(self.house.ids.next(now), id, by.id, true, now).await.map_err(of_store)?;
        tx.audit(&self.did(Deed::CaseReveal, id), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        Ok(persons)
    }
}

/// Signs of a number at least, so that a word does not find it.
const LEAST_CODE: usize = 4;

fn query(by: &Viewer, scope: CaseScope) -> CaseQuery<'static> {
    match scope {
        CaseScope::Mine => CaseQuery::Mine(by.id),
        CaseScope::Free => CaseQuery::Free,
        CaseScope::Open => CaseQuery::Open,
        CaseScope::Closed => CaseQuery::Closed,
    }
}

/// Without blanks, in small letters.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<String>().to_lowercase()
}

fn masked(contact: Contact) -> Contact {
    Contact {
        name: masking::name(&contact.name),
        phone: masking::phone(&contact.phone),
        address: masking::address(&contact.address),
        mail: masking::mail(&contact.mail),
    }
}

#[async_trait]
impl Cases for CaseService {
    async fn cases(&self, by: &Viewer, scope: CaseScope) -> CaseResult<Vec<CaseLine>> {
        need(by, Permission::HandleCases)?;
        self.lines(query(by, scope)).await
    }

    async fn case(&self, by: &Viewer, id: Uuid) -> CaseResult<CaseSheet> {
        need(by, Permission::HandleCases)?;
        let stored = self.stored(id).await?;
        let mut sheet = self.sheet_of(&stored).await?;
        if Self::is_read_by(&stored, by) {
            sheet.persons = self.persons(id, masked).await?;
            let now = self.house.clock.now();
            let mut tx = self.house.db.begin().await.map_err(of_store)?;
            tx.look_at_case(self.house.ids.next(now), id, by.id, false, now).await.map_err(of_store)?;
            tx.commit().await.map_err(of_store)?;
        } else {
            sheet.content = None;
            sheet.looks.clear();
            for event in &mut sheet.events {
                event.said = None;
            }
        }
        sheet.acts = stored.case.acts(By::Officer(by));
        Ok(sheet)
    }

    async fn cases_of_party(&self, by: &Viewer, id: Uuid) -> CaseResult<Vec<CaseLine>> {
        need(by, Permission::HandleCases)?;
        let stored = self.stored(id).await?;
        let since = self.today() - TimeDelta::days(366);
        let mut lines = self.lines(CaseQuery::Party(&stored.party_key, since)).await?;
        lines.retain(|line| line.id != id);
        Ok(lines)
    }

    fn years(&self) -> Vec<LoadedYear> {
        let year = |file: &YearFile| LoadedYear {
            year: file.year(),
            days: file.len(),
            papers: file.papers().to_vec(),
            version: file.version().to_owned(),
        };
        self.calendar().years().map(year).collect()
    }

    async fn reminders_to(&self, by: &Viewer) -> PortResult<Option<String>> {
        self.own_mail(by.id).await
    }

    async fn today(&self) -> PortResult<NaiveDate> {
        Ok(CaseService::today(self))
    }
}

impl From<StoreError> for CaseError {
    fn from(error: StoreError) -> Self {
        PortError::from(error).into()
    }
}
