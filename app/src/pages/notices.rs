//! All publications of a kind, newest first, by year; of recalls also the question whether one's own is affected.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    domain::{alert::Topic, publication::Kind},
    parts::{
        Answered, Asked, CheckForm, Crumb, Description, FollowLinks, Frame, NoticeList, Pager, Request, Years,
        answer_with, portal, refused,
    },
    ports::{Notice, NoticeScope, Page, PortError, PortResult, Portal, RecallAnswer, check_recalls},
    text::{self, zh},
};

/// Publications a page.
const PAGE: u32 = 30;

/// What the page shows.
struct Listed {
    kind: Kind,
    year: Option<i32>,
    years: Vec<(i32, u64)>,
    page: Page<Notice>,
    asked: Asked,
    answers: Vec<RecallAnswer>,
}

async fn read(portal: &Portal, request: &Request) -> PortResult<Listed> {
    let kind = Kind::from_folder(request.part(0)).filter(|kind| *kind != Kind::Bulletin).ok_or(PortError::NotFound)?;
    let year = request.get("year").map(str::parse).transpose().map_err(|_| PortError::Invalid("year"))?;
    let scope = NoticeScope { kind: Some(kind), year, ..NoticeScope::default() };
    let asked = if kind == Kind::Recall { Asked::of(request) } else { Asked::default() };
    let answers = match asked.held() {
        Some(held) if !asked.is_empty() => check_recalls(&*portal.notices, &asked.product, &held).await?,
        _ => Vec::new(),
    };
    Ok(Listed {
        kind,
        year,
        years: portal.notices.notice_years(kind).await?,
        page: portal.notices.notices(scope, request.get("after"), PAGE).await?,
        asked,
        answers,
    })
}

/// The list of a kind.
#[component]
pub fn NoticesPage() -> impl IntoView {
    let portal = portal();
    let request = Request::current();
    Suspend::new(async move {
        let Listed { kind, year, years, page, asked, answers } = match read(&portal, &request).await {
            Ok(listed) => listed,
            Err(error) => return refused(&error),
        };
        let name = text::publication_kind(kind);
        let path = request.canonical(year);
        let is_empty = page.items.is_empty();
        view! {
            <Description title=name.into() text=text::list_of(kind) path=path />
            <Frame crumbs=vec![Crumb::to("/publications", zh().publications), Crumb::here(name)]>
                <h1>{name}</h1>
                <p class="lead">{zh().bulletins_lead}</p>
                <FollowLinks topic=Topic::Kind(kind) name=name />
                {(kind == Kind::Recall && !years.is_empty()).then(|| view! { <Check asked=asked answers=answers /> })}
                <Siblings kind=kind />
                <Years years=years chosen=year request=request />
                <h2 class="sr-only">{text::list_of(kind)}</h2>
                <NoticeList notices=page.items />
                {is_empty.then(|| view! { <Nothing in_year=year.is_some() /> })}
                <Pager next=page.next />
            </Frame>
        }
        .into_any()
    })
}

/// 警示 and 提示 are looked for together.
#[component]
fn Siblings(kind: Kind) -> impl IntoView {
    let kinds = [Kind::Warning, Kind::Tip];
    let link = |other: Kind| {
        let current = (other == kind).then_some("page");
        view! { <a href=format!("/{}", other.folder()) aria-current=current>{text::publication_kind(other)}</a> }
    };
    kinds
        .contains(&kind)
        .then(|| view! { <nav class="tabs" aria-label=zh().warnings_nav>{kinds.map(link)}</nav> })
        .into_any()
}

#[component]
fn Nothing(in_year: bool) -> impl IntoView {
    view! {
        <section class="card message">
            <p>{if in_year { zh().nothing_in_year } else { zh().nothing_of_kind }}</p>
            <p><a class="button" href="/publications">{zh().see_others}</a> <a class="button quiet" href="/search">{zh().search}</a></p>
        </section>
    }
    .into_any()
}

#[component]
fn Check(asked: Asked, answers: Vec<RecallAnswer>) -> impl IntoView {
    let is_asked = !asked.is_empty();
    let readable = asked.held().is_some();
    if !readable {
        answer_with(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let count = answers.len();
    let list = answers.into_iter().map(|one| view! { <Answered answer=one.answer recall=Some(one.recall) /> });
    let found = (is_asked && readable).then(|| {
        view! {
            <div role="status">
                {if count == 0 {
                    view! {
                        <div class="answer">
                            <p class="short"><span class="shape" aria-hidden="true">"–"</span> <strong>{zh().check_none}</strong></p>
                            <p>{zh().check_none_do}</p>
                        </div>
                    }.into_any()
                } else {
                    view! { <p>{text::recalls_found(count)}</p> {list.collect_view()} }.into_any()
                }}
            </div>
        }
    });
    view! {
        <section class="card check" id="check" aria-labelledby="check-title">
            <h2 id="check-title">{zh().check_recall}</h2>
            <p class="note">{zh().check_recall_lead}</p>
            <CheckForm action="/recalls".into() asked=asked product=true />
            {found}
        </section>
    }
    .into_any()
}
