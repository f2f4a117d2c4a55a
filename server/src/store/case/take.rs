//! New cases: those of many forms with few statements, since each statement is a way to the database and back.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{ClockRow, NewCase, StoredEvent, StoredPerson};
use crate::store::{StoreError, Tx, with_tx};

const CASES: &str = "INSERT INTO case_file (id, number, kind, rule, state, standing, twin_id, source, receiving_bureau, \
     handling_bureau, operator_id, party, party_key, problem, district, content, is_anonymous, wants_news, code_hash, \
     form_token, received_at, received_on, month, next_due, officer_id, version, updated_at) ";
const ONCE: &str = " ON CONFLICT (form_token) DO NOTHING RETURNING id";
const PERSONS: &str = "INSERT INTO case_person (id, case_id, role, contact, phone_hash, address_hash, name_hash) ";
const EVENTS: &str = "INSERT INTO case_event (id, case_id, seq, act, actor, officer_id, detail, said, at) ";
const CLOCKS: &str = "INSERT INTO case_clock (case_id, place, step, due_on, internal_on, act_by, estimated, \
     calendar_version, met_on) ";
const TEXTS: &str = "INSERT INTO case_text (case_id, hash, at) ";
const BASKETS: &str = "SELECT hash FROM evidence_basket WHERE hash IN (";
const DRAFTS: &str = "SELECT token_hash FROM case_draft WHERE token_hash IN (";

/// Inserts rows, none for none.
macro_rules! insert {
    ($tx:expr, $sql:expr, $rows:expr, $push:expr) => {
        if !$rows.is_empty() {
            with_tx!($tx, |conn| {
                let mut query = QueryBuilder::new($sql);
                query.push_values($rows, $push);
                query.build().execute(&mut *conn).await.map(|_| ())
            })?;
        }
    };
}

impl Tx {
    /// Keeps new cases. Gives those whose forms were not sent before.
    pub(crate) async fn insert_cases(&mut self, cases: &[NewCase<'_>]) -> Result<HashSet<Uuid>, StoreError> {
        if cases.is_empty() {
            return Ok(HashSet::new());
        }
        let standing = |new: &NewCase<'_>| serde_json::to_string(new.case);
        let standings = cases.iter().map(standing).collect::<Result<Vec<_>, _>>();
        let standings = standings.map_err(|_| StoreError::Value("case_file.standing"))?;
        let kept: Vec<Uuid> = with_tx!(self, |conn| {
            let mut query = QueryBuilder::new(CASES);
            query.push_values(cases.iter().zip(&standings), |mut row, (new, standing)| {
                row.push_bind(new.id).push_bind(new.number).push_bind(new.case.kind.code());
                row.push_bind(new.case.rule.code()).push_bind(new.case.state.code()).push_bind(standing);
                row.push_bind(new.twin_id).push_bind(new.source.code()).push_bind(new.bureau).push_bind(new.bureau);
                row.push_bind(new.operator_id).push_bind(new.party).push_bind(new.party_key);
                row.push_bind(new.problem.code()).push_bind(new.district).push_bind(new.content);
                row.push_bind(new.is_anonymous).push_bind(new.wants_news).push_bind(new.code_hash);
                row.push_bind(new.form_token).push_bind(new.received_at).push_bind(new.received_on);
                row.push_bind(new.received_on.format("%Y-%m").to_string()).push_bind(new.next_due);
                row.push_bind(new.case.officer).push_bind(1_i64).push_bind(new.received_at);
            });
            query.push(ONCE);
            query.build_query_scalar().fetch_all(&mut *conn).await
        })?;
        Ok(kept.into_iter().collect())
    }

    /// Keeps persons of new cases, sealed.
    pub(crate) async fn insert_case_persons(&mut self, persons: &[(Uuid, &StoredPerson)]) -> Result<(), StoreError> {
        insert!(self, PERSONS, persons, |mut row, (case, person)| {
            let [phone, address, name] = &person.hashes;
            row.push_bind(person.id).push_bind(case).push_bind(&person.role).push_bind(&person.contact);
            row.push_bind(phone).push_bind(address).push_bind(name);
        });
        Ok(())
    }

    /// Keeps the first event of new cases.
    pub(crate) async fn insert_case_events(&mut self, events: &[(Uuid, &StoredEvent)]) -> Result<(), StoreError> {
        let detail = |(_, event): &(Uuid, &StoredEvent)| serde_json::to_string(&event.detail);
        let details = events.iter().map(detail).collect::<Result<Vec<_>, _>>();
        let details = details.map_err(|_| StoreError::Value("case_event.detail"))?;
        let rows: Vec<_> = events.iter().zip(&details).collect();
        insert!(self, EVENTS, &rows, |mut row, ((case, event), detail)| {
            row.push_bind(event.id).push_bind(case).push_bind(event.seq).push_bind(&event.act).push_bind(&event.actor);
            row.push_bind(event.officer_id).push_bind(detail).push_bind(&event.said).push_bind(event.at);
        });
        Ok(())
    }

    /// Keeps the clocks of new cases: case, place among its clocks, clock.
    pub(crate) async fn insert_case_clocks(&mut self, clocks: &[(Uuid, i64, &ClockRow)]) -> Result<(), StoreError> {
        insert!(self, CLOCKS, clocks, |mut row, (case, place, clock)| {
            row.push_bind(case).push_bind(place).push_bind(clock.step).push_bind(clock.due_on);
            row.push_bind(clock.internal_on).push_bind(clock.act_by).push_bind(clock.estimated);
            row.push_bind(&clock.calendar_version).push_bind(clock.met_on);
        });
        Ok(())
    }

    /// Keeps the hashes of what was written.
    pub(crate) async fn put_case_texts(
        &mut self,
        texts: &[(Uuid, [u8; 32])],
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        insert!(self, TEXTS, texts, |mut row, (case, hash)| {
            row.push_bind(case).push_bind(hash.to_vec()).push_bind(at);
        });
        Ok(())
    }

    /// Those of these baskets that are there.
    pub(crate) async fn baskets_among(&mut self, hashes: &[Vec<u8>]) -> Result<HashSet<Vec<u8>>, StoreError> {
        self.hashes_among(BASKETS, hashes).await
    }

    /// Those of these tokens that have a draft.
    pub(crate) async fn drafts_among(&mut self, hashes: &[Vec<u8>]) -> Result<HashSet<Vec<u8>>, StoreError> {
        self.hashes_among(DRAFTS, hashes).await
    }

    async fn hashes_among(&mut self, sql: &str, hashes: &[Vec<u8>]) -> Result<HashSet<Vec<u8>>, StoreError> {
        if hashes.is_empty() {
            return Ok(HashSet::new());
        }
        let found: Vec<Vec<u8>> = with_tx!(self, |conn| {
            let mut query = QueryBuilder::new(sql);
            let mut list = query.separated(", ");
            for hash in hashes {
                list.push_bind(hash);
            }
            query.push(")");
            query.build_query_scalar().fetch_all(&mut *conn).await
        })?;
        Ok(found.into_iter().collect())
    }
}
