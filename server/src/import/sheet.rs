//! One sheet: what stands above its table, the rows, what stands below.

mod assemble;
mod row;

use app::{
    domain::sample::{Group, Verdict},
    text::import as say,
};
use chrono::NaiveDate;

use super::{
    Field, Problem, Severity, SheetReading,
    cells::{day, one_line, value},
    combined::Layout,
    grid::{Cell, Grid, Row, letters},
    header::{self, Header},
    heading::plain,
};
use assemble::Assembly;

/// Rows by which a repeated date column is told.
const FEWEST_REPEATS: usize = 5;
/// Rows between two reports of progress.
const STEP: u64 = 500;

/// What is known around a sheet.
pub struct Context<'a> {
    pub file_name: &'a str,
    pub title: Option<&'a str>,
    pub today: NaiveDate,
    pub mapping: &'a [(String, String, Option<Field>)],
}

/// A sheet as read, with what stands around its table.
pub struct Read {
    pub sheet: SheetReading,
    pub title: Option<String>,
    pub declaration: Option<String>,
    pub notes: Vec<String>,
    pub rows_done: u64,
}

/// What the sheet as a whole says of its samples.
pub struct Told {
    pub verdict: Option<Verdict>,
    pub group: Group,
}

/// Reads a sheet; `None` when it has no table.
pub fn read(mut grid: Grid, context: &Context<'_>, done: u64, progress: &mut dyn FnMut(u64)) -> Option<Read> {
    grid.spread_merges();
    let mut header = header::find(&grid)?;
    for (sheet, heading, field) in context.mapping {
        let named = (0..header.columns.len()).find(|at| *sheet == grid.name && header.name(*at) == *heading);
        if let Some(column) = named {
            header.columns[column].field = *field;
        }
    }
    let mut sheet = SheetReading { name: grid.name.clone(), ..SheetReading::default() };
    sheet.header_row = grid.rows[header.rows.1].number;
    if grid.hidden {
        sheet.problems.push(problem(&grid.name, None, None, say::HIDDEN_SHEET.into()));
        return Some(Read { sheet, title: None, declaration: None, notes: Vec::new(), rows_done: done });
    }
    hide_columns(&grid, &mut header, &mut sheet.problems);
    sheet.mapping = (0..header.columns.len()).map(|at| (header.name(at), header.columns[at].field)).collect();
    let (title, declaration) = above(&grid, header.rows.0);
    let told = told(&grid.name, title.as_deref(), context);
    drop_repeated_dates(&grid, &mut header, &mut sheet.problems);
    let layout = header.find(Field::Combined).map(|column| layout(&grid, &header, column));
    let mut assembly = Assembly::new(&grid.name, &header, layout, told, context.today);
    let mut rows_done = done;
    let rows = grid.rows.split_off(header.rows.1 + 1);
    for row in rows {
        rows_done += 1;
        if rows_done.is_multiple_of(STEP) {
            progress(rows_done);
        }
        if row.hidden {
            sheet.problems.push(problem(&grid.name, Some(row.number), None, say::HIDDEN_ROW.into()));
        } else if !repeats_header(&row, &header) {
            assembly.take(&row);
        }
    }
    progress(rows_done);
    let (samples, problems, notes) = assembly.finish();
    sheet.samples = samples;
    sheet.problems.extend(problems);
    Some(Read { sheet, title, declaration, notes, rows_done })
}

/// A warning.
pub fn problem(sheet: &str, row: Option<u32>, column: Option<String>, reason: String) -> Problem {
    Problem { sheet: sheet.to_owned(), row, column, reason, severity: Severity::Warning }
}

fn hide_columns(grid: &Grid, header: &mut Header, problems: &mut Vec<Problem>) {
    for column in &grid.hidden_columns {
        let column = *column as usize;
        let name = header.name(column);
        let Some(hidden) = header.columns.get_mut(column) else { continue };
        if hidden.field.take().is_some_and(|field| field != Field::Ignored) {
            let shown = say::column(&letters(column), &name);
            problems.push(problem(&grid.name, None, Some(shown), say::HIDDEN_COLUMN.into()));
        }
    }
}

/// Title and declaration above the header.
fn above(grid: &Grid, header: usize) -> (Option<String>, Option<String>) {
    let (mut title, mut declaration) = (None, None);
    for row in &grid.rows[..header] {
        for text in row.cells.iter().filter_map(Cell::shown) {
            let line = one_line(&text);
            if line.contains("声明") || line.contains("以下信息") {
                declaration.get_or_insert(line);
            } else if title.is_none()
                && line.chars().count() >= 4
                && !line.starts_with("附件")
                && !line.starts_with("附表")
            {
                title = Some(line);
            }
        }
    }
    (title, declaration)
}

/// 不合格 contains 合格: [`Verdict::read`] looks for the negative first.
fn told(sheet: &str, title: Option<&str>, context: &Context<'_>) -> Told {
    let texts = [Some(sheet), title, Some(context.file_name), context.title];
    let verdict = texts.iter().flatten().find_map(|text| {
        let both = text.matches("合格").count() >= 2 && text.contains("不合格");
        if both { None } else { Verdict::read(text) }
    });
    Told { verdict, group: Group::told_by(texts.into_iter().flatten()) }
}

fn layout(grid: &Grid, header: &Header, column: usize) -> Layout {
    let cells: Vec<String> =
        grid.rows[header.rows.1 + 1..].iter().filter_map(|row| row.cell(column).shown()).take(400).collect();
    Layout::learn(&header.columns[column].heading, cells.iter().map(String::as_str))
}

/// A production-date column that mostly repeats the day of publication is none: what differs in it is not to be trusted either.
fn drop_repeated_dates(grid: &Grid, header: &mut Header, problems: &mut Vec<Problem>) {
    let (Some(made), Some(published)) = (header.find(Field::Date), header.find(Field::PublishedOn)) else { return };
    let (mut both, mut same) = (0, 0);
    for row in &grid.rows[header.rows.1 + 1..] {
        let (Some(first), Some(second)) = (day(row.cell(made)), day(row.cell(published))) else { continue };
        both += 1;
        same += usize::from(first == second);
    }
    if both >= FEWEST_REPEATS && same * 2 >= both {
        let shown = say::column(&letters(made), &header.name(made));
        problems.push(problem(&grid.name, None, Some(shown), say::DATE_REPEATS.into()));
        header.columns[made].field = Some(Field::Ignored);
    }
}

/// The header again, as printed on each page of a long table.
fn repeats_header(row: &Row, header: &Header) -> bool {
    let filled: Vec<(usize, String)> =
        row.cells.iter().enumerate().filter_map(|(at, cell)| value(cell).map(|text| (at, text))).collect();
    let same = filled
        .iter()
        .filter(|(at, text)| {
            header.columns.get(*at).is_some_and(|column| plain(&column.heading).ends_with(&plain(text)))
        })
        .count();
    filled.len() >= 2 && same * 4 >= filled.len() * 3
}
