//! Years of a list as tabs.

use leptos::prelude::*;

use super::Request;
use crate::text::{self, zh};

/// All years, and each with its count; nothing where there is one year only.
#[component]
pub fn Years(
    /// Year and count, newest first
    years: Vec<(i32, u64)>,
    /// The one that is shown
    chosen: Option<i32>,
    /// The present request
    request: Request,
) -> impl IntoView {
    let current = |is: bool| is.then_some("page");
    let links = years.iter().map(|(year, count)| {
        let href = request.with("year", Some(&year.to_string()));
        view! { <a href=href aria-current=current(chosen == Some(*year))>{text::year_count(*year, *count)}</a> }
    });
    (years.len() > 1).then(|| {
        view! {
            <nav class="tabs" aria-label=zh().facet_year>
                <a href=request.with("year", None) aria-current=current(chosen.is_none())>{zh().every_year}</a>
                {links.collect_view()}
            </nav>
        }
    })
}
