//! What administrators, and the command line, do with accounts. Nobody sets another's password: they give a link by which
//! its owner chooses one.

use app::domain::{
    audit::{Deed, Outcome},
    staff::Role,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{Auth, AuthError, Token, Who, sign_in::plain_name};
use crate::store::{NewStaff, StoreError, read_roles};

/// Characters of a name at most.
const LONGEST_NAME: usize = 32;

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Name to sign in with
    pub name: String,
    /// Name as colleagues know it
    pub display_name: String,
    /// Roles, one at least
    pub roles: Vec<Role>,
}

/// A one-time link. Only its hash is stored: whoever needs it again gets another.
#[derive(Clone, PartialEq, Eq)]
pub struct SetUpLink {
    /// Path on this site
    pub path: String,
    /// Until when it is good
    pub expires_at: DateTime<Utc>,
}

/// Why an account was not changed.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// Not a name: 3 to 32 small letters, digits, `.`, `-`, `_`, the first a letter or digit.
    #[error("not a name")]
    Name,
    /// The name is taken, now or earlier.
    #[error("the name is taken")]
    NameTaken,
    /// No role.
    #[error("no role")]
    NoRole,
    /// There is no such account.
    #[error("no such account")]
    Unknown,
    /// One's own account: another administrator, or the command line, must do it.
    #[error("one's own account")]
    Own,
    /// It could not be tried.
    #[error(transparent)]
    Auth(#[from] AuthError),
}

impl From<StoreError> for AdminError {
    fn from(error: StoreError) -> Self {
        Self::Auth(error.into())
    }
}

/// Whether this can be a name to sign in with.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit();
    (3..=LONGEST_NAME).contains(&name.len())
        && name.starts_with(is_sign)
        && name.chars().all(|sign| is_sign(sign) || matches!(sign, '.' | '-' | '_'))
}

impl Auth {
    /// Makes an account.
    pub async fn add_account(&self, new: &NewAccount, who: &Who) -> Result<(Uuid, SetUpLink), AdminError> {
        let name = plain_name(&new.name);
        if !is_name(&name) {
            return Err(AdminError::Name);
        }
        if new.roles.is_empty() {
            return Err(AdminError::NoRole);
        }
        let now = self.clock.now();
        let id = self.ids.next(now);
        let (token, link) = self.new_link(now);
        let display_name = new.display_name.trim();
        let display_name = if display_name.is_empty() { name.as_str() } else { display_name };
        let mut tx = self.db.begin().await?;
        let staff = NewStaff { id, name: &name, display_name, roles: &new.roles };
        if !tx.add_staff(&staff, now).await? {
            return Err(AdminError::NameTaken);
        }
        tx.put_link(id, &token.hash(), link.expires_at).await?;
        let entry = who.did(Deed::AccountAdd, Outcome::Ok).on("account", &name);
        tx.audit(&entry.with(json!({ "roles": codes(&new.roles) })), now).await?;
        tx.commit().await?;
        Ok((id, link))
    }

    /// Takes away password, second factor, recovery codes and sessions, and gives the name with a new set-up link.
    pub async fn reset_account(&self, id: Uuid, who: &Who) -> Result<(String, SetUpLink), AdminError> {
        let now = self.clock.now();
        self.refuse_own(id, Deed::AccountReset, who).await?;
        let (token, link) = self.new_link(now);
        let mut tx = self.db.begin().await?;
        let row = tx.hold_staff(id).await?.ok_or(AdminError::Unknown)?;
        tx.reset_staff(id).await?;
        tx.put_link(id, &token.hash(), link.expires_at).await?;
        let ended = tx.end_sessions(id).await?;
        let entry = who.did(Deed::AccountReset, Outcome::Ok).on("account", &row.name);
        tx.audit(&entry.with(json!({ "sessions_ended": ended })), now).await?;
        tx.commit().await?;
        Ok((row.name, link))
    }

    /// Locks an account, its sessions and its set-up link, or unlocks it (also before the pause after failures ends).
    pub async fn lock_account(&self, id: Uuid, locked: bool, who: &Who) -> Result<(), AdminError> {
        let deed = if locked { Deed::AccountLock } else { Deed::AccountUnlock };
        self.refuse_own(id, deed, who).await?;
        let mut tx = self.db.begin().await?;
        let row = tx.hold_staff(id).await?.ok_or(AdminError::Unknown)?;
        tx.set_locked(id, locked).await?;
        let ended = if locked { tx.end_sessions(id).await? } else { 0 };
        if locked {
            tx.drop_link(id).await?;
        }
        let entry = who.did(deed, Outcome::Ok).on("account", &row.name);
        tx.audit(&entry.with(json!({ "sessions_ended": ended })), self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Changes roles. The account's sessions end: nobody goes on with what they no longer may.
    pub async fn set_roles(&self, id: Uuid, roles: &[Role], who: &Who) -> Result<(), AdminError> {
        if roles.is_empty() {
            return Err(AdminError::NoRole);
        }
        self.refuse_own(id, Deed::AccountRoles, who).await?;
        let mut tx = self.db.begin().await?;
        let row = tx.hold_staff(id).await?.ok_or(AdminError::Unknown)?;
        let before = read_roles(&row.roles)?;
        tx.set_roles(id, roles).await?;
        tx.end_sessions(id).await?;
        let entry = who.did(Deed::AccountRoles, Outcome::Ok).on("account", &row.name);
        tx.audit(&entry.with(json!({ "before": codes(&before), "after": codes(roles) })), self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    fn new_link(&self, now: DateTime<Utc>) -> (Token, SetUpLink) {
        let token = Token::random(&self.ids);
        let link =
            SetUpLink { path: format!("/desk/setup?link={}", token.text()), expires_at: now + self.settings.setup() };
        (token, link)
    }

    /// Nobody changes their own account here, an administrator's rights least of all; the attempt is kept.
    async fn refuse_own(&self, id: Uuid, deed: Deed, who: &Who) -> Result<(), AdminError> {
        if who.id != Some(id) {
            return Ok(());
        }
        let name = who.name.clone().unwrap_or_default();
        self.db.audit(&who.did(deed, Outcome::Refused).on("account", name), self.clock.now()).await?;
        Err(AdminError::Own)
    }
}

fn codes(roles: &[Role]) -> Vec<&'static str> {
    roles.iter().map(|role| role.code()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        for name in ["zhang.san", "abc", "u-1_x", "0571"] {
            assert!(is_name(name), "{name}");
        }
        let long = "a".repeat(33);
        for name in ["", "ab", "Zhang", "张三", "a b c", ".abc", "a\u{0}bc", "a/b", long.as_str()] {
            assert!(!is_name(name), "{name}");
        }
    }
}
