//! Cameras at the desk.

use app::{
    domain::{
        camera::{CameraForm, Faults},
        staff::{Permission, Viewer},
    },
    forms::Filled,
    pages::kitchens::Tried,
    ports::{CameraError, PortError},
    text::camera::desk as say,
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
    cameras::SaveError,
    http::form::{Pairs, see_other},
};

const PAGE: &str = "/desk/cameras";
const SEE: Access = Access::Needs(Permission::SeeDesk);
const WRITE: Access = Access::Needs(Permission::Write);
const REVIEW: Access = Access::Needs(Permission::Review);

/// The routes.
pub fn routes(desk: Desk) -> Desk {
    desk.page(PAGE, SEE)
        .page("/desk/cameras/new", WRITE)
        .post("/desk/cameras/new", WRITE, add)
        .page("/desk/cameras/{id}", SEE)
        .post("/desk/cameras/{id}", WRITE, save)
        .post("/desk/cameras/{id}/try", SEE, try_now)
        .post("/desk/cameras/{id}/show", REVIEW, show)
        .post("/desk/cameras/{id}/hide", SEE, hide)
        .post("/desk/cameras/{id}/delete", WRITE, delete)
}

fn viewer(caller: &Caller) -> Viewer {
    let nobody = || Viewer { id: Uuid::nil(), name: String::new(), roles: Vec::new(), csrf: String::new() };
    caller.viewer().unwrap_or_else(nobody)
}

fn page_of(id: Uuid) -> String {
    format!("{PAGE}/{id}")
}

fn read(pairs: &Pairs, is_new: bool) -> Result<CameraForm, Box<Filled>> {
    let days: Vec<&str> = pairs.all("day").collect();
    CameraForm::read(|name| pairs.text(name), &days, is_new).map_err(|faults: Faults| {
        let mut filled = pairs.filled();
        for (field, fault) in faults {
            filled.refuse(field, say::fault(field, fault));
        }
        Box::new(filled)
    })
}

async fn add(State(desk): State<DeskState>, caller: Caller, pairs: Pairs) -> Response {
    let operator = caller.query("operator").and_then(|id| Uuid::try_parse(id.trim()).ok());
    let Some(operator) = operator else {
        return desk.page(&caller, StatusCode::UNPROCESSABLE_ENTITY, || ()).await;
    };
    let form = match read(&pairs, true) {
        Ok(form) => form,
        Err(filled) => return desk.again(&caller, *filled).await,
    };
    match desk.web.cameras.called_by(&caller.who).add(&viewer(&caller), operator, &form).await {
        Ok(id) => see_other(&page_of(id)),
        Err(error) => not_saved(&desk, &caller, pairs.filled(), error).await,
    }
}

async fn save(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let form = match read(&pairs, false) {
        Ok(form) => form,
        Err(filled) => return desk.again(&caller, *filled).await,
    };
    let version = pairs.version().unwrap_or(0);
    match desk.web.cameras.called_by(&caller.who).save(&viewer(&caller), id, version, &form).await {
        Ok(()) => see_other(&page_of(id)),
        Err(error) => not_saved(&desk, &caller, pairs.filled(), error).await,
    }
}

async fn not_saved(desk: &DeskState, caller: &Caller, mut filled: Filled, error: SaveError) -> Response {
    match error {
        SaveError::Address(fault) => {
            filled.refuse("address", fault.sentence());
            desk.again(caller, filled).await
        }
        SaveError::Camera(error) => refused(desk, caller, filled, error).await,
    }
}

async fn refused(desk: &DeskState, caller: &Caller, mut filled: Filled, error: CameraError) -> Response {
    match error {
        CameraError::Port(PortError::NotFound) => return desk.page(caller, StatusCode::NOT_FOUND, || ()).await,
        CameraError::Port(error) => return desk.failed_port(&error),
        CameraError::Refused(refusal) => filled.refuse_all(say::refusal(refusal)),
        CameraError::Conflict => filled.refuse_all(say::CONFLICT),
    }
    desk.again(caller, filled).await
}

/// The camera's page, with what a step that was not taken says. What its own form shows is what is stored.
async fn stepped(desk: &DeskState, caller: &Caller, id: Uuid, done: Result<(), CameraError>, to: &str) -> Response {
    match done {
        Ok(()) => see_other(to),
        Err(error) => refused(desk, &at(&page_of(id), caller), Filled::default(), error).await,
    }
}

async fn show(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let cameras = desk.web.cameras.called_by(&caller.who);
    let done = cameras.show(&viewer(&caller), id, pairs.version().unwrap_or(0)).await;
    stepped(&desk, &caller, id, done, &page_of(id)).await
}

async fn hide(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let cameras = desk.web.cameras.called_by(&caller.who);
    let done = cameras.hide(&viewer(&caller), id, pairs.version().unwrap_or(0)).await;
    stepped(&desk, &caller, id, done, &page_of(id)).await
}

async fn delete(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let cameras = desk.web.cameras.called_by(&caller.who);
    let done = cameras.delete(&viewer(&caller), id, pairs.version().unwrap_or(0)).await;
    stepped(&desk, &caller, id, done, PAGE).await
}

/// An answer to a form: what was found stands in no address.
async fn try_now(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller) -> Response {
    let page = at(&page_of(id), &caller);
    match desk.web.cameras.called_by(&caller.who).try_now(&viewer(&caller), id).await {
        Ok(tried) => {
            let tried = Tried(tried.sentence());
            desk.page(&page, StatusCode::OK, move || provide_context(tried.clone())).await
        }
        Err(error) => refused(&desk, &page, Filled::default(), error).await,
    }
}
