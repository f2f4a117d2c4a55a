//! What stands around every page: skip link, head, breadcrumb, foot.

use leptos::prelude::*;

use super::portal;
use crate::{
    ports::Site,
    text::{self, zh},
};

/// A step of the way to a page.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Where it leads; the page itself leads nowhere
    pub href: Option<String>,
    /// What it is called
    pub name: String,
}

impl Crumb {
    /// A step that leads somewhere.
    pub fn to(href: &str, name: &str) -> Self {
        Self { href: Some(href.to_owned()), name: name.to_owned() }
    }

    /// The page itself.
    pub fn here(name: &str) -> Self {
        Self { href: None, name: name.to_owned() }
    }
}

/// The frame around a page.
#[component]
pub fn Frame(
    /// The way to the page without the home page; empty on the home page
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// Whether the head has its small search box (pages with a large one do without)
    #[prop(default = true)]
    search: bool,
    /// The page
    children: Children,
) -> impl IntoView {
    let site = portal().site;
    let name = if site.name.is_empty() { zh().site_name.to_owned() } else { site.name.clone() };
    view! {
        <a class="skip" href="#main">{zh().skip}</a>
        <header class="site-head">
            {site.demo.then(|| view! { <p class="demo-banner" role="note"><strong>{zh().demo}</strong> {zh().demo_why}</p> })}
            <div class="wrap">
                <a class="site-name" href="/"><Emblem />{name}</a>
                <nav aria-label=zh().nav>
                    <a href="/cases/new" class="first">{text::intake::TITLE}</a>
                    <a href="/cases/status">{text::intake::STATUS}</a>
                    <a href="/places">{text::place::TITLE}</a>
                    <a href="/bulletins">{zh().bulletins}</a>
                    <a href="/penalties">{zh().penalties}</a>
                    <a href="/recalls">{zh().recall}</a>
                    <a href="/warnings">{zh().warnings_nav}</a>
                    <a href="/publications">{zh().more}</a>
                    <a href="/search" class="wide-only">{zh().search}</a>
                </nav>
                {search.then(|| view! { <SmallSearch /> })}
            </div>
        </header>
        {(!crumbs.is_empty()).then(|| view! { <Breadcrumb crumbs=crumbs.clone() /> })}
        <main id="main" class="wrap">{children()}</main>
        <Foot site=(*site).clone() />
    }
}

#[component]
fn Emblem() -> impl IntoView {
    view! {
        <svg class="emblem" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
            <path d="M16 2 4 7v8c0 7.5 5 12.600 12 15 7-2.400 12-7.500 12-15V7z" fill="currentColor" />
            <path d="m10.500 16 4 4 7-8" fill="none" stroke="var(--surface)" stroke-width="2.600" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}

#[component]
fn SmallSearch() -> impl IntoView {
    view! {
        <form class="small-search" action="/search" role="search">
            <input type="search" name="q" aria-label=zh().search_label placeholder=zh().search_short autocomplete="off" />
            <button>{zh().search_button}</button>
        </form>
    }
}

#[component]
fn Breadcrumb(crumbs: Vec<Crumb>) -> impl IntoView {
    let steps = crumbs.into_iter().map(|crumb| match crumb.href {
        Some(href) => view! { <li><a href=href>{crumb.name}</a></li> }.into_any(),
        None => view! { <li aria-current="page">{crumb.name}</li> }.into_any(),
    });
    view! {
        <nav class="breadcrumb wrap" aria-label=zh().breadcrumb>
            <span aria-hidden="true">{zh().you_are_here}</span>
            <ol><li><a href="/">{zh().home}</a></li>{steps.collect_view()}</ol>
        </nav>
    }
}

/// The foot that a government site needs (domain 7.1). What the administrator left out is not shown, except what the
/// law asks for: that says that it is missing.
#[component]
fn Foot(site: Site) -> impl IntoView {
    let line = |label: &'static str, value: Option<String>| {
        value.filter(|value| !value.is_empty()).map(|value| view! { <span>{label}{value}</span> })
    };
    let icp = site.icp.clone().filter(|icp| !icp.is_empty());
    let code = site.site_code.clone().filter(|code| !code.is_empty());
    let police = site.police_record.clone().filter(|record| !record.is_empty());
    view! {
        <footer class="site-foot">
            <div class="wrap">
                <p class="meta">
                    {line(zh().host, Some(site.bureau.clone()))}
                    {line(zh().address, site.address.clone())}
                    {line(zh().phone, site.phone.clone())}
                </p>
                <p class="meta">
                    <span>{zh().site_code}{code.clone().unwrap_or_else(|| zh().missing.to_owned())}</span>
                    {match icp {
                        Some(icp) => view! { <a href="https://beian.miit.gov.cn/" rel="noopener">{icp}</a> }.into_any(),
                        None => view! { <span>{zh().icp}{zh().missing}</span> }.into_any(),
                    }}
                    {police.map(|record| view! {
                        <a href=format!("https://beian.mps.gov.cn/#/query/webSearch?code={record}") rel="noopener">{text::police(&record)}</a>
                    })}
                    {code.map(|code| view! {
                        <a href=format!("https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={code}") rel="noopener">{zh().find_faults}</a>
                    })}
                </p>
                <p class="meta">
                    <a href="/about">{zh().about}</a>
                    <a href="/publications">{zh().publications}</a>
                    <a href="/registers">{text::registers::TITLE}</a>
                    <a href="/schools">{text::place::SCHOOLS}</a>
                    <a href="/kitchens">{text::camera::TITLE}</a>
                    <a href="/statistics">{text::statistics::TITLE}</a>
                    <a href="/polls">{text::poll::LINK}</a>
                    <a href="/feeds/all.atom">{zh().feeds}</a>
                    <a href="/sitemap.xml">{zh().sitemap}</a>
                    <a href="/api/v1/openapi.json">{zh().api}</a>
                    <span>{zh().hotline}</span>
                </p>
            </div>
        </footer>
    }
}
