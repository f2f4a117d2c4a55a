//! 核验: checks in the visitor's browser that a record is in the signed public log. Without script the page offers the
//! record for `portal log verify`.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::proof::{Checkpoint, Hash, RETIRED, commitment, leaf_hash, root_of, signed_message, unhex};

/// One step of the check: whether it holds (or merely says something), and its sentence.
#[derive(Clone, PartialEq)]
struct Step(Option<bool>, String);

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
    /// Witnesses signed it too
    pub witnessed: (String, String),
    /// None of the witnesses has signed it yet
    pub unwitnessed: String,
    /// What everything together means
    pub proved: String,
    /// What it means with a witness
    pub proved_witnessed: String,
    /// What it means where signatures can't be checked
    pub proved_unsigned: String,
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
                Some((found, outcome)) => {
                    state.set(match outcome {
                        Outcome::Proved => words.proved,
                        Outcome::Witnessed => words.proved_witnessed,
                        Outcome::Unsigned => words.proved_unsigned,
                        Outcome::Refuted => words.refuted,
                    });
                    steps.set(found);
                }
                None => state.set(words.unreachable),
            }
        });
    };
    let lines = move || {
        let line = |Step(holds, text): Step| {
            let (yes, no) = (holds == Some(true), holds == Some(false));
            let sign = holds.map_or("·", |holds| if holds { "✓" } else { "✕" });
            view! { <li class:holds=yes class:fails=no><span aria-hidden="true">{sign}</span> {text}</li> }
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

/// What all steps together mean.
#[derive(Clone, Copy)]
enum Outcome {
    Proved,
    Witnessed,
    Unsigned,
    Refuted,
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
    witnesses: String,
}

fn step(holds: bool, (yes, no): &(String, String)) -> Step {
    Step(Some(holds), if holds { yes.clone() } else { no.clone() })
}

/// The steps and what they mean; `None` where the proof can't be loaded.
async fn checked(address: &str, title: &str, words: &VerifyWords) -> Option<(Vec<Step>, Outcome)> {
    let proof = load(address).await?;
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
    let log_keys = proof.keys.split_inclusive('\n').take_while(|line| line.trim() != RETIRED);
    let log_keys: String = log_keys.filter(|line| is_key_of(head.origin, line)).collect();
    let mut outcome = Outcome::Proved;
    match signers(&head, &log_keys).await {
        None => {
            steps.push(Step(None, words.no_signature.clone()));
            outcome = Outcome::Unsigned;
        }
        Some(found) => {
            steps.push(step(found.iter().any(|(_, holds)| *holds), &words.signed));
            let found = signers(&head, &proof.witnesses).await.unwrap_or_default();
            if !found.is_empty() {
                outcome = Outcome::Witnessed;
            }
            if !proof.witnesses.is_empty() {
                steps.push(witnessed(&found, words));
            }
        }
    }
    let all = steps.iter().all(|step| step.0 != Some(false));
    Some((steps, if all { outcome } else { Outcome::Refuted }))
}

fn is_key_of(name: &str, line: &str) -> bool {
    line.strip_prefix(name).is_some_and(|rest| rest.starts_with('+'))
}

/// What the witnesses' signatures say. One false signature weighs more than all others.
fn witnessed(found: &[(String, bool)], words: &VerifyWords) -> Step {
    let names = |holds: bool| {
        let names: Vec<&str> = found.iter().filter(|(_, own)| *own == holds).map(|(name, _)| name.as_str()).collect();
        names.join("、")
    };
    let (right, wrong) = (names(true), names(false));
    match (right.is_empty(), wrong.is_empty()) {
        (_, false) => Step(Some(false), words.witnessed.1.replace("{names}", &wrong)),
        (false, true) => Step(Some(true), words.witnessed.0.replace("{names}", &right)),
        (true, true) => Step(None, words.unwitnessed.clone()),
    }
}

async fn load(address: &str) -> Option<Proof> {
    let response = JsFuture::from(window().fetch_with_str(address)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let answer = JsFuture::from(response.json().ok()?).await.ok()?;
    let path: js_sys::Array = js_sys::Reflect::get(&answer, &JsValue::from_str("path")).ok()?.dyn_into().ok()?;
    let path: Option<Vec<Hash>> = path.iter().map(|hash| unhex(&hash.as_string()?)?.try_into().ok()).collect();
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
        witnesses: text(&answer, "witnesses").unwrap_or_default(),
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

/// Those of some public keys in whose name the tree head is signed, and whether they did sign it (Ed25519, Web
/// Cryptography); `None` where the browser can't tell.
async fn signers(head: &Checkpoint<'_>, keys: &str) -> Option<Vec<(String, bool)>> {
    let subtle = window().crypto().ok().map(|crypto| crypto.subtle()).filter(|subtle| !subtle.is_undefined())?;
    let usages = js_sys::Array::of1(&JsValue::from_str("verify"));
    let mut found = Vec::new();
    for line in keys.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.splitn(3, '+');
        let (Some(name), Some(key)) = (parts.next(), parts.nth(1).and_then(decode)) else { continue };
        for (_, coded) in head.signed_by().filter(|(signer, _)| *signer == name) {
            let Some(coded) = decode(coded) else { continue };
            let Some((signature, message)) = signed_message(name, &key, &coded, head.text) else { continue };
            let raw = js_sys::Uint8Array::from(&key[1..]);
            let imported = subtle.import_key_with_str("raw", &raw, "Ed25519", false, &usages).ok()?;
            let imported: web_sys::CryptoKey = JsFuture::from(imported).await.ok()?.dyn_into().ok()?;
            let answer =
                subtle.verify_with_str_and_u8_array_and_u8_array("Ed25519", &imported, signature, &message).ok()?;
            found.push((name.to_owned(), JsFuture::from(answer).await.ok()?.is_truthy()));
        }
    }
    Some(found)
}
