//! Filing a case, and the receipt.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    Around,
    shared::{About, DueDate},
};
use crate::{
    domain::{clock::Due, objection::Kind},
    forms::{Choice, ErrorSummary, Form, Item, Kind as Field, Submit, TextArea, TextField},
    parts::{Request, portal, refused},
    ports::{PortError, Subject},
    text::objection as say,
};

/// Token of a new form, in context: what is sent with the same one is one case.
#[derive(Clone, Debug)]
pub struct FormToken(pub String);

/// The receipt, in context after a case was taken.
#[derive(Clone, Debug)]
pub struct ReceiptShown {
    /// Number
    pub number: String,
    /// Query code; none when it was shown before
    pub code: Option<String>,
    /// Until when it is answered
    pub due: Option<Due>,
    /// What it is about
    pub subject: Subject,
}

/// The form, or the receipt.
#[component]
pub fn FilePage() -> impl IntoView {
    let (portal, request) = (portal(), Request::current());
    let (receipt, token) = (use_context::<ReceiptShown>(), use_context::<FormToken>());
    Suspend::new(async move {
        if let Some(receipt) = receipt {
            return view! { <Receipt receipt=receipt /> }.into_any();
        }
        let publication = request.get("publication").and_then(|id| Uuid::try_parse(id).ok());
        let subject = match publication {
            Some(id) => portal.objections.subject(id).await,
            None => Err(PortError::NotFound),
        };
        let subject = match subject {
            Ok(subject) => subject,
            Err(error) => return refused(&error),
        };
        let bureau = portal.site.bureau.clone();
        // a broken token is not kept: the form gets a new one
        let token = token.map(|FormToken(token)| token).unwrap_or_default();
        view! { <Filing subject=subject token=token bureau=bureau /> }.into_any()
    })
}

#[component]
fn Filing(subject: Subject, token: String, bureau: String) -> impl IntoView {
    let kinds = Kind::ALL.map(|kind| Item::new(kind.code(), say::kind(kind)).hint(say::kind_hint(kind)));
    let action = format!("/objections/new?publication={}", subject.id);
    view! {
        <Around title=say::TITLE>
            <h1>{say::TITLE}</h1>
            <About subject=subject />
            <p class="note">{say::LEAD}</p>
            <ErrorSummary />
            <Form action=action>
                <input type="hidden" name="token" value=token autocomplete="off" />
                <Choice name="kind" label=say::KIND items=kinds.to_vec() />
                <TextField name="operator" label=say::OPERATOR hint=say::OPERATOR_HINT maxlength=100 autocomplete="organization" />
                <TextArea name="statement" label=say::STATEMENT hint=say::STATEMENT_HINT rows=10 />
                <h2>{say::CONTACT}</h2>
                <TextField name="name" label=say::NAME maxlength=50 autocomplete="name" />
                <TextField name="phone" label=say::PHONE kind=Field::Tel maxlength=40 autocomplete="tel" />
                <TextField name="mail" label=say::MAIL kind=Field::Email optional=true maxlength=254 autocomplete="email" />
                <TextField name="address" label=say::ADDRESS optional=true maxlength=200 autocomplete="street-address" />
                <Privacy bureau=bureau />
                <Submit label=say::SEND />
            </Form>
            <p class="after-form"><a href="/objections/status">{say::TO_STATUS}</a></p>
        </Around>
    }
    .into_any()
}

/// What becomes of the contact data: told, not asked (PIPL art. 13, 17, 35).
#[component]
fn Privacy(bureau: String) -> impl IntoView {
    let bureau = if bureau.is_empty() { say::BUREAU.to_owned() } else { bureau };
    let [first, rest @ ..] = say::PRIVACY_TEXT;
    view! {
        <section class="card" aria-labelledby="privacy">
            <h2 id="privacy">{say::PRIVACY}</h2>
            <p>{bureau}{first}</p>
            {rest.map(|text| view! { <p>{text}</p> })}
        </section>
    }
}

#[component]
fn Receipt(receipt: ReceiptShown) -> impl IntoView {
    let code = match receipt.code {
        Some(code) => view! {
            <p>{say::CODE} "：" <code class="secret">{code}</code></p>
            <p class="deadline">{say::CODE_ONCE}</p>
        }
        .into_any(),
        None => view! { <p class="note">{say::CODE_GONE}</p> }.into_any(),
    };
    view! {
        <Around title=say::RECEIVED>
            <h1>{say::RECEIVED}</h1>
            <section class="card">
                <About subject=receipt.subject />
                <p>{say::NUMBER} "：" <code class="secret">{receipt.number}</code></p>
                {code}
                {receipt.due.map(|due| view! { <DueDate due=due /> })}
            </section>
            <h2>{say::NEXT}</h2>
            <ul>{say::NEXT_STEPS.map(|step| view! { <li>{step}</li> })}</ul>
            <p><a class="button" href="/objections/status">{say::TO_STATUS}</a></p>
        </Around>
    }
    .into_any()
}
