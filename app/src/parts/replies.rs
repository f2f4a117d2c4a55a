//! What operators say to a publication, beside its record; and their way to say it.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    ports::PublicReply,
    text::{self, objection as say},
};

/// The replies, as plain text.
#[component]
pub fn Replies(
    /// The oldest first
    replies: Vec<PublicReply>,
) -> impl IntoView {
    let is_empty = replies.is_empty();
    let one = |reply: PublicReply| {
        let lines = reply.text.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines = lines.map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
        view! {
            <article class="card reply">
                <p class="meta"><strong>{reply.operator}</strong><time datetime=reply.on.to_string()>{text::day(reply.on)}</time></p>
                <div class="prose">{lines}</div>
                <p class="note">{say::NOT_OURS}</p>
            </article>
        }
    };
    (!is_empty).then(|| {
        view! {
            <section aria-labelledby="replies">
                <h2 id="replies">{say::REPLIES}</h2>
                {replies.into_iter().map(one).collect_view()}
            </section>
        }
        .into_any()
    })
}

/// The way for an operator that a publication names.
#[component]
pub fn ObjectionLink(
    /// The publication
    publication: Uuid,
) -> impl IntoView {
    view! { <p class="objection-link"><a href=format!("/objections/new?publication={publication}") rel="nofollow">{say::LINK}</a></p> }
}
