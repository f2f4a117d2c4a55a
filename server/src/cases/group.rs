//! Many forms, one commit: whoever comes while a commit is on its way waits for the next one together with all others.
//! Each form still is taken whole or not at all, and nobody is answered before the commit that holds theirs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use app::ports::PortError;
use tokio::sync::oneshot::{self, error::TryRecvError};

use super::job::{self, Job};
use crate::{fail, store::Db};

/// Forms of one commit at most: the writer must not be kept from others for long.
const MOST: usize = 64;

/// A form, and where its answer is awaited: whether it is new.
type Waiting = (Arc<Job>, oneshot::Sender<Result<bool, PortError>>);

/// The forms that wait.
#[derive(Default)]
pub(super) struct Group {
    waiting: Mutex<Vec<Waiting>>,
    turn: tokio::sync::Mutex<()>,
}

impl Group {
    /// Commits a form, with others that wait. No where the form was taken before.
    pub async fn commit(&self, db: &Db, job: &Arc<Job>) -> Result<bool, PortError> {
        loop {
            let (answer, mut awaited) = oneshot::channel();
            self.waiting().push((Arc::clone(job), answer));
            loop {
                let _turn = self.turn.lock().await;
                match awaited.try_recv() {
                    Ok(answer) => return answer,
                    // whoever had it in hand was given up in the middle, and with it the transaction
                    Err(TryRecvError::Closed) => break,
                    Err(TryRecvError::Empty) => {}
                }
                let batch = self.batch();
                commit(db, batch).await;
                // more may have waited before than one commit takes
                if let Ok(answer) = awaited.try_recv() {
                    return answer;
                }
            }
        }
    }

    fn batch(&self) -> Vec<Waiting> {
        let mut waiting = self.waiting();
        let count = waiting.len().min(MOST);
        waiting.drain(..count).collect()
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Commits forms together; where one of them fails, each alone.
async fn commit(db: &Db, batch: Vec<Waiting>) {
    let jobs: Vec<Arc<Job>> = batch.iter().map(|(job, _)| Arc::clone(job)).collect();
    let answers = match together(db, &jobs).await {
        Ok(answers) => answers.into_iter().map(Ok).collect(),
        Err(error) if jobs.len() == 1 => vec![Err(error)],
        Err(_) => {
            let mut answers = Vec::new();
            for job in &jobs {
                let alone = together(db, std::slice::from_ref(job)).await;
                answers.push(alone.map(|answers| answers.first().copied().unwrap_or_default()));
            }
            answers
        }
    };
    for ((_, awaited), answer) in batch.into_iter().zip(answers) {
        // nobody waits any more where the connection broke: the case is there, and the form's token finds it
        let _ = awaited.send(answer);
    }
}

async fn together(db: &Db, jobs: &[Arc<Job>]) -> Result<Vec<bool>, PortError> {
    let mut tx = db.begin().await?;
    let jobs: Vec<&Job> = jobs.iter().map(AsRef::as_ref).collect();
    let answers = job::write(&mut tx, &jobs).await?;
    fail::at("case-written");
    tx.commit().await?;
    fail::at("case-committed");
    Ok(answers)
}
