//! The officer's entry for somebody at the counter, on the telephone, by letter: the same fields on one page, the same
//! receipt.

use leptos::prelude::*;

use super::{
    party::Describe,
    receipt::{Receipt, ReceiptView},
    story::{Bought, problems},
    who::{Persons, Privacy},
};
use crate::{
    domain::case::Source,
    forms::{Choice, ErrorSummary, Form, Item, Kind as Field, Select, Submit, TextArea, TextField},
    parts::{Crumb, DeskFrame, portal},
    text::{case, intake as say},
};

/// Token of the form, in context: what is sent with the same one is one case.
#[derive(Clone, Debug)]
pub struct CounterForm(pub String);

/// By which ways an officer enters a case.
pub const COUNTER_SOURCES: [Source; 6] =
    [Source::Counter, Source::Phone, Source::Letter, Source::Platform12315, Source::Hotline12345, Source::Other];

/// The form, or the receipt.
#[component]
pub fn CounterPage() -> impl IntoView {
    let title = if use_context::<ReceiptView>().is_some() { say::RECEIVED } else { say::COUNTER };
    let page = match use_context::<ReceiptView>() {
        Some(receipt) => view! {
            <Receipt receipt=receipt />
            <p class="note no-print">{say::PRINT}</p>
            <p class="buttons no-print">
                <a class="button" href="/desk/cases/new">{say::NEW_ONE}</a>
                <a class="button quiet" href="/desk/cases">{say::TO_CASES}</a>
            </p>
        }
        .into_any(),
        None => view! { <Entry /> }.into_any(),
    };
    view! {
        <DeskFrame title=title crumbs=vec![Crumb::here(say::COUNTER)]>
            <h1 tabindex="-1">{title}</h1>
            <div class="intake wide">{page}</div>
        </DeskFrame>
    }
    .into_any()
}

#[component]
fn Entry() -> impl IntoView {
    let token = use_context::<CounterForm>().map(|CounterForm(token)| token).unwrap_or_default();
    let kinds = say::KINDS.map(|(value, words)| Item::new(value, words)).to_vec();
    let sources = COUNTER_SOURCES.map(|source| Item::new(source.code(), case::source(source))).to_vec();
    let none = Item::new("", "");
    let problems = std::iter::once(none).chain(problems()).collect::<Vec<_>>();
    let bureau = portal().site.bureau.clone();
    view! {
        <p class="lead">{say::COUNTER_LEAD}</p>
        <ErrorSummary />
        <Form>
            <input type="hidden" name="token" value=token autocomplete="off" />
            <Choice name="source" label=say::SOURCE items=sources />
            <TextField name="national" label=say::NATIONAL hint=say::NATIONAL_HINT optional=true inputmode="numeric" />
            <Choice name="want" label=say::KIND items=kinds />
            <TextField name="operator_page" label=say::OPERATOR_ID hint=say::OPERATOR_ID_HINT optional=true />
            <Describe />
            <Select name="problem" label=say::PROBLEM items=problems />
            <TextArea name="story" label=say::STORY hint=say::STORY_HINT rows=7 />
            <TextArea name="clue" label=say::CLUE hint=say::CLUE_HINT rows=3 optional=true />
            <TextField name="day" label=say::DAY kind=Field::Date optional=true />
            <Bought />
            <TextArea name="request" label=say::REQUEST hint=say::REQUEST_HINT rows=3 optional=true />
            <Persons wanted=None />
            <Submit label=say::REGISTER />
        </Form>
        <Privacy bureau=bureau />
    }
    .into_any()
}
