//! The signing keys: one file below the data folder, readable by its owner only, outside everything that is served.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::SigningKey;
use rand_core::OsRng;
use signed_note::{Signer, StandardSigner, generate_key, new_ed25519_verifier_key};

use super::disk::write_private;

/// Keys that sign checkpoints, the newest first. While a key is being changed there are two.
pub struct Keys {
    file: PathBuf,
    lines: Vec<String>,
}

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file can't be read or written.
    #[error("key file {0}: {1}")]
    File(PathBuf, io::Error),
    /// A line is no key.
    #[error("key file {0}: a line is not a signed-note key")]
    Line(PathBuf),
    /// A name that a signed note can't carry.
    #[error("{0:?} can't be the name of a log: no spaces, no plus sign")]
    Name(String),
    /// No key of this id.
    #[error("no signing key has this id, or it is the only one")]
    NoSuchKey,
}

impl Keys {
    /// Reads the key file; makes it, with one key of this name, where there is none.
    pub fn open(file: &Path, name: &str) -> Result<Self, KeyError> {
        let failed = |error| KeyError::File(file.to_owned(), error);
        match fs::read_to_string(file) {
            Ok(text) => {
                let lines = text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
                let keys = Self { file: file.to_owned(), lines };
                keys.signers()?;
                Ok(keys)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if !signed_note::is_key_name_valid(name) {
                    return Err(KeyError::Name(name.to_owned()));
                }
                let keys = Self { file: file.to_owned(), lines: vec![generate_key(&mut OsRng, name).0] };
                keys.write().map_err(failed)?;
                Ok(keys)
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// Those who sign.
    pub fn signers(&self) -> Result<Vec<StandardSigner>, KeyError> {
        let signers: Result<Vec<_>, _> = self.lines.iter().map(|line| StandardSigner::new(line)).collect();
        match signers {
            Ok(signers) if !signers.is_empty() => Ok(signers),
            _ => Err(KeyError::Line(self.file.clone())),
        }
    }

    /// Name of the log, which every key carries.
    pub fn origin(&self) -> Result<String, KeyError> {
        Ok(self.signers()?.first().map(|signer| signer.name().to_owned()).unwrap_or_default())
    }

    /// The public halves (`vkey`s of C2SP signed-note).
    pub fn public(&self) -> Result<Vec<String>, KeyError> {
        self.lines.iter().map(|line| public_half(line).ok_or_else(|| KeyError::Line(self.file.clone()))).collect()
    }

    /// Adds a key. From now on both sign, so that who knows either can follow.
    pub fn add(&mut self) -> Result<(), KeyError> {
        let origin = self.origin()?;
        self.lines.insert(0, generate_key(&mut OsRng, &origin).0);
        self.write().map_err(|error| KeyError::File(self.file.clone(), error))
    }

    /// Ends a key by its id (eight hexadecimal digits). The last one stays.
    pub fn retire(&mut self, id: &str) -> Result<(), KeyError> {
        let is_it = |line: &String| line.split('+').nth(3).is_some_and(|own| own.eq_ignore_ascii_case(id));
        if self.lines.len() < 2 || !self.lines.iter().any(is_it) {
            return Err(KeyError::NoSuchKey);
        }
        self.lines.retain(|line| !is_it(line));
        self.write().map_err(|error| KeyError::File(self.file.clone(), error))
    }

    fn write(&self) -> io::Result<()> {
        write_private(&self.file, lines(&self.lines).as_bytes())
    }
}

/// Each on a line of its own.
pub(super) fn lines<'a>(all: impl IntoIterator<Item = impl AsRef<str> + 'a>) -> String {
    all.into_iter().fold(String::new(), |text, line| text + line.as_ref() + "\n")
}

/// `PRIVATE+KEY+name+id+base64(algorithm, seed)` to its name and key.
pub(super) fn private_half(line: &str) -> Option<(String, SigningKey)> {
    StandardSigner::new(line).ok()?;
    let mut parts = line.splitn(5, '+').skip(2);
    let (name, _, coded) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = BASE64_STANDARD.decode(coded).ok()?;
    let seed: [u8; 32] = bytes.get(1..)?.try_into().ok()?;
    Some((name.to_owned(), SigningKey::from_bytes(&seed)))
}

/// `name+id+base64(algorithm, key)`.
fn public_half(line: &str) -> Option<String> {
    let (name, key) = private_half(line)?;
    Some(new_ed25519_verifier_key(&name, &key.verifying_key()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_changed_and_kept_private() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("log.key");
        let mut keys = Keys::open(&file, "example.cn/log").unwrap();
        let first = keys.public().unwrap();
        assert_eq!(Keys::open(&file, "other").unwrap().public().unwrap(), first);
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions()) & 0o777, 0o600);
        keys.add().unwrap();
        let both = Keys::open(&file, "").unwrap().public().unwrap();
        assert_eq!((both.len(), &both[1]), (2, &first[0]));
        let id = first[0].split('+').nth(1).unwrap().to_owned();
        keys.retire(&id).unwrap();
        assert_eq!(keys.public().unwrap(), both[..1]);
        assert!(matches!(keys.retire(&id), Err(KeyError::NoSuchKey)));
        assert!(matches!(Keys::open(&dir.path().join("k"), "a b"), Err(KeyError::Name(_))));
    }
}
