//! Cameras at the desk.

use leptos::prelude::*;
use uuid::Uuid;

use super::{fields::CameraFields, list::PATH, strip::Strip};
use crate::{
    domain::staff::{Permission, Viewer},
    forms::{ErrorSummary, Form, Submit},
    parts::{CameraMark, Crumb, DeskFrame, Request, desk_refused, portal},
    ports::{CameraError, CameraFilter, DeskCamera, PortError},
    text::camera::{self as words, desk as say},
};

const CAMERAS: &str = "/desk/cameras";

/// What a look found, in context after an officer asked for one.
#[derive(Clone, Debug)]
pub struct Tried(pub String);

fn refused(error: CameraError) -> AnyView {
    match error {
        CameraError::Port(error) => desk_refused(&error),
        _ => desk_refused(&PortError::NotFound),
    }
}

fn filter(code: &str) -> CameraFilter {
    match code {
        "troubled" => CameraFilter::Troubled,
        "hidden" => CameraFilter::Hidden,
        "links" => CameraFilter::Links,
        _ => CameraFilter::All,
    }
}

/// All cameras.
#[component]
pub fn CamerasPage() -> impl IntoView {
    let (portal, viewer) = (portal(), use_context::<Viewer>());
    let asked = Request::current().get("show").unwrap_or_default().to_owned();
    Suspend::new(async move {
        let Some(viewer) = viewer else { return desk_refused(&PortError::NotFound) };
        let cameras = match portal.camera_desk.desk_cameras(&viewer, filter(&asked)).await {
            Ok(cameras) => cameras,
            Err(error) => return refused(error),
        };
        let tabs = say::FILTERS.map(|(code, name)| {
            let href = if code.is_empty() { CAMERAS.to_owned() } else { format!("{CAMERAS}?show={code}") };
            view! { <a href=href aria-current=(code == asked).then_some("page")>{name}</a> }
        });
        let is_empty = cameras.is_empty();
        let lines = cameras.into_iter().map(line).collect_view();
        view! {
            <DeskFrame title=say::CAMERAS crumbs=vec![Crumb::here(say::CAMERAS)]>
                <h1>{say::CAMERAS}</h1>
                <p class="lead">{say::LEAD}</p>
                {viewer.may(Permission::Write).then(|| view! { <Begin /> })}
                <nav class="tabs" aria-label=say::CAMERAS>{tabs}</nav>
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

/// The way to a new camera.
#[component]
fn Begin() -> impl IntoView {
    view! {
        <form class="camera-begin" action=format!("{CAMERAS}/new")>
            <label for="camera-operator">{say::NEW} "：" {say::OPERATOR}</label>
            <input id="camera-operator" name="operator" autocomplete="off" aria-describedby="camera-operator-hint" />
            <button>{say::OPEN}</button>
            <p class="hint" id="camera-operator-hint">{say::NEW_HOW}</p>
        </form>
    }
}

#[component]
fn Marks(stored: DeskCamera) -> impl IntoView {
    let publicity = if stored.public { say::PUBLIC } else { say::HIDDEN };
    let class = if stored.public { "state" } else { "state other" };
    view! {
        <p class="meta">
            {stored.camera.line.plays.then(|| view! { <CameraMark shown=stored.camera.line.shown long=true /> })}
            <span class=class>{publicity}</span>
            {(!stored.told).then(|| view! { <span class="state other">{say::NOT_TOLD}</span> })}
            {stored.camera.demo.then(|| view! { <span>{words::DEMO}</span> })}
        </p>
    }
}

fn line(stored: DeskCamera) -> impl IntoView {
    let id = stored.camera.line.id;
    let uptime = stored.camera.line.plays.then(|| words::uptime(stored.uptime.live, stored.uptime.expected));
    view! {
        <li class="card desk-line">
            <h2><a href=format!("{CAMERAS}/{id}")>{stored.operator_name.clone()} " · " {stored.camera.line.position.clone()}</a></h2>
            <Marks stored=stored.clone() />
            <p class="note">
                {say::hours(&stored.camera.hours)}
                {uptime.map(|uptime| view! { "；" {words::UPTIME} " " {uptime} })}
            </p>
        </li>
    }
}

/// A new camera.
#[component]
pub fn NewCameraPage() -> impl IntoView {
    let (portal, viewer) = (portal(), use_context::<Viewer>());
    let operator = Request::current().get("operator").and_then(|id| Uuid::try_parse(id.trim()).ok());
    Suspend::new(async move {
        let Some(viewer) = viewer else { return desk_refused(&PortError::NotFound) };
        let Some(operator) = operator else { return unknown_operator().into_any() };
        let name = match portal.camera_desk.operator_name(&viewer, operator).await {
            Ok(name) => name,
            Err(CameraError::Port(PortError::NotFound)) => return unknown_operator().into_any(),
            Err(error) => return refused(error),
        };
        let crumbs = vec![Crumb::to(CAMERAS, say::CAMERAS), Crumb::here(say::NEW)];
        view! {
            <DeskFrame title=say::NEW crumbs=crumbs>
                <ErrorSummary />
                <h1>{say::NEW} "：" {name}</h1>
                <Form action=format!("{CAMERAS}/new?operator={operator}")>
                    <CameraFields stored=None />
                    <Submit label=say::SAVE />
                </Form>
            </DeskFrame>
        }
        .into_any()
    })
}

fn unknown_operator() -> impl IntoView {
    let crumbs = vec![Crumb::to(CAMERAS, say::CAMERAS), Crumb::here(say::NEW)];
    view! {
        <DeskFrame title=say::NEW crumbs=crumbs>
            <h1>{say::NEW}</h1>
            <p class="card message">{say::NO_OPERATOR}</p>
            <Begin />
        </DeskFrame>
    }
}

/// One camera.
#[component]
pub fn CameraPage() -> impl IntoView {
    let (portal, viewer) = (portal(), use_context::<Viewer>());
    let (id, tried) = (Request::current().id(), use_context::<Tried>());
    Suspend::new(async move {
        let (Some(viewer), Some(id)) = (viewer, id) else { return desk_refused(&PortError::NotFound) };
        let stored = match portal.camera_desk.desk_camera(&viewer, id).await {
            Ok(stored) => stored,
            Err(error) => return refused(error),
        };
        let title = format!("{} · {}", stored.operator_name, stored.camera.line.position);
        let crumbs = vec![Crumb::to(CAMERAS, say::CAMERAS), Crumb::here(&title)];
        let public = format!("{PATH}/{}", stored.camera.line.operator);
        let version = stored.version.to_string();
        let writes = viewer.may(Permission::Write);
        let strip = stored.camera.line.plays.then(|| {
            view! { <Strip days=stored.camera.days.clone() today=stored.camera.today name=stored.camera.line.position.clone() /> }
        });
        view! {
            <DeskFrame title=title.clone() crumbs=crumbs>
                <ErrorSummary />
                <h1>{title}</h1>
                <section class="card" aria-labelledby="state">
                    <h2 id="state">{words::NOW}</h2>
                    <Marks stored=stored.clone() />
                    <p class="meta">
                        <span>{words::LOOKED_AT} " " {words::looked(stored.camera.looked_at)}</span>
                        {stored.written_by.clone().map(|name| view! { <span>{say::WRITTEN_BY}{name}</span> })}
                        {stored.public.then(|| view! { <a href=public>{say::PUBLIC_PAGE}</a> })}
                    </p>
                    {strip}
                </section>
                <section aria-labelledby="try">
                    <h2 id="try">{say::TRY}</h2>
                    <p class="lead">{say::TRY_LEAD}</p>
                    {tried.map(|Tried(words)| view! { <p class="card" role="status">{words}</p> })}
                    <Form action=format!("{CAMERAS}/{id}/try")><Submit label=say::TRY_GO quiet=true /></Form>
                </section>
                <Publicity stored=stored.clone() viewer=viewer />
                {writes.then(|| view! {
                    <section aria-labelledby="change">
                        <h2 id="change">{say::CHANGE}</h2>
                        <Form action=format!("{CAMERAS}/{id}") version=version>
                            <CameraFields stored=Some(stored) />
                            <Submit label=say::SAVE />
                        </Form>
                    </section>
                })}
            </DeskFrame>
        }
        .into_any()
    })
}

/// Making it public, taking it away, deleting it.
#[component]
fn Publicity(stored: DeskCamera, viewer: Viewer) -> impl IntoView {
    let at = |act: &str| format!("{CAMERAS}/{}/{act}", stored.camera.line.id);
    let version = stored.version.to_string();
    let may_show = viewer.may(Permission::Review) && !stored.public;
    let may_delete = viewer.may(Permission::Write) && !stored.public;
    view! {
        <section aria-labelledby="public">
            <h2 id="public">{say::PUBLICITY}</h2>
            {stored.public.then(|| view! {
                <Form action=at("hide") version=version.clone()><Submit label=say::HIDE danger=true /></Form>
            })}
            {may_show.then(|| view! {
                <p class="lead">{say::SHOW_LEAD}</p>
                <Form action=at("show") version=version.clone()><Submit label=say::SHOW /></Form>
            })}
            {(!stored.public && !may_show).then(|| view! { <p class="lead">{say::SHOW_BY_OTHER}</p> })}
            {may_delete.then(|| view! {
                <p class="note">{say::DELETE_NOTE}</p>
                <Form action=at("delete") version=version.clone()><Submit label=say::DELETE danger=true /></Form>
            })}
        </section>
    }
}
