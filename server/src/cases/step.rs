//! A step in a case.

use std::net::IpAddr;

use app::{
    domain::{
        audit::Deed,
        case::{Act, By, Case, Command, Content, Fault, LONGEST_SAID, Refusal, Source, State},
        objection::Fault as FieldFault,
        staff::{Permission, Viewer},
    },
    ports::{CaseError, CaseResult, Detail, PortError},
};
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use super::{CaseService, FileError, clock_rows, day, need, of_store};
use crate::{
    auth::code_signs,
    store::{CaseStep, NewCase, StoredCase, StoredEvent, Tx},
};

/// What comes with a command.
#[derive(Clone, Debug, Default)]
pub struct With {
    /// Question, reason, answer
    pub said: String,
    /// Bureau, mode, time
    pub detail: Detail,
    /// The case into which one is merged
    pub into: Option<Uuid>,
}

impl CaseService {
    /// A step by an officer on the version that they saw.
    ///
    /// # Errors
    /// [`CaseError`]; nothing has changed then.
    pub async fn act(&self, by: &Viewer, id: Uuid, version: i64, command: Command, with: With) -> CaseResult<State> {
        self.step(By::Officer(by), id, version, command, with).await
    }

    /// A step by a citizen, by number and query code.
    ///
    /// # Errors
    /// [`FileError`].
    pub async fn citizen_act(
        &self,
        (number, code): (&str, &str),
        address: Option<IpAddr>,
        version: i64,
        command: Command,
        with: With,
    ) -> Result<State, FileError> {
        let stored = self.open(number, code, address).await?;
        Ok(self.step(By::Citizen, stored.id, version, command, with).await?)
    }

