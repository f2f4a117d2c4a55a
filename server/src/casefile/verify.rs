//! Whether a case file is as it was signed. Needs the file and a public key, nothing else.

use signed_note::{Signature, StandardVerifier, Verifier};

/// Bytes of a file at most.
const MOST_BYTES: usize = 64 << 20;
/// Signature lines at most.
const MOST_SIGNATURES: usize = 16;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// As it was signed
    Unchanged {
        /// Name of the key
        key: String,
        /// Its id, eight hexadecimal digits
        id: String,
    },
    /// A trusted key is named, and the text is not what it signed
    Changed,
    /// No trusted key is named
    OtherKey,
    /// Not a signed case file
    Unreadable,
}

/// Public keys that one trusts.
pub struct KeyList(Vec<StandardVerifier>);

impl KeyList {
    /// Reads keys, one a line; lines that begin with `#` are for people.
    ///
    /// # Errors
    /// The line that is none; an empty one where there is none.
    pub fn read(text: &str) -> Result<Self, String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let keys = lines.map(|line| StandardVerifier::new(line).map_err(|_| line.to_owned()));
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() { Err(String::new()) } else { Ok(Self(keys)) }
    }
}

/// Checks a file. Every signature in the name of a trusted key must be right; one at least must be there.
#[must_use]
pub fn verify(file: &[u8], keys: &KeyList) -> Finding {
    let Some((text, signatures)) = parts(file) else { return Finding::Unreadable };
    let mut finding = Finding::OtherKey;
    for signature in signatures {
        let is_its = |key: &&StandardVerifier| key.name() == signature.name() && key.key_id() == signature.id();
        let Some(key) = keys.0.iter().find(is_its) else { continue };
        if !key.verify(text.as_bytes(), signature.signature()) {
            return Finding::Changed;
        }
        finding = Finding::Unchanged { key: key.name().to_owned(), id: format!("{:08x}", key.key_id()) };
    }
    finding
}

/// Text and signatures (C2SP signed-note; longer than other notes).
fn parts(file: &[u8]) -> Option<(String, Vec<Signature>)> {
    let file = std::str::from_utf8(file).ok().filter(|file| file.len() <= MOST_BYTES)?;
    if file.chars().any(|sign| sign < ' ' && sign != '\n') {
        return None;
    }
    let (text, lines) = file.rsplit_once("\n\n")?;
    let lines: Vec<&str> = lines.strip_suffix('\n')?.split('\n').collect();
    if lines.len() > MOST_SIGNATURES {
        return None;
    }
    let signatures = lines.iter().map(|line| {
        let signature = Signature::from_bytes(line.as_bytes()).ok()?;
        // one way only to write a signature: nothing in the file can be changed
        (signature.to_bytes().strip_suffix(b"\n") == Some(line.as_bytes())).then_some(signature)
    });
    Some((format!("{text}\n"), signatures.collect::<Option<_>>()?))
}
