//! The operators that entries are about, and when they have a public page.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use const_format::concatcp;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::super::{
    Action, Entity,
    operator_match::{MatchedOperators, NamedOperator},
    operator_visible::IS_BARE,
};
use super::{IDS, StoreError, Tx, with_tx};
use crate::id::Ids;

const SHOW: &str = "UPDATE operator SET public = TRUE WHERE public = FALSE AND id IN \
     (SELECT COALESCE(o.merged_into, o.id) FROM operator o WHERE o.id IN \
     (SELECT operator_id FROM register_entry WHERE register = $1)) RETURNING id";
/// Operators without anything public left.
const HIDE: &str = concatcp!(
    "UPDATE operator SET public = FALSE WHERE public = TRUE AND ",
    IS_BARE,
    " AND id IN (SELECT COALESCE(o.merged_into, o.id) FROM operator o WHERE o.id IN ("
);

/// An operator as an entry names it.
pub type EntryOperator = NamedOperator;

impl Tx {
    /// Finds or makes the operators that entries are about; what entries say completes what is known of them.
    pub(in crate::store) async fn link_entry_operators(
        &mut self,
        named: &[Option<EntryOperator>],
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<MatchedOperators, StoreError> {
        self.match_operators(named, ids, now).await
    }

    /// Makes the operators of a register's entries public. Gives the changes.
    pub(super) async fn show_entry_operators(
        &mut self,
        register: &str,
    ) -> Result<Vec<(Entity, Uuid, Action)>, StoreError> {
        let shown: Vec<Uuid> =
            with_tx!(self, |conn| sqlx::query_scalar(SHOW).bind(register).fetch_all(&mut *conn).await)?;
        Ok(shown.into_iter().map(|id| (Entity::Operator, id, Action::Put)).collect())
    }

    /// Hides those of these operators of which nothing public is left. Gives the changes.
    pub(in crate::store) async fn hide_entry_operators(
        &mut self,
        named: &BTreeSet<Uuid>,
    ) -> Result<Vec<(Entity, Uuid, Action)>, StoreError> {
        let named: Vec<Uuid> = named.iter().copied().collect();
        let mut changes = Vec::new();
        for batch in named.chunks(IDS) {
            let hidden: Vec<Uuid> = with_tx!(self, |conn| {
                let mut query = QueryBuilder::new(HIDE);
                let mut list = query.separated(", ");
                for id in batch {
                    list.push_bind(*id);
                }
                query.push(")) RETURNING id");
                query.build_query_scalar().fetch_all(&mut *conn).await
            })?;
            changes.extend(hidden.into_iter().map(|id| (Entity::Operator, id, Action::Removed)));
        }
        Ok(changes)
    }
}
