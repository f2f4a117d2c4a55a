//! What the citizen can do while the case runs, and always.

use leptos::prelude::*;

use super::{Around, FollowView, STATUS};
use crate::{
    domain::{
        case::{Act, Kind, LONGEST_SAID, State},
        evidence::ACCEPT,
    },
    forms::{ErrorSummary, Filled, Form, Submit, TextArea, error_id, field_id},
    islands::Uploader,
    pages::{handling::Own, objections::paragraphs},
    text::{case, evidence, follow as say},
};

/// Number and code, which each form sends again.
#[component]
pub fn Key(view: FollowView) -> impl IntoView {
    view! {
        <input type="hidden" name="number" value=view.followed.sheet.line.number autocomplete="off" />
        <input type="hidden" name="code" value=view.code autocomplete="off" />
    }
}

/// A form of the page: what it does, on which version.
#[component]
pub fn ActForm(
    /// The view
    view: FollowView,
    /// What is done
    code: &'static str,
    /// It has files
    #[prop(optional)]
    multipart: bool,
    /// Fields and buttons
    children: ChildrenFn,
) -> impl IntoView {
    let version = view.followed.sheet.line.version.to_string();
    view! {
        <Own code=code>
            <Form action=STATUS version=version multipart=multipart>
                <Key view=view.clone() />
                <input type="hidden" name="do" value=code autocomplete="off" />
                {children()}
            </Form>
        </Own>
    }
    .into_any()
}

/// What the officer asked for last, while it is not answered.
#[component]
pub fn Question(view: FollowView) -> impl IntoView {
    let sheet = &view.followed.sheet;
    let asked = sheet.events.iter().rfind(|event| event.act == Some(Act::Ask)).and_then(|event| event.said.clone());
    let asked = asked.filter(|_| sheet.line.case.state == State::Asked);
    asked.map(|asked| {
        view! {
            <section class="card warn" aria-labelledby="question">
                <h2 id="question" class="small">{say::QUESTION}</h2>
                <div class="prose">{paragraphs(&asked)}</div>
                <p><a class="button" href="#supplement">{say::ANSWER_NOW}</a></p>
            </section>
        }
        .into_any()
    })
}

/// All that can be done.
#[component]
pub fn Acts(view: FollowView) -> impl IntoView {
    let acts = view.followed.sheet.acts.clone();
    let may = |act: Act| acts.contains(&act);
    let (one, two, three, four) = (view.clone(), view.clone(), view.clone(), view.clone());
    view! {
        <section aria-labelledby="can-do" class="no-print follow-acts">
            <h2 id="can-do">{say::CAN_DO}</h2>
            {may(Act::Supplement).then(|| view! { <Supplement view=one /> })}
            {may(Act::Message).then(|| view! { <Message view=two /> })}
            <Withdraw view=three may=may(Act::Withdraw) />
            <News view=four />
        </section>
    }
    .into_any()
}

#[component]
fn Supplement(view: FollowView) -> impl IntoView {
    let is_asked = view.followed.sheet.line.case.state == State::Asked;
    let heading = if is_asked { say::ANSWER } else { say::SUPPLEMENT };
    let inner = view.clone();
    view! {
        <div class="card" id="supplement">
            <h3>{heading}</h3>
            <ActForm view=view code="supplement" multipart=true>
                <TextArea
                    name="supplement_said"
                    label=say::SUPPLEMENT_TEXT
                    hint=say::SUPPLEMENT_HINT
                    rows=5
                    optional=true
                    maxlength=u32::try_from(LONGEST_SAID).unwrap_or(4000)
                />
                <AddFiles view=inner.clone() />
                <Submit label=say::SEND />
            </ActForm>
        </div>
    }
    .into_any()
}

