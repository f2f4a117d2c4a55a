//! Editions of registers for the fictional city, linked to the shops and canteens of the demonstration. Each is the file
//! that a bureau would bring, and goes the way of every file.

mod catering;
mod others;
mod trade;

use app::domain::{
    district::district_of,
    operator::name_key,
    register::{CellType, Register},
};
use chrono::NaiveDate;

use super::{CITY, DemoOperator, firms::mix, operators, point_of};

/// An edition's file.
#[derive(Clone, Debug)]
pub struct DemoEdition {
    /// Code of its register
    pub register: String,
    /// Name of the file
    pub name: String,
    /// CSV, UTF-8
    pub bytes: Vec<u8>,
}

/// A row: code of the column, text; codes of choices and `yes`, `no` as they are stored.
pub type Row = Vec<(&'static str, String)>;

/// What editions are made from.
pub struct Stage {
    /// The day of the editions
    pub today: NaiveDate,
    /// Canteens of schools and kindergartens
    pub canteens: Vec<DemoOperator>,
    /// Restaurants
    pub restaurants: Vec<DemoOperator>,
    /// Shops and stalls
    pub shops: Vec<DemoOperator>,
    /// Producers of the city
    pub makers: Vec<DemoOperator>,
}

impl Stage {
    fn of(seed: u64, today: NaiveDate) -> Self {
        let mut stage =
            Self { today, canteens: Vec::new(), restaurants: Vec::new(), shops: Vec::new(), makers: Vec::new() };
        let mut names = std::collections::HashSet::new();
        for operator in operators(seed) {
            let is_here = operator.address.contains(CITY.name) && district_of(&operator.address).is_some();
            if !is_here || !names.insert(name_key(&operator.name)) {
                continue;
            }
            let ends = |words: &[&str]| words.iter().any(|word| operator.name.ends_with(word));
            let list = if ends(&["食堂"]) {
                &mut stage.canteens
            } else if ends(&["餐饮管理有限公司", "面馆"]) {
                &mut stage.restaurants
            } else if operator.licence.starts_with("JY") {
                &mut stage.shops
            } else {
                &mut stage.makers
            };
            list.push(operator);
        }
        stage
    }

    /// Canteens and restaurants.
    fn kitchens(&self) -> impl Iterator<Item = &DemoOperator> {
        self.canteens.iter().chain(&self.restaurants)
    }

    fn days_ago(&self, days: u64) -> NaiveDate {
        self.today.checked_sub_days(chrono::Days::new(days)).unwrap_or(self.today)
    }
}

/// A number that always is the same for a text.
fn number_of(text: &str) -> u64 {
    mix(text.bytes().fold(7, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))))
}

fn pick<T: Copy>(list: &[T], number: u64) -> T {
    list[usize::try_from(number % list.len() as u64).unwrap_or(0)]
}

/// Columns that say which operator it is and where.
fn about(operator: &DemoOperator) -> Row {
    let district = district_of(&operator.address).unwrap_or_default();
    let (lat, lon) = point_of(number_of(&operator.name), &district).degrees();
    vec![
        ("operator", operator.name.clone()),
        ("uscc", operator.uscc.clone()),
        ("licence", operator.licence.clone()),
        ("address", operator.address.clone()),
        ("district", district),
        ("latitude", format!("{lat:.6}")),
        ("longitude", format!("{lon:.6}")),
    ]
}

fn with(operator: &DemoOperator, more: impl IntoIterator<Item = (&'static str, String)>) -> Row {
    about(operator).into_iter().chain(more).collect()
}

/// All editions of registers that are known.
#[must_use]
pub fn editions<'r>(seed: u64, today: NaiveDate, registers: impl Iterator<Item = &'r Register>) -> Vec<DemoEdition> {
    let stage = Stage::of(seed, today);
    registers
        .filter_map(|register| {
            let rows = catering::rows(&register.code, &stage)
                .or_else(|| trade::rows(&register.code, &stage))
                .or_else(|| others::rows(&register.code, &stage))?;
            let name = format!("{}{}（{today}）.csv", CITY.name, register.name);
            Some(DemoEdition { register: register.code.clone(), name, bytes: csv(register, &rows) })
        })
        .collect()
}

/// A file with the headings that the register's definition names, choices by their labels.
fn csv(register: &Register, rows: &[Row]) -> Vec<u8> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |cells: Vec<String>| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\r\n";
    let mut out = format!("\u{feff}{}", line(register.columns.iter().map(|column| column.name.clone()).collect()));
    for row in rows {
        let said =
            |code: &str| row.iter().rev().find(|(known, _)| *known == code).map_or("", |(_, text)| text.as_str());
        let cells = register.columns.iter().map(|column| {
            let text = said(&column.code);
            match (column.cell_type, column.choice(text), text) {
                (CellType::Choice, Some(choice), _) => choice.label.clone(),
                (CellType::YesNo, _, "yes") => "是".to_owned(),
                (CellType::YesNo, _, "no") => "否".to_owned(),
                _ => text.to_owned(),
            }
        });
        out.push_str(&line(cells.collect()));
    }
    out.into_bytes()
}
