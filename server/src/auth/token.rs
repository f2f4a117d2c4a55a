//! Random tokens: only their hash is stored.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::id::Ids;

/// Bytes of a token: 256 bits.
const BYTES: usize = 32;

/// A secret that a browser carries: in the session's cookie or in a set-up link.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; BYTES]);

impl Token {
    /// A new one.
    #[must_use]
    pub fn random(ids: &Ids) -> Self {
        Self(ids.salt())
    }

    /// One that is made from another secret.
    #[must_use]
    pub(crate) fn of(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// As text, safe in cookies and addresses.
    #[must_use]
    pub fn text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Reads [`Token::text`].
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        BASE64_URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok()).map(Self)
    }

    /// What is stored.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }

    /// The token that forms of this session carry. Who sees it learns nothing of the session's.
    #[must_use]
    pub fn csrf(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::new().chain_update(b"csrf").chain_update(self.0).finalize())
    }

    /// Whether a form came with this session's token, in time that tells nothing.
    #[must_use]
    pub fn is_csrf(&self, sent: &str) -> bool {
        self.csrf().as_bytes().ct_eq(sent.as_bytes()).into()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_hides_itself() {
        let token = Token::random(&Ids::seeded(1));
        assert_eq!(Token::read(&token.text()), Some(token.clone()));
        assert_eq!(token.text().len(), 43);
        assert!(token.is_csrf(&token.csrf()));
        for sent in ["", "x", &token.text(), &Token::random(&Ids::seeded(2)).csrf()] {
            assert!(!token.is_csrf(sent));
        }
        for text in ["", "AAAA", &token.text()[1..], &format!("{}A", token.text()), "中文"] {
            assert_eq!(Token::read(text), None, "{text}");
        }
        assert_eq!(format!("{token:?}"), "Token(…)");
    }
}
