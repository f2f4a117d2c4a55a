//! 一企一档: what is public of one firm, shop or canteen. First what people ask for, then one line of all records.

mod grades;
mod line;
mod people;
mod read;
mod timeline;

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use self::{
    grades::{DynamicGrade, RiskGrade, YearlyGrade},
    line::{Timeline, entry_body},
    people::{People, SelfChecks},
    read::{Dossier, Found, read},
};
use crate::{
    domain::{alert::Topic, operator::identifier_note, register::Shows},
    parts::{CameraMark, Crumb, Description, FollowLinks, Frame, Request, Tallies, answer_with, portal, refused},
    ports::Operator,
    text::{self, operator as say, zh},
};

/// A firm or shop.
#[component]
pub fn OperatorPage() -> impl IntoView {
    let portal = portal();
    let request = Request::current();
    let options = use_context::<ResponseOptions>();
    Suspend::new(async move {
        let dossier = match read(&portal, &request).await {
            Ok(Found::Page(dossier)) => Arc::new(*dossier),
            Ok(Found::Moved(kept)) => return moved(&format!("/operators/{kept}"), options.as_ref()),
            Err(error) => return refused(&error),
        };
        // what cameras look like and which week it is moves without the feed
        let moves = !dossier.cameras.is_empty() || dossier.newest(Shows::SelfCheck).is_some();
        if let (true, Some(options)) = (moves, &options) {
            options.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
        }
        let operator = dossier.operator.clone();
        let name = operator.line.name.clone();
        let report = format!("/cases/new?operator={}", operator.line.id);
        let line = view! {
            <Timeline
                tracks=dossier.tracks.clone()
                track=dossier.track
                events=dossier.events.clone()
                next=dossier.next.clone()
            />
        };
        view! {
            <Description title=name.clone() text=zh().operator_note.into() path=format!("/operators/{}", operator.line.id) />
            <Frame crumbs=vec![Crumb::here(&name)]>
                <article class="dossier">
                    <header>
                        <h1>{name.clone()}</h1>
                        {(!operator.aliases.is_empty()).then(|| view! { <p class="also">{say::ALSO} "：" {operator.aliases.join("、")}</p> })}
                        <Facts operator=operator.clone() />
                        <p class="note">{zh().operator_note}</p>
                        <FollowLinks topic=Topic::Operator(operator.line.id) name=name.clone() />
                        <p class="report-link no-print">
                            <a class="button quiet" href=report rel="nofollow">{text::intake::ABOUT_OPERATOR}</a>
                            " "
                            <a href=format!("/operators/{}/notice", operator.line.id)>{text::place::NOTICE_LINK}</a>
                        </p>
                    </header>
                    <Now dossier=Arc::clone(&dossier) />
                    <Sampled operator=operator.clone() />
                    {line}
                    <People dossier=Arc::clone(&dossier) />
                    <SelfChecks dossier=Arc::clone(&dossier) today=portal.today />
                    <Registered dossier=Arc::clone(&dossier) />
                </article>
            </Frame>
        }
        .into_any()
    })
}

/// The page that this one turned out to be the same as. Browsers ask again each time: a merge can be undone.
fn moved(path: &str, options: Option<&ResponseOptions>) -> AnyView {
    answer_with(StatusCode::PERMANENT_REDIRECT);
    if let (Some(options), Ok(location)) = (options, HeaderValue::try_from(path)) {
        options.insert_header(header::LOCATION, location);
    }
    view! { <p><a href=path.to_owned()>{path.to_owned()}</a></p> }.into_any()
}

/// What it is, where, and its papers.
#[component]
fn Facts(operator: Operator) -> impl IntoView {
    let plain = [
        (say::KIND, operator.kind.map(|kind| say::kind(kind).to_owned())),
        (zh().address_name, operator.line.address),
        (say::DISTRICT, operator.district),
    ];
    let plain = plain
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }));
    let codes = [(zh().uscc, operator.uscc), (zh().licence, operator.licence)];
    let codes = codes.into_iter().filter_map(|(name, value)| {
        value.map(|value| {
            let note = identifier_note(&value).map(say::identifier_note);
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd><span class="code">{value}</span> {note.map(|note| view! { <small class="warn">{note}</small> })}</dd>
                </div>
            }
        })
    });
    view! { <dl class="facts">{plain.collect_view()} {codes.collect_view()}</dl> }
}