    pub(super) async fn step(
        &self,
        by: By<'_>,
        id: Uuid,
        version: i64,
        command: Command,
        with: With,
    ) -> CaseResult<State> {
        let now = self.house.clock.now();
        if with.said.chars().count() > LONGEST_SAID {
            return Err(CaseError::Text(Fault::Field(FieldFault::TooLong(LONGEST_SAID))));
        }
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let before = tx.case(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let next = before.case.apply(command, by, &with.said, day(now))?;
        if before.version != version {
            return Err(CaseError::Conflict);
        }
        let event = self.save(&mut tx, by, &before, &next, command, &with).await?;
        let code = result_code(command).unwrap_or_default();
        self.leave_news(&mut tx, by, (&before, &next), (event, command.act(), code)).await?;
        match command {
            Command::Supplement => {
                tx.take_evidence(&self.basket_of(id).hash(), id).await.map_err(of_store)?;
            }
            Command::FindClue => self.open_clue(&mut tx, by, &before, &with).await?,
            Command::Reopen => self.hide_reopened(&mut tx, id).await?,
            Command::Merge => self.merge(&mut tx, by, &before, &with).await?,
            _ => {}
        }
        tx.commit().await.map_err(of_store)?;
        self.ring();
        Ok(next.state)
    }

    pub(super) async fn save(
        &self,
        tx: &mut Tx,
        by: By<'_>,
        before: &StoredCase,
        next: &Case,
        command: Command,
        with: &With,
    ) -> CaseResult<Uuid> {
        let now = self.house.clock.now();
        let (rows, next_due) = clock_rows(next, &self.dues(next)?);
        let code = result_code(command);
        let is_open = next.state.is_open();
        let closed = match before.closed_at {
            _ if is_open => None,
            Some(at) => Some((at, day(at))),
            None => Some((now, day(now))),
        };
        let is_handed = command == Command::HandOver && !with.detail.bureau.is_empty();
        let step = CaseStep {
            case: next,
            result: code.filter(|_| is_result(command)),
            handling_bureau: if is_handed { &with.detail.bureau } else { &before.handling_bureau },
            handed_on: is_handed.then(|| day(now)),
            merged_into: with.into.filter(|_| command == Command::Merge).or(before.merged_into),
            wants_news: before.wants_news,
            closed,
            personal_until: closed
                .map(|(_, on)| on + TimeDelta::days(i64::from(self.house.case_settings.personal_days))),
            next_due,
        };
        if !tx.save_case(before, &step, now).await.map_err(of_store)? {
            return Err(CaseError::Conflict);
        }
        let mut detail = with.detail.clone();
        if let Some(code) = code {
            code.clone_into(&mut detail.code);
        }
        let event = self.add_event(tx, by, before.id, command.act(), detail, &with.said).await?;
        tx.put_case_clocks(before.id, &rows).await.map_err(of_store)?;
        let did = self.did(Deed::CaseAct, before.id).with(json!({ "act": command.act().code(), "code": code }));
        tx.audit(&did, now).await.map_err(of_store)?;
        Ok(event)
    }

    async fn add_event(
        &self,
        tx: &mut Tx,
        by: By<'_>,
        case: Uuid,
        act: Act,
        detail: Detail,
        said: &str,
    ) -> CaseResult<Uuid> {
        let now = self.house.clock.now();
        let id = self.house.ids.next(now);
        let said = Some(said.trim()).filter(|said| !said.is_empty());
        let event = StoredEvent {
            id,
            seq: 0,
            act: act.code().into(),
            actor: if matches!(by, By::Citizen) { "citizen" } else { "officer" }.into(),
            officer_id: match by {
                By::Officer(viewer) => Some(viewer.id),
                By::Citizen => None,
            },
            detail,
            said: said.map(|said| self.seal("case_event", "said", id, said)).transpose()?,
            at: now,
        };
        tx.add_case_event(case, &event).await.map_err(of_store)?;
        Ok(id)
    }

    /// The report that a clue found in a mediation opens (order 121 art. 27); whoever complained is not its author.
    async fn open_clue(&self, tx: &mut Tx, by: By<'_>, found_in: &StoredCase, with: &With) -> CaseResult<()> {
        let By::Officer(viewer) = by else { return Err(Refusal::NotAllowed.into()) };
        let now = self.house.clock.now();
        let id = self.house.ids.next(now);
        let case = Case { officer: Some(viewer.id), ..Case::clue(day(now)) };
        let (rows, next_due) = clock_rows(&case, &self.dues(&case)?);
        let number = format!("{}{}", day(now).format("%Y%m%d"), code_signs(&self.house.ids.salt(), 8));
        let mut content = Content { story: with.said.trim().to_owned(), ..Content::default() };
        content.party.name.clone_from(&found_in.party);
        content.party.operator = found_in.operator_id;
        let new = NewCase {
            id,
            number: &number,
            case: &case,
            twin_id: Some(found_in.id),
            source: Source::Mediation,
            bureau: &found_in.handling_bureau,
            operator_id: found_in.operator_id,
            party: &found_in.party,
            party_key: &found_in.party_key,
            problem: found_in.problem,
            district: &found_in.district,
            content: &self.seal_json("case_file", "content", id, &content)?,
            is_anonymous: true,
            wants_news: false,
            code_hash: None,
            form_token: None,
            received_at: now,
            received_on: day(now),
            next_due,
        };
        tx.insert_cases(&[new]).await.map_err(of_store)?;
        let event = StoredEvent {
            id: self.house.ids.next(now),
            seq: 1,
            act: "receive".into(),
            actor: "officer".into(),
            officer_id: Some(viewer.id),
            detail: Detail { number: found_in.number.clone(), ..Detail::default() },
            said: None,
            at: now,
        };
        tx.add_case_event(id, &event).await.map_err(of_store)?;
        tx.put_case_clocks(id, &rows).await.map_err(of_store)?;
        tx.audit(&self.did(Deed::CaseReceive, id), now).await.map_err(of_store)?;
        Ok(())
    }

    /// The other case takes the repeated report in: its clock starts again (art. 35).
    async fn merge(&self, tx: &mut Tx, by: By<'_>, merged: &StoredCase, with: &With) -> CaseResult<()> {
        let into = with.into.filter(|into| *into != merged.id).ok_or(Refusal::NotNow)?;
        let target = tx.case(into).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let on = merged.received_on.max(target.received_on);
        let next = target.case.apply(Command::TakeIn, by, "", on)?;
        let with = With { detail: Detail { number: merged.number.clone(), ..Detail::default() }, ..With::default() };
        self.save(tx, by, &target, &next, Command::TakeIn, &with).await.map(|_| ())
    }

    /// Number and state at the national platform (order 121 art. 40).
    ///
    /// # Errors
    /// [`CaseError`].
    pub async fn set_national(
        &self,
        by: &Viewer,
        id: Uuid,
        version: i64,
        number: Option<&str>,
        state: Option<&str>,
    ) -> CaseResult<()> {
        need(by, Permission::HandleCases)?;
        let now = self.house.clock.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let before = tx.case(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        if before.case.officer.is_some_and(|officer| officer != by.id) && !by.may(Permission::LeadCases) {
            return Err(Refusal::NotYours.into());
        }
        if !tx.set_national((id, version), number, state, now).await.map_err(of_store)? {
            return Err(CaseError::Conflict);
        }
        tx.audit(&self.did(Deed::CaseNational, id), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        Ok(())
    }
}

/// The code of what a command chose.
fn result_code(command: Command) -> Option<&'static str> {
    use app::domain::{case::Settlement, clock::PauseReason};
    Some(match command {
        Command::Refuse(ground) => ground.code(),
        Command::End(ground) => ground.code(),
        Command::Withdraw => app::domain::case::EndGround::Withdrawn.code(),
        Command::Decide(outcome) => outcome.code(),
        Command::Transfer(receiver) => receiver.code(),
        Command::Settle(Settlement::Document) => "document",
        Command::Settle(Settlement::Performed) => "performed",
        Command::Settle(Settlement::NoneWanted) => "none_wanted",
        Command::Pause(PauseReason::Appraisal) => "appraisal",
        Command::Pause(PauseReason::Testing) => "testing",
        Command::Pause(PauseReason::Recusal) => "recusal",
        Command::Pause(PauseReason::Hearing) => "hearing",
        Command::Pause(PauseReason::Announcement) => "announcement",
        Command::Pause(PauseReason::Suspension) => "suspension",
        Command::Pause(PauseReason::RightsHolder) => "rights_holder",
        Command::Pause(PauseReason::Refund) => "refund",
        _ => return None,
    })
}

/// Whether it is the result of the case.
fn is_result(command: Command) -> bool {
    !matches!(command, Command::Pause(_))
}
