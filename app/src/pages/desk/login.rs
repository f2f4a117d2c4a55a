//! Signing in: name and password, then the code; choosing a password with a set-up link.

use leptos::prelude::*;

use crate::{
    forms::{ErrorSummary, Form, Kind, Submit, TextField},
    parts::DeskFrame,
    text::desk as say,
};

/// Where to go after signing in, in context.
#[derive(Clone, Debug, Default)]
pub struct CodeNext(pub String);

/// How long a password must be, in context.
#[derive(Clone, Copy, Debug)]
pub struct PasswordRule {
    /// Characters
    pub length: u32,
    /// Characters of one that mixes kinds
    pub mixed: u32,
    /// Kinds that it mixes
    pub kinds: u32,
}

impl PasswordRule {
    /// As a sentence.
    pub(super) fn sentence() -> String {
        use_context::<Self>().map(|rule| say::password_rule(rule.length, rule.mixed, rule.kinds)).unwrap_or_default()
    }
}

/// Whose password is chosen with which link, in context; none where the link is not good.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// Name of the account
    pub name: String,
    /// The link's token
    pub link: String,
}

#[component]
fn Next() -> impl IntoView {
    let next = use_context::<CodeNext>().unwrap_or_default().0;
    (!next.is_empty()).then(|| view! { <input type="hidden" name="next" value=next /> })
}

/// Name and password.
#[component]
pub fn LoginPage() -> impl IntoView {
    view! {
        <DeskFrame title=say::SIGN_IN>
            <ErrorSummary />
            <h1>{say::SIGN_IN}</h1>
            <p class="lead">{say::SIGN_IN_LEAD}</p>
            <Form action="/desk/login">
                <Next />
                <TextField name="name" label=say::NAME autocomplete="username" />
                <TextField name="password" label=say::PASSWORD kind=Kind::Password autocomplete="current-password" />
                <Submit label=say::GO_ON />
            </Form>
            <p class="note after-form">{say::FORGOTTEN}</p>
        </DeskFrame>
    }
}

/// The code.
#[component]
pub fn CodePage() -> impl IntoView {
    view! {
        <DeskFrame title=say::CODE_TITLE>
            <ErrorSummary />
            <h1>{say::CODE_TITLE}</h1>
            <Form action="/desk/login/code">
                <Next />
                <TextField name="code" label=say::CODE hint=say::CODE_HINT autocomplete="one-time-code" kind=Kind::Code />
                <Submit label=say::SIGN_IN />
            </Form>
        </DeskFrame>
    }
}

/// A password for a new or reset account.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let Some(SetUp { name, link }) = use_context::<SetUp>() else {
        return view! {
            <DeskFrame title=say::LINK_GONE>
                <section class="message"><h1>{say::LINK_GONE}</h1><p>{say::LINK_GONE_WHY}</p></section>
            </DeskFrame>
        }
        .into_any();
    };
    view! {
        <DeskFrame title=say::SET_UP>
            <ErrorSummary />
            <h1>{say::SET_UP}</h1>
            <Form action="/desk/setup">
                <input type="hidden" name="link" value=link autocomplete="off" />
                <TextField name="name" label=say::NAME value=name.clone() autocomplete="username" readonly=true />
                <NewPassword />
                <Submit label=say::SAVE_PASSWORD />
            </Form>
        </DeskFrame>
    }
    .into_any()
}

/// A new password, twice.
#[component]
pub fn NewPassword() -> impl IntoView {
    view! {
        <TextField
            name="new"
            label=say::NEW_PASSWORD
            hint=PasswordRule::sentence()
            kind=Kind::Password
            autocomplete="new-password"
        />
        <TextField name="again" label=say::AGAIN kind=Kind::Password autocomplete="new-password" />
    }
}
