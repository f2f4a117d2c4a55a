//! The operators that samples name: found, or made.

use std::collections::HashMap;

use app::domain::{
    operator::{is_named, name_key},
    sample::Party,
};
use chrono::{DateTime, Utc};
use const_format::concatcp;
use uuid::Uuid;

use super::{
    super::{operator_match::NamedOperator, operator_visible::IS_BARE},
    Action, BulletinDraft, Comparison, Entity, StoreError, Tx,
    insert::Place,
    with_tx,
};
use crate::id::Ids;

/// Operators of a bulletin's samples that become public: of merged ones the kept one.
const TO_PUBLISH: &str = "UPDATE operator SET public = TRUE WHERE public = FALSE AND id IN \
     (SELECT COALESCE(o.merged_into, o.id) FROM operator o WHERE o.id IN \
     (SELECT producer_id FROM sample WHERE bulletin_id = $1 UNION SELECT seller_id FROM sample WHERE bulletin_id = $1)) \
     RETURNING id";
/// Operators without anything public left.
const TO_HIDE: &str =
    concatcp!("UPDATE operator SET public = FALSE WHERE public = TRUE AND ", IS_BARE, " RETURNING id");

/// Producer and seller of each place, and the public operators of which more is known now.
#[derive(Default)]
pub struct Linked {
    pub of_places: Vec<[Option<Uuid>; 2]>,
    pub changes: Vec<(Entity, Uuid, Action)>,
}

fn named(party: &Party) -> Option<NamedOperator> {
    let name = party.name.clone().filter(|name| name_key(name).is_some())?;
    let (address, province) = (party.address.clone().filter(|address| is_named(address)), party.province.clone());
    Some(NamedOperator { name, address, province, ..NamedOperator::default() })
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
        let mut parties: Vec<Option<NamedOperator>> = Vec::new();
        let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
        let mut wanted: Vec<[Option<usize>; 2]> = Vec::with_capacity(places.len());
        for place in places {
            let sample = &draft.samples[place.index];
            wanted.push([&sample.producer, &sample.seller].map(|party| {
                let name = party.name.as_deref()?;
                let place = *seen.entry((name, party.address.as_deref().unwrap_or_default())).or_insert_with(|| {
                    parties.push(named(party));
                    parties.len() - 1
                });
                Some(place)
            }));
        }
        let matched = self.match_operators(&parties, ids, now).await?;
        let found = |place: Option<usize>| place.and_then(|place| matched.ids.get(place).copied().flatten());
        let of_places = wanted.into_iter().map(|both| both.map(found)).collect();
        Ok(Linked { of_places, changes: matched.changes })
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
