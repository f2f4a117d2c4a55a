//! Bank cards (ISO/IEC 7812, with the Luhn digit) and whatever stands behind the word 账号.

use super::digits::{group_starts, groups, is_mask, letters_before, loose, masked, past_separators};
use super::plain::{Plain, ends_clause};
use super::{Datum, Find};

/// Words before an account's number, and how many signs may stand between.
const ACCOUNT_WORDS: [(&str, usize); 14] = [
    ("账号", 12),
    ("帐号", 12),
    ("卡号", 12),
    ("银行账户", 12),
    ("银行帐户", 12),
    ("银行卡", 12),
    ("账户", 8),
    ("帐户", 8),
    ("存折", 8),
    ("开户行", 28),
    ("开户银行", 28),
    ("收款行", 28),
    ("收款银行", 28),
    ("开户账号", 12),
];
/// Accounts that hold no money.
const OTHER_ACCOUNTS: &[&str] = &["抖音", "快手", "微博", "公众号", "小红书", "淘宝", "登录", "用户", "平台"];
/// Numbers of payment services.
const PAY_WORDS: &[&str] =
    &["支付宝", "微信支付", "微信收款", "微信转账", "微信账号", "微信帐号", "微信账户", "财付通"];
/// After these words a number is no card, whatever its digits.
const OTHER_NUMBERS: &[&str] = &[
    "代码",
    "批号",
    "批次",
    "条码",
    "条形码",
    "编号",
    "单号",
    "追溯码",
    "许可证",
    "注册号",
    "执照",
    "流水号",
    "案号",
    "备案号",
    "文号",
    "交易号",
    "商户号",
];
/// Letters of licences and sampling numbers, with or without a space after them.
const NUMBER_LETTERS: &[&str] = &["JY", "SC", "QS", "XBJ", "SBJ", "DBJ", "NCP", "XC", "DC", "GC"];

/// Marks all accounts.
pub(super) fn find(plain: &Plain) -> Vec<Find> {
    let mut finds = Vec::new();
    let mut end = 0;
    for start in group_starts(plain) {
        if start >= end
            && let Some(to) = card(plain, start)
        {
            finds.push(Find { datum: Datum::BankAccount, from: start, to });
            end = to;
        }
    }
    finds.extend(hidden_cards(plain));
    finds.extend(after_words(plain));
    finds.extend(payment_services(plain));
    finds
}

fn card(plain: &Plain, start: usize) -> Option<usize> {
    let spaced_letters = (0..start).rev().find(|at| plain.get(*at) != Some(' ')).map_or(0, |at| at + 1);
    let foreign = !letters_before(plain, start).is_empty()
        || NUMBER_LETTERS.contains(&letters_before(plain, spaced_letters).as_str())
        || plain.label_before(start, 12, OTHER_NUMBERS).is_some();
    if foreign {
        return None;
    }
    let parts = groups(plain, start, 19);
    let mut number = String::new();
    for (index, (part, end)) in parts.iter().enumerate() {
        number.push_str(part);
        let alone = !plain.get(*end).is_some_and(|sign| sign.is_ascii_alphanumeric());
        if alone && is_issued(&number) && well_grouped(plain, start, &parts[..=index], &number) && luhn(&number) {
            return Some(*end);
        }
    }
    None
}

/// First digits and length of cards that are in use: 银联 62/60/65/68/69 and the banks' own 9…, Visa, Mastercard, JCB.
fn is_issued(number: &str) -> bool {
    let starts = |heads: &[&str]| heads.iter().any(|head| number.starts_with(head));
    match number.len() {
        16 if starts(&["4", "51", "52", "53", "54", "55", "35"]) => true,
        16..=19 => starts(&["62", "60", "65", "68", "69", "90", "94", "95", "96", "97", "98", "99"]),
        _ => false,
    }
}

/// Groups as on a card, which rows of figures seldom are: one piece; or, with one space or hyphen between, groups of four
/// of a 银联 card or behind a word for cards; or a 银联 number that the end of a line cuts in two.
fn well_grouped(plain: &Plain, start: usize, parts: &[(String, usize)], number: &str) -> bool {
    const CARD_WORDS: &[&str] = &["卡", "账", "帐", "银行", "汇", "VISA", "Visa", "Master"];
    let Some((_, end)) = parts.last() else { return false };
    let close = end - start == number.len() + parts.len() - 1;
    let alone = !plain
        .before(start)
        .is_some_and(|sign| " -.".contains(sign) && plain.before(start - 1).is_some_and(|sign| sign.is_ascii_digit()))
        && !plain
            .get(*end)
            .is_some_and(|sign| " -.".contains(sign) && plain.get(end + 1).is_some_and(|sign| sign.is_ascii_digit()));
    let announced = || plain.label_before(start, 20, CARD_WORDS).is_some();
    match parts {
        [_] => true,
        [first, _] => number.starts_with("62") && first.0.len() >= 6 && alone,
        [groups @ .., last] => {
            let fours = groups.iter().all(|part| part.0.len() == 4) && last.0.len() <= 4;
            let one_line = !plain.slice(start, *end).contains(&'\n');
            fours && close && one_line && alone && (number.starts_with("62") || announced())
        }
        [] => false,
    }
}

