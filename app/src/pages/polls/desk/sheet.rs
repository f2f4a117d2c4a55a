//! One round at the desk: its content, the check, steps, what was written, links.

use leptos::prelude::*;
use uuid::Uuid;

use super::{POLLS, edit::Edit, refused};
use crate::{
    domain::{
        poll::{Command, State},
        staff::{Permission, Viewer},
    },
    forms::{ErrorSummary, Form, Submit, TextArea, TextField},
    pages::polls::show::{Asked, paragraphs},
    parts::{Crumb, DeskFrame, MarkList, Request, desk_refused, portal},
    ports::{DeskLink, FoundMark, LinkKind, PollSheet, PollText, PortError},
    text::poll::{self as words, desk as say},
};

/// The page.
#[component]
pub fn DeskPollPage() -> impl IntoView {
    let (portal, viewer) = (portal(), use_context::<Viewer>());
    let id = Uuid::try_parse(Request::current().part(2)).ok();
    Suspend::new(async move {
        let (Some(viewer), Some(id)) = (viewer, id) else { return desk_refused(&PortError::NotFound) };
        match portal.polls.sheet(&viewer, id).await {
            Ok(sheet) => view! { <Sheet sheet=sheet viewer=viewer /> }.into_any(),
            Err(error) => refused(error),
        }
    })
}

#[component]
fn Sheet(sheet: PollSheet, viewer: Viewer) -> impl IntoView {
    let line = sheet.line.clone();
    let crumbs = vec![Crumb::to(POLLS, say::DESK), Crumb::here(&line.title)];
    let is_draft = line.state == State::Draft;
    let action = format!("{POLLS}/{}/act", line.id);
    let edit = (is_draft && viewer.may(Permission::Write)).then(|| {
        view! {
            <section aria-labelledby="edit">
                <h2 id="edit">{say::EDIT}</h2>
                <Edit kind=line.kind content=sheet.content.clone() action=action.clone() version=sheet.version.to_string() />
            </section>
        }
    });
    let public =
        line.state.is_public().then(|| view! { <p><a href=format!("/polls/{}", line.id)>{say::SEE_PUBLIC}</a></p> });
    let voices = (line.state == State::Open).then(|| view! { <p>{say::voices(sheet.voices)}</p> });
    let editors = sheet.editors.join("、");
    view! {
        <DeskFrame title=line.title.clone() crumbs=crumbs>
            <h1>{line.title.clone()}</h1>
            <ErrorSummary />
            <section class="card">
                <p class="meta">
                    <strong>{words::state(line.state)}</strong>
                    <span>{words::issue(line.kind, line.issue)}</span>
                    <span>{words::days(&line)}</span>
                    {(!editors.is_empty()).then(|| view! { <span>{say::EDITORS}{editors}</span> })}
                </p>
                {voices}
                {sheet.returned.clone().map(|reason| view! { <p><strong>{say::RETURNED}</strong>{reason}</p> })}
                {sheet.stopped.clone().map(|reason| view! { <p>{words::STOPPED}{reason}</p> })}
                {public}
            </section>
            <Steps sheet=sheet.clone() viewer=viewer.clone() />
            {edit}
            <section aria-labelledby="preview">
                <h2 id="preview">{say::PREVIEW}</h2>
                <div class="prose card">{paragraphs(&sheet.content.text)}</div>
                <Asked content=sheet.content.clone() />
            </section>
            {(line.state == State::Ended).then(|| view! { <Links sheet=sheet.clone() viewer=viewer.clone() /> })}
            {line.state.is_public().then(|| view! { <Texts sheet=sheet.clone() /> })}
        </DeskFrame>
    }
    .into_any()
}

/// What one may do now.
#[component]
fn Steps(sheet: PollSheet, viewer: Viewer) -> impl IntoView {
    let action = format!("{POLLS}/{}/act", sheet.line.id);
    let version = sheet.version.to_string();
    let form = |command: Command, body: AnyView, quiet: bool, danger: bool| {
        let (action, version) = (action.clone(), version.clone());
        let may = command.needs().is_some_and(|permission| viewer.may(permission));
        may.then(|| {
            view! {
                <Form action=action version=version>
                    {body}
                    <Submit label=say::command(command) name="do" value=command.code() quiet=quiet danger=danger />
                </Form>
            }
            .into_any()
        })
    };
    let reason =
        |hint: &'static str| view! { <TextArea name="reason" label=say::REASON hint=hint rows=3 /> }.into_any();
    let marks = sheet.marks.clone();
    let nothing = || ().into_any();
    let steps: Vec<Option<AnyView>> = match sheet.line.state {
        State::Draft => vec![
            form(Command::Propose, view! { <Check marks=marks editable=true /> }.into_any(), false, false),
            form(Command::Discard, nothing(), true, true),
        ],
        State::Proposed => vec![
            (!sheet.is_own)
                .then(|| {
                    form(Command::Confirm, view! { <Check marks=marks editable=false /> }.into_any(), false, false)
                })
                .flatten(),
            form(Command::Return, reason(say::RETURN_HINT), true, false),
            form(Command::TakeBack, nothing(), true, false),
        ],
        State::Approved | State::Open => vec![form(Command::Stop, reason(say::STOP_HINT), true, true)],
        _ => Vec::new(),
    };
    let steps: Vec<AnyView> = steps.into_iter().flatten().collect();
    (!steps.is_empty()).then(|| view! { <h2>{say::STEPS}</h2><div class="steps">{steps}</div> }.into_any())
}

