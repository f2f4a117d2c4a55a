//! Auditors: the audit trail and its export.

use app::{
    domain::{
        audit::{Deed, Outcome},
        staff::Permission,
    },
    ports::AuditQuery,
    text::desk as say,
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{Access, Caller, Desk, DeskState, render::text_header};
use crate::store::{AuditEntry, Db, StoreError};

const READ: Access = Access::Needs(Permission::ReadAudit);
/// Entries read at once.
const BATCH: u32 = 500;

/// The routes.
pub fn routes(desk: Desk) -> Desk {
    desk.page("/desk/audit", READ).get("/desk/audit/export.csv", READ, csv).get(
        "/desk/audit/export.jsonl",
        READ,
        json_lines,
    )
}

async fn csv(State(desk): State<DeskState>, caller: Caller) -> Response {
    // a byte order mark: spreadsheet programs read Chinese in UTF-8 only with it
    let head = format!("\u{feff}{}", csv_line(&say::COLUMNS.map(str::to_owned)));
    export(&desk, &caller, "csv", "text/csv; charset=utf-8", head, csv_entry).await
}

async fn json_lines(State(desk): State<DeskState>, caller: Caller) -> Response {
    let line = |entry: &AuditEntry| serde_json::to_string(entry).map(|line| line + "\n").unwrap_or_default();
    export(&desk, &caller, "jsonl", "application/jsonl; charset=utf-8", String::new(), line).await
}

/// Sends entries as they are read: an export may be larger than memory. That it was asked for is written first.
async fn export(
    desk: &DeskState,
    caller: &Caller,
    format: &'static str,
    kind: &'static str,
    head: String,
    line: fn(&AuditEntry) -> String,
) -> Response {
    let Ok(query) = AuditQuery::from_pairs(&caller.pairs()) else {
        return desk.message(caller, StatusCode::BAD_REQUEST, (say::AUDIT, say::BAD_FILTER)).await;
    };
    let auth = desk.auth();
    let asked = json!({
        "format": format, "staff": query.staff, "deed": query.deed.map(Deed::code), "object": query.object,
        "outcome": query.outcome.map(Outcome::code), "from": query.from, "to": query.to,
    });
    let entry = caller.who.did(Deed::AuditExport, Outcome::Ok).on("audit", format).with(asked);
    let now = auth.clock.now();
    if let Err(error) = auth.db.audit(&entry, now).await {
        return desk.failed(&error.into());
    }
    let first = futures::stream::once(async move { Ok(Bytes::from(head)) });
    let rest = futures::stream::try_unfold((auth.db.clone(), Some(query)), move |(db, query)| async move {
        let Some(query) = query else { return Ok::<_, StoreError>(None) };
        let (text, next) = batch(&db, query, line).await?;
        Ok(Some((Bytes::from(text), (db, next))))
    });
    let name = format!("attachment; filename=\"audit-{}.{format}\"", auth.clock.today());
    let body = Body::from_stream(futures::StreamExt::chain(first, rest));
    ([(header::CONTENT_TYPE, text_header(kind)), (header::CONTENT_DISPOSITION, text_header(&name))], body)
        .into_response()
}

async fn batch(
    db: &Db,
    query: AuditQuery,
    line: fn(&AuditEntry) -> String,
) -> Result<(String, Option<AuditQuery>), StoreError> {
    let entries = db.audit_entries_of(&query, BATCH).await?;
    let is_last = entries.len() < BATCH as usize;
    let before = entries.last().map(|entry| entry.place).filter(|_| !is_last);
    let next = before.map(|before| AuditQuery { before: Some(before), ..query });
    Ok((entries.iter().map(line).collect(), next))
}

fn csv_entry(entry: &AuditEntry) -> String {
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let detail = if entry.detail.is_null() { String::new() } else { entry.detail.to_string() };
    csv_line(&[
        entry.place.to_string(),
        app::text::moment(entry.at),
        or_empty(&entry.staff),
        or_empty(&entry.address),
        say::deed_of(&entry.deed),
        entry.deed.clone(),
        entry.kind.as_deref().map(say::object_kind).unwrap_or_default(),
        or_empty(&entry.object),
        say::outcome_of(&entry.outcome),
        detail,
    ])
}

/// A line of RFC 4180. What a spreadsheet would take for a formula is text.
fn csv_line(cells: &[String]) -> String {
    let cell = |text: &String| {
        let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    };
    cells.iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells() {
        let line = csv_line(&["a,b".to_owned(), "say \"x\"\n".to_owned(), "=1+1".to_owned(), String::new()]);
        assert_eq!(line, "\"a,b\",\"say \"\"x\"\"\n\",\"'=1+1\",\"\"\r\n");
    }
}
