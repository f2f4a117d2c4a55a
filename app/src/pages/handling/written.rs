//! What was written, who asks, what was handed in.

use leptos::prelude::*;
use uuid::Uuid;

use super::CASES;
use crate::{
    domain::case::Content,
    forms::{Form, Submit},
    pages::objections::paragraphs,
    ports::{CaseFile, CaseSheet, Person},
    text::{self, handling as say},
};

/// What was written.
#[component]
pub fn Written(content: Option<Content>, is_hidden: bool) -> impl IntoView {
    let body = match content {
        Some(content) => view! { <Filled content=content /> }.into_any(),
        None if is_hidden => view! { <p class="note">{say::HIDDEN}</p> }.into_any(),
        None => view! { <p class="note">{say::FORGOTTEN}</p> }.into_any(),
    };
    view! {
        <section aria-labelledby="written">
            <h2 id="written">{say::WRITTEN}</h2>
            {body}
        </section>
    }
}

#[component]
fn Filled(content: Content) -> impl IntoView {
    let (party, purchase) = (content.party, content.purchase);
    let rows = [
        (say::PARTY, party.name),
        (say::PARTY_ADDRESS, party.address),
        (say::PLATFORM, party.platform),
        (say::SHOP, party.shop),
        (say::PRODUCT, purchase.product),
        (say::LOT, purchase.lot),
        (say::BOUGHT_ON, purchase.on.map(text::day).unwrap_or_default()),
        (say::AMOUNT, purchase.amount),
        (say::ORDER, purchase.order),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = rows.map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).collect_view();
    let request = (!content.request.is_empty()).then(|| {
        view! { <h3>{say::REQUEST}</h3><div class="prose card">{paragraphs(&content.request)}</div> }
    });
    view! {
        <dl class="facts">{rows}</dl>
        <h3>{say::STORY}</h3>
        <div class="prose card">{paragraphs(&content.story)}</div>
        {request}
    }
}

/// Masked until the case's officer asks; asking is written down.
#[component]
pub fn Persons(sheet: CaseSheet, revealed: Option<Vec<Person>>, is_own: bool) -> impl IntoView {
    let line = &sheet.line;
    let is_masked = revealed.is_none();
    let persons = revealed.unwrap_or(sheet.persons);
    let is_anonymous = line.is_anonymous;
    let no_news = (!line.wants_news && line.case.kind == crate::domain::case::Kind::Report)
        .then(|| view! { <p class="note">{say::NO_NEWS}</p> });
    let id = line.id;
    let asks = (is_masked && !persons.is_empty()).then(|| reveal(id, is_own));
    let persons = persons.into_iter().map(person).collect_view();
    view! {
        <section aria-labelledby="persons" class="card">
            <h2 id="persons">{say::PERSONS}</h2>
            {is_anonymous.then(|| view! { <p>{say::ANONYMOUS}</p> })}
            {persons}
            {no_news}
            {asks}
        </section>
    }
}

fn reveal(id: Uuid, is_own: bool) -> AnyView {
    if !is_own {
        return view! { <p class="note">{say::REVEAL_OWN}</p> }.into_any();
    }
    view! {
        <p class="note">{say::REVEAL_NOTE}</p>
        <Form action=format!("{CASES}/{id}/reveal")><Submit label=say::REVEAL quiet=true /></Form>
    }
    .into_any()
}

fn person(person: Person) -> impl IntoView {
    let contact = person.contact;
    let rows = [
        (say::NAME, contact.name),
        (say::PHONE, contact.phone),
        (say::ADDRESS, contact.address),
        (say::MAIL, contact.mail),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = rows.map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).collect_view();
    view! { <h3>{say::role(&person.role)}</h3><dl class="facts">{rows}</dl> }
}

/// What was handed in, downloaded by the case's officer.
#[component]
pub fn Files(id: Uuid, files: Vec<CaseFile>) -> impl IntoView {
    let is_empty = files.is_empty();
    let rows = files.into_iter().map(|file| {
        let ready = file.kind.map(say::file_kind);
        let name = match ready {
            Some(_) => view! { <a href=format!("{CASES}/{id}/files/{}", file.id)>{file.name}</a> }.into_any(),
            None => file.name.into_any(),
        };
        view! {
            <li class="card">
                <p>{name}</p>
                <p class="meta">
                    <span>{ready.unwrap_or(say::NOT_READY)}</span>
                    <span>{say::size(file.bytes)}</span>
                    <span>{say::side(file.side)}</span>
                    <span>{text::moment(file.at)}</span>
                </p>
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
                view! { <ul class="plain-list">{rows}</ul> }.into_any()
            }}
        </section>
    }
}
