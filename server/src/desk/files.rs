//! Files that officers bring: attachments and tables of samples.

use app::{
    domain::{
        audit::Deed,
        publication::{
            Kind,
            content::{ATTACHMENTS, Attachment, Content},
            life::{Refusal, Stage},
        },
        staff::{Permission, Viewer},
    },
    ports::{DeskError, DeskResult, PortError, TableView},
    text,
};
use chrono::NaiveDate;
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::{DeskService, need, of_store};
use crate::{
    attach::{self, Limits},
    files::sha256,
    import,
    sampling::{ReadTable, read_table},
    store::{BulletinDraft, StoredAttachment},
};

/// Characters of a file's name at most.
const NAME: usize = 120;

/// A file's own name without folders and signs that names can't hold.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = name.chars().filter(|c| !c.is_control() && !"<>:\"|?*".contains(*c)).collect();
    let skipped = kept.chars().count().saturating_sub(NAME);
    kept.trim().chars().skip(skipped).collect()
}

impl DeskService {
    pub(super) async fn add_attachment(
        &self,
        by: &Viewer,
        id: Uuid,
        version: i64,
        name: &str,
        bytes: Vec<u8>,
    ) -> DeskResult<Attachment> {
        need(by, Permission::Write)?;
        let name = plain_name(name);
        let shown = name.clone();
        let inspected = spawn_blocking(move || attach::inspect(&shown, &bytes, &Limits::default())).await;
        let checked = inspected.map_err(|error| PortError::Internal(error.to_string()))?;
        let checked = checked.map_err(|refusal| DeskError::File(text::attachment::refusal(&refusal)))?;
        let attachment = Attachment {
            id: self.house.ids.secret(),
            name,
            media_type: checked.kind.media_type().to_owned(),
            size: checked.bytes.len() as u64,
            sha256: sha256(&checked.bytes),
        };
        let mut write = self.write(by, id, version).await?;
        let mut life = write.before.life.clone();
        let work = life.work.as_mut().filter(|work| work.stage == Stage::Draft).ok_or(Refusal::NotNow)?;
        let content = work.content.as_mut().ok_or(Refusal::NotNow)?;
        if content.attachments.len() >= ATTACHMENTS {
            return Err(DeskError::File(text::editing::too_many_attachments(ATTACHMENTS)));
        }
        content.attachments.push(attachment.clone());
        work.editors.insert(by.id);
        let stored = StoredAttachment {
            attachment: attachment.clone(),
            publication: id,
            text: checked.text,
            concerns: checked
                .concerns
                .iter()
                .map(|one| (text::attachment::concern(one), one.may_be_confirmed()))
                .collect(),
            public: false,
        };
        // the bytes first: a row without bytes would be a broken link, bytes without a row are cleaned at the next start
        let (folder, bytes) = (self.house.attachments.clone(), checked.bytes);
        let kept = spawn_blocking(move || folder.keep(stored.attachment.id, &bytes).map(|()| stored)).await;
        let kept = kept.map_err(|error| PortError::Internal(error.to_string()))?;
        let stored = kept.map_err(|error| PortError::Internal(error.to_string()))?;
        write.tx.insert_attachment(&stored, self.house.clock.now()).await.map_err(of_store)?;
        self.keep(write, &life, Deed::PublicationAttach).await?;
        Ok(attachment)
    }

    /// Reads a file as the table of the open work. What it says fills what the officer has not written.
    pub(super) async fn take_table(
        &self,
        by: &Viewer,
        id: Uuid,
        version: i64,
        name: String,
        bytes: Vec<u8>,
    ) -> DeskResult<i64> {
        need(by, Permission::Write)?;
        let found = self.find(id).await?;
        let work = found.life.work.as_ref().filter(|work| work.stage == Stage::Draft).ok_or(Refusal::NotNow)?;
        let content = work.content.clone().filter(|_| found.kind == Kind::Bulletin).ok_or(Refusal::NotNow)?;
        let read = self.read(id, plain_name(&name), bytes.clone(), content, Vec::new()).await?;
        let files = self.house.files.clone();
        let kept = spawn_blocking(move || files.keep(&bytes)).await;
        kept.map_err(|error| PortError::Internal(error.to_string()))?
            .map_err(|error| PortError::Internal(error.to_string()))?;
        self.set_table(by, id, version, &read).await
    }

