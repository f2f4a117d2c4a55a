//! Spreadsheets that are really HTML tables.

use scraper::{ElementRef, Html, Selector};

use super::grid::{Cell, Grid, Merge, Row};

/// Cells that one cell may cover, each way.
const MOST_SPAN: u32 = 5_000;
const MOST_COLUMNS: u32 = 300;

/// Whether a text is a page with a table.
pub fn is_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(2_000).collect::<String>().to_lowercase();
    start.starts_with('<')
        && (start.contains("<html") || start.contains("<table") || text.to_lowercase().contains("<table"))
}

/// Each table as a sheet.
pub fn grids(text: &str) -> Vec<Grid> {
    let page = Html::parse_document(text);
    let (Ok(tables), Ok(rows), Ok(cells)) =
        (Selector::parse("table"), Selector::parse("tr"), Selector::parse("td, th"))
    else {
        return Vec::new();
    };
    page.select(&tables)
        .enumerate()
        .map(|(number, table)| {
            let mut grid = Grid { name: format!("表{}", number + 1), ..Grid::default() };
            // columns that a cell above covers, with the rows still to go
            let mut covered: Vec<u32> = Vec::new();
            for (row, element) in table.select(&rows).enumerate() {
                let row = u32::try_from(row).unwrap_or(u32::MAX);
                grid.rows.push(table_row(row, element.select(&cells), &mut covered, &mut grid.merges));
            }
            grid.rows.retain(|row| row.filled() > 0);
            grid
        })
        .collect()
}

fn table_row<'a>(
    number: u32,
    cells: impl Iterator<Item = ElementRef<'a>>,
    covered: &mut Vec<u32>,
    merges: &mut Vec<Merge>,
) -> Row {
    let mut row = Row { number: number + 1, ..Row::default() };
    let before = covered.clone();
    for left in covered.iter_mut() {
        *left = left.saturating_sub(1);
    }
    let mut column = 0_usize;
    for cell in cells {
        while before.get(column).is_some_and(|left| *left > 0) {
            column += 1;
        }
        if column >= MOST_COLUMNS as usize {
            break;
        }
        let span = |name: &str, most: u32| {
            cell.attr(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1_u32).clamp(1, most)
        };
        let (down, across) = (span("rowspan", MOST_SPAN), span("colspan", MOST_COLUMNS));
        if row.cells.len() <= column {
            row.cells.resize(column + 1, Cell::Empty);
        }
        row.cells[column] = Cell::text(&cell.text().collect::<String>());
        if down > 1 || across > 1 {
            let first = u32::try_from(column).unwrap_or(0);
            merges.push(Merge { rows: (number, number + down - 1), columns: (first, first + across - 1) });
            let last = column + across as usize;
            if covered.len() < last {
                covered.resize(last, 0);
            }
            covered[column..last].fill(down - 1);
        }
        column += across as usize;
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_keep_columns_apart() {
        let text =
            "<html><table><tr><td rowspan=2>一</td><td colspan=2>二</td></tr><tr><td>三</td><td>四</td></tr></table>";
        assert!(is_html(text));
        let grids = grids(text);
        assert_eq!(grids[0].rows[1].cells, [Cell::Empty, Cell::text("三"), Cell::text("四")]);
        assert_eq!(grids[0].merges.len(), 2);
        assert!(!is_html("a,b\n<c,d"));
    }
}
