//! Papers of a case: filled, made as PDF or as a page to print, noted in the case.

use app::{
    domain::document::{Field, Kind},
    pages::handling::{field_name, places},
    ports::{CaseError, PortError},
    text::{document as words, handling as say},
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::{case_desk, viewer};
use crate::{
    cases::MadePaper,
    http::{
        desk::{Caller, DeskState, render::at},
        disposition,
        form::Pairs,
    },
    paper::{CSS, Document, Missing, Values, html},
};

/// Address of the papers' style sheet.
const STYLES: &str = "/desk/paper.css";
/// Signs of a place at most.
const LONGEST: usize = 4000;

pub async fn styles() -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"))], CSS).into_response()
}

pub async fn make(
    State(desk): State<DeskState>,
    Path((id, kind)): Path<(Uuid, String)>,
    caller: Caller,
    pairs: Pairs,
) -> Response {
    let page = at(&format!("/desk/cases/{id}/documents/{kind}"), &caller);
    let Some(kind) = Kind::from_code(&kind) else { return desk.page(&page, StatusCode::NOT_FOUND, || ()).await };
    let mut filled = pairs.filled();
    let mut values = Values::new();
    for field in places(kind) {
        let text = pairs.text(&field_name(field));
        if text.chars().count() > LONGEST {
            filled.refuse(field_name(field), app::text::case::fault("", too_long()));
        }
        values.insert(field, text.to_owned());
    }
    if filled.is_refused() {
        return desk.again(&page, filled).await;
    }
    // what is missing is said before anybody's name is unmasked
    if let Err(Missing(_, field)) = desk.web.papers.fill(kind, &values) {
        filled.refuse(field_name(field), say::EMPTY);
        return desk.again(&page, filled).await;
    }
    let handling = case_desk(&desk, &caller);
    let number = values.get(&Field::PaperNumber).cloned().unwrap_or_default();
    let masked = |field: &Field| say::is_masked_place(*field);
    let places: Vec<&mut String> = values.iter_mut().filter(|(field, _)| masked(field)).map(|(_, text)| text).collect();
    let made = MadePaper { code: kind.code(), name: words::kind(kind), number: &number };
    match handling.make_paper(&viewer(&caller), id, places, made).await {
        Ok(()) => {}
        Err(CaseError::Port(PortError::NotFound)) => return desk.page(&page, StatusCode::NOT_FOUND, || ()).await,
        Err(CaseError::Port(error)) => return desk.failed_port(&error),
        Err(CaseError::Refused(app::domain::case::Refusal::NotYours | app::domain::case::Refusal::NotTaken)) => {
            filled.refuse_all(say::NOT_UNMASKED);
            return desk.again(&page, filled).await;
        }
        Err(CaseError::Refused(refusal)) => {
            filled.refuse_all(app::text::case::refusal(refusal));
            return desk.again(&page, filled).await;
        }
        Err(error) => return desk.failed_port(&PortError::Internal(error.to_string())),
    }
    match desk.web.papers.fill(kind, &values) {
        Ok(document) => give(&desk, document, id, pairs.text("as") == "page").await,
        Err(Missing(_, field)) => {
            filled.refuse(field_name(field), say::EMPTY);
            desk.again(&page, filled).await
        }
    }
}

fn too_long() -> app::domain::case::Fault {
    app::domain::case::Fault::Field(app::domain::objection::Fault::TooLong(LONGEST))
}

/// A download; a page to print where that is wanted, or no font is there.
async fn give(desk: &DeskState, document: Document, id: Uuid, as_page: bool) -> Response {
    if as_page {
        return printable(&document);
    }
    let (papers, at) = (std::sync::Arc::clone(&desk.web.papers), desk.auth().clock.now());
    let name = format!("{}-{}.pdf", words::kind(document.kind), &id.simple().to_string()[24..]);
    let made = tokio::task::spawn_blocking(move || {
        let made = papers.pdf(&document, at);
        (made, document)
    });
    match made.await {
        Ok((Ok(made), _)) => {
            let head = [
                (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
                (header::CONTENT_DISPOSITION, disposition::download(&name)),
                (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            ];
            (head, made.bytes).into_response()
        }
        Ok((Err(error), document)) => {
            tracing::warn!(%error, "no PDF: a page to print is given");
            printable(&document)
        }
        Err(_) => desk.failed_port(&PortError::Internal("a paper broke off".into())),
    }
}

fn printable(document: &Document) -> Response {
    let head = [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))];
    (head, html(document, STYLES)).into_response()
}
