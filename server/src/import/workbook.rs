//! XLSX and XLS by calamine, cell by cell: styled empty cells cost nothing.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Dimensions, Reader, SheetVisible, Xls, XlsError, Xlsx, XlsxError};
use quick_xml::events::Event;

use super::{
    Refusal,
    grid::{Cell, Grid, Merge, Row},
};

/// Columns beyond this are styled emptiness or no table.
const MOST_COLUMNS: u32 = 300;
/// Rows of one sheet at most (Excel's own limit).
const MOST_ROWS: usize = 1_048_576;
/// Days between the epochs of 1900 and 1904.
const EPOCH_1904: f64 = 1_462.0;

fn merge(dimensions: &Dimensions) -> Merge {
    Merge { rows: (dimensions.start.0, dimensions.end.0), columns: (dimensions.start.1, dimensions.end.1) }
}

fn put(rows: &mut Vec<Row>, row: u32, column: u32, cell: Cell) {
    if cell.is_empty() || column >= MOST_COLUMNS || rows.len() >= MOST_ROWS {
        return;
    }
    if rows.last().is_none_or(|last| last.number != row + 1) {
        let width = rows.last().map_or(0, |last| last.cells.len());
        rows.push(Row { number: row + 1, cells: Vec::with_capacity(width), hidden: false });
    }
    if let Some(last) = rows.last_mut() {
        let column = column as usize;
        if last.cells.len() <= column {
            last.cells.resize(column + 1, Cell::Empty);
        }
        last.cells[column] = cell;
    }
}

/// Reads an XLSX file.
pub fn xlsx(bytes: &[u8]) -> Result<Vec<Grid>, Refusal> {
    let refuse = |error: XlsxError| match error {
        XlsxError::Password => Refusal::Protected,
        _ => Refusal::Broken,
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(refuse)?;
    let shift = if book.has_1904_epoch() { EPOCH_1904 } else { 0.0 };
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let parts = sheet_parts(bytes);
    let mut grids = Vec::new();
    for (name, hidden) in sheets {
        let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default().iter().map(merge).collect();
        let mut grid = Grid { hidden, merges, ..Grid::default() };
        // a chart or dialog sheet has no cells
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        while let Some(cell) = cells.next_cell().map_err(refuse)? {
            let (row, column) = cell.get_position();
            put(&mut grid.rows, row, column, of_ref(cell.get_value(), shift));
        }
        drop(cells);
        if let Some(part) = parts.iter().find(|(known, _)| *known == name).map(|(_, part)| part) {
            hide(&mut grid, bytes, part);
        }
        grid.name = name;
        grids.push(grid);
    }
    Ok(grids)
}

fn of_ref(value: &DataRef<'_>, shift: f64) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        #[expect(clippy::cast_precision_loss, reason = "cells hold doubles")]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(value) => Cell::text(if *value { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(day) if day.is_datetime() => Cell::Day(day.as_f64() + shift),
        DataRef::DateTime(duration) => Cell::Number(duration.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::text(text.split('T').next().unwrap_or(text)),
        DataRef::Error(_) => Cell::Error,
    }
}

/// Reads an XLS file (BIFF8).
pub fn xls(bytes: &[u8]) -> Result<Vec<Grid>, Refusal> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Refusal::Protected,
        _ => Refusal::Broken,
    })?;
    let shift = if book.has_1904_epoch() { EPOCH_1904 } else { 0.0 };
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut grids = Vec::new();
    for (name, hidden) in sheets {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default().iter().map(merge).collect();
        let (first_row, first_column) = range.start().unwrap_or((0, 0));
        let mut grid = Grid { name, hidden, merges, ..Grid::default() };
        for (row, column, value) in range.used_cells() {
            let (row, column) = (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
            put(
                &mut grid.rows,
                first_row.saturating_add(row),
                first_column.saturating_add(column),
                of_data(value, shift),
            );
        }
        grids.push(grid);
    }
    Ok(grids)
}

fn of_data(value: &Data, shift: f64) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::String(text) => Cell::text(text),
        #[expect(clippy::cast_precision_loss, reason = "cells hold doubles")]
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::Bool(value) => Cell::text(if *value { "TRUE" } else { "FALSE" }),
        Data::DateTime(day) if day.is_datetime() => Cell::Day(day.as_f64() + shift),
        Data::DateTime(duration) => Cell::Number(duration.as_f64()),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::text(text.split('T').next().unwrap_or(text)),
        Data::Error(_) => Cell::Error,
    }
}

fn part_text(bytes: &[u8], name: &str) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    archive.by_name(name).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

fn attribute(element: &quick_xml::events::BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| {
        let key = attribute.key.as_ref();
        key == name || name == "id" && key.rsplit(':').next() == Some(name)
    })?;
    Some(
        quick_xml::escape::unescape(&found.value)
            .map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned),
    )
}

fn elements(text: &str, mut visit: impl FnMut(&quick_xml::events::BytesStart<'_>) -> bool) {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                if !visit(&element) {
                    return;
                }
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The part of the archive in which each sheet stands.
fn sheet_parts(bytes: &[u8]) -> Vec<(String, String)> {
    let (Some(book), Some(links)) =
        (part_text(bytes, "xl/workbook.xml"), part_text(bytes, "xl/_rels/workbook.xml.rels"))
    else {
        return Vec::new();
    };
    let mut targets = Vec::new();
    elements(&links, |element| {
        if let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target")) {
            let target = target.trim_start_matches('/').trim_start_matches("xl/").to_owned();
            targets.push((id, format!("xl/{target}")));
        }
        true
    });
    let mut parts = Vec::new();
    elements(&book, |element| {
        if element.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "id"))
            && let Some((_, target)) = targets.iter().find(|(known, _)| *known == id)
        {
            parts.push((name, target.clone()));
        }
        true
    });
    parts
}

/// Marks hidden columns and rows: calamine does not tell them.
fn hide(grid: &mut Grid, bytes: &[u8], part: &str) {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return };
    let Ok(part) = archive.by_name(part) else { return };
    let mut reader = quick_xml::Reader::from_reader(std::io::BufReader::new(part));
    let mut buffer = Vec::new();
    let is_true = |value: Option<String>| value.is_some_and(|value| value == "1" || value == "true");
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => match element.local_name().as_ref() {
                "col" if is_true(attribute(&element, "hidden")) => {
                    let number = |name| attribute(&element, name).and_then(|value| value.parse::<u32>().ok());
                    if let (Some(first @ 1..), Some(last)) = (number("min"), number("max")) {
                        grid.hidden_columns.extend(first - 1..last.min(MOST_COLUMNS));
                    }
                }
                "row" if element.attributes().flatten().any(|a| a.key.as_ref() == "hidden") => {
                    let number = attribute(&element, "r").and_then(|value| value.parse::<u32>().ok());
                    let at = number.and_then(|number| grid.rows.binary_search_by_key(&number, |row| row.number).ok());
                    if let Some(at) = at.filter(|_| is_true(attribute(&element, "hidden"))) {
                        grid.rows[at].hidden = true;
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}
