//! The client's side of the resumable upload (tus 1.0, creation and termination).

use std::rc::Rc;

use js_sys::{Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Request, RequestInit, Response};

use super::{House, Line, Standing};

/// Bytes of a piece.
const PIECE: f64 = 1_048_576.0;
/// Longest waiting between two tries, milliseconds.
const LONGEST: i32 = 30_000;
const ROUTE: &str = "/evidence";

/// Sends a request; `None` where the network failed.
async fn ask(method: &str, place: &str, headers: &[(&str, &str)], body: Option<&Blob>) -> Option<Response> {
    let init = RequestInit::new();
    init.set_method(method);
    if let Some(body) = body {
        init.set_body(body);
    }
    let request = Request::new_with_str_and_init(place, &init).ok()?;
    for (name, value) in headers {
        request.headers().set(name, value).ok()?;
    }
    JsFuture::from(window().fetch_with_request(&request)).await.ok()?.dyn_into().ok()
}

async fn text(response: &Response) -> String {
    let Ok(text) = response.text() else { return String::new() };
    JsFuture::from(text).await.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn number(response: &Response, name: &str) -> Option<f64> {
    response.headers().get(name).ok()??.parse().ok()
}

async fn pause(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = JsFuture::from(promise).await;
}

/// What lies in the basket already.
pub(super) async fn list(house: &Rc<House>) {
    let Some(response) = ask("GET", ROUTE, &[("upload-basket", &house.basket)], None).await else { return };
    let json = match response.json() {
        Ok(json) if response.ok() => JsFuture::from(json).await,
        _ => return,
    };
    let json = json.unwrap_or_default();
    if !js_sys::Array::is_array(&json) {
        return;
    }
    let get = |entry: &JsValue, key: &str| Reflect::get(entry, &JsValue::from_str(key)).unwrap_or_default();
    for entry in js_sys::Array::from(&json).iter() {
        let word = |name: &str| get(&entry, name).as_string().unwrap_or_default();
        let size = get(&entry, "bytes").as_f64().unwrap_or(0.0);
        let Some(line) = house.line(word("name"), size) else { return };
        line.place.replace([ROUTE, "/", &word("id")].concat());
        line.sent.set(get(&entry, "received").as_f64().unwrap_or(0.0));
        let standing = match word("state").as_str() {
            "ready" => Standing::Ready,
            "refused" => Standing::Refused(word("why")),
            _ => Standing::Unfinished,
        };
        house.stand(&line, standing);
    }
}

pub(super) async fn remove(basket: &str, place: &str) -> bool {
    let response = ask("DELETE", place, &[("upload-basket", basket)], None).await;
    response.is_some_and(|response| response.ok() || response.status() == 404)
}

/// Sends a file to its end. Network failures are waited out; the server's refusals end it.
pub(super) async fn file(house: &House, line: &Line) {
    let mut wait = 1000;
    house.stand(line, Standing::Sending);
    // taken away meanwhile: nothing more is sent
    loop {
        let Some(file) = line.file.borrow().clone() else { return };
        match step(house, line, &file).await {
            Step::Went => {
                wait = 1000;
                house.stand(line, Standing::Sending);
            }
            Step::Ended(standing) => return house.stand(line, standing),
            Step::Broke => {
                house.stand(line, Standing::Waiting);
                pause(wait).await;
                wait = (wait * 2).min(LONGEST);
                let place = line.place.borrow().clone();
                // where the server stands; without an answer the next step fails likewise
                if !place.is_empty()
                    && let Some(response) = ask("HEAD", &place, &[("upload-basket", &house.basket)], None).await
                    && let Some(at) = number(&response, "upload-offset")
                {
                    line.sent.set(at);
                }
            }
        }
    }
}

enum Step {
    Went,
    Broke,
    Ended(Standing),
}

async fn step(house: &House, line: &Line, file: &web_sys::File) -> Step {
    let (basket, place) = (house.basket.as_str(), line.place.borrow().clone());
    if place.is_empty() {
        // base64 of UTF-8: `btoa` takes each character for a byte
        let bytes: String = file.name().bytes().map(char::from).collect();
        let name = format!("filename {}", window().btoa(&bytes).unwrap_or_default());
        let length = format!("{}", line.size);
        let headers = [("upload-basket", basket), ("upload-length", &length), ("upload-metadata", &name)];
        let Some(response) = ask("POST", ROUTE, &headers, None).await else { return Step::Broke };
        return match response.headers().get("location") {
            Ok(Some(found)) if response.ok() => {
                line.place.replace(found);
                Step::Went
            }
            _ => ended(&response).await,
        };
    }
    let from = line.sent.get();
    let to = (from + PIECE).min(line.size);
    let Ok(piece) = file.slice_with_f64_and_f64(from, to) else { return Step::Ended(Standing::Failed) };
    if to >= line.size {
        house.stand(line, Standing::Checking);
    }
    let offset = format!("{from}");
    let kind = ("content-type", "application/offset+octet-stream");
    let headers = [("upload-basket", basket), ("upload-offset", &offset), kind];
    let Some(response) = ask("PATCH", &place, &headers, Some(&piece)).await else { return Step::Broke };
    if let Some(at) = number(&response, "upload-offset") {
        line.sent.set(at);
    }
    let state = response.headers().get("upload-state").ok().flatten().unwrap_or_default();
    if response.ok() {
        return if state == "ready" { Step::Ended(Standing::Ready) } else { Step::Went };
    }
    ended(&response).await
}

/// An answer that is no success: another try where that can help, otherwise the server's sentence.
async fn ended(response: &Response) -> Step {
    match response.status() {
        // the place was another, or another writes; the server is busy or restarting
        409 | 423 | 400 | 500..=599 => Step::Broke,
        403 | 404 | 413 | 422 | 429 => Step::Ended(Standing::Refused(text(response).await)),
        _ => Step::Ended(Standing::Failed),
    }
}
