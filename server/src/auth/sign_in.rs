//! Name and password, then the code. A wrong name, a wrong password and a locked account get one answer in one time.

use app::domain::audit::{Deed, Outcome};
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{Auth, AuthError, Token, Who};
use crate::store::{NewSession, StaffRow, Stage, StoreError, Tx};

/// A session that began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// For the browser's cookie
    pub token: Token,
    /// The code is awaited
    pub awaits_code: bool,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Name, password or code are wrong, or the account is locked: which of them, nobody learns.
    #[error("wrong name, password or code, or locked")]
    Wrong,
    /// Too many failures from this address.
    #[error("too many failures from this address")]
    Wait,
    /// There is no session that awaits a code (any more).
    #[error("no session awaits a code")]
    Gone,
    /// It could not be tried.
    #[error(transparent)]
    Auth(#[from] AuthError),
}

impl From<StoreError> for SignInError {
    fn from(error: StoreError) -> Self {
        Self::Auth(error.into())
    }
}

/// A name as it is stored: without space around it, small letters.
#[must_use]
pub fn plain_name(name: &str) -> String {
    name.trim().to_lowercase()
}

impl StaffRow {
    /// Whether somebody may try to sign in.
    pub(super) fn is_open(&self, now: DateTime<Utc>) -> bool {
        !self.locked && self.locked_until.is_none_or(|until| until <= now)
    }
}

impl Auth {
    /// Name and password. `old` is the token that the browser had: its session ends, and a new token is given
    /// (session fixation).
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        old: Option<&Token>,
        from: &Who,
    ) -> Result<SignedIn, SignInError> {
        let now = self.clock.now();
        if self.limits.is_blocked(from.address, now) {
            return Err(SignInError::Wait);
        }
        let found = self.db.staff_by_name(&plain_name(name)).await?;
        let stored = found.as_ref().and_then(|row| row.password.as_deref());
        let fits = self.hasher.verify(password, stored).await?;

        let mut tx = self.db.begin().await?;
        // what was read before the password was checked may have changed: a lock, a new password
        let held = match &found {
            Some(row) => tx.hold_staff(row.id).await?.filter(|held| held.password == row.password),
            None => None,
        };
        let Some(row) = held.as_ref().filter(|row| fits && row.is_open(now)) else {
            if let Some(row) = &held {
                self.count_failure(&mut tx, row, now).await?;
            }
            let mut entry = from.did(Deed::SignIn, Outcome::Failed);
            // a name that nobody has is not kept: people type passwords there
            if let Some(row) = &found {
                entry = entry.on("account", &row.name).with(json!({ "open": row.is_open(now), "password": fits }));
            }
            tx.audit(&entry, now).await?;
            tx.commit().await?;
            self.limits.failed(from.address, now);
            return Err(SignInError::Wrong);
        };
        if let Some(old) = old {
            tx.end_session_of(&old.hash()).await?;
        }
        let stage = if row.totp.is_some() { Stage::Code } else { Stage::Full };
        let signed_in = self.begin_session(&mut tx, row.id, stage, from, now).await?;
        tx.audit(&from.known(row.id, &row.name).did(Deed::SignIn, Outcome::Ok), now).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// The code of the second factor, or a recovery code. The token changes once more.
    pub async fn second_factor(&self, token: &Token, typed: &str, from: &Who) -> Result<SignedIn, SignInError> {
        let now = self.clock.now();
        if self.limits.is_blocked(from.address, now) {
            return Err(SignInError::Wait);
        }
        let row = self.db.session_of(&token.hash()).await?;
        let Some(session) = row.filter(|row| !row.is_full() && self.is_live(row, now)) else {
            return Err(SignInError::Gone);
        };
        let mut tx = self.db.begin().await?;
        let Some(row) = tx.hold_staff(session.staff_id).await? else { return Err(SignInError::Gone) };
        let by = if row.is_open(now) { self.prove(&mut tx, &row, typed, now).await? } else { None };
        // of two requests with one token, one finds its session gone
        let is_there = tx.end_session_of(&token.hash()).await?;
        let (Some(by), true) = (by, is_there) else {
            // what was used up stays unused: only the failure is written
            drop(tx);
            return Err(self.refuse_code(row.id, from, now).await?);
        };
        let signed_in = self.begin_session(&mut tx, row.id, Stage::Full, from, now).await?;
        let entry = from.known(row.id, &row.name).did(Deed::SecondFactor, Outcome::Ok).with(json!({ "by": by }));
        tx.audit(&entry, now).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    async fn refuse_code(&self, id: Uuid, from: &Who, now: DateTime<Utc>) -> Result<SignInError, AuthError> {
        let mut tx = self.db.begin().await?;
        if let Some(row) = tx.hold_staff(id).await? {
            if self.count_failure(&mut tx, &row, now).await? {
                tx.end_sessions(id).await?;
            }
            let entry = from.did(Deed::SecondFactor, Outcome::Failed).on("account", &row.name);
            tx.audit(&entry.with(json!({ "open": row.is_open(now) })), now).await?;
        }
        tx.commit().await?;
        self.limits.failed(from.address, now);
        Ok(SignInError::Wrong)
    }

    /// Begins a session with a new token.
    pub(super) async fn begin_session(
        &self,
        tx: &mut Tx,
        staff: Uuid,
        stage: Stage,
        from: &Who,
        now: DateTime<Utc>,
    ) -> Result<SignedIn, StoreError> {
        let token = Token::random(&self.ids);
        let hash = token.hash();
        let address = from.address.map(|address| address.to_string());
        let new =
            NewSession { id: self.ids.next(now), token_hash: &hash, staff, stage, address, agent: from.agent.as_str() };
        tx.drop_old_sessions(now - self.settings.longest(), now - self.settings.idle()).await?;
        tx.begin_session(&new, now).await?;
        if stage == Stage::Full {
            tx.signed_in(staff, now).await?;
        }
        Ok(SignedIn { token, awaits_code: stage == Stage::Code })
    }

    /// Counts a failure of an account that is open; whether it locks from now on. While it is locked nothing counts,
    /// so that nobody is kept out for longer than the settings say.
    pub(super) async fn count_failure(
        &self,
        tx: &mut Tx,
        row: &StaffRow,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        if !row.is_open(now) {
            return Ok(false);
        }
        let failures = row.failures + 1;
        let locks = failures >= i64::from(self.settings.lock_failures);
        let (failures, until) = if locks { (0, Some(now + self.settings.lock())) } else { (failures, None) };
        tx.set_failures(row.id, failures, until).await?;
        Ok(locks)
    }
}
