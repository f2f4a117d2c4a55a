//! Two officers wrote at once: the second sees both versions, and what they typed is still in the form.

use leptos::prelude::*;

use crate::{
    domain::publication::{
        Kind,
        content::Content,
        field::{Holds, fields},
    },
    forms::Filled,
    ports::DeskSheet,
    text::{self, editing},
};

/// The version that a colleague saved in the meantime; in context when a page is shown again for it.
#[derive(Clone)]
pub struct Theirs(pub DeskSheet);

/// Fields that differ: name, theirs, one's own.
fn differences(theirs: &Content, filled: &Filled) -> Vec<(&'static str, String, String)> {
    let day = theirs.published_on.map(|day| day.to_string()).unwrap_or_default();
    let common = [
        ("title", theirs.title.clone()),
        ("source", theirs.source.clone()),
        ("body", theirs.body.clone()),
        ("published_on", day),
    ];
    let own = fields(theirs.kind).iter().map(|field| (field.name, theirs.field(field.name).to_owned()));
    common
        .into_iter()
        .chain(own)
        .filter_map(|(name, stored)| {
            let holds =
                fields(theirs.kind).iter().find(|field| field.name == name).map_or(Holds::Text(0), |one| one.holds);
            let typed = filled.value(name)?.trim().to_owned();
            (holds.normal(&typed) != holds.normal(&stored)).then_some((name, stored, typed))
        })
        .collect()
}

/// Both versions, field by field.
#[component]
pub fn Conflict(
    /// Which kind
    kind: Kind,
) -> impl IntoView {
    let theirs = use_context::<Theirs>().and_then(|Theirs(sheet)| sheet.life.work.and_then(|work| work.content));
    theirs.map(|theirs| {
        let rows = differences(&theirs, &Filled::current()).into_iter().map(|(name, stored, typed)| {
            view! {
                <tr>
                    <th scope="row" data-label="">{text::label(kind, name).to_owned()}</th>
                    <td data-label=editing::THEIRS class="text">{stored}</td>
                    <td data-label=editing::YOURS class="text">{typed}</td>
                </tr>
            }
        });
        view! {
            <section class="conflict card" aria-labelledby="conflict" role="alert">
                <h2 id="conflict">{editing::CONFLICT}</h2>
                <p>{editing::CONFLICT_TEXT}</p>
                <div class="table-frame">
                    <table>
                        <thead><tr><th scope="col">{text::label(kind, "title")} "…"</th><th scope="col">{editing::THEIRS}</th><th scope="col">{editing::YOURS}</th></tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
                <p><a href="">{editing::RELOAD}</a></p>
            </section>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown_and_with_both_versions() {
        let mut theirs = Content::new(Kind::Penalty);
        theirs.fill([("title", "一"), ("document_number", "云市监处罚〔2026〕1号"), ("facts", "甲")]);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let filled =
            Filled::of(&[pair("title", " 一 "), pair("document_number", "云市监处罚[2026]1号"), pair("facts", "乙")]);
        assert_eq!(differences(&theirs, &filled), [("facts", "甲".to_owned(), "乙".to_owned())]);
    }
}
