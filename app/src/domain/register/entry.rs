//! The cells of an entry: what readers make of them, and how they are stored.

use chrono::{Days, Months, NaiveDate};
use serde::ser::Serializer;

use super::{Cell, Lives, Register, Role, Source, rules};
use crate::domain::{district::district_of, place::Point};

/// Cells in the order of the register's columns; `None` where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells(pub Vec<Option<Cell>>);

/// The operator that an entry names, as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Name
    pub name: Option<String>,
    /// 统一社会信用代码
    pub code: Option<String>,
    /// Licence or registration
    pub licence: Option<String>,
    /// Address
    pub address: Option<String>,
}

/// A cell that another edition says otherwise: canonical texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Place of the column
    pub column: usize,
    /// What the older edition said
    pub before: Option<String>,
    /// What the newer one says
    pub after: Option<String>,
}

impl Cells {
    /// The cell of a column's place.
    #[must_use]
    pub fn get(&self, column: usize) -> Option<&Cell> {
        self.0.get(column).and_then(Option::as_ref)
    }
}

impl Register {
    /// The cell of a role.
    #[must_use]
    pub fn cell<'c>(&self, cells: &'c Cells, role: Role) -> Option<&'c Cell> {
        cells.get(self.with_role(role)?)
    }

    /// What readers see of a role: the label of a choice, the words of a text.
    #[must_use]
    pub fn said(&self, cells: &Cells, role: Role) -> Option<String> {
        let place = self.with_role(role)?;
        let cell = cells.get(place)?;
        match cell {
            Cell::Choice(code) => self.columns[place].choice(code).map(|choice| choice.label.clone()),
            cell => Some(cell.canonical()),
        }
    }

    /// What a list calls the entry: its title, or else its operator, product or person.
    #[must_use]
    pub fn title(&self, cells: &Cells) -> String {
        rules::TITLES.into_iter().find_map(|role| self.said(cells, role)).unwrap_or_default()
    }

    /// The operator that the entry is about; `None` where the register has none or the entry says nothing of it.
    #[must_use]
    pub fn operator(&self, cells: &Cells) -> Option<Named> {
        let said = |role| self.said(cells, role);
        let (name, code, licence) = (said(Role::OperatorName), said(Role::OperatorCode), said(Role::OperatorLicence));
        let is_named = name.is_some() || code.is_some();
        is_named.then(|| Named { name, code, licence, address: said(Role::Address) })
    }

    /// Where it is.
    #[must_use]
    pub fn point(&self, cells: &Cells) -> Option<Point> {
        let degrees = |role| match self.cell(cells, role)? {
            Cell::Decimal(text) => text.parse::<f64>().ok(),
            _ => None,
        };
        Point::from_degrees(degrees(Role::Latitude)?, degrees(Role::Longitude)?)
    }

    /// The district it says, or the one that its address names.
    #[must_use]
    pub fn district(&self, cells: &Cells) -> Option<String> {
        self.said(cells, Role::District).or_else(|| district_of(&self.said(cells, Role::Address)?))
    }

    /// Who says so.
    #[must_use]
    pub fn source(&self, cells: &Cells) -> Option<String> {
        match &self.source {
            Source::Fixed(source) => Some(source.clone()),
            Source::Column(column) => cells.get(*column).map(Cell::canonical),
        }
    }

    /// The entry's day: the first of its week or month.
    #[must_use]
    pub fn on(&self, cells: &Cells) -> Option<NaiveDate> {
        let cell = self.cell(cells, Role::Date).or_else(|| self.cell(cells, Role::Week))?;
        cell.days().map(|(first, _)| first)
    }

    /// The last day on which it is shown; `None`: until an edition leaves it out.
    #[must_use]
    pub fn until(&self, cells: &Cells) -> Option<NaiveDate> {
        let last = |column: usize| cells.get(column).and_then(Cell::days).map(|(_, last)| last);
        match self.lives {
            Lives::Forever => None,
            Lives::Days { from, days } => last(from)?.checked_add_days(Days::new(u64::from(days))),
            Lives::Months { from, months } => last(from)?.checked_add_months(Months::new(months)),
            Lives::Until(column) => last(column),
        }
    }

    /// The cells as a JSON object of canonical texts, in the order of the columns.
    #[must_use]
    pub fn to_json(&self, cells: &Cells) -> String {
        let said = self.columns.iter().zip(&cells.0).filter_map(|(column, cell)| Some((&column.code, cell.as_ref()?)));
        let mut json = Vec::new();
        let mut serializer = serde_json::Serializer::new(&mut json);
        let written = serializer.collect_map(said.map(|(code, cell)| (code, cell.canonical())));
        // texts under texts can't fail
        if written.is_err() { "{}".to_owned() } else { String::from_utf8(json).unwrap_or_default() }
    }

    /// Reads [`Register::to_json`], also of an older form of the register: columns that it no longer has are left out,
    /// what no longer fits its column stays as words.
    ///
    /// # Errors
    /// The text is no JSON object of texts.
    pub fn from_json(&self, json: &str) -> Result<Cells, serde_json::Error> {
        let mut said: std::collections::BTreeMap<String, String> = serde_json::from_str(json)?;
        let cells =
            self.columns.iter().map(|column| said.remove(&column.code).map(|text| Cell::from_canonical(column, &text)));
        Ok(Cells(cells.collect()))
    }

    /// The cells that differ.
    #[must_use]
    pub fn changed(&self, before: &Cells, after: &Cells) -> Vec<Change> {
        let said = |cells: &Cells, column| cells.get(column).map(Cell::canonical);
        (0..self.columns.len())
            .map(|column| Change { column, before: said(before, column), after: said(after, column) })
            .filter(|change| change.before != change.after)
            .collect()
    }
}
