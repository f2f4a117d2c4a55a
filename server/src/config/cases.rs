//! `[cases]` in `portal.toml`: when officers are reminded of a date, and who is told when one was missed.

use std::path::Path;

use app::domain::mail::Address;
use serde::Deserialize;

use super::ConfigError;

/// Settings of complaints and reports.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CaseSettings {
    /// Days before the last working day of a limit on which officer and leads are reminded. Default 3: over a weekend.
    pub remind_days: u32,
    /// Days after the end of a case for which names, telephones, texts and files are kept; the file of the case stays
    /// without them. Default 1098: three years, the time in which a dispute can be brought (order 121 art. 16 (4)).
    pub personal_days: u32,
    /// Addresses that are told, beside officer and leads, when a date was missed. Default none.
    pub escalate_to: Vec<String>,
}

impl Default for CaseSettings {
    fn default() -> Self {
        Self { remind_days: 3, personal_days: 3 * 366, escalate_to: Vec::new() }
    }
}

impl CaseSettings {
    /// The first setting that can't be used.
    pub(super) fn check(&self, file: &Path) -> Result<(), ConfigError> {
        if self.remind_days == 0 {
            return Err(ConfigError::Least(file.to_owned(), "remind_days", 1));
        }
        match self.escalate_to.iter().find(|address| Address::parse(address).is_err()) {
            Some(wrong) => Err(ConfigError::Address(file.to_owned(), "escalate_to", wrong.clone())),
            None => Ok(()),
        }
    }

    /// Who is told when a date was missed.
    #[must_use]
    pub fn escalation(&self) -> Vec<Address> {
        self.escalate_to.iter().filter_map(|address| Address::parse(address).ok()).collect()
    }
}
