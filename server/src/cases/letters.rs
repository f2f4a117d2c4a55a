//! Letters about cases: left in the transaction of the step that they tell of.

use app::{
    domain::{
        case::{Act, By, Case, Filing},
        clock::Due,
        mail::Address,
        staff::{Permission, Role},
    },
    ports::{CaseResult, PortError},
    text::case::letter::{self, About, Notice},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    CaseReceipt, CaseService,
    file::{mails, shown_number},
    internal,
};
use crate::{
    mail::{EnqueueError, Letter, SealedLetter},
    secret::Place,
    store::{StoredCase, Tx},
};

/// An officer who has an address.
pub(super) struct Mailbox {
    pub id: Uuid,
    pub is_lead: bool,
    pub address: Address,
}

impl CaseService {
    /// Where an officer's address is sealed.
    fn mail_place(id: Uuid) -> Place<'static> {
        Place { table: "staff", column: "mail", id }
    }

    /// The address to which reminders of an officer go.
    ///
    /// # Errors
    /// The store, the key.
    pub async fn own_mail(&self, officer: Uuid) -> Result<Option<String>, PortError> {
        let Some(sealed) = self.house.db.staff_mail(officer).await? else { return Ok(None) };
        let opened = self.auth().secrets.open_sealed(Self::mail_place(officer), &sealed).map_err(internal)?;
        String::from_utf8(opened).map(Some).map_err(internal)
    }

    /// Sets it, or takes it away.
    ///
    /// # Errors
    /// `NotFound` where there is no such officer; the store, the key.
    pub async fn set_own_mail(&self, officer: Uuid, address: Option<&Address>) -> Result<(), PortError> {
        let seal = |address: &Address| {
            self.auth().secrets.seal(Self::mail_place(officer), address.as_str().as_bytes()).map_err(internal)
        };
        let sealed = address.map(seal).transpose()?;
        let mut tx = self.house.db.begin().await?;
        if !tx.set_staff_mail(officer, sealed.as_deref()).await? {
            return Err(PortError::NotFound);
        }
        tx.commit().await?;
        Ok(())
    }

    /// Officers to whom letters can be sent.
    pub(super) async fn mailboxes(&self) -> Result<Vec<Mailbox>, PortError> {
        let mut found = Vec::new();
        for (id, roles, sealed) in self.house.db.staff_mails().await? {
            let opened = self.auth().secrets.open_sealed(Self::mail_place(id), &sealed).ok();
            let address = opened.and_then(|bytes| Address::parse(&String::from_utf8(bytes).ok()?).ok());
            let is_lead = roles.iter().any(|role: &Role| role.may(Permission::LeadCases));
            found.extend(address.map(|address| Mailbox { id, is_lead, address }));
        }
        Ok(found)
    }

    /// Where a case's author, and whoever acts for them, gets letters.
    async fn citizens(&self, stored: &StoredCase) -> Result<Vec<(String, Address)>, PortError> {
        let mut found: Vec<(String, Address)> = Vec::new();
        for person in self.house.db.case_persons(stored.id).await? {
            let contact = self.contact(person.id, &person.contact)?;
            let Ok(address) = Address::parse(&contact.mail) else { continue };
            if !found.iter().any(|(_, known)| *known == address) {
                found.push((person.role, address));
            }
        }
        Ok(found)
    }

    pub(super) async fn leave(
        &self,
        tx: &mut Tx,
        (kind, key): (&'static str, String),
        about: Uuid,
        to: Address,
        content: app::text::letter::Letter,
    ) -> Result<(), PortError> {
        let letter = Letter { key, kind, to, about: Some(about), due_at: None, content, unsubscribe: None };
        let left = self.house.mail.enqueue(tx, &letter, self.house.clock.now()).await;
        left.map(|_| ()).map_err(|error| match error {
            EnqueueError::Store(error) => error.into(),
            other => internal(other),
        })
    }

    pub(super) fn about<'a>(&'a self, number: &'a str, case: &Case, due: Option<&'a Due>) -> About<'a> {
        About {
            number,
            kind: case.kind,
            state: case.state,
            rule: case.rule,
            due,
            bureau: &self.bureau,
            base_url: &self.base_url,
        }
    }

    /// The clock that runs out first.
    pub(super) fn next_of(&self, case: &Case) -> Result<Option<Due>, PortError> {
        let dues = self.dues(case).map_err(internal)?;
        let running = case.clocks.iter().zip(dues).filter(|(clock, _)| clock.met_on.is_none());
        Ok(running.map(|(_, due)| due).min_by_key(|due| due.internal_on))
    }

    /// The receipt, to whoever filed the case and gave an address.
    pub(super) fn receipt_letters(
        &self,
        receipt: &CaseReceipt,
        filings: &[Filing],
        now: DateTime<Utc>,
    ) -> Result<Vec<SealedLetter>, PortError> {
        let (Some(first), Some(code)) = (receipt.halves.first(), &receipt.code) else { return Ok(Vec::new()) };
        let halves: Vec<_> =
            receipt.halves.iter().map(|half| (half.kind, half.number.clone(), half.due.clone())).collect();
        let letter = |(role, mail): (&str, String)| {
            let to = Address::parse(&mail).ok()?;
            let content = letter::receipt(&halves, code, &self.bureau, &self.base_url);
            let key = format!("case/{}/receipt/{role}", first.id);
            let about = Some(first.id);
            let letter = Letter { key, kind: "case_receipt", to, about, due_at: None, content, unsubscribe: None };
            Some(self.house.mail.seal(&letter, now).map_err(internal))
        };
        mails(filings).into_iter().filter_map(letter).collect()
    }

    /// What a step tells: the citizen of an officer's act, the officer of the citizen's.
    pub(super) async fn leave_news(
        &self,
        tx: &mut Tx,
        by: By<'_>,
        (before, next): (&StoredCase, &Case),
        (event, act, code): (Uuid, Act, &str),
    ) -> CaseResult<()> {
        let number = shown_number(&before.number);
        let due = self.next_of(next)?;
        let about = self.about(&number, next, due.as_ref());
        if matches!(by, By::Citizen) {
            let Some(officer) = next.officer else { return Ok(()) };
            let step = due.as_ref().map(|due| due.step).or(next.clocks.last().map(|clock| clock.term.step));
            let Some(step) = step else { return Ok(()) };
            let mailbox = self.mailboxes().await?.into_iter().find(|one| one.id == officer);
            if let Some(Mailbox { address, .. }) = mailbox {
                let path = format!("/desk/cases/{}", before.id);
                let content = letter::officer(Notice::Citizen(act), step, &about, &path);
                let key = format!("case/{}/{event}/officer", before.id);
                self.leave(tx, ("case_to_officer", key), before.id, address, content).await?;
            }
            return Ok(());
        }
        if before.case.kind == app::domain::case::Kind::Report && !before.wants_news {
            return Ok(());
        }
        let Some(content) = letter::told(act, code, &about) else { return Ok(()) };
        for (role, address) in self.citizens(before).await? {
            let key = format!("case/{}/{event}/{role}", before.id);
            self.leave(tx, ("case_news", key), before.id, address, content.clone()).await?;
        }
        Ok(())
    }

    /// Citizens and officer learn that a date moved.
    pub(super) async fn leave_moved(
        &self,
        tx: &mut Tx,
        stored: &StoredCase,
        event: Uuid,
        (before, due): (&str, &Due),
    ) -> CaseResult<()> {
        let number = shown_number(&stored.number);
        let about = self.about(&number, &stored.case, Some(due));
        for (role, address) in self.citizens(stored).await? {
            let key = format!("case/{}/{event}/{role}", stored.id);
            self.leave(tx, ("case_moved", key), stored.id, address, letter::moved(before, due, &about)).await?;
        }
        let path = format!("/desk/cases/{}", stored.id);
        for one in self.mailboxes().await?.into_iter().filter(|one| stored.case.officer == Some(one.id)) {
            let key = format!("case/{}/{event}/officer", stored.id);
            let content = letter::officer(Notice::Moved, due.step, &about, &path);
            self.leave(tx, ("case_moved", key), stored.id, one.address, content).await?;
        }
        Ok(())
    }

    /// Of one clock: officer and leads; where nobody has the case, the leads.
    pub(super) async fn leave_notice(
        &self,
        tx: &mut Tx,
        stored: &StoredCase,
        (notice, due): (Notice, &Due),
    ) -> CaseResult<()> {
        let number = shown_number(&stored.number);
        let about = self.about(&number, &stored.case, Some(due));
        let path = format!("/desk/cases/{}", stored.id);
        let (word, others) = match notice {
            Notice::Late => ("late", self.house.case_settings.escalation()),
            _ => ("near", Vec::new()),
        };
        let concerned = |one: &Mailbox| one.is_lead || stored.case.officer == Some(one.id);
        let staff = self.mailboxes().await?.into_iter().filter(concerned).map(|one| (one.id.to_string(), one.address));
        let others = others.into_iter().enumerate().map(|(place, address)| (format!("extra{place}"), address));
        for (who, address) in staff.chain(others) {
            let key = format!("case/{}/{}/{}/{word}/{who}", stored.id, due.step.code(), due.act_by);
            let content = letter::officer(notice, due.step, &about, &path);
            self.leave(tx, ("case_notice", key), stored.id, address, content).await?;
        }
        Ok(())
    }

    /// Wakes the worker, after the commit.
    pub(super) fn ring(&self) {
        self.house.mail.ring();
    }
}
