//! Challenges against robots. Nothing is stored: a challenge is bound to the form's token and to a time by a key outside
//! of the database. A token makes one case, so a proof that is sent again makes none, and it does not fit another token.

use std::net::IpAddr;

use app::{
    domain::case::Filing,
    ports::PortError,
    work::{BITS, MOST_BITS},
};
use chrono::{DateTime, TimeDelta};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::CaseService;
use crate::{auth::Token, secret::Place, store::hex};

/// A page may stay open that long before its proof counts no more.
const VALID: TimeDelta = TimeDelta::hours(4);

/// Cases from one address in the span for which the least work is enough: a school, an office, a market.
const ORDINARY: u32 = 60;
/// Cases with the same words count that long.
const SAME_SPAN: TimeDelta = TimeDelta::hours(24);
/// So many cases with the same words are taken in that time without a proof.
pub(crate) const MOST_SAME_UNPROVED: u32 = 3;
/// Counts may double while somebody reads their page: their proof still counts.
const LEEWAY: u32 = 1;

impl CaseService {
    /// How many cases came from an address lately.
    #[must_use]
    pub fn filed_from(&self, address: Option<IpAddr>) -> u32 {
        self.filed.count(address, self.house.clock.now())
    }

    /// How many cases came with the same words in the last day, from anywhere: the more often told of two halves.
    ///
    /// # Errors
    /// The store.
    pub async fn same_words(&self, filings: &[Filing]) -> Result<u32, PortError> {
        let since = self.house.clock.now() - SAME_SPAN;
        let mut most = 0;
        for filing in filings {
            most = most.max(self.house.db.texts_since(&self.text_hash(filing), since).await?);
        }
        Ok(most)
    }

    /// Bits that a proof needs: one more with each doubling of the cases that came from an address lately, and of those
    /// with the same words, up to a limit that a phone still does.
    fn needed_bits(&self, address: Option<IpAddr>, same: u32) -> u32 {
        let more = (self.filed_from(address) / ORDINARY + 1).ilog2() + same.saturating_add(1).ilog2();
        (BITS + more).min(MOST_BITS)
    }

    /// A challenge for the form of a token, as hard as address and words ask for.
    #[must_use]
    pub fn challenge(&self, token: &Token, address: Option<IpAddr>, same: u32) -> String {
        let now = self.house.clock.now();
        let (until, bits) = ((now + VALID).timestamp(), self.needed_bits(address, same));
        format!("{until}.{bits}.{}", self.challenge_mac(token, until, bits))
    }

    /// Whether the work was done for the form of this token, in time, and as hard as it must be by now.
    #[must_use]
    pub fn is_worked(
        &self,
        token: &Token,
        (challenge, answer): (&str, &str),
        address: Option<IpAddr>,
        same: u32,
    ) -> bool {
        let [until, bits, mac] = challenge.split('.').collect::<Vec<_>>()[..] else { return false };
        let (Ok(until), Ok(bits)) = (until.parse::<i64>(), bits.parse::<u32>()) else { return false };
        let now = self.house.clock.now();
        let is_in_time = DateTime::from_timestamp(until, 0).is_some_and(|until| now < until);
        let is_ours: bool = self.challenge_mac(token, until, bits).as_bytes().ct_eq(mac.as_bytes()).into();
        let is_enough = bits + LEEWAY >= self.needed_bits(address, same);
        is_in_time && is_ours && is_enough && app::work::is_solved(challenge, answer)
    }

    fn challenge_mac(&self, token: &Token, until: i64, bits: u32) -> String {
        let place = Place { table: "case_draft", column: "challenge", id: Uuid::nil() };
        let bound = [token.hash().as_slice(), &until.to_be_bytes(), &bits.to_be_bytes()].concat();
        hex(&self.auth().secrets.keyed_hash(place, &bound))[..32].to_owned()
    }
}
