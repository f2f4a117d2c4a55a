//! The list of publications, and the choice of a new one.

use leptos::prelude::*;

use super::{form::Fields, refused_by_desk, viewer};
use crate::{
    domain::{
        publication::{
            Kind,
            content::Content,
            life::{STAGES, Work},
        },
        staff::Permission,
    },
    forms::{ErrorSummary, Form, Submit},
    parts::{Crumb, DeskFrame, Request, portal, refused},
    ports::{DeskFilter, DeskLine, PortError},
    text::{self, editing, zh},
};

/// Publications, the last written first.
#[component]
pub fn PublicationsPage() -> impl IntoView {
    let (portal, request, viewer) = (portal(), Request::current(), viewer());
    Suspend::new(async move {
        let Some(viewer) = viewer else { return refused(&PortError::NotFound) };
        let filter = DeskFilter {
            stage: request.get("stage").filter(|stage| STAGES.contains(stage)).map(str::to_owned),
            kind: request.get("kind").and_then(Kind::from_code),
            text: request.get("q").unwrap_or_default().to_owned(),
        };
        let page = request.get("page").and_then(|page| page.parse().ok()).unwrap_or(0);
        let (lines, counts) = match portal.desk.lines(&viewer, filter.clone(), page).await {
            Ok(found) => found,
            Err(error) => return refused_by_desk(error),
        };
        let (is_empty, is_full) = (lines.is_empty(), lines.len() >= 50);
        let more = is_full.then(|| request.with("page", Some(&(page + 1).to_string())));
        let may_write = viewer.may(Permission::Write);
        view! {
            <DeskFrame title=editing::PUBLICATIONS crumbs=vec![Crumb::here(editing::PUBLICATIONS)]>
                <h1>{editing::PUBLICATIONS}</h1>
                {may_write.then(|| view! { <NewLinks /> })}
                <Tabs stage=filter.stage.clone() counts=counts request=request.clone() />
                <form class="desk-filter" role="search">
                    {filter.stage.clone().map(|stage| view! { <input type="hidden" name="stage" value=stage /> })}
                    <label for="q">{editing::TITLE_PART}</label>
                    <input id="q" type="search" name="q" value=filter.text.clone() autocomplete="off" />
                    <button class="button quiet">{editing::FILTER}</button>
                </form>
                {if is_empty {
                    view! { <p class="card message">{editing::NONE}</p> }.into_any()
                } else {
                    view! { <ul class="plain-list">{lines.into_iter().map(line).collect_view()}</ul> }.into_any()
                }}
                {more.map(|href| view! { <nav class="pager" aria-label=zh().pages><a class="button" rel="next" href=href>{zh().next_page}</a></nav> })}
            </DeskFrame>
        }
        .into_any()
    })
}

#[component]
fn NewLinks() -> impl IntoView {
    let links = Kind::ALL.map(|kind| {
        view! { <a class="button quiet" href=format!("/desk/publications/new/{}", kind.code())>{text::publication_kind(kind)}</a> }
    });
    view! {
        <section aria-labelledby="new" class="new-links">
            <h2 id="new">{editing::NEW}</h2>
            <div class="buttons">{links}</div>
        </section>
    }
}

#[component]
fn Tabs(stage: Option<String>, counts: [u64; 4], request: Request) -> impl IntoView {
    let all = view! {
        <a href=request.with("stage", None) aria-current=stage.is_none().then_some("page")>{editing::ALL}</a>
    };
    let tabs = STAGES.into_iter().zip(counts).map(|(code, count)| {
        let current = (stage.as_deref() == Some(code)).then_some("page");
        view! { <a href=request.with("stage", Some(code)) aria-current=current>{editing::stage_tab(code)} " " <span class="count">{count}</span></a> }
    });
    view! { <nav class="tabs" aria-label=editing::PUBLICATIONS>{all}{tabs.collect_view()}</nav> }
}

/// What a line says of open work.
fn state(work: Option<&Work>) -> Option<String> {
    let work = work?;
    Some(format!("{} · {}", editing::work(work.act), editing::stage(work.stage)))
}

fn line(line: DeskLine) -> impl IntoView {
    let title = if line.title.is_empty() { editing::UNTITLED.to_owned() } else { line.title.clone() };
    let returned = line.work.as_ref().and_then(|work| work.returned.clone());
    view! {
        <li class="card desk-line">
            <h3><a href=super::at(line.id, "")>{title}</a></h3>
            <p class="meta">
                <span>{text::publication_kind(line.kind)}</span>
                <span>{editing::standing(line.standing)}</span>
                {state(line.work.as_ref()).map(|state| view! { <strong>{state}</strong> })}
                <span>{editing::updated(line.updated_at)}</span>
            </p>
            {line.publish_by.as_ref().map(|due| view! { <p class="deadline">{editing::publish_by(due)}</p> })}
            {line.remove_on.map(|on| view! { <p class="note">{editing::remove_on(on)}</p> })}
            {returned.map(|reason| view! { <p class="returned">{editing::returned(&reason)}</p> })}
        </li>
    }
}

/// The first draft of a publication.
#[component]
pub fn NewPage() -> impl IntoView {
    let request = Request::current();
    let Some(kind) = request.path.rsplit('/').next().and_then(Kind::from_code) else {
        return refused(&PortError::NotFound);
    };
    let mut content = Content::new(kind);
    content.source.clone_from(&portal().site.bureau);
    let name = text::publication_kind(kind);
    let crumbs = vec![Crumb::to("/desk/publications", editing::PUBLICATIONS), Crumb::here(name)];
    view! {
        <DeskFrame title=name crumbs=crumbs>
            <h1>{name}</h1>
            <ErrorSummary />
            <Form id="draft">
                <Fields content=content classes=portal().desk.removal_classes() />
                <div class="buttons"><Submit label=editing::SAVE name="do" value="save" /></div>
            </Form>
        </DeskFrame>
    }
    .into_any()
}
