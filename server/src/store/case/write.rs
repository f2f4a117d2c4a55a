//! Writing cases.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{CaseStep, ClockRow, StoredCase, StoredEvent};
use crate::store::{Db, StoreError, Tx, run, with_pool};

const SAVE: &str = "UPDATE case_file SET state = $3, standing = $4, result = COALESCE($5, result), \
     handling_bureau = $6, handed_on = COALESCE($7, handed_on), merged_into = $8, wants_news = $9, officer_id = $10, \
     closed_at = $11, closed_on = $12, personal_until = $13, next_due = $14, version = version + 1, updated_at = $15 \
     WHERE id = $1 AND version = $2";
const EVENT: &str = "INSERT INTO case_event (id, case_id, seq, act, actor, officer_id, detail, said, at) \
     VALUES ($1, $2, (SELECT COUNT(*) + 1 FROM case_event WHERE case_id = $2), $3, $4, $5, $6, $7, $8)";
const CLOCK: &str = "INSERT INTO case_clock (case_id, place, step, due_on, internal_on, act_by, estimated, \
     calendar_version, met_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (case_id, place) DO UPDATE SET \
     due_on = excluded.due_on, internal_on = excluded.internal_on, act_by = excluded.act_by, \
     estimated = excluded.estimated, calendar_version = excluded.calendar_version, met_on = excluded.met_on, \
     reminded_at = CASE WHEN case_clock.act_by = excluded.act_by THEN case_clock.reminded_at END, \
     escalated_at = CASE WHEN case_clock.internal_on = excluded.internal_on THEN case_clock.escalated_at END";
const LOOK: &str = "INSERT INTO case_look (id, case_id, officer_id, is_unmasking, at) VALUES ($1, $2, $3, $4, $5)";
const NATIONAL: &str = "UPDATE case_file SET national_no = $3, national_state = $4, version = version + 1, \
     updated_at = $5 WHERE id = $1 AND version = $2";
const NEWS: &str =
    "UPDATE case_file SET wants_news = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND version = $2";
const FORGET_PERSONS: &str =
    "DELETE FROM case_person WHERE case_id IN (SELECT id FROM case_file WHERE personal_until < $1)";
const FORGET_TEXT: &str = "DELETE FROM case_text WHERE case_id IN (SELECT id FROM case_file WHERE personal_until < $1)";
const FORGET_SAID: &str = "UPDATE case_event SET said = NULL WHERE said IS NOT NULL AND case_id IN \
     (SELECT id FROM case_file WHERE personal_until < $1)";
const FORGET_SURVEY: &str = "UPDATE case_survey SET said = NULL WHERE said IS NOT NULL AND case_id IN \
     (SELECT id FROM case_file WHERE personal_until < $1)";
const FORGET_REWARD: &str = "UPDATE case_reward SET said = NULL WHERE said IS NOT NULL AND case_id IN \
     (SELECT id FROM case_file WHERE personal_until < $1)";
const IS_OVER: &str = "SELECT EXISTS (SELECT 1 FROM case_file WHERE personal_until < $1 AND content IS NOT NULL)";
const FORGET_CONTENT: &str =
    "UPDATE case_file SET content = NULL, code_hash = NULL WHERE personal_until < $1 AND content IS NOT NULL";

impl Tx {
    /// Keeps a step. Tells whether the version still was the one that was seen.
    pub(crate) async fn save_case(
        &mut self,
        before: &StoredCase,
        step: &CaseStep<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let standing = serde_json::to_string(step.case).map_err(|_| StoreError::Value("case_file.standing"))?;
        let done = run!(
            self,
            SAVE,
            before.id,
            before.version,
            step.case.state.code(),
            standing,
            step.result,
            step.handling_bureau,
            step.handed_on,
            step.merged_into,
            step.wants_news,
            step.case.officer,
            step.closed.map(|(at, _)| at),
            step.closed.map(|(_, on)| on),
            step.personal_until,
            step.next_due,
            now
        )?;
        Ok(done == 1)
    }

    /// Adds what happened; its place in order is given by the table.
    pub(crate) async fn add_case_event(&mut self, case: Uuid, event: &StoredEvent) -> Result<(), StoreError> {
        let detail = serde_json::to_string(&event.detail).map_err(|_| StoreError::Value("case_event.detail"))?;
        run!(self, EVENT, event.id, case, &event.act, &event.actor, event.officer_id, detail, &event.said, event.at)?;
        Ok(())
    }

    /// Keeps the dates of the clocks. Reminders that were sent stay known, until a date moves.
    pub(crate) async fn put_case_clocks(&mut self, case: Uuid, clocks: &[ClockRow]) -> Result<(), StoreError> {
        for (place, clock) in (0_i64..).zip(clocks) {
            run!(
                self,
                CLOCK,
                case,
                place,
                clock.step,
                clock.due_on,
                clock.internal_on,
                clock.act_by,
                clock.estimated,
                &clock.calendar_version,
                clock.met_on
            )?;
        }
        Ok(())
    }

    /// Writes down who opened a case.
    pub(crate) async fn look_at_case(
        &mut self,
        id: Uuid,
        case: Uuid,
        officer: Uuid,
        is_unmasking: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, LOOK, id, case, officer, is_unmasking, now)?;
        Ok(())
    }

    /// Number and state at the national platform. Tells whether the version still was the one that was seen.
    pub(crate) async fn set_national(
        &mut self,
        (id, version): (Uuid, i64),
        number: Option<&str>,
        state: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, NATIONAL, id, version, number, state, now)? == 1)
    }
}

impl Tx {
    /// Whether the author wants to be told. Tells whether the version still was the one that was seen.
    pub(crate) async fn set_wants_news(
        &mut self,
        (id, version): (Uuid, i64),
        wants: bool,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, NEWS, id, version, wants, now)? == 1)
    }
}

impl Db {
    /// Deletes what is personal in cases whose time of retention is over. Gives the number of cases.
    pub async fn forget_cases(&self, today: NaiveDate) -> Result<u64, StoreError> {
        // looked at often, true once a day at most: no write without need
        let is_over: bool = with_pool!(self, |pool| sqlx::query_scalar(IS_OVER).bind(today).fetch_one(pool).await)?;
        if !is_over {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        run!(&mut tx, FORGET_PERSONS, today)?;
        run!(&mut tx, FORGET_TEXT, today)?;
        run!(&mut tx, FORGET_SAID, today)?;
        run!(&mut tx, FORGET_SURVEY, today)?;
        run!(&mut tx, FORGET_REWARD, today)?;
        let forgotten = run!(&mut tx, FORGET_CONTENT, today)?;
        tx.commit().await?;
        Ok(forgotten)
    }
}
