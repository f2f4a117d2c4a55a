//! Cases by urgency. Nothing personal stands in a list.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{CASES, kind_mark, refused};
use crate::{
    domain::{
        case::{Kind, Problem, Source, State},
        staff::Viewer,
    },
    parts::{Crumb, DeskFrame, Request, desk_refused, portal},
    ports::{CaseScope, InboxLine, PortError},
    text::{self, handling as say},
};

/// Tabs and their codes in the address.
const SCOPES: [(CaseScope, &str, &str); 4] = [
    (CaseScope::Mine, "mine", say::MINE),
    (CaseScope::Free, "free", say::FREE),
    (CaseScope::Open, "open", say::OPEN),
    (CaseScope::Closed, "closed", say::CLOSED),
];

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
struct Narrow {
    kind: Option<Kind>,
    problem: Option<Problem>,
    state: Option<State>,
    source: Option<Source>,
    query: String,
}

impl Narrow {
    fn of(request: &Request) -> Self {
        Self {
            kind: request.get("kind").and_then(Kind::from_code),
            problem: request.get("problem").and_then(Problem::from_code),
            state: request.get("state").and_then(State::from_code),
            source: request.get("source").and_then(Source::from_code),
            query: request.get("q").unwrap_or_default().trim().to_owned(),
        }
    }

    fn is_open(&self) -> bool {
        self.kind.is_some() || self.problem.is_some() || self.state.is_some() || self.source.is_some()
    }

    fn keeps(&self, one: &InboxLine) -> bool {
        let line = &one.line;
        let is = |wanted: bool| wanted;
        is(self.kind.is_none_or(|kind| kind == line.case.kind))
            && is(self.problem.is_none_or(|problem| problem == line.problem))
            && is(self.state.is_none_or(|state| state == line.case.state))
            && is(self.source.is_none_or(|source| source == line.source))
    }
}

/// The inbox.
#[component]
pub fn CaseInboxPage() -> impl IntoView {
    let (portal, viewer, request) = (portal(), use_context::<Viewer>(), Request::current());
    Suspend::new(async move {
        let Some(viewer) = viewer else { return desk_refused(&PortError::NotFound) };
        let code = request.get("scope").unwrap_or("mine");
        let scope = SCOPES.iter().find(|(_, known, _)| *known == code).map_or(CaseScope::Mine, |(scope, ..)| *scope);
        let narrow = Narrow::of(&request);
        let found = portal.handling.inbox(&viewer, scope, &narrow.query).await;
        let (lines, today) = match (found, portal.cases.today().await) {
            (Ok(lines), Ok(today)) => (lines, today),
            (Err(error), _) => return refused(error),
            (_, Err(error)) => return desk_refused(&error),
        };
        let lines: Vec<InboxLine> = lines.into_iter().filter(|one| narrow.keeps(one)).collect();
        let count = say::count(lines.len());
        let tabs = SCOPES.map(|(one, code, name)| {
            let href = format!("{CASES}?scope={code}");
            view! { <a href=href aria-current=(one == scope).then_some("page")>{name}</a> }
        });
        let is_empty = lines.is_empty();
        let lines = lines.into_iter().map(|one| line(&one, today)).collect_view();
        view! {
            <DeskFrame title=say::CASES crumbs=vec![Crumb::here(say::CASES)]>
                <h1>{say::CASES}</h1>
                <nav class="tabs" aria-label=say::CASES>{tabs.into_iter().collect_view()}</nav>
                <Filters scope=scope_code(scope) narrow=narrow />
                <p class="note" role="status">{count}</p>
                {if is_empty {
                    view! { <p class="card message">{say::NONE}</p> }.into_any()
                } else {
                    view! { <ul class="plain-list case-list">{lines}</ul> }.into_any()
                }}
            </DeskFrame>
        }
        .into_any()
    })
}

fn scope_code(scope: CaseScope) -> &'static str {
    SCOPES.iter().find(|(one, ..)| *one == scope).map_or("mine", |(_, code, _)| *code)
}

