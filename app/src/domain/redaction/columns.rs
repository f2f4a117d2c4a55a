//! Tables: a heading (姓名, 家庭住址, 银行账号) speaks for the cells under it. Cells are divided by `|` or tabs, as tables of
//! Markdown, spreadsheets and documents become text.

use super::names::{self, Place};
use super::plain::{Plain, is_han, is_separator};
use super::{Datum, Find};

const NAME_HEADINGS: &[&str] = &[
    "姓名",
    "联系人",
    "负责人",
    "法定代表人",
    "经营者",
    "投资人",
    "投诉人",
    "举报人",
    "抽样人员",
    "签名",
    "经办人",
    "承办人",
];
const ADDRESS_HEADINGS: &[&str] = &["住址", "家庭住址", "家庭地址", "户籍地址", "户籍所在地"];
const ACCOUNT_HEADINGS: &[&str] = &["银行账号", "银行卡号", "账号", "帐号", "卡号", "收款账号"];

type Cell = (usize, usize);

/// Marks the cells under such headings until a row has another number of cells. (A cell may say 负责人 of a post, so a row
/// under headings is never a new one.)
pub(super) fn find(plain: &Plain, known: &[&str]) -> Vec<Find> {
    let mut finds = Vec::new();
    let mut headings: Vec<Option<Datum>> = Vec::new();
    for line in lines(plain) {
        let cells = cells(plain, line);
        let found: Vec<Option<Datum>> = cells.iter().map(|cell| heading(plain, *cell)).collect();
        if cells.len() < 2 {
            headings.clear();
        } else if cells.len() != headings.len() || headings.iter().all(Option::is_none) {
            headings = found;
        } else {
            let marked = cells.iter().zip(&headings).filter_map(|(cell, datum)| datum.map(|datum| (*cell, datum)));
            finds.extend(marked.filter_map(|(cell, datum)| of_cell(plain, cell, datum, known)));
        }
    }
    finds
}

fn lines(plain: &Plain) -> Vec<Cell> {
    let mut lines = Vec::new();
    let mut from = 0;
    for (at, sign) in plain.signs().iter().enumerate() {
        if *sign == '\n' {
            lines.push((from, at));
            from = at + 1;
        }
    }
    lines.push((from, plain.len()));
    lines
}

/// The cells of a line, trimmed; the empty ones before the first and after the last border count as none.
fn cells(plain: &Plain, (from, to): Cell) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut start = from;
    for at in from..=to {
        if at == to || matches!(plain.get(at), Some('|' | '\t')) {
            let left = (start..at).find(|place| !plain.get(*place).is_some_and(char::is_whitespace)).unwrap_or(at);
            let right = (left..at)
                .rev()
                .find(|place| !plain.get(*place).is_some_and(char::is_whitespace))
                .map_or(left, |last| last + 1);
            cells.push((left, right));
            start = at + 1;
        }
    }
    if cells.first().is_some_and(|(left, right)| left == right) && plain.get(from) == Some('|') {
        cells.remove(0);
    }
    if cells.last().is_some_and(|(left, right)| left == right) {
        cells.pop();
    }
    cells
}

fn heading(plain: &Plain, (from, to): Cell) -> Option<Datum> {
    let text = plain.string(from, to);
    let is = |words: &[&str]| words.contains(&text.trim_matches('*'));
    if is(NAME_HEADINGS) {
        Some(Datum::PersonName)
    } else if is(ADDRESS_HEADINGS) {
        Some(Datum::HomeAddress)
    } else {
        is(ACCOUNT_HEADINGS).then_some(Datum::BankAccount)
    }
}

fn of_cell(plain: &Plain, (from, to): Cell, datum: Datum, known: &[&str]) -> Option<Find> {
    let text = plain.string(from, to);
    let fits = match datum {
        Datum::PersonName => names::name_at(plain, from, Place::Field) == Some(to) && !known.contains(&text.as_str()),
        Datum::HomeAddress => text.chars().filter(|sign| is_han(*sign)).count() >= 4,
        _ => {
            let digits = text.chars().filter(char::is_ascii_digit).count();
            (8..=30).contains(&digits)
                && text.chars().all(|sign| sign.is_ascii_digit() || is_separator(sign) || sign == '*')
        }
    };
    fits.then_some(Find { datum, from, to })
}
