//! Telephones, QQ, 微信, mail (通讯方式). Hotlines (12315, 400…) are none.

use super::digits::{group_starts, groups, letters_before, masked};
use super::plain::{Plain, is_separator};
use super::{Datum, Find};

/// Before a fixed line's number without area code or separator.
const PHONE_WORDS: &[&str] = &[
    "电话",
    "电话号码",
    "座机",
    "手机",
    "手机号",
    "手机号码",
    "联系方式",
    "联系电话",
    "传真",
    "热线",
    "TEL",
    "Tel",
    "tel",
    "Tel.",
    "拨打",
    "致电",
];
/// Before names and numbers of message services.
const MESSAGE_WORDS: &[&str] = &[
    "QQ",
    "qq",
    "QQ号",
    "qq号",
    "QQ号码",
    "微信",
    "微信号",
    "微信号码",
    "微信号为",
    "WeChat",
    "wechat",
    "VX",
    "vx",
    "V信",
];
/// 微信's public pages are no person's.
const PUBLIC_PAGES: &[&str] = &["公众", "小程序", "视频号", "群", "支付", "平台", "服务号"];
/// What an 11-digit number before it counts.
const UNITS: &[&str] = &["元", "万", "吨", "公斤", "千克", "批", "件", "人", "亿", "%"];
/// After these words 11 digits are no mobile number.
const OTHER_NUMBERS: &[&str] = &["批号", "编号", "单号", "条码", "代码", "许可证", "文号", "案号", "流水号", "执照"];

/// Marks all ways to reach a person, but those the bureau publishes.
pub(super) fn find(plain: &Plain, published: &[&str]) -> Vec<Find> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for start in group_starts(plain) {
        if spans.last().is_some_and(|(_, end)| start < *end) {
            continue;
        }
        let found = mobile(plain, start).or_else(|| hidden_mobile(plain, start)).or_else(|| fixed_line(plain, start));
        spans.extend(found);
    }
    spans.extend(messages(plain));
    spans.extend(mail(plain));
    spans.extend(local_numbers(plain));
    spans.retain(|(from, to)| !is_published(&plain.string(*from, *to), published));
    spans.into_iter().map(|(from, to)| Find { datum: Datum::Phone, from, to }).collect()
}

fn is_mobile(number: &str) -> bool {
    number.len() == 11
        && number.starts_with('1')
        && number.as_bytes().get(1).is_some_and(|second| (b'3'..=b'9').contains(second))
}

/// A mobile number in its usual groups, with +86 or 0086.
fn mobile(plain: &Plain, start: usize) -> Option<(usize, usize)> {
    const GROUPS: [&[usize]; 8] = [&[11], &[3, 4, 4], &[3, 3, 5], &[3, 8], &[7, 4], &[4, 4, 3], &[5, 6], &[4, 3, 4]];
    const LETTERS: &[&str] = &["", "TEL", "T", "M", "MOBILE", "PHONE", "VX", "QQ"];
    let parts = groups(plain, start, 16);
    let lengths: Vec<usize> = parts.iter().map(|(part, _)| part.len()).collect();
    let number_of = |parts: &[(String, usize)]| parts.iter().map(|(part, _)| part.as_str()).collect::<String>();
    let alone = |end: usize| {
        !plain.get(end).is_some_and(|sign| sign.is_ascii_alphanumeric()) && plain.word_at(end, UNITS).is_none()
    };
    let ours = LETTERS.contains(&letters_before(plain, start).as_str())
        && plain.label_before(start, 8, OTHER_NUMBERS).is_none()
        && !(plain.before(start) == Some('.')
            && plain.get(start.saturating_sub(2)).is_some_and(|sign| sign.is_ascii_digit()));
    if !ours {
        return None;
    }
    // the country's number in front, in the same group or its own
    for prefix in ["86", "0086"] {
        let first = parts.first()?;
        if first.0 == prefix && parts.len() > 1 {
            return mobile(plain, first.1 + usize::from(plain.get(first.1).is_some_and(is_separator)))
                .map(|(_, end)| (start, end));
        }
        if let Some(number) = first.0.strip_prefix(prefix).filter(|number| is_mobile(number)) {
            return alone(first.1).then_some((start, start + prefix.len() + number.len()));
        }
    }
    let single = parts.iter().take(11).all(|(part, _)| part.len() == 1) && parts.len() >= 11;
    let taken = if single {
        Some(11)
    } else {
        GROUPS.iter().find(|group| lengths.starts_with(group)).map(|group| group.len())
    }?;
    let parts = &parts[..taken];
    let end = parts.last()?.1;
    (is_mobile(&number_of(parts)) && alone(end) && is_one_number(plain, start, end, taken)).then_some((start, end))
}

/// Whether groups belong together: one separator between two, or two groups at the end of a line that is no row of figures.
fn is_one_number(plain: &Plain, start: usize, end: usize, groups: usize) -> bool {
    let text = plain.slice(start, end);
    let close = end - start < 11 + groups && !text.contains(&'\n');
    let figure = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit() || is_separator(sign));
    let cut = groups == 2 && text.contains(&'\n') && !figure(plain.before(start)) && !figure(plain.get(end));
    groups == 1 || close || cut
}

/// `138****8000`.
fn hidden_mobile(plain: &Plain, start: usize) -> Option<(usize, usize)> {
    let found = masked(plain, start)?;
    let lead = found.lead.starts_with('1')
        && found.lead.as_bytes().get(1).is_some_and(|second| (b'3'..=b'9').contains(second));
    let fits = lead && found.lead.len() >= 3 && found.run >= 3 && (10..=12).contains(&found.total);
    (fits && letters_before(plain, start).is_empty()).then_some((start, found.end))
}

