//! Solves the challenge of a form while its page is read. Without script the form is taken too, within stricter limits.

use std::{cell::RefCell, rc::Rc, time::Duration};

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{HtmlFormElement, HtmlInputElement};

use crate::work::Search;

/// Numbers tried before the page gets its turn.
const AT_ONCE: u32 = 1500;

/// A hidden field that gets the answer.
#[island]
pub fn ProofOfWork(
    /// HTML `id` of the form
    form: String,
    /// Name of the field
    name: String,
    /// What is to be solved
    challenge: String,
) -> impl IntoView {
    let id = format!("{form}-{name}");
    let field = id.clone();
    Effect::new(move |_| {
        let search = Rc::new(RefCell::new(Search::new(&challenge)));
        finish_before_sending(&form, &field, &search);
        go_on(field.clone(), search);
    });
    view! { <input type="hidden" id=id name=name autocomplete="off" /> }
}

/// A piece, then the rest later.
fn go_on(field: String, search: Rc<RefCell<Search>>) {
    let answer = search.borrow_mut().run(AT_ONCE);
    match answer {
        Some(answer) => fill(&field, &answer),
        None => set_timeout(move || go_on(field, search), Duration::ZERO),
    }
}

/// Whoever sends at once waits for the rest.
fn finish_before_sending(form: &str, field: &str, search: &Rc<RefCell<Search>>) {
    let form = document().get_element_by_id(form).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form else { return };
    let (field, search) = (field.to_owned(), Rc::clone(search));
    let finish = Closure::<dyn Fn()>::new(move || {
        let answer = std::iter::repeat_with(|| search.borrow_mut().run(AT_ONCE)).flatten().next();
        fill(&field, &answer.unwrap_or_default());
    });
    let _ = form.add_event_listener_with_callback("submit", finish.as_ref().unchecked_ref());
    finish.forget();
}

fn fill(field: &str, answer: &str) {
    let found = document().get_element_by_id(field).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = found {
        field.set_value(answer);
    }
}
