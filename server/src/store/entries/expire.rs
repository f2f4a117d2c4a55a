//! The end of entries: by their time, or with their publication.

use std::collections::BTreeSet;

use app::{
    domain::{act::Act, publication},
    text::registers as say,
};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{
    super::{Action, Entity, Publication, acts::NewAct},
    EntryDifference, StoreError, Tx, draft, run,
    save::logged,
    with_tx,
};
use crate::{fail, id::Ids};

const OVER: &str = "SELECT id, operator_id FROM register_entry WHERE publication_id = $1 AND until_day < $2";
const LEFT: &str = "SELECT entry_key, cells FROM register_entry WHERE publication_id = $1";
/// Open work goes on: it is about the next edition.
const TOUCH: &str = "UPDATE publication SET updated_at = $2 WHERE id = $1";
const OPERATORS: &str =
    "SELECT DISTINCT operator_id FROM register_entry WHERE publication_id = $1 AND operator_id IS NOT NULL";
const BURY_OVER: &str = "INSERT INTO tombstone (id, publication_id) SELECT id, publication_id FROM register_entry \
     WHERE publication_id = $1 AND until_day < $2";
const DELETE_OVER: &str = "DELETE FROM register_entry WHERE publication_id = $1 AND until_day < $2";
const BURY_ALL: &str = "INSERT INTO tombstone (id, publication_id) SELECT id, publication_id FROM register_entry \
     WHERE publication_id = $1";
const DELETE_ALL: &str = "DELETE FROM register_entry WHERE publication_id = $1";
/// What an edition said entry by entry goes with the entries; how many there were stays.
const FORGET_LINES: &str = "UPDATE revision SET lines = NULL WHERE entity_id = $1 \
     AND number < (SELECT MAX(number) FROM revision WHERE entity_id = $1)";

impl Tx {
    /// Removes the entries of a public register whose time is over: an act of rule with a revision and leaf. Earlier
    /// revisions keep their counts, not their entries. Gives how many went.
    pub async fn expire_entries(
        &mut self,
        publication: &Publication,
        today: NaiveDate,
        ids: &Ids,
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let id = publication.id;
        let over: Vec<(Uuid, Option<Uuid>)> =
            with_tx!(self, |conn| sqlx::query_as(OVER).bind(id).bind(today).fetch_all(&mut *conn).await)?;
        let Some(content) = publication.content.as_ref().filter(|_| !over.is_empty()) else { return Ok(0) };
        let gone: Vec<Uuid> = over.iter().map(|(id, _)| *id).collect();
        let is_public = publication.life.standing == publication::Standing::Public;
        if !is_public {
            // nobody sees them: they only go
            run!(self, BURY_OVER, id, today)?;
            run!(self, DELETE_OVER, id, today)?;
            self.count_entries(id).await?;
            return Ok(gone.len());
        }
        let place = self.next_place().await?;
        self.drop_entries(&gone, place).await?;
        let left: Vec<(String, String)> =
            with_tx!(self, |conn| sqlx::query_as(LEFT).bind(id).fetch_all(&mut *conn).await)?;
        let changes = EntryDifference { removed: gone.len(), unchanged: left.len(), ..EntryDifference::default() };
        let lines = left.iter().map(|(key, cells)| draft::line(key, cells)).collect();
        let logged = logged(content, lines, changes, ids)?;
        run!(self, TOUCH, id, now)?;
        self.count_entries(id).await?;
        fail::at("within-transaction");
        let reason = say::expired(gone.len());
        let entity = Entity::Publication(publication.kind);
        let act = NewAct { act: Act::Correct, entity, id, content: Some(logged), reason: Some(&reason) };
        self.log_act(&act, now).await?;
        run!(self, FORGET_LINES, id)?;
        let operators: BTreeSet<Uuid> = over.into_iter().filter_map(|(_, operator)| operator).collect();
        let mut all = vec![(entity, id, Action::Put)];
        all.extend(self.hide_entry_operators(&operators).await?);
        self.append_changes(&all, now).await?;
        Ok(gone.len())
    }

    /// Operators of the entries of a publication.
    pub(in crate::store) async fn operators_of_entries(&mut self, id: Uuid) -> Result<BTreeSet<Uuid>, StoreError> {
        let named: Vec<Uuid> =
            with_tx!(self, |conn| sqlx::query_scalar(OPERATORS).bind(id).fetch_all(&mut *conn).await)?;
        Ok(named.into_iter().collect())
    }

    /// Deletes all entries of a publication that is removed.
    pub(in crate::store) async fn delete_entries(&mut self, id: Uuid) -> Result<(), StoreError> {
        run!(self, BURY_ALL, id)?;
        run!(self, DELETE_ALL, id)?;
        self.count_entries(id).await
    }
}
