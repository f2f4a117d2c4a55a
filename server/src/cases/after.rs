//! After the end: whether it was really solved, how it was handled, and the reward for a report.

use app::{
    domain::{
        audit::Deed,
        case::{Act, By, Command as CaseCommand, Fault, Kind},
        objection::Fault as FieldFault,
        reward::{Command, Refusal, Reward, State},
        staff::Viewer,
        survey::{ASKED_AFTER, LONGEST, Solved, Survey, is_due},
    },
    ports::{Afterwards, CaseError, CaseResult, Detail, PortError, PortResult, RewardError, RewardSheet},
    text::follow::{self as say, REWARD},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{CaseDesk, CaseService, Opened, With, day, file::shown_number, need, of_store};
use crate::store::{StoredReward, Tx};

/// Days after the end from which nobody is asked by letter any more.
const TOO_LATE: TimeDelta = TimeDelta::days(180);

/// Somebody who is asked by letter whether it was really solved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyDue {
    /// The case
    pub case: Uuid,
    /// Number, as it is shown
    pub number: String,
    /// What it is
    pub kind: Kind,
    /// Address of the author
    pub mail: String,
}

impl CaseService {
    pub(super) async fn survey_of(&self, id: Uuid) -> CaseResult<Survey> {
        let kept = self.house.db.case_survey(id).await.map_err(of_store)?;
        let said = kept.said.map(|sealed| self.unseal("case_survey", "said", id, &sealed)).transpose()?;
        let (solved, answered_at) = (kept.solved, kept.answered_at);
        Ok(Survey { solved, said, answered_at, rating: kept.rating, rated_at: kept.rated_at })
    }

    /// Whether it was really solved; asked four weeks after the end, changeable.
    ///
    /// # Errors
    /// Not asked yet, too long.
    pub async fn answer_survey(&self, case: &Opened, solved: Solved, said: &str) -> CaseResult<()> {
        let (id, now) = (case.id(), self.house.clock.now());
        if said.chars().count() > LONGEST {
            return Err(CaseError::Text(Fault::Field(FieldFault::TooLong(LONGEST))));
        }
        let stored = self.stored(id).await?;
        if !stored.closed_at.is_some_and(|at| is_due(day(at), day(now))) {
            return Err(app::domain::case::Refusal::NotNow.into());
        }
        let said = Some(said.trim()).filter(|said| !said.is_empty());
        let said = said.map(|said| self.seal("case_survey", "said", id, said)).transpose()?;
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        tx.answer_survey(id, solved, said, now).await.map_err(of_store)?;
        let did = self.did(Deed::CaseAct, id).with(json!({ "act": "survey", "code": solved.code() }));
        tx.audit(&did, now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)
    }

    /// A mark for the handling, any time after the end, changeable.
    ///
    /// # Errors
    /// Not closed.
    pub async fn rate(&self, case: &Opened, mark: u8) -> CaseResult<()> {
        let (id, now) = (case.id(), self.house.clock.now());
        if self.stored(id).await?.closed_at.is_none() {
            return Err(app::domain::case::Refusal::NotNow.into());
        }
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        tx.rate_case(id, mark, now).await.map_err(of_store)?;
        let did = self.did(Deed::CaseAct, id).with(json!({ "act": "rate", "code": mark }));
        tx.audit(&did, now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)
    }

    /// Whom to ask now: closed for four weeks and not for [`TOO_LATE`], not asked, with an address and the wish to be
    /// told.
    ///
    /// # Errors
    /// The store.
    pub async fn surveys_due(&self, now: DateTime<Utc>) -> PortResult<Vec<SurveyDue>> {
        let mut due = Vec::new();
        let closed = (day(now) - TOO_LATE, day(now) - ASKED_AFTER);
        let mut after = Uuid::nil();
        loop {
            let page = self.house.db.surveys_due(closed, after).await?;
            let Some(last) = page.last() else { return Ok(due) };
            after = last.case;
            for asked in page {
                let mail = self.contact(asked.person, &asked.contact)?.mail;
                if !mail.is_empty() {
                    due.push(SurveyDue {
                        case: asked.case,
                        number: shown_number(&asked.number),
                        kind: asked.kind,
                        mail,
                    });
                }
            }
        }
    }

    /// Notes in the letter's transaction that the author is asked. Tells whether nobody did before: only then queue it.
    ///
    /// # Errors
    /// The store.
    pub async fn mark_survey_asked(&self, tx: &mut Tx, case: Uuid) -> PortResult<bool> {
        Ok(tx.mark_survey_asked(case, self.house.clock.now()).await?)
    }

