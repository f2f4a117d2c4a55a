//! Closed complaints on the operator's page: the officer proposes, somebody else confirms, time and reviewers end it.

use app::{
    domain::{
        audit::Deed,
        case_public::{Command, Item, LONGEST, Refusal, SHOWN_MONTHS, State, propose},
        operator::name_key,
        redaction::Known,
        staff::{Permission, Viewer},
    },
    ports::{CaseResult, FoundMark, PortError, PublicComplaint, Publicity, PublicityError, PublicityFault},
};
use chrono::Months;
use serde_json::json;
use uuid::Uuid;

use super::{CaseService, day, of_store};
use crate::{
    desk::found_marks,
    store::{StoreError, StoredPublicity, Tx},
};

/// What an officer proposes to show.
#[derive(Clone, Debug, Default)]
pub struct Proposal {
    /// Name of the operator, as its page has it
    pub operator: String,
    /// The problem, in neutral words
    pub problem: String,
    /// The result
    pub result: String,
    /// The department
    pub department: String,
    /// Keys of marks that the officer confirmed
    pub confirmed: Vec<String>,
}

type Done<T> = Result<T, PublicityError>;

impl CaseService {
    /// Proposes a closed complaint for publication. `version` is that of what was proposed before; 0 the first time.
    ///
    /// # Errors
    /// [`PublicityError`]; nothing has changed then.
    pub async fn propose(&self, by: &Viewer, case: Uuid, version: i64, proposal: &Proposal) -> Done<()> {
        let now = self.house.clock.now();
        let mut tx = self.house.db.begin().await.map_err(port)?;
        let stored = tx.case(case).await.map_err(port)?.ok_or(PortError::NotFound)?;
        let before = tx.case_public(case).await.map_err(port)?;
        let item = propose(before.as_ref().map(|kept| kept.item), &stored.case, stored.result.as_deref(), by)?;
        if before.as_ref().map_or(0, |kept| kept.version) != version {
            return Err(PublicityError::Conflict);
        }
        let operator = self.check_fields(proposal).await?;
        let marks = marks(&[&proposal.problem, &proposal.result, &proposal.department], &proposal.operator, &[]);
        let is_open = |mark: &FoundMark| mark.mark.datum.blocks() || !proposal.confirmed.contains(&mark.key);
        if marks.iter().any(is_open) {
            return Err(PublicityError::Marks(marks));
        }
        let kept = StoredPublicity {
            case,
            operator,
            operator_name: String::new(),
            shown: PublicComplaint {
                problem: proposal.problem.trim().to_owned(),
                result: proposal.result.trim().to_owned(),
                department: proposal.department.trim().to_owned(),
                ended_on: day(stored.closed_at.unwrap_or(now)),
                until: None,
            },
            confirmed: proposal.confirmed.clone(),
            item,
            reason: None,
            version,
        };
        self.keep(tx, &kept, Command::Propose).await
    }

    async fn check_fields(&self, proposal: &Proposal) -> Done<Uuid> {
        let mut faults = Vec::new();
        let fields =
            [("problem", &proposal.problem), ("result", &proposal.result), ("department", &proposal.department)];
        for (name, text) in fields {
            match text.trim().chars().count() {
                0 => faults.push(PublicityFault::Empty(name)),
                count if count > LONGEST => faults.push(PublicityFault::TooLong(name)),
                _ => {}
            }
        }
        let key = name_key(&proposal.operator).unwrap_or_default();
        let operator = self.house.db.public_operator(&key).await.map_err(port)?;
        if operator.is_none() {
            faults.push(PublicityFault::NoOperator);
        }
        match operator {
            Some(operator) if faults.is_empty() => Ok(operator),
            _ => Err(PublicityError::Fields(faults)),
        }
    }

