//! Steps that check before they go on, and the public acts themselves.

use app::{
    domain::{
        act::Act,
        audit::Deed,
        publication::{
            Kind, Standing,
            content::Content,
            life::{Command, Life, Refusal, Work},
        },
        staff::Viewer,
    },
    ports::{DeskError, DeskResult, PortError, PortResult},
};
use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::{DeskService, Write, deed_of, of_store};
use crate::{
    fail,
    store::{BulletinDraft, Edition, Performed, Performing, Publication},
};

/// An act that is ready to become true: what takes long was done before the transaction.
struct Ready {
    content: Option<Content>,
    bulletin: Option<BulletinDraft>,
    edition: Option<Edition>,
    remove_on: Option<NaiveDate>,
}

impl DeskService {
    /// Submitting, approving and scheduling: only what could be published goes on.
    pub(super) async fn forward(&self, by: &Viewer, id: Uuid, version: i64, command: Command) -> DeskResult<Life> {
        let write = self.write(by, id, version).await?;
        let deed = deed_of(&command);
        let life = write.before.life.apply(command, by, self.house.clock.now())?;
        self.unblocked(id, &life).await?;
        self.keep(write, &life, deed).await?;
        Ok(life)
    }

    async fn unblocked(&self, id: Uuid, life: &Life) -> DeskResult<()> {
        let Some(work) = &life.work else { return Ok(()) };
        let checks = self.check(id, work).await?;
        if checks.blocks() { Err(DeskError::Blocked(Box::new(checks))) } else { Ok(()) }
    }

    /// Begins the next act on what was public; a correction begins with what is public.
    pub(super) async fn open(&self, by: &Viewer, id: Uuid, version: i64, act: Act, reason: String) -> DeskResult<Life> {
        let public = match self.find(id).await? {
            found if found.kind == Kind::Bulletin => self.bulletin_content(&found).await?,
            found => found.content,
        };
        let write = self.write(by, id, version).await?;
        let life =
            write.before.life.apply(Command::Open { act, reason, content: public }, by, self.house.clock.now())?;
        self.keep(write, &life, Deed::PublicationOpen).await?;
        Ok(life)
    }

    /// Drops open work; what never was public goes altogether, with its files.
    pub(super) async fn discard(&self, by: &Viewer, id: Uuid, version: i64) -> DeskResult<Life> {
        let mut write = self.write(by, id, version).await?;
        let life = write.before.life.apply(Command::Discard, by, self.house.clock.now())?;
        if life.standing != Standing::Never {
            self.keep(write, &life, Deed::PublicationDiscard).await?;
            return Ok(life);
        }
        let files = self.house.db.attachments(id).await.map_err(of_store)?;
        let deleted = write.tx.delete_publication(id, version).await.map_err(of_store)?;
        if !deleted {
            return Err(PortError::Unavailable("publication changed meanwhile".into()).into());
        }
        let entry = self.did(Deed::PublicationDiscard, id);
        write.tx.audit(&entry, self.house.clock.now()).await.map_err(of_store)?;
        write.tx.commit().await.map_err(of_store)?;
        let attachments = files.into_iter().map(|stored| stored.attachment.id).collect();
        self.clean(Performed { attachments, originals: Vec::new() }).await;
        Ok(life)
    }

    /// A public act by an officer.
    pub(super) async fn perform(&self, by: &Viewer, id: Uuid, version: i64) -> DeskResult<Life> {
        let found = self.find(id).await?;
        let next = found.life.apply(Command::Perform, by, self.house.clock.now())?;
        self.make_true(&found, next, version, by).await
    }

    /// A scheduled act whose time has come.
    pub(super) async fn perform_due(&self, id: Uuid) -> DeskResult<()> {
        let found = self.find(id).await?;
        let next = found.life.due(self.house.clock.now())?;
        let version = found.version;
        self.make_true(&found, next, version, &system()).await?;
        Ok(())
    }

