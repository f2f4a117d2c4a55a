//! The law as data: removal rules, calendars, open points.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use app::{
    domain::{calendar::Calendar, clock::Settings, removal::Rules},
    text,
};

/// The law as data. What came with the program is completed, or replaced by version, by files below the data folder:
/// `removal.toml`, `calendars/*.json` (holiday-cn) and `clock.toml`.
pub struct Law {
    /// Removal rules
    pub rules: Rules,
    /// Working days
    pub calendar: Days,
    /// Open points of the law
    pub settings: Settings,
}

/// Folder of the calendars that a bureau loaded, below the data folder.
pub const CALENDARS: &str = "calendars";

/// The calendar by which all clocks of a portal count; another one from the moment an officer loads a year. Cloning
/// shares it.
#[derive(Clone)]
pub struct Days(Arc<RwLock<Arc<Calendar>>>);

impl Days {
    /// These days.
    #[must_use]
    pub fn new(calendar: Calendar) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(calendar))))
    }

    /// The days as they are now.
    #[must_use]
    pub fn get(&self) -> Arc<Calendar> {
        // a writer only swaps the pointer: it can't leave half a calendar behind
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Other days from now on.
    pub fn set(&self, calendar: Calendar) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(calendar);
    }
}

/// A file of the law that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum LawError {
    /// It can't be read.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// What it says can't be used: a sentence.
    #[error("{0}: {1}")]
    Content(PathBuf, String),
}

impl Law {
    /// Reads the law's data for a data folder.
    ///
    /// # Errors
    /// The first file that can't be used, with the reason.
    pub fn read(data: &Path) -> Result<Self, LawError> {
        let own = |path: &Path| match fs::read_to_string(path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(LawError::File(path.to_owned(), error)),
        };
        let embedded = PathBuf::from("embedded");
        let mut rules = Rules::embedded()
            .map_err(|error| LawError::Content(embedded.clone(), text::removal::rules_error(&error)))?;
        let path = data.join("removal.toml");
        if let Some(text) = own(&path)? {
            let read = Rules::parse(&text);
            rules = rules.with(&read.map_err(|error| LawError::Content(path, text::removal::rules_error(&error)))?);
        }
        let mut calendar =
            Calendar::embedded().map_err(|error| LawError::Content(embedded, text::calendar::error(&error)))?;
        let folder = data.join(CALENDARS);
        let mut files: Vec<PathBuf> = match fs::read_dir(&folder) {
            Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
            Err(_) => Vec::new(),
        };
        files.retain(|file| file.extension().is_some_and(|end| end == "json"));
        files.sort();
        for path in files {
            let text = own(&path)?.unwrap_or_default();
            calendar = calendar.with(&text).map_err(|error| LawError::Content(path, text::calendar::error(&error)))?;
        }
        let path = data.join("clock.toml");
        let settings = match own(&path)? {
            Some(text) => toml::from_str(&text).map_err(|error| LawError::Content(path, error.to_string()))?,
            None => Settings::default(),
        };
        Ok(Self { rules, calendar: Days::new(calendar), settings })
    }
}
