//! The operators that samples name: found by their name, or made.

use std::collections::{HashMap, HashSet};

use app::domain::{operator::name_key, sample::Party};
use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Action, BulletinDraft, Comparison, Entity, StoreError, Tx, insert::Place, with_tx};
use crate::id::Ids;

/// Names of one `IN (…)` and rows of one insert.
const BATCH: usize = 500;
const FIND: &str = "SELECT id, name_key FROM operator WHERE name_key IN (";
const INSERT: &str = "INSERT INTO operator (id, name, name_key, address, province, created_at) ";
/// Operators of a bulletin's samples that become public.
const TO_PUBLISH: &str = "UPDATE operator SET public = TRUE WHERE public = FALSE AND id IN \
     (SELECT producer_id FROM sample WHERE bulletin_id = $1 UNION SELECT seller_id FROM sample WHERE bulletin_id = $1) \
     RETURNING id";
/// Operators without anything public left.
const TO_HIDE: &str = "UPDATE operator SET public = FALSE WHERE public = TRUE \
     AND NOT EXISTS (SELECT 1 FROM publication_operator l JOIN publication p ON p.id = l.publication_id \
         WHERE l.operator_id = operator.id AND p.standing = 'public') \
     AND NOT EXISTS (SELECT 1 FROM sample s JOIN bulletin b ON b.id = s.bulletin_id \
         WHERE s.producer_id = operator.id AND b.state = 'published') \
     AND NOT EXISTS (SELECT 1 FROM sample s JOIN bulletin b ON b.id = s.bulletin_id \
         WHERE s.seller_id = operator.id AND b.state = 'published') \
     AND NOT EXISTS (SELECT 1 FROM register_entry e JOIN publication p ON p.id = e.publication_id \
         WHERE e.operator_id = operator.id AND p.standing = 'public') RETURNING id";

/// Ids of operators by the key of their name.
pub struct Linked(HashMap<String, Uuid>);

impl Linked {
    /// The operator of a printed name.
    pub fn id_of(&self, name: Option<&str>) -> Option<Uuid> {
        self.0.get(&name_key(name?)?).copied()
    }
}

impl Tx {
    /// Finds or makes the operators that the samples at these places name.
    pub(super) async fn link_operators(
        &mut self,
        draft: &BulletinDraft,
        places: &[Place],
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<Linked, StoreError> {
        let mut parties: Vec<(String, &Party)> = Vec::new();
        let mut seen = HashSet::new();
        for place in places {
            let sample = &draft.samples[place.index];
            for party in [&sample.producer, &sample.seller] {
                let Some(key) = party.name.as_deref().and_then(name_key) else { continue };
                if seen.insert(key.clone()) {
                    parties.push((key, party));
                }
            }
        }
        let mut linked = HashMap::with_capacity(parties.len());
        for batch in parties.chunks(BATCH) {
            let found: Vec<(Uuid, String)> = with_tx!(self, |conn| {
                let mut query = QueryBuilder::new(FIND);
                let mut list = query.separated(", ");
                for (key, _) in batch {
                    list.push_bind(key);
                }
                query.push(")");
                query.build_query_as().fetch_all(&mut *conn).await
            })?;
            linked.extend(found.into_iter().map(|(id, key)| (key, id)));
            let missing: Vec<(Uuid, &(String, &Party))> =
                batch.iter().filter(|(key, _)| !linked.contains_key(key)).map(|entry| (ids.next(now), entry)).collect();
            if missing.is_empty() {
                continue;
            }
            with_tx!(self, |conn| {
                let mut insert = QueryBuilder::new(INSERT);
                insert.push_values(&missing, |mut row, (id, (key, party))| {
                    let name =
                        party.name.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
                    row.push_bind(*id)
                        .push_bind(name)
                        .push_bind(key)
                        .push_bind(&party.address)
                        .push_bind(&party.province)
                        .push_bind(now);
                });
                insert.build().execute(&mut *conn).await.map(|_| ())
            })?;
            linked.extend(missing.into_iter().map(|(id, (key, _))| (key.clone(), id)));
        }
        Ok(Linked(linked))
    }

    /// Makes the operators of a public bulletin public, hides those that lost their last public sample,
    /// and tells both.
    pub(super) async fn publish_operators(
        &mut self,
        bulletin: Uuid,
        published: bool,
        comparison: &Comparison,
    ) -> Result<Vec<(Entity, Uuid, Action)>, StoreError> {
        if !published {
            return Ok(Vec::new());
        }
        let shown: Vec<Uuid> =
            with_tx!(self, |conn| sqlx::query_scalar(TO_PUBLISH).bind(bulletin).fetch_all(&mut *conn).await)?;
        let mut changes: Vec<_> = shown.into_iter().map(|id| (Entity::Operator, id, Action::Put)).collect();
        let lost_samples = comparison.difference.removed + comparison.difference.changed > 0;
        if lost_samples {
            let hidden: Vec<Uuid> = with_tx!(self, |conn| sqlx::query_scalar(TO_HIDE).fetch_all(&mut *conn).await)?;
            changes.extend(hidden.into_iter().map(|id| (Entity::Operator, id, Action::Removed)));
        }
        Ok(changes)
    }
}
