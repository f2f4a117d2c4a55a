//! What the operator's and the desk's pages share.

use leptos::prelude::*;

use crate::{
    domain::clock::Due,
    ports::{Said, Subject},
    text::{self, clock, objection as say},
};

/// A date that is due, whether it is an estimate, and why it is this one.
#[component]
pub fn DueDate(due: Due, #[prop(optional, into)] left: Option<String>) -> impl IntoView {
    let lines = clock::explain(&due).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let estimate = clock::estimate(&due).into_iter().map(|line| view! { <p class="note">{line}</p> }).collect_view();
    view! {
        <div class="due">
            <p><strong>{clock::headline(&due)}</strong> {left.map(|left| view! { " " <span class="state other">{left}</span> })}</p>
            {estimate}
            <details>
                <summary>{say::WHY}</summary>
                <p>{clock::limit(&due)}</p>
                <ol class="plain-list">{lines}</ol>
                <p>{clock::basis(&due.basis)}</p>
            </details>
        </div>
    }
    .into_any()
}

/// The publication that a case is about.
#[component]
pub fn About(subject: Subject) -> impl IntoView {
    let kind = text::publication_kind(subject.kind);
    let href = format!("/{}/{}", subject.kind.folder(), subject.id);
    let said = if subject.is_public {
        view! { <a href=href>{subject.title}</a> }.into_any()
    } else {
        view! { <span>{say::NOT_PUBLIC}</span> }.into_any()
    };
    view! { <p>{say::ABOUT} {said} " " <span class="note">"（" {kind} "）"</span></p> }
}

/// Plain text in paragraphs.
pub fn paragraphs(plain: &str) -> impl IntoView + use<> {
    let lines = plain.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()
}

/// Questions, answers, reasons.
#[component]
pub fn Conversation(said: Vec<Said>) -> impl IntoView {
    let lines = said.iter().map(|said| {
        view! {
            <li class="card">
                <p class="meta"><strong>{say::speaker(said.by)}</strong><time datetime=said.at.to_rfc3339()>{text::moment(said.at)}</time></p>
                <div class="prose">{paragraphs(&said.text)}</div>
            </li>
        }
    });
    let lines = lines.collect_view();
    (!said.is_empty()).then(|| {
        view! {
            <section aria-labelledby="said">
                <h2 id="said">{say::SAID}</h2>
                <ol class="plain-list">{lines}</ol>
            </section>
        }
        .into_any()
    })
}
