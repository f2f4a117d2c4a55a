//! What officers do with their own account.

use app::domain::audit::{Deed, Outcome};
use serde_json::json;
use uuid::Uuid;

use super::{Auth, AuthError, PasswordFault, Session, SignedIn, Token, Who, check_password, totp};
use crate::store::{StaffRow, Stage, StoreError};

/// Codes for when the second factor is lost. Shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryCodes(pub Vec<String>);

/// Why something was not done with one's account.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The set-up link is used, too old, replaced, or was never one.
    #[error("the set-up link is not good")]
    LinkGone,
    /// The present password is wrong.
    #[error("the present password is wrong")]
    WrongPassword,
    /// The code is wrong, or was used.
    #[error("the code is wrong or used")]
    WrongCode,
    /// The new password is not taken.
    #[error("the new password is not taken: {0:?}")]
    Password(PasswordFault),
    /// The new password is the old one.
    #[error("the new password is the old one")]
    SamePassword,
    /// It is so already, or was never so.
    #[error("nothing to do")]
    NothingToDo,
    /// It could not be tried.
    #[error(transparent)]
    Auth(#[from] AuthError),
}

impl From<StoreError> for AccountError {
    fn from(error: StoreError) -> Self {
        Self::Auth(error.into())
    }
}

impl Auth {
    /// Name of the account of a set-up link that is good.
    pub async fn set_up_name(&self, link: &str) -> Result<String, AccountError> {
        let token = Token::read(link).ok_or(AccountError::LinkGone)?;
        let owner = self.db.link_owner(&token.hash(), self.clock.now()).await?.ok_or(AccountError::LinkGone)?;
        let row = self.db.staff_by_id(owner).await?.filter(|row| !row.locked);
        row.map(|row| row.name).ok_or(AccountError::LinkGone)
    }