    /// What a reviewer does.
    ///
    /// # Errors
    /// [`PublicityError`]; nothing has changed then.
    pub async fn review(&self, by: &Viewer, case: Uuid, version: i64, command: Command, reason: &str) -> Done<()> {
        let now = self.house.clock.now();
        if reason.chars().count() > LONGEST {
            return Err(PublicityError::Fields(vec![PublicityFault::TooLong("reason")]));
        }
        let mut tx = self.house.db.begin().await.map_err(port)?;
        let mut kept = tx.case_public(case).await.map_err(port)?.ok_or(PortError::NotFound)?;
        kept.item = kept.item.review(command, by, reason)?;
        if kept.version != version {
            return Err(PublicityError::Conflict);
        }
        kept.reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        if command == Command::Confirm {
            // opened again in the meantime: it is not closed any more
            let stored = tx.case(case).await.map_err(port)?.ok_or(PortError::NotFound)?;
            if !app::domain::case_public::may_be_shown(&stored.case, stored.result.as_deref()) {
                return Err(Refusal::Never.into());
            }
            kept.shown.until = day(now).checked_add_months(Months::new(SHOWN_MONTHS));
        }
        self.keep(tx, &kept, command).await
    }

    async fn keep(&self, mut tx: Tx, kept: &StoredPublicity, command: Command) -> Done<()> {
        let now = self.house.clock.now();
        if !tx.put_case_public(kept, now).await.map_err(port)? {
            return Err(PublicityError::Conflict);
        }
        if matches!(command, Command::Confirm | Command::TakeDown) {
            tx.touch_operator(kept.operator, now).await.map_err(port)?;
        }
        let did = self.did(Deed::CasePublic, kept.case).with(json!({ "command": command.code() }));
        tx.audit(&did, now).await.map_err(port)?;
        tx.commit().await.map_err(port)?;
        Ok(())
    }

    /// A case that is opened again is not shown any more.
    pub(super) async fn hide_reopened(&self, tx: &mut Tx, case: Uuid) -> CaseResult<()> {
        let now = self.house.clock.now();
        let Some(mut kept) = tx.case_public(case).await.map_err(of_store)? else { return Ok(()) };
        if !matches!(kept.item.state, State::Public | State::Proposed) {
            return Ok(());
        }
        kept.item = Item { state: State::TakenDown, ..kept.item };
        kept.reason = None;
        tx.put_case_public(&kept, now).await.map_err(of_store)?;
        tx.touch_operator(kept.operator, now).await.map_err(of_store)
    }

    /// The publication of a case.
    pub(super) async fn publicity(&self, case: Uuid) -> CaseResult<Option<Publicity>> {
        let kept = self.house.db.case_public(case).await.map_err(of_store)?;
        match kept {
            Some(kept) => Ok(Some(self.shown(kept).await.map_err(of_store)?)),
            None => Ok(None),
        }
    }

    pub(super) async fn publicities_in(&self, by: &Viewer, state: State) -> Done<Vec<Publicity>> {
        if !by.may(Permission::Review) {
            return Err(Refusal::NotAllowed.into());
        }
        let mut found = Vec::new();
        for kept in self.house.db.cases_public(state).await.map_err(port)? {
            found.push(self.shown(kept).await.map_err(port)?);
        }
        Ok(found)
    }

    async fn shown(&self, kept: StoredPublicity) -> Result<Publicity, StoreError> {
        let mut names = self.house.db.staff_names(&[kept.item.proposed_by]).await?;
        Ok(Publicity {
            case: kept.case,
            operator: kept.operator,
            operator_name: kept.operator_name,
            shown: kept.shown,
            state: kept.item.state,
            proposed_by: names.remove(&kept.item.proposed_by).unwrap_or_default(),
            reason: kept.reason,
            version: kept.version,
        })
    }
}

/// What the redaction check finds.
fn marks(texts: &[&str], operator: &str, confirmed: &[String]) -> Vec<FoundMark> {
    found_marks(texts, &Known { names: &[operator], phones: &[] }, confirmed)
}

fn port(error: StoreError) -> PublicityError {
    PublicityError::Port(error.into())
}
