//! What stands around every page of the desk: who is signed in, where one may go, where one is.

use leptos::prelude::*;

use super::{Crumb, Request, portal, request::set_status, seo::PrivateHead};
use crate::{
    domain::staff::{Permission, Viewer},
    forms::{Form, Submit},
    pages::error_words,
    ports::PortError,
    text::{calendar as say, camera, desk, editing, handling, objection, operator, poll, zh},
};

/// The desk's parts: address, name, what one needs to see it. A new part is one line here.
pub const DESK_PARTS: [(&str, &str, Permission); 11] = [
    ("/desk/publications", editing::PUBLICATIONS, Permission::SeeDesk),
    ("/desk/cameras", camera::desk::CAMERAS, Permission::SeeDesk),
    ("/desk/operators", operator::DESK, Permission::Write),
    ("/desk/cases", handling::CASES, Permission::HandleCases),
    ("/desk/objections", objection::DESK, Permission::HandleCases),
    ("/desk/replies", objection::REVIEW, Permission::Review),
    ("/desk/publicity", handling::PUBLICITY_REVIEW, Permission::Review),
    ("/desk/polls", poll::desk::DESK, Permission::SeeDesk),
    ("/desk/calendar", say::CALENDAR, Permission::LeadCases),
    ("/desk/accounts", desk::ACCOUNTS, Permission::ManageAccounts),
    ("/desk/audit", desk::AUDIT, Permission::ReadAudit),
];

/// The frame around a page of the desk. Never indexed, never cached.
#[component]
pub fn DeskFrame(
    /// Title of the page
    #[prop(into)]
    title: String,
    /// The way to the page without the desk itself; empty on the desk's first page and before signing in
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// The page
    children: Children,
) -> impl IntoView {
    let site = portal().site;
    let name = if site.name.is_empty() { zh().site_name.to_owned() } else { site.name.clone() };
    let viewer = use_context::<Viewer>();
    view! {
        <PrivateHead title=format!("{title}_{}_{name}", desk::DESK) />
        <a class="skip" href="#main">{zh().skip}</a>
        <header class="desk-head">
            <div class="wrap">
                <p class="desk-name"><a href="/desk">{desk::DESK}</a><span class="note">{name}</span></p>
                {viewer.map(|viewer| view! { <SignedIn viewer=viewer /> })}
            </div>
        </header>
        {(!crumbs.is_empty()).then(|| view! { <Way crumbs=crumbs.clone() /> })}
        <main id="main" class="wrap desk">{children()}</main>
    }
}

#[component]
fn SignedIn(viewer: Viewer) -> impl IntoView {
    let here = Request::current().path;
    let current = move |href: &str| (here == href || here.starts_with(&format!("{href}/"))).then_some("page");
    let own = current("/desk/account");
    let parts = DESK_PARTS.into_iter().filter(|(.., permission)| viewer.may(*permission)).map(|(href, name, _)| {
        let current = current(href);
        view! { <a href=href aria-current=current>{name}</a> }
    });
    view! {
        <nav aria-label=desk::PARTS>{parts.collect_view()}</nav>
        <div class="desk-who">
            <a href="/desk/account" aria-current=own>{viewer.name.clone()}</a>
            <Form action="/desk/logout"><Submit label=desk::SIGN_OUT quiet=true /></Form>
        </div>
    }
}

#[component]
fn Way(crumbs: Vec<Crumb>) -> impl IntoView {
    let steps = crumbs.into_iter().map(|crumb| match crumb.href {
        Some(href) => view! { <li><a href=href>{crumb.name}</a></li> }.into_any(),
        None => view! { <li aria-current="page">{crumb.name}</li> }.into_any(),
    });
    view! {
        <nav class="breadcrumb wrap" aria-label=zh().breadcrumb>
            <span aria-hidden="true">{zh().you_are_here}</span>
            <ol><li><a href="/desk">{desk::DESK}</a></li>{steps.collect_view()}</ol>
        </nav>
    }
}

/// A page in place of one that can't be given, with its status.
pub fn desk_refused(error: &PortError) -> AnyView {
    let (title, text) = match set_status(error) {
        404 => desk::NOT_FOUND,
        status => error_words(status),
    };
    view! {
        <DeskFrame title=title>
            <section class="message"><h1>{title}</h1><p>{text}</p><p><a class="button" href="/desk">{desk::BACK}</a></p></section>
        </DeskFrame>
    }
    .into_any()
}
