//! Evidence files of complaints and reports: received in pieces, cleaned, encrypted, bound to a case.
//!
//! A browser holds a secret token; its files lie in the basket of the token's hash until
//! [`Tx::take_evidence`](crate::store::Tx::take_evidence) binds them to a case. No row says *ready* before its file is
//! on the disk, and every byte on the disk is sealed by a key outside the database.

mod clean;
mod disk;
mod part;
mod quota;
mod read;
mod receive;
mod sealed;
mod time;
mod video;

use std::{io, net::IpAddr, sync::Arc};

use app::domain::evidence::{Class, Kind, Limits, Refusal, Side, State, kept_name};
use chrono::{DateTime, Utc};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::{
    auth::Token,
    config::EvidenceSettings,
    house::House,
    secret::{Place, SecretError},
    store::{EvidenceRow, NewEvidence, StoreError, Tally},
};

pub use read::Opened;
pub use time::keep_evidence;

use disk::Folder;
use part::Part;
use quota::Quota;

const TABLE: &str = "evidence";

/// The house of evidence. Cloning is cheap.
#[derive(Clone)]
pub struct Evidence {
    house: House,
    settings: EvidenceSettings,
    folder: Folder,
    quota: Arc<Quota>,
    /// Cleaning takes memory: so many at once
    checks: Arc<Semaphore>,
}

/// Who sends.
#[derive(Clone, Copy, Debug)]
pub struct Sender {
    /// Citizen or officer
    pub side: Side,
    /// Network address, where it is known; officers have no quota
    pub address: Option<IpAddr>,
}

impl Sender {
    /// A citizen at an address.
    #[must_use]
    pub fn citizen(address: Option<IpAddr>) -> Self {
        Self { side: Side::Citizen, address }
    }

    /// An officer.
    #[must_use]
    pub fn desk() -> Self {
        Self { side: Side::Desk, address: None }
    }
}

/// A file as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Id
    pub id: Uuid,
    /// Who gave it
    pub side: Side,
    /// Name
    pub name: String,
    /// What it is, once it is ready
    pub kind: Option<Kind>,
    /// As announced; of the cleaned content once it is ready
    pub bytes: u64,
    /// SHA-256 of the cleaned content, hexadecimal
    pub sha256: Option<String>,
    /// State
    pub state: State,
    /// How much has come
    pub received: u64,
    /// When it began to come
    pub at: DateTime<Utc>,
}

