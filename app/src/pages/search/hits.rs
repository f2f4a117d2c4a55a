//! The hits of a page, with marks.

use leptos::prelude::*;

use crate::{
    domain::sample::Verdict,
    parts::{Pager, Request, VerdictMark},
    ports::{Found, Fragment, Hit},
    text::{self, zh},
};

/// Hits, the divider before relaxed ones, and help where nothing is found.
#[component]
pub fn Hits(found: Found, request: Request) -> impl IntoView {
    if found.hits.is_empty() {
        let is_first = request.get("after").is_none();
        return view! { {is_first.then(|| view! { <Nothing /> })} <Pager next=None /> }.into_any();
    }
    let relaxed = found.relaxed_after.unwrap_or(found.hits.len());
    let mut strict = found.hits;
    let part = strict.split_off(relaxed.min(strict.len()));
    view! {
        {list(strict)}
        {(!part.is_empty()).then(|| view! { <h2 class="relaxed">{zh().relaxed}</h2> {list(part)} })}
        <Pager next=found.next />
    }
    .into_any()
}

fn list(hits: Vec<Hit>) -> impl IntoView {
    let items: Vec<_> = hits.into_iter().map(|hit| view! { <One hit=hit /> }).collect();
    (!items.is_empty()).then(|| view! { <ol class="plain-list hits">{items}</ol> })
}

fn marked(fragments: Vec<Fragment>) -> impl IntoView {
    let one = |fragment: Fragment| {
        if fragment.hit { view! { <mark>{fragment.text}</mark> }.into_any() } else { fragment.text.into_any() }
    };
    fragments.into_iter().map(one).collect_view()
}

#[component]
fn One(hit: Hit) -> impl IntoView {
    let verdict = hit.verdict.as_deref().and_then(Verdict::from_code);
    view! {
        <li class="card hit">
            <h3><a href=hit.url>{marked(hit.title)}</a> " " {verdict.map(|known| view! { <VerdictMark verdict=Some(known) /> })}</h3>
            {(!hit.snippet.is_empty()).then(|| view! { <p>{marked(hit.snippet)}</p> })}
            <p class="meta">
                <span>{text::kind(&hit.kind)}</span>
                {hit.register.map(|register| view! { <span>{register}</span> })}
                {hit.district.map(|district| view! { <span>{district}</span> })}
                {hit.date.map(|date| view! { <time datetime=date.to_string()>{text::day(date)}</time> })}
            </p>
        </li>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let lines = [zh().nothing_1, zh().nothing_2, zh().nothing_3, zh().nothing_4];
    view! {
        <section class="card message">
            <h2>{zh().nothing}</h2>
            <ul>{lines.map(|line| view! { <li>{line}</li> })}</ul>
        </section>
    }
}