    /// Chooses a password with a set-up link, which is used by it; signs in.
    pub async fn set_up(&self, link: &str, password: &str, from: &Who) -> Result<SignedIn, AccountError> {
        let name = self.set_up_name(link).await?;
        let token = Token::read(link).ok_or(AccountError::LinkGone)?;
        check_password(password, &name, &self.settings).map_err(AccountError::Password)?;
        let hash = self.hasher.hash(password, &self.ids).await?;
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        let owner = tx.take_link(&token.hash(), now).await?.ok_or(AccountError::LinkGone)?;
        let row = tx.hold_staff(owner).await?.filter(|row| !row.locked).ok_or(AccountError::LinkGone)?;
        tx.set_password(row.id, &hash, now).await?;
        tx.end_sessions(row.id).await?;
        let signed_in = self.begin_session(&mut tx, row.id, Stage::Full, from, now).await?;
        tx.audit(&from.known(row.id, &row.name).did(Deed::SetUp, Outcome::Ok).on("account", &row.name), now).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// Changes the password; all sessions end, and the present one goes on with a new token.
    pub async fn change_password(
        &self,
        session: &Session,
        present: &str,
        new: &str,
        from: &Who,
    ) -> Result<SignedIn, AccountError> {
        check_password(new, &session.name, &self.settings).map_err(AccountError::Password)?;
        self.confirm(session, present, Deed::PasswordChange, from).await?;
        if present == new {
            return Err(AccountError::SamePassword);
        }
        let hash = self.hasher.hash(new, &self.ids).await?;
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        tx.hold_staff(session.staff).await?;
        tx.set_password(session.staff, &hash, now).await?;
        let ended = tx.end_sessions(session.staff).await?;
        let signed_in = self.begin_session(&mut tx, session.staff, Stage::Full, from, now).await?;
        let entry = session.who(from).did(Deed::PasswordChange, Outcome::Ok).on("account", &session.name);
        tx.audit(&entry.with(json!({ "sessions_ended": ended })), now).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    /// Enrols the second factor that was offered, proved by its code. The first recovery codes come with it.
    pub async fn enrol(
        &self,
        session: &Session,
        sealed: &str,
        code: &str,
        from: &Who,
    ) -> Result<RecoveryCodes, AccountError> {
        let now = self.clock.now();
        let secret = self.offered_secret(session.staff, sealed).ok_or(AccountError::WrongCode)?;
        let step = totp::find_step(&secret, code, now).ok_or(AccountError::WrongCode)?;
        let mut tx = self.db.begin().await?;
        let row = tx.hold_staff(session.staff).await?.ok_or(AccountError::NothingToDo)?;
        if row.totp.is_some() {
            return Err(AccountError::NothingToDo);
        }
        self.store_secret(&mut tx, row.id, &secret, step).await?;
        let codes = self.renew_recovery_codes(&mut tx, row.id).await?;
        let entry = session.who(from).did(Deed::SecondFactorEnrol, Outcome::Ok).on("account", &row.name);
        tx.audit(&entry, now).await?;
        tx.commit().await?;
        Ok(RecoveryCodes(codes))
    }

    /// Takes the second factor away, after password and code. A role that must have one enrols a new one at once.
    pub async fn remove_second_factor(
        &self,
        session: &Session,
        password: &str,
        code: &str,
        from: &Who,
    ) -> Result<(), AccountError> {
        self.confirm(session, password, Deed::SecondFactorRemove, from).await?;
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        let row = tx.hold_staff(session.staff).await?.ok_or(AccountError::NothingToDo)?;
        if self.prove(&mut tx, &row, code, now).await?.is_none() {
            drop(tx);
            self.count_own_failure(session, Deed::SecondFactorRemove, from).await?;
            return Err(AccountError::WrongCode);
        }
        tx.set_totp(row.id, None, 0).await?;
        tx.put_recovery_codes(row.id, &[]).await?;
        let entry = session.who(from).did(Deed::SecondFactorRemove, Outcome::Ok).on("account", &row.name);
        tx.audit(&entry, now).await?;
        Ok(tx.commit().await?)
    }

    /// New recovery codes in place of all that were, after the password.
    pub async fn new_recovery_codes(
        &self,
        session: &Session,
        password: &str,
        from: &Who,
    ) -> Result<RecoveryCodes, AccountError> {
        self.confirm(session, password, Deed::RecoveryCodes, from).await?;
        let mut tx = self.db.begin().await?;
        let row = tx.hold_staff(session.staff).await?.filter(|row| row.totp.is_some());
        let row = row.ok_or(AccountError::NothingToDo)?;
        let codes = self.renew_recovery_codes(&mut tx, row.id).await?;
        let entry = session.who(from).did(Deed::RecoveryCodes, Outcome::Ok).on("account", &row.name);
        tx.audit(&entry, self.clock.now()).await?;
        tx.commit().await?;
        Ok(RecoveryCodes(codes))
    }

    /// Asks for the present password once more. Who guesses it with somebody's open session locks the account.
    async fn confirm(&self, session: &Session, password: &str, deed: Deed, from: &Who) -> Result<(), AccountError> {
        let row: Option<StaffRow> = self.db.staff_by_id(session.staff).await?;
        let row = row.filter(|row| row.is_open(self.clock.now()));
        let stored = row.as_ref().and_then(|row| row.password.as_deref());
        if self.hasher.verify(password, stored).await? {
            return Ok(());
        }
        self.count_own_failure(session, deed, from).await?;
        Err(AccountError::WrongPassword)
    }

    async fn count_own_failure(&self, session: &Session, deed: Deed, from: &Who) -> Result<(), AccountError> {
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        if let Some(row) = tx.hold_staff(session.staff).await?
            && self.count_failure(&mut tx, &row, now).await?
        {
            tx.end_sessions(session.staff).await?;
        }
        tx.audit(&session.who(from).did(deed, Outcome::Failed).on("account", &session.name), now).await?;
        Ok(tx.commit().await?)
    }

    /// The account of a name, for the command line.
    pub async fn id_of(&self, name: &str) -> Result<Option<Uuid>, AuthError> {
        Ok(self.db.staff_by_name(&super::sign_in::plain_name(name)).await?.map(|row| row.id))
    }
}
