//! Operators at the desk. One officer is enough for a merge: nothing is published, changed or taken away by it, what two
//! pages showed is shown on one, an undo brings both back, and the audit trail names who did either.

use app::{
    domain::{
        audit::{Deed, Outcome},
        operator::name_key,
        staff::{Permission, Viewer},
    },
    ports::{DeskOperator, DeskOperatorLine, DoubtLine, OperatorDesk, OperatorError, PortError},
};
use async_trait::async_trait;
use serde_json::json;
use uuid::Uuid;

use crate::{
    auth::Who,
    house::House,
    store::{Audit, Merged, OperatorEdit, StoreError},
};

/// The house of operators. Cloning is cheap.
#[derive(Clone)]
pub struct OperatorService {
    house: House,
    /// Which officer calls, for the audit trail
    who: Who,
}

fn of_store(error: StoreError) -> OperatorError {
    PortError::from(error).into()
}

fn need(by: &Viewer) -> Result<(), OperatorError> {
    if by.may(Permission::Write) { Ok(()) } else { Err(OperatorError::NotAllowed) }
}

impl OperatorService {
    /// Over a house.
    #[must_use]
    pub fn new(house: House) -> Self {
        Self { house, who: Who::default() }
    }

    /// As one officer uses it.
    #[must_use]
    pub fn called_by(&self, who: &Who) -> Self {
        Self { who: who.clone(), ..self.clone() }
    }

    fn did(&self, deed: Deed, id: Uuid) -> Audit {
        self.who.did(deed, Outcome::Ok).on("operator", id)
    }

    /// Corrects what is known of an operator.
    ///
    /// # Errors
    /// [`OperatorError`]; nothing has changed then.
    pub async fn edit(&self, by: &Viewer, id: Uuid, version: i64, edit: &OperatorEdit) -> Result<(), OperatorError> {
        need(by)?;
        let now = self.house.clock.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        if !tx.edit_operator(id, version, edit).await.map_err(of_store)? {
            let known = tx.stored_operator(id).await.map_err(of_store)?;
            return Err(if known.is_some() { OperatorError::Conflict } else { OperatorError::Unknown });
        }
        tx.touch_operator(id, now).await.map_err(of_store)?;
        tx.audit(&self.did(Deed::OperatorEdit, id), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)
    }

    /// Merges an operator into another. Gives the kept one.
    ///
    /// # Errors
    /// [`OperatorError`]; nothing has changed then.
    pub async fn merge(&self, by: &Viewer, id: Uuid, version: i64, into: Uuid) -> Result<Uuid, OperatorError> {
        need(by)?;
        let now = self.house.clock.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        tx.merge_in_turn().await.map_err(of_store)?;
        let kept = done(tx.merge_operator(id, version, into, by.id, now).await.map_err(of_store)?)?;
        let did = self.did(Deed::OperatorMerge, id).with(json!({ "into": kept }));
        tx.audit(&did, now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        Ok(kept)
    }

    /// Makes a merged operator its own again. Gives the one that it was merged into.
    ///
    /// # Errors
    /// [`OperatorError`]; nothing has changed then.
    pub async fn undo(&self, by: &Viewer, id: Uuid, version: i64) -> Result<Uuid, OperatorError> {
        need(by)?;
        let now = self.house.clock.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        tx.merge_in_turn().await.map_err(of_store)?;
        let from = done(tx.undo_merge(id, version, now).await.map_err(of_store)?)?;
        let did = self.did(Deed::OperatorUndo, id).with(json!({ "from": from }));
        tx.audit(&did, now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        Ok(from)
    }

    /// Answers a question: two operators, or one, which merges the later into the known one.
    ///
    /// # Errors
    /// [`OperatorError`]; nothing has changed then.
    pub async fn decide(&self, by: &Viewer, pair: (Uuid, Uuid), is_same: bool) -> Result<(), OperatorError> {
        need(by)?;
        let now = self.house.clock.now();
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        tx.merge_in_turn().await.map_err(of_store)?;
        if !tx.decide_doubt(pair, is_same, by.id, now).await.map_err(of_store)? {
            return Err(OperatorError::NotNow);
        }
        if is_same {
            let one = tx.stored_operator(pair.0).await.map_err(of_store)?.ok_or(OperatorError::Unknown)?;
            // what was merged already goes along as a whole
            let top = one.merged_into.unwrap_or(one.id);
            let top = tx.stored_operator(top).await.map_err(of_store)?.ok_or(OperatorError::Unknown)?;
            match tx.merge_operator(top.id, top.version, pair.1, by.id, now).await.map_err(of_store)? {
                Merged::Itself => {}
                other => {
                    let kept = done(other)?;
                    let did = self.did(Deed::OperatorMerge, top.id).with(json!({ "into": kept }));
                    tx.audit(&did, now).await.map_err(of_store)?;
                }
            }
        }
        let did = self.did(Deed::OperatorDoubt, pair.0).with(json!({ "other": pair.1, "same": is_same }));
        tx.audit(&did, now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)
    }
}

fn done(merged: Merged) -> Result<Uuid, OperatorError> {
    match merged {
        Merged::Done(kept) => Ok(kept),
        Merged::Itself => Err(OperatorError::Itself),
        Merged::Unknown => Err(OperatorError::Unknown),
        Merged::Conflict => Err(OperatorError::Conflict),
    }
}

#[async_trait]
impl OperatorDesk for OperatorService {
    async fn find_operators(&self, by: &Viewer, words: &str) -> Result<Vec<DeskOperatorLine>, OperatorError> {
        need(by)?;
        let Some(key) = name_key(words) else { return Ok(Vec::new()) };
        self.house.db.find_operators(words.trim(), &key).await.map_err(of_store)
    }

    async fn open_doubts(&self, by: &Viewer) -> Result<(Vec<DoubtLine>, u64), OperatorError> {
        need(by)?;
        self.house.db.open_doubts().await.map_err(of_store)
    }

    async fn desk_operator(&self, by: &Viewer, id: Uuid) -> Result<DeskOperator, OperatorError> {
        need(by)?;
        let found = self.house.db.desk_operator(id).await.map_err(of_store)?;
        found.ok_or(OperatorError::Port(PortError::NotFound))
    }
}
