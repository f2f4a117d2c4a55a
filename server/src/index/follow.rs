//! The one indexer: reads the feed from the position that the index carries, writes, commits with the new position.

use std::{collections::HashSet, sync::Arc};

use app::domain::publication::Kind;
use tokio::sync::watch;
use uuid::Uuid;

use super::{IndexError, LiveIndex, sink::Sink};
use crate::{
    config::{FEED_POLL, FOLLOW_HEAP},
    store::{Change, Db, Entity},
};

/// Changes read at once.
const CHANGES: u32 = 2_000;
/// Bulletins of one commit; one may have 100,000 samples.
const BULLETINS: usize = 20;
/// Waiting after a failure.
const AFTER_FAILURE: std::time::Duration = std::time::Duration::from_secs(1);

/// How far database and index are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Position of the feed
    pub feed: u64,
    /// Position of the index
    pub index: u64,
}

impl Standing {
    /// The index lacks everything: it is being built from nothing.
    pub fn is_filling(self) -> bool {
        self.index == 0 && self.feed > 0
    }
}

/// Follows the feed.
pub struct Follower {
    db: Db,
    live: Arc<LiveIndex>,
    heap: usize,
    sink: Option<Sink>,
}

impl Follower {
    /// A follower with the writer's memory for following.
    pub fn new(db: Db, live: Arc<LiveIndex>) -> Self {
        Self { db, live, heap: FOLLOW_HEAP, sink: None }
    }

    /// One step: nothing when the index is at the feed's position, or when another process writes it.
    pub async fn step(&mut self) -> Result<Standing, IndexError> {
        match self.try_step().await {
            Ok(standing) => Ok(standing),
            Err(error) => {
                // never roll back: drop the writer and resume from the last commit's payload
                self.sink = None;
                if matches!(error, IndexError::Search(search::Error::Corrupt(_))) {
                    self.live.start_over()?;
                }
                Err(error)
            }
        }
    }

    async fn try_step(&mut self) -> Result<Standing, IndexError> {
        let feed = self.db.feed_position().await?;
        if self.live.refresh()? {
            self.sink = None;
        }
        let index = self.live.get().position()?;
        if index == feed {
            return Ok(Standing { feed, index });
        }
        let Some(sink) = self.sink()? else { return Ok(Standing { feed, index }) };
        // the writer's lock is ours now: what others committed before is final
        self.live.get().reload()?;
        let index = self.live.get().position()?;
        if index > feed {
            tracing::warn!(index, feed, "index is ahead of the database, it is built anew");
            self.sink = None;
            self.live.start_over()?;
            return Ok(Standing { feed, index: 0 });
        }
        let reached = if index == 0 { fill(&self.db, &sink).await? } else { self.follow(&sink, index).await? };
        Ok(Standing { feed, index: reached })
    }

    /// The writer, or `None` while another process has it.
    fn sink(&mut self) -> Result<Option<Sink>, IndexError> {
        if self.sink.is_none() {
            match self.live.get().writer(self.heap) {
                Ok(writer) => self.sink = Some(Sink::new(self.db.clone(), writer)),
                Err(search::Error::Locked) => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(self.sink.clone())
    }

    async fn follow(&self, sink: &Sink, from: u64) -> Result<u64, IndexError> {
        let changes = self.db.changes_since(from, CHANGES).await?;
        let reached = apply(sink, &changes).await?.unwrap_or(from);
        sink.commit(reached).await?;
        Ok(reached)
    }

    /// Steps until the index is at the feed's position, or another process is at work on it.
    pub async fn catch_up(&mut self) -> Result<Standing, IndexError> {
        loop {
            let before = self.live.get().position()?;
            let standing = self.step().await?;
            if standing.index >= standing.feed || standing.index == before {
                return Ok(standing);
            }
        }
    }

    /// Reads every file of the index once and leaves a damaged one: opening looks at the ends of files only.
    async fn validate(&mut self) -> Result<(), IndexError> {
        let index = self.live.get();
        if let Err(error) = tokio::task::spawn_blocking(move || index.validate()).await? {
            tracing::error!(%error, "index is damaged, it is built anew");
            self.sink = None;
            self.live.start_over()?;
        }
        Ok(())
    }

    /// Follows until told to stop, and tells how far it is.
    pub async fn run(mut self, tell: watch::Sender<Standing>, mut stop: watch::Receiver<bool>) {
        if let Err(error) = self.validate().await {
            tracing::error!(%error, "index can't be validated");
        }
        loop {
            let pause = match self.step().await {
                Ok(standing) => {
                    tell.send_if_modified(|known| std::mem::replace(known, standing) != standing);
                    if standing.index < standing.feed && self.sink.is_some() {
                        continue;
                    }
                    FEED_POLL
                }
                Err(error) => {
                    tracing::error!(%error, "indexing failed, it is tried again");
                    AFTER_FAILURE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }
}

/// Writes what changed, each thing once in its present state. Gives the last position that is done.
pub(super) async fn apply(sink: &Sink, changes: &[Change]) -> Result<Option<u64>, IndexError> {
    let mut done: HashSet<(Entity, Uuid)> = HashSet::new();
    let mut operators = Vec::new();
    let mut bulletins = 0;
    let mut last = None;
    for change in changes {
        if bulletins == BULLETINS {
            break;
        }
        last = Some(change.position);
        if !done.insert((change.entity, change.id)) {
            continue;
        }
        match change.entity {
            Entity::Operator => operators.push(change.id),
            Entity::Poll => {}
            Entity::Publication(Kind::Bulletin) => {
                sink.put_bulletin(change.id).await?;
                bulletins += 1;
            }
            Entity::Publication(Kind::Register) => {
                sink.put_register(change.id).await?;
                bulletins += 1;
            }
            Entity::Publication(kind) => sink.put_notice(kind, change.id).await?,
        }
    }
    sink.put_operators(operators).await?;
    Ok(last)
}

/// Builds an empty index. The position is read first: what changes meanwhile is followed afterwards.
async fn fill(db: &Db, sink: &Sink) -> Result<u64, IndexError> {
    let position = db.feed_position().await?;
    sink.put_all(|_| ()).await?;
    sink.commit(position).await?;
    tracing::info!(position, "index built");
    Ok(position)
}
