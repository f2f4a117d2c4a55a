//! Writing publications: forms, steps, files.

mod files;

use std::collections::BTreeSet;

use app::{
    domain::{
        act::Act,
        date::parse_day,
        publication::{
            Kind,
            content::{Content, FieldFault},
            life::Command,
        },
        staff::{Permission, Viewer},
    },
    forms::Filled,
    markdown,
    pages::publishing::Theirs,
    ports::{Checks, Desk as _, DeskError, PortError, Typed},
    text::editing as say,
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDateTime, Utc};
use leptos::prelude::provide_context;
use serde_json::json;
use uuid::Uuid;

use super::{Access, Caller, Desk, DeskState, render::at};
use crate::{
    clock::CHINA,
    desk::DeskService,
    http::form::{Pairs, see_other},
};

const WRITE: Access = Access::Needs(Permission::Write);
const SEE: Access = Access::Needs(Permission::SeeDesk);

/// The routes.
pub fn routes(desk: Desk) -> Desk {
    let desk = desk
        .page("/desk/publications", SEE)
        .page("/desk/publications/new/{kind}", WRITE)
        .post("/desk/publications/new/{kind}", WRITE, begin)
        .page("/desk/publications/{id}", SEE)
        .post("/desk/publications/{id}", WRITE, save)
        .post("/desk/publications/{id}/autosave", WRITE, autosave)
        .post("/desk/publications/{id}/act", SEE, act)
        .page("/desk/publications/{id}/table", SEE)
        .post("/desk/publications/{id}/mapping", WRITE, files::mapping)
        .get("/desk/publications/{id}/attachments/{attachment}", SEE, files::attachment);
    let desk = desk.upload("/desk/publications/{id}/attachments", WRITE, files::ATTACHMENT_BYTES, files::attach);
    desk.upload("/desk/publications/{id}/table", WRITE, files::TABLE_BYTES, files::table)
}

/// The desk as this caller uses it, and who that is. The guard lets nobody come here without a session.
fn caller_desk(desk: &DeskState, caller: &Caller) -> (DeskService, Viewer) {
    let viewer = caller.viewer().unwrap_or(Viewer {
        id: Uuid::nil(),
        name: String::new(),
        roles: Vec::new(),
        csrf: String::new(),
    });
    (desk.web.desk.called_by(&caller.who), viewer)
}

fn page_of(id: Uuid) -> String {
    format!("/desk/publications/{id}")
}

/// What the form of a publication says.
fn typed(pairs: &Pairs) -> Typed {
    let lists_files = pairs.get("files").is_some();
    Typed {
        fields: pairs.0.clone(),
        attachments: lists_files.then(|| pairs.all("keep").filter_map(|id| Uuid::try_parse(id).ok()).collect()),
        confirmed: pairs.all("confirmed").map(str::to_owned).collect::<BTreeSet<_>>(),
        hides_earlier: pairs.get("hides_earlier").is_some(),
    }
}

fn refuse_faults(filled: &mut Filled, faults: &[FieldFault]) {
    for fault in faults {
        filled.refuse(fault.field, say::fault(fault.fault));
    }
}

/// How many things the check still has open.
fn open_points(checks: &Checks) -> usize {
    let marks = checks.marks.iter().filter(|one| one.mark.datum.blocks() || !one.confirmed).count();
    let concerns = checks.concerns.iter().filter(|one| !one.confirmed).count();
    checks.gaps.len() + checks.disagreements.len() + marks + concerns
}

/// The page of a publication once more with what was typed and what is in the way.
async fn refused(desk: &DeskState, caller: &Caller, id: Uuid, mut filled: Filled, error: DeskError) -> Response {
    let place = at(&page_of(id), caller);
    match error {
        DeskError::Port(PortError::NotFound) => return desk.page(&place, StatusCode::NOT_FOUND, || ()).await,
        DeskError::Port(error) => return desk.failed_port(&error),
        DeskError::Refused(refusal) => filled.refuse_all(say::refusal(refusal)),
        DeskError::Faults(faults) => refuse_faults(&mut filled, &faults),
        DeskError::Conflict(theirs) => {
            filled.refuse_all(say::CONFLICT);
            let theirs = Theirs(*theirs);
            return desk.again_with(&place, filled, move || provide_context(theirs.clone())).await;
        }
        DeskError::Blocked(checks) => {
            refuse_faults(&mut filled, &checks.gaps);
            filled.refuse_all(say::blocked(open_points(&checks)));
        }
        DeskError::File(sentence) => filled.refuse("file", sentence),
    }
    desk.again(&place, filled).await
}

async fn begin(State(desk): State<DeskState>, Path(kind): Path<String>, caller: Caller, pairs: Pairs) -> Response {
    let (service, viewer) = caller_desk(&desk, &caller);
    let Some(kind) = Kind::from_code(&kind) else {
        return desk.page(&caller, StatusCode::NOT_FOUND, || ()).await;
    };
    match service.begin(&viewer, kind, &typed(&pairs)).await {
        Ok(id) => see_other(&page_of(id)),
        Err(DeskError::Faults(faults)) => {
            let mut filled = pairs.filled();
            refuse_faults(&mut filled, &faults);
            desk.again(&caller, filled).await
        }
        Err(DeskError::Refused(refusal)) => {
            let mut filled = pairs.filled();
            filled.refuse_all(say::refusal(refusal));
            desk.again(&caller, filled).await
        }
        Err(DeskError::Port(error)) => desk.failed_port(&error),
        Err(other) => desk.failed_port(&PortError::Internal(other.to_string())),
    }
}

