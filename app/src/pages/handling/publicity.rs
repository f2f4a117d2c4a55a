//! Closed complaints on their way to the public.

use leptos::prelude::*;

use super::{CASES, form::Own};
use crate::{
    domain::{
        case::EndGround,
        case_public::{Command, LONGEST, State},
        staff::Viewer,
    },
    forms::{ErrorSummary, Form, Submit, TextArea, TextField},
    parts::{Crumb, DeskFrame, MarkList, Request, desk_refused, portal},
    ports::{CaseLine, PortError, PublicComplaint, Publicity, PublicityError},
    text::{self, handling as say},
};

/// What the redaction check found in a proposal, in context of the answer that shows it.
#[derive(Clone, Debug)]
pub struct FoundMarks(pub Vec<crate::ports::FoundMark>);

/// Address of the reviewers' list.
const REVIEW: &str = "/desk/publicity";

/// The officer's proposal.
#[component]
pub fn PublicityPart(line: CaseLine, before: Option<Publicity>) -> impl IntoView {
    let department = if line.bureau.is_empty() { portal().site.bureau.clone() } else { line.bureau.clone() };
    let end = line.result.as_deref().and_then(EndGround::from_code);
    let (problem, result) = (say::neutral_problem(line.problem), say::neutral_result(end).to_owned());
    let (operator, shown) = match &before {
        Some(before) => (before.operator_name.clone(), before.shown.clone()),
        None => (line.party.clone(), PublicComplaint { problem, result, department, ..PublicComplaint::default() }),
    };
    let version = before.as_ref().map_or(0, |before| before.version).to_string();
    let longest = u32::try_from(LONGEST).ok();
    view! {
        <section class="card" aria-labelledby="publicity">
            <h2 id="publicity">{say::PUBLICITY}</h2>
            <p class="note">{say::PROPOSE_NOTE}</p>
            {before.map(|before| view! { <Said publicity=before /> })}
            <Own code="propose">
                <Form action=format!("{CASES}/{}/publicity", line.id) version=version>
                    <input type="hidden" name="do" value="propose" />
                    <TextField name="operator" label=say::OPERATOR hint=say::OPERATOR_HINT value=operator maxlength=100 />
                    <TextArea name="problem" label=say::PUBLIC_PROBLEM hint=say::NEUTRAL value=shown.problem rows=2 maxlength=longest.unwrap_or(200) />
                    <TextArea name="result" label=say::PUBLIC_RESULT value=shown.result rows=2 maxlength=longest.unwrap_or(200) />
                    <TextField name="department" label=say::DEPARTMENT value=shown.department maxlength=100 />
                    <Marks />
                    <Submit label=say::public_command(Command::Propose) />
                </Form>
            </Own>
        </section>
    }
    .into_any()
}

/// Each datum is confirmed by itself; what blocks can't be.
#[component]
fn Marks() -> impl IntoView {
    let marks = use_context::<FoundMarks>().map(|FoundMarks(marks)| marks).unwrap_or_default();
    (!marks.is_empty()).then(|| {
        view! {
            <div class="check">
                <h3>{say::MARKS}</h3>
                <MarkList marks=marks editable=true blocks=say::BLOCKS confirm=say::CONFIRM_MARK />
            </div>
        }
    })
}

/// Where it stands, for the officer.
#[component]
pub fn Standing(publicity: Option<Publicity>) -> impl IntoView {
    publicity.map(|publicity| {
        view! {
            <section class="card" aria-labelledby="publicity">
                <h2 id="publicity">{say::PUBLICITY}</h2>
                <Said publicity=publicity.clone() />
                <Facts shown=publicity.shown operator=publicity.operator_name />
            </section>
        }
        .into_any()
    })
}

#[component]
fn Said(publicity: Publicity) -> impl IntoView {
    view! {
        <p><strong>{say::public_state(publicity.state)}</strong></p>
        {publicity.reason.map(|reason| view! { <p>{say::REASON_SAID}{reason}</p> })}
    }
}

#[component]
fn Facts(shown: PublicComplaint, operator: String) -> impl IntoView {
    let rows = [
        (say::OPERATOR, operator),
        (say::PUBLIC_PROBLEM, shown.problem),
        (say::PUBLIC_RESULT, shown.result),
        (say::DEPARTMENT, shown.department),
        (say::ENDED_ON, text::day(shown.ended_on)),
        (say::UNTIL, shown.until.map(text::day).unwrap_or_default()),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = rows.map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> });
    view! { <dl class="facts">{rows.collect_view()}</dl> }
}

/// Proposals that wait, or what is public: for reviewers, without the case.
#[component]
pub fn PublicityPage() -> impl IntoView {
    let (portal, viewer, request) = (portal(), use_context::<Viewer>(), Request::current());
    Suspend::new(async move {
        let Some(viewer) = viewer else { return desk_refused(&PortError::NotFound) };
        let state = if request.get("scope") == Some("public") { State::Public } else { State::Proposed };
        let found = match portal.handling.publicities(&viewer, state).await {
            Ok(found) => found,
            Err(PublicityError::Port(error)) => return desk_refused(&error),
            Err(other) => return desk_refused(&PortError::Internal(other.to_string())),
        };
        let tabs =
            [(State::Proposed, say::WAITING, REVIEW), (State::Public, say::SHOWN, "/desk/publicity?scope=public")];
        let tabs = tabs.map(|(one, name, href)| {
            view! { <a href=href aria-current=(one == state).then_some("page")>{name}</a> }
        });
        let is_empty = found.is_empty();
        let items = found.into_iter().map(item).collect_view();
        let title = say::PUBLICITY_REVIEW;
        view! {
            <DeskFrame title=title crumbs=vec![Crumb::here(title)]>
                <h1>{title}</h1>
                <ErrorSummary />
                <nav class="tabs" aria-label=title>{tabs.into_iter().collect_view()}</nav>
                {is_empty.then(|| view! { <p class="card message">{say::NO_PUBLICITY}</p> })}
                <ul class="plain-list">{items}</ul>
            </DeskFrame>
        }
        .into_any()
    })
}

fn item(one: Publicity) -> impl IntoView {
    let waits = one.state == State::Proposed;
    let second = if waits { Command::Return } else { Command::TakeDown };
    let action = format!("{REVIEW}/{}", one.case);
    let version = one.version.to_string();
    let reason = format!("reason-{}", one.case);
    view! {
        <li class="card">
            <h2>{one.operator_name.clone()}</h2>
            <p class="meta"><span>{say::PROPOSED_BY}{one.proposed_by.clone()}</span></p>
            <Facts shown=one.shown operator=one.operator_name />
            {waits.then(|| view! {
                <Form action=action.clone() version=version.clone()>
                    <Submit label=say::public_command(Command::Confirm) name="do" value=Command::Confirm.code() />
                </Form>
            })}
            <Form action=action version=version>
                <TextField name=reason label=say::REASON maxlength=200 />
                <Submit label=say::public_command(second) name="do" value=second.code() danger=true />
            </Form>
        </li>
    }
}
