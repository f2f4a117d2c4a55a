//! The fields of a publication as a form, driven by the kind's table of fields.

use leptos::prelude::*;

use crate::{
    domain::publication::{
        Kind,
        content::Content,
        field::{Field, Holds, fields},
    },
    forms::{self, Item, Select, TextArea, TextField},
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
    let own = fields(kind).iter().map(|field| one(field, &content, &classes)).collect_view();
    let body_hint = if kind == Kind::Bulletin { editing::BULLETIN_BODY_HINT } else { editing::BODY_HINT };
    let body_optional = matches!(kind, Kind::Bulletin | Kind::Disposal | Kind::Penalty | Kind::Recall);
    let day = content.published_on.map(|day| day.to_string()).unwrap_or_default();
    view! {
        <TextField name="title" label=text::label(kind, "title") value=content.title.clone() />
        {own}
        <TextArea name="body" label=text::label(kind, "body") hint=body_hint value=content.body.clone() optional=body_optional rows=12 />
        <TextField name="source" label=text::label(kind, "source") value=content.source.clone() />
        <TextField name="published_on" label=text::label(kind, "published_on") hint=editing::DAY_HINT kind=forms::Kind::Date value=day optional=true />
    }
    .into_any()
}

fn one(field: &'static Field, content: &Content, classes: &[(String, String)]) -> AnyView {
    let (kind, name) = (content.kind, field.name);
    let label = text::label(kind, name).to_owned();
    let hint = editing::hint(kind, name);
    let value = content.field(name).to_owned();
    let optional = !field.required;
    match field.holds {
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
