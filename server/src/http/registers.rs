//! `/registers/{code}.csv` and `.json`: all entries of a register, sent as they are read.

use app::ports::{EntryCell, PortError, PortResult, RegisterEntry, RegisterFull, Registers};
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{CachePolicy, api::Problem, cache::is_known, disposition::download};
use crate::{files::sha256, registers::RegisterService};

/// Entries read at once.
const BATCH: u32 = 500;

/// The forms of an export.
#[derive(Clone, Copy)]
enum Form {
    Csv,
    Json,
}

/// Answers for exports; everything else goes on.
pub(super) async fn exports(State(registers): State<RegisterService>, request: Request, next: Next) -> Response {
    let asked = asked(request.uri().path()).map(|(code, form)| (code.to_owned(), form));
    match asked {
        Some((code, form)) => match export(registers, &code, form, request.headers()).await {
            Ok(response) => response,
            Err(error) => Problem::from(error).into_response(),
        },
        None => next.run(request).await,
    }
}

fn asked(path: &str) -> Option<(&str, Form)> {
    let file = path.strip_prefix("/registers/").filter(|file| !file.contains('/'))?;
    let csv = file.strip_suffix(".csv").map(|code| (code, Form::Csv));
    csv.or_else(|| file.strip_suffix(".json").map(|code| (code, Form::Json)))
}

async fn export(registers: RegisterService, code: &str, form: Form, asked: &HeaderMap) -> PortResult<Response> {
    let full = registers.register(code).await?;
    let (end, kind) = match form {
        Form::Csv => ("csv", "text/csv; charset=utf-8"),
        Form::Json => ("json", "application/json"),
    };
    let state = format!("{code}.{end} {} {} {}", full.line.id, full.line.updated_at, registers.today());
    let etag = HeaderValue::try_from(format!("W/\"{}\"", &sha256(state.as_bytes())[..20]))
        .map_err(|_| PortError::Internal("etag".into()))?;
    let open = (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if is_known(asked, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag), open]).into_response());
    }
    let name = format!("{}-{}.{end}", full.line.name, full.line.published_on);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, download(&name)),
        (header::ETAG, etag),
        open,
    ];
    let mut response = (headers, Body::from_stream(stream(registers, full, form))).into_response();
    // too large for the cache of pages
    response.extensions_mut().insert(CachePolicy::Revalidate);
    Ok(response)
}

/// Where the sending is.
enum Step {
    Head,
    Entries(Option<String>, bool),
    End,
}

fn stream(
    registers: RegisterService,
    full: RegisterFull,
    form: Form,
) -> impl futures::Stream<Item = Result<Bytes, PortError>> + Send {
    futures::stream::try_unfold((registers, full, Step::Head), move |(registers, full, step)| async move {
        let (text, next) = match step {
            Step::Head => (head(&full, form), Step::Entries(None, true)),
            Step::Entries(after, is_first) => {
                let page = registers.all_entries(&full.line.code, after.as_deref(), BATCH).await?;
                let text = match form {
                    Form::Csv => page.items.iter().map(|entry| csv_entry(&full, entry)).collect(),
                    Form::Json => json_entries(&page.items, is_first),
                };
                match page.next {
                    Some(after) => (text, Step::Entries(Some(after), is_first && page.items.is_empty())),
                    None if matches!(form, Form::Json) => (text + "\n]}\n", Step::End),
                    None => (text, Step::End),
                }
            }
            Step::End => return Ok(None),
        };
        Ok(Some((Bytes::from(text), (registers, full, next))))
    })
}

fn head(full: &RegisterFull, form: Form) -> String {
    match form {
        // a byte order mark: spreadsheet programs read Chinese in UTF-8 only with it
        Form::Csv => {
            let names = full.definition.columns.iter().map(|column| column.name.clone());
            format!("\u{feff}{}", csv_line(names))
        }
        Form::Json => {
            let columns = full.definition.columns.iter().map(|column| {
                json!({"code": column.code, "name": column.name, "role": column.role.map(app::domain::register::Role::code)})
            });
            let head = json!({"register": full.line, "columns": columns.collect::<Vec<_>>()}).to_string();
            format!("{},\"entries\":[", head.strip_suffix('}').unwrap_or(&head))
        }
    }
}

fn csv_entry(full: &RegisterFull, entry: &RegisterEntry) -> String {
    let said = |code: &str| entry.cells.iter().find(|cell| cell.column == code);
    csv_line(full.definition.columns.iter().map(|column| {
        // days as `2026-11-25`: spreadsheet programs know them
        let plain = |cell: &EntryCell| if column.cell_type.is_time() { cell.value.clone() } else { cell.text.clone() };
        said(&column.code).map(plain).unwrap_or_default()
    }))
}

fn json_entries(entries: &[RegisterEntry], is_first: bool) -> String {
    let mut out = String::new();
    for (place, entry) in entries.iter().enumerate() {
        let cells: serde_json::Map<String, serde_json::Value> =
            entry.cells.iter().map(|cell| (cell.column.clone(), cell.value.clone().into())).collect();
        let point =
            entry.point.map(app::domain::place::Point::degrees).map(|(lat, lon)| json!({"lat": lat, "lon": lon}));
        let line = json!({
            "id": entry.id, "title": entry.title, "operator": entry.operator, "district": entry.district,
            "point": point, "until": entry.until, "cells": cells,
        });
        out.push_str(if is_first && place == 0 { "\n" } else { ",\n" });
        out.push_str(&line.to_string());
    }
    out
}

/// A line of RFC 4180. What a spreadsheet would take for a formula is text.
fn csv_line(cells: impl Iterator<Item = String>) -> String {
    let cell = |text: String| {
        // "-20 个" is a number with its unit
        let number = text.trim_end_matches(|sign: char| sign.is_alphabetic() || sign == ' ');
        let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && number.parse::<f64>().is_err();
        let guard = if is_formula { "'" } else { "" };
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    };
    cells.map(cell).collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_exports() {
        assert!(matches!(asked("/registers/small-trades.csv"), Some(("small-trades", Form::Csv))));
        assert!(matches!(asked("/registers/a.json"), Some(("a", Form::Json))));
        assert!(asked("/registers/a").is_none() && asked("/registers/a/b.csv").is_none() && asked("/a.csv").is_none());
    }

    #[test]
    fn cells_stay_cells() {
        let cells = ["a,b", "say \"x\"\n", "=1+1", "-5.5", "-cmd", ""].map(str::to_owned);
        assert_eq!(csv_line(cells.into_iter()), "\"a,b\",\"say \"\"x\"\"\n\",\"'=1+1\",\"-5.5\",\"'-cmd\",\"\"\r\n");
    }
}
