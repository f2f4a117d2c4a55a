//! Pages for one person only (objections, the way to a complaint, following a case): rendered anew each time, never kept,
//! never listed.

use std::sync::Arc;

use app::assets::Assets;
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, request::Parts},
    response::Response,
};
use leptos::prelude::{IntoView, LeptosOptions, provide_context};
use leptos_axum::render_app_async_with_context;

use super::Web;

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

/// No list of anybody holds such a page.
pub(super) async fn unlisted(mut response: Response) -> Response {
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    response
}
