//! One round: what it asks and how it is counted, then its result and what that led to. The same for everybody.

use leptos::prelude::*;

use super::result::Results;
use crate::{
    domain::{
        poll::{Content, Kind, State, Way},
        publication,
    },
    parts::{Crumb, Description, Frame, Request, Tallies, portal, refused},
    ports::{LinkKind, PollLink, PortError, PortResult, PublicPoll, Revision},
    text::{self, poll as say},
};

/// The page.
#[component]
pub fn PollPage() -> impl IntoView {
    let (portal, request) = (portal(), Request::current());
    Suspend::new(async move {
        let read = async {
            let id = request.id().ok_or(PortError::NotFound)?;
            let poll = portal.polls.poll(id).await?;
            let mut links = Vec::new();
            for link in poll.links.clone() {
                let is_bulletin = link.kind == LinkKind::Publication(publication::Kind::Bulletin);
                let mut tallies = Vec::new();
                if is_bulletin {
                    tallies = portal.publications.bulletin(link.target).await?.line.tallies;
                }
                links.push((link, tallies));
            }
            PortResult::Ok((poll, links))
        };
        let (poll, links) = match read.await {
            Ok(found) => found,
            Err(error) => return refused(&error),
        };
        let (line, content) = (poll.line.clone(), poll.content.clone());
        let links =
            links.into_iter().map(|(link, tallies)| led_to(link, view! { <Tallies tallies=tallies /> }.into_any()));
        let links: Vec<AnyView> = links.collect();
        let led_to = (line.state == State::Ended && line.kind != Kind::Survey || !links.is_empty()).then(|| {
            let none = links.is_empty().then(|| view! { <p class="note">{say::LED_TO_NONE}</p> });
            view! {
                <section aria-labelledby="led-to">
                    <h2 id="led-to">{say::LED_TO}</h2>
                    {none}
                    <ul class="plain-list">{links}</ul>
                </section>
            }
        });
        view! {
            <Description title=line.title.clone() text=summary(&content) path=format!("/polls/{}", line.id) />
            <Frame crumbs=vec![Crumb::to("/polls", say::LINK), Crumb::here(&line.title)]>
                <article class="poll">
                    <h1>{line.title.clone()}</h1>
                    <p class="meta">
                        <span>{say::issue(line.kind, line.issue)}</span>
                        <span>{say::days(&line)}</span>
                        <strong>{say::state(line.state)}</strong>
                    </p>
                    {poll.stopped.clone().map(|reason| view! { <p class="card">{say::STOPPED}{reason}</p> })}
                    <div class="prose">{paragraphs(&content.text)}</div>
                    {(line.state == State::Open).then(|| way(&poll))}
                    {poll.outcome.clone().map(|outcome| view! { <Results poll=poll.clone() outcome=outcome /> })}
                    {led_to}
                    {poll.outcome.is_none().then(|| view! { <Asked content=content.clone() /> })}
                    {matches!(line.state, State::Approved | State::Open).then(|| rules(&poll))}
                    {leaves(&poll)}
                </article>
            </Frame>
        }
        .into_any()
    })
}

fn summary(content: &Content) -> String {
    let first = content.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.chars().take(120).collect()
}

pub(super) fn paragraphs(plain: &str) -> impl IntoView + use<> {
    let lines = plain.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| view! { <p>{line.to_owned()}</p> }).collect_view()
}

fn way(poll: &PublicPoll) -> AnyView {
    let label = if poll.line.kind == Kind::Survey { say::GO_SURVEY } else { say::GO_VOTE };
    view! {
        <p class="buttons"><a class="button" rel="nofollow" href=format!("/polls/{}/vote", poll.line.id)>{label}</a></p>
    }
    .into_any()
}

/// What is asked, before there is a result.
#[component]
pub(super) fn Asked(content: Content) -> impl IntoView {
    let heading = if content.kind == Kind::Survey { say::QUESTIONS } else { say::CHOICES };
    let questions = content.questions.iter().map(|question| {
        let asked = say::question(content.kind, question);
        let offered = match &question.way {
            Way::Scale => view! { <p class="note">"1–5"</p> }.into_any(),
            Way::Text => view! { <p class="note">{say::WORDS_ONLY}</p> }.into_any(),
            way => {
                let options = way.options().iter().map(|option| view! { <li>{option.clone()}</li> });
                view! { <ul class="chips">{options.collect_view()}</ul> }.into_any()
            }
        };
        view! { <div class="asked"><h3>{asked}</h3>{offered}</div> }
    });
    let questions = questions.collect_view();
    view! { <section aria-labelledby="asked"><h2 id="asked">{heading}</h2>{questions}</section> }.into_any()
}

fn rules(poll: &PublicPoll) -> AnyView {
    let lines = say::rules(poll.line.kind, poll.content.top, poll.per_network);
    let lines = lines.into_iter().chain([say::privacy(poll.line.kind)[2].to_owned()]);
    let lines = lines.map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <section class="card" aria-labelledby="how"><h2 id="how">{say::HOW}</h2><ul class="caveats">{lines}</ul></section> }
        .into_any()
}

fn led_to(link: PollLink, tallies: AnyView) -> AnyView {
    let (kind, folder) = match link.kind {
        LinkKind::Publication(kind) => (text::publication_kind(kind), kind.folder()),
        LinkKind::Operator => (say::OPERATOR_PAGE, "operators"),
    };
    view! {
        <li class="card">
            <h3><a href=format!("/{folder}/{}", link.target)>{link.title}</a></h3>
            <p class="note">{kind}</p>
            {tallies}
        </li>
    }
    .into_any()
}

fn leaves(poll: &PublicPoll) -> AnyView {
    let id = poll.line.id;
    let line = |revision: Revision| {
        view! {
            <li>
                <span><time datetime=revision.at.to_rfc3339()>{text::moment(revision.at)}</time></span>
                <span>{text::leaf(revision.place)}</span>
                <a href=format!("/log/records/{id}/{}", revision.number) download>{say::RECORD}</a>
            </li>
        }
    };
    let lines = poll.revisions.clone().into_iter().map(line).collect_view();
    view! {
        <section class="public-record" aria-labelledby="log">
            <h2 id="log">{say::LOG}</h2>
            <p class="note">{say::LOG_NOTE}</p>
            <ol reversed class="plain-list">{lines}</ol>
        </section>
    }
    .into_any()
}
