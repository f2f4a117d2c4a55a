//! What it is: the first page and what stands beside it.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    IntakeView,
    around::{Around, FORM, Heading, Kept},
};
use crate::{
    assets::Scripts,
    domain::intake::Step,
    forms::{Choice, Form, Item, Submit},
    parts::{Request, portal},
    text::intake as say,
};

/// The first page. `?operator=` and `?sample=` name whom it is about; what can't be found is left out.
#[component]
pub fn WhatPage() -> impl IntoView {
    let (portal, request, shown) = (portal(), Request::current(), IntakeView::current());
    let id = move |name: &str| request.get(name).and_then(|id| Uuid::try_parse(id).ok());
    let (operator, sample) = (id("operator"), id("sample"));
    Suspend::new(async move {
        let mut about = None;
        if let Some(id) = operator {
            about = portal.directory.operator(id).await.ok().map(|found| ("operator", id, found.line.name));
        }
        if let Some(id) = sample {
            about = portal.publications.sample(id).await.ok().map(|found| ("sample", id, found.printed.product));
        }
        view! { <What about=about shown=shown /> }
    })
}

#[component]
fn What(about: Option<(&'static str, Uuid, String)>, shown: IntakeView) -> impl IntoView {
    let items = say::WANTS.map(|(value, words, hint)| Item::new(value, words).hint(hint));
    let is_begun = !shown.draft.at.is_empty();
    let at = Step::from_code(&shown.draft.at).unwrap_or(Step::Party).path();
    let then = shown.then_check.then(|| view! { <input type="hidden" name="then" value="check" autocomplete="off" /> });
    let about = about.map(|(name, id, words)| {
        view! {
            <p class="card chosen">{say::FROM_PAGE} <strong>{words}</strong></p>
            <input type="hidden" name=name value=id.to_string() autocomplete="off" />
        }
    });
    view! {
        <Around title=say::TITLE>
            {(is_begun && about.is_none() && !shown.then_check).then(|| view! {
                <section class="card unfinished" aria-label=say::UNFINISHED>
                    <p><strong>{say::UNFINISHED}</strong></p>
                    <div class="buttons">
                        <a class="button" href=at>{say::GO_ON}</a>
                        <Form action="/cases/new/discard"><Submit label=say::DISCARD quiet=true /></Form>
                    </div>
                </section>
            })}
            <Heading />
            <Form id=FORM action="/cases/new">
                {then}
                {about}
                <Choice name="want" label=say::WANT items=items.to_vec() />
                <Submit label=say::NEXT name="go" value="next" />
            </Form>
            <aside class="kept-note">
                <p class="note">{say::PHONES}</p>
                <p class="note">{say::ALSO}</p>
            </aside>
        </Around>
    }
    .into_any()
}

/// One tap chooses and leads on.
#[component]
fn Wants(
    /// Value and words, the likeliest first
    choices: [(&'static str, &'static str); 3],
) -> impl IntoView {
    let view = IntakeView::current();
    let buttons = choices.into_iter().enumerate().map(|(place, (value, words))| {
        view! { <Submit label=words name="want" value=value quiet=place != 0 /> }
    });
    view! {
        <Form id=FORM action=view.step.path()>
            <div class="wants">{buttons.collect_view()}</div>
            <a class="button quiet back" href="/cases/new">{say::BACK}</a>
        </Form>
    }
    .into_any()
}

/// Telephones, then what to keep, then the form.
#[component]
pub fn IllPage() -> impl IntoView {
    let phones = say::ILL_PHONES.map(|(number, why)| {
        view! { <li><a class="button phone" href=format!("tel:{number}")>{number}</a> <span>{why}</span></li> }
    });
    view! {
        <Around title=say::heading(Step::Ill, None)>
            <Heading />
            <ul class="phones card">{phones}</ul>
            <section aria-labelledby="keep">
                <h2 id="keep">{say::ILL_KEEP}</h2>
                <ul>{say::ILL_KEEP_LIST.map(|line| view! { <li>{line}</li> })}</ul>
            </section>
            <section aria-labelledby="then">
                <h2 id="then">{say::ILL_FORM}</h2>
                <Wants choices=say::ILL_NEXT />
            </section>
        </Around>
    }
    .into_any()
}

/// What the merchant may learn (order 121 art. 37).
#[component]
pub fn BothPage() -> impl IntoView {
    view! {
        <Around title=say::heading(Step::Both, None)>
            <Heading />
            <div class="card warn">{say::BOTH_TEXT.map(|text| view! { <p>{text}</p> })}</div>
            <Wants choices=say::BOTH_NEXT />
            <Kept step=Step::Both />
        </Around>
        <Scripts />
    }
    .into_any()
}

/// Who else it is for (art. 44).
#[component]
pub fn ChannelsPage() -> impl IntoView {
    let lines = say::CHANNELS.map(|(what, who)| view! { <div><dt>{what}</dt><dd>{who}</dd></div> });
    view! {
        <Around title=say::heading(Step::Channels, None)>
            <Heading />
            <p class="lead">{say::CHANNELS_LEAD}</p>
            <dl class="channels">{lines}</dl>
            <p class="buttons"><a class="button quiet" href="/cases/new">{say::BACK}</a></p>
        </Around>
    }
    .into_any()
}
