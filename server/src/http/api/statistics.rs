//! Counts of complaints and reports, small ones hidden: exactly what the page shows.

use app::{
    domain::{
        case::Kind,
        statistics::{By, Cell, FEWEST, Measure, Row, Statistics, Table},
    },
    text::statistics as say,
};
use axum::{
    Extension,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use serde::Serialize;

use super::{ApiState, Open, Problem};
use crate::http::CachePolicy;

/// A count, or why it is not given.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Figure {
    /// The count
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// `few`: 1 to 4. `withheld`: it would give away a count of 1 to 4 beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<&'static str>,
}

/// A group of cases.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Group {
    /// Code; empty: all, or the district not stated
    pub code: String,
    /// Name in Chinese
    pub name: String,
    /// 收到
    pub received: Figure,
    /// 受理 (complaints), 立案 (reports), of those received
    pub accepted: Figure,
    /// 不予受理, 不予立案, of those received
    pub refused: Figure,
    /// 办结, of those received
    pub closed: Figure,
    /// 按时办结, of those closed
    pub on_time: Figure,
    /// Median of the days from receipt to the end
    pub median_days: Option<f64>,
}

/// Cases of a kind in groups.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Groups {
    /// `complaint` or `report`
    pub kind: &'static str,
    /// `month` of receipt, `district`, `problem` or `source`
    pub by: &'static str,
    /// The groups
    pub rows: Vec<Group>,
    /// All of them
    pub total: Group,
}

/// Complaints and reports received in twelve full months. A complaint is what one party says and no proof of a breach.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CaseStatistics {
    /// First day
    pub from: NaiveDate,
    /// Last day
    pub until: NaiveDate,
    /// Day on which it was counted
    pub made_on: NaiveDate,
    /// The smallest count but zero that is given
    pub fewest: u64,
    /// Repeated reports that were merged into an earlier one and are not counted again
    pub merged: Figure,
    /// Tables
    pub tables: Vec<Groups>,
}

impl From<Cell> for Figure {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Shown(count) => Self { count: Some(count), hidden: None },
            Cell::Few => Self { count: None, hidden: Some("few") },
            Cell::Withheld => Self { count: None, hidden: Some("withheld") },
        }
    }
}

fn group(row: &Row, name: String) -> Group {
    let [received, accepted, refused, closed, on_time] = row.cells.map(Figure::from);
    Group { code: row.code.clone(), name, received, accepted, refused, closed, on_time, median_days: row.median_days }
}

impl From<&Table> for Groups {
    fn from(table: &Table) -> Self {
        let rows = table.rows.iter().map(|row| group(row, say::group(table.by, &row.code))).collect();
        Self { kind: table.kind.code(), by: table.by.code(), rows, total: group(&table.total, say::TOTAL.to_owned()) }
    }
}

impl From<&Statistics> for CaseStatistics {
    fn from(counted: &Statistics) -> Self {
        Self {
            from: counted.from,
            until: counted.until,
            made_on: counted.made_on,
            fewest: FEWEST,
            merged: counted.merged.into(),
            tables: counted.tables.iter().map(Groups::from).collect(),
        }
    }
}

/// Complaints and reports of the last twelve full months by month, district, problem and channel.
#[utoipa::path(get, path = "/statistics", responses((status = 200, body = CaseStatistics)))]
pub async fn statistics(State(state): State<ApiState>) -> Result<impl IntoResponse, Problem> {
    let counted = state.figures.statistics().await?;
    Ok((Extension(CachePolicy::Minute), Open(CaseStatistics::from(&*counted))))
}

/// The same as a table for spreadsheet programs (CSV, RFC 4180, UTF-8 with byte order mark).
#[utoipa::path(get, path = "/statistics.csv", responses((status = 200, content_type = "text/csv", body = String)))]
pub async fn csv(State(state): State<ApiState>) -> Result<Response, Problem> {
    let counted = state.figures.statistics().await?;
    let name = format!("attachment; filename=\"statistics-{}.csv\"", counted.made_on);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, name.as_str()),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    Ok((Extension(CachePolicy::Minute), headers, lines(&counted)).into_response())
}

fn lines(counted: &Statistics) -> String {
    // spreadsheet programs read Chinese in UTF-8 only with a byte order mark
    let mut out = format!("\u{feff}{}\r\n", say::CSV_HEAD.join(","));
    for table in &counted.tables {
        for (row, name) in table
            .rows
            .iter()
            .map(|row| (row, say::group(table.by, &row.code)))
            .chain([(&table.total, say::TOTAL.to_owned())])
        {
            out.push_str(&line(table.kind, table.by, row, name));
        }
    }
    out
}

fn line(kind: Kind, by: By, row: &Row, name: String) -> String {
    let mut fields = vec![app::text::case::kind(kind).to_owned(), say::by(by).to_owned(), name];
    fields.extend(Measure::ALL.map(|measure| say::cell(row.cell(measure))));
    fields.push(row.median_days.map(|days| days.to_string()).unwrap_or_default());
    // names of districts come from addresses and hold Chinese signs only: nothing to quote, no formula
    fields.join(",") + "\r\n"
}