    pub(super) async fn reward_of(&self, id: Uuid) -> CaseResult<Option<RewardSheet>> {
        let kept = self.house.db.case_reward(id).await.map_err(of_store)?;
        Ok(kept.map(|kept| self.reward_sheet(id, kept)).transpose()?)
    }

    fn reward_sheet(&self, id: Uuid, kept: StoredReward) -> PortResult<RewardSheet> {
        let said = kept.said.map(|sealed| self.unseal("case_reward", "said", id, &sealed)).transpose()?;
        let StoredReward { reward, claimed_at, decided_at, version, .. } = kept;
        Ok(RewardSheet { reward, said, claimed_at, decided_at, version })
    }

    /// Claims the reward of a report. The query code is enough, also for who gave no name.
    ///
    /// # Errors
    /// [`RewardError`]; nothing has changed then.
    pub async fn claim_reward(&self, case: &Opened, said: &str) -> Result<(), RewardError> {
        let (id, now) = (case.id(), self.house.clock.now());
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let stored = tx.case(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let before = tx.case_reward(id).await.map_err(of_store)?.map(|kept| kept.reward);
        Reward::claim(before, &stored.case, stored.result.as_deref())?;
        if !tx.claim_reward(id, now).await.map_err(of_store)? {
            return Err(RewardError::Conflict);
        }
        self.say_reward(&mut tx, By::Citizen, id, &say::claimed(said)).await?;
        tx.commit().await.map_err(of_store)?;
        self.ring();
        Ok(())
    }

    /// What an officer does with a claim. What is decided is said in the case, where its author reads it.
    ///
    /// # Errors
    /// [`RewardError`]; nothing has changed then.
    pub async fn decide_reward(
        &self,
        by: &Viewer,
        id: Uuid,
        version: i64,
        command: Command,
        said: &str,
    ) -> Result<State, RewardError> {
        let now = self.house.clock.now();
        if said.chars().count() > LONGEST {
            return Err(CaseError::Text(Fault::Field(FieldFault::TooLong(LONGEST))).into());
        }
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let stored = tx.case(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let kept = tx.case_reward(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let next = kept.reward.apply(&stored.case, command, by, said, day(now))?;
        let said = match command {
            // the reason is the proposer's
            Command::Approve => match kept.said {
                Some(sealed) => self.unseal("case_reward", "said", id, &sealed)?,
                None => return Err(Refusal::NoText.into()),
            },
            _ => said.trim().to_owned(),
        };
        let sealed = self.seal("case_reward", "said", id, &said)?;
        if !tx.decide_reward((id, version), &next, Some(sealed), now).await.map_err(of_store)? {
            return Err(RewardError::Conflict);
        }
        let did = self.did(Deed::CaseAct, id).with(json!({ "act": "reward", "code": next.state.code() }));
        tx.audit(&did, now).await.map_err(of_store)?;
        if matches!(next.state, State::Granted | State::Denied) {
            self.say_reward(&mut tx, By::Officer(by), id, &say::decided(&next, &said)).await?;
        }
        tx.commit().await.map_err(of_store)?;
        self.ring();
        Ok(next.state)
    }

    async fn say_reward(&self, tx: &mut Tx, by: By<'_>, id: Uuid, said: &str) -> CaseResult<()> {
        let stored = tx.case(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?;
        let next = stored.case.apply(CaseCommand::Message, by, said, self.today())?;
        let detail = Detail { code: REWARD.into(), ..Detail::default() };
        let with = With { said: said.to_owned(), detail, into: None };
        let event = self.save(tx, by, &stored, &next, CaseCommand::Message, &with).await?;
        self.leave_news(tx, by, (&stored, &next), (event, Act::Message, REWARD)).await
    }
}

impl CaseDesk {
    /// What came after the end, for the officers who read the case.
    pub(super) async fn after(&self, by: &Viewer, id: Uuid) -> CaseResult<Afterwards> {
        need(by, app::domain::staff::Permission::HandleCases)?;
        let stored = self.cases.stored(id).await?;
        if !CaseService::is_read_by(&stored, by) {
            return Ok(Afterwards::default());
        }
        Ok(Afterwards { survey: self.cases.survey_of(id).await?, reward: self.cases.reward_of(id).await? })
    }
}
