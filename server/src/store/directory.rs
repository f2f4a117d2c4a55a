//! Operators that public samples name.

use app::ports::{Directory, Operator, OperatorLine, OperatorRole, Page, PortResult, Sample};
use async_trait::async_trait;
use const_format::concatcp;
use sqlx::FromRow;
use uuid::Uuid;

use super::{
    Db, StoreError,
    cursor::{DayCursor, read_id},
    publications::cut,
    rows::{SAMPLE_COLUMNS, SampleRow, TallyRow, tallies},
    with_pool,
};

const LIST: &str = "SELECT id, name, address FROM operator WHERE public AND id > $1 ORDER BY id LIMIT $2";
const ONE: &str = "SELECT id, name, address, uscc, licence FROM operator WHERE public AND id = $1";

/// The same statement for both roles.
macro_rules! by_role {
    ($before:expr, $after:expr) => {
        [concatcp!($before, "s.producer_id", $after), concatcp!($before, "s.seller_id", $after)]
    };
}
const TALLIES: [&str; 2] = by_role!(
    "SELECT s.grp, CAST(SUM(CASE s.verdict WHEN 'passed' THEN 1 ELSE 0 END) AS BIGINT) AS passed, \
     CAST(SUM(CASE s.verdict WHEN 'failed' THEN 1 ELSE 0 END) AS BIGINT) AS failed \
     FROM sample s JOIN bulletin b ON b.id = s.bulletin_id WHERE b.state = 'published' AND ",
    " = $1 GROUP BY s.grp"
);
const SAMPLES: [&str; 2] = by_role!(
    concatcp!(
        "SELECT ",
        SAMPLE_COLUMNS,
        " FROM sample s JOIN bulletin b ON b.id = s.bulletin_id WHERE b.state = 'published' AND "
    ),
    " = $1 AND (s.published_on, s.id) < ($2, $3) ORDER BY s.published_on DESC, s.id DESC LIMIT $4"
);

fn index(role: OperatorRole) -> usize {
    match role {
        OperatorRole::Producer => 0,
        OperatorRole::Seller => 1,
    }
}

#[derive(FromRow)]
struct LineRow {
    id: Uuid,
    name: String,
    address: Option<String>,
}

#[derive(FromRow)]
struct OperatorRow {
    #[sqlx(flatten)]
    line: LineRow,
    uscc: Option<String>,
    licence: Option<String>,
}

impl From<LineRow> for OperatorLine {
    fn from(row: LineRow) -> Self {
        Self { id: row.id, name: row.name, address: row.address }
    }
}

impl Db {
    async fn tallies_as(&self, id: Uuid, role: OperatorRole) -> Result<Vec<TallyRow>, StoreError> {
        Ok(with_pool!(self, |pool| sqlx::query_as(TALLIES[index(role)]).bind(id).fetch_all(pool).await)?)
    }
}

#[async_trait]
impl Directory for Db {
    async fn operators(&self, after: Option<&str>, limit: u32) -> PortResult<Page<OperatorLine>> {
        let after = after.map_or(Ok(Uuid::nil()), read_id)?;
        let mut rows: Vec<LineRow> =
            with_pool!(self, |pool| sqlx::query_as(LIST).bind(after).bind(i64::from(limit) + 1).fetch_all(pool).await)
                .map_err(StoreError::from)?;
        let more = cut(&mut rows, limit);
        let next = rows.last().filter(|_| more).map(|row| row.id.simple().to_string());
        Ok(Page { items: rows.into_iter().map(OperatorLine::from).collect(), next })
    }

    async fn operator(&self, id: Uuid) -> PortResult<Operator> {
        let row: OperatorRow =
            with_pool!(self, |pool| sqlx::query_as(ONE).bind(id).fetch_one(pool).await).map_err(StoreError::from)?;
        Ok(Operator {
            line: row.line.into(),
            uscc: row.uscc,
            licence: row.licence,
            as_producer: tallies(self.tallies_as(id, OperatorRole::Producer).await?)?,
            as_seller: tallies(self.tallies_as(id, OperatorRole::Seller).await?)?,
        })
    }

    async fn operator_samples(
        &self,
        id: Uuid,
        role: OperatorRole,
        after: Option<&str>,
        limit: u32,
    ) -> PortResult<Page<Sample>> {
        let after = DayCursor::read(after)?;
        let mut rows: Vec<SampleRow> = with_pool!(self, |pool| sqlx::query_as(SAMPLES[index(role)])
            .bind(id)
            .bind(after.day)
            .bind(after.id)
            .bind(i64::from(limit) + 1)
            .fetch_all(pool)
            .await)
        .map_err(StoreError::from)?;
        let more = cut(&mut rows, limit);
        let next = rows.last().filter(|_| more).map(|row| DayCursor { day: row.published_on, id: row.id }.write());
        Ok(Page { items: self.samples_of(rows).await?, next })
    }
}
