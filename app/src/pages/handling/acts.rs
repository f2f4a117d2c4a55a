//! What may be done now: one small form an act, with exactly what the rule needs.

use leptos::prelude::*;
use uuid::Uuid;

use super::{
    CASES,
    form::{ActForm, Own, field},
};
use crate::{
    domain::{
        case::{Act, EndGround, Kind, Outcome, REMEDIES, Receiver, RefusalGround},
        clock::PauseReason,
    },
    forms::{Choice, Form, Item, Kind as Input, Select, Submit, TextArea, TextField},
    parts::portal,
    ports::CaseSheet,
    text::{case, handling as say},
};

/// Acts in the order in which an officer meets them.
const ORDER: [Act; 25] = [
    Act::Accept,
    Act::Refuse,
    Act::Ask,
    Act::Check,
    Act::File,
    Act::DontFile,
    Act::Invite,
    Act::Settle,
    Act::End,
    Act::Told,
    Act::Resume,
    Act::Pause,
    Act::Decide,
    Act::ApproveExtension,
    Act::DenyExtension,
    Act::AskExtension,
    Act::Transfer,
    Act::Redirect,
    Act::Merge,
    Act::FindClue,
    Act::Message,
    Act::Note,
    Act::HandOver,
    Act::Assign,
    Act::Reopen,
];

/// All that may be done.
#[component]
pub fn Acts(sheet: CaseSheet, officers: Vec<(Uuid, String)>, viewer: Uuid) -> impl IntoView {
    let acts = sheet.acts.clone();
    let take = acts.contains(&Act::Take).then(|| take(&sheet));
    let forms = ORDER.into_iter().filter(|act| acts.contains(act));
    let forms = forms.map(|act| one(act, &sheet, &officers, viewer)).collect_view();
    let nothing = acts.is_empty().then(|| view! { <p class="note">{say::NO_ACTS}</p> });
    view! {
        <section aria-labelledby="acts" class="case-acts">
            <h2 id="acts">{say::ACTS}</h2>
            {nothing}
            {take}
            {forms}
        </section>
    }
    .into_any()
}

/// Nothing is asked for: one button.
fn take(sheet: &CaseSheet) -> AnyView {
    let action = format!("{CASES}/{}/act", sheet.line.id);
    let version = sheet.line.version.to_string();
    let hint = say::act_hint(Act::Take, sheet.line.case.kind, sheet.line.case.rule);
    view! {
        <div class="card act">
            <Own code="take">
                <Form action=action version=version>
                    <p class="note">{hint}</p>
                    <Submit label=case::act(Act::Take) name="do" value=Act::Take.code() />
                </Form>
            </Own>
        </div>
    }
    .into_any()
}

fn one(act: Act, sheet: &CaseSheet, officers: &[(Uuid, String)], viewer: Uuid) -> AnyView {
    let line = sheet.line.clone();
    let hint = say::act_hint(act, line.case.kind, line.case.rule);
    let (kind, rule) = (line.case.kind, line.case.rule);
    let officers = officers.to_vec();
    let owner = line.case.officer;
    view! {
        <ActForm act=act line=line hint=hint>
            {match act {
                Act::Assign => assign(&officers, owner, viewer),
                Act::HandOver => hand_over(),
                Act::Refuse => {
                    let grounds = RefusalGround::ALL.into_iter().filter(|ground| ground.item(rule).is_some());
                    let items = grounds.map(|ground| Item::new(ground.code(), say::detail::short_refusal_ground(ground, rule)).hint(say::refusal_help(ground)));
                    choice(act, "ground", say::GROUND, items.collect())
                }
                Act::End => {
                    let grounds = EndGround::ALL.into_iter().filter(|ground| ground.item(rule).is_some());
                    let items = grounds.map(|ground| Item::new(ground.code(), say::detail::short_end_ground(ground, rule)).hint(say::end_help(ground)));
                    choice(act, "ground", say::GROUND, items.collect())
                }
                Act::Invite => invite(),
                Act::Pause => choice(act, "reason", say::PAUSE_REASON, pauses(kind)),
                Act::Settle => {
                    let items = say::detail::SETTLEMENTS.map(|(one, code)| Item::new(code, say::settlement(one)));
                    choice(act, "kind", say::SETTLEMENT, items.to_vec())
                }
                Act::Decide => {
                    let items = Outcome::ALL.map(|one| Item::new(one.code(), case::outcome(one)));
                    choice(act, "outcome", say::OUTCOME, items.to_vec())
                }
                Act::Transfer => transfer(),
                Act::Redirect => view! {
                    <TextField name=field(act, "bureau") label=say::COMPETENT maxlength=100 />
                }.into_any(),
                Act::Merge => view! {
                    <TextField name=field(act, "number") label=say::INTO hint=say::INTO_HINT maxlength=40 />
                }.into_any(),
                _ => ().into_any(),
            }}
            {said(act)}
            {matches!(act, Act::Refuse | Act::End).then(remedies)}
        </ActForm>
    }
    .into_any()
}

