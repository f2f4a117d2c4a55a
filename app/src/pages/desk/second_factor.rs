//! The second factor of one's own account.

use leptos::prelude::*;

use crate::{
    domain::staff::Viewer,
    forms::{ErrorSummary, Form, Kind, Submit, TextField},
    parts::{Crumb, DeskFrame, desk_refused, portal},
    ports::Account,
    text::desk as say,
};

/// A second factor that is offered, in context.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// The secret, for typing
    pub text: String,
    /// Side of the picture in modules
    pub side: usize,
    /// SVG path of its dark modules
    pub path: String,
    /// The secret sealed, for the form to carry
    pub sealed: String,
    /// The role must have one before it may do anything
    pub is_duty: bool,
}

/// Recovery codes to be shown this once, in context.
#[derive(Clone, Debug)]
pub struct NewCodes(pub Vec<String>);

/// Enrolling, or what to do with the one that is enrolled.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let (portal, viewer) = (portal(), expect_context::<Viewer>());
    let (enrolment, codes) = (use_context::<Enrolment>(), use_context::<NewCodes>());
    Suspend::new(async move {
        let inner = match (codes, enrolment) {
            (Some(codes), _) => view! { <Codes codes=codes.0 /> }.into_any(),
            (None, Some(enrolment)) => view! { <Enrol enrolment=enrolment /> }.into_any(),
            (None, None) => match portal.accounts.account(viewer.id).await {
                Ok(account) => view! { <Manage account=account /> }.into_any(),
                Err(error) => return desk_refused(&error),
            },
        };
        let crumbs = vec![Crumb::to("/desk/account", say::OWN_ACCOUNT), Crumb::here(say::SECOND_FACTOR)];
        view! { <DeskFrame title=say::SECOND_FACTOR crumbs=crumbs>{inner}</DeskFrame> }.into_any()
    })
}

#[component]
fn Codes(codes: Vec<String>) -> impl IntoView {
    view! {
        <h1>{say::RECOVERY}</h1>
        <p class="lead">{say::RECOVERY_LEAD}</p>
        <ul class="recovery card">{codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view()}</ul>
        <p><a class="button" href="/desk">{say::RECOVERY_DONE}</a></p>
    }
}

#[component]
fn Enrol(enrolment: Enrolment) -> impl IntoView {
    let Enrolment { text, side, path, sealed, is_duty } = enrolment;
    let area = format!("0 0 {side} {side}");
    view! {
        <ErrorSummary />
        <h1>{say::SECOND_FACTOR}</h1>
        {is_duty.then(|| view! { <p class="remark">{say::ENROL_DUTY}</p> })}
        <p class="lead">{say::ENROL_LEAD}</p>
        <ol class="reading">
            <li>{say::ENROL_1}</li>
            <li>{say::ENROL_2}</li>
            <li>{say::ENROL_3}</li>
        </ol>
        <div class="enrol">
            <svg class="qr" viewBox=area role="img" aria-label=say::PICTURE shape-rendering="crispEdges">
                <rect width=side.to_string() height=side.to_string() fill="#fff" />
                <path d=path fill="#000" />
            </svg>
            <p><strong>{say::SECRET}</strong> <code class="secret">{text}</code></p>
        </div>
        <Form action="/desk/account/second-factor">
            <input type="hidden" name="offer" value=sealed autocomplete="off" />
            <TextField name="code" label=say::CODE hint=say::CODE_HINT_FIRST autocomplete="one-time-code" kind=Kind::Code />
            <Submit label=say::ENROL />
        </Form>
    }
}

#[component]
fn Manage(account: Account) -> impl IntoView {
    view! {
        <ErrorSummary />
        <h1>{say::SECOND_FACTOR}</h1>
        <p>{say::ENROLLED} " · " {say::RECOVERY} {say::recovery_left(account.recovery_codes)}</p>
        <section aria-labelledby="codes">
            <h2 id="codes">{say::RECOVERY_NEW}</h2>
            <p class="lead">{say::RECOVERY_NEW_NOTE}</p>
            <Form action="/desk/account/recovery-codes">
                <TextField name="password" label=say::PRESENT_PASSWORD kind=Kind::Password autocomplete="current-password" />
                <Submit label=say::RECOVERY_NEW quiet=true />
            </Form>
        </section>
        <section aria-labelledby="remove">
            <h2 id="remove">{say::REMOVE}</h2>
            <p class="lead">{say::REMOVE_NOTE}</p>
            <Form action="/desk/account/second-factor/remove">
                <TextField name="present" label=say::PRESENT_PASSWORD kind=Kind::Password autocomplete="current-password" />
                <TextField name="code" label=say::CODE hint=say::CODE_HINT autocomplete="one-time-code" kind=Kind::Code />
                <Submit label=say::REMOVE_GO danger=true />
            </Form>
        </section>
    }
}
