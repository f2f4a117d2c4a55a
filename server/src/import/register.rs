//! Spreadsheets into entries of a register: bytes in, entries and problems out. No database, no clock.

mod sheet;

use std::collections::HashMap;

use app::{
    domain::register::{Mapping, Register, row::Entry},
    text::register as say,
};

use super::{Format, LARGEST_FILE, Problem, Refusal, Severity, format};

/// An officer's choice of a column: sheet, heading as shown (the column's letters where it has none), place of the register's
/// column or none.
pub type Choice = (String, String, Option<usize>);

/// What was read of a file.
#[derive(Debug)]
pub struct ReadRegister {
    /// What kind of file
    pub format: Format,
    /// Entries in order, each key once
    pub entries: Vec<Entry>,
    /// Errors: rows that are not among the entries
    pub problems: Vec<Problem>,
    /// What is worth a look
    pub warnings: Vec<Problem>,
    /// Problems and warnings beyond those told
    pub untold: usize,
    /// Rows with errors
    pub refused: usize,
    /// Sheets with a table, and what their columns are
    pub mapping: Vec<(String, Mapping)>,
    /// Title line above the first table
    pub title: Option<String>,
    /// Footnotes
    pub notes: Vec<String>,
}

/// Reads a file as entries of a register; `progress` is told the number of rows read so far.
///
/// # Errors
/// [`Refusal`] when nothing of the file can be used.
pub fn read_register(
    bytes: &[u8],
    register: &Register,
    choices: &[Choice],
    progress: &mut dyn FnMut(u64),
) -> Result<ReadRegister, Refusal> {
    if bytes.len() as u64 >= LARGEST_FILE {
        return Err(Refusal::TooLarge);
    }
    let (format, grids) = format::grids(bytes)?;
    let mut read = ReadRegister {
        format,
        entries: Vec::new(),
        problems: Vec::new(),
        warnings: Vec::new(),
        untold: 0,
        refused: 0,
        mapping: Vec::new(),
        title: None,
        notes: Vec::new(),
    };
    let mut seen: HashMap<String, (String, u32)> = HashMap::new();
    let mut done = 0;
    for grid in grids {
        let name = grid.name.clone();
        let Some(sheet) = sheet::read(grid, register, choices, &mut done, progress) else { continue };
        read.title = read.title.or(sheet.title);
        read.notes.extend(sheet.notes);
        read.untold += sheet.untold;
        read.refused += sheet.refused;
        read.mapping.push((name.clone(), sheet.mapping));
        for problem in sheet.problems {
            let list = if problem.severity == Severity::Error { &mut read.problems } else { &mut read.warnings };
            list.push(problem);
        }
        for entry in sheet.entries {
            if let Some((other, row)) = seen.get(&entry.key) {
                let reason = say::twice_in_sheets(register, other, *row);
                read.problems.push(Problem {
                    sheet: name.clone(),
                    row: Some(entry.row),
                    column: None,
                    reason,
                    severity: Severity::Error,
                });
                read.refused += 1;
                continue;
            }
            seen.insert(entry.key.clone(), (name.clone(), entry.row));
            read.entries.push(entry);
        }
    }
    if read.mapping.is_empty() {
        return Err(Refusal::NoRegisterTable);
    }
    Ok(read)
}
