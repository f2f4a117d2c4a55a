//! A round as it is typed at the desk.

use chrono::NaiveDate;

use super::{
    Content, Fault, LONGEST_ASK, LONGEST_OPTION, LONGEST_TEXT, LONGEST_TITLE, MOST_OPTIONS, MOST_PICKS, MOST_QUESTIONS,
    MOST_TOP, Question, Way,
};
use crate::domain::poll::{Kind, LONGEST_ROUND};

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
