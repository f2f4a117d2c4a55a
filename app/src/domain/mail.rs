//! Addresses of electronic mail, and when a letter that failed is tried again.

use chrono::{DateTime, TimeDelta, Utc};

/// Characters of an address at most (RFC 5321 §4.5.3.1.3, without the angle brackets).
const LONGEST: usize = 254;
/// Characters before the @ at most (RFC 5321 §4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;
/// Characters of one part of a domain name at most (RFC 1035 §2.3.4).
const LONGEST_LABEL: usize = 63;
/// Waiting after the first, second, … failure, minutes; the last one repeats.
const WAITS: [i64; 5] = [1, 5, 15, 60, 360];
/// Days for which a letter is tried (RFC 5321 §4.5.4.1: at least 4 to 5).
const DAYS: i64 = 5;

/// An address that a letter can be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

/// Why something is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// Nothing there
    Empty,
    /// Letters beyond ASCII: few servers take them (RFC 6531), so they are refused before anything is lost
    NotAscii,
    /// Not `name@example.cn`
    Form,
}

impl Address {
    /// Reads an address; blanks around it don't count.
    ///
    /// # Errors
    /// [`AddressFault`]. Quoted names, comments and address literals (RFC 5321) are refused: nobody has them, and they are
    /// where injections hide.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        let text = text.trim_matches(' ');
        if text.is_empty() {
            return Err(AddressFault::Empty);
        }
        if !text.is_ascii() {
            return Err(AddressFault::NotAscii);
        }
        let (local, domain) = text.split_once('@').ok_or(AddressFault::Form)?;
        let is_good = text.len() <= LONGEST && is_local(local) && is_domain(domain);
        if is_good { Ok(Self(text.to_owned())) } else { Err(AddressFault::Form) }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the @.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

fn is_local(local: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    local.len() <= LONGEST_LOCAL && local.split('.').all(|part| !part.is_empty() && part.bytes().all(is_sign))
}

fn is_domain(domain: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= LONGEST_LABEL
            && label.bytes().all(is_sign)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let has_name = domain.rsplit('.').next().is_some_and(|top| top.bytes().any(|byte| byte.is_ascii_alphabetic()));
    (domain.contains('.') || domain == "localhost") && has_name && domain.split('.').all(is_label)
}

/// Until when a letter that is due at a time is tried.
#[must_use]
pub fn expiry(due_at: DateTime<Utc>) -> DateTime<Utc> {
    due_at + TimeDelta::days(DAYS)
}

/// When to try again after that many attempts, the last of which failed `now`; never when it would be after the expiry.
#[must_use]
pub fn next_attempt(attempts: i64, now: DateTime<Utc>, expires_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let place = usize::try_from(attempts - 1).unwrap_or(0).min(WAITS.len() - 1);
    Some(now + TimeDelta::minutes(WAITS[place])).filter(|next| *next <= expires_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_strictly() {
        for good in ["a@b.cn", "wang.li+x@mail.example.com", "x_y@xn--fiqs8s.cn", " a@b.cn ", "portal@localhost"] {
            assert_eq!(Address::parse(good).unwrap().as_str(), good.trim(), "{good}");
        }
        let long = format!("{}@b.cn", "a".repeat(65));
        let bad = [
            "a",
            "@b.cn",
            "a@",
            "a@b",
            "a@@b.cn",
            "a b@c.cn",
            "a@b.cn\r\nBcc: x@y.cn",
            "a@b.cn\n",
            "a@b.cn,c@d.cn",
            "<a@b.cn>",
            "a@-b.cn",
            "a@b..cn",
            ".a@b.cn",
            "a.@b.cn",
            "\"a\"@b.cn",
            "a@[1.2.3.4]",
            "a@1.2.3.4",
            "a\0@b.cn",
            "a@b.cn> SIZE=1",
            long.as_str(),
        ];
        for bad in bad {
            assert_eq!(Address::parse(bad), Err(AddressFault::Form), "{bad:?}");
        }
        assert_eq!(Address::parse("王@例子.中国"), Err(AddressFault::NotAscii));
        assert_eq!(Address::parse("a@例子.cn"), Err(AddressFault::NotAscii));
        assert_eq!(Address::parse("  "), Err(AddressFault::Empty));
    }

    #[test]
    fn waits_grow_and_end() {
        let start: DateTime<Utc> = "2026-11-25T02:00:00Z".parse().unwrap();
        let (mut now, mut waits) = (start, Vec::new());
        for attempts in 1.. {
            let Some(next) = next_attempt(attempts, now, expiry(start)) else { break };
            waits.push((next - now).num_minutes());
            now = next;
        }
        assert_eq!(waits[..6], [1, 5, 15, 60, 360, 360]);
        // 81 minutes, then 19 times six hours fit into five days
        assert_eq!((waits.len(), (now - start).num_minutes()), (23, 81 + 19 * 360));
    }
}
