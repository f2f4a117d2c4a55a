//! Time-based one-time codes: RFC 6238 over RFC 4226 (HMAC-SHA-1, six digits, thirty seconds), as every authenticator app
//! reads them.

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// Seconds of a step.
const STEP: i64 = 30;
/// Digits of a code.
const DIGITS: usize = 6;
/// Bytes of a secret: as long as the hash (RFC 4226 §4, R6).
pub const SECRET_BYTES: usize = 20;

/// The step of a time.
#[must_use]
pub fn step(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(STEP)
}

/// The code of a step.
#[must_use]
pub fn code(secret: &[u8], step: i64) -> String {
    let Ok(mac) = Hmac::<Sha1>::new_from_slice(secret) else { return String::new() };
    let hash = mac.chain_update(step.to_be_bytes()).finalize().into_bytes();
    let offset = usize::from(hash[19] & 15);
    let word = hash[offset..].iter().take(4).fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

/// The step whose code this is, among those one step around now: clocks of phones are late or early (RFC 6238 §5.2).
#[must_use]
pub fn find_step(secret: &[u8], typed: &str, now: DateTime<Utc>) -> Option<i64> {
    let typed: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
    if typed.len() != DIGITS {
        return None;
    }
    let here = step(now);
    // all three are compared, so that time tells nothing
    let same = |at: &i64| bool::from(code(secret, *at).as_bytes().ct_eq(typed.as_bytes()));
    let found: Vec<i64> = [here, here - 1, here + 1].into_iter().filter(same).collect();
    found.first().copied()
}

/// A secret as people type it: base32 in groups of four (RFC 4648 §6).
#[must_use]
pub fn as_text(secret: &[u8]) -> String {
    let text = BASE32_NOPAD.encode(secret);
    let groups: Vec<&str> = text.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(" ")
}

/// The address that authenticator apps read from the picture.
#[must_use]
pub fn address(secret: &[u8], issuer: &str, account: &str) -> String {
    let plain = |text: &str| {
        // `+` for a blank is not read by all apps
        form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
    };
    let (issuer, account) = (plain(issuer), plain(account));
    format!(
        "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP}",
        BASE32_NOPAD.encode(secret)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn codes_of_the_rfc() {
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(SECRET, step(at(seconds))), expected);
        }
    }

    #[test]
    fn one_step_around_now() {
        let now = at(1_234_567_890);
        let here = step(now);
        for (shift, found) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let typed = code(SECRET, here + shift);
            assert_eq!(find_step(SECRET, &typed, now), found.then_some(here + shift), "{shift}");
        }
        assert_eq!(find_step(SECRET, " 005 924 ", now), Some(here));
        for typed in ["", "00592", "0059244", "abcdef", "００５９２４", "\u{0}05924"] {
            assert_eq!(find_step(SECRET, typed, now), None, "{typed}");
        }
    }

    #[test]
    fn the_address_is_read_by_apps() {
        assert_eq!(as_text(b"Hello!\xde\xad\xbe\xef"), "JBSW Y3DP EHPK 3PXP");
        let address = address(SECRET, "云川 公开", "zhang");
        assert!(address.starts_with("otpauth://totp/%E4%BA%91%E5%B7%9D%20%E5%85%AC%E5%BC%80:zhang?secret=GEZDGNBV"));
        assert!(!address.contains('+'));
    }
}
