//! Challenges against robots. Nothing is stored: a challenge is bound to what it is for and to a time by a key outside of
//! the database.

use chrono::{DateTime, TimeDelta, Utc};
use subtle::ConstantTimeEq;

use crate::{
    secret::{Place, Secrets},
    store::hex,
};

/// A page may stay open that long before its proof counts no more.
const VALID: TimeDelta = TimeDelta::hours(4);

/// Challenges for one thing.
pub(crate) struct Challenges<'a> {
    /// The key
    pub secrets: &'a Secrets,
    /// What they are for
    pub place: Place<'a>,
    /// For which form or browser
    pub bound: &'a [u8],
}

impl Challenges<'_> {
    /// A challenge that asks for so many bits.
    pub fn make(&self, now: DateTime<Utc>, bits: u32) -> String {
        let until = (now + VALID).timestamp();
        format!("{until}.{bits}.{}", self.mac(until, bits))
    }

    /// Whether it is one of these, in time, asked for that many bits at least, and the work was done.
    pub fn is_met(&self, now: DateTime<Utc>, least: u32, challenge: &str, answer: &str) -> bool {
        let [until, bits, mac] = challenge.split('.').collect::<Vec<_>>()[..] else { return false };
        let (Ok(until), Ok(bits)) = (until.parse::<i64>(), bits.parse::<u32>()) else { return false };
        let is_in_time = DateTime::from_timestamp(until, 0).is_some_and(|until| now < until);
        let is_ours: bool = self.mac(until, bits).as_bytes().ct_eq(mac.as_bytes()).into();
        is_in_time && is_ours && bits >= least && app::work::is_solved(challenge, answer)
    }

    fn mac(&self, until: i64, bits: u32) -> String {
        let bound = [self.bound, &until.to_be_bytes(), &bits.to_be_bytes()].concat();
        hex(&self.secrets.keyed_hash(self.place, &bound))[..32].to_owned()
    }
}
