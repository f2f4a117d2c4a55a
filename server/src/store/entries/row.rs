//! Rows of entries, and what they become.

use std::collections::BTreeMap;

use app::{
    domain::{place::Point, register::Register},
    ports::{EntryCell, RegisterEntry},
    text::registers as say,
};
use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;

use super::StoreError;

/// Columns of [`EntryRow`], from `register_entry e`.
pub const COLUMNS: &str = "e.id, e.register, e.ordinal, e.title, e.operator_id, e.district, e.lat_e6, e.lon_e6, e.cells, \
     e.on_day, e.until_day";

/// An entry as stored.
#[derive(Clone, Debug, FromRow)]
pub struct EntryRow {
    pub id: Uuid,
    pub register: String,
    pub ordinal: i64,
    pub title: String,
    pub operator_id: Option<Uuid>,
    pub district: Option<String>,
    pub lat_e6: Option<i64>,
    pub lon_e6: Option<i64>,
    pub cells: String,
    pub on_day: Option<NaiveDate>,
    pub until_day: Option<NaiveDate>,
}

/// Cells as JSON.
pub fn read_cells(json: &str) -> Result<BTreeMap<String, String>, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Value("register_entry.cells"))
}

impl EntryRow {
    /// The entry as its register's present definition shows it.
    pub fn into_entry(self, register: &Register) -> Result<RegisterEntry, StoreError> {
        let mut said = read_cells(&self.cells)?;
        let cells = register.columns.iter().filter_map(|column| {
            let value = said.remove(&column.code)?;
            Some(EntryCell {
                column: column.code.clone(),
                name: column.name.clone(),
                role: column.role.map(|role| role.code().to_owned()),
                text: say::value(column, &value),
                value,
            })
        });
        let cells = cells.collect();
        let degree = |value: Option<i64>| value.and_then(|value| i32::try_from(value).ok());
        let point = degree(self.lat_e6).zip(degree(self.lon_e6)).map(|(lat_e6, lon_e6)| Point { lat_e6, lon_e6 });
        Ok(RegisterEntry {
            id: self.id,
            register: self.register,
            title: self.title,
            operator: self.operator_id,
            district: self.district,
            point,
            cells,
            on: self.on_day,
            until: self.until_day,
        })
    }
}
