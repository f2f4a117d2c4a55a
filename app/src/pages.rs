//! One page a file. Each asks the ports and renders whole on the server.

mod about;
pub mod alerts;
mod bulletin;
mod bulletins;
pub mod desk;
mod error;
pub mod following;
pub mod handling;
mod home;
pub mod intake;
pub mod kitchens;
mod not_found;
mod notice;
mod notices;
pub mod objections;
mod operator;
pub mod operators;
mod places;
pub mod polls;
mod publications;
pub mod publishing;
mod registers;
mod revision;
mod sample;
mod search;
mod statistics;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

pub use error::{error_page, error_page_view, error_words, gone_page_view};
pub(crate) use notice::notice_paragraphs;

use crate::{parts::document, text::zh};

/// The document around every page.
pub fn shell(_options: LeptosOptions) -> impl IntoView {
    let feed =
        view! { <link rel="alternate" type="application/atom+xml" title=zh().feed_all href="/feeds/all.atom" /> };
    document(feed, || view! { <App /> })
}

/// All pages.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=not_found::NotFoundPage>
                <Route path=path!("/") view=home::HomePage ssr=SsrMode::Async />
                <Route path=path!("/bulletins") view=bulletins::BulletinsPage ssr=SsrMode::Async />
                <Route path=path!("/bulletins/:id") view=bulletin::BulletinPage ssr=SsrMode::Async />
                <Route path=path!("/samples/:id") view=sample::SamplePage ssr=SsrMode::Async />
                <Route path=path!("/operators/:id") view=operator::OperatorPage ssr=SsrMode::Async />
                <Route path=path!("/operators/:id/notice") view=places::GatePage ssr=SsrMode::Async />
                <Route path=path!("/places") view=places::PlacesPage ssr=SsrMode::Async />
                <Route path=path!("/schools") view=places::SchoolsPage ssr=SsrMode::Async />
                <Route path=path!("/search") view=search::SearchPage ssr=SsrMode::Async />
                <Route path=path!("/statistics") view=statistics::StatisticsPage ssr=SsrMode::Async />
                <Route path=path!("/polls") view=polls::PollsPage ssr=SsrMode::Async />
                <Route path=path!("/polls/:id") view=polls::PollPage ssr=SsrMode::Async />
                <Route path=path!("/kitchens") view=kitchens::KitchensPage ssr=SsrMode::Async />
                <Route path=path!("/kitchens/:id") view=kitchens::KitchenPage ssr=SsrMode::Async />
                <Route path=path!("/leaving") view=kitchens::LeavingPage ssr=SsrMode::Async />
                <Route path=path!("/about") view=about::AboutPage ssr=SsrMode::Async />
                <Route path=path!("/registers") view=registers::RegistersPage ssr=SsrMode::Async />
                <Route path=path!("/registers/:code") view=registers::RegisterPage ssr=SsrMode::Async />
                <Route path=path!("/registers/:code/:entry") view=registers::EntryPage ssr=SsrMode::Async />
                <Route path=path!("/publications") view=publications::PublicationsPage ssr=SsrMode::Async />
                // the kinds' own folders: last, so that every fixed path goes before them
                <Route path=path!("/:folder") view=notices::NoticesPage ssr=SsrMode::Async />
                <Route path=path!("/:folder/:id") view=notice::NoticePage ssr=SsrMode::Async />
                <Route path=path!("/:folder/:id/revisions/:number") view=revision::RevisionPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
