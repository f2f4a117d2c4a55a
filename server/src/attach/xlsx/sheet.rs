//! The cells of one sheet.

use std::ops::RangeInclusive;

use super::super::colour::Rgb;
use super::super::xml::{self, Step, Tag};
use super::super::{Concern, Concerns, Place, Refusal, sample};
use super::palette::Palette;
use super::strings::Rich;
use super::styles::Look;
use super::{Book, formula};

/// Columns narrower (in characters) and rows lower (in points) than this are not seen.
const SEEN: f32 = 0.5;

#[derive(Default)]
struct Cell {
    address: String,
    column: u32,
    kind: String,
    style: usize,
    value: String,
    formula: String,
    inline: Rich,
}

struct Sheet<'a> {
    name: &'a str,
    book: &'a mut Book,
    concerns: &'a mut Concerns,
    hidden_columns: Vec<RangeInclusive<u32>>,
    rows_are_hidden: bool,
    row_is_hidden: bool,
    row: u32,
    next_column: u32,
    cell: Option<Cell>,
    /// The element whose text is wanted.
    within: Option<&'static str>,
    text: String,
    more: String,
}

/// The text of a sheet: a line a row, a tab between cells; then headers, footers, lists to choose from and the like.
pub(super) fn read(
    bytes: &[u8],
    name: &str,
    book: &mut Book,
    concerns: &mut Concerns,
    palette: &Palette,
) -> Result<String, Refusal> {
    let mut sheet = Sheet {
        name,
        book,
        concerns,
        hidden_columns: Vec::new(),
        rows_are_hidden: false,
        row_is_hidden: false,
        row: 0,
        next_column: 1,
        cell: None,
        within: None,
        text: String::new(),
        more: String::new(),
    };
    xml::walk(bytes, |step| match step {
        Step::Open(tag) => {
            sheet.open(tag, palette);
            Ok(())
        }
        Step::Text(text) => sheet.put(text),
        Step::Close(name) => sheet.close(name),
    })?;
    let mut text = sheet.text;
    text.push_str(&sheet.more);
    Ok(text)
}

