//! Merging and undoing.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use const_format::concatcp;
use uuid::Uuid;

use super::super::{Action, Entity, StoreError, Tx, operator_visible::IS_BARE, run, with_tx};

/// The feed's counter is written by every public act: taken first, it lets merges and acts go one after the other.
const IN_TURN: &str = "UPDATE change_counter SET position = position WHERE id = 1";
const MERGE: &str = "UPDATE operator SET merged_into = $2, merged_via = NULL, public = FALSE, version = version + 1 \
     WHERE id = $1";
/// Those merged into it before come along; the way back stays.
const BRING: &str = "UPDATE operator SET merged_into = $2, merged_via = COALESCE(merged_via, $1) WHERE merged_into = $1";
const MEMBERS: &str = "SELECT id, merged_via FROM operator WHERE merged_into = $1";
const FREE: &str =
    "UPDATE operator SET merged_into = NULL, merged_via = NULL, version = version + 1 WHERE id = $1 AND merged_into = $2";
const GIVE_BACK: &str = "UPDATE operator SET merged_into = $2, merged_via = CASE WHEN merged_via = $2 THEN NULL \
     ELSE merged_via END WHERE id = $1";
const LOOK: &str =
    concatcp!("UPDATE operator SET public = CASE WHEN ", IS_BARE, " THEN FALSE ELSE TRUE END WHERE id = $1 RETURNING public");
const RAISE: &str = "UPDATE operator SET version = version + 1 WHERE id = $1";
/// What is one page now is no question any more; what is two again is one.
const DECIDE_WITHIN: &str = "UPDATE operator_doubt SET decision = 'same', decided_by = $2, decided_at = $3 \
     WHERE decision = 'open' AND operator_id IN (SELECT id FROM operator WHERE id = $1 OR merged_into = $1) \
     AND other_id IN (SELECT id FROM operator WHERE id = $1 OR merged_into = $1)";
const ASK_AGAIN: &str = "UPDATE operator_doubt SET decision = 'open', decided_by = NULL, decided_at = NULL \
     WHERE decision = 'same' AND ((operator_id IN (SELECT id FROM operator WHERE id = $1 OR merged_into = $1) \
     AND other_id IN (SELECT id FROM operator WHERE id = $2 OR merged_into = $2)) \
     OR (other_id IN (SELECT id FROM operator WHERE id = $1 OR merged_into = $1) \
     AND operator_id IN (SELECT id FROM operator WHERE id = $2 OR merged_into = $2)))";
const DECIDE: &str = "UPDATE operator_doubt SET decision = $3, decided_by = $4, decided_at = $5 \
     WHERE operator_id = $1 AND other_id = $2 AND decision = 'open'";

/// What came of merging or undoing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    /// Done; the kept operator
    Done(Uuid),
    /// Both are one page already
    Itself,
    /// There is no such operator
    Unknown,
    /// Another version, or it is not merged
    Conflict,
}

impl Tx {
    /// Lets merges go one after the other. The first statement of their transactions.
    pub(crate) async fn merge_in_turn(&mut self) -> Result<(), StoreError> {
        run!(self, IN_TURN)?;
        Ok(())
    }

    /// Merges an operator into another, or into the one that this one was merged into.
    pub(crate) async fn merge_operator(
        &mut self,
        id: Uuid,
        version: i64,
        into: Uuid,
        by: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Merged, StoreError> {
        let Some(one) = self.stored_operator(id).await? else { return Ok(Merged::Unknown) };
        let Some(other) = self.stored_operator(into).await? else { return Ok(Merged::Unknown) };
        let kept = other.merged_into.unwrap_or(other.id);
        if kept == id {
            return Ok(Merged::Itself);
        }
        if one.version != version || one.merged_into.is_some() {
            return Ok(Merged::Conflict);
        }
        run!(self, BRING, id, kept)?;
        run!(self, MERGE, id, kept)?;
        run!(self, RAISE, kept)?;
        run!(self, DECIDE_WITHIN, kept, by, now)?;
        let public: bool = with_tx!(self, |conn| sqlx::query_scalar(LOOK).bind(kept).fetch_one(&mut *conn).await)?;
        let shown = public.then_some((Entity::Operator, kept, Action::Put));
        let changes: Vec<_> = [(Entity::Operator, id, Action::Removed)].into_iter().chain(shown).collect();
        self.append_changes(&changes, now).await?;
        Ok(Merged::Done(kept))
    }

    /// Makes a merged operator its own again, with those that came along with it.
    pub(crate) async fn undo_merge(&mut self, id: Uuid, version: i64, now: DateTime<Utc>) -> Result<Merged, StoreError> {
        let Some(one) = self.stored_operator(id).await? else { return Ok(Merged::Unknown) };
        let Some(kept) = one.merged_into.filter(|_| one.version == version) else { return Ok(Merged::Conflict) };
        let members: Vec<(Uuid, Option<Uuid>)> =
            with_tx!(self, |conn| sqlx::query_as(MEMBERS).bind(kept).fetch_all(&mut *conn).await)?;
        run!(self, FREE, id, kept)?;
        for member in came_with(id, &members) {
            run!(self, GIVE_BACK, member, id)?;
        }
        run!(self, RAISE, kept)?;
        run!(self, ASK_AGAIN, id, kept)?;
        let mut changes = Vec::new();
        for page in [kept, id] {
            let public: bool = with_tx!(self, |conn| sqlx::query_scalar(LOOK).bind(page).fetch_one(&mut *conn).await)?;
            changes.push((Entity::Operator, page, if public { Action::Put } else { Action::Removed }));
        }
        self.append_changes(&changes, now).await?;
        Ok(Merged::Done(kept))
    }

    /// Closes a question. Tells whether it was open.
    pub(crate) async fn decide_doubt(
        &mut self,
        (one, other): (Uuid, Uuid),
        is_same: bool,
        by: Uuid,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let decision = if is_same { "same" } else { "different" };
        Ok(run!(self, DECIDE, one, other, decision, by, now)? == 1)
    }
}

/// Members whose way to the kept operator goes through this one.
fn came_with(id: Uuid, members: &[(Uuid, Option<Uuid>)]) -> BTreeSet<Uuid> {
    let mut through: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (member, via) in members {
        through.entry(via.unwrap_or_default()).or_default().push(*member);
    }
    let (mut found, mut open) = (BTreeSet::new(), vec![id]);
    while let Some(next) = open.pop() {
        for member in through.get(&next).into_iter().flatten() {
            if found.insert(*member) {
                open.push(*member);
            }
        }
    }
    found
}
