//! The public keys that somebody trusts, and what they say of a checkpoint.

use std::collections::BTreeSet;

use app::proof::RETIRED;
use chrono::{DateTime, Utc};
use serde::Serialize;
use signed_note::{Note, Signature, StandardVerifier, VerificationError, Verifier, Verifiers};
use tlog_tiles::Checkpoint;

use super::WitnessKey;

/// Leaves of a log at most: with more, places of hashes don't fit into 64 bits.
const MOST_LEAVES: u64 = 1 << 48;

/// Name and id of a key.
type KeyName = (String, u32);

/// Public keys of logs, and of witnesses.
pub struct Keyring {
    logs: Vec<StandardVerifier>,
    retired: BTreeSet<KeyName>,
    witnesses: Vec<WitnessKey>,
}

/// A signature that a known key made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signed {
    /// Name of the key
    pub name: String,
    /// Its id, eight hexadecimal digits
    pub id: String,
    /// The key no longer signs; it did when this was signed
    pub retired: bool,
    /// When, as far as a signature says so: those of witnesses do
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
}

/// A checkpoint with a valid signature of its log.
pub struct Opened {
    /// The tree head
    pub checkpoint: Checkpoint,
    /// What was signed
    pub body: Vec<u8>,
    /// Signatures of the log's keys
    pub log: Vec<Signed>,
    /// Signatures of known witnesses
    pub witnesses: Vec<Signed>,
    /// Signatures of unknown keys, which prove nothing
    pub unknown: Vec<Signature>,
}

/// Why a checkpoint proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// Not a signed note with a tree head.
    Unreadable,
    /// No key of its origin is known.
    UnknownLog,
    /// None of the known keys of its log signed it, or a signature is wrong.
    NotSigned,
    /// Only keys that are no longer in use signed it.
    RetiredKey,
    /// A known witness did not make the signature in its name.
    NotWitnessed(String),
}

impl Keyring {
    /// Reads public keys of logs, one a line. Lines that begin with `#` say something to people, and one of them
    /// ([`RETIRED`]) something to programs.
    ///
    /// # Errors
    /// The line that is no key of a log; an empty one where there is none.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut keyring = Self { logs: Vec::new(), retired: BTreeSet::new(), witnesses: Vec::new() };
        let mut is_retired = false;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if line.starts_with('#') {
                is_retired |= line == RETIRED;
                continue;
            }
            let key = StandardVerifier::new(line).map_err(|_| line.to_owned())?;
            if keyring.verifier(key.name(), key.key_id()).is_ok() {
                continue;
            }
            if is_retired {
                keyring.retired.insert((key.name().to_owned(), key.key_id()));
            }
            keyring.logs.push(key);
        }
        if keyring.logs.is_empty() { Err(String::new()) } else { Ok(keyring) }
    }

    /// With the keys of witnesses.
    #[must_use]
    pub fn with_witnesses(self, witnesses: Vec<WitnessKey>) -> Self {
        Self { witnesses, ..self }
    }

    /// A checkpoint that its log signed, lately or at any time.
    ///
    /// # Errors
    /// [`NotOpened`] for everything else.
    pub fn open(&self, bytes: &[u8]) -> Result<Opened, NotOpened> {
        let note = Note::from_bytes(bytes).map_err(|_| NotOpened::Unreadable)?;
        let checkpoint = Checkpoint::from_bytes(note.text()).map_err(|_| NotOpened::Unreadable)?;
        if checkpoint.size() > MOST_LEAVES {
            return Err(NotOpened::Unreadable);
        }
        if self.logs.iter().all(|key| key.name() != checkpoint.origin()) {
            return Err(NotOpened::UnknownLog);
        }
        let (known, others) = note.verify(self).map_err(|_| NotOpened::NotSigned)?;
        // a key signs for the log of its own name
        let log: Vec<Signed> =
            known.iter().filter(|own| own.name() == checkpoint.origin()).map(|own| self.signed(own, None)).collect();
        if log.is_empty() {
            return Err(NotOpened::NotSigned);
        }
        let body = note.text().to_vec();
        let (mut witnesses, mut unknown) = (Vec::new(), Vec::new());
        for signature in others {
            match self.witnesses.iter().find(|witness| witness.is_signer_of(&signature)) {
                None => unknown.push(signature),
                Some(witness) => {
                    let time = witness.time_of(&signature, &body).and_then(|time| i64::try_from(time).ok());
                    let time = time.ok_or_else(|| NotOpened::NotWitnessed(witness.name().to_owned()))?;
                    witnesses.push(self.signed(&signature, DateTime::from_timestamp(time, 0)));
                }
            }
        }
        Ok(Opened { checkpoint, body, log, witnesses, unknown })
    }

    /// [`Keyring::open`] for the present checkpoint: keys that no longer sign don't suffice.
    pub fn open_present(&self, bytes: &[u8]) -> Result<Opened, NotOpened> {
        let opened = self.open(bytes)?;
        if opened.log.iter().all(|signed| signed.retired) { Err(NotOpened::RetiredKey) } else { Ok(opened) }
    }

    /// How many different witnesses are among signatures: neither a second key of one name nor a second name of one
    /// key counts.
    #[must_use]
    pub fn distinct(&self, signed: &[Signed]) -> usize {
        let known = |signed: &Signed| {
            self.witnesses.iter().find(|witness| witness.name() == signed.name && witness.id() == signed.id)
        };
        let names: BTreeSet<&str> = signed.iter().map(|signed| signed.name.as_str()).collect();
        let keys: BTreeSet<[u8; 32]> = signed.iter().filter_map(known).map(WitnessKey::bytes).collect();
        names.len().min(keys.len())
    }

    fn signed(&self, signature: &Signature, at: Option<DateTime<Utc>>) -> Signed {
        let key = (signature.name().to_owned(), signature.id());
        let retired = self.retired.contains(&key);
        Signed { name: key.0, id: format!("{:08x}", key.1), retired, at }
    }
}

impl Verifiers for Keyring {
    fn verifier(&self, name: &str, id: u32) -> Result<&dyn Verifier, VerificationError> {
        let known = self.logs.iter().find(|key| key.name() == name && key.key_id() == id);
        known.map(|key| key as _).ok_or_else(|| VerificationError::UnknownKey { name: name.to_owned(), id })
    }
}

/// Reads public keys of witnesses, one a line.
///
/// # Errors
/// The line that is none.
pub fn witness_keys(text: &str) -> Result<Vec<WitnessKey>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| WitnessKey::read(line).ok_or_else(|| line.to_owned())).collect()
}
