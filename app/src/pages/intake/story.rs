//! Which problem, what happened, what is asked for.

use leptos::prelude::*;

use super::{IntakeView, around::StepForm};
use crate::{
    domain::case::Problem,
    forms::{Choice, Item, Kind as Field, TextArea, TextField},
    text::{self, intake as say},
};

/// Kinds of problem, as forms show them.
pub(super) fn problems() -> Vec<Item> {
    Problem::ALL.iter().map(|one| Item::new(one.code(), text::case::problem(*one))).collect()
}

/// Which problem.
#[component]
pub fn ProblemPage() -> impl IntoView {
    view! {
        <StepForm>
            <div class="two-columns"><Choice name="problem" label=say::PROBLEM items=problems() /></div>
        </StepForm>
    }
    .into_any()
}

/// What happened.
#[component]
pub fn StoryPage() -> impl IntoView {
    let wanted = IntakeView::current().draft.wanted();
    let is_both = wanted.is_some_and(|wanted| wanted.complaint && wanted.report);
    view! {
        <StepForm>
            <TextArea name="story" label=say::STORY hint=say::STORY_HINT rows=7 />
            {is_both.then(|| view! { <TextArea name="clue" label=say::CLUE hint=say::CLUE_HINT rows=4 optional=true /> })}
            <TextField name="day" label=say::DAY kind=Field::Date optional=true />
            <Bought />
        </StepForm>
    }
    .into_any()
}

/// What it was about; all of it may be left open.
#[component]
pub fn Bought() -> impl IntoView {
    view! {
        <fieldset class="group">
            <legend><h2 class="small">{say::BOUGHT}</h2></legend>
            <TextField name="product" label=say::PRODUCT optional=true />
            <TextField name="lot" label=say::LOT optional=true />
            <TextField name="amount" label=say::AMOUNT optional=true />
            <TextField name="order" label=say::ORDER optional=true />
        </fieldset>
    }
    .into_any()
}

/// What is asked for.
#[component]
pub fn RequestPage() -> impl IntoView {
    view! {
        <StepForm>
            <TextArea name="request" label=say::REQUEST hint=say::REQUEST_HINT rows=5 />
        </StepForm>
    }
    .into_any()
}
