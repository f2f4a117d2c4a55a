//! Pages for what went wrong, each with what to do.

use leptos::prelude::*;

use crate::{
    parts::{Crumb, Description, Frame},
    ports::Gone,
    text::{self, zh},
};

/// Title and text of a failure.
#[must_use]
pub fn error_words(status: u16) -> (&'static str, &'static str) {
    match status {
        400 => (zh().bad_title, zh().bad_text),
        404 => (zh().not_found_title, zh().not_found_text),
        414 => (zh().long_title, zh().long_text),
        503 => (zh().busy_title, zh().busy_text),
        _ => (zh().failed_title, zh().failed_text),
    }
}

/// A whole page for a failure outside of any page: it needs neither ports nor front. The id is that of the log entry.
#[must_use]
pub fn error_page(status: u16, id: &str) -> String {
    let (title, text) = error_words(status);
    let (failure, home) = (zh().failure_id, zh().back_home);
    let id: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title></head>\
         <body><main><h1>{title}</h1><p>{text}</p><p>{failure}{id}</p><p><a href=\"/\">{home}</a></p></main></body></html>"
    )
}

/// A page in place of one that can't be given.
pub fn error_page_view(status: u16) -> impl IntoView {
    let (title, text) = error_words(status);
    view! {
        <Description title=title.into() text=text.into() path=String::new() />
        <Frame crumbs=vec![Crumb::here(title)]>
            <section class="message">
                <h1>{title}</h1>
                <p>{text}</p>
                <p><a class="button" href="/search">{zh().search}</a> <a class="button quiet" href="/">{zh().back_home}</a></p>
            </section>
        </Frame>
    }
}

/// The short notice in place of a publication that is withdrawn or removed (410). It says nothing of its content.
pub fn gone_page_view(gone: Gone) -> impl IntoView {
    let title = text::gone_title(gone.act);
    let why = text::gone(gone.kind, gone.act, gone.at);
    view! {
        <Description title=title.into() text=why.clone() path=String::new() />
        <Frame crumbs=vec![Crumb::to(&format!("/{}", gone.kind.folder()), text::publication_kind(gone.kind)), Crumb::here(title)]>
            <section class="message">
                <h1>{title}</h1>
                <p>{why}</p>
                {gone.reason.map(|reason| view! { <p>{text::reason(&reason)}</p> })}
                <p class="note">{text::gone_log(gone.act, gone.place)}</p>
                <p><a class="button" href="/search">{zh().search}</a> <a class="button quiet" href="/">{zh().back_home}</a></p>
            </section>
        </Frame>
    }
}
