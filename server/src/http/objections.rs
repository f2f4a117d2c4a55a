//! The operator's pages: forms by plain `POST`, never kept, never listed, nothing personal in an address.

use app::{
    assets::Assets,
    domain::objection::{Command, Filing},
    forms::Filled,
    pages::objections::{CaseShown, FormToken, ObjectionMessage, ReceiptShown, objection_shell},
    ports::{ObjectionError, PortError},
    text::objection as say,
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{StatusCode, Uri, request::Parts},
    middleware::map_response,
    response::Response,
    routing::get,
};
use leptos::prelude::provide_context;
use uuid::Uuid;

use super::{
    Web,
    form::Pairs,
    pages::without_stream_scripts,
    private::{self, Private, said_of, unlisted},
};
use crate::{
    auth::Token,
    objections::{FileError, With},
};

#[derive(Clone)]
struct Public {
    web: Web,
    pages: Private,
}

/// The routes. Their cache policy is `Never`, which the caller sets.
pub fn router(web: &Web, assets: Assets) -> Router {
    Router::new()
        .route("/objections/new", get(show_form).post(file))
        .route("/objections/status", get(show_status).post(status))
        .layer(map_response(without_stream_scripts))
        .layer(map_response(unlisted))
        .with_state(Public { web: web.clone(), pages: Private::new(web, assets) })
}

impl Public {
    async fn page(
        &self,
        parts: &Parts,
        status: StatusCode,
        give: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Response {
        self.pages.render(parts, status, objection_shell, give).await
    }

    async fn message(&self, parts: &Parts, status: StatusCode, said: (&'static str, &'static str)) -> Response {
        let mut parts = parts.clone();
        parts.uri = Uri::from_static("/objections/message");
        self.page(&parts, status, move || provide_context(ObjectionMessage(said))).await
    }

    /// The form's values, where it comes from a page of this site.
    async fn read(&self, parts: &Parts, body: Body) -> Result<Pairs, Response> {
        match self.pages.read(parts, body).await {
            Ok(pairs) => Ok(pairs),
            Err(refusal) => Err(self.message(parts, refusal.status(), said_of(refusal, say::FOREIGN)).await),
        }
    }

    /// The form with what was typed. A token that can be used again stays.
    async fn again(&self, parts: &Parts, status: StatusCode, filled: Filled, token: Option<Token>) -> Response {
        let token = FormToken(token.unwrap_or_else(|| Token::random(&self.web.auth.ids)).text());
        let give = move || {
            provide_context(filled.clone());
            provide_context(token.clone());
        };
        self.page(parts, status, give).await
    }
}

async fn show_form(State(public): State<Public>, request: Request) -> Response {
    let token = FormToken(Token::random(&public.web.auth.ids).text());
    public.page(&request.into_parts().0, StatusCode::OK, move || provide_context(token.clone())).await
}

async fn show_status(State(public): State<Public>, request: Request) -> Response {
    public.page(&request.into_parts().0, StatusCode::OK, || ()).await
}

fn publication(parts: &Parts) -> Option<Uuid> {
    let query = parts.uri.query().unwrap_or_default();
    let id = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "publication")?.1;
    Uuid::try_parse(&id).ok()
}

