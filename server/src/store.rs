//! SQL: one text for both databases, one file per aggregate, behind the ports of `app`.

mod acts;
mod alert;
mod audit;
mod camera;
mod case;
mod cursor;
mod diff;
mod directory;
mod entries;
mod evidence;
mod feed;
mod indexing;
mod letter;
mod objection;
mod operator;
mod operator_match;
mod operator_visible;
mod poll;
mod publication;
mod publications;
mod register;
mod rows;
mod save;
mod school;
mod session;
mod staff;

use std::{path::Path, str::FromStr, time::Duration};

use app::ports::PortError;
use sqlx::{
    PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

pub(crate) use acts::{Content as ActContent, NewAct};
pub(crate) use alert::{ALERT, Changed, ChangedRow, Listener, NewSubscription, Past, Round, Subscription};
pub use audit::{Audit, AuditEntry, AuditFault, AuditHead, AuditReport};
pub(crate) use camera::{DayPart, NewCamera, StoredCamera};
pub use case::SurveyCount;
pub(crate) use case::{
    CaseQuery, CaseStep, ClockRow, NewCase, StoredCase, StoredEvent, StoredPerson, StoredPublicity, StoredReward,
};
pub use diff::Difference;
pub(crate) use diff::hex;
pub use entries::{Edition, EntryChange, EntryDifference, EntryDraft};
pub(crate) use entries::{EntryFilter, EntryRow, ReadRegister, RegisterRow, facet_values, line_digest};
pub(crate) use evidence::{Ended, NewEvidence};
pub use evidence::{EvidenceRow, Taken, Tally};
pub use feed::{Action, Change, Entity};
pub use indexing::{IndexedEntry, IndexedOperator};
pub use letter::LetterLine;
pub(crate) use letter::{ClaimedLetter, NewLetter};
pub use objection::Objection;
pub(crate) use objection::{NewObjection, Step};
pub use operator::{Merged, OperatorEdit};
pub(crate) use poll::{NewPoll, PollStep, Taken as VoiceTaken, Vote};
pub use poll::{Poll, PollLinkRow};
pub use publication::{Performed, Performing, Publication, StoredAttachment};
pub use register::OperatorDraft;
pub(crate) use save::tally;
pub use save::{BulletinDraft, OriginalDraft, Saved};
pub(crate) use session::{NewSession, SessionRow, Stage};
pub(crate) use staff::{NewStaff, StaffRow, read_roles};

/// Readers beside the one writer of SQLite.
const SQLITE_READERS: u32 = 4;
/// Pages that a connection to SQLite keeps: negative, in units of 1,024 bytes.
const SQLITE_CACHE: &str = "-16000";
const POSTGRES_CONNECTIONS: u32 = 10;
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// The database: SQLite in the data folder, or PostgreSQL.
#[derive(Clone)]
pub enum Db {
    /// One writer, several readers
    Sqlite {
        /// For reading
        read: SqlitePool,
        /// For writing: one connection
        write: SqlitePool,
    },
    /// A pool
    Postgres(PgPool),
}

/// A write transaction.
pub enum Tx {
    /// Begun by `BEGIN IMMEDIATE`
    Sqlite(Transaction<'static, Sqlite>),
    /// Begun by `BEGIN`
    Postgres(Transaction<'static, Postgres>),
}

/// Runs one body for whichever database it is: `with_pool!(db, |pool| …)`, `with_tx!(tx, |conn| …)`.
macro_rules! with_pool {
    ($db:expr, |$pool:ident| $body:expr) => {
        match $db {
            $crate::store::Db::Sqlite { read: $pool, .. } => $body,
            $crate::store::Db::Postgres($pool) => $body,
        }
    };
}
macro_rules! with_tx {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match $tx {
            $crate::store::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::store::Tx::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}
/// Runs a statement in a transaction; gives the number of rows that it changed.
macro_rules! run {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::with_tx!($tx, |conn| sqlx::query($sql)
            $(.bind($value))*
            .execute(&mut *conn)
            .await
            .map(|done| done.rows_affected()))
        .map_err($crate::store::StoreError::from)
    };
}
pub(crate) use {run, with_pool, with_tx};

/// Why the store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A failed statement or connection.
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    /// A failed migration.
    #[error("migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A URL that is neither SQLite nor PostgreSQL.
    #[error("unknown database url: must begin with postgres://")]
    Url,
    /// A stored value that the program does not know.
    #[error("stored value out of range: {0}")]
    Value(&'static str),
}

impl From<StoreError> for PortError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Sql(sqlx::Error::RowNotFound) => Self::NotFound,
            StoreError::Sql(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_)) => Self::Unavailable(error.to_string()),
            other => Self::Internal(other.to_string()),
        }
    }
}

impl Db {
    /// Opens (and makes, and migrates) the SQLite file.
    pub async fn open_sqlite(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            // of each connection; nothing is mapped, each mapping would count in what an import of 100,000 rows may take
            .pragma("cache_size", SQLITE_CACHE);
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        sqlx::migrate!("migrations/sqlite").run(&write).await?;
        let read =
            SqlitePoolOptions::new().max_connections(SQLITE_READERS).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { read, write })
    }

    /// Opens (and migrates) a PostgreSQL database by its URL.
    ///
    /// # Errors
    /// [`StoreError::Url`] for any other scheme.
    pub async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(StoreError::Url);
        }
        let options = sqlx::postgres::PgConnectOptions::from_str(url)?;
        let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).connect_with(options).await?;
        sqlx::migrate!("migrations/postgres").run(&pool).await?;
        Ok(Self::Postgres(pool))
    }

    /// Begins a write transaction.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Answers whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        with_pool!(self, |pool| sqlx::query("SELECT 1").execute(pool).await.map(|_| ()))?;
        Ok(())
    }

    /// Closes all connections; SQLite folds its log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything in it true at once.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
