//! The text of one cell by its column.

use std::collections::HashMap;

use super::{
    CellFault, CellRead, clean, echo, number, phone,
    private::{self, Private},
    times,
};
use crate::domain::{
    identifier::{Form, licence_form, mod_11_10, uscc_form},
    operator::{is_named, narrow},
    register::{Cell, CellType, Column, Role, heading::plain},
};

/// Signs of a line, of lines, of a code and of an address.
const LINE: usize = 200;
const LINES: usize = 2_000;
const CODE: usize = 60;
const ADDRESS: usize = 500;
/// Degrees of the country.
const LONGITUDES: std::ops::RangeInclusive<f64> = 73.0..=136.0;
const LATITUDES: std::ops::RangeInclusive<f64> = 3.0..=54.0;
const FORMULA: [&str; 8] = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"];
const YES: &[&str] = &[
    "是", "有", "已", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "对", "同意", "免费", "达标", "实施", "接入",
    "公示", "公开", "是的",
];
const NO: &[&str] = &["否", "无", "未", "×", "✗", "✘", "x", "n", "no", "false", "0", "不", "不是", "没有", "收费", "☐"];

/// What a column's wordings stand for, prepared for many rows.
pub(super) struct Values(HashMap<String, String>);

impl Values {
    pub fn of(column: &Column) -> Self {
        let wordings = column.values.iter().flat_map(|value| {
            let said = [&value.label, &value.code].into_iter().chain(&value.aliases);
            said.map(|said| (plain(said), value.code.clone()))
        });
        Self(wordings.collect())
    }

    /// Reads a cell.
    pub fn read(&self, column: &Column, text: &str) -> CellRead {
        let line = if column.cell_type == CellType::Long { clean::lines(text) } else { clean::line(text) };
        if line.is_empty() {
            return CellRead::nothing();
        }
        if FORMULA.contains(&line.as_str()) {
            return CellRead::bad(CellFault::Formula);
        }
        match column.cell_type {
            CellType::Choice => return self.choice(&line),
            CellType::YesNo => return flag(&line),
            _ if !is_named(&line) => return CellRead::nothing(),
            _ => {}
        }
        match column.cell_type {
            CellType::Text => words(line, LINE),
            CellType::Long => words(line, LINES),
            CellType::Day => day(column, &line),
            CellType::Week => read(times::week(&line).map(Cell::Week), &line, CellFault::NotWeek),
            CellType::Month => read(times::month(&line).map(Cell::Month), &line, CellFault::NotMonth),
            CellType::Integer => {
                read(number::integer(&line, &column.unit).map(Cell::Integer), &line, CellFault::NotInteger)
            }
            CellType::Decimal => {
                read(number::decimal(&line, &column.unit).map(Cell::Decimal), &line, CellFault::NotNumber)
            }
            CellType::Uscc => code(&line, uscc_form),
            CellType::Licence => code(&line, licence),
            CellType::OfficePhone => match phone::read(&line) {
                Ok(number) => CellRead::good(Cell::Text(number)),
                Err(fault) => CellRead::bad(fault),
            },
            CellType::Url => url(&line),
            CellType::Longitude => degrees(&line, &LONGITUDES, &LATITUDES),
            CellType::Latitude => degrees(&line, &LATITUDES, &LONGITUDES),
            CellType::Choice | CellType::YesNo => CellRead::nothing(),
        }
    }

    fn choice(&self, line: &str) -> CellRead {
        match self.0.get(&plain(line)) {
            Some(code) => CellRead::good(Cell::Choice(code.clone())),
            None if !is_named(line) => CellRead::nothing(),
            None => CellRead::bad(CellFault::NotChoice(echo(line))),
        }
    }
}

fn read(cell: Option<Cell>, line: &str, fault: fn(String) -> CellFault) -> CellRead {
    cell.map_or_else(|| CellRead::bad(fault(echo(line))), CellRead::good)
}

fn words(line: String, most: usize) -> CellRead {
    if line.chars().count() > most {
        return CellRead::bad(CellFault::TooLong(most));
    }
    if number::is_scientific(&line) {
        return CellRead::bad(CellFault::Scientific);
    }
    match private::find(&line) {
        Some(Private::Identity) => CellRead::bad(CellFault::Identity),
        Some(Private::Mobile) => CellRead::bad(CellFault::Mobile),
        None => CellRead::good(Cell::Text(line)),
    }
}

