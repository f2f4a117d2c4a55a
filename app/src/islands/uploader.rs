//! Sends evidence in pieces: goes on by itself after a break, shows how far it is, takes files away. Without script the
//! field is a plain `<input type=file multiple>` of its form.

mod send;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::{Event, File, HtmlInputElement};

/// What the uploader says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UploaderWords {
    /// Name of the field
    pub field: String,
    /// Button
    pub remove: String,
    /// Button
    pub again: String,
    /// While bytes go
    pub sending: String,
    /// While the server looks
    pub checking: String,
    /// Done
    pub ready: String,
    /// No network; it goes on by itself
    pub waiting: String,
    /// Begun before this page was opened
    pub unfinished: String,
    /// It failed
    pub failed: String,
    /// Taken away
    pub removed: String,
}

/// How a file stands.
#[derive(Clone, PartialEq)]
enum Standing {
    Sending,
    Checking,
    Waiting,
    Unfinished,
    Ready,
    /// Not taken: the server's sentence
    Refused(String),
    Failed,
}

/// A line of the list.
#[derive(Clone, Copy)]
struct Line {
    key: u32,
    name: RwSignal<String>,
    size: f64,
    /// On the server, once it is begun there
    place: RwSignal<String>,
    sent: RwSignal<f64>,
    standing: RwSignal<Standing>,
    file: StoredValue<Option<File>, LocalStorage>,
}

/// A field for files that sends them at once. `name` is the field's name for browsers without script.
#[island]
pub fn Uploader(
    /// Secret of the basket
    basket: String,
    /// Name of the field
    name: String,
    /// HTML `id` of the field
    id: String,
    /// Kinds that may be chosen
    accept: String,
    /// What it says
    words: UploaderWords,
) -> impl IntoView {
    let lines = RwSignal::new(Vec::<Line>::new());
    let said = RwSignal::new(String::new());
    let house = StoredValue::new((basket, words.clone()));
    Effect::new(move |_| {
        leptos::task::spawn_local(async move {
            let (basket, _) = house.get_value();
            let found = send::list(&basket).await;
            lines.update(|all| all.extend(found));
        });
    });
    let start = move |line: Line| {
        leptos::task::spawn_local(async move {
            let (basket, words) = house.get_value();
            send::file(&basket, line).await;
            said.set(format!("{}：{}", line.name.get_untracked(), say(&words, &line.standing.get_untracked())));
        });
    };
    let chosen = move |event: Event| {
        let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let Some(files) = field.files() else { return };
        for file in (0..files.length()).filter_map(|at| files.get(at)) {
            let line = lines.try_update(|all| take(all, file)).flatten();
            line.into_iter().for_each(start);
        }
        // the form must not send them again
        field.set_value("");
    };
    let remove = move |line: Line| {
        leptos::task::spawn_local(async move {
            let (basket, words) = house.get_value();
            let place = line.place.get_untracked();
            line.file.set_value(None);
            if place.is_empty() || send::remove(&basket, &place).await {
                lines.update(|all| all.retain(|one| one.key != line.key));
                said.set(format!("{}：{}", line.name.get_untracked(), words.removed));
            } else {
                line.standing.set(Standing::Failed);
            }
        });
    };
    let row = {
        let words = words.clone();
        move |line: Line| {
            let say_words = words.clone();
            let state = move || say(&say_words, &line.standing.get());
            let is_open = move || matches!(line.standing.get(), Standing::Sending | Standing::Waiting);
            let fails =
                move || matches!(line.standing.get(), Standing::Failed) && line.file.with_value(Option::is_some);
            let is_refused = move || matches!(line.standing.get(), Standing::Refused(_) | Standing::Failed);
            let label = line.name.get_untracked();
            let (for_remove, for_again) = (format!("{} {label}", words.remove), format!("{} {label}", words.again));
            view! {
                <li class:refused=is_refused>
                    <span class="file">{move || line.name.get()}</span>
                    <progress max=line.size prop:value=move || line.sent.get() aria-label=label hidden=move || !is_open()></progress>
                    <span class="state">{state}</span>
                    <button type="button" aria-label=for_again hidden=move || !fails() on:click=move |_| start(line)>{words.again.clone()}</button>
                    <button type="button" aria-label=for_remove on:click=move |_| remove(line)>{words.remove.clone()}</button>
                </li>
            }
        }
    };
    view! {
        <div class="uploader">
            <label for=id.clone()>{words.field.clone()}</label>
            <input type="file" id=id name=name accept=accept multiple on:change=chosen />
            <ul class="plain-list">
                <For each=move || lines.get() key=|line| line.key children=row />
            </ul>
            <p class="sr-only" role="status" aria-live="polite">{move || said.get()}</p>
        </div>
    }
}

fn say(words: &UploaderWords, standing: &Standing) -> String {
    match standing {
        Standing::Sending => &words.sending,
        Standing::Checking => &words.checking,
        Standing::Waiting => &words.waiting,
        Standing::Unfinished => &words.unfinished,
        Standing::Ready => &words.ready,
        Standing::Refused(sentence) => sentence,
        Standing::Failed => &words.failed,
    }
    .clone()
}

/// A line for a chosen file: a new one, or that of the same file begun before; none where it is there already.
fn take(all: &mut Vec<Line>, file: File) -> Option<Line> {
    let (name, size) = (file.name(), file.size());
    // sizes of files are whole numbers
    #[expect(clippy::float_cmp, reason = "both are whole numbers")]
    let same = all.iter().find(|line| line.size == size && line.name.get_untracked() == name);
    if let Some(line) = same.copied() {
        let goes_on = matches!(line.standing.get_untracked(), Standing::Unfinished | Standing::Failed);
        line.file.set_value(Some(file));
        return goes_on.then_some(line);
    }
    let line = Line::new(all.last().map_or(1, |last| last.key + 1), name, size);
    line.file.set_value(Some(file));
    all.push(line);
    Some(line)
}

impl Line {
    fn new(key: u32, name: String, size: f64) -> Self {
        Self {
            key,
            name: RwSignal::new(name),
            size,
            place: RwSignal::new(String::new()),
            sent: RwSignal::new(0.0),
            standing: RwSignal::new(Standing::Sending),
            file: StoredValue::new_local(None),
        }
    }
}
