//! Operators at the desk: duplicates, doubtful matches, corrections of what is known of one.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::PortError;
use crate::domain::{
    operator::{Doubt, OperatorKind},
    place::Point,
    staff::Viewer,
};

/// An operator in a list of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskOperatorLine {
    /// Id
    pub id: Uuid,
    /// Name
    pub name: String,
    /// Address
    pub address: Option<String>,
    /// District
    pub district: Option<String>,
    /// What it is
    pub kind: Option<OperatorKind>,
    /// 统一社会信用代码
    pub uscc: Option<String>,
    /// 食品生产 / 经营许可证号
    pub licence: Option<String>,
    /// The operator that it turned out to be
    pub merged_into: Option<Uuid>,
    /// Whether it has a public page
    pub public: bool,
    /// Open questions about it
    pub doubts: u64,
}

/// Two operators that may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtLine {
    /// The one that came later
    pub one: DeskOperatorLine,
    /// The one that was known
    pub other: DeskOperatorLine,
    /// Why it is not certain
    pub doubt: Doubt,
    /// What an officer decided: one operator, or two
    pub is_same: Option<bool>,
    /// Since when it is asked
    pub since: DateTime<Utc>,
}

/// One operator at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskOperator {
    /// As in lists
    pub line: DeskOperatorLine,
    /// Other names
    pub aliases: Vec<String>,
    /// Where it is
    pub point: Option<Point>,
    /// Raised by every write
    pub version: i64,
    /// The operator into which it was merged
    pub into: Option<DeskOperatorLine>,
    /// Those that were merged into it
    pub merged: Vec<DeskOperatorLine>,
    /// Questions about it, the open ones first
    pub doubts: Vec<DoubtLine>,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// It can't be read or written
    #[error(transparent)]
    Port(#[from] PortError),
    /// Somebody else wrote in between
    #[error("conflict")]
    Conflict,
    /// Not by these roles
    #[error("not allowed")]
    NotAllowed,
    /// An operator can't be merged into itself
    #[error("itself")]
    Itself,
    /// There is no such operator
    #[error("unknown")]
    Unknown,
    /// It is not merged, or not open any more
    #[error("not now")]
    NotNow,
}

/// Reads operators for the desk.
#[async_trait]
pub trait OperatorDesk: Send + Sync {
    /// Operators whose name has these words, or that have this code or licence; those with open questions first.
    async fn find_operators(&self, by: &Viewer, words: &str) -> Result<Vec<DeskOperatorLine>, OperatorError>;
    /// Open questions, the oldest first, and how many there are.
    async fn open_doubts(&self, by: &Viewer) -> Result<(Vec<DoubtLine>, u64), OperatorError>;
    /// One operator, whether it is public or not.
    async fn desk_operator(&self, by: &Viewer, id: Uuid) -> Result<DeskOperator, OperatorError>;
}
