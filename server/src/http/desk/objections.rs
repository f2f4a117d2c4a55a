//! Cases of operators: steps of those who handle them and of those who confirm replies.

use app::{
    domain::{
        objection::{Command, Refusal},
        staff::{Permission, Viewer},
    },
    pages::objections::Revealed,
    ports::{ObjectionError, PortError},
    text::objection as say,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::provide_context;
use uuid::Uuid;

use super::{Access, Caller, Desk, DeskState, render::at};
use crate::{
    http::form::{Pairs, see_other},
    objections::With,
};

const HANDLE: Access = Access::Needs(Permission::HandleCases);
const REVIEW: Access = Access::Needs(Permission::Review);

/// The routes.
pub fn routes(desk: Desk) -> Desk {
    desk.page("/desk/objections", HANDLE)
        .page("/desk/objections/{id}", HANDLE)
        .post("/desk/objections/{id}/act", HANDLE, handle)
        .post("/desk/objections/{id}/reveal", HANDLE, reveal)
        .page("/desk/replies", REVIEW)
        .page("/desk/replies/{id}", REVIEW)
        .post("/desk/replies/{id}/act", REVIEW, review)
}

async fn handle(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    step(&desk, &caller, &pairs, id, "/desk/objections", Permission::HandleCases).await
}

async fn review(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    step(&desk, &caller, &pairs, id, "/desk/replies", Permission::Review).await
}

/// A step whose command belongs to the permission of its route.
async fn step(
    desk: &DeskState,
    caller: &Caller,
    pairs: &Pairs,
    id: Uuid,
    base: &str,
    permission: Permission,
) -> Response {
    let page = format!("{base}/{id}");
    let command = Command::from_code(pairs.text("do")).filter(|command| command.needs() == Some(permission));
    let (Some(command), Some(viewer)) = (command, caller.viewer()) else {
        return desk.page(&at(&page, caller), StatusCode::UNPROCESSABLE_ENTITY, || ()).await;
    };
    let field = if command == Command::Ask { "question" } else { "reason" };
    let said = if command.says() { pairs.text(field).to_owned() } else { String::new() };
    let with = With { said, statement: None, confirmed: pairs.all("confirmed").map(str::to_owned).collect() };
    let service = desk.web.objections.called_by(&caller.who);
    match service.act(&viewer, id, pairs.version().unwrap_or(0), command, with).await {
        // a reply that is decided is not on this page any more
        Ok(_) if permission == Permission::Review && command != Command::Confirm => see_other(base),
        Ok(_) => see_other(&page),
        Err(error) => refused(desk, &at(&page, caller), pairs, field, error).await,
    }
}

async fn refused(
    desk: &DeskState,
    caller: &Caller,
    pairs: &Pairs,
    field: &'static str,
    error: ObjectionError,
) -> Response {
    let mut filled = pairs.filled();
    match error {
        ObjectionError::Port(PortError::NotFound) => return desk.page(caller, StatusCode::NOT_FOUND, || ()).await,
        ObjectionError::Port(error) => return desk.failed_port(&error),
        ObjectionError::Refused(Refusal::NoText) => filled.refuse(field, say::refusal(Refusal::NoText)),
        ObjectionError::Refused(refusal) => filled.refuse_all(say::refusal(refusal)),
        ObjectionError::Conflict => filled.refuse_all(say::CONFLICT),
        ObjectionError::Marks(count) => filled.refuse_all(say::marks_open(count)),
        ObjectionError::Text(fault) => filled.refuse(field, say::fault(field, fault)),
    }
    desk.again(caller, filled).await
}

/// The page with the contact data in plain: an answer to a form, so that no address shows them.
async fn reveal(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller) -> Response {
    let viewer = caller.viewer().unwrap_or(Viewer {
        id: Uuid::nil(),
        name: String::new(),
        roles: Vec::new(),
        csrf: String::new(),
    });
    let page = at(&format!("/desk/objections/{id}"), &caller);
    match desk.web.objections.called_by(&caller.who).reveal(&viewer, id).await {
        Ok(contact) => {
            let revealed = Revealed(contact);
            desk.page(&page, StatusCode::OK, move || provide_context(revealed.clone())).await
        }
        Err(ObjectionError::Port(PortError::NotFound)) => desk.page(&page, StatusCode::NOT_FOUND, || ()).await,
        Err(ObjectionError::Port(error)) => desk.failed_port(&error),
        Err(other) => desk.failed_port(&PortError::Internal(other.to_string())),
    }
}
