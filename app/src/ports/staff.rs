//! Officers' accounts and the audit trail, as pages of the desk read them. What changes them stands in `server::auth`.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Page, PortResult};
use crate::domain::{
    audit::{Deed, Outcome},
    staff::Role,
};

/// Whether somebody can sign in to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// Signs in
    Active,
    /// Its set-up link was not used yet
    Waiting,
    /// Its set-up link was not used in time
    LinkExpired,
    /// Too many failures; ends by itself
    Paused,
    /// Locked by an administrator
    Locked,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Id
    pub id: Uuid,
    /// Name to sign in with
    pub name: String,
    /// Name as colleagues know it
    pub display_name: String,
    /// Roles
    pub roles: Vec<Role>,
    /// Whether somebody can sign in
    pub state: AccountState,
    /// A second factor is enrolled
    pub second_factor: bool,
    /// Recovery codes that are left
    pub recovery_codes: u32,
    /// When the password was chosen
    pub password_at: Option<DateTime<Utc>>,
    /// Last signed in
    pub seen_at: Option<DateTime<Utc>>,
}

/// A session of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// Id; nothing can be done with it but ending the session
    pub id: Uuid,
    /// Signed in
    pub created_at: DateTime<Utc>,
    /// Last used
    pub seen_at: DateTime<Utc>,
    /// From where
    pub address: Option<String>,
    /// What the browser calls itself
    pub agent: String,
}

/// The session of the present request, in context on pages of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThisSession(pub Uuid);

/// Reads accounts.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// All accounts by name.
    async fn accounts(&self) -> PortResult<Vec<Account>>;
    /// One account.
    async fn account(&self, id: Uuid) -> PortResult<Account>;
    /// Its live sessions, the last used first.
    async fn sessions(&self, account: Uuid) -> PortResult<Vec<SessionLine>>;
}

/// Which entries of the audit trail to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Name of an account
    pub staff: Option<String>,
    /// What was done
    pub deed: Option<Deed>,
    /// Result
    pub outcome: Option<Outcome>,
    /// Id of the object
    pub object: Option<String>,
    /// First day, in China
    pub from: Option<NaiveDate>,
    /// Last day, in China
    pub to: Option<NaiveDate>,
    /// Entries before this number
    pub before: Option<i64>,
}

/// An entry of the audit trail.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditLine {
    /// Number, from 1, without gaps
    pub place: i64,
    /// When
    pub at: DateTime<Utc>,
    /// Who: name of the account then
    pub staff: Option<String>,
    /// From where
    pub address: Option<String>,
    /// What: [`Deed::code`]
    pub deed: String,
    /// Kind of the object
    pub kind: Option<String>,
    /// Id of the object
    pub object: Option<String>,
    /// Result: [`Outcome::code`]
    pub outcome: String,
    /// What else
    pub detail: serde_json::Value,
}

/// Reads the audit trail.
#[async_trait]
pub trait AuditTrail: Send + Sync {
    /// Entries, newest first; `next` is the `before` of the following page.
    async fn audit_lines(&self, query: &AuditQuery, limit: u32) -> PortResult<Page<AuditLine>>;
    /// Names of all accounts, each with the name that colleagues know.
    async fn audit_people(&self) -> PortResult<Vec<(String, String)>>;
}

/// A parameter of the audit page that can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidAuditParameter(pub &'static str);

impl AuditQuery {
    /// Reads the parameters of the page and of exports: `staff`, `deed`, `outcome`, `object`, `from`, `to`, `before`.
    /// Empty values are as if left out, other names are let be.
    ///
    /// # Errors
    /// The first parameter that can't be read.
    pub fn from_pairs(pairs: &[(String, String)]) -> Result<Self, InvalidAuditParameter> {
        let mut query = Self::default();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let invalid = |name| InvalidAuditParameter(name);
            match name.as_str() {
                "staff" => query.staff = Some(value.to_owned()),
                "object" => query.object = Some(value.to_owned()),
                "deed" => query.deed = Some(Deed::from_code(value).ok_or(invalid("deed"))?),
                "outcome" => query.outcome = Some(Outcome::from_code(value).ok_or(invalid("outcome"))?),
                "from" => query.from = Some(value.parse().map_err(|_| invalid("from"))?),
                "to" => query.to = Some(value.parse().map_err(|_| invalid("to"))?),
                "before" => query.before = Some(value.parse().map_err(|_| invalid("before"))?),
                _ => {}
            }
        }
        Ok(query)
    }
}
