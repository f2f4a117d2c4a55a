//! Numbers as people write them: in groups, over line ends, half hidden.

use super::plain::Plain;

/// Digits with what hides some of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Masked {
    /// Digits before the first hidden place
    pub(super) lead: String,
    /// The longest unbroken run of hidden places
    pub(super) run: usize,
    /// Digits (and a last X) after the last hidden place
    pub(super) tail: usize,
    /// All signs without separators
    pub(super) total: usize,
    /// One past the last sign
    pub(super) end: usize,
}

pub(super) fn is_digit(sign: Option<char>) -> bool {
    sign.is_some_and(|sign| sign.is_ascii_digit())
}

fn is_alnum(sign: Option<char>) -> bool {
    sign.is_some_and(|sign| sign.is_ascii_alphanumeric())
}

/// A sign written in place of a digit.
pub(super) fn is_mask(sign: char) -> bool {
    matches!(sign, '*' | '×' | 'x' | 'X' | '●' | '■' | '█' | '▇' | '□' | '○' | '◯' | '#' | '_')
}

/// Where a group of digits begins.
pub(super) fn group_starts(plain: &Plain) -> impl Iterator<Item = usize> + '_ {
    (0..plain.len()).filter(|at| is_digit(plain.get(*at)) && !is_digit(plain.before(*at)))
}

/// ASCII letters that touch a place from the left, in capitals.
pub(super) fn letters_before(plain: &Plain, at: usize) -> String {
    let start =
        (0..at).rev().take_while(|place| plain.get(*place).is_some_and(|sign| sign.is_ascii_alphabetic())).last();
    start.map_or_else(String::new, |start| plain.string(start, at).to_ascii_uppercase())
}

/// Past the separators at a place: spaces, at most two line ends and two of `-.·_`. The place itself if there are none.
pub(super) fn past_separators(plain: &Plain, at: usize) -> usize {
    let (mut end, mut lines, mut marks) = (at, 0, 0);
    while let Some(sign) = plain.get(end).filter(|_| end - at < 16) {
        match sign {
            '\n' => lines += 1,
            '-' | '.' | '·' | '_' => marks += 1,
            _ if sign.is_whitespace() => {}
            _ => break,
        }
        if lines > 2 || marks > 2 {
            break;
        }
        end += 1;
    }
    end
}

/// Exactly `want` digits from a place, in any groups; `x_last` lets the last be X. They end where a group ends.
pub(super) fn spaced(plain: &Plain, start: usize, want: usize, x_last: bool) -> Option<(String, usize)> {
    let mut digits = String::with_capacity(want);
    let mut at = start;
    while digits.len() < want {
        let sign = plain.get(at)?;
        if sign.is_ascii_digit() || (x_last && digits.len() + 1 == want && matches!(sign, 'x' | 'X')) {
            digits.push(sign.to_ascii_uppercase());
            at += 1;
        } else {
            let next = past_separators(plain, at);
            if next == at || digits.is_empty() {
                return None;
            }
            at = next;
        }
    }
    (!is_alnum(plain.get(at))).then_some((digits, at))
}

/// The groups of digits from a place on, up to `most` digits: each with its end.
pub(super) fn groups(plain: &Plain, start: usize, most: usize) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let (mut at, mut count) = (start, 0);
    loop {
        let end = (at..plain.len()).find(|place| !is_digit(plain.get(*place))).unwrap_or(plain.len());
        count += end - at;
        if end == at || count > most {
            return found;
        }
        found.push((plain.string(at, end), end));
        let next = past_separators(plain, end);
        if next == end {
            return found;
        }
        at = next;
    }
}

/// Digits and hidden places from a place on, with at most one separator between two signs.
pub(super) fn masked(plain: &Plain, start: usize) -> Option<Masked> {
    let mut found = Masked::default();
    let (mut at, mut run, mut seen) = (start, 0, false);
    while let Some(sign) = plain.get(at) {
        if sign.is_ascii_digit() {
            if !seen {
                found.lead.push(sign);
            }
            (found.tail, run) = (found.tail + 1, 0);
        } else if is_mask(sign) {
            (found.tail, run, seen) = (0, run + 1, true);
            found.run = found.run.max(run);
        } else if matches!(sign, ' ' | '-')
            && at > start
            && plain.get(at + 1).is_some_and(|next| is_mask(next) || next.is_ascii_digit())
        {
            at += 1;
            continue;
        } else {
            break;
        }
        found.total += 1;
        at += 1;
        found.end = at;
        if found.total > 40 {
            return None;
        }
    }
    (found.run > 0 && !is_alnum(plain.get(found.end))).then_some(found)
}

/// Letters, digits and hidden places in one piece, with single separators between them: start, end, digits, all signs.
pub(super) fn loose(plain: &Plain, start: usize) -> Option<(usize, usize, usize)> {
    let (mut at, mut end, mut digits, mut total) = (start, start, 0, 0);
    while let Some(sign) = plain.get(at) {
        if sign.is_ascii_alphanumeric() || is_mask(sign) {
            digits += usize::from(sign.is_ascii_digit());
            total += 1;
            end = at + 1;
        } else if at == start || past_separators(plain, at) == at {
            break;
        } else {
            let next = past_separators(plain, at);
            if !plain.get(next).is_some_and(|sign| sign.is_ascii_digit() || sign == '*') {
                break;
            }
            at = next;
            continue;
        }
        at += 1;
    }
    (total > 0).then_some((end, digits, total))
}
