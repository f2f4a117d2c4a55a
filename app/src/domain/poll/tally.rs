//! What is counted, and what of it is shown when the round is over.

use serde::{Deserialize, Serialize};

use super::{Content, Kind, Way};
use crate::domain::statistics::{Cell, FEWEST, hide};

/// Exact counts of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Voices that answered it
    pub answered: u64,
    /// By answer
    pub counts: Vec<u64>,
}

/// Exact counts of a round. Of a survey they never leave the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Voices
    pub voices: u64,
    /// By question
    pub questions: Vec<Answers>,
}

/// A count as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The number
    Count(u64),
    /// 1 to 4
    Few,
    /// Large enough, but it would give a small one away
    Withheld,
}

/// A question's result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Voices that answered it
    pub answered: Shown,
    /// By answer, in the order in which they were offered
    pub counts: Vec<Shown>,
    /// Of a scale: its mean in tenths
    pub mean_tenths: Option<u64>,
    /// Of a vote: places of those that are sampled or inspected, the most wanted first
    pub chosen: Vec<usize>,
}

/// A result as it becomes public: nothing in it has to be hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Voices
    pub voices: Shown,
    /// By question
    pub questions: Vec<Answered>,
}

impl From<Cell> for Shown {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Shown(number) => Self::Count(number),
            Cell::Few => Self::Few,
            Cell::Withheld => Self::Withheld,
        }
    }
}

impl Shown {
    /// The number, where it is shown.
    #[must_use]
    pub fn count(self) -> Option<u64> {
        match self {
            Self::Count(number) => Some(number),
            Self::Few | Self::Withheld => None,
        }
    }
}

impl Outcome {
    /// The result of a round. Choices of foods and places say nothing of anybody, so a vote shows every count, and anybody
    /// can check which were the first; a survey hides small ones.
    #[must_use]
    pub fn of(content: &Content, counts: &Counts) -> Self {
        let is_survey = content.kind == Kind::Survey;
        let questions = content.questions.iter().zip(&counts.questions).map(|(question, answers)| {
            if is_survey { survey(&question.way, answers) } else { vote(answers, content.top) }
        });
        let voices = if is_survey { Cell::of(counts.voices).into() } else { Shown::Count(counts.voices) };
        Self { voices, questions: questions.collect() }
    }
}

fn vote(answers: &Answers, top: u32) -> Answered {
    Answered {
        answered: Shown::Count(answers.answered),
        counts: answers.counts.iter().copied().map(Shown::Count).collect(),
        mean_tenths: None,
        chosen: chosen(&answers.counts, top as usize),
    }
}

fn survey(way: &Way, answers: &Answers) -> Answered {
    // with so few answers the sum is hidden, and nothing else is shown either
    let cells = if (1..FEWEST).contains(&answers.answered) {
        vec![Cell::Withheld; answers.counts.len()]
    } else {
        hide(&answers.counts)
    };
    let mean = (*way == Way::Scale && answers.answered >= FEWEST)
        .then(|| mean_tenths(&answers.counts))
        .flatten()
        .filter(|_| is_mean_safe(&cells, &answers.counts));
    Answered {
        answered: Cell::of(answers.answered).into(),
        counts: cells.into_iter().map(Shown::from).collect(),
        mean_tenths: mean,
        chosen: Vec::new(),
    }
}

/// The first so many by count, the most wanted first; of equals, the one that was offered first. Whoever has as many as
/// the last of them is among them too, and nothing that nobody wanted is.
#[must_use]
pub fn chosen(counts: &[u64], top: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..counts.len()).filter(|place| counts[*place] > 0).collect();
    places.sort_by_key(|place| (std::cmp::Reverse(counts[*place]), *place));
    let Some(least) = top.checked_sub(1).and_then(|last| places.get(last)).map(|place| counts[*place]) else {
        return if top == 0 { Vec::new() } else { places };
    };
    places.retain(|place| counts[*place] >= least);
    places
}

/// The mean of marks 1, 2, 3 … in tenths, rounded half up.
#[must_use]
pub fn mean_tenths(counts: &[u64]) -> Option<u64> {
    let all: u64 = counts.iter().sum();
    let sum: u64 = counts.iter().zip(1..).map(|(count, mark)| count * mark).sum();
    (all > 0).then(|| (sum * 20 + all) / (2 * all))
}

/// Whether every small count can still be two numbers for somebody who knows sum and mean: one moves up and another down,
/// and the rounded mean stays.
fn is_mean_safe(cells: &[Cell], counts: &[u64]) -> bool {
    let mean = mean_tenths(counts);
    let stays = |up: usize, down: usize| {
        let mut moved = counts.to_vec();
        moved[up] += 1;
        moved[down] -= 1;
        mean_tenths(&moved) == mean
    };
    let is_blank = cells.iter().all(|cell| *cell == Cell::Withheld);
    let rises = |place: usize| match cells[place] {
        Cell::Shown(_) => false,
        Cell::Few => counts[place] + 1 < FEWEST,
        Cell::Withheld => true,
    };
    let falls = |place: usize| match cells[place] {
        Cell::Shown(_) => false,
        Cell::Few => counts[place] > 1,
        Cell::Withheld => counts[place] > FEWEST || (is_blank && counts[place] > 0),
    };
    let is_small = |place: &usize| cells[*place] == Cell::Few || (is_blank && (1..FEWEST).contains(&counts[*place]));
    (0..cells.len()).filter(is_small).all(|place| {
        (0..cells.len()).filter(|other| *other != place).any(|other| {
            (rises(place) && falls(other) && stays(place, other))
                || (falls(place) && rises(other) && stays(other, place))
        })
    })
}
