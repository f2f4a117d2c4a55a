//! One sample with everything that was printed of it, and what became of it.

mod progress;

use leptos::prelude::*;

use crate::{
    domain::{
        finding::{FailedItem, Family},
        operator::name_key,
    },
    parts::{Crumb, Description, Frame, ObjectionLink, Replies, Request, VerdictMark, portal, refused},
    ports::{NoticeScope, PortError, PortResult, PublicReply, Sample},
    text::{self, zh},
};
use progress::Progress;

/// Linked publications shown.
const NOTICES: u32 = 50;

/// A sample.
#[component]
pub fn SamplePage() -> impl IntoView {
    let portal = portal();
    let request = Request::current();
    Suspend::new(async move {
        let read = async {
            let id = request.id().ok_or(PortError::NotFound)?;
            let sample = portal.publications.sample(id).await?;
            let scope = NoticeScope { sample: Some(id), ..NoticeScope::default() };
            let replies = portal.publications.bulletin(sample.bulletin.id).await?.replies;
            let replies = of_its_operators(replies, &sample);
            PortResult::Ok((sample, portal.notices.notices(scope, None, NOTICES).await?.items, replies))
        };
        let (sample, notices, replies) = match read.await {
            Ok(found) => found,
            Err(error) => return refused(&error),
        };
        let printed = sample.printed.clone();
        let seller = printed.seller.name.as_deref();
        let summary = text::sample_summary(&printed.product, seller, printed.verdict, &sample.bulletin.title);
        let crumbs = vec![
            Crumb::to("/bulletins", zh().bulletins),
            Crumb::to(&format!("/bulletins/{}", sample.bulletin.id), &sample.bulletin.title),
            Crumb::here(&printed.product),
        ];
        let bulletin = sample.bulletin.clone();
        let product = printed.product;
        let report = format!("/cases/new?sample={}", sample.id);
        view! {
            <Description title=product.clone() text=summary path=format!("/samples/{}", sample.id) />
            <Frame crumbs=crumbs>
                <article>
                    <h1>{product} " " <VerdictMark verdict=printed.verdict /></h1>
                    <p class="meta">
                        <span>{zh().published_on}<time datetime=bulletin.published_on.to_string()>{text::day(bulletin.published_on)}</time></span>
                        <span>{zh().source}{bulletin.source}</span>
                    </p>
                    {printed.remark.map(|remark| view! { <p class="remark card">{zh().remark}{remark}</p> })}
                    <p class="declaration">{zh().declaration}</p>
                    <Findings items=printed.failed_items />
                    <Progress sample=sample.clone() notices=notices />
                    <section aria-labelledby="about-sample">
                        <h2 id="about-sample">{zh().about_sample}</h2>
                        <Facts sample=sample />
                    </section>
                    <Replies replies=replies />
                    <ObjectionLink publication=bulletin.id />
                    <p class="report-link no-print"><a class="button quiet" href=report rel="nofollow">{text::intake::ABOUT_SAMPLE}</a></p>
                    <p>{zh().in_bulletin} "：" <a href=format!("/bulletins/{}", bulletin.id)>{bulletin.title}</a></p>
                </article>
            </Frame>
        }
        .into_any()
    })
}

/// What producer and seller of a sample say to the bulletin; what others say stands with theirs.
fn of_its_operators(replies: Vec<PublicReply>, sample: &Sample) -> Vec<PublicReply> {
    let names = [&sample.printed.producer.name, &sample.printed.seller.name];
    let keys: Vec<String> = names.into_iter().flatten().filter_map(|name| name_key(name)).collect();
    let is_its_own = |reply: &PublicReply| name_key(&reply.operator).is_some_and(|key| keys.contains(&key));
    replies.into_iter().filter(is_its_own).collect()
}

#[component]
fn Findings(items: Vec<FailedItem>) -> impl IntoView {
    (!items.is_empty()).then(|| {
        let rows = items.into_iter().map(|found| {
            let family = text::family(Family::of(&found.item));
            let or_none = |value: Option<String>| value.unwrap_or_else(|| zh().not_stated.to_owned());
            view! {
                <tr>
                    <th scope="row" data-label=zh().item>{found.item}</th>
                    <td data-label=zh().result><strong class="bad">{or_none(found.result)}</strong></td>
                    <td data-label=zh().limit>{or_none(found.limit)}</td>
                    <td data-label=zh().family>{family}</td>
                </tr>
            }
        });
        view! {
            <section>
                <h2 id="findings">{zh().failed_items}</h2>
                <div class="table-frame" role="region" tabindex="0" aria-labelledby="findings">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{zh().item}</th>
                                <th scope="col">{zh().result}</th>
                                <th scope="col">{zh().limit}</th>
                                <th scope="col">{zh().family}</th>
                            </tr>
                        </thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}

/// A firm's name with its page.
fn linked(name: Option<String>, id: Option<uuid::Uuid>) -> Option<AnyView> {
    let name = name?;
    Some(match id {
        Some(id) => view! { <a href=format!("/operators/{id}")>{name}</a> }.into_any(),
        None => name.into_any(),
    })
}

#[component]
fn Facts(sample: Sample) -> impl IntoView {
    let printed = sample.printed;
    let text = |value: Option<String>| value.map(IntoAny::into_any);
    let joined = |address: Option<String>, province: Option<String>| text(address.or(province));
    let date_name = printed.date.as_ref().map_or(zh().date_or_lot, |date| text::date_kind(date.kind));
    let facts: Vec<(&'static str, Option<AnyView>)> = vec![
        (zh().producer, linked(printed.producer.name, sample.producer_id)),
        (zh().producer_address, joined(printed.producer.address, printed.producer.province)),
        (zh().seller, linked(printed.seller.name, sample.seller_id)),
        (zh().seller_address, joined(printed.seller.address, printed.seller.province)),
        (zh().platform_name, text(printed.platform)),
        (zh().shop, text(printed.shop)),
        (zh().brand, text(printed.brand)),
        (zh().spec, text(printed.spec)),
        (date_name, text(printed.date.map(|date| date.text))),
        (zh().lot, text(printed.lot)),
        (zh().shelf_life, text(printed.shelf_life)),
        (zh().category, text(printed.category)),
        (zh().group, Some(text::group(printed.group).into_any())),
        (zh().sampled_on, text(printed.sampled_on.map(|day| day.to_string()))),
        (zh().stage, text(printed.stage)),
        (zh().number, text(printed.number)),
        (zh().laboratory, text(printed.laboratory)),
        (zh().task, text(printed.task)),
        (zh().notice, text(printed.notice_number)),
        (zh().publisher, text(printed.publisher)),
        (zh().remark_name, text(printed.remark)),
    ];
    let lines = facts
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }));
    view! { <dl class="facts">{lines.collect_view()}</dl> }
}
