//! Segments that are passed on: each is fetched once and read by all who watch, each at their own pace. Everything together
//! has a bound; what is oldest is taken away first, also from readers who are too slow.

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use app::domain::stream::playlist::Part;
use axum::body::Bytes;
use futures::Stream;
use tokio::{
    sync::{Semaphore, watch},
    time::Instant,
};
use uuid::Uuid;

use super::{RelayFault, RelayLimits};
use crate::kitchens::{Answer, FetchFault};

/// How long a segment is kept: the length of the playlist that players are given, about.
const KEPT: Duration = Duration::from_mins(1);
/// How long a failure is told to others without asking again.
const FAILED: Duration = Duration::from_secs(2);
/// Segments that are kept.
const MOST_REELS: usize = 1024;
/// Segments of one camera that are fetched at once.
const MOST_OF_ONE: usize = 6;

/// Which segment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Id {
    pub camera: Uuid,
    pub part: Part,
}

/// A segment, whole or growing.
pub(super) struct Reel {
    born: Instant,
    state: Mutex<State>,
    grew: watch::Sender<()>,
}

#[derive(Default)]
struct State {
    pieces: Vec<Bytes>,
    bytes: usize,
    length: Option<u64>,
    end: Option<Result<(), FetchFault>>,
    /// Taken away to make room
    gone: bool,
}

/// All segments.
pub(super) struct Shelf {
    limits: RelayLimits,
    fetches: Semaphore,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    bytes: usize,
    reels: HashMap<Id, Arc<Reel>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Inner {
    /// Takes a segment away, also from those who read it.
    fn remove(&mut self, id: &Id) {
        let Some(reel) = self.reels.remove(id) else { return };
        let mut state = lock(&reel.state);
        self.bytes -= state.bytes;
        *state = State { gone: true, ..State::default() };
        drop(state);
        reel.grew.send_replace(());
    }

    /// The oldest one but this.
    fn oldest_but(&self, id: &Id) -> Option<Id> {
        let others = self.reels.iter().filter(|(other, _)| *other != id);
        others.min_by_key(|(_, reel)| reel.born).map(|(other, _)| other.clone())
    }

    fn forget_old(&mut self) {
        let is_old = |reel: &Arc<Reel>| {
            let age = reel.born.elapsed();
            age > KEPT || (age > FAILED && matches!(lock(&reel.state).end, Some(Err(_))))
        };
        let old: Vec<Id> = self.reels.iter().filter(|(_, reel)| is_old(reel)).map(|(id, _)| id.clone()).collect();
        for id in &old {
            self.remove(id);
        }
    }
}

impl Shelf {
    pub fn new(limits: RelayLimits) -> Self {
        Self { limits, fetches: Semaphore::new(limits.fetches), inner: Mutex::default() }
    }

    pub fn counts(&self) -> (usize, usize) {
        let inner = lock(&self.inner);
        (inner.bytes, inner.reels.len())
    }

    /// A segment, and whether it is new, so that the caller fills it.
    pub fn open(&self, id: &Id) -> Result<(Arc<Reel>, bool), RelayFault> {
        let mut inner = lock(&self.inner);
        inner.forget_old();
        if let Some(reel) = inner.reels.get(id) {
            return Ok((Arc::clone(reel), false));
        }
        let is_growing =
            |(other, reel): &(&Id, &Arc<Reel>)| other.camera == id.camera && lock(&reel.state).end.is_none();
        if inner.reels.iter().filter(is_growing).count() >= MOST_OF_ONE {
            return Err(RelayFault::Full);
        }
        if inner.reels.len() >= MOST_REELS
            && let Some(oldest) = inner.oldest_but(id)
        {
            inner.remove(&oldest);
        }
        let reel = Arc::new(Reel { born: Instant::now(), state: Mutex::default(), grew: watch::Sender::new(()) });
        inner.reels.insert(id.clone(), Arc::clone(&reel));
        Ok((reel, true))
    }

    /// Fetches a segment. It ends when the segment does, with a fault, or when it was taken away.
    pub async fn fill(&self, id: &Id, reel: &Reel, asking: impl Future<Output = Result<Answer, FetchFault>>) {
        let Ok(_slot) = self.fetches.acquire().await else { return };
        let filled = async {
            let mut answer = asking.await?;
            lock(&reel.state).length = answer.length;
            while let Some(piece) = answer.body.piece().await? {
                self.put(id, reel, piece)?;
            }
            Ok::<(), FetchFault>(())
        };
        let end = filled.await;
        lock(&reel.state).end = Some(end);
        reel.grew.send_replace(());
    }

    /// Adds a piece; what is oldest makes room.
    fn put(&self, id: &Id, reel: &Reel, piece: Bytes) -> Result<(), FetchFault> {
        let mut inner = lock(&self.inner);
        while inner.bytes + piece.len() > self.limits.memory {
            let oldest = inner.oldest_but(id).ok_or(FetchFault::TooLarge)?;
            inner.remove(&oldest);
        }
        let mut state = lock(&reel.state);
        if state.gone {
            return Err(FetchFault::Cut);
        }
        inner.bytes += piece.len();
        state.bytes += piece.len();
        state.pieces.push(piece);
        drop(state);
        reel.grew.send_replace(());
        Ok(())
    }
}

impl Reel {
    /// Told length.
    pub fn length(&self) -> Option<u64> {
        lock(&self.state).length
    }

    /// At least the first bytes, or all if there are fewer.
    pub async fn beginning(&self, least: usize) -> Result<Vec<u8>, RelayFault> {
        let mut grew = self.grew.subscribe();
        loop {
            grew.borrow_and_update();
            {
                let state = lock(&self.state);
                match state.end {
                    Some(Err(fault)) => return Err(fault.into()),
                    _ if state.gone => return Err(RelayFault::Full),
                    end if end.is_some() || state.bytes >= least => {
                        let bytes = state.pieces.iter().flat_map(|piece| piece.iter().copied());
                        return Ok(bytes.take(least.min(4096)).collect());
                    }
                    _ => {}
                }
            }
            if grew.changed().await.is_err() {
                return Err(RelayFault::Full);
            }
        }
    }

    /// A piece by its place; `None` at the end.
    async fn piece(&self, place: usize) -> Option<io::Result<Bytes>> {
        let mut grew = self.grew.subscribe();
        loop {
            grew.borrow_and_update();
            {
                let state = lock(&self.state);
                if state.gone {
                    return Some(Err(io::Error::from(io::ErrorKind::TimedOut)));
                }
                match (state.pieces.get(place), state.end) {
                    (Some(piece), _) => return Some(Ok(piece.clone())),
                    (None, Some(Ok(()))) => return None,
                    (None, Some(Err(_))) => return Some(Err(io::Error::from(io::ErrorKind::UnexpectedEof))),
                    (None, None) => {}
                }
            }
            if grew.changed().await.is_err() {
                return Some(Err(io::Error::from(io::ErrorKind::UnexpectedEof)));
            }
        }
    }
}

/// All pieces, each when the reader takes it. Between two, nothing is held for the reader but the place.
pub(super) fn pieces(reel: Arc<Reel>) -> impl Stream<Item = io::Result<Bytes>> + Send {
    futures::stream::unfold(Some((reel, 0)), |at| async move {
        let (reel, place) = at?;
        match reel.piece(place).await? {
            Ok(piece) => Some((Ok(piece), Some((reel, place + 1)))),
            Err(error) => Some((Err(error), None)),
        }
    })
}
