//! Following a complaint or report by number and query code. The document and routes are its own: nothing here is kept by
//! caches or listed. Number and code are typed once; the page's forms send them again, no address ever holds them.

mod acts;
mod after;
mod find;
mod history;
mod reward;
mod standing;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

pub use after::AfterPart;

use super::not_found::NotFoundPage;
use crate::{
    assets::sheets,
    parts::{Crumb, Frame, PrivateHead, document},
    ports::Followed,
    text::{desk as words, follow as say},
};

/// Address of all forms.
const STATUS: &str = "/cases/status";

/// What the pages show, in context.
#[derive(Clone, Debug)]
pub struct FollowView {
    /// The case
    pub followed: Followed,
    /// Query code as typed
    pub code: String,
    /// Code of the act that was just done; empty where none was
    pub done: String,
    /// The page that asks before a complaint is withdrawn
    pub asks: bool,
    /// Secret of the basket for files that are added
    pub basket: String,
    /// Files that lie in it: id, name, why it was not taken
    pub waiting: Vec<super::intake::FileLine>,
    /// What is taken, in words
    pub limits: String,
}

/// The document around these pages.
pub fn follow_shell(_options: LeptosOptions) -> impl IntoView {
    document(sheets(|assets| vec![assets.forms_css.clone()]), || view! { <FollowApp /> })
}

/// The pages. Their routes are in `server::http::follow`.
#[component]
fn FollowApp() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/cases/status") view=StatusPage ssr=SsrMode::Async />
                <Route path=path!("/cases/status/message") view=MessagePage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// The form, the case, or the page that asks.
#[component]
fn StatusPage() -> impl IntoView {
    match use_context::<FollowView>() {
        None => view! { <find::FindPage /> }.into_any(),
        Some(view) if view.asks => view! { <acts::AskPage view=view /> }.into_any(),
        Some(view) => view! { <standing::CasePage view=view /> }.into_any(),
    }
}

/// Title and text of a page that only says something, in context.
#[derive(Clone, Copy, Debug)]
pub struct FollowMessage(pub (&'static str, &'static str));

#[component]
fn MessagePage() -> impl IntoView {
    let FollowMessage((title, text)) = use_context().unwrap_or(FollowMessage(words::NOT_FOUND));
    view! {
        <Around title=title>
            <section class="message card">
                <h1 tabindex="-1" autofocus>{title}</h1>
                <p>{text}</p>
                <p><a class="button" href=STATUS>{say::TITLE}</a></p>
            </section>
        </Around>
    }
    .into_any()
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
    let crumbs = if title == say::TITLE { vec![] } else { vec![Crumb::to(STATUS, say::TITLE)] };
    let crumbs = crumbs.into_iter().chain([Crumb::here(&title)]).collect::<Vec<_>>();
    view! {
        <PrivateHead title=title />
        <Frame crumbs=crumbs search=false>
            <div class="intake follow">{children()}</div>
        </Frame>
    }
}
