//! Fields of a publication: short ones as a list of facts, long ones under a heading of their own, in the order of the
//! kind.

use leptos::prelude::*;

use crate::{
    domain::{
        publication::field::{Field, Holds},
        sample::Verdict,
    },
    parts::VerdictMark,
    ports::{NoticeFull, SampleLink},
    text::{self, zh},
};

/// All of these fields that are filled: runs of short ones as lists, each long one under its heading.
pub fn sections(fields: &[&Field], full: &NoticeFull) -> Vec<AnyView> {
    let filled = |field: &&&Field| !full.notice.content.field(field.name).is_empty();
    let mut out = Vec::new();
    let mut run: Vec<&Field> = Vec::new();
    for field in fields.iter().filter(filled) {
        if is_short(field) {
            run.push(field);
            continue;
        }
        if !run.is_empty() {
            out.push(list(&std::mem::take(&mut run), full).into_any());
        }
        out.push(long(field, full));
    }
    if !run.is_empty() {
        out.push(list(&run, full).into_any());
    }
    out
}

fn is_short(field: &Field) -> bool {
    !matches!(field.holds, Holds::Text(_) | Holds::Samples)
}

/// Fields as a list of facts; those that are empty are left out.
pub fn list(fields: &[&Field], full: &NoticeFull) -> impl IntoView {
    let content = &full.notice.content;
    let facts = fields.iter().filter(|field| !content.field(field.name).is_empty()).map(|field| {
        let name = text::label(content.kind, field.name).to_owned();
        view! { <div><dt>{name}</dt><dd>{value(field, full)}</dd></div> }
    });
    view! { <dl class="facts">{facts.collect_view()}</dl> }
}

fn value(field: &Field, full: &NoticeFull) -> AnyView {
    let text = full.notice.content.field(field.name).to_owned();
    match field.holds {
        Holds::Text(_) => paragraphs(&text).into_any(),
        Holds::Lots => {
            let lots = text.lines().map(|lot| view! { <li>{text::lot(lot)}</li> }).collect_view();
            view! { <ul class="lots">{lots}</ul> }.into_any()
        }
        Holds::Link => {
            let host = text.trim_start_matches("https://").split('/').next().unwrap_or_default().to_owned();
            view! { <a href=text rel="noopener">{host}</a> {zh().leaving} }.into_any()
        }
        _ if field.names_operator => match full.operators.first() {
            Some(operator) => view! { <a href=format!("/operators/{}", operator.id)>{text}</a> }.into_any(),
            None => text.into_any(),
        },
        _ if field.name == "phone" && text.chars().all(|c| c.is_ascii_digit() || c == '-') => {
            view! { <a href=format!("tel:{text}")>{text.clone()}</a> }.into_any()
        }
        _ => text::value(field, &text).into_any(),
    }
}

fn long(field: &Field, full: &NoticeFull) -> AnyView {
    let content = &full.notice.content;
    let name = text::label(content.kind, field.name).to_owned();
    if field.holds == Holds::Samples {
        return samples(name, content.field(field.name), &full.samples);
    }
    let text = content.field(field.name);
    view! { <section><h2>{name}</h2><div class="prose">{paragraphs(text)}</div></section> }.into_any()
}

/// Lines as paragraphs.
pub fn paragraphs(text: &str) -> impl IntoView + use<> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()
}

fn samples(name: String, numbers: &str, links: &[SampleLink]) -> AnyView {
    let linked = links.iter().map(|link| {
        let verdict = Verdict::from_code(&link.verdict);
        view! {
            <li>
                <a href=format!("/samples/{}", link.id)>{link.product.clone()}</a> " " <VerdictMark verdict=verdict />
                <small>{link.number.clone()} " " {link.bulletin.clone()}</small>
            </li>
        }
    });
    let known = |number: &str| links.iter().any(|link| link.number.as_deref() == Some(number));
    let others = numbers.lines().filter(|number| !known(number)).map(|number| view! { <li>{number.to_owned()}</li> });
    view! {
        <section>
            <h2>{name}</h2>
            <ul class="linked">{linked.collect_view()}{others.collect_view()}</ul>
        </section>
    }
    .into_any()
}
