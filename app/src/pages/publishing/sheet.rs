//! One publication at the desk: where it stands, what can be done, the form or what the form said, the check, its files.

use leptos::prelude::*;

use super::{
    at,
    check::CheckList,
    conflict::{Conflict, Theirs},
    form::Fields,
    id_of, refused_by_desk,
    steps::Steps,
    viewer,
};
use crate::{
    assets::Scripts,
    domain::{
        clock::Due,
        publication::{
            Kind, Standing,
            content::{Attachment, Content, Table},
            field::{Holds, fields},
            life::{Stage, Work},
        },
        staff::{Permission, Viewer},
    },
    forms::{Checkbox, ErrorSummary, FileField, Form, Submit, TextArea},
    islands::{DraftKeeper, KeeperWords},
    parts::{Crumb, DeskFrame, Request, portal, refused},
    ports::{DeskSheet, PortError},
    text::{self, editing},
};

/// A publication.
#[component]
pub fn SheetPage() -> impl IntoView {
    let (portal, request, viewer) = (portal(), Request::current(), viewer());
    let theirs = use_context::<Theirs>();
    Suspend::new(async move {
        let (Some(viewer), Some(id)) = (viewer, id_of(&request)) else { return refused(&PortError::NotFound) };
        let sheet = match theirs {
            Some(Theirs(sheet)) => sheet,
            None => match portal.desk.sheet(&viewer, id).await {
                Ok(sheet) => sheet,
                Err(error) => return refused_by_desk(error),
            },
        };
        let title = if sheet.title.is_empty() { editing::UNTITLED.to_owned() } else { sheet.title.clone() };
        let crumbs = vec![Crumb::to("/desk/publications", editing::PUBLICATIONS), Crumb::here(&title)];
        let classes = portal.desk.removal_classes();
        view! {
            <DeskFrame title=title.clone() crumbs=crumbs>
                <h1>{title}</h1>
                <Standing sheet=sheet.clone() />
                <ErrorSummary />
                <Conflict kind=sheet.kind />
                <Work sheet=sheet.clone() viewer=viewer.clone() classes=classes />
                <Steps sheet=sheet.clone() viewer=viewer />
                <History sheet=sheet />
            </DeskFrame>
        }
        .into_any()
    })
}

#[component]
fn Standing(sheet: DeskSheet) -> impl IntoView {
    let work = sheet.life.work.as_ref();
    let state = work.map(|work| format!("{} · {}", editing::work(work.act), editing::stage(work.stage)));
    let people = work.map(|work| {
        let name = |id: &uuid::Uuid| sheet.names.get(id).cloned();
        let editors: Vec<String> = work.editors.iter().filter_map(name).collect();
        (editors.join("、"), work.approved_by.as_ref().and_then(name))
    });
    let (editors, approved) = people.unwrap_or_default();
    let returned = work.and_then(|work| work.returned.clone());
    let is_public = sheet.life.standing == Standing::Public;
    let path = sheet.public.as_ref().map(|content| content.path(sheet.id));
    let public = path.filter(|_| is_public);
    view! {
        <p class="meta">
            <span>{text::publication_kind(sheet.kind)}</span>
            <span>{editing::standing(sheet.life.standing)}</span>
            {state.map(|state| view! { <strong>{state}</strong> })}
            {(!editors.is_empty()).then(|| view! { <span>{editing::EDITORS}{editors}</span> })}
            {approved.map(|name| view! { <span>{editing::APPROVED_BY}{name}</span> })}
            {public.map(|href| view! { <a href=href>{editing::OPEN_PUBLIC}</a> })}
        </p>
        {sheet.publish_by.as_ref().map(|due| view! { <Deadline due=due.clone() /> })}
        {sheet.remove_on.map(|on| view! { <p class="note">{editing::remove_on(on)}</p> })}
        {returned.map(|reason| view! { <p class="returned card">{editing::returned(&reason)}</p> })}
    }
    .into_any()
}

