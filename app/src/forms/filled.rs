//! What was typed, and what is wrong with it.

use leptos::prelude::*;

/// Name of the hidden field with the session's token.
pub const CSRF_FIELD: &str = "csrf";
/// Name of the hidden field with the version of what is edited (optimistic concurrency).
pub const VERSION_FIELD: &str = "version";

/// Token that each form carries, in context wherever a form may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csrf(pub String);

/// A form as it was sent: values as typed, errors by field, one general error. In context when a page is shown again;
/// on the first visit there is none, and fields show their own `value`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    sent: bool,
    values: Vec<(String, String)>,
    errors: Vec<(String, String)>,
    general: Option<String>,
}

impl Filled {
    /// A form that was sent with these values, nothing wrong yet.
    #[must_use]
    pub fn of(pairs: &[(String, String)]) -> Self {
        let values = pairs.iter().filter(|(name, _)| name != CSRF_FIELD).cloned().collect();
        Self { sent: true, values, ..Self::default() }
    }

    /// That of the present page.
    #[must_use]
    pub fn current() -> Self {
        use_context::<Self>().unwrap_or_default()
    }

    /// Whether the form was sent: then what was left empty is empty, whatever was stored before.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        self.sent
    }

    /// The first value of a field, as typed.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first value without space around it; empty where the field is missing.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.value(name).unwrap_or_default().trim()
    }

    /// All values of a field that may repeat.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What a field shows: what was typed, or on a first visit what is stored.
    #[must_use]
    pub fn shown(&self, name: &str, stored: &str) -> String {
        if self.sent { self.value(name).unwrap_or_default().to_owned() } else { stored.to_owned() }
    }

    /// Whether an option of a field is chosen.
    #[must_use]
    pub fn is_chosen(&self, name: &str, option: &str, stored: bool) -> bool {
        if self.sent { self.values(name).any(|value| value == option) } else { stored }
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|(known, _)| known == name).map(|(_, error)| error.as_str())
    }

    /// All errors in the order in which they were found: field and sentence.
    #[must_use]
    pub fn errors(&self) -> &[(String, String)] {
        &self.errors
    }

    /// What is wrong with the whole.
    #[must_use]
    pub fn general(&self) -> Option<&str> {
        self.general.as_deref()
    }

    /// Says what is wrong with a field; the first sentence a field gets stays.
    pub fn refuse(&mut self, name: impl Into<String>, sentence: impl Into<String>) {
        let name = name.into();
        if self.error(&name).is_none() {
            self.errors.push((name, sentence.into()));
        }
    }

    /// Says what is wrong with the whole.
    pub fn refuse_all(&mut self, sentence: impl Into<String>) {
        self.general.get_or_insert(sentence.into());
    }

    /// Whether something is wrong.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.general.is_some() || !self.errors.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_wins_over_what_is_stored() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut filled = Filled::of(&[pair("csrf", "x"), pair("a", " 1 "), pair("r", "x"), pair("r", "y")]);
        assert_eq!((filled.value("csrf"), filled.text("a")), (None, "1"));
        assert_eq!((filled.shown("a", "old"), filled.shown("b", "old")), (" 1 ".to_owned(), String::new()));
        assert!(filled.is_chosen("r", "y", false) && !filled.is_chosen("r", "z", true));
        assert!(Filled::default().is_chosen("r", "z", true));
        assert_eq!(Filled::default().shown("a", "old"), "old");
        filled.refuse("a", "一");
        filled.refuse("a", "二");
        assert_eq!((filled.error("a"), filled.errors().len(), filled.is_refused()), (Some("一"), 1, true));
    }
}
