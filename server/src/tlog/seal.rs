//! Sealing: new leaves become tiles, then a signed checkpoint.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

use app::proof::RETIRED;
use signed_note::{Note, Signer};
use tlog_tiles::{Checkpoint, Hash, HashReader, Tile, TileHashReader, stored_hash_index, stored_hashes, tree_hash};

use super::{
    Cosignatures, HEIGHT, Keyring, Keys, WIDTH,
    cosignatures::{lock, take_apart},
    disk::{read_or_empty, write_whole},
    keys::{KeyError, lines},
    record::bundled,
    source::{Source, SourceError, tile_path},
};
use crate::{
    fail,
    store::{Db, StoreError},
};

/// Leaves read at once. A multiple of [`WIDTH`].
const BATCH: u32 = 4096;

/// Entries of a full bundle.
const BUNDLE: usize = 1 << HEIGHT;

/// Why the log can't be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A file.
    #[error("public log: {0}")]
    File(#[from] io::Error),
    /// A tile.
    #[error("public log: {0}")]
    Tiles(#[from] tlog_tiles::Error),
    /// What stands there can't be read.
    #[error("public log: {0}")]
    Source(#[from] SourceError),
    /// The leaves in the database don't lead to the checkpoint that was signed. Nothing is signed until a person has
    /// looked: a second history must never be.
    #[error("public log: the database does not contain the {size} acts of the signed checkpoint; nothing is signed")]
    Contradiction {
        /// Leaves of the signed checkpoint
        size: u64,
    },
    /// A leaf that was written a moment ago.
    #[error("public log: this act is not sealed yet")]
    NotYet,
    /// The checkpoint is damaged, or not signed by the key.
    #[error("public log: the checkpoint is not one of this log's keys")]
    Checkpoint,
}

/// The log of one portal: the folder that is served, and the keys beside it. Another program may change the keys at any
/// time, so they are read when they are needed.
pub struct PublicLog {
    folder: PathBuf,
    key_file: PathBuf,
}

/// Hashes by their storage index, those of the tiles below and those just made.
struct Growing<'a> {
    old: TileHashReader<'a>,
    new: HashMap<u64, Hash>,
}

impl HashReader for Growing<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
        let missing: Vec<u64> = indexes.iter().copied().filter(|index| !self.new.contains_key(index)).collect();
        let found = if missing.is_empty() { Vec::new() } else { self.old.read_hashes(&missing)? };
        let mut found = found.into_iter();
        indexes
            .iter()
            .map(|index| self.new.get(index).copied().or_else(|| found.next()).ok_or(tlog_tiles::Error::BadMath))
            .collect()
    }
}

impl PublicLog {
    /// The log below a data folder. A new one takes `origin` as its name.
    pub fn open(data: &Path, origin: &str) -> Result<Self, SealError> {
        let folder = data.join("log");
        fs::create_dir_all(&folder)?;
        let log = Self { folder, key_file: data.join("log.key") };
        let _lock = lock(&log.folder)?;
        log.tell_keys(&Keys::open(&log.key_file, origin)?)?;
        Cosignatures::on(&log.folder).tell()?;
        Ok(log)
    }

    /// The folder that is served.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Adds a signing key: from now on checkpoints carry both signatures.
    pub async fn add_key(&self, db: &Db) -> Result<(), SealError> {
        self.change_keys(db, Keys::add).await
    }

    /// Ends a signing key by its id.
    pub async fn retire_key(&self, db: &Db, id: &str) -> Result<(), SealError> {
        self.change_keys(db, |keys| keys.retire(id)).await
    }

    /// Changes the keys and signs the present tree again.
    async fn change_keys(
        &self,
        db: &Db,
        change: impl FnOnce(&mut Keys) -> Result<(), KeyError>,
    ) -> Result<(), SealError> {
        self.seal(db).await?;
        let _lock = lock(&self.folder)?;
        let mut keys = self.keys()?;
        change(&mut keys)?;
        self.tell_keys(&keys)?;
        match self.checkpoint()? {
            Some(checkpoint) => self.sign(checkpoint.size(), *checkpoint.hash()),
            None => Ok(()),
        }
    }

    fn keys(&self) -> Result<Keys, KeyError> {
        Keys::open(&self.key_file, "")
    }

    /// The public keys file lists every key that ever signed: old checkpoints must stay checkable. Those that no longer
    /// sign stand below a line that says so.
    fn tell_keys(&self, keys: &Keys) -> Result<(), SealError> {
        let path = self.folder.join("keys");
        let (known, public) = (read_or_empty(&path)?, keys.public()?);
        let retired = known.lines().filter(|line| !line.starts_with('#') && !public.iter().any(|key| key == line));
        let retired: Vec<&str> = retired.collect();
        let mark = (!retired.is_empty()).then_some(RETIRED);
        let text = lines(public.iter().map(String::as_str).chain(mark).chain(retired));
        if text != known {
            write_whole(&path, text.as_bytes())?;
        }
        Ok(())
    }

    /// The signed checkpoint, if there is one; it must carry a signature of a key of this log.
    pub fn checkpoint(&self) -> Result<Option<Checkpoint>, SealError> {
        let bytes = match fs::read(self.folder.join("checkpoint")) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let keys = fs::read_to_string(self.folder.join("keys"))?;
        let keys = Keyring::read(&keys).map_err(|_| SealError::Checkpoint)?;
        Ok(Some(keys.open(&bytes).map_err(|_| SealError::Checkpoint)?.checkpoint))
    }

