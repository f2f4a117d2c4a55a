//! Sealed addresses: what a browser gives back opens only for the camera and the upstream that it was made for.

use app::domain::stream::{
    StreamAddress,
    playlist::{Part, Range, Use},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::RelayFault;
use crate::secret::{Place, Secrets};

const NONCE_BYTES: usize = 24;
/// Kind, time, watch or range.
const HEAD_BYTES: usize = 1 + 8 + 8 + 8;
/// Characters of a token at most: the longest address, sealed.
const LONGEST: usize = 3000;

/// Seals and opens addresses.
#[derive(Clone)]
pub struct RelayKey {
    seal: [u8; 32],
    nonce: [u8; 32],
}

/// What is in an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A playlist: of the camera, or a variant of it
    List {
        /// Who watches
        watch: u64,
        /// Since when, Unix seconds
        opened: i64,
        /// The variant
        uri: Option<String>,
    },
    /// A piece of film
    Piece {
        /// Until when it is good, Unix seconds
        expires: i64,
        /// What for
        purpose: Use,
        /// Where it is
        part: Part,
    },
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // a key of any length is taken: `new_from_slice` of an HMAC never fails
    let mac = Hmac::<Sha256>::new_from_slice(key).map(|mac| parts.iter().fold(mac, hmac::Mac::chain_update));
    mac.map(|mac| mac.finalize().into_bytes().into()).unwrap_or_default()
}

impl RelayKey {
    /// Of 32 random bytes.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self { seal: mac(key, &[b"seal"]), nonce: mac(key, &[b"nonce"]) }
    }

    /// The portal's own.
    #[must_use]
    pub fn of(secrets: &Secrets) -> Self {
        Self::new(&secrets.file_key(Place { table: "camera", column: "relay", id: Uuid::nil() }))
    }

    /// Seals. The same content gives the same address (the nonce is a keyed hash of it, as in SIV, RFC 5297): players see that a
    /// segment is the one that they have already.
    pub(super) fn seal(&self, camera: Uuid, upstream: &StreamAddress, token: &Token) -> Result<String, RelayFault> {
        let (plain, aad) = (token.write(), aad(camera, upstream));
        let length = (aad.len() as u64).to_be_bytes();
        let mac = mac(&self.nonce, &[&length, &aad, &plain]);
        let nonce: [u8; NONCE_BYTES] = *mac.first_chunk().ok_or(RelayFault::NotFound)?;
        let cipher = XChaCha20Poly1305::new(&self.seal.into());
        let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: &plain, aad: &aad });
        let sealed = sealed.map_err(|_| RelayFault::NotFound)?;
        let text = BASE64_URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat());
        if text.len() > LONGEST { Err(RelayFault::TooLarge) } else { Ok(text) }
    }

    /// Opens.
    pub(super) fn open(&self, camera: Uuid, upstream: &StreamAddress, text: &str) -> Result<Token, RelayFault> {
        if text.len() > LONGEST {
            return Err(RelayFault::NotFound);
        }
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| RelayFault::NotFound)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or(RelayFault::NotFound)?;
        let cipher = XChaCha20Poly1305::new(&self.seal.into());
        let aad = aad(camera, upstream);
        let plain = cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &aad });
        plain.ok().and_then(|plain| Token::read(&plain)).ok_or(RelayFault::NotFound)
    }
}

/// The camera is of a fixed length, so that no two pairs read the same.
fn aad(camera: Uuid, upstream: &StreamAddress) -> Vec<u8> {
    [camera.as_bytes().as_slice(), upstream.url().as_str().as_bytes()].concat()
}

