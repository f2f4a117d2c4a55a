//! What is worth saying of an operator's identifiers. Nothing is ever refused for a check digit (domain 4).

use crate::domain::identifier::{Form, licence_form, uscc_form};

/// What stands beside an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentifierNote {
    /// Its check digit is another: perhaps a slip of the pen in the source
    CheckDigit,
    /// It has no form that can be checked: numbers of provinces, older ones
    Unchecked,
}

/// What to say of a 统一社会信用代码 or of a licence number; `None` for one in order.
#[must_use]
pub fn identifier_note(text: &str) -> Option<IdentifierNote> {
    let forms = [uscc_form(text), licence_form(text)];
    if forms.contains(&Form::Valid) {
        None
    } else if forms.contains(&Form::CheckDigit) {
        Some(IdentifierNote::CheckDigit)
    } else {
        Some(IdentifierNote::Unchecked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_miss_is_said_and_never_refused() {
        for (text, note) in [
            ("91000000MA0000001R", None),
            ("JY10000000000011", None),
            ("SC10100000000010", None),
            ("91000000MA0000001X", Some(IdentifierNote::CheckDigit)),
            ("JY10000000000012", Some(IdentifierNote::CheckDigit)),
            ("苏小作坊登字2026001", Some(IdentifierNote::Unchecked)),
            ("", Some(IdentifierNote::Unchecked)),
        ] {
            assert_eq!(identifier_note(text), note, "{text}");
        }
    }
}
