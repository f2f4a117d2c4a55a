//! State of a live picture: by word, shape and colour.

use leptos::prelude::*;

use crate::{domain::stream::Shown, text::camera as say};

/// The state in a word.
#[component]
pub fn CameraMark(
    /// The state
    shown: Shown,
    /// With since when it is so
    #[prop(optional)]
    long: bool,
) -> impl IntoView {
    let class = match shown {
        Shown::Live => "camera-mark live",
        Shown::Offline { .. } | Shown::Frozen | Shown::Dark => "camera-mark off",
        Shown::OutOfHours | Shown::Checking | Shown::Maintenance => "camera-mark",
    };
    let word = if long { say::shown_long(shown) } else { say::shown(shown).to_owned() };
    view! { <span class=class><span aria-hidden="true">{say::shape(shown)}</span> {word}</span> }
}
