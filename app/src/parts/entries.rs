//! Entries of registers as a table, which is cards on a phone; and what an edition changed of them.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    domain::register::{CellType, Column, Register, Role},
    ports::{EntryCell, EntryChanged, RegisterEntry},
    text::{self, registers as say, zh},
};

/// The text of a cell; an address on the web leads there.
pub fn cell_text(column: Option<&Column>, cell: &EntryCell) -> AnyView {
    let is_link = column.is_some_and(|column| column.cell_type == CellType::Url) && cell.value.starts_with("https://");
    if is_link {
        let (href, shown) = (cell.value.clone(), cell.text.clone());
        return view! { <a href=href rel="noopener nofollow">{shown}</a> " " {zh().leaving} }.into_any();
    }
    let lines = cell.text.lines().map(|line| view! { <p>{line.to_owned()}</p> }.into_any());
    let lines: Vec<AnyView> = lines.collect();
    if lines.len() > 1 { lines.into_any() } else { cell.text.clone().into_any() }
}

/// Entries with the columns that their register lists.
#[component]
pub fn EntryTable(
    /// The register
    register: Arc<Register>,
    /// The entries
    entries: Vec<RegisterEntry>,
) -> impl IntoView {
    // the entry's name leads to its page, so the column that it comes from is not shown twice
    let named = [Role::Title, Role::OperatorName].into_iter().find_map(|role| register.with_role(role));
    let first = register.listed().map(|(place, _)| place).next();
    let named = named.or(first);
    let head = named.and_then(|place| register.columns.get(place)).map_or(say::NAME, |column| column.name.as_str());
    let head = head.to_owned();
    let columns: Vec<Column> =
        register.listed().filter(|(place, _)| Some(*place) != named).map(|(_, column)| column.clone()).collect();
    let heads = columns.iter().map(|column| view! { <th scope="col">{column.name.clone()}</th> }).collect_view();
    let label = register.name.clone();
    let rows = entries.into_iter().map(|entry| {
        let cells = columns.iter().map(|column| {
            let said = entry.cells.iter().find(|cell| cell.column == column.code);
            let shown = match said {
                Some(cell) => view! { <span>{cell_text(Some(column), cell)}</span> }.into_any(),
                None => view! { <span class="none">"—"<span class="sr-only">{say::UNSAID}</span></span> }.into_any(),
            };
            let class = if column.cell_type.is_number() { "number" } else { "" };
            view! { <td data-label=column.name.clone() class=class>{shown}</td> }
        });
        let cells = cells.collect_view();
        view! {
            <tr>
                <th scope="row" data-label=head.clone()><a href=entry.path()>{entry.title.clone()}</a></th>
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let caption = label.clone();
    view! {
        <div class="table-frame" role="region" tabindex="0" aria-label=label>
            <table class="entries">
                <caption class="sr-only">{caption}</caption>
                <thead><tr><th scope="col">{head.clone()}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What an edition removed, changed and added.
#[component]
pub fn ChangedEntries(
    /// The changes
    changes: Vec<EntryChanged>,
) -> impl IntoView {
    let group = |what: &'static str, name: &'static str| {
        let items: Vec<AnyView> = changes.iter().filter(|(of, ..)| *of == what).map(one_changed).collect();
        (!items.is_empty()).then(|| {
            view! {
                <h3>{text::counted(name, items.len())}</h3>
                <ul class="linked">{items}</ul>
            }
        })
    };
    view! {
        {group("removed", say::REMOVED)}
        {group("changed", say::CHANGED)}
        {group("added", say::ADDED)}
    }
    .into_any()
}

fn one_changed((_, title, cells): &EntryChanged) -> AnyView {
    let shown = |text: &str| if text.is_empty() { zh().empty_value.to_owned() } else { text.to_owned() };
    let lines = cells.iter().map(|(name, before, after)| {
        view! { <p>{name.clone()} "：" <del>{shown(before)}</del> " → " <ins>{shown(after)}</ins></p> }
    });
    let lines = lines.collect_view();
    view! { <li>{title.clone()} <div class="note">{lines}</div></li> }.into_any()
}
