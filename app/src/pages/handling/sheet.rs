//! One case: what it is, when what is due and why, what happened, what may be done.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    CASES,
    acts::Acts,
    around::AroundCase,
    form::NationalForm,
    kind_mark,
    papers::PapersPart,
    publicity::PublicityPart,
    refused,
    written::{Files, Persons, Written},
};
use crate::{
    domain::staff::{Permission, Viewer},
    forms::ErrorSummary,
    pages::{
        following::AfterPart,
        objections::{DueDate, paragraphs},
    },
    parts::{Crumb, DeskFrame, Request, desk_refused, portal},
    ports::{
        Account, AccountState, Afterwards, Around, CaseEvent, CaseLine, CaseSheet, Dated, Look, Person, PortError,
    },
    text::{self, handling as say},
};

/// Names and telephones in plain, in context of the one answer that shows them.
#[derive(Clone, Debug)]
pub struct RevealedPersons(pub Vec<Person>);

/// One case.
#[component]
pub fn CaseSheetPage() -> impl IntoView {
    let (portal, viewer) = (portal(), use_context::<Viewer>());
    let id = Uuid::try_parse(Request::current().part(2)).ok();
    let revealed = use_context::<RevealedPersons>().map(|RevealedPersons(persons)| persons);
    Suspend::new(async move {
        let (Some(viewer), Some(id)) = (viewer, id) else { return desk_refused(&PortError::NotFound) };
        let sheet = match portal.cases.case(&viewer, id).await {
            Ok(sheet) => sheet,
            Err(error) => return refused(error),
        };
        let around = match portal.handling.around(&viewer, id).await {
            Ok(around) => around,
            Err(error) => return refused(error),
        };
        let after = match portal.handling.afterwards(&viewer, id).await {
            Ok(after) => after,
            Err(error) => return refused(error),
        };
        let officers = match portal.accounts.accounts().await {
            Ok(accounts) => accounts.into_iter().filter(handles).map(|one| (one.id, one.display_name)).collect(),
            Err(error) => return desk_refused(&error),
        };
        let published = match sheet.line.operator {
            Some(operator) => super::around::published(&portal, operator).await,
            None => None,
        };
        whole(viewer, sheet, (around, after), officers, published, revealed)
    })
}

/// Whether an account can be given a case.
fn handles(account: &Account) -> bool {
    account.state == AccountState::Active && account.roles.iter().any(|role| role.may(Permission::HandleCases))
}

fn whole(
    viewer: Viewer,
    sheet: CaseSheet,
    (around, after): (Around, Afterwards),
    officers: Vec<(Uuid, String)>,
    published: Option<super::around::Published>,
    revealed: Option<Vec<Person>>,
) -> AnyView {
    let line = sheet.line.clone();
    let is_own = line.case.officer == Some(viewer.id);
    let reads = line.case.officer.is_none() || is_own || viewer.may(Permission::LeadCases);
    let may_write = line.case.officer.is_none() || is_own || viewer.may(Permission::LeadCases);
    let title = format!("{} {}", text::case::kind(line.case.kind), line.number);
    let crumbs = vec![Crumb::to(CASES, say::CASES), Crumb::here(&title)];
    let files = around.files.clone();
    let (publicity, may_propose) = (around.publicity.clone(), around.may_propose);
    view! {
        <DeskFrame title=title.clone() crumbs=crumbs>
            <h1>{kind_mark(line.case.kind)} " " <span class="number">{line.number.clone()}</span></h1>
            <ErrorSummary />
            <Head sheet=sheet.clone() />
            <div class="case-sheet">
                <div>
                    <Written content=sheet.content.clone() is_hidden=!reads />
                    {reads.then(|| view! {
                        <Persons sheet=sheet.clone() revealed=revealed is_own=is_own />
                        <Files id=line.id files=files />
                    })}
                    <Acts sheet=sheet.clone() officers=officers viewer=viewer.id />
                    {reads.then(|| view! { <AfterPart after=after line=line.clone() viewer=viewer /> })}
                    {may_propose.then(|| view! { <PublicityPart line=line.clone() before=publicity.clone() /> })}
                    <Events line=line.clone() events=sheet.events.clone() />
                </div>
                <div>
                    <Clocks clocks=line.clocks.clone() />
                    {reads.then(|| view! { <PapersPart sheet=sheet.clone() /> })}
                    {(publicity.is_some() && !may_propose).then(|| view! { <super::publicity::Standing publicity=publicity.clone() /> })}
                    <AroundCase around=around published=published />
                    {may_write.then(|| view! { <NationalForm line=line.clone() /> })}
                    {reads.then(|| view! { <Looks looks=sheet.looks.clone() /> })}
                </div>
            </div>
        </DeskFrame>
    }
    .into_any()
}

