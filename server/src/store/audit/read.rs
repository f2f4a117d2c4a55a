//! Reading the audit trail, newest first.

use app::{
    domain::audit::{Deed, Outcome},
    ports::{AuditLine, AuditQuery, AuditTrail, Page, PortError, PortResult},
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::AuditEntry;
use crate::{
    clock::start_of_day,
    store::{Db, StoreError, publications::cut, with_pool},
};

/// A filter that is not set lets everything through. PostgreSQL needs to be told the type of a parameter that may be NULL.
const FIND: &str = "SELECT entry FROM audit WHERE place < $1 \
     AND (CAST($2 AS TEXT) = '' OR deed = $2) AND (CAST($3 AS TEXT) = '' OR object = $3) \
     AND at >= $4 AND at < $5 AND (CAST($6 AS BOOLEAN) OR staff_id = $7) AND (CAST($8 AS TEXT) = '' OR outcome = $8) \
     ORDER BY place DESC LIMIT $9";
const PEOPLE: &str = "SELECT name, display_name FROM staff ORDER BY name";
const BY_NAME: &str = "SELECT id FROM staff WHERE name = $1";

impl From<AuditEntry> for AuditLine {
    fn from(entry: AuditEntry) -> Self {
        Self {
            place: entry.place,
            at: entry.at,
            staff: entry.staff,
            address: entry.address,
            deed: entry.deed,
            kind: entry.kind,
            object: entry.object,
            outcome: entry.outcome,
            detail: entry.detail,
        }
    }
}

/// Begin and end of what is asked for, as moments.
fn span(query: &AuditQuery) -> (DateTime<Utc>, DateTime<Utc>) {
    let first = query.from.unwrap_or(NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default());
    let last = query.to.unwrap_or(NaiveDate::from_ymd_opt(9998, 12, 31).unwrap_or_default());
    (start_of_day(first), start_of_day(last) + TimeDelta::days(1))
}

impl Db {
    /// Entries that a query asks for, as they are hashed; newest first.
    pub async fn audit_entries_of(&self, query: &AuditQuery, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let (from, until) = span(query);
        let who: Option<Uuid> = match query.staff.as_deref().filter(|name| !name.is_empty()) {
            None => None,
            Some(name) => {
                let found: Option<Uuid> =
                    with_pool!(self, |pool| sqlx::query_scalar(BY_NAME).bind(name).fetch_optional(pool).await)?;
                // nobody of this name: nothing is theirs
                Some(found.unwrap_or(Uuid::nil()))
            }
        };
        let before = query.before.unwrap_or(i64::MAX);
        let rows: Vec<String> = with_pool!(self, |pool| sqlx::query_scalar(FIND)
            .bind(before)
            .bind(query.deed.map(Deed::code).unwrap_or_default())
            .bind(query.object.as_deref().unwrap_or_default())
            .bind(from)
            .bind(until)
            .bind(who.is_none())
            .bind(who)
            .bind(query.outcome.map(Outcome::code).unwrap_or_default())
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await)?;
        rows.iter().map(|entry| serde_json::from_str(entry).map_err(|_| StoreError::Value("audit.entry"))).collect()
    }
}

#[async_trait]
impl AuditTrail for Db {
    async fn audit_lines(&self, query: &AuditQuery, limit: u32) -> PortResult<Page<AuditLine>> {
        let mut entries = self.audit_entries_of(query, limit + 1).await.map_err(PortError::from)?;
        let more = cut(&mut entries, limit);
        let next = entries.last().filter(|_| more).map(|entry| entry.place.to_string());
        Ok(Page { items: entries.into_iter().map(AuditLine::from).collect(), next })
    }

    async fn audit_people(&self) -> PortResult<Vec<(String, String)>> {
        let people = with_pool!(self, |pool| sqlx::query_as(PEOPLE).fetch_all(pool).await).map_err(StoreError::from)?;
        Ok(people)
    }
}
