//! Lists and where they go on.

use leptos::prelude::*;

use super::{Request, Tallies};
use crate::{
    ports::BulletinLine,
    text::{self, zh},
};

/// Bulletins, newest first.
#[component]
pub fn BulletinList(
    /// The bulletins
    bulletins: Vec<BulletinLine>,
) -> impl IntoView {
    let items = bulletins.into_iter().map(|line| {
        view! {
            <li class="card bulletin-line">
                <h3><a href=format!("/bulletins/{}", line.id)>{line.title}</a></h3>
                <p class="meta">
                    <time datetime=line.published_on.to_string()>{text::day(line.published_on)}</time>
                    <span>{line.source}</span>
                    {line.issue_no.map(|issue| view! { <span>{issue}</span> })}
                </p>
                <Tallies tallies=line.tallies />
            </li>
        }
    });
    view! { <ul class="plain-list">{items.collect_view()}</ul> }
}

/// First page and next page of a list.
#[component]
pub fn Pager(
    /// Cursor of the next page
    next: Option<String>,
) -> impl IntoView {
    let request = Request::current();
    let first = request.get("after").map(|_| request.with("after", None));
    let next = next.map(|next| request.with("after", Some(&next)));
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=zh().pages>
                {first.map(|href| view! { <a class="button quiet" href=href rel="first">{zh().first_page}</a> })}
                {next.map(|href| view! { <a class="button" href=href rel="next">{zh().next_page}</a> })}
            </nav>
        }
    })
}
