//! A result: method and n, then for each question bars and the same numbers as a table.

use leptos::prelude::*;

use super::bars::Bars;
use crate::{
    domain::poll::{Answered, Kind, Outcome, Question, Shown, Way},
    ports::PublicPoll,
    text::poll as say,
};

/// The whole result.
#[component]
pub fn Results(poll: PublicPoll, outcome: Outcome) -> impl IntoView {
    let kind = poll.line.kind;
    let method = say::method(&poll.line, outcome.voices, poll.content.top);
    let method = method.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let is_empty = outcome.voices == Shown::Count(0);
    let questions = poll.content.questions.iter().zip(outcome.questions).enumerate();
    let questions = questions.map(|(place, (question, answered))| one(kind, place, question, &answered));
    let questions =
        if is_empty { view! { <p>{say::NOBODY}</p> }.into_any() } else { questions.collect_view().into_any() };
    view! {
        <section aria-labelledby="result">
            <h2 id="result">{say::RESULT}</h2>
            <div class="card"><h3>{say::METHOD}</h3><ul class="caveats">{method}</ul></div>
            {questions}
        </section>
    }
    .into_any()
}

fn one(kind: Kind, place: usize, question: &Question, answered: &Answered) -> AnyView {
    let asked = say::question(kind, question);
    if question.way == Way::Text {
        return view! { <div class="figures"><h3>{asked}</h3><p class="note">{say::WORDS_ONLY}</p></div> }.into_any();
    }
    let lines = lines(kind, &question.way, answered);
    let names: Vec<String> = lines.iter().map(|line| line.name.clone()).collect();
    let counts: Vec<Shown> = lines.iter().map(|line| line.count).collect();
    let mean = match answered.mean_tenths {
        Some(tenths) => Some(say::mean(tenths, answered.answered)),
        None => (question.way == Way::Scale && answered.answered.count() != Some(0)).then(|| say::NO_MEAN.to_owned()),
    };
    let said = say::answered(kind, answered.answered);
    let title = asked.clone();
    view! {
        <div class="figures">
            <h3 id=format!("q{place}")>{asked}</h3>
            <div>
                <p class="note">{said}</p>
                {mean.map(|mean| view! { <p><strong>{mean}</strong></p> })}
                <Bars id=format!("q{place}") title=title.clone() names=names counts=counts />
            </div>
            <Numbers kind=kind title=title lines=lines whole=answered.answered />
        </div>
    }
    .into_any()
}

/// A line of a table.
#[derive(Clone, Debug)]
struct Line {
    name: String,
    count: Shown,
    is_chosen: bool,
}

/// Of a vote the most wanted first, of a survey as they were asked.
fn lines(kind: Kind, way: &Way, answered: &Answered) -> Vec<Line> {
    let line = |place: usize, count: Shown| Line {
        name: say::answer(way, place),
        count,
        is_chosen: answered.chosen.contains(&place),
    };
    let mut lines: Vec<Line> = answered.counts.iter().enumerate().map(|(place, count)| line(place, *count)).collect();
    if kind != Kind::Survey {
        lines.sort_by_key(|line| std::cmp::Reverse(line.count.count()));
    }
    lines
}

#[component]
fn Numbers(kind: Kind, title: String, lines: Vec<Line>, whole: Shown) -> impl IntoView {
    let (head, mark) = match kind {
        Kind::Survey => (say::PEOPLE, ""),
        Kind::Sampling => (say::COUNT, say::SAMPLED),
        Kind::Inspection => (say::COUNT, say::INSPECTED),
    };
    let rows = lines.into_iter().map(|line| {
        let share = say::share(line.count, whole);
        view! {
            <tr>
                <th scope="row">
                    <span>{line.name}</span>
                    {line.is_chosen.then(|| view! { " " <strong class="state other">{mark}</strong> })}
                </th>
                <td><span>{say::count(line.count)}</span></td>
                <td><span>{if share.is_empty() { "–".to_owned() } else { share }}</span></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="poll-table">
            <table class="counts">
                <caption class="sr-only">{title}</caption>
                <thead><tr><th scope="col">{say::OPTION}</th><th scope="col">{head}</th><th scope="col">{say::SHARE}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
