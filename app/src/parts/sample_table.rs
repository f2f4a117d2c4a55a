//! Samples as a table; on a phone each row becomes a card.

use leptos::prelude::*;

use super::VerdictMark;
use crate::{
    ports::Sample,
    text::{self, zh},
};

/// Samples with what failed in them.
#[component]
pub fn SampleTable(
    /// The samples
    samples: Vec<Sample>,
    /// Says what the table is, for those who don't see it
    caption: String,
    /// Name the bulletin's day (lists over several bulletins)
    #[prop(default = false)]
    days: bool,
) -> impl IntoView {
    let rows = samples.into_iter().map(move |sample| view! { <Row sample=sample days=days /> });
    let label = caption.clone();
    view! {
        <div class="table-frame" role="region" tabindex="0" aria-label=label>
            <table class="samples">
                <caption class="sr-only">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{zh().product}</th>
                        <th scope="col">{zh().verdict}</th>
                        <th scope="col">{zh().producer}</th>
                        <th scope="col">{zh().seller}</th>
                        <th scope="col">{zh().date_or_lot}</th>
                        {days.then(|| view! { <th scope="col">{zh().published}</th> })}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// A firm with its page, its address and what is remarked of it.
fn party(name: Option<String>, id: Option<uuid::Uuid>, address: Option<String>) -> impl IntoView {
    let address = address.map(|address| view! { <small>{address}</small> });
    match (name, id) {
        (Some(name), Some(id)) => view! { <a href=format!("/operators/{id}")>{name}</a> {address} }.into_any(),
        (Some(name), None) => view! { {name} {address} }.into_any(),
        (None, _) => view! { <span class="none">{zh().not_stated}</span> }.into_any(),
    }
}

#[component]
fn Row(sample: Sample, days: bool) -> impl IntoView {
    let Sample { id, bulletin, producer_id, seller_id, printed, .. } = sample;
    let items = printed.failed_items.into_iter().map(|found| {
        let values = text::found(found.result.as_deref(), found.limit.as_deref());
        view! { <li><strong>{found.item}</strong> {values}</li> }
    });
    let items: Vec<_> = items.collect();
    let spec = [printed.brand, printed.spec].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let date = printed.date.as_ref().map(|date| (text::date_kind(date.kind), date.text.clone()));
    view! {
        <tr>
            <th scope="row" data-label=zh().product>
                <a href=format!("/samples/{id}")>{printed.product}</a>
                {(!spec.is_empty()).then(|| view! { <small>{spec}</small> })}
            </th>
            <td data-label=zh().verdict>
                <VerdictMark verdict=printed.verdict />
                {(!items.is_empty()).then(|| view! { <ul class="items">{items}</ul> })}
            </td>
            <td data-label=zh().producer>
                {party(printed.producer.name, producer_id, printed.producer.address)}
                {printed.remark.map(|remark| view! { <small class="remark">{zh().remark}{remark}</small> })}
            </td>
            <td data-label=zh().seller>
                {party(printed.seller.name, seller_id, printed.seller.address.or(printed.seller.province))}
                {printed.platform.map(|platform| view! { <small>{zh().platform}{platform}</small> })}
            </td>
            <td data-label=zh().date_or_lot class="nowrap">
                {date.map(|(kind, text)| view! { <span>{text}</span> <small>{kind}</small> })}
                {printed.lot.map(|lot| view! { <small>{lot}</small> })}
            </td>
            {days.then(|| view! {
                <td data-label=zh().published class="nowrap">
                    <a href=format!("/bulletins/{}", bulletin.id)>{bulletin.published_on.to_string()}</a>
                </td>
            })}
        </tr>
    }
}
