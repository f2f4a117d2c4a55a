//! The folder of evidence: `<id>` is a finished file, `<id>.part` an upload, `<id>.new` one being written.

use std::{
    collections::{HashMap, HashSet},
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use uuid::Uuid;

/// The folder.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn below(data: &Path) -> Self {
        Self(data.join("evidence"))
    }

    pub(super) fn make(&self) -> io::Result<()> {
        fs::create_dir_all(&self.0)
    }

    pub(super) fn path(&self, id: Uuid) -> PathBuf {
        self.0.join(id.simple().to_string())
    }

    pub(super) fn part(&self, id: Uuid) -> PathBuf {
        self.path(id).with_extension("part")
    }

    pub(super) fn new_file(&self, id: Uuid) -> PathBuf {
        self.path(id).with_extension("new")
    }

    /// Puts a written and synced file into its place, durably.
    pub(super) fn place(&self, id: Uuid) -> io::Result<()> {
        fs::rename(self.new_file(id), self.path(id))?;
        self.sync()
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        File::open(&self.0)?.sync_all()
    }

    /// Deletes all there is of a file; twice is once.
    pub(super) fn delete(&self, id: Uuid) -> io::Result<()> {
        [self.path(id), self.part(id), self.new_file(id)].iter().try_for_each(|path| gone(path))
    }

    /// Deletes the upload that a finished or refused file leaves.
    pub(super) fn delete_part(&self, id: Uuid) -> io::Result<()> {
        [self.part(id), self.new_file(id)].iter().try_for_each(|path| gone(path))
    }

    /// The ids that files lie here for.
    pub(super) fn ids(&self) -> io::Result<HashSet<Uuid>> {
        Ok(self.files()?.into_iter().filter_map(|(id, _)| id).collect())
    }

    fn files(&self) -> io::Result<Vec<(Option<Uuid>, PathBuf)>> {
        let entries = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let named = |entry: io::Result<fs::DirEntry>| {
            let path = entry?.path();
            let id = path.file_stem().and_then(|stem| Uuid::try_parse(stem.to_str()?).ok());
            Ok((id, path))
        };
        entries.map(named).collect()
    }

    /// Deletes what was seen before the rows were read and belongs to no row; of a ready file (`true`), its upload.
    pub(super) fn sweep(&self, seen: &HashSet<Uuid>, rows: &HashMap<Uuid, bool>) -> io::Result<usize> {
        let mut swept = 0;
        for (id, path) in self.files()? {
            let keep = match id {
                None => false,
                Some(id) if !seen.contains(&id) => true,
                Some(id) => rows.get(&id).is_some_and(|is_done| !is_done || path.extension().is_none()),
            };
            if !keep {
                gone(&path)?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

fn gone(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