impl Token {
    fn write(&self) -> Vec<u8> {
        let (kind, time, first, second, text) = match self {
            Self::List { watch, opened, uri: None } => (0, *opened, *watch, 0, ""),
            Self::List { watch, opened, uri: Some(uri) } => (1, *opened, *watch, 0, uri.as_str()),
            Self::Piece { expires, purpose, part } => {
                let kind = match purpose {
                    Use::Segment { sealed: false } => 2,
                    Use::Segment { sealed: true } => 3,
                    Use::Map => 4,
                    Use::Key => 5,
                };
                let range = part.range.map_or((0, 0), |range| (range.start, range.length));
                (kind, *expires, range.0, range.1, part.uri.as_str())
            }
        };
        let head = [&[kind][..], &time.to_be_bytes(), &first.to_be_bytes(), &second.to_be_bytes()].concat();
        [&head, text.as_bytes()].concat()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (head, text) = bytes.split_first_chunk::<HEAD_BYTES>()?;
        let number = |at: usize| head[at..].first_chunk().map(|bytes| u64::from_be_bytes(*bytes));
        let (first, second) = (number(9)?, number(17)?);
        let time = i64::from_be_bytes(*head[1..].first_chunk()?);
        let text = String::from_utf8(text.to_vec()).ok()?;
        let purpose = match head[0] {
            0 => return Some(Self::List { watch: first, opened: time, uri: None }),
            1 => return Some(Self::List { watch: first, opened: time, uri: Some(text) }),
            2 => Use::Segment { sealed: false },
            3 => Use::Segment { sealed: true },
            4 => Use::Map,
            5 => Use::Key,
            _ => return None,
        };
        let range = (second > 0).then_some(Range { start: first, length: second });
        Some(Self::Piece { expires: time, purpose, part: Part { uri: text, range } })
    }
}

#[cfg(test)]
mod tests {
    use app::domain::stream::LONGEST_ADDRESS;

    use super::*;

    #[test]
    fn opens_only_where_it_belongs() {
        let key = RelayKey::new(&[7; 32]);
        let upstream = StreamAddress::parse("https://gw.example.cn/live/1.m3u8?sign=topsecret").unwrap();
        let camera = Uuid::from_u128(1);
        let part = |range| Part { uri: "https://gw.example.cn/live/1-17.ts".into(), range };
        let all = [
            Token::List { watch: 5, opened: 1_700_000_000, uri: None },
            Token::List { watch: u64::MAX, opened: -1, uri: Some("https://gw.example.cn/low.m3u8".into()) },
            Token::Piece { expires: 1_700_000_000, purpose: Use::Segment { sealed: false }, part: part(None) },
            Token::Piece {
                expires: 9,
                purpose: Use::Segment { sealed: true },
                part: part(Some(Range { start: 0, length: 5 })),
            },
            Token::Piece { expires: 9, purpose: Use::Map, part: part(Some(Range { start: u64::MAX - 1, length: 1 })) },
            Token::Piece { expires: 9, purpose: Use::Key, part: part(None) },
        ];
        for token in all {
            let text = key.seal(camera, &upstream, &token).unwrap();
            assert_eq!(key.open(camera, &upstream, &text), Ok(token.clone()));
            assert_eq!(key.seal(camera, &upstream, &token).unwrap(), text, "the same address for the same segment");
            assert_eq!(key.open(Uuid::from_u128(2), &upstream, &text), Err(RelayFault::NotFound));
            let moved = StreamAddress::parse("https://gw.example.cn/live/2.m3u8?sign=topsecret").unwrap();
            assert_eq!(key.open(camera, &moved, &text), Err(RelayFault::NotFound));
            assert_eq!(RelayKey::new(&[8; 32]).open(camera, &upstream, &text), Err(RelayFault::NotFound));
            for at in 0..text.len() {
                let mut damaged = text.clone().into_bytes();
                damaged[at] = if damaged[at] == b'A' { b'Z' } else { b'A' };
                let damaged = String::from_utf8(damaged).unwrap();
                assert_eq!(key.open(camera, &upstream, &damaged), Err(RelayFault::NotFound), "{at}");
                assert_eq!(key.open(camera, &upstream, &text[..at]), Err(RelayFault::NotFound), "{at}");
            }
        }
    }

    #[test]
    fn the_longest_address_fits_into_a_request_line() {
        let key = RelayKey::new(&[7; 32]);
        let upstream = StreamAddress::parse("https://gw.example.cn/1.m3u8").unwrap();
        let part = Part { uri: "x".repeat(LONGEST_ADDRESS), range: None };
        let token = Token::Piece { expires: 1, purpose: Use::Map, part };
        let text = key.seal(Uuid::from_u128(1), &upstream, &token).unwrap();
        assert!(text.len() + 60 < crate::config::URI_BYTES, "{}", text.len());
    }
}
