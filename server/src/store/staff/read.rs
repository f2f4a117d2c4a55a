//! Accounts as pages read them.

use app::ports::{Account, AccountState, Accounts, PortError, PortResult, SessionLine};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use const_format::concatcp;
use sqlx::FromRow;
use uuid::Uuid;

use super::{StaffRow, read_roles};
use crate::{
    auth::Auth,
    store::{StoreError, with_pool},
};

const ACCOUNTS: &str = "SELECT s.id, s.name, s.display_name, s.roles, s.password, s.password_at, s.totp, s.failures, \
     s.locked_until, s.locked, s.seen_at, l.expires_at, \
     (SELECT COUNT(*) FROM recovery_code c WHERE c.staff_id = s.id AND c.used_at IS NULL) AS codes \
     FROM staff s LEFT JOIN setup_link l ON l.staff_id = s.id";
const LIST: &str = concatcp!(ACCOUNTS, " ORDER BY s.name");
const ONE: &str = concatcp!(ACCOUNTS, " WHERE s.id = $1");

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    staff: StaffRow,
    expires_at: Option<DateTime<Utc>>,
    codes: i64,
}

impl Row {
    fn state(&self, now: DateTime<Utc>) -> AccountState {
        match &self.staff {
            staff if staff.locked => AccountState::Locked,
            staff if staff.password.is_none() => match self.expires_at {
                Some(until) if until > now => AccountState::Waiting,
                _ => AccountState::LinkExpired,
            },
            staff if staff.locked_until.is_some_and(|until| until > now) => AccountState::Paused,
            _ => AccountState::Active,
        }
    }

    fn account(self, now: DateTime<Utc>) -> Result<Account, StoreError> {
        let state = self.state(now);
        let StaffRow { id, name, display_name, roles, password_at, totp, seen_at, .. } = self.staff;
        Ok(Account {
            id,
            name,
            display_name,
            roles: read_roles(&roles)?,
            state,
            second_factor: totp.is_some(),
            recovery_codes: u32::try_from(self.codes).map_err(|_| StoreError::Value("recovery_code"))?,
            password_at,
            seen_at,
        })
    }
}

#[async_trait]
impl Accounts for Auth {
    async fn accounts(&self) -> PortResult<Vec<Account>> {
        let rows: Vec<Row> =
            with_pool!(&self.db, |pool| sqlx::query_as(LIST).fetch_all(pool).await).map_err(StoreError::from)?;
        let now = self.clock.now();
        rows.into_iter().map(|row| row.account(now).map_err(PortError::from)).collect()
    }

    async fn account(&self, id: Uuid) -> PortResult<Account> {
        let row: Row = with_pool!(&self.db, |pool| sqlx::query_as(ONE).bind(id).fetch_one(pool).await)
            .map_err(StoreError::from)?;
        Ok(row.account(self.clock.now())?)
    }

    async fn sessions(&self, account: Uuid) -> PortResult<Vec<SessionLine>> {
        let now = self.clock.now();
        let rows = self.db.sessions_of(account).await?;
        let live = rows.into_iter().filter(|row| row.is_full() && self.is_live(row, now));
        Ok(live.map(SessionLine::from).collect())
    }
}