fn flag(line: &str) -> CellRead {
    let said = plain(line);
    let is = |words: &[&str]| words.contains(&said.as_str());
    // 已…, 未…
    let starts = |signs: &[char]| said.chars().count() <= 6 && said.starts_with(signs);
    if is(YES) || starts(&['已']) {
        CellRead::good(Cell::Flag(true))
    } else if is(NO) || starts(&['未', '不', '没']) {
        CellRead::good(Cell::Flag(false))
    } else if !is_named(line) {
        CellRead::nothing()
    } else {
        CellRead::bad(CellFault::NotFlag(echo(line)))
    }
}

fn day(column: &Column, line: &str) -> CellRead {
    let is_last = column.role == Some(Role::Until);
    if is_last && times::is_endless(line) {
        return CellRead::nothing();
    }
    let found = if is_last { times::until(line) } else { times::day(line) };
    match found {
        Some(day) => CellRead::good(Cell::Day(day)),
        None if times::month(line).is_some() => CellRead::bad(CellFault::OnlyMonth(echo(line))),
        None => CellRead::bad(CellFault::NotDay(echo(line))),
    }
}

/// A code: its text is kept whatever its form, unless it is a person's.
fn code(line: &str, form: fn(&str) -> Form) -> CellRead {
    let plain: String =
        line.chars().map(narrow).filter(|sign| !sign.is_whitespace()).flat_map(char::to_uppercase).collect();
    if number::is_scientific(&plain) {
        return CellRead::bad(CellFault::Scientific);
    }
    if plain.chars().count() > CODE {
        return CellRead::bad(CellFault::TooLong(CODE));
    }
    let form = form(&plain);
    // a valid code of a firm is none of a person; an old number of 15 digits that checks is a registration's
    let is_registration = plain.len() == 15 && registration(&plain);
    if form != Form::Valid && !is_registration && private::find(&plain).is_some() {
        return CellRead::bad(CellFault::IdentityLeftOut);
    }
    let fault = match form {
        Form::Valid => None,
        Form::CheckDigit => Some(CellFault::CheckDigit),
        Form::Malformed => Some(CellFault::Form),
    };
    CellRead { cell: Some(Cell::Text(plain)), fault }
}

/// `JY`, `SC`, and `YB` (仅销售预包装食品备案), which has no known check digit.
fn licence(code: &str) -> Form {
    let is_notice = code.strip_prefix("YB").is_some_and(|digits| digits.len() == 14 && all_digits(digits));
    if is_notice { Form::Valid } else { licence_form(code) }
}

fn registration(number: &str) -> bool {
    let Some((first, last)) = number.split_at_checked(14) else { return false };
    all_digits(number) && mod_11_10(first).is_some_and(|digit| last.parse() == Ok(digit))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|sign| sign.is_ascii_digit())
}

fn url(line: &str) -> CellRead {
    if line.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("http://")) || line.starts_with("www.") {
        return CellRead::bad(CellFault::NotHttps);
    }
    let rest = line.get(..8).filter(|start| start.eq_ignore_ascii_case("https://")).and_then(|_| line.get(8..));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.' | ':');
    let is_host = !name.is_empty()
        && name.contains('.')
        && !name.starts_with(['.', '-'])
        && !name.contains("..")
        && host.chars().all(plain)
        && name.rsplit('.').next().is_some_and(|top| top.len() >= 2 && top.bytes().any(|b| b.is_ascii_alphabetic()));
    let is_clean = line.len() <= ADDRESS
        && !line.chars().any(|sign| {
            sign.is_whitespace() || matches!(sign, '<' | '>' | '"' | '\'' | '\\' | '`' | '^' | '{' | '}' | '|')
        });
    match rest {
        Some(rest) if is_host && is_clean => CellRead::good(Cell::Text(format!("https://{rest}"))),
        _ => CellRead::bad(CellFault::NotUrl(echo(line))),
    }
}

fn degrees(line: &str, own: &std::ops::RangeInclusive<f64>, other: &std::ops::RangeInclusive<f64>) -> CellRead {
    let Some(degrees) = number::degrees(line) else { return CellRead::bad(CellFault::NotDegrees(echo(line))) };
    if own.contains(&degrees) {
        let text = format!("{degrees:.6}");
        return CellRead::good(Cell::Decimal(text.trim_end_matches('0').trim_end_matches('.').to_owned()));
    }
    CellRead::bad(if other.contains(&degrees) { CellFault::Swapped } else { CellFault::NotDegrees(echo(line)) })
}
