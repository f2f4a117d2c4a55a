//! A sheet as rows of cells, whatever file it came from.

use app::domain::date::from_excel_serial;

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing
    #[default]
    Empty,
    /// Text as printed
    Text(Box<str>),
    /// A number
    Number(f64),
    /// A day, as an Excel serial number of the 1900 system
    Day(f64),
    /// A formula's error
    Error,
}

/// A row with its number in the file, from 1.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub number: u32,
    pub cells: Vec<Cell>,
    pub hidden: bool,
}

/// A block of merged cells: first and last row and column, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

/// A sheet.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    pub name: String,
    pub hidden: bool,
    /// Rows with something in them, in order
    pub rows: Vec<Row>,
    pub merges: Vec<Merge>,
    /// Hidden columns, from 0
    pub hidden_columns: Vec<u32>,
}

impl Cell {
    /// Text; blanks are nothing.
    pub fn text(text: &str) -> Self {
        if text.trim().is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// As a spreadsheet shows it: no `44301.0`, no `1E+10`, days as days.
    pub fn shown(&self) -> Option<String> {
        match self {
            Self::Empty | Self::Error => None,
            Self::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Self::Number(number) => Some(number_shown(*number)),
            Self::Day(serial) => {
                Some(from_excel_serial(*serial).map_or_else(|| number_shown(*serial), |day| day.to_string()))
            }
        }
    }
}

/// A number with at most ten digits after the point, none of them needless.
fn number_shown(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e18 {
        return format!("{number:.0}");
    }
    // binary fractions such as 0.30000000000000004 are shown as a spreadsheet shows them
    let text = format!("{number:.10}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Row {
    pub fn cell(&self, column: usize) -> &Cell {
        const NOTHING: &Cell = &Cell::Empty;
        self.cells.get(column).unwrap_or(NOTHING)
    }

    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}

impl Grid {
    /// Gives every cell of a vertical merge the value of its first, so that rows stand for themselves.
    /// Merges across columns keep their value in the first column only.
    pub fn spread_merges(&mut self) {
        for merge in std::mem::take(&mut self.merges) {
            let (first, last) = merge.rows;
            if first == last {
                self.merges.push(merge);
                continue;
            }
            let at = |number: u32, rows: &[Row]| rows.binary_search_by_key(&(number + 1), |row| row.number).ok();
            let column = merge.columns.0 as usize;
            let Some(value) = at(first, &self.rows).map(|place| self.rows[place].cell(column).clone()) else {
                continue;
            };
            if value.is_empty() {
                continue;
            }
            let from = self.rows.partition_point(|row| row.number <= first + 1);
            for row in self.rows[from..].iter_mut().take_while(|row| row.number <= last + 1) {
                if row.cells.len() <= column {
                    row.cells.resize(column + 1, Cell::Empty);
                }
                if row.cells[column].is_empty() {
                    row.cells[column] = value.clone();
                }
            }
            self.merges.push(merge);
        }
    }
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
pub fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_in_a_spreadsheet() {
        for (number, text) in [
            (44301.0, "44301"),
            (0.1 + 0.2, "0.3"),
            (1e10, "10000000000"),
            (2.5, "2.5"),
            (-3.0, "-3"),
            (0.0005, "0.0005"),
        ] {
            assert_eq!(Cell::Number(number).shown().unwrap(), text);
        }
        assert_eq!(Cell::Day(44301.0).shown().unwrap(), "2021-04-15");
        assert_eq!(Cell::text(" \n"), Cell::Empty);
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
