//! Whom it is about: an operator that is known here, or as the citizen knows it.

use leptos::prelude::*;

use super::{IntakeView, around::StepForm};
use crate::{
    domain::intake::Draft,
    forms::{Filled, Submit, TextField},
    parts::portal,
    ports::{FindFilters, FindQuery, OperatorLine, PortResult, Portal},
    text::intake as say,
};

/// Operators shown.
const MOST: usize = 8;

/// Searching, choosing, describing.
#[component]
pub fn PartyPage() -> impl IntoView {
    let (portal, shown) = (portal(), IntakeView::current());
    Suspend::new(async move {
        let asked = shown.draft.get("q").trim().to_owned();
        let found = if asked.is_empty() { None } else { Some(find(&portal, &asked).await) };
        view! { <Party draft=shown.draft found=found /> }
    })
}

/// Operators by name, the best match first, each with its address.
async fn find(portal: &Portal, asked: &str) -> PortResult<Vec<OperatorLine>> {
    let filters = FindFilters { kind: vec!["operator".into()], ..FindFilters::default() };
    let query = FindQuery { text: asked.chars().take(60).collect(), filters, limit: MOST, ..FindQuery::default() };
    let mut lines = Vec::new();
    for hit in portal.finder.find(query).await?.hits {
        if let Ok(id) = hit.id.parse() {
            lines.extend(portal.directory.operator(id).await.ok().map(|found| found.line));
        }
    }
    Ok(lines)
}

#[component]
fn Party(draft: Draft, found: Option<PortResult<Vec<OperatorLine>>>) -> impl IntoView {
    let is_chosen = !draft.get("operator").is_empty();
    view! {
        <StepForm>
            {is_chosen.then(|| view! { <Chosen draft=draft.clone() /> })}
            {(!is_chosen).then(|| view! {
                <div class="card search-party">
                    <TextField name="q" label=say::SEARCH hint=say::SEARCH_HINT optional=true />
                    <Submit label=say::SEARCH_NOW name="go" value="search" quiet=true />
                    {found.map(|found| view! { <Found found=found /> })}
                </div>
                <Describe />
            })}
        </StepForm>
    }
    .into_any()
}

#[component]
fn Chosen(draft: Draft) -> impl IntoView {
    view! {
        <div class="card chosen">
            <p>{say::CHOSEN} "：" <strong>{draft.get("party").to_owned()}</strong></p>
            <p class="note">{draft.get("party_address").to_owned()}</p>
            <Submit label=say::UNPICK name="go" value="unpick" quiet=true />
        </div>
    }
}

#[component]
fn Found(found: PortResult<Vec<OperatorLine>>) -> impl IntoView {
    let Ok(lines) = found else { return view! { <p role="status">{say::SEARCH_DOWN}</p> }.into_any() };
    if lines.is_empty() {
        return view! { <p role="status">{say::NOT_FOUND}</p> }.into_any();
    }
    let lines = lines.into_iter().map(|line| {
        view! {
            <li>
                <button class="pick" name="pick" value=line.id.to_string()>
                    <strong>{line.name}</strong>
                    {line.address.map(|address| view! { <small>{address}</small> })}
                </button>
            </li>
        }
    });
    view! {
        <h2 class="small" id="found" tabindex="-1">{say::FOUND}</h2>
        <ul class="picks">{lines.collect_view()}</ul>
    }
    .into_any()
}

/// As the citizen knows it.
#[component]
pub fn Describe() -> impl IntoView {
    let filled = Filled::current();
    let is_online =
        ["platform", "shop"].iter().any(|name| !filled.text(name).is_empty() || filled.error(name).is_some());
    view! {
        <fieldset class="group">
            <legend><h2 class="small">{say::DESCRIBE}</h2></legend>
            <TextField name="party" label=say::PARTY hint=say::PARTY_HINT />
            <TextField name="party_address" label=say::PARTY_ADDRESS hint=say::PARTY_ADDRESS_HINT />
            <details open=is_online>
                <summary>{say::ONLINE}</summary>
                <p class="note">{say::ONLINE_HINT}</p>
                <TextField name="platform" label=say::PLATFORM optional=true />
                <TextField name="shop" label=say::SHOP optional=true />
            </details>
        </fieldset>
    }
    .into_any()
}
