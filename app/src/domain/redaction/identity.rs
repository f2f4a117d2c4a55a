//! Identity numbers (GB 11643-1999 and the 15 digits before it), passports and permits.

use super::digits::{group_starts, is_digit, is_mask, letters_before, loose, masked, past_separators, spaced};
use super::plain::{Plain, is_han, is_separator};
use super::{Datum, Find};
use crate::domain::identifier::{Form, uscc_form};

/// The first two digits: provinces, 兵团 (66), and 港澳台居民居住证 (81–83).
const REGIONS: &[&str] = &[
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83", "66",
];
/// After these words a number is an identity number even if its check digit is wrong.
const IDENTITY_WORDS: &[&str] = &[
    "身份证",
    "身份证号",
    "身份证号码",
    "身份证件",
    "公民身份",
    "公民身份号码",
    "身份号码",
    "身份证明号码",
    "证件号",
    "证件号码",
    "证件编号",
    "居民身份",
];
/// Other documents of persons.
const DOCUMENT_WORDS: &[&str] = &[
    "护照",
    "通行证",
    "回乡证",
    "台胞证",
    "居住证",
    "暂住证",
    "居留证",
    "居留许可",
    "军官证",
    "士兵证",
    "士官证",
    "文职干部证",
    "警官证",
    "驾驶证",
    "学籍号",
    "社会保障号",
    "社保号",
    "医保号",
];
/// After these words a number is no identity number, whatever its digits.
const OTHER_NUMBERS: &[&str] = &[
    "信用代码",
    "批号",
    "批次号",
    "条码",
    "条形码",
    "抽样单",
    "抽样编号",
    "样品编号",
    "订单号",
    "运单号",
    "追溯码",
    "许可证",
    "许可证编号",
    "注册号",
    "执照",
    "流水号",
];
/// The same for 15 digits, which have no check digit.
const OTHER_SHORT_NUMBERS: &[&str] = &["编号", "单号", "备案号", "文号", "案号", "串号"];
/// Letters that may touch an identity number: 学籍号 is G or L before it.
const PREFIXES: &[&str] = &["", "ID", "NO", "IDNO", "SFZ", "SFZH", "G", "L"];

/// Marks all identity numbers.
pub(super) fn find(plain: &Plain) -> Vec<Find> {
    let mut finds = Vec::new();
    let mut end = 0;
    for start in group_starts(plain) {
        if start >= end
            && let Some(to) = whole(plain, start)
        {
            finds.push(Find { datum: Datum::IdentityNumber, from: start, to });
            end = to;
        }
    }
    finds.extend(half_masked(plain));
    finds.extend(after_words(plain, IDENTITY_WORDS, &|digits, total, masks, letters| {
        (letters <= 1 && digits >= 6 && (12..=22).contains(&total))
            || (masks >= 2 && (6..=22).contains(&total))
            || ((1..=2).contains(&letters) && (6..=10).contains(&digits))
    }));
    finds.extend(after_words(plain, DOCUMENT_WORDS, &|digits, total, masks, letters| {
        letters <= 3 && (digits >= 6 || masks >= 2) && (6..=22).contains(&total)
    }));
    finds
}

/// A number of 18 or 15 digits that is one by its own form.
fn whole(plain: &Plain, start: usize) -> Option<usize> {
    if !PREFIXES.contains(&letters_before(plain, start).as_str()) {
        return None;
    }
    let identity = plain.label_before(start, 14, IDENTITY_WORDS);
    let labelled = |words: &[&str]| {
        plain.label_before(start, 14, words).is_some_and(|other| identity.is_none_or(|own| other < own))
    };
    if let Some((number, end)) = spaced(plain, start, 18, true)
        && is_number_of_18(&number)
        && !labelled(OTHER_NUMBERS)
        && (identity.is_some() || is_one_number(plain, start, end))
    {
        return Some(end);
    }
    let (number, end) = spaced(plain, start, 15, false)?;
    // without a check digit only an unbroken number, or one written 6-6-3, is told from a row of figures
    let unbroken = end - start == 15
        || (end - start == 17
            && [6, 13].iter().all(|at| plain.get(start + at).is_some_and(|sign| matches!(sign, ' ' | '-'))));
    (unbroken && is_number_of_15(&number) && !labelled(OTHER_NUMBERS) && !labelled(OTHER_SHORT_NUMBERS)).then_some(end)
}

/// Whether the groups of 18 digits belong together: unbroken, or alone, or (in a row of figures) grouped as identity
/// numbers are, by single spaces or hyphens.
fn is_one_number(plain: &Plain, start: usize, end: usize) -> bool {
    const GROUPS: &[&[usize]] =
        &[&[6, 8, 4], &[6, 12], &[14, 4], &[6, 4, 4, 4], &[6, 4, 2, 2, 4], &[3, 3, 4, 4, 4], &[3, 3, 4, 2, 2, 4]];
    let before = (start.saturating_sub(16)..start).rev().find(|at| !plain.get(*at).is_some_and(is_separator));
    let after = past_separators(plain, end);
    let alone = !before.is_some_and(|at| is_digit(plain.get(at))) && !is_digit(plain.get(after));
    let text = plain.string(start, end);
    let lengths: Vec<usize> = text.split([' ', '-']).map(str::len).collect();
    end - start == 18
        || alone
        || (GROUPS.contains(&lengths.as_slice())
            && text.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == ' ' || sign == '-'))
}