/// Files: with script they are sent while one writes; without, with the form.
#[component]
fn AddFiles(view: FollowView) -> impl IntoView {
    let error = Filled::current().error("files").map(str::to_owned);
    let waiting = view.waiting.clone().into_iter().map(|file| {
        let state = if file.is_ready { evidence::READY.to_owned() } else { file.why };
        view! { <li>{file.name} " " <small>{state}</small></li> }
    });
    let waiting = (!view.waiting.is_empty()).then(|| waiting.collect_view());
    let class = if error.is_some() { "field wrong" } else { "field" };
    view! {
        <div class=class>
            <p class="hint">{view.limits.clone()}</p>
            <p class="hint">{evidence::CLEANED}</p>
            {error.map(|error| view! { <p class="error" id=error_id("files")>{error}</p> })}
            <Uploader
                basket=view.basket.clone()
                name="files".to_owned()
                id=field_id("files")
                accept=ACCEPT.to_owned()
                words=evidence::uploader()
            />
            <noscript>{waiting.map(|lines| view! { <ul class="basket">{lines}</ul> })}</noscript>
        </div>
    }
    .into_any()
}

#[component]
fn Message(view: FollowView) -> impl IntoView {
    view! {
        <div class="card">
            <h3>{say::MESSAGE}</h3>
            <ActForm view=view code="message">
                <TextArea name="message_said" label=say::SUPPLEMENT_TEXT hint=say::MESSAGE_HINT rows=4 maxlength=u32::try_from(LONGEST_SAID).unwrap_or(4000) />
                <Submit label=say::SEND quiet=true />
            </ActForm>
        </div>
    }
    .into_any()
}

/// A complaint: leads to a page that asks. A report: why not.
#[component]
fn Withdraw(view: FollowView, may: bool) -> impl IntoView {
    let case = &view.followed.sheet.line.case;
    if case.kind == Kind::Report {
        return case.state.is_open().then(|| view! { <p class="card note">{say::NO_WITHDRAW}</p> }).into_any();
    }
    if !may {
        return ().into_any();
    }
    let means = say::withdraw_means(case.state);
    view! {
        <div class="card">
            <h3>{say::WITHDRAW}</h3>
            <p>{means}</p>
            <ActForm view=view code="ask_withdraw"><Submit label=say::WITHDRAW_ASK quiet=true /></ActForm>
        </div>
    }
    .into_any()
}

/// Whether letters are sent.
#[component]
fn News(view: FollowView) -> impl IntoView {
    let (wants, kind) = (view.followed.sheet.line.wants_news, view.followed.sheet.line.case.kind);
    let only_said = |said| view! { <div class="card"><h3>{say::NEWS}</h3><p>{said}</p></div> }.into_any();
    let (said, label, value) = match (view.followed.has_mail, wants) {
        (false, _) => return only_said(say::NO_MAIL),
        (true, _) if kind == Kind::Complaint => return only_said(say::NEWS_ALWAYS),
        (true, true) => (say::NEWS_ON, say::NEWS_STOP, "no"),
        (true, false) => (say::NEWS_OFF, say::NEWS_START, "yes"),
    };
    view! {
        <div class="card">
            <h3>{say::NEWS}</h3>
            <p>{said}</p>
            <ActForm view=view code="news"><Submit label=label name="news" value=value quiet=true /></ActForm>
        </div>
    }
    .into_any()
}

/// The page that asks before a complaint is withdrawn.
#[component]
pub fn AskPage(view: FollowView) -> impl IntoView {
    let case = view.followed.sheet.line.case.clone();
    let number = view.followed.sheet.line.number.clone();
    let stays = say::WITHDRAW_STAYS.map(|line| view! { <li>{line}</li> });
    let back = view.clone();
    view! {
        <Around title=say::WITHDRAW_TITLE>
            <ErrorSummary />
            <h1 tabindex="-1" autofocus>{say::WITHDRAW_TITLE}</h1>
            <p>{case::kind(case.kind)} " " <span class="number">{number}</span></p>
            <p class="card warn">{say::withdraw_means(case.state)}</p>
            <ul>{stays.into_iter().collect_view()}</ul>
            <ActForm view=view code="withdraw">
                <TextArea name="withdraw_said" label=say::WITHDRAW_WHY rows=3 optional=true maxlength=500 />
                <Submit label=say::WITHDRAW_YES danger=true />
            </ActForm>
            <ActForm view=back code="look"><Submit label=say::WITHDRAW_NO quiet=true /></ActForm>
        </Around>
    }
    .into_any()
}
