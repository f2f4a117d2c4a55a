//! The statutory holidays (法定节假日) of each year, known without any notice: 《全国年节及纪念日放假办法》, as it stood
//! in that year. A notice only arranges the rest days around them.
//!
//! Sources: the Measures of 1999 (国务院令第270号), 2007 (第513号, from 2008), 2013 (第644号, from 2014) and 2024
//! (第795号, from 2025-01-01: 元旦 1, 春节 4 from 除夕 to 初三, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3).
//! The days of the lunar calendar and 清明 were computed with two libraries (`lunardate` and `borax`; `borax` and
//! `cnlunar`) that agree on every row, and were compared with the real calendars of 2004–2026.

use chrono::{Datelike, Days, NaiveDate};

/// Year, 正月初一, day of April that is 清明, 端午, 中秋.
type Row = (i32, (u32, u32), u32, (u32, u32), (u32, u32));

/// Whether `date` is a statutory holiday; `None` outside the years of the table, 2004–2050, where only a lunar calendar
/// could tell.
#[must_use]
pub fn is_statutory(date: NaiveDate) -> Option<bool> {
    let row = row(date.year())?;
    Some(fixed(date) || moving(row, date).is_some())
}

/// The holidays of a fixed date that have been statutory in every version of the Measures: 1 January, 1 May,
/// 1–3 October. A calendar that works on one of them is wrong.
#[must_use]
pub fn always(year: i32) -> Vec<NaiveDate> {
    [(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)]
        .into_iter()
        .filter_map(|(month, day)| NaiveDate::from_ymd_opt(year, month, day))
        .collect()
}

/// All statutory holidays of `year` in order; `None` outside the table.
#[must_use]
pub fn of_year(year: i32) -> Option<Vec<NaiveDate>> {
    row(year)?;
    let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
    Some(
        first.iter_days().take_while(|day| day.year() == year).filter(|day| is_statutory(*day) == Some(true)).collect(),
    )
}

fn row(year: i32) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.0 == year)
}

fn fixed(date: NaiveDate) -> bool {
    let labour_days = match date.year() {
        ..2008 => 1..=3,
        2008..2025 => 1..=1,
        2025.. => 1..=2,
    };
    match (date.month(), date.day()) {
        (1, 1) | (10, 1..=3) => true,
        (5, day) => labour_days.contains(&day),
        _ => false,
    }
}

/// The holiday of the lunar calendar or of the sun that `date` is.
fn moving(row: &Row, date: NaiveDate) -> Option<()> {
    let &(year, spring, qingming, dragon, moon) = row;
    let on = |(month, day)| NaiveDate::from_ymd_opt(year, month, day);
    // days before and after 正月初一
    let (before, after) = match year {
        2008..2014 => (1, 1),
        ..2008 | 2014..2025 => (0, 2),
        2025.. => (1, 2),
    };
    let first = on(spring)?;
    if date >= first - Days::new(before) && date <= first + Days::new(after) {
        return Some(());
    }
    let since_2008 = [on((4, qingming))?, on(dragon)?, on(moon)?];
    (year >= 2008 && since_2008.contains(&date)).then_some(())
}

#[rustfmt::skip]
const ROWS: [Row; 47] = [
    (2004, (1, 22), 4, (6, 22), (9, 28)),
    (2005, (2, 9), 5, (6, 11), (9, 18)),
    (2006, (1, 29), 5, (5, 31), (10, 6)),
    (2007, (2, 18), 5, (6, 19), (9, 25)),
    (2008, (2, 7), 4, (6, 8), (9, 14)),
    (2009, (1, 26), 4, (5, 28), (10, 3)),
    (2010, (2, 14), 5, (6, 16), (9, 22)),
    (2011, (2, 3), 5, (6, 6), (9, 12)),
    (2012, (1, 23), 4, (6, 23), (9, 30)),
    (2013, (2, 10), 4, (6, 12), (9, 19)),
    (2014, (1, 31), 5, (6, 2), (9, 8)),
    (2015, (2, 19), 5, (6, 20), (9, 27)),
    (2016, (2, 8), 4, (6, 9), (9, 15)),
    (2017, (1, 28), 4, (5, 30), (10, 4)),
    (2018, (2, 16), 5, (6, 18), (9, 24)),
    (2019, (2, 5), 5, (6, 7), (9, 13)),
    (2020, (1, 25), 4, (6, 25), (10, 1)),
    (2021, (2, 12), 4, (6, 14), (9, 21)),
    (2022, (2, 1), 5, (6, 3), (9, 10)),
    (2023, (1, 22), 5, (6, 22), (9, 29)),
    (2024, (2, 10), 4, (6, 10), (9, 17)),
    (2025, (1, 29), 4, (5, 31), (10, 6)),
    (2026, (2, 17), 5, (6, 19), (9, 25)),
    (2027, (2, 6), 5, (6, 9), (9, 15)),
    (2028, (1, 26), 4, (5, 28), (10, 3)),
    (2029, (2, 13), 4, (6, 16), (9, 22)),
    (2030, (2, 3), 5, (6, 5), (9, 12)),
    (2031, (1, 23), 5, (6, 24), (10, 1)),
    (2032, (2, 11), 4, (6, 12), (9, 19)),
    (2033, (1, 31), 4, (6, 1), (9, 8)),
    (2034, (2, 19), 5, (6, 20), (9, 27)),
    (2035, (2, 8), 5, (6, 10), (9, 16)),
    (2036, (1, 28), 4, (5, 30), (10, 4)),
    (2037, (2, 15), 4, (6, 18), (9, 24)),
    (2038, (2, 4), 5, (6, 7), (9, 13)),
    (2039, (1, 24), 5, (5, 27), (10, 2)),
    (2040, (2, 12), 4, (6, 14), (9, 20)),
    (2041, (2, 1), 4, (6, 3), (9, 10)),
    (2042, (1, 22), 4, (6, 22), (9, 28)),
    (2043, (2, 10), 5, (6, 11), (9, 17)),
    (2044, (1, 30), 4, (5, 31), (10, 5)),
    (2045, (2, 17), 4, (6, 19), (9, 25)),
    (2046, (2, 6), 4, (6, 8), (9, 15)),
    (2047, (1, 26), 5, (5, 29), (10, 4)),
    (2048, (2, 14), 4, (6, 15), (9, 22)),
    (2049, (2, 2), 4, (6, 4), (9, 11)),
    (2050, (1, 23), 4, (6, 23), (9, 30)),
];
