//! Choosing one or several of few things.

use leptos::prelude::*;

use super::{
    Filled,
    field::{Around, field_id},
};

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is sent
    pub value: String,
    /// What is shown
    pub label: String,
    /// What it means, where the label does not say it
    pub hint: String,
}

impl Item {
    /// An item that needs no hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    /// With a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }
}

/// Inputs of a group; the first has the id to which the error summary leads.
fn inputs(name: &str, items: Vec<Item>, kind: &'static str, chosen: impl Fn(&str) -> bool) -> Vec<AnyView> {
    let line = |(place, item): (usize, Item)| {
        let id = if place == 0 { field_id(name) } else { format!("{}-{place}", field_id(name)) };
        let hint_id = format!("{id}-hint");
        let hint = (!item.hint.is_empty()).then(|| hint_id.clone());
        let is_chosen = chosen(&item.value);
        view! {
            <div class="item">
                <input type=kind id=id.clone() name=name.to_owned() value=item.value checked=is_chosen aria-describedby=hint.clone() />
                <label for=id>{item.label}</label>
                {hint.map(|id| view! { <p class="hint" id=id>{item.hint}</p> })}
            </div>
        }
        .into_any()
    };
    items.into_iter().enumerate().map(line).collect()
}

/// One of few, all visible.
#[component]
pub fn Choice(
    /// Name in the form
    #[prop(into)]
    name: String,
    /// What it asks for
    #[prop(into)]
    label: String,
    /// How to answer
    #[prop(optional, into)]
    hint: String,
    /// What there is to choose
    items: Vec<Item>,
    /// What is stored, shown on the first visit
    #[prop(optional, into)]
    value: String,
    /// May be left open
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let filled = Filled::current();
    let inputs = inputs(&name, items, "radio", |option| filled.is_chosen(&name, option, option == value));
    Around::new(&name, label, hint, optional).group(inputs)
}

/// Any of few, all visible. The name repeats, once for each chosen.
#[component]
pub fn Checkboxes(
    /// Name in the form
    #[prop(into)]
    name: String,
    /// What it asks for
    #[prop(into)]
    label: String,
    /// How to answer
    #[prop(optional, into)]
    hint: String,
    /// What there is to choose
    items: Vec<Item>,
    /// What is stored, shown on the first visit
    #[prop(optional)]
    values: Vec<String>,
    /// May be left open
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let filled = Filled::current();
    let stored = |option: &str| values.iter().any(|value| value == option);
    let inputs = inputs(&name, items, "checkbox", |option| filled.is_chosen(&name, option, stored(option)));
    Around::new(&name, label, hint, optional).group(inputs)
}

/// Yes or no; sent as `on`.
#[component]
pub fn Checkbox(
    /// Name in the form
    #[prop(into)]
    name: String,
    /// What is said by checking it
    #[prop(into)]
    label: String,
    /// What it means
    #[prop(optional, into)]
    hint: String,
    /// What is stored, shown on the first visit
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    let around = Around::new(&name, label, hint, false);
    let is_checked = Filled::current().is_chosen(&name, "on", checked);
    around.one(view! {
        <input
            type="checkbox"
            id=field_id(&name)
            name=name.clone()
            value="on"
            checked=is_checked
            aria-describedby=around.described_by()
            aria-invalid=around.invalid()
        />
    })
}

/// One of many.
#[component]
pub fn Select(
    /// Name in the form
    #[prop(into)]
    name: String,
    /// What it asks for
    #[prop(into)]
    label: String,
    /// How to answer
    #[prop(optional, into)]
    hint: String,
    /// What there is to choose; an item with an empty value stands for "nothing chosen"
    items: Vec<Item>,
    /// What is stored, shown on the first visit
    #[prop(optional, into)]
    value: String,
    /// May be left open
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let around = Around::new(&name, label, hint, optional);
    let shown = Filled::current().shown(&name, &value);
    let options = items.into_iter().map(|item| {
        let is_chosen = item.value == shown;
        view! { <option value=item.value selected=is_chosen>{item.label}</option> }
    });
    around.one(view! {
        <select
            id=field_id(&name)
            name=name.clone()
            aria-describedby=around.described_by()
            aria-invalid=around.invalid()
        >
            {options.collect_view()}
        </select>
    })
}
