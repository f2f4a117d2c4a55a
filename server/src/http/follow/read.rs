//! What a form says. A form with files carries number and code before them: no file is taken in before they are right.

use app::{domain::evidence::State as FileState, text::evidence as evidence_words};
use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request, multipart::Field},
    http::{header, request::Parts},
    response::Response,
};

use super::Follow;
use crate::{
    auth::Token,
    cases::Opened,
    evidence::{EvidenceError, Sender},
    http::form::{FORM_BYTES, FormRefusal, Pairs},
};

/// A form, the case that it opened, and why a file was not taken.
pub(super) struct Sent {
    pub pairs: Pairs,
    pub case: Opened,
    pub wrong_file: Option<String>,
}

impl Follow {
    /// Reads a form from a page of this site and opens its case; the answer where that can't be.
    pub(super) async fn sent(&self, parts: &Parts, body: Body) -> Result<Sent, Box<Response>> {
        if !self.pages.is_ours(parts) {
            return Err(Box::new(self.refused(parts, FormRefusal::Foreign).await));
        }
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            return self.with_files(parts, body).await;
        }
        let pairs = match self.pages.read(parts, body).await {
            Ok(pairs) => pairs,
            Err(refusal) => return Err(Box::new(self.refused(parts, refusal).await)),
        };
        let case = self.open(parts, &pairs).await?;
        Ok(Sent { pairs, case, wrong_file: None })
    }

    async fn with_files(&self, parts: &Parts, body: Body) -> Result<Sent, Box<Response>> {
        let request = Request::from_parts(parts.clone(), body);
        let Ok(mut form) = Multipart::from_request(request, &()).await else {
            return Err(Box::new(self.refused(parts, FormRefusal::Unreadable).await));
        };
        let (mut pairs, mut case, mut wrong_file, mut room) = (Pairs::default(), None, None, FORM_BYTES);
        loop {
            let field = match form.next_field().await {
                Ok(Some(field)) => field,
                Ok(None) => break,
                Err(_) => return Err(Box::new(self.refused(parts, FormRefusal::Unreadable).await)),
            };
            match field.file_name().map(str::to_owned) {
                // a file field that was left empty
                Some(name) if name.is_empty() => {}
                Some(name) => {
                    let opened = match &case {
                        Some(opened) => opened,
                        None => case.insert(self.open(parts, &pairs).await?),
                    };
                    let basket = self.web.cases.own_basket(opened);
                    if let Err(sentence) = self.take_file(parts, &basket, &name, field).await {
                        wrong_file = Some(sentence);
                        // what is left of a file that was broken off can't be told from what follows
                        break;
                    }
                }
                None => {
                    let name = field.name().unwrap_or_default().to_owned();
                    let value = match text(field, &mut room).await {
                        Ok(value) => value,
                        Err(refusal) => return Err(Box::new(self.refused(parts, refusal).await)),
                    };
                    pairs.0.push((name, value));
                }
            }
        }
        let case = match case {
            Some(case) => case,
            None => self.open(parts, &pairs).await?,
        };
        Ok(Sent { pairs, case, wrong_file })
    }

    async fn take_file(&self, parts: &Parts, basket: &Token, name: &str, field: Field<'_>) -> Result<(), String> {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let sender = Sender::citizen(self.address(parts));
        let said = match self.web.evidence.receive_whole(basket, sender, name, field).await {
            Ok(file) => match file.state {
                FileState::Refused(refusal) => evidence_words::refusal(refusal, &self.web.evidence.limits()),
                _ => return Ok(()),
            },
            Err(EvidenceError::Refused(refusal)) => evidence_words::refusal(refusal, &self.web.evidence.limits()),
            Err(EvidenceError::Wait) => self.web.evidence.wait_sentence(),
            Err(EvidenceError::Full) => evidence_words::FULL.to_owned(),
            Err(error) => {
                tracing::error!(%error, "evidence can't be kept");
                evidence_words::BROKEN.to_owned()
            }
        };
        Err(format!("{name}：{said}"))
    }
}

/// A field's text, within what is left for all of them.
async fn text(mut field: Field<'_>, room: &mut usize) -> Result<String, FormRefusal> {
    let mut bytes = Vec::new();
    while let Some(part) = field.chunk().await.map_err(|_| FormRefusal::Unreadable)? {
        *room = room.checked_sub(part.len()).ok_or(FormRefusal::TooLarge)?;
        bytes.extend_from_slice(&part);
    }
    let text = String::from_utf8(bytes).map_err(|_| FormRefusal::Unreadable)?;
    Ok(text.replace("\r\n", "\n").replace('\0', ""))
}
