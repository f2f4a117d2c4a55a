//! Where a case stands, what comes next and by when; then everything else.

use leptos::prelude::*;

use super::{
    Around, FollowView, STATUS,
    acts::{Acts, Key, Question},
    after::After,
    history::{Clocks, Events, Files, Looks, Written},
};
use crate::{
    assets::Scripts,
    domain::case::{REMEDIES, State},
    forms::{ErrorSummary, Filled, Form, Submit},
    pages::objections::DueDate,
    ports::Followed,
    text::{self, case, clock, follow as say, handling},
};

/// The whole page.
#[component]
pub fn CasePage(view: FollowView) -> impl IntoView {
    let followed = view.followed.clone();
    let line = followed.sheet.line.clone();
    let title = format!("{} {}", case::kind(line.case.kind), line.number);
    let takes_focus = !Filled::current().is_refused();
    let done =
        (!view.done.is_empty()).then(|| view! { <p class="card done" role="status">{say::done(&view.done)}</p> });
    view! {
        <Around title=title.clone()>
            <ErrorSummary />
            {done}
            <h1 tabindex="-1" autofocus=takes_focus>{case::kind(line.case.kind)} " " <span class="number">{line.number.clone()}</span></h1>
            <Standing followed=followed.clone() />
            <Question view=view.clone() />
            <Remedies state=line.case.state />
            <Events followed=followed.clone() />
            <Twin view=view.clone() />
            <Files view=view.clone() />
            <Acts view=view.clone() />
            <After view=view.clone() />
            <Take view=view.clone() />
            <Written followed=followed.clone() />
            <Clocks clocks=line.clocks.clone() />
            <Looks looks=followed.looks.clone() />
            <p class="note no-print">{say::LEAVE_NOTE}</p>
            <p class="no-print"><a class="button quiet" href=STATUS>{say::LEAVE}</a></p>
        </Around>
        <Scripts />
    }
    .into_any()
}

/// First what the citizen wants to know.
#[component]
fn Standing(followed: Followed) -> impl IntoView {
    let line = &followed.sheet.line;
    let (kind, state) = (line.case.kind, line.case.state);
    let result = handling::detail::result(line).map(|words| view! { <p><strong>{say::RESULT}</strong>{words}</p> });
    let next = match (line.next_due().cloned(), followed.left) {
        (Some(dated), Some(left)) => view! {
            <div class="next">
                <p><strong>{say::NEXT}</strong>{clock::step(dated.due.step)}</p>
                <DueDate due=dated.due left=say::left(left) />
            </div>
        }
        .into_any(),
        _ => view! { <p class="note">{say::NOTHING_NEXT}</p> }.into_any(),
    };
    let rows = [
        (handling::PARTY, line.party.clone()),
        (handling::RECEIVED, text::moment(line.received_at)),
        (handling::BUREAU, line.bureau.clone()),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = rows.map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).collect_view();
    view! {
        <section class="card standing">
            <p class="state-now">{case::state(kind, state)}</p>
            <p>{case::meaning(kind, state)}</p>
            {result}
            {next}
            <dl class="facts">{rows}</dl>
        </section>
    }
    .into_any()
}

/// The five other ways, where the bureau can't or does not go on (消法 art. 39).
#[component]
fn Remedies(state: State) -> impl IntoView {
    let lines = REMEDIES.map(|remedy| view! { <li>{case::remedy(remedy)}</li> });
    matches!(state, State::Refused | State::Ended).then(|| {
        view! {
            <section class="card" aria-labelledby="remedies">
                <h2 id="remedies" class="small">{say::REMEDIES}</h2>
                <ol>{lines.into_iter().collect_view()}</ol>
                <p class="note">{say::REMEDIES_BASIS}</p>
            </section>
        }
        .into_any()
    })
}

/// The other half: the same code opens it, so one button is enough.
#[component]
fn Twin(view: FollowView) -> impl IntoView {
    let number = view.followed.sheet.twin_number.clone();
    number.map(|number| {
        view! {
            <section aria-labelledby="twin" class="no-print">
                <h2 id="twin">{say::TWIN}</h2>
                <Form action=STATUS>
                    <input type="hidden" name="number" value=number.clone() autocomplete="off" />
                    <input type="hidden" name="code" value=view.code.clone() autocomplete="off" />
                    <Submit label=say::to_twin(&number) name="do" value="look" quiet=true />
                </Form>
            </section>
        }
        .into_any()
    })
}

/// The whole case as one signed file.
#[component]
fn Take(view: FollowView) -> impl IntoView {
    view! {
        <section aria-labelledby="take" class="card no-print">
            <h2 id="take">{say::TAKE}</h2>
            <p>{say::TAKE_NOTE}</p>
            <Form action="/cases/status/take">
                <Key view=view />
                <Submit label=say::TAKE_BUTTON />
            </Form>
            <p class="note">{say::TAKE_CHECK} " " <a href="/case/keys">{say::KEYS}</a></p>
        </section>
    }
    .into_any()
}
