//! Publications of all kinds but bulletins, and the question whether a recall affects what one holds.

use std::collections::BTreeMap;

use app::{
    domain::{
        date::parse_day,
        publication::{
            Kind,
            content::Attachment,
            recall::{Answer as RecallSays, Held},
        },
    },
    ports::{Notice, NoticeFull, NoticeScope, OperatorLine, Page, PublicReply, Revision, SampleLink, check_recalls},
};
use axum::extract::{Path, State};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{ApiState, Open, Parameters, Problem, publications::id};

type Answer<T> = Result<Open<T>, Problem>;

/// A publication.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Publication {
    /// Id
    pub id: Uuid,
    /// Which kind
    pub kind: Kind,
    /// Path on this site
    pub url: String,
    /// Title
    pub title: String,
    /// 来源: who publishes
    pub source: String,
    /// Day of publication
    pub published_on: NaiveDate,
    /// Last public act
    pub updated_at: DateTime<Utc>,
    /// Text in Markdown
    pub body: String,
    /// The kind's own fields by name; empty ones are left out
    pub fields: BTreeMap<String, String>,
    /// Files; each is at `/attachments/{id}`
    pub attachments: Vec<Attachment>,
}

/// A publication with what it is linked to.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PublicationFull {
    /// What it says
    #[serde(flatten)]
    pub publication: Publication,
    /// Operators that it names and that have a page
    pub operators: Vec<OperatorLine>,
    /// Samples that it is linked to
    pub samples: Vec<SampleLink>,
    /// Public acts, the newest first
    pub revisions: Vec<Revision>,
    /// What operators that it names say to it, the oldest first
    pub replies: Vec<PublicReply>,
}

/// What one recall says to somebody who asks.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RecallCheck {
    /// `affected`: lot or day is recalled. `not_known`: what was said does not tell. `not_listed`: neither is among
    /// those recalled, which does not say that nothing is wrong with the product.
    pub answer: RecallSays,
    /// The recall
    pub recall: Publication,
}

/// What all recalls say.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RecallChecks {
    /// Those that concern what was asked, affected ones first
    pub answers: Vec<RecallCheck>,
}

impl From<Notice> for Publication {
    fn from(notice: Notice) -> Self {
        let content = notice.content;
        Self {
            id: notice.id,
            kind: content.kind,
            url: content.path(notice.id),
            title: content.title,
            source: content.source,
            published_on: notice.published_on,
            updated_at: notice.updated_at,
            body: content.body,
            fields: content.fields,
            attachments: content.attachments,
        }
    }
}

impl From<NoticeFull> for PublicationFull {
    fn from(full: NoticeFull) -> Self {
        Self {
            publication: full.notice.into(),
            operators: full.operators,
            samples: full.samples,
            revisions: full.revisions,
            replies: full.replies,
        }
    }
}

/// Publications of all kinds but bulletins, newest first.
#[utoipa::path(get, path = "/publications", params(
    ("kind" = Option<String>, Query, description = "disposal, penalty, recall, warning, tip, notice, article or register"),
    ("year" = Option<i32>, Query, description = "Year of publication"),
    ("operator" = Option<Uuid>, Query, description = "Those that name this operator"),
    ("sample" = Option<Uuid>, Query, description = "Those that are linked to this sample"),
    ("after" = Option<String>, Query, description = "`next` of the page before"),
    ("limit" = Option<u32>, Query, description = "1 to 200, 50 when left out"),
), responses((status = 200, body = Page<Publication>), (status = 400, body = Problem)))]
pub async fn publications(State(state): State<ApiState>, parameters: Parameters) -> Answer<Page<Publication>> {
    let mut scope = NoticeScope::default();
    let paging = parameters.paging(|name, value| match name {
        "kind" => {
            scope.kind = Kind::from_code(value).filter(|kind| *kind != Kind::Bulletin);
            scope.kind.is_some()
        }
        "year" => {
            scope.year = value.parse().ok();
            scope.year.is_some()
        }
        "operator" => {
            scope.operator = Uuid::try_parse(value).ok();
            scope.operator.is_some()
        }
        "sample" => {
            scope.sample = Uuid::try_parse(value).ok();
            scope.sample.is_some()
        }
        _ => false,
    })?;
    let page = state.notices.notices(scope, paging.after.as_deref(), paging.limit).await?;
    Ok(Open(Page { items: page.items.into_iter().map(Publication::from).collect(), next: page.next }))
}

/// One publication with its operators, samples and public acts.
#[utoipa::path(get, path = "/publications/{id}", params(("id" = Uuid, Path)), responses(
    (status = 200, body = PublicationFull), (status = 404, body = Problem),
    (status = 410, body = Problem, description = "It was public and is withdrawn or removed")))]
pub async fn publication(State(state): State<ApiState>, Path(text): Path<String>) -> Answer<PublicationFull> {
    Ok(Open(state.notices.notice(id(&text)?).await?.into()))
}

/// Is mine recalled? Without `product`, only recalls that name the lot or the day answer.
#[utoipa::path(get, path = "/recalls/check", params(
    ("product" = Option<String>, Query, description = "Words of product, brand or producer"),
    ("lot" = Option<String>, Query, description = "批号 as printed on the package"),
    ("made_on" = Option<NaiveDate>, Query, description = "Day of production"),
), responses((status = 200, body = RecallChecks), (status = 400, body = Problem)))]
pub async fn check(State(state): State<ApiState>, parameters: Parameters) -> Answer<RecallChecks> {
    let (mut product, mut held) = (String::new(), Held::default());
    for (name, value) in parameters.0 {
        if value.trim().is_empty() {
            continue;
        }
        match (name.as_str(), parse_day(&value)) {
            ("product", _) => product = value,
            ("lot", _) => held.lot = Some(value),
            ("made_on", Some(day)) => held.made_on = Some(day),
            _ => return Err(Problem::parameter(&name, &value)),
        }
    }
    let answers = check_recalls(&*state.notices, &product, &held).await?.into_iter();
    let answers = answers.map(|one| RecallCheck { answer: one.answer, recall: one.recall.into() });
    Ok(Open(RecallChecks { answers: answers.collect() }))
}
