//! CSV and tab-separated text in the encodings of Chinese offices.

use super::grid::{Cell, Grid, Row};

/// The text and the name of its encoding; `None` for what is no text.
pub fn decode(bytes: &[u8]) -> Option<(String, &'static str)> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let name = if encoding == encoding_rs::UTF_8 { "utf-8 bom" } else { "utf-16" };
        return Some((text.into_owned(), name));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let is_text =
            !text.chars().any(|c| c == '\0' || c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\x0c' | '\x1a'));
        return is_text.then(|| (text.to_owned(), "utf-8"));
    }
    // GBK is a part of GB 18030: one decoder reads both, four-byte sequences tell them apart
    let (text, failed) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    let odd = text.chars().filter(|c| *c == '\u{fffd}' || c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    if failed && odd * 1_000 > text.chars().count() {
        return None;
    }
    let four = bytes.windows(2).any(|pair| (0x81..=0xfe).contains(&pair[0]) && pair[1].is_ascii_digit());
    Some((text.into_owned(), if four { "gb18030" } else { "gbk" }))
}

/// The one sheet of a text. The delimiter is the one that most of the first lines have most often.
pub fn grid(text: &str) -> Grid {
    let count = |delimiter: char| text.lines().take(50).map(|line| line.matches(delimiter).count()).sum::<usize>();
    let delimiter = [',', '\t', ';'].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut grid = Grid::default();
    let mut record = csv::StringRecord::new();
    let (mut number, mut line) = (0_u64, 1_u64);
    while let Ok(true) = reader.read_record(&mut record) {
        // rows as a spreadsheet counts them: empty lines count, line breaks inside cells don't
        let next = reader.position().line();
        let inside = record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        number += (next - line).saturating_sub(inside).max(1);
        line = next;
        let cells: Vec<Cell> = record.iter().map(Cell::text).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            grid.rows.push(Row { number: u32::try_from(number).unwrap_or(u32::MAX), cells, hidden: false });
        }
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_content() {
        let text = "食品名称,判定\n大米,合格\n";
        assert_eq!(decode(text.as_bytes()).unwrap(), (text.to_owned(), "utf-8"));
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()).unwrap(), (text.to_owned(), "utf-8 bom"));
        let gbk = encoding_rs::GBK.encode(text).0;
        assert_eq!(decode(&gbk).unwrap(), (text.to_owned(), "gbk"));
        let rare = "食品名称,判定\n㐂㐃,合格\n";
        let gb18030 = encoding_rs::GB18030.encode(rare).0;
        assert_eq!(decode(&gb18030).unwrap(), (rare.to_owned(), "gb18030"));
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&wide).unwrap(), (text.to_owned(), "utf-16"));
        assert_eq!(decode(&[0, 1, 2, 3, 255, 254, 0, 9]), None);
    }

    #[test]
    fn quoted_line_breaks_stay_in_their_cell() {
        let grid = grid("a,b\n\"x\ny\",2\n\n3;4,5\n");
        assert_eq!(grid.rows.len(), 3);
        assert_eq!(grid.rows[1].cells[0], Cell::text("x\ny"));
        assert_eq!(grid.rows[2].number, 4);
    }
}
