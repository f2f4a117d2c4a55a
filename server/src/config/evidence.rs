//! `[evidence]` in `portal.toml`: how much may be uploaded with a complaint or report.

use app::domain::evidence::Limits;
use chrono::TimeDelta;
use serde::Deserialize;

const MB: u64 = 1 << 20;

/// Settings of evidence files.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EvidenceSettings {
    /// A picture, MB. Default 15: the largest that phones make without raw formats.
    pub image_mb: u32,
    /// A PDF, MB. Default 15.
    pub pdf_mb: u32,
    /// A film, MB. Default 50: about a minute of a phone's ordinary quality.
    pub video_mb: u32,
    /// Pixels of a picture, million. Default 50: a phone's 48; each takes up to 8 bytes of memory while it is cleaned.
    pub image_megapixels: u32,
    /// Files of a case. Default 12.
    pub files: u32,
    /// All files of a case, MB. Default 100.
    pub total_mb: u32,
    /// Hours after which a basket that no case took is deleted. Default 48.
    pub basket_hours: u32,
    /// MB from one network address in an hour. Default 4096: a school behind one address has forty full cases.
    pub address_mb: u32,
    /// Baskets from one network address in an hour. Default 300.
    pub address_baskets: u32,
    /// GB of all baskets together that no case has taken. Default 20: a flood must not fill the disk.
    pub baskets_gb: u32,
    /// Files looked at at once; more wait. Default 4.
    pub checks_at_once: u32,
}

impl Default for EvidenceSettings {
    fn default() -> Self {
        Self {
            image_mb: 15,
            pdf_mb: 15,
            video_mb: 50,
            image_megapixels: 50,
            files: 12,
            total_mb: 100,
            basket_hours: 48,
            address_mb: 4096,
            address_baskets: 300,
            baskets_gb: 20,
            checks_at_once: 4,
        }
    }
}

impl EvidenceSettings {
    /// The name of a setting that can't be used.
    ///
    /// # Errors
    /// Its name and the least it may be.
    pub fn check(&self) -> Result<(), (&'static str, u32)> {
        let all = [
            ("image_mb", self.image_mb),
            ("pdf_mb", self.pdf_mb),
            ("video_mb", self.video_mb),
            ("image_megapixels", self.image_megapixels),
            ("files", self.files),
            ("total_mb", self.total_mb),
            ("basket_hours", self.basket_hours),
            ("address_mb", self.address_mb),
            ("address_baskets", self.address_baskets),
            ("baskets_gb", self.baskets_gb),
            ("checks_at_once", self.checks_at_once),
        ];
        all.into_iter().find(|(_, value)| *value == 0).map_or(Ok(()), |(name, _)| Err((name, 1)))
    }

    /// The limits of files.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let mb = |number: u32| u64::from(number) * MB;
        Limits {
            image: mb(self.image_mb),
            pdf: mb(self.pdf_mb),
            video: mb(self.video_mb),
            files: self.files,
            total: mb(self.total_mb),
        }
    }

    pub(crate) fn address_bytes(&self) -> u64 {
        u64::from(self.address_mb) * MB
    }

    pub(crate) fn baskets_bytes(&self) -> u64 {
        u64::from(self.baskets_gb) << 30
    }

    pub(crate) fn basket_life(&self) -> TimeDelta {
        TimeDelta::hours(self.basket_hours.into())
    }
}
