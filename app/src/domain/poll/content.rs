//! What a round asks, and for how long. It is fixed once it is approved.

mod read;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BEST, Kind};

/// Signs of a title.
pub const LONGEST_TITLE: usize = 60;
/// Signs of the text.
pub const LONGEST_TEXT: usize = 2000;
/// Signs of a question.
pub const LONGEST_ASK: usize = 80;
/// Signs of an option: two lines on a small telephone.
pub const LONGEST_OPTION: usize = 24;
/// Options of a question.
pub const MOST_OPTIONS: usize = 30;
/// Questions of a survey (domain 6, row 9: short).
pub const MOST_QUESTIONS: usize = 10;
/// Options that one voice may choose in a question.
pub const MOST_PICKS: u32 = 5;
/// The first so many of a question are sampled at most.
pub const MOST_TOP: u32 = 10;

/// What can be chosen in a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// 食品
    Foods,
    /// 检验项目
    Items,
    /// 场所
    Places,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// 1 to 5
    Scale,
    /// One of these
    One(Vec<String>),
    /// At most so many of these
    Several {
        /// What there is
        options: Vec<String>,
        /// How many may be chosen
        most: u32,
    },
    /// In words, for officers only
    Text,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Of a vote: what is chosen
    pub subject: Option<Subject>,
    /// Of a survey: the question
    pub ask: String,
    /// How it is answered
    pub way: Way,
}

/// A round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it is for
    pub kind: Kind,
    /// Title
    pub title: String,
    /// Text above the questions
    pub text: String,
    /// First day
    pub first: NaiveDate,
    /// Last day
    pub last: NaiveDate,
    /// Of a vote: how many of the first of each question are sampled or inspected
    pub top: u32,
    /// Questions
    pub questions: Vec<Question>,
}

/// What is wrong with a field. Words are in `text::poll`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing stands there
    Empty,
    /// More signs than this
    TooLong(usize),
    /// Not a day
    Day,
    /// Over already, or before the first
    Past,
    /// Longer than this many days
    LongRound(i64),
    /// Not a number from 1 to this
    Number(u32),
    /// An option is longer than this many signs
    LongOption(usize),
    /// Less than two options
    FewOptions,
    /// More options than this
    ManyOptions(usize),
    /// An option stands there twice
    Twice,
    /// No question
    NoQuestion,
}

impl Subject {
    /// All.
    pub const ALL: [Self; 3] = [Self::Foods, Self::Items, Self::Places];

    /// The name in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Foods => "foods",
            Self::Items => "items",
            Self::Places => "places",
        }
    }
}

impl Way {
    /// Names of the ways in forms.
    pub const CODES: [&'static str; 3] = ["scale", "one", "text"];

    /// How many answers can be counted; none of a text.
    #[must_use]
    pub fn answers(&self) -> usize {
        match self {
            Self::Scale => BEST,
            Self::One(options) | Self::Several { options, .. } => options.len(),
            Self::Text => 0,
        }
    }

    /// How many of them one voice may give.
    #[must_use]
    pub fn most(&self) -> usize {
        match self {
            Self::Scale | Self::One(_) => 1,
            Self::Several { most, .. } => *most as usize,
            Self::Text => 0,
        }
    }

    /// What is offered, where it is offered in words.
    #[must_use]
    pub fn options(&self) -> &[String] {
        match self {
            Self::One(options) | Self::Several { options, .. } => options,
            Self::Scale | Self::Text => &[],
        }
    }
}

impl Content {
    /// The values that [`Content::read`] reads back.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> = [
            ("title", self.title.clone()),
            ("text", self.text.clone()),
            ("first", self.first.to_string()),
            ("last", self.last.to_string()),
            ("top", self.top.to_string()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        for (place, question) in self.questions.iter().enumerate() {
            let options = question.way.options().join("\n");
            if let Some(subject) = question.subject {
                fields.push((subject.code().to_owned(), options));
                fields.push(("most".to_owned(), question.way.most().to_string()));
                continue;
            }
            let way = match question.way {
                Way::Scale => Way::CODES[0],
                Way::One(_) | Way::Several { .. } => Way::CODES[1],
                Way::Text => Way::CODES[2],
            };
            fields.push((format!("ask-{place}"), question.ask.clone()));
            fields.push((format!("way-{place}"), way.to_owned()));
            fields.push((format!("options-{place}"), options));
        }
        fields
    }

    /// All that people will read of it, for the check of personal data.
    #[must_use]
    pub fn words(&self) -> String {
        let questions = self.questions.iter();
        let asked = questions.flat_map(|one| std::iter::once(&one.ask).chain(one.way.options()));
        let all: Vec<&str> = [&self.title, &self.text].into_iter().chain(asked).map(String::as_str).collect();
        all.join("\n")
    }
}
