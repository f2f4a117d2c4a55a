//! Says how far something is that the server does, and loads the page anew when it is done. Without script a link does it.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// How often is asked.
const PAUSE: Duration = Duration::from_secs(1);

/// A sentence that follows the server's.
#[island]
pub fn Watch(
    /// Where the sentence is asked for: JSON `{"said": …}`, null when it is done
    address: String,
    /// What is said first
    first: String,
) -> impl IntoView {
    let said = RwSignal::new(first);
    Effect::new(move |_| {
        let address = address.clone();
        let is_loading = StoredValue::new(false);
        let _ = set_interval_with_handle(
            move || {
                let address = address.clone();
                leptos::task::spawn_local(async move {
                    match ask(&address).await {
                        Some(Some(sentence)) => said.set(sentence),
                        // once: the page may take longer than the pause, and loading it again would begin it anew
                        Some(None) if !is_loading.get_value() => {
                            is_loading.set_value(true);
                            let _ = window().location().reload();
                        }
                        // a failed request says nothing: the next one may
                        Some(None) | None => {}
                    }
                });
            },
            PAUSE,
        );
    });
    view! { <strong>{move || said.get()}</strong> }
}

async fn ask(address: &str) -> Option<Option<String>> {
    let answer: Response = JsFuture::from(window().fetch_with_str(address)).await.ok()?.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    let json = JsFuture::from(answer.json().ok()?).await.ok()?;
    Some(js_sys::Reflect::get(&json, &JsValue::from_str("said")).ok()?.as_string())
}
