//! The way to a complaint or report: one thing a page, then a check, then the receipt. The document and routes are its
//! own, since nothing here is kept by caches or listed. What was typed so far is in context as [`IntakeView`].

mod answer;
mod around;
mod check;
mod counter;
mod files;
mod first;
mod party;
mod receipt;
mod story;
mod who;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

pub use counter::{COUNTER_SOURCES, CounterForm, CounterPage};
pub use files::{FileLine, IntakeFiles};
pub use receipt::{HalfShown, ReceiptView};

use super::not_found::NotFoundPage;
use crate::{
    assets::sheets,
    domain::intake::{Draft, Step},
    parts::document,
    text::intake as say,
};
use around::Around;

/// What a step's page shows, in context.
#[derive(Clone, Debug)]
pub struct IntakeView {
    /// The step
    pub step: Step,
    /// What was typed
    pub draft: Draft,
    /// It was opened from the check page, and leads back there
    pub then_check: bool,
    /// Of the check page: what the browser has to solve
    pub challenge: String,
}

impl IntakeView {
    fn current() -> Self {
        let first = || Self { step: Step::What, draft: Draft::default(), then_check: false, challenge: String::new() };
        use_context().unwrap_or_else(first)
    }

    fn heading(&self) -> &'static str {
        say::heading(self.step, self.draft.wanted())
    }
}

/// The document around these pages.
pub fn intake_shell(_options: LeptosOptions) -> impl IntoView {
    document(sheets(|assets| vec![assets.forms_css.clone()]), || view! { <IntakeApp /> })
}

/// The pages. Their routes are in `server::http::intake`.
#[component]
fn IntakeApp() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/cases/new") view=first::WhatPage ssr=SsrMode::Async />
                <Route path=path!("/cases/new/receipt") view=receipt::ReceiptPage ssr=SsrMode::Async />
                <Route path=path!("/cases/new/message") view=MessagePage ssr=SsrMode::Async />
                <Route path=path!("/cases/new/:step") view=StepPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// The page of a step.
#[component]
fn StepPage() -> impl IntoView {
    match IntakeView::current().step {
        Step::What => view! { <first::WhatPage /> }.into_any(),
        Step::Ill => view! { <first::IllPage /> }.into_any(),
        Step::Channels => view! { <first::ChannelsPage /> }.into_any(),
        Step::Both => view! { <first::BothPage /> }.into_any(),
        Step::Party => view! { <party::PartyPage /> }.into_any(),
        Step::Precheck => view! { <answer::PrecheckPage /> }.into_any(),
        Step::Answer => view! { <answer::AnswerPage /> }.into_any(),
        Step::Problem => view! { <story::ProblemPage /> }.into_any(),
        Step::Story => view! { <story::StoryPage /> }.into_any(),
        Step::Request => view! { <story::RequestPage /> }.into_any(),
        Step::Evidence => view! { <files::EvidencePage /> }.into_any(),
        Step::Who => view! { <who::WhoPage /> }.into_any(),
        Step::Check => view! { <check::CheckPage /> }.into_any(),
    }
}

/// A page that only says something, in context: its words, and ways on as address and words.
#[derive(Clone, Debug)]
pub struct IntakeMessage {
    /// Title and text
    pub words: (&'static str, &'static str),
    /// Ways on
    pub ways: Vec<(&'static str, &'static str)>,
}

#[component]
fn MessagePage() -> impl IntoView {
    let missing = || IntakeMessage { words: say::NO_DRAFT, ways: vec![("/cases/new", say::TITLE)] };
    let IntakeMessage { words: (title, text), ways } = use_context().unwrap_or_else(missing);
    let ways = ways.into_iter().enumerate().map(|(place, (href, name))| {
        view! { <a class=if place == 0 { "button" } else { "button quiet" } href=href>{name}</a> }
    });
    view! {
        <Around title=title>
            <section class="message card">
                <h1 tabindex="-1" autofocus>{title}</h1>
                <p>{text}</p>
                <p class="buttons">{ways.collect_view()}</p>
            </section>
        </Around>
    }
    .into_any()
}
