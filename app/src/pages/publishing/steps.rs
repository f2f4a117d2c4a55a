//! The steps that a publication can take now, for this officer.

use leptos::prelude::*;

use super::at;
use crate::{
    domain::{
        act::Act,
        publication::{
            Standing,
            life::{Life, Stage, Work},
        },
        staff::{Permission, Viewer},
    },
    forms::{self, Form, Submit, TextArea, TextField},
    ports::DeskSheet,
    text::editing,
};

/// Buttons of the steps.
#[component]
pub fn Steps(
    /// The publication
    sheet: DeskSheet,
    /// Who looks
    viewer: Viewer,
) -> impl IntoView {
    let action = at(sheet.id, "/act");
    let version = sheet.version.to_string();
    let (writes, reviews) = (viewer.may(Permission::Write), viewer.may(Permission::Review));
    let steps = match &sheet.life.work {
        Some(work) => of_work(work, &viewer, &action, &version, (writes, reviews)),
        None if writes => {
            let mut steps = opens(&sheet.life, &action, &version);
            steps.extend(sheet.earliest_repair.map(|on| repair(on, &action, &version)));
            steps
        }
        None => Vec::new(),
    };
    (!steps.is_empty()).then(|| view! { <section class="steps">{steps}</section> }.into_any())
}

fn of_work(work: &Work, viewer: &Viewer, action: &str, version: &str, (writes, reviews): (bool, bool)) -> Vec<AnyView> {
    let button = |code: &'static str, label: String, quiet: bool| {
        let (action, version) = (action.to_owned(), version.to_owned());
        view! { <Form action=action version=version><Submit label=label name="do" value=code quiet=quiet /></Form> }
            .into_any()
    };
    let mut steps = Vec::new();
    match work.stage {
        Stage::Draft => {
            // saving and submitting are the form's own buttons; work without a form has them here
            if writes && work.content.is_none() {
                steps.push(button("submit", editing::SUBMIT.to_owned(), false));
            }
            if writes {
                let (action, version) = (action.to_owned(), version.to_owned());
                steps.push(
                    view! {
                        <Form action=action version=version>
                            <Submit label=editing::DISCARD name="do" value="discard" danger=true />
                        </Form>
                    }
                    .into_any(),
                );
            }
        }
        Stage::Submitted => {
            if reviews && !work.editors.contains(&viewer.id) {
                steps.push(button("approve", editing::APPROVE.to_owned(), false));
            }
            if writes {
                steps.push(button("take_back", editing::TAKE_BACK.to_owned(), true));
            }
        }
        Stage::Approved | Stage::Scheduled(_) if reviews => {
            steps.push(button("perform", editing::perform(work.act), false));
            let (action, version) = (action.to_owned(), version.to_owned());
            steps.push(
                view! {
                    <Form action=action version=version>
                        <TextField name="at" label=editing::SCHEDULE_AT kind=forms::Kind::DateTime />
                        <Submit label=editing::SCHEDULE name="do" value="schedule" quiet=true />
                    </Form>
                }
                .into_any(),
            );
        }
        Stage::Approved | Stage::Scheduled(_) => {}
    }
    if reviews && work.stage != Stage::Draft {
        let (action, version) = (action.to_owned(), version.to_owned());
        steps.push(
            view! {
                <Form action=action version=version>
                    <TextArea name="reason" label=editing::RETURN_REASON rows=2 />
                    <Submit label=editing::RETURN name="do" value="return" quiet=true />
                </Form>
            }
            .into_any(),
        );
    }
    steps
}

/// The early end of a penalty by credit repair: a removal with that reason, the way of two persons.
fn repair(earliest: chrono::NaiveDate, action: &str, version: &str) -> AnyView {
    let (action, version) = (action.to_owned(), version.to_owned());
    view! {
        <details class="card">
            <summary>{editing::REPAIR}</summary>
            <p class="note">{editing::earliest_repair(earliest)}</p>
            <Form action=action version=version>
                <TextField name="repair_number" label=editing::REPAIR_NUMBER />
                <TextField name="repaired_on" label=editing::REPAIRED_ON kind=forms::Kind::Date />
                <Submit label=editing::REPAIR name="do" value="open_repair" quiet=true />
            </Form>
        </details>
    }
    .into_any()
}

/// What can be begun on something public or withdrawn; each needs a reason.
fn opens(life: &Life, action: &str, version: &str) -> Vec<AnyView> {
    let acts: &[Act] = match life.standing {
        Standing::Public => &[Act::Correct, Act::Withdraw, Act::Remove],
        Standing::Withdrawn => &[Act::Publish, Act::Remove],
        Standing::Never | Standing::Removed => &[],
    };
    if acts.is_empty() {
        return Vec::new();
    }
    let buttons = acts
        .iter()
        .map(|act| {
            let quiet = *act != Act::Correct;
            view! { <Submit label=editing::open(*act) name="do" value=format!("open_{}", act.code()) quiet=quiet /> }
        })
        .collect_view();
    let (action, version) = (action.to_owned(), version.to_owned());
    vec![
        view! {
            <Form action=action version=version>
                <TextArea name="reason" label=editing::REASON hint=editing::REASON_HINT rows=2 />
                <div class="buttons">{buttons}</div>
            </Form>
        }
        .into_any(),
    ]
}
