//! Officers' accounts: rows, set-up links, recovery codes.

mod read;

use app::domain::staff::Role;
use chrono::{DateTime, Utc};
use const_format::concatcp;
use sqlx::FromRow;
use uuid::Uuid;

use super::{Db, StoreError, Tx, run, with_pool, with_tx};

/// An account as it is stored.
#[derive(Clone, FromRow)]
pub struct StaffRow {
    pub id: Uuid,
    pub name: String,
    pub display_name: String,
    pub roles: String,
    pub password: Option<String>,
    pub password_at: Option<DateTime<Utc>>,
    pub totp: Option<Vec<u8>>,
    pub failures: i64,
    pub locked_until: Option<DateTime<Utc>>,
    pub locked: bool,
    pub seen_at: Option<DateTime<Utc>>,
}

/// An account to be made.
pub struct NewStaff<'a> {
    pub id: Uuid,
    pub name: &'a str,
    pub display_name: &'a str,
    pub roles: &'a [Role],
}

/// Roles as they are stored.
fn write_roles(roles: &[Role]) -> String {
    let all = Role::ALL.into_iter().filter(|role| roles.contains(role));
    all.map(Role::code).collect::<Vec<_>>().join(" ")
}

/// Reads what [`write_roles`] wrote.
pub fn read_roles(text: &str) -> Result<Vec<Role>, StoreError> {
    let read = |code| Role::from_code(code).ok_or(StoreError::Value("staff.roles"));
    text.split_whitespace().map(read).collect()
}

const COLUMNS: &str =
    "id, name, display_name, roles, password, password_at, totp, failures, locked_until, locked, seen_at";
const BY_NAME: &str = concatcp!("SELECT ", COLUMNS, " FROM staff WHERE name = $1");
const BY_ID: &str = concatcp!("SELECT ", COLUMNS, " FROM staff WHERE id = $1");
const DISPLAY_NAME: &str = "SELECT display_name FROM staff WHERE id = $1";
/// Changes nothing; from here on to the end of the transaction nobody else changes the row, on both databases.
const HOLD: &str = concatcp!("UPDATE staff SET failures = failures WHERE id = $1 RETURNING ", COLUMNS);
const INSERT: &str = "INSERT INTO staff (id, name, display_name, roles, created_at) VALUES ($1, $2, $3, $4, $5) \
     ON CONFLICT (name) DO NOTHING";
const SET_PASSWORD: &str =
    "UPDATE staff SET password = $2, password_at = $3, failures = 0, locked_until = NULL WHERE id = $1";
const SET_TOTP: &str = "UPDATE staff SET totp = $2, totp_step = $3 WHERE id = $1";
/// Of several at once one wins: the others find the step used.
const USE_STEP: &str = "UPDATE staff SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
const SET_FAILURES: &str = "UPDATE staff SET failures = $2, locked_until = $3 WHERE id = $1";
const SIGNED_IN: &str = "UPDATE staff SET failures = 0, locked_until = NULL, seen_at = $2 WHERE id = $1";
const SET_LOCKED: &str = "UPDATE staff SET locked = $2, failures = 0, locked_until = NULL WHERE id = $1";
const SET_ROLES: &str = "UPDATE staff SET roles = $2 WHERE id = $1";
const RESET: &str = "UPDATE staff SET password = NULL, password_at = NULL, totp = NULL, totp_step = 0, failures = 0, \
     locked_until = NULL WHERE id = $1";
const PUT_LINK: &str = "INSERT INTO setup_link (staff_id, token_hash, expires_at) VALUES ($1, $2, $3) \
     ON CONFLICT (staff_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at";
const LINK: &str = "SELECT staff_id FROM setup_link WHERE token_hash = $1 AND expires_at > $2";
const TAKE_LINK: &str = "DELETE FROM setup_link WHERE token_hash = $1 AND expires_at > $2 RETURNING staff_id";
const DROP_LINK: &str = "DELETE FROM setup_link WHERE staff_id = $1";
const DROP_CODES: &str = "DELETE FROM recovery_code WHERE staff_id = $1";
const PUT_CODE: &str = "INSERT INTO recovery_code (staff_id, hash) VALUES ($1, $2)";
const USE_CODE: &str = "UPDATE recovery_code SET used_at = $3 WHERE staff_id = $1 AND hash = $2 AND used_at IS NULL";

impl Db {
    /// Names of officers as colleagues know them; those that are not known are left out.
    pub async fn staff_names(&self, ids: &[Uuid]) -> Result<std::collections::BTreeMap<Uuid, String>, StoreError> {
        let mut names = std::collections::BTreeMap::new();
        for id in ids {
            let name: Option<String> =
                with_pool!(self, |pool| sqlx::query_scalar(DISPLAY_NAME).bind(id).fetch_optional(pool).await)?;
            names.extend(name.map(|name| (*id, name)));
        }
        Ok(names)
    }
}

