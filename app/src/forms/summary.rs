//! All errors on top of the page, each a way to its field.

use leptos::prelude::*;

use super::{Filled, field_id};
use crate::text::desk;

/// What is wrong; nothing where nothing is. It takes the focus when the page is shown (`autofocus`, no script needed).
#[component]
pub fn ErrorSummary() -> impl IntoView {
    let filled = Filled::current();
    filled.is_refused().then(|| {
        let lines = filled.errors().iter().map(|(name, error)| {
            let href = format!("#{}", field_id(name));
            view! { <li><a href=href>{error.clone()}</a></li> }
        });
        let lines = lines.collect_view();
        view! {
            <div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="error-summary">
                <h2 id="error-summary">{desk::SUMMARY}</h2>
                {filled.general().map(|error| view! { <p>{error.to_owned()}</p> })}
                <ul>{lines}</ul>
            </div>
        }
    })
}
