//! What shows it: prompts by kind of problem, and files. With script they are sent while one goes on reading.

use leptos::prelude::*;
use uuid::Uuid;

use super::{IntakeView, around::StepForm};
use crate::{
    domain::{case::Problem, evidence::ACCEPT},
    forms::{Filled, Submit, error_id, field_id},
    islands::Uploader,
    text::{evidence, intake as say},
};

/// A file of the basket.
#[derive(Clone, Debug)]
pub struct FileLine {
    /// Id
    pub id: Uuid,
    /// Name
    pub name: String,
    /// Bytes
    pub bytes: u64,
    /// It was looked at and is kept
    pub is_ready: bool,
    /// Why it was not taken
    pub why: String,
}

/// The basket, in context.
#[derive(Clone, Debug)]
pub struct IntakeFiles {
    /// Its secret
    pub basket: String,
    /// Files
    pub lines: Vec<FileLine>,
    /// What is taken, in words
    pub limits: String,
}

/// Prompts and files.
#[component]
pub fn EvidencePage() -> impl IntoView {
    let problem = Problem::from_code(IntakeView::current().draft.get("problem"));
    let is_about_health = matches!(problem, Some(Problem::Illness | Problem::School));
    let lines = say::evidence(problem).into_iter().map(|line| view! { <li>{line}</li> });
    view! {
        <StepForm lead=say::EVIDENCE_LEAD multipart=true>
            <ul class="card prompts">{lines.collect_view()}</ul>
            {is_about_health.then(|| view! { <p class="note">{say::EVIDENCE_HEALTH}</p> })}
            <p class="note">{say::EVIDENCE_KEEP} " " {say::EVIDENCE_LATER}</p>
            {use_context::<IntakeFiles>().map(|files| view! { <Files files=files /> })}
        </StepForm>
    }
    .into_any()
}

#[component]
fn Files(files: IntakeFiles) -> impl IntoView {
    let error = Filled::current().error("files").map(str::to_owned);
    let id = field_id("files");
    let lines = files.lines.into_iter().map(|line| {
        let size = format!("{} KB", line.bytes.div_ceil(1024));
        let state = if line.is_ready { evidence::READY.to_owned() } else { line.why };
        view! {
            <li>
                <span>{line.name} " " <small>{size} " · " {state}</small></span>
                <Submit label=evidence::REMOVE name="remove" value=line.id.to_string() quiet=true />
            </li>
        }
    });
    let class = if error.is_some() { "field wrong" } else { "field" };
    view! {
        <div class=class>
            <p class="hint">{files.limits}</p>
            <p class="hint">{evidence::CLEANED}</p>
            {error.map(|error| view! { <p class="error" id=error_id("files")>{error}</p> })}
            <Uploader
                basket=files.basket
                name="files".to_owned()
                id=id
                accept=ACCEPT.to_owned()
                words=evidence::uploader()
            />
            <noscript>
                <Submit label=say::ADD_FILES name="go" value="add" quiet=true />
                <ul class="basket">{lines.collect_view()}</ul>
            </noscript>
        </div>
    }
    .into_any()
}
