//! An officer writes down what somebody says at the counter, on the telephone, in a letter.

use app::{
    domain::{
        case::{self, Fault, Source},
        district::district_of,
        staff::Permission,
    },
    pages::intake::{COUNTER_SOURCES, CounterForm},
    ports::{Cases, PortError},
    text::{case as case_words, intake as say},
};
use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::provide_context;
use uuid::Uuid;

use super::{Access, Caller, Desk, DeskState};
use crate::{
    auth::Token,
    cases::{CaseReceipt, FileError},
    http::{form::Pairs, intake::shown},
};

const HANDLE: Access = Access::Needs(Permission::HandleCases);
/// Signs of a number at the national platform: it has 25.
const LONGEST_NUMBER: usize = 40;

/// The routes.
pub fn routes(desk: Desk) -> Desk {
    desk.get("/desk/cases/new", HANDLE, show).post("/desk/cases/new", HANDLE, register)
}

async fn show(State(desk): State<DeskState>, caller: Caller) -> Response {
    let form = CounterForm(Token::random(&desk.web.auth.ids).text());
    desk.page(&caller, StatusCode::OK, move || provide_context(form.clone())).await
}

/// What is wrong with what only this form has.
fn own_faults(pairs: &Pairs) -> Vec<(&'static str, &'static str)> {
    let mut faults = Vec::new();
    if source(pairs).is_none() {
        faults.push(("source", say::SOURCE_MISSING));
    }
    if pairs.text("national").chars().count() > LONGEST_NUMBER {
        faults.push(("national", say::NATIONAL_LONG));
    }
    faults
}

fn source(pairs: &Pairs) -> Option<Source> {
    Source::from_code(pairs.text("source")).filter(|source| COUNTER_SOURCES.contains(source))
}

/// The operator of a page's address, or of its id.
async fn operator(desk: &DeskState, pairs: &Pairs) -> Result<String, &'static str> {
    let typed = pairs.text("operator_page");
    if typed.is_empty() {
        return Ok(String::new());
    }
    let id = typed.split(['?', '#']).next().and_then(|path| path.rsplit('/').next());
    let id = id.and_then(|id| Uuid::try_parse(id).ok()).ok_or(say::NO_OPERATOR)?;
    let found = desk.web.portal().directory.operator(id).await.map_err(|_| say::NO_OPERATOR)?;
    Ok(found.line.id.to_string())
}

async fn register(State(desk): State<DeskState>, caller: Caller, pairs: Pairs) -> Response {
    let mut filled = pairs.filled();
    for (name, sentence) in own_faults(&pairs) {
        filled.refuse(name, sentence);
    }
    let operator = operator(&desk, &pairs).await.unwrap_or_else(|sentence| {
        filled.refuse("operator_page", sentence);
        String::new()
    });
    let district = district_of(pairs.text("party_address")).unwrap_or_default();
    let field = |name: &str| match name {
        "operator" => operator.as_str(),
        "district" => district.as_str(),
        other => pairs.get(other).unwrap_or_default(),
    };
    let today = match desk.web.cases.today().await {
        Ok(today) => today,
        Err(error) => return desk.failed_port(&error),
    };
    let read: Result<_, Vec<(&str, Fault)>> = case::read(field, today);
    let token = Token::read(pairs.text("token"));
    let form = CounterForm(token.clone().unwrap_or_else(|| Token::random(&desk.web.auth.ids)).text());
    let (Ok(filings), Some(token), Some(source), false) = (&read, token, source(&pairs), filled.is_refused()) else {
        for (name, fault) in read.err().unwrap_or_default() {
            filled.refuse(name, case_words::fault(name, fault));
        }
        if !filled.is_refused() {
            filled.refuse_all(app::text::objection::STALE);
        }
        return desk.again_with(&caller, filled, move || provide_context(form.clone())).await;
    };
    let service = desk.web.cases.called_by(&caller.who);
    match service.file(&token, filings, source, None).await {
        Ok(receipt) => {
            name_national(&desk, &caller, &pairs, &receipt).await;
            let receipt = shown(receipt, &desk.web.site.borrow().base_url);
            desk.page(&caller, StatusCode::OK, move || provide_context(receipt.clone())).await
        }
        Err(FileError::Port(error)) => desk.failed_port(&error),
        Err(error) => desk.failed_port(&PortError::Internal(error.to_string())),
    }
}

/// The number at the national platform, where it is known. A form sent again finds it there.
async fn name_national(desk: &DeskState, caller: &Caller, pairs: &Pairs, receipt: &CaseReceipt) {
    let number = pairs.text("national");
    let (Some(viewer), Some(first), false) = (caller.viewer(), receipt.halves.first(), number.is_empty()) else {
        return;
    };
    let service = desk.web.cases.called_by(&caller.who);
    if let Err(error) = service.set_national(&viewer, first.id, 1, Some(number), None).await {
        tracing::info!(%error, "the national number was not set: the form came again");
    }
}
