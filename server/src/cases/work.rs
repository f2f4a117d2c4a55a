//! Challenges against robots: how hard they are for a case. A token makes one case, so a proof that is sent again makes
//! none, and it does not fit another token.

use std::net::IpAddr;

use app::{
    domain::case::Filing,
    ports::PortError,
    work::{BITS, MOST_BITS},
};
use chrono::TimeDelta;
use uuid::Uuid;

use super::CaseService;
use crate::{auth::Token, challenge::Challenges, secret::Place};

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
        self.challenges(&token.hash()).make(self.house.clock.now(), self.needed_bits(address, same))
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
        let least = self.needed_bits(address, same).saturating_sub(LEEWAY);
        self.challenges(&token.hash()).is_met(self.house.clock.now(), least, challenge, answer)
    }

    fn challenges<'a>(&'a self, token: &'a [u8]) -> Challenges<'a> {
        let place = Place { table: "case_draft", column: "challenge", id: Uuid::nil() };
        Challenges { secrets: &self.auth().secrets, place, bound: token }
    }
}
