//! One voice without knowing whose it is.
//!
//! A browser gets a random signed cookie, for one round only. What is stored of it is a mark: a hash under a key that
//! is made for a day (of a survey: for the round) and deleted with it. Within the day the mark makes the voice one; after
//! it nothing links a mark to a cookie, to another day or to what was chosen, since choices are only counted. The
//! network is counted by another hash under the day's key. Both keys are sealed by `data/secret.key` meanwhile.
//!
//! What this can't do: somebody with several browsers, or who deletes cookies, has several voices. Work and the
//! network's limit make many of them slow, not impossible; the page says so.

use std::net::IpAddr;

use app::{
    domain::poll::{Content, Kind, Period, Voice},
    ports::PortError,
};
use chrono::NaiveDate;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::{PollService, TABLE};
use crate::{
    auth::Token,
    secret::{Place, hmac},
    store::{StoreError, VoiceTaken, Vote, hex},
};

/// Period of a survey's marks.
const ROUND: &str = "round";
/// Signs of a cookie's seal.
const SEAL: usize = 32;

/// A browser, as far as it is known: a random token of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    token: Token,
    seal: String,
}

/// What a browser is asked.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// The round
    pub id: Uuid,
    /// 期
    pub issue: Option<u32>,
    /// What it asks
    pub content: Content,
    /// It had its voice
    pub is_given: bool,
}

/// Why a voice was not counted. Nothing of it is kept then.
#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    /// The store failed
    #[error(transparent)]
    Port(#[from] PortError),
    /// The round is not open
    #[error("not open")]
    NotOpen,
    /// This browser had its voice
    #[error("had its voice")]
    Before,
    /// This network had so many today
    #[error("network full")]
    Full(u32),
    /// … without work
    #[error("network full of voices without work")]
    Unproved(u32),
}

impl From<StoreError> for VoiceError {
    fn from(error: StoreError) -> Self {
        Self::Port(error.into())
    }
}

impl Browser {
    /// The cookie.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}.{}", self.token.text(), self.seal)
    }

    pub(super) fn bound(&self) -> Vec<u8> {
        self.token.hash()
    }
}

/// Who has one IPv6 address has its line's /56.
fn network(address: Option<IpAddr>) -> Vec<u8> {
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => address.octets().to_vec(),
        Some(IpAddr::V6(address)) => address.octets()[..7].to_vec(),
        None => Vec::new(),
    }
}

fn period(kind: Kind, today: NaiveDate) -> String {
    match kind.period() {
        Period::Day => today.to_string(),
        Period::Round => ROUND.to_owned(),
    }
}

fn mark(key: &[u8], what: &str, secret: &[u8]) -> [u8; 32] {
    hmac(key, &[what.as_bytes(), b"\0", secret].concat())
}

impl PollService {
    /// A browser that is not known.
    #[must_use]
    pub fn new_browser(&self, poll: Uuid) -> Browser {
        let token = Token::random(&self.house.ids);
        Browser { seal: self.cookie_seal(poll, &token), token }
    }

    /// Reads a cookie of ours, of this round.
    #[must_use]
    pub fn browser(&self, poll: Uuid, cookie: &str) -> Option<Browser> {
        let (token, seal) = cookie.split_once('.')?;
        let token = Token::read(token)?;
        let expected = self.cookie_seal(poll, &token);
        let is_ours: bool = expected.as_bytes().ct_eq(seal.as_bytes()).into();
        is_ours.then_some(Browser { token, seal: expected })
    }

    fn cookie_seal(&self, poll: Uuid, token: &Token) -> String {
        let place = Place { table: TABLE, column: "cookie", id: poll };
        hex(&self.house.auth.secrets.keyed_hash(place, token.text().as_bytes()))[..SEAL].to_owned()
    }

    /// What a browser is asked; nothing where the round is not open.
    ///
    /// # Errors
    /// The store.
    pub async fn ballot(&self, id: Uuid, browser: Option<&Browser>) -> Result<Option<Ballot>, PortError> {
        let today = self.house.clock.today();
        let Some(stored) = self.house.db.poll(id).await?.filter(|stored| stored.poll.is_open(today)) else {
            return Ok(None);
        };
        let period = period(stored.poll.kind, today);
        let mut is_given = false;
        if let (Some(browser), Some(sealed)) = (browser, self.house.db.poll_key(id, &period).await?) {
            let key = self.unseal("key", id, &sealed)?;
            let mark = mark(&key, "browser", &browser.bound());
            is_given = self.house.db.is_marked(id, &period, &mark).await?;
        }
        Ok(Some(Ballot { id, issue: stored.issue, content: stored.content, is_given }))
    }

    /// Counts a voice, once.
    ///
    /// # Errors
    /// [`VoiceError`]; nothing is counted then.
    pub async fn voice(
        &self,
        (id, kind): (Uuid, Kind),
        browser: &Browser,
        voice: &Voice,
        proof: (&str, &str),
        address: Option<IpAddr>,
    ) -> Result<(), VoiceError> {
        let (now, today) = (self.house.clock.now(), self.house.clock.today());
        let (day, period) = (today.to_string(), period(kind, today));
        let proved = self.is_worked(id, browser, proof, address);
        let limits = self.house.poll_settings;
        let most = if proved { limits.per_network } else { limits.unproved };
        let full = if proved { VoiceError::Full(most) } else { VoiceError::Unproved(most) };
        if most == 0 {
            return Err(full);
        }
        let fresh = [self.seal("key", id, &self.house.ids.salt())?, self.seal("key", id, &self.house.ids.salt())?];
        let mut words = Vec::new();
        for (question, said) in &voice.words {
            let text = self.house.ids.secret();
            words.push((text, *question, self.seal("text", text, said.as_bytes())?));
        }
        let mut tx = self.house.db.begin().await?;
        // the day is that of the clock now: at midnight the row of the round decides
        if !tx.take_voice(id, today).await? {
            return Err(VoiceError::NotOpen);
        }
        let day_key = self.unseal("key", id, &tx.poll_key(id, &day, &fresh[0]).await?)?;
        let period_key = match kind.period() {
            Period::Day => day_key.clone(),
            Period::Round => self.unseal("key", id, &tx.poll_key(id, &period, &fresh[1]).await?)?,
        };
        let vote = Vote {
            poll: id,
            period: &period,
            mark: &mark(&period_key, "browser", &browser.bound()),
            day: &day,
            network: &mark(&day_key, "network", &network(address)),
            proved,
            most: i64::from(most),
            picks: &voice.picks,
            words: &words,
        };
        match tx.count_voice(&vote).await? {
            VoiceTaken::Before => return Err(VoiceError::Before),
            VoiceTaken::Full => return Err(full),
            VoiceTaken::Counted => tx.commit().await?,
        }
        self.lately.failed(address, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_an_address_or_a_line() {
        let of = |text: &str| network(Some(text.parse().unwrap()));
        assert_eq!(of("192.0.2.7"), of("::ffff:192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
        assert_eq!(of("2001:db8:1:2200::1"), of("2001:db8:1:22ff:9::1"));
        assert_ne!(of("2001:db8:1:2200::1"), of("2001:db8:1:2300::1"));
        assert_ne!(mark(b"k", "browser", b"x"), mark(b"k", "network", b"x"));
        assert_ne!(mark(b"k", "browser", b"x"), mark(b"l", "browser", b"x"));
    }
}
