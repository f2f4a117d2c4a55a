//! Builds a new index beside the live one and switches: the repair for whatever happened.

use super::{IndexError, LiveIndex, follow::apply, sink::Sink};
use crate::{config::REBUILD_HEAP, store::Db};

/// Changes read at once while catching up.
const CHANGES: u32 = 2_000;

/// Rebuilds; `progress` is told the number of bulletins done. A running server switches at its next look.
///
/// # Errors
/// [`IndexError::Busy`] when another process rebuilds.
pub async fn rebuild(db: &Db, live: &LiveIndex, progress: impl FnMut(u64)) -> Result<u64, IndexError> {
    let (lock, name, index) = live.beside()?;
    let sink = Sink::new(db.clone(), index.writer(REBUILD_HEAP)?);
    let mut position = db.feed_position().await?;
    sink.put_all(progress).await?;
    sink.commit(position).await?;
    loop {
        let changes = db.changes_since(position, CHANGES).await?;
        let Some(reached) = apply(&sink, &changes).await? else { break };
        sink.commit(reached).await?;
        position = reached;
    }
    drop(sink);
    live.switch(&lock, &name)?;
    Ok(position)
}