impl Sheet<'_> {
    fn open(&mut self, tag: &Tag<'_>, palette: &Palette) {
        match tag.name() {
            "sheetFormatPr" => self.rows_are_hidden = tag.flag("zeroHeight"),
            "col" => self.column(tag),
            "row" => self.begin_row(tag),
            "c" => self.begin_cell(tag),
            "v" => self.within = Some("v"),
            "f" => self.within = Some("f"),
            "t" => self.within = Some("t"),
            "r" | "color" => {
                let colour = palette.colour(tag);
                if let Some(cell) = &mut self.cell {
                    if tag.name() == "r" { cell.inline.begin() } else { cell.inline.colour(colour) }
                }
            }
            "oddHeader" | "evenHeader" | "firstHeader" | "oddFooter" | "evenFooter" | "firstFooter" | "formula1"
            | "formula2" | "formula" => self.within = Some("more"),
            "dataValidation" | "hyperlink" => {
                let words = ["prompt", "promptTitle", "error", "errorTitle", "display", "tooltip"];
                for text in words.into_iter().filter_map(|name| tag.get(name)) {
                    self.more.push_str(&text);
                    self.more.push('\n');
                }
            }
            _ => {}
        }
    }

    fn column(&mut self, tag: &Tag<'_>) {
        let number = |name| tag.get(name).and_then(|value| value.trim().parse::<u32>().ok());
        let is_narrow = tag.get("width").and_then(|width| width.trim().parse::<f32>().ok()).is_some_and(|w| w < SEEN);
        if let (Some(first), Some(last)) = (number("min"), number("max"))
            && (tag.flag("hidden") || is_narrow)
        {
            self.hidden_columns.push(first..=last);
        }
    }

    fn begin_row(&mut self, tag: &Tag<'_>) {
        let number = tag.get("r").and_then(|value| value.trim().parse::<u32>().ok());
        self.row = number.unwrap_or(self.row.saturating_add(1));
        self.next_column = 1;
        let height = tag.get("ht").and_then(|height| height.trim().parse::<f32>().ok());
        let is_flat = height.is_some_and(|height| height < SEEN);
        self.row_is_hidden = tag.flag("hidden") || is_flat || self.rows_are_hidden && height.is_none();
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn begin_cell(&mut self, tag: &Tag<'_>) {
        let address = tag.get("r").unwrap_or_default();
        let column = column_of(&address).unwrap_or(self.next_column);
        self.next_column = column.saturating_add(1);
        let style = tag.get("s").and_then(|style| style.trim().parse().ok()).unwrap_or_default();
        let kind = tag.get("t").unwrap_or_default();
        self.cell = Some(Cell { address, column, kind, style, ..Cell::default() });
    }

    #[expect(clippy::unnecessary_wraps, reason = "one of the three steps of a walk")]
    fn put(&mut self, text: &str) -> Result<(), Refusal> {
        match (self.within, &mut self.cell) {
            (Some("v"), Some(cell)) => cell.value.push_str(text),
            (Some("f"), Some(cell)) => cell.formula.push_str(text),
            (Some("t"), Some(cell)) => cell.inline.push(text),
            (Some(_), _) => self.more.push_str(text),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "v" | "f" | "t" => self.within = None,
            "c" => {
                if let Some(cell) = self.cell.take() {
                    self.end_cell(cell)?;
                }
            }
            "sheetData" => self.text.push('\n'),
            _ if self.within == Some("more") => {
                self.within = None;
                self.more.push('\n');
            }
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self, cell: Cell) -> Result<(), Refusal> {
        formula::check(&cell.formula)?;
        if cell.formula.contains('"') {
            self.more.push_str(&cell.formula);
            self.more.push('\n');
        }
        let content = match cell.kind.as_str() {
            "s" => cell.value.trim().parse().ok().and_then(|index| self.book.strings.take(index)).unwrap_or_default(),
            "inlineStr" => cell.inline,
            "" | "n" => Rich { pieces: vec![(None, number(&cell.value))] },
            _ => Rich { pieces: vec![(None, cell.value)] },
        };
        let text = content.text();
        if text.trim().is_empty() {
            return Ok(());
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\t');
        }
        self.text.push_str(&text);
        if self.row_is_hidden || self.hidden_columns.iter().any(|range| range.contains(&cell.column)) {
            self.concerns.add(Concern::HiddenRowsOrColumns { sheet: self.name.to_owned() });
        }
        let address = if cell.address.is_empty() { format!("{}:{}", self.row, cell.column) } else { cell.address };
        self.judge(address, self.book.styles.look(cell.style), &content);
        Ok(())
    }

    fn judge(&mut self, cell: String, look: Look, content: &Rich) {
        let place = Place::Cell { sheet: self.name.to_owned(), cell };
        if look.is_hidden {
            self.concerns.add(Concern::HiddenText { place, sample: sample(&content.text()) });
            return;
        }
        let ground = look.ground.unwrap_or(Rgb::WHITE);
        let is_lost = |colour: &Option<Rgb>| colour.or(look.colour).is_some_and(|colour| colour.is_lost_on(ground));
        let lost = content.pieces.iter().find(|(colour, text)| !text.trim().is_empty() && is_lost(colour));
        // text without a colour is black
        let black = look.colour.is_none() && Rgb::BLACK.is_lost_on(ground);
        if let Some((_, text)) = lost.or(content.pieces.first().filter(|(colour, _)| black && colour.is_none())) {
            self.concerns.add(Concern::WhiteText { place, sample: sample(text) });
        }
    }
}

/// `1.3812345678E10` as people write it.
fn number(value: &str) -> String {
    let is_long = value.contains(['E', 'e']);
    match value.trim().parse::<f64>() {
        Ok(number) if is_long && number.fract() == 0.0 && number.abs() < 1e18 => format!("{number:.0}"),
        _ => value.to_owned(),
    }
}

/// The column of `AB12`, from 1.
fn column_of(address: &str) -> Option<u32> {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.fold(0_u32, |sum, letter| {
        sum.saturating_mul(26).saturating_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    (column > 0).then_some(column)
}

#[cfg(test)]
mod tests {
    use super::{column_of, number};

    #[test]
    fn addresses_and_numbers() {
        assert_eq!(column_of("A1"), Some(1));
        assert_eq!(column_of("AB12"), Some(28));
        assert_eq!(column_of("12"), None);
        assert_eq!(number("1.3812345678E10"), "13812345678");
        assert_eq!(number("2.5"), "2.5");
    }
}
