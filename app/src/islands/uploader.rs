//! Sends evidence in pieces: goes on by itself after a break, shows how far it is, takes files away. Without script the
//! field is a plain `<input type=file multiple>` of its form.
//!
//! The list is made by hand: as a reactive view it weighs a quarter of all islands together.

mod send;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Element, Event, File, HtmlInputElement};

/// What the uploader says: a sentence for each of its places, in their order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UploaderWords(pub Vec<String>);

/// Places of [`UploaderWords`].
#[derive(Clone, Copy)]
enum Word {
    /// Name of the field
    Field,
    /// Button
    Remove,
    /// Button
    Again,
    /// While bytes go
    Sending,
    /// While the server looks
    Checking,
    /// Done
    Ready,
    /// No network; it goes on by itself
    Waiting,
    /// Begun before this page was opened
    Unfinished,
    /// It failed
    Failed,
    /// Taken away
    Removed,
}

impl UploaderWords {
    fn get(&self, word: Word) -> &str {
        self.0.get(word as usize).map(String::as_str).unwrap_or_default()
    }
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
struct Line {
    name: String,
    size: f64,
    /// On the server, once it is begun there
    place: RefCell<String>,
    sent: Cell<f64>,
    standing: RefCell<Standing>,
    file: RefCell<Option<File>>,
    row: Row,
}

/// What is seen of a line.
struct Row {
    item: Element,
    bar: Element,
    state: Element,
    again: Element,
}

/// The list and what it belongs to.
struct House {
    basket: String,
    words: UploaderWords,
    lines: RefCell<Vec<Rc<Line>>>,
    list: Element,
    said: Element,
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
    let (list_id, said_id) = (format!("{id}-list"), format!("{id}-said"));
    let label = words.get(Word::Field).to_owned();
    let (field, list, said) = (id.clone(), list_id.clone(), said_id.clone());
    Effect::new(move |_| {
        let find = |id: &str| document().get_element_by_id(id);
        let (Some(field), Some(list), Some(said)) = (find(&field), find(&list), find(&said)) else { return };
        let lines = RefCell::default();
        let house = Rc::new(House { basket: basket.clone(), words: words.clone(), lines, list, said });
        let known = Rc::clone(&house);
        leptos::task::spawn_local(async move { send::list(&known).await });
        listen(&field, "change", move |event| house.chosen(&event));
    });
    view! {
        <div class="uploader">
            <label for=id.clone()>{label}</label>
            <input type="file" id=id name=name accept=accept multiple />
            <ul class="plain-list" id=list_id></ul>
            <p class="sr-only" role="status" aria-live="polite" id=said_id></p>
        </div>
    }
}

fn listen(target: &Element, kind: &str, work: impl Fn(Event) + 'static) {
    let work = Closure::<dyn Fn(Event)>::new(work);
    let _ = target.add_event_listener_with_callback(kind, work.as_ref().unchecked_ref());
    work.forget();
}

fn element(kind: &str, parent: &Element) -> Option<Element> {
    let made = document().create_element(kind).ok()?;
    parent.append_child(&made).ok()?;
    Some(made)
}

fn hide(element: &Element, hidden: bool) {
    let _ = element.toggle_attribute_with_force("hidden", hidden);
}

impl House {
    fn chosen(self: &Rc<Self>, event: &Event) {
        let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let Some(files) = field.files() else { return };
        for file in (0..files.length()).filter_map(|at| files.get(at)) {
            if let Some(line) = self.take(file) {
                self.start(line);
            }
        }
        // the form must not send them again
        field.set_value("");
    }

    /// A line for a chosen file: a new one, or that of the same file begun before; none where it is there already.
    fn take(self: &Rc<Self>, file: File) -> Option<Rc<Line>> {
        let (name, size) = (file.name(), file.size());
        // sizes of files are whole numbers
        #[expect(clippy::float_cmp, reason = "both are whole numbers")]
        let same = self.lines.borrow().iter().find(|line| line.size == size && line.name == name).cloned();
        if let Some(line) = same {
            let goes_on = matches!(*line.standing.borrow(), Standing::Unfinished | Standing::Failed);
            line.file.replace(Some(file));
            return goes_on.then_some(line);
        }
        let line = self.line(name, size)?;
        line.file.replace(Some(file));
        Some(line)
    }

