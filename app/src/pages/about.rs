//! What this site is, how rates are computed, how to search, privacy.

use leptos::prelude::*;

use crate::{
    parts::{Crumb, Description, Frame},
    text::zh,
};

/// About the site.
#[component]
pub fn AboutPage() -> impl IntoView {
    let t = zh();
    let sections = [
        (t.about_1_title, t.about_1),
        (t.about_2_title, t.about_2),
        (t.about_3_title, t.about_3),
        (t.about_4_title, t.about_4),
        (t.about_5_title, t.about_5),
        (t.about_6_title, t.about_6),
        (t.about_7_title, t.about_7),
    ];
    let sections = sections.map(|(title, text)| {
        let is_data = title == t.about_4_title;
        let link = is_data.then(|| view! { <a href="/api/v1/openapi.json">"/api/v1/openapi.json"</a> });
        view! { <section><h2>{title}</h2><p>{text}{link}</p></section> }
    });
    view! {
        <Description title=t.about.into() text=t.about_1.into() path="/about".into() />
        <Frame crumbs=vec![Crumb::here(t.about)]>
            <article class="prose">
                <h1>{t.about}</h1>
                {sections}
            </article>
        </Frame>
    }
}
