//! The step of files: sent whole with the form where there is no script; with it, they came in pieces before.

use app::{
    domain::{
        evidence::State as FileState,
        intake::{Draft, Step},
    },
    forms::Filled,
    pages::intake::{FileLine, IntakeFiles},
    text::evidence as say,
};
use axum::{
    extract::{FromRequest, Multipart, Request, State},
    http::{StatusCode, header, request::Parts},
    response::Response,
};
use uuid::Uuid;

use super::{Intake, failed};
use crate::{
    auth::Token,
    evidence::{EvidenceError, Sender},
    http::form::{FormRefusal, see_other},
};

/// What the form said beside its files.
#[derive(Default)]
struct Sent {
    go: String,
    then: String,
    remove: Option<Uuid>,
    wrong: Option<String>,
}

pub(super) async fn save(State(intake): State<Intake>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if !intake.pages.is_ours(&parts) {
        return intake.refused(&parts, FormRefusal::Foreign).await;
    }
    let (token, draft) = match intake.draft(&parts).await {
        Ok(Some((_, draft))) if draft.is_sent => return see_other("/cases/new/receipt"),
        Ok(Some(found)) => found,
        Ok(None) => return intake.missing(&parts).await,
        Err(error) => return failed(&error),
    };
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let sent = if kind.starts_with("multipart/form-data") {
        intake.receive(&parts, &token, Request::from_parts(parts.clone(), body)).await
    } else {
        match intake.read(&parts, body).await {
            Ok(pairs) => Ok(Sent {
                go: pairs.text("go").to_owned(),
                then: pairs.text("then").to_owned(),
                remove: Uuid::try_parse(pairs.text("remove")).ok(),
                wrong: None,
            }),
            Err(refused) => return *refused,
        }
    };
    match sent {
        Ok(sent) => intake.after_files(&parts, &token, draft, sent).await,
        Err(refusal) => intake.refused(&parts, refusal).await,
    }
}

impl Intake {
    async fn receive(&self, parts: &Parts, token: &Token, request: Request) -> Result<Sent, FormRefusal> {
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| FormRefusal::Unreadable)?;
        let (basket, sender) = (self.web.cases.basket(token), Sender::citizen(self.address(parts)));
        let mut sent = Sent::default();
        while let Some(field) = form.next_field().await.map_err(|_| FormRefusal::Unreadable)? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                // a file field that was left empty
                Some(file) if file.is_empty() => {}
                Some(file) => {
                    let file = file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                    match self.web.evidence.receive_whole(&basket, sender, &file, field).await {
                        Ok(kept) => {
                            if let FileState::Refused(refusal) = kept.state {
                                let sentence = say::refusal(refusal, &self.web.evidence.limits());
                                sent.wrong.get_or_insert(format!("{file}：{sentence}"));
                            }
                        }
                        Err(error) => {
                            let sentence = self.file_sentence(&error);
                            sent.wrong.get_or_insert(format!("{file}：{sentence}"));
                            // what is left of a file that was broken off can't be told from what follows
                            return Ok(sent);
                        }
                    }
                }
                None => {
                    let value = field.text().await.map_err(|_| FormRefusal::Unreadable)?;
                    match name.as_str() {
                        "go" => sent.go = value,
                        "then" => sent.then = value,
                        "remove" => sent.remove = Uuid::try_parse(&value).ok(),
                        _ => {}
                    }
                }
            }
        }
        Ok(sent)
    }

    fn file_sentence(&self, error: &EvidenceError) -> String {
        match error {
            EvidenceError::Refused(refusal) => say::refusal(*refusal, &self.web.evidence.limits()),
            EvidenceError::Wait => self.web.evidence.wait_sentence(),
            EvidenceError::Full => say::FULL.to_owned(),
            other => {
                tracing::error!(error = %other, "evidence can't be kept");
                say::BROKEN.to_owned()
            }
        }
    }

    async fn after_files(&self, parts: &Parts, token: &Token, draft: Draft, sent: Sent) -> Response {
        let basket = self.web.cases.basket(token);
        if let Some(id) = sent.remove
            && let Err(error) = self.web.evidence.remove(&basket, id).await
        {
            tracing::warn!(%error, "evidence is not removed");
        }
        if let Err(error) = self.web.cases.change_draft(token, |draft| "evidence".clone_into(&mut draft.at)).await {
            return failed(&error);
        }
        let mut wrong = Filled::of(&[("then".to_owned(), sent.then.clone())]);
        if let Some(sentence) = sent.wrong {
            wrong.refuse("files", sentence);
            return self.step(parts, Step::Evidence, draft, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        let then = if sent.then == "check" { "?then=check" } else { "" };
        let next = match sent.go.as_str() {
            "back" if then.is_empty() => Step::Evidence.before(draft.wanted()),
            "next" if then.is_empty() => Step::Evidence.next(draft.wanted()),
            "back" | "next" => Step::Check,
            // a file was added or taken away
            _ => return see_other(&format!("{}{then}", Step::Evidence.path())),
        };
        see_other(&next.path())
    }

    /// What lies in the basket.
    pub(super) async fn files(&self, token: &Token) -> Option<IntakeFiles> {
        let basket = self.web.cases.basket(token);
        let limits = self.web.evidence.limits();
        let files = match self.web.evidence.list(&basket).await {
            Ok(files) => files,
            Err(error) => {
                tracing::error!(%error, "a basket can't be read");
                return None;
            }
        };
        let line = |file: crate::evidence::EvidenceFile| FileLine {
            id: file.id,
            is_ready: file.state == FileState::Ready,
            why: match file.state {
                FileState::Refused(refusal) => say::refusal(refusal, &limits),
                _ => String::new(),
            },
            name: file.name,
            bytes: file.bytes,
        };
        let lines = files.into_iter().map(line).collect();
        Some(IntakeFiles { basket: basket.text(), lines, limits: say::limits(&limits) })
    }
}
