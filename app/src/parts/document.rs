//! The document around every page.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::assets::Assets;

/// Head and body; `app` is made inside the body, after the place of the head's tags. `more` stands in the head beside
/// what all documents have.
pub fn document<M: IntoView, V: IntoView>(more: M, app: impl FnOnce() -> V) -> impl IntoView {
    let assets = expect_context::<Assets>();
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=assets.css />
                {more}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <MetaTags />
            </head>
            <body>{app()}</body>
        </html>
    }
}
