//! How hard the work of a voice is: one bit more with each doubling of the voices that came from its network lately.

use std::net::IpAddr;

use app::work::{BITS, MOST_BITS};
use uuid::Uuid;

use super::{Browser, PollService, TABLE};
use crate::{challenge::Challenges, secret::Place};

/// Voices of a network in an hour for which the least work is enough: a school class votes together.
const ORDINARY: u32 = 60;
/// Counts may double while somebody reads their page: their proof still counts.
const LEEWAY: u32 = 1;

impl PollService {
    fn needed_bits(&self, address: Option<IpAddr>) -> u32 {
        let lately = self.lately.count(address, self.house.clock.now());
        (BITS + (lately / ORDINARY + 1).ilog2()).min(MOST_BITS)
    }

    /// A challenge for a browser's voice in a round.
    #[must_use]
    pub fn challenge(&self, poll: Uuid, browser: &Browser, address: Option<IpAddr>) -> String {
        self.challenges(poll, &browser.bound()).make(self.house.clock.now(), self.needed_bits(address))
    }

    /// Whether the work was done for this browser's voice.
    #[must_use]
    pub(super) fn is_worked(
        &self,
        poll: Uuid,
        browser: &Browser,
        (challenge, answer): (&str, &str),
        address: Option<IpAddr>,
    ) -> bool {
        let least = self.needed_bits(address).saturating_sub(LEEWAY);
        self.challenges(poll, &browser.bound()).is_met(self.house.clock.now(), least, challenge, answer)
    }

    fn challenges<'a>(&'a self, poll: Uuid, bound: &'a [u8]) -> Challenges<'a> {
        let place = Place { table: TABLE, column: "challenge", id: poll };
        Challenges { secrets: &self.house.auth.secrets, place, bound }
    }
}
