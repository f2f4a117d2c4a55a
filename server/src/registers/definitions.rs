//! The definitions of a portal's registers: those that came with the program, and the bureau's own files.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use app::{
    domain::register::{Definitions, Fault, LARGEST_FILE, Register},
    text,
};

/// Folder of a bureau's own definitions, below the data folder: `NAME.toml` each.
pub const FOLDER: &str = "registers";

/// All definitions, in order. Cloning shares them.
#[derive(Clone, Debug)]
pub struct RegisterSet(Arc<[Arc<Register>]>);

/// A definition that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum RegistersError {
    /// The file can't be read.
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    /// What it says can't be used: line, column and reason of each fault.
    #[error("{}", said(.0, .1))]
    Faults(PathBuf, Vec<Fault>),
}

fn said(path: &Path, faults: &[Fault]) -> String {
    let line = |fault: &Fault| format!("{}：{}", path.display(), text::register::fault(fault));
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}

impl RegisterSet {
    /// Those that came with the program, completed or replaced by the files of a data folder.
    ///
    /// # Errors
    /// The first file that can't be used, with line and reason of each of its faults.
    pub fn read(data: &Path) -> Result<Self, RegistersError> {
        let shipped = Definitions::shipped();
        let mut all =
            shipped.map_err(|(code, faults)| RegistersError::Faults(format!("{code}.toml").into(), faults))?;
        let folder = data.join(FOLDER);
        let mut files: Vec<PathBuf> = match fs::read_dir(&folder) {
            Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(RegistersError::File(folder, error)),
        };
        files.retain(|file| file.extension().is_some_and(|end| end == "toml"));
        files.sort();
        for path in files {
            let file = |error| RegistersError::File(path.clone(), error);
            let size = fs::metadata(&path).map_err(file)?.len();
            let is_small = usize::try_from(size).is_ok_and(|size| size <= LARGEST_FILE);
            // one that is too large is refused by its name, unread
            let text = if is_small { fs::read_to_string(&path).map_err(file)? } else { " ".repeat(LARGEST_FILE + 1) };
            let code = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            all = all
                .with([(code.as_str(), text.as_str())])
                .map_err(|(_, faults)| RegistersError::Faults(path, faults))?;
        }
        Ok(Self::of(all.all()))
    }

    /// These.
    #[must_use]
    pub fn of(registers: &[Register]) -> Self {
        Self(registers.iter().cloned().map(Arc::new).collect())
    }

    /// All, in order.
    #[must_use]
    pub fn all(&self) -> &[Arc<Register>] {
        &self.0
    }

    /// The one of a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Arc<Register>> {
        self.0.iter().find(|register| register.code == code)
    }
}
