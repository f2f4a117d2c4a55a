//! All kinds of publications with what is in them, and their feeds.

use leptos::prelude::*;

use crate::{
    domain::{alert::Topic, publication::Kind},
    parts::{Crumb, Description, FollowLinks, Frame, portal, refused},
    text::{self, zh},
};

/// The hub of all kinds.
#[component]
pub fn PublicationsPage() -> impl IntoView {
    let portal = portal();
    Suspend::new(async move {
        let counts = match portal.notices.notice_counts().await {
            Ok(counts) => counts,
            Err(error) => return refused(&error),
        };
        let is_empty = counts.is_empty();
        view! {
            <Description title=zh().publications.into() text=zh().publications_lead.into() path="/publications".into() />
            <Frame crumbs=vec![Crumb::here(zh().publications)]>
                <h1>{zh().publications}</h1>
                <p class="lead">{zh().publications_lead}</p>
                <FollowLinks topic=Topic::All name=zh().publications />
                <Kinds counts=counts.clone() />
                {is_empty.then(|| view! { <p class="card message">{zh().empty_title}</p> })}
                <Feeds kinds=counts.into_iter().map(|(kind, _)| kind).collect() />
            </Frame>
        }
        .into_any()
    })
}

/// Kinds with their counts, each a way to its list.
#[component]
pub fn Kinds(
    /// Kinds that have something
    counts: Vec<(Kind, u64)>,
) -> impl IntoView {
    let links = counts.into_iter().map(|(kind, count)| {
        view! {
            <li>
                <a class="card kind" href=format!("/{}", kind.folder())>
                    <strong>{text::publication_kind(kind)}</strong>
                    <span>{text::kind_count(count)}</span>
                </a>
            </li>
        }
    });
    view! { <ul class="kinds">{links.collect_view()}</ul> }.into_any()
}

#[component]
fn Feeds(kinds: Vec<Kind>) -> impl IntoView {
    let links = kinds.into_iter().map(|kind| {
        view! { <li><a href=format!("/feeds/{}.atom", kind.code())>{text::publication_kind(kind)}</a></li> }
    });
    view! {
        <section aria-labelledby="feeds">
            <h2 id="feeds">{zh().feeds}</h2>
            <p>{zh().feeds_lead}</p>
            <ul class="feeds"><li><a href="/feeds/all.atom">{zh().publications}</a></li>{links.collect_view()}</ul>
        </section>
    }
    .into_any()
}
