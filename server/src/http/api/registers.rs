//! Registers and their entries.

use app::{
    domain::register::{Register, Role},
    ports::{
        EntryOrder, EntryQuery, FoundEntries, OperatorLine, PublicReply, RegisterEntry, RegisterFull, RegisterLine,
        Revision,
    },
};
use axum::extract::{Path, State};
use serde::Serialize;

use super::{ApiState, Open, Parameters, Problem, publications::id};

type Answer<T> = Result<Open<T>, Problem>;

/// A column of a register.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RegisterColumn {
    /// Code
    pub code: String,
    /// What it is called
    pub name: String,
    /// `text`, `day`, `choice` …
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What it stands for
    pub role: Option<&'static str>,
    /// Values of a choice: code and name
    pub values: Vec<(String, String)>,
}

/// A register with its columns and public acts.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RegisterDetail {
    /// What a list shows of it
    #[serde(flatten)]
    pub line: RegisterLine,
    /// By what rule it is published
    pub basis: String,
    /// What it claims to cover
    pub scope: String,
    /// Sentences that stand beside the entries
    pub caveats: Vec<String>,
    /// What the edition says beside its entries, Markdown
    pub body: String,
    /// Columns in order
    pub columns: Vec<RegisterColumn>,
    /// Public acts, the newest first
    pub revisions: Vec<Revision>,
    /// What operators say to it, the oldest first
    pub replies: Vec<PublicReply>,
}

/// An entry with its operator.
#[derive(Serialize, utoipa::ToSchema)]
pub struct EntryDetail {
    /// The entry
    #[serde(flatten)]
    pub entry: RegisterEntry,
    /// Name of its register
    pub register_name: String,
    /// 来源
    pub source: String,
    /// The operator's page, if it has one
    pub operator_line: Option<OperatorLine>,
}

fn columns(register: &Register) -> Vec<RegisterColumn> {
    let column = |column: &app::domain::register::Column| RegisterColumn {
        code: column.code.clone(),
        name: column.name.clone(),
        kind: column.cell_type.code(),
        role: column.role.map(Role::code),
        values: column.values.iter().map(|choice| (choice.code.clone(), choice.label.clone())).collect(),
    };
    register.columns.iter().map(column).collect()
}

impl From<RegisterFull> for RegisterDetail {
    fn from(full: RegisterFull) -> Self {
        let register = full.definition;
        Self {
            line: full.line,
            basis: register.basis.clone(),
            scope: register.scope.clone(),
            caveats: register.caveats.clone(),
            body: full.body,
            columns: columns(&register),
            revisions: full.revisions,
            replies: full.replies,
        }
    }
}

/// Registers with entries.
#[utoipa::path(get, path = "/registers", responses((status = 200, body = Vec<RegisterLine>)))]
pub async fn registers(State(state): State<ApiState>) -> Answer<Vec<RegisterLine>> {
    Ok(Open(state.registers.registers().await?))
}

/// One register with its columns.
#[utoipa::path(get, path = "/registers/{code}", params(("code" = String, Path)), responses(
    (status = 200, body = RegisterDetail), (status = 404, body = Problem),
    (status = 410, body = Problem, description = "It was public and is withdrawn or removed")))]
pub async fn register(State(state): State<ApiState>, Path(code): Path<String>) -> Answer<RegisterDetail> {
    Ok(Open(state.registers.register(&code).await?.into()))
}

/// Entries of a register with the values of its facets. All at once: `/registers/{code}.json` of the site.
#[utoipa::path(get, path = "/registers/{code}/entries", params(
    ("code" = String, Path),
    ("q" = Option<String>, Query, description = "Words that entries must have"),
    ("f-…" = Option<String>, Query, description = "A facet by its code: `f-district`, `f-grade` …"),
    ("points" = Option<bool>, Query, description = "true: only entries with a point"),
    ("order" = Option<String>, Query, description = "Code of a sortable column, downwards with `-` before it"),
    ("after" = Option<String>, Query, description = "`next` of the page before"),
    ("limit" = Option<u32>, Query, description = "1 to 200, 50 when left out"),
), responses((status = 200, body = FoundEntries), (status = 400, body = Problem), (status = 404, body = Problem),
    (status = 410, body = Problem)))]
pub async fn entries(
    State(state): State<ApiState>,
    Path(code): Path<String>,
    parameters: Parameters,
) -> Answer<FoundEntries> {
    let mut query = EntryQuery::default();
    let paging = parameters.paging(|name, value| match (name, name.strip_prefix("f-")) {
        ("q", _) => {
            query.text = value.chars().take(100).collect();
            true
        }
        ("points", _) => {
            query.with_point = value == "true";
            matches!(value, "true" | "false")
        }
        ("order", _) => {
            query.order = match value.strip_prefix('-') {
                Some(code) => EntryOrder::Down(code.to_owned()),
                None => EntryOrder::Up(value.to_owned()),
            };
            true
        }
        (_, Some(facet)) => {
            query.facets.push((facet.to_owned(), value.to_owned()));
            true
        }
        _ => false,
    })?;
    Ok(Open(state.registers.entries(&code, &query, paging.after.as_deref(), paging.limit).await?))
}

/// One entry.
#[utoipa::path(get, path = "/registers/{code}/entries/{id}", params(("code" = String, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = EntryDetail), (status = 404, body = Problem),
    (status = 410, body = Problem, description = "It was public and is not any more")))]
pub async fn entry(State(state): State<ApiState>, Path((code, text)): Path<(String, String)>) -> Answer<EntryDetail> {
    let full = state.registers.entry(&code, id(&text)?).await?;
    Ok(Open(EntryDetail {
        entry: full.entry,
        register_name: full.register.name,
        source: full.register.source,
        operator_line: full.operator,
    }))
}
