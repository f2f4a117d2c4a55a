//! Multi-row writes of a round.

use app::domain::{
    district::district_of,
    operator::{Doubt, address_key},
};
use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{BATCH, NamedOperator};
use crate::store::{StoreError, Tx, run, with_tx};

const INSERT: &str = "INSERT INTO operator (id, name, name_key, same_name, address, address_key, province, uscc, licence, \
     kind, district, lat_e6, lon_e6, public, created_at) ";
/// What is known already stays; a record completes it.
const COMPLETE: &str = " ON CONFLICT (id) DO UPDATE SET address = COALESCE(operator.address, excluded.address), \
     address_key = COALESCE(operator.address_key, excluded.address_key), \
     uscc = COALESCE(operator.uscc, excluded.uscc), licence = COALESCE(operator.licence, excluded.licence), \
     kind = COALESCE(operator.kind, excluded.kind), district = COALESCE(operator.district, excluded.district), \
     lon_e6 = CASE WHEN operator.lat_e6 IS NULL THEN excluded.lon_e6 ELSE operator.lon_e6 END, \
     lat_e6 = COALESCE(operator.lat_e6, excluded.lat_e6), version = operator.version + 1";
const ALIASES: &str = "UPDATE operator SET aliases = $2, version = version + 1 WHERE id = $1";
const DOUBT: &str = "INSERT INTO operator_doubt (operator_id, other_id, reason, decision, created_at) ";

impl Tx {
    pub(super) async fn put_operators(
        &mut self,
        rows: &[(Uuid, String, String, &NamedOperator)],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        // one statement can't write a row twice
        let (mut first, mut again) = (Vec::with_capacity(rows.len()), Vec::new());
        let mut seen = std::collections::HashSet::new();
        for row in rows {
            if seen.insert(row.0) { first.push(row) } else { again.push(row) }
        }
        for batch in first.chunks(BATCH).chain(again.chunks(1)) {
            with_tx!(self, |conn| {
                let mut insert = QueryBuilder::new(INSERT);
                insert.push_values(batch, |mut row, (id, key, same_name, one)| {
                    let address = one.address.as_deref();
                    let district = one.district.clone().or_else(|| address.and_then(district_of));
                    row.push_bind(*id)
                        .push_bind(one.name.split_whitespace().collect::<Vec<_>>().join(" "))
                        .push_bind(key)
                        .push_bind(same_name)
                        .push_bind(address)
                        .push_bind(address.and_then(address_key))
                        .push_bind(&one.province)
                        .push_bind(&one.code)
                        .push_bind(&one.licence)
                        .push_bind(one.kind)
                        .push_bind(district)
                        .push_bind(one.point.map(|point| i64::from(point.lat_e6)))
                        .push_bind(one.point.map(|point| i64::from(point.lon_e6)))
                        .push_bind(false)
                        .push_bind(now);
                });
                insert.push(COMPLETE);
                insert.build().execute(&mut *conn).await.map(|_| ())
            })?;
        }
        Ok(())
    }

    pub(super) async fn put_aliases(&mut self, aliases: &[(Uuid, String)]) -> Result<(), StoreError> {
        for (id, text) in aliases {
            run!(self, ALIASES, id, text)?;
        }
        Ok(())
    }

    pub(super) async fn put_doubts(
        &mut self,
        doubts: &[(Uuid, Uuid, Doubt)],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for batch in doubts.chunks(BATCH) {
            with_tx!(self, |conn| {
                let mut insert = QueryBuilder::new(DOUBT);
                insert.push_values(batch, |mut row, (operator, other, doubt)| {
                    row.push_bind(*operator).push_bind(*other).push_bind(doubt.code()).push_bind("open").push_bind(now);
                });
                insert.push(" ON CONFLICT (operator_id, other_id) DO NOTHING");
                insert.build().execute(&mut *conn).await.map(|_| ())
            })?;
        }
        Ok(())
    }
}
