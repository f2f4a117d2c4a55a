//! One voice: what a person chose. It is counted at once and kept nowhere as a whole.

use super::{Content, Kind, Way};

/// Signs of a suggestion.
pub const LONGEST_SUGGESTION: usize = 60;
/// Signs of an answer in words.
pub const LONGEST_SAID: usize = 500;

/// What somebody chose and wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// By question: places of the chosen answers, ascending
    pub picks: Vec<Vec<usize>>,
    /// Question and what was written to it: a suggestion, or an answer in words
    pub words: Vec<(usize, String)>,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoiceFault {
    /// Nothing was chosen at all
    Empty,
    /// More than so many
    TooMany(usize),
    /// Something that is not offered
    Unknown,
    /// More signs than this
    TooLong(usize),
}

impl Voice {
    /// Name of the field of a question.
    #[must_use]
    pub fn field(question: usize) -> String {
        format!("q{question}")
    }

    /// Name of the field for a suggestion to a question.
    #[must_use]
    pub fn suggestion(question: usize) -> String {
        format!("s{question}")
    }

    /// Reads a form. `get` gives all values of a field.
    ///
    /// # Errors
    /// All that is wrong, by field.
    pub fn read<'a>(content: &Content, get: impl Fn(&str) -> Vec<&'a str>) -> Result<Self, Vec<(String, VoiceFault)>> {
        let (mut voice, mut faults) = (Self::default(), Vec::new());
        for (place, question) in content.questions.iter().enumerate() {
            let field = Self::field(place);
            let mut picks = Vec::new();
            if question.way == Way::Text {
                let said = get(&field).first().copied().unwrap_or_default().trim();
                voice.write(place, said, LONGEST_SAID, &field, &mut faults);
            } else {
                match read_picks(&get(&field), &question.way) {
                    Ok(read) => picks = read,
                    Err(fault) => faults.push((field, fault)),
                }
            }
            voice.picks.push(picks);
            if content.kind != Kind::Survey {
                let field = Self::suggestion(place);
                let said: Vec<&str> = get(&field).first().copied().unwrap_or_default().split_whitespace().collect();
                voice.write(place, &said.join(" "), LONGEST_SUGGESTION, &field, &mut faults);
            }
        }
        if faults.is_empty() && voice.picks.iter().all(Vec::is_empty) && voice.words.is_empty() {
            faults.push((Self::field(0), VoiceFault::Empty));
        }
        if faults.is_empty() { Ok(voice) } else { Err(faults) }
    }

    fn write(&mut self, place: usize, said: &str, most: usize, field: &str, faults: &mut Vec<(String, VoiceFault)>) {
        if said.chars().count() > most {
            faults.push((field.to_owned(), VoiceFault::TooLong(most)));
        } else if !said.is_empty() {
            self.words.push((place, said.to_owned()));
        }
    }
}

/// Places of chosen answers; the same one twice is one.
fn read_picks(typed: &[&str], way: &Way) -> Result<Vec<usize>, VoiceFault> {
    let mut picks = Vec::new();
    for value in typed.iter().filter(|value| !value.is_empty()) {
        // a place is written in one way only
        let place = value.parse().ok().filter(|place: &usize| *place < way.answers() && place.to_string() == **value);
        picks.push(place.ok_or(VoiceFault::Unknown)?);
    }
    picks.sort_unstable();
    picks.dedup();
    if picks.len() > way.most() { Err(VoiceFault::TooMany(way.most())) } else { Ok(picks) }
}