/// Region, day of birth and check digit fit (GB 11643-1999). Permanent residence cards of foreigners (9 and the region) look
/// like codes of companies: a valid code of a company is one.
pub(super) fn is_number_of_18(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = number.chars().zip(WEIGHTS).map(|(sign, weight)| sign.to_digit(10).unwrap_or(0) * weight).sum();
    let check = "10X98765432".chars().nth((sum % 11) as usize);
    number.len() == 18 && has_region(number) && number.get(6..14).is_some_and(is_day) && number.chars().last() == check
}

fn has_region(number: &str) -> bool {
    let foreign = number.starts_with('9');
    let place = if foreign { number.get(1..3) } else { number.get(..2) };
    place.is_some_and(|place| REGIONS.contains(&place)) && !(foreign && uscc_form(number) == Form::Valid)
}

fn is_number_of_15(number: &str) -> bool {
    number.len() == 15
        && number.get(..2).is_some_and(|region| REGIONS.contains(&region))
        && number.get(2..4) != Some("00")
        && number.get(6..12).is_some_and(|day| is_day(&format!("19{day}")))
}

/// `YYYYMMDD` of a day in 1900–2099.
fn is_day(day: &str) -> bool {
    let part = |range: std::ops::Range<usize>| day.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let (year, month, day) = (part(0..4), part(4..6), part(6..8));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1900..2100).contains(&year) && (1..=days).contains(&day)
}

/// `110105********0123`: hidden digits hide nothing, region, birth and last digits find the person.
fn half_masked(plain: &Plain) -> Vec<Find> {
    let mut finds = Vec::new();
    let mut end = 0;
    for start in 0..plain.len() {
        let Some(sign) = plain.get(start).filter(|sign| start >= end && (sign.is_ascii_digit() || is_mask(*sign)))
        else {
            continue;
        };
        if plain.before(start).is_some_and(|before| before.is_ascii_alphanumeric() || is_mask(before)) {
            continue;
        }
        let Some(found) = masked(plain, start) else { continue };
        let region = found.lead.get(..2).is_some_and(|region| REGIONS.contains(&region));
        let long = matches!(found.total, 15 | 18);
        let fits = (region && found.run >= 4 && long)
            || (region && found.run >= 3 && found.lead.len() >= 6 && (12..=24).contains(&found.total))
            || (is_mask(sign) && sign != '_' && found.run >= 10 && found.total == 18 && (3..=6).contains(&found.tail));
        if fits {
            finds.push(Find { datum: Datum::IdentityNumber, from: start, to: found.end });
        }
        end = found.end;
    }
    finds
}

/// What stands after a word that announces it, by digits, all signs, hidden signs and letters; and 后四位 with its digits.
fn after_words(plain: &Plain, words: &[&str], fits: &dyn Fn(usize, usize, usize, usize) -> bool) -> Vec<Find> {
    const TAILS: &[&str] = &["后四位", "后六位", "后4位", "后6位", "末四位", "尾号"];
    let mut finds = Vec::new();
    for (start, end) in plain.each(words) {
        if plain.label_before(start, 3, &["许可", "执法", "营业", "资格", "登记"]).is_some() {
            continue;
        }
        let Some(at) = value_after(plain, end) else { continue };
        let Some((to, digits, total)) = loose(plain, at) else { continue };
        let tail = TAILS.iter().find_map(|tail| {
            (end..at + 4).find(|place| plain.starts_with(*place, tail)).map(|place| place + tail.chars().count())
        });
        let value = plain.slice(at, to);
        let letters = value.iter().filter(|sign| sign.is_ascii_alphabetic() && !is_mask(**sign)).count();
        let masks = value.iter().filter(|sign| is_mask(**sign)).count();
        if fits(digits, total, masks, letters) && !is_date(value) && !is_company(value) {
            finds.push(Find { datum: Datum::IdentityNumber, from: at, to });
        } else if let Some(place) = tail
            && let Some(at) = value_after(plain, place)
            && let Some((to, digits @ 3..=6, _)) = loose(plain, at)
            && digits <= 6
        {
            finds.push(Find { datum: Datum::IdentityNumber, from: at, to });
        }
    }
    finds
}

/// The first letter, digit or star within 10 signs that end no clause.
fn value_after(plain: &Plain, end: usize) -> Option<usize> {
    (end..(end + 11).min(plain.len()))
        .take_while(|at| {
            plain.get(*at).is_some_and(|sign| is_han(sign) || !matches!(sign, '，' | ',' | '。' | ';' | '；'))
        })
        .find(|at| plain.get(*at).is_some_and(|sign| sign.is_ascii_alphanumeric() || is_mask(sign)))
}

/// `2030.01.01`, `2020-01-01-2040-01-01`: a card's days of validity.
fn is_date(value: &[char]) -> bool {
    let text: String = value.iter().collect();
    let parts: Vec<&str> = text.split(['.', '-']).collect();
    parts.len() >= 3
        && parts.iter().all(|part| part.len() <= 4)
        && parts.first().is_some_and(|year| year.len() == 4)
        && parts.get(1).is_some_and(|month| month.len() <= 2)
}

/// A valid code of a company behind 证件号码 of its licence.
fn is_company(value: &[char]) -> bool {
    uscc_form(&value.iter().collect::<String>()) == Form::Valid && value.first().is_some_and(|sign| *sign == '9')
}
