//! Who asks. A complaint needs name, telephone and post address (order 121 art. 10); a report needs none of it.

use leptos::prelude::*;

use super::{IntakeView, around::StepForm};
use crate::{
    domain::case::Wanted,
    forms::{Choice, Filled, Item, Kind as Field, TextArea, TextField},
    parts::portal,
    text::intake as say,
};

/// Items of three parts.
fn items<const N: usize>(choices: [(&'static str, &'static str, &'static str); N]) -> Vec<Item> {
    choices.into_iter().map(|(value, words, hint)| Item::new(value, words).hint(hint)).collect()
}

/// Who asks.
#[component]
pub fn WhoPage() -> impl IntoView {
    let wanted = IntakeView::current().draft.wanted();
    let bureau = portal().site.bureau.clone();
    view! {
        <StepForm>
            <Persons wanted=wanted />
            <Privacy bureau=bureau />
        </StepForm>
    }
    .into_any()
}

/// Fields of whoever asks, and of whoever asks for them.
#[component]
pub(super) fn Persons(
    /// What is wanted; the officer's entry does not know it yet
    wanted: Option<Wanted>,
) -> impl IntoView {
    let may_be_anonymous = wanted.is_none_or(|wanted| !wanted.complaint);
    let may_be_joint = wanted.is_none_or(|wanted| wanted.complaint);
    let news = say::NEWS_CHOICES.map(|(value, words)| Item::new(value, words)).to_vec();
    view! {
        {may_be_anonymous.then(|| view! {
            <Choice name="anonymous" label=say::ANONYMOUS items=items(say::ANONYMOUS_CHOICES) value="no" />
        })}
        <div class="named">
            <TextField name="name" label=say::NAME autocomplete="name" />
            <TextField name="phone" label=say::PHONE kind=Field::Tel autocomplete="tel" />
            {if may_be_joint {
                view! { <TextField name="address" label=say::ADDRESS hint=say::ADDRESS_HINT autocomplete="street-address" /> }.into_any()
            } else {
                view! { <TextField name="address" label=say::ADDRESS optional=true autocomplete="street-address" /> }.into_any()
            }}
            <TextField name="mail" label=say::MAIL kind=Field::Email optional=true autocomplete="email" />
            <Choice name="agent" label=say::AGENT items=items(say::AGENT_CHOICES) value="no" />
            <div class="of-agent">
                <TextField name="agent_name" label=say::AGENT_NAME />
                <TextField name="agent_phone" label=say::AGENT_PHONE kind=Field::Tel />
                <TextField name="agent_address" label=say::AGENT_ADDRESS />
            </div>
            {may_be_joint.then(|| view! { <Joint /> })}
        </div>
        {may_be_anonymous.then(|| view! { <Choice name="news" label=say::NEWS items=news value="yes" /> })}
    }
    .into_any()
}

/// Several who ask together (art. 12).
#[component]
fn Joint() -> impl IntoView {
    let filled = Filled::current();
    let is_open = !filled.text("joint").is_empty() || filled.error("joint").is_some();
    view! {
        <details open=is_open>
            <summary>{say::JOINT}</summary>
            <TextArea name="joint" label=say::JOINT_NAMES hint=say::JOINT_HINT rows=3 optional=true />
        </details>
    }
    .into_any()
}

/// What becomes of personal data: told, not asked (PIPL art. 13, 17, 35).
#[component]
pub(super) fn Privacy(bureau: String) -> impl IntoView {
    let bureau = if bureau.is_empty() { say::BUREAU.to_owned() } else { bureau };
    let [first, rest @ ..] = say::PRIVACY_TEXT;
    view! {
        <section class="card privacy" aria-labelledby="privacy">
            <h2 id="privacy" class="small">{say::PRIVACY}</h2>
            <p>{bureau}{first}</p>
            {rest.map(|text| view! { <p>{text}</p> })}
        </section>
    }
    .into_any()
}
