//! Everything once more, each part with the way to change it, before it is sent.

use leptos::prelude::*;

use super::{
    IntakeFiles, IntakeView,
    around::{Around, FORM, Heading},
};
use crate::{
    assets::Scripts,
    domain::{
        case::{Problem, Wanted},
        intake::{Draft, Step},
    },
    forms::{Form, Submit, field_id},
    islands::ProofOfWork,
    text::{self, intake as say},
};

/// A line: field, what it is called.
type Line = (&'static str, &'static str);

/// Parts of the summary: step, heading, lines. A name that is asked for first in its part stands for it.
const PARTS: [(Step, &[Line]); 5] = [
    (
        Step::Party,
        &[
            ("party", say::PARTY),
            ("party_address", say::PARTY_ADDRESS),
            ("platform", say::PLATFORM),
            ("shop", say::SHOP),
        ],
    ),
    (Step::Problem, &[("problem", say::PROBLEM)]),
    (
        Step::Story,
        &[
            ("story", say::STORY),
            ("clue", say::CLUE),
            ("day", say::DAY),
            ("product", say::PRODUCT),
            ("lot", say::LOT),
            ("amount", say::AMOUNT),
            ("order", say::ORDER),
        ],
    ),
    (Step::Request, &[("request", say::REQUEST)]),
    (
        Step::Who,
        &[
            ("name", say::NAME),
            ("phone", say::PHONE),
            ("address", say::ADDRESS),
            ("mail", say::MAIL),
            ("news", say::NEWS),
            ("agent_name", say::AGENT_NAME),
            ("agent_phone", say::AGENT_PHONE),
            ("agent_address", say::AGENT_ADDRESS),
            ("joint", say::JOINT_NAMES),
        ],
    ),
];

/// The summary and the button that sends it.
#[component]
pub fn CheckPage() -> impl IntoView {
    let IntakeView { draft, challenge, .. } = IntakeView::current();
    let wanted = draft.wanted();
    let way = Step::way(wanted);
    let parts = PARTS.into_iter().filter(|(step, _)| way.contains(step));
    let parts = parts.map(|(step, lines)| view! { <Part step=step lines=lines draft=draft.clone() /> });
    let parts = parts.collect_view();
    view! {
        <Around title=say::heading(Step::Check, wanted)>
            <Heading />
            <p class="lead">{say::CHECK_LEAD}</p>
            <What draft=draft />
            {parts}
            {use_context::<IntakeFiles>().map(|files| view! { <Files files=files /> })}
            <Form id=FORM action="/cases/new/check">
                <input type="hidden" name="challenge" value=challenge.clone() autocomplete="off" />
                <ProofOfWork form=FORM.to_owned() name="proof".to_owned() challenge=challenge />
                <p>{wanted.map(say::will_make)}</p>
                <div class="buttons">
                    <Submit label=say::SEND name="go" value="send" />
                    <Submit label=say::BACK name="go" value="back" quiet=true />
                </div>
            </Form>
            <aside class="kept-note">
                <p class="note">{say::KEPT}</p>
                <p class="note">{say::ALSO}</p>
                <Form action="/cases/new/discard"><Submit label=say::DISCARD quiet=true /></Form>
            </aside>
        </Around>
        <Scripts />
    }
    .into_any()
}

#[component]
fn Files(files: IntakeFiles) -> impl IntoView {
    let heading = say::heading(Step::Evidence, None);
    let ready: Vec<_> = files.lines.into_iter().filter(|line| line.is_ready).collect();
    let count = say::files_ready(ready.len());
    let names = ready.into_iter().map(|line| view! { <li>{line.name}</li> });
    view! {
        <section class="card part" aria-labelledby="part-evidence">
            <div class="section-head">
                <h2 id="part-evidence" class="small">{heading}</h2>
                <a href="/cases/new/evidence?then=check">{say::CHANGE}<span class="sr-only">{heading}</span></a>
            </div>
            <p>{count}</p>
            <ul>{names.collect_view()}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn What(draft: Draft) -> impl IntoView {
    let said = match draft.wanted() {
        Some(Wanted { complaint: true, report: true }) => say::BOTH,
        Some(Wanted { complaint: true, .. }) => text::case::kind(crate::domain::case::Kind::Complaint),
        Some(_) => text::case::kind(crate::domain::case::Kind::Report),
        None => say::EMPTY,
    };
    view! {
        <section class="card part" aria-labelledby="part-what">
            <div class="section-head">
                <h2 id="part-what" class="small">{say::heading(Step::What, None)}</h2>
                <a id=field_id("want") href="/cases/new?then=check">{say::CHANGE}<span class="sr-only">{say::heading(Step::What, None)}</span></a>
            </div>
            <p>{said}</p>
        </section>
    }
    .into_any()
}

#[component]
fn Part(step: Step, lines: &'static [Line], draft: Draft) -> impl IntoView {
    let heading = say::heading(step, draft.wanted());
    let title = format!("part-{}", step.code());
    let href = format!("{}?then=check", step.path());
    let is_anonymous = step == Step::Who && is_anonymous(&draft);
    let has_agent = draft.get("agent") == "yes";
    let lines = lines.iter().filter(|(name, _)| !is_anonymous || *name == "news");
    let lines = lines.filter(|(name, _)| has_agent || !name.starts_with("agent_"));
    let lines =
        lines.map(|(name, label)| view! { <Shown name=name label=label draft=draft.clone() href=href.clone() /> });
    view! {
        <section class="card part" aria-labelledby=title.clone()>
            <div class="section-head">
                <h2 id=title.clone() class="small">{heading}</h2>
                <a href=href.clone()>{say::CHANGE}<span class="sr-only">{heading}</span></a>
            </div>
            {is_anonymous.then_some(view! { <p>{say::IS_ANONYMOUS}</p> })}
            <dl class="facts">{lines.collect_view()}</dl>
        </section>
    }
    .into_any()
}

fn is_anonymous(draft: &Draft) -> bool {
    draft.get("anonymous") == "yes" && draft.wanted().is_some_and(|wanted| !wanted.complaint)
}

/// One line. What is empty is shown only where it is missed; then it leads to where it is asked for.
#[component]
fn Shown(name: &'static str, label: &'static str, draft: Draft, href: String) -> impl IntoView {
    let error = crate::forms::Filled::current().error(name).map(str::to_owned);
    let typed = draft.get(name).to_owned();
    if typed.is_empty() && error.is_none() {
        return ().into_any();
    }
    let said = match name {
        "problem" => Problem::from_code(&typed).map_or("", text::case::problem).to_owned(),
        "news" => say::NEWS_CHOICES.iter().find(|(value, _)| *value == typed).map_or("", |(_, words)| words).to_owned(),
        _ => typed,
    };
    let wrong = error.map(|error| view! { <a class="error" id=field_id(name) href=href>{error}</a> });
    view! { <div><dt>{label}</dt><dd>{wrong}<span class="typed">{said}</span></dd></div> }.into_any()
}