/// `0519-86668888`, `(0519)86668888转801`, `010 6666 8888`.
fn fixed_line(plain: &Plain, start: usize) -> Option<(usize, usize)> {
    let end_of = |from: usize| {
        (from..plain.len()).find(|at| !plain.get(*at).is_some_and(|sign| sign.is_ascii_digit())).unwrap_or(plain.len())
    };
    let first = end_of(start);
    let number = plain.string(start, first);
    if !number.starts_with('0') || !letters_before(plain, start).is_empty() || plain.before(start) == Some('.') {
        return None;
    }
    let area = if number.starts_with("01") || number.starts_with("02") { 3 } else { 4 };
    let known_area =
        number.starts_with("010") || number.as_bytes().get(1).is_some_and(|second| (b'2'..=b'9').contains(second));
    let from = if plain.before(start) == Some('(') { start - 1 } else { start };
    if !known_area {
        return None;
    }
    let end = if number.len() == area {
        let past = (first..(first + 3).min(plain.len()))
            .find(|at| !plain.get(*at).is_some_and(|sign| " -)".contains(sign)))?;
        let end = local_end(plain, past)?;
        (past > first).then_some(end)?
    } else {
        let local = number.get(area..).filter(|local| is_local(local))?;
        let announced = plain.label_before(start, 12, PHONE_WORDS).is_some();
        announced.then_some(start + area + local.len())?
    };
    Some((from, past_extension(plain, end)))
}

fn is_local(number: &str) -> bool {
    matches!(number.len(), 7 | 8) && !number.starts_with(['0', '1'])
}

/// The end of a local number that begins here: 7 or 8 digits, also as 4-4 and 3-4.
fn local_end(plain: &Plain, at: usize) -> Option<usize> {
    let parts = groups(plain, at, 12);
    let first = parts.first()?;
    if is_local(&first.0) {
        return Some(first.1);
    }
    let second = parts.get(1)?;
    (matches!((first.0.len(), second.0.len()), (4 | 3, 4)) && is_local(&format!("{}{}", first.0, second.0)))
        .then_some(second.1)
}

/// Past `-801`, `转801`.
fn past_extension(plain: &Plain, end: usize) -> usize {
    let past =
        ["-", "转", "转分机"].iter().filter(|word| plain.starts_with(end, word)).map(|word| word.chars().count()).max();
    let Some(past) = past else { return end };
    let digits =
        (end + past..plain.len()).take_while(|at| plain.get(*at).is_some_and(|sign| sign.is_ascii_digit())).count();
    if (1..=6).contains(&digits) { end + past + digits } else { end }
}

/// `电话：86668888` without area code.
fn local_numbers(plain: &Plain) -> Vec<(usize, usize)> {
    plain
        .each(PHONE_WORDS)
        .filter_map(|(_, end)| {
            let at = (end..plain.len().min(end + 4))
                .find(|at| !plain.get(*at).is_some_and(|sign| "：:为是 (号".contains(sign)))?;
            let to = local_end(plain, at)?;
            let alone = !plain.get(to).is_some_and(|sign| sign.is_ascii_alphanumeric() || sign == '年' || sign == '元');
            alone.then(|| (at, past_extension(plain, to)))
        })
        .collect()
}

/// Names and numbers behind QQ and 微信.
fn messages(plain: &Plain) -> Vec<(usize, usize)> {
    plain
        .each(MESSAGE_WORDS)
        .filter(|(start, _)| !plain.before(*start).is_some_and(|sign| sign.is_ascii_alphanumeric()))
        .filter_map(|(_, end)| {
            if plain.word_at(end, PUBLIC_PAGES).is_some() {
                return None;
            }
            let at = (end..plain.len().min(end + 5))
                .find(|at| !plain.get(*at).is_some_and(|sign| "：:为是 (号码名\"“".contains(sign)))?;
            let to = (at..plain.len())
                .find(|place| {
                    !plain.get(*place).is_some_and(|sign| sign.is_ascii_alphanumeric() || sign == '_' || sign == '-')
                })
                .unwrap_or(plain.len());
            ((5..=20).contains(&(to - at))).then_some((at, to))
        })
        .collect()
}

/// Addresses of mail, but those of offices (gov.cn).
fn mail(plain: &Plain) -> Vec<(usize, usize)> {
    let part = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphanumeric() || "._-+".contains(sign));
    let mut spans = Vec::new();
    for at in (0..plain.len()).filter(|at| plain.get(*at) == Some('@')) {
        let from = (at.saturating_sub(64)..at).rev().take_while(|place| part(plain.get(*place))).last().unwrap_or(at);
        let to = (at + 1..plain.len().min(at + 64))
            .take_while(|place| part(plain.get(*place)))
            .last()
            .map_or(at, |last| last + 1);
        let host = plain.string(at + 1, to);
        let host = host.trim_end_matches(['.', '-']);
        if from < at && host.contains('.') && !host.ends_with(".gov.cn") {
            spans.push((from, at + 1 + host.chars().count()));
        }
    }
    spans
}

/// Compares digits only (a local number is the end of one with area code), or the whole text of a mail address.
fn is_published(found: &str, published: &[&str]) -> bool {
    let digits =
        |text: &str| -> String { Plain::of(text).signs().iter().filter(|sign| sign.is_ascii_digit()).collect() };
    let number = digits(found);
    published.iter().any(|own| {
        let own_number = digits(own);
        let same = own.contains('@') && own.eq_ignore_ascii_case(found);
        let both = number.len() >= 7 && own_number.len() >= 7;
        same || (both
            && !own.contains('@')
            && (own_number.ends_with(&number) || number.ends_with(&own_number) || number.starts_with(&own_number)))
    })
}
