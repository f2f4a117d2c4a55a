//! Closed complaints: proposed by the case's officer, confirmed and taken down by reviewers.

use app::{
    domain::case_public::Command,
    forms::Filled,
    pages::handling::FoundMarks,
    ports::{PortError, PublicityError},
    text::handling as say,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::provide_context;
use uuid::Uuid;

use super::{page_of, viewer};
use crate::{
    cases::Proposal,
    http::{
        desk::{Caller, DeskState, render::at},
        form::{Pairs, see_other},
    },
};

/// Address of the reviewers' list.
const REVIEW: &str = "/desk/publicity";

pub async fn propose(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let text = |name: &str| pairs.text(name).to_owned();
    let proposal = Proposal {
        operator: text("operator"),
        problem: text("problem"),
        result: text("result"),
        department: text("department"),
        confirmed: pairs.all("confirmed").map(str::to_owned).collect(),
    };
    let cases = desk.web.cases.called_by(&caller.who);
    match cases.propose(&viewer(&caller), id, pairs.version().unwrap_or(0), &proposal).await {
        Ok(()) => see_other(&page_of(id)),
        Err(error) => refused(&desk, &at(&page_of(id), &caller), pairs.filled(), error, "reason").await,
    }
}

pub async fn review(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let command = Command::from_code(pairs.text("do")).filter(|command| *command != Command::Propose);
    let field = format!("reason-{id}");
    let mut filled = pairs.filled();
    let Some(command) = command else {
        filled.refuse_all(say::UNKNOWN_ACT);
        return desk.again_at(REVIEW, &caller, filled).await;
    };
    let list = if command == Command::TakeDown { "/desk/publicity?scope=public" } else { REVIEW };
    let reason = if command == Command::Confirm { "" } else { pairs.text(&field) };
    let cases = desk.web.cases.called_by(&caller.who);
    match cases.review(&viewer(&caller), id, pairs.version().unwrap_or(0), command, reason).await {
        Ok(()) => see_other(list),
        Err(error) => refused(&desk, &at(list, &caller), filled, error, &field).await,
    }
}

/// `reason`: name of the reason's field.
async fn refused(desk: &DeskState, page: &Caller, mut filled: Filled, error: PublicityError, reason: &str) -> Response {
    let mut marks = Vec::new();
    match error {
        PublicityError::Port(PortError::NotFound) => return desk.page(page, StatusCode::NOT_FOUND, || ()).await,
        PublicityError::Port(error) => return desk.failed_port(&error),
        PublicityError::Refused(app::domain::case_public::Refusal::NoText) => {
            filled.refuse(reason, say::public_refusal(app::domain::case_public::Refusal::NoText));
        }
        PublicityError::Refused(refusal) => filled.refuse_all(say::public_refusal(refusal)),
        PublicityError::Conflict => filled.refuse_all(say::CONFLICT),
        PublicityError::Fields(faults) => {
            for fault in &faults {
                let (field, sentence) = say::public_fault(fault);
                filled.refuse(if field == "reason" { reason } else { field }, sentence);
            }
        }
        PublicityError::Marks(found) => {
            filled.refuse_all(say::MARKS_OPEN);
            marks = found;
        }
    }
    for mark in &mut marks {
        mark.confirmed = filled.values("confirmed").any(|key| key == mark.key);
    }
    let give = move || provide_context(FoundMarks(marks.clone()));
    desk.again_with(page, filled, give).await
}
