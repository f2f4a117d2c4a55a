//! `[kitchens]` in `portal.toml`: whom an offline camera is told to, and how many may watch at once.

use std::path::Path;

use app::domain::mail::Address;
use serde::Deserialize;

use super::ConfigError;

/// Settings of live pictures.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KitchenSettings {
    /// Minutes within its hours for which a camera is offline before officers are told. Default 30: longer than the restart
    /// of a gateway. 0 tells nobody.
    pub offline_minutes: u32,
    /// Addresses that are told, beside the officer who wrote the camera. Default none.
    pub tell: Vec<String>,
    /// Who may watch at once, all cameras together. Default 200: at 1 Mbit/s each, what a line of 200 Mbit/s carries.
    pub watchers: u32,
}

impl Default for KitchenSettings {
    fn default() -> Self {
        Self { offline_minutes: 30, tell: Vec::new(), watchers: 200 }
    }
}

impl KitchenSettings {
    /// The first setting that can't be used.
    pub(super) fn check(&self, file: &Path) -> Result<(), ConfigError> {
        if self.watchers == 0 {
            return Err(ConfigError::Least(file.to_owned(), "watchers", 1));
        }
        match self.tell.iter().find(|address| Address::parse(address).is_err()) {
            Some(wrong) => Err(ConfigError::Address(file.to_owned(), "tell", wrong.clone())),
            None => Ok(()),
        }
    }

    /// Who is told.
    #[must_use]
    pub fn recipients(&self) -> Vec<Address> {
        self.tell.iter().filter_map(|address| Address::parse(address).ok()).collect()
    }
}
