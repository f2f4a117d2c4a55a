//! The honest pre-check: questions, the likely answer, what is public about the same place.

use leptos::prelude::*;
use uuid::Uuid;

use super::{IntakeView, around::StepForm};
use crate::{
    domain::{case::Wanted, intake::Concern},
    forms::{Checkboxes, Item},
    parts::{NoticeList, portal},
    ports::{FindQuery, Hit, Notice, NoticeScope, OperatorRole, Portal, Sample, plain},
    text::{self, intake as say},
};

/// Publications and samples shown of each sort.
const MOST: u32 = 5;

/// Questions; nothing checked is the usual answer.
#[component]
pub fn PrecheckPage() -> impl IntoView {
    let wanted = IntakeView::current().draft.wanted();
    let items = Concern::of(wanted).map(|one| Item::new(one.code(), say::concern(one, wanted))).collect();
    let is_complaint = wanted.is_none_or(|wanted| wanted.complaint);
    view! {
        <StepForm lead=say::PRECHECK_LEAD>
            <Checkboxes name="concern" label=say::CONCERN items=items optional=true />
            {is_complaint.then(|| view! { <p class="note">{say::OTHER_GROUND}</p> })}
        </StepForm>
    }
    .into_any()
}

/// What is public about the place.
#[derive(Default)]
struct Public {
    notices: Vec<Notice>,
    samples: Vec<Sample>,
    hits: Vec<Hit>,
}

impl Public {
    fn is_empty(&self) -> bool {
        self.notices.is_empty() && self.samples.is_empty() && self.hits.is_empty()
    }
}

/// The answer. Where something can't be read, it is left out: nobody waits for it.
#[component]
pub fn AnswerPage() -> impl IntoView {
    let (portal, shown) = (portal(), IntakeView::current());
    Suspend::new(async move {
        let draft = shown.draft;
        let concerns: Vec<Concern> = draft.all("concern").filter_map(Concern::from_code).collect();
        let public = match Uuid::try_parse(draft.get("operator")) {
            Ok(id) => of_operator(&portal, id).await,
            Err(_) => of_name(&portal, draft.get("party"), draft.get("shop")).await,
        };
        view! { <Answer wanted=draft.wanted() concerns=concerns public=public /> }
    })
}

async fn of_operator(portal: &Portal, id: Uuid) -> Public {
    let scope = NoticeScope { operator: Some(id), ..NoticeScope::default() };
    let notices = portal.notices.notices(scope, None, MOST).await.map(|page| page.items).unwrap_or_default();
    let mut samples = Vec::new();
    for role in [OperatorRole::Seller, OperatorRole::Producer] {
        let page = portal.directory.operator_samples(id, role, None, MOST).await;
        samples.extend(page.map(|page| page.items).unwrap_or_default());
    }
    samples.truncate(MOST as usize);
    Public { notices, samples, hits: Vec::new() }
}

async fn of_name(portal: &Portal, party: &str, shop: &str) -> Public {
    let name = if party.trim().is_empty() { shop } else { party };
    let name: String = name.trim().chars().take(60).collect();
    if name.is_empty() {
        return Public::default();
    }
    // the whole name must be there: words that many shops have in common find many shops
    let text = format!("\"{}\"", name.replace('"', " "));
    let query = FindQuery { text, limit: MOST as usize, ..FindQuery::default() };
    let hits = portal.finder.find(query).await.map(|found| found.hits).unwrap_or_default();
    Public { hits, ..Public::default() }
}

#[component]
fn Answer(wanted: Option<Wanted>, concerns: Vec<Concern>, public: Public) -> impl IntoView {
    let is_fine = concerns.is_empty();
    let lines = concerns.into_iter().map(move |one| {
        let (asked, likely) = (say::concern(one, wanted), say::likely(one, wanted));
        view! { <div><dt>{asked}</dt><dd>{likely}</dd></div> }
    });
    view! {
        <StepForm>
            {if is_fine {
                view! { <p class="card">{say::LIKELY_FINE}</p> }.into_any()
            } else {
                view! {
                    <section class="card warn" aria-labelledby="likely">
                        <h2 id="likely" class="small">{say::LIKELY}</h2>
                        <dl class="channels">{lines.collect_view()}</dl>
                        <p><strong>{say::NOT_BLOCKED}</strong></p>
                    </section>
                }
                .into_any()
            }}
            <section aria-labelledby="similar">
                <h2 id="similar" class="small">{say::SIMILAR}</h2>
                {if public.is_empty() {
                    view! { <p class="note">{say::SIMILAR_NONE}</p> }.into_any()
                } else {
                    view! { <p class="note">{say::SIMILAR_NOTE}</p> <Similar public=public /> }.into_any()
                }}
            </section>
        </StepForm>
    }
    .into_any()
}

/// Enough to decide: what, when, with which result.
#[component]
fn Similar(public: Public) -> impl IntoView {
    let samples = public.samples.into_iter().map(|sample| {
        let failed: Vec<String> = sample.printed.failed_items.iter().map(|failed| failed.item.clone()).collect();
        view! {
            <li class="card">
                <h3><a href=format!("/samples/{}", sample.id) target="_blank" rel="noopener">{sample.printed.product}</a></h3>
                <p class="meta">
                    <span class="tag">{text::verdict(sample.printed.verdict)}</span>
                    <span>{failed.join("、")}</span>
                    <time datetime=sample.bulletin.published_on.to_string()>{text::day(sample.bulletin.published_on)}</time>
                </p>
            </li>
        }
    });
    let hits = public.hits.into_iter().map(|hit| {
        let day = hit.date.map(|day| view! { <time datetime=day.to_string()>{text::day(day)}</time> });
        view! {
            <li class="card">
                <h3><a href=hit.url target="_blank" rel="noopener">{plain(&hit.title)}</a></h3>
                <p class="note">{plain(&hit.snippet)}</p>
                <p class="meta">{day}</p>
            </li>
        }
    });
    let has_notices = !public.notices.is_empty();
    view! {
        {has_notices.then(|| view! { <NoticeList notices=public.notices kinds=true /> })}
        <ul class="plain-list">{samples.collect_view()}{hits.collect_view()}</ul>
    }
    .into_any()
}
