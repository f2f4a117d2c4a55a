//! The operator's pages: filing a case, its receipt, looking it up. They have a document and routes of their own, since
//! they are never kept and never listed, unlike the public pages around them.

mod desk;
mod file;
mod shared;
mod status;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

pub use desk::{CasePage, ListPage, RepliesPage, ReplyPage, Revealed};
pub use file::{FormToken, ReceiptShown};
pub(in crate::pages) use shared::{DueDate, paragraphs};
pub use status::CaseShown;

use super::not_found::NotFoundPage;
use crate::{
    assets::sheets,
    parts::{Crumb, Frame, PrivateHead, document},
    text::desk as words,
};

/// The document around the operator's pages.
pub fn objection_shell(_options: LeptosOptions) -> impl IntoView {
    document(sheets(|assets| vec![assets.forms_css.clone()]), || view! { <ObjectionApp /> })
}

/// The operator's pages. Each has its routes in `server::http::objections`.
#[component]
fn ObjectionApp() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/objections/new") view=file::FilePage ssr=SsrMode::Async />
                <Route path=path!("/objections/status") view=status::StatusPage ssr=SsrMode::Async />
                <Route path=path!("/objections/message") view=MessagePage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// Title and text of a page that only says something, in context.
#[derive(Clone, Copy, Debug)]
pub struct ObjectionMessage(pub (&'static str, &'static str));

#[component]
fn MessagePage() -> impl IntoView {
    let ObjectionMessage((title, text)) = use_context().unwrap_or(ObjectionMessage(words::NOT_FOUND));
    view! {
        <Around title=title>
            <section class="message">
                <h1>{title}</h1>
                <p>{text}</p>
            </section>
        </Around>
    }
}

/// What stands around each of these pages.
#[component]
fn Around(
    /// Title
    #[prop(into)]
    title: String,
    /// The page
    children: Children,
) -> impl IntoView {
    let crumbs = vec![Crumb::here(&title)];
    view! {
        <PrivateHead title=title />
        <Frame crumbs=crumbs>{children()}</Frame>
    }
}
