//! Registers and their entries.

use async_trait::async_trait;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PortResult;
use crate::domain::{place::Point, register::Shows};

/// One cell of an entry, for reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EntryCell {
    /// Code of its column
    pub column: String,
    /// What the column is called
    pub name: String,
    /// What the column stands for, a code such as `grade` or `date`
    pub role: Option<String>,
    /// What it says
    pub text: String,
}

/// A public entry of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RegisterEntry {
    /// Id
    pub id: Uuid,
    /// Code of the register
    pub register: String,
    /// What a list calls it
    pub title: String,
    /// The operator that it is about
    pub operator: Option<Uuid>,
    /// District
    pub district: Option<String>,
    /// Where it is
    pub point: Option<Point>,
    /// Its cells in the order of the columns
    pub cells: Vec<EntryCell>,
    /// Its day
    pub on: Option<NaiveDate>,
    /// The last day on which it is shown
    pub until: Option<NaiveDate>,
}

impl RegisterEntry {
    /// What its column of a role says.
    #[must_use]
    pub fn said(&self, role: &str) -> Option<&str> {
        self.cells.iter().find(|cell| cell.role.as_deref() == Some(role)).map(|cell| cell.text.as_str())
    }
}

/// An entry with its register's name and what an operator's page makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorEntry {
    /// Name of the register
    pub register_name: String,
    /// What the page makes of it
    pub shows: Shows,
    /// The entry
    pub entry: RegisterEntry,
}

/// Reads registers.
#[async_trait]
pub trait Registers: Send + Sync {
    /// All entries that are about an operator or one that was merged into it, the newest first.
    async fn entries_of(&self, operator: Uuid) -> PortResult<Vec<OperatorEntry>>;
    /// … of several operators, of registers that show one thing: the newest entry of each operator.
    async fn newest_of(&self, operators: &[Uuid], shows: Shows) -> PortResult<Vec<OperatorEntry>>;
}
