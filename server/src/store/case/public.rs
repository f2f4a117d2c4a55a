//! Closed complaints that the public sees.

use app::{
    domain::case_public::{Item, State},
    ports::PublicComplaint,
};
use chrono::{DateTime, NaiveDate, Utc};
use const_format::concatcp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::store::{Action, Db, Entity, StoreError, Tx, run, with_pool, with_tx};

const SELECT: &str = "SELECT c.case_id, c.operator_id, o.name, c.problem, c.result, c.department, c.ended_on, \
     c.confirmed, c.state, c.proposed_by, c.reason, c.public_until, c.version FROM case_public c \
     JOIN operator o ON o.id = c.operator_id WHERE ";
const OF_CASE: &str = concatcp!(SELECT, "c.case_id = $1");
const IN_STATE: &str = concatcp!(SELECT, "c.state = $1 ORDER BY c.updated_at, c.case_id LIMIT 500");
const SHOWN: &str = "SELECT problem, result, department, ended_on, public_until FROM case_public WHERE operator_id IN \
     (SELECT id FROM operator WHERE id = $1 OR merged_into = $1) AND state = 'public' AND public_until >= $2 ORDER BY ended_on DESC, case_id LIMIT 500";
const PUT: &str = "INSERT INTO case_public (case_id, operator_id, problem, result, department, ended_on, confirmed, \
     state, proposed_by, reason, public_until, version, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
     $11, 1, $12) ON CONFLICT (case_id) DO UPDATE SET operator_id = excluded.operator_id, problem = excluded.problem, \
     result = excluded.result, department = excluded.department, ended_on = excluded.ended_on, \
     confirmed = excluded.confirmed, state = excluded.state, proposed_by = excluded.proposed_by, \
     reason = excluded.reason, public_until = excluded.public_until, version = case_public.version + 1, \
     updated_at = excluded.updated_at WHERE case_public.version = $13";
const KNOWN: &str = "SELECT o.id FROM operator o JOIN operator k ON k.id = COALESCE(o.merged_into, o.id) \
     WHERE o.name_key = $1 AND k.public";
const PAGE_OF: &str = "SELECT COALESCE(merged_into, id) FROM operator WHERE id = $1";
const EXPIRE: &str = "UPDATE case_public SET state = 'expired', version = version + 1, updated_at = $2 \
     WHERE state = 'public' AND public_until < $1 RETURNING operator_id";

/// As it is stored.
#[derive(Clone, Debug)]
pub(crate) struct StoredPublicity {
    /// The case
    pub case: Uuid,
    /// The operator
    pub operator: Uuid,
    /// Its name
    pub operator_name: String,
    /// What is shown
    pub shown: PublicComplaint,
    /// Keys of confirmed marks
    pub confirmed: Vec<String>,
    /// State and proposer
    pub item: Item,
    /// Why it was given back or taken down
    pub reason: Option<String>,
    /// Raised by every write; 0: not kept yet
    pub version: i64,
}

#[derive(FromRow)]
struct Row {
    case_id: Uuid,
    operator_id: Uuid,
    name: String,
    problem: String,
    result: String,
    department: String,
    ended_on: NaiveDate,
    confirmed: String,
    state: String,
    proposed_by: Uuid,
    reason: Option<String>,
    public_until: Option<NaiveDate>,
    version: i64,
}

impl TryFrom<Row> for StoredPublicity {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let state = State::from_code(&row.state).ok_or(StoreError::Value("case_public.state"))?;
        Ok(Self {
            case: row.case_id,
            operator: row.operator_id,
            operator_name: row.name,
            shown: PublicComplaint {
                problem: row.problem,
                result: row.result,
                department: row.department,
                ended_on: row.ended_on,
                until: row.public_until,
            },
            confirmed: serde_json::from_str(&row.confirmed).map_err(|_| StoreError::Value("case_public.confirmed"))?,
            item: Item { state, proposed_by: row.proposed_by },
            reason: row.reason,
            version: row.version,
        })
    }
}

impl Db {
    /// The publication of a case.
    pub(crate) async fn case_public(&self, case: Uuid) -> Result<Option<StoredPublicity>, StoreError> {
        let row: Option<Row> = with_pool!(self, |pool| sqlx::query_as(OF_CASE).bind(case).fetch_optional(pool).await)?;
        row.map(StoredPublicity::try_from).transpose()
    }

    /// Publications in a state, the oldest first.
    pub(crate) async fn cases_public(&self, state: State) -> Result<Vec<StoredPublicity>, StoreError> {
        let rows: Vec<Row> =
            with_pool!(self, |pool| sqlx::query_as(IN_STATE).bind(state.code()).fetch_all(pool).await)?;
        rows.into_iter().map(StoredPublicity::try_from).collect()
    }

    /// What is shown of an operator on a day.
    pub(crate) async fn complaints_shown(
        &self,
        operator: Uuid,
        today: NaiveDate,
    ) -> Result<Vec<PublicComplaint>, StoreError> {
        type Shown = (String, String, String, NaiveDate, Option<NaiveDate>);
        let rows: Vec<Shown> =
            with_pool!(self, |pool| sqlx::query_as(SHOWN).bind(operator).bind(today).fetch_all(pool).await)?;
        let one = |(problem, result, department, ended_on, until)| PublicComplaint {
            problem,
            result,
            department,
            ended_on,
            until,
        };
        Ok(rows.into_iter().map(one).collect())
    }

    /// The operator of a name's key that has a public page.
    pub(crate) async fn public_operator(&self, key: &str) -> Result<Option<Uuid>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_scalar(KNOWN).bind(key).fetch_optional(pool).await)?)
    }

    /// Ends what was shown long enough. Gives how many.
    pub async fn expire_complaints(&self, today: NaiveDate, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let mut tx = self.begin().await?;
        let operators: Vec<Uuid> =
            with_tx!(&mut tx, |conn| sqlx::query_scalar(EXPIRE).bind(today).bind(now).fetch_all(&mut *conn).await)?;
        for operator in &operators {
            tx.touch_operator(*operator, now).await?;
        }
        tx.commit().await?;
        Ok(operators.len())
    }
}

impl Tx {
    /// The publication of a case, as this transaction sees it.
    pub(crate) async fn case_public(&mut self, case: Uuid) -> Result<Option<StoredPublicity>, StoreError> {
        let row: Option<Row> =
            with_tx!(self, |conn| sqlx::query_as(OF_CASE).bind(case).fetch_optional(&mut *conn).await)?;
        row.map(StoredPublicity::try_from).transpose()
    }

    /// Keeps a publication. Tells whether the version still was the one that was seen.
    pub(crate) async fn put_case_public(
        &mut self,
        kept: &StoredPublicity,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let confirmed =
            serde_json::to_string(&kept.confirmed).map_err(|_| StoreError::Value("case_public.confirmed"))?;
        let shown = &kept.shown;
        let done = run!(
            self,
            PUT,
            kept.case,
            kept.operator,
            &shown.problem,
            &shown.result,
            &shown.department,
            shown.ended_on,
            confirmed,
            kept.item.state.code(),
            kept.item.proposed_by,
            &kept.reason,
            shown.until,
            now,
            kept.version
        )?;
        Ok(done == 1)
    }

    /// The page of an operator changes, of a merged one that of the kept one.
    pub(crate) async fn touch_operator(&mut self, operator: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        let kept: Uuid =
            with_tx!(self, |conn| sqlx::query_scalar(PAGE_OF).bind(operator).fetch_one(&mut *conn).await)?;
        self.append_changes(&[(Entity::Operator, kept, Action::Put)], now).await
    }
}
