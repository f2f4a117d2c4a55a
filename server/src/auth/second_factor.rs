//! Enrolling a second factor, and proving it.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use uuid::Uuid;

use super::{Auth, AuthError, totp};
use crate::{
    qr::Qr,
    secret::Place,
    store::{StaffRow, Tx},
};

/// Recovery codes of an account.
const CODES: usize = 10;
/// Signs of a recovery code: 60 bits.
const CODE_SIGNS: usize = 12;

/// A second factor that is offered and not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret in groups of four, for typing
    pub text: String,
    /// The address that the picture holds
    pub address: String,
    /// The picture: side in modules, and the path of its dark ones (SVG)
    pub picture: (usize, String),
    /// The secret sealed for this account, for the form to carry
    pub sealed: String,
}

fn offer(id: Uuid) -> Place<'static> {
    Place { table: "staff", column: "totp_offer", id }
}

fn stored(id: Uuid) -> Place<'static> {
    Place { table: "staff", column: "totp", id }
}

fn recovery(id: Uuid) -> Place<'static> {
    Place { table: "recovery_code", column: "hash", id }
}

impl Auth {
    /// Offers a second factor: the one of a form that comes again, or a new one.
    pub fn offer_second_factor(
        &self,
        staff: Uuid,
        name: &str,
        issuer: &str,
        again: Option<&str>,
    ) -> Result<Enrolment, AuthError> {
        let secret = match again.and_then(|sealed| self.offered_secret(staff, sealed)) {
            Some(secret) => secret,
            None => self.ids.salt()[..totp::SECRET_BYTES].to_vec(),
        };
        let sealed = BASE64_URL_SAFE_NO_PAD.encode(self.secrets.seal(offer(staff), &secret)?);
        let address = totp::address(&secret, issuer, name);
        Ok(Enrolment { text: totp::as_text(&secret), picture: picture(&address), address, sealed })
    }

    /// The secret of an offer that was made to this account.
    pub(super) fn offered_secret(&self, staff: Uuid, sealed: &str) -> Option<Vec<u8>> {
        let sealed = BASE64_URL_SAFE_NO_PAD.decode(sealed).ok()?;
        self.secrets.open_sealed(offer(staff), &sealed).ok().filter(|secret| secret.len() == totp::SECRET_BYTES)
    }

    /// Stores a secret that was proved by the code of a step.
    pub(super) async fn store_secret(
        &self,
        tx: &mut Tx,
        staff: Uuid,
        secret: &[u8],
        step: i64,
    ) -> Result<(), AuthError> {
        let sealed = self.secrets.seal(stored(staff), secret)?;
        Ok(tx.set_totp(staff, Some(&sealed), step).await?)
    }

    /// Whether what was typed proves the second factor, and by what: a code of this time, or a recovery code. Either is
    /// used by it; the database sees to it that none is used twice.
    pub(super) async fn prove(
        &self,
        tx: &mut Tx,
        row: &StaffRow,
        typed: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<&'static str>, AuthError> {
        let Some(sealed) = &row.totp else { return Ok(None) };
        let secret = self.secrets.open_sealed(stored(row.id), sealed)?;
        if let Some(step) = totp::find_step(&secret, typed, now) {
            return Ok(tx.use_step(row.id, step).await?.then_some("code"));
        }
        let Some(code) = plain_code(typed) else { return Ok(None) };
        let hash = self.secrets.keyed_hash(recovery(row.id), code.as_bytes());
        Ok(tx.use_recovery_code(row.id, &hash, now).await?.then_some("recovery_code"))
    }

    /// New recovery codes in place of all that were: as they are shown, once.
    pub(super) async fn renew_recovery_codes(&self, tx: &mut Tx, staff: Uuid) -> Result<Vec<String>, AuthError> {
        let codes: Vec<String> = (0..CODES)
            .map(|_| BASE32_NOPAD.encode(&self.ids.salt()).to_lowercase().chars().take(CODE_SIGNS).collect())
            .collect();
        let hashes: Vec<[u8; 32]> =
            codes.iter().map(|code| self.secrets.keyed_hash(recovery(staff), code.as_bytes())).collect();
        tx.put_recovery_codes(staff, &hashes).await?;
        Ok(codes.iter().map(|code| format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..])).collect())
    }
}

/// A recovery code as it is hashed, however it was typed: `0`, `1` and `8` stand for the letters that look like them.
fn plain_code(typed: &str) -> Option<String> {
    let signs = typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-');
    let code: String = signs
        .map(|sign| match sign.to_ascii_lowercase() {
            '0' => 'o',
            '1' => 'i',
            '8' => 'b',
            sign => sign,
        })
        .take(CODE_SIGNS + 1)
        .collect();
    (code.len() == CODE_SIGNS && code.is_ascii()).then_some(code)
}

/// A QR code as one SVG path of its dark modules, in units of a module.
pub(crate) fn picture(text: &str) -> (usize, String) {
    Qr::new(text).map_or((0, String::new()), |code| (code.side, code.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovery_codes_are_read_as_people_type_them() {
        assert_eq!(plain_code(" ABCD-efgh 2345 ").as_deref(), Some("abcdefgh2345"));
        assert_eq!(plain_code("0bcd-1fgh-8345").as_deref(), Some("obcdifghb345"));
        for typed in ["", "abcd-efgh-234", "abcd-efgh-23456", "287082", "一二三四五六七八九十甲乙"] {
            assert_eq!(plain_code(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_picture_is_square_with_a_quiet_zone() {
        let (side, path) = picture("otpauth://totp/x:y?secret=GEZDGNBVGY3TQOJQ");
        assert!(side >= 29 + 8 && path.starts_with("M4 4h1v1h-1z"), "{side}");
    }
}
