//! One sheet of a register's spreadsheet: its header, its rows, and the lines around them that are none.

use app::{
    domain::register::{
        HeadingProblem, Mapping, Register,
        row::{self, Entry},
    },
    text::{import as say, register as words},
};

use super::{
    super::{
        Problem, Severity,
        cells::one_line,
        grid::{Cell, Grid, Row, letters},
        header::{headings, is_group},
        heading::plain,
    },
    Choice,
};

/// Rows in which a header is looked for.
const LOOKED_AT: usize = 60;
/// Columns by which a header is known.
const FEWEST_COLUMNS: usize = 2;
/// Rows between two reports of progress.
const STEP: u64 = 500;
/// Notes that are kept.
const MOST_NOTES: usize = 20;
/// Words with which a line begins that adds up.
const SUMS: [&str; 5] = ["合计", "小计", "总计", "共计", "累计"];
/// Words with which a line below a table begins.
const NOTES: [&str; 10] = ["注", "备注", "说明", "声明", "制表", "审核", "填表", "填报", "附", "※"];
/// Signs of a lone cell that is a sentence.
const SENTENCE: usize = 12;

/// A sheet as read.
pub struct Read {
    pub mapping: Mapping,
    pub entries: Vec<Entry>,
    pub problems: Vec<Problem>,
    pub untold: usize,
    pub refused: usize,
    pub title: Option<String>,
    pub notes: Vec<String>,
}

struct Header {
    rows: (usize, usize),
    mapping: Mapping,
}

/// Reads a sheet; `None` when it has no table of the register.
pub fn read(
    mut grid: Grid,
    register: &Register,
    choices: &[Choice],
    done: &mut u64,
    progress: &mut dyn FnMut(u64),
) -> Option<Read> {
    grid.spread_merges();
    let Header { rows: (first, last), mut mapping } = find(&grid, register, choices)?;
    let mut read = Read {
        mapping: Mapping::default(),
        entries: Vec::new(),
        problems: Vec::new(),
        untold: 0,
        refused: 0,
        title: title(&grid.rows[..first]),
        notes: Vec::new(),
    };
    let header_row = grid.rows[last].number;
    if grid.hidden {
        read.problems.push(warning(&grid.name, None, None, say::HIDDEN_SHEET.into()));
        read.mapping = mapping;
        return Some(read);
    }
    hide_columns(&grid, &mut mapping, &mut read.problems);
    let mut stops = false;
    let is_hidden = |at: &usize| grid.hidden_columns.iter().any(|column| *column as usize == *at);
    for problem in mapping.problems(register) {
        if matches!(&problem, HeadingProblem::Unused(at) | HeadingProblem::Private(at, _) if is_hidden(at)) {
            continue;
        }
        stops |= problem.stops();
        let severity = if problem.stops() { Severity::Error } else { Severity::Warning };
        let reason = words::heading_problem(register, &mapping, &problem);
        read.problems.push(Problem { sheet: grid.name.clone(), row: Some(header_row), column: None, reason, severity });
    }
    if !stops {
        rows(grid, last, register, &mapping, &mut read, done, progress);
    }
    read.mapping = mapping;
    Some(read)
}

fn warning(sheet: &str, row: Option<u32>, column: Option<String>, reason: String) -> Problem {
    Problem { sheet: sheet.to_owned(), row, column, reason, severity: Severity::Warning }
}

/// The rows whose headings are the most columns of the register, after an officer's choices.
fn find(grid: &Grid, register: &Register, choices: &[Choice]) -> Option<Header> {
    let mut best: Option<(usize, Header)> = None;
    for first in 0..grid.rows.len().min(LOOKED_AT) {
        for height in 1..=3 {
            let last = first + height - 1;
            if last >= grid.rows.len() || (height > 1 && !is_group(grid, first, last)) {
                break;
            }
            let mut mapping = Mapping::find(register, &headings(grid, first, last));
            for (_, heading, column) in choices.iter().filter(|(sheet, ..)| *sheet == grid.name) {
                let at = (0..mapping.headings.len()).find(|at| name(&mapping, *at) == *heading);
                if let Some(at) = at {
                    mapping.choose(at, *column);
                }
            }
            let found = mapping.columns();
            if found >= FEWEST_COLUMNS && best.as_ref().is_none_or(|(known, _)| found > *known) {
                best = Some((found, Header { rows: (first, last), mapping }));
            }
        }
    }
    best.map(|(_, header)| header)
}

