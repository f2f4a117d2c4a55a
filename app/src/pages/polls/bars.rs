//! Counts as bars, drawn on the server: a name, and below it its bar. A hidden count is an open bar with its words.

use leptos::prelude::*;

use crate::{domain::poll::Shown, text::poll as say};

/// Width in the chart's own units; a phone shows them about as large.
const WIDTH: u64 = 328;
/// Height of a line
const LINE: u64 = 34;
/// The longest bar
const LONGEST: u64 = 270;
/// A hidden count
const STUB: u64 = 6;

/// Bars of a question.
#[component]
pub fn Bars(
    /// The chart's own ids begin with it
    id: String,
    /// What is counted
    title: String,
    /// Names
    names: Vec<String>,
    /// Counts
    counts: Vec<Shown>,
) -> impl IntoView {
    let most = counts.iter().filter_map(|count| count.count()).max().unwrap_or(0).max(1);
    let described = say::chart(&names, &counts);
    let height = LINE * counts.len() as u64 + 4;
    let bars = names.into_iter().zip(counts).zip(0_u64..).map(|((name, count), place)| {
        let (long, class) = match count {
            Shown::Count(0) => (0, "bar"),
            Shown::Count(number) => ((number * LONGEST / most).max(1), "bar"),
            Shown::Few | Shown::Withheld => (STUB, "bar hidden-count"),
        };
        let y = place * LINE;
        view! {
            <text class="name" x="1" y=y + 13>{name}</text>
            <rect class=class x="1" y=y + 18 width=long height="11" />
            <text class="number" x=long + 6 y=y + 27>{say::count_short(count)}</text>
        }
    });
    let bars = bars.collect_view();
    let (head, text) = (format!("{id}-title"), format!("{id}-text"));
    let (label, size) = (format!("{head} {text}"), format!("0 0 {WIDTH} {height}"));
    view! {
        <svg class="chart" viewBox=size role="img" aria-labelledby=label>
            <title id=head>{title}</title>
            <desc id=text>{described}</desc>
            {bars}
        </svg>
    }
    .into_any()
}
