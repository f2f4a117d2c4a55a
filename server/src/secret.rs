//! The key outside the database (`data/secret.key`): what is sealed with it in the database is of no use without it.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use rand_core::{OsRng, RngCore};
use sha2::Sha256;
use uuid::Uuid;

const FILE: &str = "secret.key";
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
/// First byte of what is sealed: which cipher and key. Another cipher (SM4, for 密评) is another number.
const VERSION: u8 = 1;

/// Seals and opens. Cloning shares the key.
#[derive(Clone)]
pub struct Secrets(Arc<[u8; KEY_BYTES]>);

/// Where something sealed belongs: it opens nowhere else, so that a value moved to another row is of no use.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Table
    pub table: &'a str,
    /// Column
    pub column: &'a str,
    /// Row
    pub id: Uuid,
}

/// Why the key can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The file can't be read or written.
    #[error("key file {0}: {1}")]
    File(PathBuf, io::Error),
    /// The file is no key.
    #[error("key file {0}: not a key of this program")]
    Content(PathBuf),
    /// Sealed with another key, for another place, or damaged.
    #[error("can't be opened: sealed with another key, for another place, or damaged")]
    Open,
    /// The cipher refused; only for texts of 256 GB and more.
    #[error("can't be sealed")]
    Seal,
}

impl Place<'_> {
    fn aad(&self) -> Vec<u8> {
        // names contain no zero byte, so two places never read the same
        [self.table.as_bytes(), b"\0", self.column.as_bytes(), b"\0", self.id.as_bytes()].concat()
    }
}

impl Secrets {
    /// Reads the key of a data folder; makes it at first use, readable by its owner only.
    pub fn open(data: &Path) -> Result<Self, SecretError> {
        let file = data.join(FILE);
        let failed = |error| SecretError::File(file.clone(), error);
        if !file.exists() {
            make(data, &file).map_err(failed)?;
        }
        let text = fs::read_to_string(&file).map_err(failed)?;
        let key = BASE64_STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
        key.map(|key| Self(Arc::new(key))).ok_or(SecretError::Content(file))
    }

    /// One key a purpose, so that none is used for two things (HKDF-like: RFC 5869 §2.3, one block).
    fn key(&self, purpose: &str) -> [u8; KEY_BYTES] {
        hmac(&*self.0, purpose.as_bytes())
    }

    /// Seals for a place.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, SecretError> {
        let mut nonce = [0; NONCE_BYTES];
        OsRng.fill_bytes(&mut nonce);
        let payload = Payload { msg: plain, aad: &place.aad() };
        let cipher = XChaCha20Poly1305::new(&self.key("seal").into());
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| SecretError::Seal)?;
        Ok([&[VERSION][..], &nonce, &sealed].concat())
    }

    /// Opens what was sealed for this place.
    pub fn open_sealed(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, SecretError> {
        let (version, rest) = sealed.split_first().ok_or(SecretError::Open)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(SecretError::Open)?;
        if *version != VERSION {
            return Err(SecretError::Open);
        }
        let cipher = XChaCha20Poly1305::new(&self.key("seal").into());
        let payload = Payload { msg: sealed, aad: &place.aad() };
        cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| SecretError::Open)
    }

    /// A key of its own for a file, by the place that it belongs to: of another file, nothing can be opened with it.
    pub(crate) fn file_key(&self, place: Place<'_>) -> [u8; KEY_BYTES] {
        hmac(&self.key("file"), &place.aad())
    }

    /// A hash that can't be guessed from the database alone, for short secrets that need no opening.
    #[must_use]
    pub fn keyed_hash(&self, place: Place<'_>, secret: &[u8]) -> [u8; KEY_BYTES] {
        hmac(&self.key("hash"), &[&place.aad(), b"\0".as_slice(), secret].concat())
    }
}

/// HMAC-SHA-256 (RFC 2104).
pub(crate) fn hmac(key: &[u8], message: &[u8]) -> [u8; KEY_BYTES] {
    // a key of any length is taken: `new_from_slice` of an HMAC never fails
    Hmac::<Sha256>::new_from_slice(key)
        .map(|mac| mac.chain_update(message).finalize().into_bytes().into())
        .unwrap_or_default()
}

/// Writes a new key beside and links it into place: of two programs that start at once, one wins, and no half key is read.
fn make(data: &Path, file: &Path) -> io::Result<()> {
    let mut key = [0; KEY_BYTES];
    OsRng.fill_bytes(&mut key);
    let beside = data.join(format!("{FILE}.{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut handle = options.open(&beside)?;
    writeln!(handle, "{}", BASE64_STANDARD.encode(key))?;
    handle.sync_all()?;
    let linked = fs::hard_link(&beside, file);
    fs::remove_file(&beside)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_where_it_belongs() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Secrets::open(dir.path()).unwrap();
        let place = Place { table: "staff", column: "totp", id: Uuid::from_u128(1) };
        let sealed = secrets.seal(place, b"geheim").unwrap();
        assert!(!sealed.windows(6).any(|part| part == b"geheim"));
        assert_ne!(sealed, secrets.seal(place, b"geheim").unwrap());
        // the same folder has the same key
        let again = Secrets::open(dir.path()).unwrap();
        assert_eq!(again.open_sealed(place, &sealed).unwrap(), b"geheim");
        assert_eq!(again.keyed_hash(place, b"x"), secrets.keyed_hash(place, b"x"));
        let elsewhere = [
            Place { id: Uuid::from_u128(2), ..place },
            Place { column: "name", ..place },
            Place { table: "case", ..place },
        ];
        for other in elsewhere {
            assert!(matches!(again.open_sealed(other, &sealed), Err(SecretError::Open)));
            assert_ne!(again.keyed_hash(other, b"x"), again.keyed_hash(place, b"x"));
        }
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert!(again.open_sealed(place, &damaged).is_err(), "{at}");
            assert!(again.open_sealed(place, &sealed[..at]).is_err(), "{at}");
        }
        let other = Secrets::open(tempfile::tempdir().unwrap().path()).unwrap();
        assert!(other.open_sealed(place, &sealed).is_err());
    }

    #[test]
    #[cfg(unix)]
    fn the_file_is_its_owners_only() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        Secrets::open(dir.path()).unwrap();
        let mode = fs::metadata(dir.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::write(dir.path().join(FILE), "short").unwrap();
        assert!(matches!(Secrets::open(dir.path()), Err(SecretError::Content(_))));
    }
}
