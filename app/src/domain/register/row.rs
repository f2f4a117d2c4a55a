//! Rows of a spreadsheet become entries of a register: cells are read by the types of their columns, each fault with its
//! row and column.

mod clean;
mod number;
mod phone;
mod private;
mod times;
mod value;

use std::collections::HashMap;

use super::{Cell, Cells, Column, Mapping, Register, Role};
use crate::domain::{masking, operator::name_key};
use value::Values;

/// Problems of a file that are told; the rest is counted.
pub const MOST_PROBLEMS: usize = 2_000;
/// Between the parts of a key (unit separator).
const JOIN: &str = "\u{1f}";

/// An entry and where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Row of the spreadsheet, from 1
    pub row: u32,
    /// What makes it the same entry in the next edition
    pub key: String,
    /// Its cells
    pub cells: Cells,
}

/// A problem and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Row of the spreadsheet, from 1
    pub row: u32,
    /// Place of the column; `None` for the whole row
    pub column: Option<usize>,
    /// What is wrong
    pub fault: CellFault,
}

/// What is wrong with a cell or worth a look. Texts are as printed, cut to 30 signs, and never personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellFault {
    /// A required cell is empty
    Missing,
    /// More signs than this
    TooLong(usize),
    /// No day
    NotDay(String),
    /// A month without day
    OnlyMonth(String),
    /// No week with its year
    NotWeek(String),
    /// No month with its year
    NotMonth(String),
    /// No whole number
    NotInteger(String),
    /// No number
    NotNumber(String),
    /// None of the column's values
    NotChoice(String),
    /// Neither yes nor no
    NotFlag(String),
    /// A mobile number
    Mobile,
    /// An identity number, half-masked ones too
    Identity,
    /// An identity number under a code or licence: the cell is left out
    IdentityLeftOut,
    /// No telephone of an office
    NotPhone(String),
    /// A number written as `9.13E+17`
    Scientific,
    /// No address of a page
    NotUrl(String),
    /// An address that doesn't begin with `https://`
    NotHttps,
    /// Longitude and latitude are in each other's place
    Swapped,
    /// No degrees within the country
    NotDegrees(String),
    /// Latitude without longitude or the other way round
    HalfPoint,
    /// Wrong check digit: typing error or old data
    CheckDigit,
    /// Not of the form of such a code
    Form,
    /// A formula's error: read as empty
    Formula,
    /// Another row with the same key: its number
    Twice(u32),
    /// The same row again: its number. It is left out
    Repeated(u32),
}

impl CellFault {
    /// Whether the row can't be taken so.
    #[must_use]
    pub const fn stops(&self) -> bool {
        !matches!(
            self,
            Self::IdentityLeftOut | Self::HalfPoint | Self::CheckDigit | Self::Form | Self::Formula | Self::Repeated(_)
        )
    }
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Entries in the order of their rows
    pub entries: Vec<Entry>,
    /// Problems in the order of their rows, at most [`MOST_PROBLEMS`]
    pub problems: Vec<Problem>,
    /// Problems that are not told
    pub untold: usize,
    /// Rows that were not taken
    pub refused: usize,
}

/// Reads rows: their numbers and the texts of their cells from the left. Blank rows are none.
#[must_use]
pub fn read(register: &Register, mapping: &Mapping, rows: impl IntoIterator<Item = (u32, Vec<String>)>) -> Reading {
    let mut reader = Reader {
        register,
        places: (0..register.columns.len())
            .map(|column| mapping.headings.iter().position(|heading| heading.column == Some(column)))
            .collect(),
        values: register.columns.iter().map(Values::of).collect(),
        seen: HashMap::new(),
        reading: Reading::default(),
    };
    for (number, texts) in rows {
        if texts.iter().any(|text| !text.trim().is_empty()) {
            reader.take(number, &texts);
        }
    }
    reader.reading
}

struct Reader<'r> {
    register: &'r Register,
    /// Where in a row each column stands
    places: Vec<Option<usize>>,
    values: Vec<Values>,
    /// Rows and entries by key
    seen: HashMap<String, (u32, usize)>,
    reading: Reading,
}

