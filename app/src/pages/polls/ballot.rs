//! The form of a round: plain, with a proof of work where there is a script. Nothing is chosen beforehand.

use leptos::prelude::*;
use uuid::Uuid;

use super::{Around, show::paragraphs};
use crate::{
    assets::Scripts,
    domain::poll::{Content, Kind, LONGEST_SAID, LONGEST_SUGGESTION, Question, Voice, Way},
    forms::{Checkboxes, Choice, ErrorSummary, Form, Item, Submit, TextArea, TextField},
    islands::ProofOfWork,
    parts::Crumb,
    text::poll as say,
};

const FORM: &str = "voice";

/// What the form shows, in context.
#[derive(Clone, Debug)]
pub struct BallotShown {
    /// The round
    pub id: Uuid,
    /// 期
    pub issue: Option<u32>,
    /// What it asks
    pub content: Content,
    /// This browser had its voice
    pub is_given: bool,
    /// What is to be solved
    pub challenge: String,
    /// Voices that one network may give on a day
    pub per_network: u32,
}

/// The form, or that the voice was given.
#[component]
pub fn BallotPage() -> impl IntoView {
    let Some(shown) = use_context::<BallotShown>() else { return ().into_any() };
    let title = shown.content.title.clone();
    let kind = shown.content.kind;
    let heading = if kind == Kind::Survey { say::ANSWER } else { say::VOTE };
    let page = format!("/polls/{}", shown.id);
    let crumbs = vec![Crumb::to("/polls", say::LINK), Crumb::to(&page, &title)];
    let of = say::issue(kind, shown.issue);
    let body = if shown.is_given {
        view! {
            <section class="card message">
                <h2>{say::THANKS}</h2>
                <p>{say::given(kind)}</p>
                <p><a class="button quiet" href=page>{title.clone()}</a></p>
            </section>
        }
        .into_any()
    } else {
        view! { <Ballot shown=shown /> }.into_any()
    };
    view! {
        <Around title=heading crumbs=crumbs>
            <h1>{title.clone()}</h1>
            <p class="meta"><span>{of}</span></p>
            {body}
        </Around>
    }
    .into_any()
}

#[component]
fn Ballot(shown: BallotShown) -> impl IntoView {
    let BallotShown { id, content, challenge, per_network, .. } = shown;
    let kind = content.kind;
    let questions = content.questions.iter().enumerate().map(|(place, question)| ask(kind, place, question));
    let questions = questions.collect_view();
    let send = if kind == Kind::Survey { say::SEND_SURVEY } else { say::SEND_VOTE };
    let rules = say::rules(kind, content.top, per_network).into_iter().map(|line| view! { <li>{line}</li> });
    let rules = rules.collect_view();
    view! {
        <div class="prose">{paragraphs(&content.text)}</div>
        <ErrorSummary />
        <Form id=FORM action=format!("/polls/{id}/vote")>
            <input type="hidden" name="challenge" value=challenge.clone() autocomplete="off" />
            <ProofOfWork form=FORM.to_owned() name="proof".to_owned() challenge=challenge />
            {questions}
            <p class="note">{say::ONCE_VOTE}</p>
            <Submit label=send />
        </Form>
        <section class="card" aria-labelledby="privacy">
            <h2 id="privacy">{say::PRIVACY}</h2>
            {say::privacy(kind).map(|line| view! { <p>{line}</p> })}
            <details><summary>{say::HOW}</summary><ul class="caveats">{rules}</ul></details>
        </section>
        <Scripts />
    }
    .into_any()
}

fn ask(kind: Kind, place: usize, question: &Question) -> AnyView {
    let (name, label, hint) = (Voice::field(place), say::question(kind, question), say::how_to_answer(&question.way));
    let items = || -> Vec<Item> {
        (0..question.way.answers())
            .map(|answer| Item::new(answer.to_string(), say::answer(&question.way, answer)))
            .collect()
    };
    let field = match &question.way {
        Way::Text => {
            let most = u32::try_from(LONGEST_SAID).unwrap_or(u32::MAX);
            view! { <TextArea name=name label=label hint=hint rows=4 maxlength=most /> }.into_any()
        }
        Way::Several { most, .. } if *most > 1 => {
            view! { <Checkboxes name=name label=label hint=hint items=items() /> }.into_any()
        }
        _ => {
            // whoever chose can take it back without a script
            let items = [items(), vec![Item::new("", say::NO_ANSWER)]].concat();
            // a value that nothing has: not even that stands chosen beforehand
            view! { <Choice name=name label=label hint=hint items=items value="-" /> }.into_any()
        }
    };
    let suggest = (kind != Kind::Survey).then(|| {
        let most = u32::try_from(LONGEST_SUGGESTION).unwrap_or(u32::MAX);
        let hint = say::suggest_hint();
        view! { <TextField name=Voice::suggestion(place) label=say::SUGGEST hint=hint optional=true maxlength=most /> }
    });
    view! { <div class="question">{field}{suggest}</div> }.into_any()
}
