//! One line of text.

use leptos::prelude::*;

use super::{
    Filled,
    field::{Around, field_id},
};

/// Kind of a one-line field (HTML `type`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Any text
    #[default]
    Text,
    /// Never shown again, whatever was typed
    Password,
    /// A day
    Date,
    /// A day and a time of day, in the time of China
    DateTime,
    /// An address of electronic mail
    Email,
    /// A telephone number
    Tel,
    /// A whole number
    Number,
    /// Something to look for
    Search,
    /// A web address
    Url,
    /// A one-time or recovery code: never shown again, letters allowed
    Code,
}

impl Kind {
    fn html(self) -> &'static str {
        match self {
            Self::Text | Self::Code => "text",
            Self::Password => "password",
            Self::Date => "date",
            Self::DateTime => "datetime-local",
            Self::Email => "email",
            Self::Tel => "tel",
            Self::Number => "number",
            Self::Search => "search",
            Self::Url => "url",
        }
    }
}

/// A one-line field.
#[component]
pub fn TextField(
    /// Name in the form
    #[prop(into)]
    name: String,
    /// What it asks for
    #[prop(into)]
    label: String,
    /// How to answer
    #[prop(optional, into)]
    hint: String,
    /// Kind of text
    #[prop(optional)]
    kind: Kind,
    /// What is stored, shown on the first visit
    #[prop(optional, into)]
    value: String,
    /// May be left empty
    #[prop(optional)]
    optional: bool,
    /// HTML `autocomplete`, e.g. `username`, `current-password`, `one-time-code`; `off` otherwise
    #[prop(default = "off".into(), into)]
    autocomplete: String,
    /// HTML `inputmode`, e.g. `numeric`
    #[prop(optional, into)]
    inputmode: String,
    /// Characters at most
    #[prop(optional)]
    maxlength: Option<u32>,
    /// Shown, and not to be changed
    #[prop(optional)]
    readonly: bool,
) -> impl IntoView {
    let around = Around::new(&name, label, hint, optional);
    let value = if matches!(kind, Kind::Password | Kind::Code) {
        String::new()
    } else {
        Filled::current().shown(&name, &value)
    };
    let class = if kind == Kind::Code { "kind-code".to_owned() } else { format!("kind-{}", kind.html()) };
    around.one(view! {
        <input
            type=kind.html()
            class=class
            id=field_id(&name)
            name=name.clone()
            value=value
            readonly=readonly
            autocomplete=autocomplete
            inputmode=(!inputmode.is_empty()).then_some(inputmode)
            maxlength=maxlength.map(|most| most.to_string())
            aria-describedby=around.described_by()
            aria-invalid=around.invalid()
        />
    })
}
