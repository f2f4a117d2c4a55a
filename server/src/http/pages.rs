//! The pages: Leptos renders, this gives it the ports.

use app::{App, assets::Assets, shell};
use axum::Router;
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};

use super::Web;

/// The routes of every page, and the not-found page for everything else.
pub fn router(web: &Web, assets: Assets) -> Router {
    let options = LeptosOptions::builder().output_name("portal").build();
    let give = {
        let web = web.clone();
        move || {
            provide_context(web.portal());
            provide_context(assets.clone());
        }
    };
    let not_found = {
        let (options, give) = (options.clone(), give.clone());
        render_app_async_with_context(give, move || shell(options.clone()))
    };
    let page = {
        let options = options.clone();
        move || shell(options.clone())
    };
    Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), give, page)
        .fallback(not_found)
        .with_state(options)
}
