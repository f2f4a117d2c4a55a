//! Which folder holds the live index. A rebuilt index lies beside it and becomes live by one rename.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use search::Index;

use super::IndexError;

/// Names the live folder.
const CURRENT: &str = "CURRENT";
/// Held by whoever makes or removes folders.
const LOCK: &str = "folders.lock";

/// The live index of a data folder; follows a switch by another process.
pub struct LiveIndex {
    root: PathBuf,
    open: RwLock<Open>,
}

#[derive(Clone)]
struct Open {
    name: String,
    index: Arc<Index>,
}

/// Holds the right to make and remove folders.
pub(super) struct FolderLock(#[expect(dead_code, reason = "held, not read: the lock ends with the file")] File);

impl LiveIndex {
    /// Opens the live index below a data folder. One that is missing, damaged or of another version is replaced by an
    /// empty one, which the follower then fills: a broken index never stops the site from starting.
    pub fn open(data: &Path) -> Result<Self, IndexError> {
        let root = data.join("index");
        fs::create_dir_all(&root)?;
        let open = match open_current(&root)? {
            Some(open) => open,
            None => match lock(&root) {
                Ok(_lock) => replace(&root)?,
                // another process is at it: its switch is followed
                Err(IndexError::Busy) => Open { name: String::new(), index: Arc::new(scratch(&root)?) },
                Err(error) => return Err(error),
            },
        };
        let live = Self { root, open: RwLock::new(open) };
        live.sweep();
        Ok(live)
    }

    /// The live index.
    pub fn get(&self) -> Arc<Index> {
        Arc::clone(&self.open.read().unwrap_or_else(PoisonError::into_inner).index)
    }

    /// Sees what other processes committed or switched to. Whether the folder changed: a writer must then be reopened.
    pub fn refresh(&self) -> Result<bool, IndexError> {
        let name = current(&self.root)?;
        let known = self.open.read().unwrap_or_else(PoisonError::into_inner).clone();
        if name.as_ref().is_none_or(|name| *name == known.name) {
            known.index.reload()?;
            return Ok(false);
        }
        if let Some(open) = open_current(&self.root)? {
            *self.open.write().unwrap_or_else(PoisonError::into_inner) = open;
        }
        Ok(true)
    }

    /// Leaves a damaged index and goes on with an empty one.
    pub(super) fn start_over(&self) -> Result<(), IndexError> {
        let _lock = lock(&self.root)?;
        let open = replace(&self.root)?;
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = open;
        Ok(())
    }

    /// Makes an empty index beside the live one.
    pub(super) fn beside(&self) -> Result<(FolderLock, String, Index), IndexError> {
        let lock = lock(&self.root)?;
        self.sweep_locked();
        let name = unused_name(&self.root)?;
        let index = Index::open(&self.root.join(&name))?;
        Ok((lock, name, index))
    }

    /// Makes a folder the live one. Processes that read the old one keep it until they look again.
    pub(super) fn switch(&self, _lock: &FolderLock, name: &str) -> Result<(), IndexError> {
        write_current(&self.root, name)?;
        self.refresh()?;
        self.sweep_locked();
        Ok(())
    }

    /// Removes folders that a killed rebuild left, unless one is running.
    fn sweep(&self) {
        if lock(&self.root).is_ok() {
            self.sweep_locked();
        }
    }

    fn sweep_locked(&self) {
        let Ok(Some(live)) = current(&self.root) else { return };
        let Ok(entries) = fs::read_dir(&self.root) else { return };
        for entry in entries.flatten() {
            let is_old = entry.file_name() != *live && entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_old && let Err(error) = fs::remove_dir_all(entry.path()) {
                tracing::warn!(%error, "old index folder stays");
            }
        }
    }
}

fn lock(root: &Path) -> Result<FolderLock, IndexError> {
    let file = File::options().create(true).truncate(false).write(true).open(root.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(FolderLock(file)),
        Err(fs::TryLockError::WouldBlock) => Err(IndexError::Busy),
        Err(fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

fn current(root: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(root.join(CURRENT)) {
        Ok(name) => Ok(Some(name.trim().to_owned()).filter(|name| !name.is_empty() && !name.contains(['/', '.']))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn write_current(root: &Path, name: &str) -> io::Result<()> {
    let part = root.join(format!("{CURRENT}.part"));
    let mut file = File::create(&part)?;
    file.write_all(name.as_bytes())?;
    file.sync_all()?;
    fs::rename(part, root.join(CURRENT))?;
    File::open(root)?.sync_all()
}

/// The live index, or `None` where there is none that can be read.
fn open_current(root: &Path) -> Result<Option<Open>, IndexError> {
    let Some(name) = current(root)? else { return Ok(None) };
    match Index::open(&root.join(&name)) {
        Ok(index) => Ok(Some(Open { name, index: Arc::new(index) })),
        Err(error) => {
            tracing::error!(%error, folder = %name, "index can't be read, it is built anew");
            Ok(None)
        }
    }
}

fn unused_name(root: &Path) -> io::Result<String> {
    let mut highest = 0;
    for entry in fs::read_dir(root)? {
        let number = entry?.file_name().to_str().and_then(|name| name.strip_prefix('g')?.parse::<u32>().ok());
        highest = highest.max(number.unwrap_or(0));
    }
    Ok(format!("g{}", highest + 1))
}

fn replace(root: &Path) -> Result<Open, IndexError> {
    let name = unused_name(root)?;
    let index = Arc::new(Index::open(&root.join(&name))?);
    write_current(root, &name)?;
    Ok(Open { name, index })
}

/// An empty index for the time until another process made one.
fn scratch(root: &Path) -> Result<Index, IndexError> {
    Ok(Index::open(&root.join(format!("wait-{}", std::process::id())))?)
}
