//! Pages for one person only (objections, the way to a complaint, following a case): rendered anew each time, never kept,
//! never listed.

use std::{fmt::Display, net::IpAddr, sync::Arc};

use app::{assets::Assets, text::desk as words};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, request::Parts},
    response::Response,
};
use leptos::prelude::{IntoView, LeptosOptions, provide_context};
use leptos_axum::render_app_async_with_context;

use super::{
    Web,
    desk::from_where,
    form::{FormRefusal, Pairs, is_same_origin, read_pairs},
    limits,
};
use crate::log::short_id;

/// Renders such pages.
#[derive(Clone)]
pub(super) struct Private {
    web: Web,
    assets: Assets,
    options: Arc<LeptosOptions>,
}

impl Private {
    pub fn new(web: &Web, assets: Assets) -> Self {
        let options = Arc::new(LeptosOptions::builder().output_name("portal").build());
        Self { web: web.clone(), assets, options }
    }

    /// The page at the address of `parts` in a document; `give` puts into context what it shows. The page's own status
    /// stands where it is not 200.
    pub async fn render<V: IntoView + 'static>(
        &self,
        parts: &Parts,
        status: StatusCode,
        shell: fn(LeptosOptions) -> V,
        give: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Response {
        let (web, assets, options) = (self.web.clone(), self.assets.clone(), Arc::clone(&self.options));
        let context = move || {
            provide_context(web.portal());
            provide_context(assets.clone());
            give();
        };
        let mut parts = parts.clone();
        parts.method = Method::GET;
        let render = render_app_async_with_context(context, move || shell((*options).clone()));
        let mut response = render(Request::from_parts(parts, Body::empty())).await;
        if response.status() == StatusCode::OK {
            *response.status_mut() = status;
        }
        response
    }
}

impl Private {
    /// Whether a form comes from a page of this site.
    pub fn is_ours(&self, parts: &Parts) -> bool {
        is_same_origin(&parts.headers, &self.web.site.borrow().base_url)
    }

    /// The values of a form that comes from a page of this site.
    pub async fn read(&self, parts: &Parts, body: Body) -> Result<Pairs, FormRefusal> {
        if !self.is_ours(parts) {
            return Err(FormRefusal::Foreign);
        }
        read_pairs(&parts.headers, body).await
    }

    /// From where a request comes, for limits.
    pub fn address(&self, parts: &Parts) -> Option<IpAddr> {
        from_where(parts, &self.web.auth.settings.trusted_proxies).address
    }
}

/// Title and sentence for a form that was not read; `foreign` for one that comes from elsewhere.
pub(super) fn said_of(refusal: FormRefusal, foreign: (&'static str, &'static str)) -> (&'static str, &'static str) {
    match refusal {
        FormRefusal::Foreign => foreign,
        FormRefusal::TooLarge => words::TOO_LARGE,
        FormRefusal::Unreadable => words::UNREADABLE,
    }
}

/// The cause goes to the log under the id on the page; no cause holds what was typed.
pub(super) fn failed(error: &impl Display, status: StatusCode, what: &'static str) -> Response {
    let id = short_id();
    tracing::error!(%error, id, "{what}");
    limits::failure(status, &id)
}

/// No list of anybody holds such a page.
pub(super) async fn unlisted(mut response: Response) -> Response {
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    response
}
