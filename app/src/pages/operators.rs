//! Operators at the desk: found, corrected, merged, doubtful ones decided.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    domain::{
        operator::{OperatorKind, identifier_note},
        staff::Viewer,
    },
    forms::{ErrorSummary, Form, Item, Select, Submit, TextArea, TextField},
    parts::{Crumb, DeskFrame, Request, desk_refused, portal},
    ports::{DeskOperator, DeskOperatorLine, DoubtLine, OperatorError, PortError},
    text::{self, operator as say},
};

const LIST: &str = "/desk/operators";

/// Search, and below it the open questions.
#[component]
pub fn OperatorsPage() -> impl IntoView {
    let (portal, viewer) = (portal(), use_context::<Viewer>());
    let words = Request::current().get("q").unwrap_or_default().to_owned();
    Suspend::new(async move {
        let Some(viewer) = viewer else { return desk_refused(&PortError::NotFound) };
        let found = match portal.operators.find_operators(&viewer, &words).await {
            Ok(found) => found,
            Err(error) => return refused(error),
        };
        let (doubts, count) = match portal.operators.open_doubts(&viewer).await {
            Ok(doubts) => doubts,
            Err(error) => return refused(error),
        };
        let asked = !words.is_empty();
        let hits: Vec<AnyView> = found.into_iter().map(hit).collect();
        let pairs: Vec<AnyView> = doubts.into_iter().map(|pair| question(pair, true)).collect();
        view! {
            <DeskFrame title=say::DESK crumbs=vec![Crumb::here(say::DESK)]>
                <h1>{say::DESK}</h1>
                <ErrorSummary />
                <form class="form search-operators" method="get" action=LIST role="search">
                    <div class="field">
                        <label for="f-q">{say::SEARCH}</label>
                        <input id="f-q" name="q" type="search" value=words maxlength="100" autocomplete="off" />
                    </div>
                    <p><button class="button">{say::SEARCH_BUTTON}</button></p>
                </form>
                {asked.then(|| if hits.is_empty() {
                    view! { <p class="card message" role="status">{say::NOT_FOUND}</p> }.into_any()
                } else {
                    view! { <ul class="plain-list">{hits}</ul> }.into_any()
                })}
                <section aria-labelledby="doubts">
                    <h2 id="doubts">{say::DOUBTS}</h2>
                    {if pairs.is_empty() {
                        view! { <p class="card message">{say::NO_DOUBTS}</p> }.into_any()
                    } else {
                        view! {
                            <p class="note">{say::DOUBTS_NOTE} " " {say::open(count)}</p>
                            <ul class="plain-list">{pairs}</ul>
                        }
                        .into_any()
                    }}
                </section>
            </DeskFrame>
        }
        .into_any()
    })
}

fn facts(line: &DeskOperatorLine) -> AnyView {
    let codes: Vec<String> = [&line.uscc, &line.licence].into_iter().flatten().cloned().collect();
    let kind = line.kind.map(say::kind);
    view! {
        <p class="meta">
            {kind.map(|kind| view! { <span class="tag">{kind}</span> })}
            {line.address.clone().map(|address| view! { <span>{address}</span> })}
            {line.district.clone().map(|district| view! { <span>{district}</span> })}
            {codes.into_iter().map(|code| view! { <span class="code">{code}</span> }).collect_view()}
            {(!line.public && line.merged_into.is_none()).then(|| view! { <span>{say::NOT_PUBLIC}</span> })}
            {line.merged_into.map(|_| view! { <span>{say::MERGED_INTO}</span> })}
        </p>
    }
    .into_any()
}

fn hit(line: DeskOperatorLine) -> AnyView {
    let doubts = (line.doubts > 0).then(|| view! { <strong class="tag">{say::open(line.doubts)}</strong> });
    view! {
        <li class="card desk-line">
            <h2><a href=format!("{LIST}/{}", line.id)>{line.name.clone()}</a> " " {doubts}</h2>
            {facts(&line)}
        </li>
    }
    .into_any()
}

/// Two operators side by side and the question whether they are one.
fn question(pair: DoubtLine, in_list: bool) -> AnyView {
    let side = |line: &DeskOperatorLine| {
        view! { <div><h3><a href=format!("{LIST}/{}", line.id)>{line.name.clone()}</a></h3>{facts(line)}</div> }
    };
    let answer = match pair.is_same {
        Some(true) => view! { <p class="note">{say::WAS_SAME}</p> }.into_any(),
        Some(false) => view! { <p class="note">{say::WAS_DIFFERENT}</p> }.into_any(),
        None => {
            let from = if in_list { "list" } else { "page" };
            view! {
                <Form action=format!("{LIST}/{}/doubt", pair.one.id)>
                    <input type="hidden" name="other" value=pair.other.id.to_string() />
                    <input type="hidden" name="from" value=from />
                    <div class="answers">
                        <Submit label=say::SAME name="do" value="same" />
                        <Submit label=say::DIFFERENT name="do" value="different" quiet=true />
                    </div>
                </Form>
            }
            .into_any()
        }
    };
    view! {
        <li class="card doubt">
            <p><strong>{say::doubt(pair.doubt)}</strong> " " <span class="note">{text::moment(pair.since)}</span></p>
            <div class="pair">{side(&pair.one)} {side(&pair.other)}</div>
            {answer}
        </li>
    }
    .into_any()
}

