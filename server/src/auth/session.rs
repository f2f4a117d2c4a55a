//! Whose session a request belongs to, and what it still owes before it may do anything.

use app::domain::{
    audit::{Deed, Outcome},
    staff::{Role, Viewer},
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Auth, AuthError, Token, Who};
use crate::store::{SessionRow, read_roles};

/// A session is marked as used at most this often: reading pages need not write each time.
const TOUCH: TimeDelta = TimeDelta::minutes(1);

/// A live session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id
    pub id: Uuid,
    /// The account
    pub staff: Uuid,
    /// The account's name
    pub name: String,
    /// Name as colleagues know it
    pub display_name: String,
    /// Roles
    pub roles: Vec<Role>,
    /// Whether the second factor was given, or none is needed
    pub is_full: bool,
    /// What must be done before anything else
    pub duty: Option<Duty>,
    /// A second factor is enrolled
    pub has_second_factor: bool,
    /// Token of its forms
    pub csrf: String,
}

/// What must be done before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// A role must have a second factor, and there is none
    Enrol,
    /// The password is too old
    RenewPassword,
}

impl Session {
    /// As pages know it.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        Viewer { id: self.staff, name: self.display_name.clone(), roles: self.roles.clone(), csrf: self.csrf.clone() }
    }

    /// As the audit trail knows it.
    #[must_use]
    pub fn who(&self, from: &Who) -> Who {
        from.known(self.staff, &self.name)
    }
}

impl Auth {
    /// Whether a session still lives: not too long unused, not too long at all, its account not locked.
    pub(crate) fn is_live(&self, row: &SessionRow, now: DateTime<Utc>) -> bool {
        let age = now - row.created_at;
        if row.locked {
            return false;
        }
        if row.is_full() {
            age < self.settings.longest() && now - row.seen_at < self.settings.idle()
        } else {
            age < self.settings.code_wait()
        }
    }

    /// The live session of a token; marks it as used.
    pub async fn session(&self, token: &Token) -> Result<Option<Session>, AuthError> {
        let now = self.clock.now();
        let Some(row) = self.db.session_of(&token.hash()).await?.filter(|row| self.is_live(row, now)) else {
            return Ok(None);
        };
        if row.is_full() && now - row.seen_at >= TOUCH {
            let mut tx = self.db.begin().await?;
            tx.touch_session(row.id, now).await?;
            tx.commit().await?;
        }
        let roles = read_roles(&row.roles)?;
        let duty = self.duty(&row, &roles, now);
        let (is_full, has_second_factor) = (row.is_full(), row.has_totp);
        let SessionRow { id, staff_id, name, display_name, .. } = row;
        let csrf = token.csrf();
        Ok(Some(Session { id, staff: staff_id, name, display_name, roles, is_full, duty, has_second_factor, csrf }))
    }

    fn duty(&self, row: &SessionRow, roles: &[Role], now: DateTime<Utc>) -> Option<Duty> {
        let longest = TimeDelta::days(self.settings.password_days.into());
        let is_old = !longest.is_zero() && row.password_at.is_none_or(|at| now - at >= longest);
        if is_old {
            return Some(Duty::RenewPassword);
        }
        (!row.has_totp && self.needs_second_factor(roles)).then_some(Duty::Enrol)
    }

    /// Ends the session of a token, when there is one.
    pub async fn sign_out(&self, session: &Session, from: &Who) -> Result<(), AuthError> {
        let mut tx = self.db.begin().await?;
        tx.end_session(session.id, session.staff).await?;
        tx.audit(&session.who(from).did(Deed::SignOut, Outcome::Ok), self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Ends one session of one's own. Another's is as if there were none.
    pub async fn end_session(&self, session: &Session, id: Uuid, from: &Who) -> Result<bool, AuthError> {
        let mut tx = self.db.begin().await?;
        let ended = tx.end_session(id, session.staff).await?;
        let outcome = if ended { Outcome::Ok } else { Outcome::Refused };
        tx.audit(&session.who(from).did(Deed::SessionEnd, outcome).on("session", id), self.clock.now()).await?;
        tx.commit().await?;
        Ok(ended)
    }
}
