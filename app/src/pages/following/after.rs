//! After the end: whether it was solved, a mark, a reward. For the citizen, and for the officer.

use leptos::prelude::*;

use super::{
    FollowView,
    acts::ActForm,
    reward::{DeskReward, RewardPart},
};
use crate::{
    domain::{
        reward::Eligibility,
        staff::Viewer,
        survey::{LONGEST, Solved, Survey},
    },
    forms::{Choice, Item, Submit, TextArea},
    pages::objections::paragraphs,
    ports::{Afterwards, CaseLine},
    text::{self, follow as say},
};

/// The citizen's part.
#[component]
pub fn After(view: FollowView) -> impl IntoView {
    let followed = &view.followed;
    let is_closed = followed.sheet.line.closed_at.is_some();
    let is_due = followed.is_survey_due;
    let has_reward = followed.eligibility != Eligibility::NotReport;
    let (one, two, three) = (view.clone(), view.clone(), view.clone());
    view! {
        <div class="follow-acts no-print">
            {(is_closed && is_due).then(|| view! { <Question view=one /> })}
            {is_closed.then(|| view! { <Mark view=two is_due=is_due /> })}
            {has_reward.then(|| view! { <RewardPart view=three /> })}
        </div>
    }
    .into_any()
}

#[component]
fn Question(view: FollowView) -> impl IntoView {
    let survey = view.followed.survey.clone();
    view! {
        <section class="card" aria-labelledby="survey">
            <h2 id="survey">{say::SURVEY}</h2>
            <ActForm view=view code="survey">
                <Choice
                    name="solved"
                    label=say::SOLVED
                    items=Solved::ALL.map(|one| Item::new(one.code(), say::solved(one))).to_vec()
                    value=survey.solved.map(Solved::code).unwrap_or_default()
                />
                <TextArea
                    name="survey_said"
                    label=say::SURVEY_SAID
                    hint=say::SURVEY_HINT
                    rows=3
                    optional=true
                    value=survey.said.clone().unwrap_or_default()
                    maxlength=u32::try_from(LONGEST).unwrap_or(1000)
                />
                <Submit label=say::SURVEY_SEND />
            </ActForm>
        </section>
    }
    .into_any()
}

#[component]
fn Mark(view: FollowView, is_due: bool) -> impl IntoView {
    let rating = view.followed.survey.rating;
    view! {
        <section class="card" aria-labelledby="rating">
            <h2 id="rating">{say::RATING}</h2>
            <ActForm view=view code="rate">
                <Choice
                    name="rating"
                    label=say::RATING_FIELD
                    hint=say::RATING_HINT
                    items=say::marks().map(|mark| Item::new(mark.to_string(), say::mark(mark))).collect()
                    value=rating.map(|mark| mark.to_string()).unwrap_or_default()
                />
                <Submit label=say::RATING_SEND quiet=true />
            </ActForm>
            {(!is_due).then(|| view! { <p class="note">{say::SURVEY_LATER}</p> })}
        </section>
    }
    .into_any()
}

/// The officer's part of the case sheet.
#[component]
pub fn AfterPart(after: Afterwards, line: CaseLine, viewer: Viewer) -> impl IntoView {
    let is_closed = line.closed_at.is_some();
    view! {
        {is_closed.then(|| view! { <Answers survey=after.survey.clone() /> })}
        {after.reward.map(|sheet| view! { <DeskReward sheet=sheet line=line viewer=viewer /> })}
    }
    .into_any()
}

#[component]
fn Answers(survey: Survey) -> impl IntoView {
    let rows = [
        (say::DESK_SOLVED, survey.solved.map(|one| say::solved(one).to_owned()), survey.answered_at),
        (say::DESK_RATING, survey.rating.map(say::mark), survey.rated_at),
    ];
    let rows = rows.into_iter().filter_map(|(label, value, at)| Some((label, value?, at?)));
    let rows = rows.map(|(label, value, at)| {
        view! { <div><dt>{label}</dt><dd>{value} " " <span class="soft">{text::moment(at)}</span></dd></div> }
    });
    let rows = rows.collect_view();
    let is_empty = survey.is_empty();
    view! {
        <section class="card case-survey" aria-labelledby="survey">
            <h2 id="survey">{say::DESK_SURVEY}</h2>
            {if is_empty {
                view! { <p class="note">{say::DESK_NO_SURVEY}</p> }.into_any()
            } else {
                view! { <dl class="facts narrow">{rows}</dl> }.into_any()
            }}
            {survey.said.map(|said| view! { <div class="prose">{paragraphs(&said)}</div> })}
        </section>
    }
    .into_any()
}
