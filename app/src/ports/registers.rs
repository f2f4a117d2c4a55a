//! Registers and their entries.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{OperatorLine, Page, PortResult, PublicReply, Revision};
use crate::domain::{
    place::Point,
    register::{Register, Shows},
};

/// One cell of an entry, for reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EntryCell {
    /// Code of its column
    pub column: String,
    /// What the column is called
    pub name: String,
    /// What the column stands for, a code such as `grade` or `date`
    pub role: Option<String>,
    /// What it says, for people
    pub text: String,
    /// … as it is stored: a choice's code, a day, `2026-W12`, `yes`
    pub value: String,
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
    /// Its cells in the order of the columns; empty ones are left out
    pub cells: Vec<EntryCell>,
    /// Its day
    pub on: Option<NaiveDate>,
    /// The last day on which it is shown
    pub until: Option<NaiveDate>,
}

impl RegisterEntry {
    /// What its column of a role says, for people.
    #[must_use]
    pub fn said(&self, role: &str) -> Option<&str> {
        self.of_role(role).map(|cell| cell.text.as_str())
    }

    /// What its column of a role says, as it is stored: the code of a choice.
    #[must_use]
    pub fn value(&self, role: &str) -> Option<&str> {
        self.of_role(role).map(|cell| cell.value.as_str())
    }

    fn of_role(&self, role: &str) -> Option<&EntryCell> {
        self.cells.iter().find(|cell| cell.role.as_deref() == Some(role))
    }

    /// Its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/registers/{}/{}", self.register, self.id)
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

/// A public register in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RegisterLine {
    /// Code: the last part of its address
    pub code: String,
    /// Its publication
    pub id: Uuid,
    /// Name
    pub name: String,
    /// Short name
    pub short: String,
    /// What it is and what it is not
    pub note: String,
    /// 来源
    pub source: String,
    /// Day of this edition
    pub published_on: NaiveDate,
    /// Last public act
    pub updated_at: DateTime<Utc>,
    /// Entries
    pub entries: u64,
    /// Entries with a point
    pub points: u64,
}

/// A public register.
#[derive(Clone, Debug)]
pub struct RegisterFull {
    /// What a list shows of it
    pub line: RegisterLine,
    /// Its definition
    pub definition: Arc<Register>,
    /// What the edition says beside its entries, Markdown
    pub body: String,
    /// Public acts, the newest first
    pub revisions: Vec<Revision>,
    /// What operators say to it, the oldest first
    pub replies: Vec<PublicReply>,
}

/// The order of entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EntryOrder {
    /// As in the register
    #[default]
    Given,
    /// By a column's code, upwards
    Up(String),
    /// … downwards
    Down(String),
}

/// Which entries to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryQuery {
    /// Words that they must have
    pub text: String,
    /// Values of facets: code of the facet, value
    pub facets: Vec<(String, String)>,
    /// Only those with a point
    pub with_point: bool,
    /// Their order
    pub order: EntryOrder,
}

/// A facet of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EntryFacet {
    /// Code: of its column, or `district`
    pub code: String,
    /// What it is called
    pub name: String,
    /// Its values, of a choice in the order of the definition, else the most frequent first
    pub values: Vec<EntryFacetValue>,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EntryFacetValue {
    /// To be given back as filter
    pub value: String,
    /// For people
    pub name: String,
    /// Entries with it, the filters of all other facets applied
    pub count: u64,
}

/// Entries of a register with what they can be narrowed by.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FoundEntries {
    /// How many there are in all
    pub total: u64,
    /// Facets that have a value
    pub facets: Vec<EntryFacet>,
    /// One page of them
    #[serde(flatten)]
    pub page: Page<RegisterEntry>,
}

/// An entry with its register and operator.
#[derive(Clone, Debug)]
pub struct EntryFull {
    /// The entry
    pub entry: RegisterEntry,
    /// Its register
    pub register: RegisterLine,
    /// The definition of its register
    pub definition: Arc<Register>,
    /// The operator's page, if it has one
    pub operator: Option<OperatorLine>,
}

/// Reads registers.
#[async_trait]
pub trait Registers: Send + Sync {
    /// All definitions of this portal, whether or not there is an edition.
    fn definitions(&self) -> Vec<Arc<Register>>;
    /// Registers with entries, in the order of the definitions.
    async fn registers(&self) -> PortResult<Vec<RegisterLine>>;
    /// One register by its code, or the id of its publication. [`super::PortError::Gone`] for what is withdrawn or removed.
    async fn register(&self, code: &str) -> PortResult<RegisterFull>;
    /// Entries of a register.
    async fn entries(
        &self,
        code: &str,
        query: &EntryQuery,
        after: Option<&str>,
        limit: u32,
    ) -> PortResult<FoundEntries>;
    /// All entries page by page, as in the register.
    async fn all_entries(&self, code: &str, after: Option<&str>, limit: u32) -> PortResult<Page<RegisterEntry>>;
    /// One entry. [`super::PortError::Gone`] for what was public and is not any more.
    async fn entry(&self, code: &str, id: Uuid) -> PortResult<EntryFull>;
    /// All entries that are about an operator or one that was merged into it, the newest first.
    async fn entries_of(&self, operator: Uuid) -> PortResult<Vec<OperatorEntry>>;
    /// … of several operators, of registers that show one thing: the newest entry of each operator. The entry's `operator`
    /// is the one that was asked for.
    async fn newest_of(&self, operators: &[Uuid], shows: Shows) -> PortResult<Vec<OperatorEntry>>;
}
