//! Codes of letters: an id and a proof that this portal gave it out. One opens the subscription; another one, which stands in
//! an address (RFC 8058 asks for it), can only end it.

use app::text::alert::letter::Way;
use data_encoding::BASE32_NOPAD;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::secret::{Place, Secrets};

/// Bytes of the proof: with the id, which is random too, 40 characters.
const PROOF: usize = 9;
const ID: usize = 16;

/// What a code is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Confirming; the same code as for managing, on another page
    Confirm,
    /// Confirming, changing, ending
    Manage,
    /// Ending
    End,
}

impl Use {
    fn column(self) -> &'static str {
        match self {
            Self::Confirm | Self::Manage => "manage",
            Self::End => "end",
        }
    }
}

/// A code.
pub struct Code;

fn proof(id: Uuid, purpose: Use, secrets: &Secrets) -> [u8; PROOF] {
    let place = Place { table: "subscription", column: purpose.column(), id };
    let hash = secrets.keyed_hash(place, b"code");
    std::array::from_fn(|at| hash[at])
}

impl Code {
    /// The code of a subscription, letters and digits.
    pub fn write(id: Uuid, purpose: Use, secrets: &Secrets) -> String {
        BASE32_NOPAD.encode(&[id.as_bytes().as_slice(), &proof(id, purpose, secrets)].concat())
    }

    /// Whose code it is. Blanks and dashes don't count, nor does case.
    pub fn read(text: &str, purpose: Use, secrets: &Secrets) -> Option<Uuid> {
        let plain: String = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').take(64).collect();
        let bytes = BASE32_NOPAD.decode(plain.to_ascii_uppercase().as_bytes()).ok()?;
        if bytes.len() != ID + PROOF {
            return None;
        }
        let id = Uuid::from_slice(&bytes[..ID]).ok()?;
        let is_right: bool = proof(id, purpose, secrets).ct_eq(&bytes[ID..]).into();
        is_right.then_some(id)
    }
}

/// Where a letter leads: the code stands behind `#`, which no browser sends.
pub fn way(id: Uuid, purpose: Use, secrets: &Secrets, base_url: &str) -> Way {
    let code = Code::write(id, purpose, secrets);
    let page = if purpose == Use::Confirm { "confirm" } else { "manage" };
    Way { url: format!("{base_url}/alerts/{page}#{code}"), code }
}

/// Where one click ends it.
pub fn unsubscribe(id: Uuid, secrets: &Secrets, base_url: &str) -> String {
    format!("{base_url}/alerts/unsubscribe?c={}", Code::write(id, Use::End, secrets))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_opens_what_it_was_made_for() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Secrets::open(dir.path()).unwrap();
        let id = Uuid::from_u128(0x1234_5678_9abc_def0_1122_3344_5566_7788);
        let (manage, end) = (Code::write(id, Use::Manage, &secrets), Code::write(id, Use::End, &secrets));
        // the field that takes it from the address reads so many
        assert_eq!((manage.len(), end.len()), (40, 40));
        assert!(manage.bytes().all(|sign| sign.is_ascii_alphanumeric()));
        assert_eq!(Code::read(&manage, Use::Confirm, &secrets), Some(id));
        let typed = format!(" {}-{} ", manage[..20].to_lowercase(), &manage[20..]);
        assert_eq!(Code::read(&typed, Use::Manage, &secrets), Some(id));
        assert_eq!(Code::read(&manage, Use::End, &secrets), None);
        assert_eq!(Code::read(&end, Use::Manage, &secrets), None);
        let other = Secrets::open(tempfile::tempdir().unwrap().path()).unwrap();
        assert_eq!(Code::read(&manage, Use::Manage, &other), None);
        for at in 0..manage.len() {
            let mut wrong: Vec<u8> = manage.clone().into_bytes();
            wrong[at] = if wrong[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(Code::read(&String::from_utf8(wrong).unwrap(), Use::Manage, &secrets), None, "{at}");
            assert_eq!(Code::read(&manage[..at], Use::Manage, &secrets), None);
        }
        for wrong in ["", "中文", "0189", &"A".repeat(1000)] {
            assert_eq!(Code::read(wrong, Use::Manage, &secrets), None);
        }
    }
}
