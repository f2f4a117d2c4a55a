//! Operators with the identifiers that no table of samples prints.

use app::domain::{
    district::district_of,
    operator::{address_key, name_key},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Action, Db, Entity, StoreError, with_tx};
use crate::id::Ids;

/// An operator as a register knows it.
#[derive(Clone, Debug)]
pub struct OperatorDraft {
    /// Name
    pub name: String,
    /// Address
    pub address: Option<String>,
    /// 统一社会信用代码
    pub uscc: Option<String>,
    /// 食品生产 / 经营许可证号
    pub licence: Option<String>,
}

const UPSERT: &str = "INSERT INTO operator (id, name, name_key, same_name, address, uscc, licence, created_at, \
     address_key, district) VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (name_key) DO UPDATE SET address = excluded.address, \
     uscc = excluded.uscc, licence = excluded.licence, address_key = excluded.address_key, \
     district = excluded.district RETURNING id, public";

impl Db {
    /// Adds operators or completes them by name. They become public with their first public sample.
    pub async fn save_operators(
        &self,
        drafts: &[OperatorDraft],
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let mut changes = Vec::new();
        for draft in drafts {
            let Some(key) = name_key(&draft.name) else { continue };
            let (id, public): (Uuid, bool) = with_tx!(&mut tx, |conn| sqlx::query_as(UPSERT)
                .bind(ids.next(now))
                .bind(&draft.name)
                .bind(&key)
                .bind(&draft.address)
                .bind(&draft.uscc)
                .bind(&draft.licence)
                .bind(now)
                .bind(draft.address.as_deref().and_then(address_key))
                .bind(draft.address.as_deref().and_then(district_of))
                .fetch_one(&mut *conn)
                .await)?;
            if public {
                changes.push((Entity::Operator, id, Action::Put));
            }
        }
        tx.append_changes(&changes, now).await?;
        tx.commit().await
    }
}
