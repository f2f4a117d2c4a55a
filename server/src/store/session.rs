//! Sessions: only the hash of a browser's token is stored.

use app::ports::SessionLine;
use chrono::{DateTime, Utc};
use const_format::concatcp;
use sqlx::FromRow;
use uuid::Uuid;

use super::{Db, StoreError, Tx, run, with_pool};

/// How far signing in has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The second factor is awaited
    Code,
    /// Signed in
    Full,
}

impl Stage {
    fn code(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Full => "full",
        }
    }
}

/// A session to be begun.
pub struct NewSession<'a> {
    pub id: Uuid,
    pub token_hash: &'a [u8],
    pub staff: Uuid,
    pub stage: Stage,
    pub address: Option<String>,
    pub agent: &'a str,
}

/// A session with its account.
#[derive(FromRow)]
pub struct SessionRow {
    pub id: Uuid,
    pub staff_id: Uuid,
    stage: String,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    pub address: Option<String>,
    pub agent: String,
    pub name: String,
    pub display_name: String,
    pub roles: String,
    pub password_at: Option<DateTime<Utc>>,
    pub has_totp: bool,
    pub locked: bool,
}

impl SessionRow {
    /// Whether the second factor was given, or none is needed.
    pub fn is_full(&self) -> bool {
        self.stage == Stage::Full.code()
    }
}

impl From<SessionRow> for SessionLine {
    fn from(row: SessionRow) -> Self {
        Self { id: row.id, created_at: row.created_at, seen_at: row.seen_at, address: row.address, agent: row.agent }
    }
}

const SESSIONS: &str = "SELECT n.id, n.staff_id, n.stage, n.created_at, n.seen_at, n.address, n.agent, s.name, \
     s.display_name, s.roles, s.password_at, (s.totp IS NOT NULL) AS has_totp, s.locked \
     FROM session n JOIN staff s ON s.id = n.staff_id WHERE ";
const BY_TOKEN: &str = concatcp!(SESSIONS, "n.token_hash = $1");
const OF_STAFF: &str = concatcp!(SESSIONS, "n.staff_id = $1 ORDER BY n.seen_at DESC");
const INSERT: &str = "INSERT INTO session (id, token_hash, staff_id, stage, created_at, seen_at, address, agent) \
     VALUES ($1, $2, $3, $4, $5, $5, $6, $7)";
const TOUCH: &str = "UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
const END: &str = "DELETE FROM session WHERE id = $1 AND staff_id = $2";
const END_TOKEN: &str = "DELETE FROM session WHERE token_hash = $1";
const END_ALL: &str = "DELETE FROM session WHERE staff_id = $1";
const END_OLD: &str = "DELETE FROM session WHERE created_at < $1 OR seen_at < $2";

impl Db {
    /// The session of a token, however old.
    pub(crate) async fn session_of(&self, token_hash: &[u8]) -> Result<Option<SessionRow>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(BY_TOKEN).bind(token_hash).fetch_optional(pool).await)?)
    }

    /// The sessions of an account, however old, the last used first.
    pub(crate) async fn sessions_of(&self, staff: Uuid) -> Result<Vec<SessionRow>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(OF_STAFF).bind(staff).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// Begins a session.
    pub(crate) async fn begin_session(&mut self, new: &NewSession<'_>, at: DateTime<Utc>) -> Result<(), StoreError> {
        let stage = new.stage.code();
        run!(self, INSERT, new.id, new.token_hash, new.staff, stage, at, &new.address, new.agent).map(|_| ())
    }

    /// A session was used.
    pub(crate) async fn touch_session(&mut self, id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, TOUCH, id, at).map(|_| ())
    }

    /// Ends one session of an account; no when it is not the account's.
    pub(crate) async fn end_session(&mut self, id: Uuid, staff: Uuid) -> Result<bool, StoreError> {
        Ok(run!(self, END, id, staff)? == 1)
    }

    /// Ends the session of a token.
    pub(crate) async fn end_session_of(&mut self, token_hash: &[u8]) -> Result<bool, StoreError> {
        Ok(run!(self, END_TOKEN, token_hash)? == 1)
    }

    /// Ends all sessions of an account; gives their number.
    pub(crate) async fn end_sessions(&mut self, staff: Uuid) -> Result<u64, StoreError> {
        run!(self, END_ALL, staff)
    }

    /// Takes away sessions begun or last used before these times: what ended is not kept.
    pub(crate) async fn drop_old_sessions(
        &mut self,
        begun: DateTime<Utc>,
        used: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, END_OLD, begun, used).map(|_| ())
    }
}
