//! `[polls]` in `portal.toml`: how many voices one network may give.

use serde::Deserialize;

/// Limits of votes and surveys.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PollSettings {
    /// Voices of one network address (IPv4 address, IPv6 /56) in a round on a day. Default 500: a school, a street behind
    /// one address of its provider.
    pub per_network: u32,
    /// … without the proof of work, which needs a script. Default 60.
    pub unproved: u32,
}

impl Default for PollSettings {
    fn default() -> Self {
        Self { per_network: 500, unproved: 60 }
    }
}

impl PollSettings {
    /// The first setting that can't be used.
    pub(super) fn check(self) -> Result<(), (&'static str, u32)> {
        if self.per_network == 0 { Err(("per_network", 1)) } else { Ok(()) }
    }
}
