//! Challenges against robots. Nothing is stored: a challenge is bound to the form's token and to a time by a key outside
//! of the database. A token makes one case, so a proof that is sent again makes none, and it does not fit another token.

use std::net::IpAddr;

use app::work::{BITS, MOST_BITS};
use chrono::{DateTime, TimeDelta};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::CaseService;
use crate::{auth::Token, secret::Place, store::hex};

/// A page may stay open that long before its proof counts no more.
const VALID: TimeDelta = TimeDelta::hours(4);

/// Cases from one address in the span for which the least work is enough: a school, an office, a market.
const ORDINARY: u32 = 60;

impl CaseService {
    /// How many cases came from an address lately.
    #[must_use]
    pub fn filed_from(&self, address: Option<IpAddr>) -> u32 {
        self.filed.count(address, self.house.clock.now())
    }

    /// A challenge for the form of a token: harder the more cases came from an address lately, with each doubling by one
    /// bit, up to a limit that a phone still does.
    #[must_use]
    pub fn challenge(&self, token: &Token, address: Option<IpAddr>) -> String {
        let now = self.house.clock.now();
        let more = (self.filed_from(address) / ORDINARY + 1).ilog2();
        let (until, bits) = ((now + VALID).timestamp(), (BITS + more).min(MOST_BITS));
        format!("{until}.{bits}.{}", self.challenge_mac(token, until, bits))
    }

    /// Whether the work was done for the form of this token, in time.
    #[must_use]
    pub fn is_worked(&self, token: &Token, challenge: &str, answer: &str) -> bool {
        let [until, bits, mac] = challenge.split('.').collect::<Vec<_>>()[..] else { return false };
        let (Ok(until), Ok(bits)) = (until.parse::<i64>(), bits.parse::<u32>()) else { return false };
        let now = self.house.clock.now();
        let is_in_time = DateTime::from_timestamp(until, 0).is_some_and(|until| now < until);
        let is_ours: bool = self.challenge_mac(token, until, bits).as_bytes().ct_eq(mac.as_bytes()).into();
        is_in_time && is_ours && app::work::is_solved(challenge, answer)
    }

    fn challenge_mac(&self, token: &Token, until: i64, bits: u32) -> String {
        let place = Place { table: "case_draft", column: "challenge", id: Uuid::nil() };
        let bound = [token.hash().as_slice(), &until.to_be_bytes(), &bits.to_be_bytes()].concat();
        hex(&self.auth().secrets.keyed_hash(place, &bound))[..32].to_owned()
    }
}
