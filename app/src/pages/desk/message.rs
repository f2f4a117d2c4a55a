//! A page that only says something.

use leptos::prelude::*;

use crate::{parts::DeskFrame, text::desk};

/// What it says, in context.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    /// Title
    pub title: &'static str,
    /// Text
    pub text: &'static str,
}

/// Says it.
#[component]
pub fn MessagePage() -> impl IntoView {
    let (title, text) = desk::NOT_FOUND;
    let Message { title, text } = use_context::<Message>().unwrap_or(Message { title, text });
    view! {
        <DeskFrame title=title>
            <section class="message">
                <h1>{title}</h1>
                <p>{text}</p>
                <p><a class="button" href="/desk">{desk::BACK}</a></p>
            </section>
        </DeskFrame>
    }
}

/// Nothing is at this address.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    if let Some(options) = use_context::<leptos_axum::ResponseOptions>() {
        options.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    view! { <MessagePage /> }
}