fn line(one: &InboxLine, today: NaiveDate) -> impl IntoView + use<> {
    let line = &one.line;
    let case = &line.case;
    let mark = one.urgency.zip(line.next_due()).map(|(urgency, dated)| {
        view! {
            <p class=say::urgency_class(urgency)>
                <span aria-hidden="true">{say::shape(urgency)}</span>
                {say::remaining(urgency, dated)}
            </p>
        }
    });
    let next = line.next_due().map(|dated| {
        let estimated = dated.due.estimated.then(|| view! { <span class="estimated">{say::ESTIMATED}</span> });
        view! {
            <p>
                <span class="soft">{say::NEXT}</span> {text::clock::step(dated.due.step)} " "
                <time datetime=dated.due.on.to_string()>{say::short_day(dated.due.on, today)}</time> " " {estimated}
            </p>
        }
        .into_any()
    });
    let closed = line
        .closed_at
        .map(|at| view! { <p><span class="soft">{say::CLOSED_AT}</span> {text::moment(at)}</p> }.into_any());
    view! {
        <li class="card case-line">
            <div class="mark">{mark}</div>
            <div class="what">
                <h2>{kind_mark(case.kind)} <a href=format!("{CASES}/{}", line.id)>{line.party.clone()}</a></h2>
                <p class="meta">
                    <span>{text::case::problem(line.problem)}</span>
                    <span class="number">{line.number.clone()}</span>
                    <span>{text::case::source(line.source)}</span>
                </p>
            </div>
            <div class="next">
                <p><strong>{text::case::state(case.kind, case.state)}</strong></p>
                {next.or(closed)}
            </div>
            <p class="who"><span class="sr-only">{say::OFFICER}</span>{line.officer.clone().unwrap_or_else(|| say::NOBODY.to_owned())}</p>
        </li>
    }
}

/// What to narrow the list to.
#[component]
fn Filters(scope: &'static str, narrow: Narrow) -> impl IntoView {
    let kinds = options(Kind::ALL.map(|one| (one.code(), text::case::kind(one))), narrow.kind.map(Kind::code));
    let problems = Problem::ALL.iter().map(|one| (one.code(), text::case::problem(*one)));
    let problems = options(problems, narrow.problem.map(Problem::code));
    let states = State::ALL.map(|one| {
        let kind = if one.fits(Kind::Report) && !one.fits(Kind::Complaint) { Kind::Report } else { Kind::Complaint };
        // one that both have, with two names
        let name = if one == State::Received { "待受理、待核查" } else { text::case::state(kind, one) };
        (one.code(), name)
    });
    let states = options(states, narrow.state.map(State::code));
    let sources =
        options(Source::ALL.map(|one| (one.code(), text::case::source(one))), narrow.source.map(Source::code));
    let is_open = narrow.is_open();
    view! {
        <form method="get" action=CASES class="case-filters" role="search">
            <input type="hidden" name="scope" value=scope />
            <div class="query">
                <label for="q">{say::QUERY}</label>
                <input type="search" id="q" name="q" value=narrow.query maxlength="100" autocomplete="off" />
                <button class="button">{say::APPLY}</button>
            </div>
            <details open=is_open>
                <summary>{say::FILTER}</summary>
                <div class="selects">
                    <label>{say::KIND}<select name="kind">{kinds}</select></label>
                    <label>{say::PROBLEM}<select name="problem">{problems}</select></label>
                    <label>{say::STATE}<select name="state">{states}</select></label>
                    <label>{say::SOURCE}<select name="source">{sources}</select></label>
                </div>
                <p><a href=format!("{CASES}?scope={scope}")>{say::CLEAR}</a></p>
            </details>
        </form>
    }
}

fn options(
    items: impl IntoIterator<Item = (&'static str, &'static str)>,
    chosen: Option<&'static str>,
) -> Vec<AnyView> {
    let any = std::iter::once(("", say::ANY));
    let option = |(value, name): (&'static str, &'static str)| {
        let is = chosen.unwrap_or_default() == value;
        view! { <option value=value selected=is>{name}</option> }.into_any()
    };
    any.chain(items).map(option).collect()
}