/// What is said with an act; needed where the rule needs it.
fn said(act: Act) -> AnyView {
    let is_silent = matches!(act, Act::Assign | Act::Merge | Act::Resume | Act::Check | Act::ApproveExtension);
    if is_silent {
        return ().into_any();
    }
    view! {
        <TextArea
            name=field(act, "said")
            label=say::said_label(act)
            hint=say::said_hint(act)
            optional=!act.says()
            rows=4
            maxlength=4000
        />
    }
    .into_any()
}

fn choice(act: Act, name: &str, label: &'static str, items: Vec<Item>) -> AnyView {
    view! { <Choice name=field(act, name) label=label items=items /> }.into_any()
}

/// What stops a clock of this kind (order 121 art. 21, 22).
fn pauses(kind: Kind) -> Vec<Item> {
    let of_complaints = [PauseReason::Appraisal, PauseReason::Testing, PauseReason::Recusal];
    let stops = |reason: PauseReason| match kind {
        Kind::Complaint => of_complaints.contains(&reason),
        Kind::Report => PauseReason::OF_CASES.contains(&reason),
    };
    let known = say::detail::PAUSES.into_iter().filter(|(reason, _)| stops(*reason));
    known.map(|(reason, code)| Item::new(code, say::pause(reason))).collect()
}

fn assign(officers: &[(Uuid, String)], owner: Option<Uuid>, viewer: Uuid) -> AnyView {
    let mut items = vec![Item::new("", say::CHOOSE)];
    let others = officers.iter().filter(|(id, _)| Some(*id) != owner);
    items.extend(others.map(|(id, name)| {
        let is_self = if *id == viewer { "（我）" } else { "" };
        Item::new(id.to_string(), format!("{name}{is_self}"))
    }));
    view! { <Select name=field(Act::Assign, "to") label=say::ASSIGN_TO items=items /> }.into_any()
}

/// One of the bureaus that the settings name, or any other by name.
fn hand_over() -> AnyView {
    let bureaus = portal().site.bureaus.clone();
    let name = field(Act::HandOver, "bureau");
    if bureaus.is_empty() {
        return view! { <TextField name=name label=say::TO_BUREAU maxlength=100 /> }.into_any();
    }
    let mut items = vec![Item::new("", say::CHOOSE)];
    items.extend(bureaus.into_iter().map(|bureau| Item::new(bureau.clone(), bureau)));
    items.push(Item::new("other", say::OTHER_BUREAU));
    view! {
        <Select name=name label=say::TO_BUREAU items=items />
        <TextField name=field(Act::HandOver, "other") label=say::OTHER_BUREAU_NAME optional=true maxlength=100 />
    }
    .into_any()
}

fn invite() -> AnyView {
    let modes = say::MODES.map(|(code, name)| Item::new(code, name)).to_vec();
    view! {
        <Choice name=field(Act::Invite, "mode") label=say::MODE items=modes />
        <TextField name=field(Act::Invite, "time") label=say::TIME kind=Input::DateTime />
        <TextField name=field(Act::Invite, "place") label=say::PLACE hint=say::PLACE_HINT maxlength=100 />
        <TextField name=field(Act::Invite, "mediators") label=say::MEDIATORS hint=say::MEDIATORS_HINT maxlength=100 />
    }
    .into_any()
}

fn transfer() -> AnyView {
    let items = Receiver::ALL.map(|one| Item::new(one.code(), case::receiver(one))).to_vec();
    view! {
        <Choice name=field(Act::Transfer, "receiver") label=say::RECEIVER items=items />
        <TextField name=field(Act::Transfer, "bureau") label=say::RECEIVER_NAME maxlength=100 />
    }
    .into_any()
}

/// The five remedies, as they will be printed.
fn remedies() -> AnyView {
    let lines = REMEDIES.map(|remedy| view! { <li>{case::remedy(remedy)}</li> });
    view! {
        <div class="remedies">
            <p>{say::REMEDIES}</p>
            <ol>{lines.into_iter().collect_view()}</ol>
        </div>
    }
    .into_any()
}
