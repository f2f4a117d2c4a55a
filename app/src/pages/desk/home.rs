//! The desk's first page.

use leptos::prelude::*;

use crate::{
    domain::staff::{Permission, Viewer},
    pages::handling::StartCard,
    parts::{DESK_PARTS, DeskFrame},
    text::desk,
};

/// Where one may go.
#[component]
pub fn HomePage() -> impl IntoView {
    let viewer = expect_context::<Viewer>();
    let parts: Vec<_> = DESK_PARTS
        .into_iter()
        .filter(|(.., permission)| viewer.may(*permission))
        .map(|(href, name, _)| view! { <li class="card"><h2><a href=href>{name}</a></h2></li> })
        .collect();
    let handles = viewer.may(Permission::HandleCases);
    let nothing = parts.is_empty().then(|| view! { <p>{desk::NOTHING_HERE}</p> });
    view! {
        <DeskFrame title=desk::DESK>
            <h1>{viewer.name.clone()}</h1>
            <p class="meta">{desk::YOUR_ROLES} "：" {desk::roles(&viewer.roles)}</p>
            {nothing}
            {handles.then(|| view! { <StartCard /> })}
            <ul class="plain-list desk-parts">{parts}</ul>
        </DeskFrame>
    }
}
