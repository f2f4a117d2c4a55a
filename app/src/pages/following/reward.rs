//! 举报奖励: the citizen's claim, and the officers' answer.

use leptos::prelude::*;

use super::{FollowView, acts::ActForm};
use crate::{
    domain::{
        reward::{Eligibility, Level, Rule, State},
        staff::{Permission, Viewer},
        survey::LONGEST,
    },
    forms::{Checkbox, Choice, Form, Item, Kind as Input, Submit, TextArea, TextField},
    pages::{handling::Own, objections::paragraphs},
    ports::{CaseLine, RewardSheet},
    text::{self, follow as say},
};

/// The citizen's part.
#[component]
pub fn RewardPart(view: FollowView) -> impl IntoView {
    let followed = &view.followed;
    let rule = Rule::on(followed.today);
    let body = match (&followed.reward, followed.eligibility) {
        (Some(sheet), _) => claimed(sheet),
        (None, Eligibility::Yes) => claim(view.clone()),
        (None, one) => view! { <p>{say::eligibility(one)}</p> }.into_any(),
    };
    let shows_rules = followed.reward.is_none() && followed.eligibility != Eligibility::NotProved;
    view! {
        <section class="card" aria-labelledby="reward">
            <h2 id="reward">{say::REWARD_TITLE}</h2>
            {shows_rules.then(|| rules(rule))}
            {body}
        </section>
    }
    .into_any()
}

fn rules(rule: &'static Rule) -> AnyView {
    let levels = Level::ALL.map(|level| {
        view! {
            <tr>
                <th scope="row">{say::level(level)}</th>
                <td>{say::level_needs(level)}</td>
                <td>{say::level_gives(rule, level)}</td>
            </tr>
        }
    });
    let not = say::REWARD_NOT.map(|line| view! { <li>{line}</li> });
    view! {
        <details class="rules">
            <summary>{say::REWARD_RULES}</summary>
            <p>{say::REWARD_OPEN}</p>
            <ul>{not.into_iter().collect_view()}</ul>
            <table class="levels">
                <thead><tr><th scope="col">"等级"</th><th scope="col">"条件"</th><th scope="col">"金额"</th></tr></thead>
                <tbody>{levels.into_iter().collect_view()}</tbody>
            </table>
            <p>{say::reward_cap(rule)}</p>
            <p class="note">{say::reward_rule(rule)}</p>
        </details>
    }
    .into_any()
}

fn claim(view: FollowView) -> AnyView {
    view! {
        <p>{say::REWARD_CLAIM_LEAD}</p>
        <ActForm view=view code="reward">
            <Checkbox name="person" label=say::REWARD_PERSON />
            <TextArea name="reward_said" label=say::REWARD_SAID hint=say::REWARD_SAID_HINT rows=3 optional=true maxlength=u32::try_from(LONGEST).unwrap_or(1000) />
            <Submit label=say::REWARD_CLAIM />
        </ActForm>
    }
    .into_any()
}

fn claimed(sheet: &RewardSheet) -> AnyView {
    let Some(at) = sheet.decided_at else {
        return view! { <p>{say::REWARD_WAITS} " " <span class="note">{text::moment(sheet.claimed_at)}</span></p> }
            .into_any();
    };
    let said = sheet.said.clone().map(|said| view! { <div class="prose">{paragraphs(&said)}</div> });
    view! {
        <p><strong>{say::outcome(&sheet.reward)}</strong> " " <span class="note">{text::moment(at)}</span></p>
        {said}
    }
    .into_any()
}

/// The officers' part of the case sheet.
#[component]
pub fn DeskReward(sheet: RewardSheet, line: CaseLine, viewer: Viewer) -> impl IntoView {
    let is_lead = viewer.may(Permission::LeadCases);
    let state = sheet.reward.state;
    let is_open = matches!(state, State::Claimed | State::Proposed);
    let proposes = is_open && (line.case.officer == Some(viewer.id) || is_lead);
    let decides = state == State::Proposed && is_lead && sheet.reward.proposed_by != Some(viewer.id);
    let outcome = (state != State::Claimed).then(|| view! { <p>{say::outcome(&sheet.reward)}</p> });
    let said = sheet.said.clone().map(|said| view! { <div class="prose">{paragraphs(&said)}</div> });
    let (action, version) = (format!("/desk/cases/{}/reward", line.id), sheet.version.to_string());
    let forms = proposes.then(|| propose(action.clone(), version.clone()));
    let answers = decides.then(|| decide(action.clone(), version.clone()));
    view! {
        <section class="card case-reward" aria-labelledby="reward">
            <h2 id="reward">{say::DESK_REWARD}</h2>
            <p><strong>{say::reward_state(state)}</strong> " " <span class="soft">{text::moment(sheet.claimed_at)}</span></p>
            {outcome}
            {said}
            {is_open.then(|| view! { <p class="note">{say::DESK_REWARD_NOTE}</p> })}
            {answers}
            {forms}
        </section>
    }
    .into_any()
}

fn propose(action: String, version: String) -> AnyView {
    let (other_action, other_version) = (action.clone(), version.clone());
    let rule = Rule::on(chrono::NaiveDate::MAX);
    let levels = Level::ALL.map(|level| Item::new(level.code(), say::level(level)).hint(say::level_gives(rule, level)));
    view! {
        <details class="act">
            <summary>{say::DESK_GRANT}</summary>
            <Own code="grant">
                <Form action=action version=version>
                    <input type="hidden" name="do" value="grant" />
                    <Choice name="level" label=say::DESK_LEVEL items=levels.to_vec() />
                    <TextField name="fine" label=say::DESK_FINE hint=say::DESK_FINE_HINT inputmode="numeric" kind=Input::Text maxlength=12 />
                    <TextField name="amount" label=say::DESK_AMOUNT hint=say::DESK_AMOUNT_HINT inputmode="numeric" optional=true maxlength=12 />
                    <TextArea name="grant_said" label=say::DESK_PAY rows=3 maxlength=1000 />
                    <Submit label=say::DESK_GRANT />
                </Form>
            </Own>
        </details>
        <details class="act">
            <summary>{say::DESK_DENY}</summary>
            <Own code="deny">
                <Form action=other_action version=other_version>
                    <input type="hidden" name="do" value="deny" />
                    <TextArea name="deny_said" label=say::DESK_WHY rows=3 maxlength=1000 />
                    <Submit label=say::DESK_DENY danger=true />
                </Form>
            </Own>
        </details>
    }
    .into_any()
}

fn decide(action: String, version: String) -> AnyView {
    let (other_action, other_version) = (action.clone(), version.clone());
    view! {
        <Own code="approve">
            <Form action=action version=version>
                <input type="hidden" name="do" value="approve" />
                <Submit label=say::DESK_APPROVE />
            </Form>
        </Own>
        <details class="act">
            <summary>{say::DESK_RETURN}</summary>
            <Own code="return">
                <Form action=other_action version=other_version>
                    <input type="hidden" name="do" value="return" />
                    <TextArea name="return_said" label=say::DESK_BACK rows=3 maxlength=1000 />
                    <Submit label=say::DESK_RETURN quiet=true />
                </Form>
            </Own>
        </details>
    }
    .into_any()
}