/// Until when it must be public, and why.
#[component]
fn Deadline(due: Due) -> impl IntoView {
    let working = text::clock::explain(&due).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <p class="deadline">{editing::publish_by(&due)}</p>
        <details><summary>{editing::WHY_THIS_DAY}</summary><ol class="plain-list">{working}</ol></details>
    }
}

#[component]
fn Work(sheet: DeskSheet, viewer: Viewer, classes: Vec<(String, String)>) -> impl IntoView {
    let Some(work) = sheet.life.work.clone() else {
        let said = |content| view! { <Said content=content heading=editing::PUBLIC_NOW classes=classes /> }.into_any();
        return sheet.public.map(said);
    };
    let editable = work.stage == Stage::Draft && viewer.may(Permission::Write);
    let kind = sheet.kind;
    Some(match (editable, work.content.clone()) {
        (true, Some(content)) => view! { <Draft sheet=sheet content=content work=work classes=classes /> }.into_any(),
        (_, content) => {
            let reason = (!work.reason.is_empty()).then(|| view! { <p class="card">{text::reason(&work.reason)}</p> });
            view! {
                {reason}
                {content.map(|content| view! { <Said content=content heading=editing::work(work.act) classes=classes /> })}
                <CheckList kind=kind checks=sheet.checks editable=false />
            }
            .into_any()
        }
    })
}

#[component]
fn Draft(sheet: DeskSheet, content: Content, work: Work, classes: Vec<(String, String)>) -> impl IntoView {
    let (id, kind) = (sheet.id, sheet.kind);
    let version = sheet.version.to_string();
    let corrects = sheet.life.standing != Standing::Never;
    let (table, attachments) = (content.table.clone(), content.attachments.clone());
    let shown = crate::forms::Filled::current().shown("body", &content.body);
    let preview = Request::current().get("preview").map(|_| crate::markdown::render(&shown));
    let words = KeeperWords { saved: editing::AUTOSAVED.into(), unsaved: editing::NOT_SAVED.into() };
    view! {
        {matches!(kind, Kind::Bulletin | Kind::Register)
            .then(|| view! { <TableForm kind=kind id=id version=version.clone() table=table /> })}
        <Form id="draft" version=version.clone()>
            {corrects.then(|| view! {
                <TextArea name="reason" label=editing::REASON hint=editing::REASON_HINT value=work.reason.clone() rows=2 />
                <Checkbox name="hides_earlier" label=editing::HIDES checked=work.hides_earlier />
            })}
            <Fields content=content classes=classes />
            <Kept attachments=attachments id=id />
            <CheckList kind=kind checks=sheet.checks editable=true />
            <div class="buttons">
                <Submit label=editing::SAVE name="do" value="save" quiet=true />
                <Submit label=editing::PREVIEW name="do" value="preview" quiet=true />
                <Submit label=editing::SUBMIT name="do" value="submit" />
            </div>
        </Form>
        <DraftKeeper form="draft".to_owned() address=at(id, "/autosave") words=words />
        <Scripts />
        {preview.map(|html| view! {
            <section id="preview" aria-labelledby="preview-head" class="card said">
                <h2 id="preview-head">{editing::PREVIEW}</h2>
                <div class="prose" inner_html=html></div>
            </section>
        })}
        <Form action=at(id, "/attachments") multipart=true version=version>
            <FileField name="file" label=editing::ATTACH_FILES hint=editing::ATTACHMENTS_HINT accept=".pdf,.docx,.xlsx,.png,.jpg,.jpeg" multiple=true />
            <Submit label=editing::ATTACH quiet=true />
        </Form>
    }
    .into_any()
}