impl Reader<'_> {
    fn tell(&mut self, row: u32, column: Option<usize>, fault: CellFault) {
        if self.reading.problems.len() < MOST_PROBLEMS {
            self.reading.problems.push(Problem { row, column, fault });
        } else {
            self.reading.untold += 1;
        }
    }

    fn take(&mut self, row: u32, texts: &[String]) {
        let register = self.register;
        let mut stops = false;
        let mut cells = Vec::with_capacity(register.columns.len());
        for (number, column) in register.columns.iter().enumerate() {
            let text = self.places[number].and_then(|place| texts.get(place)).map_or("", String::as_str);
            let read = self.values[number].read(column, text);
            let missing = column.required && read.cell.is_none() && !read.fault.as_ref().is_some_and(CellFault::stops);
            for fault in read.fault.into_iter().chain(missing.then_some(CellFault::Missing)) {
                stops |= fault.stops();
                self.tell(row, Some(number), fault);
            }
            cells.push(read.cell);
        }
        let mut cells = Cells(cells);
        if stops {
            self.reading.refused += 1;
            return;
        }
        self.whole(row, &mut cells);
        self.keep(row, cells);
    }

    /// What cells say together.
    fn whole(&mut self, row: u32, cells: &mut Cells) {
        let register = self.register;
        let is_there = |role| register.with_role(role).is_some_and(|place| cells.get(place).is_some());
        if is_there(Role::Latitude) != is_there(Role::Longitude) {
            let there = if is_there(Role::Latitude) { Role::Longitude } else { Role::Latitude };
            self.tell(row, register.with_role(there), CellFault::HalfPoint);
        }
        for (place, column) in register.columns.iter().enumerate() {
            let Some(agreed) = column.consent else { continue };
            if cells.get(agreed) != Some(&Cell::Flag(true))
                && let Some(Some(Cell::Text(name))) = cells.0.get_mut(place)
            {
                *name = masking::name(name);
            }
        }
    }

    fn keep(&mut self, row: u32, cells: Cells) {
        let key = self.register.key_of(&cells);
        if let Some((first, at)) = self.seen.get(&key).copied() {
            let same = self.reading.entries[at].cells == cells;
            self.tell(row, None, if same { CellFault::Repeated(first) } else { CellFault::Twice(first) });
            self.reading.refused += usize::from(!same);
            return;
        }
        self.seen.insert(key.clone(), (row, self.reading.entries.len()));
        self.reading.entries.push(Entry { row, key, cells });
    }
}

impl Register {
    /// What makes an entry the same one in another edition.
    #[must_use]
    pub fn key_of(&self, cells: &Cells) -> String {
        let part = |place: &usize| match cells.get(*place) {
            Some(Cell::Text(text)) => name_key(text).unwrap_or_else(|| text.clone()),
            Some(cell) => cell.canonical(),
            None => String::new(),
        };
        self.key.iter().map(part).collect::<Vec<_>>().join(JOIN)
    }
}

/// What a cell was read as.
#[derive(Debug, Default, PartialEq, Eq)]
struct CellRead {
    cell: Option<Cell>,
    fault: Option<CellFault>,
}

impl CellRead {
    fn nothing() -> Self {
        Self::default()
    }

    fn good(cell: Cell) -> Self {
        Self { cell: Some(cell), fault: None }
    }

    fn bad(fault: CellFault) -> Self {
        Self { cell: None, fault: Some(fault) }
    }
}

/// The text in a sentence: cut, and nothing of a text with personal data in it.
fn echo(text: &str) -> String {
    if private::find(text).is_some() {
        return "…".to_owned();
    }
    let mut cut: String = text.chars().take(30).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

/// Reads the text of a cell by its column; for forms, where there is no spreadsheet.
///
/// # Errors
/// A fault that stops a row; those that only warn are left out.
pub fn read_cell(column: &Column, text: &str) -> Result<Option<Cell>, CellFault> {
    let read = Values::of(column).read(column, text);
    match read.fault {
        Some(fault) if fault.stops() => Err(fault),
        _ if read.cell.is_none() && column.required => Err(CellFault::Missing),
        _ => Ok(read.cell),
    }
}
