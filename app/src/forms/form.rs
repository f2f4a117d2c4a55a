//! The form itself, its buttons, and files.

use leptos::prelude::*;

use super::{
    CSRF_FIELD, Csrf, VERSION_FIELD,
    field::{Around, field_id},
};

/// A form that is sent by `POST`, with the session's token. Errors are shown by the server only (`novalidate`):
/// beside their fields, in Chinese.
#[component]
pub fn Form(
    /// Where it is sent; empty: the page's own address
    #[prop(optional, into)]
    action: String,
    /// It has files
    #[prop(optional)]
    multipart: bool,
    /// Version of what is edited
    #[prop(optional, into)]
    version: String,
    /// HTML `id`
    #[prop(optional, into)]
    id: String,
    /// Fields and buttons
    children: Children,
) -> impl IntoView {
    let csrf = use_context::<Csrf>().map(|Csrf(token)| token).unwrap_or_default();
    let version = (!version.is_empty())
        .then(|| view! { <input type="hidden" name=VERSION_FIELD value=version autocomplete="off" /> });
    view! {
        <form
            method="post"
            class="form"
            novalidate
            id=(!id.is_empty()).then_some(id)
            action=(!action.is_empty()).then_some(action)
            enctype=multipart.then_some("multipart/form-data")
        >
            // first of all fields: what reads an upload checks it before it takes any file
            <input type="hidden" name=CSRF_FIELD value=csrf autocomplete="off" />
            {version}
            {children()}
        </form>
    }
}

/// A button that sends its form. With `name` and `value` the server learns which of several it was.
#[component]
pub fn Submit(
    /// What it does
    #[prop(into)]
    label: String,
    /// Name in the form
    #[prop(optional, into)]
    name: String,
    /// Value in the form
    #[prop(optional, into)]
    value: String,
    /// Not the main button
    #[prop(optional)]
    quiet: bool,
    /// It takes something away
    #[prop(optional)]
    danger: bool,
    /// Another address than the form's
    #[prop(optional, into)]
    formaction: String,
) -> impl IntoView {
    let class = match (quiet, danger) {
        (_, true) => "button danger",
        (true, false) => "button quiet",
        (false, false) => "button",
    };
    let named = !name.is_empty();
    view! {
        <button
            class=class
            name=named.then_some(name)
            value=named.then_some(value)
            formaction=(!formaction.is_empty()).then_some(formaction)
        >
            {label}
        </button>
    }
}

/// Files to be sent; the form must be `multipart`.
#[component]
pub fn FileField(
    /// Name in the form
    #[prop(into)]
    name: String,
    /// What it asks for
    #[prop(into)]
    label: String,
    /// Kinds and sizes that are taken
    #[prop(optional, into)]
    hint: String,
    /// HTML `accept`, e.g. `.pdf,.docx`
    #[prop(optional, into)]
    accept: String,
    /// Several at once
    #[prop(optional)]
    multiple: bool,
    /// May be left out
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let around = Around::new(&name, label, hint, optional);
    around.one(view! {
        <input
            type="file"
            id=field_id(&name)
            name=name.clone()
            accept=(!accept.is_empty()).then_some(accept)
            multiple=multiple
            aria-describedby=around.described_by()
            aria-invalid=around.invalid()
        />
    })
}
