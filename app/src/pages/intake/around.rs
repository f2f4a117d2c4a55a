//! What stands around each page of the way: title, progress, form with its buttons, what becomes of what was typed.

use leptos::prelude::*;

use super::IntakeView;
use crate::{
    assets::Scripts,
    domain::intake::Step,
    forms::{ErrorSummary, Filled, Form, Submit},
    islands::{DraftKeeper, KeeperWords},
    parts::{Crumb, Frame, PrivateHead},
    text::intake as say,
};

/// HTML `id` of every step's form.
pub(super) const FORM: &str = "intake";

/// Title, head, foot; no search box that would take the eye.
#[component]
pub fn Around(
    /// Title
    #[prop(into)]
    title: String,
    /// The page
    children: Children,
) -> impl IntoView {
    view! {
        <PrivateHead title=format!("{title}_{}", say::TITLE) />
        <Frame crumbs=vec![Crumb::to("/cases/new", say::TITLE), Crumb::here(&title)] search=false>
            <div class="intake">{children()}</div>
        </Frame>
    }
}

/// Progress and heading. The heading takes the focus, unless the errors do.
#[component]
pub fn Heading() -> impl IntoView {
    let view = IntakeView::current();
    let progress = view.step.progress(view.draft.wanted());
    let takes_focus = view.step != Step::What && !Filled::current().is_refused();
    let (number, of) = (progress.number.to_string(), progress.of.to_string());
    view! {
        <p class="progress">
            <progress value=number max=of aria-hidden="true"></progress>
            <span>{say::progress(progress)}</span>
        </p>
        <ErrorSummary />
        <h1 tabindex="-1" autofocus=takes_focus>{view.heading()}</h1>
    }
    .into_any()
}

/// A step's page with its form; buttons lead on and back, and keep what was typed either way.
#[component]
pub fn StepForm(
    /// Above the form
    #[prop(optional, into)]
    lead: String,
    /// The main button's words, where it is not 继续
    #[prop(optional, into)]
    next: String,
    /// It has files
    #[prop(optional)]
    multipart: bool,
    /// Fields
    children: Children,
) -> impl IntoView {
    let view = IntakeView::current();
    let next = match (next.is_empty(), view.then_check) {
        (false, _) => next,
        (true, true) => say::TO_CHECK.to_owned(),
        (true, false) => say::NEXT.to_owned(),
    };
    let then = view.then_check.then(|| view! { <input type="hidden" name="then" value="check" autocomplete="off" /> });
    view! {
        <Around title=view.heading()>
            <Heading />
            {(!lead.is_empty()).then(|| view! { <p class="lead">{lead}</p> })}
            <Form id=FORM action=view.step.path() multipart=multipart>
                {then}
                {children()}
                <div class="buttons">
                    <Submit label=next name="go" value="next" />
                    <Submit label=say::BACK name="go" value="back" quiet=true />
                </div>
            </Form>
            <Kept step=view.step />
        </Around>
        <Scripts />
    }
    .into_any()
}

/// What becomes of what was typed.
#[component]
pub fn Kept(step: Step) -> impl IntoView {
    let words = KeeperWords { saved: say::SAVED.into(), unsaved: say::UNSAVED.into() };
    let address = format!("/cases/new/keep/{}", step.code());
    view! {
        <aside class="kept-note">
            <DraftKeeper form=FORM.to_owned() address=address words=words />
            <p class="note">{say::KEPT}</p>
            <p class="note">{say::ALSO}</p>
            <Form action="/cases/new/discard"><Submit label=say::DISCARD quiet=true /></Form>
        </aside>
    }
    .into_any()
}
