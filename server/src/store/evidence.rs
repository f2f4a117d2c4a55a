//! Evidence files and the baskets in which they wait for a case. Names are sealed and opened by `server::evidence`.

use app::domain::evidence::{Kind, Refusal, Side, State};
use chrono::{DateTime, NaiveDate, Utc};
use const_format::concatcp;
use sqlx::FromRow;
use uuid::Uuid;

use super::{Db, StoreError, Tx, run, with_pool, with_tx};

/// A file as it is stored.
#[derive(Clone, Debug)]
pub struct EvidenceRow {
    /// Id
    pub id: Uuid,
    /// Its case
    pub case: Option<Uuid>,
    /// Who gave it
    pub side: Side,
    /// Sealed
    pub name: Vec<u8>,
    /// What it is, once that is known
    pub kind: Option<Kind>,
    /// As announced, or of the cleaned content
    pub bytes: u64,
    /// Of the cleaned content
    pub sha256: Option<String>,
    /// State
    pub state: State,
    /// How much has come
    pub received: u64,
    /// How long the file of the upload is
    pub sealed: u64,
    /// Came in
    pub created_at: DateTime<Utc>,
}

/// What a basket or a case holds, refused files left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files
    pub files: u32,
    /// Bytes
    pub bytes: u64,
}

/// What taking a basket did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Files that were bound now
    pub bound: u32,
    /// What the case has now
    pub case: Tally,
}

/// A new file.
pub(crate) struct NewEvidence<'a> {
    pub id: Uuid,
    pub basket: &'a [u8],
    pub side: Side,
    pub name: &'a [u8],
    pub bytes: u64,
    pub received: u64,
    pub sealed: u64,
}

/// The end of an upload.
pub(crate) enum Ended<'a> {
    Ready { name: &'a [u8], kind: Kind, bytes: u64, sha256: &'a str },
    Refused(Refusal),
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    case_id: Option<Uuid>,
    side: String,
    name: Vec<u8>,
    kind: Option<String>,
    bytes: i64,
    sha256: Option<String>,
    state: String,
    refusal: Option<String>,
    received_bytes: i64,
    sealed_bytes: i64,
    created_at: DateTime<Utc>,
}

const SELECT: &str = "SELECT id, case_id, side, name, kind, bytes, sha256, state, refusal, received_bytes, \
     sealed_bytes, created_at FROM evidence WHERE ";
const ONE: &str = concatcp!(SELECT, "id = $1");
const IN_BASKET: &str = concatcp!(SELECT, "basket = $1 AND id = $2");
const OF_BASKET: &str = concatcp!(SELECT, "basket = $1 ORDER BY created_at, id");
const OF_CASE: &str = concatcp!(SELECT, "case_id = $1 ORDER BY created_at, id");
const TALLY: &str =
    "SELECT COUNT(*), CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM evidence WHERE state <> 'refused' AND ";
const TALLY_BASKET: &str = concatcp!(TALLY, "basket = $1");
const TALLY_CASE: &str = concatcp!(TALLY, "case_id = $1");
const TALLY_UNBOUND: &str = concatcp!(TALLY, "case_id IS NULL");
/// Holds the basket until the end of the transaction.
const TOUCH: &str = "INSERT INTO evidence_basket (hash, touched_at) VALUES ($1, $2) \
     ON CONFLICT (hash) DO UPDATE SET touched_at = excluded.touched_at";
const HOLD: &str = "UPDATE evidence_basket SET touched_at = touched_at WHERE hash = $1";
const HAS_BASKET: &str = "SELECT COUNT(*) FROM evidence_basket WHERE hash = $1";
const INSERT: &str = "INSERT INTO evidence (id, basket, side, name, bytes, state, received_bytes, sealed_bytes, \
     created_at) VALUES ($1, $2, $3, $4, $5, 'receiving', $6, $7, $8)";
const ADVANCE: &str = "UPDATE evidence SET received_bytes = $3, sealed_bytes = $4 \
     WHERE id = $1 AND state = 'receiving' AND received_bytes = $2";
const READY: &str = "UPDATE evidence SET state = 'ready', name = $2, kind = $3, bytes = $4, sha256 = $5 \
     WHERE id = $1 AND state = 'receiving'";
