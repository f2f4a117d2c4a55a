//! The form of a round's content.

use leptos::prelude::*;

use super::POLLS;
use crate::{
    domain::poll::{Command, Content, Kind, LONGEST_ASK, LONGEST_TITLE, MOST_QUESTIONS, Subject, Way},
    forms::{Filled, Form, Item, Kind as Field, Select, Submit, TextArea, TextField},
    text::poll::{self as words, desk as say},
};

/// Questions of a survey that are shown from the start.
const FIRST_QUESTIONS: usize = 3;

/// Values shown on the first visit.
#[derive(Clone, Default)]
struct Stored(Vec<(String, String)>);

impl Stored {
    fn get(&self, name: &str) -> String {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// A new round, or the content of a draft at an address.
#[component]
pub fn Edit(
    /// What it is for
    kind: Kind,
    /// What is stored
    #[prop(optional)]
    content: Option<Content>,
    /// Where the form goes; the page of new ones otherwise
    #[prop(optional, into)]
    action: String,
    /// Version of the draft
    #[prop(optional, into)]
    version: String,
) -> impl IntoView {
    let stored = Stored(content.map(|content| content.fields()).unwrap_or_default());
    let action = if action.is_empty() { format!("{POLLS}/new/{}", kind.code()) } else { action };
    let asked = if kind == Kind::Survey { survey(&stored) } else { vote(kind, &stored) };
    let most = u32::try_from(LONGEST_TITLE).unwrap_or(u32::MAX);
    view! {
        <Form action=action version=version>
            <TextField name="title" label=say::POLL_TITLE value=stored.get("title") maxlength=most />
            <TextArea name="text" label=say::TEXT hint=say::TEXT_HINT value=stored.get("text") rows=6 />
            <TextField name="first" label=say::FIRST kind=Field::Date value=stored.get("first") />
            <TextField name="last" label=say::LAST hint=say::LAST_HINT kind=Field::Date value=stored.get("last") />
            {asked}
            <Submit label=say::SAVE name="do" value=Command::Save.code() />
        </Form>
    }
    .into_any()
}

fn vote(kind: Kind, stored: &Stored) -> AnyView {
    let or = |name: &str, else_: &str| {
        let value = stored.get(name);
        if value.is_empty() { else_.to_owned() } else { value }
    };
    let is_optional = kind.subjects().len() > 1;
    let lists = kind.subjects().iter().map(|subject: &Subject| {
        let (name, label) = (subject.code(), words::subject(*subject));
        view! { <TextArea name=name label=label hint=say::OPTIONS_HINT value=stored.get(name) rows=8 optional=is_optional /> }
    });
    let lists = lists.collect_view();
    view! {
        {lists}
        <TextField name="most" label=say::MOST hint=say::MOST_HINT kind=Field::Number value=or("most", "3") />
        <TextField name="top" label=say::TOP hint=say::TOP_HINT kind=Field::Number value=or("top", "3") />
    }
    .into_any()
}

fn survey(stored: &Stored) -> AnyView {
    let questions: Vec<AnyView> = (0..MOST_QUESTIONS).map(|place| question(place, stored)).collect();
    let is_used = |place: usize| {
        let name = format!("ask-{place}");
        !stored.get(&name).is_empty() || Filled::current().value(&name).is_some_and(|typed| !typed.is_empty())
    };
    let is_open = (FIRST_QUESTIONS..MOST_QUESTIONS).any(is_used);
    let mut first = questions;
    let rest = first.split_off(FIRST_QUESTIONS);
    view! {
        {first}
        <details open=is_open><summary>{say::MORE}</summary>{rest}</details>
    }
    .into_any()
}

fn question(place: usize, stored: &Stored) -> AnyView {
    let [ask, way, options] = ["ask", "way", "options"].map(|part| format!("{part}-{place}"));
    let ways = Way::CODES.iter().zip(say::WAYS).map(|(code, label)| Item::new(*code, label));
    let items: Vec<Item> = std::iter::once(Item::new("", say::WAY_NONE)).chain(ways).collect();
    let most = u32::try_from(LONGEST_ASK).unwrap_or(u32::MAX);
    let (number, is_optional) = (say::number(place), place > 0);
    let label = |what: &str| format!("{number}：{what}");
    view! {
        <TextField name=ask.clone() label=label(say::ASK) value=stored.get(&ask) maxlength=most optional=is_optional />
        <Select name=way.clone() label=label(say::WAY) items=items value=stored.get(&way) optional=is_optional />
        <TextArea name=options.clone() label=label(say::OPTIONS) hint=say::ONE_OPTIONS_HINT value=stored.get(&options) rows=4 optional=true />
    }
    .into_any()
}