    /// The removal of a record whose time is over.
    pub(super) async fn expire(&self, id: Uuid) -> DeskResult<()> {
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let Some(found) = tx.publication(id).await.map_err(of_store)? else { return Ok(()) };
        let next = found.life.expired()?;
        let act = Performing {
            next,
            act: Act::Remove,
            content: None,
            bulletin: None,
            edition: None,
            reason: "",
            hides_earlier: true,
            remove_on: found.remove_on,
        };
        let now = self.house.clock.now();
        let done = tx.perform(&found, &act, &self.house.ids, now).await.map_err(of_store)?;
        tx.audit(&self.did(Deed::PublicationExpire, id), now).await.map_err(of_store)?;
        tx.commit().await.map_err(of_store)?;
        self.clean(done).await;
        Ok(())
    }

    /// The removal of a register's entries whose time is over.
    pub(super) async fn expire_entries(&self, id: Uuid) -> DeskResult<()> {
        let mut tx = self.house.db.begin().await.map_err(of_store)?;
        let Some(found) = tx.publication(id).await.map_err(of_store)? else { return Ok(()) };
        let now = self.house.clock.now();
        fail::at("before-transaction");
        let gone = tx.expire_entries(&found, self.today(), &self.house.ids, now).await.map_err(of_store)?;
        tx.audit(&self.did(Deed::PublicationExpire, id).with(json!({ "entries": gone })), now)
            .await
            .map_err(of_store)?;
        fail::at("before-commit");
        tx.commit().await.map_err(of_store)
    }

    async fn make_true(&self, found: &Publication, next: Life, version: i64, by: &Viewer) -> DeskResult<Life> {
        let work = found.life.work.clone().ok_or(Refusal::NotNow)?;
        self.unblocked(found.id, &found.life).await?;
        let ready = self.ready(found.id, &work).await?;
        fail::at("before-transaction");
        let Write { mut tx, before } = self.write(by, found.id, version).await?;
        let act = Performing {
            next: next.clone(),
            act: work.act,
            content: ready.content.as_ref(),
            bulletin: ready.bulletin.as_ref(),
            edition: ready.edition.as_ref(),
            reason: &work.reason,
            hides_earlier: work.hides_earlier,
            remove_on: ready.remove_on,
        };
        let now = self.house.clock.now();
        let done = tx.perform(&before, &act, &self.house.ids, now).await.map_err(of_store)?;
        let entry = self.did(Deed::PublicationPerform, found.id).with(json!({ "act": work.act.code() }));
        tx.audit(&entry, now).await.map_err(of_store)?;
        fail::at("before-commit");
        tx.commit().await.map_err(of_store)?;
        fail::at("after-commit");
        self.clean(done).await;
        Ok(next)
    }

    async fn ready(&self, id: Uuid, work: &Work) -> DeskResult<Ready> {
        let Some(mut content) = work.content.clone() else {
            return Ok(Ready { content: None, bulletin: None, edition: None, remove_on: None });
        };
        let published_on = content.published_on.unwrap_or_else(|| self.today());
        content.published_on = Some(published_on);
        let remove_on = self.removal(&content, published_on).ok().flatten().and_then(|removal| removal.on);
        let bulletin = match content.kind {
            Kind::Bulletin => Some(self.bulletin(id, &content, published_on, &work.reason).await?),
            _ => None,
        };
        let edition = match content.kind {
            Kind::Register => Some(self.edition(&content).await?),
            _ => None,
        };
        Ok(Ready { content: Some(content), bulletin, edition, remove_on })
    }

    /// Deletes bytes that nothing names any more. A crash before it leaves them to the next start.
    async fn clean(&self, done: Performed) {
        let (attachments, files) = (self.house.attachments.clone(), self.house.files.clone());
        let cleaned = tokio::task::spawn_blocking(move || {
            let gone = done.attachments.iter().map(|id| attachments.delete(*id));
            let originals = done.originals.iter().map(|hash| files.delete(hash));
            gone.chain(originals).filter_map(Result::err).for_each(|error| tracing::error!(%error, "file not deleted"));
        });
        if let Err(error) = cleaned.await {
            tracing::error!(%error, "files not deleted");
        }
    }

    /// What a public bulletin says, without its table.
    pub(super) async fn bulletin_content(&self, found: &Publication) -> PortResult<Option<Content>> {
        Ok(self.house.db.bulletin_as_content(found.id).await?)
    }
}

/// Who acts when the time has come.
fn system() -> Viewer {
    Viewer { id: Uuid::nil(), name: String::new(), roles: app::domain::staff::Role::ALL.to_vec(), csrf: String::new() }
}
