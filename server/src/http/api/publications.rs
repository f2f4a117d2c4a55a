//! Bulletins, samples, operators.

use app::{
    domain::sample::Verdict,
    ports::{Bulletin, BulletinLine, Operator, OperatorLine, OperatorRole, Page, PortError, Sample, SampleScope},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use uuid::Uuid;

use super::{ApiState, Open, Parameters, Problem};

type Answer<T> = Result<Open<T>, Problem>;

/// Reads an id; what is none can't be found.
pub(super) fn id(text: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(text).map_err(|_| PortError::NotFound.into())
}

/// Takes `verdict=passed|failed`.
fn take_verdict(scope: &mut SampleScope, name: &str, value: &str) -> bool {
    scope.verdict = Verdict::from_code(value);
    name == "verdict" && scope.verdict.is_some()
}

/// Bulletins, newest first.
#[utoipa::path(get, path = "/bulletins", params(
    ("year" = Option<i32>, Query, description = "Year of publication"),
    ("after" = Option<String>, Query, description = "`next` of the page before"),
    ("limit" = Option<u32>, Query, description = "1 to 200, 50 when left out"),
), responses((status = 200, body = Page<BulletinLine>), (status = 400, body = Problem)))]
pub async fn bulletins(State(state): State<ApiState>, parameters: Parameters) -> Answer<Page<BulletinLine>> {
    let mut year = None;
    let paging = parameters.paging(|name, value| {
        year = value.parse().ok();
        name == "year" && year.is_some()
    })?;
    Ok(Open(state.publications.bulletins(year, paging.after.as_deref(), paging.limit).await?))
}

/// One bulletin with its text, tallies and original files.
#[utoipa::path(get, path = "/bulletins/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = Bulletin), (status = 404, body = Problem)))]
pub async fn bulletin(State(state): State<ApiState>, Path(text): Path<String>) -> Answer<Bulletin> {
    Ok(Open(state.publications.bulletin(id(&text)?).await?))
}

/// The samples of a bulletin: failed ones first, then as printed.
#[utoipa::path(get, path = "/bulletins/{id}/samples", params(
    ("id" = Uuid, Path),
    ("verdict" = Option<String>, Query, description = "passed or failed"),
    ("after" = Option<String>, Query, description = "`next` of the page before"),
    ("limit" = Option<u32>, Query, description = "1 to 200, 50 when left out"),
), responses((status = 200, body = Page<Sample>), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn bulletin_samples(
    State(state): State<ApiState>,
    Path(text): Path<String>,
    parameters: Parameters,
) -> Answer<Page<Sample>> {
    let mut scope = SampleScope::default();
    let paging = parameters.paging(|name, value| take_verdict(&mut scope, name, value))?;
    let id = id(&text)?;
    state.publications.bulletin(id).await?;
    Ok(Open(state.publications.samples(id, scope, paging.after.as_deref(), paging.limit).await?))
}

/// All samples, newest publication first.
#[utoipa::path(get, path = "/samples", params(
    ("verdict" = Option<String>, Query, description = "passed or failed"),
    ("after" = Option<String>, Query, description = "`next` of the page before"),
    ("limit" = Option<u32>, Query, description = "1 to 200, 50 when left out"),
), responses((status = 200, body = Page<Sample>), (status = 400, body = Problem)))]
pub async fn samples(State(state): State<ApiState>, parameters: Parameters) -> Answer<Page<Sample>> {
    let mut scope = SampleScope::default();
    let paging = parameters.paging(|name, value| take_verdict(&mut scope, name, value))?;
    Ok(Open(state.publications.all_samples(scope, paging.after.as_deref(), paging.limit).await?))
}

/// One sample with everything that was printed.
#[utoipa::path(get, path = "/samples/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = Sample), (status = 404, body = Problem)))]
pub async fn sample(State(state): State<ApiState>, Path(text): Path<String>) -> Answer<Sample> {
    Ok(Open(state.publications.sample(id(&text)?).await?))
}

/// Operators that public samples name, by id.
#[utoipa::path(get, path = "/operators", params(
    ("after" = Option<String>, Query, description = "`next` of the page before"),
    ("limit" = Option<u32>, Query, description = "1 to 200, 50 when left out"),
), responses((status = 200, body = Page<OperatorLine>), (status = 400, body = Problem)))]
pub async fn operators(State(state): State<ApiState>, parameters: Parameters) -> Answer<Page<OperatorLine>> {
    let paging = parameters.paging(|_, _| false)?;
    Ok(Open(state.directory.operators(paging.after.as_deref(), paging.limit).await?))
}

/// One operator with its tallies as producer and as sampled unit.
#[utoipa::path(get, path = "/operators/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = Operator), (status = 308, description = "It turned out to be the same as the operator \
    of this address"), (status = 404, body = Problem)))]
pub async fn operator(State(state): State<ApiState>, Path(text): Path<String>) -> Result<Response, Problem> {
    let id = id(&text)?;
    let operator = state.directory.operator(id).await?;
    if operator.line.id == id {
        return Ok(Open(operator).into_response());
    }
    Ok(Redirect::permanent(&format!("/api/v1/operators/{}", operator.line.id)).into_response())
}

/// The samples of an operator in a role, newest publication first.
#[utoipa::path(get, path = "/operators/{id}/samples", params(
    ("id" = Uuid, Path),
    ("role" = Option<String>, Query, description = "producer (default) or seller"),
    ("after" = Option<String>, Query, description = "`next` of the page before"),
    ("limit" = Option<u32>, Query, description = "1 to 200, 50 when left out"),
), responses((status = 200, body = Page<Sample>), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn operator_samples(
    State(state): State<ApiState>,
    Path(text): Path<String>,
    parameters: Parameters,
) -> Answer<Page<Sample>> {
    let mut role = OperatorRole::Producer;
    let paging = parameters.paging(|name, value| match (name, value) {
        ("role", "producer") => true,
        ("role", "seller") => {
            role = OperatorRole::Seller;
            true
        }
        _ => false,
    })?;
    let id = id(&text)?;
    state.directory.operator(id).await?;
    Ok(Open(state.directory.operator_samples(id, role, paging.after.as_deref(), paging.limit).await?))
}
