//! `[alerts]` in `portal.toml`: when digests go out.

use app::domain::alert::Hours;
use serde::Deserialize;

/// Settings of alerts.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlertSettings {
    /// Hour of the day in China, 0 to 23. Default 8: read before work.
    pub digest_hour: u32,
    /// Day of weekly digests, 1 (Monday) to 7. Default 1.
    pub digest_weekday: u32,
}

impl Default for AlertSettings {
    fn default() -> Self {
        Self { digest_hour: 8, digest_weekday: 1 }
    }
}

impl AlertSettings {
    /// When digests go out; numbers that no clock and no week has are the nearest that they have.
    #[must_use]
    pub fn hours(&self) -> Hours {
        Hours { hour: self.digest_hour.min(23), weekday: self.digest_weekday.clamp(1, 7) }
    }
}