const REFUSE: &str = "UPDATE evidence SET state = 'refused', refusal = $2 WHERE id = $1 AND state = 'receiving'";
const REMOVE: &str = "DELETE FROM evidence WHERE basket = $1 AND id = $2";
const BIND: &str = "UPDATE evidence SET case_id = $2, basket = NULL WHERE basket = $1 AND state = 'ready'";
const EXPIRED: &str = "SELECT e.id FROM evidence e JOIN evidence_basket b ON b.hash = e.basket WHERE b.touched_at < $1";
/// Deletes their files' rows too.
const OVER: &str = "SELECT e.id FROM evidence e JOIN case_file f ON f.id = e.case_id WHERE f.personal_until < $1";
const FORGET_OVER: &str = "DELETE FROM evidence WHERE case_id IN (SELECT id FROM case_file WHERE personal_until < $1)";
const EXPIRE: &str = "DELETE FROM evidence_basket WHERE touched_at < $1";
const FORGET: &str = "DELETE FROM evidence WHERE case_id = $1";
const IDS_OF_CASE: &str = "SELECT id FROM evidence WHERE case_id = $1";
const ALL: &str = "SELECT id, state <> 'receiving' FROM evidence";

fn unsigned(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| StoreError::Value("evidence.bytes"))
}

fn signed(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Value("evidence.bytes"))
}

impl TryFrom<(i64, i64)> for Tally {
    type Error = StoreError;

    fn try_from((files, bytes): (i64, i64)) -> Result<Self, StoreError> {
        let files = u32::try_from(files).map_err(|_| StoreError::Value("evidence.files"))?;
        Ok(Self { files, bytes: unsigned(bytes)? })
    }
}

impl TryFrom<Row> for EvidenceRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let state = match (row.state.as_str(), &row.refusal) {
            ("receiving", None) => State::Receiving,
            ("ready", None) => State::Ready,
            ("refused", Some(code)) => {
                State::Refused(Refusal::from_code(code).ok_or(StoreError::Value("evidence.refusal"))?)
            }
            _ => return Err(StoreError::Value("evidence.state")),
        };
        let kind = |code: String| Kind::from_code(&code).ok_or(StoreError::Value("evidence.kind"));
        Ok(Self {
            id: row.id,
            case: row.case_id,
            side: Side::from_code(&row.side).ok_or(StoreError::Value("evidence.side"))?,
            name: row.name,
            kind: row.kind.map(kind).transpose()?,
            bytes: unsigned(row.bytes)?,
            sha256: row.sha256,
            state,
            received: unsigned(row.received_bytes)?,
            sealed: unsigned(row.sealed_bytes)?,
            created_at: row.created_at,
        })
    }
}

impl Db {
    /// A file, wherever it belongs. Who may see it is the caller's question.
    pub async fn evidence(&self, id: Uuid) -> Result<Option<EvidenceRow>, StoreError> {
        let row = with_pool!(self, |pool| sqlx::query_as::<_, Row>(ONE).bind(id).fetch_optional(pool).await)?;
        row.map(EvidenceRow::try_from).transpose()
    }

    pub(crate) async fn evidence_in(&self, basket: &[u8], id: Uuid) -> Result<Option<EvidenceRow>, StoreError> {
        let row = with_pool!(self, |pool| sqlx::query_as::<_, Row>(IN_BASKET)
            .bind(basket)
            .bind(id)
            .fetch_optional(pool)
            .await)?;
        row.map(EvidenceRow::try_from).transpose()
    }

    pub(crate) async fn basket(&self, basket: &[u8]) -> Result<Vec<EvidenceRow>, StoreError> {
        let rows = with_pool!(self, |pool| sqlx::query_as::<_, Row>(OF_BASKET).bind(basket).fetch_all(pool).await)?;
        rows.into_iter().map(EvidenceRow::try_from).collect()
    }

    /// The files of a case in the order in which they came.
    pub async fn evidence_of(&self, case: Uuid) -> Result<Vec<EvidenceRow>, StoreError> {
        let rows = with_pool!(self, |pool| sqlx::query_as::<_, Row>(OF_CASE).bind(case).fetch_all(pool).await)?;
        rows.into_iter().map(EvidenceRow::try_from).collect()
    }

    pub(crate) async fn has_basket(&self, basket: &[u8]) -> Result<bool, StoreError> {
        let count: i64 = with_pool!(self, |pool| sqlx::query_scalar(HAS_BASKET).bind(basket).fetch_one(pool).await)?;
        Ok(count > 0)
    }

