//! Keeps a draft while it is typed: what changed is sent to the server every few seconds. Without script the form's own
//! button does it.

use std::time::Duration;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{FormData, HtmlFormElement, HtmlInputElement, Request, RequestInit, Response, UrlSearchParams};

/// How often changes are looked for.
const PAUSE: Duration = Duration::from_secs(8);
/// Name of the hidden field with the version.
const VERSION: &str = "version";

/// What is said beside the form.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeeperWords {
    /// The draft is kept
    pub saved: String,
    /// It could not be kept
    pub unsaved: String,
}

/// Keeps the draft of a form.
#[island]
pub fn DraftKeeper(
    /// HTML `id` of the form
    form: String,
    /// Where drafts are sent
    address: String,
    /// What is said
    words: KeeperWords,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let last = StoredValue::new(None::<String>);
    // what a button sends is newer than all that is kept meanwhile
    let is_sending = StoredValue::new(false);
    let sent_form = form.clone();
    let look = move || {
        if is_sending.get_value() {
            return;
        }
        let Some(typed) = typed(&form) else { return };
        let before = last.get_value();
        last.set_value(Some(typed.clone()));
        // the first look only remembers how the form was
        if before.as_ref().is_none_or(|before| *before == typed) {
            return;
        }
        let (form, address, words) = (form.clone(), address.clone(), words.clone());
        leptos::task::spawn_local(async move {
            match keep(&address, &typed).await {
                Some(version) => {
                    set_version(&version);
                    last.set_value(self::typed(&form));
                    said.set(words.saved);
                }
                None => said.set(words.unsaved),
            }
        });
    };
    Effect::new(move |_| {
        let look = look.clone();
        // how the form was when it came
        look();
        when_sent(&sent_form, is_sending);
        // the tab is closed, or another one is looked at
        let leaving = look.clone();
        let _ = window_event_listener_untyped("pagehide", move |_| leaving());
        let _ = set_interval_with_handle(look, PAUSE);
    });
    view! { <p class="kept" role="status">{move || said.get()}</p> }
}

fn form_of(id: &str) -> Option<HtmlFormElement> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

fn when_sent(id: &str, is_sending: StoredValue<bool>) {
    let Some(form) = form_of(id) else { return };
    let note = Closure::<dyn Fn()>::new(move || is_sending.set_value(true));
    let _ = form.add_event_listener_with_callback("submit", note.as_ref().unchecked_ref());
    note.forget();
}

/// The form as it would be sent.
fn typed(id: &str) -> Option<String> {
    let data = FormData::new_with_form(&form_of(id)?).ok()?;
    let text: JsValue = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?.to_string().into();
    text.as_string()
}

fn set_version(version: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    // every form of the page writes on the same publication
    let Ok(fields) = document.query_selector_all(&format!("input[name={VERSION}]")) else { return };
    for at in 0..fields.length() {
        if let Some(field) = fields.item(at).and_then(|node| node.dyn_into::<HtmlInputElement>().ok()) {
            field.set_value(version);
        }
    }
}

/// Sends a draft; gives the new version.
async fn keep(address: &str, typed: &str) -> Option<String> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(typed));
    // also when the page is being left
    let _ = js_sys::Reflect::set(&init, &JsValue::from_str("keepalive"), &JsValue::TRUE);
    let request = Request::new_with_str_and_init(address, &init).ok()?;
    request.headers().set("content-type", "application/x-www-form-urlencoded").ok()?;
    let window = web_sys::window()?;
    let answer = wasm_bindgen_futures::JsFuture::from(window.fetch_with_request(&request)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    let json = wasm_bindgen_futures::JsFuture::from(answer.json().ok()?).await.ok()?;
    let version = js_sys::Reflect::get(&json, &JsValue::from_str(VERSION)).ok()?.as_f64()?;
    Some(format!("{version}"))
}
