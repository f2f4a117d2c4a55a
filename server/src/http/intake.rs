//! The way to a complaint or report (`/cases/new`): plain forms, one a page. What was typed lies sealed on the server
//! under the token of a cookie, so that going back, loading anew and closing the tab lose nothing, and nothing personal
//! stands in an address.

mod evidence;
mod receipt;
mod save;
mod send;

use std::net::IpAddr;

use app::{
    assets::Assets,
    domain::intake::{Draft, KEPT_HOURS, Step},
    forms::Filled,
    pages::intake::{IntakeMessage, IntakeView, intake_shell},
    ports::PortError,
    text::{desk as words, intake as say},
};
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Path, Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    middleware::map_response,
    response::Response,
    routing::{get, post},
};
use leptos::prelude::provide_context;

use super::{
    Web,
    desk::from_where,
    form::{FormRefusal, Pairs, is_same_origin, read_cookie, read_pairs, see_other},
    limits,
    pages::without_stream_scripts,
    private::{Private, unlisted},
};
use crate::{auth::Token, log::short_id};

pub(super) use receipt::shown;

/// Bytes beside the files of a form.
const BESIDE_FILES: usize = 1 << 20;

#[derive(Clone)]
struct Intake {
    web: Web,
    pages: Private,
}

/// The routes. Their cache policy is `Never`, which the caller sets.
pub fn router(web: &Web, assets: Assets) -> Router {
    let largest = usize::try_from(web.evidence.limits().total).unwrap_or(usize::MAX);
    let with_files = DefaultBodyLimit::max(largest.saturating_add(BESIDE_FILES));
    Router::new()
        .route("/cases/new", get(show_first).post(save::save_first))
        .route("/cases/new/evidence", get(show_evidence).post(evidence::save).layer(with_files))
        .route("/cases/new/check", get(show_check).post(send::send))
        .route("/cases/new/receipt", get(receipt::show))
        .route("/cases/new/saved", post(receipt::saved))
        .route("/cases/new/discard", post(save::discard))
        .route("/cases/new/keep/{step}", post(save::keep))
        .route("/cases/new/{step}", get(show).post(save::save))
        .layer(map_response(without_stream_scripts))
        .layer(map_response(unlisted))
        .with_state(Intake { web: web.clone(), pages: Private::new(web, assets) })
}

async fn show_first(State(intake): State<Intake>, request: Request) -> Response {
    intake.show(Step::What, request).await
}

async fn show_evidence(State(intake): State<Intake>, request: Request) -> Response {
    intake.show(Step::Evidence, request).await
}

async fn show_check(State(intake): State<Intake>, request: Request) -> Response {
    intake.show(Step::Check, request).await
}

async fn show(State(intake): State<Intake>, Path(code): Path<String>, request: Request) -> Response {
    // an unknown step is no page: the router of pages says so
    let step = Step::from_code(&code).filter(|step| *step != Step::What);
    match step {
        Some(step) => intake.show(step, request).await,
        None => intake.missing(&request.into_parts().0).await,
    }
}

/// Whether a page was opened from the check page.
fn is_then_check(parts: &Parts) -> bool {
    let query = parts.uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).any(|(name, value)| name == "then" && value == "check")
}

/// What a page shows on the first visit beside what was typed.
const FIRST_CHOICES: [(&str, &str); 3] = [("anonymous", "no"), ("agent", "no"), ("news", "yes")];

fn filled(draft: &Draft) -> Filled {
    let mut pairs = draft.pairs.clone();
    for (name, value) in FIRST_CHOICES {
        if draft.get(name).is_empty() {
            pairs.push((name.to_owned(), value.to_owned()));
        }
    }
    Filled::of(&pairs)
}

