//! Files that officers bring: attachments and tables of samples.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

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
    ports::{DeskError, DeskResult, PortError, Reading, TableView},
    text,
};
use chrono::NaiveDate;
use tokio::{
    task::spawn_blocking,
    time::{Duration, timeout},
};
use uuid::Uuid;

use super::{DeskService, need, of_store};
use crate::{
    attach::{self, Limits},
    files::sha256,
    import,
    sampling::{ReadTable, read_table},
    store::{BulletinDraft, StoredAttachment},
};

/// How long an upload is waited for before its page says how far it is.
const PATIENCE: Duration = Duration::from_secs(1);
/// Tables whose reading is kept for looking at them.
const VIEWS: usize = 8;
/// A table as it was read: hash of the file, mapping.
type ViewKey = (String, Vec<(String, String, String)>);

/// Tables looked at lately.
#[derive(Default)]
pub(super) struct Views(Mutex<VecDeque<(ViewKey, TableView)>>);

impl Views {
    fn get(&self, key: &ViewKey) -> Option<TableView> {
        let views = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        views.iter().find(|(known, _)| known == key).map(|(_, view)| view.clone())
    }

    fn put(&self, key: ViewKey, view: TableView) {
        let mut views = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        views.retain(|(known, _)| *known != key);
        views.push_back((key, view));
        while views.len() > VIEWS {
            views.pop_front();
        }
    }
}

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
        let content = work.content.clone().ok_or(Refusal::NotNow)?;
        if found.kind == Kind::Register {
            return self.take_entries(by, id, version, plain_name(&name), bytes, content).await;
        }
        if found.kind != Kind::Bulletin {
            return Err(Refusal::NotNow.into());
        }
        let read = self.read(Some(id), plain_name(&name), bytes.clone(), content, Vec::new()).await?;
        self.keep_file(bytes).await?;
        self.set_table(by, id, version, &read).await
    }

    pub(super) async fn keep_file(&self, bytes: Vec<u8>) -> DeskResult<()> {
        let files = self.house.files.clone();
        let kept = spawn_blocking(move || files.keep(&bytes)).await;
        kept.map_err(|error| PortError::Internal(error.to_string()))?
            .map_err(|error| PortError::Internal(error.to_string()))?;
        Ok(())
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
        if content.kind == Kind::Register {
            return self.map_entries(by, id, version, name, bytes, content, mapping).await;
        }
        let read = self.read(Some(id), name, bytes, content, mapping).await?;
        self.set_table(by, id, version, &read).await
    }

    pub(super) async fn view_table(&self, id: Uuid) -> DeskResult<TableView> {
        let found = self.find(id).await?;
        let content = found.life.work.and_then(|work| work.content).ok_or(PortError::NotFound)?;
        let table = content.table.clone().ok_or(PortError::NotFound)?;
        if content.kind == Kind::Register {
            return self.view_entries(content).await;
        }
        let key = (table.sha256, table.mapping);
        if let Some(view) = self.views.get(&key) {
            return Ok(view);
        }
        let (content, name, bytes, mapping) = self.table_of(content).await?;
        let view = self.read(None, name, bytes, content, mapping).await?.view();
        self.views.put(key, view.clone());
        Ok(view)
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
        let read = self.read(None, name, bytes, content.clone(), mapping).await?;
        Ok(read.bulletin(id, content, published_on, reason))
    }

    async fn set_table(&self, by: &Viewer, id: Uuid, version: i64, read: &ReadTable) -> DeskResult<i64> {
        let set = |content: &mut Content| {
            content.table = Some(read.table.clone());
            read.fill(content);
        };
        self.change_table(by, id, version, set).await
    }

    pub(super) async fn change_table(
        &self,
        by: &Viewer,
        id: Uuid,
        version: i64,
        change: impl FnOnce(&mut Content) + Send,
    ) -> DeskResult<i64> {
        let write = self.write(by, id, version).await?;
        let mut life = write.before.life.clone();
        let work = life.work.as_mut().filter(|work| work.stage == Stage::Draft).ok_or(Refusal::NotNow)?;
        let content = work.content.as_mut().ok_or(Refusal::NotNow)?;
        change(content);
        work.editors.insert(by.id);
        self.keep(write, &life, Deed::PublicationTable).await
    }

    async fn stored_table(&self, id: Uuid) -> DeskResult<(Content, String, Vec<u8>, Vec<(String, String, String)>)> {
        let found = self.find(id).await?;
        let content = found.life.work.and_then(|work| work.content).ok_or(PortError::NotFound)?;
        self.table_of(content).await
    }

    pub(super) async fn table_of(
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

    pub(super) fn set_reading(&self, id: Uuid, reading: Option<Reading>) {
        let mut all = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        match reading {
            Some(reading) => all.insert(id, reading),
            None => all.remove(&id),
        };
    }

    /// Waits a moment for a table to be read. What takes longer goes on by itself, whether or not anybody waits; its
    /// page says how far it is, and why it could not be read. None: it goes on.
    pub async fn read_on(
        &self,
        id: Uuid,
        work: impl Future<Output = DeskResult<i64>> + Send + 'static,
    ) -> Option<DeskResult<i64>> {
        self.set_reading(id, Some(Reading::Rows(0)));
        let mut task = tokio::spawn(work);
        let ended = timeout(PATIENCE, &mut task).await;
        if let Ok(ended) = ended {
            self.set_reading(id, None);
            return Some(ended.unwrap_or_else(|error| Err(PortError::Internal(error.to_string()).into())));
        }
        let desk = self.clone();
        tokio::spawn(async move {
            let failed = match task.await {
                Ok(Ok(_)) => None,
                Ok(Err(error)) => Some(sentence(&error)),
                Err(_) => Some(text::editing::READ_FAILED.to_owned()),
            };
            desk.set_reading(id, failed.map(Reading::Failed));
        });
        None
    }

    /// Reads a table off the async threads, telling how far it is.
    async fn read(
        &self,
        id: Option<Uuid>,
        name: String,
        bytes: Vec<u8>,
        content: Content,
        mapping: Vec<(String, String, String)>,
    ) -> DeskResult<ReadTable> {
        let (desk, today) = (self.clone(), self.today());
        let mut told = move |rows| {
            if let Some(id) = id {
                desk.set_reading(id, Some(Reading::Rows(rows)));
            }
        };
        let read = spawn_blocking(move || read_table(&name, &bytes, &content, &mapping, today, &mut told)).await;
        let read: Result<ReadTable, import::Refusal> = read.map_err(|error| PortError::Internal(error.to_string()))?;
        read.map_err(|refusal| DeskError::File(refusal.to_string()))
    }
}

/// Why a table could not be taken, for its page.
fn sentence(error: &DeskError) -> String {
    match error {
        DeskError::File(sentence) => sentence.clone(),
        DeskError::Conflict(_) => text::editing::CONFLICT.to_owned(),
        DeskError::Refused(refusal) => text::editing::refusal(*refusal).to_owned(),
        _ => text::editing::READ_FAILED.to_owned(),
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
