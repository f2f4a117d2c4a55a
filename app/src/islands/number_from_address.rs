//! Puts the number that a receipt's picture carries behind `#` into its field. What stands there is never sent by itself.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Signs of a number at most.
const LONGEST: usize = 40;

/// The first number behind `#`, for an empty field.
#[island]
pub fn NumberFromAddress(
    /// HTML `id` of the field
    field: String,
) -> impl IntoView {
    Effect::new(move |_| {
        let hash = window().location().hash().unwrap_or_default();
        let number = hash.trim_start_matches('#').split(',').next().unwrap_or_default();
        let is_number = (1..=LONGEST).contains(&number.len())
            && number.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
        let input = document().get_element_by_id(&field).and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input.filter(|input| is_number && input.value().is_empty()) {
            input.set_value(number);
        }
    });
    view! { <span hidden></span> }
}