/// Where it stands, in one glance.
#[component]
fn Head(sheet: CaseSheet) -> impl IntoView {
    let line = sheet.line;
    let case = &line.case;
    let twin = line.twin.zip(sheet.twin_number).map(|(id, number)| {
        let is_clue = line.source == crate::domain::case::Source::Mediation;
        let label = if is_clue { say::TWIN_CLUE } else { say::TWIN };
        view! { <div><dt>{label}</dt><dd><a href=format!("{CASES}/{id}")>{number}</a></dd></div> }
    });
    let result = say::detail::result(&line).map(|words| view! { <div><dt>{say::RESULT}</dt><dd>{words}</dd></div> });
    let closed = line.closed_at.map(|at| view! { <div><dt>{say::CLOSED_AT}</dt><dd>{text::moment(at)}</dd></div> });
    let next = line.next_due().cloned().map(|dated| view! {
        <p class="case-next">
            <span class="soft">{say::NEXT}</span> {text::clock::step(dated.due.step)} "，"
            <strong>{text::clock::headline(&dated.due)}</strong>
            {dated.left.map(|left| view! { <span class=if left <= 0 { "deadline" } else { "soft" }>{text::objection::left(left)}</span> })}
        </p>
    });
    let rows = [
        (say::PARTY, line.party.clone()),
        (say::PROBLEM, text::case::problem(line.problem).to_owned()),
        (say::SOURCE, text::case::source(line.source).to_owned()),
        (say::RECEIVED, text::moment(line.received_at)),
        (say::BUREAU, line.bureau.clone()),
        (say::OFFICER, line.officer.clone().unwrap_or_else(|| say::NOBODY.to_owned())),
    ];
    let rows = rows.into_iter().map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> });
    view! {
        <section class="card case-head">
            <p class="case-state"><strong>{text::case::state(case.kind, case.state)}</strong></p>
            {next}
            <dl class="facts">{rows.collect_view()}{result}{closed}{twin}</dl>
        </section>
    }
}

/// All clocks, each with its working.
#[component]
fn Clocks(clocks: Vec<Dated>) -> impl IntoView {
    let clocks = clocks.into_iter().map(|dated| {
        let met = dated.clock.met_on.map(|on| {
            view! { <p class="soft">{say::MET_ON} {text::day(on)} {say::MET}</p> }
        });
        let left = dated.left.map(text::objection::left).unwrap_or_default();
        view! {
            <li>
                <h3>{text::clock::step(dated.due.step)}</h3>
                {met}
                <DueDate due=dated.due left=left />
            </li>
        }
    });
    view! {
        <section class="card case-clocks" aria-labelledby="clocks">
            <h2 id="clocks">{say::CLOCKS}</h2>
            <ul class="plain-list">{clocks.collect_view()}</ul>
        </section>
    }
}

/// What happened, the oldest first.
#[component]
fn Events(line: CaseLine, events: Vec<CaseEvent>) -> impl IntoView {
    let rule = line.case.rule;
    let events = events.into_iter().map(|event| {
        let who = event.officer.clone().unwrap_or_else(|| say::actor(event.by).to_owned());
        let chosen = event.act.map(|act| say::detail::lines(act, &event.detail, rule)).unwrap_or_default();
        let chosen = chosen.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        let said = event.said.map(|said| view! { <div class="prose">{paragraphs(&said)}</div> });
        view! {
            <li class="card">
                <p class="meta">
                    <strong>{say::event(event.act, event.by)}</strong>
                    <span>{who}</span>
                    <time datetime=event.at.to_rfc3339()>{text::moment(event.at)}</time>
                </p>
                {chosen}
                {said}
            </li>
        }
    });
    view! {
        <section aria-labelledby="events" class="case-events">
            <h2 id="events">{say::EVENTS}</h2>
            <ol class="plain-list">{events.collect_view()}</ol>
        </section>
    }
}

/// Who opened it.
#[component]
fn Looks(looks: Vec<Look>) -> impl IntoView {
    let count = looks.len();
    let looks = looks.into_iter().take(50).map(|look| {
        let what = if look.is_unmasking { say::UNMASKED } else { say::LOOKED };
        view! { <li>{text::moment(look.at)} " " {look.officer} " " {what}</li> }
    });
    view! {
        <details class="card case-looks">
            <summary>{text::counted(say::LOOKS, count)}</summary>
            <ul class="plain-list">{looks.collect_view()}</ul>
        </details>
    }
}
