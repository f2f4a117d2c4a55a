//! A step is left: what was typed is kept, then it is looked at, then the next page follows.

use app::{
    domain::{
        case,
        intake::{Draft, Step},
    },
    forms::Filled,
    ports::{Cases, PortError},
    text::{case as case_words, intake as say},
};
use axum::{
    Json,
    extract::{Path, Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::json;
use uuid::Uuid;

use super::{Intake, failed};
use crate::{
    auth::Token,
    http::form::{Pairs, see_other},
};

/// The first page.
pub(super) async fn save_first(State(intake): State<Intake>, request: Request) -> Response {
    intake.save(Step::What, request).await
}

/// The page of a step.
pub(super) async fn save(State(intake): State<Intake>, Path(code): Path<String>, request: Request) -> Response {
    match Step::from_code(&code) {
        Some(step) => intake.save(step, request).await,
        None => intake.missing(&request.into_parts().0).await,
    }
}

/// While it is typed: only what is there already is kept on. Answers the keeper's JSON.
pub(super) async fn keep(State(intake): State<Intake>, Path(code): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(step) = Step::from_code(&code) else { return StatusCode::NOT_FOUND.into_response() };
    let (pairs, token) = match (intake.read(&parts, body).await, intake.token(&parts)) {
        (Ok(pairs), Some(token)) => (pairs, token),
        (Err(refused), _) => return *refused,
        (_, None) => return StatusCode::GONE.into_response(),
    };
    let change = |draft: &mut Draft| {
        if !draft.is_sent {
            draft.take(step, &pairs.0);
            step.code().clone_into(&mut draft.at);
        }
    };
    match intake.web.cases.change_draft(&token, change).await {
        Ok(Some(draft)) if !draft.is_sent => Json(json!({ "version": 0 })).into_response(),
        Ok(_) => StatusCode::GONE.into_response(),
        Err(error) => failed(&error),
    }
}

/// The draft is taken away.
pub(super) async fn discard(State(intake): State<Intake>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if let Err(refused) = intake.read(&parts, body).await {
        return *refused;
    }
    if let Some(token) = intake.token(&parts)
        && let Err(error) = intake.drop_all(&token).await
    {
        return failed(&error);
    }
    let response = intake.say(&parts, StatusCode::OK, say::DISCARDED).await;
    intake.with_cookie(None, response)
}

impl Intake {
    /// Draft and files.
    async fn drop_all(&self, token: &Token) -> Result<(), PortError> {
        let basket = self.web.cases.basket(token);
        let internal = |error: crate::evidence::EvidenceError| PortError::Internal(error.to_string());
        for file in self.web.evidence.list(&basket).await.map_err(internal)? {
            self.web.evidence.remove(&basket, file.id).await.map_err(internal)?;
        }
        self.web.cases.drop_draft(token).await
    }

    async fn save(&self, step: Step, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let pairs = match self.read(&parts, body).await {
            Ok(pairs) => pairs,
            Err(refused) => return *refused,
        };
        let given = self.given(step, &pairs).await;
        let before = match self.draft(&parts).await {
            Ok(before) => before,
            Err(error) => return failed(&error),
        };
        let is_searched_before = before.as_ref().is_some_and(|(_, draft)| draft.get("q") == pairs.text("q"));
        let (token, draft) = match self.keep_step(&parts, before, |draft| change(draft, step, &pairs, &given)).await {
            Ok(kept) => kept,
            Err(refused) => return *refused,
        };
        let response = if draft.is_sent {
            see_other("/cases/new/receipt")
        } else {
            let mut parts = parts;
            set_cookie_of(&mut parts, self.cookie_name(), &token);
            self.after(&parts, step, &pairs, draft, is_searched_before).await
        };
        self.with_cookie(Some(&token), response)
    }

    /// Keeps a change in the browser's draft, or in a new one.
    pub(super) async fn keep_step(
        &self,
        parts: &Parts,
        before: Option<(Token, Draft)>,
        change: impl Fn(&mut Draft),
    ) -> Result<(Token, Draft), Box<Response>> {
        // a draft that was sent makes room for another one only on the first page
        let before = before.filter(|(_, draft)| !(draft.is_sent && parts.uri.path() == "/cases/new"));
        if let Some((token, draft)) = before {
            if draft.is_sent {
                return Ok((token, draft));
            }
            match self.web.cases.change_draft(&token, &change).await {
                Ok(Some(draft)) => return Ok((token, draft)),
                Ok(None) => {}
                Err(error) => return Err(Box::new(failed(&error))),
            }
        }
        let (now, address) = (self.web.auth.clock.now(), self.address(parts));
        if self.web.cases.drafts.is_blocked(address, now) {
            return Err(Box::new(self.say(parts, StatusCode::TOO_MANY_REQUESTS, say::WAIT_DRAFT).await));
        }
        self.web.cases.drafts.failed(address, now);
        let (token, mut draft) = (Token::random(&self.web.auth.ids), Draft::default());
        change(&mut draft);
        match self.web.cases.begin_draft(&token, &draft).await {
            Ok(()) => Ok((token, draft)),
            Err(error) => Err(Box::new(failed(&error))),
        }
    }

    /// What a chosen operator or a sample's page says of whom it is about. What can't be found is left out.
    async fn given(&self, step: Step, pairs: &Pairs) -> Vec<(&'static str, String)> {
        let portal = self.web.portal();
        let id = |name: &str| Uuid::try_parse(pairs.text(name)).ok();
        let operator = match step {
            Step::What => id("operator"),
            Step::Party => id("pick"),
            _ => None,
        };
        let mut given = Vec::new();
        let sample = if step == Step::What { id("sample") } else { None };
        let mut of = operator;
        if let Some(id) = sample
            && let Ok(sample) = portal.publications.sample(id).await
        {
            let printed = sample.printed;
            let date = printed.date.map(|date| date.text);
            given.push(("product", printed.product));
            given.extend(printed.lot.or(date).map(|lot| ("lot", lot)));
            // where it was bought is where it was sampled
            of = of.or(sample.seller_id).or(sample.producer_id);
        }
        if let Some(id) = of
            && let Ok(found) = portal.directory.operator(id).await
        {
            given.push(("operator", id.to_string()));
            given.push(("party", found.line.name));
            given.push(("party_address", found.line.address.unwrap_or_default()));
            given.extend([("platform", String::new()), ("shop", String::new())]);
        }
        given
    }

    /// Where to go, once it is kept.
    async fn after(
        &self,
        parts: &Parts,
        step: Step,
        pairs: &Pairs,
        draft: Draft,
        is_searched_before: bool,
    ) -> Response {
        let then = if pairs.text("then") == "check" { "?then=check" } else { "" };
        let wanted = draft.wanted();
        match pairs.text("go") {
            "back" if !then.is_empty() => return see_other(&Step::Check.path()),
            "back" => return see_other(&step.before(wanted).path()),
            // Enter in the description presses the page's first button
            "search" if !(is_searched_before || pairs.text("q").is_empty()) || pairs.text("party").is_empty() => {
                return see_other(&format!("{}{then}", step.path()));
            }
            "unpick" => return see_other(&format!("{}{then}", step.path())),
            _ => {}
        }
        let faults = match self.faults(step, &draft).await {
            Ok(faults) => faults,
            Err(error) => return failed(&error),
        };
        if !faults.is_empty() {
            let mut wrong = Filled::of(&[("then".to_owned(), pairs.text("then").to_owned())]);
            for (name, fault) in faults {
                wrong.refuse(name, case_words::fault(name, fault));
            }
            return self.step(parts, step, draft, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        let next = match (step, draft.get("want")) {
            (Step::What, "ill") => Step::Ill,
            (Step::What, "other") => Step::Channels,
            (Step::What | Step::Ill, "both") => Step::Both,
            (Step::Precheck, _) => Step::Answer,
            _ if !then.is_empty() => Step::Check,
            _ => step.next(wanted),
        };
        see_other(&next.path())
    }

    /// What is wrong with the fields of a step.
    async fn faults(&self, step: Step, draft: &Draft) -> Result<Vec<(&'static str, case::Fault)>, PortError> {
        // the first page has more to choose than a case can be
        if step == Step::What && ["ill", "other"].contains(&draft.get("want")) {
            return Ok(Vec::new());
        }
        let faults = case::read(|name| draft.get(name), self.web.cases.today().await?).err().unwrap_or_default();
        let own = |name: &str| step.fields().contains(&name);
        Ok(faults.into_iter().filter(|(name, _)| own(name)).collect())
    }
}

/// What a step's form does to the draft.
fn change(draft: &mut Draft, step: Step, pairs: &Pairs, given: &[(&'static str, String)]) {
    if step == Step::Party && pairs.text("go") == "unpick" {
        for name in ["operator", "party", "party_address"] {
            draft.set(name, "");
        }
        return;
    }
    draft.take(step, &pairs.0);
    for (name, value) in given {
        draft.set(name, value);
    }
    if step == Step::Ill {
        draft.set("problem", case::Problem::Illness.code());
    }
    step.code().clone_into(&mut draft.at);
}

/// As if the browser had sent the token that it is given now.
fn set_cookie_of(parts: &mut Parts, name: &str, token: &Token) {
    if let Ok(value) = format!("{name}={}", token.text()).parse() {
        parts.headers.insert(axum::http::header::COOKIE, value);
    }
}
