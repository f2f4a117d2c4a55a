//! The vote that led to a publication.

use leptos::prelude::*;

use crate::{ports::PollRef, text::poll as say};

/// A line for each.
#[component]
pub fn PollCauses(
    /// Rounds that caused it
    causes: Vec<PollRef>,
) -> impl IntoView {
    let line = |cause: PollRef| {
        let said = say::caused(&cause);
        view! { <p class="poll-cause"><a href=format!("/polls/{}", cause.id)>{said}</a></p> }
    };
    causes.into_iter().map(line).collect_view()
}