/// The redaction check.
#[component]
fn Check(marks: Vec<FoundMark>, editable: bool) -> impl IntoView {
    view! {
        <section aria-labelledby="check" class="check">
            <h3 id="check">{say::CHECK}</h3>
            {if marks.is_empty() {
                view! { <p>{say::CHECK_CLEAR}</p> }.into_any()
            } else {
                view! { <MarkList marks=marks editable=editable blocks=say::BLOCKS confirm=say::CONFIRM_MARK /> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// Suggestions and answers in words, masked.
#[component]
fn Texts(sheet: PollSheet) -> impl IntoView {
    let kind = sheet.line.kind;
    let groups = sheet.content.questions.iter().enumerate().map(|(place, question)| {
        let of_it: Vec<&PollText> = sheet.texts.iter().filter(|text| text.question == place).collect();
        let is_empty = of_it.is_empty();
        let lines = of_it.into_iter().map(|text| view! { <li>{text.text.clone()}</li> }).collect_view();
        (!is_empty).then(|| view! { <h3>{words::question(kind, question)}</h3><ul>{lines}</ul> })
    });
    let groups = groups.collect_view();
    view! {
        <section aria-labelledby="texts" class="card">
            <h2 id="texts">{say::TEXTS}</h2>
            <p class="note">{say::TEXTS_NOTE}</p>
            {sheet.texts.is_empty().then(|| view! { <p>{say::NO_TEXTS}</p> })}
            {groups}
        </section>
    }
    .into_any()
}

#[component]
fn Links(sheet: PollSheet, viewer: Viewer) -> impl IntoView {
    let id = sheet.line.id;
    let lines = sheet.links.into_iter().map(|link| one_link(id, link, &viewer)).collect_view();
    let propose = viewer.may(Permission::Write).then(|| {
        view! {
            <Form action=format!("{POLLS}/{id}/links")>
                <TextField name="address" label=say::ADDRESS hint=say::ADDRESS_HINT maxlength=300 />
                <Submit label=say::PROPOSE_LINK quiet=true />
            </Form>
        }
    });
    view! {
        <section aria-labelledby="links" class="card">
            <h2 id="links">{say::LINKS}</h2>
            <p class="note">{say::LINKS_NOTE}</p>
            <ul class="plain-list">{lines}</ul>
            {propose}
        </section>
    }
    .into_any()
}

fn one_link(poll: Uuid, link: DeskLink, viewer: &Viewer) -> AnyView {
    let reviews = viewer.may(Permission::Review);
    let to = match &link.link {
        Some(to) => {
            let folder = match to.kind {
                LinkKind::Publication(kind) => kind.folder(),
                LinkKind::Operator => "operators",
            };
            view! { <a href=format!("/{folder}/{}", to.target)>{to.title.clone()}</a> }.into_any()
        }
        None => view! { <span>{say::LINK_GONE}</span> }.into_any(),
    };
    let state = if link.confirmed { say::LINK_PUBLIC } else { say::LINK_OPEN };
    let hidden = move || view! { <input type="hidden" name="link" value=link.id.to_string() autocomplete="off" /> };
    let confirm = (reviews && !link.confirmed && link.link.is_some()).then(|| {
        view! { <Form action=format!("{POLLS}/{poll}/links/confirm")>{hidden()}<Submit label=say::CONFIRM_LINK /></Form> }
    });
    let drop = (reviews || !link.confirmed).then(|| {
        view! { <Form action=format!("{POLLS}/{poll}/links/drop")>{hidden()}<Submit label=say::DROP_LINK quiet=true danger=true /></Form> }
    });
    view! {
        <li>
            <p>{to}</p>
            <p class="meta"><strong>{state}</strong><span>{link.proposed_by}</span></p>
            {confirm}
            {drop}
        </li>
    }
    .into_any()
}
