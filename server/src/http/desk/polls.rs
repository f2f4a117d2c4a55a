//! Votes and surveys at the desk: writing, steps of two officers, links.

use app::{
    domain::{
        poll::{Command, Content, Kind, Refusal},
        staff::{Permission, Viewer},
    },
    ports::{PollError, PortError},
    text::poll::desk as say,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use uuid::Uuid;

use super::{Access, Caller, Desk, DeskState, render::at};
use crate::{
    http::form::{Pairs, see_other},
    polls::With,
};

const SEE: Access = Access::Needs(Permission::SeeDesk);
const WRITE: Access = Access::Needs(Permission::Write);
const REVIEW: Access = Access::Needs(Permission::Review);
const POLLS: &str = "/desk/polls";

/// The routes.
pub fn routes(desk: Desk) -> Desk {
    desk.page("/desk/polls", SEE)
        .page("/desk/polls/new/{kind}", WRITE)
        .post("/desk/polls/new/{kind}", WRITE, begin)
        .page("/desk/polls/{id}", SEE)
        // each command asks for its own permission as well
        .post("/desk/polls/{id}/act", SEE, act)
        .post("/desk/polls/{id}/links", WRITE, propose_link)
        .post("/desk/polls/{id}/links/confirm", REVIEW, confirm_link)
        .post("/desk/polls/{id}/links/drop", SEE, drop_link)
}

/// The content that a form holds, or what is wrong beside its fields.
fn read(desk: &DeskState, kind: Kind, pairs: &Pairs) -> Result<Content, app::forms::Filled> {
    let today = desk.web.auth.clock.today();
    Content::read(kind, |name| pairs.get(name).unwrap_or_default(), today).map_err(|faults| {
        let mut filled = pairs.filled();
        for (field, fault) in faults {
            filled.refuse(field, say::fault(fault));
        }
        filled
    })
}

async fn begin(State(desk): State<DeskState>, Path(kind): Path<String>, caller: Caller, pairs: Pairs) -> Response {
    let (Some(kind), Some(viewer)) = (Kind::from_code(&kind), caller.viewer()) else {
        return desk.page(&caller, StatusCode::NOT_FOUND, || ()).await;
    };
    let content = match read(&desk, kind, &pairs) {
        Ok(content) => content,
        Err(filled) => return desk.again(&caller, filled).await,
    };
    match desk.web.polls.called_by(&caller.who).begin(&viewer, &content).await {
        Ok(id) => see_other(&format!("{POLLS}/{id}")),
        Err(error) => refused(&desk, &caller, &pairs, error).await,
    }
}

async fn act(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let page = format!("{POLLS}/{id}");
    let here = at(&page, &caller);
    let command = Command::from_code(pairs.text("do")).filter(|command| command.needs().is_some());
    let (Some(command), Some(viewer)) = (command, caller.viewer()) else {
        return desk.page(&here, StatusCode::UNPROCESSABLE_ENTITY, || ()).await;
    };
    let mut with = With {
        said: if command.says() { pairs.text("reason").to_owned() } else { String::new() },
        confirmed: pairs.all("confirmed").map(str::to_owned).collect(),
        content: None,
    };
    if command == Command::Save {
        let kind = match desk.web.db.poll(id).await {
            Ok(Some(stored)) => stored.poll.kind,
            Ok(None) => return desk.page(&here, StatusCode::NOT_FOUND, || ()).await,
            Err(error) => return desk.failed_port(&error.into()),
        };
        match read(&desk, kind, &pairs) {
            Ok(content) => with.content = Some(content),
            Err(filled) => return desk.again(&here, filled).await,
        }
    }
    let version = pairs.version().unwrap_or(0);
    match desk.web.polls.called_by(&caller.who).act(&viewer, id, version, command, with).await {
        Ok(_) if command == Command::Discard => see_other(POLLS),
        Ok(_) => see_other(&page),
        Err(error) => refused(&desk, &here, &pairs, error).await,
    }
}

fn viewer(caller: &Caller) -> Viewer {
    // behind the guard there is always one; nobody may do anything
    let nobody = Viewer { id: Uuid::nil(), name: String::new(), roles: Vec::new(), csrf: String::new() };
    caller.viewer().unwrap_or(nobody)
}

async fn propose_link(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let polls = desk.web.polls.called_by(&caller.who);
    let done = polls.propose_link(&viewer(&caller), id, pairs.text("address")).await;
    linked(&desk, id, &caller, &pairs, done).await
}

async fn confirm_link(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let polls = desk.web.polls.called_by(&caller.who);
    let link = Uuid::try_parse(pairs.text("link")).unwrap_or_default();
    let done = polls.confirm_link(&viewer(&caller), id, link).await;
    linked(&desk, id, &caller, &pairs, done).await
}

async fn drop_link(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let polls = desk.web.polls.called_by(&caller.who);
    let link = Uuid::try_parse(pairs.text("link")).unwrap_or_default();
    let done = polls.drop_link(&viewer(&caller), id, link).await;
    linked(&desk, id, &caller, &pairs, done).await
}

async fn linked(desk: &DeskState, id: Uuid, caller: &Caller, pairs: &Pairs, done: Result<(), PollError>) -> Response {
    let page = format!("{POLLS}/{id}");
    match done {
        Ok(()) => see_other(&page),
        Err(error) => refused(desk, &at(&page, caller), pairs, error).await,
    }
}

async fn refused(desk: &DeskState, caller: &Caller, pairs: &Pairs, error: PollError) -> Response {
    let mut filled = pairs.filled();
    match error {
        PollError::Port(PortError::NotFound) => return desk.page(caller, StatusCode::NOT_FOUND, || ()).await,
        PollError::Port(error) => return desk.failed_port(&error),
        PollError::Refused(Refusal::NoText) => filled.refuse("reason", say::refusal(Refusal::NoText)),
        PollError::Refused(refusal) => filled.refuse_all(say::refusal(refusal)),
        PollError::Conflict => filled.refuse_all(say::CONFLICT),
        PollError::Marks(count) => filled.refuse_all(say::marks_open(count)),
        PollError::Link => filled.refuse("address", say::LINK_WRONG),
    }
    desk.again(caller, filled).await
}
