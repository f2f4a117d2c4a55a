//! Following something by mail: the form, and the pages behind the letters' codes. The document and routes are their own:
//! nothing here is kept by caches or listed, and no address holds a code that opens more than the end.

use leptos::prelude::*;
use leptos_meta::{Meta, Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use super::not_found::NotFoundPage;
use crate::{
    assets::{Scripts, sheets},
    domain::alert::{Pace, Topic},
    forms::{Choice, ErrorSummary, Filled, Form, Item, Kind as Input, Submit, TextField, field_id},
    islands::NumberFromAddress,
    parts::{Crumb, Frame, document, escaped},
    text::{alert as say, desk as words},
};

/// What the form is about, in context.
#[derive(Clone, Debug)]
pub struct AlertForm {
    /// What is to be followed
    pub topic: Topic,
    /// How it is called
    pub name: String,
}

/// What was just done to a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Looked at
    Opened,
    /// 确认
    Confirmed,
    /// Another pace
    Changed,
    /// 退订
    Ended,
}

/// A subscription, in context where its code was right.
#[derive(Clone, Debug)]
pub struct AlertShown {
    /// Its code as typed
    pub code: String,
    /// What is followed
    pub topic: Topic,
    /// How it is called
    pub name: String,
    /// How soon
    pub pace: Pace,
    /// Whether its owner confirmed it
    pub confirmed: bool,
    /// What was just done
    pub done: Done,
}

/// Code of an unsubscribe link, in context.
#[derive(Clone, Debug)]
pub struct EndCode(pub String);

/// Title and text of a page that only says something, in context.
#[derive(Clone, Copy, Debug)]
pub struct AlertMessage(pub (&'static str, &'static str));

/// The document around these pages.
pub fn alert_shell(_options: LeptosOptions) -> impl IntoView {
    document(sheets(|assets| vec![assets.forms_css.clone()]), || view! { <AlertApp /> })
}

/// The pages. Their routes are in `server::http::alerts`.
#[component]
fn AlertApp() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/alerts/new") view=NewPage ssr=SsrMode::Async />
                <Route path=path!("/alerts/sent") view=SentPage ssr=SsrMode::Async />
                <Route path=path!("/alerts/confirm") view=ConfirmPage ssr=SsrMode::Async />
                <Route path=path!("/alerts/manage") view=ManagePage ssr=SsrMode::Async />
                <Route path=path!("/alerts/unsubscribe") view=EndPage ssr=SsrMode::Async />
                <Route path=path!("/alerts/message") view=MessagePage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// What stands around each of these pages.
#[component]
fn Around(
    /// Title
    title: &'static str,
    /// The page
    children: Children,
) -> impl IntoView {
    let wrong = if Filled::current().is_refused() { words::TITLE_WRONG } else { "" };
    view! {
        <Title text=escaped(&format!("{wrong}{title}")) />
        <Meta name="robots" content="noindex, nofollow" />
        <Frame crumbs=vec![Crumb::here(title)] search=false>
            <div class="alerts">{children()}</div>
        </Frame>
    }
}

#[component]
fn MessagePage() -> impl IntoView {
    let AlertMessage((title, text)) = use_context().unwrap_or(AlertMessage(words::NOT_FOUND));
    view! {
        <Around title=title>
            <section class="message card"><h1>{title}</h1><p>{text}</p></section>
        </Around>
    }
    .into_any()
}

fn paces() -> Vec<Item> {
    Pace::ALL.map(|pace| Item::new(pace.code(), say::pace(pace)).hint(say::pace_hint(pace))).to_vec()
}

/// The form.
#[component]
fn NewPage() -> impl IntoView {
    let Some(AlertForm { topic, name }) = use_context::<AlertForm>() else {
        return view! { <MessagePage /> }.into_any();
    };
    let privacy = say::PRIVACY_TEXT.map(|line| view! { <li>{line}</li> });
    view! {
        <Around title=say::TITLE>
            <ErrorSummary />
            <h1>{say::TITLE}</h1>
            <p class="lead">{say::LEAD}</p>
            <dl class="facts"><div><dt>{say::WHAT}</dt><dd><a href=topic.page()>{name}</a></dd></div></dl>
            <Form action=topic.form()>
                <TextField name="mail" label=say::MAIL hint=say::MAIL_HINT kind=Input::Email maxlength=254 autocomplete="email" />
                <Choice name="pace" label=say::PACE items=paces() value=Pace::Now.code() />
                <Submit label=say::SEND />
            </Form>
            <section class="card" aria-labelledby="privacy">
                <h2 id="privacy">{say::PRIVACY}</h2>
                <ul>{privacy.into_iter().collect_view()}</ul>
            </section>
        </Around>
    }
    .into_any()
}

