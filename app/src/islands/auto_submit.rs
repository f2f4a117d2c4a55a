//! Applies filters as soon as one changes. Without it the form has its button.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};

/// Submits the form of an id when one of its controls changes.
#[island]
pub fn AutoSubmit(
    /// Id of the form
    form: String,
) -> impl IntoView {
    Effect::new(move |_| watch(&form));
}

fn watch(form: &str) {
    let Some(found) = document().get_element_by_id(form) else { return };
    let Ok(form) = found.dyn_into::<web_sys::HtmlFormElement>() else { return };
    let sender = form.clone();
    let submit = Closure::<dyn Fn()>::new(move || {
        let _ = sender.request_submit();
    });
    let _ = form.add_event_listener_with_callback("change", submit.as_ref().unchecked_ref());
    submit.forget();
}
