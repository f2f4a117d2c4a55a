//! Writes documents of bulletins and operators; the reading of the next page overlaps the writing of this one.

use std::sync::{Arc, Mutex, PoisonError};

use app::{
    domain::publication::Kind,
    ports::{Directory, Notice, NoticeScope, Notices, PortError, Publications, Sample, SampleScope},
};
use search::{Document, Writer};
use tokio::task::{JoinHandle, spawn_blocking};
use uuid::Uuid;

use super::{IndexError, documents};
use crate::{fail, store::Db};

/// Samples and operators read at once.
const PAGE: u32 = 1_000;
/// Bulletins listed at once.
const BULLETINS: u32 = 100;

/// Where documents go.
#[derive(Clone)]
pub struct Sink {
    db: Db,
    writer: Arc<Mutex<Writer>>,
}

impl Sink {
    pub fn new(db: Db, writer: Writer) -> Self {
        Self { db, writer: Arc::new(Mutex::new(writer)) }
    }

    /// Runs a piece of work with the writer, off the async threads.
    fn with_writer<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Writer) -> Result<T, search::Error> + Send + 'static,
    ) -> JoinHandle<Result<T, search::Error>> {
        let writer = Arc::clone(&self.writer);
        spawn_blocking(move || work(&mut writer.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    fn add_samples(&self, samples: Vec<Sample>) -> JoinHandle<Result<(), search::Error>> {
        self.with_writer(move |writer| samples.iter().try_for_each(|sample| writer.add(&documents::sample(sample))))
    }

    /// Replaces a bulletin and its samples by what is public now, which may be nothing.
    pub async fn put_bulletin(&self, id: Uuid) -> Result<(), IndexError> {
        let group = id.simple().to_string();
        self.with_writer(move |writer| {
            writer.delete_group(&group);
            Ok(())
        })
        .await??;
        let bulletin = match self.db.bulletin(id).await {
            Ok(bulletin) => bulletin,
            Err(PortError::NotFound | PortError::Gone(_)) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let document = documents::bulletin(&bulletin);
        self.with_writer(move |writer| writer.add(&document)).await??;
        let mut page = self.db.samples(id, SampleScope::default(), None, PAGE).await?;
        while let Some(after) = page.next.take() {
            let adding = self.add_samples(page.items);
            let next = self.db.samples(id, SampleScope::default(), Some(&after), PAGE).await;
            adding.await??;
            page = next?;
        }
        self.add_samples(page.items).await??;
        Ok(())
    }

    /// Replaces a publication of another kind by what is public of it now, which may be nothing.
    pub async fn put_notice(&self, kind: Kind, id: Uuid) -> Result<(), IndexError> {
        let notice = match self.db.notice(id).await {
            Ok(notice) => Some(notice),
            Err(PortError::NotFound | PortError::Gone(_)) => None,
            Err(error) => return Err(error.into()),
        };
        self.with_writer(move |writer| {
            writer.delete(&documents::document_id(kind.code(), id));
            notice.map_or(Ok(()), |full| writer.add(&documents::notice(&full.notice)))
        })
        .await??;
        Ok(())
    }

    /// Replaces a register and its entries by what is public now, which may be nothing.
    pub async fn put_register(&self, id: Uuid) -> Result<(), IndexError> {
        let group = id.simple().to_string();
        self.with_writer(move |writer| {
            writer.delete_group(&group);
            Ok(())
        })
        .await??;
        let notice = match self.db.notice(id).await {
            Ok(full) => full.notice,
            Err(PortError::NotFound | PortError::Gone(_)) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let document = documents::notice(&notice);
        self.with_writer(move |writer| writer.add(&document)).await??;
        self.put_entries(&notice).await
    }

    async fn put_entries(&self, register: &Notice) -> Result<(), IndexError> {
        let mut after = (i64::MIN, Uuid::nil());
        loop {
            let page = self.db.indexed_entries(register.id, after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = (last.ordinal, last.id);
            let documents: Vec<Document> = page.iter().map(|entry| documents::entry(register, entry)).collect();
            self.with_writer(move |writer| documents.iter().try_for_each(|document| writer.add(document))).await??;
        }
    }

    /// Replaces operators by what is public of them now.
    pub async fn put_operators(&self, ids: Vec<Uuid>) -> Result<(), IndexError> {
        if ids.is_empty() {
            return Ok(());
        }
        let public = self.db.public_operators(&ids).await?;
        self.with_writer(move |writer| {
            for id in ids {
                writer.delete(&documents::document_id(documents::OPERATOR, id));
            }
            public.iter().try_for_each(|operator| writer.add(&documents::operator(operator)))
        })
        .await??;
        Ok(())
    }

    /// Writes everything that is public; `progress` is told the number of bulletins done.
    pub async fn put_all(&self, mut progress: impl FnMut(u64)) -> Result<(), IndexError> {
        let mut done = 0;
        let mut after: Option<String> = None;
        loop {
            let page = self.db.bulletins(None, after.as_deref(), BULLETINS).await?;
            for bulletin in &page.items {
                self.put_bulletin(bulletin.id).await?;
                done += 1;
                progress(done);
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        loop {
            let page = self.db.notices(NoticeScope::default(), after.as_deref(), PAGE).await?;
            let documents: Vec<Document> = page.items.iter().map(documents::notice).collect();
            self.with_writer(move |writer| documents.iter().try_for_each(|document| writer.add(document))).await??;
            for notice in page.items.iter().filter(|notice| notice.content.kind == Kind::Register) {
                self.put_entries(notice).await?;
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        loop {
            let page = self.db.operators(after.as_deref(), PAGE).await?;
            self.put_operators(page.items.iter().map(|operator| operator.id).collect()).await?;
            after = page.next;
            if after.is_none() {
                return Ok(());
            }
        }
    }

    /// Makes everything written so far visible, as the state of a feed position.
    pub async fn commit(&self, position: u64) -> Result<(), IndexError> {
        fail::at("before-index");
        self.with_writer(move |writer| writer.commit(position)).await??;
        fail::at("after-index");
        Ok(())
    }
}

/// Every public document, for comparing.
pub async fn each_document(db: &Db, mut visit: impl FnMut(Document)) -> Result<(), IndexError> {
    let mut after: Option<String> = None;
    loop {
        let page = db.bulletins(None, after.as_deref(), BULLETINS).await?;
        for line in &page.items {
            visit(documents::bulletin(&db.bulletin(line.id).await?));
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    loop {
        let page = db.all_samples(SampleScope::default(), after.as_deref(), PAGE).await?;
        page.items.iter().map(documents::sample).for_each(&mut visit);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    loop {
        let page = db.notices(NoticeScope::default(), after.as_deref(), PAGE).await?;
        page.items.iter().map(documents::notice).for_each(&mut visit);
        for register in page.items.iter().filter(|notice| notice.content.kind == Kind::Register) {
            let mut place = (i64::MIN, Uuid::nil());
            loop {
                let entries = db.indexed_entries(register.id, place, PAGE).await?;
                let Some(last) = entries.last() else { break };
                place = (last.ordinal, last.id);
                entries.iter().map(|entry| documents::entry(register, entry)).for_each(&mut visit);
            }
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    loop {
        let page = db.operators(after.as_deref(), PAGE).await?;
        let ids: Vec<Uuid> = page.items.iter().map(|operator| operator.id).collect();
        db.public_operators(&ids).await?.iter().map(documents::operator).for_each(&mut visit);
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}
