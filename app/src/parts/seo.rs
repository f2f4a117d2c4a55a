//! What machines read of a page.

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

use super::portal;
use crate::{
    forms::Filled,
    text::{desk::TITLE_WRONG, zh},
};

/// Title, description and canonical address.
#[component]
pub fn Description(
    /// Title of the page; empty on the home page
    title: String,
    /// One sentence
    text: String,
    /// Path that stands for this content
    path: String,
) -> impl IntoView {
    let site = portal().site;
    let name = if site.name.is_empty() { zh().site_name.to_owned() } else { site.name.clone() };
    let title = if title.is_empty() { name } else { format!("{title}_{name}") };
    into_head(view! {
        <Meta name="description" content=text />
        <Link rel="canonical" href=format!("{}{path}", site.base_url) />
    });
    view! { <Title text=escaped(&title) /> }
}

/// Title of a page of one person, which no machine lists; says so where a form was refused.
#[component]
pub fn PrivateHead(
    /// Title
    title: String,
) -> impl IntoView {
    let wrong = if Filled::current().is_refused() { TITLE_WRONG } else { "" };
    into_head(view! { <Meta name="robots" content="noindex, nofollow" /> });
    view! { <Title text=escaped(&format!("{wrong}{title}")) /> }
}

/// Writes tags into the head at once. Left to the rendering of the page they are lost now and then: leptos 0.8 renders
/// what a `Suspend` gave outside of its owner, on whichever thread the task went on, and there is no context there.
pub fn into_head(tags: impl RenderHtml) {
    let _ = tags.to_html();
}

/// `leptos_meta` writes the text of `<title>` as it comes, so it is escaped here.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Structured data (JSON-LD). `<` is written so that nothing in it can end the script.
#[component]
pub fn JsonLd(
    /// The data
    data: serde_json::Value,
) -> impl IntoView {
    let text = data.to_string().replace('<', "\\u003c");
    view! { <script type="application/ld+json" inner_html=text></script> }
}
