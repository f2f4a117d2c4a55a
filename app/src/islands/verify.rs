//! 核验: checks in the visitor's browser that a record is in the signed public log. Without script the page offers the
//! record for `portal log verify`.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::proof::{Checkpoint, Hash, commitment, leaf_hash, root_of, unhex};

/// One step of the check: whether it holds, and its sentence.
#[derive(Clone, PartialEq)]
struct Step(bool, String);

/// What a step says when it holds and when not; words come from the catalogue.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
pub struct VerifyWords {
    /// Name of the button
    pub press: String,
    /// While it works
    pub working: String,
    /// The proof can't be loaded
    pub unreachable: String,
    /// The title on the page is that of the record
    pub same: (String, String),
    /// The content is what the leaf commits to
    pub committed: (String, String),
    /// The leaf is in the tree
    pub included: (String, String),
    /// The tree head is signed
    pub signed: (String, String),
    /// This browser can't check signatures
    pub no_signature: String,
    /// What everything together means
    pub proved: String,
    /// What it means when a step fails
    pub refuted: String,
}

/// A button that checks a record's inclusion proof.
#[island]
pub fn Verify(
    /// Address of the proof
    proof: String,
    /// Title on the page
    title: String,
    /// Its words
    words: VerifyWords,
) -> impl IntoView {
    let steps = RwSignal::new(Vec::<Step>::new());
    let state = RwSignal::new(String::new());
    let button = words.press.clone();
    let press = move |_| {
        let (proof, title, words) = (proof.clone(), title.clone(), words.clone());
        state.set(words.working.clone());
        steps.set(Vec::new());
        leptos::task::spawn_local(async move {
            match checked(&proof, &title, &words).await {
                Some((found, all)) => {
                    state.set(if all { words.proved } else { words.refuted });
                    steps.set(found);
                }
                None => state.set(words.unreachable),
            }
        });
    };
    let lines = move || {
        let line = |Step(holds, text): Step| {
            view! { <li class:holds=holds class:fails=!holds><span aria-hidden="true">{if holds { "✓" } else { "✕" }}</span> {text}</li> }
        };
        steps.get().into_iter().map(line).collect_view()
    };
    view! {
        <div class="verify">
            <button type="button" on:click=press>{button}</button>
            <div role="status" aria-live="polite">
                <ul class="plain-list">{lines}</ul>
                <p>{move || state.get()}</p>
            </div>
        </div>
    }
}

/// A proof as loaded.
struct Proof {
    index: u64,
    entry: String,
    salt: Vec<u8>,
    content: String,
    path: Vec<Hash>,
    checkpoint: String,
    keys: String,
}

/// The steps and whether all hold; `None` where the proof can't be loaded.
async fn checked(address: &str, title: &str, words: &VerifyWords) -> Option<(Vec<Step>, bool)> {
    let proof = load(address).await?;
    let step = |holds: bool, (yes, no): &(String, String)| Step(holds, if holds { yes.clone() } else { no.clone() });
    let content = js_sys::JSON::parse(&proof.content).ok();
    let named = content.and_then(|content| text(&content, "title"));
    let entry = js_sys::JSON::parse(&proof.entry).ok();
    let committed = entry.and_then(|entry| text(&entry, "commitment")).and_then(|digits| unhex(&digits));
    let own = commitment(&proof.salt, proof.content.as_bytes());
    let head = Checkpoint::read(&proof.checkpoint)?;
    let root = root_of(proof.index, head.size, leaf_hash(proof.entry.as_bytes()), &proof.path);
    let fill = |(yes, no): &(String, String)| {
        let fill = |text: &String| {
            text.replace("{place}", &(proof.index + 1).to_string()).replace("{size}", &head.size.to_string())
        };
        (fill(yes), fill(no))
    };
    let mut steps = vec![
        step(named.as_deref() == Some(title), &words.same),
        step(committed.as_deref() == Some(own.as_slice()), &fill(&words.committed)),
        step(root.is_some() && root.map(|root| root.to_vec()) == decode(head.root), &fill(&words.included)),
    ];
    match is_signed(&head, &proof.keys).await {
        Some(signed) => steps.push(step(signed, &words.signed)),
        None => steps.push(Step(false, words.no_signature.clone())),
    }
    let all = steps.iter().all(|step| step.0);
    Some((steps, all))
}

async fn load(address: &str) -> Option<Proof> {
    let response = JsFuture::from(window().fetch_with_str(address)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let answer = JsFuture::from(response.json().ok()?).await.ok()?;
    let path = js_sys::Reflect::get(&answer, &JsValue::from_str("path")).ok()?;
    let path: Option<Vec<Hash>> =
        js_sys::Array::from(&path).iter().map(|hash| unhex(&hash.as_string()?)?.try_into().ok()).collect();
    let index = js_sys::Reflect::get(&answer, &JsValue::from_str("index")).ok()?.as_f64()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of leaves")]
    let index = index as u64;
    Some(Proof {
        index,
        entry: text(&answer, "entry")?,
        salt: unhex(&text(&answer, "salt")?)?,
        content: text(&answer, "content")?,
        path: path?,
        checkpoint: text(&answer, "checkpoint")?,
        keys: text(&answer, "keys")?,
    })
}

fn text(value: &JsValue, key: &str) -> Option<String> {
    js_sys::Reflect::get(value, &JsValue::from_str(key)).ok()?.as_string()
}

/// Base64 as the browser reads it: one character a byte.
fn decode(coded: &str) -> Option<Vec<u8>> {
    let text = window().atob(coded).ok()?;
    text.chars().map(|sign| u8::try_from(u32::from(sign)).ok()).collect()
}

/// Whether the log's own key signed the tree head (Ed25519, Web Cryptography); `None` where the browser can't tell.
async fn is_signed(head: &Checkpoint<'_>, keys: &str) -> Option<bool> {
    let subtle = window().crypto().ok().map(|crypto| crypto.subtle()).filter(|subtle| !subtle.is_undefined())?;
    let usages = js_sys::Array::of1(&JsValue::from_str("verify"));
    for key in keys.lines().filter_map(|line| line.splitn(3, '+').nth(2).filter(|_| line.starts_with(head.origin))) {
        let Some(bytes) = decode(key).filter(|bytes| bytes.len() == 33) else { continue };
        let raw = js_sys::Uint8Array::from(&bytes[1..]);
        let imported = subtle.import_key_with_str("raw", &raw, "Ed25519", false, &usages).ok()?;
        let imported: web_sys::CryptoKey = JsFuture::from(imported).await.ok()?.dyn_into().ok()?;
        for (name, coded) in head.signed_by() {
            let Some(signature) = decode(coded).filter(|bytes| name == head.origin && bytes.len() == 68) else {
                continue;
            };
            let answer = subtle
                .verify_with_str_and_u8_array_and_u8_array("Ed25519", &imported, &signature[4..], head.text.as_bytes())
                .ok()?;
            if JsFuture::from(answer).await.ok()?.is_truthy() {
                return Some(true);
            }
        }
    }
    Some(false)
}