/// One operator.
#[component]
pub fn OperatorSheetPage() -> impl IntoView {
    let (portal, viewer) = (portal(), use_context::<Viewer>());
    let id = Uuid::try_parse(Request::current().part(2)).ok();
    Suspend::new(async move {
        let (Some(viewer), Some(id)) = (viewer, id) else { return desk_refused(&PortError::NotFound) };
        match portal.operators.desk_operator(&viewer, id).await {
            Ok(operator) => view! { <Sheet operator=operator /> }.into_any(),
            Err(error) => refused(error),
        }
    })
}

#[component]
fn Sheet(operator: DeskOperator) -> impl IntoView {
    let line = operator.line.clone();
    let page = line.merged_into.unwrap_or(line.id);
    let doubts: Vec<AnyView> = operator.doubts.iter().cloned().map(|pair| question(pair, false)).collect();
    let merged: Vec<AnyView> = operator.merged.iter().cloned().map(hit).collect();
    view! {
        <DeskFrame title=line.name.clone() crumbs=vec![Crumb::to(LIST, say::DESK), Crumb::here(&line.name)]>
            <h1>{line.name.clone()}</h1>
            <ErrorSummary />
            {facts(&line)}
            <p class="meta">
                {line.public.then(|| view! { <a href=format!("/operators/{page}")>{say::PUBLIC_PAGE}</a> })}
                {line.merged_into.is_none().then(|| view! {
                    <a href=format!("/desk/cameras/new?operator={}", line.id)>{text::camera::desk::NEW}</a>
                })}
            </p>
            {operator.into.clone().map(|into| view! { <Undo operator=operator.clone() into=into /> })}
            {(!doubts.is_empty()).then(|| view! {
                <section aria-labelledby="doubts">
                    <h2 id="doubts">{say::DOUBTS}</h2>
                    <ul class="plain-list">{doubts}</ul>
                </section>
            })}
            {(!merged.is_empty()).then(|| view! {
                <section aria-labelledby="merged">
                    <h2 id="merged">{say::MERGED}</h2>
                    <ul class="plain-list">{merged}</ul>
                </section>
            })}
            <Edit operator=operator.clone() />
            {operator.into.is_none().then(|| view! { <Merge operator=operator.clone() /> })}
        </DeskFrame>
    }
    .into_any()
}

#[component]
fn Undo(operator: DeskOperator, into: DeskOperatorLine) -> impl IntoView {
    view! {
        <section class="card">
            <p>{say::MERGED_INTO} " " <a href=format!("{LIST}/{}", into.id)>{into.name}</a></p>
            <Form action=format!("{LIST}/{}/undo", operator.line.id) version=operator.version.to_string()>
                <Submit label=say::UNDO quiet=true />
            </Form>
        </section>
    }
    .into_any()
}

#[component]
fn Edit(operator: DeskOperator) -> impl IntoView {
    let line = operator.line;
    let known = OperatorKind::ALL.into_iter().map(|kind| Item::new(kind.code(), say::kind(kind)));
    let kinds: Vec<Item> = [Item::new("", say::UNKNOWN_KIND)].into_iter().chain(known).collect();
    let point = operator.point.map(|point| {
        let (lat, lon) = point.degrees();
        format!("{lat:.6}, {lon:.6}")
    });
    let (uscc, licence) = (line.uscc.unwrap_or_default(), line.licence.unwrap_or_default());
    let hint = |code: &str| {
        let note = identifier_note(code).filter(|_| !code.is_empty()).map(say::identifier_note);
        note.unwrap_or(say::CODES_HINT).to_owned()
    };
    let (uscc_hint, licence_hint) = (hint(&uscc), hint(&licence));
    view! {
        <section aria-labelledby="edit">
            <h2 id="edit">{say::EDIT}</h2>
            <Form action=format!("{LIST}/{}", line.id) version=operator.version.to_string()>
                <Select name="kind" label=say::KIND items=kinds value=line.kind.map(OperatorKind::code).unwrap_or_default() optional=true />
                <TextField name="address" label=say::ADDRESS value=line.address.unwrap_or_default() optional=true />
                <TextField name="district" label=say::DISTRICT value=line.district.unwrap_or_default() optional=true />
                <TextField name="point" label=say::POINT hint=say::POINT_HINT value=point.unwrap_or_default() optional=true />
                <TextField name="uscc" label=say::USCC hint=uscc_hint value=uscc optional=true />
                <TextField name="licence" label=say::LICENCE hint=licence_hint value=licence optional=true />
                <TextArea name="aliases" label=say::ALIASES hint=say::ALIASES_HINT value=operator.aliases.join("\n") rows=3 optional=true />
                <Submit label=say::SAVE />
            </Form>
        </section>
    }
    .into_any()
}

#[component]
fn Merge(operator: DeskOperator) -> impl IntoView {
    view! {
        <section aria-labelledby="merge">
            <h2 id="merge">{say::MERGE}</h2>
            <p class="note">{say::MERGE_NOTE}</p>
            <Form action=format!("{LIST}/{}/merge", operator.line.id) version=operator.version.to_string()>
                <TextField name="into" label=say::INTO hint=say::INTO_HINT />
                <Submit label=say::MERGE quiet=true />
            </Form>
        </section>
    }
    .into_any()
}

fn refused(error: OperatorError) -> AnyView {
    match error {
        OperatorError::Port(error) => desk_refused(&error),
        other => desk_refused(&PortError::Internal(other.to_string())),
    }
}
