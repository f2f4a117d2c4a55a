//! The inbox by urgency, and what stands around a case. It informs, it never blocks (order 121 art. 17).

use app::{
    domain::{
        case::{Kind, Refusal},
        objection::code_form,
        staff::{Permission, Viewer},
    },
    ports::{
        Afterwards, Around, CaseFile, CaseLine, CaseResult, CaseScope, Cases, Factors, Handling, InboxLine, PortResult,
        PublicComplaint, Publicity, PublicityError, SamePerson, Start, Urgency,
    },
};
use async_trait::async_trait;
use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

use super::{CaseService, need, of_store};
use crate::{
    evidence::Evidence,
    store::{StoreError, StoredCase},
};

/// Working days before a date from which it is near.
const NEAR: usize = 3;
/// Days in which something is the same person's or party's.
const YEAR: TimeDelta = TimeDelta::days(366);

/// The desk's handling of cases, with their evidence. Cloning is cheap.
#[derive(Clone)]
pub struct CaseDesk {
    /// The house of cases
    pub cases: CaseService,
    /// The house of evidence
    pub evidence: Evidence,
}

impl CaseService {
    /// How near the next date of a case is; none where nothing is left to do.
    #[must_use]
    pub fn urgency(&self, line: &CaseLine) -> Option<Urgency> {
        let due = &line.next_due()?.due;
        let today = self.today();
        Some(if due.open_pause.is_some() {
            Urgency::Paused
        } else if today > due.internal_on {
            Urgency::Late
        } else if today >= due.act_by {
            Urgency::Today
        } else if self.working_days(today, due.act_by) <= NEAR {
            Urgency::Soon
        } else {
            Urgency::Later
        })
    }

    /// Working days after a day up to another, as far as they matter.
    fn working_days(&self, after: NaiveDate, to: NaiveDate) -> usize {
        let calendar = self.calendar();
        let days = after.iter_days().skip(1).take_while(|day| *day <= to).take(31);
        days.filter(|day| calendar.day(*day).is_work()).count()
    }

    /// The case of a number, for merging.
    ///
    /// # Errors
    /// The store failed, or no permission.
    pub async fn find_number(&self, by: &Viewer, number: &str) -> CaseResult<Option<Uuid>> {
        need(by, Permission::HandleCases)?;
        let stored = self.house.db.case_by_number(&code_form(number)).await.map_err(of_store)?;
        Ok(stored.map(|stored| stored.id))
    }

    async fn same_persons(&self, by: &Viewer, id: Uuid, since: NaiveDate) -> CaseResult<Vec<SamePerson>> {
        let [phone, address, name] = self.house.db.cases_sharing(id, since).await.map_err(of_store)?;
        let mut ids: Vec<Uuid> = phone.iter().chain(&address).chain(&name).copied().collect();
        ids.sort_unstable_by(|one, other| other.cmp(one));
        ids.dedup();
        let mut found = Vec::new();
        for other in ids {
            let stored = self.stored(other).await?;
            // who reports is kept from officers who have nothing to do with it (art. 37)
            if stored.case.kind == Kind::Report && !Self::is_read_by(&stored, by) {
                continue;
            }
            let names = self.house.db.staff_names(stored.case.officer.as_slice()).await.map_err(of_store)?;
            found.push(SamePerson {
                line: self.line(&stored, &names)?,
                by_phone: phone.contains(&other),
                by_address: address.contains(&other),
                by_name: name.contains(&other),
            });
        }
        Ok(found)
    }

    async fn factors(&self, stored: &StoredCase, since: NaiveDate) -> Result<Factors, StoreError> {
        let complaints = self.house.db.complaints_by_phone(stored.id, since).await?;
        let [names_on_phone, names_on_address] = self.house.db.case_names(stored.id, since).await?;
        let count = |count: i64| usize::try_from(count).unwrap_or(0);
        Ok(Factors {
            by_person: complaints.len(),
            same_party: complaints.iter().filter(|(_, key, _)| *key == stored.party_key).count(),
            same_problem: complaints.iter().filter(|(.., problem)| problem == stored.problem.code()).count(),
            names_on_phone: count(names_on_phone),
            names_on_address: count(names_on_address),
        })
    }
}

