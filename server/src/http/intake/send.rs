//! The check page is sent: the case is made, once.

use app::{
    domain::{
        case::{self, Fault, Filing, Source},
        district::district_of,
        intake::{Draft, Step},
    },
    forms::Filled,
    ports::{Cases, PortError},
    text::{case as case_words, intake as say},
};
use axum::{
    extract::{Request, State},
    http::{StatusCode, request::Parts},
    response::Response,
};
use chrono::NaiveDate;

use super::{Intake, failed};
use crate::{
    auth::Token,
    cases::{FileError, MOST_SAME_UNPROVED},
    http::form::{Pairs, see_other},
};

pub(super) async fn send(State(intake): State<Intake>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let pairs = match intake.read(&parts, body).await {
        Ok(pairs) => pairs,
        Err(refused) => return *refused,
    };
    match intake.draft(&parts).await {
        Ok(Some((_, draft))) if draft.is_sent => see_other("/cases/new/receipt"),
        Ok(Some((_, draft))) if pairs.text("go") == "back" => see_other(&Step::Check.before(draft.wanted()).path()),
        Ok(Some((token, draft))) => intake.file(&parts, &pairs, &token, draft).await,
        Ok(None) => intake.missing(&parts).await,
        Err(error) => failed(&error),
    }
}

/// What a draft files.
pub(super) fn filings(draft: &Draft, today: NaiveDate) -> Result<Vec<Filing>, Vec<(&'static str, Fault)>> {
    let district = district_of(draft.get("party_address")).unwrap_or_default();
    let field = |name: &str| if name == "district" { district.as_str() } else { draft.get(name) };
    case::read(field, today)
}

impl Intake {
    async fn file(&self, parts: &Parts, pairs: &Pairs, token: &Token, draft: Draft) -> Response {
        let today = match self.web.cases.today().await {
            Ok(today) => today,
            Err(error) => return failed(&error),
        };
        let filings = match filings(&draft, today) {
            Ok(filings) => filings,
            Err(faults) => {
                let mut wrong = Filled::default();
                wrong.refuse_all(say::INCOMPLETE);
                for (name, fault) in faults {
                    wrong.refuse(name, case_words::fault(name, fault));
                }
                return self.step(parts, Step::Check, draft, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
            }
        };
        let (now, address) = (self.web.auth.clock.now(), self.address(parts));
        let same = match self.web.cases.same_words(&filings).await {
            Ok(same) => same,
            Err(error) => return failed(&error),
        };
        let proof = (pairs.text("challenge"), pairs.text("proof"));
        let is_worked = self.web.cases.is_worked(token, proof, address, same);
        let again = self.web.cases.receipt(token).await.ok().flatten().is_some();
        if !is_worked && !again {
            let sentence = match same {
                MOST_SAME_UNPROVED.. => Some(say::WAIT_SAME_WORDS),
                _ => self.web.cases.unproved.is_blocked(address, now).then_some(say::WAIT_NO_PROOF),
            };
            if let Some(sentence) = sentence {
                return self.not_taken(parts, draft, StatusCode::TOO_MANY_REQUESTS, sentence).await;
            }
        }
        match self.web.cases.file(token, &filings, Source::Portal, address).await {
            Ok(_) => {
                if !is_worked && !again {
                    self.web.cases.unproved.failed(address, now);
                }
                see_other("/cases/new/receipt")
            }
            Err(FileError::Port(PortError::Unavailable(error))) => {
                tracing::warn!(error, "a case was not taken");
                self.not_taken(parts, draft, StatusCode::SERVICE_UNAVAILABLE, say::BUSY).await
            }
            Err(FileError::Port(error)) => failed(&error),
            Err(error) => failed(&PortError::Internal(error.to_string())),
        }
    }

    async fn not_taken(&self, parts: &Parts, draft: Draft, status: StatusCode, sentence: &'static str) -> Response {
        let mut wrong = Filled::default();
        wrong.refuse_all(sentence);
        self.step(parts, Step::Check, draft, wrong, status).await
    }
}
