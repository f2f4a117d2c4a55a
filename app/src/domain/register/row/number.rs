//! Numbers as people write them.

use crate::domain::operator::narrow;

/// Digits before and after the point.
const MOST: (usize, usize) = (15, 6);

/// A number without needless noughts: `1,200.50 吨` → `1200.5`. Thousands may be divided by commas, the unit may follow.
pub(super) fn decimal(text: &str, unit: &str) -> Option<String> {
    let plain: String = text.chars().map(narrow).map(|sign| if sign == '\u{2212}' { '-' } else { sign }).collect();
    let plain = plain.trim();
    let unit: String = unit.chars().map(narrow).collect();
    let bare = if unit.is_empty() { plain } else { plain.strip_suffix(unit.as_str()).unwrap_or(plain).trim_end() };
    let (minus, digits) = match bare.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, bare.strip_prefix('+').unwrap_or(bare)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = without_commas(whole)?;
    let is_digits = |text: &str| text.bytes().all(|sign| sign.is_ascii_digit());
    if whole.is_empty() || !is_digits(&whole) || !is_digits(part) || digits.ends_with('.') {
        return None;
    }
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    if whole.len() > MOST.0 || part.len() > MOST.1 {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let number = if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") };
    Some(if minus && number != "0" { format!("-{number}") } else { number })
}

/// `1,234` → `1234`; commas elsewhere than before three digits make it no number.
fn without_commas(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let fits = rest.is_empty() || (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    fits.then(|| format!("{first}{}", rest.concat()))
}

/// A whole number.
pub(super) fn integer(text: &str, unit: &str) -> Option<i64> {
    decimal(text, unit)?.parse().ok()
}

/// Degrees with at most six digits after the point: `东经119.95°`, `31.75°N`.
pub(super) fn degrees(text: &str) -> Option<f64> {
    let plain: String = text.chars().map(narrow).collect();
    let bare = plain
        .trim()
        .trim_start_matches(['东', '北', '经', '纬', ':', ' ', 'E', 'N', 'e', 'n'])
        .trim_end_matches(['E', 'N', 'e', 'n', '°', '度', ' ']);
    let shaped = !bare.is_empty() && bare.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | '-'));
    bare.parse::<f64>().ok().filter(|degrees| shaped && degrees.is_finite())
}

/// `1.234567E+17`, by which spreadsheets spoil long codes.
pub(super) fn is_scientific(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else { return false };
    let shaped = digits.contains('.') && digits.bytes().all(|sign| sign.is_ascii_digit() || sign == b'.');
    shaped && power.strip_prefix('+').is_some_and(|power| power.parse::<u8>().is_ok())
}
