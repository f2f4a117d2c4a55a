//! Cases as statistics count them.

use app::domain::{
    case::{Kind, Problem, Source},
    statistics::Alike,
};
use chrono::NaiveDate;
use sqlx::FromRow;

use crate::store::{Db, StoreError, with_pool};

/// Cases received in a span, those that are alike as one row. `$3`: today. Two records of one kind with the same number
/// at the national platform are one case, the earlier one. Notices after the end don't make the handling late.
const ALIKE: &str = "WITH held AS (SELECT case_id, \
     MAX(CASE WHEN step IN ('mediation', 'case-decision') THEN 1 ELSE 0 END) AS accepted, \
     MAX(CASE WHEN step NOT IN ('termination-notice', 'filing-notice') AND COALESCE(met_on, $3) > due_on \
     THEN 1 ELSE 0 END) AS late FROM case_clock GROUP BY case_id) \
     SELECT c.kind, c.district, c.problem, c.source, c.received_on, c.closed_on, \
     COALESCE(h.accepted, 0) = 1 AS is_accepted, c.state IN ('refused', 'not_filed') AS is_refused, \
     COALESCE(h.late, 0) = 1 AS is_late, c.state = 'merged' AS is_merged, COUNT(*) AS alike \
     FROM case_file c LEFT JOIN held h ON h.case_id = c.id \
     WHERE c.received_on BETWEEN $1 AND $2 AND NOT EXISTS (SELECT 1 FROM case_file o \
     WHERE o.national_no = c.national_no AND o.kind = c.kind AND o.state <> 'merged' \
     AND (o.received_at < c.received_at OR (o.received_at = c.received_at AND o.number < c.number))) \
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10";

#[derive(FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "columns")]
struct Row {
    kind: String,
    district: String,
    problem: String,
    source: String,
    received_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    is_accepted: bool,
    is_refused: bool,
    is_late: bool,
    is_merged: bool,
    alike: i64,
}

impl TryFrom<Row> for Alike {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            kind: Kind::from_code(&row.kind).ok_or(StoreError::Value("case_file.kind"))?,
            problem: Problem::from_code(&row.problem).ok_or(StoreError::Value("case_file.problem"))?,
            source: Source::from_code(&row.source).ok_or(StoreError::Value("case_file.source"))?,
            district: row.district,
            received_on: row.received_on,
            closed_on: row.closed_on,
            is_accepted: row.is_accepted,
            is_refused: row.is_refused,
            is_late: row.is_late,
            is_merged: row.is_merged,
            count: row.alike.try_into().map_err(|_| StoreError::Value("count"))?,
        })
    }
}

impl Db {
    /// Cases received in a span of days.
    pub(crate) async fn cases_alike(
        &self,
        from: NaiveDate,
        until: NaiveDate,
        today: NaiveDate,
    ) -> Result<Vec<Alike>, StoreError> {
        let rows: Vec<Row> =
            with_pool!(self, |pool| sqlx::query_as(ALIKE).bind(from).bind(until).bind(today).fetch_all(pool).await)?;
        rows.into_iter().map(Alike::try_from).collect()
    }
}
