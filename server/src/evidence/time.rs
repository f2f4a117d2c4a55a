//! What time does by itself: baskets that no case took, files that no row names.

use std::{collections::HashMap, time::Duration};

use tokio::sync::watch;

use super::{Evidence, EvidenceResult, blocking};

/// How often old baskets are looked for.
const LOOK: Duration = Duration::from_mins(10);

impl Evidence {
    /// Deletes baskets that no case took in time, and the files of cases whose time of retention is over. Gives how many
    /// files.
    pub async fn expire(&self) -> EvidenceResult<usize> {
        let mut tx = self.house.db.begin().await?;
        let mut ids = tx.expire_baskets(self.house.clock.now() - self.settings.basket_life()).await?;
        ids.extend(tx.forget_over(self.house.clock.today()).await?);
        tx.commit().await?;
        self.delete_files(&ids).await?;
        Ok(ids.len())
    }

    /// Deletes files that a crash left behind. Gives how many. Before requests are answered.
    pub async fn sweep(&self) -> EvidenceResult<usize> {
        let folder = self.folder.clone();
        // files first: what comes after that is nobody's to sweep
        let seen = blocking(move || folder.ids()).await?;
        let rows: HashMap<_, _> = self.house.db.evidence_ids().await?.into_iter().collect();
        let folder = self.folder.clone();
        Ok(blocking(move || folder.sweep(&seen, &rows)).await?)
    }
}

/// Deletes old baskets from time to time, until told to stop.
pub async fn keep_evidence(evidence: Evidence, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = evidence.expire().await {
            tracing::error!(%error, "old evidence can't be deleted");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}
