//! The home page: search first, then what is new, then what is here.

use leptos::prelude::*;

use crate::{
    assets::Scripts,
    domain::publication::Kind,
    islands::SearchBox,
    pages::publications::Kinds,
    parts::{BulletinList, Description, Frame, JsonLd, Tallies, portal, refused},
    ports::{Notice, NoticeScope, Overview, PortResult, Site},
    text::{self, zh},
};

/// Bulletins shown.
const NEWEST: u32 = 4;
/// Publications shown of each other kind.
const OTHERS: u32 = 3;

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    let portal = portal();
    Suspend::new(async move {
        let read = async {
            let overview = portal.publications.overview().await?;
            let bulletins = portal.publications.bulletins(None, None, NEWEST).await?.items;
            let counts = portal.notices.notice_counts().await?;
            let mut newest = Vec::new();
            for (kind, _) in counts.iter().filter(|(kind, _)| *kind != Kind::Bulletin) {
                let scope = NoticeScope { kind: Some(*kind), ..NoticeScope::default() };
                newest.push((*kind, portal.notices.notices(scope, None, OTHERS).await?.items));
            }
            let has_polls = portal.polls.is_used().await?;
            PortResult::Ok((overview, bulletins, counts, newest, has_polls))
        };
        match read.await {
            Err(error) => refused(&error),
            Ok((overview, bulletins, counts, newest, has_polls)) => {
                let has_bulletins = !bulletins.is_empty();
                let is_empty = counts.is_empty();
                view! {
                    <Description title=String::new() text=zh().home_lead.into() path="/".into() />
                    <JsonLd data=structured(&portal.site) />
                    <Frame search=false>
                        <Hero />
                        <Report has_polls=has_polls />
                        <Ways counts=counts />
                        {has_bulletins.then(|| view! {
                            <section aria-labelledby="newest">
                                <div class="section-head">
                                    <h2 id="newest">{zh().newest}</h2>
                                    <a href="/bulletins">{zh().all_bulletins}</a>
                                </div>
                                <BulletinList bulletins=bulletins />
                            </section>
                        })}
                        <Newest newest=newest />
                        {has_bulletins.then(|| view! { <Numbers overview=overview /> })}
                        {is_empty.then(|| view! { <Empty /> })}
                        <Reading />
                    </Frame>
                    <Scripts />
                }
                .into_any()
            }
        }
    })
}

fn structured(site: &Site) -> serde_json::Value {
    let url = format!("{}/", site.base_url);
    serde_json::json!({
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "url": url, "name": site.name, "inLanguage": "zh-CN", "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": format!("{}/search?q={{q}}", site.base_url)},
                "query-input": "required name=q"}},
            {"@type": "GovernmentOrganization", "name": site.bureau, "url": url},
        ]
    })
}

#[component]
fn Hero() -> impl IntoView {
    let examples = text::EXAMPLES.map(|example| {
        let href = format!("/search?q={}", form_urlencoded::byte_serialize(example.as_bytes()).collect::<String>());
        view! { <a href=href>{example}</a> " " }
    });
    view! {
        <section class="hero">
            <h1>{zh().home_lead}</h1>
            <form action="/search" role="search" class="search-form">
                <SearchBox
                    value=String::new()
                    label=zh().search_label.into()
                    placeholder=zh().search_placeholder.into()
                    suggestions=zh().suggestions.into()
                />
                <button class="button">{zh().search_button}</button>
            </form>
            <p class="hint">{zh().home_hint} " " {examples}</p>
        </section>
    }
}

/// The way to a complaint or report, and to how it stands.
#[component]
fn Report(has_polls: bool) -> impl IntoView {
    view! {
        <section class="card report-way" aria-label=text::intake::TITLE>
            <p>{text::intake::HOME_LEAD}</p>
            <p class="buttons">
                <a class="button" href="/cases/new">{text::intake::TITLE}</a>
                <a class="button quiet" href="/cases/status">{text::intake::STATUS}</a>
            </p>
            <p><a href="/statistics">{text::statistics::HOME}</a></p>
            {has_polls.then(|| view! { <p><a href="/polls">{text::poll::HOME}</a></p> })}
        </section>
    }
}

/// Ways into the site: what is here, and the question about recalls where there are any.
#[component]
fn Ways(counts: Vec<(Kind, u64)>) -> impl IntoView {
    let has_recalls = counts.iter().any(|(kind, _)| *kind == Kind::Recall);
    view! {
        {has_recalls.then(|| view! {
            <p class="card way"><a href="/recalls#check"><strong>{zh().check_home}</strong></a> <span>{zh().check_home_lead}</span></p>
        })}
        <p class="card way">
            <a href="/schools"><strong>{text::place::SCHOOLS}</strong></a>
            <a href="/kitchens"><strong>{text::camera::TITLE}</strong></a>
            <a href="/places"><strong>{text::place::TITLE}</strong></a>
        </p>
        {(counts.len() > 1).then(|| view! { <nav aria-label=zh().publications><Kinds counts=counts /></nav> })}
    }
    .into_any()
}

#[component]
fn Newest(newest: Vec<(Kind, Vec<Notice>)>) -> impl IntoView {
    let sections = newest.into_iter().map(|(kind, notices)| {
        let name = text::publication_kind(kind);
        let lines = notices.into_iter().map(|notice| {
            view! {
                <li>
                    <a href=notice.content.path(notice.id)>{notice.content.title.clone()}</a>
                    <time datetime=notice.published_on.to_string()>{text::day(notice.published_on)}</time>
                </li>
            }
        });
        view! {
            <section class="card">
                <div class="section-head">
                    <h2>{name}</h2>
                    <a href=format!("/{}", kind.folder()) aria-label=text::all_of(kind)>{zh().all_of_kind}</a>
                </div>
                <ul class="short-list">{lines.collect_view()}</ul>
            </section>
        }
    });
    let sections: Vec<_> = sections.collect();
    (!sections.is_empty()).then(|| view! { <div class="newest">{sections}</div> }).into_any()
}

#[component]
fn Numbers(overview: Overview) -> impl IntoView {
    view! {
        <section aria-labelledby="numbers" class="card">
            <h2 id="numbers">{zh().on_this_site}</h2>
            <p>{text::overview(overview.bulletins, overview.operators, overview.first_on)}</p>
            <Tallies tallies=overview.tallies />
            <p class="note">{zh().rates_note}</p>
        </section>
    }
}

#[component]
fn Empty() -> impl IntoView {
    view! {
        <section class="card message">
            <h2>{zh().empty_title}</h2>
            <p>{zh().empty_text}</p>
            <p class="note">{zh().empty_admin}</p>
        </section>
    }
}

#[component]
fn Reading() -> impl IntoView {
    let lines = [zh().how_1, zh().how_2, zh().how_3, zh().how_4];
    view! {
        <section aria-labelledby="reading">
            <h2 id="reading">{zh().how_to_read}</h2>
            <ul class="reading">{lines.map(|line| view! { <li>{line}</li> })}</ul>
        </section>
    }
}
