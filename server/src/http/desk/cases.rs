//! Complaints and reports: the inbox, one case, what is done to it, its files, its publication.

mod command;
mod papers;
mod publicity;
mod reward;

use app::{
    domain::{
        case::{Command, Refusal},
        staff::{Permission, Viewer},
    },
    forms::Filled,
    pages::handling::RevealedPersons,
    ports::{CaseError, PortError},
    text::{case as words, handling as say},
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
    cases::CaseDesk,
    evidence::EvidenceError,
    http::{
        evidence::give,
        form::{Pairs, see_other},
    },
};
use command::Typed;

const HANDLE: Access = Access::Needs(Permission::HandleCases);
const REVIEW: Access = Access::Needs(Permission::Review);

/// The routes.
pub fn routes(desk: Desk) -> Desk {
    desk.page("/desk/cases", HANDLE)
        .page("/desk/cases/{id}", HANDLE)
        .post("/desk/cases/{id}/act", HANDLE, act)
        .post("/desk/cases/{id}/reveal", HANDLE, reveal)
        .post("/desk/cases/{id}/national", HANDLE, national)
        .get("/desk/cases/{id}/files/{attachment}", HANDLE, file)
        .page("/desk/cases/{id}/documents/{kind}", HANDLE)
        .post("/desk/cases/{id}/documents/{kind}", HANDLE, papers::make)
        .get("/desk/paper.css", HANDLE, papers::styles)
        .post("/desk/cases/{id}/publicity", HANDLE, publicity::propose)
        .post("/desk/cases/{id}/reward", HANDLE, reward::decide)
        .page("/desk/publicity", REVIEW)
        .post("/desk/publicity/{id}", REVIEW, publicity::review)
}

/// Who calls. The guard lets nobody come here without a session.
pub(super) fn viewer(caller: &Caller) -> Viewer {
    caller.viewer().unwrap_or(Viewer { id: Uuid::nil(), name: String::new(), roles: Vec::new(), csrf: String::new() })
}

fn page_of(id: Uuid) -> String {
    format!("/desk/cases/{id}")
}

/// The handling of cases, as this caller uses it.
fn case_desk(desk: &DeskState, caller: &Caller) -> CaseDesk {
    CaseDesk { cases: desk.web.cases.called_by(&caller.who), evidence: desk.web.evidence.clone() }
}

async fn act(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let (viewer, page) = (viewer(&caller), page_of(id));
    let mut filled = pairs.filled();
    let now = desk.auth().clock.now();
    let typed = match command::read(&pairs, now) {
        Ok(typed) => typed,
        Err(faults) => {
            for (field, sentence) in faults {
                if field.is_empty() { filled.refuse_all(sentence) } else { filled.refuse(field, sentence) }
            }
            return again(&desk, &caller, id, filled).await;
        }
    };
    let Typed { command, mut with, number } = typed;
    let cases = desk.web.cases.called_by(&caller.who);
    if let Some(number) = number {
        match cases.find_number(&viewer, &number).await {
            Ok(Some(into)) => with.into = Some(into),
            Ok(None) => {
                filled.refuse("merge_number", say::NO_NUMBER);
                return again(&desk, &caller, id, filled).await;
            }
            Err(error) => return refused(&desk, &caller, id, filled, command, error).await,
        }
    }
    if let Command::Assign(officer) = command {
        match can_handle(&desk, officer).await {
            Ok(true) => {}
            Ok(false) => {
                filled.refuse("assign_to", say::NO_OFFICER);
                return again(&desk, &caller, id, filled).await;
            }
            Err(error) => return desk.failed_port(&error),
        }
    }
    match cases.act(&viewer, id, pairs.version().unwrap_or(0), command, with).await {
        Ok(_) => see_other(&page),
        Err(error) => refused(&desk, &caller, id, filled, command, error).await,
    }
}

/// Whether an account can be given a case.
async fn can_handle(desk: &DeskState, officer: Uuid) -> Result<bool, PortError> {
    use app::ports::{AccountState, Accounts};
    let account = match desk.auth().account(officer).await {
        Ok(account) => account,
        Err(PortError::NotFound) => return Ok(false),
        Err(error) => return Err(error),
    };
    let handles = account.roles.iter().any(|role| role.may(Permission::HandleCases));
    Ok(account.state == AccountState::Active && handles)
}

