//! Looking a case up, saying more, taking it back.

use leptos::prelude::*;

use super::{
    Around,
    shared::{About, Conversation, DueDate, paragraphs},
};
use crate::{
    domain::objection::{Command, Kind, State},
    forms::{ErrorSummary, Form, Kind as Field, Submit, TextArea, TextField},
    ports::ObjectionCase,
    text::{self, objection as say},
};

/// The case that number and code opened, in context; both are given back with each step.
#[derive(Clone, Debug)]
pub struct CaseShown {
    /// The case
    pub case: ObjectionCase,
    /// Query code as typed
    pub code: String,
    /// A step was just done
    pub done: bool,
}

/// The form, or the case.
#[component]
pub fn StatusPage() -> impl IntoView {
    match use_context::<CaseShown>() {
        Some(shown) => view! { <Case shown=shown /> }.into_any(),
        None => view! {
            <Around title=say::STATUS>
                <h1>{say::STATUS}</h1>
                <p class="note">{say::STATUS_LEAD}</p>
                <ErrorSummary />
                <Form action="/objections/status">
                    <TextField name="number" label=say::NUMBER maxlength=40 />
                    <TextField name="code" label=say::CODE kind=Field::Code maxlength=60 />
                    <Submit label=say::LOOK name="do" value="look" />
                </Form>
                <p class="after-form note">{say::OTHER}</p>
            </Around>
        }
        .into_any(),
    }
}

#[component]
fn Case(shown: CaseShown) -> impl IntoView {
    let CaseShown { case, code, done } = shown;
    let line = case.line.clone();
    let state = say::state(line.objection.kind, line.objection.state, line.is_corrected);
    let title = format!("{} {}", say::kind(line.objection.kind), line.number);
    let own = case.public_text.is_none().then(|| case.statement.clone()).flatten();
    view! {
        <Around title=title.clone()>
            <h1>{title}</h1>
            {done.then(|| view! { <p class="card" role="status">{say::DONE}</p> })}
            <ErrorSummary />
            <section class="card">
                <About subject=line.subject.clone() />
                <p><strong>{state}</strong></p>
                <p class="meta">
                    <span>{say::RECEIVED_ON}{text::moment(line.received_at)}</span>
                    {line.decided_at.map(|at| view! { <span>{say::DECIDED_ON}{text::moment(at)}</span> })}
                </p>
                {line.due.clone().map(|due| view! { <DueDate due=due /> })}
            </section>
            {case.public_text.as_ref().map(|plain| view! {
                <section><h2>{say::PUBLIC_TEXT}</h2><div class="prose">{paragraphs(plain)}</div></section>
            })}
            {own.map(|plain| view! {
                <section><h2>{say::YOUR_TEXT}</h2><div class="prose">{paragraphs(&plain)}</div></section>
            })}
            <Conversation said=case.said.clone() />
            <Steps case=case code=code />
        </Around>
    }
    .into_any()
}

#[component]
fn Steps(case: ObjectionCase, code: String) -> impl IntoView {
    let objection = case.line.objection;
    let may_add = matches!(objection.state, State::Received | State::Asked);
    let may_withdraw = objection.state.is_open() || (objection.kind, objection.state) == (Kind::Reply, State::Accepted);
    let version = case.line.version.to_string();
    let (number, key) = (case.line.number.clone(), code);
    let key = move || {
        view! {
            <input type="hidden" name="number" value=number.clone() autocomplete="off" />
            <input type="hidden" name="code" value=key.clone() autocomplete="off" />
        }
    };
    let key_again = key.clone();
    let text = case.statement.unwrap_or_default();
    let is_reply = objection.kind == Kind::Reply;
    view! {
        {may_add.then(|| view! {
            <section aria-labelledby="supplement" class="no-print">
                <h2 id="supplement">{say::SUPPLEMENT}</h2>
                <Form action="/objections/status" version=version.clone()>
                    {key_again()}
                    {is_reply.then(|| view! { <TextArea name="statement" label=say::NEW_STATEMENT hint=say::NEW_STATEMENT_HINT value=text.clone() /> })}
                    <TextArea name="said" label=say::ANSWER hint=say::ANSWER_HINT rows=5 optional=is_reply />
                    <Submit label=say::SEND_SUPPLEMENT name="do" value=Command::Supplement.code() />
                </Form>
            </section>
        })}
        {may_withdraw.then(|| view! {
            <section aria-labelledby="withdraw" class="no-print">
                <h2 id="withdraw">{say::WITHDRAW}</h2>
                <p>{say::WITHDRAW_HINT}</p>
                <Form action="/objections/status" version=version.clone()>
                    {key()}
                    <Submit label=say::WITHDRAW_NOW name="do" value=Command::Withdraw.code() danger=true />
                </Form>
            </section>
        })}
    }
    .into_any()
}
