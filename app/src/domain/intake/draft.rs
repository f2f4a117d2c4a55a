//! What is kept between the steps.

use serde::{Deserialize, Serialize};

use super::Step;
use crate::domain::case::Wanted;

/// Hours for which a draft is kept after the last word.
pub const KEPT_HOURS: i64 = 48;
/// Signs of one field that are kept: far more than any field takes, so that a text that is too long can be shortened.
const LONGEST: usize = 50_000;

/// What somebody has written so far. Kept sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Fields as typed; a name may repeat
    pub pairs: Vec<(String, String)>,
    /// Code of the last step that was left
    pub at: String,
    /// It was sent: what was typed is gone from here
    pub is_sent: bool,
}

/// Nothing personal gets into a log by accident.
impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Draft(…)")
    }
}

impl Draft {
    /// The first value of a field; empty where there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All values of a field that may repeat.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What is wanted, where it was said.
    #[must_use]
    pub fn wanted(&self) -> Option<Wanted> {
        Wanted::from_code(self.get("want"))
    }

    /// Whether anything was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.iter().all(|(_, value)| value.is_empty())
    }

    /// Another value of a field.
    pub fn set(&mut self, name: &str, value: &str) {
        self.pairs.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.pairs.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Takes over what the form of a step says; other steps stay as they are.
    pub fn take(&mut self, step: Step, sent: &[(String, String)]) {
        let fields = step.fields();
        if step == Step::Party && !self.get("operator").is_empty() {
            // a chosen operator's name is not typed: its form only searches
            self.set("q", sent.iter().find(|(name, _)| name == "q").map_or("", |(_, value)| value));
            return;
        }
        self.pairs.retain(|(name, _)| !fields.contains(&name.as_str()));
        for (name, value) in sent.iter().filter(|(name, value)| fields.contains(&name.as_str()) && !value.is_empty()) {
            self.pairs.push((name.clone(), value.chars().take(LONGEST).collect()));
        }
    }

    /// What remains after it was sent.
    #[must_use]
    pub fn sent() -> Self {
        Self { is_sent: true, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.into(), value.into())
    }

    #[test]
    fn a_step_changes_its_own_fields_only() {
        let mut draft = Draft::default();
        draft.take(Step::Story, &[pair("story", "一"), pair("name", "没有这一项"), pair("csrf", "x")]);
        draft.take(Step::Precheck, &[pair("concern", "elsewhere"), pair("concern", "too_late")]);
        draft.take(Step::Who, &[pair("name", "甲")]);
        assert_eq!((draft.get("story"), draft.get("name"), draft.get("csrf")), ("一", "甲", ""));
        assert_eq!(draft.all("concern").collect::<Vec<_>>(), ["elsewhere", "too_late"]);
        draft.take(Step::Precheck, &[]);
        draft.take(Step::Story, &[pair("story", "")]);
        assert_eq!((draft.all("concern").count(), draft.get("story"), draft.get("name")), (0, "", "甲"));
        assert_eq!(format!("{draft:?}"), "Draft(…)");
    }

    #[test]
    fn a_text_that_is_too_long_is_kept_to_be_shortened() {
        let mut draft = Draft::default();
        draft.take(Step::Story, &[pair("story", &"字".repeat(LONGEST + 9))]);
        assert_eq!(draft.get("story").chars().count(), LONGEST);
    }

    #[test]
    fn the_name_of_a_chosen_operator_is_not_typed_over() {
        let mut draft = Draft::default();
        draft.set("operator", "0198b5a0-0000-7000-8000-000000000001");
        draft.set("party", "登记的名称");
        draft.take(Step::Party, &[pair("q", "包子"), pair("party", "别的")]);
        assert_eq!((draft.get("party"), draft.get("q")), ("登记的名称", "包子"));
    }
}