    /// Brings the log to the leaves of the database. Gives the number of leaves sealed now.
    ///
    /// # Errors
    /// [`SealError::Contradiction`] where the database has fewer or other leaves than were signed.
    pub async fn seal(&self, db: &Db) -> Result<u64, SealError> {
        let _lock = lock(&self.folder)?;
        let signed = self.checkpoint()?;
        let size = signed.as_ref().map_or(0, Checkpoint::size);
        let leaves = db.log_leaves().await?;
        if leaves < size {
            return Err(SealError::Contradiction { size });
        }
        if leaves == size && signed.is_some() {
            return Ok(size);
        }
        let hash = signed.as_ref().map_or(tlog_tiles::EMPTY_HASH, |checkpoint| *checkpoint.hash());
        match self.grow(db, size, hash, leaves).await {
            Err(SealError::Tiles(error)) if size > 0 => {
                tracing::error!(%error, "tiles of the public log are damaged, they are made again from its leaves");
                self.make_again(db, size, hash, leaves).await?;
            }
            other => other?,
        }
        Ok(leaves)
    }

    /// Makes every tile from the leaves; the signed checkpoint must come out of them.
    async fn make_again(&self, db: &Db, size: u64, hash: Hash, leaves: u64) -> Result<(), SealError> {
        let source = Source::Folder(self.folder.clone());
        let mut growing = Growing { old: TileHashReader::new(0, tlog_tiles::EMPTY_HASH, &source), new: HashMap::new() };
        self.read_leaves(db, 0, size, &mut growing).await?;
        if tree_hash(size, &growing)? != hash {
            return Err(SealError::Contradiction { size });
        }
        self.write_tiles(0, size, &growing)?;
        self.grow(db, size, hash, leaves).await
    }

    /// Writes what lies between a signed size and a new one, and signs it.
    async fn grow(&self, db: &Db, size: u64, hash: Hash, leaves: u64) -> Result<(), SealError> {
        let source = Source::Folder(self.folder.clone());
        let mut growing = Growing { old: TileHashReader::new(size, hash, &source), new: HashMap::new() };
        fail::at("before-entries");
        self.read_leaves(db, size, leaves, &mut growing).await?;
        fail::at("before-tiles");
        self.write_tiles(size, leaves, &growing)?;
        fail::at("before-checkpoint");
        self.sign(leaves, tree_hash(leaves, &growing)?)
    }

    /// Hashes new leaves and writes their bundles. The bundle that `from` lies in is written whole.
    async fn read_leaves(&self, db: &Db, from: u64, to: u64, growing: &mut Growing<'_>) -> Result<(), SealError> {
        let mut place = from / WIDTH * WIDTH;
        while place < to {
            let wanted = u32::try_from((to - place).min(u64::from(BATCH))).unwrap_or(BATCH);
            let entries = db.log_entries(place, wanted).await?;
            if entries.len() < wanted as usize {
                return Err(StoreError::Value("log_leaf: a leaf is missing").into());
            }
            for (number, bundle) in (place / WIDTH..).zip(entries.chunks(BUNDLE)) {
                let bytes: Vec<u8> = bundle.iter().flat_map(|entry| bundled(entry.as_bytes())).collect();
                self.write("entries", number, bundle.len() as u64, &bytes)?;
            }
            for (at, entry) in (place..).zip(&entries).filter(|(at, _)| *at >= from) {
                let hashes = stored_hashes(at, entry.as_bytes(), growing)?;
                let first = stored_hash_index(0, at);
                growing.new.extend((first..).zip(hashes));
            }
            place += u64::from(wanted);
        }
        Ok(())
    }

    fn write_tiles(&self, from: u64, to: u64, growing: &Growing<'_>) -> Result<(), SealError> {
        for tile in Tile::new_tiles(HEIGHT, from, to) {
            let bytes = tile.read_data(growing)?;
            self.write(&tile.level().to_string(), tile.level_index(), u64::from(tile.width()), &bytes)?;
        }
        Ok(())
    }

    /// Writes one tile; a full one takes the place of its parts.
    fn write(&self, level: &str, number: u64, width: u64, bytes: &[u8]) -> io::Result<()> {
        let path = self.folder.join(tile_path(level, number, width));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        write_whole(&path, bytes)?;
        if width == WIDTH {
            let mut parts = path.into_os_string();
            parts.push(".p");
            match fs::remove_dir_all(parts) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Signs a tree head. Where it is the one that stands there, witnesses' signatures stay.
    fn sign(&self, size: u64, hash: Hash) -> Result<(), SealError> {
        let keys = self.keys()?;
        let (path, origin) = (self.folder.join("checkpoint"), keys.origin()?);
        let text = Checkpoint::new(&origin, size, hash, "").map_err(|_| SealError::Checkpoint)?.to_bytes();
        let standing = fs::read(&path).ok().and_then(|bytes| take_apart(&bytes)).filter(|(body, _)| *body == text);
        let cosigned = standing.into_iter().flat_map(|(_, all)| all).filter(|signature| signature.name() != origin);
        let mut note = Note::new(&text, &[]).map_err(|_| SealError::Checkpoint)?;
        let signers = keys.signers()?;
        let signers: Vec<&dyn Signer> = signers.iter().map(|signer| signer as &dyn Signer).collect();
        note.add_sigs(&signers).map_err(|_| SealError::Checkpoint)?;
        let bytes = cosigned.fold(note.to_bytes(), |bytes, signature| [bytes, signature.to_bytes()].concat());
        Ok(write_whole(&path, &bytes)?)
    }
}