    /// A new line, shown.
    fn line(self: &Rc<Self>, name: String, size: f64) -> Option<Rc<Line>> {
        let item = element("li", &self.list)?;
        let label = element("span", &item)?;
        label.set_class_name("file");
        label.set_text_content(Some(&name));
        let bar = element("progress", &item)?;
        let _ = bar.set_attribute("aria-label", &name);
        let _ = js_sys::Reflect::set(&bar, &JsValue::from_str("max"), &JsValue::from_f64(size.max(1.0)));
        let state = element("span", &item)?;
        state.set_class_name("state");
        let button = |word: Word| {
            let button = element("button", &item)?;
            let _ = button.set_attribute("type", "button");
            let _ = button.set_attribute("aria-label", &[self.words.get(word), " ", &name].concat());
            button.set_text_content(Some(self.words.get(word)));
            Some(button)
        };
        let (again, remove) = (button(Word::Again)?, button(Word::Remove)?);
        let row = Row { item, bar, state, again };
        let line = Rc::new(Line {
            name,
            size,
            place: RefCell::default(),
            sent: Cell::new(0.0),
            standing: RefCell::new(Standing::Sending),
            file: RefCell::default(),
            row,
        });
        let (house, one) = (Rc::clone(self), Rc::clone(&line));
        listen(&line.row.again, "click", move |_| house.start(Rc::clone(&one)));
        let (house, one) = (Rc::clone(self), Rc::clone(&line));
        listen(&remove, "click", move |_| house.remove(Rc::clone(&one)));
        self.lines.borrow_mut().push(Rc::clone(&line));
        self.show(&line);
        Some(line)
    }

    fn start(self: &Rc<Self>, line: Rc<Line>) {
        let house = Rc::clone(self);
        leptos::task::spawn_local(async move {
            send::file(&house, &line).await;
            let state = house.state(&line.standing.borrow()).to_owned();
            house.say(&line.name, &state);
        });
    }

    fn remove(self: &Rc<Self>, line: Rc<Line>) {
        let house = Rc::clone(self);
        leptos::task::spawn_local(async move {
            line.file.replace(None);
            let place = line.place.borrow().clone();
            if place.is_empty() || send::remove(&house.basket, &place).await {
                house.lines.borrow_mut().retain(|one| !Rc::ptr_eq(one, &line));
                line.row.item.remove();
                house.say(&line.name, house.words.get(Word::Removed));
            } else {
                house.stand(&line, Standing::Failed);
            }
        });
    }

    fn say(&self, name: &str, state: &str) {
        self.said.set_text_content(Some(&[name, "：", state].concat()));
    }

    fn stand(&self, line: &Line, standing: Standing) {
        line.standing.replace(standing);
        self.show(line);
    }

    fn state<'a>(&'a self, standing: &'a Standing) -> &'a str {
        let word = match standing {
            Standing::Sending => Word::Sending,
            Standing::Checking => Word::Checking,
            Standing::Waiting => Word::Waiting,
            Standing::Unfinished => Word::Unfinished,
            Standing::Ready => Word::Ready,
            Standing::Refused(sentence) => return sentence,
            Standing::Failed => Word::Failed,
        };
        self.words.get(word)
    }

    fn show(&self, line: &Line) {
        let (standing, row) = (line.standing.borrow(), &line.row);
        row.state.set_text_content(Some(self.state(&standing)));
        let _ = js_sys::Reflect::set(&row.bar, &JsValue::from_str("value"), &JsValue::from_f64(line.sent.get()));
        hide(&row.bar, !matches!(*standing, Standing::Sending | Standing::Waiting));
        hide(&row.again, !(*standing == Standing::Failed && line.file.borrow().is_some()));
        let is_refused = matches!(*standing, Standing::Refused(_) | Standing::Failed);
        row.item.set_class_name(if is_refused { "refused" } else { "" });
    }
}