/// After the form: the same page whatever was sent.
#[component]
fn SentPage() -> impl IntoView {
    let lines = say::SENT_TEXT.map(|line| view! { <p>{line}</p> });
    view! {
        <Around title=say::SENT>
            <section class="message card"><h1>{say::SENT}</h1>{lines.into_iter().collect_view()}</section>
        </Around>
    }
    .into_any()
}

/// The letter's link leads here: one button. Only pressing it confirms; programs that open links don't press.
#[component]
fn ConfirmPage() -> impl IntoView {
    match use_context::<AlertShown>() {
        Some(shown) => view! { <Subscription shown=shown /> }.into_any(),
        None => {
            view! { <ByCode title=say::CONFIRM lead=say::CONFIRM_LEAD action="/alerts/confirm" button=say::CONFIRM /> }
                .into_any()
        }
    }
}

/// The code is asked for, or what it opens.
#[component]
fn ManagePage() -> impl IntoView {
    match use_context::<AlertShown>() {
        Some(shown) => view! { <Subscription shown=shown /> }.into_any(),
        None => view! { <ByCode title=say::MANAGE lead=say::MANAGE_LEAD action="/alerts/manage" button=say::OPEN /> }
            .into_any(),
    }
}

#[component]
fn ByCode(title: &'static str, lead: &'static str, action: &'static str, button: &'static str) -> impl IntoView {
    view! {
        <Around title=title>
            <ErrorSummary />
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            <Form action=action>
                <TextField name="code" label=say::CODE hint=say::CODE_HINT kind=Input::Code maxlength=60 />
                <Submit label=button />
            </Form>
            <NumberFromAddress field=field_id("code") />
        </Around>
        <Scripts />
    }
    .into_any()
}

/// What a code opens, and what can be done with it.
#[component]
fn Subscription(shown: AlertShown) -> impl IntoView {
    let title = match shown.done {
        Done::Opened => say::MANAGE,
        Done::Confirmed => say::CONFIRMED,
        Done::Changed => say::CHANGED,
        Done::Ended => say::ENDED,
    };
    if shown.done == Done::Ended {
        return view! { <Ended page=Some(shown.topic.page()) /> }.into_any();
    }
    let code = |code: String| view! { <input type="hidden" name="code" value=code autocomplete="off" /> };
    let (first, second) = (shown.code.clone(), shown.code.clone());
    let status = if shown.confirmed { say::IS_CONFIRMED } else { say::IS_UNCONFIRMED };
    let act = if shown.confirmed {
        view! {
            <Form action="/alerts/manage">
                {code(first)}
                <Choice name="pace" label=say::PACE items=paces() value=shown.pace.code() />
                <Submit label=say::SET_PACE name="do" value="pace" />
            </Form>
        }
        .into_any()
    } else {
        view! { <Form action="/alerts/confirm">{code(first)}<Submit label=say::CONFIRM /></Form> }.into_any()
    };
    view! {
        <Around title=title>
            <ErrorSummary />
            <div role="status"><h1>{title}</h1></div>
            <dl class="facts">
                <div><dt>{say::WHAT}</dt><dd><a href=shown.topic.page()>{shown.name.clone()}</a></dd></div>
                <div><dt>{say::PACE}</dt><dd>{say::pace(shown.pace)}</dd></div>
                <div><dt>{say::STATE}</dt><dd>{status}</dd></div>
            </dl>
            {act}
            <Form action="/alerts/manage">
                {code(second)}
                <Submit label=say::END name="do" value="end" danger=true />
            </Form>
        </Around>
    }
    .into_any()
}

#[component]
fn Ended(page: Option<String>) -> impl IntoView {
    let page = page.unwrap_or_else(|| Topic::All.page());
    view! {
        <Around title=say::ENDED>
            <section class="message card">
                <div role="status"><h1>{say::ENDED}</h1></div>
                <p>{say::ENDED_TEXT}</p>
                <p><a class="button quiet" href=page>{say::TO_PAGE}</a></p>
            </section>
        </Around>
    }
    .into_any()
}

/// The unsubscribe link in a browser: one button; after it, what ended.
#[component]
fn EndPage() -> impl IntoView {
    match use_context::<EndCode>() {
        Some(EndCode(code)) => {
            let action = format!("/alerts/unsubscribe?c={code}");
            view! {
                <Around title=say::END>
                    <h1>{say::END}</h1>
                    <p class="lead">{say::END_ASK}</p>
                    <Form action=action>
                        <Submit label=say::END name="List-Unsubscribe" value="One-Click" danger=true />
                    </Form>
                </Around>
            }
            .into_any()
        }
        None => view! { <Ended page=None /> }.into_any(),
    }
}