async fn file(State(public): State<Public>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let pairs = match public.read(&parts, body).await {
        Ok(pairs) => pairs,
        Err(refused) => return refused,
    };
    let mut filled = pairs.filled();
    // the page itself says what is wrong with its address
    let Some(publication) = publication(&parts) else {
        return public.page(&parts, StatusCode::NOT_FOUND, || ()).await;
    };
    let token = Token::read(pairs.text("token"));
    let filing = match Filing::read(|name| pairs.get(name).unwrap_or_default()) {
        Ok(filing) => filing,
        Err(faults) => {
            for (field, fault) in faults {
                filled.refuse(field, say::fault(field, fault));
            }
            return public.again(&parts, StatusCode::UNPROCESSABLE_ENTITY, filled, token).await;
        }
    };
    let Some(token) = token else {
        filled.refuse_all(say::STALE);
        return public.again(&parts, StatusCode::UNPROCESSABLE_ENTITY, filled, None).await;
    };
    match public.web.objections.file(publication, &token, &filing, public.pages.address(&parts)).await {
        Ok(receipt) => {
            let shown =
                ReceiptShown { number: receipt.number, code: receipt.code, due: receipt.due, subject: receipt.subject };
            public.page(&parts, StatusCode::OK, move || provide_context(shown.clone())).await
        }
        Err(FileError::Wait) => {
            filled.refuse_all(say::WAIT_FILE);
            public.again(&parts, StatusCode::TOO_MANY_REQUESTS, filled, Some(token)).await
        }
        Err(FileError::Port(PortError::NotFound | PortError::Gone(_))) => {
            public.page(&parts, StatusCode::NOT_FOUND, || ()).await
        }
        Err(FileError::Port(PortError::Unavailable(error))) => {
            tracing::warn!(error, "a case was not taken");
            filled.refuse_all(say::BUSY);
            public.again(&parts, StatusCode::SERVICE_UNAVAILABLE, filled, Some(token)).await
        }
        Err(error) => failed(&error),
    }
}

async fn status(State(public): State<Public>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let pairs = match public.read(&parts, body).await {
        Ok(pairs) => pairs,
        Err(refused) => return refused,
    };
    let (number, code) = (pairs.text("number").to_owned(), pairs.text("code").to_owned());
    let (service, address) = (&public.web.objections, public.pages.address(&parts));
    let command = Command::from_code(pairs.text("do")).filter(|command| command.needs().is_none());
    let mut filled = pairs.filled();
    let mut done = false;
    if let Some(command) = command {
        let statement = pairs.get("statement").map(str::to_owned);
        let with = With { said: pairs.text("said").to_owned(), statement, confirmed: Vec::new() };
        let version = pairs.version().unwrap_or(0);
        match service.operator_act((&number, &code), address, version, command, with).await {
            Ok(_) => done = true,
            Err(FileError::Step(ObjectionError::Refused(refusal))) => filled.refuse_all(say::refusal(refusal)),
            Err(FileError::Step(ObjectionError::Conflict)) => filled.refuse_all(say::CONFLICT),
            Err(FileError::Step(ObjectionError::Text(fault))) => {
                let field = if matches!(fault, app::domain::objection::Fault::Empty) { "said" } else { "statement" };
                filled.refuse(field, say::fault(field, fault));
            }
            Err(error) => return public.not_opened(&parts, filled, error).await,
        }
    }
    let case = match service.status(&number, &code, address).await {
        Ok(case) => case,
        Err(error) => return public.not_opened(&parts, filled, error).await,
    };
    let is_wrong = filled.is_refused();
    let shown = CaseShown { case, code, done };
    let give = move || {
        provide_context(shown.clone());
        if is_wrong {
            provide_context(filled.clone());
        }
    };
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    public.page(&parts, status, give).await
}

impl Public {
    /// One answer for a wrong number and a wrong code.
    async fn not_opened(&self, parts: &Parts, mut filled: Filled, error: FileError) -> Response {
        let (status, sentence) = match error {
            FileError::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, say::WRONG),
            FileError::Wait => (StatusCode::TOO_MANY_REQUESTS, say::WAIT_STATUS),
            FileError::Port(PortError::Unavailable(_)) => (StatusCode::SERVICE_UNAVAILABLE, say::BUSY),
            error => return failed(&error),
        };
        filled.refuse_all(sentence);
        self.page(parts, status, move || provide_context(filled.clone())).await
    }
}

fn failed(error: &FileError) -> Response {
    private::failed(error, StatusCode::INTERNAL_SERVER_ERROR, "an objection can't be handled")
}
