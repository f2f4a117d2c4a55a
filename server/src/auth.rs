//! Accounts of officers: passwords, second factor, sessions, lock-out. What a page or a command asks is one function here;
//! each ends in one transaction that also writes the audit trail.

mod account;
mod admin;
mod codes;
mod limit;
mod password;
mod second_factor;
mod session;
mod sign_in;
mod token;
pub mod totp;

use std::{net::IpAddr, sync::Arc};

use app::domain::{
    audit::{Deed, Outcome},
    staff::Role,
};
use serde_json::Value;
use uuid::Uuid;

pub use account::{AccountError, RecoveryCodes};
pub use admin::{AdminError, NewAccount, SetUpLink, is_name};
pub use password::{PasswordFault, check_password};
pub use second_factor::Enrolment;
pub use session::{Duty, Session};
pub use sign_in::{SignInError, SignedIn};
pub use token::Token;

use self::password::Hasher;
pub(crate) use self::{
    codes::{code_signs, grouped},
    limit::{Limits, network},
    second_factor::picture,
};
use crate::{
    clock::Clock,
    config::DeskSettings,
    id::Ids,
    secret::{SecretError, Secrets},
    store::{Audit, Db, StoreError},
};

/// Accounts. Cloning is cheap.
#[derive(Clone)]
pub struct Auth {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    /// The key outside the database
    pub secrets: Secrets,
    /// Limits and lengths
    pub settings: Arc<DeskSettings>,
    hasher: Arc<Hasher>,
    codes: Arc<Hasher>,
    limits: Arc<Limits>,
}

/// Who acts, and from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// The account; none before signing in and on the command line
    pub id: Option<Uuid>,
    /// Its name at that time
    pub name: Option<String>,
    /// Address of the client; none on the command line
    pub address: Option<IpAddr>,
    /// What the client calls itself, shortened
    pub agent: String,
}

/// Why something could not be done at all.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key outside the database.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// Too many passwords are being checked at this moment.
    #[error("too many passwords are being checked")]
    Busy,
    /// The hash function refused.
    #[error("password hash: {0}")]
    Hash(String),
}

impl Who {
    /// An entry for the audit trail by this person.
    #[must_use]
    pub fn did(&self, deed: Deed, outcome: Outcome) -> Audit {
        Audit { who: self.clone(), deed, object: None, outcome, detail: Value::Null }
    }

    /// The same person, now known.
    #[must_use]
    pub fn known(&self, id: Uuid, name: &str) -> Self {
        Self { id: Some(id), name: Some(name.to_owned()), ..self.clone() }
    }
}

impl Auth {
    /// Accounts of a database.
    ///
    /// # Errors
    /// [`AuthError::Hash`] where the hash's settings can't be used.
    pub fn new(db: Db, clock: Clock, ids: Ids, secrets: Secrets, settings: DeskSettings) -> Result<Self, AuthError> {
        let (hasher, codes) = (Hasher::new(&settings, &ids)?, Hasher::of_codes(&ids)?);
        let limits = Limits::new(settings.address_failures, settings.lock());
        Ok(Self {
            db,
            clock,
            ids,
            secrets,
            settings: Arc::new(settings),
            hasher: Arc::new(hasher),
            codes: Arc::new(codes),
            limits: Arc::new(limits),
        })
    }

    /// Whether one of these roles must have a second factor.
    #[must_use]
    pub fn needs_second_factor(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.settings.require_totp_roles.contains(role))
    }
}
