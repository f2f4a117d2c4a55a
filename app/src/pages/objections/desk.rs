//! The desk's pages: cases for those who handle them, replies for those who review.

use leptos::prelude::*;
use uuid::Uuid;

use super::shared::{About, Conversation, DueDate, paragraphs};
use crate::{
    domain::{
        objection::{Command, Contact, Kind, State},
        staff::{Permission, Viewer},
    },
    forms::{ErrorSummary, Form, Submit, TextArea},
    parts::{Crumb, DeskFrame, MarkList, Request, desk_refused, portal},
    ports::{FoundMark, ObjectionError, ObjectionLine, ObjectionScope, ObjectionSheet, PortError},
    text::{self, objection as say},
};

const CASES: &str = "/desk/objections";
const REPLIES: &str = "/desk/replies";

/// Contact data in plain, in context after an officer asked for them.
#[derive(Clone, Debug)]
pub struct Revealed(pub Contact);

/// Cases by due date.
#[component]
pub fn ListPage() -> impl IntoView {
    let scope =
        if Request::current().get("scope") == Some("closed") { ObjectionScope::Closed } else { ObjectionScope::Open };
    let tabs = vec![
        (ObjectionScope::Open, say::OPEN, CASES),
        (ObjectionScope::Closed, say::CLOSED, "/desk/objections?scope=closed"),
    ];
    list(say::DESK, CASES, scope, tabs)
}

/// Replies that wait, or are public.
#[component]
pub fn RepliesPage() -> impl IntoView {
    let scope = if Request::current().get("scope") == Some("public") {
        ObjectionScope::Public
    } else {
        ObjectionScope::Waiting
    };
    let tabs = vec![
        (ObjectionScope::Waiting, say::WAITING, REPLIES),
        (ObjectionScope::Public, say::PUBLISHED, "/desk/replies?scope=public"),
    ];
    list(say::REVIEW, REPLIES, scope, tabs)
}

fn list(
    title: &'static str,
    base: &'static str,
    scope: ObjectionScope,
    tabs: Vec<(ObjectionScope, &'static str, &'static str)>,
) -> impl IntoView {
    let (portal, viewer) = (portal(), use_context::<Viewer>());
    Suspend::new(async move {
        let Some(viewer) = viewer else { return desk_refused(&PortError::NotFound) };
        let lines = match portal.objections.lines(&viewer, scope).await {
            Ok(lines) => lines,
            Err(error) => return refused(error),
        };
        let tabs = tabs.into_iter().map(|(one, name, href)| {
            view! { <a href=href aria-current=(one == scope).then_some("page")>{name}</a> }
        });
        let tabs = tabs.collect_view();
        let is_empty = lines.is_empty();
        let lines = lines.into_iter().map(|one| line(base, one)).collect_view();
        view! {
            <DeskFrame title=title crumbs=vec![Crumb::here(title)]>
                <h1>{title}</h1>
                <nav class="tabs" aria-label=title>{tabs}</nav>
                {if is_empty {
                    view! { <p class="card message">{say::NONE}</p> }.into_any()
                } else {
                    view! { <ul class="plain-list">{lines}</ul> }.into_any()
                }}
            </DeskFrame>
        }
        .into_any()
    })
}

fn line(base: &str, line: ObjectionLine) -> impl IntoView + use<> {
    let objection = line.objection;
    let due = line.due.as_ref().map(text::clock::headline);
    let late = line.left.is_some_and(|left| left <= 0);
    view! {
        <li class="card desk-line">
            <h2><a href=format!("{base}/{}", line.id)>{say::kind(objection.kind)} " · " {line.operator}</a></h2>
            <p class="meta">
                <strong>{say::state(objection.kind, objection.state, line.is_corrected)}</strong>
                <span>{line.number}</span>
                <span>{say::RECEIVED_ON}{text::moment(line.received_at)}</span>
            </p>
            {due.map(|due| view! {
                <p class=if late { "deadline" } else { "note" }>{due} {line.left.map(|left| view! { "，" {say::left(left)} })}</p>
            })}
            <About subject=line.subject />
        </li>
    }
}