/// Attachments of the draft, each with a box to keep it.
#[component]
fn Kept(attachments: Vec<Attachment>, id: uuid::Uuid) -> impl IntoView {
    (!attachments.is_empty()).then(|| {
        let rows = attachments.into_iter().map(|file| {
            let box_id = format!("keep-{}", file.id);
            let href = at(id, &format!("/attachments/{}", file.id));
            view! {
                <li>
                    <input type="checkbox" id=box_id.clone() name="keep" value=file.id.to_string() checked=true />
                    <label for=box_id>{editing::KEEP_FILE}</label>
                    " " <a href=href>{file.name}</a> " " <small>{text::file(file.size, &file.sha256)}</small>
                </li>
            }
        });
        view! {
            <fieldset class="field files">
                <legend>{editing::ATTACHMENTS}</legend>
                <input type="hidden" name="files" value="listed" />
                <ul class="plain-list">{rows.collect_view()}</ul>
            </fieldset>
        }
        .into_any()
    })
}

#[component]
fn TableForm(kind: Kind, id: uuid::Uuid, version: String, table: Option<Table>) -> impl IntoView {
    let (heading, hint) = match kind {
        Kind::Register => (text::registers::TABLE, text::registers::FILE_HINT),
        _ => (editing::TABLE, editing::TABLE_HINT),
    };
    let told = table.map(|table| {
        let sentence = table_told(kind, &table);
        view! { <p>{sentence} " " <a href=at(id, "/table")>{editing::VIEW_TABLE}</a></p> }
    });
    view! {
        <section aria-labelledby="table" class="card">
            <h2 id="table">{heading}</h2>
            {told}
            <Form action=at(id, "/table") multipart=true version=version>
                <FileField name="table_file" label=editing::TABLE_FILE hint=hint accept=".xlsx,.xls,.csv,.html,.htm" />
                <Submit label=editing::READ_TABLE quiet=true />
            </Form>
        </section>
    }
    .into_any()
}

fn table_told(kind: Kind, table: &Table) -> String {
    match kind {
        Kind::Register => text::registers::table(&table.name, table.samples, table.errors),
        _ => editing::table(&table.name, table.samples, table.all.failed, table.errors),
    }
}

/// What a publication says, for reading.
#[component]
fn Said(content: Content, heading: &'static str, classes: Vec<(String, String)>) -> impl IntoView {
    let kind = content.kind;
    let facts = fields(kind).iter().filter(|field| !content.field(field.name).is_empty()).map(|field| {
        let value = content.field(field.name);
        let shown = match (field.holds, content.day(field.name)) {
            (Holds::Choice(_), _) => text::choice(field.name, value).to_owned(),
            (Holds::Day, Some(day)) => text::day(day),
            _ => classes.iter().find(|(code, _)| code == value).map_or(value, |(_, name)| name).to_owned(),
        };
        view! { <div><dt>{text::label(kind, field.name).to_owned()}</dt><dd class="text">{shown}</dd></div> }
    });
    let files = content.attachments.iter().map(|file| view! { <li>{file.name.clone()}</li> }).collect_view();
    let table = content.table.as_ref().map(|table| {
        view! { <p>{table_told(kind, table)}</p> }
    });
    let body = crate::markdown::render(&content.body);
    view! {
        <section aria-labelledby="said" class="card said">
            <h2 id="said">{heading}</h2>
            <p><strong>{content.title.clone()}</strong></p>
            <p class="meta"><span>{content.source.clone()}</span>{content.published_on.map(|day| view! { <span>{text::day(day)}</span> })}</p>
            <dl class="facts">{facts.collect_view()}</dl>
            {table}
            <div class="prose" inner_html=body></div>
            <ul>{files}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn History(sheet: DeskSheet) -> impl IntoView {
    let rows = sheet.revisions.into_iter().map(|revision| {
        view! {
            <li>
                <strong>{text::revision(revision.number, revision.act)}</strong> " "
                <span>{text::moment(revision.at)}</span> " " <span>{text::leaf(revision.place)}</span>
                {revision.reason.map(|reason| view! { " " <span>{text::reason(&reason)}</span> })}
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="history">
                <h2 id="history">{editing::HISTORY}</h2>
                <ol class="plain-list">{rows}</ol>
            </section>
        }
        .into_any()
    })
}
