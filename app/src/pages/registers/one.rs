//! One register: what it is and is not, its entries, its record.

use leptos::prelude::*;
use leptos_meta::Meta;

use super::{
    PATH,
    find::{Find, query_of},
};
use crate::{
    domain::publication::Kind,
    markdown,
    pages::places::{Dot, draw},
    parts::{
        Crumb, Description, EntryTable, Frame, JsonLd, ObjectionLink, Pager, PublicRecord, Replies, Request, into_head,
        portal, refused,
    },
    ports::{EntryQuery, FoundEntries, PortResult, RegisterEntry, RegisterFull, Site},
    text::{self, place, registers as say, zh},
};

/// Entries a page.
const PAGE: u32 = 30;

/// A register.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let (portal, request) = (portal(), Request::current());
    Suspend::new(async move {
        let query = query_of(&request);
        let read = async {
            let full = portal.registers.register(request.part(1)).await?;
            let found = portal.registers.entries(&full.line.code, &query, request.get("after"), PAGE).await?;
            PortResult::Ok((full, found))
        };
        let (full, found) = match read.await {
            Ok(read) => read,
            Err(error) => return refused(&error),
        };
        let path = format!("{PATH}/{}", full.line.code);
        // every filter is another address of what the register's own page leads to
        let is_whole = query == EntryQuery::default();
        if !is_whole || request.get("after").is_some() {
            into_head(view! { <Meta name="robots" content="noindex, follow" /> });
        }
        let name = full.line.name.clone();
        let crumbs = vec![Crumb::to(PATH, say::TITLE), Crumb::here(&full.line.short)];
        let data = structured(&full, &portal.site);
        let id = full.line.id;
        view! {
            <Description title=name.clone() text=full.line.note.clone() path=path.clone() />
            <JsonLd data=data />
            <Frame crumbs=crumbs>
                <h1>{name.clone()}</h1>
                <About full=full.clone() />
                <Find register=full.definition.clone() query=query facets=found.facets.clone() action=path.clone() />
                <Entries full=full.clone() found=found path=path />
                <Replies replies=full.replies />
                <PublicRecord kind=Kind::Register id=id title=name revisions=full.revisions />
                <ObjectionLink publication=id />
            </Frame>
        }
        .into_any()
    })
}

fn structured(full: &RegisterFull, site: &Site) -> serde_json::Value {
    let page = format!("{}{PATH}/{}", site.base_url, full.line.code);
    let file = |end: &str, kind: &str| serde_json::json!({"@type": "DataDownload", "contentUrl": format!("{page}.{end}"), "encodingFormat": kind});
    serde_json::json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": full.line.name,
        "description": full.line.note,
        "url": page,
        "dateModified": full.line.updated_at,
        "temporalCoverage": full.line.published_on,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": true,
        "creator": {"@type": "GovernmentOrganization", "name": full.line.source},
        "distribution": [file("csv", "text/csv"), file("json", "application/json")],
    })
}

/// What it is and is not, from whom, of which day.
#[component]
fn About(full: RegisterFull) -> impl IntoView {
    let register = full.definition;
    let notes = register.note.lines().map(str::trim).filter(|line| !line.is_empty());
    let notes = notes.map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    let lives = say::lives(&register);
    let caveats = register.caveats.iter().cloned().chain([lives]);
    let caveats = caveats.map(|line| view! { <li>{line}</li> }).collect_view();
    let body = (!full.body.trim().is_empty())
        .then(|| view! { <div class="prose" inner_html=markdown::render(&full.body)></div> });
    let on = full.line.published_on;
    view! {
        <p class="meta">
            <span>{say::AS_OF}<time datetime=on.to_string()>{text::day(on)}</time></span>
            <span>{zh().source}{full.line.source}</span>
            <span>{say::count(full.line.entries)}</span>
        </p>
        <div class="prose">{notes}</div>
        {body}
        <details class="card register-about" open=true>
            <summary>{say::CAVEATS}</summary>
            <ul>{caveats}</ul>
            <dl class="facts">
                <div><dt>{say::SCOPE}</dt><dd>{register.scope.clone()}</dd></div>
                <div><dt>{say::BASIS}</dt><dd>{register.basis.clone()}</dd></div>
            </dl>
        </details>
    }
    .into_any()
}

#[component]
fn Entries(full: RegisterFull, found: FoundEntries, path: String) -> impl IntoView {
    let counted = say::found(found.total, full.line.entries);
    let is_empty = found.page.items.is_empty();
    let nothing = if full.line.entries == 0 { say::EMPTY } else { say::NOTHING };
    let dot = |entry: &RegisterEntry| Some(Dot { href: entry.path(), name: entry.title.clone(), point: entry.point? });
    let dots: Vec<Dot> = found.page.items.iter().filter_map(dot).collect();
    let ground = portal().map;
    let drawn = if dots.is_empty() { None } else { draw(ground.districts.as_deref(), &dots, None) };
    let on_map = drawn.map(|svg| {
        view! {
            <details class="card register-map">
                <summary>{say::ON_MAP}</summary>
                <div class="drawn"><div inner_html=svg></div><p class="note">{place::DOTS_NOTE}</p></div>
            </details>
        }
    });
    view! {
        <section aria-labelledby="entries">
            <div class="section-head">
                <h2 id="entries">{say::ENTRIES}</h2>
                <p role="status">{counted}</p>
            </div>
            {if is_empty {
                view! { <p class="card message">{nothing}</p> }.into_any()
            } else {
                view! { <EntryTable register=full.definition entries=found.page.items /> }.into_any()
            }}
            <Pager next=found.page.next />
            {on_map}
            <p class="register-files">
                <span>{say::DOWNLOAD}</span>
                <a href=format!("{path}.csv") download="">"CSV"</a>
                <a href=format!("{path}.json") download="">"JSON"</a>
            </p>
        </section>
    }
    .into_any()
}
