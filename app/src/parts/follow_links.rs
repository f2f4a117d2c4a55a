//! The ways to follow what a page shows: by mail, by a feed reader.

use leptos::prelude::*;
use leptos_meta::Link;

use super::{into_head, portal};
use crate::{
    domain::alert::{Format, Topic},
    text::alert as say,
};

/// Links to follow a topic; feed readers find the feeds in the page's head.
#[component]
pub fn FollowLinks(
    /// What is followed
    topic: Topic,
    /// How it is called
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let title = say::feed_title(&topic, &name, &portal().site.name);
    // every document names the Atom feed of everything
    for format in Format::ALL.into_iter().filter(|format| (&topic, *format) != (&Topic::All, Format::Atom)) {
        let (kind, title, href) = (format.media_type(), title.clone(), topic.feed(format));
        into_head(view! { <Link rel="alternate" type_=kind title=title href=href /> });
    }
    view! {
        <nav class="follow-links no-print" aria-label=say::FOLLOW>
            <span aria-hidden="true">{say::FOLLOW} "："</span>
            <a href=topic.form() rel="nofollow">{say::BY_MAIL}</a>
            <a href=topic.feed(Format::Atom)>"Atom"</a>
            <a href=topic.feed(Format::Json)>"JSON"</a>
        </nav>
    }
    .into_any()
}
