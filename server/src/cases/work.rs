//! Challenges against robots. Nothing is stored: a challenge is bound to the form's token and to a time by a key outside
//! of the database. A token makes one case, so a proof that is sent again makes none, and it does not fit another token.

use chrono::{DateTime, TimeDelta};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::CaseService;
use crate::{auth::Token, secret::Place, store::hex};

/// A page may stay open that long before its proof counts no more.
const VALID: TimeDelta = TimeDelta::hours(4);

impl CaseService {
    /// A challenge for the form of a token.
    #[must_use]
    pub fn challenge(&self, token: &Token) -> String {
        let until = (self.house.clock.now() + VALID).timestamp();
        format!("{until}.{}", self.challenge_mac(token, until))
    }

    /// Whether the work was done for the form of this token, in time.
    #[must_use]
    pub fn is_worked(&self, token: &Token, challenge: &str, answer: &str) -> bool {
        let Some((until, mac)) = challenge.split_once('.') else { return false };
        let Ok(until) = until.parse::<i64>() else { return false };
        let now = self.house.clock.now();
        let is_in_time = DateTime::from_timestamp(until, 0).is_some_and(|until| now < until);
        let is_ours: bool = self.challenge_mac(token, until).as_bytes().ct_eq(mac.as_bytes()).into();
        is_in_time && is_ours && app::work::is_solved(challenge, answer)
    }

    fn challenge_mac(&self, token: &Token, until: i64) -> String {
        let place = Place { table: "case_draft", column: "challenge", id: Uuid::nil() };
        let bound = [token.hash().as_slice(), &until.to_be_bytes()].concat();
        hex(&self.auth().secrets.keyed_hash(place, &bound))[..32].to_owned()
    }
}