impl Intake {
    async fn page(
        &self,
        parts: &Parts,
        status: StatusCode,
        give: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Response {
        self.pages.render(parts, status, intake_shell, give).await
    }

    async fn message(&self, parts: &Parts, status: StatusCode, message: IntakeMessage) -> Response {
        let mut parts = parts.clone();
        parts.uri = Uri::from_static("/cases/new/message");
        self.page(&parts, status, move || provide_context(message.clone())).await
    }

    async fn say(&self, parts: &Parts, status: StatusCode, words: (&'static str, &'static str)) -> Response {
        self.message(parts, status, IntakeMessage { words, ways: vec![("/cases/new", say::TITLE)] }).await
    }

    async fn missing(&self, parts: &Parts) -> Response {
        self.say(parts, StatusCode::NOT_FOUND, say::NO_DRAFT).await
    }

    /// The page of a step with what was typed.
    async fn show(&self, step: Step, request: Request) -> Response {
        let parts = request.into_parts().0;
        let draft = match self.draft(&parts).await {
            Ok(draft) => draft.map(|(_, draft)| draft),
            Err(error) => return failed(&error),
        };
        match draft {
            Some(draft) if draft.is_sent && step != Step::What => see_other("/cases/new/receipt"),
            Some(draft) if !draft.is_sent => self.step(&parts, step, draft, Filled::default(), StatusCode::OK).await,
            _ if matches!(step, Step::What | Step::Ill | Step::Channels) => {
                self.step(&parts, step, Draft::default(), Filled::default(), StatusCode::OK).await
            }
            _ => self.missing(&parts).await,
        }
    }

    /// How many came with the words of a draft lately; none while it can't be sent, or nobody can say.
    async fn same_words(&self, draft: &Draft) -> u32 {
        let today = self.web.auth.clock.today();
        let Ok(filings) = send::filings(draft, today) else { return 0 };
        self.web.cases.same_words(&filings).await.unwrap_or_default()
    }

    /// Renders a step; `wrong` holds what is wrong with it.
    async fn step(&self, parts: &Parts, step: Step, draft: Draft, wrong: Filled, status: StatusCode) -> Response {
        let token = self.token(parts);
        let challenge = match (&token, step) {
            (Some(token), Step::Check) => {
                let same = self.same_words(&draft).await;
                self.web.cases.challenge(token, self.address(parts), same)
            }
            _ => String::new(),
        };
        let files = match (&token, step) {
            (Some(token), Step::Evidence | Step::Check) => self.files(token).await,
            _ => None,
        };
        let mut parts = parts.clone();
        let then_check = is_then_check(&parts);
        // a form is sent to its step's address; the page is that of the step, whatever was asked
        if parts.method != Method::GET {
            parts.uri = step.path().parse().unwrap_or_default();
        }
        let mut shown = filled(&draft);
        for (field, sentence) in wrong.errors() {
            shown.refuse(field.clone(), sentence.clone());
        }
        if let Some(sentence) = wrong.general() {
            shown.refuse_all(sentence);
        }
        let view = IntakeView { step, draft, then_check: then_check || wrong.text("then") == "check", challenge };
        let give = move || {
            provide_context(view.clone());
            provide_context(shown.clone());
            if let Some(files) = &files {
                provide_context(files.clone());
            }
        };
        self.page(&parts, status, give).await
    }

    fn is_secure(&self) -> bool {
        self.web.site.borrow().base_url.starts_with("https://")
    }

    fn cookie_name(&self) -> &'static str {
        if self.is_secure() { "__Secure-case-draft" } else { "case-draft" }
    }

    fn token(&self, parts: &Parts) -> Option<Token> {
        read_cookie(&parts.headers, self.cookie_name())
    }

    /// Gives the browser its draft's token, or takes it away.
    fn with_cookie(&self, token: Option<&Token>, mut response: Response) -> Response {
        let (value, age) = token.map_or((String::new(), 0), |token| (token.text(), KEPT_HOURS * 3600));
        let secure = if self.is_secure() { "; Secure" } else { "" };
        let name = self.cookie_name();
        // `Lax`, so that a link from elsewhere finds the draft; forms are taken from this site's pages only
        let text = format!("{name}={value}; Path=/cases/new; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::try_from(text) {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        response
    }

    async fn draft(&self, parts: &Parts) -> Result<Option<(Token, Draft)>, PortError> {
        let Some(token) = self.token(parts) else { return Ok(None) };
        Ok(self.web.cases.draft(&token).await?.map(|draft| (token, draft)))
    }

    fn address(&self, parts: &Parts) -> Option<IpAddr> {
        from_where(parts, &self.web.auth.settings.trusted_proxies).address
    }

    fn is_ours(&self, parts: &Parts) -> bool {
        let base_url = self.web.site.borrow().base_url.clone();
        is_same_origin(&parts.headers, &base_url)
    }

    /// The form's values, where it comes from a page of this site.
    async fn read(&self, parts: &Parts, body: Body) -> Result<Pairs, Box<Response>> {
        let refusal = if self.is_ours(parts) {
            match read_pairs(&parts.headers, body).await {
                Ok(pairs) => return Ok(pairs),
                Err(refusal) => refusal,
            }
        } else {
            FormRefusal::Foreign
        };
        Err(Box::new(self.refused(parts, refusal).await))
    }

    async fn refused(&self, parts: &Parts, refusal: FormRefusal) -> Response {
        let said = match refusal {
            FormRefusal::Foreign => say::FOREIGN,
            FormRefusal::TooLarge => words::TOO_LARGE,
            FormRefusal::Unreadable => words::UNREADABLE,
        };
        self.say(parts, refusal.status(), said).await
    }
}

/// The cause goes to the log under the id on the page; no cause holds what was typed.
fn failed(error: &PortError) -> Response {
    let id = short_id();
    tracing::error!(%error, id, "a draft can't be handled");
    let status = match error {
        PortError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    limits::failure(status, &id)
}
