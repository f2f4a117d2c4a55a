//! Counts as bars, drawn on the server. A hidden count is an open bar with its words, never a length.

use leptos::prelude::*;

use crate::{
    domain::statistics::{By, Cell, Measure, Table},
    text::statistics as say,
};

/// Width of all charts in their own units; a phone shows them about as large.
const WIDTH: u64 = 328;
/// Height of the bars of months
const HEIGHT: u64 = 120;
/// Height of a line of other groups
const LINE: u64 = 26;
/// Where their bars begin, and how long the longest is
const START: u64 = 132;
const LONGEST: u64 = 150;
/// A hidden count
const STUB: u64 = 6;

/// What came in, by group.
#[component]
pub fn Chart(
    /// The counts
    table: Table,
    /// Id of the heading; the chart's own ids begin with it
    id: String,
) -> impl IntoView {
    let names: Vec<String> = table.rows.iter().map(|row| say::group(table.by, &row.code)).collect();
    let cells: Vec<Cell> = table.rows.iter().map(|row| row.cell(Measure::Received)).collect();
    let most = cells.iter().filter_map(|cell| cell.shown()).max().unwrap_or(0).max(1);
    let described = say::chart(&names, &cells);
    let (height, bars) = match table.by {
        By::Month => (HEIGHT + 40, columns(&table, &cells, most)),
        _ => (LINE * cells.len() as u64 + 4, lines(&names, &cells, most)),
    };
    let (title, text) = (format!("{id}-title"), format!("{id}-text"));
    let (label, size) = (format!("{title} {text}"), format!("0 0 {WIDTH} {height}"));
    view! {
        <svg class="chart" viewBox=size role="img" aria-labelledby=label>
            <title id=title>{say::table(table.kind, table.by)}</title>
            <desc id=text>{described}</desc>
            {bars}
        </svg>
    }
    .into_any()
}

/// Length of a bar and its class.
fn bar(cell: Cell, most: u64, longest: u64) -> (u64, &'static str) {
    match cell {
        Cell::Shown(0) => (0, "bar"),
        Cell::Shown(number) => ((number * longest / most).max(1), "bar"),
        Cell::Few | Cell::Withheld => (STUB, "bar hidden-count"),
    }
}

/// What stands at a bar.
fn mark(cell: Cell) -> String {
    match cell {
        Cell::Shown(number) => number.to_string(),
        Cell::Few => say::FEW_SHORT.to_owned(),
        Cell::Withheld => say::WITHHELD_SHORT.to_owned(),
    }
}

fn columns(table: &Table, cells: &[Cell], most: u64) -> AnyView {
    let step = WIDTH / cells.len().max(1) as u64;
    let columns = table.rows.iter().zip(cells).zip(0_u64..).map(|((row, cell), place)| {
        let (tall, class) = bar(*cell, most, HEIGHT);
        let (x, middle, top) = (place * step + 3, place * step + step / 2, 18 + HEIGHT - tall);
        let (year, month) = row.code.split_once('-').unwrap_or(("", &row.code));
        let is_named = place == 0 || month == "01";
        view! {
            <rect class=class x=x y=top width=step - 6 height=tall />
            <text class="number" x=middle y=top - 4 text-anchor="middle">{mark(*cell)}</text>
            <text class="name" x=middle y=HEIGHT + 30 text-anchor="middle">{month.trim_start_matches('0').to_owned()}</text>
            {is_named.then(|| view! { <text class="year" x=middle y=HEIGHT + 39 text-anchor="middle">{year.to_owned()}</text> })}
        }
    });
    let base = 18 + HEIGHT;
    view! { <line class="base" x1="0" y1=base x2=WIDTH y2=base />{columns.collect_view()} }.into_any()
}

fn lines(names: &[String], cells: &[Cell], most: u64) -> AnyView {
    let lines = names.iter().zip(cells).zip(0_u64..).map(|((name, cell), place)| {
        let (long, class) = bar(*cell, most, LONGEST);
        let y = place * LINE;
        view! {
            <text class="name" x=START - 6 y=y + 17 text-anchor="end">{name.clone()}</text>
            <rect class=class x=START y=y + 5 width=long height=LINE - 10 />
            <text class="number" x=START + long + 5 y=y + 17>{mark(*cell)}</text>
        }
    });
    view! { <line class="base" x1=START y1="0" x2=START y2=LINE * cells.len() as u64 />{lines.collect_view()} }
        .into_any()
}