/// One case, for those who handle cases.
#[component]
pub fn CasePage() -> impl IntoView {
    let (portal, viewer, id) = (portal(), use_context::<Viewer>(), id());
    let revealed = use_context::<Revealed>().map(|Revealed(contact)| contact);
    Suspend::new(async move {
        let (Some(viewer), Some(id)) = (viewer, id) else { return desk_refused(&PortError::NotFound) };
        match portal.objections.case(&viewer, id).await {
            Ok(sheet) => {
                let objection = sheet.case.line.objection;
                let masked = sheet.contact.clone();
                let corrects = (objection.kind, objection.state) == (Kind::Correction, State::Accepted);
                let follow = corrects.then(|| view! { <Follow sheet=sheet.clone() viewer=viewer.clone() /> });
                let steps = view! { <CaseSteps sheet=sheet.clone() /> };
                view! {
                    <Sheet sheet=sheet base=(CASES, say::DESK)>
                        <ContactData id=id masked=masked revealed=revealed />
                        {follow}
                        {steps}
                    </Sheet>
                }
                .into_any()
            }
            Err(error) => refused(error),
        }
    })
}

/// One reply, for those who review.
#[component]
pub fn ReplyPage() -> impl IntoView {
    let (portal, viewer, id) = (portal(), use_context::<Viewer>(), id());
    Suspend::new(async move {
        let (Some(viewer), Some(id)) = (viewer, id) else { return desk_refused(&PortError::NotFound) };
        match portal.objections.reply(&viewer, id).await {
            Ok(sheet) => {
                let steps = view! { <ReplySteps sheet=sheet.clone() /> };
                view! { <Sheet sheet=sheet base=(REPLIES, say::REVIEW)>{steps}</Sheet> }.into_any()
            }
            Err(error) => refused(error),
        }
    })
}

#[component]
fn Sheet(sheet: ObjectionSheet, base: (&'static str, &'static str), children: Children) -> impl IntoView {
    let (case, line) = (sheet.case.clone(), sheet.case.line.clone());
    let title = format!("{} {}", say::kind(line.objection.kind), line.number);
    let crumbs = vec![Crumb::to(base.0, base.1), Crumb::here(&title)];
    let plain = case.public_text.clone().or(case.statement.clone());
    let heading = if line.objection.kind == Kind::Reply { say::REPLY_TEXT } else { say::STATEMENT };
    let named = if sheet.is_named { say::IS_NAMED } else { say::NOT_NAMED };
    let left = line.left.map(say::left).unwrap_or_default();
    let is_reply = line.objection.kind == Kind::Reply;
    view! {
        <DeskFrame title=title.clone() crumbs=crumbs>
            <h1>{title}</h1>
            <ErrorSummary />
            <section class="card">
                <p><strong>{say::state(line.objection.kind, line.objection.state, line.is_corrected)}</strong></p>
                <About subject=line.subject.clone() />
                <p>{say::OPERATOR} "：" {line.operator.clone()} " " <span class="note">{named}</span></p>
                <p class="meta">
                    <span>{say::RECEIVED_ON}{text::moment(line.received_at)}</span>
                    {line.decided_at.map(|at| view! { <span>{say::DECIDED_ON}{text::moment(at)}</span> })}
                    {sheet.proposed_by.clone().map(|name| view! { <span>{say::PROPOSED_BY}{name}</span> })}
                </p>
                {line.due.clone().map(|due| view! { <DueDate due=due left=left /> })}
            </section>
            <section aria-labelledby="statement">
                <h2 id="statement">{heading}</h2>
                {match plain {
                    Some(plain) => view! { <div class="prose card">{paragraphs(&plain)}</div> }.into_any(),
                    None => view! { <p class="note">{say::TEXT_GONE}</p> }.into_any(),
                }}
            </section>
            <Conversation said=case.said />
            {(is_reply && line.objection.state != State::Received && line.objection.state != State::Asked)
                .then(|| view! { <Check marks=sheet.marks.clone() editable=false /> })}
            {children()}
        </DeskFrame>
    }
    .into_any()
}

/// Masked until the officer asks; asking is written down.
#[component]
fn ContactData(id: Uuid, masked: Option<Contact>, revealed: Option<Contact>) -> impl IntoView {
    let Some(masked) = masked else { return view! { <p class="note">{say::CONTACT_GONE}</p> }.into_any() };
    let is_masked = revealed.is_none();
    let shown = revealed.unwrap_or(masked);
    let rows =
        [(say::NAME, shown.name), (say::PHONE, shown.phone), (say::MAIL, shown.mail), (say::ADDRESS, shown.address)];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = rows.map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).collect_view();
    view! {
        <section aria-labelledby="contact" class="card">
            <h2 id="contact">{say::CONTACT}</h2>
            <dl class="facts">{rows}</dl>
            {is_masked.then(|| view! {
                <p class="note">{say::REVEAL_NOTE}</p>
                <Form action=format!("{CASES}/{id}/reveal")><Submit label=say::REVEAL quiet=true /></Form>
            })}
        </section>
    }
    .into_any()
}