/// Why a file was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// The file itself
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// Not in this basket
    #[error("no such file")]
    NotFound,
    /// Bytes for another place: the upload stands here
    #[error("upload stands at {0}")]
    Offset(u64),
    /// Another request writes
    #[error("another request writes")]
    Locked,
    /// Too much from this address
    #[error("too much from this address")]
    Wait,
    /// Too much waits for cases
    #[error("too much in baskets")]
    Full,
    /// The sender broke off
    #[error("broken off")]
    BrokenOff,
    /// Database
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Disk
    #[error("evidence file: {0}")]
    File(#[from] io::Error),
    /// Key
    #[error(transparent)]
    Secret(#[from] SecretError),
}

/// Short for results here.
pub type EvidenceResult<T> = Result<T, EvidenceError>;

impl Evidence {
    /// Over a house. Makes the folder.
    ///
    /// # Errors
    /// The folder can't be made.
    pub fn new(house: House) -> io::Result<Self> {
        let folder = Folder::below(&house.data);
        folder.make()?;
        let settings = house.evidence.clone();
        let quota = Arc::new(Quota::new(settings.address_bytes(), settings.address_baskets));
        let checks = Arc::new(Semaphore::new(settings.checks_at_once as usize));
        Ok(Self { house, settings, folder, quota, checks })
    }

    /// What is taken.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.settings.limits()
    }

    /// The sentence for [`EvidenceError::Wait`].
    #[must_use]
    pub fn wait_sentence(&self) -> String {
        app::text::evidence::wait(self.settings.address_mb.into(), self.settings.address_baskets)
    }

    fn place(column: &str, id: Uuid) -> Place<'_> {
        Place { table: TABLE, column, id }
    }

    fn part_key(&self, id: Uuid) -> [u8; 32] {
        self.house.auth.secrets.file_key(Self::place("part", id))
    }

    fn file_key(&self, id: Uuid) -> [u8; 32] {
        self.house.auth.secrets.file_key(Self::place("file", id))
    }

    fn seal_name(&self, id: Uuid, name: &str) -> Result<Vec<u8>, SecretError> {
        self.house.auth.secrets.seal(Self::place("name", id), name.as_bytes())
    }

    fn name(&self, row: &EvidenceRow) -> EvidenceResult<String> {
        let plain = self.house.auth.secrets.open_sealed(Self::place("name", row.id), &row.name)?;
        Ok(String::from_utf8_lossy(&plain).into_owned())
    }

    fn file(&self, row: EvidenceRow) -> EvidenceResult<EvidenceFile> {
        Ok(EvidenceFile {
            name: self.name(&row)?,
            id: row.id,
            side: row.side,
            kind: row.kind,
            bytes: row.bytes,
            sha256: row.sha256,
            state: row.state,
            received: row.received,
            at: row.created_at,
        })
    }

    /// What a basket holds, in the order in which it came.
    pub async fn list(&self, basket: &Token) -> EvidenceResult<Vec<EvidenceFile>> {
        self.house.db.basket(&basket.hash()).await?.into_iter().map(|row| self.file(row)).collect()
    }

    /// One file of a basket.
    pub async fn look(&self, basket: &Token, id: Uuid) -> EvidenceResult<EvidenceFile> {
        let row = self.house.db.evidence_in(&basket.hash(), id).await?.ok_or(EvidenceError::NotFound)?;
        self.file(row)
    }

    /// The files of a case. Who may see them is the caller's question.
    pub async fn of_case(&self, case: Uuid) -> EvidenceResult<Vec<EvidenceFile>> {
        self.house.db.evidence_of(case).await?.into_iter().map(|row| self.file(row)).collect()
    }

    /// Begins an upload of `bytes` bytes; gives its id.
    pub async fn begin(&self, basket: &Token, sender: Sender, name: &str, bytes: u64) -> EvidenceResult<Uuid> {
        self.check_size(name, bytes)?;
        let hash = basket.hash();
        self.admit(&hash, sender, bytes).await?;
        let id = self.house.ids.secret();
        let (path, key, folder) = (self.folder.part(id), self.part_key(id), self.folder.clone());
        blocking(move || Part::create(&path, key).and_then(|_| folder.sync())).await?;
        let added = self.add(&hash, sender, name, (id, bytes, 0, 0)).await;
        if added.is_err() {
            self.delete_files(&[id]).await?;
        }
        added.map(|()| id)
    }

    fn check_size(&self, name: &str, bytes: u64) -> Result<(), Refusal> {
        let limits = self.limits();
        if bytes == 0 {
            return Err(Refusal::Empty);
        }
        match Class::of_name(name) {
            Some(class) if bytes > limits.of(class) => Err(Refusal::TooLarge(class)),
            _ if bytes > limits.largest() => Err(Refusal::Larger),
            _ => Ok(()),
        }
    }

    /// Whether an address may send so much more, and all baskets may hold it.
    async fn admit(&self, basket: &[u8], sender: Sender, bytes: u64) -> EvidenceResult<()> {
        if sender.side == Side::Desk {
            return Ok(());
        }
        let is_new = !self.house.db.has_basket(basket).await?;
        if self.house.db.unbound_evidence().await?.bytes.saturating_add(bytes) > self.settings.baskets_bytes() {
            return Err(EvidenceError::Full);
        }
        let taken = self.quota.take(sender.address, bytes, is_new.into(), self.house.clock.now());
        if taken { Ok(()) } else { Err(EvidenceError::Wait) }
    }

    fn check_room(&self, tally: Tally, bytes: u64) -> Result<(), Refusal> {
        let limits = self.limits();
        if tally.files >= limits.files {
            return Err(Refusal::TooMany);
        }
        if tally.bytes.saturating_add(bytes) > limits.total { Err(Refusal::Total) } else { Ok(()) }
    }

    async fn add(
        &self,
        basket: &[u8],
        sender: Sender,
        name: &str,
        (id, bytes, received, sealed): (Uuid, u64, u64, u64),
    ) -> EvidenceResult<()> {
        let now = self.house.clock.now();
        let name = self.seal_name(id, &kept_name(name, None))?;
        let mut tx = self.house.db.begin().await?;
        let tally = tx.hold_basket(basket, now).await?;
        self.check_room(tally, bytes)?;
        let new = NewEvidence { id, basket, side: sender.side, name: &name, bytes, received, sealed };
        tx.add_evidence(&new, now).await?;
        Ok(tx.commit().await?)
    }

    /// Takes a file out of a basket and deletes it.
    pub async fn remove(&self, basket: &Token, id: Uuid) -> EvidenceResult<()> {
        let mut tx = self.house.db.begin().await?;
        if !tx.remove_evidence(&basket.hash(), id).await? {
            return Err(EvidenceError::NotFound);
        }
        tx.commit().await?;
        self.delete_files(&[id]).await
    }

    /// Deletes the bytes of files whose rows are gone.
    pub async fn delete_files(&self, ids: &[Uuid]) -> EvidenceResult<()> {
        let (folder, ids) = (self.folder.clone(), ids.to_vec());
        Ok(blocking(move || ids.iter().try_for_each(|id| folder.delete(*id))).await?)
    }
}

/// Work on the disk, beside the threads that answer.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
