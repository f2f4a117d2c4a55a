//! The difference between two revisions.

use leptos::prelude::*;

use super::said::{Entries, Said};
use crate::{
    domain::{
        publication::difference::{self, Changed, Line},
        sample::SampleDraft,
    },
    pages::notice_paragraphs,
    parts::ChangedEntries,
    ports::EntryChanged,
    text::{self, registers, zh},
};

/// Samples of each sort that are listed.
const LISTED: usize = 200;

/// What a revision is compared with.
#[derive(Clone, Debug)]
pub enum Before {
    /// It is the first
    Nothing,
    /// The one before is not shown any more
    Hidden,
    /// What the one before said
    Said(Said),
}

/// What changed.
#[component]
pub fn Changes(
    /// Before
    old: Before,
    /// Now
    new: Said,
) -> impl IntoView {
    let body = match old {
        Before::Nothing => view! { <p>{zh().first_revision}</p> }.into_any(),
        Before::Hidden => view! { <p>{zh().earlier_hidden}</p> }.into_any(),
        Before::Said(old) => compared(old, new),
    };
    view! {
        <section aria-labelledby="changes">
            <h2 id="changes">{zh().what_changed}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn compared(old: Said, new: Said) -> AnyView {
    let fields: Vec<(String, String, String)> = new
        .fields
        .into_iter()
        .filter_map(|(name, after)| {
            let before = old.fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
            let before = before.unwrap_or_default();
            (before != after).then_some((name, before, after))
        })
        .collect();
    let lines = difference::lines(&old.body, &new.body);
    let samples = difference::samples(old.samples, new.samples);
    let entries = new.entries.map(|entries| changed_entries(old.entries, entries));
    if fields.is_empty() && lines.is_empty() && samples.is_empty() && entries.is_none() {
        return view! { <p>{zh().nothing_changed}</p> }.into_any();
    }
    view! {
        {(!fields.is_empty()).then(|| table(fields))}
        {(!lines.is_empty()).then(|| view! { <h3>{zh().body_changes}</h3> {listed(lines)} })}
        {entries}
        {(!samples.is_empty()).then(|| view! { <h3>{zh().samples_changes}</h3> {changed_samples(samples)} })}
    }
    .into_any()
}

fn or_empty(text: String) -> AnyView {
    if text.is_empty() {
        view! { <span class="none">{zh().empty_value}</span> }.into_any()
    } else {
        notice_paragraphs(&text).into_any()
    }
}

fn table(rows: Vec<(String, String, String)>) -> impl IntoView {
    let rows = rows.into_iter().map(|(name, before, after)| {
        view! {
            <tr>
                <th scope="row" data-label=zh().changed_field>{name}</th>
                <td data-label=zh().before><del>{or_empty(before)}</del></td>
                <td data-label=zh().after><ins>{or_empty(after)}</ins></td>
            </tr>
        }
    });
    view! {
        <div class="table-frame" role="region" tabindex="0" aria-label=zh().side_by_side>
            <table class="changes">
                <thead>
                    <tr>
                        <th scope="col">{zh().changed_field}</th>
                        <th scope="col">{zh().before}</th>
                        <th scope="col">{zh().after}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

fn listed(lines: Vec<Line>) -> impl IntoView {
    let lines = lines.into_iter().map(|line| match line {
        Line::Same(text) => view! { <li>{text}</li> }.into_any(),
        Line::Skipped(count) => view! { <li class="skipped">{text::lines_skipped(count)}</li> }.into_any(),
        Line::Removed(text) => {
            view! { <li class="removed"><span class="sr-only">{zh().removed_line}</span><del>{text}</del></li> }
                .into_any()
        }
        Line::Added(text) => {
            view! { <li class="added"><span class="sr-only">{zh().added_line}</span><ins>{text}</ins></li> }.into_any()
        }
    });
    view! { <ul class="diff">{lines.collect_view()}</ul> }
}

fn name_of(sample: &SampleDraft) -> String {
    let parts = [Some(sample.product.clone()), sample.number.clone(), sample.seller.name.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}

fn changed_samples(samples: difference::Samples) -> impl IntoView {
    let names = |samples: Vec<SampleDraft>| samples.iter().map(|sample| name_of(sample).into_any()).collect::<Vec<_>>();
    let changed: Vec<AnyView> = samples.changed.into_iter().map(one_changed).collect();
    view! {
        {some(zh().samples_changed, changed)}
        {some(zh().samples_added, names(samples.added))}
        {some(zh().samples_removed, names(samples.removed))}
    }
}

/// What a revision of a register changed: how many is always said, which ones while both are shown.
fn changed_entries(old: Option<Entries>, new: Entries) -> AnyView {
    let (added, changed, removed, unchanged) = new.changes;
    let said = registers::difference(added, changed, removed, unchanged);
    let is_shown = |entries: &Entries| entries.count == entries.lines.len();
    let shown = old.filter(is_shown).filter(|_| is_shown(&new)).zip(new.register);
    let list = match shown {
        Some((old, register)) => {
            let all = difference::entries(&old.lines, &new.lines);
            let mut listed: Vec<EntryChanged> = all.iter().map(|one| registers::changed(&register, one)).collect();
            let others = listed.len().saturating_sub(LISTED);
            listed.truncate(LISTED);
            view! {
                <ChangedEntries changes=listed />
                {(others > 0).then(|| view! { <p class="note">{text::and_others(others)}</p> })}
            }
            .into_any()
        }
        None => view! { <p class="note">{registers::CHANGES_GONE}</p> }.into_any(),
    };
    view! { <h3>{registers::CHANGES}</h3> <p>{said}</p> {list} }.into_any()
}

/// A list with its count, cut where it is too long.
fn some(name: &'static str, mut items: Vec<AnyView>) -> impl IntoView {
    let count = items.len();
    let others = count.saturating_sub(LISTED);
    items.truncate(LISTED);
    (count > 0).then(|| {
        let items = items.into_iter().map(|item| view! { <li>{item}</li> });
        view! {
            <h4>{text::counted(name, count)}</h4>
            <ul class="linked">{items.collect_view()}</ul>
            {(others > 0).then(|| view! { <p class="note">{text::and_others(others)}</p> })}
        }
    })
}

fn one_changed(changed: Changed) -> AnyView {
    let name = name_of(&changed.after);
    let before = text::sample_facts(&changed.before);
    let lines = text::sample_facts(&changed.after).into_iter().zip(before).filter(|(after, before)| after != before);
    let lines = lines.map(|((name, after), (_, before))| {
        let shown = |text: String| if text.is_empty() { zh().empty_value.to_owned() } else { text };
        view! { <p>{name} "：" <del>{shown(before)}</del> " → " <ins>{shown(after)}</ins></p> }
    });
    view! { {name} <div class="note">{lines.collect_view()}</div> }.into_any()
}
