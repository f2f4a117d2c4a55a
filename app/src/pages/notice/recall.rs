//! What comes first on a recall's page: how grave it is, whether mine is affected, how to give it back.

use axum::http::StatusCode;
use leptos::prelude::*;

use super::facts::paragraphs;
use crate::{
    domain::publication::recall::answer,
    parts::{Answered, Asked, CheckForm, Request, answer_with},
    ports::NoticeFull,
    text::{self, zh},
};

/// Level, question, procedure of returns.
#[component]
pub fn Lead(full: NoticeFull, request: Request) -> impl IntoView {
    let content = &full.notice.content;
    let level = content.field("level").to_owned();
    let returns = content.field("returns").to_owned();
    let asked = Asked { product: String::new(), ..Asked::of(&request) };
    let held = asked.held();
    if held.is_none() {
        answer_with(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let answered = held.filter(|_| !asked.is_empty()).map(|held| {
        let answer = answer(content, &held);
        view! { <div role="status"><Answered answer=answer /></div> }
    });
    view! {
        <p class="declaration level">
            <strong>{text::choice("level", &level).to_owned()}</strong> "：" {text::level_explained(&level)}
        </p>
        <div class="two">
            <section class="card check" id="check" aria-labelledby="check-title">
                <h2 id="check-title">{zh().check_recall}</h2>
                <p class="note">{zh().check_recall_lead}</p>
                <CheckForm action=request.path asked=asked product=false />
                {answered}
            </section>
            <section class="card returns" aria-labelledby="returns">
                <h2 id="returns">{zh().returns}</h2>
                {paragraphs(&returns)}
            </section>
        </div>
    }
    .into_any()
}
