//! What stands around every field: label, hint, error.

use leptos::prelude::*;

use super::Filled;
use crate::text::desk;

/// Id of a field's input, to which the error summary leads.
#[must_use]
pub fn field_id(name: &str) -> String {
    format!("f-{name}")
}

/// Id of a field's error.
#[must_use]
pub fn error_id(name: &str) -> String {
    format!("f-{name}-error")
}

fn hint_id(name: &str) -> String {
    format!("f-{name}-hint")
}

/// How one field is described: everything that stands beside its input.
#[derive(Clone)]
pub(super) struct Around {
    pub name: String,
    pub label: String,
    pub hint: String,
    pub optional: bool,
    pub error: Option<String>,
}

impl Around {
    pub fn new(name: &str, label: String, hint: String, optional: bool) -> Self {
        let error = Filled::current().error(name).map(str::to_owned);
        Self { name: name.to_owned(), label, hint, optional, error }
    }

    /// Value of `aria-describedby`: the hint, then the error.
    pub fn described_by(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| hint_id(&self.name));
        let error = self.error.is_some().then(|| error_id(&self.name));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Value of `aria-invalid`.
    pub fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    fn class(&self) -> &'static str {
        if self.error.is_some() { "field wrong" } else { "field" }
    }

    fn words(&self) -> impl IntoView + use<> {
        let optional = self.optional.then(|| view! { <span class="optional">{desk::OPTIONAL}</span> });
        view! { {self.label.clone()} {optional} }
    }

    fn beside(&self) -> impl IntoView + use<> {
        let hint =
            (!self.hint.is_empty()).then(|| view! { <p class="hint" id=hint_id(&self.name)>{self.hint.clone()}</p> });
        let error = self.error.clone().map(|error| {
            view! { <p class="error" id=error_id(&self.name)><span class="sr-only">{desk::ERROR}</span>{error}</p> }
        });
        view! { {hint} {error} }
    }

    /// Label, hint and error around one input.
    pub fn one(&self, input: impl IntoView + 'static) -> AnyView {
        view! {
            <div class=self.class()>
                <label for=field_id(&self.name)>{self.words()}</label>
                {self.beside()}
                {input}
            </div>
        }
        .into_any()
    }

    /// Legend, hint and error around several inputs.
    pub fn group(&self, inputs: impl IntoView + 'static) -> AnyView {
        view! {
            <fieldset class=self.class() aria-describedby=self.described_by()>
                <legend>{self.words()}</legend>
                {self.beside()}
                {inputs}
            </fieldset>
        }
        .into_any()
    }
}