impl Db {
    /// The account of a name.
    pub(crate) async fn staff_by_name(&self, name: &str) -> Result<Option<StaffRow>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(BY_NAME).bind(name).fetch_optional(pool).await)?)
    }

    /// An account.
    pub(crate) async fn staff_by_id(&self, id: Uuid) -> Result<Option<StaffRow>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await)?)
    }

    /// Whose set-up link this is, while it is good.
    pub(crate) async fn link_owner(&self, hash: &[u8], now: DateTime<Utc>) -> Result<Option<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(LINK).bind(hash).bind(now).fetch_optional(pool).await)?)
    }
}

impl Tx {
    /// An account, kept from others until the end of the transaction.
    pub(crate) async fn hold_staff(&mut self, id: Uuid) -> Result<Option<StaffRow>, StoreError> {
        Ok(with_tx!(self, |conn| sqlx::query_as(HOLD).bind(id).fetch_optional(&mut *conn).await)?)
    }

    /// Makes an account; no when the name is taken.
    pub(crate) async fn add_staff(&mut self, new: &NewStaff<'_>, at: DateTime<Utc>) -> Result<bool, StoreError> {
        let roles = write_roles(new.roles);
        Ok(run!(self, INSERT, new.id, new.name, new.display_name, &roles, at)? == 1)
    }

    /// Sets the password's hash; failures are forgotten.
    pub(crate) async fn set_password(&mut self, id: Uuid, hash: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, SET_PASSWORD, id, hash, at).map(|_| ())
    }

    /// Sets the second factor (sealed) and the step of the code by which it was proved.
    pub(crate) async fn set_totp(&mut self, id: Uuid, sealed: Option<&[u8]>, step: i64) -> Result<(), StoreError> {
        run!(self, SET_TOTP, id, sealed, step).map(|_| ())
    }

    /// Uses the code of a step; no when that step or a later one was used.
    pub(crate) async fn use_step(&mut self, id: Uuid, step: i64) -> Result<bool, StoreError> {
        Ok(run!(self, USE_STEP, id, step)? == 1)
    }

    /// Sets failures in a row and until when they lock.
    pub(crate) async fn set_failures(
        &mut self,
        id: Uuid,
        failures: i64,
        locked_until: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        run!(self, SET_FAILURES, id, failures, locked_until).map(|_| ())
    }

    /// Somebody signed in: failures are forgotten.
    pub(crate) async fn signed_in(&mut self, id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, SIGNED_IN, id, at).map(|_| ())
    }

    /// Locks or unlocks by an administrator.
    pub(crate) async fn set_locked(&mut self, id: Uuid, locked: bool) -> Result<(), StoreError> {
        run!(self, SET_LOCKED, id, locked).map(|_| ())
    }

    /// Sets the roles.
    pub(crate) async fn set_roles(&mut self, id: Uuid, roles: &[Role]) -> Result<(), StoreError> {
        let roles = write_roles(roles);
        run!(self, SET_ROLES, id, &roles).map(|_| ())
    }

    /// Takes away password, second factor and recovery codes.
    pub(crate) async fn reset_staff(&mut self, id: Uuid) -> Result<(), StoreError> {
        run!(self, RESET, id)?;
        run!(self, DROP_CODES, id).map(|_| ())
    }

    /// Sets the one set-up link.
    pub(crate) async fn put_link(&mut self, id: Uuid, hash: &[u8], until: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, PUT_LINK, id, hash, until).map(|_| ())
    }

    /// Takes away the set-up link.
    pub(crate) async fn drop_link(&mut self, id: Uuid) -> Result<(), StoreError> {
        run!(self, DROP_LINK, id).map(|_| ())
    }

    /// Uses a set-up link; whose it was, or nobody's when it is used or too old.
    pub(crate) async fn take_link(&mut self, hash: &[u8], now: DateTime<Utc>) -> Result<Option<Uuid>, StoreError> {
        Ok(with_tx!(self, |conn| sqlx::query_scalar(TAKE_LINK).bind(hash).bind(now).fetch_optional(&mut *conn).await)?)
    }

    /// Replaces the recovery codes.
    pub(crate) async fn put_recovery_codes(&mut self, id: Uuid, hashes: &[[u8; 32]]) -> Result<(), StoreError> {
        run!(self, DROP_CODES, id)?;
        for hash in hashes {
            run!(self, PUT_CODE, id, hash.as_slice())?;
        }
        Ok(())
    }

    /// Uses a recovery code; no when there is none such or it was used.
    pub(crate) async fn use_recovery_code(
        &mut self,
        id: Uuid,
        hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, USE_CODE, id, hash, now)? == 1)
    }
}
