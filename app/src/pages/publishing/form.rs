//! The fields of a publication as a form, driven by the kind's table of fields.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    domain::{
        publication::{
            Kind,
            content::Content,
            field::{Field, Holds, fields},
        },
        register::Register,
    },
    forms::{self, Item, Select, TextArea, TextField},
    parts::portal,
    text::{self, editing},
};

/// Characters above which a line becomes an area.
const ONE_LINE: usize = 400;

/// All fields of a publication.
#[component]
pub fn Fields(
    /// What is stored
    content: Content,
    /// Removal rules to choose from: code and name
    classes: Vec<(String, String)>,
) -> impl IntoView {
    let kind = content.kind;
    let registers = portal().registers.definitions();
    let mut own = Some(fields(kind).iter().map(|field| one(field, &content, &classes, &registers)).collect_view());
    let body_hint = if kind == Kind::Bulletin { editing::BULLETIN_BODY_HINT } else { editing::BODY_HINT };
    let body_optional = matches!(kind, Kind::Bulletin | Kind::Disposal | Kind::Penalty | Kind::Recall | Kind::Register);
    let named_by_register = kind == Kind::Register;
    let day = content.published_on.map(|day| day.to_string()).unwrap_or_default();
    view! {
        {named_by_register.then(|| own.take()).flatten()}
        <TextField name="title" label=text::label(kind, "title") value=content.title.clone() optional=named_by_register />
        {own}
        <TextArea name="body" label=text::label(kind, "body") hint=body_hint value=content.body.clone() optional=body_optional rows=12 />
        <TextField name="source" label=text::label(kind, "source") value=content.source.clone() optional=named_by_register />
        <TextField name="published_on" label=text::label(kind, "published_on") hint=editing::DAY_HINT kind=forms::Kind::Date value=day optional=true />
    }
    .into_any()
}

fn one(field: &'static Field, content: &Content, classes: &[(String, String)], registers: &[Arc<Register>]) -> AnyView {
    let (kind, name) = (content.kind, field.name);
    let label = text::label(kind, name).to_owned();
    let hint = editing::hint(kind, name);
    let value = content.field(name).to_owned();
    let optional = !field.required;
    match field.holds {
        Holds::Line(_) if name == "register" && !value.is_empty() => {
            let known = registers.iter().find(|register| register.code == value);
            let shown = known.map_or(value.clone(), |register| register.name.clone());
            view! { <p class="field"><strong>{label}</strong> "：" {shown}</p> }.into_any()
        }
        Holds::Line(_) if name == "register" => {
            let known = registers.iter().map(|register| Item::new(register.code.clone(), register.name.clone()));
            let items: Vec<Item> = std::iter::once(Item::new("", text::registers::CHOOSE)).chain(known).collect();
            let hint = text::registers::CHOOSE_HINT;
            view! { <Select name=name label=label hint=hint items=items value=value optional=optional /> }.into_any()
        }
        Holds::Choice(codes) => {
            let items = codes.iter().map(|code| Item::new(*code, text::choice(name, code))).collect::<Vec<_>>();
            view! { <forms::Choice name=name label=label hint=hint items=items value=value optional=optional /> }
                .into_any()
        }
        Holds::Day => {
            view! { <TextField name=name label=label hint=hint kind=forms::Kind::Date value=value optional=optional /> }
                .into_any()
        }
        Holds::Line(_) if name == "removal_class" => {
            let items = std::iter::once(Item::new("", ""))
                .chain(classes.iter().map(|(code, name)| Item::new(code.clone(), name.clone())));
            let items: Vec<Item> = items.collect();
            view! { <Select name=name label=label hint=hint items=items value=value optional=optional /> }.into_any()
        }
        Holds::Text(_) | Holds::Samples | Holds::Lots => {
            view! { <TextArea name=name label=label hint=hint value=value optional=optional rows=4 /> }.into_any()
        }
        Holds::Line(most) if most > ONE_LINE => {
            view! { <TextArea name=name label=label hint=hint value=value optional=optional rows=2 /> }.into_any()
        }
        Holds::Line(_) | Holds::DocumentNumber | Holds::Uscc | Holds::Link => {
            view! { <TextField name=name label=label hint=hint value=value optional=optional /> }.into_any()
        }
    }
}
