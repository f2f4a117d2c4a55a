//! Forms of a case that keep what was typed only in the form that was sent.

use leptos::{context::Provider, prelude::*};

use super::CASES;
use crate::{
    domain::case::Act,
    forms::{Filled, Form, Submit, TextField},
    ports::CaseLine,
    text::{case, handling as say},
};

/// Name of a field of an act's form: no two forms of a page share one.
#[must_use]
pub fn field(act: Act, name: &str) -> String {
    format!("{}_{name}", act.code())
}

/// Whether this is the form that was sent and refused.
pub fn is_sent(code: &str) -> bool {
    let filled = Filled::current();
    filled.is_sent() && filled.value("do") == Some(code)
}

/// Its children see what was typed only where theirs is the form that was sent.
#[component]
pub fn Own(
    /// What the form's `do` is
    code: &'static str,
    children: Children,
) -> impl IntoView {
    let filled = if is_sent(code) { Filled::current() } else { Filled::default() };
    view! { <Provider value=filled>{children()}</Provider> }
}

/// An act that is opened, filled in, and sent.
#[component]
pub fn ActForm(act: Act, line: CaseLine, hint: &'static str, children: ChildrenFn) -> impl IntoView {
    let open = is_sent(act.code());
    let version = line.version.to_string();
    let action = format!("{CASES}/{}/act", line.id);
    let danger = matches!(act, Act::Refuse | Act::End | Act::DontFile | Act::DenyExtension);
    view! {
        <details class="card act" open=open>
            <summary>{case::act(act)}</summary>
            {(!hint.is_empty()).then(|| view! { <p class="note">{hint}</p> })}
            <Own code=act.code()>
                <Form action=action version=version>
                    <input type="hidden" name="do" value=act.code() />
                    {children()}
                    <Submit label=case::act(act) danger=danger />
                </Form>
            </Own>
        </details>
    }
    .into_any()
}

/// Number and state at the national platform.
#[component]
pub fn NationalForm(line: CaseLine) -> impl IntoView {
    let action = format!("{CASES}/{}/national", line.id);
    let version = line.version.to_string();
    let number = line.national_no.unwrap_or_default();
    let state = line.national_state.unwrap_or_default();
    view! {
        <section class="card" aria-labelledby="national">
            <h2 id="national">{say::NATIONAL}</h2>
            <p class="note">{say::NATIONAL_NOTE}</p>
            <Own code="national">
                <Form action=action version=version>
                    <input type="hidden" name="do" value="national" />
                    <TextField name="national_no" label=say::NATIONAL_NO value=number optional=true maxlength=40 />
                    <TextField name="national_state" label=say::NATIONAL_STATE value=state optional=true maxlength=40 />
                    <Submit label=say::NATIONAL_SAVE quiet=true />
                </Form>
            </Own>
        </section>
    }
    .into_any()
}
