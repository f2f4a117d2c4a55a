//! What informs the officer and blocks nobody: other cases, publications, the factors of order 121 art. 17.

use leptos::prelude::*;
use uuid::Uuid;

use super::{CASES, kind_mark};
use crate::{
    ports::{Around, CaseLine, NoticeScope, PortError, Portal},
    text::{self, handling as say},
};

/// Cases shown before the rest is folded.
const SHOWN: usize = 4;
/// Publications counted at most.
const MOST: u32 = 100;

/// What is public of the operator.
#[derive(Clone, Debug)]
pub struct Published {
    operator: Uuid,
    /// Samples that passed, and failed
    samples: (u64, u64),
    /// Publications by kind
    notices: Vec<(&'static str, usize)>,
}

/// What is public of an operator; none where nothing is.
pub async fn published(portal: &Portal, operator: Uuid) -> Option<Published> {
    let read = async {
        let known = portal.directory.operator(operator).await?;
        let scope = NoticeScope { operator: Some(operator), ..NoticeScope::default() };
        let notices = portal.notices.notices(scope, None, MOST).await?.items;
        Ok::<_, PortError>((known, notices))
    };
    let (known, notices) = match read.await {
        Ok(found) => found,
        Err(PortError::NotFound | PortError::Gone(_)) => return None,
        Err(error) => {
            tracing::error!(%error, "publications of an operator can't be read");
            return None;
        }
    };
    let groups = known.as_producer.iter().chain(&known.as_seller);
    let samples =
        groups.fold((0, 0), |(passed, failed), group| (passed + group.tally.passed, failed + group.tally.failed));
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for notice in &notices {
        let name = text::publication_kind(notice.content.kind);
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    Some(Published { operator, samples, notices: counts })
}

/// The box beside a case.
#[component]
pub fn AroundCase(around: Around, published: Option<Published>) -> impl IntoView {
    let factors = around.factors.map(|factors| {
        let rows = say::factors(&factors).into_iter();
        let rows = rows.map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> });
        view! {
            <h3>{say::FACTORS}</h3>
            <dl class="facts narrow">{rows.collect_view()}</dl>
            <p class="note">{say::FACTORS_NOTE}</p>
        }
    });
    let persons = around.same_person.into_iter().map(|same| {
        let by = say::shared(&same);
        other(&same.line, Some(by))
    });
    let persons = persons.collect::<Vec<_>>();
    let parties = around.same_party.iter().map(|one| other(one, None)).collect::<Vec<_>>();
    view! {
        <section class="card case-around" aria-labelledby="around">
            <h2 id="around">{say::AROUND}</h2>
            <h3>{text::counted(say::SAME_PARTY, parties.len())}</h3>
            {list(parties)}
            {(!persons.is_empty()).then(|| view! { <h3>{text::counted(say::SAME_PERSON, persons.len())}</h3> })}
            {(!persons.is_empty()).then(|| list(persons))}
            <h3>{say::PUBLISHED}</h3>
            {public(published)}
            {factors}
        </section>
    }
    .into_any()
}

fn list(lines: Vec<AnyView>) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="note">{say::NO_OTHERS}</p> }.into_any();
    }
    let mut shown = lines;
    let rest = if shown.len() > SHOWN { shown.split_off(SHOWN) } else { Vec::new() };
    let more = (!rest.is_empty()).then(|| {
        view! { <details><summary>{say::others(rest.len())}</summary><ul class="plain-list">{rest}</ul></details> }
    });
    view! { <ul class="plain-list">{shown}</ul>{more} }.into_any()
}

fn other(line: &CaseLine, by: Option<String>) -> AnyView {
    let case = &line.case;
    view! {
        <li>
            {kind_mark(case.kind)} " " <a href=format!("{CASES}/{}", line.id)>{line.number.clone()}</a>
            <p class="meta">
                <span>{text::case::state(case.kind, case.state)}</span>
                <span>{text::case::problem(line.problem)}</span>
                <span>{line.party.clone()}</span>
                {by.map(|by| view! { <strong>{by}</strong> })}
            </p>
        </li>
    }
    .into_any()
}

fn public(published: Option<Published>) -> AnyView {
    let Some(published) = published else { return view! { <p class="note">{say::NOT_KNOWN}</p> }.into_any() };
    let (passed, failed) = published.samples;
    let samples = (passed + failed > 0)
        .then(|| view! { <li>{format!("抽检 {} 批次，其中不合格 {failed} 批次", passed + failed)}</li> });
    let notices = published.notices.into_iter();
    let notices = notices.map(|(name, count)| view! { <li>{name} " " {count} " 条"</li> });
    view! {
        <ul>{samples}{notices.collect_view()}</ul>
        <p><a href=format!("/operators/{}", published.operator)>"单位的公开页面"</a></p>
    }
    .into_any()
}
