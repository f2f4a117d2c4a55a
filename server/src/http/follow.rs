//! Following a complaint or report (`/cases/status`): plain forms that carry number and query code, so that no address,
//! cookie, log or cache ever holds them. Wrong number and wrong code get one answer.

mod act;
mod give;
mod read;

use std::net::IpAddr;

use app::{
    assets::Assets,
    domain::evidence::State as FileState,
    forms::Filled,
    pages::{
        following::{FollowMessage, FollowView, follow_shell},
        intake::FileLine,
    },
    ports::{CaseError, PortError},
    text::{evidence as evidence_words, follow as say},
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderValue, StatusCode, Uri, header, request::Parts},
    middleware::map_response,
    response::Response,
    routing::get,
};
use leptos::prelude::provide_context;

use super::{
    Web,
    form::{FormRefusal, Pairs, see_other},
    pages::without_stream_scripts,
    private::{self, Private, said_of, unlisted},
};
use crate::cases::{FileError, Opened};

/// Bytes beside the files of a form.
const BESIDE_FILES: usize = 1 << 20;
/// Seconds after which somebody who was too fast may come again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1800");

#[derive(Clone)]
struct Follow {
    web: Web,
    pages: Private,
}

/// The routes. Their cache policy is `Never`, which the caller sets.
pub fn router(web: &Web, assets: Assets) -> Router {
    let largest = usize::try_from(web.evidence.limits().total).unwrap_or(usize::MAX);
    let with_files = DefaultBodyLimit::max(largest.saturating_add(BESIDE_FILES));
    let back = || async { see_other("/cases/status") };
    Router::new()
        .route("/cases/status", get(show).post(act::act).layer(with_files))
        .route("/cases/status/file", get(back).post(give::file))
        .route("/cases/status/take", get(back).post(give::take))
        .route("/case/keys", get(give::keys))
        .layer(map_response(without_stream_scripts))
        .layer(map_response(unlisted))
        .with_state(Follow { web: web.clone(), pages: Private::new(web, assets) })
}

async fn show(State(follow): State<Follow>, request: Request) -> Response {
    follow.page(&request.into_parts().0, StatusCode::OK, || ()).await
}

impl Follow {
    /// A page of `/cases/status`, whatever was asked.
    async fn page(
        &self,
        parts: &Parts,
        status: StatusCode,
        give: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Response {
        self.page_at(Uri::from_static("/cases/status"), parts, status, give).await
    }

    async fn page_at(
        &self,
        uri: Uri,
        parts: &Parts,
        status: StatusCode,
        give: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Response {
        let mut parts = parts.clone();
        parts.uri = uri;
        let mut response = self.pages.render(&parts, status, follow_shell, give).await;
        if status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }

    async fn say(&self, parts: &Parts, status: StatusCode, said: (&'static str, &'static str)) -> Response {
        let uri = Uri::from_static("/cases/status/message");
        self.page_at(uri, parts, status, move || provide_context(FollowMessage(said))).await
    }

    async fn refused(&self, parts: &Parts, refusal: FormRefusal) -> Response {
        self.say(parts, refusal.status(), said_of(refusal, say::FOREIGN)).await
    }

    fn address(&self, parts: &Parts) -> Option<IpAddr> {
        self.pages.address(parts)
    }

    /// Opens a case by what a form carries; the answer where it does not.
    async fn open(&self, parts: &Parts, pairs: &Pairs) -> Result<Opened, Box<Response>> {
        let (number, code) = (pairs.text("number"), pairs.text("code"));
        match self.web.cases.opened(number, code, self.address(parts)).await {
            Ok(case) => Ok(case),
            Err(error) => Err(Box::new(self.not_opened(parts, number, error).await)),
        }
    }

    /// One answer for a wrong number and a wrong code. Only the number is shown again.
    async fn not_opened(&self, parts: &Parts, number: &str, error: FileError) -> Response {
        let (status, sentence) = match error {
            FileError::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, say::WRONG),
            FileError::Wait => (StatusCode::TOO_MANY_REQUESTS, say::WAIT),
            FileError::Port(PortError::Unavailable(_)) => (StatusCode::SERVICE_UNAVAILABLE, say::BUSY),
            error => return failed(&error),
        };
        let mut filled = Filled::of(&[("number".to_owned(), number.to_owned())]);
        filled.refuse_all(sentence);
        self.page(parts, status, move || provide_context(filled.clone())).await
    }

    /// The case as it is now, with what is wrong or what was done.
    async fn case(&self, parts: &Parts, case: &Opened, pairs: &Pairs, after: After) -> Response {
        let followed = match self.web.case_desk().followed(case).await {
            Ok(followed) => followed,
            Err(error) => return failed(&error),
        };
        let basket = self.web.cases.own_basket(case);
        let limits = self.web.evidence.limits();
        let waiting = match self.web.evidence.list(&basket).await {
            Ok(files) => files,
            Err(error) => return failed(&error),
        };
        let line = |file: crate::evidence::EvidenceFile| FileLine {
            id: file.id,
            is_ready: file.state == FileState::Ready,
            why: match file.state {
                FileState::Refused(refusal) => evidence_words::refusal(refusal, &limits),
                _ => String::new(),
            },
            name: file.name,
            bytes: file.bytes,
        };
        let view = FollowView {
            followed,
            code: pairs.text("code").to_owned(),
            done: if after.wrong.is_none() && !after.asks { after.done } else { String::new() },
            asks: after.asks,
            basket: basket.text(),
            waiting: waiting.into_iter().map(line).collect(),
            limits: evidence_words::limits(&limits),
        };
        let wrong = after.wrong;
        let status = after.status;
        let give = move || {
            provide_context(view.clone());
            if let Some(filled) = &wrong {
                provide_context(filled.clone());
            }
        };
        self.page(parts, status, give).await
    }
}

/// What a form came to.
struct After {
    status: StatusCode,
    /// Code of the act
    done: String,
    /// What is wrong
    wrong: Option<Filled>,
    /// The page that asks
    asks: bool,
}

impl After {
    fn done(code: &str) -> Self {
        Self { status: StatusCode::OK, done: code.to_owned(), wrong: None, asks: false }
    }

    fn asks() -> Self {
        Self { asks: true, ..Self::done("") }
    }

    fn wrong(status: StatusCode, filled: Filled) -> Self {
        Self { status, wrong: Some(filled), ..Self::done("") }
    }
}

/// The cause goes to the log under the id on the page; no cause holds what was typed.
fn failed(error: &impl std::fmt::Display) -> Response {
    private::failed(error, StatusCode::INTERNAL_SERVER_ERROR, "a case can't be followed")
}

/// A failure of the store, or nothing.
fn port_of(error: &CaseError) -> Option<&PortError> {
    match error {
        CaseError::Port(error) => Some(error),
        _ => None,
    }
}
