//! What is asked of a register: words, filters and order as a plain form.

use leptos::prelude::*;

use crate::{
    domain::register::Register,
    parts::Request,
    ports::{EntryFacet, EntryOrder, EntryQuery},
    text::registers as say,
};

/// Names of facets in addresses begin so.
const FACET: &str = "f-";
/// Characters of a search that are looked at.
const LONGEST: usize = 100;

/// Reads the parameters of the form.
pub fn query_of(request: &Request) -> EntryQuery {
    let text = request.get("q").unwrap_or_default().trim().chars().take(LONGEST).collect();
    let facets = request.pairs.iter().filter(|(_, value)| !value.is_empty());
    let facets = facets.filter_map(|(name, value)| Some((name.strip_prefix(FACET)?.to_owned(), value.clone())));
    let order = match request.get("order") {
        None => EntryOrder::Given,
        Some(code) => match code.strip_prefix('-') {
            Some(code) => EntryOrder::Down(code.to_owned()),
            None => EntryOrder::Up(code.to_owned()),
        },
    };
    EntryQuery { text, facets: facets.collect(), with_point: false, order }
}

/// The form.
#[component]
pub fn Find(
    /// The register
    register: std::sync::Arc<Register>,
    /// What was asked
    query: EntryQuery,
    /// What can be chosen
    facets: Vec<EntryFacet>,
    /// The page
    action: String,
) -> impl IntoView {
    let chosen = |code: &str| query.facets.iter().find(|(known, _)| known == code).map(|(_, value)| value.clone());
    let useful = facets.into_iter().filter(|facet| facet.values.len() > 1 || chosen(&facet.code).is_some());
    let selects = useful.map(|facet| one_facet(facet.clone(), chosen(&facet.code))).collect_view();
    let is_asked = query != EntryQuery::default();
    let clear = action.clone();
    view! {
        <form class="register-find card" action=action role="search" aria-label=say::SEARCH>
            <div class="field words">
                <label for="q">{say::SEARCH}</label>
                <p class="hint" id="q-hint">{say::SEARCH_HINT}</p>
                <input id="q" type="search" name="q" value=query.text.clone() maxlength="100" aria-describedby="q-hint" autocomplete="off" />
            </div>
            {selects}
            <Order register=register order=query.order.clone() />
            <div class="buttons">
                <button class="button">{say::FILTER}</button>
                {is_asked.then(|| view! { <a class="button quiet" href=clear>{say::CLEAR}</a> })}
            </div>
        </form>
    }
    .into_any()
}

fn one_facet(facet: EntryFacet, chosen: Option<String>) -> AnyView {
    let id = format!("{FACET}{}", facet.code);
    let is_chosen = |value: &str| chosen.as_deref() == Some(value);
    let options = facet.values.iter().map(|one| {
        view! { <option value=one.value.clone() selected=is_chosen(&one.value)>{say::facet_value(&one.name, one.count)}</option> }
    });
    let mut options: Vec<AnyView> = options.map(IntoAny::into_any).collect();
    // a value that nothing has with the other filters stays chosen
    if let Some(value) = chosen.clone().filter(|value| facet.values.iter().all(|one| one.value != *value)) {
        let shown = say::facet_value(&value, 0);
        options.push(view! { <option value=value selected=true>{shown}</option> }.into_any());
    }
    view! {
        <div class="field">
            <label for=id.clone()>{facet.name}</label>
            <select id=id.clone() name=id>
                <option value="">{say::ANY}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

#[component]
fn Order(register: std::sync::Arc<Register>, order: EntryOrder) -> impl IntoView {
    let now = match order {
        EntryOrder::Given => String::new(),
        EntryOrder::Up(code) => code,
        EntryOrder::Down(code) => format!("-{code}"),
    };
    let sorted: Vec<_> = register.columns.iter().filter(|column| column.sortable).collect();
    (!sorted.is_empty())
        .then(|| {
            let options = sorted.into_iter().flat_map(|column| {
                [(true, format!("-{}", column.code)), (false, column.code.clone())].map(|(down, value)| {
                    let (is_now, shown) = (value == now, say::order(column, down));
                    view! { <option value=value selected=is_now>{shown}</option> }
                })
            });
            let options = options.collect_view();
            view! {
                <div class="field">
                    <label for="order">{say::ORDER}</label>
                    <select id="order" name="order"><option value="">{say::GIVEN}</option>{options}</select>
                </div>
            }
        })
        .into_any()
}
