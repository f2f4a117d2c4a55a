//! What time does by itself: scheduled acts, the end of public records, bytes left over from a crash.

use std::{collections::HashSet, time::Duration};

use tokio::sync::watch;

use super::DeskService;
use crate::store::StoreError;

/// Days after the end of a case for which an operator's contact data are kept: a year, longer than any time to appeal
/// (行政复议 60 days, 行政诉讼 six months), and no longer than needed (PIPL art. 19).
const CONTACT_DAYS: i64 = 365;
/// How often the desk looks at the clock. A removal must be true within a minute.
const LOOK: Duration = Duration::from_secs(5);

impl DeskService {
    /// Does all that is due now. Gives how many acts were done.
    pub async fn do_due(&self) -> Result<usize, StoreError> {
        let mut done = 0;
        for id in self.house.db.publications_due(self.house.clock.now()).await? {
            match self.perform_due(id).await {
                Ok(()) => done += 1,
                Err(error) => tracing::error!(%error, %id, "scheduled act not done"),
            }
        }
        for id in self.house.db.publications_expired(self.today()).await? {
            match self.expire(id).await {
                Ok(()) => done += 1,
                Err(error) => tracing::error!(%error, %id, "record not removed"),
            }
        }
        for id in self.house.db.registers_expiring(self.today()).await? {
            match self.expire_entries(id).await {
                Ok(()) => done += 1,
                Err(error) => tracing::error!(%error, %id, "entries not removed"),
            }
        }
        self.house.db.forget_case_drafts(self.house.clock.now()).await?;
        done += self.house.db.expire_complaints(self.today(), self.house.clock.now()).await?;
        self.house.db.forget_contacts(self.house.clock.now() - chrono::TimeDelta::days(CONTACT_DAYS)).await?;
        let now = self.house.clock.now();
        self.house.db.forget_letters(now - chrono::TimeDelta::days(crate::mail::KEEP_DAYS)).await?;
        Ok(done)
    }

    /// Deletes the bytes of attachments that no row names: left by a crash between file and row.
    pub async fn sweep(&self) -> Result<usize, StoreError> {
        let known: HashSet<_> = self.house.db.attachment_ids().await?.into_iter().collect();
        let folder = self.house.attachments.clone();
        let swept = tokio::task::spawn_blocking(move || folder.sweep(&known)).await;
        match swept {
            Ok(Ok(count)) => Ok(count),
            Ok(Err(error)) => {
                tracing::error!(%error, "attachments can't be swept");
                Ok(0)
            }
            Err(_) => Ok(0),
        }
    }
}

/// Does what is due at the start and from then on, until told to stop.
pub async fn keep_time(desk: DeskService, mut stop: watch::Receiver<bool>) {
    if let Err(error) = desk.sweep().await {
        tracing::error!(%error, "attachments can't be swept");
    }
    loop {
        if let Err(error) = desk.do_due().await {
            tracing::error!(%error, "the desk's clock stands");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
