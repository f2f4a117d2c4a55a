//! Telephones of offices.

use super::{CellFault, echo, private::is_mobile};
use crate::domain::operator::narrow;

/// Telephones in one form: `0519-86668888`, `400-800-1234`, `12315`, several with `、` between.
///
/// # Errors
/// A mobile number, or no telephone.
pub(super) fn read(text: &str) -> Result<String, CellFault> {
    let plain: String = text.chars().map(narrow).map(|sign| if is_dash(sign) { '-' } else { sign }).collect();
    let numbers: Vec<String> = plain
        .split(['、', '/', ',', ';', '；', '\n', '或'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| one(part).ok_or_else(|| fault(part, text)))
        .collect::<Result<_, _>>()?;
    if numbers.is_empty() {
        return Err(CellFault::NotPhone(echo(text)));
    }
    Ok(numbers.join("、"))
}

fn is_dash(sign: char) -> bool {
    matches!(sign, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{2500}' | '_')
}

fn fault(part: &str, text: &str) -> CellFault {
    if is_mobile(part) { CellFault::Mobile } else { CellFault::NotPhone(echo(text)) }
}

fn one(part: &str) -> Option<String> {
    let part = part.trim_start_matches(|sign: char| !sign.is_ascii_digit() && !matches!(sign, '(' | '+'));
    let (main, extension) = match part.split_once('转') {
        Some((main, extension)) => (main, Some(extension.trim_start_matches("分机").trim())),
        None => (part, None),
    };
    if main.chars().any(|sign| !sign.is_ascii_digit() && !matches!(sign, '-' | ' ' | '(' | ')' | '+' | '.'))
        || is_mobile(main)
    {
        return None;
    }
    let mut groups: Vec<&str> =
        main.split(|sign: char| !sign.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    // from abroad an area's nought is left out
    let mut abroad = None;
    if groups.len() > 1 && matches!(groups[0], "86" | "0086") {
        groups.remove(0);
        abroad = groups.first().filter(|area| !area.starts_with('0')).map(|area| format!("0{area}"));
    }
    if let (Some(area), Some(first)) = (&abroad, groups.first_mut()) {
        *first = area;
    }
    let number = with_extension(&groups)?;
    match extension {
        None => Some(number),
        Some(extension) => {
            let fits = (1..=6).contains(&extension.len()) && extension.bytes().all(|sign| sign.is_ascii_digit());
            (fits && !number.contains('转')).then(|| format!("{number}转{extension}"))
        }
    }
}

fn with_extension(groups: &[&str]) -> Option<String> {
    let all = groups.concat();
    if let Some(number) = whole(&all) {
        return Some(number);
    }
    let (last, rest) = groups.split_last()?;
    let fits = !rest.is_empty() && (1..=6).contains(&last.len());
    whole(&rest.concat()).filter(|number| fits && number.len() >= 7).map(|number| format!("{number}转{last}"))
}

/// A number of digits only.
fn whole(digits: &str) -> Option<String> {
    let is_local = |local: &str| matches!(local.len(), 7 | 8) && !local.starts_with(['0', '1']);
    if digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800")) {
        return Some(format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..]));
    }
    let hotline = matches!(digits, "110" | "119" | "120")
        || digits.len() == 5 && (digits.starts_with("12") || digits.starts_with("95") || digits.starts_with("96"))
        || digits.len() == 6 && digits.starts_with("96");
    if hotline || is_local(digits) {
        return Some(digits.to_owned());
    }
    let area = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => return None,
    };
    let (area, local) = digits.split_at_checked(area)?;
    is_local(local).then(|| format!("{area}-{local}"))
}
