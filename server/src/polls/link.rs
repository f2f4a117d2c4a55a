//! What a result led to: proposed by one officer, public when another confirmed it.

use app::{
    domain::{
        audit::{Deed, Outcome as Came},
        poll::{Refusal, State},
        staff::{Permission, Viewer},
    },
    ports::{Directory, PollError, PollResult, PortError},
};
use serde_json::json;
use uuid::Uuid;

use super::{PollService, TABLE, of_store};
use crate::store::{Audit, Poll, PollLinkRow};

impl PollService {
    fn did_link(&self, act: &str, poll: Uuid, target: Uuid) -> Audit {
        let detail = json!({ "act": act, "target": target.to_string() });
        self.who.did(Deed::PollLink, Came::Ok).on(TABLE, poll).with(detail)
    }

    async fn stored(&self, id: Uuid) -> PollResult<Poll> {
        Ok(self.house.db.poll(id).await.map_err(of_store)?.ok_or(PortError::NotFound)?)
    }

    async fn link_of(&self, poll: Uuid, link: Uuid) -> PollResult<PollLinkRow> {
        let links = self.house.db.poll_links(poll).await.map_err(of_store)?;
        Ok(links.into_iter().find(|row| row.id == link).ok_or(PortError::NotFound)?)
    }

    /// Proposes a link by the address of a public page.
    ///
    /// # Errors
    /// [`PollError::Link`] where the address leads to nothing public, or is linked already.
    pub async fn propose_link(&self, by: &Viewer, poll: Uuid, address: &str) -> PollResult<()> {
        let (now, stored) = (self.house.clock.now(), self.stored(poll).await?);
        if !by.may(Permission::Write) {
            return Err(Refusal::NotAllowed.into());
        }
        if stored.poll.state != State::Ended {
            return Err(Refusal::NotNow.into());
        }
        let mut parts = address.trim().split(['/', '?', '#', '&', '=']);
        let target = parts.find_map(|part| Uuid::try_parse(part).ok()).ok_or(PollError::Link)?;
        let subject = self.house.db.objection_subject(target).await.map_err(of_store)?;
        let kind = match subject {
            Some(subject) if subject.is_public => "publication",
            Some(_) => return Err(PollError::Link),
            None if Directory::operator(&self.house.db, target).await.is_ok() => "operator",
            None => return Err(PollError::Link),
        };
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let id = self.house.ids.next(now);
        if !tx.insert_poll_link((id, poll), (kind, target), by.id, now).await.map_err(of_store)? {
            return Err(PollError::Link);
        }
        tx.audit(&self.did_link("propose", poll, target), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)
    }

    /// Confirms a link that another officer proposed.
    ///
    /// # Errors
    /// [`PollError`].
    pub async fn confirm_link(&self, by: &Viewer, poll: Uuid, link: Uuid) -> PollResult<()> {
        let (now, stored, row) = (self.house.clock.now(), self.stored(poll).await?, self.link_of(poll, link).await?);
        stored.poll.confirm_link(by, row.proposed_by)?;
        let to = row.link().ok_or(PollError::Link)?;
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        if !tx.confirm_poll_link(poll, link, by.id).await.map_err(of_store)? {
            return Err(PollError::Conflict);
        }
        tx.touch_poll(poll, now).await.map_err(of_store)?;
        tx.append_changes(row.change().as_slice(), now).await.map_err(of_store)?;
        tx.audit(&self.did_link("confirm", poll, to.target), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)
    }

    /// Takes a link away: a proposed one by either, a public one by who reviews.
    ///
    /// # Errors
    /// [`PollError`].
    pub async fn drop_link(&self, by: &Viewer, poll: Uuid, link: Uuid) -> PollResult<()> {
        let (now, row) = (self.house.clock.now(), self.link_of(poll, link).await?);
        let is_public = row.confirmed_by.is_some();
        if !by.may(Permission::Review) && (is_public || !by.may(Permission::Write)) {
            return Err(Refusal::NotAllowed.into());
        }
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        if !tx.drop_poll_link(poll, link).await.map_err(of_store)? {
            return Err(PollError::Conflict);
        }
        if is_public {
            tx.touch_poll(poll, now).await.map_err(of_store)?;
            tx.append_changes(row.change().as_slice(), now).await.map_err(of_store)?;
        }
        tx.audit(&self.did_link("drop", poll, link), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)
    }
}
