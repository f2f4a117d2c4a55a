//! What is known of one firm or shop: its samples as producer and as sampled unit.

use leptos::prelude::*;

use crate::{
    domain::bulletin::GroupTally,
    parts::{Crumb, Description, Frame, Pager, Request, SampleTable, Tallies, portal, refused},
    ports::{Operator, OperatorRole, Page, PortError, PortResult, Sample},
    text::{self, zh},
};

/// Samples a page.
const PAGE: u32 = 50;

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
            PortResult::Ok((operator, role, samples))
        };
        let (operator, role, samples) = match read.await {
            Ok(found) => found,
            Err(error) => return refused(&error),
        };
        let name = operator.line.name.clone();
        view! {
            <Description title=name.clone() text=zh().operator_note.into() path=format!("/operators/{}", operator.line.id) />
            <Frame crumbs=vec![Crumb::here(&name)]>
                <h1>{name.clone()}</h1>
                <Facts operator=operator.clone() />
                <p class="note">{zh().operator_note}</p>
                <Roles operator=operator role=role request=request />
                <p class="declaration">{zh().declaration}</p>
                <Samples samples=samples name=name />
            </Frame>
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
