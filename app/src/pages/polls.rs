//! 你点我检, 你点我查, surveys: the public pages, which say nothing of who looks at them, and the form, which has a document
//! of its own and is never kept.

mod ballot;
mod bars;
mod desk;
mod list;
mod result;
mod show;

use leptos::prelude::*;
use leptos_meta::{Meta, Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

pub use ballot::BallotShown;
pub use desk::{DeskPollPage, DeskPollsPage, NewPollPage};
pub use list::PollsPage;
pub use show::PollPage;

use super::not_found::NotFoundPage;
use crate::{
    forms::Filled,
    parts::{Crumb, Frame, document, escaped},
    text::{desk as words, poll as say},
};

/// The document around the form.
pub fn poll_shell(_options: LeptosOptions) -> impl IntoView {
    document((), || view! { <PollApp /> })
}

/// The pages of one person. Their routes are in `server::http::polls`.
#[component]
fn PollApp() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/polls/:id/vote") view=ballot::BallotPage ssr=SsrMode::Async />
                <Route path=path!("/polls/message") view=MessagePage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// Title and text of a page that only says something, in context.
#[derive(Clone, Copy, Debug)]
pub struct PollMessage(pub (&'static str, &'static str));

#[component]
fn MessagePage() -> impl IntoView {
    let PollMessage((title, text)) = use_context().unwrap_or(PollMessage(words::NOT_FOUND));
    view! {
        <Around title=title crumbs=vec![Crumb::to("/polls", say::TITLE)]>
            <section class="message">
                <h1>{title}</h1>
                <p>{text}</p>
                <p><a class="button" href="/polls">{say::TITLE}</a></p>
            </section>
        </Around>
    }
}

/// What stands around each page of one person.
#[component]
fn Around(
    /// Title
    #[prop(into)]
    title: String,
    /// The way to it
    crumbs: Vec<Crumb>,
    /// The page
    children: Children,
) -> impl IntoView {
    let wrong = if Filled::current().is_refused() { words::TITLE_WRONG } else { "" };
    let crumbs = [crumbs, vec![Crumb::here(&title)]].concat();
    view! {
        <Title text=escaped(&format!("{wrong}{title}")) />
        <Meta name="robots" content="noindex, nofollow" />
        <Frame crumbs=crumbs>{children()}</Frame>
    }
}
