//! What a round asks, and for how long. It is fixed once it is approved.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BEST, Kind, LONGEST_ROUND};

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

/// Fields and what is wrong with them.
type Faults = Vec<(String, Fault)>;

impl Content {
    /// Reads a form. `get` gives the text of a field, empty where it is missing.
    ///
    /// # Errors
    /// All that is wrong, by field.
    pub fn read<'a>(kind: Kind, get: impl Fn(&str) -> &'a str, today: NaiveDate) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let title = line(&get, "title", LONGEST_TITLE, &mut faults);
        let text = get("text").trim().to_owned();
        let wrong = if text.is_empty() { Some(Fault::Empty) } else { too_long(&text, LONGEST_TEXT) };
        faults.extend(wrong.map(|fault| ("text".to_owned(), fault)));
        let days = days(&get, today, &mut faults);
        let (top, questions) = if kind == Kind::Survey {
            (0, survey(&get, &mut faults))
        } else {
            (number(&get, "top", MOST_TOP, &mut faults), vote(kind, &get, &mut faults))
        };
        if questions.is_empty() && faults.is_empty() {
            let field = kind.subjects().first().map_or("ask-0", |subject| subject.code());
            faults.push((field.to_owned(), Fault::NoQuestion));
        }
        match days.filter(|_| faults.is_empty()) {
            Some((first, last)) => Ok(Self { kind, title, text, first, last, top, questions }),
            None => Err(faults),
        }
    }

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

fn too_long(text: &str, most: usize) -> Option<Fault> {
    (text.chars().count() > most).then_some(Fault::TooLong(most))
}

fn line<'a>(get: &impl Fn(&str) -> &'a str, name: &str, most: usize, faults: &mut Faults) -> String {
    let text: String = get(name).split_whitespace().collect::<Vec<_>>().join(" ");
    let wrong = if text.is_empty() { Some(Fault::Empty) } else { too_long(&text, most) };
    faults.extend(wrong.map(|fault| (name.to_owned(), fault)));
    text
}

fn number<'a>(get: &impl Fn(&str) -> &'a str, name: &str, most: u32, faults: &mut Faults) -> u32 {
    let number = get(name).trim().parse().ok().filter(|number| (1..=most).contains(number));
    if number.is_none() {
        faults.push((name.to_owned(), Fault::Number(most)));
    }
    number.unwrap_or(1)
}

fn days<'a>(get: &impl Fn(&str) -> &'a str, today: NaiveDate, faults: &mut Faults) -> Option<(NaiveDate, NaiveDate)> {
    let mut day = |name: &str, least: NaiveDate| {
        let day = get(name).trim().parse::<NaiveDate>().ok();
        let wrong = match day {
            None => Some(Fault::Day),
            Some(day) => (day < least).then_some(Fault::Past),
        };
        faults.extend(wrong.map(|fault| (name.to_owned(), fault)));
        day
    };
    let first = day("first", today);
    let last = day("last", first.unwrap_or(today));
    let (first, last) = first.zip(last)?;
    if last - first >= LONGEST_ROUND {
        faults.push(("last".to_owned(), Fault::LongRound(LONGEST_ROUND.num_days())));
    }
    Some((first, last))
}

/// Options, one a line.
fn options(typed: &str, name: &str, faults: &mut Faults) -> Vec<String> {
    let lines = typed.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let options: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let is_twice = options.iter().enumerate().any(|(place, option)| options[..place].contains(option));
    let fault = if options.len() < 2 {
        Fault::FewOptions
    } else if options.len() > MOST_OPTIONS {
        Fault::ManyOptions(MOST_OPTIONS)
    } else if options.iter().any(|option| option.chars().count() > LONGEST_OPTION) {
        Fault::LongOption(LONGEST_OPTION)
    } else if is_twice {
        Fault::Twice
    } else {
        return options;
    };
    faults.push((name.to_owned(), fault));
    options
}

fn vote<'a>(kind: Kind, get: &impl Fn(&str) -> &'a str, faults: &mut Faults) -> Vec<Question> {
    let most = number(get, "most", MOST_PICKS, faults);
    let mut questions = Vec::new();
    for subject in kind.subjects() {
        let typed = get(subject.code());
        if typed.trim().is_empty() {
            continue;
        }
        let options = options(typed, subject.code(), faults);
        questions.push(Question { subject: Some(*subject), ask: String::new(), way: Way::Several { options, most } });
    }
    questions
}

fn survey<'a>(get: &impl Fn(&str) -> &'a str, faults: &mut Faults) -> Vec<Question> {
    let mut questions = Vec::new();
    for place in 0..MOST_QUESTIONS {
        let (ask, typed) = (format!("ask-{place}"), format!("options-{place}"));
        if get(&ask).trim().is_empty() && get(&typed).trim().is_empty() {
            continue;
        }
        let text = line(get, &ask, LONGEST_ASK, faults);
        let way = match get(&format!("way-{place}")) {
            "scale" => Way::Scale,
            "one" => Way::One(options(get(&typed), &typed, faults)),
            "text" => Way::Text,
            _ => {
                faults.push((format!("way-{place}"), Fault::Empty));
                continue;
            }
        };
        questions.push(Question { subject: None, ask: text, way });
    }
    questions
}
