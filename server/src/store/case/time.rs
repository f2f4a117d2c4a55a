//! Dates of cases as time sees them: which are near, which were missed, which a calendar moves.

use chrono::{DateTime, NaiveDate, Utc};
use const_format::concatcp;
use uuid::Uuid;

use crate::store::{Db, StoreError, Tx, read_roles, run, with_pool, with_tx};

/// A clock that somebody is to be told of.
pub(crate) type Watched = (Uuid, i64);
/// Place, date, strictest reading, last working day, estimated, calendar, done.
pub(crate) type ClockDates = (i64, NaiveDate, NaiveDate, NaiveDate, bool, String, Option<NaiveDate>);
/// An officer, codes of roles, address sealed.
type Mailbox = (Uuid, String, Vec<u8>);

/// More than one bureau ever has open at once; what is left comes with the next look.
const RUNNING: &str = "SELECT c.case_id, c.place FROM case_clock c JOIN case_file f ON f.id = c.case_id \
     WHERE c.met_on IS NULL AND f.next_due IS NOT NULL AND f.state <> 'suspended' AND ";
const NEAR: &str =
    concatcp!(RUNNING, "c.reminded_at IS NULL AND c.act_by <= $1 ORDER BY c.act_by, c.case_id LIMIT 2000");
const LATE: &str =
    concatcp!(RUNNING, "c.escalated_at IS NULL AND c.internal_on < $1 ORDER BY c.act_by, c.case_id LIMIT 2000");
const REMINDED: &str = "UPDATE case_clock SET reminded_at = $3 WHERE case_id = $1 AND place = $2 AND met_on IS NULL \
     AND reminded_at IS NULL";
const ESCALATED: &str = "UPDATE case_clock SET escalated_at = $3, reminded_at = COALESCE(reminded_at, $3) \
     WHERE case_id = $1 AND place = $2 AND met_on IS NULL AND escalated_at IS NULL";
const DATES: &str = "SELECT place, due_on, internal_on, act_by, estimated, calendar_version, met_on FROM case_clock \
     WHERE case_id = $1 ORDER BY place";
const OPEN: &str = "SELECT DISTINCT case_id FROM case_clock WHERE met_on IS NULL ORDER BY case_id";
const NEXT: &str = "UPDATE case_file SET next_due = $2 WHERE id = $1";
const MAILS: &str = "SELECT id, roles, mail FROM staff WHERE mail IS NOT NULL AND locked = $1 ORDER BY id";
const SET_MAIL: &str = "UPDATE staff SET mail = $2 WHERE id = $1";
const MAIL: &str = "SELECT mail FROM staff WHERE id = $1";

impl Db {
    /// Running clocks whose last working day is not after a day, of which nobody was reminded.
    pub(crate) async fn clocks_near(&self, day: NaiveDate) -> Result<Vec<Watched>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(NEAR).bind(day).fetch_all(pool).await)?)
    }

    /// Running clocks that ended before a day, of which nobody was told.
    pub(crate) async fn clocks_late(&self, day: NaiveDate) -> Result<Vec<Watched>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(LATE).bind(day).fetch_all(pool).await)?)
    }

    /// Cases with a running clock.
    pub(crate) async fn cases_with_clocks(&self) -> Result<Vec<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(OPEN).fetch_all(pool).await)?)
    }

    /// Officers that can sign in and have an address: id, roles, sealed address.
    pub(crate) async fn staff_mails(&self) -> Result<Vec<(Uuid, Vec<app::domain::staff::Role>, Vec<u8>)>, StoreError> {
        let rows: Vec<Mailbox> = with_pool!(self, |pool| sqlx::query_as(MAILS).bind(false).fetch_all(pool).await)?;
        rows.into_iter().map(|(id, roles, mail)| Ok((id, read_roles(&roles)?, mail))).collect()
    }

    /// The sealed address of an officer.
    pub(crate) async fn staff_mail(&self, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        let found: Option<Option<Vec<u8>>> =
            with_pool!(self, |pool| sqlx::query_scalar(MAIL).bind(id).fetch_optional(pool).await)?;
        Ok(found.flatten())
    }
}

impl Tx {
    /// Notes that officer and leads were reminded. No when somebody was before.
    pub(crate) async fn note_reminded(&mut self, clock: Watched, now: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(run!(self, REMINDED, clock.0, clock.1, now)? == 1)
    }

    /// Notes that a missed date was told. No when it was before.
    pub(crate) async fn note_escalated(&mut self, clock: Watched, now: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(run!(self, ESCALATED, clock.0, clock.1, now)? == 1)
    }

    /// The dates as they were kept.
    pub(crate) async fn case_dates(&mut self, case: Uuid) -> Result<Vec<ClockDates>, StoreError> {
        Ok(with_tx!(self, |conn| sqlx::query_as(DATES).bind(case).fetch_all(&mut *conn).await)?)
    }

    /// The next date of a case, after a calendar moved it.
    pub(crate) async fn set_next_due(&mut self, case: Uuid, next: Option<NaiveDate>) -> Result<(), StoreError> {
        run!(self, NEXT, case, next)?;
        Ok(())
    }

    /// Keeps or takes away the sealed address of an officer.
    pub(crate) async fn set_staff_mail(&mut self, id: Uuid, mail: Option<&[u8]>) -> Result<bool, StoreError> {
        Ok(run!(self, SET_MAIL, id, mail)? == 1)
    }
}