/// The live kitchen, the grades, the last inspection: what there is of them, and nothing where there is nothing.
#[component]
fn Now(dossier: Arc<Dossier>) -> impl IntoView {
    let id = dossier.operator.line.id;
    let mut parts: Vec<AnyView> = Vec::new();
    if !dossier.cameras.is_empty() {
        let lines = dossier.cameras.iter().map(|camera| {
            view! { <li>{camera.position.clone()} " " {camera.plays.then(|| view! { <CameraMark shown=camera.shown long=true /> })}</li> }
        });
        let lines = lines.collect_view();
        let count = say::cameras(dossier.cameras.len());
        parts.push(
            view! {
                <section class="card kitchen-now">
                    <h3>{say::KITCHEN}</h3>
                    <p>{count} "，" <a href=format!("/kitchens/{id}")>{say::KITCHEN_LINK}</a></p>
                    <ul class="plain-list">{lines}</ul>
                </section>
            }
            .into_any(),
        );
    }
    if let Some(entry) = dossier.newest(Shows::DynamicGrade) {
        parts.push(view! { <DynamicGrade entry=entry.clone() /> }.into_any());
    }
    if let Some(entry) = dossier.newest(Shows::YearlyGrade) {
        parts.push(view! { <YearlyGrade entry=entry.clone() /> }.into_any());
    }
    if let Some(entry) = dossier.newest(Shows::RiskGrade) {
        parts.push(view! { <RiskGrade entry=entry.clone() /> }.into_any());
    }
    if let Some(entry) = dossier.newest(Shows::Inspection) {
        let on = entry.entry.on;
        let said = |role: &str| entry.entry.said(role).map(str::to_owned);
        parts.push(
            view! {
                <section class="card inspection-now">
                    <h3>{say::LAST_INSPECTION}</h3>
                    <p class="shown"><strong>{said("result")}</strong></p>
                    {said("reason").map(|reason| view! { <p>{reason}</p> })}
                    <p class="meta">
                        {on.map(|on| view! { <time datetime=on.to_string()>{text::day(on)}</time> })}
                        {said("office").map(|office| view! { <span>{office}</span> })}
                        <a href=entry.entry.path()>{entry.register_name.clone()}</a>
                    </p>
                </section>
            }
            .into_any(),
        );
    }
    (!parts.is_empty()).then(|| {
        view! {
            <section aria-labelledby="now">
                <h2 id="now">{say::NOW}</h2>
                <p class="note">{say::NOW_NOTE}</p>
                <div class="now">{parts}</div>
            </section>
        }
        .into_any()
    })
}

/// Tallies of samples in both roles.
#[component]
fn Sampled(operator: Operator) -> impl IntoView {
    let block = |name: &'static str, tallies: Vec<crate::domain::bulletin::GroupTally>| {
        (!tallies.is_empty()).then(|| {
            view! { <section class="card role"><h3>{name}</h3><Tallies tallies=tallies /></section> }
        })
    };
    if operator.as_seller.is_empty() && operator.as_producer.is_empty() {
        return view! { <p class="note">{zh().no_samples_named}</p> }.into_any();
    }
    view! {
        <section aria-labelledby="tallies">
            <h2 id="tallies">{say::TALLIES}</h2>
            <div class="roles">{block(zh().as_seller, operator.as_seller)} {block(zh().as_producer, operator.as_producer)}</div>
        </section>
    }
    .into_any()
}

/// Entries without a day.
#[component]
fn Registered(dossier: Arc<Dossier>) -> impl IntoView {
    let undated = dossier.entries.iter().filter(|one| {
        one.entry.on.is_none() && !matches!(one.shows, Shows::SelfCheck | Shows::People | Shows::OfficialTier)
    });
    let items: Vec<AnyView> =
        undated.map(|one| view! { <li class="card">{entry_body(one.clone())}</li> }.into_any()).collect();
    (!items.is_empty()).then(|| {
        view! {
            <section aria-labelledby="registered">
                <h2 id="registered">{say::REGISTERED}</h2>
                <ul class="plain-list">{items}</ul>
            </section>
        }
        .into_any()
    })
}
