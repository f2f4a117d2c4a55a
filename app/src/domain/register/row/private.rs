//! Personal data in a cell of words.

use crate::domain::redaction::{Datum, Known, find as find_data};

/// Signs of a number without which no personal number is looked for.
const FEWEST: usize = 7;

/// What is never published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Private {
    /// 身份证件号码
    Identity,
    /// Mobile number
    Mobile,
}

/// The gravest that stands in a text.
pub(super) fn find(text: &str) -> Option<Private> {
    let figures = text.chars().filter(|sign| sign.is_numeric() || is_mask(*sign)).count();
    if figures < FEWEST {
        return None;
    }
    let marks = find_data(text, &Known::default());
    if marks.iter().any(|mark| mark.datum == Datum::IdentityNumber) {
        return Some(Private::Identity);
    }
    marks.iter().any(|mark| mark.datum == Datum::Phone && is_mobile(&mark.text)).then_some(Private::Mobile)
}

fn is_mask(sign: char) -> bool {
    matches!(sign, '*' | '＊' | '×' | '•' | '●' | 'x' | 'X')
}

/// Whether a number is a mobile one: 11 digits, or fewer with some hidden.
pub(super) fn is_mobile(number: &str) -> bool {
    let digits: String = number.chars().map(crate::domain::operator::narrow).filter(char::is_ascii_digit).collect();
    let own = ["0086", "86", "0"].iter().find_map(|lead| digits.strip_prefix(lead).filter(|rest| starts(rest)));
    let own = own.unwrap_or(&digits);
    let hidden = number.chars().any(is_mask);
    starts(own) && (own.len() == 11 || hidden && (5..11).contains(&own.len()))
}

fn starts(digits: &str) -> bool {
    let mut signs = digits.chars();
    signs.next() == Some('1') && signs.next().is_some_and(|second| ('3'..='9').contains(&second))
}