async fn save(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let (service, viewer) = caller_desk(&desk, &caller);
    let version = match service.save(&viewer, id, pairs.version().unwrap_or(0), &typed(&pairs)).await {
        Ok(version) => version,
        Err(error) => return refused(&desk, &caller, id, pairs.filled(), error).await,
    };
    match pairs.text("do") {
        "submit" => match service.command(&viewer, id, version, Command::Submit).await {
            Ok(_) => see_other(&page_of(id)),
            // what was typed is kept: the page shows it again from there
            Err(DeskError::Blocked(checks)) => {
                let mut filled = Filled::default();
                refuse_faults(&mut filled, &checks.gaps);
                filled.refuse_all(say::blocked(open_points(&checks)));
                desk.again(&at(&page_of(id), &caller), filled).await
            }
            Err(error) => refused(&desk, &caller, id, Filled::default(), error).await,
        },
        "preview" => see_other(&format!("{}?preview=1#preview", page_of(id))),
        _ => see_other(&page_of(id)),
    }
}

/// Keeps a draft while it is typed: tells the new version, or that the officer must look.
async fn autosave(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let (service, viewer) = caller_desk(&desk, &caller);
    match service.save(&viewer, id, pairs.version().unwrap_or(0), &typed(&pairs)).await {
        Ok(version) => {
            let preview = markdown::render(pairs.get("body").unwrap_or_default());
            Json(json!({ "version": version, "preview": preview })).into_response()
        }
        Err(DeskError::Conflict(_)) => StatusCode::CONFLICT.into_response(),
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

/// `2026-12-01T09:00` in China.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let local = NaiveDateTime::parse_from_str(text.trim(), "%Y-%m-%dT%H:%M").ok()?;
    Some(local.and_local_timezone(CHINA).single()?.with_timezone(&Utc))
}

fn command_of(pairs: &Pairs) -> Option<Command> {
    let reason = pairs.text("reason").to_owned();
    let open = |act| Command::Open { act, reason: reason.clone(), content: None::<Content> };
    Some(match pairs.text("do") {
        "submit" => Command::Submit,
        "take_back" => Command::TakeBack,
        "approve" => Command::Approve,
        "return" => Command::Return(reason),
        "perform" => Command::Perform,
        "discard" => Command::Discard,
        "schedule" => Command::Schedule(moment(pairs.text("at"))?),
        other => open(Act::from_code(other.strip_prefix("open_")?)?),
    })
}

/// The early end by credit repair: a removal whose reason is the decision, not before the rule allows it.
async fn repair(desk: &DeskState, caller: &Caller, id: Uuid, pairs: &Pairs) -> Response {
    let (service, viewer) = caller_desk(desk, caller);
    if !viewer.may(Permission::Write) {
        return desk.forbidden(caller, Permission::Write).await;
    }
    let sheet = match service.sheet(&viewer, id).await {
        Ok(sheet) => sheet,
        Err(error) => return refused(desk, caller, id, pairs.filled(), error).await,
    };
    let mut filled = pairs.filled();
    let (number, on) = (pairs.text("repair_number").trim(), parse_day(pairs.text("repaired_on")));
    let Some(earliest) = sheet.earliest_repair else {
        filled.refuse_all(say::NO_REPAIR);
        return desk.again(&at(&page_of(id), caller), filled).await;
    };
    if number.is_empty() {
        filled.refuse("repair_number", say::NO_REPAIR_NUMBER);
    }
    let today = service.today();
    let on = match on {
        Some(on) if on <= today && on >= earliest && !number.is_empty() => on,
        Some(on) if on < earliest => {
            filled.refuse("repaired_on", say::repair_early(earliest));
            return desk.again(&at(&page_of(id), caller), filled).await;
        }
        day => {
            if day.is_none_or(|day| day > today) {
                filled.refuse("repaired_on", say::NO_REPAIR_DAY);
            }
            return desk.again(&at(&page_of(id), caller), filled).await;
        }
    };
    let command = Command::Open { act: Act::Remove, reason: say::repair_reason(number, on), content: None };
    match service.command(&viewer, id, pairs.version().unwrap_or(0), command).await {
        Ok(_) => see_other(&page_of(id)),
        Err(error) => refused(desk, caller, id, pairs.filled(), error).await,
    }
}

/// A step. Which role it needs is the command's own, asked by the service.
async fn act(State(desk): State<DeskState>, Path(id): Path<Uuid>, caller: Caller, pairs: Pairs) -> Response {
    let (service, viewer) = caller_desk(&desk, &caller);
    if pairs.text("do") == "open_repair" {
        return repair(&desk, &caller, id, &pairs).await;
    }
    let Some(command) = command_of(&pairs) else {
        let mut filled = pairs.filled();
        filled.refuse("at", say::fault(app::domain::publication::field::Fault::NotADay));
        return desk.again(&at(&page_of(id), &caller), filled).await;
    };
    if !viewer.may(command.needs()) {
        return desk.forbidden(&caller, command.needs()).await;
    }
    let dropped = matches!(command, Command::Discard);
    match service.command(&viewer, id, pairs.version().unwrap_or(0), command).await {
        Ok(life) if dropped && life == app::domain::publication::life::Life::NEW => see_other("/desk/publications"),
        Ok(_) => see_other(&page_of(id)),
        Err(DeskError::Refused(app::domain::publication::life::Refusal::NoReason)) => {
            let mut filled = pairs.filled();
            filled.refuse("reason", say::refusal(app::domain::publication::life::Refusal::NoReason));
            desk.again(&at(&page_of(id), &caller), filled).await
        }
        Err(error) => refused(&desk, &caller, id, pairs.filled(), error).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_china_s() {
        assert_eq!(moment("2026-12-01T09:00").unwrap().to_rfc3339(), "2026-12-01T01:00:00+00:00");
        assert_eq!((moment(""), moment("2026-12-01"), moment("2026-13-01T09:00")), (None, None, None));
    }
}
