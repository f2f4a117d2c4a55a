//! Cosignatures of witnesses (C2SP tlog-cosignature, Ed25519): "at this time this was the largest tree that I saw of
//! this log, and it only grew".

use app::proof::cosigned;
use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signer, SigningKey, Verifier, VerifyingKey};
use signed_note::{Signature, is_key_name_valid, key_id};

/// Signature type of these keys (C2SP signed-note).
const TYPE: u8 = 4;
/// The time, then the Ed25519 signature.
const TIME_BYTES: usize = 8;

/// The private half of a witness.
pub struct WitnessSigner {
    name: String,
    key: SigningKey,
}

/// The public half of a witness: a `vkey` of type 4.
#[derive(Clone, Debug)]
pub struct WitnessKey {
    name: String,
    id: u32,
    key: VerifyingKey,
}

impl WitnessSigner {
    /// A witness of a name that a signed note can carry.
    pub(super) fn new(name: String, key: SigningKey) -> Self {
        Self { name, key }
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> WitnessKey {
        WitnessKey::new(&self.name, self.key.verifying_key())
    }

    /// Signs the body of a checkpoint at a time (seconds since 1970).
    pub(super) fn cosign(&self, body: &[u8], time: u64) -> Result<Signature, signed_note::NoteError> {
        let signature = self.key.sign(&cosigned(time, body)).to_bytes();
        let bytes = [time.to_be_bytes().as_slice(), signature.as_slice()].concat();
        Signature::new(self.name.clone(), self.public().id, bytes)
    }
}

impl WitnessKey {
    fn new(name: &str, key: VerifyingKey) -> Self {
        let id = key_id(name, &[&[TYPE], key.to_bytes().as_slice()].concat());
        Self { name: name.to_owned(), id, key }
    }

    /// Reads a `vkey`; `None` for other kinds of keys and malformed ones.
    #[must_use]
    pub fn read(vkey: &str) -> Option<Self> {
        let mut parts = vkey.splitn(3, '+');
        let (name, id, coded) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes = BASE64_STANDARD.decode(coded).ok()?;
        let (kind, key) = bytes.split_first()?;
        let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok().filter(|key| !key.is_weak())?;
        let read = Self::new(name, key);
        let is_own_id = id.len() == 8 && u32::from_str_radix(id, 16) == Ok(read.id);
        (*kind == TYPE && is_key_name_valid(name) && is_own_id).then_some(read)
    }

    /// As it is told to others.
    #[must_use]
    pub fn vkey(&self) -> String {
        let coded = BASE64_STANDARD.encode([&[TYPE], self.key.to_bytes().as_slice()].concat());
        format!("{}+{:08x}+{coded}", self.name, self.id)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its id, eight hexadecimal digits.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{:08x}", self.id)
    }

    /// The key itself: a second name does not make a second witness.
    pub(super) fn bytes(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Whether a signature claims to be its own.
    #[must_use]
    pub fn is_signer_of(&self, signature: &Signature) -> bool {
        signature.name() == self.name && signature.id() == self.id
    }

    /// When it signed a checkpoint's body (seconds since 1970); `None` for what it did not sign.
    #[must_use]
    pub fn time_of(&self, signature: &Signature, body: &[u8]) -> Option<u64> {
        let (time, signed) = signature.signature().split_first_chunk::<TIME_BYTES>()?;
        let time = Some(u64::from_be_bytes(*time)).filter(|time| i64::try_from(*time).is_ok())?;
        let signed = ed25519_dalek::Signature::from_bytes(signed.try_into().ok()?);
        let is_valid = self.is_signer_of(signature) && self.key.verify(&cosigned(time, body), &signed).is_ok();
        is_valid.then_some(time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    fn signer() -> WitnessSigner {
        WitnessSigner::new("witness.example.com/w1".into(), SigningKey::from_bytes(&[7; 32]))
    }

    #[test]
    fn a_cosignature_is_that_of_the_specification() {
        // computed with Python's cryptography package from the text of the specification
        let signature = signer().cosign(BODY, 1_679_315_147).unwrap();
        let line = "— witness.example.com/w1 gSKlqwAAAABkGFDLWr4Jea05CAgwNVtwky0Jgz6WfX0QJgM//FkB/W9BoT9TX0DkTxG+2cT4p/\
                    ViKNhUM/SnUwFcYQzugGFQ15LwDw==\n";
        assert_eq!(String::from_utf8(signature.to_bytes()).unwrap(), line);
        let vkey = "witness.example.com/w1+8122a5ab+BOpKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs";
        assert_eq!(signer().public().vkey(), vkey);
        assert_eq!(WitnessKey::read(vkey).unwrap().time_of(&signature, BODY), Some(1_679_315_147));
    }

    #[test]
    fn nothing_else_is_a_cosignature() {
        let (witness, good) = (signer().public(), signer().cosign(BODY, 5).unwrap());
        let of = |name: &str, id: u32, bytes: &[u8]| Signature::new(name.into(), id, bytes.to_vec()).unwrap();
        assert_eq!(witness.time_of(&good, BODY), Some(5));
        assert_eq!(witness.time_of(&good, b"other"), None);
        assert_eq!(witness.time_of(&of("other", good.id(), good.signature()), BODY), None);
        assert_eq!(witness.time_of(&of(good.name(), 1, good.signature()), BODY), None);
        for length in 0..good.signature().len() {
            assert_eq!(witness.time_of(&of(good.name(), good.id(), &good.signature()[..length]), BODY), None);
        }
        for place in 0..good.signature().len() {
            let mut bytes = good.signature().to_vec();
            bytes[place] ^= 1;
            assert_eq!(witness.time_of(&of(good.name(), good.id(), &bytes), BODY), None, "byte {place}");
        }
        // a time that the specification forbids
        let late = signer().cosign(BODY, u64::MAX).unwrap();
        assert_eq!(witness.time_of(&late, BODY), None);
    }

    #[test]
    fn only_keys_of_witnesses_are_read() {
        let vkey = signer().public().vkey();
        assert!(WitnessKey::read(&vkey).is_some());
        let log_key = signed_note::new_ed25519_verifier_key("w", &SigningKey::from_bytes(&[7; 32]).verifying_key());
        let weak = WitnessKey::new("w", VerifyingKey::from_bytes(&[0; 32]).unwrap()).vkey();
        let (renamed, short) = (vkey.replacen("w1", "w2", 1), &vkey[..vkey.len() - 4]);
        for other in ["", "a+b+c", &log_key, &weak, &renamed, short, &vkey.replacen('+', " +", 1)] {
            assert!(WitnessKey::read(other).is_none(), "{other}");
        }
    }
}