/// Heading as printed, or the column's letters.
fn name(mapping: &Mapping, at: usize) -> String {
    let heading = mapping.headings.get(at).map(|heading| heading.heading.clone()).unwrap_or_default();
    if heading.is_empty() { letters(at) } else { heading }
}

fn hide_columns(grid: &Grid, mapping: &mut Mapping, problems: &mut Vec<Problem>) {
    for column in grid.hidden_columns.iter().map(|column| *column as usize) {
        if mapping.headings.get(column).is_some_and(|heading| heading.column.is_some()) {
            let shown = say::column(&letters(column), &mapping.headings[column].heading);
            problems.push(warning(&grid.name, None, Some(shown), say::HIDDEN_COLUMN.into()));
            mapping.choose(column, None);
        }
    }
}

/// The first line above the header that is more than 附件1.
fn title(above: &[Row]) -> Option<String> {
    let lines = above.iter().flat_map(|row| row.cells.iter().filter_map(Cell::shown));
    lines.map(|line| one_line(&line)).find(|line| line.chars().count() >= 4 && !line.starts_with('附'))
}

fn rows(
    mut grid: Grid,
    header: usize,
    register: &Register,
    mapping: &Mapping,
    read: &mut Read,
    done: &mut u64,
    progress: &mut dyn FnMut(u64),
) {
    let rows = grid.rows.split_off(header + 1);
    let (problems, notes) = (&mut read.problems, &mut read.notes);
    let table = rows.into_iter().filter_map(|row| {
        *done += 1;
        if done.is_multiple_of(STEP) {
            progress(*done);
        }
        if row.hidden {
            problems.push(warning(&grid.name, Some(row.number), None, say::HIDDEN_ROW.into()));
            return None;
        }
        if let Some(line) = beside(&row, mapping) {
            if !line.is_empty() && notes.len() < MOST_NOTES {
                notes.push(line);
            }
            return None;
        }
        Some((row.number, row.cells.iter().map(text).collect()))
    });
    let found = row::read(register, mapping, table);
    progress(*done);
    read.entries = found.entries;
    read.untold = found.untold;
    read.refused = found.refused;
    for problem in found.problems {
        let at = problem
            .column
            .and_then(|column| mapping.headings.iter().position(|heading| heading.column == Some(column)));
        let column = match (at, problem.column) {
            (Some(at), _) => Some(say::column(&letters(at), &mapping.headings[at].heading)),
            (None, Some(column)) => Some(register.columns[column].name.clone()),
            (None, None) => None,
        };
        let severity = if problem.fault.stops() { Severity::Error } else { Severity::Warning };
        let reason = words::cell_problem(register, &problem);
        read.problems.push(Problem { sheet: grid.name.clone(), row: Some(problem.row), column, reason, severity });
    }
}

/// A cell's text for the register's reading; an error is one there too.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Error => "#N/A".to_owned(),
        cell => cell.shown().unwrap_or_default(),
    }
}

/// What stands beside the table: a note's text, or nothing for sums, sections, numbered blanks and repeated headers.
fn beside(row: &Row, mapping: &Mapping) -> Option<String> {
    let filled: Vec<(usize, String)> =
        row.cells.iter().enumerate().map(|(at, cell)| (at, text(cell))).filter(|(_, text)| !text.is_empty()).collect();
    let is_column = |at: usize| mapping.headings.get(at).is_some_and(|heading| heading.column.is_some());
    let first: String = filled.first()?.1.chars().filter(|sign| !sign.is_whitespace()).collect();
    if filled.len() <= 2 && NOTES.iter().any(|word| first.starts_with(word)) {
        return Some(one_line(&filled[0].1));
    }
    if filled.len() == 1 && first.chars().count() > SENTENCE && mapping.columns() > FEWEST_COLUMNS {
        return Some(one_line(&filled[0].1));
    }
    let numbered = first.split_once('、').is_some_and(|(number, _)| {
        !number.is_empty() && number.chars().all(|sign| "一二三四五六七八九十".contains(sign))
    });
    let is_sum = SUMS.iter().any(|word| first.starts_with(word)) && filled.len() * 2 <= mapping.columns().max(4);
    let repeats = filled
        .iter()
        .filter(|(at, text)| {
            mapping.headings.get(*at).is_some_and(|heading| plain(&heading.heading).ends_with(&plain(text)))
        })
        .count();
    let is_header = filled.len() >= 2 && repeats * 4 >= filled.len() * 3;
    let is_blank = !filled.iter().any(|(at, _)| is_column(*at));
    (is_sum || is_header || is_blank || filled.len() == 1 && numbered).then(String::new)
}