/// The Luhn digit (ISO/IEC 7812-1 annex B).
fn luhn(number: &str) -> bool {
    let sum: u32 = number
        .chars()
        .rev()
        .enumerate()
        .filter_map(|(place, sign)| sign.to_digit(10).map(|digit| if place % 2 == 1 { digit * 2 } else { digit }))
        .map(|value| if value > 9 { value - 9 } else { value })
        .sum();
    sum.is_multiple_of(10)
}

/// `6222 **** **** 1234`, `尾号1234的银行卡`.
fn hidden_cards(plain: &Plain) -> Vec<Find> {
    let mut finds = Vec::new();
    for start in group_starts(plain) {
        if letters_before(plain, start).is_empty()
            && plain.before(start).is_none_or(|before| !is_mask(before))
            && let Some(found) = masked(plain, start)
            && ((16..=19).contains(&found.total) || (found.lead.starts_with("62") && (10..=24).contains(&found.total)))
            && found.run >= 4
            && ["62", "60", "4", "5", "9"].iter().any(|head| found.lead.len() >= 4 && found.lead.starts_with(head))
            && !found.lead.starts_with("91")
            && !found.lead.starts_with("92")
            && !found.lead.starts_with("93")
        {
            finds.push(Find { datum: Datum::BankAccount, from: start, to: found.end });
        }
    }
    for (_, end) in plain.each(&["尾号", "尾号为", "尾号：", "尾号:"]) {
        let digits =
            (end..plain.len()).take_while(|at| plain.get(*at).is_some_and(|sign| sign.is_ascii_digit())).count();
        let near = plain.string(end.saturating_sub(14), end + digits + 8);
        if (3..=6).contains(&digits) && ["银行", "卡", "账户", "账号"].iter().any(|word| near.contains(word)) {
            finds.push(Find { datum: Datum::BankAccount, from: end, to: end + digits });
        }
    }
    finds
}

fn after_words(plain: &Plain) -> Vec<Find> {
    let words = ACCOUNT_WORDS.map(|(word, _)| word);
    let mut finds = Vec::new();
    for (start, end) in plain.each(&words) {
        if plain.label_before(start, 6, OTHER_ACCOUNTS).is_some() {
            continue;
        }
        let reach =
            ACCOUNT_WORDS.iter().filter(|(word, _)| plain.starts_with(start, word)).map(|(_, reach)| *reach).max();
        let Some(at) = number_after(plain, end, reach.unwrap_or_default()) else { continue };
        if let Some((to, digits, total)) = loose(plain, at)
            && ((12..=30).contains(&digits) && digits == total
                || (digits >= 4 && total > digits + 3 && (8..=30).contains(&total) && has_mask(plain, at, to)))
        {
            finds.push(Find { datum: Datum::BankAccount, from: at, to });
        }
    }
    finds
}

fn has_mask(plain: &Plain, from: usize, to: usize) -> bool {
    plain.slice(from, to).windows(3).any(|three| three.iter().all(|sign| is_mask(*sign)))
}

/// The first digit within reach, in the same clause (a line end is no end of it: forms are written so).
fn number_after(plain: &Plain, end: usize, reach: usize) -> Option<usize> {
    (end..plain.len().min(end + reach + 1))
        .take_while(|at| {
            plain.get(*at).is_some_and(|sign| sign == '\n' || sign == '|' || sign == '\t' || !ends_clause(sign))
        })
        .find(|at| plain.get(*at).is_some_and(|sign| sign.is_ascii_digit()))
        .filter(|at| letters_before(plain, *at).len() <= 4)
}

/// Name, telephone or mail address right behind the name of a payment service.
fn payment_services(plain: &Plain) -> Vec<Find> {
    let mut finds = Vec::new();
    for (_, end) in plain.each(PAY_WORDS) {
        let at = (end..plain.len().min(end + 8))
            .find(|at| plain.get(*at).is_none_or(|sign| !"账号户帐收款码名为是：:() \"“".contains(sign)))
            .unwrap_or(end);
        let to = (at..plain.len())
            .find(|place| {
                plain.get(*place).is_none_or(|sign| !(sign.is_ascii_alphanumeric() || "@._-*".contains(sign)))
            })
            .unwrap_or(plain.len());
        let value = plain.slice(at, to);
        let digits = value.iter().filter(|sign| sign.is_ascii_digit()).count();
        if value.len() >= 6 && (digits >= 5 || value.contains(&'@')) && past_separators(plain, at) == at {
            finds.push(Find { datum: Datum::BankAccount, from: at, to });
        }
    }
    finds
}
