//! The check before publication: what blocks it, and what an officer confirms one by one.

use leptos::prelude::*;

use crate::{
    domain::publication::{Kind, content::FieldFault},
    forms::field_id,
    ports::{Checks, Place, PlacedConcern, PlacedMark},
    text::{self, editing, redaction},
};

/// Name of the checkboxes by which marks are confirmed.
pub const CONFIRMED: &str = "confirmed";

/// The check's findings. Inside the form, so that confirmations are sent with it.
#[component]
pub fn CheckList(
    /// Which kind
    kind: Kind,
    /// What was found
    checks: Checks,
    /// Whether marks can be confirmed now
    editable: bool,
) -> impl IntoView {
    let is_clean = !checks.blocks() && checks.advice.is_empty() && checks.marks.is_empty();
    let gaps = checks.gaps.into_iter().map(|gap| self::gap(kind, gap)).collect_view();
    let numbers = checks
        .disagreements
        .iter()
        .map(|found| view! { <li class="fails">{redaction::disagreement(found)}</li> })
        .collect_view();
    let marks = checks.marks.into_iter().map(|placed| mark(kind, placed, editable)).collect_view();
    let concerns = checks.concerns.into_iter().map(|one| concern(one, editable)).collect_view();
    let advice = checks.advice.into_iter().map(|advice| view! { <li>{advice}</li> }).collect_view();
    view! {
        <section aria-labelledby="check" class="check card">
            <h2 id="check">{editing::CHECK}</h2>
            {is_clean.then(|| view! { <p>{editing::CHECK_CLEAN}</p> })}
            <ul class="plain-list">{gaps}{numbers}{marks}{concerns}{advice}</ul>
        </section>
    }
    .into_any()
}

fn gap(kind: Kind, gap: FieldFault) -> impl IntoView {
    let href = format!("#{}", field_id(gap.field));
    let label = text::label(kind, gap.field).to_owned();
    view! { <li class="fails"><a href=href>{label}</a> "：" {editing::fault(gap.fault)}</li> }
}

fn place(kind: Kind, place: &Place) -> String {
    match place {
        Place::Field("reason") => editing::REASON.to_owned(),
        Place::Field(name) => text::label(kind, name).to_owned(),
        Place::Attachment(name) => format!("{}“{name}”", editing::ATTACHMENTS),
    }
}

fn mark(kind: Kind, placed: PlacedMark, editable: bool) -> impl IntoView {
    let (sentence, context) = (redaction::mark(&placed.mark), placed.mark.context.clone());
    let blocks = placed.mark.datum.blocks();
    let class = if blocks || !placed.confirmed { "fails" } else { "holds" };
    view! {
        <li class=class>
            <p><strong>{place(kind, &placed.place)}</strong> "：" {sentence}</p>
            <p class="context">"……" {context} "……"</p>
            {if blocks {
                view! { <p>{editing::CANNOT_CONFIRM}</p> }.into_any()
            } else {
                view! { <Confirm key=placed.key confirmed=placed.confirmed editable=editable /> }.into_any()
            }}
        </li>
    }
}

fn concern(concern: PlacedConcern, editable: bool) -> impl IntoView {
    let class = if concern.confirmed { "holds" } else { "fails" };
    let confirmed = concern.confirmed;
    view! {
        <li class=class>
            <p><strong>{concern.file}</strong> "：" {concern.sentence}</p>
            {concern.key.map(|key| view! { <Confirm key=key confirmed=confirmed editable=editable /> })}
        </li>
    }
}

#[component]
fn Confirm(key: String, confirmed: bool, editable: bool) -> impl IntoView {
    let id = format!("confirm-{key}");
    view! {
        <p class="confirm">
            <input type="checkbox" id=id.clone() name=CONFIRMED value=key checked=confirmed disabled=!editable />
            <label for=id>{editing::CONFIRM}</label>
        </p>
    }
}
