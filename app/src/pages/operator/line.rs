//! The line of records.

use leptos::prelude::*;

use super::timeline::{Event, Track, What};
use crate::{
    parts::{Pager, Request, VerdictMark},
    ports::{OperatorEntry, Sample},
    text::{self, handling, operator as say, zh},
};

/// All dated records, the newest first, with filters that are plain links.
#[component]
pub fn Timeline(
    /// Filters with anything behind them
    tracks: Vec<Track>,
    /// The filter
    track: Option<Track>,
    /// This page
    events: Vec<Event>,
    /// The cursor of the next
    next: Option<String>,
) -> impl IntoView {
    let request = Request::current();
    let link = |one: Option<Track>, words: &'static str| {
        let request = Request { pairs: Vec::new(), ..request.clone() };
        let href = format!("{}#timeline", request.with("show", one.map(Track::code)));
        view! { <a href=href aria-current=(one == track).then_some("true")>{words}</a> }
    };
    let filters = (tracks.len() > 1).then(|| {
        let links: Vec<_> = tracks.iter().map(|one| link(Some(*one), say::track(one.code()))).collect();
        view! { <nav class="tabs" aria-label=say::FILTERS>{link(None, say::ALL)} {links}</nav> }
    });
    let samples = events.iter().any(|event| matches!(event.what, What::Sample { .. }));
    let complaints = events.iter().any(|event| matches!(event.what, What::Complaint(_)));
    let is_empty = events.is_empty();
    let items: Vec<AnyView> = events.into_iter().map(one).collect();
    let none = if track.is_some() { say::NONE_OF_KIND } else { say::NONE };
    view! {
        <section aria-labelledby="timeline">
            <h2 id="timeline">{say::TIMELINE}</h2>
            {filters}
            {samples.then(|| view! { <p class="declaration">{zh().declaration}</p> })}
            {complaints.then(|| {
                let caveats = handling::CAVEATS.map(|line| view! { <li>{line}</li> });
                view! { <ul class="note caveats">{caveats.into_iter().collect_view()}</ul> }
            })}
            {if is_empty {
                view! { <p class="card message">{none}</p> }.into_any()
            } else {
                view! { <ol class="records">{items}</ol> }.into_any()
            }}
            <Pager next=next />
        </section>
    }
    .into_any()
}

fn one(event: Event) -> AnyView {
    let day = event.mark.day;
    let (class, kind, body) = match event.what {
        What::Sample { sample, producer, seller } => {
            let roles = [(seller, say::AS_SELLER), (producer, say::AS_PRODUCER)];
            let roles: Vec<&str> = roles.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect();
            ("sample", say::SAMPLE, sample_body(*sample, &roles.join("、")))
        }
        What::Notice(notice) => {
            let kind = notice.content.kind;
            let summary = text::publication_summary(&notice.content);
            let body = view! {
                <h3><a href=format!("/{}/{}", kind.folder(), notice.id)>{notice.content.title}</a></h3>
                {(!summary.is_empty()).then(|| view! { <p>{summary}</p> })}
                <p class="note">{say::SOURCE} {notice.content.source}</p>
            };
            ("notice", text::publication_kind(kind), body.into_any())
        }
        What::Complaint(one) => {
            let body = view! {
                <h3>{one.problem}</h3>
                <p>{handling::PUBLIC_RESULT} "：" {one.result}</p>
                <p class="note">
                    {say::SOURCE} {one.department}
                    {one.until.map(|on| view! { "，" {handling::UNTIL} {text::day(on)} })}
                </p>
            };
            ("complaint", say::COMPLAINT, body.into_any())
        }
        What::Entry(entry) => ("entry", "", entry_body(*entry)),
    };
    view! {
        <li class=class>
            <p class="when"><time datetime=day.to_string()>{text::day(day)}</time> {(!kind.is_empty()).then(|| view! { <span class="tag">{kind}</span> })}</p>
            <div class="what">{body}</div>
        </li>
    }
    .into_any()
}

fn sample_body(sample: Sample, roles: &str) -> AnyView {
    let printed = sample.printed;
    let items = printed.failed_items.iter().map(|found| {
        let values = text::found(found.result.as_deref(), found.limit.as_deref());
        view! { <li><strong>{found.item.clone()}</strong> " " {values}</li> }
    });
    let items: Vec<_> = items.collect();
    let date = printed.date.as_ref().map(|date| format!("{} {}", text::date_kind(date.kind), date.text));
    let roles = roles.to_owned();
    view! {
        <h3><a href=format!("/samples/{}", sample.id)>{printed.product}</a> " " <VerdictMark verdict=printed.verdict /></h3>
        {(!items.is_empty()).then(|| view! { <ul class="items">{items}</ul> })}
        <p class="meta"><span>{roles}</span> {date.map(|date| view! { <span>{date}</span> })}</p>
        {printed.remark.map(|remark| view! { <p class="remark">{zh().remark}{remark}</p> })}
        <p class="note">{say::SOURCE} <a href=format!("/bulletins/{}", sample.bulletin.id)>{sample.bulletin.title}</a></p>
    }
    .into_any()
}

/// What an entry says, without what the page says already.
pub fn entry_body(one: OperatorEntry) -> AnyView {
    const SAID: [&str; 9] = [
        "operator_name",
        "operator_code",
        "operator_licence",
        "address",
        "district",
        "town",
        "longitude",
        "latitude",
        "date",
    ];
    let path = one.entry.path();
    let cells =
        one.entry.cells.into_iter().filter(|cell| !cell.role.as_deref().is_some_and(|role| SAID.contains(&role)));
    let cells = cells.map(|cell| view! { <div><dt>{cell.name}</dt><dd>{cell.text}</dd></div> });
    view! {
        <h3><a href=path>{one.register_name}</a></h3>
        <dl class="facts">{cells.collect_view()}</dl>
    }
    .into_any()
}
