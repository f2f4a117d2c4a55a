//! The desk's pages: all rounds, a new one, one with its steps.

mod edit;
mod sheet;

use leptos::prelude::*;

use crate::{
    domain::{
        poll::Kind,
        staff::{Permission, Viewer},
    },
    forms::ErrorSummary,
    parts::{Crumb, DeskFrame, Request, desk_refused, portal},
    ports::{PollError, PollLine, PortError},
    text::poll::{self as words, desk as say},
};

pub use sheet::DeskPollPage;

const POLLS: &str = "/desk/polls";

/// All rounds.
#[component]
pub fn DeskPollsPage() -> impl IntoView {
    let (portal, viewer) = (portal(), use_context::<Viewer>());
    Suspend::new(async move {
        let Some(viewer) = viewer else { return desk_refused(&PortError::NotFound) };
        let lines = match portal.polls.lines(&viewer).await {
            Ok(lines) => lines,
            Err(error) => return refused(error),
        };
        let new = viewer.may(Permission::Write).then(|| {
            let ways = Kind::ALL.map(|kind| {
                view! { <a class="button quiet" href=format!("{POLLS}/new/{}", kind.code())>{say::NEW}{words::kind(kind)}</a> " " }
            });
            view! { <p class="buttons">{ways}</p> }
        });
        let is_empty = lines.is_empty();
        let lines = lines.into_iter().map(line).collect_view();
        view! {
            <DeskFrame title=say::DESK crumbs=vec![Crumb::here(say::DESK)]>
                <h1>{say::DESK}</h1>
                <p class="note">{say::LEAD}</p>
                {new}
                {if is_empty {
                    view! { <p class="card message">{say::NONE}</p> }.into_any()
                } else {
                    view! { <ul class="plain-list">{lines}</ul> }.into_any()
                }}
            </DeskFrame>
        }
        .into_any()
    })
}

fn line(line: PollLine) -> impl IntoView {
    let (of, days) = (words::issue(line.kind, line.issue), words::days(&line));
    view! {
        <li class="card desk-line">
            <h2><a href=format!("{POLLS}/{}", line.id)>{line.title}</a></h2>
            <p class="meta"><strong>{words::state(line.state)}</strong><span>{of}</span><span>{days}</span></p>
        </li>
    }
}

/// A new one of a kind.
#[component]
pub fn NewPollPage() -> impl IntoView {
    let Some(kind) = Kind::from_code(Request::current().part(3)) else { return desk_refused(&PortError::NotFound) };
    let title = format!("{}{}", say::NEW, words::kind(kind));
    view! {
        <DeskFrame title=title.clone() crumbs=vec![Crumb::to(POLLS, say::DESK), Crumb::here(&title)]>
            <h1>{title}</h1>
            <ErrorSummary />
            <edit::Edit kind=kind />
        </DeskFrame>
    }
    .into_any()
}

fn refused(error: PollError) -> AnyView {
    match error {
        PollError::Port(error) => desk_refused(&error),
        other => desk_refused(&PortError::Internal(other.to_string())),
    }
}
