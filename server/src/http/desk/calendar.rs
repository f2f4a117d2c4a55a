//! The next year's calendar comes as a file.

use app::{
    domain::{calendar::LARGEST_FILE, staff::Permission},
    forms::Filled,
    pages::desk::YearLoaded,
    ports::CaseError,
    text::{calendar as say, case as words},
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::provide_context;

use super::{Access, Caller, Desk, DeskState, cases::viewer, render::at};
use crate::{cases::LoadError, http::form::UploadLimits};

const PAGE: &str = "/desk/calendar";
const LEAD: Access = Access::Needs(Permission::LeadCases);
/// The file with what a form adds to it.
const BYTES: usize = LARGEST_FILE + (64 << 10);

/// The routes.
pub fn routes(desk: Desk) -> Desk {
    desk.page(PAGE, LEAD).upload(PAGE, LEAD, BYTES, load)
}

async fn load(State(desk): State<DeskState>, caller: Caller, request: Request) -> Response {
    let limits = UploadLimits { files: 1, file_bytes: BYTES, bytes: BYTES };
    let upload = match desk.read_upload(&caller, request, limits).await {
        Ok(upload) => upload,
        Err(response) => return *response,
    };
    let mut filled = Filled::default();
    let Some(file) = upload.files.into_iter().next() else {
        filled.refuse("year_file", say::NO_FILE);
        return desk.again(&at(PAGE, &caller), filled).await;
    };
    let Ok(json) = String::from_utf8(file.bytes) else {
        filled.refuse("year_file", say::NOT_TEXT);
        return desk.again(&at(PAGE, &caller), filled).await;
    };
    match desk.web.cases.called_by(&caller.who).load_year(&viewer(&caller), &json).await {
        Ok(loaded) => {
            let warned = loaded.warnings.iter().map(say::warning);
            let said: Vec<_> = std::iter::once(say::loaded(loaded.year, loaded.moved)).chain(warned).collect();
            desk.page(&at(PAGE, &caller), StatusCode::OK, move || provide_context(YearLoaded(said.clone()))).await
        }
        Err(LoadError::File(error)) => {
            filled.refuse("year_file", say::error(&error));
            desk.again(&at(PAGE, &caller), filled).await
        }
        Err(LoadError::Case(CaseError::Port(error))) => desk.failed_port(&error),
        Err(LoadError::Case(CaseError::Refused(refusal))) => {
            filled.refuse_all(words::refusal(refusal));
            desk.again(&at(PAGE, &caller), filled).await
        }
        Err(error) => desk.failed_port(&app::ports::PortError::Internal(error.to_string())),
    }
}