async fn refused(
    desk: &DeskState,
    caller: &Caller,
    id: Uuid,
    mut filled: Filled,
    command: Command,
    error: CaseError,
) -> Response {
    let code = command.act().code();
    match error {
        CaseError::Port(PortError::NotFound) => {
            return desk.page(&at(&page_of(id), caller), StatusCode::NOT_FOUND, || ()).await;
        }
        CaseError::Port(error) => return desk.failed_port(&error),
        CaseError::Refused(Refusal::NoText) => {
            filled.refuse(format!("{code}_said"), words::refusal(Refusal::NoText));
        }
        CaseError::Refused(Refusal::NoGround) => {
            filled.refuse(format!("{code}_ground"), words::refusal(Refusal::NoGround));
        }
        CaseError::Refused(Refusal::NoPause) => {
            filled.refuse(format!("{code}_reason"), words::refusal(Refusal::NoPause));
        }
        CaseError::Refused(Refusal::NotNow) if command == Command::Merge => {
            filled.refuse("merge_number", say::NOT_INTO);
        }
        CaseError::Refused(refusal) => filled.refuse_all(words::refusal(refusal)),
        CaseError::Clock(error) => filled.refuse_all(words::clock_refusal(&error)),
        CaseError::Conflict => filled.refuse_all(say::CONFLICT),
        CaseError::Text(fault) => filled.refuse(format!("{code}_said"), say::said_fault(fault)),
    }
    again(desk, caller, id, filled).await
}

/// The case once more with what was typed. A form whose act is not offered any more says so on top.
async fn again(desk: &DeskState, caller: &Caller, id: Uuid, filled: Filled) -> Response {
    desk.again(&at(&page_of(id), caller), filled).await
}

/// The page with names and telephones in plain: an answer to a form, so that no address shows them.
async fn reveal(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let page = at(&page_of(id), &caller);
    match desk.web.cases.called_by(&caller.who).reveal(&viewer(&caller), id).await {
        Ok(persons) => {
            let revealed = RevealedPersons(persons);
            desk.page(&page, StatusCode::OK, move || provide_context(revealed.clone())).await
        }
        Err(CaseError::Port(PortError::NotFound)) => desk.page(&page, StatusCode::NOT_FOUND, || ()).await,
        Err(CaseError::Port(error)) => desk.failed_port(&error),
        Err(CaseError::Refused(refusal)) => {
            let mut filled = pairs.filled();
            filled.refuse_all(words::refusal(refusal));
            desk.again(&page, filled).await
        }
        Err(other) => desk.failed_port(&PortError::Internal(other.to_string())),
    }
}

async fn national(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    const LONGEST: usize = 40;
    let viewer = viewer(&caller);
    let mut filled = pairs.filled();
    let mut read = |name: &'static str| {
        let text = pairs.text(name).to_owned();
        if text.chars().count() > LONGEST {
            filled.refuse(name, say::LONG_LINE);
        }
        Some(text).filter(|text| !text.is_empty())
    };
    let (number, state) = (read("national_no"), read("national_state"));
    if filled.is_refused() {
        return again(&desk, &caller, id, filled).await;
    }
    let cases = desk.web.cases.called_by(&caller.who);
    let version = pairs.version().unwrap_or(0);
    match cases.set_national(&viewer, id, version, number.as_deref(), state.as_deref()).await {
        Ok(()) => see_other(&page_of(id)),
        Err(error) => refused(&desk, &caller, id, filled, Command::Note, error).await,
    }
}

/// An evidence file, for those who read the case.
async fn file(State(desk): State<DeskState>, Path((id, file)): Path<(Uuid, Uuid)>, caller: Caller) -> Response {
    let handling = case_desk(&desk, &caller);
    match handling.readable(&viewer(&caller), id).await {
        Ok(()) => {}
        Err(CaseError::Port(PortError::NotFound)) => {
            return desk.message(&caller, StatusCode::NOT_FOUND, say::FILE_GONE).await;
        }
        Err(CaseError::Port(error)) => return desk.failed_port(&error),
        Err(_) => return desk.message(&caller, StatusCode::UNPROCESSABLE_ENTITY, say::NOT_YOURS).await,
    }
    let sources = handling.sources(id).await.unwrap_or_default();
    match handling.evidence.open(file).await {
        Ok(opened) if opened.case.is_some_and(|case| sources.contains(&case)) => give(opened, &caller.parts.headers),
        Ok(_) | Err(EvidenceError::NotFound) => desk.message(&caller, StatusCode::NOT_FOUND, say::FILE_GONE).await,
        Err(error) => desk.failed_port(&PortError::Internal(error.to_string())),
    }
}
