//! What is known of one firm or shop: its samples as producer and as sampled unit, and publications that name it.

use leptos::prelude::*;

use crate::{
    domain::{alert::Topic, bulletin::GroupTally, publication::Kind},
    parts::{
        Crumb, Description, FollowLinks, Frame, NoticeList, Pager, Request, SampleTable, Tallies, portal, refused,
    },
    ports::{Notice, NoticeScope, Operator, OperatorRole, Page, PortError, PortResult, PublicComplaint, Sample},
    text::{self, handling as say, zh},
};

/// Samples a page.
const PAGE: u32 = 50;
/// Publications shown.
const NOTICES: u32 = 100;

/// A firm or shop.
#[component]
pub fn OperatorPage() -> impl IntoView {
    let portal = portal();
    let request = Request::current();
    Suspend::new(async move {
        let read = async {
            let id = request.id().ok_or(PortError::NotFound)?;
            let operator = portal.directory.operator(id).await?;
            let role = match request.get("role") {
                None if operator.as_seller.is_empty() => OperatorRole::Producer,
                None | Some("seller") => OperatorRole::Seller,
                Some("producer") => OperatorRole::Producer,
                Some(_) => return Err(PortError::Invalid("role")),
            };
            let samples = portal.directory.operator_samples(id, role, request.get("after"), PAGE).await?;
            let scope = NoticeScope { operator: Some(id), ..NoticeScope::default() };
            let notices = portal.notices.notices(scope, None, NOTICES).await?.items;
            let complaints = portal.handling.complaints_of(id).await?;
            PortResult::Ok((operator, role, samples, notices, complaints))
        };
        let (operator, role, samples, notices, complaints) = match read.await {
            Ok(found) => found,
            Err(error) => return refused(&error),
        };
        let name = operator.line.name.clone();
        let report = format!("/cases/new?operator={}", operator.line.id);
        let was_sampled = !(operator.as_seller.is_empty() && operator.as_producer.is_empty());
        view! {
            <Description title=name.clone() text=zh().operator_note.into() path=format!("/operators/{}", operator.line.id) />
            <Frame crumbs=vec![Crumb::here(&name)]>
                <h1>{name.clone()}</h1>
                <Facts operator=operator.clone() />
                <p class="note">{zh().operator_note}</p>
                <FollowLinks topic=Topic::Operator(operator.line.id) name=name.clone() />
                <p class="report-link no-print"><a class="button quiet" href=report rel="nofollow">{text::intake::ABOUT_OPERATOR}</a></p>
                <Notices notices=notices />
                <Complaints complaints=complaints />
                {if was_sampled {
                    view! {
                        <Roles operator=operator role=role request=request />
                        <p class="declaration">{zh().declaration}</p>
                        <Samples samples=samples name=name />
                    }.into_any()
                } else {
                    view! { <p class="note">{zh().no_samples_named}</p> }.into_any()
                }}
            </Frame>
        }
        .into_any()
    })
}

/// Publications that name it, one section a kind, the newest first.
#[component]
fn Notices(notices: Vec<Notice>) -> impl IntoView {
    const ORDER: [Kind; 3] = [Kind::Penalty, Kind::Disposal, Kind::Recall];
    let kinds = ORDER.into_iter().chain(Kind::ALL.into_iter().filter(|kind| !ORDER.contains(kind)));
    let sections = kinds.filter_map(|kind| {
        let own: Vec<Notice> = notices.iter().filter(|notice| notice.content.kind == kind).cloned().collect();
        (!own.is_empty()).then(|| {
            view! {
                <section>
                    <h2>{text::counted(text::publication_kind(kind), own.len())}</h2>
                    <NoticeList notices=own />
                </section>
            }
        })
    });
    sections.collect_view()
}

/// Closed complaints, with what they don't say (order 121 art. 38). Nothing where there are none: the last caveat says
/// why that means nothing.
#[component]
fn Complaints(complaints: Vec<PublicComplaint>) -> impl IntoView {
    let rows = complaints.iter().map(|one| {
        view! {
            <li class="card">
                <p><strong>{one.problem.clone()}</strong></p>
                <p>{say::PUBLIC_RESULT} "：" {one.result.clone()}</p>
                <p class="meta">
                    <span>{one.department.clone()}</span>
                    <span>{say::ENDED_ON} " " <time datetime=one.ended_on.to_string()>{text::day(one.ended_on)}</time></span>
                    {one.until.map(|on| view! { <span>{say::UNTIL} {text::day(on)}</span> })}
                </p>
            </li>
        }
    });
    let rows = rows.collect_view();
    (!complaints.is_empty()).then(|| {
        let caveats = say::CAVEATS.map(|line| view! { <li>{line}</li> });
        view! {
            <section class="public-complaints" aria-labelledby="complaints">
                <h2 id="complaints">{text::counted(say::COMPLAINTS, complaints.len())}</h2>
                <ul class="note caveats">{caveats.into_iter().collect_view()}</ul>
                <ul class="plain-list">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

#[component]
fn Facts(operator: Operator) -> impl IntoView {
    let facts =
        [(zh().address_name, operator.line.address), (zh().uscc, operator.uscc), (zh().licence, operator.licence)];
    let lines = facts
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }));
    view! { <dl class="facts">{lines.collect_view()}</dl> }
}

#[component]
fn Roles(operator: Operator, role: OperatorRole, request: Request) -> impl IntoView {
    let both = !operator.as_producer.is_empty() && !operator.as_seller.is_empty();
    let block = |name: &'static str, tallies: Vec<GroupTally>, code: &'static str, is: bool| {
        let href = request.with("role", Some(code));
        (!tallies.is_empty()).then(|| {
            view! {
                <section class="card role" class:chosen=is && both>
                    <h2>{if both { view! { <a href=href aria-current=is.then_some("page")>{name}</a> }.into_any() } else { name.into_any() }}</h2>
                    <Tallies tallies=tallies />
                </section>
            }
        })
    };
    view! {
        <div class="roles">
            {block(zh().as_seller, operator.as_seller, "seller", role == OperatorRole::Seller)}
            {block(zh().as_producer, operator.as_producer, "producer", role == OperatorRole::Producer)}
        </div>
    }
}

#[component]
fn Samples(samples: Page<Sample>, name: String) -> impl IntoView {
    if samples.items.is_empty() {
        return view! { <p class="card message">{zh().no_such_role}</p> }.into_any();
    }
    view! {
        <SampleTable samples=samples.items caption=text::samples_of(&name) days=true />
        <Pager next=samples.next />
    }
    .into_any()
}
