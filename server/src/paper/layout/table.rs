//! Rows of tables. A row may go on over several pages: each of its lines is an item.

use super::{Item, LEFT, Mark, SMALL, Setter, Style, TEXT_WIDTH, Words, baseline, total};

/// Between a rule and words.
const PADDING: f32 = 5.0;
/// Lines of a row that is written in by hand.
const HAND_LINES: usize = 2;

impl Setter<'_> {
    pub(super) fn row(&mut self, cells: &[String]) {
        let edges = edges(cells.len());
        let by_hand = cells.iter().any(String::is_empty);
        let columns: Vec<Column> = (0..cells.len()).map(|at| self.column(&cells[at], at, &edges)).collect();
        let least = if by_hand { HAND_LINES } else { 1 };
        let count = columns.iter().map(|column| column.lines.len()).max().unwrap_or(0).max(least);
        let bar = |height: f32| edges.iter().map(move |x| Mark::Rule([*x, 0.0, *x, height]));
        let top = Mark::Rule([LEFT, 0.0, LEFT + TEXT_WIDTH, 0.0]);
        let bottom = Mark::Rule([LEFT, PADDING, LEFT + TEXT_WIDTH, PADDING]);
        let marks = bar(PADDING).chain([top]).collect();
        self.items.push(Item { height: PADDING, keep: true, framed: true, marks });
        for at in 0..count {
            let words = columns.iter().filter_map(|column| column.line(at, count)).map(Mark::Words);
            let marks = bar(SMALL.leading).chain(words).collect();
            // a short row is not parted; a long one not at its ends
            let keep = count <= 3 || at == 0 || at + 2 >= count;
            self.items.push(Item { height: SMALL.leading, keep, framed: true, marks });
        }
        self.items.push(Item {
            height: PADDING,
            keep: false,
            framed: true,
            marks: bar(PADDING).chain([bottom]).collect(),
        });
    }

    fn column(&mut self, text: &str, at: usize, edges: &[f32]) -> Column {
        let (left, width) = (edges[at] + PADDING, edges[at + 1] - edges[at] - 2.0 * PADDING);
        let label = at.is_multiple_of(2);
        let style = Style { bold: label, ..SMALL };
        let parts = text.lines().filter(|part| !part.trim().is_empty());
        let lines = parts.flat_map(|part| self.justified(part, style, width, 0.0)).collect();
        Column { left, width, label, lines }
    }
}

struct Column {
    left: f32,
    width: f32,
    /// Centred both ways
    label: bool,
    lines: Vec<Vec<(char, f32)>>,
}

impl Column {
    /// Its words in a line of a row.
    fn line(&self, at: usize, count: usize) -> Option<Words> {
        let skip = if self.label || self.lines.len() == 1 { (count - self.lines.len()) / 2 } else { 0 };
        let signs = self.lines.get(at.checked_sub(skip)?)?.clone();
        let x = if self.label { self.left + (self.width - total(&signs)) / 2.0 } else { self.left };
        Some(Words { x, y: baseline(SMALL), size: SMALL.size, bold: false, signs })
    }
}

/// Where the vertical rules stand: names are narrow, what is said of them wide.
fn edges(cells: usize) -> Vec<f32> {
    let parts: &[f32] = match cells {
        1 => &[1.0],
        2 => &[0.22, 0.78],
        3 => &[0.22, 0.39, 0.39],
        4 => &[0.22, 0.28, 0.22, 0.28],
        5 => &[0.2, 0.2, 0.2, 0.2, 0.2],
        _ => &[0.17, 0.17, 0.16, 0.17, 0.17, 0.16],
    };
    let mut at = LEFT;
    let mut edges = vec![at];
    for part in parts {
        at += part * TEXT_WIDTH;
        edges.push(at);
    }
    edges
}
