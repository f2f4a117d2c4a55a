//! The receipt: numbers, query code, dates, what comes next. For citizens, and for officers who hand it over.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{IntakeMessage, MessagePage, around::Around};
use crate::{
    domain::{case::Kind, clock::Due},
    forms::{Form, Submit},
    pages::objections::DueDate,
    parts::portal,
    text::{self, clock, intake as say},
};

/// One case of the receipt.
#[derive(Clone, Debug)]
pub struct HalfShown {
    /// Number
    pub number: String,
    /// What it is
    pub kind: Kind,
    /// Until when the first step is due
    pub due: Due,
}

/// The receipt, in context.
#[derive(Clone, Debug)]
pub struct ReceiptView {
    /// One case or two
    pub halves: Vec<HalfShown>,
    /// Query code in groups; none after the hour
    pub code: Option<String>,
    /// When it was taken
    pub at: DateTime<Utc>,
    /// QR code of address and numbers: side in modules, path of dark ones
    pub picture: (usize, String),
}

/// The citizen's receipt.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let Some(receipt) = use_context::<ReceiptView>() else {
        provide_context(IntakeMessage { words: say::NO_DRAFT, ways: vec![("/cases/new", say::TITLE)] });
        return view! { <MessagePage /> }.into_any();
    };
    view! {
        <Around title=say::RECEIVED>
            <h1 tabindex="-1" autofocus>{say::RECEIVED}</h1>
            <Receipt receipt=receipt />
            <Form action="/cases/new/saved">
                <p class="note">{say::KEPT_NOTE}</p>
                <Submit label=say::KEPT_BUTTON />
            </Form>
            <p class="note no-print">{say::PRINT}</p>
        </Around>
    }
    .into_any()
}

/// What is printed.
#[component]
pub(super) fn Receipt(receipt: ReceiptView) -> impl IntoView {
    let ReceiptView { halves, code, at, picture } = receipt;
    let bureau = portal().site.bureau.clone();
    let is_two = halves.len() > 1;
    let kinds: Vec<Kind> = halves.iter().map(|half| half.kind).collect();
    let code = match code {
        Some(code) => view! {
            <p class="code-line">{say::CODE} "：" <code class="secret">{code}</code></p>
            <p><strong>{say::CODE_ONCE}</strong></p>
            <p class="note">{say::CODE_ALOUD}</p>
        }
        .into_any(),
        None => view! { <p class="note">{say::CODE_GONE}</p> }.into_any(),
    };
    view! {
        <section class="card receipt">
            {is_two.then(|| view! { <p>{say::TWO}</p> })}
            {halves.into_iter().map(|half| view! { <Half half=half /> }).collect_view()}
            {code}
            <p class="meta">
                <span>{say::RECEIVED_AT}<time datetime=at.to_rfc3339()>{text::moment(at)}</time></span>
                {(!bureau.is_empty()).then(|| view! { <span>{say::RECEIVED_BY}{bureau}</span> })}
            </p>
            <Picture picture=picture />
        </section>
        {kinds.into_iter().map(|kind| view! { <Afterwards kind=kind named=is_two /> }).collect_view()}
        <p class="note">{say::ALSO_12315}</p>
    }
    .into_any()
}

#[component]
fn Half(half: HalfShown) -> impl IntoView {
    let basis = clock::basis(&half.due.basis);
    view! {
        <div class="half">
            <p>{say::kind_words(half.kind)}{say::NUMBER} "：" <code class="secret">{half.number}</code></p>
            <p class="note">{clock::step(half.due.step)} " · " {basis}</p>
            <DueDate due=half.due />
        </div>
    }
    .into_any()
}

#[component]
fn Picture(picture: (usize, String)) -> impl IntoView {
    let (side, path) = picture;
    (side > 0).then(|| {
        let area = format!("0 0 {side} {side}");
        view! {
            <figure class="qr-figure">
                <svg class="qr" viewBox=area role="img" aria-label=say::PICTURE shape-rendering="crispEdges">
                    <rect width=side.to_string() height=side.to_string() fill="#fff" />
                    <path d=path fill="#000" />
                </svg>
                <figcaption class="note">{say::PICTURE_NOTE}</figcaption>
            </figure>
        }
        .into_any()
    })
}

#[component]
fn Afterwards(kind: Kind, named: bool) -> impl IntoView {
    let heading =
        if named { format!("{}：{}", say::AFTERWARDS, say::kind_words(kind)) } else { say::AFTERWARDS.to_owned() };
    let steps = say::next_steps(kind).map(|step| view! { <li>{step}</li> });
    view! { <section><h2 class="small">{heading}</h2><ul>{steps}</ul></section> }.into_any()
}
