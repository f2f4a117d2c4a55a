//! Pages of the desk: Leptos renders, this gives it who is signed in, the form as it was sent, and what the handler adds.

use std::sync::Arc;

use app::{
    assets::Assets,
    forms::{Csrf, Filled},
    pages::desk::{Message, desk_shell},
    ports::ThisSession,
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, Uri, header},
    response::Response,
};
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::render_app_async_with_context;

use super::Caller;
use crate::{
    auth::{Auth, Token},
    http::{
        Web,
        form::{FormRefusal, Upload, UploadLimits, read_upload},
        statics,
    },
};

/// What handlers of the desk work with. Cloning is cheap.
#[derive(Clone)]
pub struct DeskState {
    /// The whole web part: database, files, clock
    pub web: Web,
    assets: Assets,
    options: Arc<LeptosOptions>,
}

impl DeskState {
    pub(super) fn new(web: &Web) -> Self {
        let options = Arc::new(LeptosOptions::builder().output_name("portal").build());
        Self { web: web.clone(), assets: statics::assets(&web.front), options }
    }

    /// Accounts.
    #[must_use]
    pub fn auth(&self) -> &Auth {
        &self.web.auth
    }

    /// Public address of the site.
    pub(super) fn base_url(&self) -> String {
        self.web.site.borrow().base_url.clone()
    }

    pub(super) fn is_secure(&self) -> bool {
        self.base_url().starts_with("https://")
    }

    /// Renders the page of the caller's path. `give` adds what the page needs to its context.
    pub async fn page(
        &self,
        caller: &Caller,
        status: StatusCode,
        give: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Response {
        let (web, assets, options) = (self.web.clone(), self.assets.clone(), Arc::clone(&self.options));
        let (viewer, session) = (caller.viewer(), caller.session.clone());
        let csrf = Csrf(caller.token.csrf());
        let context = move || {
            provide_context(web.portal());
            provide_context(assets.clone());
            provide_context(csrf.clone());
            if let (Some(viewer), Some(session)) = (&viewer, &session) {
                provide_context(viewer.clone());
                provide_context(ThisSession(session.id));
            }
            give();
        };
        let mut parts = caller.parts.clone();
        parts.method = Method::GET;
        let render = render_app_async_with_context(context, move || desk_shell((*options).clone()));
        let mut response = render(Request::from_parts(parts, Body::empty())).await;
        if response.status() == StatusCode::OK {
            *response.status_mut() = status;
        }
        response
    }

    /// The page of the caller's path once more with what was typed and what is wrong with it: 422.
    pub async fn again(&self, caller: &Caller, filled: Filled) -> Response {
        self.again_with(caller, filled, || ()).await
    }

    /// As [`DeskState::again`], with more in context.
    pub async fn again_with(
        &self,
        caller: &Caller,
        filled: Filled,
        give: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Response {
        let give = move || {
            provide_context(filled.clone());
            give();
        };
        self.page(caller, StatusCode::UNPROCESSABLE_ENTITY, give).await
    }

    /// As [`DeskState::again`] where the form's address is not its page's.
    pub async fn again_at(&self, path: &str, caller: &Caller, filled: Filled) -> Response {
        self.again(&at(path, caller), filled).await
    }

    /// A page that only says something.
    pub async fn message(&self, caller: &Caller, status: StatusCode, words: (&'static str, &'static str)) -> Response {
        let message = Message { title: words.0, text: words.1 };
        self.page(&at("/desk/message", caller), status, move || provide_context(message)).await
    }

    /// The page for a form that was not taken.
    pub async fn refused_form(&self, caller: &Caller, refusal: FormRefusal) -> Response {
        tracing::warn!(?refusal, path = caller.parts.uri.path(), "form refused");
        let words = match refusal {
            FormRefusal::TooLarge => app::text::desk::TOO_LARGE,
            FormRefusal::Unreadable => app::text::desk::UNREADABLE,
            FormRefusal::Foreign => app::text::desk::FOREIGN,
        };
        self.message(caller, refusal.status(), words).await
    }

    /// Reads a form with files and checks its token; the page for what is not taken otherwise.
    ///
    /// # Errors
    /// The answer to give.
    pub async fn read_upload(
        &self,
        caller: &Caller,
        request: Request,
        limits: UploadLimits,
    ) -> Result<Upload, Box<Response>> {
        match read_upload(request, limits, |token| caller.token.is_csrf(token)).await {
            Ok(upload) => Ok(upload),
            Err(refusal) => Err(Box::new(self.refused_form(caller, refusal).await)),
        }
    }

    /// Gives the browser another token with an answer.
    pub(super) fn with_token(&self, token: &Token, mut response: Response) -> Response {
        response.headers_mut().insert(header::SET_COOKIE, self.cookie(token));
        response
    }
}

/// The caller as if another page had been asked for.
pub fn at(path: &str, caller: &Caller) -> Caller {
    let mut caller = caller.clone();
    caller.parts.uri = Uri::try_from(path).unwrap_or_default();
    caller
}

/// A header's value that is always one.
#[must_use]
pub fn text_header(text: &str) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}
