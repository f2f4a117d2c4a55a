//! What happened, what was handed in, all clocks, who looked.

use leptos::prelude::*;

use super::{FollowView, acts::Key};
use crate::{
    forms::Form,
    pages::objections::{DueDate, paragraphs},
    ports::{Dated, Followed, Opening},
    text::{self, clock, follow as say, handling},
};

/// What happened, the oldest first.
#[component]
pub fn Events(followed: Followed) -> impl IntoView {
    let case = followed.sheet.line.case.clone();
    let events = followed.sheet.events.into_iter().map(|event| {
        let lines = event.act.map(|act| handling::detail::lines(act, &event.detail, case.rule)).unwrap_or_default();
        let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        let what = say::event(&event, case.kind);
        let said = event.said.map(|said| view! { <div class="prose">{paragraphs(&said)}</div> });
        view! {
            <li>
                <p class="meta"><strong>{what}</strong><time datetime=event.at.to_rfc3339()>{text::moment(event.at)}</time></p>
                {lines}
                {said}
            </li>
        }
    });
    let events = events.collect_view();
    view! {
        <section aria-labelledby="events">
            <h2 id="events">{say::EVENTS}</h2>
            <ol class="follow-events">{events}</ol>
        </section>
    }
    .into_any()
}

/// Their own files, each with its download.
#[component]
pub fn Files(view: FollowView) -> impl IntoView {
    let files = view.followed.files.clone();
    let is_empty = files.is_empty();
    let rows = files.into_iter().map(|file| {
        let label = format!("{}：{}", say::DOWNLOAD, file.name);
        let view = view.clone();
        view! {
            <li>
                <p><span class="name">{file.name}</span> <small>{handling::size(file.bytes)} " · " {text::moment(file.at)}</small></p>
                <Form action="/cases/status/file">
                    <Key view=view />
                    <input type="hidden" name="file" value=file.id.to_string() autocomplete="off" />
                    <button class="button quiet" aria-label=label>{say::DOWNLOAD}</button>
                </Form>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section aria-labelledby="files">
            <h2 id="files">{say::FILES}</h2>
            {if is_empty {
                view! { <p class="note">{say::NO_FILES}</p> }.into_any()
            } else {
                view! { <ul class="own-files">{rows}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// What they wrote.
#[component]
pub fn Written(followed: Followed) -> impl IntoView {
    let body = match followed.sheet.content {
        None => view! { <p class="note">{say::FORGOTTEN}</p> }.into_any(),
        Some(content) => {
            let product = content.purchase.product.clone();
            let rows = [
                (handling::PARTY_ADDRESS, content.party.address),
                (handling::PRODUCT, product),
                (handling::STORY, content.story),
                (handling::REQUEST, content.request),
            ];
            let persons = followed.sheet.persons.into_iter().map(|person| {
                let parts = [person.contact.name, person.contact.phone, person.contact.address, person.contact.mail];
                let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                (handling::role(&person.role), parts.join("，"))
            });
            let rows = rows.into_iter().chain(persons).filter(|(_, text)| !text.is_empty());
            let rows = rows.map(|(label, text)| {
                view! { <div><dt>{label}</dt><dd>{paragraphs(&text)}</dd></div> }
            });
            view! { <dl class="facts written">{rows.collect_view()}</dl> }.into_any()
        }
    };
    view! { <details class="card more"><summary>{say::WRITTEN}</summary>{body}</details> }.into_any()
}

/// All clocks, each with its working.
#[component]
pub fn Clocks(clocks: Vec<Dated>) -> impl IntoView {
    let rows = clocks.into_iter().map(|dated| {
        let met = dated.clock.met_on.map(|on| view! { <p class="note">{say::met(on)}</p> });
        view! { <li><h3>{clock::step(dated.due.step)}</h3>{met}<DueDate due=dated.due /></li> }
    });
    let rows = rows.collect_view();
    view! {
        <details class="card more"><summary>{say::CLOCKS}</summary><ul class="plain-list">{rows}</ul></details>
    }
    .into_any()
}

/// Who opened it when.
#[component]
pub fn Looks(looks: Vec<Opening>) -> impl IntoView {
    let is_empty = looks.is_empty();
    let title = text::counted(say::LOOKS, looks.len());
    let rows = looks.into_iter().map(|look| {
        view! { <li>{text::moment(look.at)} " " {say::officer(look.officer)} " " {say::look(look.is_unmasking)}</li> }
    });
    let rows = rows.collect_view();
    view! {
        <details class="card more">
            <summary>{title}</summary>
            <p class="note">{say::LOOKS_NOTE}</p>
            {is_empty.then(|| view! { <p>{say::NO_LOOKS}</p> })}
            <ul class="plain-list looks">{rows}</ul>
        </details>
    }
    .into_any()
}
