//! The search box with suggestions while typing (ARIA 1.2 combobox). Without script it is a plain search field.

use std::time::Duration;

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};

/// Waiting after the last key before suggestions are asked for.
const PAUSE: Duration = Duration::from_millis(120);

/// A search field `q` with suggestions.
#[island]
pub fn SearchBox(
    /// Text at first
    value: String,
    /// Name of the field for those who don't see it
    label: String,
    /// Example in the empty field
    placeholder: String,
    /// Name of the list of suggestions
    suggestions: String,
) -> impl IntoView {
    let found = RwSignal::new(Vec::<String>::new());
    let active = RwSignal::new(None::<usize>);
    let composing = StoredValue::new(false);
    let asked = StoredValue::new(0_u32);
    let field = NodeRef::<leptos::html::Input>::new();

    let ask = move || {
        let number = asked.with_value(|number| number.wrapping_add(1));
        asked.set_value(number);
        set_timeout(move || answer(field, number, asked, found, active), PAUSE);
    };
    let choose = move |text: String| {
        found.set(Vec::new());
        let Some(input) = field.get_untracked() else { return };
        input.set_value(&text);
        if let Some(form) = input.form() {
            let _ = form.request_submit();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        if count == 0 || composing.get_value() {
            return;
        }
        let at = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => active.set(Some(at.map_or(0, |at| (at + 1) % count))),
            "ArrowUp" => active.set(Some(at.map_or(count - 1, |at| (at + count - 1) % count))),
            "Escape" => found.set(Vec::new()),
            "Enter" => {
                let Some(text) = at.and_then(|at| found.with_untracked(|found| found.get(at).cloned())) else { return };
                choose(text);
            }
            _ => return,
        }
        event.prevent_default();
    };
    let expanded = move || if found.with(Vec::is_empty) { "false" } else { "true" };
    let options = move || {
        let line = |(at, text): (usize, String)| {
            let chosen = text.clone();
            view! {
                <li id=format!("suggestion-{at}") role="option" aria-selected=move || if active.get() == Some(at) { "true" } else { "false" }
                    on:mousedown=move |event| { event.prevent_default(); choose(chosen.clone()); }>{text}</li>
            }
        };
        found.get().into_iter().enumerate().map(line).collect_view()
    };
    view! {
        <div class="search-box">
            <input node_ref=field type="search" name="q" value=value aria-label=label placeholder=placeholder autocomplete="off"
                role="combobox" aria-autocomplete="list" aria-controls="suggestions" aria-expanded=expanded
                aria-activedescendant=move || active.get().map(|at| format!("suggestion-{at}"))
                on:input=move |_| if !composing.get_value() { ask() }
                on:compositionstart=move |_| composing.set_value(true)
                on:compositionend=move |_| { composing.set_value(false); ask(); }
                on:keydown=on_key
                on:blur=move |_| found.set(Vec::new())
                on:change=move |event| event.stop_propagation() />
            <ul id="suggestions" role="listbox" aria-label=suggestions hidden=move || found.with(Vec::is_empty)>{options}</ul>
        </div>
    }
}

/// Asks for suggestions, unless something was typed meanwhile, and shows them, unless something was typed meanwhile.
fn answer(
    field: NodeRef<leptos::html::Input>,
    number: u32,
    asked: StoredValue<u32>,
    found: RwSignal<Vec<String>>,
    active: RwSignal<Option<usize>>,
) {
    let is_last = move || asked.try_get_value() == Some(number);
    let Some(input) = field.get_untracked().filter(|_| is_last()) else { return };
    let text = input.value();
    leptos::task::spawn_local(async move {
        let lines = if text.trim().is_empty() { Vec::new() } else { suggestions(&text).await.unwrap_or_default() };
        if is_last() {
            active.set(None);
            found.set(lines);
        }
    });
}

/// The texts of `/api/v1/suggest`; nothing when the server doesn't answer.
async fn suggestions(text: &str) -> Option<Vec<String>> {
    let address = format!("/api/v1/suggest?limit=8&q={}", String::from(js_sys::encode_uri_component(text)));
    let response = wasm_bindgen_futures::JsFuture::from(window().fetch_with_str(&address)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let answer = wasm_bindgen_futures::JsFuture::from(response.json().ok()?).await.ok()?;
    let list = js_sys::Reflect::get(&answer, &JsValue::from_str("suggestions")).ok()?;
    let text_of = |entry: JsValue| js_sys::Reflect::get(&entry, &JsValue::from_str("text")).ok()?.as_string();
    Some(js_sys::Array::from(&list).iter().filter_map(text_of).collect())
}
