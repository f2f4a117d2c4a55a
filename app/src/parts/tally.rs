//! Verdicts and rates: by word, shape and colour; every rate with both its numbers.

use leptos::prelude::*;

use crate::{
    domain::{bulletin::GroupTally, sample::Verdict},
    text,
};

/// A verdict as word and shape.
#[component]
pub fn VerdictMark(
    /// The verdict
    verdict: Option<Verdict>,
) -> impl IntoView {
    let (class, shape) = match verdict {
        Some(Verdict::Passed) => ("verdict passed", "✓"),
        Some(Verdict::Failed) => ("verdict failed", "✕"),
        None => ("verdict", "–"),
    };
    view! { <span class=class><span aria-hidden="true">{shape}</span> {text::verdict(verdict)}</span> }
}

/// Rates, one line a group: groups never share one.
#[component]
pub fn Tallies(
    /// The groups
    tallies: Vec<GroupTally>,
) -> impl IntoView {
    let lines = tallies.into_iter().map(|entry| {
        let failed = entry.tally.failed > 0;
        view! {
            <li class:has-failed=failed>
                <span class="group">{text::group(entry.group)}</span>
                <span class="rate">{text::rate(entry)}</span>
            </li>
        }
    });
    view! { <ul class="tallies">{lines.collect_view()}</ul> }
}
