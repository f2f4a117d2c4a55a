//! Officers handle complaints and reports over HTTP: every act with its form, wrong data, conflicts, foreign officers,
//! what informs, what becomes public. On both databases.

#[path = "handling/acts.rs"]
mod acts;
#[path = "handling/around.rs"]
mod around;
#[path = "handling/papers.rs"]
mod papers;
#[path = "handling/public.rs"]
mod public;

use crate::stage::{Answer, Signed, Stage};
use app::domain::staff::Role;
use axum::http::StatusCode;
use uuid::Uuid;

/// An officer at a portal, with one case.
pub(crate) struct Desk<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) who: Signed,
}

impl<'a> Desk<'a> {
    pub(crate) async fn of(stage: &'a Stage, name: &str, roles: &[Role]) -> Self {
        Self { stage, who: stage.sign_in(name, roles).await }
    }

    pub(crate) async fn page(&self, path: &str) -> Answer {
        self.stage.desk_get(&self.who, path).await
    }

    pub(crate) async fn sheet(&self, id: Uuid) -> String {
        let answer = self.page(&format!("/desk/cases/{id}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.body
    }

    /// The version that the case's page carries.
    pub(crate) async fn version(&self, id: Uuid) -> String {
        self.page(&format!("/desk/cases/{id}")).await.hidden("version")
    }

    /// Sends an act's form on a version.
    pub(crate) async fn send(&self, id: Uuid, version: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
        let all: Vec<_> = [("do", act), ("version", version)].iter().chain(fields).copied().collect();
        self.stage.desk_post(&self.who, &format!("/desk/cases/{id}/act"), &all).await
    }

    /// Does an act on the present version; it must succeed.
    pub(crate) async fn act(&self, id: Uuid, act: &str, fields: &[(&str, &str)]) {
        let answer = self.send(id, &self.version(id).await, act, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{act}: {}", errors(&answer));
    }

    /// Does an act that must be refused: the page with its errors.
    pub(crate) async fn refused(&self, id: Uuid, act: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.send(id, &self.version(id).await, act, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
        answer
    }
}

/// The summary of errors, for messages.
pub(crate) fn errors(answer: &Answer) -> String {
    let body = &answer.body;
    body.split("class=\"error-summary\"").nth(1).map_or(String::new(), |rest| rest.chars().take(600).collect())
}

/// Whether an error stands beside a field.
pub(crate) fn is_wrong(answer: &Answer, field: &str) -> bool {
    answer.body.contains(&format!("id=\"f-{field}-error\""))
}
