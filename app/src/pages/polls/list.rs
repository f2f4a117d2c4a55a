//! All rounds: open ones first, ended ones with their results behind a link.

use leptos::prelude::*;

use crate::{
    parts::{Crumb, Description, Frame, portal, refused},
    ports::PollLine,
    text::poll as say,
};

/// The list.
#[component]
pub fn PollsPage() -> impl IntoView {
    let portal = portal();
    Suspend::new(async move {
        let lists = match portal.polls.lists().await {
            Ok(lists) => lists,
            Err(error) => return refused(&error),
        };
        let national = portal.site.survey_url.clone().filter(|url| url.starts_with("https://"));
        let is_empty = lists.open.is_empty() && lists.coming.is_empty() && lists.ended.is_empty();
        let open = if lists.open.is_empty() {
            let said = if is_empty { say::NONE } else { say::NONE_OPEN };
            view! { <p class="card message">{said}</p> }.into_any()
        } else {
            view! { <ul class="plain-list">{lists.open.into_iter().map(line).collect_view()}</ul> }.into_any()
        };
        view! {
            <Description title=say::LINK.into() text=say::LEAD.into() path="/polls".into() />
            <Frame crumbs=vec![Crumb::here(say::LINK)]>
                <h1>{say::LINK}</h1>
                <p class="lead">{say::LEAD}</p>
                <section aria-labelledby="open"><h2 id="open">{say::OPEN}</h2>{open}</section>
                {section("coming", say::COMING, lists.coming)}
                {section("ended", say::ENDED, lists.ended)}
                {national.map(|url| view! {
                    <p class="card"><a href=url rel="noopener external">{say::NATIONAL}</a>{say::NATIONAL_NOTE}</p>
                })}
            </Frame>
        }
        .into_any()
    })
}

fn section(id: &'static str, heading: &'static str, lines: Vec<PollLine>) -> Option<AnyView> {
    (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(line).collect_view();
        view! { <section aria-labelledby=id><h2 id=id>{heading}</h2><ul class="plain-list">{lines}</ul></section> }
            .into_any()
    })
}

fn line(line: PollLine) -> impl IntoView {
    let (of, days) = (say::issue(line.kind, line.issue), say::days(&line));
    view! {
        <li class="card poll-line">
            <h3><a href=format!("/polls/{}", line.id)>{line.title}</a></h3>
            <p class="meta"><span>{of}</span><span>{days}</span><strong>{say::state(line.state)}</strong></p>
        </li>
    }
}