    pub(crate) async fn unbound_evidence(&self) -> Result<Tally, StoreError> {
        let found: (i64, i64) = with_pool!(self, |pool| sqlx::query_as(TALLY_UNBOUND).fetch_one(pool).await)?;
        found.try_into()
    }

    /// All ids, and whether their upload is over.
    pub(crate) async fn evidence_ids(&self) -> Result<Vec<(Uuid, bool)>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(ALL).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// What a basket holds; nobody else writes into it until the end of the transaction.
    pub(crate) async fn hold_basket(&mut self, basket: &[u8], now: DateTime<Utc>) -> Result<Tally, StoreError> {
        run!(self, TOUCH, basket, now)?;
        let found: (i64, i64) =
            with_tx!(self, |conn| sqlx::query_as(TALLY_BASKET).bind(basket).fetch_one(&mut *conn).await)?;
        found.try_into()
    }

    pub(crate) async fn add_evidence(&mut self, new: &NewEvidence<'_>, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (bytes, received, sealed) = (signed(new.bytes)?, signed(new.received)?, signed(new.sealed)?);
        run!(self, INSERT, new.id, new.basket, new.side.code(), new.name, bytes, received, sealed, now)?;
        Ok(())
    }

    /// Acknowledges bytes; `false` where the upload stands elsewhere meanwhile.
    pub(crate) async fn advance_evidence(
        &mut self,
        (basket, id): (&[u8], Uuid),
        from: u64,
        (received, sealed): (u64, u64),
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        run!(self, TOUCH, basket, now)?;
        Ok(run!(self, ADVANCE, id, signed(from)?, signed(received)?, signed(sealed)?)? == 1)
    }

    pub(crate) async fn end_evidence(&mut self, id: Uuid, ended: &Ended<'_>) -> Result<bool, StoreError> {
        let rows = match ended {
            Ended::Ready { name, kind, bytes, sha256 } => {
                run!(self, READY, id, *name, kind.code(), signed(*bytes)?, *sha256)?
            }
            Ended::Refused(refusal) => run!(self, REFUSE, id, refusal.code())?,
        };
        Ok(rows == 1)
    }

    pub(crate) async fn remove_evidence(&mut self, basket: &[u8], id: Uuid) -> Result<bool, StoreError> {
        Ok(run!(self, REMOVE, basket, id)? == 1)
    }

    /// Binds what a basket holds ready to a case, in the transaction that makes or changes the case. What is not ready
    /// stays, and is deleted with the basket. Twice binds nothing the second time.
    pub async fn take_evidence(&mut self, basket: &[u8], case: Uuid) -> Result<Taken, StoreError> {
        run!(self, HOLD, basket)?;
        let bound = run!(self, BIND, basket, case)?;
        let found: (i64, i64) =
            with_tx!(self, |conn| sqlx::query_as(TALLY_CASE).bind(case).fetch_one(&mut *conn).await)?;
        Ok(Taken { bound: u32::try_from(bound).unwrap_or(u32::MAX), case: found.try_into()? })
    }

    /// Forgets the files of a case; their bytes are deleted by [`crate::evidence::Evidence::delete_files`] after the
    /// commit, or at the next start.
    pub async fn forget_evidence(&mut self, case: Uuid) -> Result<Vec<Uuid>, StoreError> {
        let ids = with_tx!(self, |conn| sqlx::query_scalar(IDS_OF_CASE).bind(case).fetch_all(&mut *conn).await)?;
        run!(self, FORGET, case)?;
        Ok(ids)
    }

    /// Forgets the files of cases whose time of retention is over; gives them.
    pub(crate) async fn forget_over(&mut self, today: NaiveDate) -> Result<Vec<Uuid>, StoreError> {
        let ids: Vec<Uuid> = with_tx!(self, |conn| sqlx::query_scalar(OVER).bind(today).fetch_all(&mut *conn).await)?;
        if !ids.is_empty() {
            run!(self, FORGET_OVER, today)?;
        }
        Ok(ids)
    }

    /// Forgets baskets not touched since; gives their files.
    pub(crate) async fn expire_baskets(&mut self, before: DateTime<Utc>) -> Result<Vec<Uuid>, StoreError> {
        let ids = with_tx!(self, |conn| sqlx::query_scalar(EXPIRED).bind(before).fetch_all(&mut *conn).await)?;
        run!(self, EXPIRE, before)?;
        Ok(ids)
    }
}