/// The redaction check of a reply.
#[component]
fn Check(marks: Vec<FoundMark>, editable: bool) -> impl IntoView {
    view! {
        <section aria-labelledby="check" class="check">
            <h2 id="check">{say::CHECK}</h2>
            {if marks.is_empty() {
                view! { <p>{say::CHECK_CLEAR}</p> }.into_any()
            } else {
                view! { <MarkList marks=marks editable=editable blocks=say::BLOCKS confirm=say::CONFIRM_MARK /> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// A correction that is to be made now.
#[component]
fn Follow(sheet: ObjectionSheet, viewer: Viewer) -> impl IntoView {
    let line = sheet.case.line;
    if line.is_corrected || !line.subject.is_public {
        return view! { <p class="card">{say::CORRECTED}</p> }.into_any();
    }
    let may = viewer.may(Permission::SeeDesk);
    view! {
        <p class="card">
            {say::CORRECTION_NOTE} " "
            {may.then(|| view! { <a href=format!("/desk/publications/{}", line.subject.id)>{say::BEGIN_CORRECTION}</a> })}
        </p>
    }
    .into_any()
}

#[component]
fn CaseSteps(sheet: ObjectionSheet) -> impl IntoView {
    let line = sheet.case.line;
    if !matches!(line.objection.state, State::Received | State::Asked) {
        return ().into_any();
    }
    let version = line.version.to_string();
    let action = format!("{CASES}/{}/act", line.id);
    let is_asked = line.objection.state == State::Asked;
    let accept = match line.objection.kind {
        Kind::Reply => view! {
            <Form action=action.clone() version=version.clone()>
                <Check marks=sheet.marks editable=true />
                <Submit label=say::command(Command::Propose) name="do" value=Command::Propose.code() />
            </Form>
        }
        .into_any(),
        Kind::Correction => view! {
            <Form action=action.clone() version=version.clone()>
                <Submit label=say::command(Command::Accept) name="do" value=Command::Accept.code() />
            </Form>
        }
        .into_any(),
    };
    view! {
        <h2>{say::STEPS}</h2>
        <div class="steps">
            {accept}
            {(!is_asked).then(|| view! {
                <Form action=action.clone() version=version.clone()>
                    <TextArea name="question" label=say::QUESTION hint=say::QUESTION_HINT rows=3 />
                    <Submit label=say::command(Command::Ask) name="do" value=Command::Ask.code() quiet=true />
                </Form>
            })}
            <Form action=action.clone() version=version.clone()>
                <TextArea name="reason" label=say::REASON hint=say::REASON_HINT rows=3 />
                <Submit label=say::command(Command::Refuse) name="do" value=Command::Refuse.code() danger=true />
            </Form>
        </div>
    }
    .into_any()
}

#[component]
fn ReplySteps(sheet: ObjectionSheet) -> impl IntoView {
    let line = sheet.case.line;
    let version = line.version.to_string();
    let action = format!("{REPLIES}/{}/act", line.id);
    let (second, hint) = match line.objection.state {
        State::Proposed => (Command::Return, say::RETURN_HINT),
        _ => (Command::TakeDown, say::REASON_HINT),
    };
    let waits = line.objection.state == State::Proposed;
    view! {
        <h2>{say::STEPS}</h2>
        <div class="steps">
            {waits.then(|| view! {
                <Form action=action.clone() version=version.clone()>
                    <Submit label=say::command(Command::Confirm) name="do" value=Command::Confirm.code() />
                </Form>
            })}
            <Form action=action.clone() version=version.clone()>
                <TextArea name="reason" label=say::REASON hint=hint rows=3 />
                <Submit label=say::command(second) name="do" value=second.code() danger=true />
            </Form>
        </div>
    }
    .into_any()
}

/// The id in `/desk/objections/{id}` and `/desk/replies/{id}`.
fn id() -> Option<Uuid> {
    Uuid::try_parse(Request::current().part(2)).ok()
}

fn refused(error: ObjectionError) -> AnyView {
    match error {
        ObjectionError::Port(error) => desk_refused(&error),
        other => desk_refused(&PortError::Internal(other.to_string())),
    }
}
