//! Days, weeks and months as people write them.

use chrono::{Datelike, Days, NaiveDate};

use super::super::week_day;
use crate::domain::{
    date::{from_excel_serial, parse_day},
    operator::narrow,
};

/// Words for "without end" under a last day.
const ENDLESS: [&str; 6] = ["长期", "长期有效", "永久", "永久有效", "无固定期限", "无期限"];

/// Signs between the first and the last of days.
const SPANS: [char; 6] = ['至', '到', '~', '—', '–', '-'];

fn plain(text: &str) -> String {
    text.chars().map(narrow).collect::<String>().replace('号', "日")
}

/// A day; weekdays and what stands in brackets are left out. Excel's serial numbers too.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = plain(text);
    let bare = text.split(['(', '（', '[']).next().unwrap_or_default();
    let bare = bare.split("星期").next().unwrap_or_default().split(" 周").next().unwrap_or_default();
    let bare = bare.trim().trim_end_matches(['.', '。']);
    let spaceless: String = bare.chars().filter(|sign| !sign.is_whitespace()).collect();
    parse_day(bare).or_else(|| parse_day(&spaceless)).or_else(|| serial(bare))
}

fn serial(text: &str) -> Option<NaiveDate> {
    let is_number = text.len() >= 5 && text.chars().all(|sign| sign.is_ascii_digit() || sign == '.');
    from_excel_serial(text.parse().ok().filter(|_| is_number)?)
}

/// A last day: also the second of two days, and behind words such as 有效期至.
pub(super) fn until(text: &str) -> Option<NaiveDate> {
    let text = plain(text);
    day(&text).or_else(|| {
        text.char_indices().filter(|(_, sign)| SPANS.contains(sign)).find_map(|(at, sign)| {
            let (before, last) = (text[..at].trim(), text[at + sign.len_utf8()..].trim_start_matches(SPANS));
            let before = before.trim_start_matches('自').trim_end_matches(SPANS).trim_end_matches('起');
            let wordy = sign != '-' && !before.contains(|sign: char| sign.is_ascii_digit());
            day(last).filter(|_| wordy || day(before).is_some())
        })
    })
}

/// Whether a last day is none.
pub(super) fn is_endless(text: &str) -> bool {
    ENDLESS.contains(&text)
}

/// A month: `2026年3月`, `2026-03`, `2026.3`, `202603`, or any of its days.
pub(super) fn month(text: &str) -> Option<NaiveDate> {
    let plain = plain(text);
    let shaped = plain.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '-' | '/' | '.' | '年' | '月' | ' '));
    let parts: Vec<&str> = plain.split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let first = |year: &str, month: &str| {
        let year = year.parse().ok().filter(|year| (1990..=2099).contains(year))?;
        NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)
    };
    let found = match parts.as_slice() {
        [one] if one.len() == 6 => first(&one[..4], &one[4..]),
        [year, month] if year.len() == 4 && month.len() <= 2 => first(year, month),
        _ => None,
    };
    found.filter(|_| shaped).or_else(|| day(text)?.with_day(1))
}

/// A week by its Monday: `2026年第12周`, `2026-W12`, one of its days, or two of them with 至 between.
pub(super) fn week(text: &str) -> Option<NaiveDate> {
    let plain: String = plain(text).chars().filter(|sign| !sign.is_whitespace()).collect();
    numbered(&plain).or_else(|| day(text).and_then(monday)).or_else(|| {
        let (first, last) = plain.split_once(['至', '到', '~', '—', '–'])?;
        let (first, last) = (monday(day(first)?)?, monday(day(last.trim_start_matches(['—', '~', '–']))?)?);
        (first == last).then_some(first)
    })
}

fn numbered(plain: &str) -> Option<NaiveDate> {
    let (year, rest) = plain.split_at_checked(4)?;
    let number = rest
        .strip_prefix("年第")
        .or_else(|| rest.strip_prefix('第'))
        .or_else(|| rest.strip_prefix('年'))
        .and_then(|rest| rest.strip_suffix('周'))
        .or_else(|| rest.trim_start_matches('-').strip_prefix(['W', 'w']))?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_digit());
    let year: i32 = year.parse().ok().filter(|year| (1990..=2099).contains(year))?;
    is_number(number).then(|| week_day(year, number.parse().ok()?)).flatten()
}

fn monday(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))
}
