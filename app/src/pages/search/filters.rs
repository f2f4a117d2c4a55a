//! Filters with live counts; values that are chosen can be taken away one by one.

use leptos::prelude::*;

use crate::{
    parts::Request,
    ports::{FacetCount, FindQuery, FindSort, Found},
    text::{self, zh},
};

/// Values shown at once; the others are behind "more".
const SHOWN: usize = 8;
/// Values at all.
const MOST: usize = 60;

fn facets() -> [(&'static str, &'static str); 7] {
    [
        ("verdict", zh().facet_verdict),
        ("kind", zh().facet_kind),
        ("year", zh().facet_year),
        ("category", zh().facet_category),
        ("family", zh().facet_family),
        ("district", zh().facet_district),
        ("body", zh().facet_body),
    ]
}

fn chosen(query: &FindQuery, facet: &str) -> Vec<String> {
    let filters = &query.filters;
    match facet {
        "verdict" => filters.verdict.clone(),
        "kind" => filters.kind.clone(),
        "category" => filters.category.clone(),
        "family" => filters.family.clone(),
        "district" => filters.district.clone(),
        "body" => filters.body.clone(),
        _ => filters.year.iter().map(ToString::to_string).collect(),
    }
}

/// What is chosen, each with a way to take it away.
#[component]
pub fn Chosen(query: FindQuery, request: Request) -> impl IntoView {
    let mut links = Vec::new();
    for (facet, name) in facets() {
        for value in chosen(&query, facet) {
            let href = request.without(facet, &value);
            let shown = text::facet_value(facet, &value);
            links.push(view! { <a class="chip" href=href>{name} "：" {shown} <span aria-hidden="true">" ✕"</span><span class="sr-only">{zh().remove}</span></a> });
        }
    }
    for (name, value) in [("from", query.filters.from), ("to", query.filters.to)] {
        let label = if name == "from" { zh().from } else { zh().to };
        links.extend(value.map(|value| {
            let shown = value.to_string();
            view! { <a class="chip" href=request.with(name, None)>{label} "：" {shown} <span aria-hidden="true">" ✕"</span><span class="sr-only">{zh().remove}</span></a> }
        }));
    }
    (!links.is_empty()).then(|| view! { <p class="chips">{links}</p> })
}

/// The panel of filters, part of the search form.
#[component]
pub fn Filters(query: FindQuery, found: Found, request: Request) -> impl IntoView {
    let groups: Vec<_> = facets()
        .into_iter()
        .filter_map(|(facet, name)| {
            let counts = found.facets.get(facet).cloned().unwrap_or_default();
            let chosen = chosen(&query, facet);
            let useful = counts.len() > 1 || !chosen.is_empty();
            useful.then(|| view! { <Group facet=facet name=name counts=counts chosen=chosen /> })
        })
        .collect();
    let day = |value: Option<chrono::NaiveDate>| value.map(|day| day.to_string()).unwrap_or_default();
    let clear = request.get("q").map_or_else(
        || "/search".to_owned(),
        |text| format!("/search?q={}", form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>()),
    );
    let newest = query.sort == FindSort::Newest;
    view! {
        <section id="filters" class="filters" aria-label=zh().filters>
            <div class="section-head"><h2>{zh().filters}</h2><a href=clear>{zh().clear_filters}</a></div>
            {newest.then(|| view! { <input type="hidden" name="sort" value="newest" /> })}
            {groups}
            <fieldset>
                <legend>{zh().date_range}</legend>
                <label class="day">{zh().from} <input type="date" name="from" value=day(query.filters.from) /></label>
                <label class="day">{zh().to} <input type="date" name="to" value=day(query.filters.to) /></label>
            </fieldset>
            <button class="button quiet">{zh().apply}</button>
        </section>
    }
}

#[component]
fn Group(facet: &'static str, name: &'static str, counts: Vec<FacetCount>, chosen: Vec<String>) -> impl IntoView {
    // chosen values stay visible even when nothing has them
    let missing = chosen.iter().filter(|value| counts.iter().all(|count| count.value != **value));
    let missing: Vec<FacetCount> = missing.map(|value| FacetCount { value: value.clone(), count: 0 }).collect();
    let mut all: Vec<FacetCount> = missing.into_iter().chain(counts).take(MOST).collect();
    if facet != "year" {
        all.sort_by_key(|count| !chosen.contains(&count.value));
    }
    let rest = all.split_off(SHOWN.min(all.len()));
    let line = move |count: FacetCount| {
        let is = chosen.contains(&count.value);
        let shown = text::facet_value(facet, &count.value);
        view! {
            <label>
                <input type="checkbox" name=facet value=count.value checked=is />
                <span>{shown}</span>
                <span class="count">{text::number(count.count)}</span>
            </label>
        }
    };
    let shown: Vec<_> = all.into_iter().map(&line).collect();
    let hidden: Vec<_> = rest.into_iter().map(&line).collect();
    view! {
        <fieldset>
            <legend>{name}</legend>
            {shown}
            {(!hidden.is_empty()).then(|| view! { <details><summary>{zh().show_more}</summary>{hidden}</details> })}
        </fieldset>
    }
}