impl CaseDesk {
    /// A case that this officer reads, for its files and documents.
    ///
    /// # Errors
    /// Another officer's, or not there.
    pub async fn readable(&self, by: &Viewer, id: Uuid) -> CaseResult<()> {
        need(by, Permission::HandleCases)?;
        let stored = self.cases.stored(id).await?;
        if CaseService::is_read_by(&stored, by) { Ok(()) } else { Err(Refusal::NotYours.into()) }
    }

    /// The cases whose files one case shows: its own, and those of the other half of a submission.
    ///
    /// # Errors
    /// The store.
    pub async fn sources(&self, id: Uuid) -> CaseResult<Vec<Uuid>> {
        let stored = self.cases.stored(id).await?;
        Ok([id].into_iter().chain(stored.other_half()).collect())
    }

    async fn files(&self, id: Uuid) -> CaseResult<Vec<CaseFile>> {
        let mut files = Vec::new();
        for source in self.sources(id).await? {
            files.extend(self.evidence.of_case(source).await.map_err(super::internal)?);
        }
        let file = |file: crate::evidence::EvidenceFile| CaseFile {
            id: file.id,
            name: file.name,
            kind: file.kind,
            bytes: file.bytes,
            side: file.side,
            at: file.at,
        };
        Ok(files.into_iter().map(file).collect())
    }
}

#[async_trait]
impl Handling for CaseDesk {
    async fn inbox(&self, by: &Viewer, scope: CaseScope, words: &str) -> CaseResult<Vec<InboxLine>> {
        let lines = match words.trim() {
            "" => self.cases.cases(by, scope).await?,
            words => self.cases.cases_saying(by, scope, words).await?,
        }
        .into_iter();
        let lines = lines.map(|line| InboxLine { urgency: self.cases.urgency(&line), line });
        let mut lines: Vec<InboxLine> = lines.collect();
        if scope != CaseScope::Closed {
            // stable: within one urgency the first due stays first
            lines.sort_by_key(|one| one.urgency);
        }
        Ok(lines)
    }

    async fn start(&self, by: &Viewer) -> CaseResult<Start> {
        let mine = self.inbox(by, CaseScope::Mine, "").await?;
        let free = self.cases.cases(by, CaseScope::Free).await?.len();
        let count = |urgency| mine.iter().filter(|one| one.urgency == Some(urgency)).count();
        Ok(Start {
            mine: mine.len(),
            late: count(Urgency::Late),
            today: count(Urgency::Today),
            soon: count(Urgency::Soon),
            free,
        })
    }

    async fn around(&self, by: &Viewer, id: Uuid) -> CaseResult<Around> {
        let same_party = self.cases.cases_of_party(by, id).await?;
        let stored = self.cases.stored(id).await?;
        if !CaseService::is_read_by(&stored, by) {
            return Ok(Around { same_party, ..Around::default() });
        }
        let since = self.cases.today() - YEAR;
        let has_person = !stored.is_anonymous && stored.content.is_some();
        let factors = match stored.case.kind {
            Kind::Complaint if has_person => Some(self.cases.factors(&stored, since).await.map_err(of_store)?),
            _ => None,
        };
        let same_person = if has_person { self.cases.same_persons(by, id, since).await? } else { Vec::new() };
        let publicity = self.cases.publicity(id).await?;
        let before = self.cases.house.db.case_public(id).await.map_err(of_store)?.map(|kept| kept.item);
        let result = stored.result.as_deref();
        let may_propose = app::domain::case_public::propose(before, &stored.case, result, by).is_ok();
        Ok(Around { same_party, same_person, factors, files: self.files(id).await?, publicity, may_propose })
    }

    async fn afterwards(&self, by: &Viewer, id: Uuid) -> CaseResult<Afterwards> {
        self.after(by, id).await
    }

    async fn publicities(
        &self,
        by: &Viewer,
        state: app::domain::case_public::State,
    ) -> Result<Vec<Publicity>, PublicityError> {
        self.cases.publicities_in(by, state).await
    }

    async fn complaints_of(&self, operator: Uuid) -> PortResult<Vec<PublicComplaint>> {
        Ok(self.cases.house.db.complaints_shown(operator, self.cases.today()).await?)
    }
}
