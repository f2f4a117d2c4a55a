//! One entry of a register.

use leptos::prelude::*;

use super::PATH;
use crate::{
    domain::register::CellType,
    parts::{Crumb, Description, Frame, ObjectionLink, Request, cell_text, portal, refused},
    ports::{EntryFull, PortError},
    text::{self, registers as say, zh},
};

/// An entry.
#[component]
pub fn EntryPage() -> impl IntoView {
    let (portal, request) = (portal(), Request::current());
    Suspend::new(async move {
        let Some(id) = request.id() else { return refused(&PortError::NotFound) };
        let full = match portal.registers.entry(request.part(1), id).await {
            Ok(full) => full,
            Err(error) => return refused(&error),
        };
        let title = full.entry.title.clone();
        let register = format!("{PATH}/{}", full.register.code);
        let crumbs = vec![Crumb::to(PATH, say::TITLE), Crumb::to(&register, &full.register.short), Crumb::here(&title)];
        let publication = full.register.id;
        let summary = say::entry_summary(&full.register.name, &title);
        view! {
            <Description title=format!("{title}_{}", full.register.short) text=summary path=full.entry.path() />
            <Frame crumbs=crumbs>
                <article>
                    <h1>{title}</h1>
                    <Meta full=full.clone() />
                    <Facts full=full.clone() />
                    <Caveats full=full.clone() />
                    <p class="buttons">
                        {full.operator.map(|operator| view! { <a class="button" href=format!("/operators/{}", operator.id)>{say::OPERATOR}</a> })}
                        <a class="button quiet" href=register>{say::WHOLE}</a>
                    </p>
                    <section aria-labelledby="wrong">
                        <h2 id="wrong">{say::REPORT}</h2>
                        <p><a href="/cases/new">{say::COMPLAIN}</a></p>
                        <ObjectionLink publication=publication />
                    </section>
                </article>
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn Meta(full: EntryFull) -> impl IntoView {
    let on = full.register.published_on;
    view! {
        <p class="meta">
            <span class="tag">{full.register.name}</span>
            <span>{say::AS_OF}<time datetime=on.to_string()>{text::day(on)}</time></span>
            <span>{zh().source}{full.register.source}</span>
            {full.entry.until.map(|until| view! { <span>{say::UNTIL}<time datetime=until.to_string()>{text::day(until)}</time></span> })}
        </p>
    }
    .into_any()
}

/// All its cells; a point is one fact.
#[component]
fn Facts(full: EntryFull) -> impl IntoView {
    let columns = full.definition;
    let cells = full.entry.cells.iter().filter_map(|cell| {
        let column = columns.columns.iter().find(|column| column.code == cell.column)?;
        let is_degree = matches!(column.cell_type, CellType::Latitude | CellType::Longitude);
        (!is_degree).then(|| {
            let shown = cell_text(Some(column), cell);
            view! { <div><dt>{cell.name.clone()}</dt><dd class="text">{shown}</dd></div> }
        })
    });
    let cells = cells.collect_view();
    let point = full.entry.point.map(|point| {
        let (lat, lon) = point.degrees();
        view! { <div><dt>{say::POINT}</dt><dd>{say::degrees(lat, lon)}</dd></div> }
    });
    view! {
        <section aria-labelledby="facts">
            <h2 id="facts">{say::FACTS}</h2>
            <dl class="facts">{cells}{point}</dl>
        </section>
    }
    .into_any()
}

#[component]
fn Caveats(full: EntryFull) -> impl IntoView {
    let lines = full.definition.caveats.iter().map(|line| view! { <li>{line.clone()}</li> });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty())
        .then(|| {
            view! {
                <section class="card" aria-labelledby="caveats">
                    <h2 id="caveats">{say::CAVEATS}</h2>
                    <ul>{lines}</ul>
                </section>
            }
        })
        .into_any()
}