    pub(super) async fn take_mapping(
        &self,
        by: &Viewer,
        id: Uuid,
        version: i64,
        mapping: Vec<(String, String, String)>,
    ) -> DeskResult<i64> {
        need(by, Permission::Write)?;
        let (content, name, bytes, _) = self.stored_table(id).await?;
        let read = self.read(id, name, bytes, content, mapping).await?;
        self.set_table(by, id, version, &read).await
    }

    pub(super) async fn view_table(&self, id: Uuid) -> DeskResult<TableView> {
        let (content, name, bytes, mapping) = self.stored_table(id).await?;
        Ok(self.read(id, name, bytes, content, mapping).await?.view())
    }

    /// The samples of a bulletin that is to be published.
    pub(super) async fn bulletin(
        &self,
        id: Uuid,
        content: &Content,
        published_on: NaiveDate,
        reason: &str,
    ) -> DeskResult<BulletinDraft> {
        let (_, name, bytes, mapping) = self.table_of(content.clone()).await?;
        let read = self.read(id, name, bytes, content.clone(), mapping).await?;
        Ok(read.bulletin(id, content, published_on, reason))
    }

    async fn set_table(&self, by: &Viewer, id: Uuid, version: i64, read: &ReadTable) -> DeskResult<i64> {
        let write = self.write(by, id, version).await?;
        let mut life = write.before.life.clone();
        let work = life.work.as_mut().filter(|work| work.stage == Stage::Draft).ok_or(Refusal::NotNow)?;
        let content = work.content.as_mut().ok_or(Refusal::NotNow)?;
        content.table = Some(read.table.clone());
        read.fill(content);
        work.editors.insert(by.id);
        self.keep(write, &life, Deed::PublicationTable).await
    }

    async fn stored_table(&self, id: Uuid) -> DeskResult<(Content, String, Vec<u8>, Vec<(String, String, String)>)> {
        let found = self.find(id).await?;
        let content = found.life.work.and_then(|work| work.content).ok_or(PortError::NotFound)?;
        self.table_of(content).await
    }

    async fn table_of(
        &self,
        content: Content,
    ) -> DeskResult<(Content, String, Vec<u8>, Vec<(String, String, String)>)> {
        let table = content.table.clone().ok_or(PortError::NotFound)?;
        let (files, hash) = (self.house.files.clone(), table.sha256.clone());
        let bytes = spawn_blocking(move || files.read(&hash)).await;
        let bytes = bytes.map_err(|error| PortError::Internal(error.to_string()))?;
        let bytes = bytes.map_err(|error| PortError::Internal(error.to_string()))?;
        Ok((content, table.name, bytes, table.mapping))
    }

    /// Reads a table off the async threads, telling how far it is.
    async fn read(
        &self,
        id: Uuid,
        name: String,
        bytes: Vec<u8>,
        content: Content,
        mapping: Vec<(String, String, String)>,
    ) -> DeskResult<ReadTable> {
        let (reading, today) = (self.reading.clone(), self.today());
        let set = move |rows: Option<u64>| {
            let mut reading = reading.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            match rows {
                Some(rows) => reading.insert(id, rows),
                None => reading.remove(&id),
            };
        };
        let told = set.clone();
        let read =
            spawn_blocking(move || read_table(&name, &bytes, &content, &mapping, today, &mut |rows| told(Some(rows))))
                .await;
        set(None);
        let read: Result<ReadTable, import::Refusal> = read.map_err(|error| PortError::Internal(error.to_string()))?;
        read.map_err(|refusal| DeskError::File(refusal.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_folders() {
        assert_eq!(plain_name("C:\\用户\\决定书.pdf"), "决定书.pdf");
        assert_eq!(plain_name("../../a\u{0}b.pdf"), "ab.pdf");
        assert!(plain_name(&format!("{}.pdf", "长".repeat(300))).ends_with("长.pdf"));
    }
}
