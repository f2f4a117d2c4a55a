//! `[desk]` in `portal.toml`: accounts, sessions, the audit trail. Each number is configuration; the standard
//! (GB/T 22239-2019) names the measures, not the numbers (domain 7.3).

use std::net::IpAddr;

use app::domain::staff::Role;
use chrono::TimeDelta;
use serde::Deserialize;

/// Months for which the audit trail is kept at least: 网络安全法, network logs.
pub const LEAST_AUDIT_MONTHS: u32 = 6;

/// Settings of the desk.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeskSettings {
    /// Roles that must have a second factor. Default: those that publish, that read the audit trail and that manage
    /// accounts; an officer who only writes can make nothing public alone.
    pub require_totp_roles: Vec<Role>,
    /// Characters of a password at least. Default 12: length is what helps against guessing.
    pub password_length: u32,
    /// Characters with which a password is enough when it mixes kinds of characters. Default 8 (domain 7.3).
    pub password_mixed_length: u32,
    /// Kinds (capital, small, digit, other) that such a password mixes at least. Default 3 of 4 (domain 7.3).
    pub password_mixed_kinds: u32,
    /// Days after which a password must be changed, 0: never. Default 90 (domain 7.3: periodic change).
    pub password_days: u32,
    /// Failures in a row after which an account is locked. Default 5 (domain 7.3).
    pub lock_failures: u32,
    /// Minutes for which it is locked. Default 15 (domain 7.3: 15 to 30).
    pub lock_minutes: u32,
    /// Failures from one address within the same minutes after which that address must wait. Default 30: an office
    /// behind one address must not lock itself out by a few mistakes, a guesser gets no further.
    pub address_failures: u32,
    /// Minutes after which an unused session ends. Default 30 (domain 7.3: 10 to 30).
    pub idle_minutes: u32,
    /// Hours after which any session ends. Default 12: a working day.
    pub session_hours: u32,
    /// Minutes for which the second factor is awaited. Default 10.
    pub code_minutes: u32,
    /// Hours for which a set-up link is good. Default 72: over a weekend.
    pub setup_hours: u32,
    /// Months for which the audit trail is kept, at least 6. Default 36: logs of handling personal data are kept three
    /// years (网络数据安全管理条例, article 12).
    pub audit_months: u32,
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed. Default none: the address of the connection
    /// counts, since anybody can write that header.
    pub trusted_proxies: Vec<IpAddr>,
    /// Memory of one password check, KiB. Default 19456 (OWASP: Argon2id, 19 MiB, 2 passes).
    pub argon2_memory: u32,
    /// Passes of one password check. Default 2.
    pub argon2_passes: u32,
    /// Password checks at once; more wait. Default 2: with 19 MiB each, a flood of attempts takes 38 MiB.
    pub argon2_at_once: u32,
}

impl Default for DeskSettings {
    fn default() -> Self {
        Self {
            require_totp_roles: vec![Role::Reviewer, Role::Auditor, Role::Admin],
            password_length: 12,
            password_mixed_length: 8,
            password_mixed_kinds: 3,
            password_days: 90,
            lock_failures: 5,
            lock_minutes: 15,
            address_failures: 30,
            idle_minutes: 30,
            session_hours: 12,
            code_minutes: 10,
            setup_hours: 72,
            audit_months: 36,
            trusted_proxies: Vec::new(),
            argon2_memory: 19_456,
            argon2_passes: 2,
            argon2_at_once: 2,
        }
    }
}

impl DeskSettings {
    /// The name of a setting that can't be used.
    ///
    /// # Errors
    /// Its name and the least it may be.
    pub fn check(&self) -> Result<(), (&'static str, u32)> {
        let least = [
            ("password_length", self.password_length, 8),
            ("password_mixed_length", self.password_mixed_length, 8),
            ("lock_failures", self.lock_failures, 1),
            ("lock_minutes", self.lock_minutes, 1),
            ("address_failures", self.address_failures, 1),
            ("idle_minutes", self.idle_minutes, 1),
            ("session_hours", self.session_hours, 1),
            ("code_minutes", self.code_minutes, 1),
            ("setup_hours", self.setup_hours, 1),
            ("audit_months", self.audit_months, LEAST_AUDIT_MONTHS),
            ("argon2_memory", self.argon2_memory, 8_192),
            ("argon2_passes", self.argon2_passes, 1),
            ("argon2_at_once", self.argon2_at_once, 1),
        ];
        least.into_iter().find(|(_, value, least)| value < least).map_or(Ok(()), |(name, _, least)| Err((name, least)))
    }

    pub(crate) fn lock(&self) -> TimeDelta {
        TimeDelta::minutes(self.lock_minutes.into())
    }

    pub(crate) fn idle(&self) -> TimeDelta {
        TimeDelta::minutes(self.idle_minutes.into())
    }

    pub(crate) fn longest(&self) -> TimeDelta {
        TimeDelta::hours(self.session_hours.into())
    }

    pub(crate) fn code_wait(&self) -> TimeDelta {
        TimeDelta::minutes(self.code_minutes.into())
    }

    pub(crate) fn setup(&self) -> TimeDelta {
        TimeDelta::hours(self.setup_hours.into())
    }
}
